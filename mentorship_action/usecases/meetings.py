"""Find times for a team's meeting that suit everybody, whatever the clocks do."""

from datetime import date, datetime
from pathlib import Path

from mentorship_action.domain.calendar import ONE_WEEK, local_day, term_days
from mentorship_action.domain.capacity import allot_teams
from mentorship_action.domain.meetings import Attendee, common_times
from mentorship_action.domain.program import Program, Team
from mentorship_action.domain.record import Record
from mentorship_action.errors import UsageError
from mentorship_action.records.fixes.nearest import nearest
from mentorship_action.records.load import load
from mentorship_action.records.phrases import ask_for, listed_words
from mentorship_action.reporting.meetings import TeamTimes
from mentorship_action.usecases.program import valid_program


def team_times(name: str, root: Path, *, config: Path | None = None, now: datetime) -> TeamTimes:
    """Find times for the team of an id: its lead, co-mentors and members.

    Raises:
        UsageError: there is no such team.
        SettingsError: the program has an error.
    """
    loaded = load(root, config=config, today=now)
    program = valid_program(loaded)
    team = program.team(name)
    if team is None:
        raise _unknown(name, program)
    today = local_day(now, program.zone)
    places = allot_teams(program, loaded.records, on=today, arrivals=loaded.arrivals)[team.id]
    members = [one for one in loaded.records if one.id in places.seated]
    first, last = _season(team, program, today)
    found = common_times(
        (*_mentors(team, program), *map(_mentee, members)),
        minutes=team.meeting.minutes if team.meeting else program.meeting_minutes,
        zone=team.zone,
        first=first,
        last=last,
    )
    return TeamTimes(team=team, found=found)


def _mentors(team: Team, program: Program) -> list[Attendee]:
    roles = {one.login: one.role for one in team.mentors}
    known = (one for login in team.seat_mentors if (one := program.mentor(login)))
    return [
        Attendee(login=one.login, role=roles[one.login], zone=one.zone, hours=one.hours)
        for one in known
    ]


def _mentee(record: Record) -> Attendee:
    return Attendee(login=record.login, role="mentee", zone=record.zone, hours=record.availability)


def _season(team: Team, program: Program, today: date) -> tuple[date, date]:
    """Return the days ahead of a team: those of its term, else as long as a mentorship lasts."""
    term = program.term(team.term)
    if term is None:
        return today, today + program.weeks * ONE_WEEK
    days = term_days(term, program)
    return max(days.first, min(today, days.last)), days.last


def _unknown(name: str, program: Program) -> UsageError:
    known = list(program.teams_by_id)
    listed = f"The teams are {listed_words(known)}." if known else "The program has none."
    return UsageError(
        "There is no such team.",
        where="--team",
        fix=f"{ask_for(nearest(name, known))} {listed}".strip(),
    )
