"""Two writes are never closer than the program says; nothing waits longer than it must."""

from dataclasses import dataclass, field

import pytest

from mentorship_action import loop
from mentorship_action.errors import Exit
from mentorship_action.forge.pacing import Pacer
from tests.forge.pairs import FIRST_MONDAY, pairs
from tests.rig.people import OWNER


@dataclass(kw_only=True)
class Watch:
    """A clock that moves when somebody sleeps or works, and keeps when writes were let go."""

    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)

    def read(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


def pacer(watch: Watch, seconds: float) -> Pacer:
    return Pacer(seconds=seconds, monotonic=watch.read, sleep=watch.sleep)


def test_the_first_write_waits_for_nothing(watch: Watch) -> None:
    pacer(watch, 1).wait()

    assert watch.slept == []


def test_a_second_write_waits_for_what_is_left_of_the_pause(watch: Watch) -> None:
    pace = pacer(watch, 1)
    pace.wait()
    watch.seconds += 0.25

    pace.wait()

    assert watch.slept == [0.75]


def test_a_write_after_a_long_request_does_not_wait(watch: Watch) -> None:
    pace = pacer(watch, 1)
    pace.wait()
    watch.seconds += 5

    pace.wait()

    assert watch.slept == []


def test_without_a_pause_nothing_waits(watch: Watch) -> None:
    pace = pacer(watch, 0)
    for _ in range(3):
        pace.wait()

    assert watch.slept == []


def test_a_run_waits_between_its_writes_and_not_for_its_reads(watch: Watch) -> None:
    play = pairs()

    run = loop.run(
        play.default_branch,
        play.repository.view(OWNER),
        FIRST_MONDAY,
        write=True,
        pacer=pacer(watch, 1),
        policies=play.policies,
    )

    writes = len(run.plan.changes)
    assert writes == 7
    assert watch.slept == [1.0] * (writes - 1)


def test_a_run_stops_at_its_budget_of_writes_and_the_next_ones_do_the_rest() -> None:
    play = pairs(writes_per_run=3)
    forge = play.repository.view(OWNER)

    reports = [play.run(forge).report for _ in range(4)]

    assert [report.remaining for report in reports] == [4, 1, 0, 0]
    assert [report.exit_code for report in reports] == [Exit.UNFINISHED] * 2 + [Exit.DONE] * 2
    assert len(play.repository.issues) == 4


def test_a_run_that_may_not_write_asks_and_changes_nothing() -> None:
    play = pairs()
    forge = play.repository.view(OWNER)

    run = play.run(forge, write=False)

    assert len(run.plan.changes) == 7
    assert (play.repository.issues, play.repository.labels) == ({}, {})
    # Not done and not left: only planned.
    assert {one.outcome.value for one in run.report.results} == {"planned"}


def test_each_write_is_told_by_its_number_after_the_pause(watch: Watch) -> None:
    told: list[tuple[int, float]] = []
    pace = pacer(watch, 1)
    pace.on_write = lambda number: told.append((number, watch.seconds))
    begun = watch.seconds
    pace.wait()
    pace.wait()
    assert told == [(1, begun), (2, begun + 1)]
