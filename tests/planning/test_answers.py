"""What a mentor says in the wrong place gets one kind answer, and a no is not asked for twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.applications import Scene
from tests.builders import summaries

AGAIN = "Please comment once more."


@pytest.fixture
def scene() -> Scene:
    return Scene()


def asked(scene: Scene, **changes: object) -> int:
    number = scene.joins("ada", **changes)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    return number


def edits(scene: Scene, login: str, number: int, comment: int, body: str) -> None:
    scene.tick()
    scene.person(login).edit_comment(comment, body)
    # GitHub doesn't say that this moves the pull request's date.
    pull = scene.pull(number)
    shown = min(pull.updated, scene.bot_comments(number)[0].updated)
    scene.repository.put(replace(pull, updated=shown))


@pytest.mark.parametrize("seen_before", [False, True])
def test_an_answer_edited_into_a_comment_is_asked_for_anew_once(
    scene: Scene, *, seen_before: bool
) -> None:
    number = asked(scene)
    said = scene.says("ganeshrn", number, "/acept")
    if seen_before:
        scene.run()
    (before,) = scene.bot_comments(number)
    edits(scene, "ganeshrn", number, said.id, "/accept")

    scene.run()

    assert scene.stage(number) == "needs-answer"
    assert "@ganeshrn, I saw your answer in an edited comment or in a review" in (
        scene.bot_comment(number)
    )
    (after,) = scene.bot_comments(number)
    assert after.id != before.id, "a new comment, so that the mentor is told"
    assert summaries(scene.run()) == []
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"
    assert AGAIN not in scene.bot_comment(number)


def test_a_yes_no_longer_counts_once_its_comment_is_edited(scene: Scene) -> None:
    number = asked(scene)
    said = scene.says("ganeshrn", number, "/accept")
    scene.run()
    edits(scene, "ganeshrn", number, said.id, "/accept\n\nLooking forward to it!")

    scene.run()

    assert scene.stage(number) == "needs-answer"
    assert AGAIN in scene.bot_comment(number)
    assert summaries(scene.run()) == []


def test_a_yes_no_longer_counts_once_its_comment_is_deleted(scene: Scene) -> None:
    number = asked(scene)
    said = scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.tick()
    scene.person("ganeshrn").delete_comment(said.id)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []


def test_an_edit_by_somebody_else_is_nobodys_answer(scene: Scene) -> None:
    number = asked(scene)
    said = scene.says("eve", number, "Hello")
    scene.run()
    edits(scene, "eve", number, said.id, "/accept")

    assert summaries(scene.run()) == []
    assert scene.stage(number) == "needs-answer"


@pytest.mark.parametrize("command", ["/accept", "/decline"])
def test_an_answer_in_a_review_that_approves_nothing_is_asked_for_anew(
    scene: Scene, command: str
) -> None:
    number = asked(scene)
    scene.tick()
    scene.person("ganeshrn").review(number, approves=False, body=f"{command}\nSome words")

    scene.run()

    assert scene.stage(number) == "needs-answer"
    assert AGAIN in scene.bot_comment(number)
    assert summaries(scene.run()) == []


def test_a_review_without_an_answer_is_left_without_a_word(scene: Scene) -> None:
    number = asked(scene)
    scene.tick()
    scene.person("ganeshrn").review(number, approves=False, body="A fine file.")

    scene.run()

    assert AGAIN not in scene.bot_comment(number)


def test_who_said_no_is_not_asked_again_after_another_mentor_was(scene: Scene) -> None:
    number = asked(scene)
    scene.says("ganeshrn", number, "/decline")
    scene.run()
    scene.pushes(number, mentor="ssbarnea")
    scene.run()
    assert scene.stage(number) == "needs-answer"

    scene.pushes(number, mentor="ganeshrn")
    scene.run()

    assert scene.stage(number) == "declined"
    assert summaries(scene.run()) == []


def test_who_said_no_may_still_say_yes(scene: Scene) -> None:
    number = asked(scene)
    scene.says("ganeshrn", number, "/decline")
    scene.run()
    scene.pushes(number, mentor="ssbarnea")
    scene.run()
    scene.pushes(number, mentor="ganeshrn")
    scene.run()

    scene.says("ganeshrn", number, "/accept")
    scene.run()

    assert scene.stage(number) == "ready"


def test_a_yes_counts_again_when_the_file_comes_back_to_what_it_was_about(scene: Scene) -> None:
    number = asked(scene)
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.pushes(number, mentor="ssbarnea")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    scene.pushes(number, mentor="ganeshrn")
    scene.run()
    assert scene.stage(number) == "ready"


def test_a_seat_that_somebody_is_asked_about_is_not_offered_to_another(scene: Scene) -> None:
    other = scene.joins("bob", mentor="ganeshrn")
    scene.run()
    assert scene.stage(other) == "needs-answer"
    number = scene.joins("ada", mentor="ssbarnea")
    scene.run()

    scene.says("ssbarnea", number, "/decline")
    scene.run()

    assert "No other mentor has a free seat" in scene.bot_comment(number)


def cost(scene: Scene) -> int:
    """Return how many requests a run takes that finds no news."""
    before = scene.bot.requests
    assert summaries(scene.run()) == []
    return scene.bot.requests - before


def test_where_moments_are_finer_than_seconds_an_edited_answer_is_no_news_for_ever(
    scene: Scene,
) -> None:
    scene.now += timedelta(microseconds=743_000)
    number = asked(scene)
    quiet = cost(scene)
    said = scene.says("ganeshrn", number, "/acept")
    edits(scene, "ganeshrn", number, said.id, "/accept")

    scene.run()

    assert AGAIN in scene.bot_comment(number)
    assert cost(scene) == quiet
