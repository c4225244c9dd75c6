"""When the checkpoints of a mentorship are."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentorship_action.domain.checkpoints import checkpoints_of, name_of
from mentorship_action.domain.mentorship import pair
from mentorship_action.domain.program import Checkpoint, Program, Term
from tests.builders import program, record, span


def days(made: Program, **changes: Any) -> list[tuple[str, str]]:
    one = pair(record(**{"start": "2026-12-07", "weeks": 16, **changes}))
    return [(found.slug, f"{found.due:%Y-%m-%d}") for found in checkpoints_of(one, made)]


def made_of(*checkpoints: Checkpoint, **changes: Any) -> Program:
    return program(checkpoints=checkpoints, **changes)


@pytest.mark.parametrize(
    ("week", "slug", "day"),
    [
        (1, "review-1", "2026-12-11"),
        (4, "review-4", "2027-01-01"),
        ("middle", "review-middle", "2027-01-29"),
        ("last", "review-16", "2027-03-26"),
    ],
)
def test_a_week_ends_on_the_friday_before_its_weekend(week: Any, slug: str, day: str) -> None:
    assert days(made_of(Checkpoint(name="Review", week=week))) == [(slug, day)]


def test_breaks_and_time_away_move_what_comes_after_them() -> None:
    every = (Checkpoint(name="A", week=2), Checkpoint(name="B", week=8))
    off = made_of(*every, breaks=(span("2026-12-28", "2027-01-03"),))
    assert days(off, away=(span("2027-01-11", "2027-01-17"),)) == [
        ("a-2", "2026-12-18"),
        ("b-8", "2027-02-12"),
    ]


def test_a_last_day_within_the_week_stays_and_an_extension_moves_it() -> None:
    final = made_of(Checkpoint(name="Final", week="last"))
    assert days(final, start="2026-12-10", weeks=4) == [("final-4", "2027-01-06")]
    assert days(final, start="2026-12-10", weeks=6) == [("final-6", "2027-01-20")]


def test_what_lies_beyond_the_last_week_is_left_out_and_the_rest_is_in_order() -> None:
    every = [Checkpoint(name=str(week), week=week) for week in (12, 20, 3)]
    assert [slug for slug, _ in days(made_of(*every))] == ["3-3", "12-12"]


def test_a_term_has_its_own() -> None:
    term = Term(
        id="spring",
        name="Spring",
        applications=span("2026-11-01", "2026-11-30"),
        start=date(2026, 12, 7),
        weeks=16,
        checkpoints=(Checkpoint(name="Own", week=4),),
    )
    assert days(program(terms=(term,)), term="spring") == [("own-4", "2027-01-01")]
    assert days(program(terms=(replace(term, checkpoints=()),)), term="spring") == []


def test_names_that_make_no_slug_are_told_apart_by_their_weeks() -> None:
    every = made_of(Checkpoint(name="中期", week="middle"), Checkpoint(name="最終", week="last"))
    assert [slug for slug, _ in days(every)] == ["middle", "16"]
    assert [name_of(slug, pair(record()), every) for slug in ("middle", "16")] == ["中期", "最終"]


def test_the_name_is_known_once_the_day_has_moved() -> None:
    every = made_of(Checkpoint(name="Mid-term", week=4), Checkpoint(name="Final", week="last"))
    assert name_of("final-16", pair(record(weeks=20)), every) == "Final"
    assert name_of("gone-3", pair(record()), every) == ""
