"""Weeks, zones, breaks and time away: when a mentorship runs and when a check-in is due."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from zoneinfo import ZoneInfo

from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.program import Program, Span, Term, TermEvent
from mentorship_action.domain.record import Record

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """An ISO week, known by its Monday."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week that ``day`` lies in."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Return the week that ``2026-W50`` names; ValueError if there is none."""
        year, _, number = text.partition("-W")
        return cls(date.fromisocalendar(int(year), int(number), 1))

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year:04d}-W{number:02d}"

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)

    @property
    def next(self) -> "Week":
        """The week after."""
        return Week(self.monday + ONE_WEEK)


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """One week of one mentorship.

    ``due`` is when its check-in is to be filed (UTC); ``meets`` the day of the meeting, if
    one is agreed and falls on or after the start; ``skipped`` says in words why there is no
    check-in, and is empty when there is one.
    """

    week: Week
    due: datetime
    meets: date | None
    skipped: str = ""


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name that the records have already been checked for."""
    return ZoneInfo(name)


@lru_cache(maxsize=65536)
def instant(day: date, at: time, zone_name: str) -> datetime:
    """Return the moment (UTC) of a wall-clock time in a zone.

    A time that the change to summer time leaves out counts with the offset from before it,
    so it falls after the gap; one that comes twice is the first of the two (PEP 495).
    """
    return datetime.combine(day, at, tzinfo=zone(zone_name)).astimezone(UTC)


@lru_cache(maxsize=1024)
def local_day(now: datetime, zone_name: str) -> date:
    """Return the date that a calendar in the zone shows at ``now``."""
    return now.astimezone(zone(zone_name)).date()


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Return the same days as spans in order that neither touch nor overlap."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.first, span.last)):
        if merged and span.first <= merged[-1].last + ONE_DAY:
            merged[-1] = Span(first=merged[-1].first, last=max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return merged


def last_day(one: Record | Mentorship, program: Program) -> date:
    """Return the last day of a mentorship: start and weeks, with each day off added.

    Days off are the program's breaks and the mentee's own time away, each day once. A day
    off within the added days adds a day in its turn.
    """
    return _last_day(one.start, one.weeks, (*program.breaks, *one.away))


@lru_cache(maxsize=65536)
def _last_day(start: date, weeks: int, days_off: tuple[Span, ...]) -> date:
    last = start + weeks * ONE_WEEK - ONE_DAY
    for span in merge_spans(days_off):
        if span.first > last:
            break
        if span.last >= start:
            last += span.last - max(span.first, start) + ONE_DAY
    return last


def day_after_weeks(since: date, weeks: int, mentorship: Mentorship, program: Program) -> date:
    """Return the last day of so many weeks since a day, with each day off added."""
    return _last_day(since, weeks, (*program.breaks, *mentorship.away))


def term_days(term: Term, program: Program) -> Span:
    """Return the days of a term, the program's breaks added."""
    last = _last_day(term.start, term.weeks, program.breaks)
    return Span(first=term.start, last=last, name=term.name)


def event_day(event: TermEvent, start: date) -> date:
    """Return the day of what a term does together, for one that begins on ``start``."""
    return Week.of(start).monday + (event.week - 1) * ONE_WEEK + event.day.offset * ONE_DAY


def overlap(one: Record, other: Record, program: Program) -> bool:
    """Whether two mentorships share a day."""
    return one.start <= last_day(other, program) and other.start <= last_day(one, program)


def weeks_of(mentorship: Mentorship, program: Program) -> Iterator[Week]:
    """Yield the weeks of a mentorship, the one of its start first."""
    end = last_day(mentorship, program)
    week = Week.of(mentorship.start)
    yield week
    while (week := week.next).monday <= end:
        if _meeting_day(mentorship, week) <= end:
            yield week


def slot(mentorship: Mentorship, week: Week, program: Program) -> Slot:
    """Return what one week holds: when its check-in is due, or why there is none."""
    meeting_day = _meeting_day(mentorship, week)
    meets = meeting_day if mentorship.meeting and meeting_day >= mentorship.start else None
    if mentorship.meeting and meets:
        file_on = meeting_day - ONE_DAY
    else:
        # Without a meeting ahead, Monday; in the first week not before it has started.
        file_on = (
            max(week.monday, mentorship.start) if week == Week.of(mentorship.start) else week.monday
        )
    due = instant(file_on, program.check_ins.file_at, mentorship.zone)
    return Slot(
        week=week, due=due, meets=meets, skipped=_why_skipped(mentorship, week, meets, program)
    )


@lru_cache(maxsize=16384)
def slots(mentorship: Mentorship, program: Program) -> tuple[Slot, ...]:
    """Return what every check-in week of a mentorship holds, in order and so by when they are due.

    The first is the week of the start, and from there it is each Nth week; a break doesn't shift
    the rhythm.
    """
    weeks = islice(weeks_of(mentorship, program), 0, None, mentorship.every_weeks)
    return tuple(slot(mentorship, week, program) for week in weeks)


def current_slot(mentorship: Mentorship, program: Program, now: datetime) -> Slot | None:
    """Return the newest check-in week whose filing time has come, or None before the first.

    Weeks that lie further back and were missed stay missed. Past the last day the last week
    is the answer.
    """
    every = slots(mentorship, program)
    begun = bisect_right(every, now, key=_due)
    return every[begun - 1] if begun else None


_due = attrgetter("due")


def is_over(mentorship: Mentorship, program: Program, now: datetime) -> bool:
    """Whether a mentorship's last day has passed where it is kept."""
    return local_day(now, mentorship.zone) > last_day(mentorship, program)


def _meeting_day(mentorship: Mentorship, week: Week) -> date:
    """Return the day of the meeting in a week, or its Monday when none is agreed."""
    offset = mentorship.meeting.day.offset if mentorship.meeting else 0
    return week.monday + timedelta(days=offset)


def _why_skipped(mentorship: Mentorship, week: Week, meets: date | None, program: Program) -> str:
    """Return why a week has no check-in: all the days that count are off for the same reason."""
    days, nobody = _days_that_count(week, meets), _without_mentors(mentorship, program)
    for spans, reason in (
        (program.breaks, "program break"),
        (mentorship.away, f"{mentorship.name} is away"),
        (nobody, _mentors_are_away(mentorship)),
    ):
        if _all_off(days, spans):
            return reason
    everything = (*program.breaks, *mentorship.away, *nobody)
    return "breaks and time away" if _all_off(days, everything) else ""


def _days_that_count(week: Week, meets: date | None) -> tuple[date, ...]:
    return (meets,) if meets else tuple(week.monday + timedelta(days=n) for n in range(5))


def _without_mentors(mentorship: Mentorship, program: Program) -> tuple[Span, ...]:
    """Return the days on which neither the lead nor a co-mentor of the program is there."""
    known = (program.mentor(login) for login in mentorship.seat_mentors)
    each = [mentor.away for mentor in known if mentor]
    found = each[0] if each else ()
    for away in each[1:]:
        found = tuple(
            Span(first=max(one.first, other.first), last=min(one.last, other.last))
            for one in found
            for other in away
            if one.first <= other.last and other.first <= one.last
        )
    return found


def _mentors_are_away(mentorship: Mentorship) -> str:
    *others, last = mentorship.seat_mentors
    return f"{', '.join(others)} and {last} are away" if others else f"{last} is away"


def who_leads(mentorship: Mentorship, current: Slot, program: Program) -> str:
    """Return the lead, or the first co-mentor who is there in a week in which the lead is away."""
    days, lead = _days_that_count(current.week, current.meets), program.mentor(mentorship.lead)
    if lead is None or not _all_off(days, lead.away):
        return mentorship.lead
    others = (program.mentor(login) for login in mentorship.seat_mentors[1:])
    there = (one.login for one in others if one and not _all_off(days, one.away))
    return next(there, mentorship.lead)


def _all_off(days: tuple[date, ...], spans: tuple[Span, ...]) -> bool:
    return bool(spans) and all(any(day in span for span in spans) for day in days)
