"""Several mentors: everybody named is asked, lead and co give a seat, a backup none."""

import pytest

from mentorship_action.domain.program import MentorRole, NamedMentor, Program
from mentorship_action.domain.record import Record
from tests.applications import Scene
from tests.builders import mentor, program, record, span, summaries, world

MENTORS = "[{github: ada, role: lead}, {github: grace, role: co}, {github: linus, role: backup}]"


def of_three(**capacities: int) -> Program:
    seats = {"ada": 1, "grace": 1, "linus": 0, **capacities}
    return program(mentors=tuple(mentor(login, capacity=n) for login, n in seats.items()))


def led_by(lead: str, *others: tuple[str, MentorRole], login: str = "octocat") -> Record:
    named = tuple(NamedMentor(login=who, handle=who, role=role) for who, role in others)
    return record(login, mentor=lead, mentor_handle=lead, others=named)


@pytest.fixture
def three(scene: Scene) -> Scene:
    scene.program = of_three()
    scene.repository.writers |= {"ada", "grace"}
    return scene


def test_everybody_named_has_to_accept_and_the_comment_shows_who_has(three: Scene) -> None:
    number = three.joins("alice", mentor=None, mentors=MENTORS)
    three.run()
    assert "@ada, @grace and @linus, will you mentor @alice" in three.bot_comment(number)

    three.says("ada", number, "/accept")
    three.run()
    assert three.stage(number) == "needs-answer"
    assert "`ada` (lead): accepted" in three.bot_comment(number)
    assert "`grace` (co): not answered yet" in three.bot_comment(number)
    three.says("grace", number, "/accept")
    three.run()
    assert three.stage(number) == "needs-answer"
    three.says("linus", number, "/accept")
    three.run()

    assert three.stage(number) == "ready"
    assert summaries(three.run()) == []


def test_one_no_declines(three: Scene) -> None:
    number = three.joins("alice", mentor=None, mentors=MENTORS)
    three.run()
    three.says("ada", number, "/accept")
    three.says("grace", number, "/decline")
    three.run()
    assert three.stage(number) == "declined"
    assert "@grace can't take this on" in three.bot_comment(number)


def test_a_change_reopens_only_the_answers_that_it_touches(three: Scene) -> None:
    number = three.joins("alice", mentor=None, mentors=MENTORS)
    three.run()
    for who in ("ada", "grace", "linus"):
        three.says(who, number, "/accept")
    three.run()
    assert three.stage(number) == "ready"

    changed = "[{github: ada, role: lead}, {github: linus, role: backup}]"
    three.pushes(number, mentor=None, mentors=changed)
    three.run()
    assert three.stage(number) == "ready"

    swapped = "[{github: ada, role: lead}, {github: linus, role: co}]"
    three.program = of_three(linus=1)
    three.pushes(number, mentor=None, mentors=swapped)
    three.run()
    assert three.stage(number) == "needs-answer"
    assert "@linus, will you mentor @alice" in three.bot_comment(number)


def test_who_needs_several_mentors_waits_until_all_have_a_seat_and_holds_none(
    three: Scene,
) -> None:
    three.has("bob", mentor="grace")
    both = three.joins("alice", mentor=None, mentors=MENTORS)
    one = three.joins("zoe", mentor="ada")
    three.run()
    assert three.stage(both) == "waitlisted"
    lacking = "Number 1 on the waitlist: not all of its mentors have a free seat"
    assert three.status(both) == ("pending", lacking)
    assert three.stage(one) == "needs-answer"


def test_somebody_who_is_not_named_cannot_answer(three: Scene) -> None:
    number = three.joins("alice", mentor=None, mentors=MENTORS)
    three.run()
    three.says("eve", number, "/accept")
    three.run()
    assert "only `ada`, `grace` or `linus` can answer here" in three.bot_comment(number)


def test_trackers_and_check_ins_go_to_lead_and_co_and_leave_the_backup_alone() -> None:
    played = world(
        led_by("ada", ("grace", MentorRole.CO), ("linus", MentorRole.BACKUP)), program=of_three()
    )
    played.repository.members |= {"ada", "grace", "linus"}
    played.at("2026-12-07 12:00").run()

    tracker, check_in = played.repository.issues.values()
    assert tracker.assignees == check_in.assignees == ("ada", "grace")
    assert "| Co-mentor | @grace |" in tracker.body
    assert "@ada and @grace" in check_in.body
    assert "@linus" not in tracker.body + check_in.body
    assert check_in.title == "Week 1 of 16: octocat & ada & grace (7 Dec)"
    assert played.run().plan.changes == ()


def test_a_new_co_mentor_is_assigned_and_a_former_one_is_not() -> None:
    played = world(led_by("ada", ("grace", MentorRole.CO)), program=of_three(linus=1))
    played.repository.members |= {"ada", "grace", "linus"}
    played.at("2026-12-07 12:00").run()
    played.with_records(led_by("ada", ("linus", MentorRole.CO))).run()
    assert played.repository.issues[1].assignees == ("ada", "linus")
    assert played.run().plan.changes == ()


def test_a_check_in_says_who_leads_while_the_lead_is_away() -> None:
    mentors = (
        mentor("ada", capacity=1, away=(span("2026-12-07", "2026-12-13"),)),
        mentor("grace", capacity=1),
    )
    played = world(led_by("ada", ("grace", MentorRole.CO)), program=program(mentors=mentors))
    played.at("2026-12-07 12:00").run()
    assert "**`ada` is away this week, so @grace leads.**" in played.repository.issues[2].body
    played.at("2026-12-14 12:00").run()
    assert "is away" not in played.repository.issues[3].body


def test_who_leads_while_the_lead_is_away_is_asked_to_write_to_a_silent_mentee() -> None:
    mentors = (
        mentor("ada", capacity=1, away=(span("2026-12-28", "2027-01-03"),)),
        mentor("grace", capacity=1),
    )
    played = world(led_by("ada", ("grace", MentorRole.CO)), program=program(mentors=mentors))
    for day in ("2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"):
        played.at(f"{day} 12:00").run()
    assert "@grace, could you write to `octocat` this week?" in played.repository.issues[5].body


def test_a_backup_takes_no_seat() -> None:
    played = world(
        led_by("ada", ("grace", MentorRole.BACKUP)),
        led_by("grace", login="zoe"),
        program=of_three(),
    )
    played.at("2026-12-07 12:00").run()
    assert sum(title.startswith("Mentorship:") for title in played.titles()) == 2
