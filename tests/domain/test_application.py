"""An application's memory survives in our comment; a tampered one is none."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.application import (
    Answer,
    GivenAnswer,
    Memory,
    Stage,
    agreement_digest,
    parse_memory,
    parse_moment,
    write_memory,
)
from tests.builders import record

FULL = Memory(
    head="0123abc",
    base="ffee00",
    stage=Stage.WAITLISTED,
    mentor="ssbarnea",
    agreement="aabbcc",
    answers=(
        GivenAnswer(mentor="ganeshrn", answer=Answer.NO, agreement="ddeeff", source="r5"),
        GivenAnswer(mentor="ssbarnea", answer=Answer.YES, agreement="aabbcc", source="c11"),
    ),
    comment=12,
    review=34,
    since="2026-12-01T08:00:00+00:00",
    asked="2026-12-02T08:00:00+00:00",
    passed=1,
    place=2,
    seat=1,
    rival=7,
    wrong="mallory",
    notified=("alice", "ssbarnea"),
)


def kept(memory: Memory) -> Memory | None:
    return parse_memory(f"<!-- marker -->\n{write_memory(memory)}\nHello\n")


def test_every_part_of_a_memory_survives_its_line() -> None:
    assert kept(FULL) == FULL
    empty = Memory(head="", base="", stage=Stage.JOINED)
    assert kept(empty) == empty


@given(
    stage=st.sampled_from(Stage),
    answer=st.sampled_from([Answer.YES, Answer.NO]),
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
        answers=(GivenAnswer(mentor="ada", answer=answer, agreement="aa", source="c1"),),
        comment=comment,
        review=review,
        passed=passed,
        place=place,
        rival=rival,
        notified=tuple(logins),
    )
    assert kept(memory) == memory


def test_a_memory_is_read_from_a_body_with_the_line_ends_of_browsers() -> None:
    assert parse_memory(f"<!-- marker -->\r\n{write_memory(FULL)}\r\nHello") == FULL


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stage=waitlisted", "stage=king"),
        ("stage=waitlisted", ""),
        ("ssbarnea:yes:aabbcc:c11", "ssbarnea:perhaps:aabbcc:c11"),
        ("ssbarnea:yes:aabbcc:c11", "ssbarnea:yes:aabbcc"),
        ("ssbarnea:yes:aabbcc:c11", "ssbarnea:yes:aabbcc:x11"),
        ("ssbarnea:yes:aabbcc:c11", "ssbarnea:yes:aabbcc:c"),
        ("ssbarnea:yes:aabbcc:c11", "-b:yes:aabbcc:c11"),
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
    line = write_memory(FULL)
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


def test_mentor_start_weeks_and_hours_are_agreed_to_and_nothing_else() -> None:
    agreed = agreement_digest(record())
    assert agreement_digest(record(goals=("Another",), zone="Etc/UTC", name="O")) == agreed
    changes: list[dict[str, Any]] = [
        {"mentor": "ganeshrn"},
        {"start": "2026-12-14"},
        {"weeks": 20},
        {"hours_per_week": 9},
    ]
    for change in changes:
        assert agreement_digest(record(**change)) != agreed


def test_a_yes_counts_for_its_agreement_alone_and_a_no_for_all() -> None:
    assert FULL.answer is Answer.YES
    assert replace(FULL, agreement="other").answer is Answer.NONE
    assert replace(FULL, mentor="ganeshrn", agreement="other").answer is Answer.NO
    assert replace(FULL, mentor="nobody").answer is Answer.NONE


def test_where_nobody_has_to_be_asked_the_answer_is_yes() -> None:
    assert replace(FULL, mentor="nobody", unasked=("nobody",)).answer is Answer.YES
