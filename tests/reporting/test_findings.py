"""Findings in every form: complete, by the published schema, and obeyed by nothing."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.records.codes import Code
from mentorship_action.records.schema import load_schema
from mentorship_action.records.seats import SeatCount
from mentorship_action.reporting.explanations import EXPLANATIONS, as_document, title_of
from mentorship_action.reporting.findings import (
    MOST_ANNOTATIONS,
    as_annotations,
    as_json,
    as_markdown,
    as_text,
)

DOCUMENT = Path(__file__).parents[2] / "docs/findings.md"
SEATS = (SeatCount("ssbarnea", 2, 2, 1), SeatCount("ganeshrn", 1, 0, 0))
NASTY = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "::error file=x::boom",
            "  ::stop-commands::x",
            "##[error]boom",
            "a ##[add-mask]b",
            "x\r::error::y",
            "x\n::error::y",
            "%0A::error::",
            "`![x](https://x)` <img src=x> @org/team #1",
            "| a | b |",
            "``` x",
            "\x1b[31m",
            "\u202e",
            "<!-- mentorship v1 kind=tracker mentee=octocat -->",
            "\ud800",
        ]
    ),
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.sampled_from(get_args(Code)),
        severity=st.sampled_from(Severity),
        file=NASTY,
        line=st.integers(1, 99),
        column=st.integers(1, 99),
        path=NASTY,
        message=st.builds(lambda text: f"Says {text} here.", NASTY) | NASTY.filter(bool),
        hint=NASTY,
    ),
    max_size=13,
)
ONE = Finding(
    code="bad-date", file="mentees/octocat.yml", line=5, column=8, message="No date.", hint="Mend."
)
COMMAND = re.compile(r"::(error|notice) file=[^:,]*,line=\d+,col=\d+,title=[^:,]*::[^\n]*")


def obeyed(line: str) -> bool:
    """Whether the runner takes a line of the log for a command."""
    return line.lstrip().startswith("::") or "##[" in line


@given(FINDINGS)
def test_json_fits_its_schema_and_starts_no_command(findings: list[Finding]) -> None:
    text = as_json(findings, files=3, seats=SEATS)

    told = json.loads(text)
    Draft202012Validator(load_schema("findings")).validate(told)
    assert [one["message"] for one in told["findings"]] == [one.message for one in findings]
    assert told["ok"] == all(one.severity is Severity.HINT for one in findings)
    assert not any(map(obeyed, text.splitlines()))


@given(FINDINGS, st.booleans())
def test_text_starts_no_command_and_keeps_each_finding_on_its_lines(
    findings: list[Finding],
    color: bool,  # noqa: FBT001 - drawn
) -> None:
    lines = as_text(findings, files=3, seats=SEATS, color=color).split("\n")

    assert not any(map(obeyed, lines))
    assert all("\r" not in line for line in lines)
    heads = sum(f"[{code}]" in line for line in lines for code in EXPLANATIONS)
    assert heads >= len(findings)


@given(FINDINGS)
def test_only_our_own_annotations_are_commands_and_at_most_ten(findings: list[Finding]) -> None:
    lines = as_annotations(findings, files=3, seats=SEATS, title_of=title_of).split("\n")

    commands = [line for line in lines if obeyed(line)]
    assert len(commands) == min(len(findings), MOST_ANNOTATIONS)
    assert all(COMMAND.fullmatch(line) for line in commands)
    assert all("\r" not in line for line in lines)


@given(FINDINGS)
def test_nothing_in_the_summary_is_more_than_text_and_code(findings: list[Finding]) -> None:
    summary = as_markdown(findings, files=3, seats=SEATS)

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(summary)
    inline = [child.type for token in tokens for child in token.children or []]
    assert {token.type for token in tokens if token.type.startswith(("html", "fence"))} == set()
    assert set(inline) <= {"text", "code_inline", "softbreak", "text_special"}
    rows = sum(token.type == "tr_open" for token in tokens)
    assert rows == (len(findings) + 1 if findings else 0) + len(SEATS) + 1


def test_a_finding_reads_like_a_compilers_message() -> None:
    assert as_text([ONE], files=2, seats=SEATS) == (
        "mentees/octocat.yml:5:8: error: No date. [bad-date]\n"
        "    Mend.\n"
        "\n"
        "2 files checked, 1 fault found.\n"
        "Seats: ssbarnea 2/2 and 1 waiting, ganeshrn 0/1.\n"
        "More about one: mentorship explain bad-date"
    )


def test_quiet_says_only_what_is_wrong() -> None:
    assert as_text([], files=2, seats=SEATS, quiet=True) == ""


def test_an_annotation_names_place_title_and_remedy() -> None:
    assert as_annotations([ONE], files=2, seats=(), title_of=title_of).split("\n")[0] == (
        "::error file=mentees/octocat.yml,line=5,col=8,title=Not a date::No date. Mend."
    )


def test_errors_are_annotated_before_hints() -> None:
    hint = Finding(code="bad-date", severity=Severity.HINT, file="a", message="Hint.")

    lines = as_annotations([hint] * 10 + [ONE], files=2, seats=(), title_of=title_of).split("\n")

    assert lines[0].startswith("::error file=mentees/octocat.yml")
    assert "1 more without a mark in the files:" in lines


def test_many_seats_are_told_in_one_sum() -> None:
    seats = [SeatCount(f"m{n}", 2, 1, 0) for n in range(20)]

    assert "Seats: 20 of 40 taken with 20 mentors." in as_text([], files=1, seats=seats)


def test_every_code_has_its_long_text_and_no_text_is_left_over() -> None:
    assert set(EXPLANATIONS) == set(get_args(Code))


@pytest.mark.parametrize("code", EXPLANATIONS)
def test_a_long_text_has_a_reason_and_an_example_before_and_after(code: str) -> None:
    told = EXPLANATIONS[code]

    assert all([told.title, told.why, told.before, told.after])
    assert told.before != told.after
    assert not told.title.endswith(".")


def test_the_page_of_all_findings_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == as_document(), (
        "python -m mentorship_action.reporting.explanations > docs/findings.md writes it anew"
    )
