"""`mentorship match` ranks mentors for a record, whatever mentor it names."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from mentorship_action.cli import main

PROGRAM = """\
version: 1
program: {name: Example, timezone: Etc/UTC, minimum: {hours_per_week: 4, weeks: 12}}
mentors:
  - {github: near, capacity: 2, timezone: Europe/London, focus: [linting],
     hours: [{days: [mon, tue], from: "09:00", to: "17:00"}]}
  - {github: Far, capacity: 1, timezone: Asia/Kolkata,
     hours: [{days: [mon, tue], from: "09:00", to: "17:00"}]}
  - {github: full, capacity: 0}
  - {github: gone, capacity: 1, away: [{from: 2026-12-01, to: 2026-12-31}]}
"""
RECORD = """\
github: alice
mentor: near
start: 2026-12-07
hours_per_week: 5
weeks: 26
timezone: Asia/Kolkata
availability: [{days: [mon, tue], from: "13:00", to: "20:00"}]
goals: [Learn]
focus: [linting]
chat: {network: irc, handle: alice}
agreements: {code_of_conduct: true, asked_mentor: true}
"""
NOW = "2026-12-01T09:00:00+00:00"
SCHEMA = Path(__file__).parents[2] / "schemas" / "match.schema.json"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "mentorship.yml").write_text(PROGRAM)
    (tmp_path / "mentees").mkdir()
    (tmp_path / "alice.yml").write_text(RECORD)
    return tmp_path


def match(root: Path, *options: str, record: str = "alice.yml") -> int:
    return main(["match", str(root / record), "--root", str(root), "--now", NOW, *options])


def test_mentors_are_ranked_with_their_reasons(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert match(root, "--format", "text") == 0
    said = capsys.readouterr().out
    assert "1. near\n   seats            2 of 2 free\n" in said
    assert "focus in common  linting" in said
    assert "; from 2027-03-29" in said
    assert said.index("1. near") < said.index("2. Far") < said.index("Not at present:")
    assert "   full: takes no mentees\n   gone: away at the start" in said


@pytest.mark.parametrize(
    "mentor",
    [
        *("mentor: nobody", "mentor: full", "mentor: alice", "mentor:", ""),
        *("mentors: [{github: nobody, role: lead}]", "mentors: [{github: near, role: co}]"),
        "mentor: near\nmentors: [{github: near, role: lead}]",
    ],
)
def test_a_mentor_who_is_full_missing_or_nobody_stops_no_ranking(
    root: Path, capsys: pytest.CaptureFixture[str], mentor: str
) -> None:
    (root / "alice.yml").write_text(RECORD.replace("mentor: near", mentor))
    assert match(root, "--format", "text") == 0
    assert "1. near" in capsys.readouterr().out


def test_who_has_a_seat_already_is_told_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "mentees" / "alice.yml").write_text(RECORD)
    assert match(root, "--format", "text", record="mentees/alice.yml") == 0
    assert capsys.readouterr().out.startswith("alice already has a seat with near.\n\nMentors for")
    assert match(root, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["seated"] == "near"


def test_who_waits_has_no_seat(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "mentees" / "alice.yml").write_text(RECORD.replace("mentor: near", "mentor: full"))
    assert match(root, "--format", "text", record="mentees/alice.yml") == 0
    assert "already" not in capsys.readouterr().out


@pytest.mark.parametrize("format_", ["text", "json"])
def test_other_errors_are_shown_as_validate_shows_them(
    root: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    (root / "alice.yml").write_text(RECORD.replace("Asia/Kolkata", "Nowhere"))
    assert match(root, "--format", format_) == 1
    assert "unknown-zone" in capsys.readouterr().out


def test_the_json_fits_its_schema(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert match(root, "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(shown)
    assert [one["mentor"] for one in shown["mentors"]] == ["near", "Far"]
    assert [one["reason"] for one in shown["others"]] == ["takes no mentees", "away at the start"]


def test_a_missing_file_is_wrong_usage_and_a_wrong_program_is_its_own_exit_code(root: Path) -> None:
    assert match(root, record="bob.yml") == 2
    (root / ".github" / "mentorship.yml").write_text("version: 2\n")
    assert match(root) == 3


def test_it_does_without_the_client_for_github() -> None:
    code = "import sys, mentorship_action.cli.match; sys.exit('github' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_seats_are_counted_on_the_programs_own_day(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = PROGRAM.replace("Etc/UTC", "Pacific/Auckland")
    (root / ".github" / "mentorship.yml").write_text(program)
    # Far's only seat is taken through Sunday, 6 December; in Auckland it is Monday by now.
    over = RECORD.replace("alice", "bob").replace("near", "Far").replace("2026-12-07", "2026-06-08")
    (root / "mentees" / "bob.yml").write_text(over)

    options = ("--format", "text", "--now", "2026-12-06T12:00:00+00:00")

    assert match(root, *options) == 0
    assert "Far\n   seats            1 of 1 free\n" in capsys.readouterr().out
