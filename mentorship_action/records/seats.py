"""Whose seat is whose, and the findings about those who have none."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mentorship_action.domain.capacity import SeatCount
from mentorship_action.records.check import CheckedRecord
from mentorship_action.records.quoting import quote
from mentorship_action.records.read import finding
from mentorship_action.records.terms import KnownProgram, Terms

if TYPE_CHECKING:
    from mentorship_action.domain.capacity import Seats
    from mentorship_action.domain.findings import Finding
    from mentorship_action.domain.program import Program


def count_seats(
    root: Path,
    known: KnownProgram,
    checked: Collection[CheckedRecord],
    others: Collection[CheckedRecord],
    today: date,
) -> "tuple[tuple[SeatCount, ...], list[Finding]]":
    """Return everybody's seats, and findings for those of ``checked`` who have none.

    ``today`` is a day, or a moment, which stands for its day in the program's zone. Mostly
    counting is enough. Only when a mentor is asked by too many, or a record may be over, the
    domain's rules and the order of arrival have to decide.
    """
    sound = [one for one in (*checked, *others) if one.is_valid]
    claims = _claims(sound, known.terms, today)
    if claims is not None:
        return tuple(
            SeatCount(login, place.capacity, claims.get(login, 0), 0)
            for login, place in known.terms.mentors.items()
        ), []
    seats = _allotted(root, known, sound, today)
    waiting = {login: seat for seat in seats.values() for login in seat.waiting}
    counts = tuple(
        SeatCount(seat.mentor, seat.capacity, len(seat.seated), len(seat.waiting))
        for seat in seats.values()
    )
    over = [
        _no_seat(one, waiting[one.login], known, seats)
        for one in checked
        if one.is_valid and one.login in waiting
    ]
    return counts, over


def _day(today: date, program: "Program") -> date:
    """Return the day that seats are counted on, as `sync` counts them."""
    if not isinstance(today, datetime):
        return today
    from mentorship_action.domain.calendar import local_day  # noqa: PLC0415 - see count_seats

    return local_day(today, program.zone)


def _claims(sound: Sequence[CheckedRecord], terms: Terms, today: date) -> dict[str, int] | None:
    """Return how many hold a seat with each mentor, None when counting can't tell."""
    day = today.date() if isinstance(today, datetime) else today
    claims: dict[str, int] = {}
    for one in sound:
        data = one.places.data
        if data.get("status", "active") not in ("active", "paused"):
            continue
        mentor = data["mentor"].lower()
        claims[mentor] = claims.get(mentor, 0) + 1
        # Breaks and time away only add days, so until then the mentorship can't be over. A day
        # early, as it may be tomorrow already where the program is; no zone is loaded to ask.
        length = timedelta(weeks=int(data.get("weeks", terms.weeks)), days=-1)
        if date.fromisoformat(data["start"]) + length <= day:
            return None
    if any(number > terms.mentors[mentor].capacity for mentor, number in claims.items()):
        return None
    return claims


def _allotted(
    root: Path, known: KnownProgram, sound: Sequence[CheckedRecord], today: date
) -> "dict[str, Seats]":
    from mentorship_action.domain.capacity import allot  # noqa: PLC0415 - see count_seats

    program = known.program
    day = _day(today, program)
    records = [record for one in sound if (record := one.record) is not None]
    seats = allot(program, records, on=day)
    if any(seat.capacity and seat.waiting for seat in seats.values()):
        from mentorship_action.records.history import arrivals  # noqa: PLC0415 - as above

        seats = allot(program, records, on=day, arrivals=arrivals(root))
    return seats


def _no_seat(
    one: CheckedRecord, seat: "Seats", known: KnownProgram, seats: Mapping[str, "Seats"]
) -> "Finding":
    """Return the finding about a record for which its mentor has no seat."""
    from mentorship_action.domain.capacity import with_free_seat  # noqa: PLC0415 - see count_seats
    from mentorship_action.records.suggest import listed  # noqa: PLC0415 - as above

    mentor = known.terms.mentors[seat.mentor].handle
    free = with_free_seat(known.program, seats)
    hint = f"A seat is free with {listed(free)}." if free else "No mentor has a free seat now."
    spot = one.places.spot(("mentor",))
    if not seat.capacity:
        message = f"{quote(mentor)} takes no mentees at present."
        return finding(one.file, "mentor-takes-none", spot, "mentor", message, hint)
    held = f"all {seat.capacity} seats are" if seat.capacity > 1 else "the one seat is"
    message = f"{quote(mentor)} is full: {held} taken by {listed(seat.seated, most=5)}."
    return finding(one.file, "mentor-full", spot, "mentor", message, hint)
