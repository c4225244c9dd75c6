"""Whom somebody who joins can choose, as a table in the terminal."""

from collections.abc import Iterator, Sequence

from mentorship_action.domain.fit import Fit
from mentorship_action.domain.program import Team
from mentorship_action.domain.text import counted
from mentorship_action.reporting.escaping import log_line


def choices_text(fits: Sequence[Fit], teams: Sequence[tuple[Team, int]]) -> str:
    """Return mentors and teams with a number each, in the order given, in columns."""
    rows = [*map(_mentor, fits), *(_team(team, free) for team, free in teams)]
    numbered = [(f"{place}.", *row) for place, row in enumerate(rows, start=1)]
    widths = [max(map(len, column)) for column in zip(*numbered, strict=True)]
    return "\n".join(
        "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in numbered
    )


def _mentor(one: Fit) -> tuple[str, str, str]:
    return log_line(one.mentor.handle), counted(one.free, "free seat"), ", ".join(_reasons(one))


def _team(team: Team, free: int) -> tuple[str, str, str]:
    led_by = " and ".join(one.handle for one in team.mentors)
    return f"team {log_line(team.id)}", counted(free, "free place"), f"with {log_line(led_by)}"


def _reasons(one: Fit) -> Iterator[str]:
    if one.shared is None:
        yield "hours not known"
    else:
        hours = one.least_minutes / 60
        yield f"{hours:.3g} h a week in common"
    if one.focus:
        yield f"also into {log_line(', '.join(one.focus))}"
    if one.away:
        yield "away at the start"
