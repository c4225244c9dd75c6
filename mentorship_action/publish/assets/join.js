// The form: reads what is typed, checks it by the published schema and the program, shows the file.
(() => {
  "use strict";
  const get = (id) => document.getElementById(id);
  const form = get("form");
  if (!form) return;
  const schema = JSON.parse(get("schema").textContent);
  const program = JSON.parse(get("program").textContent);
  const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
  const NAMES = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  const DAY = 86400000;
  const LONGEST = 7000; // GitHub refuses addresses of more than 8 KiB

  // ------------------------------------------------------------------------
  // What is typed, as the data of a mentee file: what is left empty isn't in it.

  const text = (id) => get(id)?.value.trim() ?? "";
  const number = (id) => (/^[0-9]+$/.test(text(id)) ? Number(text(id)) : text(id));
  const lines = (id) =>
    text(id)
      .split("\n")
      .map((one) => one.trim())
      .filter(Boolean);
  const words = (id) =>
    text(id)
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter(Boolean);
  const term = () => program.terms.find((one) => one.id === text("term"));
  const chosen = () =>
    form.elements.who?.value ?? form.querySelector("[name=who]:checked")?.value ?? "";

  const windows = () =>
    [...document.querySelectorAll(".window")]
      .map((one) => ({
        days: [...one.querySelectorAll("[type=checkbox]:checked")].map((box) => box.value),
        from: one.querySelector(".from").value,
        to: one.querySelector(".to").value,
      }))
      .filter((one) => one.days.length || one.from || one.to);

  const filled = (pairs) =>
    Object.fromEntries(pairs.filter(([, value]) => value !== "" && value?.length !== 0));

  const read = () => {
    const [kind, whom] = chosen().split(":");
    const meeting = filled([
      ["day", text("meeting-day")],
      ["time", text("meeting-time")],
      ["minutes", number("meeting-minutes")],
    ]);
    const chat = filled([
      ["network", text("chat-network").toLowerCase()],
      ["handle", text("chat-handle")],
    ]);
    return filled([
      ["github", text("github")],
      ["name", text("name")],
      [kind || "mentor", whom ?? ""],
      ["start", text("start")],
      ["weeks", number("weeks")],
      ["hours_per_week", number("hours_per_week")],
      ["timezone", text("timezone")],
      ["meeting", kind === "team" || !Object.keys(meeting).length ? "" : meeting],
      ["availability", windows()],
      ["goals", lines("goals")],
      ["focus", words("focus")],
      ["chat", Object.keys(chat).length ? chat : ""],
      ["links", lines("links")],
      ["public", get("public").checked ? "" : false],
      [
        "agreements",
        {
          code_of_conduct: get("agreements-code_of_conduct").checked,
          asked_mentor: get("agreements-asked_mentor").checked,
        },
      ],
    ]);
  };

  // ------------------------------------------------------------------------
  // The file as YAML, written as the program's own writer does.

  const PLAIN =
    /^(?:[A-Za-z](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9._/-])?|https:\/\/[^\s#,[\]{}]*[^\s#,[\]{}:]|20[0-9]{2}-[0-9]{2}-[0-9]{2})$/;
  const NO_TEXT = new Set(["true", "false", "null", "yes", "no", "on", "off", "y", "n"]);

  const inline = (value) => {
    if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
    if (typeof value === "object") {
      return `{${Object.entries(value)
        .map(([key, one]) => `${key}: ${inline(one)}`)
        .join(", ")}}`;
    }
    const plain =
      typeof value === "string" && PLAIN.test(value) && !NO_TEXT.has(value.toLowerCase());
    return plain ? value : JSON.stringify(value);
  };

  const yaml = (data) =>
    Object.entries(data)
      .map(([key, value]) => {
        if (Array.isArray(value) && !value.every((one) => /^[a-z0-9-]+$/.test(one))) {
          return [`${key}:`, ...value.map((one) => `  - ${inline(one)}`)].join("\n");
        }
        if (key === "agreements") {
          return [
            `${key}:`,
            ...Object.entries(value).map(([name, one]) => `  ${name}: ${one}`),
          ].join("\n");
        }
        return `${key}: ${inline(value)}`;
      })
      .join("\n") + "\n";

  // ------------------------------------------------------------------------
  // What is wrong: by the schema, then by the program's own rules.

  const wanted = (inTerm) => ({
    ...schema,
    required: inTerm ? schema.required : [...schema.required, "start"],
  });
  const validators = [false, true].map(
    (inTerm) => new jsonSchema.Validator(wanted(inTerm), "2020-12", false),
  );

  // The part of the schema that a keyword stands in.
  const partAt = (location) => {
    let part = schema;
    for (const step of location.split("/").slice(1, -1)) {
      const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
      part = name === "$ref" ? schema.$defs[part.$ref.split("/").pop()] : part[name];
    }
    return part;
  };

  const say = (keyword, part) => {
    switch (keyword) {
      case "type":
        return part.type === "integer" ? "Write a whole number." : "This doesn't fit here.";
      case "minimum":
      case "maximum":
        return `Write a number from ${part.minimum} to ${part.maximum}.`;
      case "maxLength":
        return `This is too long: at most ${part.maxLength} characters.`;
      case "maxItems":
        return `These are too many: at most ${part.maxItems}.`;
      case "not":
        return "Leave out e-mail addresses and phone numbers: the file is public.";
      case "const":
        return "Please tick this box.";
      case "minItems":
        return "Please fill this in.";
      default:
        return part.title ? `Write ${part.title}.` : "This doesn't look right.";
    }
  };

  const WRAPPERS = new Set([
    "properties",
    "items",
    "$ref",
    "allOf",
    "oneOf",
    "additionalProperties",
    "false",
  ]);

  const bySchema = (data) => {
    const found = new Map();
    const add = (key, message) => found.has(key) || found.set(key, message);
    const result = validators[term() ? 1 : 0].validate(data);
    for (const { keyword, instanceLocation, keywordLocation } of result.errors) {
      const [top, below] = instanceLocation.split("/").slice(1);
      if (keyword === "required" && keywordLocation.startsWith("#/oneOf")) {
        add("mentor", "Choose the mentor whom you have asked.");
      } else if (keyword === "required") {
        const value = top ? data[top] : data;
        const all = top ? schema.properties[top].required : wanted(Boolean(term())).required;
        for (const name of all.filter((one) => !(one in value))) {
          add(top ? `${top}-${name}` : name, "Please fill this in.");
        }
      } else if (!WRAPPERS.has(keyword)) {
        const isPart = schema.properties[top]?.type === "object";
        const message = say(keyword, partAt(keywordLocation));
        // Each line of a list has its number, so that it can be found.
        const place =
          below !== undefined && !isPart && top !== "availability"
            ? `Number ${Number(below) + 1}: `
            : "";
        add(
          isPart && below !== undefined ? `${top}-${below}` : top,
          top === "availability" ? "Choose days, and from when to when." : place + message,
        );
      }
    }
    if (found.has("chat")) {
      found.delete("chat");
      add("chat-network", "Please fill this in.");
      add("chat-handle", "Please fill this in.");
    }
    return found;
  };

  const minutesOf = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

  // Whether the hours of a week cover a meeting; hours that touch count as one.
  const covers = (data, begins, ends) => {
    const hours = data.availability
      .flatMap((one) =>
        one.days.map((day) => [
          DAYS.indexOf(day) * 1440 + minutesOf(one.from),
          DAYS.indexOf(day) * 1440 + minutesOf(one.to),
        ]),
      )
      .sort((one, other) => one[0] - other[0]);
    let reached = begins;
    for (const lap of [0, 7 * 1440]) {
      for (const [opens, closes] of hours) {
        if (opens + lap <= reached && reached < closes + lap) reached = closes + lap;
      }
    }
    return reached >= ends;
  };

  const isZone = (name) => {
    try {
      return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
    } catch {
      return false;
    }
  };

  const byProgram = (data, found) => {
    const add = (key, message) => found.has(key) || found.set(key, message);
    const { minimum } = program;
    if (data.hours_per_week < minimum.hours_per_week)
      add("hours_per_week", `The program asks for at least ${minimum.hours_per_week}.`);
    if (data.weeks < minimum.weeks) add("weeks", `The program asks for at least ${minimum.weeks}.`);
    if (data.timezone && !isZone(data.timezone))
      add("timezone", "Choose a zone from the list, such as Europe/Madrid.");
    const login = (data.github ?? "").toLowerCase();
    const team = program.teams.find((one) => one.id === data.team);
    if (login && (login === data.mentor?.toLowerCase() || team?.mentors.includes(login)))
      add("mentor", "Nobody can mentor themselves.");
    for (const one of data.availability ?? []) {
      if (one.from && one.to && one.from >= one.to)
        add(
          "availability",
          "The hours end before they begin. Hours past midnight take two entries.",
        );
    }
    if (data.start && !found.has("start")) {
      const weeks = typeof data.weeks === "number" ? data.weeks : program.weeks;
      if (Date.parse(data.start) + weeks * 7 * DAY <= Date.now())
        add("start", "With this first day it would be over already.");
    }
    const { meeting } = data;
    if (
      meeting &&
      data.availability &&
      !["meeting-day", "meeting-time", "meeting-minutes", "availability"].some((key) =>
        found.has(key),
      )
    ) {
      const begins = DAYS.indexOf(meeting.day) * 1440 + minutesOf(meeting.time);
      if (!covers(data, begins, begins + (meeting.minutes ?? program.meetingMinutes)))
        add("meeting", "The meeting is outside the hours when you can meet.");
    }
    return found;
  };

  // ------------------------------------------------------------------------
  // Hours in common with a mentor from the start on, by both clocks: a week has a byte a minute.

  const formats = new Map();
  const offset = (zone, at) => {
    if (!formats.has(zone)) {
      const options = { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric" };
      formats.set(
        zone,
        new Intl.DateTimeFormat("en-US", {
          ...options,
          day: "numeric",
          hour: "numeric",
          minute: "numeric",
        }),
      );
    }
    const parts = formats.get(zone).formatToParts(at);
    const part = Object.fromEntries(parts.map((one) => [one.type, Number(one.value)]));
    return (Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute) - at) / 60000;
  };

  // By how many minutes a clock is ahead of another, in the first week in which neither changes.
  const clocksApart = new Map();
  const ahead = (theirs, mine, monday) => {
    const key = `${theirs} ${mine} ${monday}`;
    if (!clocksApart.has(key)) {
      const isSteady = (zone, at) => offset(zone, at - DAY) === offset(zone, at + 8 * DAY);
      let week = monday;
      while (week < monday + 28 * DAY && !(isSteady(theirs, week) && isSteady(mine, week))) {
        week += 7 * DAY;
      }
      clocksApart.set(key, offset(theirs, week) - offset(mine, week));
    }
    return clocksApart.get(key);
  };

  const WEEK = 7 * 1440;
  const minutesIn = (hours, later) => {
    const week = new Uint8Array(WEEK);
    for (const { days, opens, closes } of hours) {
      for (const day of days) {
        for (let at = opens; at < closes; at += 1) {
          week[(day * 1440 + at + later + 2 * WEEK) % WEEK] = 1;
        }
      }
    }
    return week;
  };

  const shared = (mentor, zone, mine, monday) => {
    const theirs = minutesIn(mentor.hours, -ahead(mentor.zone, zone, monday));
    return mine.reduce((sum, minute, at) => sum + (minute & theirs[at]), 0);
  };

  const mondayOf = (data) => {
    const given = /^\d{4}-\d\d-\d\d$/.test(data.start ?? "") ? data.start : "";
    const at = Date.parse((term()?.start ?? given) || new Date().toISOString().slice(0, 10));
    return at - ((new Date(at).getUTCDay() + 6) % 7) * DAY;
  };

  const timeOf = (minutes) =>
    [
      Math.floor(minutes / 60) && `${Math.floor(minutes / 60)} h`,
      (minutes % 60 || !minutes) && `${minutes % 60} min`,
    ]
      .filter(Boolean)
      .join(" ");

  const noteMentors = (data, found) => {
    const monday = mondayOf(data);
    const known = data.availability && isZone(data.timezone ?? "") && !found.has("availability");
    const hours = (data.availability ?? []).map((one) => ({
      days: one.days.map((day) => DAYS.indexOf(day)),
      opens: minutesOf(one.from),
      closes: minutesOf(one.to),
    }));
    const mine = known ? minutesIn(hours, 0) : null;
    for (const mentor of program.mentors) {
      const free = term() ? mentor.inTerms[term().id] : mentor.free;
      const common = mentor.focus.filter((one) => (data.focus ?? []).includes(one));
      const parts = [
        free ? `${free} ${free === 1 ? "seat" : "seats"} free` : "no free seat: you would wait",
        ...(mine && mentor.hours.length
          ? [`${timeOf(shared(mentor, data.timezone, mine, monday))} a week in common`]
          : []),
        ...(common.length
          ? [`both: ${common.join(", ")}`]
          : mentor.focus.length
            ? [mentor.focus.join(", ")]
            : []),
      ];
      const note = document.querySelector(`[data-mentor="${CSS.escape(mentor.github)}"]`);
      note.textContent = parts.join(" · ");
    }
  };

  // ------------------------------------------------------------------------
  // The page

  const fileName = (data) => `${(data.github ?? "octocat").toLowerCase()}.yml`;
  const folder = () => (term() ? `/${term().id}` : "");
  const address = (data, content) =>
    `${program.new}/${program.folder}${folder()}?filename=${encodeURIComponent(fileName(data))}` +
    (content ? `&value=${encodeURIComponent(content)}` : "");

  const touched = new Set();
  let tried = false;

  // In the order of the page.
  const problems = (data) => {
    const found = byProgram(data, bySchema(data));
    const keys = [...form.querySelectorAll(".error")].map((one) => one.id.replace(/-error$/, ""));
    return new Map(keys.filter((key) => found.has(key)).map((key) => [key, found.get(key)]));
  };

  const controls = (key) =>
    key === "mentor"
      ? [...form.querySelectorAll("[name=who]")]
      : key === "availability"
        ? [...form.querySelectorAll(".window input")]
        : key === "meeting"
          ? ["meeting-day", "meeting-time", "meeting-minutes"].map(get)
          : [get(key)].filter(Boolean);

  const showErrors = (found) => {
    for (const place of form.querySelectorAll(".error")) {
      const key = place.id.replace(/-error$/, "");
      const message = tried || touched.has(key) ? (found.get(key) ?? "") : "";
      if (place.textContent !== message) place.textContent = message;
      for (const control of controls(key)) {
        if (message) control.setAttribute("aria-invalid", "true");
        else if (!(key.startsWith("meeting-") && found.has("meeting")))
          control.removeAttribute("aria-invalid");
      }
    }
  };

  const labelOf = (key) =>
    (
      get(key)?.labels?.[0] ??
      get(key)?.querySelector?.("legend") ??
      get(`${key}-error`)?.closest("fieldset")?.querySelector("legend")
    )?.firstChild.textContent.trim() ?? key;

  const showSummary = (found) => {
    const summary = get("summary");
    summary.hidden = !tried || found.size === 0;
    summary.replaceChildren();
    if (summary.hidden) return;
    const head = document.createElement("p");
    head.textContent = found.size === 1 ? "One thing is left:" : `${found.size} things are left:`;
    const list = document.createElement("ul");
    for (const [key, message] of found) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      const first = controls(key)[0];
      if (first && !first.id) first.id = `first-${key}`;
      link.href = `#${first?.id ?? `${key}-error`}`;
      link.textContent = labelOf(key);
      item.append(link, `: ${message}`);
      list.append(item);
    }
    summary.append(head, list);
  };

  const update = () => {
    const data = read();
    const found = problems(data);
    const content = yaml(data);
    get("yaml").textContent = content;
    get("path").textContent = `${program.folder}${folder()}/${fileName(data)}`;
    noteMentors(data, found);
    showErrors(found);
    showSummary(found);
    for (const one of form.querySelectorAll(".person[data-term]")) {
      one.hidden = one.dataset.term !== (term()?.id ?? "");
      if (one.hidden) one.querySelector("input").checked = false;
    }
    const isLong =
      Boolean(program.new) && found.size === 0 && address(data, content).length > LONGEST;
    get("too-long").hidden = !isLong;
    get("open").hidden = isLong || !program.new;
    if (isLong) get("empty").href = address(data, "");
    return { data, found, content };
  };

  const keyOf = (control) => {
    if (control.name === "who") return "mentor";
    return control.closest(".window") ? "availability" : control.id;
  };

  const addWindow = () => {
    const place = document.createElement("div");
    place.className = "window";
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", `Hours ${document.querySelectorAll(".window").length + 1}`);
    const days = document.createElement("div");
    days.className = "days";
    for (const [at, day] of DAYS.entries()) {
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", value: day });
      label.append(box, NAMES[at]);
      days.append(label);
    }
    place.append(days);
    for (const name of ["from", "to"]) {
      const label = document.createElement("label");
      label.append(
        name,
        Object.assign(document.createElement("input"), { type: "time", className: name }),
      );
      place.append(label);
    }
    get("windows").append(place);
    return place;
  };

  const copy = async () => {
    const { content } = update();
    try {
      await navigator.clipboard.writeText(content);
      get("said").textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(get("yaml"));
      get("said").textContent = "The file is selected: copy it with your keyboard.";
    }
  };

  form.addEventListener("input", update);
  // An error that appeared while the mouse goes down would move the page under it, and the click
  // would be lost. So what was left is checked after the click, or after the key.
  form.addEventListener("change", (event) => {
    touched.add(keyOf(event.target));
    if (event.target.matches("select, [type=checkbox], [type=radio]")) update();
  });
  document.addEventListener("click", update);
  document.addEventListener("keyup", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    tried = true;
    const { data, found, content } = update();
    if (found.size) get("summary").focus();
    else if (program.new && get("too-long").hidden)
      window.open(address(data, content), "_blank", "noopener");
  });
  get("more-hours").addEventListener("click", () => {
    addWindow().querySelector("input").focus();
    get("more-hours").hidden =
      document.querySelectorAll(".window").length >= schema.properties.availability.maxItems;
  });
  get("copy").addEventListener("click", copy);

  get("zones").append(
    ...(Intl.supportedValuesOf?.("timeZone") ?? []).map((name) =>
      Object.assign(document.createElement("option"), { value: name }),
    ),
  );
  get("timezone").value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  if (!document.querySelector(".window")) addWindow();
  get("fill-in").hidden = false;
  document.querySelector("#by-hand details").open = false;
  update();
})();
