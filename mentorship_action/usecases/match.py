"""Rank the mentors and teams with a free place for one mentee file, and say why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.capacity import Seats, allot, allot_teams
from mentorship_action.domain.findings import Finding, errors
from mentorship_action.domain.fit import TeamFit, fit, fit_team, rank, rank_teams
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.errors import Exit, UsageError
from mentorship_action.records.edit import REMOVE, edit
from mentorship_action.records.load import Loaded, load
from mentorship_action.records.places import Places
from mentorship_action.records.program import shown_file
from mentorship_action.records.source import RECORD_LIMITS, read_source
from mentorship_action.records.validate import check_record
from mentorship_action.reporting.findings import Check
from mentorship_action.reporting.match import Ranking
from mentorship_action.usecases.program import valid_program


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchResult:
    """The ranking, None when the file has errors; ``check`` has these."""

    ranking: Ranking | None
    check: Check

    @property
    def exit_code(self) -> Exit:
        """0 when mentors were ranked, else 1."""
        return Exit.FINDINGS if self.ranking is None else Exit.DONE


def match(path: Path, root: Path, *, config: Path | None = None, now: datetime) -> MatchResult:
    """Rank the mentors for the file at ``path``, whatever mentor it names.

    Raises:
        UsageError: there is no such file.
        SettingsError: the program has an error.
    """
    loaded = load(root, config=config, today=now)
    program = valid_program(loaded)
    given = path if path.exists() else root / path
    if not given.exists():
        raise UsageError(
            "There is no such file.",
            where="FILE",
            fix="Paths are taken from the current folder, or else from --root.",
        )
    record, findings = _read(given, shown_file(root, given), program)
    check = Check(files=1, findings=tuple(findings), seats=())
    if record is None:
        return MatchResult(ranking=None, check=check)
    today = local_day(now, program.zone)
    ranking = rank_all(record, program, loaded, today)
    return MatchResult(
        ranking=replace(ranking, seated=_seated(record, program, loaded, today)), check=check
    )


def rank_all(record: Record, program: Program, loaded: Loaded, today: date) -> Ranking:
    """Return who suits a mentee, mentors and teams, with the seats that others leave."""
    others = [one for one in loaded.records if one.id != record.id]
    seats = allot(program, others, on=today, arrivals=loaded.arrivals)
    places = allot_teams(program, others, on=today, arrivals=loaded.arrivals)
    members = [one for one in others if one.team and one.id in places[one.team].seated]
    return _ranked(record, program, seats, members)


def _ranked(
    record: Record, program: Program, seats: Mapping[str, Seats], members: Sequence[Record]
) -> Ranking:
    teams = _team_fits(record, program, seats, members)
    able = tuple(one for one in rank(record, program, seats) if not one.away)
    shown = {one.mentor.login for one in able} | {record.login}
    rest = [fit(one, record, program, seats) for one in program.mentors if one.login not in shown]
    return Ranking(
        record=record,
        able=able,
        unable=tuple(rest),
        seats=seats,
        teams=tuple(rank_teams(teams)),
        full_teams=tuple(one.team for one in teams if not one.free),
    )


def _team_fits(
    record: Record, program: Program, seats: Mapping[str, Seats], members: Sequence[Record]
) -> list[TeamFit]:
    """Return how each team of the mentee's term suits them, in the program's order."""
    return [
        fit_team(team, record, program, seats, [one for one in members if one.team == team.id])
        for team in program.teams
        if team.term == record.term and record.login not in {one.login for one in team.mentors}
    ]


def _seated(record: Record, program: Program, loaded: Loaded, today: date) -> str:
    """Return the mentor or team with whom the person has a seat by the files, "" for none."""
    team = program.team(record.team)
    if team is not None:
        places = allot_teams(program, loaded.records, on=today, arrivals=loaded.arrivals)
        return team.name if record.id in places[team.id].seated else ""
    seats = allot(program, loaded.records, on=today, arrivals=loaded.arrivals)
    holders = (one for one in program.mentors if record.id in seats[one.login].seated)
    return next((one.handle for one in holders), "")


def _read(path: Path, file: str, program: Program) -> tuple[Record | None, list[Finding]]:
    """Return the record in a file, or what is wrong with it beside its mentor."""
    source = read_source(path, RECORD_LIMITS.size, str(path))
    if source.problem is not None and not source.data:
        return None, [source.problem.finding(str(path), Places())]
    checked = check_record(file, source.data, program)
    others = [one for one in errors(checked.findings) if not _is_about_the_mentor(one)]
    if checked.record is not None or others:
        return checked.record, others
    # Only the mentor is wrong: any name does that is not the mentee's own.
    stand_in = next((one.handle for one in program.mentors if one.login != checked.login), None)
    if stand_in is None:
        return None, list(errors(checked.findings))
    named = edit(source.data, {("mentor",): stand_in, ("mentors",): REMOVE, ("team",): REMOVE})
    again = check_record(file, named, program)
    return again.record, list(errors(again.findings))


def _is_about_the_mentor(one: Finding) -> bool:
    # Which mentor it will be is the very question here; perhaps the file names nobody yet.
    if one.code == "missing-key":
        return "`mentor`" in one.message
    return one.path in ("mentor", "team") or one.path.partition("[")[0] == "mentors"
