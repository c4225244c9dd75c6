"""What the benchmarks measure with is right itself."""

from datetime import UTC, datetime, timedelta

import pytest

from benchmarks import pace
from benchmarks.measure import Row
from mentorship_action.domain.program import Limits

_NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)


def _every(seconds: float, count: int) -> list[datetime]:
    return [_NOON + n * timedelta(seconds=seconds) for n in range(count)]


@pytest.mark.parametrize(
    ("count", "hours"), [(1, 0), (100, 0.020625), (1_000, 1.1), (10_000, 19.1)]
)
def test_the_floor_is_what_both_limits_allow(count: int, hours: float) -> None:
    assert pace.shortest(count) / 3600 == pytest.approx(hours, rel=0.005)


def test_the_fastest_pace_breaks_no_limit() -> None:
    assert pace.broken(_every(0.75, 500)) == 0


def test_a_faster_pace_breaks_that_of_a_minute() -> None:
    assert pace.broken(_every(0.74, 81)) == 1


def test_a_lasting_pace_breaks_that_of_an_hour() -> None:
    assert pace.broken(_every(0.75, 502)) == 2


def test_without_a_budget_the_limits_are_seen_to_be_broken() -> None:
    played = pace.Played(
        pairs=90,
        limits=Limits(seconds_between_writes=0.1, writes_per_run=1_000),
        before=pace.set_up(90),
    ).to_the_end()
    assert pace.broken(played.site.made) > 0


@pytest.mark.parametrize("answered", [False, True])
def test_what_a_kill_left_is_filed_once_by_the_next_run(*, answered: bool) -> None:
    played = pace.Played(
        pairs=3, limits=Limits(), before=pace.set_up(3), kill_at=2, answered=answered
    ).to_the_end()
    assert (played.killed, played.runs) == (True, 2)
    assert (played.duplicates, played.missing) == (0, 0)


@pytest.mark.parametrize(("ratio", "met"), [(1.0, True), (1.01, False)])
def test_a_goal_is_the_most_that_is_allowed(ratio: float, *, met: bool) -> None:
    assert Row(name="a", ratio=ratio, goal=1.0, detail="").is_met is met
