"""What a program shows of itself: roster, mentorships and alumni, without who isn't public."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Final

from mentorship_action.domain.calendar import ONE_WEEK, Week, last_day, local_day, slots, term_days
from mentorship_action.domain.capacity import Seats, TeamSeats, allot, allot_teams, waiting
from mentorship_action.domain.mentorship import Mentorship, mentorships
from mentorship_action.domain.program import NamedMentor, Program, Span, Team, Term
from mentorship_action.domain.record import Record, Status
from mentorship_action.wording.certificate import Certificate, certificate_of

GITHUB: Final = "https://github.com"

_WEEKS_BEFORE = 12
_WEEKS_AFTER = 13


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a program lives on GitHub: addresses begin with ``server``, such as https://github.com.

    ``repository`` is owner/name, or "" where nothing tells; ``branch`` is the default one.
    """

    server: str = GITHUB
    repository: str = ""
    branch: str = "main"

    @property
    def url(self) -> str:
        """The address of the repository, "" where nothing tells."""
        return f"{self.server}/{self.repository}" if self.repository else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownMentor:
    """A mentor on the roster; ``free`` are seats now, ``in_terms`` those in terms, by id.

    ``takes_mentees`` is false for who has no seats at all.
    """

    login: str
    handle: str
    name: str
    zone: str
    focus: tuple[str, ...]
    free: int
    in_terms: Mapping[str, int]
    takes_mentees: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownTerm:
    """A term that isn't over; ``is_open`` says that it takes applications today."""

    term: Term
    days: Span
    is_open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownTeam:
    """A team of a term that isn't over, or of none; ``free`` is how many more mentees fit in."""

    team: Team
    free: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownMentorship:
    """A mentorship on the site; ``mentees`` are the files of those who are shown.

    ``week`` counts from 1, and is 0 before the start; ``weeks`` are those with a check-in.
    ``tracker`` and ``check_in`` are addresses, "" where there is none or nobody has asked GitHub;
    ``skipped`` are the weeks whose meetings people skip by a command, such as 2026-W50.
    """

    mentorship: Mentorship
    mentees: tuple[Record, ...]
    team: Team | None
    days: Span
    week: int
    weeks: int
    tracker: str = ""
    check_in: str = ""
    skipped: frozenset[str] = frozenset()

    @property
    def mentors(self) -> tuple[NamedMentor, ...]:
        """The mentors by role, the lead first."""
        return self.mentorship.mentors

    @property
    def focus(self) -> tuple[str, ...]:
        """What the mentees want to work on, each topic once."""
        return tuple(dict.fromkeys(topic for one in self.mentees for topic in one.focus))

    @property
    def words(self) -> tuple[str, ...]:
        """What somebody may look for it by."""
        people = (text for one in self.mentees for text in (one.login, one.name))
        return (*people, *(one.login for one in self.mentors), *self.focus, self.mentorship.term)


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekCount:
    """How many of the mentorships that are shown are under way in a week."""

    week: Week
    mentorships: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgramReport:
    """All that the site and its calendars say; ``day`` is the program's own today.

    ``running`` are the mentorships that are under way or begin later, the newest last; ``alumni``
    those that were completed, the newest first. ``revisions`` has how often each file was changed,
    by its path, as far as git tells; ``program_file`` is the path of the program's own.
    ``certificates`` are those of graduates who asked for one, by the ids of their files.
    """

    program: Program
    place: Place
    day: date
    mentors: tuple[ShownMentor, ...]
    terms: tuple[ShownTerm, ...]
    teams: tuple[ShownTeam, ...]
    running: tuple[ShownMentorship, ...]
    alumni: tuple[ShownMentorship, ...]
    weeks: tuple[WeekCount, ...]
    program_file: str
    revisions: Mapping[str, int]
    certificates: Mapping[str, Certificate]


@dataclass(frozen=True, kw_only=True, slots=True)
class Observations:
    """What git and GitHub tell beside the files; all of it may be unknown.

    ``arrivals`` is the order in which mentee files came, by their ids, ``revisions`` how often
    each file was changed, by its path. ``trackers`` and ``check_ins``, those that are open, are
    numbers of issues, and ``skipped`` weeks, each by the id of the mentorship. ``unconfirmed`` are
    the mentors whose seats are not offered until they speak. ``certificates`` has the last day of
    each certificate that was merged, by the id of the mentee file.
    """

    program_file: str = ""
    arrivals: Mapping[str, int] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)
    trackers: Mapping[str, int] = field(default_factory=dict)
    check_ins: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unconfirmed: frozenset[str] = frozenset()
    certificates: Mapping[str, date] = field(default_factory=dict)


def build_report(
    program: Program,
    records: Iterable[Record],
    known: Observations,
    *,
    place: Place,
    now: datetime,
) -> ProgramReport:
    """Return the report.

    Who asked not to be shown, is paused, withdrew or waits for a seat is in no part of it. Seats
    are told as free ones alone: next to how many are taken, a missing name would tell somebody.
    """
    everybody = tuple(records)
    today = local_day(now, program.zone)
    seats = allot(program, everybody, on=today, trackers=known.trackers, arrivals=known.arrivals)
    teams = allot_teams(program, everybody, on=today, arrivals=known.arrivals)
    without_place = {one for team in teams.values() for one in team.waiting}
    without_seat = waiting(seats)
    seated = (one for one in everybody if one.status.holds_seat and one.id not in without_place)
    show = partial(_shown, program=program, today=today, known=known, place=place)
    running = [
        found
        for one in mentorships(seated, program)
        if one.id not in without_seat and last_day(one, program) >= today
        for found in show(one, Status.ACTIVE)
    ]
    over = (one for one in everybody if one.status is Status.COMPLETED)
    alumni = [found for one in mentorships(over, program) for found in show(one, Status.COMPLETED)]
    terms = tuple(_terms(program, today))
    return ProgramReport(
        program=program,
        place=place,
        day=today,
        mentors=tuple(_roster(program, seats, terms, known.unconfirmed)),
        terms=terms,
        teams=tuple(_teams(program, teams, terms)),
        running=tuple(sorted(running, key=lambda one: (one.days.first, one.mentorship.id))),
        alumni=tuple(
            sorted(alumni, key=lambda one: (-one.days.last.toordinal(), one.mentorship.id))
        ),
        weeks=tuple(_weeks((*running, *alumni), today)),
        program_file=known.program_file,
        revisions=known.revisions,
        certificates={
            one.id: certificate_of(one, program, known.certificates[one.id])
            for alumnus in alumni
            for one in alumnus.mentees
            if one.id in known.certificates
        },
    )


def _shown(
    mentorship: Mentorship,
    status: Status,
    *,
    program: Program,
    today: date,
    known: Observations,
    place: Place,
) -> Iterator[ShownMentorship]:
    """Yield a mentorship with those of its mentees who are of a status and may be shown, if any."""
    mentees = tuple(one for one in mentorship.records if one.public and one.status is status)
    if not mentees:
        return
    met = [slot.week for slot in slots(mentorship, program) if not slot.skipped]
    yield ShownMentorship(
        mentorship=mentorship,
        mentees=mentees,
        team=program.team(mentorship.team),
        days=Span(first=mentorship.start, last=last_day(mentorship, program)),
        week=sum(week <= Week.of(today) for week in met) if mentorship.start <= today else 0,
        weeks=len(met),
        tracker=_address(known.trackers.get(mentorship.id), place),
        check_in=_address(known.check_ins.get(mentorship.id), place),
        skipped=known.skipped.get(mentorship.id, frozenset()),
    )


def _address(number: int | None, place: Place) -> str:
    return f"{place.url}/issues/{number}" if number and place.url else ""


def _terms(program: Program, today: date) -> Iterator[ShownTerm]:
    for term in program.terms:
        days = term_days(term, program)
        if days.last >= today:
            yield ShownTerm(term=term, days=days, is_open=today in term.applications)


def _roster(
    program: Program,
    seats: Mapping[str, Seats],
    terms: Iterable[ShownTerm],
    unconfirmed: frozenset[str],
) -> Iterator[ShownMentor]:
    ids = [one.term.id for one in terms]
    for mentor in program.mentors:
        is_offered = mentor.login not in unconfirmed
        their = seats[mentor.login] if is_offered else Seats(mentor=mentor.login, capacity=0)
        yield ShownMentor(
            login=mentor.login,
            handle=mentor.handle,
            name=mentor.name,
            zone=mentor.zone,
            focus=mentor.focus,
            free=their.free(program),
            in_terms={name: their.free(program, name) for name in ids},
            takes_mentees=mentor.capacity > 0,
        )


def _teams(
    program: Program, seats: Mapping[str, TeamSeats], terms: Iterable[ShownTerm]
) -> Iterator[ShownTeam]:
    current = {"", *(one.term.id for one in terms)}
    for team in program.teams:
        if team.term in current:
            yield ShownTeam(team=team, free=max(0, seats[team.id].free))


def _weeks(shown: Iterable[ShownMentorship], today: date) -> Iterator[WeekCount]:
    """Yield the weeks around this one in which something is under way, gaps between them too."""
    this = Week.of(today)
    spans = [(Week.of(one.days.first), Week.of(one.days.last)) for one in shown]
    near = [Week(this.monday + n * ONE_WEEK) for n in range(-_WEEKS_BEFORE, _WEEKS_AFTER + 1)]
    counts = [
        WeekCount(week=week, mentorships=sum(first <= week <= last for first, last in spans))
        for week in near
    ]
    busy = [place for place, one in enumerate(counts) if one.mentorships]
    if busy:
        yield from counts[busy[0] : busy[-1] + 1]
