"""Order and time: what is closed stays closed, who comes back is taken in, whose turn it is."""

from dataclasses import replace
from datetime import time, timedelta
from itertools import pairwise

import pytest

from mentorship_action.domain.program import CheckIns
from mentorship_action.forge.protocol import Edit
from tests.applications import Scene, path, yaml
from tests.builders import mentor, moment, program, summaries

MEETING = "{day: tue, time: '17:00'}"


def check_ins(scene: Scene) -> dict[str, bool]:
    """Return the check-ins by their week, and whether each is open."""
    issues = scene.repository.issues.values()
    return {
        one.body.partition("period=")[2].split()[0]: one.is_open
        for one in issues
        if "kind=check-in" in one.body
    }


@pytest.fixture
def met(scene: Scene) -> Scene:
    """Alice's check-in of the first week is there, and people have closed it."""
    scene.has("alice", meeting=MEETING)
    scene.now = moment("2026-12-07 12:00")
    scene.run()
    assert check_ins(scene) == {"2026-W50": True}
    scene.person("ssbarnea").edit_issue(2, Edit(state="closed", reason="completed"))
    assert summaries(scene.run()) == []
    return scene


# A check-in that is closed.


@pytest.mark.parametrize(
    "change",
    [
        {"meeting": "{day: thu, time: '17:00'}"},
        {"meeting": "{day: mon, time: '08:00'}"},
        {"meeting": None},
        {"timezone": "America/Los_Angeles"},
        {"timezone": "Pacific/Auckland"},
        {"start": "2026-12-08"},
        {"away": "[{from: 2026-12-20, to: 2026-12-27}]"},
    ],
)
def test_a_closed_check_in_stays_closed_however_its_moment_moves(
    met: Scene, change: dict[str, str | None]
) -> None:
    met.repository.branches.put({path("alice"): yaml("alice", **{"meeting": MEETING, **change})})
    for hours in range(0, 96, 6):
        met.now = moment("2026-12-07 12:00") + timedelta(hours=hours)
        met.run()
    assert check_ins(met) == {"2026-W50": False}


@pytest.mark.parametrize("file_at", ["00:00", "13:00", "23:59"])
def test_a_closed_check_in_stays_closed_when_the_filing_time_moves(
    met: Scene, file_at: str
) -> None:
    met.program = program(check_ins=CheckIns(file_at=time.fromisoformat(file_at)))
    for hours in range(0, 96, 6):
        met.now = moment("2026-12-07 12:00") + timedelta(hours=hours)
        met.run()
    assert check_ins(met) == {"2026-W50": False}


def test_an_older_week_is_never_filed_beside_a_newer_one(scene: Scene) -> None:
    scene.has("alice", meeting="{day: mon, time: '17:00'}")
    scene.now = moment("2026-12-20 12:00")
    scene.run()
    assert check_ins(scene) == {"2026-W52": True}
    later = yaml("alice", meeting="{day: sun, time: '17:00'}")
    scene.repository.branches.put({path("alice"): later})
    for _ in range(5):
        scene.now += timedelta(days=1)
        scene.run()
    assert check_ins(scene) == {"2026-W52": True}


# Who comes back, and whose file is gone.


@pytest.mark.parametrize("back_with", ["ganeshrn", "ssbarnea"])
def test_who_comes_back_gets_a_living_tracker_that_says_so(scene: Scene, back_with: str) -> None:
    scene.has("alice")
    scene.has("alice", status="withdrawn")
    assert not scene.repository.issues[1].is_open
    scene.has("alice", mentor=back_with)
    tracker = scene.repository.issues[1]
    assert tracker.is_open
    assert tracker.title == f"Mentorship: alice with {back_with}"
    assert "back" in tracker.body.casefold()
    assert back_with in tracker.assignees
    scene.now = moment("2026-12-07 12:00")
    scene.run()
    assert check_ins(scene) == {"2026-W50": True}
    assert "back" in scene.repository.issues[1].body.casefold()
    assert summaries(scene.run()) == []


def test_who_comes_back_after_somebody_closed_the_tracker_by_hand_is_left_alone(
    scene: Scene,
) -> None:
    scene.has("alice")
    scene.person("ssbarnea").edit_issue(1, Edit(state="closed", reason="completed"))
    assert summaries(scene.run()) == []
    assert not scene.repository.issues[1].is_open


def test_a_file_that_is_deleted_ends_its_tracker_and_check_ins(scene: Scene) -> None:
    scene.has("alice", "bob", mentor="ssbarnea")
    scene.now = moment("2026-12-07 12:00")
    scene.run()
    scene.repository.branches.put({path("alice"): None})
    scene.run()
    assert scene.trackers() == ["Mentorship: bob with ssbarnea"]
    assert sum(check_ins(scene).values()) == 1
    assert summaries(scene.run()) == []


def test_a_file_that_moves_with_its_account_takes_tracker_and_check_in_along(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.merges(number)
    scene.run()
    scene.now = moment("2026-12-07 12:00")
    scene.run()
    before = len(scene.repository.issues)
    scene.renames("alice", "alice-new")
    files = {path("alice"): None, path("alice-new"): yaml("alice-new")}
    scene.repository.branches.put(files)
    scene.run()
    assert scene.trackers() == ["Mentorship: alice-new with ganeshrn"]
    assert len(scene.repository.issues) == before
    assert summaries(scene.run()) == []


def test_who_is_renamed_keeps_the_seat_before_who_waits(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.merges(number)
    scene.run()
    scene.has("bob")
    assert scene.trackers() == ["Mentorship: alice with ganeshrn"]
    scene.renames("alice", "alice-new")
    files = {path("alice"): None, path("alice-new"): yaml("alice-new")}
    scene.repository.branches.put(files)
    scene.run()
    assert scene.trackers() == ["Mentorship: alice-new with ganeshrn"]
    assert summaries(scene.run()) == []


# Whose turn it is.


def test_with_several_free_seats_who_gets_no_answer_is_passed_over_all_the_same(
    scene: Scene,
) -> None:
    scene.program = program(mentors=(mentor("ganeshrn", capacity=2),))
    numbers = [scene.joins(login) for login in ("alice", "bob", "carl")]
    scene.run()
    assert [scene.stage(n) for n in numbers] == ["needs-answer", "needs-answer", "waitlisted"]
    scene.now += timedelta(days=8)
    scene.says("ganeshrn", numbers[1], "/accept")
    scene.run()
    assert [scene.stage(n) for n in numbers] == ["waitlisted", "ready", "needs-answer"]
    assert summaries(scene.run()) == []


# When nobody can be asked any more.


def test_a_start_so_long_ago_that_it_would_be_over_is_an_error_with_the_likely_year(
    scene: Scene,
) -> None:
    number = scene.joins("alice", start="2025-12-07")
    scene.run()
    assert scene.stage(number) == "needs-fixes"
    assert "start: 2026-12-07" in scene.bot_comment(number)
    assert summaries(scene.run()) == []


# A yes before we asked.


def test_a_yes_before_our_first_comment_counts_and_says_what_it_counts_for(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"
    comment = scene.bot_comment(number)
    assert "ccepted by @ganeshrn" in comment
    assert "`/decline`" in comment
    scene.pushes(number, weeks=30)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []


# Whoever merges.


def test_whoever_merges_is_told_in_a_new_comment_and_once_more_after_a_week(scene: Scene) -> None:
    scene.program = program(coordinators=("carol",))
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, "/accept")
    ids = []
    for days in (0, 6, 1, 7, 30):
        scene.now += timedelta(days=days)
        scene.run()
        assert "@carol" in scene.bot_comment(number)
        ids.append(scene.bot_comments(number)[0].id)
    assert [a == b for a, b in pairwise(ids)] == [True, False, True, True]
    assert summaries(scene.run()) == []


# The smallest budget.


def test_a_budget_of_one_write_a_run_makes_progress(scene: Scene) -> None:
    scene.program = replace(scene.program, limits=replace(scene.program.limits, writes_per_run=1))
    scene.repository.branches.put({path(login): yaml(login) for login in ("alice", "bob")})
    numbers = [scene.joins(login, mentor="ssbarnea") for login in ("carl", "dora")]
    scene.now = moment("2026-12-07 12:00")
    for _ in range(30):
        if not summaries(scene.run()):
            break
    assert summaries(scene.run()) == []
    assert [scene.stage(n) for n in numbers] == ["needs-answer", "needs-answer"]
    assert len(scene.trackers()) == 1
    assert check_ins(scene) == {"2026-W50": True}
