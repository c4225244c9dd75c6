"""A conversation that somebody locked is left alone, and named until it is unlocked."""

import pytest

from tests.applications import Scene
from tests.builders import notices, program, summaries

OWNER = "ssbarnea"


def left_alone(scene: Scene, number: int) -> bool:
    """Whether a run leaves a pull request alone, and says so."""
    run = scene.run()
    text = f"#{number} is locked, so it is left alone; unlock it, and the next run goes on"
    return summaries(run) == [] and text in notices(run) and run.report.error is None


def test_a_locked_application_is_left_alone_with_a_notice(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.person(OWNER).lock(number)
    assert left_alone(scene, number)
    assert left_alone(scene, number)
    assert scene.bot_comments(number) == []


def test_a_locked_application_keeps_nobody_from_an_answer(scene: Scene) -> None:
    locked = scene.joins("mallory")
    scene.person(OWNER).lock(locked)
    number = scene.joins("alice")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert left_alone(scene, locked)


@pytest.mark.parametrize("happens", ["a push", "an answer", "time", "nothing"])
def test_whatever_happens_in_one_that_was_answered_it_is_left_alone(
    scene: Scene, happens: str
) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.person(OWNER).lock(number)
    if happens == "a push":
        scene.pushes(number, hours_per_week=1)
    elif happens == "an answer":
        scene.says("ganeshrn", number, "/accept")
    elif happens == "time":
        scene.program = program(answer_days=1)
        scene.now = scene.now.replace(year=2027)
    assert left_alone(scene, number)
    assert left_alone(scene, number)


def test_it_keeps_its_place_and_goes_on_once_it_is_unlocked(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.person(OWNER).lock(number)
    other = scene.joins("bob")
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(other) == "waitlisted"
    scene.person(OWNER).unlock(number)
    scene.run()
    assert scene.stage(number) == "ready"
    assert summaries(scene.run()) == []


def test_one_that_was_merged_and_locked_is_settled(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.merges(number)
    scene.person(OWNER).lock(number)
    scene.run()
    assert scene.trackers() == ["Mentorship: alice with ganeshrn"]
    run = scene.run()
    assert (summaries(run), notices(run)) == ([], [])
    assert scene.stage(number) == "needs-answer"


def test_one_whose_turn_it_is_while_it_is_locked_is_asked_about_later(scene: Scene) -> None:
    first, locked = scene.joins("alice"), scene.joins("bob")
    scene.run()
    scene.person(OWNER).lock(locked)
    scene.person("alice").close_pull(first)
    scene.run()
    assert left_alone(scene, locked)
    assert scene.stage(locked) == "waitlisted"
    scene.person(OWNER).unlock(locked)
    scene.run()
    assert scene.stage(locked) == "needs-answer"


def test_one_that_was_closed_and_locked_is_settled(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.person("alice").close_pull(number)
    scene.person(OWNER).lock(number)
    scene.run()
    assert summaries(scene.run()) == []
    assert len(scene.bot_comments(number)) == 1


def test_a_locked_application_costs_one_request(scene: Scene) -> None:
    scene.run()
    idle = scene.run().requests
    number = scene.joins("alice")
    scene.person(OWNER).lock(number)
    assert scene.run().requests <= idle + 1


def test_one_that_is_locked_in_the_middle_of_a_run_is_left_to_the_next(scene: Scene) -> None:
    number = scene.joins("alice")
    carry_out = scene.begins()
    scene.person(OWNER).lock(number)
    assert carry_out().error is None
    assert left_alone(scene, number)


def test_a_locked_tracker_is_kept_up_to_date(scene: Scene) -> None:
    scene.has("alice")
    scene.person(OWNER).lock(1)
    scene.has("alice", goals="[Another one]")
    assert "Another one" in scene.repository.issues[1].body
    assert summaries(scene.run()) == []
