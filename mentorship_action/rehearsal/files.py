"""Records as the files that people would write."""

import json
import re
from collections.abc import Iterator

from mentorship_action.domain.program import Window
from mentorship_action.domain.record import Record, Status

_STATUS_LINE = re.compile(r"^status:.*\n", re.MULTILINE)


def record_text(record: Record) -> str:
    """Return a record as its file could be written."""
    return "".join(f"{line}\n" for line in _lines(record))


def with_status(text: str, status: Status) -> str:
    """Return a file with its status set, in block style; what it says else is left as it is."""
    without = _STATUS_LINE.sub("", text)
    line_end = "" if without.endswith("\n") else "\n"
    return f"{without}{line_end}status: {status}\n"


def _lines(record: Record) -> Iterator[str]:
    yield f"github: {_word(record.handle)}"
    if record.name:
        yield f"name: {_quoted(record.name)}"
    yield f"mentor: {_word(record.mentor_handle)}"
    if record.status is not Status.ACTIVE:
        yield f"status: {record.status}"
    yield f"start: {record.start}"
    yield f"weeks: {record.weeks}"
    yield f"hours_per_week: {record.hours_per_week}"
    yield f"timezone: {record.zone}"
    if record.meeting:
        met = record.meeting
        at = f'"{met.time:%H:%M}"'
        yield f"meeting: {{day: {met.day}, time: {at}, minutes: {met.minutes}}}"
    yield from _listed("availability", map(_window, record.availability))
    yield from _listed("goals", map(_quoted, record.goals))
    yield f"focus: [{', '.join(map(_word, record.focus))}]"
    chat = record.chat
    yield f"chat: {{network: {_word(chat.network)}, handle: {_quoted(chat.handle)}}}"
    yield from _listed("away", (f"{{from: {one.first}, to: {one.last}}}" for one in record.away))
    yield from _listed("links", map(_quoted, record.links))
    yield "agreements:"
    yield "  code_of_conduct: true"
    yield "  asked_mentor: true"


def _listed(key: str, items: Iterator[str]) -> Iterator[str]:
    lines = [f"  - {item}" for item in items]
    if lines:
        yield f"{key}:"
        yield from lines


def _word(text: str) -> str:
    """Return a name, in quotes where it could be taken for something else, such as a number."""
    return text if re.fullmatch(r"[A-Za-z][A-Za-z-]+[0-9]*", text) else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _window(window: Window) -> str:
    days = ", ".join(window.days)
    return f"{{days: [{days}], from: {_clock(window.opens)}, to: {_clock(window.closes)}}}"


def _clock(minutes: int) -> str:
    return f'"{minutes // 60:02}:{minutes % 60:02}"'
