"""Who fits whom: the hours that two people share in a week, and what both care about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from mentorship_action.domain.calendar import ONE_WEEK, Week, last_day, zone
from mentorship_action.domain.capacity import Seats
from mentorship_action.domain.program import Mentor, Program, Window
from mentorship_action.domain.record import Record

Interval = tuple[datetime, datetime]


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
    """Return the minutes of a week in which both are available, by their own clocks."""
    theirs = _intervals(one.hours, one.zone, week)
    ours = _intervals(other.availability, other.zone, week)
    total = timedelta()
    for begin, end in theirs:
        for start, stop in ours:
            total += max(timedelta(), min(end, stop) - max(begin, start))
    return total // timedelta(minutes=1)


def fit(mentor: Mentor, record: Record, program: Program, seats: Mapping[str, Seats]) -> Fit:
    """Return how a mentor suits the mentee of a record, and why."""
    return Fit(
        mentor=mentor,
        free=seats[mentor.login].free,
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
    while week.monday <= end:
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


def _intervals(windows: Iterable[Window], zone_name: str, week: Week) -> list[Interval]:
    """Return windows as moments of one week, in order, overlapping ones joined."""
    found = sorted(
        (_moment(day, window.opens, zone_name), _moment(day, window.closes, zone_name))
        for window in windows
        for day in (week.monday + timedelta(days=weekday.offset) for weekday in window.days)
    )
    joined: list[Interval] = []
    for begin, end in found:
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def _moment(day: date, minutes: int, zone_name: str) -> datetime:
    # 24:00 is the midnight of the day after.
    day, minutes = day + timedelta(days=minutes // 1440), minutes % 1440
    at = time(minutes // 60, minutes % 60)
    return datetime.combine(day, at, tzinfo=zone(zone_name)).astimezone(UTC)
