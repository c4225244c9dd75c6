"""One file's bytes to a value or to findings; no file system, so that an application is judged alike."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mentorship_action.records.read import (
    PROGRAM_LIMITS,
    RECORD_LIMITS,
    Document,
    finding,
    read,
    shown_path,
)
from mentorship_action.records.rules import Problem, program_problems, record_problems
from mentorship_action.records.schema import quick_check
from mentorship_action.records.terms import GivenProgram, KnownProgram
from mentorship_action.records.yaml import UNKNOWN, Path, Spot, Tree

if TYPE_CHECKING:
    from mentorship_action.domain.findings import Finding
    from mentorship_action.domain.program import Program
    from mentorship_action.domain.record import Record

# A file with more faults than this is told the first ones, and how many more there are.
MOST_FINDINGS = 50

AnyProgram = KnownProgram | GivenProgram


class CheckedRecord:
    """What one mentee's file came to.

    ``findings`` are from top to bottom; ``places`` gives the line and column of each value.
    """

    __slots__ = ("_program", "file", "findings", "places")

    def __init__(
        self,
        file: str,
        findings: tuple["Finding", ...],
        places: Tree,
        program: AnyProgram | None = None,
    ) -> None:
        self.file = file
        self.findings = findings
        self.places = places
        self._program = program

    @property
    def is_valid(self) -> bool:
        """Whether nothing is wrong with the file by itself, and the program is known."""
        if not self.findings:
            return self._program is not None
        return self._program is not None and all(
            one.severity.value == "hint" for one in self.findings
        )

    @property
    def record(self) -> "Record | None":
        """The record, made anew at each call; None unless the file is sound."""
        if self._program is None or not self.is_valid:
            return None
        from mentorship_action.records.values import to_record  # noqa: PLC0415 - see terms

        return to_record(self.file, self.places.data, self._program.program)

    @property
    def login(self) -> str:
        """The login that the file claims, lower case; empty when it names none that is text."""
        return self._text("github")

    @property
    def mentor(self) -> str:
        """The mentor whom the file names, lower case; empty when it names none that is text."""
        return self._text("mentor")

    def _text(self, key: str) -> str:
        data = self.places.data
        value = data.get(key) if isinstance(data, dict) else None
        return value.lower() if isinstance(value, str) else ""


def check_record(
    file: str, data: bytes, program: "Program | None", *, once: bool = False
) -> CheckedRecord:
    """Validator one mentee's file from its bytes; seats are judged over all files, see ``load``.

    Without a program its own rules (mentors, minimum) are left out and no record is made.
    ``once`` leaves out what a fault of syntax hides.
    """
    check = check_once if once else check_bytes
    return check(file, data, None if program is None else _given(program))


def check_bytes(file: str, data: bytes, program: AnyProgram | None) -> CheckedRecord:
    """Do the work of ``check_record`` with a program that may not be made yet."""
    checked = check_once(file, data, program)
    if not any(one.code == "yaml-syntax" and one.meant for one in checked.findings):
        return checked
    from mentorship_action.records.layers import every_finding  # noqa: PLC0415 - few files need it

    found = every_finding(data, lambda source: check_once(file, source, program).findings)
    return CheckedRecord(file, in_order(file, found), checked.places, program)


def check_once(file: str, data: bytes, program: AnyProgram | None) -> CheckedRecord:
    """Validator a file as far as it can be read, and nothing that a fault of syntax hides."""
    document = read(file, data, RECORD_LIMITS)
    sound, findings = _schema_findings(document, "mentee")
    if sound is not None:
        terms = None if program is None else program.terms
        findings += [_placed(document, problem) for problem in record_problems(file, sound, terms)]
    return CheckedRecord(file, in_order(file, findings), document.tree, program)


def check_program(file: str, data: bytes) -> tuple[KnownProgram | None, tuple["Finding", ...]]:
    """Validator a program's configuration from its bytes."""
    document = read(file, data, PROGRAM_LIMITS)
    sound, findings = _schema_findings(document, "program")
    if sound is not None:
        findings += [_placed(document, problem) for problem in program_problems(sound)]
    if findings:
        return None, in_order(file, findings)
    return KnownProgram(document.tree.data), ()


@lru_cache(maxsize=4)
def _given(program: "Program") -> GivenProgram:
    return GivenProgram(program)


def _schema_findings(document: Document, schema: str) -> tuple[Any, list["Finding"]]:
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


def _placed(document: Document, problem: Problem) -> "Finding":
    """Return a broken rule as a finding at the place of its value."""
    from dataclasses import replace  # noqa: PLC0415 - few files have a fault

    spot = document.tree.spot(problem.path)
    told = finding(
        document.file,
        problem.code,
        spot,
        shown_path(problem.path),
        problem.message,
        problem.hint,
    )
    if problem.meant:
        from mentorship_action.domain.findings import Meant  # noqa: PLC0415 - as in read

        told = replace(told, meant=Meant(text=problem.meant, path=problem.path))
    if not problem.is_hint:
        return told
    from mentorship_action.domain.findings import Severity  # noqa: PLC0415 - as above

    return replace(told, severity=Severity.HINT)


def in_order(file: str, findings: list["Finding"]) -> tuple["Finding", ...]:
    """Return findings from top to bottom, and no more than anybody would read."""
    if len(findings) < 2:
        return tuple(findings)
    findings.sort(key=lambda one: one.sort_key)
    if len(findings) <= MOST_FINDINGS:
        return tuple(findings)
    last = findings[MOST_FINDINGS - 1]
    more = finding(
        file,
        "more-findings",
        Spot(last.line, last.column),
        "",
        f"The file has at least {len(findings) - MOST_FINDINGS} more faults, which are not listed.",
        "Begin anew with the example in mentees/README.md.",
    )
    return (*findings[:MOST_FINDINGS], more)
