"""A mentor who leaves the program while a mentorship runs: it goes on, and somebody is told."""

import pytest

from mentorship_action.forge.memory import BOT
from mentorship_action.forge.protocol import Unreachable
from mentorship_action.loop import observe
from mentorship_action.planning.explaining import explain_person
from mentorship_action.planning.run import plan_run
from tests.applications import Scene, path, yaml
from tests.builders import mentor, moment, notices, program, record, summaries, world

WITHOUT_GANESH = program(mentors=(mentor("ssbarnea"),), coordinators=("carol", "dave"))


@pytest.fixture
def left(scene: Scene) -> Scene:
    """Alice's mentorship has begun, and her mentor leaves the program."""
    scene.has("alice")
    scene.program = WITHOUT_GANESH
    return scene


def told(scene: Scene) -> list[str]:
    """Return our comments on the first issue, which is the tracker."""
    return [said.body for said in scene.repository.comments.get(1, ())]


def check_ins(scene: Scene) -> list[str]:
    issues = scene.repository.issues.values()
    return [one.title for one in issues if "kind=check-in" in one.body and one.is_open]


def test_the_mentorship_goes_on(left: Scene) -> None:
    for day in ("2026-12-07 12:00", "2026-12-14 12:00"):
        left.now = moment(day)
        left.run()
        assert len(check_ins(left)) == 1
    assert left.trackers() == ["Mentorship: alice with ganeshrn"]


def test_the_coordinators_are_told_once_by_a_comment_that_mentions_them(left: Scene) -> None:
    left.run()
    (said,) = told(left)
    assert said.startswith("<!-- mentorship v1 kind=mentor-left mentee=alice period=ganeshrn -->")
    assert "@carol" in said
    assert "@dave" in said
    assert "@ganeshrn" not in said
    left.now = moment("2026-12-20 12:00")
    left.run()
    assert summaries(left.run()) == []
    assert told(left) == [said]


def test_nobody_is_told_twice_when_comments_cannot_be_read() -> None:
    play = world(record(), program=program(coordinators=("carol",)))
    play.run()
    play.program = program(mentors=(mentor("ganeshrn"),), coordinators=("carol",))
    play.run()
    (said,) = play.repository.comments[1]
    forge = play.repository.view(BOT)

    def fails(_: int) -> None:
        raise Unreachable("no answer")

    forge.list_comments = fails  # type: ignore[assignment, method-assign]
    # So late that no list of what was said of late has it.
    play.at("2027-02-20 09:00").run(forge)
    assert play.repository.comments[1] == [said]


def test_each_run_has_a_notice_that_somebody_has_to_act(left: Scene) -> None:
    text = "ganeshrn, a mentor of alice, is not in the program; #1 goes on"
    for _ in range(3):
        found = [one for one in left.run().plan.notices if one.kind == "attention"]
        assert [one.text for one in found] == [text]


def test_a_new_mentor_takes_over_and_nobody_is_told_any_more(left: Scene) -> None:
    left.run()
    left.repository.branches.put({path("alice"): yaml("alice", mentor="ssbarnea")})
    assert notices(left.run()) == []
    assert left.repository.issues[1].assignees == ("ssbarnea",)
    assert summaries(left.run()) == []
    assert len(told(left)) == 1


def test_the_next_mentor_who_leaves_is_told_as_well(left: Scene) -> None:
    left.run()
    left.repository.branches.put({path("alice"): yaml("alice", mentor="ssbarnea")})
    left.run()
    left.program = program(mentors=(mentor("erin"),), coordinators=("carol",))
    left.run()
    assert ["period=ganeshrn" in said for said in told(left)] == [True, False]
    assert summaries(left.run()) == []


def test_a_mentor_who_comes_back_is_no_news(left: Scene) -> None:
    left.run()
    left.program = program()
    assert notices(left.run()) == []
    left.program = WITHOUT_GANESH
    left.run()
    assert len(told(left)) == 1


def test_without_coordinators_the_mentee_is_told(left: Scene) -> None:
    left.program = program(mentors=(mentor("ssbarnea"),), coordinators=())
    run = left.run()
    assert [one.kind for one in run.plan.notices] == ["attention"]
    (said,) = told(left)
    assert "Find another mentor with @alice" in said
    assert summaries(left.run()) == []


def test_a_locked_tracker_gets_no_comment(left: Scene) -> None:
    left.person("ssbarnea").lock(1)
    left.run()
    assert summaries(left.run()) == []
    assert told(left) == []


def test_check_ins_greet_nobody_who_has_left(left: Scene) -> None:
    left.now = moment("2026-12-07 12:00")
    left.run()
    (title,) = check_ins(left)
    assert title == "Week 1 of 16: alice (7 Dec)"
    issues = left.repository.issues.values()
    assert not any("@ganeshrn" in one.body for one in issues if "kind=check-in" in one.body)


def test_four_weeks_without_a_mentor_end_it_with_thanks(left: Scene) -> None:
    left.now = moment("2026-12-07 12:00")
    left.run()
    assert "is found by Monday 4 January 2027, the mentorship ends then" in told(left)[0]
    left.now = moment("2027-01-03 20:00")
    left.run()
    assert len(check_ins(left)) == len(left.trackers()) == 1
    left.now = moment("2027-01-04 12:00")
    left.run()
    assert check_ins(left) == left.trackers() == []
    goodbye = told(left)[-1]
    assert "@alice, nobody was found who goes on as your mentor" in goodbye
    assert "| Weeks | 5 |" in goodbye
    assert "| Checklist | 0 of 8 |" in goodbye
    for day in ("2027-01-04 12:15", "2027-02-01 12:00"):
        left.now = moment(day)
        run = left.run()
        assert (summaries(run), notices(run)) == ([], [])


def test_what_ended_without_a_mentor_is_explained() -> None:
    play = world(record(), program=program(coordinators=("carol",)))
    play.run()
    play.program = program(mentors=(mentor("ganeshrn"),))
    play.run()
    play.at("2027-01-05 12:00").run()
    situation = observe(play.default_branch, play.bot, play.now)
    told = explain_person("octocat", situation, plan_run(situation))
    assert told[0] == "Mentorship of octocat with ssbarnea: ended without a mentor, tracker #1."
    assert told[2] == "  No check-ins: it has ended without a mentor."


def test_who_finds_a_mentor_after_the_end_goes_on_and_the_weeks_count_anew(left: Scene) -> None:
    left.run()
    left.now = moment("2027-01-04 12:00")
    left.run()
    assert left.trackers() == []
    left.repository.branches.put({path("alice"): yaml("alice", mentor="ssbarnea")})
    left.run()
    assert left.trackers() == ["Mentorship: alice with ssbarnea"]
    assert "Active again since Monday 4 January 2027" in left.repository.issues[1].body
    assert summaries(left.run()) == []
    left.program = program(mentors=(mentor("erin"),), coordinators=("carol",))
    left.now = moment("2027-01-12 12:00")
    left.run()
    assert left.trackers() == ["Mentorship: alice with ssbarnea"]


def test_an_unknown_mentor_gets_no_tracker(scene: Scene) -> None:
    scene.has("alice", mentor="nobody")
    assert scene.trackers() == []
    run = scene.run()
    assert summaries(run) == []
    assert notices(run) == [
        "nobody, a mentor of alice, is not in the program; no tracker is opened"
    ]


def test_an_unknown_mentor_of_a_merged_application_welcomes_nobody(scene: Scene) -> None:
    number = scene.joins("alice", mentor="nobody")
    scene.run()
    scene.merges(number)
    scene.run()
    assert scene.stage(number) == "needs-fixes"
    assert summaries(scene.run()) == []
    scene.repository.branches.put({path("alice"): yaml("alice")})
    scene.run()
    assert scene.stage(number) == "joined"
    assert summaries(scene.run()) == []


def test_a_mentorship_without_a_mentor_that_is_withdrawn_ends(left: Scene) -> None:
    left.run()
    left.repository.branches.put({path("alice"): yaml("alice", status="withdrawn")})
    left.run()
    assert left.trackers() == []
    run = left.run()
    assert summaries(run) == []
    assert notices(run) == []


def test_a_file_with_another_error_too_is_left_alone(left: Scene) -> None:
    left.repository.branches.put({path("alice"): yaml("alice", hours_per_week=0)})
    run = left.run()
    assert (summaries(run), notices(run)) == ([], [])
    assert left.trackers() == ["Mentorship: alice with ganeshrn"]


def test_a_co_mentor_who_leaves_is_told_and_the_lead_goes_on(scene: Scene) -> None:
    mentors = "[{github: ssbarnea, role: lead}, {github: ganeshrn, role: co}]"
    scene.has("alice", mentor=None, mentors=mentors)
    scene.program = WITHOUT_GANESH
    scene.run()
    (said,) = told(scene)
    assert "`ganeshrn` is no longer a mentor of the program. This mentorship goes on:" in said
    scene.now = moment("2026-12-07 12:00")
    scene.run()
    assert len(check_ins(scene)) == 1
    assert summaries(scene.run()) == []


def test_who_names_an_unknown_mentor_takes_no_seat_of_the_others(scene: Scene) -> None:
    mentors = "[{github: nobody, role: lead}, {github: ganeshrn, role: co}]"
    scene.has("alice", mentor=None, mentors=mentors)
    scene.has("bob")
    assert scene.trackers() == ["Mentorship: bob with ganeshrn"]
