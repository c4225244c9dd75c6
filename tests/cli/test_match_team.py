"""`mentorship match` ranks teams, and finds times for the meeting of one."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from mentorship_action.cli import main

PROGRAM = """\
version: 1
program: {name: Example, timezone: Etc/UTC}
mentors:
  - {github: ada, capacity: 2, timezone: Europe/Berlin, focus: [linting],
     hours: [{days: [tue, wed], from: "15:00", to: "19:00"}]}
  - {github: grace, capacity: 2, timezone: America/New_York,
     hours: [{days: [tue], from: "11:00", to: "14:00"}]}
  - {github: busy, capacity: 0}
terms:
  - {id: spring, name: Spring, applications: {from: 2027-01-01, to: 2027-01-31},
     start: 2027-02-15, weeks: 12}
teams:
  - {id: blue, name: "Blue ::team", term: spring, size: 2,
     mentors: [{github: ada, role: lead}, {github: grace, role: co}],
     meeting: {day: tue, time: "17:00", timezone: Europe/Berlin, minutes: 60}}
  - {id: green, name: Green, term: spring, size: 3, mentors: [{github: ada, role: lead}]}
  - {id: full, name: Full, term: spring, size: 3, mentors: [{github: busy, role: lead}]}
  - {id: rolling, name: Rolling, size: 3, mentors: [{github: ada, role: lead}]}
"""
MEMBER = """\
github: {login}
team: {team}
hours_per_week: 5
timezone: Europe/Madrid
availability: [{{days: [tue], from: "{opens}", to: "{closes}"}}]
goals: [Learn]
focus: [linting]
chat: {{network: irc, handle: {login}}}
agreements: {{code_of_conduct: true, asked_mentor: true}}
"""
NOW = "2027-01-20T09:00:00+00:00"
SCHEMAS = Path(__file__).parents[2] / "schemas"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "mentorship.yml").write_text(PROGRAM)
    (tmp_path / "mentees" / "spring").mkdir(parents=True)
    member(tmp_path, "bob")
    return tmp_path


def member(
    root: Path, login: str, opens: str = "16:30", closes: str = "19:00", team: str = "blue"
) -> Path:
    path = root / "mentees" / "spring" / f"{login}.yml"
    path.write_text(MEMBER.format(login=login, opens=opens, closes=closes, team=team))
    return path


def match(root: Path, *options: str) -> int:
    return main(["match", "--root", str(root), "--now", NOW, "--format", "text", *options])


def says(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr().out
    assert all(len(line) <= 80 for line in said.splitlines())
    return said


def test_teams_are_ranked_by_the_hours_that_all_share(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = member(root, "alice", team="green")
    assert match(root, str(path)) == 0
    said = says(capsys)
    _, _, teams = said.partition("Teams for alice, the best first:\n\n")
    assert teams.startswith(
        "1. green\n"
        "   places           3 of 3 free\n"
        "   hours of all     2 h 30 min a week\n"
        "   focus in common  linting\n"
    )
    assert (
        "2. blue\n"
        "   places           1 of 2 free\n"
        "   hours of all     2 h a week; from 2027-03-15 2 h 30 min; from 2027-03-29 2 h\n"
    ) in teams
    assert "   meeting          Tuesday 17:00 (Europe/Berlin), within your hours\n" in teams
    assert "   team full: full" in teams
    assert "rolling" not in said


def test_who_names_no_hours_in_a_team_is_named_and_not_counted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = member(root, "alice", team="green")
    quiet = member(root, "bob")
    lines = quiet.read_text().splitlines(keepends=True)
    quiet.write_text("".join(line for line in lines if not line.startswith("availability")))
    assert match(root, str(path)) == 0
    assert "   not counted      bob, who name no hours\n" in says(capsys)


def test_a_team_whose_meeting_is_outside_of_somebodys_hours_comes_last(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = member(root, "alice", opens="18:00", team="green")
    assert match(root, str(path)) == 0
    said = says(capsys)
    assert said.index("1. green") < said.index("2. blue")
    assert "Tuesday 17:00 (Europe/Berlin), not in your hours" in said


def test_who_has_a_place_in_a_team_already_is_told_so(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    member(root, "carol")
    assert match(root, str(member(root, "dave"))) == 0
    assert "already" not in says(capsys)
    assert match(root, str(root / "mentees" / "spring" / "bob.yml")) == 0
    assert says(capsys).startswith("bob already has a seat with Blue ::team.\n")


def test_a_team_that_does_not_exist_stops_no_ranking(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = member(root, "alice", team="purple")
    assert match(root, str(path)) == 0
    assert "1. green" in says(capsys)


def test_the_json_of_teams_fits_its_schema(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(root, str(member(root, "alice")), "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    schema = json.loads((SCHEMAS / "match.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(shown)
    assert [one["team"] for one in shown["teams"]] == ["green", "blue"]
    assert shown["full_teams"] == ["full"]


def test_a_time_for_everybody_is_told_on_everybodys_clock(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert match(root, "--team", "blue") == 0
    said = says(capsys)
    assert "Times for the weekly meeting of Blue ::team: 60 minutes" in said
    assert "The meeting as it is, Tuesday 17:00, suits everybody.\n" in said
    assert "1. Tuesday 17:00  (any start from 17:00 to 18:00)\n" in said
    assert "   from 2027-03-15\n      ada 17:00, grace 12:00, bob 17:00\n" in said


def test_without_a_time_whose_one_hour_would_open_which_is_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    member(root, "alice", opens="15:00", closes="17:30")
    assert match(root, "--team", "blue") == 0
    said = says(capsys)
    assert "doesn't always suit alice.\n" in said
    assert "No time suits everybody all through the season." in said
    assert (
        "1. Tuesday 16:30, if grace adds on their clock (America/New_York)\n"
        "      Tuesday 10:30 to 11:00, from 2027-02-15 to 2027-03-14\n"
        "      Tuesday 10:30 to 11:00, from 2027-03-29 to 2027-05-09\n"
        "2. Tuesday 17:00, if alice adds on their clock (Europe/Madrid)\n"
        "      Tuesday 17:30 to 18:00\n"
    ) in said
    assert "With a meeting that moves when clocks change:" in said


@pytest.mark.parametrize("closes", ["19:00", "17:30", "15:30"])
def test_the_json_of_times_fits_its_schema(
    root: Path, capsys: pytest.CaptureFixture[str], closes: str
) -> None:
    member(root, "alice", opens="15:00", closes=closes)
    assert match(root, "--team", "blue", "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    schema = json.loads((SCHEMAS / "meetings.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(shown)
    assert [one["login"] for one in shown["people"]] == ["ada", "grace", "alice", "bob"]
    assert bool(shown["times"]) == (closes == "19:00")
    assert bool(shown["near"]) == (closes != "19:00")


def test_who_waits_for_a_place_or_is_done_is_not_asked(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    member(root, "carl")
    member(root, "dave")
    done = member(root, "alice")
    done.write_text(done.read_text() + "status: completed\n")
    assert match(root, "--team", "blue", "--format", "json") == 0
    people = json.loads(capsys.readouterr().out)["people"]
    assert [one["login"] for one in people] == ["ada", "grace", "bob", "carl"]
    assert match(root, str(member(root, "eve", team="green"))) == 0
    assert "   team blue: full\n" in says(capsys)


def test_a_team_outside_of_terms_is_looked_at_for_as_long_as_a_mentorship_lasts(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert match(root, "--team", "rolling") == 0
    assert "from 2027-01-20 to\n2027-04-14, on the clock of Etc/UTC" in says(capsys)


def test_a_team_that_names_no_hours_is_told_where_they_stand(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert match(root, "--team", "full") == 0
    said = says(capsys)
    assert "Not counted, for they name no hours: busy." in said
    assert "under `availability` in a mentee file" in said


def test_wrong_usage_says_what_there_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(root, "--team", "blu") == 2
    assert "Did you mean `blue`? The teams are `blue`, `green`" in capsys.readouterr().err
    assert match(root) == 2
    assert match(root, str(member(root, "alice")), "--team", "blue") == 2


def test_it_does_without_the_client_for_github() -> None:
    code = "import sys, mentorship_action.cli.match; sys.exit('github' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_team_that_a_mentor_has_left_is_ranked_and_still_finds_times(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root / ".github" / "mentorship.yml"
    file.write_text(file.read_text().replace("github: grace, capacity", "github: other, capacity"))
    assert match(root, str(member(root, "alice"))) == 0
    assert "\n2. blue\n" in says(capsys)
    assert match(root, "--team", "blue") == 0
    assert "Tuesday 16:30" in says(capsys)
