"""What a check found: for a terminal, for machines, for a pull request's page."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mentorship_action.domain.capacity import SeatCount
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
    and lines; ``seats`` are those of the mentors whom the check was about.
    """

    files: int
    findings: Sequence[Finding]
    seats: Sequence[SeatCount]


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
    if seats := _seats(check.seats):
        lines.append(paint(_DIM, seats))
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
    if seats := _seats(check.seats):
        lines.append(seats)
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
    return "\n".join(lines)


def _total(check: Check) -> str:
    found = len(errors(check.findings))
    others = [one for one in check.findings if one.severity is not Severity.ERROR]
    parts = [counted(found, "error") if found else "no errors"]
    counts = Counter(one.severity.value for one in others)
    parts += [counted(count, name) for name, count in sorted(counts.items(), reverse=True)]
    return f"{counted(check.files, 'file')} checked: {', '.join(parts)}."


def _seats(seats: Sequence[SeatCount]) -> str:
    """Return the seats in one line, or nothing when there are none."""
    if not seats:
        return ""
    if len(seats) > _MOST_SEATS:
        taken, capacity = sum(one.taken for one in seats), sum(one.capacity for one in seats)
        return f"Seats: {taken} of {capacity} taken with {len(seats)} mentors."
    shown = (f"{one.mentor} {one.taken}/{one.capacity}{_waiting(one)}" for one in seats)
    return f"Seats: {', '.join(shown)}."


def _waiting(seat: SeatCount) -> str:
    return f" and {seat.waiting} waiting" if seat.waiting else ""


def _lines(finding: Finding, paint: _Paint) -> list[str]:
    tone = _RED if finding.severity is Severity.ERROR else _YELLOW
    place = log_line(f"{finding.file}:{finding.line}:{finding.column}")
    head = f"{place}: {paint(tone, finding.severity.value)}: {log_line(finding.message)}"
    lines = [f"{head} {paint(_DIM, f'[{finding.code}]')}"]
    if finding.hint:
        lines.append(f"    {log_line(finding.hint)}")
    return lines
