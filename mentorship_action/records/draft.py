"""The draft of a program in which a table of people is valid."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from mentorship_action.domain.identity import is_login, is_slug
from mentorship_action.domain.program import (
    MOST_SEATS,
    Mentor,
    NamedMentor,
    Program,
    Span,
    Team,
    Term,
)
from mentorship_action.errors import UsageError
from mentorship_action.records.program import USUAL_PLACE
from mentorship_action.records.rows import (
    Defaults,
    MenteeFile,
    cells_of,
    mentors_in,
    team_in,
    term_in,
    weeks_in,
)
from mentorship_action.records.table import Cells, Row
from mentorship_action.records.validate import check_program
from mentorship_action.records.write import as_file

_HEAD: Final = (
    "# A draft made by `mentorship import`. Check the name and the mentors' capacities.\n"
)
_HEAD_OF_GROUPS: Final = "# Check the days of application and the teams' sizes as well.\n"
_NAME: Final = "Our Mentorship"
_LARGEST_TEAM: Final = 30
_DAYS_TO_APPLY: Final = 28


def likely_program(rows: Sequence[Row], defaults: Defaults) -> Program:
    """Return the program that a table of people would do for: its mentors, terms and teams."""
    known = [cells_of(row, defaults, keep_all=True) for row in rows]
    named = [one for cells in known for one in mentors_in(cells, defaults)]
    handles = {one.login: one.handle for one in named if is_login(one.login)}
    mentors = (
        Mentor(login=login, handle=handle, capacity=0, zone=Program.zone)
        for login, handle in handles.items()
    )
    terms = tuple(one for one in _terms(known) if _is_valid([one], []))
    teams = [one for one in _teams(known, defaults) if _is_valid(terms, [one])]
    return Program(name=_NAME, mentors=tuple(mentors), terms=terms, teams=tuple(teams))


def program_draft(files: Sequence[MenteeFile], likely: Program) -> str:
    """Return the text of a program in which these mentee files are valid and all have a seat.

    ``likely`` is the program that they were checked by.

    Raises:
        UsageError: there are more mentors, teams or terms than a program can have.
    """
    records = [one.record for one in files]
    teams = [team for team in likely.teams if any(one.team == team.id for one in records)]
    terms = [term for term in likely.terms if any(one.term == term.id for one in records)]
    groups = [one.mentors for one in records if not one.team]
    text = _text([*groups, *(team.mentors for team in teams)], terms, teams)
    program, findings = check_program(USUAL_PLACE, text.encode())
    if program is None:
        raise UsageError(findings[0].message, where=USUAL_PLACE, fix="Import fewer rows at once.")
    return text


def _is_valid(terms: Sequence[Term], teams: Sequence[Team]) -> bool:
    """Whether a program can have these terms and teams; cells hold anything."""
    text = _text([team.mentors for team in teams], terms, teams)
    return check_program(USUAL_PLACE, text.encode())[1] == ()


def _text(
    groups: Iterable[Sequence[NamedMentor]], terms: Sequence[Term], teams: Sequence[Team]
) -> str:
    """Return the text of a program whose mentors are those of the groups."""
    data: dict[str, Any] = {
        "version": 1,
        "program": {"name": _NAME},
        "mentors": _mentor_entries(groups),
    }
    if terms:
        data["terms"] = [_term_entry(one) for one in terms]
    if teams:
        data["teams"] = [_team_entry(one) for one in teams]
    return _HEAD + (_HEAD_OF_GROUPS if terms or teams else "") + as_file(data)


def _terms(known: Iterable[Cells]) -> Iterator[Term]:
    """Yield a term for each id that some row gives a start."""
    found: dict[str, Term] = {}
    for cells in known:
        name = term_in(cells)
        start = _date("".join(cells.get("start", ())))
        if start is None or name in found or not is_slug(name):
            continue
        before = Span(first=start - timedelta(days=_DAYS_TO_APPLY), last=start - timedelta(days=1))
        found[name] = Term(
            id=name,
            name="".join(cells["term"]),
            applications=before,
            start=start,
            weeks=weeks_in(cells) or Program.weeks,
        )
    yield from found.values()


def _teams(known: Iterable[Cells], defaults: Defaults) -> Iterator[Team]:
    """Yield a team for each id for which some row names a lead, as large as it has rows."""
    found: dict[str, Team] = {}
    sizes: dict[str, int] = {}
    for cells in known:
        team = team_in(cells)
        if not is_slug(team):
            continue
        sizes[team] = sizes.get(team, 0) + 1
        mentors = tuple(mentors_in(cells, defaults))
        if team not in found and "mentor" in cells:
            found[team] = Team(
                id=team,
                name="".join(cells["team"]),
                term=term_in(cells),
                size=1,
                mentors=mentors,
                zone=Program.zone,
            )
    for one in found.values():
        yield replace(one, size=min(sizes[one.id], _LARGEST_TEAM))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _mentor_entries(groups: Iterable[Sequence[NamedMentor]]) -> list[dict[str, Any]]:
    """Return the mentors with as many seats as the groups take."""
    seats: dict[str, int] = {}
    handles: dict[str, str] = {}
    for group in groups:
        for one in group:
            handles.setdefault(one.login, one.handle)
            seats[one.login] = seats.get(one.login, 0) + one.role.takes_seat
    return [
        {"github": handle, "capacity": min(seats[login], MOST_SEATS)}
        for login, handle in handles.items()
    ]


def _term_entry(term: Term) -> dict[str, Any]:
    days = term.applications
    return {
        "id": term.id,
        "name": term.name,
        "applications": {"from": days.first, "to": days.last},
        "start": term.start,
        "weeks": term.weeks,
    }


def _team_entry(team: Team) -> dict[str, Any]:
    mentors = [{"github": one.handle, "role": one.role.value} for one in team.mentors]
    term = {"term": team.term} if team.term else {}
    return {"id": team.id, "name": team.name, **term, "size": team.size, "mentors": mentors}
