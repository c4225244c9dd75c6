"""Times for a team's meeting: for a terminal and for machines."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mentorship_action.domain.hours import DAY, Stretch
from mentorship_action.domain.meetings import (
    Attendee,
    CommonTime,
    CommonTimes,
    Lack,
    NearMiss,
    SeasonPart,
    WeekTime,
)
from mentorship_action.domain.program import Team
from mentorship_action.domain.text import WEEKDAYS
from mentorship_action.reporting.escaping import log_json, log_line

_WIDTH = 80
_MOST_TOLD = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamTimes:
    """What there is for a team's meeting."""

    team: Team
    found: CommonTimes


def times_json(times: TeamTimes) -> str:
    """Return the one object that ``--format json`` prints; see schemas/meetings.schema.json."""
    found, team = times.found, times.team
    shown = {
        "version": 1,
        "team": team.id,
        "minutes": found.minutes,
        "timezone": found.zone,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "people": [
            {"login": one.login, "role": one.role, "timezone": one.zone, "known": bool(one.hours)}
            for one in found.attendees
        ],
        "meeting": _meeting_entry(times),
        "times": [_time_entry(one, found, _stretches(found)) for one in found.times],
        "parts": [
            {
                "since": part.stretch.since.isoformat(),
                "times": [_time_entry(one, found, [part.stretch]) for one in part.times],
            }
            for part in found.parts
        ],
        "near": [
            {
                **_at(one.at),
                "login": one.login,
                "minutes": one.minutes,
                "lacks": [
                    {
                        "since": lack.since.isoformat(),
                        "last": lack.last.isoformat(),
                        **_at(lack.begins),
                        "until": _clock(lack.ends),
                    }
                    for lack in one.lacks
                ],
            }
            for one in found.near
        ],
        "fewest": list(found.fewest),
    }
    return log_json(json.dumps(shown, indent=2))


def times_text(times: TeamTimes) -> str:
    """Return what there is in lines of at most 80 characters."""
    return "\n".join(_lines(times)).rstrip()


def _lines(times: TeamTimes) -> Iterator[str]:
    found, name = times.found, log_line(times.team.name)
    yield from _wrapped(
        f"Times for the weekly meeting of {name}: {found.minutes} minutes, from {found.first} to "
        f"{found.last}, on the clock of {found.zone}."
    )
    unknown = [one.login for one in found.attendees if not one.hours]
    if unknown:
        yield from _wrapped(f"Not counted, for they name no hours: {', '.join(unknown)}.")
    yield from _meeting_lines(times)
    yield ""
    if not found.known:
        yield "Nobody names hours. They stand under `hours` of a mentor in the program, and"
        yield "under `availability` in a mentee file."
    elif found.times:
        yield from _time_lines(found.times, found, _stretches(found))
    else:
        yield from _lines_without_any(found)


def _meeting_lines(times: TeamTimes) -> Iterator[str]:
    meeting = _meeting(times)
    if meeting is None or not times.found.known:
        return
    unsuited = ", ".join(times.found.unsuited(meeting))
    verdict = f"doesn't always suit {unsuited}" if unsuited else "suits everybody"
    yield from _wrapped(f"The meeting as it is, {_spoken(meeting)}, {verdict}.")


def _lines_without_any(found: CommonTimes) -> Iterator[str]:
    yield "No time suits everybody all through the season."
    if found.near:
        yield "Closest, if one person can add hours:"
        yield ""
        for place, one in enumerate(found.near[:_MOST_TOLD], start=1):
            yield from _near_lines(place, one, found)
    elif found.fewest:
        yield from _wrapped(f"Even the best time doesn't suit {', '.join(found.fewest)}.")
    if len(found.parts) > 1 and any(part.times for part in found.parts):
        yield ""
        yield "With a meeting that moves when clocks change:"
        for part in found.parts:
            yield ""
            yield from _part_lines(part, found)


def _near_lines(place: int, one: NearMiss, found: CommonTimes) -> Iterator[str]:
    zone = next(who.zone for who in found.attendees if who.login == one.login)
    yield f"{place}. {_spoken(one.at)}, if {one.login} adds on their clock ({zone})"
    for lack in one.lacks:
        yield f"      {_spoken(lack.begins)} to {_clock(lack.ends)}{_days(lack, found)}"


def _days(lack: Lack, found: CommonTimes) -> str:
    is_always = (lack.since, lack.last) == (found.first, found.last)
    return "" if is_always else f", from {lack.since} to {lack.last}"


def _part_lines(part: SeasonPart, found: CommonTimes) -> Iterator[str]:
    yield f"From {part.stretch.since}:"
    if not part.times:
        yield "   nothing suits everybody"
    for one in part.times[:_MOST_TOLD]:
        yield f"   {_spoken(one.best)}{_leeway(one)}"
        yield from _local_lines(one.best, part.stretch, found, indent=6)


def _time_lines(
    times: Sequence[CommonTime], found: CommonTimes, among: Sequence[Stretch]
) -> Iterator[str]:
    for place, one in enumerate(times[:_MOST_TOLD], start=1):
        yield f"{place}. {_spoken(one.best)}{_leeway(one)}"
        for stretch in among:
            if len(among) > 1:
                yield f"   from {stretch.since}"
            yield from _local_lines(one.best, stretch, found, indent=6)
        yield ""
    if len(times) > _MOST_TOLD:
        yield f"And {len(times) - _MOST_TOLD} more, which `--format json` lists."


def _local_lines(
    at: WeekTime, stretch: Stretch, found: CommonTimes, *, indent: int
) -> Iterator[str]:
    local = (
        f"{one.login} {_clock_there(there, at)}"
        for one, there in found.local(at, stretch)
        if one.hours
    )
    yield from _wrapped(", ".join(local), indent=indent)


def _clock_there(there: WeekTime, here: WeekTime) -> str:
    """Return a local time, with its day where that is another one."""
    day = "" if there.day == here.day else f"{there.day.title()} "
    return f"{day}{_clock(there)}"


def _leeway(one: CommonTime) -> str:
    if one.first == one.last:
        return ""
    day = "" if one.first.day == one.last.day else f"{one.last.day.title()} "
    return f"  (any start from {_clock(one.first)} to {day}{_clock(one.last)})"


def _spoken(at: WeekTime) -> str:
    return f"{WEEKDAYS[at.day.offset]} {_clock(at)}"


def _clock(at: WeekTime) -> str:
    return f"{at.time:%H:%M}"


def _wrapped(text: str, *, indent: int = 0) -> list[str]:
    # A name with a blank in it may be parted, a zone with a hyphen not.
    margin = " " * indent
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _stretches(found: CommonTimes) -> list[Stretch]:
    return [part.stretch for part in found.parts]


def _meeting(times: TeamTimes) -> WeekTime | None:
    meeting = times.team.meeting
    if meeting is None:
        return None
    at = meeting.time
    return WeekTime(minute=meeting.day.offset * DAY + at.hour * 60 + at.minute)


def _meeting_entry(times: TeamTimes) -> dict[str, object] | None:
    meeting = _meeting(times)
    if meeting is None:
        return None
    return {**_at(meeting), "unsuited": list(times.found.unsuited(meeting))}


def _time_entry(one: CommonTime, found: CommonTimes, among: Iterable[Stretch]) -> dict[str, object]:
    return {
        **_at(one.best),
        "first": _at(one.first),
        "last": _at(one.last),
        "local": [
            {
                "since": stretch.since.isoformat(),
                "people": [_there(who, at) for who, at in found.local(one.best, stretch)],
            }
            for stretch in among
        ],
    }


def _there(who: Attendee, at: WeekTime) -> dict[str, str]:
    return {"login": who.login, **_at(at)}


def _at(at: WeekTime) -> dict[str, str]:
    return {"day": at.day.value, "time": _clock(at)}
