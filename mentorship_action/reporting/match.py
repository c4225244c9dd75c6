"""Who fits a mentee: for a terminal and for machines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from mentorship_action.domain.capacity import Seats
from mentorship_action.domain.fit import Fit
from mentorship_action.domain.record import Record
from mentorship_action.reporting.escaping import log_json, log_line


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """The mentors who could take a mentee, the best first, and those who can't at present.

    ``seated`` is the mentor with whom the mentee has a seat already, "" for none.
    """

    record: Record
    able: tuple[Fit, ...]
    unable: tuple[Fit, ...]
    seats: Mapping[str, Seats]
    seated: str = ""


def ranking_json(ranking: Ranking) -> str:
    """Return the one object that ``--format json`` prints; see schemas/match.schema.json."""
    shown = {
        "version": 1,
        "mentee": ranking.record.login,
        "seated": ranking.seated or None,
        "mentors": [_entry(one, ranking) for one in ranking.able],
        "others": [{**_entry(one, ranking), "reason": _why_not(one)} for one in ranking.unable],
    }
    return log_json(json.dumps(shown, indent=2))


def ranking_text(ranking: Ranking) -> str:
    """Return one block a mentor, and below them those who can't at present."""
    if ranking.able:
        lines = [f"Mentors for {ranking.record.login}, the best first:", ""]
    else:
        lines = ["No mentor who is here at the start has a free seat.", ""]
    if ranking.seated:
        seated = f"{ranking.record.login} already has a seat with {log_line(ranking.seated)}."
        lines = [seated, "", *lines]
    for place, one in enumerate(ranking.able, start=1):
        lines += [f"{place}. {log_line(one.mentor.handle)}", *_block(one, ranking), ""]
    if ranking.unable:
        lines.append("Not at present:")
        lines += [f"   {log_line(one.mentor.handle)}: {_why_not(one)}" for one in ranking.unable]
    return "\n".join(lines).rstrip()


def _block(one: Fit, ranking: Ranking) -> list[str]:
    seats = ranking.seats[one.mentor.login]
    focus = ", ".join(log_line(topic) for topic in one.focus) or "none"
    return [
        f"   seats            {one.free} of {seats.capacity} free",
        f"   hours in common  {_hours(one)}",
        f"   focus in common  {focus}",
        *(
            f"   away             {span.first} to {span.last}"
            for span in one.mentor.away
            if span.last >= ranking.record.start
        ),
    ]


def _hours(one: Fit) -> str:
    if one.shared is None:
        return "not known: one of the two names none"
    first, *later = one.shared
    changes = (f"; from {then.since} {_time(then.minutes)}" for then in later)
    return f"{_time(first.minutes)} a week{''.join(changes)}"


def _time(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest} min" if rest else f"{whole} h"


def _why_not(one: Fit) -> str:
    if not one.mentor.capacity:
        return "takes no mentees"
    return "away at the start" if one.free else "full"


def _entry(one: Fit, ranking: Ranking) -> dict[str, object]:
    shared = one.shared
    return {
        "mentor": one.mentor.handle,
        "capacity": ranking.seats[one.mentor.login].capacity,
        "free": one.free,
        "shared": None
        if shared is None
        else [{"since": then.since.isoformat(), "minutes": then.minutes} for then in shared],
        "focus": list(one.focus),
        "away": one.away,
    }
