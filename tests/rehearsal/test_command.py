"""`mentorship rehearse` as people call it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mentorship_action.cli import main
from mentorship_action.rehearsal.bot import Bot, Unsettled
from mentorship_action.rehearsal.demonstration import DEMO

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A repository with two valid mentee files and one with errors."""
    root = tmp_path / "own"
    shutil.copytree(DEMO, root, ignore=shutil.ignore_patterns("pushes"))
    for name in ("kofi-demo", "pelle-demo"):
        (root / f"mentees/{name}.yml").unlink()
    (root / "mentees/wrong.yml").write_text("github: somebody-else\n", encoding="utf-8")
    return root


def test_the_page_is_written_and_its_path_is_the_last_line(capsys: Out) -> None:
    assert main(["rehearse", "--weeks", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2026-W46  9 to 15 November 2026"
    assert lines[-1] == "rehearsal/index.html"
    assert Path(lines[-1]).read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "  Every tick was played twice; the second one planned 0 changes." in lines


@pytest.mark.parametrize(("out", "file"), [("a/b", "a/b/index.html"), ("c/s.html", "c/s.html")])
def test_out_is_a_folder_or_a_file(out: str, file: str) -> None:
    assert main(["rehearse", "--weeks", "1", "--out", out]) == 0
    assert Path(file).is_file()


def test_somebodys_own_files_are_played_and_those_with_errors_named(own: Path, capsys: Out) -> None:
    assert main(["rehearse", "--root", str(own)]) == 0
    told = capsys.readouterr().out
    assert "Mentorship: ada-demo with ssbarnea" in told
    assert ": ada-demo is in" in told
    assert "  mentees/wrong.yml: has errors, so nobody played it.\n" in told
    assert "mentees/wrong.yml" in Path("rehearsal/index.html").read_text(encoding="utf-8")


def test_a_programs_own_templates_are_used(own: Path) -> None:
    words = own / ".github/mentorship"
    words.mkdir()
    (words / "tips_mentee.md.j2").write_text("- Sing in the **rain**.\n", encoding="utf-8")
    assert main(["rehearse", "--root", str(own), "--weeks", "4"]) == 0
    assert "Sing in the <strong>rain</strong>." in Path("rehearsal/index.html").read_text("utf-8")


def test_every_process_writes_the_same_page() -> None:
    root = Path(__file__).parents[2]
    for seed in ("1", "2"):
        out = ("-q", "--weeks", "10", "--out", f"{seed}.html")
        subprocess.run(
            [sys.executable, "-m", "mentorship_action", "rehearse", *out],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        )
    assert len({Path(f"{seed}.html").read_bytes() for seed in ("1", "2")}) == 1


def test_json_is_one_object_and_nothing_else(capsys: Out) -> None:
    assert main(["rehearse", "--weeks", "4", "--format", "json"]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert told["version"] == 1
    assert told["page"] == "rehearsal/index.html"
    assert next(week["week"] for week in told["weeks"]) == "2026-W46"
    events = [event for week in told["weeks"] for event in week["events"]]
    # The dashboard is neither a tracker nor a check-in.
    assert told["issues"]["opened"] == sum(event["did"] == "opened" for event in events) - 1
    assert told["comments"] == sum(event["did"] == "commented" for event in events)
    proposed = sum(event["did"] == "proposed" for event in events)
    assert told["pull_requests"] == {"opened": proposed, "merged": 3, "closed": 1, "open": 1}
    assert [one["about"] for one in told["attention"]] == ["zed-demo", "mira-demo"]
    assert told["ticks"]["runs"] == 2 * told["ticks"]["played"]
    assert told["seats"][0] == {
        "mentor": "ssbarnea", "capacity": 2, "taken": [1, 2, 2, 2], "waiting": [0, 0, 0, 0]
    }  # fmt: skip


def test_a_log_has_no_colours_and_a_terminal_may(capsys: Out) -> None:
    assert main(["rehearse", "--weeks", "1"]) == 0
    assert "\x1b" not in capsys.readouterr().out
    assert main(["rehearse", "--weeks", "1", "--color", "always"]) == 0
    assert "\x1b[" in capsys.readouterr().out


def test_quiet_tells_the_path_alone(capsys: Out) -> None:
    assert main(["rehearse", "--weeks", "2", "-q"]) == 0
    assert capsys.readouterr().out == "rehearsal/index.html\n"


def test_a_program_that_does_not_settle_ends_with_exit_code_4(
    monkeypatch: pytest.MonkeyPatch, capsys: Out
) -> None:
    def settle(self: Bot, *_: object) -> None:
        raise Unsettled(
            f"At {self.clock():%Y-%m-%d} the same run planned something.", fix="Tell us."
        )

    monkeypatch.setattr(Bot, "settle", settle)
    assert main(["rehearse"]) == 4
    assert capsys.readouterr().err == (
        "mentorship: At 2026-11-09 the same run planned something. Tell us.\n"
    )


def test_a_program_with_errors_ends_with_exit_code_3(own: Path, capsys: Out) -> None:
    (own / ".github/mentorship.yml").write_text("version: 2\n", encoding="utf-8")
    assert main(["rehearse", "--root", str(own)]) == 3
    assert ".github/mentorship.yml:1:" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [["--start", "soon"], ["--start", "9999-12-31"], ["--weeks", "0"], ["--root", "nowhere"]],
    ids=" ".join,
)
def test_wrong_usage_ends_with_exit_code_2(wrong: list[str]) -> None:
    assert main(["rehearse", *wrong]) == 2


def test_a_place_that_cannot_be_written_to_is_wrong_usage(tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert main(["rehearse", "--weeks", "1", "--out", "file/deeper"]) == 2
    assert "--out" in capsys.readouterr().err
