"""One file's bytes to a value or to findings; no file system, so that an intake is judged alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.records.read import (
    PROGRAM_LIMITS,
    RECORD_LIMITS,
    Document,
    read,
    shown_path,
)
from mentorship_action.records.rules import Problem, program_problems, record_problems
from mentorship_action.records.schema import quick_check
from mentorship_action.records.values import to_program, to_record
from mentorship_action.records.yaml import UNKNOWN, Path, Tree

# A file with more faults than this is told the first ones, and how many more there are.
MOST_FINDINGS = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedRecord:
    """What one mentee's file came to.

    ``record`` is None unless the file is sound and the program is known; ``places`` gives the
    line and column of each value.
    """

    file: str
    record: Record | None
    findings: tuple[Finding, ...]
    places: Tree

    @property
    def login(self) -> str:
        """The login that the file claims, lower case; empty when it names none that is text."""
        data = self.places.data
        login = data.get("github") if isinstance(data, dict) else None
        return login.lower() if isinstance(login, str) else ""


def check_record(file: str, data: bytes, program: Program | None) -> CheckedRecord:
    """Judge one mentee's file from its bytes; seats are judged over all files, see ``load``.

    Without a program its own rules (mentors, minimum) are left out and no record is made.
    """
    document = read(file, data, RECORD_LIMITS)
    sound, findings = _schema_findings(document, "mentee")
    if sound is not None:
        findings += [
            _placed(document, problem) for problem in record_problems(file, sound, program)
        ]
    record = None
    if program is not None and not any(one.severity is Severity.ERROR for one in findings):
        record = to_record(file, document.tree.data, program)
    return CheckedRecord(
        file=file, record=record, findings=_ordered(file, findings), places=document.tree
    )


def check_program(file: str, data: bytes) -> tuple[Program | None, tuple[Finding, ...]]:
    """Judge a program's configuration from its bytes."""
    document = read(file, data, PROGRAM_LIMITS)
    sound, findings = _schema_findings(document, "program")
    if sound is not None:
        findings += [_placed(document, problem) for problem in program_problems(sound)]
    if findings:
        return None, _ordered(file, findings)
    return to_program(document.tree.data), ()


def _schema_findings(document: Document, schema: str) -> tuple[Any, list[Finding]]:
    """Return the part of a document's data that fits its schema, and findings about the rest."""
    data = document.tree.data
    if data is UNKNOWN:
        return None, document.findings
    if quick_check(schema)(data):
        return data, document.findings
    from mentorship_action.records.explain import explain  # noqa: PLC0415 - see there

    told = explain(document, schema)
    findings = document.findings + [finding for finding, _ in told]
    if not isinstance(data, dict):
        return None, findings
    return _without(data, [path for _, path in told]), findings


def _without(data: dict[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """Return data without what ``paths`` name.

    What lies in an entry of a list leaves UNKNOWN in its stead, so that the others keep their
    places. A key that is UNKNOWN itself is left out as well.
    """
    left = {key: value for key, value in data.items() if not _holds_unknown(value)}
    for path in paths:
        if not path or path[0] not in left:
            continue
        key, value = path[0], left[path[0]]
        if len(path) > 1 and isinstance(value, list) and isinstance(path[1], int):
            left[key] = [UNKNOWN if n == path[1] else one for n, one in enumerate(value)]
        elif len(path) > 1 and key == "program" and path[1] in value:
            left[key] = {name: part for name, part in value.items() if name != path[1]}
        else:
            del left[key]
    return left


def _holds_unknown(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_unknown(part) for part in value.values())
    if isinstance(value, list):
        return any(_holds_unknown(part) for part in value)
    return value is UNKNOWN


def _placed(document: Document, problem: Problem) -> Finding:
    spot = document.tree.spot(problem.path)
    return Finding(
        code=problem.code,
        severity=problem.severity,
        file=document.file,
        line=spot.line,
        column=spot.column,
        path=shown_path(problem.path),
        message=problem.message,
        hint=problem.hint,
    )


def _ordered(file: str, findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings from top to bottom, and no more than anybody would read."""
    if len(findings) < 2:
        return tuple(findings)
    findings.sort(key=lambda one: one.sort_key)
    if len(findings) > MOST_FINDINGS:
        rest, last = len(findings) - MOST_FINDINGS, findings[MOST_FINDINGS - 1]
        more = Finding(
            code="more-findings",
            file=file,
            line=last.line,
            column=last.column,
            message=f"The file has at least {rest} more faults, which are not listed.",
            hint="Begin anew with the example in mentees/README.md.",
        )
        return (*findings[:MOST_FINDINGS], more)
    return tuple(findings)
