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
    branch, then by start and login. Who needs several mentors is seated when all of them have a
    seat, and holds none before. Equal inputs always give the equal answer.
    """

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

    seated: dict[str, list[str]] = {mentor.login: [] for mentor in program.mentors}
    waiting: dict[str, list[str]] = {mentor.login: [] for mentor in program.mentors}
    wanting = (record for record in records if wants_seat(record, program, on))
    for record in sorted(wanting, key=turn):
        known = [login for login in record.seat_mentors if login in seated]
        full = [login for login in known if not _has_free_seat(login, seated, program)]
        for login in full or known:
            (waiting if full else seated)[login].append(record.login)
    return {
        mentor.login: Seats(
            mentor=mentor.login,
            capacity=mentor.capacity,
            seated=tuple(seated[mentor.login]),
            waiting=tuple(waiting[mentor.login]),
        )
        for mentor in program.mentors
    }


def _has_free_seat(login: str, seated: Mapping[str, list[str]], program: Program) -> bool:
    return len(seated[login]) < program.mentors_by_login[login].capacity


def waiting(seats: Mapping[str, Seats]) -> frozenset[str]:
    """Return the logins of all who have no seat."""
    return frozenset(login for seat in seats.values() for login in seat.waiting)


def with_free_seat(program: Program, seats: Mapping[str, Seats]) -> list[str]:
    """Return the mentors who can take one more, spelled as in the program, in its order."""
    return [mentor.handle for mentor in program.mentors if seats[mentor.login].free]
