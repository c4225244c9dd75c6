"""A check-in hands on what those before it left: items, questions, and who has been quiet."""

from datetime import timedelta

import pytest

from mentorship_action.domain.program import MentorRole, NamedMentor
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.protocol import Edit, Unreachable
from tests.builders import World, meeting, mentor, program, record, span, world

WEEKS = [
    "2026-12-08 09:00",
    "2026-12-15 09:00",
    "2026-12-22 09:00",
    "2026-12-29 09:00",
    "2027-01-05 09:00",
    "2027-01-12 09:00",
]


@pytest.fixture
def pair() -> World:
    """A pair in the first week; its check-in is #2."""
    play = world(record(meeting=meeting("wed")), program=program(coordinators=("rosa",)))
    play.run()
    play.at(WEEKS[0]).run()
    return play


def say(play: World, login: str, text: str, number: int = 0) -> None:
    """Comment on the newest check-in, or an issue, an hour after the last thing that happened."""
    play.now += timedelta(hours=1)
    play.repository.view(login).create_comment(number or max(play.repository.issues), text)


def newest(play: World) -> Issue:
    return play.repository.issues[max(play.repository.issues)]


def week(play: World, number: int) -> str:
    """Play the run of a week and return its check-in's text."""
    run = play.at(WEEKS[number - 1]).run()
    assert run.report.error is None
    assert f"Week {number} of" in newest(play).title
    return newest(play).body


def test_open_items_come_along_with_their_age_and_done_ones_stay(pair: World) -> None:
    say(pair, "octocat", "- [ ] Read the guide\n- [x] Say hello")
    second = week(pair, 2)
    assert "- [ ] Read the guide <sub>2nd week</sub>" in second
    assert "Say hello" not in second
    assert "- [ ] Read the guide <sub>3rd week</sub>" in week(pair, 3)
    assert "<sub>4th week: make it smaller, or drop it?</sub>" in week(pair, 4)


def test_items_of_people_outside_the_mentorship_stay_where_they_are(pair: World) -> None:
    say(pair, "mallory", "- [ ] Buy my book")
    say(pair, "ssbarnea", "- [ ] Show the debugger")
    second = week(pair, 2)
    assert "Buy my book" not in second
    assert "- [ ] Show the debugger <sub>" in second


def test_items_written_into_the_issue_come_along_also_when_it_was_closed_early(
    pair: World,
) -> None:
    body = f"{pair.repository.issues[2].body}\n- [ ] Typed by the mentor"
    pair.repository.view("ssbarnea").edit_issue(2, Edit(body=body, state="closed"))
    assert "- [ ] Typed by the mentor <sub>2nd week" in week(pair, 2)


def test_what_is_carried_mentions_and_links_nobody(pair: World) -> None:
    say(pair, "octocat", "- [ ] Ask @linus about #1 and **this**")
    second = week(pair, 2)
    assert "@linus" not in second
    assert "Ask @\u200blinus about #\u200b1 and \\*\\*this\\*\\* <sub>" in second
    assert week(pair, 3).count("\\*\\*this\\*\\*") == 1


def test_a_check_in_waits_when_comments_cannot_be_read(pair: World) -> None:
    say(pair, "octocat", "- [ ] Read the guide")
    pair.at(WEEKS[1])
    forge = pair.repository.view(pair.bot.me().login)

    def fails(_: object) -> None:
        raise Unreachable("no answer")

    forge.list_recent_comments = fails  # type: ignore[assignment, method-assign]
    run = pair.run(forge)
    assert run.plan.changes == ()
    assert run.report.remaining == 1
    assert "- [ ] Read the guide <sub>" in week(pair, 2)


def test_the_closed_one_says_who_answered_and_what_became_of_items(pair: World) -> None:
    say(pair, "octocat", "- [ ] a\n- [x] b\n- [x] c")
    say(pair, "ssbarnea", "Well done!")
    week(pair, 2)
    closed = pair.repository.issues[2]
    assert not closed.is_open
    assert "`octocat` and `ssbarnea` answered. Items: 2 done, 1 carried over." in closed.body


def test_a_tick_that_is_made_while_we_write_stays(pair: World) -> None:
    ticked = f"{pair.repository.issues[2].body}\n- [x] just now"
    pair.at(WEEKS[1])
    forge = pair.repository.view(pair.bot.me().login)
    plain = forge.list_recent_comments

    def meanwhile(since: object) -> object:
        pair.repository.view("ssbarnea").edit_issue(2, Edit(body=ticked))
        return plain(since)  # type: ignore[arg-type]

    forge.list_recent_comments = meanwhile  # type: ignore[assignment, method-assign]
    pair.run(forge)
    closed = pair.repository.issues[2]
    assert not closed.is_open
    assert "- [x] just now" in closed.body


def test_the_next_one_links_to_the_last_and_says_why_weeks_had_none() -> None:
    play = world(record(), program=program(breaks=(span("2026-12-14", "2026-12-18", "x"),)))
    play.at("2026-12-07 09:00").run()
    play.at("2026-12-21 09:00").run()
    assert "Tracker: #1, last check-in: #2." in newest(play).body
    assert "There was no check-in since the last one: program break." in newest(play).body


def test_the_last_two_weeks_say_when_it_ends(pair: World) -> None:
    pair.with_records(record(meeting=meeting("wed"), weeks=4))
    assert "The end is near" not in week(pair, 2)
    assert "your last day is Sunday 3 January 2027" in week(pair, 3)


def tick(play: World, login: str, place: int) -> None:
    """Tick the box at a place, from 1, of the tracker."""
    head, *rest = play.repository.issues[1].body.split("- [ ]")
    body = head + "".join(
        ("- [x]" if at == place else "- [ ]") + part for at, part in enumerate(rest, 1)
    )
    play.repository.view(login).edit_issue(1, Edit(body=body))


def test_progress_counts_what_is_ticked_in_the_tracker_and_in_a_list_of_ones_own(
    pair: World,
) -> None:
    assert "Checklist" not in week(pair, 1)
    tick(pair, "ssbarnea", 1)
    say(pair, "octocat", "/checklist", 1)
    pair.run()
    own = pair.repository.comments[1][-1]
    view = pair.repository.view("octocat")
    view.edit_comment(own.id, own.body.replace("- [ ]", "- [x]", 2))
    assert "last check-in: #2. Checklist: 3 of 8." in week(pair, 2)
    # Long after the list was written nobody reads it again, and it still counts.
    for number in range(3, 7):
        week(pair, number)
    pair.at("2027-01-26 09:00").run()
    assert "Checklist: 3 of 8." in newest(pair).body
    view.edit_comment(own.id, own.body)
    pair.at("2027-02-02 09:00").run()
    assert "Checklist: 1 of 8." in newest(pair).body


def test_what_was_asked_before_the_first_check_in_is_in_it() -> None:
    play = world(record(meeting=meeting("wed")))
    play.run()
    say(play, "octocat", "Which channel do I join?", 1)
    play.at(WEEKS[0]).run()
    assert "**Still open:** `octocat` asked something in #1" in newest(play).body


@pytest.mark.parametrize(
    ("every", "days", "says"),
    [
        (2, ["2027-02-23", "2027-03-09", "2027-03-23"], [False, True, True]),
        (3, ["2027-02-09", "2027-03-02", "2027-03-23"], [False, True, True]),
        (8, ["2026-12-08", "2027-02-02"], [False, True]),
    ],
)
def test_rare_check_ins_say_in_time_when_it_ends(
    every: int, days: list[str], says: list[bool]
) -> None:
    play = world(record(meeting=meeting("wed"), every_weeks=every))
    play.run()
    told = []
    for day in days:
        play.at(f"{day} 09:00").run()
        told.append("your last day is Sunday 28 March 2027" in newest(play).body)
    assert told == says


HEARD = "haven't heard from you"
MENTOR = "@ssbarnea, could you write to `octocat` this week?"
COORDINATOR = "@rosa, could you look in here"


def test_a_box_ticked_in_the_tracker_is_a_sign_of_life(pair: World) -> None:
    week(pair, 2)
    week(pair, 3)
    tick(pair, "ssbarnea", 2)
    assert HEARD not in week(pair, 4)
    assert HEARD not in week(pair, 5)
    assert HEARD in week(pair, 6)


def test_a_commit_in_their_file_is_a_sign_of_life(pair: World) -> None:
    week(pair, 2)
    pair.last_changes = {"mentees/octocat.yml": pair.now + timedelta(days=2)}
    assert HEARD not in week(pair, 3)
    assert HEARD not in week(pair, 4)
    assert HEARD in week(pair, 5)


def test_without_coordinators_the_mentor_is_asked_twice(pair: World) -> None:
    pair.program = program(coordinators=())
    said = [week(pair, number) for number in range(2, 7)]
    assert ["@ssbarnea, could you" in body for body in said] == [False, False, True, True, False]


def test_silence_is_asked_about_then_told_to_the_mentor_then_once_to_coordinators(
    pair: World,
) -> None:
    said = [week(pair, number) for number in range(2, 7)]
    assert [HEARD in body for body in said] == [False, True, False, False, False]
    assert [MENTOR in body for body in said] == [False, False, True, False, False]
    assert [COORDINATOR in body for body in said] == [False, False, False, True, False]


@pytest.mark.parametrize("number", [1, 0])
def test_a_comment_on_the_tracker_or_a_check_in_ends_the_silence(pair: World, number: int) -> None:
    week(pair, 2)
    say(pair, "octocat", "Still here.", number)
    assert HEARD not in week(pair, 3)
    assert HEARD not in week(pair, 4)
    assert HEARD in week(pair, 5)


def test_closing_a_check_in_early_ends_the_silence(pair: World) -> None:
    week(pair, 2)
    pair.repository.view("ssbarnea").edit_issue(3, Edit(state="closed"))
    assert HEARD not in week(pair, 3)
    assert HEARD not in week(pair, 4)


def test_other_peoples_comments_are_no_sign_of_the_mentee(pair: World) -> None:
    week(pair, 2)
    say(pair, "ssbarnea", "Hello?")
    say(pair, "mallory", "Me!")
    assert HEARD in week(pair, 3)


def test_a_break_suspends_the_count_and_does_not_reset_it(pair: World) -> None:
    pair.program = program(breaks=(span("2026-12-21", "2026-12-27", "holidays"),))
    week(pair, 2)
    pair.at(WEEKS[2]).run()
    pair.at(WEEKS[3]).run()
    assert HEARD in newest(pair).body


def test_quiet_after_is_the_programs(pair: World) -> None:
    pair.program = program(quiet_after=4)
    assert [HEARD in week(pair, number) for number in range(2, 7)] == [*[False] * 3, True, False]


def test_an_open_question_is_shown_to_the_mentor_then_to_coordinators(pair: World) -> None:
    say(pair, "octocat", "Is the linker always red?")
    second, third, fourth = (week(pair, number) for number in (2, 3, 4))
    shown = "`octocat` asked something in #2 on Tuesday 8 December 2026."
    assert f"{shown} @ssbarnea, can you answer?" in second
    assert f"{shown} @rosa, can you answer?" in third
    assert f"{shown}\n" in fourth


def test_a_backup_is_asked_before_coordinators() -> None:
    backup = NamedMentor(login="ada", handle="ada", role=MentorRole.BACKUP)
    with_backup = program(mentors=(mentor(), mentor("ada")), coordinators=("rosa",))
    play = world(record(others=(backup,)), program=with_backup)
    play.at("2026-12-07 09:00").run()
    say(play, "octocat", "/stuck")
    play.at("2026-12-14 09:00").run()
    play.at("2026-12-21 09:00").run()
    assert "@ada, can you answer?" in newest(play).body


def test_any_word_of_a_mentor_answers(pair: World) -> None:
    say(pair, "octocat", "Is the linker always red?")
    say(pair, "ssbarnea", "No.", 1)
    assert "asked something" not in week(pair, 2)


def test_a_question_of_the_mentor_is_not_held_against_anybody(pair: World) -> None:
    say(pair, "ssbarnea", "How is it going?")
    assert "asked something" not in week(pair, 2)
