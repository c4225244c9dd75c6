"""Handing over: the backup is asked once, by name, and leads from their `/accept` on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentorship_action.domain.program import Program
from tests.applications import Scene, path, yaml
from tests.builders import mentor, moment, notices, program, span, summaries
from tests.rig.failures import BadGateway, Proxy, always
from tests.rig.rest import RestServer
from tests.terms import SPRING

MENTORS = (
    "[{github: ada, role: lead}, {github: linus, role: backup}, {github: grace, role: backup}]"
)
ABSENCE = (span("2026-12-14", "2027-01-24"),)


def of_three(*, without: str = "", **away: object) -> Program:
    return program(
        coordinators=("carol",),
        mentors=tuple(
            mentor(login, capacity=1, away=away.get(login, ()))
            for login in ("ada", "linus", "grace", "erin")
            if login != without
        ),
    )


def begun(scene: Scene) -> Scene:
    """Alice's mentorship runs in its first week, led by ada, with linus and grace as backups."""
    scene.program = of_three()
    scene.repository.writers |= {"ada", "linus", "grace", "carol"}
    scene.has("alice", mentor=None, mentors=MENTORS)
    at(scene, "2026-12-07 12:00")
    return scene


@pytest.fixture
def led(scene: Scene) -> Scene:
    return begun(scene)


def at(scene: Scene, text: str) -> None:
    scene.now = moment(text)
    scene.run()


def ours(scene: Scene, kind: str, number: int = 1) -> list[str]:
    """Return our comments of a kind on an issue; the first issue is the tracker."""
    start = f"<!-- mentorship v1 kind={kind} "
    said = scene.repository.comments.get(number, ())
    return [one.body for one in said if one.body.startswith(start)]


def newest_check_in(scene: Scene) -> str:
    found = [one for one in scene.repository.issues.values() if "kind=check-in" in one.body]
    assert found[-1].is_open
    return found[-1].title.partition(" (")[0].partition(": ")[2]


def settles(scene: Scene) -> None:
    run = scene.run()
    assert summaries(run) == []


def test_a_lead_who_leaves_is_followed_by_the_backup_who_is_asked_once(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.run()
    (asked,) = ours(led, "handover")
    assert "@linus, will you take over from `ada`" in asked
    assert "@grace" not in asked
    assert "| Week | 1 of 16 |" in asked
    assert "| Last check-in | #2 |" in asked
    assert "- Learn how maintainers review" in asked
    settles(led)
    settles(led)
    assert ours(led, "mentor-left") == []
    assert len(ours(led, "handover")) == 1


def test_the_backup_takes_over_and_gets_the_check_ins(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.run()
    led.says("linus", 1, "Happy to.\n\n/accept")
    led.run()
    (answer,) = ours(led, "handover-answer")
    assert "mentors: [{github: linus, role: lead}, {github: grace, role: backup}]" in answer
    assert "https://github.com/example/program/edit/main/mentees/alice.yml" in answer
    settles(led)
    tracker = led.repository.issues[1]
    assert set(tracker.assignees) >= {"linus"}
    assert "ada" not in tracker.assignees
    assert "| Mentor | @linus, in place of `ada` |" in tracker.body
    at(led, "2026-12-14 12:00")
    assert newest_check_in(led) == "alice & linus"
    assert "@linus" in list(led.repository.issues.values())[-1].body
    assert "linus" in list(led.repository.issues.values())[-1].assignees
    settles(led)


def test_four_weeks_after_the_last_backup_could_answer_it_ends_and_a_yes_before_keeps_it(
    led: Scene,
) -> None:
    led.program = of_three(without="ada")
    led.run()
    for login in ("linus", "grace"):
        led.says(login, 1, "/decline")
        led.run()
    led.run()
    (told,) = ours(led, "mentor-left")
    assert "If nobody is found by Monday 4 January 2027, the mentorship ends then." in told
    at(led, "2027-01-03 12:00")
    assert led.trackers() == ["Mentorship: alice with ada"]
    led.says("grace", 1, "I can, after all.\n\n/accept")
    led.run()
    at(led, "2027-01-05 12:00")
    assert newest_check_in(led) == "alice & grace"
    settles(led)


def test_where_every_backup_says_no_it_ends_four_weeks_later(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.run()
    for login in ("linus", "grace"):
        led.says(login, 1, "/decline")
        led.run()
    led.run()
    at(led, "2027-01-04 12:00")
    assert led.trackers() == []
    assert "nobody was found who goes on as your mentor" in ours(led, "end")[0]
    settles(led)


def test_once_the_lines_are_merged_the_tracker_follows_by_itself(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.run()
    led.says("linus", 1, "/accept")
    led.run()
    (answer,) = ours(led, "handover-answer")
    lines = answer.partition("```yaml\n")[2].partition("\n```")[0]
    former = yaml("alice", mentor=None, mentors=MENTORS).decode()
    merged = former.replace(f"mentors: {MENTORS}", lines)
    assert merged != former
    led.repository.branches.put({path("alice"): merged.encode()})
    run = led.run()
    assert notices(run) == []
    settles(led)
    body = led.repository.issues[1].body
    assert "| Mentor | @linus |" in body
    assert "acting=" not in body
    assert "asked=" not in body
    at(led, "2026-12-14 12:00")
    assert newest_check_in(led) == "alice & linus"


def test_only_who_was_asked_can_accept_and_others_get_one_kind_answer(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.run()
    for _ in range(2):
        led.says("grace", 1, "/accept")
        led.run()
    led.says("mallory", 1, "> /accept\n\nShe should say /accept")
    led.run()
    (answer,) = ours(led, "answer")
    assert "@grace, thank you, but it was somebody else who was asked" in answer
    assert "acting=" not in led.repository.issues[1].body
    settles(led)


def test_quoted_and_edited_answers_do_not_count(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.run()
    led.says("linus", 1, "> /accept")
    said = led.says("linus", 1, "Let me think")
    led.edits("linus", said, "/accept")
    led.run()
    assert ours(led, "handover-answer") == []
    assert "acting=" not in led.repository.issues[1].body
    settles(led)


def test_an_answer_before_the_question_does_not_count(led: Scene) -> None:
    led.says("linus", 1, "/accept")
    led.program = of_three(without="ada")
    led.run()
    settles(led)
    assert ours(led, "handover-answer") == []


def test_the_days_to_answer_end_to_the_second(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.run()
    (asked,) = (one.created for one in led.repository.comments[1] if "@linus, will" in one.body)
    a_run_begins = timedelta(minutes=1)
    over = asked + timedelta(days=led.program.answer_days) - a_run_begins
    led.now = over - timedelta(seconds=1)
    led.run()
    assert len(ours(led, "handover")) == 1
    led.now = over
    led.run()
    assert len(ours(led, "handover")) == 2


def test_a_backup_who_declines_or_stays_silent_is_followed_by_the_next(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.run()
    led.says("linus", 1, "/decline")
    led.run()
    assert ["@grace, will you" in one for one in ours(led, "handover")] == [False, True]
    settles(led)
    at(led, "2026-12-14 11:00")
    assert ours(led, "mentor-left") == []
    at(led, "2026-12-15 12:00")
    (told,) = ours(led, "mentor-left")
    assert "@carol" in told
    settles(led)
    assert len(ours(led, "handover")) == 2


def test_a_long_absence_asks_the_backup_and_ends_with_the_absence(led: Scene) -> None:
    led.program = of_three(ada=ABSENCE)
    led.run()
    assert ours(led, "handover") == []
    at(led, "2026-12-14 12:00")
    (asked,) = ours(led, "handover")
    assert "`ada` is away until Sunday 24 January 2027" in asked
    led.says("linus", 1, "/accept")
    led.run()
    settles(led)
    assert newest_check_in(led) == "alice & linus"
    at(led, "2027-01-18 12:00")
    assert newest_check_in(led) == "alice & linus"
    at(led, "2027-01-25 12:00")
    assert newest_check_in(led) == "alice & ada"
    settles(led)
    assert "@ada" in led.repository.issues[1].body
    assert len(ours(led, "handover")) == 1


def test_an_absence_that_the_program_lets_be_asks_nobody(led: Scene) -> None:
    led.program = of_three(ada=(span("2026-12-14", "2027-01-03"),))
    at(led, "2026-12-14 12:00")
    assert ours(led, "handover") == []


def test_a_backup_who_is_away_is_passed_over(led: Scene) -> None:
    led.program = of_three(ada=ABSENCE, linus=ABSENCE)
    at(led, "2026-12-14 12:00")
    (asked,) = ours(led, "handover")
    assert "@grace, will you" in asked


def test_when_no_backup_steps_in_for_an_absence_the_coordinators_are_told_once(led: Scene) -> None:
    led.program = of_three(ada=ABSENCE)
    at(led, "2026-12-14 12:00")
    led.says("linus", 1, "/decline")
    led.run()
    led.says("grace", 1, "/decline")
    led.run()
    (told,) = ours(led, "handover-nobody")
    assert told.count("@carol") == 1
    run = led.run()
    assert summaries(run) == []
    assert "nobody takes over from ada, the mentor of alice" in notices(run)


def test_an_absent_lead_without_a_backup_is_a_notice_alone(scene: Scene) -> None:
    scene.program = of_three(ada=ABSENCE)
    scene.has("alice", mentor="ada")
    at(scene, "2026-12-14 12:00")
    run = scene.run()
    assert summaries(run) == []
    assert "nobody takes over from ada, the mentor of alice" in notices(run)


@pytest.mark.parametrize("away", [False, True])
def test_a_co_mentor_stands_in_for_an_absent_lead_unless_away_as_well(
    scene: Scene, *, away: bool
) -> None:
    scene.program = of_three(ada=ABSENCE, grace=ABSENCE if away else ())
    scene.has(
        "alice", mentor=None, mentors="[{github: ada, role: lead}, {github: grace, role: co}]"
    )
    at(scene, "2026-12-14 12:00")
    said = notices(scene.run())
    assert ("nobody takes over from ada, the mentor of alice" in said) is away
    assert any("ada and grace are away" in one for one in said) is away


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("speaker", ["ada", "carol"])
def test_lead_and_coordinator_hand_over_by_command(led: Scene, number: int, speaker: str) -> None:
    led.says(speaker, number, "/handover @grace")
    led.run()
    (asked,) = ours(led, "handover")
    assert "@grace, will you take over from `ada` as the lead of `alice`" in asked
    assert f"`{speaker}` asks for it" in asked
    settles(led)
    at(led, "2026-12-12 12:00")
    settles(led)
    led.says("grace", 1, "/accept")
    led.run()
    at(led, "2026-12-14 12:00")
    assert newest_check_in(led) == "alice & grace"
    settles(led)
    assert len(ours(led, "handover")) == 1


@pytest.mark.parametrize("speaker", ["alice", "mallory", "linus"])
def test_nobody_else_hands_over_and_gets_one_kind_answer(led: Scene, speaker: str) -> None:
    led.says(speaker, 2, "/handover @grace")
    led.run()
    assert ours(led, "handover") == []
    (answer,) = ours(led, "answer", number=2)
    assert f"@{speaker}, that is for the lead or a coordinator" in answer
    settles(led)
    at(led, "2026-12-12 12:00")
    settles(led)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("/handover", "whom do you mean? Write one of `linus` or `grace`"),
        ("/handover @erin", "that is no backup of this mentorship"),
    ],
)
def test_a_command_that_names_no_backup_gets_one_kind_answer(
    led: Scene, said: str, answer: str
) -> None:
    led.says("ada", 1, said)
    led.run()
    (found,) = ours(led, "answer")
    assert f"@ada, {answer}" in found
    assert ours(led, "handover") == []
    settles(led)
    led.says("ada", 1, "/handover @linus")
    led.run()
    assert len(ours(led, "handover")) == 1


def test_a_command_where_every_backup_has_left_says_how_to_add_one(led: Scene) -> None:
    led.program = program(coordinators=("carol",), mentors=(mentor("ada"), mentor("erin")))
    led.run()
    led.says("ada", 1, "/handover @grace")
    led.run()
    (answer,) = ours(led, "answer")
    assert "names no backup" in answer
    settles(led)


def test_a_lead_without_a_backup_is_told_how_to_name_one(scene: Scene) -> None:
    scene.program = of_three()
    scene.has("alice", mentor="ada")
    scene.says("ada", 1, "/handover @linus")
    scene.run()
    (answer,) = ours(scene, "answer")
    assert "names no backup" in answer
    settles(scene)


@pytest.mark.parametrize(
    "said", ["> /handover @grace", "```\n/handover @grace\n```", "so /handover"]
)
def test_quoted_commands_do_not_count(led: Scene, said: str) -> None:
    led.says("ada", 1, said)
    settles(led)


def test_an_edited_command_does_not_count(led: Scene) -> None:
    said = led.says("ada", 1, "Hello")
    led.edits("ada", said, "/handover @grace")
    led.run()
    assert ours(led, "handover") == []
    (answer,) = ours(led, "answer")
    assert "Say it again in a new one." in answer
    settles(led)


def test_labels_taken_off_and_files_touched_ask_nobody_again(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.run()
    for label in led.repository.issues[1].labels:
        led.person("carol").remove_label(1, label)
    former = led.repository.branches.files[path("alice")].content
    led.repository.branches.put({path("alice"): former.replace(b"weeks: 5", b"weeks: 6")})
    led.run()
    led.run()
    assert len(ours(led, "handover")) == 1


def test_a_locked_tracker_asks_nobody(led: Scene) -> None:
    led.program = of_three(without="ada")
    led.person("ada").lock(1)
    led.run()
    settles(led)
    assert led.repository.comments.get(1) is None


def test_what_nobody_talks_about_costs_no_request_more(led: Scene) -> None:
    at(led, "2026-12-12 12:00")
    quiet = led.run().requests
    led.says("alice", 1, "Hello")
    assert led.run().requests == quiet + 1
    at(led, "2026-12-20 12:00")
    assert led.run().requests == quiet


def test_comments_that_cannot_be_read_leave_the_backup_leading(
    rest_server: RestServer, rest_proxy: Proxy, repository_name: str
) -> None:
    led = begun(Scene().over_http(rest_server, repository_name, api=rest_proxy.url))
    led.program = of_three(without="ada")
    led.run()
    led.says("linus", 1, "/accept")
    led.run()
    settles(led)

    rest_proxy.fail(always(BadGateway(went_through=False), path="/issues/1/comments"))
    at(led, "2026-12-14 12:00")
    assert newest_check_in(led) == "alice & linus"
    assert "| Mentor | @linus, in place of `ada` |" in led.repository.issues[1].body


def test_a_mentorship_of_a_term_is_handed_over_as_well(scene: Scene) -> None:
    scene.program = replace(of_three(), terms=(SPRING,))
    scene.now = moment("2027-02-15 12:00")
    file = yaml("alice", mentor=None, mentors=MENTORS, start=None)
    scene.repository.branches.put({"mentees/spring/alice.yml": file})
    scene.run()
    settles(scene)

    scene.says("ada", 2, "/handover @linus")
    scene.run()
    (asked,) = ours(scene, "handover")
    assert "mentee=alice term=spring" in asked
    assert "| Week | 1 of 12 |" in asked
    assert "| Last check-in | #2 |" in asked
    settles(scene)
    scene.says("linus", 1, "/accept")
    scene.run()
    (answer,) = ours(scene, "handover-answer")
    assert "main/mentees/spring/alice.yml" in answer
    settles(scene)
    at(scene, "2027-02-22 12:00")
    assert newest_check_in(scene) == "alice & linus"
    settles(scene)


def test_two_runs_at_once_ask_the_backup_once(led: Scene) -> None:
    led.program = of_three(without="ada")
    first, second = led.begins(), led.begins()
    first()
    second()
    assert len(ours(led, "handover")) == 1
    led.run()
    settles(led)


@pytest.mark.parametrize("day", ["2026-12-12 12:00", "2026-12-22 12:00"])
def test_nobody_is_asked_at_a_weekend_or_in_a_break(led: Scene, day: str) -> None:
    led.program = replace(of_three(without="ada"), breaks=(span("2026-12-21", "2026-12-27"),))
    at(led, day)
    settles(led)
    assert ours(led, "handover") == ours(led, "mentor-left") == []
    at(led, "2026-12-28 12:00")
    assert len(ours(led, "handover")) == 1


def test_who_hands_over_at_a_weekend_wants_it_now(led: Scene) -> None:
    led.now = moment("2026-12-12 12:00")
    led.says("ada", 1, "/handover @linus")
    led.run()
    assert len(ours(led, "handover")) == 1


def test_that_nobody_steps_in_is_told_on_a_workday(led: Scene) -> None:
    led.program = of_three(ada=ABSENCE)
    at(led, "2026-12-14 12:00")
    for who in ("linus", "grace"):
        led.says(who, 1, "/decline")
        at(led, "2026-12-14 15:00" if who == "linus" else "2026-12-19 12:00")
    assert ours(led, "handover-nobody") == []
    settles(led)
    at(led, "2026-12-21 12:00")
    assert len(ours(led, "handover-nobody")) == 1
