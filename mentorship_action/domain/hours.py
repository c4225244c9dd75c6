"""Hours of a week on several people's clocks, before and after each change of clocks.

A week of hours is a whole number in which each minute has its bit, that of Monday 00:00 first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from mentorship_action.domain.calendar import Week, zone
from mentorship_action.domain.program import Window

DAY = 24 * 60
WEEK = 7 * DAY
ALL_WEEK = (1 << WEEK) - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Weeks in which the clocks of some zones stay as far apart as they are, from ``since`` on.

    ``ahead`` says for each of the zones, in the order given, how many minutes its clock is ahead
    of the first one's.
    """

    since: date
    ahead: tuple[int, ...]


@lru_cache(maxsize=4096)
def hours_of(windows: tuple[Window, ...]) -> int:
    """Return the hours of windows, on their own clock; overlapping ones count once."""
    found = 0
    for window in windows:
        minutes = (1 << (window.closes - window.opens)) - 1
        for day in window.days:
            found |= minutes << (day.offset * DAY + window.opens)
    return found


def shifted(hours: int, minutes: int) -> int:
    """Return hours that come so many minutes later; what leaves a week enters the next one."""
    later = minutes % WEEK
    return ((hours << later) | (hours >> (WEEK - later))) & ALL_WEEK


def common(hours: Iterable[int]) -> int:
    """Return the hours that all have, all week where there is nobody."""
    found = ALL_WEEK
    for one in hours:
        found &= one
    return found


@lru_cache(maxsize=4096)
def stretches(zones: tuple[str, ...], first: date, last: date) -> tuple[Stretch, ...]:
    """Return the stretches from one day to another, in order; there is one at least.

    A week in which a clock changes midway belongs to none: the one after tells what holds.
    """
    found: list[Stretch] = []
    week = Week.of(first)
    while week.monday <= last:
        offsets = [_offset(name, week) for name in zones]
        known = [offset for offset in offsets if offset is not None]
        ahead = tuple(offset - known[0] for offset in known)
        if len(known) == len(zones) and (not found or found[-1].ahead != ahead):
            found.append(Stretch(since=week.monday if found else first, ahead=ahead))
        week = week.next
    if found:
        return tuple(found)
    # Nothing but weeks in which clocks change: what holds at their start has to do.
    starts = [_offset_at(name, first) for name in zones]
    return (Stretch(since=first, ahead=tuple(one - starts[0] for one in starts)),)


@lru_cache(maxsize=16384)
def _offset(name: str, week: Week) -> int | None:
    """Return the minutes of a zone's clock from UTC in a week, None where it changes midway."""
    days = (week.monday + timedelta(days=n) for n in range(8))
    offsets = {_offset_at(name, day) for day in days}
    return offsets.pop() if len(offsets) == 1 else None


def _offset_at(name: str, day: date) -> int:
    offset = datetime.combine(day, time(), tzinfo=zone(name)).utcoffset()
    return 0 if offset is None else offset // timedelta(minutes=1)
