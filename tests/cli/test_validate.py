"""`mentorship validate` and the entrance of all commands: output, exit codes, and no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action import cli
from mentorship_action.cli import main, validate
from mentorship_action.cli.settings import Settings, parse_moment, read_plainly, settings
from mentorship_action.cli.validate_command import command
from mentorship_action.errors import Exit, MentorshipError, UsageError
from mentorship_action.records.schema import load_schema
from mentorship_action.reporting.explanations import EXPLANATIONS
from tests.records.places import CONFIG, record, repository

NOW = "2026-12-10T09:00:00+01:00"


@pytest.fixture(autouse=True)
def _outside_of_actions(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def check(root: Path, *arguments: str) -> int:
    return main(["validate", "--root", str(root), "--now", NOW, *arguments])


def test_a_sound_repository_exits_with_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(repository(tmp_path, mona=record("mona"))) == Exit.DONE
    assert capsys.readouterr().out.startswith("2 files checked, all is well.\n")


def test_a_faulty_record_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(repository(tmp_path, mona=record("mona", "sbarnea"))) == Exit.FINDINGS
    assert "mentees/mona.yml:2:9: error: `sbarnea` is not a mentor" in capsys.readouterr().out


def test_a_hint_alone_exits_with_0(tmp_path: Path) -> None:
    left = record("mona", "left", "status: completed\n")

    assert check(repository(tmp_path, mona=left)) == Exit.DONE


def test_seats_are_counted_on_the_day_that_it_is_where_the_program_is(tmp_path: Path) -> None:
    config = CONFIG.replace("  minimum", "  timezone: Pacific/Auckland\n  minimum")
    over = record("bea", "ganeshrn").replace("2026-12-07", "2026-01-05")
    root = repository(tmp_path, config, bea=over, mona=record("mona", "ganeshrn"))
    arguments = ["validate", "--root", str(root), "--now"]

    assert main([*arguments, "2026-03-29T10:30:00+00:00"]) == Exit.FINDINGS
    assert main([*arguments, "2026-03-29T11:30:00+00:00"]) == Exit.DONE


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


def test_an_unknown_command_asks_which_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validat"]) == Exit.USAGE
    assert "Did you mean validate?" in capsys.readouterr().err


def test_json_is_one_object_that_fits_its_schema(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from jsonschema import Draft202012Validator

    root = repository(tmp_path, mona=record("mona").replace("Madrid", "Madird"))

    assert check(root, "--format", "json") == Exit.FINDINGS
    told = json.loads(capsys.readouterr().out)
    Draft202012Validator(load_schema("findings")).validate(told)
    assert not told["ok"]
    assert told["findings"] == [
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


def test_colour_is_as_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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
    assert "mentees/mona.yml: sound" in capsys.readouterr().err


def test_the_adapter_gets_every_text_of_one_result(tmp_path: Path) -> None:
    class Asked:
        root = repository(tmp_path, mona="nothing")
        config = ".github/mentorship.yml"
        now = NOW

    result = validate.run(Asked())

    assert result.exit_code == Exit.FINDINGS
    assert json.loads(result.json_text)["files"] == 2
    assert "::error file=mentees/mona.yml" in result.log_text
    assert "### Mentorship records" in result.summary_markdown


def parsed_by_click(arguments: list[str]) -> Settings | None:
    """Return what click makes of the arguments of `validate`, None for wrong usage."""
    try:
        with command.make_context("validate", list(arguments)) as context:
            return settings(**context.params)
    except click.ClickException:
        return None
    except click.exceptions.Exit:
        return None


@given(
    st.lists(
        st.sampled_from(
            [
                *("--root", "--config", "--now", "--format", "--color", "-q", "-v", "-h", "--"),
                *("a", "mentees/a.yml", "json", "text", "xml", "never", "-", "", "--root=b", NOW),
            ]
        ),
        max_size=6,
    )
)
def test_the_quick_way_in_reads_arguments_as_click_does(arguments: list[str]) -> None:
    quick = read_plainly(["validate", *arguments])

    assert quick is None or quick == parsed_by_click(arguments)


def test_a_timestamp_is_read_with_its_offset() -> None:
    assert parse_moment(NOW).isoformat() == "2026-12-10T08:00:00+00:00"
    with pytest.raises(UsageError, match="offset"):
        parse_moment("2026-12-10T09:00:00")
    with pytest.raises(UsageError, match="calendar"):
        parse_moment("0001-01-01T00:00:00+14:00")


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            MentorshipError("It broke.", where="here", fix="Mend it."),
            4,
            "here: It broke. Mend it.",
        ),
        (UsageError("Not so."), 2, "Not so."),
        (KeyboardInterrupt(), 4, "Stopped before the end"),
        (
            RuntimeError("::error::secret\n"),
            4,
            "a fault of mentorship-action itself (RuntimeError)",
        ),
        (RecursionError(), 4, "a fault of mentorship-action itself (RecursionError)"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_goes_wrong_ends_in_one_message(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    code: int,
    said: str,
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(cli, "_run", fail)

    assert main(["validate"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_twice_verbose_keeps_the_details_of_a_fault_in_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(*_: object) -> int:
        raise RuntimeError("details")

    monkeypatch.setattr(cli, "_run", fail)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    assert main(["validate", "-vv"]) == Exit.UNFINISHED
    (log,) = tmp_path.glob("mentorship-*.log")
    assert str(log) in capsys.readouterr().err
    assert "RuntimeError: details" in log.read_text(encoding="utf-8")


def run(*arguments: str, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run a Python of its own, without anything of this one's environment."""
    start = ["-c", code] if code else ["-m", "mentorship_action"]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"]},
    )


IMPORTED = """
import sys
from mentorship_action.cli import main
code = main(sys.argv[1:])
print("IMPORTED", *sys.modules, file=sys.stderr)
sys.exit(code)
"""
HEAVY = {"github", "jinja2", "jsonschema", "jsonschema_rs", "markdown_it", "nh3", "requests"}
FOR_FAULTS = {"explain", "fields", "layout", "meant", "mend", "suggest", "unquoted", "writing"}


def imported(*arguments: str) -> set[str]:
    """Return the modules that a run of the command has imported."""
    last = run(*arguments, code=IMPORTED).stderr.splitlines()[-1]
    assert last.startswith("IMPORTED ")
    return set(last.split())


def test_a_sound_repository_is_checked_without_anything_heavy(tmp_path: Path) -> None:
    # The colon within brackets is one that the parser takes only on a second attempt.
    sound = record("mona", more="meeting: {day: tue, time: 17:00}\n")

    modules = imported("validate", "--root", str(repository(tmp_path, mona=sound)))

    assert modules & (HEAVY | {"click", "inspect", "subprocess"}) == set()
    assert modules & {f"mentorship_action.records.{name}" for name in FOR_FAULTS} == set()
    assert modules & {"dataclasses", "difflib", "mentorship_action.domain", "zoneinfo"} == set()


def test_a_faulty_record_brings_the_library_that_explains_and_no_more(tmp_path: Path) -> None:
    faulty = record("mona", "[]")

    modules = imported("validate", "--root", str(repository(tmp_path, mona=faulty)))

    assert modules & (HEAVY | {"click"}) == {"jsonschema"}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_imports_no_command_and_nothing_heavy(arguments: tuple[str, ...]) -> None:
    modules = imported(*arguments)

    assert modules & (HEAVY | {"_ruamel_yaml"}) == set()
    assert not {name for name in modules if name.startswith("mentorship_action.records")}


def test_the_module_runs_as_the_console_script_does(tmp_path: Path) -> None:
    done = run("validate", "--root", str(repository(tmp_path, mona="nothing")))

    assert done.returncode == Exit.FINDINGS
    assert "mentees/mona.yml:1:1: error" in done.stdout
    assert done.stderr == ""


def test_a_reader_who_leaves_early_sees_no_traceback(tmp_path: Path) -> None:
    root = repository(tmp_path, **{f"m{n}": "nothing" for n in range(2_000)})
    with subprocess.Popen(
        [sys.executable, "-m", "mentorship_action", "validate", "--root", str(root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"]},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_output_survives_a_terminal_that_knows_ascii_alone(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=record("mona", "Zoë"))
    done = subprocess.run(
        [sys.executable, "-m", "mentorship_action", "validate", "--root", str(root)],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[2],
        env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "ascii"},
    )

    assert done.returncode == Exit.FINDINGS
    assert b"Zo\\xeb" in done.stdout


def test_explain_tells_the_long_text_of_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Unknown-Zone"]) == Exit.DONE
    assert EXPLANATIONS["unknown-zone"].why in capsys.readouterr().out


def test_explain_without_a_code_lists_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == Exit.DONE
    out = capsys.readouterr().out
    assert all(code in out for code in EXPLANATIONS)


def test_explain_asks_which_code_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "unknwon-zone"]) == Exit.USAGE
    assert "Did you mean unknown-zone?" in capsys.readouterr().err
