"""Whatever bytes somebody sends: findings with a place in the file, and never an exception.

`make soak` draws many more of them.
"""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorship_action.domain.findings import errors
from mentorship_action.domain.text import UNSEEN
from mentorship_action.records.source import RECORD_LIMITS
from mentorship_action.records.validate import (
    MOST_TOLD,
    check_program,
    check_record,
    validate_record,
)
from tests.records.places import TODAY
from tests.records.test_examples import INVALID, PROGRAM, VALID

HERE = Path(__file__).parent
FILES = [path.read_bytes() for path in (*VALID, *INVALID) if path.stat().st_size < 3_000]
PROGRAM_FILE = (HERE / "program.yml").read_bytes()
# What means something to YAML, to a page, to a log, or to a reader of bytes.
TOKENS = [
    *(b"[", b"]", b"{", b"}", b": ", b":", b"- ", b"? ", b",", b"#", b" #", b"&a ", b"*a", b"!t "),
    *(b"'", b'"', b"\\", b"`", b"```yaml\n", b"|\n", b">-\n", b"%YAML 1.1\n", b"---\n", b"...\n"),
    *(b"\n", b"\r\n", b"\r", b"\t", b" ", b"    ", b"\0", b"\x1b[2J", b"\x7f", b"\xff", b"\xc3"),
    *(b"<<: *a\n", b"~", b"null", b"true", b"yes", b"0x10", b"1e999", b".nan", b"9" * 30),
    *(b"2026-02-30", b"25:00", b"9h", b"mona@octocat.example", b"+34 600 123 456", b"@octocat"),
    *("\u200b".encode(), "\u2028".encode(), "\u202e".encode(), "\ufeff".encode(), "é".encode()),
    *("\U000e0041".encode(), "\ue000".encode(), b"::error::x", b"<!-- mentorship v1 -->", b"@" * 9),
]


@st.composite
def mutated(draw: st.DrawFn, files: list[bytes]) -> bytes:
    """Return a file in which pieces are put in, left out, written twice or moved."""
    data = draw(st.sampled_from(files))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        piece = draw(st.sampled_from(TOKENS) | st.binary(max_size=4))
        change = draw(st.sampled_from(["insert", "replace", "repeat", "move"]))
        if change == "insert":
            data = data[:start] + piece + data[start:]
        elif change == "replace":
            data = data[:start] + piece + data[end:]
        elif change == "repeat":
            data = data[:end] + data[start:end] * draw(st.integers(1, 40)) + data[end:]
        else:
            rest = data[:start] + data[end:]
            place = draw(st.integers(0, len(rest)))
            data = rest[:place] + data[start:end] + rest[place:]
    return data[: RECORD_LIMITS.size + 1]


def assert_sane(data: bytes, file: str = "mentees/octocat.yml") -> None:
    """Hold what is true of the answer to any bytes."""
    validation = validate_record(file, data, PROGRAM, TODAY)
    lines = len(re.split(rb"\r\n|\r|\n", data))

    assert (validation.record is None) == bool(validation.findings)
    assert len(validation.findings) <= MOST_TOLD + 1
    for one in validation.findings:
        told = one.message + one.hint + one.path
        assert not re.search(f"[{UNSEEN}\\t\\r\\n]", told)
        assert len(told) < 900
        assert 1 <= one.line <= lines + 1
        assert one.column >= 1
        if one.correction is not None:
            assert 1 <= one.correction.first <= one.correction.last + 1 <= lines + 2
            assert not re.search(f"[{UNSEEN}\\r\\n]", one.fix)
    told_here = {(one.code, one.path, one.line) for one in validation.findings}
    checked = errors(check_record(file, data, PROGRAM).findings)
    assert {(one.code, one.path, one.line) for one in checked} <= told_here


@given(mutated(FILES))
@example(b"\xe2\x80\x8b#\n")
@example(b"? \xc3\xa9\n:\n- a: [b:c")
def test_any_change_of_a_file_ends_in_findings(data: bytes) -> None:
    assert_sane(data)


@given(st.binary(max_size=300) | st.lists(st.sampled_from(TOKENS), max_size=60).map(b"".join))
def test_any_bytes_end_in_findings(data: bytes) -> None:
    assert_sane(data)


@given(mutated([PROGRAM_FILE]))
def test_any_change_of_the_program_ends_in_findings(data: bytes) -> None:
    program, findings = check_program(".github/mentorship.yml", data)

    assert (program is None) == bool(findings)


@pytest.mark.parametrize("size", [1, 100, 4_000])
@pytest.mark.parametrize("token", TOKENS, ids=repr)
def test_a_token_over_and_over_ends_in_findings(token: bytes, size: int) -> None:
    assert_sane((token * size)[: RECORD_LIMITS.size])
