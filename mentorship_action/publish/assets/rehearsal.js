// Filters by person and week. Without this script everything is simply shown.
(() => {
  "use strict";
  const form = document.querySelector("form.filters");
  const who = document.getElementById("who");
  const when = document.getElementById("when");
  const shown = document.getElementById("shown");
  const none = document.querySelector("#github .none");
  const people = [...document.querySelectorAll(".person")];
  const rows = [...document.querySelectorAll(".glance tbody")];
  const weeks = [...document.querySelectorAll(".week")];
  const mentorOf = new Map(people.map((one) => [one.dataset.p, one.dataset.m]));

  const fits = (mentee, mentor) => {
    const [kind, login] = who.value.split(":");
    return !login || (kind === "mentee" ? mentee === login : mentor === login);
  };

  const apply = () => {
    let cards = 0;
    for (const person of people) {
      const mine = fits(person.dataset.p, person.dataset.m);
      let some = 0;
      for (const card of person.querySelectorAll(".card")) {
        const visible = mine && (!when.value || card.dataset.w.split(" ").includes(when.value));
        card.hidden = !visible;
        some += visible;
      }
      person.hidden = some === 0 && (!mine || Boolean(when.value));
      cards += some;
    }
    for (const body of rows) {
      let some = 0;
      for (const row of body.querySelectorAll("tr[data-p]")) {
        row.hidden = !fits(row.dataset.p, body.dataset.m);
        some += !row.hidden;
      }
      body.hidden = some === 0;
    }
    for (const week of weeks) {
      week.hidden = Boolean(when.value) && week.dataset.w !== when.value;
      if (when.value && !week.hidden) week.open = true;
      for (const line of week.querySelectorAll("li[data-p]")) {
        line.hidden = Boolean(who.value) && !fits(line.dataset.p, mentorOf.get(line.dataset.p));
      }
    }
    none.hidden = cards > 0;
    shown.textContent = cards === 1 ? "1 shown" : `${cards} shown`;
  };

  const unfold = (open) => {
    for (const card of document.querySelectorAll(".card:not([hidden])")) card.open = open;
  };

  // A link into a closed issue opens it, and whatever a filter hid comes back.
  const follow = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.hidden || target.closest("[hidden]")) {
      form.reset();
      apply();
    }
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
      box.open = true;
    }
    target.scrollIntoView();
  };

  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  document.getElementById("unfold").addEventListener("click", () => unfold(true));
  document.getElementById("fold").addEventListener("click", () => unfold(false));
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#issue-'], a[href^='#line-']");
    if (link && link.hash === location.hash) follow();
  });
  apply();
  follow();
})();
