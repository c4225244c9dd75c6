"""Whose seat is whose, and the findings about those who have none."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mentorship_action.domain.capacity import (
    Seats,
    TeamSeats,
    allot,
    allot_teams,
    compete,
    with_free_seat,
)
from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.domain.identity import term_of
from mentorship_action.domain.mentee_files import FOLDER
from mentorship_action.domain.program import Program, Team
from mentorship_action.domain.record import Record
from mentorship_action.domain.text import quote
from mentorship_action.errors import SettingsError
from mentorship_action.records.history import arrivals
from mentorship_action.records.phrases import listed_words
from mentorship_action.records.validate import CheckedFile


class Allotted(NamedTuple):
    """Everybody's seats by lower-case login, and teams' places by id, in the program's order.

    ``arrivals`` is the order of arrival that decided, by mentee file, and empty where nothing
    had to be decided. ``unknown`` says that it should have, and can't be read.
    """

    seats: Mapping[str, Seats]
    teams: Mapping[str, TeamSeats]
    arrivals: Mapping[str, int]
    unknown: Finding | None = None


def allotted(root: Path, program: Program, checked: Collection[CheckedFile], day: date) -> Allotted:
    """Return the seats of every mentor and the places of every team on a day."""
    records = [one.record for one in checked if one.record is not None]
    seats, teams = allot(program, records, on=day), allot_teams(program, records, on=day)
    is_scarce = any(seat.capacity and seat.waiting for seat in seats.values())
    if not is_scarce and not any(team.waiting for team in teams.values()):
        return Allotted(seats, teams, {})
    try:
        order = arrivals(root)
    except SettingsError as error:
        return Allotted(seats, teams, {}, _unknown(error))
    seats = allot(program, records, on=day, arrivals=order)
    teams = allot_teams(program, records, on=day, arrivals=order)
    return Allotted(seats, teams, order)


def _unknown(error: SettingsError) -> Finding:
    return Finding(
        code="history-unknown",
        severity=Severity.NOTICE,
        file=FOLDER,
        message=f"{error.what} Seats are shown by start and login.",
        hint=error.fix,
    )


def without_seat(
    checked: Collection[CheckedFile], program: Program, given: Allotted
) -> Iterator[Finding]:
    """Yield the findings about those for whom a mentor has no seat, or their team no place."""
    waiting = {mentorship: seat for seat in given.seats.values() for mentorship in seat.waiting}
    in_teams = {one for team in given.teams.values() for one in team.waiting}
    for one in checked:
        if one.record is None:
            continue
        if one.record.id in in_teams:
            yield _no_place(one, program.teams_by_id[one.record.team])
        elif one.record.mentorship in waiting:
            seat = waiting[one.record.mentorship]
            yield _no_seat(one, one.record, seat, program, given.seats)


def _no_place(one: CheckedFile, team: Team) -> Finding:
    spot = one.spot("team")
    return Finding(
        code="team-full",
        severity=Severity.NOTICE,
        file=one.file,
        line=spot.line,
        column=spot.column,
        path="team",
        message=f"{quote(team.name)} is full: all {team.size} places are taken.",
        hint="There is nothing to fix: when a place becomes free, the next in order gets it.",
    )


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
        # Whom a team names is not its mentees' to fix.
        severity=Severity.NOTICE if seat.capacity or record.team else Severity.ERROR,
        file=one.file,
        line=spot.line,
        column=spot.column,
        path=key,
        message=full if seat.capacity else f"{quote(mentor)} takes no mentees at present.",
        hint=f"A seat is free with {listed_words(free)}."
        if free
        else "No mentor has a free seat now.",
    )
