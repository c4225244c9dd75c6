"""The files on disk: the valid ones pass, each other one says what is expected of it.

After a change of wording run with MENTORSHIP_UPDATE_EXPECTED=1 and read the difference.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest

from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.domain.program import Program
from mentorship_action.records.codes import Code
from mentorship_action.records.schema import find_schema
from mentorship_action.records.validate import check_program, check_record

HERE = Path(__file__).parent
VALID = sorted((HERE / "valid").glob("*.yml"))
INVALID = sorted((HERE / "invalid").rglob("*.yml"))
INVALID_PROGRAMS = sorted((HERE / "invalid_programs").glob("*.yml"))
# What is refused before the schema is asked; another tool may well read such a file.
OUTSIDE_THE_SCHEMA = {
    "byte-order-mark",
    "complex-key",
    "duplicate-key",
    "empty-file",
    "forbidden-character",
    "non-text-key",
    "not-utf8",
    "odd-number",
    "several-documents",
    "too-deep",
    "too-large",
    "too-many-values",
    *(code for code in get_args(Code) if code.startswith("yaml-")),
}
RULES = {
    "dates-out-of-order",
    "set-by-term",
    "unknown-term",
    "set-by-team",
    "meeting-outside-availability",
    "duplicate-mentor",
    "name-mismatch",
    "one-lead",
    "own-mentor",
    "team-of-another-term",
    "too-few-hours",
    "too-few-weeks",
    "unknown-mentor",
    "unknown-team",
    "unknown-zone",
    "window-out-of-order",
}
# YAML 1.2 has no such numbers, but the other reader takes them; and it reads no comments.
READ_OTHERWISE = {"hours-underscore", "email-in-comment"}


def program() -> Program:
    known, findings = check_program("program.yml", (HERE / "program.yml").read_bytes())
    assert known is not None, findings
    return known


PROGRAM = program()


def stem(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", VALID, ids=stem)
def test_an_unusual_but_valid_record_passes(path: Path) -> None:
    checked = check_record(f"mentees/{path.name}", path.read_bytes(), PROGRAM)

    assert [one for one in checked.findings if one.severity.value == "error"] == []
    assert checked.record is not None
    assert checked.record.login == path.stem


@pytest.mark.parametrize("path", INVALID, ids=stem)
def test_a_wrong_record_says_what_is_wrong_where_and_how_to_fix_it(path: Path) -> None:
    checked = check_record(place_of(path), path.read_bytes(), PROGRAM)
    must_say_what_is_expected(path, checked.findings)
    assert checked.record is None


@pytest.mark.parametrize("path", INVALID_PROGRAMS, ids=stem)
def test_a_wrong_program_says_what_is_wrong_where_and_how_to_fix_it(path: Path) -> None:
    known, findings = check_program(path.name, path.read_bytes())
    must_say_what_is_expected(path, findings)
    assert known is None


def place_of(path: Path) -> str:
    """Return where an example would lie: in the folder of a term, or of none."""
    return f"mentees/{path.relative_to(HERE / 'invalid').as_posix()}"


def must_say_what_is_expected(path: Path, findings: Iterable[Finding]) -> None:
    told = "".join(
        f"{one.line}:{one.column} {one.code} {one.path or '-'}{shown(one.severity)}\n"
        f"  {one.message}\n  {one.hint}\n"
        for one in findings
    )
    expected = path.with_suffix(".expected.txt")
    if os.environ.get("MENTORSHIP_UPDATE_EXPECTED"):
        expected.write_text(told, encoding="utf-8", newline="\n")
    assert told == expected.read_text(encoding="utf-8")


def shown(severity: Severity) -> str:
    return "" if severity is Severity.ERROR else f" ({severity.value})"


def test_no_expectation_is_left_over() -> None:
    files = {str(path).removesuffix(".expected.txt") for path in HERE.rglob("*.expected.txt")}
    assert files == {str(path.with_suffix("")) for path in (*INVALID, *INVALID_PROGRAMS)}


def test_check_jsonschema_gives_the_schemas_verdict_on_every_example() -> None:
    codes = {path: codes_of(path) for path in INVALID if path.stem not in READ_OTHERWISE}
    comparable = {path: some for path, some in codes.items() if not some & OUTSIDE_THE_SCHEMA}
    verdicts = second_opinion([*VALID, *comparable])

    assert {path.stem for path in VALID if not verdicts[path]} == set()
    for path, some in comparable.items():
        assert verdicts[path] == (some <= RULES), path.name


def codes_of(path: Path) -> set[str]:
    checked = check_record(place_of(path), path.read_bytes(), PROGRAM)
    return {one.code for one in checked.findings}


def second_opinion(paths: list[Path]) -> dict[Path, bool]:
    """Return whether another tool finds each file valid, read and checked by the schema alone."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "check_jsonschema", "--output-format", "json"),
            *("--schemafile", str(find_schema("mentee"))),
            *map(str, paths),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    bad = {one["filename"] for one in report["errors"]} | {
        one["filename"] for one in report["parse_errors"]
    }
    return {path: str(path) not in bad for path in paths}
