"""A command changes the lines that it is about, keeps the file valid, and shows them whole."""

from datetime import date, time

import pytest

from mentorship_action.domain.arguments import Days, MeetingTime, Weeks, Wrong
from mentorship_action.domain.edits import (
    Changes,
    EditedFile,
    longer,
    mentor_path,
    more_away,
    other_cadence,
    other_meeting,
    status_changes,
    team_meeting,
)
from mentorship_action.domain.program import Program, Team, Weekday
from mentorship_action.domain.record import Status
from mentorship_action.records.edited import FileEditor
from mentorship_action.records.validate import check_program
from tests.builders import meeting, program, record, span

FILE = """\
# Mona's file
github: octocat
mentor: ssbarnea   # since May
start: 2026-12-07
hours_per_week: 5
timezone: Europe/Madrid
meeting: {day: tue, time: "17:00"}  # after work
goals:
  - Learn how maintainers review
focus: [linting]
chat: {network: matrix, handle: "@octocat:matrix.org"}
availability:
  - {days: [tue, wed], from: "16:00", to: "20:00"}
away:
  - {from: 2026-12-24, to: 2027-01-03}  # family
agreements: {code_of_conduct: true, asked_mentor: true}
"""
PATH = "mentees/octocat.yml"
PROGRAM = """\
version: 1
program: {name: Example}
mentors:
  # The first one.
  - github: ssbarnea
    capacity: 2
  - github: ada
    capacity: 1
    away:
      - {from: 2026-08-01, to: 2026-08-10}
"""
SAID_ON = date(2026, 12, 9)


def edited(changes: Changes | Wrong, content: str = FILE) -> EditedFile:
    assert not isinstance(changes, Wrong)
    editor = FileEditor(read={PATH: content.encode()}.__getitem__, program=program())
    found = editor.edited(PATH, changes)
    assert found is not None
    return found


def test_days_away_are_added_below_those_that_are_there() -> None:
    days = Days(first=date(2027, 2, 1), last=date(2027, 2, 7))
    found = edited(more_away(days, (span("2026-12-24", "2027-01-03"),)))
    assert found.lines == (
        "away:\n"
        "  - {from: 2026-12-24, to: 2027-01-03}  # family\n"
        "  - {from: 2027-02-01, to: 2027-02-07}"
    )
    assert found.content.decode() == FILE.replace(
        "# family\n", "# family\n  - {from: 2027-02-01, to: 2027-02-07}\n"
    )
    assert found.problem == ""


def test_days_that_are_in_the_file_change_nothing() -> None:
    days = Days(first=date(2026, 12, 25), last=date(2027, 1, 3))
    assert more_away(days, (span("2026-12-24", "2027-01-03"),)) == {}


def test_a_key_that_is_not_there_yet_is_added() -> None:
    found = edited(status_changes("pause", record()))
    assert found.lines == "status: paused"
    assert found.content.decode() == f"{FILE}status: paused\n"


@pytest.mark.parametrize(
    ("word", "status", "expected"),
    [
        ("pause", "active", {("status",): "paused"}),
        ("pause", "paused", {}),
        ("resume", "paused", {("status",): "active"}),
        ("resume", "active", {}),
        ("finish", "paused", {("status",): "completed"}),
        ("withdraw", "active", {("status",): "withdrawn"}),
        ("resume", "withdrawn", Wrong(reason="ended")),
        ("withdraw", "completed", Wrong(reason="ended")),
    ],
)
def test_what_has_ended_does_not_go_on_by_a_command(
    word: str, status: str, expected: object
) -> None:
    assert status_changes(word, record(status=Status(status))) == expected


def test_weeks_are_added_within_what_a_file_may_have() -> None:
    assert longer(Weeks(count=2), record(weeks=16)) == {("weeks",): 18}
    assert longer(Weeks(count=52), record(weeks=53)) == Wrong(reason="extend")
    assert longer(Weeks(count=2), record(term="2027-spring")) == Wrong(reason="term")


def test_a_cadence_of_its_own_is_written() -> None:
    found = edited(other_cadence(Weeks(count=2), record()))
    assert found.lines == "check_ins: {every_weeks: 2}"
    assert other_cadence(Weeks(count=1), record()) == {}
    assert other_cadence(Weeks(count=2), record(team="blue")) == Wrong(reason="team")


def when(day: str, at: str, zone: str = "") -> MeetingTime:
    return MeetingTime(day=Weekday(day), time=time.fromisoformat(at), zone=zone)


def test_a_meeting_moves_and_keeps_its_length_and_remarks() -> None:
    pair = record(meeting=meeting("tue", "17:00"))
    found = edited(other_meeting(when("wed", "17:30"), pair, SAID_ON))
    assert found.lines == 'meeting: {day: wed, time: "17:30"}  # after work'
    assert other_meeting(when("tue", "17:00"), pair, SAID_ON) == {}


@pytest.mark.parametrize(
    ("given", "local"),
    [
        (when("thu", "18:00", "Europe/Madrid"), ("thu", "18:00")),
        (when("thu", "18:00", "America/New_York"), ("fri", "00:00")),
        (when("mon", "02:00", "Asia/Kolkata"), ("sun", "21:30")),
        (when("thu", "18:00", "utc"), ("thu", "19:00")),
    ],
)
def test_a_time_in_another_zone_is_put_on_the_mentees_clock(
    given: MeetingTime, local: tuple[str, str]
) -> None:
    day, at = local
    assert other_meeting(given, record(), SAID_ON) == {("meeting",): {"day": day, "time": at}}


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "/etc/localtime", "a\0b"])
def test_an_unknown_zone_is_told(zone: str) -> None:
    assert other_meeting(when("thu", "18:00", zone), record(), SAID_ON) == Wrong(reason="zone")


def test_a_command_never_makes_a_file_invalid() -> None:
    found = edited(other_meeting(when("fri", "23:00"), record(), SAID_ON))
    assert "availability" in found.problem


def test_a_file_that_can_not_be_read_is_left_alone() -> None:
    editor = FileEditor(read={PATH: b"github: ["}.__getitem__, program=program())
    assert editor.edited(PATH, {("status",): "paused"}) is None
    gone = FileEditor(read={"other.yml": b""}.__getitem__, program=program())
    assert gone.edited(PATH, {("status",): "paused"}) is None


# -- The program's own file


def of_program(changes: Changes | Wrong) -> EditedFile:
    assert not isinstance(changes, Wrong)
    editor = FileEditor(
        read={"p.yml": PROGRAM.encode()}.__getitem__, program=example(), program_file="p.yml"
    )
    found = editor.edited("p.yml", changes)
    assert found is not None
    return found


def example() -> Program:
    found, findings = check_program("p.yml", PROGRAM.encode())
    assert found is not None, findings
    return found


def test_a_mentors_time_away_goes_into_the_program() -> None:
    days = Days(first=date(2027, 2, 1), last=date(2027, 2, 7))
    paths = {login: mentor_path(login, example()) for login in ("ada", "ssbarnea", "linus")}
    ada, other = paths["ada"], paths["ssbarnea"]
    assert not isinstance(ada, Wrong)
    assert not isinstance(other, Wrong)
    found = of_program(more_away(days, example().mentors[1].away, ada))
    assert found.lines == (
        "  - github: ada\n"
        "    capacity: 1\n"
        "    away:\n"
        "      - {from: 2026-08-01, to: 2026-08-10}\n"
        "      - {from: 2027-02-01, to: 2027-02-07}"
    )
    first = of_program(more_away(days, (), other))
    assert first.lines.endswith("    away: [{from: 2027-02-01, to: 2027-02-07}]")
    assert first.problem == found.problem == ""
    assert paths["linus"] == Wrong(reason="no-mentor")


def test_a_teams_meeting_is_the_programs() -> None:
    blue = Team(id="blue", name="Blue", size=3, mentors=(), zone="Europe/London")
    teams = program(teams=(blue,))
    assert team_meeting(when("thu", "18:00", "Europe/Madrid"), "blue", teams, SAID_ON) == {
        ("teams", 0, "meeting"): {"day": "thu", "time": "17:00", "timezone": "Europe/London"}
    }
