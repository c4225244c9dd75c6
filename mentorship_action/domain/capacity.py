"""Seats: who holds one of a mentor's places on a date, and who waits, in which order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mentorship_action.domain.calendar import last_day
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record

_NONE: Mapping[str, int] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Seats:
    """One mentor's places; ``seated`` and ``waiting`` are mentees' logins in order."""

    mentor: str
    capacity: int
    seated: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def free(self) -> int:
        """How many more mentees the mentor can take today."""
        return max(0, self.capacity - len(self.seated))


class SeatCount(NamedTuple):
    """One mentor's seats in numbers; ``mentor`` is a lower-case login."""

    mentor: str
    capacity: int
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

    ``trackers`` has the number of the tracker of each mentee who has one; these go first.
    Then come records by ``arrivals``, the order in which commits brought them to the default
    branch, then by start and login. Equal inputs always give the equal answer.
    """
    claims: dict[str, list[Record]] = {mentor.login: [] for mentor in program.mentors}
    for record in records:
        if record.mentor in claims and wants_seat(record, program, on):
            claims[record.mentor].append(record)

    def turn(record: Record) -> tuple[bool, int, bool, int, date, str]:
        tracker, arrival = trackers.get(record.login), arrivals.get(record.login)
        return (
            tracker is None,
            tracker or 0,
            arrival is None,
            arrival or 0,
            record.start,
            record.login,
        )

    seats = {}
    for mentor in program.mentors:
        line = [record.login for record in sorted(claims[mentor.login], key=turn)]
        seats[mentor.login] = Seats(
            mentor=mentor.login,
            capacity=mentor.capacity,
            seated=tuple(line[: mentor.capacity]),
            waiting=tuple(line[mentor.capacity :]),
        )
    return seats


def waiting(seats: Mapping[str, Seats]) -> frozenset[str]:
    """Return the logins of all who have no seat."""
    return frozenset(login for seat in seats.values() for login in seat.waiting)


def with_free_seat(program: Program, seats: Mapping[str, Seats]) -> list[str]:
    """Return the mentors who can take one more, spelled as in the program, in its order."""
    return [mentor.handle for mentor in program.mentors if seats[mentor.login].free]
