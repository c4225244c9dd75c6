"""`mentorship validate`: output and exit codes."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mentorship_action.cli import main
from mentorship_action.errors import Exit
from mentorship_action.records.schema import load_schema
from tests.records.places import CONFIG, record, repository

NOW = "2026-12-10T09:00:00+01:00"


@pytest.fixture(autouse=True)
def _outside_of_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def check(root: Path, *arguments: str) -> int:
    return main(["validate", "--root", str(root), "--now", NOW, *arguments])


def test_a_valid_repository_exits_with_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(repository(tmp_path, mona=record("mona"))) == Exit.DONE
    assert capsys.readouterr().out.startswith("2 files checked: no errors.\n")


def test_an_error_of_the_program_exits_with_3_also_where_everybody_else_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team = "teams: [{id: blue, name: Blue, size: 2, mentors: [{github: gone, role: lead}]}]"
    assert check(repository(tmp_path, f"{CONFIG}{team}\n")) == Exit.SETTINGS
    assert "`gone` is not a mentor of this program." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("check_in_closed", "a\n{{ answred }}", "check_in_closed.md.j2:2:1: error: There is no"),
        ("check-in", "", "check-in.md.j2:1:1: error: There is no message of this name"),
    ],
)
def test_a_wrong_template_exits_with_3_beside_what_is_wrong_in_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str
) -> None:
    root = repository(tmp_path, mona=record("mona", "sbarnea"))
    (root / ".github/mentorship").mkdir(parents=True)
    (root / f".github/mentorship/{name}.md.j2").write_text(text, encoding="utf-8")
    assert check(root) == Exit.SETTINGS
    out = capsys.readouterr().out
    assert f".github/mentorship/{said}" in out
    assert "`sbarnea` is not a mentor" in out
    assert check(root, "mentees/mona.yml") == Exit.FINDINGS


def test_a_file_with_errors_exits_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(repository(tmp_path, mona=record("mona", "sbarnea"))) == Exit.FINDINGS
    assert "mentees/mona.yml:2:9: error: `sbarnea` is not a mentor" in capsys.readouterr().out


def test_a_hint_alone_exits_with_0(tmp_path: Path) -> None:
    left = record("mona", "left", "status: completed\n")

    assert check(repository(tmp_path, mona=left)) == Exit.DONE


def test_seats_are_counted_on_the_day_that_it_is_where_the_program_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = CONFIG.replace("  minimum", "  timezone: Pacific/Auckland\n  minimum")
    over = record("bea", "ganeshrn").replace("2026-12-07", "2026-01-05")
    root = repository(tmp_path, config, bea=over, mona=record("mona", "ganeshrn"))
    arguments = ["validate", "--root", str(root), "--now"]

    # A full mentor is no error of the author's.
    assert main([*arguments, "2026-03-29T10:30:00+00:00"]) == Exit.DONE
    assert "notice: `ganeshrn` is full" in capsys.readouterr().out
    assert main([*arguments, "2026-03-29T11:30:00+00:00"]) == Exit.DONE
    assert "is full" not in capsys.readouterr().out


@pytest.mark.parametrize("config", [None, CONFIG.replace("version", "vresion")])
def test_a_wrong_program_exits_with_3(tmp_path: Path, config: str | None) -> None:
    assert check(repository(tmp_path, config, mona="nothing")) == Exit.SETTINGS


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "xml"],
        ["--color", "red"],
        ["--now", "tomorrow"],
        ["--now", "2026-12-10"],
        ["--nonsense"],
        ["nobody.yml"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_so_on_the_error_stream(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert check(repository(tmp_path), *arguments) == Exit.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert err
    assert "Traceback" not in err


def test_json_is_one_object_that_fits_its_schema(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = repository(tmp_path, mona=record("mona").replace("Madrid", "Madird"))

    assert check(root, "--format", "json") == Exit.FINDINGS
    shown = json.loads(capsys.readouterr().out)
    Draft202012Validator(load_schema("findings")).validate(shown)
    assert not shown["ok"]
    assert shown["findings"] == [
        {
            "code": "unknown-zone",
            "severity": "error",
            "file": "mentees/mona.yml",
            "line": 4,
            "column": 11,
            "path": "timezone",
            "message": "`Europe/Madird` is not an IANA time zone.",
            "hint": "Did you mean `Europe/Madrid`?",
        }
    ]


def test_under_actions_findings_become_annotations_and_a_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repository(tmp_path, mona=record("mona", "sbarnea"))
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))

    assert check(root) == Exit.FINDINGS
    assert capsys.readouterr().out.startswith("::error file=mentees/mona.yml,line=2,col=9,")
    assert "`mentees/mona.yml:2`" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_color_is_as_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = repository(tmp_path, mona="nothing")

    check(root, "--color", "always")
    assert "\033[31m" in capsys.readouterr().out
    check(root)
    assert "\033" not in capsys.readouterr().out


def test_quiet_and_verbose_say_less_and_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = repository(tmp_path, mona=record("mona"))

    check(root, "-q")
    assert capsys.readouterr() == ("", "")
    check(root, "-v")
    assert "mentees/mona.yml: valid" in capsys.readouterr().err
