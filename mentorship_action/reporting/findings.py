"""What a check found: for a terminal, for machines, for a pull request's page."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, Protocol

from mentorship_action.reporting.escaping import code, json_for_log, one_line, prose
from mentorship_action.reporting.workflow_commands import annotation

if TYPE_CHECKING:  # a run that finds nothing needs nothing of the domain
    from mentorship_action.domain.findings import Finding

# GitHub shows ten errors of a step and drops the rest in silence.
MOST_ANNOTATIONS: Final = 10
# A summary of a thousand findings is read by nobody, and GitHub takes 1 MiB.
_MOST_ROWS: Final = 200

_RED, _GREEN, _YELLOW, _DIM, _PLAIN = "\033[31m", "\033[32m", "\033[33m", "\033[2m", "\033[0m"


class SeatCount(Protocol):
    """One mentor's seats in numbers."""

    @property
    def mentor(self) -> str:
        """The login, in lower case."""

    @property
    def capacity(self) -> int:
        """How many mentees at a time."""

    @property
    def taken(self) -> int:
        """How many seats are taken."""

    @property
    def waiting(self) -> int:
        """How many mentees wait for one."""


def faults(findings: "Iterable[Finding]") -> "list[Finding]":
    """Return only the findings that fail a check."""
    return [finding for finding in findings if is_fault(finding)]


def is_fault(finding: "Finding") -> bool:
    """Whether a finding fails a check, rather than giving a hint."""
    return finding.severity.value == "error"


def as_json(findings: "Sequence[Finding]", *, files: int, seats: Iterable[SeatCount]) -> str:
    """Return the one object that `--format json` prints; see schemas/findings.schema.json."""
    return json_for_log(
        json.dumps(
            {
                "version": 1,
                "ok": not faults(findings),
                "files": files,
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
                    for finding in findings
                ],
                "seats": [
                    {
                        "mentor": seat.mentor,
                        "capacity": seat.capacity,
                        "taken": seat.taken,
                        "waiting": seat.waiting,
                    }
                    for seat in seats
                ],
            },
            indent=2,
        )
    )


def as_text(
    findings: "Sequence[Finding]",
    *,
    files: int,
    seats: Sequence[SeatCount],
    color: bool = False,
    quiet: bool = False,
) -> str:
    """Return findings as lines that editors and terminals make clickable, and a last word."""

    def paint(tone: str, text: str) -> str:
        return f"{tone}{text}{_PLAIN}" if color else text

    lines = [line for finding in findings for line in _lines(finding, paint)]
    if quiet:
        return "\n".join(lines)
    if lines:
        lines.append("")
    found = faults(findings)
    lines.append(paint(_RED if found else _GREEN, total(findings, files=files)))
    seating = seats_in_words(seats)
    if seating:
        lines.append(paint(_DIM, seating))
    if found:
        lines.append(paint(_DIM, f"More about one: mentorship explain {found[0].code}"))
    return "\n".join(lines)


def as_annotations(
    findings: "Sequence[Finding]",
    *,
    files: int,
    seats: Sequence[SeatCount],
    title_of: Callable[[str], str],
) -> str:
    """Return a step's log: the annotations GitHub would show, the rest as plain lines."""
    ranked = sorted(findings, key=lambda one: not is_fault(one))
    lines = [annotation(one, title_of(one.code)) for one in ranked[:MOST_ANNOTATIONS]]
    rest = ranked[MOST_ANNOTATIONS:]
    if rest:
        lines.append(f"{len(rest)} more without a mark in the files:")
        lines += [line for one in rest for line in _lines(one, lambda _, text: text)]
    lines.append(total(findings, files=files))
    seating = seats_in_words(seats)
    return "\n".join([*lines, seating] if seating else lines)


def as_markdown(findings: "Sequence[Finding]", *, files: int, seats: Sequence[SeatCount]) -> str:
    """Return a job summary. Every piece of somebody's text in it is put into code."""
    lines = ["### Mentorship records", "", total(findings, files=files), ""]
    if findings:
        lines += ["| Where | What | How to mend it |", "| --- | --- | --- |"]
        lines += [
            f"| {code(f'{one.file}:{one.line}')} | {prose(one.message)} | {prose(one.hint)} |"
            for one in findings[:_MOST_ROWS]
        ]
        if len(findings) > _MOST_ROWS:
            lines.append(f"| … | {len(findings) - _MOST_ROWS} more | |")
        lines.append("")
    if seats:
        lines += ["| Mentor | Seats taken | Waiting |", "| --- | --- | --- |"]
        lines += [
            f"| {code(seat.mentor)} | {seat.taken} of {seat.capacity} | {seat.waiting or ''} |"
            for seat in seats[:_MOST_ROWS]
        ]
        lines.append("")
    return "\n".join(lines)


def total(findings: "Sequence[Finding]", *, files: int) -> str:
    """Return the outcome in one sentence."""
    count = len(faults(findings))
    hints = len(findings) - count
    also = f", {_count(hints, 'hint')}" if hints else ""
    if not count:
        return f"{_count(files, 'file')} checked, all is well{also}."
    return f"{_count(files, 'file')} checked, {_count(count, 'fault')} found{also}."


def seats_in_words(seats: Sequence[SeatCount]) -> str:
    """Return the seats in one line, or nothing when there are none to tell of."""
    if not seats:
        return ""
    if len(seats) > 12:
        taken, capacity = sum(one.taken for one in seats), sum(one.capacity for one in seats)
        return f"Seats: {taken} of {capacity} taken with {len(seats)} mentors."
    shown = (f"{one.mentor} {one.taken}/{one.capacity}{_queue(one)}" for one in seats)
    return f"Seats: {', '.join(shown)}."


def _lines(finding: "Finding", paint: Callable[[str, str], str]) -> list[str]:
    tone, word = (_RED, "error") if is_fault(finding) else (_YELLOW, "hint")
    place = one_line(f"{finding.file}:{finding.line}:{finding.column}")
    head = f"{place}: {paint(tone, word)}: {one_line(finding.message)}"
    tail = paint(_DIM, f"[{finding.code}]")
    lines = [f"{head} {tail}"]
    if finding.hint:
        lines.append(f"    {one_line(finding.hint)}")
    return lines


def _queue(seat: SeatCount) -> str:
    return f" and {seat.waiting} waiting" if seat.waiting else ""


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
