"""Times for a meeting of many: those that suit everybody, and who could open one by an hour."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time

from mentorship_action.domain.calendar import ONE_DAY
from mentorship_action.domain.hours import (
    ALL_WEEK,
    DAY,
    WEEK,
    Stretch,
    common,
    hours_of,
    shifted,
    stretches,
)
from mentorship_action.domain.program import Weekday, Window

_STEP = 15
"""Meetings begin at a quarter of an hour."""
_KIND = (9 * 60, 20 * 60)
"""From when to when a meeting is in nobody's night or evening, by the local clock."""
_GRID = sum(1 << minute for minute in range(0, WEEK, _STEP))


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendee:
    """Somebody who comes to a meeting; ``hours`` are on the clock of ``zone``, none if unknown."""

    login: str
    role: str
    zone: str
    hours: tuple[Window, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekTime:
    """A time of the week on somebody's clock, at a minute from Monday 00:00 on."""

    minute: int

    @property
    def day(self) -> Weekday:
        """The day of the week."""
        return list(Weekday)[self.minute % WEEK // DAY]

    @property
    def time(self) -> time:
        """The time of day."""
        return time(self.minute % DAY // 60, self.minute % 60)

    def plus(self, minutes: int) -> "WeekTime":
        """Return the time so many minutes later; Sunday is followed by Monday."""
        return WeekTime(minute=(self.minute + minutes) % WEEK)


@dataclass(frozen=True, kw_only=True, slots=True)
class CommonTime:
    """A time that suits everybody.

    ``best`` is when to begin, out of all from ``first`` to ``last``.
    """

    best: WeekTime
    first: WeekTime
    last: WeekTime


@dataclass(frozen=True, kw_only=True, slots=True)
class Lack:
    """Hours that somebody would have to add, on their own clock, from one day to another."""

    since: date
    last: date
    begins: WeekTime
    ends: WeekTime


@dataclass(frozen=True, kw_only=True, slots=True)
class NearMiss:
    """A time that suits everybody but one person, who lacks ``minutes`` of it at most."""

    at: WeekTime
    login: str
    minutes: int
    lacks: tuple[Lack, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SeasonPart:
    """A part of the season between changes of clocks, and what suits everybody in it alone."""

    stretch: Stretch
    times: tuple[CommonTime, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CommonTimes:
    """What there is for a meeting of ``minutes`` on the clock of ``zone``, the best first.

    ``times`` suit everybody all through the season, ``parts`` has those of each part of it.
    ``near`` are told where there is none; ``fewest`` are the logins whom the best time
    doesn't suit, where no time lacks one person alone.
    """

    attendees: tuple[Attendee, ...]
    minutes: int
    zone: str
    first: date
    last: date
    times: tuple[CommonTime, ...]
    parts: tuple[SeasonPart, ...]
    near: tuple[NearMiss, ...] = ()
    fewest: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[Attendee, ...]:
        """Those who have named their hours."""
        return tuple(one for one in self.attendees if one.hours)

    def local(self, at: WeekTime, stretch: Stretch) -> list[tuple[Attendee, WeekTime]]:
        """Return a time on the clock of each attendee, in their order."""
        ahead = stretch.ahead[1:]
        return [(one, at.plus(more)) for one, more in zip(self.attendees, ahead, strict=True)]

    def unsuited(self, at: WeekTime) -> tuple[str, ...]:
        """Return the logins of those whom a time doesn't suit at some part of the season."""
        found = dict.fromkeys(
            login
            for part in self.parts
            for login, hours in _hours(self.attendees, part.stretch).items()
            if _lacking(at.minute, self.minutes, hours)
        )
        return tuple(found)


def common_times(
    attendees: Sequence[Attendee], *, minutes: int, zone: str, first: date, last: date
) -> CommonTimes:
    """Return the times for a weekly meeting, of which the first and last day are given.

    Who has named no hours is left out of the question.
    """
    zones = (zone, *(one.zone for one in attendees))
    ahead = stretches(zones, first, last)
    by_part = [_hours(attendees, stretch) for stretch in ahead]
    starts = [_starts(common(hours.values()), minutes) for hours in by_part]
    known = [one for one in attendees if one.hours]

    def times(found: int, among: Sequence[Stretch]) -> tuple[CommonTime, ...]:
        return _times(found, minutes, [_shifts(attendees, one) for one in among])

    found = CommonTimes(
        attendees=tuple(attendees),
        minutes=minutes,
        zone=zone,
        first=first,
        last=last,
        times=times(common(starts), ahead) if known else (),
        parts=tuple(
            SeasonPart(stretch=one, times=times(some, [one]) if known else ())
            for one, some in zip(ahead, starts, strict=True)
        ),
    )
    return found if found.times or not known else _with_near_misses(found)


def _hours(attendees: Iterable[Attendee], stretch: Stretch) -> dict[str, int]:
    """Return everybody's known hours on the meeting's clock, by login."""
    return {
        one.login: shifted(hours_of(one.hours), -ahead)
        for one, ahead in zip(attendees, stretch.ahead[1:], strict=True)
        if one.hours
    }


def _shifts(attendees: Iterable[Attendee], stretch: Stretch) -> list[int]:
    """Return how many minutes the clocks of those with known hours are ahead of the meeting's."""
    pairs = zip(attendees, stretch.ahead[1:], strict=True)
    return [ahead for one, ahead in pairs if one.hours]


def _starts(hours: int, minutes: int) -> int:
    """Return the minutes at which a meeting that lies within hours can begin."""
    found, done = hours, 1
    while done < minutes:
        step = min(done, minutes - done)
        found &= shifted(found, -step)
        done += step
    return found & _GRID


def _times(starts: int, minutes: int, shifts: Sequence[Sequence[int]]) -> tuple[CommonTime, ...]:
    """Return the starts that follow one another as one time each, the best first."""
    found: list[tuple[tuple[int, int, int], CommonTime]] = []
    for run in _runs(starts):
        best = min(run, key=lambda start: _unkindness(start, minutes, shifts))
        time_ = CommonTime(
            best=WeekTime(minute=best % WEEK),
            first=WeekTime(minute=run[0] % WEEK),
            last=WeekTime(minute=run[-1] % WEEK),
        )
        found.append(((_unkindness(best, minutes, shifts), -len(run), best), time_))
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))


def _runs(starts: int) -> Iterator[list[int]]:
    """Yield starts that follow one another; those of Sunday night go on into Monday."""
    if starts == ALL_WEEK & _GRID:
        yield list(range(0, WEEK, _STEP))
        return
    minutes = [minute for minute in range(0, WEEK, _STEP) if starts >> minute & 1]
    if minutes and minutes[0] == 0 and minutes[-1] == WEEK - _STEP:
        while minutes[0] + WEEK == minutes[-1] + _STEP:
            minutes.append(minutes.pop(0) + WEEK)
    run: list[int] = []
    for minute in minutes:
        if run and minute != run[-1] + _STEP:
            yield run
            run = []
        run.append(minute)
    if run:
        yield run


def _unkindness(start: int, minutes: int, shifts: Iterable[Iterable[int]]) -> int:
    """Return by how many minutes a meeting is too early or late for whom it is hardest on."""
    earliest, latest = _KIND
    worst = 0
    for some in shifts:
        for ahead in some:
            begins = (start + ahead) % DAY
            worst = max(worst, earliest - begins, begins + minutes - latest)
    return worst


def _lacking(start: int, minutes: int, hours: int) -> int:
    """Return the minutes of a meeting that lie outside of hours, the first one's bit first."""
    return ((1 << minutes) - 1) & ~shifted(hours, -start)


def _with_near_misses(found: CommonTimes) -> CommonTimes:
    """Return times with those that suit all but one person, or else with the fewest people."""
    by_part = [_hours(found.attendees, part.stretch) for part in found.parts]
    shifts = [_shifts(found.attendees, part.stretch) for part in found.parts]
    near: list[tuple[tuple[int, int, int], NearMiss]] = []
    fewest = tuple(one.login for one in found.known)
    for start in range(0, WEEK, _STEP):
        lacks: dict[str, int] = {}
        for hours in by_part:
            for login, theirs in hours.items():
                missing = _lacking(start, found.minutes, theirs).bit_count()
                if missing:
                    lacks[login] = max(missing, lacks.get(login, 0))
        if len(lacks) < len(fewest):
            fewest = tuple(lacks)
        if len(lacks) == 1:
            ((login, minutes),) = lacks.items()
            miss = _near_miss(found, start, login, minutes)
            order = (minutes, _unkindness(start, found.minutes, shifts), start)
            near.append((order, miss))
    # One a person and day is enough, the best.
    kept: dict[tuple[str, Weekday], NearMiss] = {}
    for _, one in sorted(near, key=lambda pair: pair[0]):
        kept.setdefault((one.login, one.at.day), one)
    return replace(found, near=tuple(kept.values()), fewest=() if kept else fewest)


def _near_miss(found: CommonTimes, start: int, login: str, minutes: int) -> NearMiss:
    place = next(n for n, one in enumerate(found.attendees) if one.login == login)
    lacks: list[Lack] = []
    ends = [*(part.stretch.since - ONE_DAY for part in found.parts[1:]), found.last]
    for part, last in zip(found.parts, ends, strict=True):
        missing = _lacking(start, found.minutes, _hours(found.attendees, part.stretch)[login])
        if not missing:
            continue
        begin = start + part.stretch.ahead[1 + place]
        first = (missing & -missing).bit_length() - 1
        lack = Lack(
            since=part.stretch.since,
            last=last,
            begins=WeekTime(minute=(begin + first) % WEEK),
            ends=WeekTime(minute=(begin + missing.bit_length()) % WEEK),
        )
        before = lacks[-1] if lacks else None
        # Nothing but the days differs, and these follow one another.
        if (
            before
            and replace(lack, since=before.since, last=before.last) == before
            and (before.last + ONE_DAY == lack.since)
        ):
            lack = replace(lack, since=lacks.pop().since)
        lacks.append(lack)
    return NearMiss(at=WeekTime(minute=start), login=login, minutes=minutes, lacks=tuple(lacks))
