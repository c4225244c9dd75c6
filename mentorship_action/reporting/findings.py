"""What a check found: for a terminal, for machines, for a pull request's page."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mentorship_action.domain.capacity import SeatCount, TeamCount
from mentorship_action.domain.findings import Finding, Severity, errors
from mentorship_action.domain.text import counted
from mentorship_action.reporting.escaping import cell_code, cell_sentence, log_json, log_line
from mentorship_action.reporting.explanations import title_of
from mentorship_action.reporting.workflow_commands import MOST_ANNOTATIONS, annotation

# Nobody reads a summary of a thousand findings, and GitHub takes 1 MiB.
_MOST_ROWS: Final = 200
_MOST_SEATS: Final = 12

_RED, _GREEN, _YELLOW, _DIM, _PLAIN = "\033[31m", "\033[32m", "\033[33m", "\033[2m", "\033[0m"

_Paint = Callable[[str, str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """What a check came to.

    ``files`` counts what was checked, the program included; ``findings`` are in the order of files
    and lines; ``seats`` are those of the mentors whom the check was about, ``teams`` the places
    of the teams.
    """

    files: int
    findings: Sequence[Finding]
    seats: Sequence[SeatCount]
    teams: Sequence[TeamCount] = ()


def check_json(check: Check) -> str:
    """Return the one object that `--format json` prints; see schemas/findings.schema.json."""
    shown = {
        "version": 1,
        "ok": not errors(check.findings),
        "files": check.files,
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity.value,
                "file": finding.file,
                "line": finding.line,
                "column": finding.column,
                "path": finding.path,
                "message": finding.message,
                "hint": finding.hint,
            }
            for finding in check.findings
        ],
        "seats": [seat._asdict() for seat in check.seats],
        "teams": [team._asdict() for team in check.teams],
    }
    return log_json(json.dumps(shown, indent=2))


def check_text(check: Check, *, color: bool = False, quiet: bool = False) -> str:
    """Return findings as lines that editors and terminals make clickable, then the totals.

    ``quiet`` leaves the totals out.
    """

    def paint(tone: str, text: str) -> str:
        return f"{tone}{text}{_PLAIN}" if color else text

    lines = [line for finding in check.findings for line in _lines(finding, paint)]
    if quiet:
        return "\n".join(lines)
    if lines:
        lines.append("")
    found = errors(check.findings)
    lines.append(paint(_RED if found else _GREEN, _total(check)))
    lines += [paint(_DIM, line) for line in _counts(check)]
    if found:
        lines.append(paint(_DIM, f"More about one: mentorship explain {found[0].code}"))
    return "\n".join(lines)


def check_log(check: Check) -> str:
    """Return a step's log: the annotations that GitHub shows, the rest as plain lines."""
    ranked = sorted(check.findings, key=lambda one: one.severity is not Severity.ERROR)
    lines = [annotation(one, title_of(one.code)) for one in ranked[:MOST_ANNOTATIONS]]
    rest = ranked[MOST_ANNOTATIONS:]
    if rest:
        lines.append(f"{len(rest)} more, not marked in the files:")
        lines += [line for one in rest for line in _lines(one, lambda _, text: text)]
    lines.append(_total(check))
    lines += _counts(check)
    return "\n".join(lines)


def check_markdown(check: Check) -> str:
    """Return a job summary. Every piece of somebody's text in it is put into code."""
    lines = ["### Mentee files and program", "", _total(check), ""]
    if check.findings:
        lines += ["| Where | What | How to fix it |", "| --- | --- | --- |"]
        lines += [
            f"| {cell_code(f'{one.file}:{one.line}')} | {cell_sentence(one.message)} "
            f"| {cell_sentence(one.hint)} |"
            for one in check.findings[:_MOST_ROWS]
        ]
        if len(check.findings) > _MOST_ROWS:
            lines.append(f"| … | {len(check.findings) - _MOST_ROWS} more | |")
        lines.append("")
    if check.seats:
        lines += ["| Mentor | Seats taken | Waiting |", "| --- | --- | --- |"]
        lines += [
            f"| {cell_code(seat.mentor)} | {seat.taken} of {seat.capacity} | {seat.waiting or ''} |"
            for seat in check.seats[:_MOST_ROWS]
        ]
        lines.append("")
    if check.teams:
        lines += ["| Team | Places taken | Waiting |", "| --- | --- | --- |"]
        lines += [
            f"| {cell_code(team.team)} | {team.taken} of {team.size} | {team.waiting or ''} |"
            for team in check.teams[:_MOST_ROWS]
        ]
        lines.append("")
    return "\n".join(lines)


def _total(check: Check) -> str:
    found = len(errors(check.findings))
    others = [one for one in check.findings if one.severity is not Severity.ERROR]
    parts = [counted(found, "error") if found else "no errors"]
    counts = Counter(one.severity.value for one in others)
    parts += [counted(count, name) for name, count in sorted(counts.items(), reverse=True)]
    return f"{counted(check.files, 'file')} checked: {', '.join(parts)}."


def _counts(check: Check) -> list[str]:
    """Return a line for the seats and one for the teams, each where there are any."""
    lines = [_seats(check.seats)] if check.seats else []
    return [*lines, _teams(check.teams)] if check.teams else lines


def _teams(teams: Sequence[TeamCount]) -> str:
    if len(teams) > _MOST_SEATS:
        taken, size = sum(one.taken for one in teams), sum(one.size for one in teams)
        return f"Teams: {taken} of {size} places taken in {len(teams)} teams."
    shown = (f"{one.team} {one.taken}/{one.size}{_waiting(one)}" for one in teams)
    return f"Teams: {', '.join(shown)}."


def _seats(seats: Sequence[SeatCount]) -> str:
    if len(seats) > _MOST_SEATS:
        taken, capacity = sum(one.taken for one in seats), sum(one.capacity for one in seats)
        return f"Seats: {taken} of {capacity} taken with {len(seats)} mentors."
    shown = (f"{one.mentor} {one.taken}/{one.capacity}{_waiting(one)}" for one in seats)
    return f"Seats: {', '.join(shown)}."


def _waiting(one: SeatCount | TeamCount) -> str:
    return f" and {one.waiting} waiting" if one.waiting else ""


def _lines(finding: Finding, paint: _Paint) -> list[str]:
    tone = _RED if finding.severity is Severity.ERROR else _YELLOW
    place = log_line(finding.place)
    head = f"{place}: {paint(tone, finding.severity.value)}: {log_line(finding.message)}"
    lines = [f"{head} {paint(_DIM, f'[{finding.code}]')}"]
    if finding.hint:
        lines.append(f"    {log_line(finding.hint)}")
    return lines
