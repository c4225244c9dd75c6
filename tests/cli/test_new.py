"""`mentorship new` asks the questions, checks each answer, and ends in a mentee file."""

import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import jsonschema
import pytest

from mentorship_action.cli import main
from mentorship_action.usecases.new import machine_zone, read_windows

NOW = "2026-12-01T09:00:00+00:00"
SCHEMA = Path(__file__).parents[2] / "schemas" / "new.schema.json"
PROGRAM = """\
version: 1
program: {name: Garden, minimum: {hours_per_week: 4, weeks: 6}}
mentors:
  - {github: Ada, capacity: 2, timezone: Europe/London, focus: [soil],
     hours: [{days: [mon, tue], from: "09:00", to: "17:00"}]}
  - {github: grace, capacity: 1, timezone: America/New_York,
     hours: [{days: [mon, tue], from: "09:00", to: "17:00"}]}
  - {github: full, capacity: 0}
"""
TERMS = """\
terms:
  - id: 2027-spring
    name: Spring 2027
    applications: {from: 2027-01-11, to: 2027-01-31}
    start: 2027-02-15
    weeks: 12
  - id: 2027-fall
    name: Fall 2027
    applications: {from: 2027-08-01, to: 2027-08-31}
    start: 2027-09-06
    weeks: 10
teams:
  - {id: blue, name: Blue, term: 2027-spring, size: 2, mentors: [{github: Ada, role: lead}]}
"""
LOGIN, MENTOR, LAST = 0, 8, 13
ANSWERS = (
    *("octocat", "The Octocat", "Europe/Madrid", "2027-01-11", "", "5", "mon,tue 10:00-20:00"),
    *("soil", "1", "Grow something", "", "", "y", "y"),
)
"""Login, name, zone, start, weeks, hours, when, focus, mentor, goals, chat, agreements."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "mentorship.yml").write_text(PROGRAM, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.setenv("TZ", "Asia/Kolkata")


def new(root: Path, monkeypatch: pytest.MonkeyPatch, answers: Iterable[str], *options: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in answers)))
    return main(["new", "--root", str(root), "--now", NOW, *options])


def with_answer(place: int, *answers: str) -> list[str]:
    """Return the answers with others in one place, before the final yes."""
    return [*ANSWERS[:place], *answers, *ANSWERS[place + 1 :], "y"]


def written(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in (root / "mentees").rglob("*.yml"))


def test_answers_become_a_valid_mentee_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(root, monkeypatch, [*ANSWERS, "y"]) == 0
    assert written(root) == ["mentees/octocat.yml"]
    text = (root / "mentees/octocat.yml").read_text(encoding="utf-8")
    assert "mentor: Ada\n" in text
    assert '  - {days: [mon, tue], from: "10:00", to: "20:00"}\n' in text
    said = capsys.readouterr().out
    assert said.startswith("mentees/octocat.yml is written, and valid.\n")
    assert "git add mentees/octocat.yml" in said
    assert main(["validate", "--root", str(root), "--now", NOW]) == 0


def test_mentors_with_a_free_seat_come_best_first(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new(root, monkeypatch, [*ANSWERS, "y"])
    asked = capsys.readouterr().err
    assert "\n1.  Ada    2 free seats  16 h a week in common, also into soil\n" in asked
    assert "\n2.  grace  1 free seat   10 h a week in common\n" in asked
    assert "full" not in asked


def test_a_seat_that_is_taken_is_not_free(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new(root, monkeypatch, with_answer(MENTOR, "grace"))
    new(root, monkeypatch, with_answer(LOGIN, "mona"))
    asked = capsys.readouterr().err.rpartition("Who has a free seat")[2]
    assert "1.  Ada" in asked
    assert "grace" not in asked


def test_a_mentor_can_be_somebody_elses_mentee(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(root, monkeypatch, with_answer(LOGIN, "ada")) == 0
    asked = capsys.readouterr().err.rpartition("Who has a free seat")[2]
    assert "1.  grace" in asked
    assert "mentor: grace\n" in (root / "mentees/ada.yml").read_text()


@pytest.mark.parametrize(
    ("place", "wrong", "said"),
    [
        (LOGIN, "octo cat", "isn't a GitHub login"),
        (1, "a\u200bb", "U+200B"),
        (2, "Madrid", "time zone"),
        (3, "2027-02-30", "no calendar has"),
        (3, "2026-01-05", "ended on"),
        (4, "3", "weeks"),
        (5, "2", "asks for at least 4"),
        (5, "some", "`some` is no whole number"),
        (6, "always", "`always` is no days and hours"),
        (6, "mon 20:00-10:00", "not after they begin"),
        (6, "monday 10-12", "`monday` is none of the days"),
        (7, "so_il", "Write `so-il`"),
        (MENTOR, "7", "is not a mentor"),
        (MENTOR, "full", "takes no mentees"),
        (MENTOR, "octocat", "name the same person"),
        (9, "mail me at a@example.org", "e-mail address"),
        (11, "matrix", "Write two words"),
    ],
)
def test_a_wrong_answer_is_told_and_asked_again(
    place: int,
    wrong: str,
    said: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert new(root, monkeypatch, with_answer(place, wrong, ANSWERS[place])) == 0
    asked = capsys.readouterr().err
    assert asked.count("Error: ") == 1
    assert said in asked.partition("Error: ")[2].splitlines()[0]


def test_the_machines_zone_is_proposed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert new(root, monkeypatch, with_answer(2, "")) == 0
    assert "timezone: Asia/Kolkata\n" in (root / "mentees/octocat.yml").read_text()


@pytest.mark.parametrize(("zone", "known"), [(":Europe/Paris", "Europe/Paris"), ("CET-1", "")])
def test_a_zone_without_a_name_is_not_proposed(zone: str, known: str) -> None:
    assert machine_zone({"TZ": zone}) == known


def test_who_has_not_asked_yet_gets_a_file_with_one_line_to_change(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(root, monkeypatch, with_answer(LAST, "n")) == 1
    said = capsys.readouterr().out
    assert "`agreements.asked_mentor` must be `true`" in said
    assert "Ask Ada first" in said
    assert "4 hours a week for 6 weeks" in said
    path = root / "mentees/octocat.yml"
    path.write_text(path.read_text().replace("asked_mentor: false", "asked_mentor: true"))
    assert main(["validate", "--root", str(root), "--now", NOW]) == 0


@pytest.mark.parametrize("answered", range(len(ANSWERS)))
def test_stopping_anywhere_writes_nothing(
    answered: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert new(root, monkeypatch, ANSWERS[:answered]) == 4
    assert written(root) == []


class Interrupted(io.StringIO):
    """Somebody who types Ctrl-C when asked for more than they have said."""

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # as TextIO
        if line := super().readline(-1 if size is None else size):
            return line
        raise KeyboardInterrupt


def test_an_interrupt_leaves_nothing_behind(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Interrupted("".join(f"{one}\n" for one in ANSWERS)))
    assert main(["new", "--root", str(root), "--now", NOW]) == 4
    assert "Stopped before the end." in capsys.readouterr().err
    assert list((root).glob("mentees")) == []


def test_a_no_at_the_end_writes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert new(root, monkeypatch, [*ANSWERS, "n"]) == 0
    assert written(root) == []


def test_nobody_gets_a_second_file(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new(root, monkeypatch, [*ANSWERS, "y"])
    before = (root / "mentees/octocat.yml").read_bytes()
    assert new(root, monkeypatch, with_answer(LOGIN, "OctoCat")) == 2
    assert "There is a mentee file already." in capsys.readouterr().err
    assert (root / "mentees/octocat.yml").read_bytes() == before


def test_a_team_of_a_term_is_joined_in_its_folder(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / ".github/mentorship.yml").write_text(PROGRAM + TERMS, encoding="utf-8")
    answers = ["", *ANSWERS[:3], *ANSWERS[5:8], "blue", *ANSWERS[9:], "y"]
    assert new(root, monkeypatch, answers) == 0
    said, asked = capsys.readouterr()
    assert "  1. Spring 2027: apply from 11 Jan 2027 to 31 Jan 2027, start on 15 Feb 2027" in asked
    assert "team blue  2 free places  with Ada" in asked
    assert written(root) == ["mentees/2027-spring/octocat.yml"]
    text = (root / "mentees/2027-spring/octocat.yml").read_text()
    assert "team: blue\n" in text
    assert "mentor" not in text.partition("agreements")[0]
    assert "start:" not in text
    assert "it is your mentors who answer" in said
    assert main(["validate", "--root", str(root), "--now", NOW]) == 0


def test_teams_of_other_terms_are_left_out(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / ".github/mentorship.yml").write_text(PROGRAM + TERMS, encoding="utf-8")
    answers = ["2", *ANSWERS[:3], *ANSWERS[5:8], "grace", *ANSWERS[9:], "y"]
    assert new(root, monkeypatch, answers) == 0
    assert "team blue" not in capsys.readouterr().err
    assert written(root) == ["mentees/2027-fall/octocat.yml"]


def test_in_a_program_of_terms_one_can_also_begin_at_any_time(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / ".github/mentorship.yml").write_text(PROGRAM + TERMS, encoding="utf-8")
    assert new(root, monkeypatch, ["0", *ANSWERS, "y"]) == 0
    assert written(root) == ["mentees/octocat.yml"]


def test_without_a_free_seat_one_waits(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    program = root / ".github/mentorship.yml"
    program.write_text(PROGRAM.replace("capacity: 2", "capacity: 1"), encoding="utf-8")
    for login, mentor in (("mona", "Ada"), ("hubot", "grace")):
        answers = [login, *ANSWERS[1:MENTOR], mentor, *ANSWERS[MENTOR + 1 :], "y"]
        assert new(root, monkeypatch, answers) == 0
    assert new(root, monkeypatch, with_answer(MENTOR, "Ada")) == 0
    assert "No mentor has a free seat at the moment." in capsys.readouterr().err


def test_json_is_one_object_of_the_schema(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(root, monkeypatch, [*ANSWERS, "y"], "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    jsonschema.validate(said, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert said == {"version": 1, "file": "mentees/octocat.yml", "valid": True}


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("mon-wed 17-20", [(["mon", "tue", "wed"], "17:00", "20:00")]),
        ("sat-mon,wed 9:30 - 24:00", [(["sat", "sun", "mon", "wed"], "09:30", "24:00")]),
        ("mon 9-10; fri 10:15-11", [(["mon"], "09:00", "10:00"), (["fri"], "10:15", "11:00")]),
    ],
)
def test_hours_are_read_as_people_write_them(
    text: str, windows: list[tuple[list[str], str, str]]
) -> None:
    assert [(one["days"], one["from"], one["to"]) for one in read_windows(text)] == windows
