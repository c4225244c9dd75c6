"""Whose seat is whose, and the findings about those who have none."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.capacity import Seats, allot, compete, with_free_seat
from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.domain.identity import term_of
from mentorship_action.domain.mentee_files import FOLDER
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.domain.text import quote
from mentorship_action.errors import SettingsError
from mentorship_action.records.history import arrivals
from mentorship_action.records.phrases import listed_words
from mentorship_action.records.validate import CheckedFile


class Allotted(NamedTuple):
    """Everybody's seats, by lower-case login in the program's order.

    ``arrivals`` is the order of arrival that decided, by mentorship, and empty where nothing
    had to be decided. ``unknown`` says that it should have, and can't be read.
    """

    seats: Mapping[str, Seats]
    arrivals: Mapping[str, int]
    unknown: Finding | None = None


def allotted(
    root: Path, program: Program, checked: Collection[CheckedFile], today: date
) -> Allotted:
    """Return the seats of every mentor.

    ``today`` is a day, or a moment, which stands for its day in the program's zone.
    """
    day = local_day(today, program.zone) if isinstance(today, datetime) else today
    records = [one.record for one in checked if one.record is not None]
    seats = allot(program, records, on=day)
    if not any(seat.capacity and seat.waiting for seat in seats.values()):
        return Allotted(seats, {})
    try:
        order = arrivals(root)
    except SettingsError as error:
        return Allotted(seats, {}, _unknown(error))
    return Allotted(allot(program, records, on=day, arrivals=order), order)


def _unknown(error: SettingsError) -> Finding:
    return Finding(
        code="history-unknown",
        severity=Severity.NOTICE,
        file=FOLDER,
        message=f"{error.what} Seats are shown by start and login.",
        hint=error.fix,
    )


def without_seat(
    checked: Collection[CheckedFile], program: Program, seats: Mapping[str, Seats]
) -> list[Finding]:
    """Return the findings about those whose mentor has no seat for them."""
    waiting = {mentorship: seat for seat in seats.values() for mentorship in seat.waiting}
    return [
        _no_seat(one, one.record, waiting[one.record.id], program, seats)
        for one in checked
        if one.record is not None and one.record.id in waiting
    ]


def _no_seat(
    one: CheckedFile, record: Record, seat: Seats, program: Program, seats: Mapping[str, Seats]
) -> Finding:
    mentor = program.mentors_by_login[seat.mentor].handle
    free = with_free_seat(program, seats, record.term)
    rivals = [other for other in seat.seated if compete(term_of(other), record.term, program)]
    held = f"all {seat.capacity} seats are" if seat.capacity > 1 else "the one seat is"
    full = f"{quote(mentor)} is full: {held} taken by {listed_words(rivals, most=5)}."
    key = "team" if record.team else "mentors" if record.others else "mentor"
    spot = one.spot(key)
    return Finding(
        code="mentor-full" if seat.capacity else "mentor-takes-none",
        severity=Severity.NOTICE if seat.capacity else Severity.ERROR,
        file=one.file,
        line=spot.line,
        column=spot.column,
        path=key,
        message=full if seat.capacity else f"{quote(mentor)} takes no mentees at present.",
        hint=f"A seat is free with {listed_words(free)}."
        if free
        else "No mentor has a free seat now.",
    )
