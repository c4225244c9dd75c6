"""One bad thing never stops the rest: it is told by its number, and a later run tries again."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mentorship_action.errors import Exit
from mentorship_action.forge.protocol import (
    ForgeError,
    Missing,
    RepositoryGone,
    Unreachable,
    Unreadable,
)
from mentorship_action.planning.changes import Outcome
from tests.applications import Scene
from tests.builders import moment, notices
from tests.rig.people import ACTIONS
from tests.rig.rest import RestServer

NEXT_CHECK_IN = moment("2026-12-07 09:00")


@pytest.fixture(params=["memory", "http", "http without GraphQL"])
def scene(request: pytest.FixtureRequest) -> Scene:
    """A program with one mentorship, whose first check-in is due, observed in one of three ways."""
    made = Scene().has("octocat", mentor="ssbarnea")
    made.now = NEXT_CHECK_IN
    if request.param == "memory":
        return made
    made.repository.has_graphql = request.param == "http"
    rest_server: RestServer = request.getfixturevalue("rest_server")
    return made.over_http(rest_server, request.getfixturevalue("repository_name"))


def check_ins(scene: Scene) -> int:
    return sum("kind=check-in" in issue.body for issue in scene.repository.issues.values())


# -- Reading


Place = Callable[[Scene, int], tuple[str, int | str]]
"""What is read of a pull request, and the number or commit that it is read by."""

PLACES: dict[str, Place] = {
    "compare": lambda scene, number: ("compare", scene.pull(number).head),
    "tree": lambda scene, number: ("tree", scene.pull(number).head),
    "comments": lambda _, number: ("comments", number),
    "reviews": lambda _, number: ("reviews", number),
}
FAILURES = {
    "compare": (Missing("There is no way."), Unreachable("It takes too long.")),
    "tree": (Missing("Gone."), Unreachable("It takes too long."), Unreadable("Truncated.")),
    "comments": (Missing("Gone."), Unreachable("It takes too long.")),
    "reviews": (Missing("Gone."), Unreachable("It takes too long.")),
}


@pytest.mark.parametrize(
    ("what", "error"),
    [(what, error) for what, errors in FAILURES.items() for error in errors],
    ids=lambda part: part if isinstance(part, str) else type(part).__name__,
)
def test_an_application_that_can_not_be_read_costs_nobody_else_anything(
    scene: Scene, what: str, error: ForgeError
) -> None:
    bad, good = scene.joins("alice", mentor="ssbarnea"), scene.joins("bob")
    scene.repository.failing[PLACES[what](scene, bad)] = error

    run = scene.run()

    assert (scene.stage(good), check_ins(scene)) == ("needs-answer", 1)
    assert any(f"#{bad}" in text for text in notices(run)) or scene.stage(bad) == "unreadable"
    # It goes on like that, without another comment, until it can be read.
    comments = len(scene.repository.comments.get(bad, ()))
    scene.run()
    assert len(scene.repository.comments.get(bad, ())) == comments
    scene.repository.failing.clear()
    scene.run()
    assert scene.stage(bad) == "needs-answer"
    assert scene.run().plan.changes == ()
    assert scene.mismatches == []


def test_who_can_not_be_read_when_a_seat_comes_keeps_the_place(scene: Scene) -> None:
    numbers = [scene.joins(login) for login in ("alice", "bob", "carl")]
    scene.run()
    scene.repository.failing["reviews", numbers[1]] = Unreachable("It takes too long.")
    scene.person("alice").close_pull(numbers[0])

    scene.run()

    assert [scene.stage(n) for n in numbers[1:]] == ["waitlisted", "waitlisted"]
    assert scene.memory(numbers[2]).place == 1
    scene.repository.failing.clear()
    scene.run()
    assert [scene.stage(n) for n in numbers[1:]] == ["needs-answer", "waitlisted"]
    assert scene.run().plan.changes == ()


def test_a_small_budget_of_requests_is_kept_and_comes_to_an_end(scene: Scene) -> None:
    limits = replace(scene.program.limits, requests_per_run=20)
    scene.program = replace(scene.program, limits=limits)
    numbers = [scene.joins(f"mentee-{n}", mentor="ssbarnea") for n in range(8)]
    for _ in range(12):
        run = scene.run()
        # What was begun is finished: one application takes seven reads at most.
        assert run.requests <= 20 + 7 + 3 * len(run.plan.changes)
    assert scene.run().plan.changes == ()
    assert {scene.stage(n) for n in numbers} == {"needs-answer", "waitlisted"}
    assert check_ins(scene) == 1


@pytest.mark.parametrize("what", PLACES)
def test_an_unrelated_pull_request_that_can_not_be_read_is_left_alone(
    scene: Scene, what: str
) -> None:
    unrelated = scene.proposes("carol", {"src/code.py": b"pass\n"})
    good = scene.joins("bob")
    scene.repository.failing[PLACES[what](scene, unrelated)] = Unreachable("It takes too long.")

    for _ in range(2):
        scene.run()

    assert (scene.stage(good), check_ins(scene)) == ("needs-answer", 1)
    assert scene.repository.comments.get(unrelated) is None
    assert scene.pull(unrelated).head not in scene.repository.branches.statuses


# -- Writing


def test_a_locked_application_is_left_as_it_is_and_everything_else_happens(scene: Scene) -> None:
    locked, good = scene.joins("alice", mentor="ssbarnea"), scene.joins("bob")
    scene.person("ssbarnea").lock(locked)

    run = scene.run()

    assert run.report.exit_code is Exit.DONE
    assert (scene.stage(good), check_ins(scene)) == ("needs-answer", 1)
    assert scene.repository.comments.get(locked) is None
    for _ in range(2):
        assert scene.run().report.exit_code is Exit.DONE
    scene.person("ssbarnea").unlock(locked)
    scene.run()
    assert scene.stage(locked) == "needs-answer"


@pytest.mark.parametrize(
    ("permission", "needs"),
    [
        ("issues", "issues: write"),
        ("pulls", "pull-requests: write"),
        ("statuses", "statuses: write"),
    ],
)
def test_a_missing_permission_stops_what_needs_it_and_nothing_else(
    scene: Scene, permission: str, needs: str
) -> None:
    number = scene.joins("bob")
    scene.repository.revoked[ACTIONS] = {permission}

    run = scene.run()

    assert run.report.exit_code is Exit.SETTINGS
    assert needs in str(run.report.error)
    assert check_ins(scene) == (permission != "issues")
    assert bool(scene.bot_comments(number)) == (permission != "pulls")
    statuses = scene.repository.branches.statuses
    assert (scene.pull(number).head in statuses) == (permission != "statuses")


def test_a_tracker_that_somebody_deletes_is_opened_again_and_nothing_is_claimed_of_settings(
    scene: Scene,
) -> None:
    scene.repository.delete(1)

    run = scene.run()

    assert run.report.exit_code is Exit.DONE
    assert scene.trackers() == ["Mentorship: octocat with ssbarnea"]
    assert scene.run().plan.changes == ()


# -- What does stop a run


def test_an_archived_repository_stops_a_run_at_its_first_write(scene: Scene) -> None:
    scene.joins("bob")
    scene.repository.is_archived = True

    report = scene.run().report

    assert isinstance(report.error, RepositoryGone)
    assert report.exit_code is Exit.SETTINGS
    outcomes = [result.outcome for result in report.results]
    assert outcomes == [Outcome.FAILED] + [Outcome.LEFT] * (len(outcomes) - 1)


def test_a_repository_that_is_gone_stops_a_run_before_it_begins(scene: Scene) -> None:
    scene.repository.exists = False

    with pytest.raises(RepositoryGone):
        scene.run()


def test_what_could_not_be_read_is_left_to_a_later_run_and_counted(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.repository.failing["comments", number] = Unreachable("down")
    run = scene.run()
    assert run.report.remaining == 1
    assert run.report.exit_code is Exit.UNFINISHED
    del scene.repository.failing["comments", number]
    assert scene.run().report.remaining == 0
    assert scene.stage(number) == "needs-answer"
