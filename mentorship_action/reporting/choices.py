"""Whom somebody who joins can choose, as a table in the terminal."""

from collections.abc import Iterator

from mentorship_action.domain.fit import Fit, TeamFit
from mentorship_action.domain.text import counted
from mentorship_action.reporting.escaping import log_line
from mentorship_action.reporting.match import Ranking


def choices_text(ranking: Ranking) -> str:
    """Return mentors and then teams, each with a number, the best first, in columns."""
    rows = [*map(_mentor, ranking.able), *map(_team, ranking.teams)]
    numbered = [(f"{place}.", *row) for place, row in enumerate(rows, start=1)]
    widths = [max(map(len, column)) for column in zip(*numbered, strict=True)]
    return "\n".join(
        "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in numbered
    )


def _mentor(one: Fit) -> tuple[str, str, str]:
    return log_line(one.mentor.handle), counted(one.free, "free seat"), ", ".join(_reasons(one))


def _team(one: TeamFit) -> tuple[str, str, str]:
    led_by = " and ".join(mentor.handle for mentor in one.team.mentors)
    reasons = [f"with {log_line(led_by)}", *_reasons(one)]
    if one.meets is False:
        reasons.append("its meeting is outside your hours")
    return f"team {log_line(one.team.id)}", counted(one.free, "free place"), ", ".join(reasons)


def _reasons(one: Fit | TeamFit) -> Iterator[str]:
    if one.shared is None:
        yield "hours not known"
    else:
        yield f"{one.least_minutes / 60:.3g} h a week in common"
    if one.focus:
        yield f"also into {log_line(', '.join(one.focus))}"
    if one.away:
        yield "away at the start"
