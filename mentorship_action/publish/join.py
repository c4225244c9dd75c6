"""The page to join from: a form made of the schema of mentee files and of the program."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from mentorship_action.domain.mentee_files import FOLDER
from mentorship_action.domain.program import Mentor, Term, Window
from mentorship_action.publish.pages import render_page
from mentorship_action.publish.report import ProgramReport, ShownMentor, ShownTeam
from mentorship_action.wording.set_up import new_file_forms

SchemaData = Mapping[str, Any]

LEFT_OUT: Final = frozenset({"mentors", "team", "status", "check_ins", "away"})
"""Keys that the form doesn't ask for: what few need, and what comes later.

A team is chosen where a mentor is.
"""

_LABELS: Final = {
    "github": "Your GitHub login",
    "name": "Your name",
    "mentor": "Your mentor",
    "start": "First day",
    "weeks": "How many weeks",
    "hours_per_week": "Hours a week",
    "timezone": "Your time zone",
    "meeting": "Weekly meeting",
    "meeting.day": "Day",
    "meeting.time": "Time",
    "meeting.minutes": "Minutes",
    "availability": "When you can usually meet",
    "goals": "What you want to gain",
    "focus": "What you want to work on",
    "chat": "Where your mentor finds you",
    "chat.network": "Chat",
    "chat.handle": "Your name there",
    "links": "Pages about you",
    "public": "Show me on the program's pages and calendars",
    "agreements": "Before you send it",
    "agreements.code_of_conduct": "I have read the code of conduct and keep to it.",
    "agreements.asked_mentor": "I have asked my mentor in a personal message.",
}

# Where the schema's own description speaks of files and keys, and the form of neither.
_HINTS: Final = {
    "name": "How you want to be called.",
    "start": "The day on which you begin.",
    "weeks": "Leave it empty for the program's usual number.",
    "timezone": "The city that your clock follows.",
    "meeting.minutes": "",
    "availability": "On your own clock. Your mentor's hours are compared with these.",
    "chat.network": "Such as matrix, irc, slack, discord or zulip.",
    "chat.handle": "",
    "public": "Your file and your issues stay public either way.",
    "agreements": "",
}

_VENDOR: Final = Path(__file__).parent / "vendor" / "json-schema"


@dataclass(frozen=True, kw_only=True, slots=True)
class FormField:
    """One question of the form, by the key that it is about, such as ``chat.handle``.

    ``hint`` helps to answer it, and ``meaning`` is what the schema says of it. ``kind`` says how it
    is asked; ``parts`` are the questions of a group. ``least`` and ``most`` bound a number, or how
    many characters or entries there may be; None where nothing does.
    """

    key: str
    label: str
    hint: str
    meaning: str
    kind: str
    is_required: bool
    least: int | None = None
    most: int | None = None
    choices: tuple[str, ...] = ()
    parts: tuple["FormField", ...] = ()


def join_page(report: ProgramReport, schema: SchemaData) -> str:
    """Return the page; ``schema`` is the published one of mentee files."""
    new = f"{report.place.url}/new/{report.place.branch}" if report.place.url else ""
    return render_page(
        "join",
        report=report,
        fields={field.key: field for field in form_fields(schema)},
        takers=[one for one in report.mentors if one.takes_mentees],
        forms=new_file_forms(report.program, today=report.day, new=new),
        new=new,
        schema=_data(schema),
        program_data=_data(_program(report, new)),
        library=validator_script(),
    )


def form_fields(schema: SchemaData) -> Iterator[FormField]:
    """Yield the questions that a mentee file answers, in the schema's order."""
    yield from _fields(schema, schema, "")


def validator_script() -> Markup:
    """Return the validator that the page ships, as a script that defines ``jsonSchema``."""
    files = "".join(
        f'"./{path.name}": (exports, require) => {{\n{path.read_text(encoding="utf-8")}\n}},\n'
        for path in sorted(_VENDOR.glob("*.js"))
    )
    # The package's files ask for each other by name, as files of Node do.
    return Markup(  # noqa: S704 - nobody else's text
        "const jsonSchema = (() => {\n"
        f"const files = {{\n{files}}};\n"
        "const loaded = {};\n"
        "const load = (name) => {\n"
        "if (!(name in loaded)) { loaded[name] = {}; files[name](loaded[name], load); }\n"
        "return loaded[name];\n"
        "};\n"
        'return load("./index.js");\n'
        "})();\n"
    )


def _fields(part: SchemaData, schema: SchemaData, above: str) -> Iterator[FormField]:
    for name, given in part["properties"].items():
        key = f"{above}{name}"
        if key in LEFT_OUT:
            continue
        what, definition = _resolved(given, schema)
        kind = _kind(key, what, definition)
        yield FormField(
            key=key,
            label=_LABELS[key],
            hint=_HINTS.get(key, given.get("description", "")),
            meaning=given.get("description", ""),
            kind=kind,
            is_required=name in part["required"] or key in ("mentor", "start"),
            least=what.get("minimum"),
            most=_most(what),
            choices=tuple(what.get("enum", ())),
            parts=tuple(_fields(what, schema, f"{key}.")) if kind == "group" else (),
        )


def _kind(key: str, what: SchemaData, definition: str) -> str:
    """Return how a value is asked for, by its type in the schema."""
    if key == "mentor":
        return "mentor"
    match what.get("type"):
        case "integer":
            return "number"
        case "boolean":
            return "tick"
        case "object":
            return "group"
        case "array":
            return {"slug": "words", "window": "windows"}.get(_item(what), "lines")
        case _:
            named = {"date": "date", "time": "time", "day": "choice", "zone": "zone"}
            return named.get(definition, "text")


def _item(what: SchemaData) -> str:
    reference: str = what["items"].get("$ref", "")
    return reference.rpartition("/")[2]


def _resolved(part: SchemaData, schema: SchemaData) -> tuple[SchemaData, str]:
    """Return a part of the schema with its references followed, and the first one's name."""
    if "$ref" not in part:
        return part, ""
    name = part["$ref"].rpartition("/")[2]
    return {**_resolved(schema["$defs"][name], schema)[0], **part}, name


def _most(what: SchemaData) -> int | None:
    for bound in ("maximum", "maxLength", "maxItems"):
        if bound in what:
            return int(what[bound])
    return None


def _program(report: ProgramReport, new: str) -> dict[str, Any]:
    """Return what the script has to know of the program."""
    program = report.program
    return {
        "folder": FOLDER,
        "new": new,
        "weeks": program.weeks,
        "minimum": {
            "hours_per_week": program.minimum.hours_per_week,
            "weeks": program.minimum.weeks,
        },
        "meetingMinutes": program.meeting_minutes,
        "mentors": [
            _mentor(shown, mentor)
            for shown, mentor in zip(report.mentors, program.mentors, strict=True)
            if shown.takes_mentees
        ],
        "teams": [_team(one) for one in report.teams],
        "terms": [_term(one.term) for one in report.terms],
    }


def _mentor(shown: ShownMentor, mentor: Mentor) -> dict[str, Any]:
    return {
        "github": shown.handle,
        "zone": shown.zone,
        "focus": shown.focus,
        "free": shown.free,
        "inTerms": dict(shown.in_terms),
        "hours": _windows(mentor.hours),
    }


def _team(one: ShownTeam) -> dict[str, Any]:
    return {
        "id": one.team.id,
        "term": one.team.term,
        "free": one.free,
        "mentors": [mentor.login for mentor in one.team.mentors],
    }


def _term(term: Term) -> dict[str, Any]:
    return {
        "id": term.id,
        "start": term.start.isoformat(),
        "from": term.applications.first.isoformat(),
        "to": term.applications.last.isoformat(),
    }


def _windows(windows: Sequence[Window]) -> list[dict[str, Any]]:
    """Return windows with days as numbers after Monday, and minutes after midnight."""
    return [
        {"days": [day.offset for day in one.days], "opens": one.opens, "closes": one.closes}
        for one in windows
    ]


def _data(value: Mapping[str, Any]) -> Markup:
    """Return data as JSON that can stand in a script element: nothing in it ends the element."""
    text = json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - no tag can begin in it
