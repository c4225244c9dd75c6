"""What needs a person: for a terminal and for machines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mentorship_action.domain.text import counted
from mentorship_action.reporting.escaping import log_json, log_line

_HEADS: Mapping[str, str] = {
    "alone": "Left alone",
    "maintainer": "A maintainer has to look",
    "ready": "Ready to merge",
    "answer": "Waiting for an answer",
    "question": "Question without an answer",
    "quiet": "No sign of the mentee",
    "checkpoint": "Checkpoint open",
    "ends": "Ends soon",
    "seats": "Seats to confirm",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusLine:
    """One thing that waits for a person.

    ``kind`` is one of those above; ``who`` the mentee or team; ``number`` the issue or pull
    request, 0 for none; ``whom`` are the logins of those who have to act. ``since`` is when it
    began to wait, for an end the last day.
    """

    kind: str
    who: str
    number: int
    whom: tuple[str, ...]
    since: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StatusReport:
    """What waits for a person at a moment, the worst first; ``unread`` could not be read."""

    now: datetime
    lines: tuple[StatusLine, ...]
    unread: tuple[str, ...] = ()


def status_text(report: StatusReport) -> str:
    """Return what needs a person, a line for each, the worst first."""
    lines = [_line(one) for one in report.lines]
    lines += [f"Could not be read: {text}" for text in report.unread]
    end = f"{counted(len(report.lines), 'thing')} to look at." if lines else "Nothing waits."
    return "\n".join(map(log_line, [*lines, end]))


def _line(one: StatusLine) -> str:
    where = f" (#{one.number})" if one.number else ""
    whom = f", up to {', '.join(one.whom)}" if one.whom else ""
    since = f", {'on' if one.kind == 'ends' else 'since'} {one.since}" if one.since else ""
    return f"{_HEADS[one.kind]}: {one.who}{where}{whom}{since}"


def status_json(report: StatusReport) -> str:
    """Return the one object that ``--format json`` prints; see schemas/status.schema.json."""
    needs = [
        {
            "kind": one.kind,
            "who": one.who,
            "number": one.number or None,
            "whom": list(one.whom),
            "since": one.since.isoformat() if one.since else None,
        }
        for one in report.lines
    ]
    now = report.now.isoformat()
    shown = {"version": 1, "now": now, "needs": needs, "unread": list(report.unread)}
    return log_json(json.dumps(shown, indent=2))
