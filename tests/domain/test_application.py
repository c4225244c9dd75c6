"""An application's memory survives in our comment; a tampered one is none."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.application import (
    IN_LINE,
    TRANSITIONS,
    Answer,
    Memory,
    Stage,
    agreement_digest,
    memory_line,
    parse_memory,
    parse_moment,
)
from tests.builders import record

FULL = Memory(
    head="0123abc",
    base="ffee00",
    stage=Stage.WAITLISTED,
    mentor="ssbarnea",
    terms="aabbcc",
    answer=Answer.YES,
    comment=12,
    review=34,
    since="2026-12-01T08:00:00+00:00",
    asked="2026-12-02T08:00:00+00:00",
    passed=1,
    place=2,
    seat=1,
    rival=7,
    wrong="mallory",
    notified="alice+ssbarnea",
)


def kept(memory: Memory) -> Memory | None:
    return parse_memory(f"<!-- marker -->\n{memory_line(memory)}\nHello\n")


def test_every_part_of_a_memory_survives_its_line() -> None:
    assert kept(FULL) == FULL
    empty = Memory(head="", base="", stage=Stage.JOINED)
    assert kept(empty) == empty


@given(
    stage=st.sampled_from(Stage),
    answer=st.sampled_from(Answer),
    numbers=st.tuples(*[st.integers(0, 10**12)] * 5),
    logins=st.lists(st.from_regex(r"[a-z0-9](-?[a-z0-9]){0,10}", fullmatch=True), max_size=3),
)
def test_any_memory_survives_its_line(
    stage: Stage, answer: Answer, numbers: tuple[int, ...], logins: list[str]
) -> None:
    comment, review, passed, place, rival = numbers
    memory = replace(
        FULL,
        stage=stage,
        answer=answer,
        comment=comment,
        review=review,
        passed=passed,
        place=place,
        rival=rival,
        notified="+".join(logins),
    )
    assert kept(memory) == memory


def test_a_memory_is_read_from_a_body_with_the_line_ends_of_browsers() -> None:
    assert parse_memory(f"<!-- marker -->\r\n{memory_line(FULL)}\r\nHello") == FULL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stage=waitlisted", "stage=king"),
        ("stage=waitlisted", ""),
        ("answer=yes", "answer=perhaps"),
        ("comment=12", "comment=twelve"),
        ("place=2", "place=2.5"),
        ("since=2026-12-01T08:00:00+00:00", "since=yesterday"),
        ("asked=2026-12-02T08:00:00+00:00", "asked=2026-12-02T08:00:00"),
        ("wrong=mallory", "wrong=<b>"),
        ("wrong=mallory", "colour=red"),
        ("wrong=mallory", "head=a wrong"),
        (" -->", " --> -->"),
        ("<!-- mentorship:memory", "<!-- memory"),
        ("comment=12", "comment=" + "1" * 5000),
    ],
)
def test_a_tampered_line_is_no_memory(old: str, new: str) -> None:
    line = memory_line(FULL)
    assert old in line
    assert parse_memory(f"<!-- marker -->\n{line.replace(old, new)}\n") is None


@pytest.mark.parametrize("body", ["", "<!-- marker -->", "<!-- marker -->\n\n", "a\nb\nc"])
def test_a_body_without_the_line_has_no_memory(body: str) -> None:
    assert parse_memory(body) is None


@given(st.text())
def test_no_body_breaks_the_reading(body: str) -> None:
    parse_memory(body)
    parse_memory(f"\n<!-- mentorship:memory {body} -->")


@pytest.mark.parametrize("text", ["", "now", "2026-12-01", "2026-12-01T08:00:00"])
def test_a_moment_without_an_offset_is_none(text: str) -> None:
    assert parse_moment(text) is None


def test_only_mentor_start_weeks_and_hours_are_terms() -> None:
    terms = agreement_digest(record())
    assert agreement_digest(record(goals=("Another",), zone="Etc/UTC", name="O")) == terms
    changes: list[dict[str, Any]] = [
        {"mentor": "ganeshrn"},
        {"start": "2026-12-14"},
        {"weeks": 20},
        {"hours_per_week": 9},
    ]
    for change in changes:
        assert agreement_digest(record(**change)) != terms


def test_every_stage_has_its_transitions() -> None:
    assert set(TRANSITIONS) == set(Stage)
    assert all(stage not in after for stage, after in TRANSITIONS.items())
    assert TRANSITIONS[Stage.JOINED] == frozenset()


def test_every_stage_can_be_reached_and_left() -> None:
    reached = frozenset[Stage]().union(*TRANSITIONS.values())
    assert reached == set(Stage)
    assert all(TRANSITIONS[stage] for stage in Stage if stage is not Stage.JOINED)
    assert Stage.JOINED not in IN_LINE
