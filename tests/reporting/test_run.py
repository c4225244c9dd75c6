"""A run in every form: complete, by the published schema, and obeyed by nothing."""

import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import Key
from mentorship_action.planning.changes import CreateLabel, Notice, Outcome, Result
from mentorship_action.records.schema import load_schema
from mentorship_action.reporting.run import RunReport, run_json, run_log, run_markdown, run_text
from mentorship_action.reporting.workflow_commands import MOST_ANNOTATIONS
from tests.reporting.texts import HOSTILE, obeyed

RESULTS = st.builds(
    Result,
    change=st.builds(CreateLabel, name=HOSTILE, color=st.just("abcdef"), description=HOSTILE),
    outcome=st.sampled_from(Outcome),
    detail=HOSTILE,
)
FINDINGS = st.builds(
    Finding,
    code=st.just("bad-date"),
    file=HOSTILE,
    line=st.integers(1, 99),
    column=st.integers(1, 99),
    message=HOSTILE,
    hint=HOSTILE,
)
REPORTS = st.builds(
    RunReport,
    now=st.just(datetime(2026, 12, 7, 9, tzinfo=UTC)),
    applied=st.booleans(),
    results=st.lists(RESULTS, max_size=4),
    notices=st.lists(
        st.builds(Notice, kind=st.just("waiting"), key=HOSTILE, text=HOSTILE), max_size=3
    ),
    findings=st.lists(FINDINGS, max_size=13),
    error=HOSTILE,
    remaining=st.integers(0, 4),
    requests=st.integers(0, 2000),
    budget=st.integers(0, 2000),
)
ONE = RunReport(
    now=datetime(2026, 12, 7, 9, tzinfo=UTC),
    applied=True,
    results=[
        Result(
            change=CreateLabel(
                key=Key(kind="label"), name="mentorship", color="abcdef", description="Ours"
            ),
            outcome=Outcome.DONE,
        )
    ],
    notices=[Notice(kind="waiting", key="octocat", text="octocat waits for a free seat.")],
    remaining=0,
    requests=1234,
)


@given(REPORTS)
def test_json_fits_its_schema_and_starts_no_command(report: RunReport) -> None:
    text = run_json(report)

    shown = json.loads(text)
    Draft202012Validator(load_schema("sync")).validate(shown)
    assert [one["detail"] for one in shown["changes"]] == [one.detail for one in report.results]
    assert not any(map(obeyed, text.splitlines()))


@given(REPORTS)
def test_a_log_has_at_most_ten_commands_and_all_are_ours(report: RunReport) -> None:
    commands = [line for line in run_log(report).split("\n") if obeyed(line)]

    marks = len(report.findings) + bool(report.error)
    assert len(commands) == min(marks, MOST_ANNOTATIONS)
    assert all(
        line.startswith(("::error title=mentorship::", "::error file=")) for line in commands
    )


@given(REPORTS, st.booleans())
def test_text_starts_no_command(report: RunReport, quiet: bool) -> None:  # noqa: FBT001 - drawn
    assert not any(map(obeyed, run_text(report, quiet=quiet).split("\n")))


@given(REPORTS)
def test_nothing_in_the_summary_is_more_than_text_and_code(report: RunReport) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(run_markdown(report))

    inline = [child.type for token in tokens for child in token.children or []]
    assert {token.type for token in tokens if token.type.startswith(("html", "fence"))} == set()
    assert set(inline) <= {"text", "code_inline", "softbreak", "text_special"}


def test_a_run_reads_as_what_was_done_and_what_was_decided() -> None:
    assert run_text(ONE) == (
        "  ✓ create the label mentorship\n"
        "  · octocat waits for a free seat.\n"
        "1 change made. 1,234 requests."
    )


def test_what_is_left_and_what_is_only_planned_are_named() -> None:
    left = replace(ONE, remaining=1)
    assert run_text(left).endswith("1 change made, 1 left for the next run. 1,234 requests.")
    planned = replace(ONE, applied=False)
    assert run_text(planned).endswith(
        "1 change planned, none made. 1,234 requests. --apply makes them."
    )


def test_requests_are_shown_with_what_the_run_could_send() -> None:
    assert run_text(replace(ONE, requests=5, budget=300)).endswith("5 of 300 requests.")


def test_quiet_says_only_what_is_wrong() -> None:
    assert run_text(ONE, quiet=True) == ""
    assert run_text(replace(ONE, error="It broke."), quiet=True) == "  ✗ It broke."
