"""Who fits whom: the hours that two people share in a week, and what both care about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from mentorship_action.domain.calendar import ONE_WEEK, Week, last_day, zone
from mentorship_action.domain.capacity import Seats
from mentorship_action.domain.program import Mentor, Program, Window
from mentorship_action.domain.record import Record

Interval = tuple[datetime, datetime]

_FARTHEST = 2
"""The most days that the calendars of two people lie apart: from UTC-12 to UTC+14, rounded up."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedHours:
    """The minutes that two people share in weeks of one kind, from ``since`` on."""

    since: date
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """How one mentor suits one mentee.

    ``shared`` is None when either has named no hours; else one entry for each stretch of weeks
    between changes of clocks, the first from the start on. ``away`` says whether the mentor is
    away on the day of the start, ``free`` how many seats are left.
    """

    mentor: Mentor
    free: int
    shared: tuple[SharedHours, ...] | None
    focus: tuple[str, ...]
    away: bool

    @property
    def least_minutes(self) -> int:
        """The fewest minutes a week that the two share over the whole mentorship."""
        return min((hours.minutes for hours in self.shared or ()), default=0)


def shared_minutes(one: Mentor, other: Record, week: Week) -> int:
    """Return the minutes of the mentee's week in which both are available, by their own clocks.

    A Monday here is a Sunday there, so the mentor's days on both sides of the week count, too.
    """
    theirs = _intervals(one.hours, one.zone, _days(week, beyond=_FARTHEST))
    ours = _intervals(other.availability, other.zone, _days(week))
    total = timedelta()
    first = 0
    for start, stop in ours:
        while first < len(theirs) and theirs[first][1] <= start:
            first += 1
        for begin, end in islice(theirs, first, None):
            if begin >= stop:
                break
            total += min(end, stop) - max(begin, start)
    return total // timedelta(minutes=1)


def fit(mentor: Mentor, record: Record, program: Program, seats: Mapping[str, Seats]) -> Fit:
    """Return how a mentor suits the mentee of a record, and why."""
    return Fit(
        mentor=mentor,
        free=seats[mentor.login].free(program, record.term),
        shared=_shared_over_time(mentor, record, program),
        focus=tuple(topic for topic in record.focus if topic in mentor.focus),
        away=any(record.start in span for span in mentor.away),
    )


def rank(record: Record, program: Program, seats: Mapping[str, Seats]) -> list[Fit]:
    """Return all mentors who could take the mentee, the best first.

    First those who are not away at the start; then the more focus in common, the more shared
    hours, the more free seats; at last the program's own order.
    """
    fits = [fit(mentor, record, program, seats) for mentor in program.mentors]
    able = [one for one in fits if one.free and one.mentor.login != record.login]
    return sorted(able, key=lambda one: (one.away, -len(one.focus), -one.least_minutes, -one.free))


def _shared_over_time(
    mentor: Mentor, record: Record, program: Program
) -> tuple[SharedHours, ...] | None:
    if not (mentor.hours and record.availability):
        return None
    end = last_day(record, program)
    week = Week.of(record.start)
    stretches: list[SharedHours] = []
    clocks, minutes = None, 0
    while week.monday <= end:
        if clocks != (clocks := (_offsets(mentor.zone, week), _offsets(record.zone, week))):
            # Weeks are alike until a clock changes, and most of them are.
            minutes = shared_minutes(mentor, record, week)
        if not stretches or stretches[-1].minutes != minutes:
            since = max(week.monday, record.start)
            stretches.append(SharedHours(since=since, minutes=minutes))
        week = Week(week.monday + ONE_WEEK)
    return tuple(_without_single_weeks(stretches))


def _without_single_weeks(stretches: Iterable[SharedHours]) -> list[SharedHours]:
    """Drop the weeks in which the clocks change midway: the week after tells what holds."""
    kept: list[SharedHours] = []
    for stretch in stretches:
        if len(kept) > 1 and stretch.since - kept[-1].since <= ONE_WEEK:
            kept.pop()
        if not kept or kept[-1].minutes != stretch.minutes:
            kept.append(stretch)
    return kept


def _days(week: Week, beyond: int = 0) -> tuple[date, ...]:
    return tuple(week.monday + timedelta(days=n) for n in range(-beyond, 7 + beyond))


@lru_cache(maxsize=4096)
def _intervals(
    windows: tuple[Window, ...], zone_name: str, days: tuple[date, ...]
) -> tuple[Interval, ...]:
    """Return windows as moments of some days, in order, overlapping ones joined."""
    found = sorted(
        (_moment(day, window.opens, zone_name), _moment(day, window.closes, zone_name))
        for window in windows
        for day in days
        if any(weekday.offset == day.weekday() for weekday in window.days)
    )
    joined: list[Interval] = []
    for begin, end in found:
        if begin >= end:
            # The clocks go forward over the whole of it.
            continue
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return tuple(joined)


@lru_cache(maxsize=8192)
def _offsets(zone_name: str, week: Week) -> tuple[timedelta | None, ...]:
    """Return how far a zone is from UTC at each midnight of a week and of the days around it."""
    there = zone(zone_name)
    days = _days(week, beyond=_FARTHEST + 1)
    return tuple(datetime.combine(day, time(), tzinfo=there).utcoffset() for day in days)


def _moment(day: date, minutes: int, zone_name: str) -> datetime:
    # 24:00 is the midnight of the day after.
    day, minutes = day + timedelta(days=minutes // 1440), minutes % 1440
    at = time(minutes // 60, minutes % 60)
    return datetime.combine(day, at, tzinfo=zone(zone_name)).astimezone(UTC)
