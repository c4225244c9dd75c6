"""`mentorship status` and `sync --explain`, as somebody types them, against GitHub's stand-in."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path

import jsonschema
import pytest

from mentorship_action.cli.group import run_command
from mentorship_action.errors import UsageError
from tests.applications import yaml
from tests.rig.rest import Site

PROGRAM = """\
version: 1
program: {name: Example}
mentors:
  - {github: ganeshrn, capacity: 1}
coordinators: [rosa]
limits: {seconds_between_writes: 0, writes_per_run: 60}
"""
SCHEMA = Path("schemas/status.schema.json")
WEEKS = ["2026-12-07T09:00:00Z", "2026-12-14T09:00:00Z", "2026-12-21T09:00:00Z"]

Command = Callable[..., int]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".github").mkdir()
    (tmp_path / "mentees").mkdir()
    (tmp_path / ".github/mentorship.yml").write_text(PROGRAM)
    (tmp_path / "mentees/octocat.yml").write_bytes(yaml("octocat"))
    return tmp_path


@pytest.fixture
def command(root: Path, environ: Mapping[str, str]) -> Command:
    def call(name: str, *arguments: str, now: str = WEEKS[0]) -> int:
        return run_command([name, "--root", str(root), "--now", now, *arguments], environ)

    return call


Out = pytest.CaptureFixture[str]


@pytest.fixture
def quiet(command: Command, site: Site, capsys: Out) -> Command:
    """A pair in its third week, of whom nobody has said anything but the mentee's question."""
    for now in WEEKS:
        site.repository.clock = partial(datetime.fromisoformat, now)
        assert command("sync", "--apply", now=now) == 0
    capsys.readouterr()
    return command


def test_who_has_been_quiet_is_told_here_alone(quiet: Command, site: Site, capsys: Out) -> None:
    assert quiet("status", now=WEEKS[2]) == 0
    assert capsys.readouterr().out == (
        "No sign of the mentee: octocat (#1), up to ganeshrn, since 2026-12-07\n"
        "1 thing to look at.\n"
    )
    writes = len(site.asked("POST")) + len(site.asked("PATCH"))
    quiet("status", now=WEEKS[2])
    assert len(site.asked("POST")) + len(site.asked("PATCH")) == writes


def test_json_is_one_object_that_the_published_schema_describes(
    quiet: Command, capsys: Out
) -> None:
    assert quiet("status", "--format", "json", now=WEEKS[2]) == 0
    shown = json.loads(capsys.readouterr().out)
    jsonschema.validate(shown, json.loads(SCHEMA.read_text()))
    assert shown["needs"] == [
        {
            "kind": "quiet",
            "who": "octocat",
            "number": 1,
            "whom": ["ganeshrn"],
            "since": "2026-12-07",
        }
    ]


def test_a_question_without_an_answer_comes_before_silence(
    quiet: Command, site: Site, capsys: Out
) -> None:
    site.repository.view("octocat").create_comment(1, "Is the build always red?")
    assert quiet("status", now=WEEKS[2]) == 0
    first, *_ = capsys.readouterr().out.split("\n")
    assert first.startswith("Question without an answer: octocat (#1), up to ganeshrn, since ")


def test_offline_it_says_what_the_files_tell(command: Command, root: Path, capsys: Out) -> None:
    assert command("status", "--offline") == 0
    assert capsys.readouterr().out == "Nothing waits.\n"
    (root / ".github/mentorship.yml").write_text(PROGRAM.replace("ganeshrn", "ada"))
    assert command("status", "--offline", now="2027-02-22T09:00:00Z") == 0


def test_explaining_says_what_is_due_for_one_person_and_what_is_not(
    command: Command, site: Site, capsys: Out
) -> None:
    assert command("sync", "--explain", "Octocat") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("Mentorship of octocat with ganeshrn: active, no tracker yet.\n")
    assert "  Due now: open “Week 1 of 12: octocat & ganeshrn (7 Dec)”" in shown
    assert "  The next check-in, of 2026-W51, is due 2026-12-14 08:00 UTC.\n" in shown
    assert site.repository.issues == {}


def test_explaining_a_mentor_names_their_applications(
    command: Command, site: Site, capsys: Out
) -> None:
    number = site.repository.view("hubot").open_pull("Join", {"mentees/hubot.yml": yaml("hubot")})
    command("sync", "--apply")
    capsys.readouterr()
    command("sync", "--explain", "ganeshrn")
    assert f"Application #{number} of hubot: " in capsys.readouterr().out


def test_explaining_somebody_unknown_says_so(command: Command, capsys: Out) -> None:
    assert command("sync", "--explain", "nobody") == 0
    said = "nobody has no mentee file, no mentee, and no open application.\n"
    assert capsys.readouterr().out == said


def test_a_paused_mentorship_says_why_nothing_is_due(
    command: Command, root: Path, capsys: Out
) -> None:
    (root / "mentees/octocat.yml").write_bytes(yaml("octocat", status="paused"))
    command("sync", "--explain", "octocat")
    assert (
        "  Paused: no check-ins until the mentee file says `active`.\n" in capsys.readouterr().out
    )


@pytest.mark.parametrize("other", [["--apply"], ["--format", "json"]])
def test_explaining_only_looks(command: Command, other: list[str]) -> None:
    with pytest.raises(UsageError, match="only looks"):
        command("sync", "--explain", "octocat", *other)


def test_seats_without_an_answer_are_told_here_and_not_offered(
    quiet: Command, site: Site, tmp_path: Path, capsys: Out
) -> None:
    def run(now: str) -> None:
        site.repository.clock = partial(datetime.fromisoformat, now)
        assert quiet("sync", "--apply", now=now) == 0

    def free() -> int:
        out = tmp_path / "site"
        assert quiet("report", "--out", str(out), now="2027-03-20T09:00:00Z") == 0
        (shown,) = json.loads((out / "report.json").read_text())["mentors"]
        return int(shown["free_seats"])

    (tmp_path / ".github/mentorship.yml").write_text(PROGRAM.replace("capacity: 1", "capacity: 3"))
    run("2027-03-08T10:00:00Z")
    assert free() == 0
    capsys.readouterr()
    quiet("status", now="2027-03-20T09:00:00Z")
    assert "Seats to confirm: ganeshrn (#3), up to ganeshrn, since 2027-03-08" in (
        capsys.readouterr().out
    )
    assert quiet("sync", "--explain", "ganeshrn", now="2027-03-20T09:00:00Z") == 0
    told = "Seats of ganeshrn: 0 of 3 taken, asked on 2027-03-08, not offered as free.\n"
    assert told in capsys.readouterr().out
    site.repository.clock = partial(datetime.fromisoformat, "2027-03-20T10:00:00Z")
    site.repository.view("ganeshrn").create_comment(3, "/yes")
    run("2027-03-20T10:05:00Z")
    assert free() == 3
