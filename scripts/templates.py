"""Writes docs/templates.md, the reference of all message templates, from their views.

Run it with ``make docs`` after a view or a template has changed; a test fails while the page is
older. What a variable means is in the text of its view; ``_MEANINGS`` has what needs no more words.
"""

import inspect
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import Any, Final

from jinja2.defaults import DEFAULT_FILTERS

from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.render import Wording, template_names
from mentorship_action.wording.replaced import parts_of, views

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs/templates.md"

_START: Final = """\
# Templates

Every text that the bot writes comes from a template: Markdown with variables, in the language of
[Jinja](https://jinja.palletsprojects.com/en/stable/templates/). A file below `.github/mentorship/`
replaces the packaged template of the same name. So a program can say things in its own words, or in
another language. The packaged ones are in
[`mentorship_action/wording/templates/`](../mentorship_action/wording/templates).

This page is made from the code, and a test fails while it is older. The variables are a public
interface: when one changes, the [changelog](../CHANGELOG.md) says so.

## Replacing one

1. Copy the packaged template to `.github/mentorship/`, under the same name, and change it.
2. Run `mentorship validate`: it names what is wrong, with the line. `mentorship rehearse --root .`
   writes a page on which you can read the new text.
3. Merge it. The next message is written with it; what stands on GitHub already stays, but for what
   is edited in place, such as summaries and the comment on an application.

For example, a shorter check-in. This is the whole of `.github/mentorship/check_in.md.j2`:

```jinja
title: Week {{ number }} of {{ of }}: {{ name }}

Hello {{ mentees | map("mention") | listed }}!
{% if checklist %}
Your checklist: {{ checklist.done }} of {{ checklist.of }}.
{% endif %}

{% include "check_in_talk.md.j2" %}
{% if meeting %}
We meet on {{ meeting.day | day }} at {{ meeting.at | clock }} ({{ zone }}).
{% endif %}

{% include "check_in_agenda.md.j2" %}
```

- **An issue has its title in the first line**, after `title:`. All else has no title.
- **Everything that a variable prints is escaped**: what people wrote mentions and links nobody.
  `mention` makes a mention on purpose. What is called Markdown below is rendered already.
- **Leave the parts in that carry something**: `check_in_talk.md.j2` has questions and reminders,
  `check_in_agenda.md.j2` the open items. Without the agenda no item comes along.
- **Hidden lines are added by the bot**: markers, fences and memories are in no template.

What is wrong is said like this, by `validate`, and by a run, which stops before it writes anything:

- There is no variable `weeks` in this message. Did you mean `every_weeks`?
- There is no message of this name to replace. Did you mean `check_in.md.j2`?
- The first line of this template must be “title: …”.

A misspelled field, such as `meeting.dya`, shows when such a message is written: the run stops with
the template and its line, and the next one goes on from there.

"""
_MEANINGS: Final = {
    "DashboardSeats.mentor": "the login of the mentor",
    "Fit.mentor": "the mentor",
    "MentorLeft.mentor": "the login of who has left",
    "abandoned": "whether it ended because no mentor was found",
    "acting_for": "the lead in whose place `mentor` leads at present, or empty",
    "agenda": "the items that are still open",
    "application": "the label of applications",
    "at": "the time there",
    "availability": "when they have time",
    "away": "days away",
    "back": "the day on which a mentorship that had ended went on, or none",
    "backup": "the login of the backup",
    "boxes": "the texts of the boxes of their list",
    "breaks": "the program's days off",
    "by": "the login of whose it is",
    "capacity": "how many seats there are",
    "channel": "the name of the chat's channel",
    "chat": "where people talk",
    "check_in": "the label of check-ins",
    "check_ins": "how often there is a check-in, and at what time",
    "checkpoint": "the label of checkpoints",
    "checkpoints": "the program's checkpoints",
    "code": "the stable name of the finding",
    "code_of_conduct": "the address of the code of conduct",
    "coordinators": "the logins of the coordinators",
    "dashboard": "the label of the dashboard",
    "day": "the day of the week or the date",
    "days": "how many days",
    "days_off": "how many days of breaks and time away were added at the end",
    "discussion": "the address of a discussion",
    "ends": "the last day",
    "event": "what they do together",
    "events": "what a term does together",
    "file": "the file that it is about",
    "file_url": "the page on which the `file` is edited, or empty",
    "findings": "what there is to fix",
    "focus": "topics",
    "goals": "goals, as the mentees wrote them",
    "handle": "the name as it is written",
    "helpers": "the logins of those who help when somebody is stuck",
    "hours": "hours a week",
    "hours_per_week": "hours a week",
    "id": "its name in files",
    "is_done": "whether it is ticked",
    "is_early": "whether the days are still to come",
    "is_paused": "whether they are paused",
    "is_team": "whether it is a team",
    "labels": "the program's labels",
    "last": "the last day",
    "lead": "the login of the lead",
    "limits": "how much a run may do",
    "links": "addresses",
    "login": "the login",
    "meeting": "the weekly meeting, or none",
    "mentee": "the login of the mentee",
    "mentees": "the logins of the mentees",
    "mentor": "the login of the lead",
    "mentor_at": "the time for the mentor",
    "mentor_day": "the day for the mentor",
    "mentor_zone": "the time zone of the mentor",
    "mentors": "the mentors, the lead first",
    "mentorships": "the running mentorships",
    "minimum": "the least hours and weeks",
    "minutes": "how long",
    "name": "the name",
    "needs": "what waits for a person",
    "network": "the chat's network",
    "others": "the co-mentors and backups",
    "over": "whether the last day has passed",
    "program": "the whole program",
    "question": "a question that no mentor has answered, or none",
    "queues": "who waits for a seat, by whom they wait for",
    "quiet": "the mentees of whom there was no sign lately",
    "requests_per_run": "the most requests of a run",
    "role": "the role",
    "seats": "the mentors' seats",
    "seconds_between_writes": "the least seconds between two writes",
    "severity": "how much it weighs",
    "sides": "the sides that were asked",
    "speaker": "the login of who said it",
    "stage": "where the application stands",
    "start": "the first day",
    "status": "where the mentorship stands",
    "teams": "the program's teams",
    "terms": "the program's terms",
    "text": "the text",
    "time": "the time of day",
    "tracker": "the label of trackers",
    "taken": "how many seats are taken",
    "url": "the address",
    "waiting": "how many people wait",
    "week": "the week, counted from 1",
    "weeks": "how many weeks",
    "where": "on what kinds of issues it can be said",
    "who": "the login of who it is",
    "word": "the command's word",
    "writes_per_run": "the most writes of a run",
    "zone": "the time zone",
}
_PLAIN: Final = {
    str: "text",
    int: "number",
    float: "number",
    bool: "yes or no",
    date: "date",
    time: "time",
    Safe: "Markdown",
}
_SENTENCE: Final = re.compile(r"(?<=[.;])\s+")
_IS: Final = re.compile(r"`\w+` (?:is|are) (?=(?:a|an|all|how|the|those|what|whose|who|up) )")
_NONE: Final = type(None)


def page() -> str:
    """Return the whole page."""
    return "".join([_START, *_filters(), *_messages(), *_values()])


def _filters() -> Iterator[str]:
    """Yield the table of our own filters; those of Jinja work, too."""
    every = Wording(overrides={}).environment.filters
    yield "## Filters\n\nBeside those of Jinja:\n\n| filter | gives |\n| --- | --- |\n"
    for name in sorted(every.keys() - DEFAULT_FILTERS.keys()):
        yield f"| `{name}` | {_summary(every[name]).removeprefix('Return ')} |\n"
    yield "\n"


def _messages() -> Iterator[str]:
    known = views()
    yield "## Messages\n\n"
    for name in sorted(template_names() & known.keys()):
        view, parts = known[name], sorted(_all_parts(name))
        yield f"### `{name}`\n\n{_summary(view)}\n\n"
        if parts:
            named = ", ".join(f"`{one}`" for one in parts)
            yield f"Its parts, with the same variables: {named}.\n\n"
        yield from _table(view)


def _all_parts(name: str) -> set[str]:
    return {name for one in parts_of(name) for name in (one, *_all_parts(one))}


def _values() -> Iterator[str]:
    yield (
        "## Values\n\nWhat a variable holds that is more than one value; a point leads to a field, "
        "as in `{{ meeting.minutes }}`.\n\n"
    )
    for one in sorted(_found(), key=lambda one: one.__name__):
        if issubclass(one, Enum):
            names = ", ".join(f"`{value.value}`" for value in one)
            yield f"### {one.__name__}\n\n{_summary(one)} One of {names}.\n\n"
        else:
            yield f"### {one.__name__}\n\n{_summary(one)}\n\n"
            yield from _table(one)


def _found() -> set[type]:
    """Return the types of all values that messages get."""
    found: set[type] = set()
    todo = [hint for view in _ours() for hint in _hints(view).values()]
    while todo:
        hint = todo.pop()
        todo += typing.get_args(hint)
        if isinstance(hint, type) and hint not in found and _is_shown(hint):
            found.add(hint)
            todo += _hints(hint).values()
    return found


def _ours() -> list[type]:
    return [view for name, view in views().items() if name in template_names()]


def _is_shown(hint: type) -> bool:
    return is_dataclass(hint) or issubclass(hint, Enum) or hasattr(hint, "_fields")


def _hints(one: type) -> dict[str, Any]:
    hints = typing.get_type_hints(one)
    if is_dataclass(one):
        return {field.name: hints[field.name] for field in fields(one)}
    return {name: hints[name] for name in getattr(one, "_fields", ())}


def _table(one: type) -> Iterator[str]:
    hints = _hints(one)
    if not hints:
        yield "It has no variables.\n\n"
        return
    yield "| name | holds | what it is |\n| --- | --- | --- |\n"
    before = ""
    for name, hint in hints.items():
        meaning = _meaning(one, name)
        yield f"| `{name}` | {_type(hint)} | {'as above' if meaning == before else meaning} |\n"
        before = meaning
    yield "\n"


def _type(hint: Any) -> str:  # noqa: ANN401 - any type of a field
    inner = typing.get_args(hint)
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        shown = " or ".join(_type(one) for one in inner if one is not _NONE)
        return f"{shown}, or none" if _NONE in inner else shown
    if typing.get_origin(hint) in (tuple, frozenset):
        return f"list of {_type(inner[0])}"
    if typing.get_origin(hint) is typing.Literal:
        return " or ".join(f"`{one}`" for one in inner)
    if inner:
        return f"{_type(inner[-1])} by {_type(inner[0])}"
    if _is_shown(hint):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return _PLAIN[hint]


def _sentences(one: object) -> list[str]:
    doc = " ".join((inspect.getdoc(one) or "").split())
    return _SENTENCE.split(doc)


def _summary(one: object) -> str:
    return _code(_sentences(one)[0].rstrip(";."), end=".")


def _meaning(one: type, name: str) -> str:
    """Return what the text of a view says about a field, else what needs no more words."""
    first, *others = _sentences(one)
    said = [text for text in others if f"``{name}``" in text]
    if said:
        return _IS.sub("", _code(said[0].rstrip(";.")), count=1)
    if f"``{name}``" in first:
        return "see the line above"
    found = _MEANINGS.get(f"{one.__name__}.{name}") or _MEANINGS.get(name)
    if found is None:
        raise LookupError(f"Say in the text of {one.__name__} what ``{name}`` is.")
    return found


def _code(text: str, *, end: str = "") -> str:
    return text.replace("``", "`").replace("None", "none").replace("|", "\\|") + end


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
