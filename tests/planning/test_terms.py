"""Terms: people apply in their days, begin together, and come back in a later one."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from mentorship_action.domain.program import Term
from mentorship_action.domain.record import Status
from mentorship_action.forge.memory import BOT, FileEdit
from mentorship_action.forge.protocol import ForgeError
from tests.applications import Scene, yaml
from tests.builders import World, mentor, moment, notices, record, summaries, world
from tests.rig.kill import Killed
from tests.rig.unsteady import Mishap, UnsteadyForge
from tests.terms import AUTUMN, SPRING, SUMMER, cohorts, member

ROOMY = cohorts(mentors=(mentor(capacity=9),))


@pytest.fixture
def cohort(scene: Scene) -> Scene:
    scene.program = cohorts()
    scene.now = moment("2027-01-20 08:00")
    return scene


def applies(scene: Scene, login: str, term: str, **changes: str | None) -> int:
    values = {"start": None, "mentor": "ssbarnea", **changes}
    return scene.proposes(login, {f"mentees/{term}/{login}.yml": yaml(login, **values)})


def test_somebody_joins_a_term_and_is_known_by_it(cohort: Scene) -> None:
    number = applies(cohort, "alice", "spring")
    cohort.run()
    assert cohort.stage(number) == "needs-answer"
    assert "kind=application mentee=alice term=spring" in cohort.bot_comment(number)

    cohort.says("ssbarnea", number, "/accept")
    cohort.run()
    assert cohort.stage(number) == "ready"
    cohort.merges(number)
    cohort.run()

    assert cohort.stage(number) == "joined"
    (tracker,) = [one for one in cohort.repository.issues.values() if "kind=tracker" in one.body]
    assert "kind=tracker mentee=alice term=spring" in tracker.body
    assert "2027" in tracker.body
    assert summaries(cohort.run()) == []


def test_an_application_keeps_its_term_when_it_changes_more_than_one_file(cohort: Scene) -> None:
    number = applies(cohort, "alice", "spring")
    cohort.run()
    values = {"start": None, "mentor": "ssbarnea"}
    files = {f"mentees/{term}/alice.yml": yaml("alice", **values) for term in ("spring", "autumn")}
    cohort.person("alice").push(number, files)
    cohort.run()

    assert cohort.stage(number) == "needs-maintainer"
    assert "kind=application mentee=alice term=spring" in cohort.bot_comment(number)


def test_who_comes_too_early_is_looked_at_again_once_the_days_begin(cohort: Scene) -> None:
    cohort.now = moment("2027-01-10 08:00")
    number = applies(cohort, "alice", "spring")
    cohort.run()
    assert cohort.stage(number) == "needs-fixes"
    days = "Monday 11 January 2027 to Sunday 31 January 2027"
    assert f"Spring 2027 takes applications from {days}" in cohort.bot_comment(number)
    assert "I look at it again on Monday 11 January 2027" in cohort.bot_comment(number)
    assert cohort.status(number) == ("pending", "Spring 2027 takes applications from 2027-01-11")
    assert summaries(cohort.run()) == []

    cohort.now = moment("2027-01-11 08:00")
    cohort.run()
    assert cohort.stage(number) == "needs-answer"


def test_who_comes_too_late_hears_of_the_days_and_who_came_in_time_stays(cohort: Scene) -> None:
    early = applies(cohort, "alice", "spring")
    cohort.run()
    cohort.now = moment("2027-02-01 08:00")
    late = applies(cohort, "zoe", "spring")
    cohort.says("ssbarnea", early, "/accept")
    cohort.run()

    assert cohort.stage(early) == "ready"
    assert cohort.stage(late) == "needs-fixes"
    said = cohort.bot_comment(late)
    assert "Monday 11 January 2027 to Sunday 31 January 2027. This comes too late" in said
    # One that takes applications already comes before one that will.
    assert "Autumn 2027 takes applications from" in said
    assert "move your file to `mentees/autumn`" in said
    assert cohort.status(late) == ("failure", "Spring 2027 took applications until 2027-01-31")


def test_a_coordinator_may_add_somebody_late(cohort: Scene) -> None:
    cohort.now = moment("2027-02-01 08:00")
    file: dict[str, FileEdit] = {
        "mentees/spring/zoe.yml": yaml("zoe", start=None, mentor="ssbarnea")
    }
    number = cohort.proposes("ssbarnea", file)
    cohort.run()
    assert cohort.stage(number) == "ready"


def test_a_member_may_change_the_file_when_the_days_are_over(cohort: Scene) -> None:
    cohort.repository.branches.put(
        {"mentees/spring/alice.yml": yaml("alice", start=None, mentor="ssbarnea")}
    )
    cohort.now = moment("2027-02-20 08:00")
    cohort.run()
    number = applies(cohort, "alice", "spring", focus="[packaging]")
    cohort.run()
    assert cohort.stage(number) == "ready"


def test_a_start_of_ones_own_or_an_unknown_term_is_to_be_fixed(cohort: Scene) -> None:
    own = applies(cohort, "alice", "spring", start="2027-02-20")
    unknown = applies(cohort, "zoe", "sprnig")
    cohort.run()
    assert "Delete the line." in cohort.bot_comment(own)
    assert "Did you mean `spring`?" in cohort.bot_comment(unknown)


def test_nobody_is_a_mentee_twice_in_the_same_weeks(cohort: Scene) -> None:
    cohort.program = cohorts(mentors=(mentor(capacity=3),))
    cohort.repository.branches.put(
        {"mentees/spring/alice.yml": yaml("alice", start=None, mentor="ssbarnea")}
    )
    cohort.now = moment("2027-03-10 08:00")
    cohort.run()
    overlapping = applies(cohort, "alice", "summer")
    later = applies(cohort, "alice", "autumn")
    cohort.run()
    assert cohort.stage(overlapping) == "needs-fixes"
    assert "mentees/spring/alice.yml" in cohort.bot_comment(overlapping)
    assert cohort.stage(later) == "needs-answer"


def test_applications_to_terms_apart_from_one_another_don_t_wait_for_each_other(
    cohort: Scene,
) -> None:
    first = applies(cohort, "alice", "spring")
    second = applies(cohort, "bob", "spring")
    apart = applies(cohort, "zoe", "autumn")
    cohort.run()
    assert [cohort.stage(one) for one in (first, second, apart)] == [
        "needs-answer",
        "waitlisted",
        "needs-answer",
    ]


def test_many_changed_folders_cost_no_requests_of_their_own(cohort: Scene) -> None:
    def cost(folders: int) -> int:
        files: dict[str, FileEdit] = {
            f"mentees/a{n}/b.yml": yaml("b", start=None, mentor="ssbarnea") for n in range(folders)
        }
        number = cohort.proposes(f"stranger{folders}", files)
        before = cohort.bot.requests
        cohort.run()
        assert cohort.stage(number) == "needs-maintainer"
        return cohort.bot.requests - before

    cost(5)  # the first run makes labels, too
    assert cost(300) <= cost(2)


def test_the_same_person_in_two_terms_has_two_trackers_and_check_ins_of_each() -> None:
    returning = (member(SPRING), member(AUTUMN))
    the_world = world(*returning, program=cohorts()).at("2027-02-16 12:00")
    the_world.run()
    the_world.at("2027-02-22 12:00").run()
    the_world.at("2027-09-07 12:00").run()

    keys = sorted(
        line
        for issue in the_world.repository.issues.values()
        for line in issue.body.splitlines()[:1]
    )
    assert keys == [
        "<!-- mentorship v1 kind=check-in mentee=octocat term=autumn period=2027-W36 -->",
        "<!-- mentorship v1 kind=check-in mentee=octocat term=spring period=2027-W07 -->",
        "<!-- mentorship v1 kind=check-in mentee=octocat term=spring period=2027-W08 -->",
        "<!-- mentorship v1 kind=tracker mentee=octocat term=autumn -->",
        "<!-- mentorship v1 kind=tracker mentee=octocat term=spring -->",
    ]
    assert summaries(the_world.run()) == []


def test_a_check_in_tells_of_the_terms_events_in_its_week_on_the_mentees_clock() -> None:
    the_world = world(member(SPRING), program=cohorts()).at("2027-02-16 12:00")
    the_world.run()
    the_world.at("2027-02-23 12:00").run()
    first, second = (
        issue.body
        for issue in the_world.repository.issues.values()
        if "kind=check-in" in issue.body
    )
    assert "Welcome call" not in first
    assert (
        "[Welcome call](<https://example.org/call>): Tuesday 23 February 2027 at 21:00 "
        "(Europe/Madrid; Wednesday 01:30 Asia/Kolkata), 60 minutes" in second
    )


def test_a_check_in_of_several_weeks_tells_of_the_events_until_the_next() -> None:
    the_world = world(member(SPRING, every_weeks=2), program=cohorts()).at("2027-02-16 12:00")
    the_world.run()
    body = the_world.repository.issues[2].body
    assert "**With everybody in your term until the next check-in:**" in body
    assert "Welcome call" in body


def test_a_finished_term_costs_nothing() -> None:
    def requests(*terms: Term) -> int:
        members = [member(term, f"m{n}") for term in terms for n in range(3)]
        the_program = cohorts(mentors=(mentor(capacity=9),))
        the_world = world(*members, program=the_program).at("2027-12-30 12:00")
        done = the_world.run()
        assert summaries(done) == []
        assert notices(done) == []
        return the_world.bot.requests

    assert requests(SPRING, SUMMER, AUTUMN) == requests()


def test_a_file_that_is_removed_ends_the_mentorship_of_its_term_alone() -> None:
    spring, autumn = member(SPRING), member(AUTUMN)
    the_world = world(spring, autumn, program=cohorts()).at("2027-02-16 12:00")
    the_world.run()
    the_world.with_records(spring).run()

    left = [issue for issue in the_world.repository.issues.values() if not issue.is_open]
    assert ["term=autumn" in issue.body for issue in left] == [True]


def in_milestones(the_world: World) -> dict[str, str]:
    """Return the title of each issue with that of its milestone."""
    return {
        issue.title.partition(":")[0]: issue.milestone.title if issue.milestone else ""
        for issue in the_world.repository.issues.values()
    }


def open_milestones(the_world: World) -> list[str]:
    return [one.title for one in the_world.repository.milestones.values() if one.is_open]


def test_a_term_has_one_milestone_that_is_due_on_its_last_day() -> None:
    the_world = world(member(SPRING), member(SPRING, "hubot"), record("mona"), program=ROOMY).at(
        "2027-02-16 12:00"
    )
    done = summaries(the_world.run())
    assert "create the milestone Spring 2027, due on 2027-05-09" in done
    (made,) = the_world.repository.milestones.values()
    assert (made.title, made.due) == ("Spring 2027", date(2027, 5, 9))
    assert set(in_milestones(the_world).values()) == {"Spring 2027", ""}
    outside = [one for one in the_world.repository.issues.values() if "mona" in one.title]
    assert [one.milestone for one in outside] == [None, None]

    the_world.at("2027-02-23 12:00").run()
    assert len(the_world.repository.milestones) == 1
    inside = [one for one in the_world.repository.issues.values() if "hubot" in one.title]
    assert [one.milestone and one.milestone.title for one in inside] == ["Spring 2027"] * 3


def test_a_milestone_moves_with_its_term_and_is_closed_with_its_last_issue() -> None:
    the_world = world(member(SPRING), member(SPRING, "hubot"), program=ROOMY)
    the_world.at("2027-02-16 12:00").run()
    longer = replace(SPRING, weeks=13)
    the_world.program = replace(ROOMY, terms=(longer, SUMMER, AUTUMN))
    the_world.with_records(member(longer), member(longer, "hubot"))
    run = the_world.run()
    assert "update the milestone Spring 2027: it is due on 2027-05-16 now" in summaries(run)
    assert the_world.repository.milestones[1].due == date(2027, 5, 16)
    assert the_world.run().plan.changes == ()

    the_world.with_records(member(longer), member(longer, "hubot", status=Status.COMPLETED)).run()
    assert open_milestones(the_world)

    done = summaries(the_world.at("2027-05-17 12:00").run())
    assert "close the milestone Spring 2027: all of its mentorships have ended" in done
    assert not open_milestones(the_world)
    before = the_world.bot.requests
    the_world.run()
    the_world.program = replace(ROOMY, terms=(replace(SPRING, weeks=10), SUMMER, AUTUMN))
    the_world.run()
    assert the_world.repository.milestones[1].due == date(2027, 5, 16)
    assert the_world.bot.requests - before <= 8


def test_a_milestone_stays_open_while_somebody_can_join_or_goes_on() -> None:
    early = member(AUTUMN, status=Status.COMPLETED)
    the_world = world(member(AUTUMN), program=ROOMY).at("2027-08-30 12:00")
    the_world.run()
    the_world.with_records(early).run()
    assert the_world.titles(is_open=True) == []
    assert open_milestones(the_world)

    the_world.at("2027-09-20 12:00").with_records(early, member(AUTUMN, "hubot")).run()
    the_world.with_records(early, member(AUTUMN, "hubot", status=Status.PAUSED)).run()
    assert open_milestones(the_world)
    the_world.with_records(early, member(AUTUMN, "hubot", status=Status.WITHDRAWN)).run()
    assert not open_milestones(the_world)


@pytest.mark.parametrize("mishap", [Mishap.LOST_BEFORE, Mishap.LOST_AFTER, Mishap.KILLED_AFTER])
def test_wherever_a_run_ends_the_milestone_of_a_finished_term_is_closed(mishap: Mishap) -> None:
    for skipped in range(12):
        the_world = world(member(SPRING), program=ROOMY).at("2027-02-16 12:00")
        the_world.run()
        the_world.at("2027-05-17 12:00")
        mishaps = iter([*[Mishap.NONE] * skipped, mishap])
        unsteady = UnsteadyForge(repository=the_world.repository, login=BOT, mishaps=mishaps)
        with suppress(Killed, ForgeError):
            the_world.run(unsteady)
        the_world.run()
        the_world.run()
        assert not open_milestones(the_world)
        assert the_world.titles(is_open=True) == []


def test_a_milestone_that_is_there_is_used_and_costs_one_look() -> None:
    the_world = world(member(SPRING), program=ROOMY).at("2027-02-16 12:00")
    the_world.repository.view("ssbarnea").create_milestone("Spring 2027", due=date(2027, 5, 9))
    the_world.run()
    assert len(the_world.repository.milestones) == 1
    assert set(in_milestones(the_world).values()) == {"Spring 2027"}
    plan = the_world.at("2027-02-23 12:00").run()
    assert not any("milestone" in one for one in summaries(plan))


@pytest.mark.parametrize("mishap", [Mishap.LOST_BEFORE, Mishap.LOST_AFTER, Mishap.KILLED_AFTER])
def test_a_milestone_whose_answer_was_lost_is_there_once_and_has_all_issues(mishap: Mishap) -> None:
    for skipped in range(12):
        the_world = world(member(SPRING), program=ROOMY).at("2027-02-16 12:00")
        mishaps = iter([*[Mishap.NONE] * skipped, mishap])
        unsteady = UnsteadyForge(repository=the_world.repository, login=BOT, mishaps=mishaps)
        with suppress(Killed, ForgeError):
            the_world.run(unsteady)
        the_world.run()
        the_world.run()
        assert len(the_world.repository.milestones) == 1
        assert set(in_milestones(the_world).values()) == {"Spring 2027"}


def test_without_the_right_to_make_milestones_issues_are_opened_all_the_same() -> None:
    the_world = world(member(SPRING), program=ROOMY).at("2027-02-16 12:00")
    the_world.repository.writers.discard(the_world.bot.me().login)
    the_world.run()
    assert set(in_milestones(the_world).values()) == {""}
    assert len(the_world.repository.issues) == 2
