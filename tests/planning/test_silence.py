"""Silence, both ways: who is asked and when, what suspends it, and what ends it at once."""

from datetime import timedelta
from typing import Any

import pytest

from mentorship_action.domain.record import Status
from mentorship_action.forge.protocol import Edit
from tests.builders import World, meeting, moment, program, record, span, summaries, world

HEARD = "haven't heard from you"
TO_MENTOR = "@ssbarnea, could you write to `octocat`"
TO_COORDINATOR = "@rosa, could you look in here"
LADDER = (HEARD, TO_MENTOR, TO_COORDINATOR)


def begun(**changes: Any) -> World:
    """Return a pair in its first week, whose check-in is filed on a Tuesday."""
    play = world(record(meeting=meeting("wed"), **changes), program=program(coordinators=("rosa",)))
    play.run()
    return week(play, 1)


def week(play: World, number: int) -> World:
    """Play the run that files the check-in of a week."""
    play.now = moment("2026-12-01 09:00") + timedelta(weeks=number)
    play.run()
    return play


def newest(play: World) -> str:
    return play.repository.issues[max(play.repository.issues)].body


def told(play: World) -> str:
    """Return which side the newest check-in asks, if any."""
    return next((one for one in LADDER if one in newest(play)), "")


def said_in(play: World, *weeks: int) -> list[str]:
    return [told(week(play, number)) for number in weeks]


def changes(play: World, **what: Any) -> None:
    play.with_records(record(meeting=meeting("wed"), **what))
    play.run()


def says(play: World, login: str, text: str, number: int = 0) -> None:
    play.now += timedelta(hours=1)
    play.repository.view(login).create_comment(number or max(play.repository.issues), text)


def test_each_side_is_asked_once_for_one_silence() -> None:
    assert said_in(begun(), *range(2, 9)) == ["", *LADDER, "", "", ""]


def test_a_pause_suspends_the_count_and_does_not_reset_it() -> None:
    play = begun()
    assert said_in(play, 2) == [""]
    changes(play, status=Status.PAUSED)
    before = len(play.repository.issues)
    week(play, 3)
    week(play, 4)
    assert len(play.repository.issues) == before
    changes(play)
    assert told(play) == HEARD
    assert said_in(play, 5, 6) == [TO_MENTOR, TO_COORDINATOR]


def test_time_away_suspends_the_count_and_does_not_reset_it() -> None:
    play = begun()
    assert said_in(play, 2, 3) == ["", HEARD]
    changes(play, away=(span("2026-12-28", "2027-01-10"),))
    assert said_in(play, 4, 5) == [HEARD, HEARD], "no check-in was filed"
    assert said_in(play, 6, 7) == [TO_MENTOR, TO_COORDINATOR]


def test_runs_that_are_lost_for_weeks_ask_nobody_twice() -> None:
    play = begun()
    assert said_in(play, 2, 4, 6, 8) == ["", *LADDER]
    assert said_in(play, 10, 12, 14) == ["", "", ""]


def test_whoever_speaks_is_asked_nothing_from_then_on_and_may_be_silent_again() -> None:
    play = begun()
    assert said_in(play, 2, 3) == ["", HEARD]
    says(play, "octocat", "I was ill.")
    assert said_in(play, 4, 5, 6, 7) == ["", "", HEARD, TO_MENTOR]


@pytest.mark.parametrize("number", [1, 2])
def test_a_comment_on_the_tracker_or_an_old_check_in_is_a_sign_as_well(number: int) -> None:
    play = begun()
    for later in range(2, 8):
        week(play, later)
    says(play, "octocat", "Still here.", number)
    assert said_in(play, 8) == [""]


def test_a_comment_that_is_gone_is_no_sign() -> None:
    play = begun()
    week(play, 2)
    says(play, "octocat", "Oops")
    said = play.repository.comments[max(play.repository.issues)][-1]
    play.repository.view("octocat").delete_comment(said.id)
    assert said_in(play, 3) == [HEARD]


def test_items_come_along_over_a_pause_of_many_weeks() -> None:
    play = begun()
    says(play, "octocat", "- [ ] Read the guide")
    changes(play, status=Status.PAUSED)
    week(play, 9)
    changes(play)
    assert newest(play).count("- [ ] Read the guide <sub>2nd week</sub>") == 1


def test_items_that_come_too_late_for_a_check_in_come_along_to_the_next() -> None:
    play = begun()
    week(play, 2)
    says(play, "octocat", "- [ ] Sent by email", 2)
    assert newest(week(play, 3)).count("- [ ] Sent by email <sub>2nd week</sub>") == 1
    assert newest(week(play, 4)).count("- [ ] Sent by email <sub>3rd week</sub>") == 1


def test_a_silent_mentor_is_shown_the_question_then_others_once_each() -> None:
    play = begun()
    says(play, "octocat", "Is the linker always red?")
    asked = [newest(week(play, number)).partition("2026. ")[2][:30] for number in range(2, 6)]
    assert [one.partition(",")[0] for one in asked[:2]] == ["@ssbarnea", "@rosa"]
    assert asked[2:] == ["", ""]
    assert "asked something" in newest(play)


def test_without_coordinators_a_silent_lead_is_not_asked_to_help_out() -> None:
    play = begun()
    play.program = program(coordinators=())
    says(play, "octocat", "/stuck")
    week(play, 2)
    body = newest(week(play, 3))
    assert "asked something" in body
    assert "can you answer" not in body


def test_a_silent_mentee_of_a_program_without_coordinators_is_told_to_the_lead() -> None:
    play = begun()
    play.program = program(coordinators=())
    assert said_in(play, 2, 3, 4) == ["", HEARD, TO_MENTOR]
    assert "@ssbarnea, could you look in here" in newest(week(play, 5))


def test_an_old_comment_that_is_edited_is_not_answered_again() -> None:
    play = begun()
    says(play, "octocat", "/help", 1)
    play.run()
    answered = play.repository.comments[1]
    week(play, 4)
    play.repository.view("octocat").edit_comment(answered[0].id, "/pause")
    assert summaries(play.run()) == []


def test_an_old_check_in_that_is_opened_again_is_no_sign() -> None:
    play = begun()
    week(play, 2)
    view = play.repository.view("ssbarnea")
    view.edit_issue(2, Edit(state="open"))
    play.run()
    assert said_in(play, 3) == [HEARD]
