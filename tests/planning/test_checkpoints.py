"""At a checkpoint both sides are asked, and only the outcomes and their dates are shown."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentorship_action.domain.program import Checkpoint
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.record import Status
from mentorship_action.forge.protocol import Rejected
from tests.builders import World, meeting, program, record, span, summaries, world

MIDDLE = Checkpoint(name="Mid-term", week="middle")
FINAL = Checkpoint(name="Final", week="last")
FRIDAY = "2027-01-29 08:30"
"""Week 8 of 16 ends on Sunday 31 January; in Madrid it is 09:30 on the Friday before."""


def a_pair(weeks: int = 8, **changes: object) -> World:
    """A pair whose tracker is #1, played up to the check-in of a week."""
    made = program(**{"coordinators": ("rosa",), "checkpoints": (MIDDLE, FINAL), **changes})
    play = world(record(meeting=meeting("wed")), program=made)
    play.run()
    for week in range(weeks):
        play.now = play.began.replace(month=12, day=8, hour=9) + timedelta(weeks=week)
        play.run()
    return play


def say(play: World, login: str, text: str, number: int = 1) -> Comment:
    play.now += timedelta(hours=1)
    return play.repository.view(login).create_comment(number, text)


def comments(play: World, number: int = 1) -> list[Comment]:
    return [
        one
        for one in play.repository.view("anybody").list_comments(number)
        if one.author.login == play.bot.me().login
    ]


def asked(play: World) -> list[str]:
    return [one.body for one in comments(play) if "kind=checkpoint" in one.body]


def settled(play: World) -> None:
    """Run once, and see that the next run has nothing to do."""
    run = play.run()
    assert run.report.error is None
    play.now += timedelta(minutes=15)
    assert summaries(play.run()) == []


def test_both_sides_are_asked_on_the_friday_before_and_not_again() -> None:
    play = a_pair()
    settled(play.at("2027-01-29 07:30"))
    assert asked(play) == []
    settled(play.at(FRIDAY))
    (body,) = asked(play)
    assert body.startswith(
        "<!-- mentorship v1 kind=checkpoint mentee=octocat period=mid-term-middle -->"
    )
    assert "@octocat, three questions" in body
    assert "@ssbarnea, three questions" in body
    settled(play.at("2027-02-02 10:00"))
    assert len(asked(play)) == 1


def test_each_side_says_its_own_outcome_and_the_comment_shows_that_alone() -> None:
    play = a_pair()
    settled(play.at(FRIDAY))
    said = say(play, "octocat", "We never meet.\n/continue")
    settled(play)
    (body,) = asked(play)
    assert "- `octocat`: **continue**, Friday 29 January 2027" in body
    assert f"outcomes=octocat:continue:c{said.id}:2027-01-29" in body
    assert "@octocat, three" not in body
    assert "@ssbarnea, three questions" in body
    assert "never meet" not in body
    play.at("2027-02-01 10:00")
    say(play, "ssbarnea", "/extend 4")
    settled(play)
    (body,) = asked(play)
    assert "- `ssbarnea`: **extend**, Monday 1 February 2027" in body
    assert "All of you have answered" in body
    assert "three questions" not in body


def test_what_somebody_says_last_counts_while_it_is_open() -> None:
    play = a_pair()
    settled(play.at(FRIDAY))
    say(play, "octocat", "/continue")
    settled(play)
    say(play, "octocat", "/finish", number=9)
    settled(play)
    assert "- `octocat`: **finish**" in asked(play)[0]


@pytest.mark.parametrize(
    ("who", "text"),
    [
        ("mallory", "/continue"),
        ("octocat", "/extend 4"),
        ("octocat", "> /continue"),
        ("ganeshrn", "/finish"),
    ],
)
def test_what_is_not_theirs_to_say_is_no_outcome(who: str, text: str) -> None:
    play = a_pair()
    settled(play.at(FRIDAY))
    before = asked(play)
    say(play, who, text)
    settled(play)
    assert asked(play) == before


def test_a_coordinator_speaks_for_the_mentee_or_whom_they_name() -> None:
    play = a_pair()
    settled(play.at(FRIDAY))
    say(play, "rosa", "/continue")
    say(play, "rosa", "/finish for @ssbarnea")
    settled(play)
    assert "- `octocat`: **continue**" in asked(play)[0]
    assert "- `ssbarnea`: **finish**" in asked(play)[0]


def test_what_was_said_before_the_question_or_after_both_answered_changes_nothing() -> None:
    play = a_pair()
    say(play.at("2027-01-29 05:00"), "octocat", "/finish")
    settled(play.at(FRIDAY))
    assert "**finish**" not in asked(play)[0]
    say(play, "octocat", "/continue")
    say(play, "ssbarnea", "/continue")
    settled(play)
    before = asked(play)
    say(play, "ssbarnea", "/extend 2")
    settled(play)
    assert asked(play) == before


def test_an_edited_answer_is_none() -> None:
    play = a_pair()
    settled(play.at(FRIDAY))
    said = say(play, "octocat", "well")
    play.now += timedelta(minutes=1)
    play.repository.view("octocat").edit_comment(said.id, "/continue")
    settled(play)
    assert "@octocat, three questions" in asked(play)[0]


def test_after_lost_runs_only_the_newest_is_asked_and_not_at_the_weekend() -> None:
    early = Checkpoint(name="First", week=7)
    play = a_pair(weeks=7, checkpoints=(early, MIDDLE))
    settled(play.at("2027-01-30 10:00"))
    settled(play.at("2027-01-31 10:00"))
    assert asked(play) == []
    settled(play.at("2027-02-01 10:00"))
    assert ["period=mid-term-middle" in one for one in asked(play)] == [True]


def test_nobody_is_asked_in_a_break_or_while_paused() -> None:
    play = a_pair()
    play.program = replace(play.program, breaks=(span("2027-01-29", "2027-01-29"),))
    settled(play.at(FRIDAY))
    assert asked(play) == []
    play.with_records(record(meeting=meeting("wed"), status=Status.PAUSED))
    settled(play.at("2027-02-02 10:00"))
    assert asked(play) == []
    play.with_records(record(meeting=meeting("wed")))
    settled(play.at("2027-02-03 10:00"))
    assert len(asked(play)) == 1


def test_an_extension_asks_again_at_the_new_last_day() -> None:
    play = a_pair(checkpoints=(FINAL,))
    play.with_records(record(meeting=meeting("wed"), weeks=8))
    settled(play.at(FRIDAY))
    assert "period=final-8" in asked(play)[0]
    say(play, "ssbarnea", "/extend 2")
    play.with_records(record(meeting=meeting("wed"), weeks=10))
    settled(play)
    settled(play.at("2027-02-11 10:00"))
    assert len(asked(play)) == 1
    settled(play.at("2027-02-12 10:00"))
    assert "period=final-10" in asked(play)[1]


def answers(play: World) -> list[str]:
    return [one.body.split("\n")[1] for one in comments(play) if "kind=answer" in one.body]


def test_advice_tells_the_coordinators_once_without_a_reason() -> None:
    play = a_pair()
    settled(play.at(FRIDAY))
    say(play, "octocat", "My mentor shouts.\n/advice")
    settled(play)
    say(play, "ssbarnea", "/advice")
    settled(play)
    assert answers(play) == [
        "@octocat, noted. @rosa, advice is wanted here: please get in touch in private.",
        "@ssbarnea, noted. Whoever can help knows already.",
    ]
    assert "shouts" not in "".join(one.body for one in comments(play))


def test_advice_is_for_any_time() -> None:
    play = a_pair()
    say(play, "octocat", "/advice")
    settled(play)
    assert "@rosa, advice is wanted here" in answers(play)[0]


def test_who_answers_a_checkpoint_is_told_so_and_who_has_none_as_well() -> None:
    play = a_pair()
    say(play, "octocat", "/continue")
    settled(play)
    settled(play.at(FRIDAY))
    say(play, "octocat", "/continue")
    settled(play)
    assert answers(play) == [
        "@octocat, there is no open checkpoint here. Say it when I ask at the next one.",
        "@octocat, noted. That is the outcome for your side, until you say another one.",
    ]


def test_private_matters_go_to_the_private_contact_else_to_the_coordinators() -> None:
    play = a_pair(private_contact="https://example.org/private")
    settled(play.at(FRIDAY))
    assert "Write to the [private contact](<https://example.org/private>)" in asked(play)[0]
    play = a_pair()
    settled(play.at(FRIDAY))
    assert "Write to `rosa` in private" in asked(play)[0]


def test_an_open_checkpoint_is_named_by_the_next_check_in_alone() -> None:
    play = a_pair()
    settled(play.at(FRIDAY))
    for day, told in (("2027-02-02", True), ("2027-02-09", False), ("2027-02-16", False)):
        settled(play.at(f"{day} 10:00"))
        newest = play.repository.issues[max(play.repository.issues)]
        assert ("**A checkpoint is open** in #1" in newest.body) is told


def test_an_answered_checkpoint_is_not_named() -> None:
    play = a_pair()
    settled(play.at(FRIDAY))
    say(play, "octocat", "/continue")
    say(play, "ssbarnea", "/continue")
    settled(play)
    settled(play.at("2027-02-02 10:00"))
    newest = play.repository.issues[max(play.repository.issues)]
    assert "A checkpoint is open" not in newest.body


def test_nothing_due_costs_no_request_for_comments() -> None:
    play = a_pair()
    settled(play.at(FRIDAY))
    settled(play.at("2027-02-05 20:00"))
    assert play.run().requests == 2


def test_a_run_that_stops_after_the_comment_is_taken_up_by_the_next() -> None:
    play = a_pair()
    play.at(FRIDAY)
    forge = play.repository.view(play.bot.me().login)

    def fails(*_: object) -> None:
        raise RuntimeError

    forge.edit_issue = fails  # type: ignore[assignment, method-assign]
    with pytest.raises(RuntimeError):
        play.run(forge)
    assert len(asked(play)) == 1
    play.now += timedelta(minutes=15)
    settled(play)
    assert len(asked(play)) == 1


def test_a_comment_that_fails_is_asked_by_a_later_run() -> None:
    play = a_pair()
    play.at(FRIDAY)
    forge = play.repository.view(play.bot.me().login)

    def fails(*_: object) -> None:
        raise Rejected("no")

    forge.create_comment = fails  # type: ignore[assignment, method-assign]
    assert play.run(forge).report.remaining == 2
    settled(play)
    assert len(asked(play)) == 1


def test_what_is_said_about_the_last_one_after_the_end_is_shown_as_well() -> None:
    play = a_pair(checkpoints=(FINAL,))
    play.with_records(record(meeting=meeting("wed"), weeks=8))
    settled(play.at(FRIDAY))
    settled(play.at("2027-02-01 10:00"))
    assert not play.repository.issues[1].is_open
    say(play, "octocat", "/finish")
    settled(play)
    assert "- `octocat`: **finish**, Monday 1 February 2027" in asked(play)[0]
    play.now += timedelta(days=8)
    settled(play)
    assert "- `octocat`: **finish**" in asked(play)[0]
