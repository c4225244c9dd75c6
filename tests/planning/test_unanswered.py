"""A mentor who doesn't answer is reminded once; in the end others are offered, and it is told."""

from datetime import timedelta

from mentorship_action.domain.program import Mentor
from tests.applications import Scene
from tests.builders import mentor, moment, program, span

ASKED = moment("2026-12-01 08:00")
"""A Tuesday; with seven days to answer, half of it has passed on Friday evening."""


def a_scene(**changes: object) -> Scene:
    """A program of which octocat's mentor is in Kolkata, and another one has a free seat."""
    mentors: tuple[Mentor, ...] = (
        mentor("ganeshrn", zone="Asia/Kolkata"),
        mentor("cidrblock", focus=("linting",)),
    )
    made = program(**{"mentors": mentors, "coordinators": ("rosa",), "zone": "Etc/UTC", **changes})
    return Scene(program=made, now=ASKED)


def said(scene: Scene, number: int, at: str) -> tuple[int, str]:
    """Run at a moment, see that the next run has nothing to do; return the comment."""
    scene.now = moment(at)
    scene.run()
    scene.now += timedelta(minutes=15)
    assert scene.run().plan.changes == ()
    (comment,) = scene.bot_comments(number)
    return comment.id, comment.body


def test_the_mentor_is_reminded_once_at_half_of_the_time_and_not_at_their_weekend() -> None:
    scene = a_scene()
    number = scene.joins("octocat")
    first, body = said(scene, number, "2026-12-01 08:10")
    assert "reminder" not in body
    # Half of seven days has passed on Friday, when it is Saturday in Kolkata.
    assert said(scene, number, "2026-12-04 20:30")[0] == first
    assert said(scene, number, "2026-12-06 18:00")[0] == first
    second, body = said(scene, number, "2026-12-06 18:45")
    assert second > first
    assert "A kind reminder, @ganeshrn: `octocat` still waits for your answer." in body
    assert said(scene, number, "2026-12-07 18:00")[0] == second


def test_in_the_end_others_are_offered_and_the_coordinators_told_once() -> None:
    scene = a_scene()
    number = scene.joins("octocat")
    said(scene, number, "2026-12-01 08:10")
    reminded, _ = said(scene, number, "2026-12-07 08:00")
    last, body = said(scene, number, "2026-12-08 08:30")
    assert last > reminded
    assert "@octocat, `ganeshrn` has not answered yet" in body
    assert "- `cidrblock`, focus in common: linting" in body
    assert "@rosa, could you find out" in body
    assert "@ganeshrn" not in body
    assert said(scene, number, "2026-12-20 08:00")[0] == last
    scene.says("ganeshrn", number, "/accept")
    assert "You're all set" in said(scene, number, "2026-12-21 08:00")[1]


def test_lost_runs_give_the_last_reminder_alone_and_on_a_workday() -> None:
    scene = a_scene()
    number = scene.joins("octocat")
    first, _ = said(scene, number, "2026-12-01 08:10")
    assert said(scene, number, "2026-12-12 08:00")[0] == first
    _, body = said(scene, number, "2026-12-14 08:00")
    assert "has not answered yet" in body
    assert "A kind reminder" not in body


def test_who_has_answered_is_not_reminded() -> None:
    scene = a_scene()
    number = scene.joins("octocat")
    said(scene, number, "2026-12-01 08:10")
    scene.says("ganeshrn", number, "/accept")
    ready, body = said(scene, number, "2026-12-02 08:00")
    assert "You're all set" in body
    assert said(scene, number, "2026-12-07 08:00")[0] == ready


def test_another_mentor_gets_the_whole_time() -> None:
    scene = a_scene()
    number = scene.joins("octocat")
    said(scene, number, "2026-12-01 08:10")
    said(scene, number, "2026-12-08 08:30")
    scene.pushes(number, mentor="cidrblock")
    other, body = said(scene, number, "2026-12-09 08:00")
    assert "**@cidrblock, will you mentor @octocat" in body
    assert said(scene, number, "2026-12-11 08:00")[0] == other
    assert "A kind reminder, @cidrblock" in said(scene, number, "2026-12-14 08:00")[1]


def test_a_change_of_a_mentorship_offers_nobody_else() -> None:
    scene = a_scene()
    number = scene.joins("octocat")
    said(scene, number, "2026-12-01 08:10")
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.merges(number)
    scene.run()
    change = scene.joins("octocat", weeks=20)
    said(scene, change, "2026-12-02 08:00")
    _, body = said(scene, change, "2026-12-09 08:30")
    assert "has not answered yet" in body
    assert "cidrblock" not in body


def test_when_the_seat_goes_on_to_who_waits_it_is_told_once_and_not_at_the_weekend() -> None:
    mentors = (mentor("ganeshrn", capacity=1), mentor("cidrblock", focus=("linting",)))
    scene = a_scene(mentors=mentors, answer_days=4)
    first, second = scene.joins("octocat"), scene.joins("hubot")
    said(scene, first, "2026-12-01 08:10")
    before, _ = said(scene, first, "2026-12-04 08:00")
    same, body = said(scene, first, "2026-12-05 08:30")
    assert same == before
    assert "number 1 on the waitlist" in body
    assert "will you mentor @hubot" in scene.bot_comment(second)
    last, body = said(scene, first, "2026-12-07 08:30")
    assert last > before
    assert "`ganeshrn` has not answered in time" in body
    assert "- `cidrblock`, focus in common: linting" in body
    assert "@rosa, could you find out what keeps `ganeshrn`?" in body
    assert said(scene, first, "2026-12-08 07:00")[0] == last


def test_a_reminder_is_left_out_when_the_last_one_is_a_day_away() -> None:
    scene = a_scene()
    number = scene.joins("octocat")
    first, _ = said(scene, number, "2026-12-01 08:10")
    assert said(scene, number, "2026-12-07 08:30")[0] == first
    assert "has not answered yet" in said(scene, number, "2026-12-08 08:30")[1]


def test_with_a_day_to_answer_the_mentor_is_reminded_after_half_of_it() -> None:
    scene = a_scene(answer_days=1)
    number = scene.joins("octocat")
    said(scene, number, "2026-12-01 08:10")
    assert "A kind reminder" in said(scene, number, "2026-12-01 21:00")[1]


def test_nobody_is_reminded_in_a_break() -> None:
    scene = a_scene(breaks=(span("2026-12-04", "2026-12-13"),))
    number = scene.joins("octocat")
    first, _ = said(scene, number, "2026-12-01 08:10")
    assert said(scene, number, "2026-12-07 08:00")[0] == first
    assert said(scene, number, "2026-12-09 08:00")[0] == first
    last, body = said(scene, number, "2026-12-14 08:00")
    assert last > first
    assert "has not answered yet" in body
