"""Who fits whom: the hours that people share in a week, and what they care about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mentorship_action.domain.calendar import last_day
from mentorship_action.domain.capacity import Seats
from mentorship_action.domain.hours import DAY, common, hours_of, shifted, stretches
from mentorship_action.domain.program import Mentor, Program, Team, Window
from mentorship_action.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedHours:
    """The minutes that people share in weeks of one kind, from ``since`` on."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamFit:
    """How one team suits one mentee.

    ``shared`` are the hours that the mentee shares with all of the team, lead and co-mentors and
    the members so far; None when the mentee or all others have named none. ``unknown`` are the
    logins of those who have named none, and don't count. ``meets`` says whether the team's meeting
    always lies within the mentee's hours, None where that can't be told; ``away`` whether the lead
    is away on the day of the start; ``free`` how many places are left.
    """

    team: Team
    free: int
    shared: tuple[SharedHours, ...] | None
    unknown: tuple[str, ...]
    focus: tuple[str, ...]
    meets: bool | None
    away: bool

    @property
    def least_minutes(self) -> int:
        """The fewest minutes a week that all share over the whole mentorship."""
        return min((hours.minutes for hours in self.shared or ()), default=0)


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


def fit_team(
    team: Team,
    record: Record,
    program: Program,
    seats: Mapping[str, Seats],
    members: Sequence[Record],
) -> TeamFit:
    """Return how a team with these members suits the mentee of a record, and why.

    ``members`` are those who have a place in it.
    """
    mentors = [one for login in team.seat_mentors if (one := program.mentor(login))]
    others = [(one.login, one.zone, one.hours) for one in mentors]
    others += [(one.login, one.zone, one.availability) for one in members]
    known = [(zone, hours) for _, zone, hours in others if hours]
    people = [(record.zone, record.availability), *known]
    is_known = bool(record.availability and known)
    lead = program.mentor(team.mentors[0].login)
    return TeamFit(
        team=team,
        free=_free_places(team, program, seats, members),
        shared=shared_hours(people, record.start, last_day(record, program)) if is_known else None,
        unknown=tuple(login for login, _, hours in others if not hours),
        focus=tuple(topic for topic in record.focus if any(topic in one.focus for one in mentors)),
        meets=_meets(team, record, program),
        away=lead is not None and any(record.start in span for span in lead.away),
    )


def rank_teams(fits: Iterable[TeamFit]) -> list[TeamFit]:
    """Return teams with a place left, the best first.

    First those whose lead is not away at the start, and whose meeting lies within the mentee's
    hours; then the more hours that all share, the more focus in common, the more places.
    """
    able = [one for one in fits if one.free]
    return sorted(
        able,
        key=lambda one: (
            *(one.away, one.meets is False),
            *(-one.least_minutes, -len(one.focus), -one.free),
        ),
    )


def _free_places(
    team: Team, program: Program, seats: Mapping[str, Seats], members: Sequence[Record]
) -> int:
    """Return how many places are left: none where a new team's mentors have no seat for it."""
    theirs = [seats[login] for login in team.seat_mentors if login in seats]
    can_begin = len(theirs) == len(team.seat_mentors) and all(
        seat.free(program, team.term) for seat in theirs
    )
    return max(0, team.size - len(members)) if members or can_begin else 0


def _meets(team: Team, record: Record, program: Program) -> bool | None:
    """Return whether a team's meeting lies within the mentee's hours, whatever clocks do."""
    if team.meeting is None or not record.availability:
        return None
    at = team.meeting.time
    begins = team.meeting.day.offset * DAY + at.hour * 60 + at.minute
    meeting = shifted((1 << team.meeting.minutes) - 1, begins)
    zones = (team.zone, record.zone)
    return all(
        meeting == meeting & shifted(hours_of(record.availability), -stretch.ahead[1])
        for stretch in stretches(zones, record.start, last_day(record, program))
    )


def _shared_over_time(
    mentor: Mentor, record: Record, program: Program
) -> tuple[SharedHours, ...] | None:
    if not (mentor.hours and record.availability):
        return None
    people = ((record.zone, record.availability), (mentor.zone, mentor.hours))
    return shared_hours(people, record.start, last_day(record, program))


def shared_hours(
    people: Sequence[tuple[str, tuple[Window, ...]]], first: date, last: date
) -> tuple[SharedHours, ...]:
    """Return the minutes a week that people share from one day to another, one entry a stretch.

    Each has a zone and the hours named on its clock; the first one's week is what is counted.
    """
    found: list[SharedHours] = []
    for stretch in stretches(tuple(zone for zone, _ in people), first, last):
        hours = (
            shifted(hours_of(windows), -ahead)
            for (_, windows), ahead in zip(people, stretch.ahead, strict=True)
        )
        minutes = common(hours).bit_count()
        if not found or found[-1].minutes != minutes:
            found.append(SharedHours(since=stretch.since, minutes=minutes))
    return tuple(found)
