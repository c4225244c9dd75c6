"""One file's bytes to a value or to findings; no file system, as an application has none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from mentorship_action.domain.findings import Finding, Severity, errors
from mentorship_action.domain.mentee_files import term_folder
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.domain.validation import Validation
from mentorship_action.records.build import to_program, to_record
from mentorship_action.records.explain import explain
from mentorship_action.records.fixes.lines import Checked, corrections
from mentorship_action.records.places import Path, Spot
from mentorship_action.records.private import private_lines
from mentorship_action.records.problems import Problem
from mentorship_action.records.rules import (
    application_problems,
    program_problems,
    record_problems,
)
from mentorship_action.records.schema import OUTSIDE_TERMS, published_schema
from mentorship_action.records.source import (
    PROGRAM_LIMITS,
    RECORD_LIMITS,
    split_lines,
)
from mentorship_action.records.yaml import UNKNOWN, Document, parse, read_document

# A file with more errors than this is told the first ones, and how many more there are.
MOST_TOLD: Final = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedFile:
    """What one mentee file came to.

    ``findings`` are from top to bottom. ``record`` is None when there is an error, or no program
    to check the file by; ``without_mentor`` is the record where the only errors are that mentors
    are not in the program. ``login`` and ``mentors`` (the lead first, backups left out) are whom
    the file claims to be about, lower case, and empty when it names nobody; ``team`` is the id of
    the team that it names.
    """

    file: str
    findings: tuple[Finding, ...]
    record: Record | None = None
    without_mentor: Record | None = None
    login: str = ""
    mentors: tuple[str, ...] = ()
    team: str = ""
    status: str = "active"
    content: bytes = b""

    def spot(self, key: str) -> Spot:
        """Return where the value of a key stands, for a file that can be read as YAML."""
        return parse(self.content, RECORD_LIMITS).places.spot((key,))


def check_record(file: str, content: bytes, program: Program | None) -> CheckedFile:
    """Check one mentee file from its bytes; seats are given over all files, see ``load``.

    Without a program its own rules (mentors, minimum) are left out and no record is made.
    """
    checked = _check(file, content, program)
    document = checked.document
    findings = [one.finding(file, document.places) for one in checked.problems]
    data = document.data if isinstance(document.data, dict) else {}
    return CheckedFile(
        file=file,
        findings=in_order(file, findings),
        record=checked.record,
        without_mentor=_without_mentor(file, checked, program),
        login=_lower(data.get("github")),
        mentors=_mentors(data, program),
        team=_lower(data.get("team")),
        status=_lower(data.get("status")) or "active",
        content=content,
    )


def _without_mentor(file: str, checked: Checked, program: Program | None) -> Record | None:
    """Return the record of a file whose only errors are mentors who aren't in the program."""
    wrong = {one.code for one in checked.problems if one.severity is Severity.ERROR}
    if program is None or wrong != {"unknown-mentor"}:
        return None
    return to_record(file, checked.document.data, program)


def validate_record(
    file: str, content: bytes, program: Program, today: date | None = None
) -> Validation:
    """Validate the mentee file of an application: all that is wrong, with lines to paste.

    With ``today`` a mentorship that would be over before that day is an error.
    """

    def check(data: bytes) -> Checked:
        checked = _check(file, data, program)
        if checked.record is None or today is None:
            return checked
        more = application_problems(checked.record, program, today)
        return checked._replace(problems=[*checked.problems, *more])

    checked = check(content)
    known = corrections(content, checked, check)
    findings = errors(
        replace(one.finding(file, checked.document.places), correction=known.get(one))
        for one in checked.problems
    )
    return Validation(
        record=None if findings else checked.record, findings=in_order(file, findings)
    )


def check_program(file: str, content: bytes) -> tuple[Program | None, tuple[Finding, ...]]:
    """Check a program's configuration from its bytes.

    Where the only errors are teams that name a mentor who isn't in the program, there is a program
    all the same: when a mentor leaves, everybody else goes on, and the team's backup is asked.
    """
    document = read_document(content, PROGRAM_LIMITS)
    fitting, problems = _fitting(content, document, "program")
    if fitting is not None:
        problems += program_problems(fitting)
    findings = in_order(file, [one.finding(file, document.places) for one in problems])
    is_left = fitting is not None and all(one.code == "unknown-mentor" for one in problems)
    return (to_program(document.data) if is_left else None), findings


def _check(file: str, content: bytes, program: Program | None) -> Checked:
    """Return what is wrong with a mentee file, and its record if nothing is."""
    document = read_document(content, RECORD_LIMITS)
    fitting, problems = _fitting(
        content, document, "mentee" if term_folder(file) else OUTSIDE_TERMS
    )
    if fitting is not None:
        problems += record_problems(file, fitting, program)
    problems += _private_beside(content, document, problems)
    record = None
    if program is not None and not any(one.severity is Severity.ERROR for one in problems):
        record = to_record(file, document.data, program)
    return Checked(document, problems, record)


def _fitting(content: bytes, document: Document, schema: str) -> tuple[Any, list[Problem]]:
    """Return the part of a document's data that fits its schema, and all that is wrong so far."""
    data, problems = document.data, list(document.problems)
    if data is UNKNOWN:
        return None, problems
    if not problems and published_schema(schema).is_valid(data):
        return data, problems

    def written(path: Path) -> str:
        part = document.places.part(path)
        if part is None or part.in_brackets or not part.value.is_one_line:
            return ""
        start, end = part.value
        line = split_lines(content.decode("utf-8"))[start.line - 1]
        return line[start.column - 1 : end.column - 1]

    unfit = explain(data, schema, written)
    if not isinstance(data, dict):
        return None, problems + unfit
    return _without(data, [one.path for one in unfit]), problems + unfit


def _without(data: dict[str, Any], paths: Iterable[Path]) -> dict[str, Any]:
    """Return data without what ``paths`` name.

    What lies in an entry of a list leaves UNKNOWN in its place, so that the others keep their
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


def _private_beside(
    content: bytes, document: Document, problems: Sequence[Problem]
) -> list[Problem]:
    """Return what is private in comments, or anywhere in a file that can't be read."""
    if len(content) > RECORD_LIMITS.size:
        return []
    text = content.decode("utf-8", "replace")
    found = private_lines(text, comments_only=document.data is not UNKNOWN)
    told = {one.spot(document.places).line for one in problems if one.code == "private-data"}
    return [one for one in found if one.spot(document.places).line not in told]


def in_order(file: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings from top to bottom, and no more than anybody would read."""
    found = sorted(findings, key=lambda one: one.sort_key)
    if len(found) <= MOST_TOLD:
        return tuple(found)
    last = found[MOST_TOLD - 1]
    more = Finding(
        code="more-findings",
        file=file,
        line=last.line,
        column=last.column,
        message=f"The file has at least {len(found) - MOST_TOLD} more errors, which are not "
        "listed.",
        hint="Start again with the example in mentees/README.md.",
    )
    return (*found[:MOST_TOLD], more)


def _mentors(data: dict[str, Any], program: Program | None) -> tuple[str, ...]:
    """Return the logins of lead and co-mentors that any data names, the lead first."""
    team = program.team(_lower(data.get("team"))) if program else None
    if team is not None:
        return team.seat_mentors
    listed = data.get("mentors")
    entries = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    by_role = [
        _lower(one.get("github"))
        for role in ("lead", "co")
        for one in entries
        if one.get("role") == role
    ]
    return tuple(login for login in (_lower(data.get("mentor")), *by_role) if login)


def _lower(value: Any) -> str:
    return value.lower() if isinstance(value, str) else ""
