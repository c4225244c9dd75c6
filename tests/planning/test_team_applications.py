"""Joining a team: its mentors are asked, and its places go in order."""

from typing import Any

import pytest

from tests.applications import Scene, yaml
from tests.builders import moment, notices, summaries
from tests.teams import team, with_teams

EVERYBODY = ("radia", "grace", "linus")


@pytest.fixture
def term(scene: Scene) -> Scene:
    """A scene in the days of application of a term with the team Blue."""
    scene.program = with_teams()
    scene.now = moment("2027-01-12 08:00")
    return scene


def joins(scene: Scene, login: str, **changes: Any) -> int:
    values = {"mentor": None, "start": None, "team": "blue", **changes}
    return scene.proposes(login, {f"mentees/spring/{login}.yml": yaml(login, **values)})


def accepts(scene: Scene, number: int) -> None:
    for mentor in EVERYBODY:
        scene.says(mentor, number, "/accept")
    scene.run()


def test_a_team_goes_from_the_first_application_to_its_first_check_in(term: Scene) -> None:
    number = joins(term, "edsger")
    term.run()
    said = term.bot_comment(number)
    assert "the team `Blue` has a free place (0 of 3 taken)" in said
    assert "@radia, @grace and @linus, will you mentor @edsger in the team `Blue`" in said
    accepts(term, number)
    assert term.stage(number) == "ready"
    assert "you have a place in the team `Blue`" in term.bot_comment(number)
    term.merges(number)
    term.run()
    assert "the issue for the team `Blue`" in term.bot_comment(number)
    assert summaries(term.run()) == []

    term.now = moment("2027-02-15 18:00")
    term.run()
    tracker, check_in = term.repository.issues.values()
    assert tracker.title == "Mentorship: Blue with radia"
    assert check_in.title == "Week 1 of 12: Blue (16 Feb)"
    assert summaries(term.run()) == []


def test_a_team_is_full_when_its_places_are_offered_and_its_waitlist_goes_in_order(
    term: Scene,
) -> None:
    numbers = [joins(term, login) for login in ("a", "b", "c", "d", "e")]
    run = term.run()
    assert [term.stage(number) for number in numbers] == [
        *["needs-answer"] * 3,
        *["waitlisted"] * 2,
    ]
    assert "**number 2 on the waitlist**" in term.bot_comment(numbers[4])
    assert f"#{numbers[3]} is number 1 on the waitlist of the team blue" in notices(run)
    accepts(term, numbers[0])
    term.says("radia", numbers[1], "/decline")
    term.run()
    assert [term.stage(number) for number in numbers[1:]] == [
        "declined",
        "needs-answer",
        "needs-answer",
        "waitlisted",
    ]
    assert "**number 1 on the waitlist**" in term.bot_comment(numbers[4])
    assert summaries(term.run()) == []


def test_a_team_takes_one_seat_of_its_mentors_however_many_apply(term: Scene) -> None:
    first, second = joins(term, "a"), joins(term, "b")
    pair = joins(term, "z", team=None, mentor="radia")
    term.run()
    assert [term.stage(one) for one in (first, second, pair)] == [
        "needs-answer",
        "needs-answer",
        "waitlisted",
    ]


def test_who_joins_a_team_that_has_begun_needs_no_seat_of_its_mentors(term: Scene) -> None:
    first = joins(term, "a")
    term.run()
    pair = joins(term, "z", team=None, mentor="radia")
    accepts(term, first)
    term.merges(first)
    term.run()
    second = joins(term, "b")
    term.run()
    assert (term.stage(pair), term.stage(second)) == ("waitlisted", "needs-answer")


def test_a_team_waits_when_one_of_its_mentors_is_full(term: Scene) -> None:
    pair = joins(term, "z", team=None, mentor="radia")
    first, second = joins(term, "a"), joins(term, "b")
    term.run()
    assert [term.stage(one) for one in (pair, first, second)] == [
        "needs-answer",
        "waitlisted",
        "waitlisted",
    ]
    assert "your mentors here" in term.bot_comment(first)


def test_who_was_merged_into_a_full_team_waits_and_is_told(term: Scene) -> None:
    term.program = with_teams(team(size=1))
    numbers = [joins(term, login) for login in ("a", "b", "c")]
    accepts(term, numbers[0])
    for number in numbers:
        term.merges(number)
    term.run()
    for place, number in enumerate(numbers[1:], start=1):
        said = term.bot_comment(number)
        assert "The last place in the team `Blue` was taken just before" in said
        assert f"**number {place} on the waitlist**" in said
    assert (
        term.person("a")
        .list_issues(state="open", label="mentorship:tracker")[0]
        .body.count("## For @")
        == 2
    )
    assert summaries(term.run()) == []


def test_a_mentee_does_not_change_the_team_alone(term: Scene) -> None:
    term.program = with_teams(team(), team("Red"))
    term.repository.branches.put(
        {"mentees/spring/a.yml": yaml("a", mentor=None, start=None, team="blue")}
    )
    term.run()
    number = joins(term, "a", team="red")
    term.run()
    assert term.stage(number) == "needs-maintainer"


def test_nobody_mentors_the_team_that_they_are_in(term: Scene) -> None:
    number = joins(term, "grace")
    term.run()
    assert term.stage(number) == "needs-fixes"


def put(scene: Scene, login: str, **changes: Any) -> None:
    """Put a file of the team Blue on the default branch."""
    values = {"mentor": None, "start": None, "team": "blue", **changes}
    scene.repository.branches.put({f"mentees/spring/{login}.yml": yaml(login, **values)})


def proposes(scene: Scene, login: str, **changes: Any) -> int:
    """Let a coordinator change somebody's file; who is in a team may not do that alone."""
    values = {"mentor": None, "start": None, **changes}
    return scene.proposes("ssbarnea", {f"mentees/spring/{login}.yml": yaml(login, **values)})


def test_who_leaves_a_team_for_its_lead_needs_a_seat_of_theirs(term: Scene) -> None:
    put(term, "a")
    put(term, "b")
    term.run()
    number = proposes(term, "a", mentor="radia")
    term.run()
    assert term.stage(number) == "waitlisted"


def test_who_goes_from_one_team_to_another_needs_a_place_there(term: Scene) -> None:
    term.program = with_teams(team(), team("Red", size=1, mentors=team().mentors[1:2]))
    put(term, "a")
    put(term, "b", team="red")
    term.run()
    number = proposes(term, "a", team="red")
    term.run()
    assert term.stage(number) == "waitlisted"
    assert "All places of the team `Red` are taken" in term.bot_comment(number)


def test_who_chooses_another_team_goes_behind_those_who_wait_for_it(term: Scene) -> None:
    term.program = with_teams(team(size=1), team("Red", size=1))
    put(term, "x")
    put(term, "y", team="red")
    term.run()
    changes_mind, waits = joins(term, "a", team="red"), joins(term, "b")
    term.run()
    values = {"mentor": None, "start": None, "team": "blue"}
    term.person("a").push(changes_mind, {"mentees/spring/a.yml": yaml("a", **values)})
    term.run()
    assert "**number 1 on the waitlist**" in term.bot_comment(waits)
    assert "**number 2 on the waitlist**" in term.bot_comment(changes_mind)


def test_a_file_with_errors_closes_neither_a_team_nor_a_pair(term: Scene) -> None:
    put(term, "a")
    put(term, "z", team=None, mentor="ada")
    term.run()
    put(term, "a", hours_per_week="many")
    put(term, "z", team="blue", hours_per_week="many")
    term.run()
    assert [issue.is_open for issue in term.repository.issues.values()] == [True, True]
    assert summaries(term.run()) == []
