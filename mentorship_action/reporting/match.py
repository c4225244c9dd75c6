"""Who fits a mentee: for a terminal and for machines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from mentorship_action.domain.capacity import Seats
from mentorship_action.domain.fit import Fit, TeamFit
from mentorship_action.domain.program import Team
from mentorship_action.domain.record import Record
from mentorship_action.domain.text import WEEKDAYS
from mentorship_action.reporting.escaping import log_json, log_line


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """The mentors who could take a mentee, the best first, and those who can't at present.

    ``teams`` are those that they could join, the best first; ``full_teams`` have no place left.
    ``seated`` is the mentor or team with whom the mentee has a seat already, "" for none.
    """

    record: Record
    able: tuple[Fit, ...]
    unable: tuple[Fit, ...]
    seats: Mapping[str, Seats]
    teams: tuple[TeamFit, ...] = ()
    full_teams: tuple[Team, ...] = ()
    seated: str = ""


def ranking_json(ranking: Ranking) -> str:
    """Return the one object that ``--format json`` prints; see schemas/match.schema.json."""
    shown = {
        "version": 1,
        "mentee": ranking.record.login,
        "seated": ranking.seated or None,
        "mentors": [_entry(one, ranking) for one in ranking.able],
        "teams": [_team_entry(one) for one in ranking.teams],
        "full_teams": [one.id for one in ranking.full_teams],
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
    if ranking.teams:
        lines += [f"Teams for {ranking.record.login}, the best first:", ""]
    for place, team in enumerate(ranking.teams, start=1):
        lines += [f"{place}. {team.team.id}", *_team_block(team), ""]
    if ranking.unable or ranking.full_teams:
        lines.append("Not at present:")
        lines += [f"   {log_line(one.mentor.handle)}: {_why_not(one)}" for one in ranking.unable]
        lines += [f"   team {one.id}: full" for one in ranking.full_teams]
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


def _team_block(one: TeamFit) -> list[str]:
    focus = ", ".join(log_line(topic) for topic in one.focus) or "none"
    lines = [
        f"   places           {one.free} of {one.team.size} free",
        f"   hours of all     {_hours(one, 'you or all others name none')}",
        f"   focus in common  {focus}",
    ]
    if one.unknown:
        lines.append(f"   not counted      {', '.join(one.unknown)}, who name no hours")
    if (met := one.team.meeting) is not None:
        within = {True: ", within your hours", False: ", not in your hours", None: ""}[one.meets]
        lines.append(
            f"   meeting          {WEEKDAYS[met.day.offset]} {met.time:%H:%M} "
            f"({one.team.zone}){within}"
        )
    if one.away:
        lines.append("   away             the lead, at the start")
    return lines


def _hours(one: Fit | TeamFit, unknown: str = "one of the two names none") -> str:
    if one.shared is None:
        return f"not known: {unknown}"
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


def _team_entry(one: TeamFit) -> dict[str, object]:
    return {
        "team": one.team.id,
        "size": one.team.size,
        "free": one.free,
        "shared": _shared(one),
        "unknown": list(one.unknown),
        "focus": list(one.focus),
        "meeting_suits": one.meets,
        "away": one.away,
    }


def _shared(one: Fit | TeamFit) -> list[dict[str, object]] | None:
    if one.shared is None:
        return None
    return [{"since": then.since.isoformat(), "minutes": then.minutes} for then in one.shared]


def _entry(one: Fit, ranking: Ranking) -> dict[str, object]:
    return {
        "mentor": one.mentor.handle,
        "capacity": ranking.seats[one.mentor.login].capacity,
        "free": one.free,
        "shared": _shared(one),
        "focus": list(one.focus),
        "away": one.away,
    }
