"""Seats: who holds one of a mentor's places on a date, and who waits, in which order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mentorship_action.domain.calendar import last_day, term_days
from mentorship_action.domain.identity import term_of
from mentorship_action.domain.program import Program, Span
from mentorship_action.domain.record import Record

_NONE: Mapping[str, int] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Seats:
    """One mentor's places; ``seated`` and ``waiting`` are ids of mentorships in order."""

    mentor: str
    capacity: int
    seated: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def count(self) -> "SeatCount":
        """The seats in numbers, all terms together."""
        return SeatCount(self.mentor, self.capacity, len(self.seated), len(self.waiting))

    def taken(self, program: Program, term: str = "") -> int:
        """Return how many seats are taken for somebody new in a term, or outside of terms."""
        return seats_taken(Counter(map(term_of, self.seated)), program, term)

    def free(self, program: Program, term: str = "") -> int:
        """Return how many more mentees the mentor can take in a term, or outside of terms."""
        return max(0, self.capacity - self.taken(program, term))

    def waiting_for(self, program: Program, term: str) -> list[str]:
        """Return those of the waiting who compete with somebody new in a term, in order."""
        return [one for one in self.waiting if compete(term_of(one), term, program)]


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamSeats:
    """One team's places; ``seated`` and ``waiting`` are ids of mentee files in order."""

    team: str
    size: int
    seated: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def free(self) -> int:
        """How many more mentees the team takes."""
        return self.size - len(self.seated)


class SeatCount(NamedTuple):
    """One mentor's seats in numbers; ``mentor`` is a lower-case login."""

    mentor: str
    capacity: int
    taken: int
    waiting: int


class TeamCount(NamedTuple):
    """One team's places in numbers; ``team`` is its id."""

    team: str
    size: int
    taken: int
    waiting: int


def wants_seat(record: Record, program: Program, on: date) -> bool:
    """Whether a record lays claim to a seat: active or paused, and its last day not passed."""
    return record.status.holds_seat and last_day(record, program) >= on


def allot(
    program: Program,
    records: Iterable[Record],
    *,
    on: date,
    trackers: Mapping[str, int] = _NONE,
    arrivals: Mapping[str, int] = _NONE,
) -> dict[str, Seats]:
    """Return every mentor's seats on a date, by lower-case login in the program's order.

    ``trackers`` has the number of the tracker of each mentorship that has one; these go first.
    Then they come by ``arrivals``, the order in which commits brought mentee files to the default
    branch, then by start and login. Who needs several mentors is seated when all of them have a
    seat, and holds none before; they wait with all who have none free in the end. A team needs one
    seat with each, however many mentees it has. Mentorships of different terms compete only where
    their terms overlap. Equal inputs always give the equal answer.
    """
    seated: dict[str, list[str]] = {mentor.login: [] for mentor in program.mentors}
    waiting: dict[str, list[str]] = {mentor.login: [] for mentor in program.mentors}
    counts: dict[str, Counter[str]] = {mentor.login: Counter() for mentor in program.mentors}
    together: dict[str, list[Record]] = {}
    for record in records:
        if wants_seat(record, program, on):
            together.setdefault(record.mentorship, []).append(record)
    turns = {
        mentorship: min(_turn(one, trackers.get(mentorship), arrivals) for one in some)
        for mentorship, some in together.items()
    }

    def known(mentorship: str) -> list[str]:
        return [one for one in together[mentorship][0].seat_mentors if one in seated]

    def full(mentorship: str) -> list[str]:
        term = together[mentorship][0].term
        return [
            login
            for login in known(mentorship)
            if seats_taken(counts[login], program, term) >= program.mentors_by_login[login].capacity
        ]

    without = []
    for mentorship in sorted(turns, key=lambda one: turns[one]):
        if full(mentorship):
            without.append(mentorship)
            continue
        for login in known(mentorship):
            seated[login].append(mentorship)
            counts[login][together[mentorship][0].term] += 1
    # Who has a seat now has a tracker in the next run, and comes first then: the same ones wait.
    for mentorship in without:
        for login in full(mentorship):
            waiting[login].append(mentorship)
    return {
        mentor.login: Seats(
            mentor=mentor.login,
            capacity=mentor.capacity,
            seated=tuple(seated[mentor.login]),
            waiting=tuple(waiting[mentor.login]),
        )
        for mentor in program.mentors
    }


def allot_teams(
    program: Program,
    records: Iterable[Record],
    *,
    on: date,
    members: Mapping[str, int] = _NONE,
    arrivals: Mapping[str, int] = _NONE,
) -> dict[str, TeamSeats]:
    """Return every team's places on a date, by id in the program's order.

    ``members`` has a number for each mentee file, by its id, whose mentee has a place already;
    these go first. Then the order is that of ``allot``.
    """
    wanting: dict[str, list[Record]] = {team.id: [] for team in program.teams}
    for record in records:
        if record.team in wanting and wants_seat(record, program, on):
            wanting[record.team].append(record)
    found = {}
    for team in program.teams:
        some = wanting[team.id]
        some.sort(key=lambda one: _turn(one, members.get(one.id), arrivals))
        ids = tuple(one.id for one in some)
        found[team.id] = TeamSeats(
            team=team.id,
            size=team.size,
            seated=ids[: team.size],
            waiting=ids[team.size :],
        )
    return found


def _turn(
    record: Record, number: int | None, arrivals: Mapping[str, int]
) -> tuple[bool, int, bool, int, date, str]:
    """Return what decides who comes first; ``number`` is that of who has begun already."""
    arrival = arrivals.get(record.id)
    return (number is None, number or 0, arrival is None, arrival or 0, record.start, record.login)


def seats_taken(counts: Mapping[str, int], program: Program, term: str) -> int:
    """Return how many seats are taken for somebody new in a term, or outside of terms.

    ``counts`` are seats taken by term. Terms compete with one another where they overlap, so the
    fullest day counts; what is outside of terms, under "", competes with everybody.
    """
    days = {name: _days(name, program) for name, count in counts.items() if count}
    outside = sum(counts[name] for name, span in days.items() if span is None)
    in_terms = {name: span for name, span in days.items() if span is not None}
    mine = _days(term, program)
    first_days = {span.first for span in (*in_terms.values(), mine) if span is not None}
    at_once = (
        sum(counts[name] for name, span in in_terms.items() if day in span)
        for day in first_days
        if mine is None or day in mine
    )
    return outside + max(at_once, default=0)


def compete(one: str, other: str, program: Program) -> bool:
    """Whether mentorships of two terms may need the same seat; outside of terms all do."""
    ours, theirs = _days(one, program), _days(other, program)
    if ours is None or theirs is None:
        return True
    return ours.first <= theirs.last and theirs.first <= ours.last


def _days(name: str, program: Program) -> Span | None:
    """Return the days of a term, None outside of terms and for one that the program dropped."""
    term = program.term(name)
    return term_days(term, program) if term else None


def waiting(seats: Mapping[str, Seats]) -> frozenset[str]:
    """Return the ids of all mentorships that have no seat."""
    return frozenset(one for seat in seats.values() for one in seat.waiting)


def with_free_seat(program: Program, seats: Mapping[str, Seats], term: str = "") -> list[str]:
    """Return the mentors who can take one more, spelled as in the program, in its order."""
    return [one.handle for one in program.mentors if seats[one.login].free(program, term)]
