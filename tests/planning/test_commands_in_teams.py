"""In a team, a command is about its speaker, or about the mentee whom it names."""

import pytest

from mentorship_action.domain.program import CommandWay
from tests.applications import Scene, yaml
from tests.builders import moment
from tests.planning.test_commands import PLACE, TRACKER, answers, lines_in, say, settles
from tests.teams import with_teams

PROGRAM_FILE = b"""\
version: 1
program: {name: Example Mentorship, timezone: Europe/Berlin}
mentors:
  - {github: radia, capacity: 1}
  - {github: Grace, capacity: 2}
  - {github: linus, capacity: 0}
terms:
  - id: spring
    name: Spring
    applications: {from: 2027-01-01, to: 2027-02-01}
    start: 2027-02-15
    weeks: 12
teams:
  - id: blue
    name: Blue
    term: spring
    size: 3
    mentors:
      - {github: radia, role: lead}
      - {github: Grace, role: co}
      - {github: linus, role: backup}
    meeting: {day: tue, time: "18:00", timezone: Europe/Berlin, minutes: 60}  # after work
"""
CHECK_IN = 2


@pytest.fixture
def team() -> Scene:
    scene = Scene()
    scene.program = with_teams(coordinators=("carol",), commands=CommandWay.LINK)
    scene.repository.writers |= {"radia", "grace", "linus", "carol"}
    files = {
        f"mentees/spring/{login}.yml": yaml(login, mentor=None, team="blue", start=None)
        for login in ("edsger", "tony")
    }
    scene.repository.branches.put({PLACE: PROGRAM_FILE, **files})
    scene.now = moment("2027-02-15 18:00")
    scene.run()
    settles(scene)
    return scene


def test_a_mentee_speaks_for_themselves(team: Scene) -> None:
    answer = say(team, "tony", "/pause")
    assert "edit/main/mentees/spring/tony.yml" in answer
    assert lines_in(answer) == "status: paused"


def test_a_mentor_names_the_mentee_whom_they_mean(team: Scene) -> None:
    assert "`/pause @edsger`" in say(team, "radia", "/pause")
    assert "edit/main/mentees/spring/tony.yml" in say(team, "radia", "/pause @tony")
    assert "only your own time away" in say(team, "radia", "/away 1 Mar 2 Mar @tony")
    assert "mentees/spring/tony.yml" in say(team, "carol", "/away 1 Mar 2 Mar @tony")


def test_the_meeting_of_a_team_is_the_programs(team: Scene) -> None:
    answer = say(team, "edsger", "/reschedule wed 17:00")
    assert f"edit/main/{PLACE}" in answer
    new = (
        '    meeting: {day: wed, time: "17:00", timezone: Europe/Berlin, minutes: 60}  # after work'
    )
    assert new in lines_in(answer)
    assert lines_in(answer).startswith("  - id: blue\n")


def test_what_is_the_same_for_a_whole_team_is_no_ones_to_change(team: Scene) -> None:
    assert "one rhythm for everybody" in say(team, "edsger", "/every 2")
    assert "the weeks of a term are the same" in say(team, "radia", "/extend 2 @edsger")


def test_done_ticks_the_part_of_whose_list_it_is(team: Scene) -> None:
    say(team, "tony", "/done 2")
    say(team, "radia", "/done 1 @edsger")
    parts = team.repository.issues[TRACKER].body.split("## For ")
    ticks = {
        part.partition("\n")[0]: [line[:5] for line in part.splitlines() if line[:3] == "- ["]
        for part in parts[1:]
    }
    assert ticks["@edsger"][:2] == ["- [x]", "- [ ]"]
    assert ticks["@tony"][:2] == ["- [ ]", "- [x]"]


def test_a_checklist_is_its_authors_part(team: Scene) -> None:
    say(team, "tony", "/done 1")
    for login, tick in (("tony", "- [x] "), ("edsger", "- [ ] ")):
        said = team.says(login, TRACKER, "/checklist")
        team.run()
        body = team.person(login).get_comment(said.id).body
        assert body.splitlines()[2].startswith(tick)
    settles(team)


def test_being_stuck_reaches_the_teams_mentors_and_names_who_it_is(team: Scene) -> None:
    answer = say(team, "tony", "/stuck", CHECK_IN)
    assert "@radia and @grace, can you help `tony`" in answer
    assert answers(team) == []


def test_who_graduates_before_the_team_does_gets_a_certificate(team: Scene) -> None:
    file = "mentees/spring/tony.yml"
    done = yaml("tony", mentor=None, team="blue", start=None, status="completed")
    team.repository.branches.put({file: done})
    team.now = moment("2027-03-18 12:00")
    team.run()
    settles(team)
    answer = say(team, "tony", "/certificate", TRACKER)
    assert "`certificates/spring/tony.svg` has an address of its own" in answer
    assert "Thursday%2018%20March%202027" in answer
    assert "has an address of its own" in say(team, "carol", "/certificate @tony", TRACKER)
    assert "a certificate is for who" in say(team, "edsger", "/certificate", TRACKER)
    assert "that is for" in say(team, "tony", "/withdraw", TRACKER)


def test_a_meeting_is_skipped_for_everybody(team: Scene) -> None:
    say(team, "grace", "/skip", CHECK_IN)
    assert not team.repository.issues[CHECK_IN].is_open
    settles(team)
