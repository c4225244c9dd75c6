"""The writer of YAML: values on one line, valid in block and in flow style, and whole files."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from mentorship_action.domain.program import Span, Window
from mentorship_action.domain.record import Record, Status

# What YAML takes for text as it is, wherever it stands.
_PLAIN_TEXT: Final = re.compile(
    r"[A-Za-z](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9._/-])?"
    r"|https://[^\s#,\[\]{}]*[^\s#,\[\]{}:]"
    r"|20[0-9]{2}-[0-9]{2}-[0-9]{2}"
)
# Words that some readers of YAML take for something else.
_NO_TEXT: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def as_yaml(value: Any) -> str:
    """Return a value as people write it in a file, on one line."""
    if isinstance(value, Mapping):
        return (
            "{" + ", ".join(f"{as_yaml(key)}: {as_yaml(one)}" for key, one in value.items()) + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(as_yaml(part) for part in value) + "]"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _PLAIN_TEXT.fullmatch(value) and value.lower() not in _NO_TEXT:
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def as_file(data: Mapping[str, Any]) -> str:
    """Return data as a file: a line for each key, and for each entry of a list of texts."""
    return "".join(f"{line}\n" for key, value in data.items() for line in _lines(key, value))


def record_text(record: Record) -> str:
    """Return a record as its file could be written."""
    data: dict[str, Any] = {"github": record.handle}
    if record.name:
        data["name"] = record.name
    data |= _mentors(record)
    if record.status is not Status.ACTIVE:
        data["status"] = record.status
    data |= {
        **({} if record.term else {"start": record.start, "weeks": record.weeks}),
        "hours_per_week": record.hours_per_week,
        "timezone": record.zone,
    }
    if met := record.meeting:
        data["meeting"] = {"day": met.day, "time": f"{met.time:%H:%M}", "minutes": met.minutes}
    if not record.team:
        data["check_ins"] = {"every_weeks": record.every_weeks}
    if record.availability:
        data["availability"] = [_window(one) for one in record.availability]
    data |= {
        "goals": record.goals,
        "focus": record.focus,
        "chat": {"network": record.chat.network, "handle": record.chat.handle},
    }
    if record.away:
        data["away"] = [_span(one) for one in record.away]
    if record.links:
        data["links"] = record.links
    if not record.public:
        data["public"] = False
    data["agreements"] = {"code_of_conduct": True, "asked_mentor": True}
    return as_file(data)


def _mentors(record: Record) -> dict[str, Any]:
    if record.team:
        return {"team": record.team}
    if record.others:
        return {"mentors": [{"github": one.handle, "role": one.role} for one in record.mentors]}
    return {"mentor": record.mentor_handle}


def _lines(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple) and not all(map(_is_word, value)):
        yield f"{key}:"
        yield from (f"  - {as_yaml(one)}" for one in value)
    elif isinstance(value, Mapping) and all(isinstance(one, bool) for one in value.values()):
        yield f"{key}:"
        yield from (f"  {name}: {as_yaml(one)}" for name, one in value.items())
    else:
        yield f"{key}: {as_yaml(value)}"


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch("[a-z0-9-]+", value) is not None


def _window(window: Window) -> dict[str, Any]:
    return {"days": window.days, "from": _clock(window.opens), "to": _clock(window.closes)}


def _span(span: Span) -> dict[str, Any]:
    return {"from": span.first, "to": span.last}


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
