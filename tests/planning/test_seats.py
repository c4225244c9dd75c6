"""Once a quarter mentors are asked on the dashboard whether their seats still hold."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentorship_action.domain.program import CommandWay
from mentorship_action.forge.protocol import Edit
from mentorship_action.planning.registry import POLICIES
from mentorship_action.planning.seats import kept_answers
from tests.applications import Scene
from tests.builders import mentor, moment, program, span, summaries
from tests.planning.test_dashboard import dashboard, section

PROGRAM_FILE = b"""\
version: 1
program: {name: Example Mentorship}
mentors:
  - {github: ada, capacity: 2}
  - {github: grace, capacity: 3}
  - {github: linus, capacity: 1}
"""
PEOPLE = (mentor("ada"), mentor("grace", capacity=3), mentor("linus", capacity=1))
DUE = "2027-03-02 09:30"
"""A Tuesday, a quarter after the dashboard was opened."""


def begun(**changes: Any) -> Scene:
    """A pair, octocat with ada, and its dashboard, since 1 December 2026."""
    the_program = program(coordinators=("rosa",), mentors=PEOPLE)
    scene = Scene(policies=POLICIES, program=replace(the_program, **changes))
    scene.repository.branches.put({".github/mentorship.yml": PROGRAM_FILE})
    scene.has("octocat", mentor="ada", start="2026-12-07", weeks=40)
    at(scene, "2026-12-01 09:00")
    return scene


@pytest.fixture
def scene() -> Scene:
    return begun()


def at(scene: Scene, text: str) -> None:
    scene.now = moment(text)
    scene.run()


def asked(scene: Scene) -> Scene:
    at(scene, DUE)
    return scene


def questions(scene: Scene) -> list[str]:
    said = scene.repository.comments.get(dashboard(scene).number, ())
    return [one.body for one in said if "kind=seats" in one.body]


def answers(scene: Scene) -> list[str]:
    said = scene.repository.comments.get(dashboard(scene).number, ())
    return [one.body for one in said if "kind=answer" in one.body]


def say(scene: Scene, login: str, text: str) -> None:
    scene.says(login, dashboard(scene).number, text)
    scene.run()
    assert summaries(scene.run()) == []


def known(scene: Scene, login: str) -> str:
    found = kept_answers(dashboard(scene)).get(login)
    return f"{found.on}:{found.said}" if found else ""


def free(scene: Scene, login: str) -> str:
    (row,) = (line for line in section(scene).split("\n") if line.startswith(f"| `{login}` |"))
    return row.split(" | ")[3]


def test_nobody_is_asked_before_a_quarter_has_passed(scene: Scene) -> None:
    at(scene, "2027-03-01 20:00")
    assert questions(scene) == []


def test_all_who_are_due_are_asked_by_one_comment_and_once(scene: Scene) -> None:
    asked(scene)
    (question,) = questions(scene)
    assert "@ada, @grace and @linus, can you still take this many" in question
    assert "| `ada` | 2 | 1 |" in question
    assert summaries(scene.run()) == []
    at(scene, "2027-05-31 12:00")
    assert len(questions(scene)) == 1


def test_where_it_is_still_sunday_they_are_asked_on_the_day_after(scene: Scene) -> None:
    west = replace(PEOPLE[1], zone="America/Los_Angeles")
    scene.program = replace(scene.program, mentors=(PEOPLE[0], west, PEOPLE[2]))
    at(scene, "2027-03-08 00:17")
    assert "@ada and @linus, can" in questions(scene)[0]
    at(scene, "2027-03-08 12:17")
    assert len(questions(scene)) == 1
    at(scene, "2027-03-09 00:17")
    assert "@grace, can" in questions(scene)[1]


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({}, "2027-03-06 12:00"),
        ({"breaks": (span("2027-03-01", "2027-03-05"),)}, DUE),
        ({"mentors": tuple(replace(one, capacity=0) for one in PEOPLE)}, DUE),
        (
            {
                "mentors": tuple(
                    replace(one, away=(span("2027-03-01", "2027-03-05"),)) for one in PEOPLE
                )
            },
            DUE,
        ),
    ],
    ids=["weekend", "break", "no seats", "away"],
)
def test_nobody_is_asked_on_days_off_or_without_seats(changes: Any, day: str) -> None:
    scene = begun(**changes)
    at(scene, day)
    assert questions(scene) == []


def test_after_a_break_it_is_asked_on_the_first_workday() -> None:
    scene = begun(breaks=(span("2027-03-01", "2027-03-05"),))
    asked(scene)
    at(scene, "2027-03-08 12:00")
    assert len(questions(scene)) == 1


def test_whoever_is_away_is_asked_later(scene: Scene) -> None:
    away = replace(PEOPLE[0], away=(span("2027-03-01", "2027-03-05"),))
    scene.program = replace(scene.program, mentors=(away, *PEOPLE[1:]))
    asked(scene)
    assert "@ada" not in questions(scene)[0]
    at(scene, "2027-03-08 12:00")
    assert questions(scene)[1].count("@") == 1
    assert "@ada," in questions(scene)[1]


def test_a_line_that_changed_within_the_quarter_needs_no_question() -> None:
    scene = begun()
    scene.mentors_changed = lambda: {"ada": date(2026, 12, 20), "linus": date(2026, 11, 1)}
    asked(scene)
    assert "@grace and @linus" in questions(scene)[0]
    at(scene, "2027-03-22 12:00")
    assert "@ada, can you" in questions(scene)[1]


def test_without_an_answer_in_time_a_mentor_is_not_offered_until_they_speak(scene: Scene) -> None:
    asked(scene)
    assert [free(scene, one) for one in ("ada", "grace", "linus")] == ["1", "3", "1"]
    at(scene, "2027-03-08 12:00")
    assert free(scene, "grace") == "3"
    at(scene, "2027-03-09 12:00")
    assert [free(scene, one) for one in ("ada", "grace", "linus")] == ["0", "0", "0"]
    assert '"free" : 0' in section(scene)
    say(scene, "grace", "Sorry, I was travelling!")
    assert [free(scene, one) for one in ("ada", "grace", "linus")] == ["0", "3", "0"]


def test_a_mentor_who_is_not_offered_is_named_to_nobody_new(scene: Scene) -> None:
    asked(scene)
    say(scene, "linus", "/yes")
    scene.now = moment("2027-03-15 12:00")
    number = scene.joins("hubot", mentor="ada", start="2027-03-22")
    scene.run()
    scene.says("ada", number, "/decline")
    scene.run()
    shown = scene.bot_comment(number)
    assert "`linus`" in shown
    assert "`grace`" not in shown


def test_yes_is_answered_and_holds_for_a_quarter(scene: Scene) -> None:
    asked(scene)
    say(scene, "ada", "/yes")
    assert (
        "@ada, noted: you can take 2 mentees at a time. I ask again in a quarter."
        in (answers(scene)[0])
    )
    assert known(scene, "ada") == "2027-03-02:yes"
    at(scene, "2027-05-31 12:00")
    assert free(scene, "ada") == "1"
    at(scene, "2027-06-01 12:00")
    assert "@ada" in questions(scene)[-1]


def test_a_yes_before_anybody_asks_counts_too(scene: Scene) -> None:
    scene.now = moment("2027-02-01 12:00")
    say(scene, "ada", "/yes")
    asked(scene)
    assert "@ada" not in questions(scene)[0]


def test_another_number_goes_the_programs_way_and_a_smaller_one_counts_at_once(
    scene: Scene,
) -> None:
    asked(scene)
    say(scene, "grace", "/seats 1")
    (answer,) = answers(scene)
    assert "@grace, for `/seats`, put these whole lines into" in answer
    assert "capacity: 1" in answer
    assert free(scene, "grace") == "0"
    fewer = replace(PEOPLE[1], capacity=1)
    scene.program = replace(scene.program, mentors=(PEOPLE[0], fewer, PEOPLE[2]))
    scene.run()
    assert free(scene, "grace") == "1"


def test_the_same_number_is_a_yes_and_a_larger_one_takes_nothing_away(scene: Scene) -> None:
    asked(scene)
    say(scene, "ada", "/seats 2")
    say(scene, "linus", "/seats 2")
    at(scene, "2027-03-15 12:00")
    assert "noted: you can take 2 mentees" in answers(scene)[0]
    assert [free(scene, one) for one in ("ada", "linus")] == ["1", "1"]


def test_what_was_said_before_the_question_is_no_answer_to_it(scene: Scene) -> None:
    scene.now = moment("2027-03-02 08:00")
    scene.says("ada", dashboard(scene).number, "I have drawn a new logo.")
    asked(scene)
    scene.run()
    assert known(scene, "ada") == "2027-03-02:asked"


def test_what_the_program_writes_with_a_mentors_token_is_not_the_mentors_answer() -> None:
    scene = Scene(policies=POLICIES, program=program(coordinators=("rosa",), mentors=PEOPLE))
    scene.acts_as("ada")
    scene.has("octocat", mentor="ada", start="2026-12-07", weeks=40)
    asked(scene)
    say(scene, "grace", "/yes")
    assert (known(scene, "ada"), known(scene, "grace")) == ("2027-03-02:asked", "2027-03-02:yes")
    say(scene, "ada", "/yes")
    assert known(scene, "ada") == "2027-03-02:yes"


def test_on_a_dashboard_that_a_person_closes_everybody_is_offered(scene: Scene) -> None:
    asked(scene)
    at(scene, "2027-03-15 12:00")
    scene.person("ssbarnea").edit_issue(dashboard(scene).number, Edit(state="closed"))
    number = scene.joins("hubot", mentor="ada", start="2027-03-22")
    scene.run()
    scene.says("ada", number, "/decline")
    scene.run()
    assert "`grace`" in scene.bot_comment(number)


def test_a_changed_line_is_an_answer(scene: Scene) -> None:
    asked(scene)
    at(scene, "2027-03-15 12:00")
    assert free(scene, "ada") == "0"
    scene.mentors_changed = lambda: {"ada": date(2027, 3, 14)}
    scene.run()
    assert free(scene, "ada") == "1"


def test_who_accepts_a_mentee_has_spoken(scene: Scene) -> None:
    asked(scene)
    scene.now = moment("2027-03-15 12:00")
    number = scene.joins("hubot", mentor="grace", start="2027-03-22")
    scene.run()
    assert free(scene, "grace") == "0"
    scene.says("grace", number, "/accept")
    scene.run()
    scene.run()
    assert known(scene, "grace") == "2027-03-15:yes"
    assert free(scene, "grace") == "3"


def test_who_said_a_smaller_number_is_not_offered_for_a_yes_to_a_mentee(scene: Scene) -> None:
    asked(scene)
    say(scene, "grace", "/seats 1")
    number = scene.joins("hubot", mentor="grace", start="2027-03-22")
    scene.run()
    scene.says("grace", number, "/accept")
    scene.run()
    scene.run()
    assert known(scene, "grace") == "2027-03-02:1"
    assert free(scene, "grace") == "0"


def test_an_approving_review_is_an_answer_and_another_one_is_none(scene: Scene) -> None:
    asked(scene)
    scene.now = moment("2027-03-15 12:00")
    numbers = [
        scene.joins(login, mentor="grace", start="2027-03-22") for login in ("hubot", "mona")
    ]
    scene.run()
    scene.tick()
    scene.person("grace").review(numbers[0], approves=False, body="Almost")
    scene.run()
    assert known(scene, "grace") == "2027-03-02:asked"
    scene.tick()
    scene.person("grace").review(numbers[1])
    scene.run()
    assert known(scene, "grace") == "2027-03-15:yes"


def test_the_dashboard_keeps_who_said_what_in_order(scene: Scene) -> None:
    asked(scene)
    say(scene, "linus", "/seats 0")
    say(scene, "rosa", "/yes @nobody\n/yes @grace")
    first = section(scene).partition("\n")[0]
    assert first.endswith(" seats=2027-03-02:0:linus/2027-03-02:asked:ada/2027-03-02:yes:grace -->")


def test_who_accepted_a_mentee_within_the_quarter_is_not_asked(scene: Scene) -> None:
    at(scene, "2027-01-11 12:00")
    number = scene.joins("hubot", mentor="grace", start="2027-01-18")
    scene.run()
    scene.says("grace", number, "/accept")
    scene.run()
    asked(scene)
    assert "@ada and @linus, can" in questions(scene)[0]


def test_a_coordinator_speaks_for_a_mentor_whom_they_name(scene: Scene) -> None:
    asked(scene)
    say(scene, "rosa", "/yes @Ada\n/seats 1 @linus")
    assert known(scene, "ada") == "2027-03-02:yes"
    assert "`ada` can take 2 mentees" in answers(scene)[0]
    say(scene, "rosa", "/yes")
    assert "whose seats do you mean?" in answers(scene)[1]


@pytest.mark.parametrize(
    ("login", "text", "answer"),
    [
        ("ada", "/yes @grace", "each mentor says that for their own seats. For somebody else's"),
        ("ada", "/seats many", "write how many mentees you take at a time"),
        ("ada", "/seats 201", "write how many mentees you take at a time"),
        ("ada", "/away today", "that is for trackers and check-ins"),
        ("ada", "/nonsense", "I don't know `/nonsense`"),
        ("ada", "/help", "| `/seats N` |"),
        ("octocat", "/yes", "that is for a mentor or a coordinator. If you need it, ask `rosa`."),
        ("octocat", "/pause", "that is for trackers and check-ins"),
    ],
)
def test_what_can_not_be_followed_gets_one_kind_answer(
    scene: Scene, login: str, text: str, answer: str
) -> None:
    asked(scene)
    say(scene, login, text)
    say(scene, login, "Thank you!")
    assert len(answers(scene)) == 1
    assert answer in answers(scene)[0]
    assert known(scene, "grace") == "2027-03-02:asked"


def test_a_stranger_gets_one_answer_however_long_ago_it_was(scene: Scene) -> None:
    asked(scene)
    say(scene, "mallory", "/yes")
    scene.now = moment("2027-03-20 12:00")
    say(scene, "mallory", "/seats 7")
    assert len(answers(scene)) == 1


def test_an_edited_yes_is_not_followed(scene: Scene) -> None:
    asked(scene)
    said = scene.says("ada", dashboard(scene).number, "Well")
    scene.edits("ada", said, "/yes")
    scene.run()
    assert "I don't follow comments that were edited" in answers(scene)[0]


def test_a_question_that_an_earlier_run_wrote_alone_is_not_asked_again(scene: Scene) -> None:
    before = dashboard(scene)
    asked(scene)
    scene.repository.put(replace(dashboard(scene), body=before.body))
    at(scene, "2027-03-03 12:00")
    assert len(questions(scene)) == 1
    assert known(scene, "ada") == "2027-03-02:asked"


def test_nobody_is_asked_on_a_dashboard_that_a_person_closed(scene: Scene) -> None:
    scene.person("ssbarnea").edit_issue(dashboard(scene).number, Edit(state="closed"))
    asked(scene)
    assert questions(scene) == []


@pytest.mark.parametrize("way", [CommandWay.COMMIT, CommandWay.PULL_REQUEST])
def test_the_program_may_change_its_file_by_itself(way: CommandWay) -> None:
    scene = asked(begun(commands=way))
    say(scene, "linus", "/seats 2")
    answer = "is done" if way is CommandWay.COMMIT else "I opened #"
    assert answer in answers(scene)[0]
    content = scene.repository.branches.files[".github/mentorship.yml"].content
    assert (b"{github: linus, capacity: 2}" in content) == (way is CommandWay.COMMIT)


def test_without_coordinators_a_refusal_sends_nobody_anywhere() -> None:
    scene = asked(begun(coordinators=()))
    say(scene, "octocat", "/yes")
    assert "that is for a mentor or a coordinator.\n" in answers(scene)[0] + "\n"


def test_a_damaged_memory_is_no_reason_to_fail(scene: Scene) -> None:
    asked(scene)
    issue = dashboard(scene)
    body = issue.body.replace("seats=2027-03-02:asked:", "seats=2027-99-99:asked:")
    scene.repository.put(replace(issue, body=body))
    scene.run()
    assert known(scene, "ada") == "2027-03-02:asked"
