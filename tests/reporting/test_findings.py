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

from mentorship_action.domain.capacity import SeatCount, TeamCount
from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.records.codes import Code
from mentorship_action.records.schema import load_schema
from mentorship_action.reporting.explanations import explanations, explanations_document
from mentorship_action.reporting.findings import (
    Check,
    check_json,
    check_log,
    check_markdown,
    check_text,
)
from mentorship_action.reporting.workflow_commands import MOST_ANNOTATIONS
from tests.reporting.texts import HOSTILE, obeyed

DOCUMENT = Path(__file__).parents[2] / "docs/findings.md"
SEATS = (SeatCount("ssbarnea", 2, 2, 1), SeatCount("ganeshrn", 1, 0, 0))
FINDINGS = st.lists(
    st.builds(
        Finding,
        code=st.sampled_from(get_args(Code)),
        severity=st.sampled_from(Severity),
        file=HOSTILE,
        line=st.integers(1, 99),
        column=st.integers(1, 99),
        path=HOSTILE,
        message=st.builds(lambda text: f"Says {text} here.", HOSTILE) | HOSTILE.filter(bool),
        hint=HOSTILE,
    ),
    max_size=13,
)
ONE = Finding(
    code="bad-date",
    file="mentees/octocat.yml",
    line=5,
    column=8,
    message="No date.",
    hint="Fix it.",
)
COMMAND = re.compile(r"::(error|notice) file=[^:,]*,line=\d+,col=\d+,title=[^:,]*::[^\n]*")


def check(findings: list[Finding]) -> Check:
    return Check(files=3, findings=findings, seats=SEATS)


@given(FINDINGS)
def test_json_fits_its_schema_and_starts_no_command(findings: list[Finding]) -> None:
    text = check_json(check(findings))

    shown = json.loads(text)
    Draft202012Validator(load_schema("findings")).validate(shown)
    assert [one["message"] for one in shown["findings"]] == [one.message for one in findings]
    assert shown["ok"] == all(one.severity is not Severity.ERROR for one in findings)
    assert not any(map(obeyed, text.splitlines()))


@given(FINDINGS, st.booleans())
def test_text_starts_no_command_and_keeps_each_finding_on_its_lines(
    findings: list[Finding],
    color: bool,  # noqa: FBT001 - drawn
) -> None:
    lines = check_text(check(findings), color=color).split("\n")

    assert not any(map(obeyed, lines))
    assert all("\r" not in line for line in lines)
    heads = sum(f"[{code}]" in line for line in lines for code in explanations())
    assert heads >= len(findings)


@given(FINDINGS)
def test_only_our_own_annotations_are_commands_and_at_most_ten(findings: list[Finding]) -> None:
    lines = check_log(check(findings)).split("\n")

    commands = [line for line in lines if obeyed(line)]
    assert len(commands) == min(len(findings), MOST_ANNOTATIONS)
    assert all(COMMAND.fullmatch(line) for line in commands)
    assert all("\r" not in line for line in lines)


@given(FINDINGS)
def test_nothing_in_the_summary_is_more_than_text_and_code(findings: list[Finding]) -> None:
    summary = check_markdown(check(findings))

    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(summary)
    inline = [child.type for token in tokens for child in token.children or []]
    assert {token.type for token in tokens if token.type.startswith(("html", "fence"))} == set()
    assert set(inline) <= {"text", "code_inline", "softbreak", "text_special"}
    rows = sum(token.type == "tr_open" for token in tokens)
    assert rows == (len(findings) + 1 if findings else 0) + len(SEATS) + 1


def test_a_finding_reads_like_a_compilers_message() -> None:
    assert check_text(check([ONE])) == (
        "mentees/octocat.yml:5:8: error: No date. [bad-date]\n"
        "    Fix it.\n"
        "\n"
        "3 files checked: 1 error.\n"
        "Seats: ssbarnea 2/2 and 1 waiting, ganeshrn 0/1.\n"
        "More about one: mentorship explain bad-date"
    )


def test_quiet_says_only_what_is_wrong() -> None:
    assert check_text(check([]), quiet=True) == ""


def test_an_annotation_names_place_title_and_fix() -> None:
    assert check_log(check([ONE])).split("\n")[0] == (
        "::error file=mentees/octocat.yml,line=5,col=8,title=Not a date::No date. Fix it."
    )


def test_errors_are_annotated_before_hints() -> None:
    hint = Finding(code="bad-date", severity=Severity.HINT, file="a", message="Hint.")

    lines = check_log(check([hint] * 10 + [ONE])).split("\n")

    assert lines[0].startswith("::error file=mentees/octocat.yml")
    assert "1 more, not marked in the files:" in lines


def test_teams_are_told_after_the_seats() -> None:
    teams = [TeamCount("blue", 5, 5, 2), TeamCount("red", 3, 0, 0)]
    told = Check(files=1, findings=[], seats=SEATS, teams=teams)
    assert "Teams: blue 5/5 and 2 waiting, red 0/3." in check_text(told)
    assert "| `blue` | 5 of 5 | 2 |" in check_markdown(told)


def test_many_seats_are_told_in_one_sum() -> None:
    seats = [SeatCount(f"m{n}", 2, 1, 0) for n in range(20)]

    assert "Seats: 20 of 40 taken with 20 mentors." in check_text(
        Check(files=1, findings=[], seats=seats)
    )


def test_every_code_has_its_long_text_and_no_text_is_left_over() -> None:
    assert set(explanations()) == set(get_args(Code))


@pytest.mark.parametrize("code", explanations())
def test_a_long_text_has_a_reason_and_an_example_before_and_after(code: str) -> None:
    told = explanations()[code]

    assert all([told.title, told.why, told.before, told.after])
    assert told.before != told.after
    assert not told.title.endswith(".")


def test_the_page_of_all_findings_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == explanations_document(), (
        "python -m mentorship_action.reporting.explanations > docs/findings.md writes it again"
    )
