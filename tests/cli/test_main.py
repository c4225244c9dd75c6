"""The entrance of all commands: one message for an error, the right exit code, no traceback."""

import os
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from mentorship_action.cli import main
from mentorship_action.errors import Exit
from tests.records.places import record, repository

ROOT = Path(__file__).parents[2]
# What no caller can pass by mistake from a shell: it stands for a bug of ours.
BUG = cast("str", 5)


def test_an_unknown_command_asks_which_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validat"]) == Exit.USAGE
    assert "Did you mean validate?" in capsys.readouterr().err


@pytest.mark.parametrize("now", ["2026-12-07T09:00", "2026-02-30T09:00Z", "soon"])
def test_a_timestamp_needs_a_date_a_time_and_an_offset(
    now: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--now", now]) == Exit.USAGE
    assert "such as 2026-12-07T09:00:00+01:00" in capsys.readouterr().err


@pytest.mark.parametrize(
    "now",
    [
        "0001-01-01T00:00:00+14:00",
        "1999-12-31T00:00Z",
        "2100-01-01T00:00Z",
        "9999-12-31T23:59-12:00",
    ],
)
@pytest.mark.parametrize("command", [["validate"], ["sync"], ["match", "x.yml"]], ids=" ".join)
def test_a_timestamp_out_of_range_is_wrong_usage(
    command: list[str], now: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--now", now]) == Exit.USAGE
    assert "--now: The year is out of range." in capsys.readouterr().err


@pytest.mark.parametrize("now", ["2000-01-01T00:00:00+14:00", "2099-12-31T23:59:59-12:00"])
def test_the_first_and_the_last_moment_are_taken(tmp_path: Path, now: str) -> None:
    root = repository(tmp_path, mona=record("mona"))
    assert main(["validate", "--root", str(root), "--now", now]) in (Exit.DONE, Exit.FINDINGS)


def test_an_error_of_ours_is_one_message(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", BUG]) == Exit.UNFINISHED
    out, err = capsys.readouterr()
    assert out == ""
    assert "an error in mentorship-action itself (TypeError)" in err
    assert "-vv" in err
    assert err.count("\n") == 1


def test_twice_verbose_keeps_the_details_of_an_error_in_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    assert main(["validate", "-vv", BUG]) == Exit.UNFINISHED
    (log,) = tmp_path.glob("mentorship-*.log")
    assert str(log) in capsys.readouterr().err
    assert "TypeError" in log.read_text(encoding="utf-8")


def run(*arguments: str, code: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a Python of its own, without anything of this one's environment."""
    start = ["-c", code] if code else ["-m", "mentorship_action"]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
    )


IMPORTED = """
import sys
from mentorship_action.cli import main
code = main(sys.argv[1:])
print("IMPORTED", *sys.modules, file=sys.stderr)
sys.exit(code)
"""
HEAVY = {"github", "jinja2", "jsonschema", "markdown_it", "mentorship_action.rehearsal", "nh3"}


def imported(*arguments: str) -> set[str]:
    """Return the modules that a run of the command has imported."""
    last = run(*arguments, code=IMPORTED).stderr.splitlines()[-1]
    assert last.startswith("IMPORTED ")
    return set(last.split())


def test_valid_files_are_checked_without_anything_heavy(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=record("mona"))

    assert imported("validate", "--root", str(root)) & HEAVY == set()


def test_an_error_brings_the_library_that_explains_and_no_more(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=record("mona", "[]"))

    assert imported("validate", "--root", str(root)) & HEAVY == {"jsonschema"}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_imports_no_command(arguments: tuple[str, ...]) -> None:
    modules = imported(*arguments)

    assert modules & HEAVY == set()
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
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == Exit.UNFINISHED


def shell(redirection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a shell that sends its streams elsewhere."""
    return subprocess.run(
        [
            "sh",
            "-c",
            f'"$@" {redirection}',
            "sh",
            sys.executable,
            "-m",
            "mentorship_action",
            *arguments,
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
    )


@pytest.mark.parametrize("arguments", [("validate",), ("--help",), ("explain",)], ids=" ".join)
def test_a_full_disk_is_one_message(arguments: tuple[str, ...]) -> None:
    done = shell(">/dev/full", *arguments)
    assert done.returncode == Exit.UNFINISHED
    assert done.stderr == (
        "mentorship: The system says: No space left on device. Solve that and run it again.\n"
    )


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_a_stream_that_is_closed_changes_no_exit_code(redirection: str) -> None:
    for arguments, code in (
        (("validate",), Exit.DONE),
        (("--version",), Exit.DONE),
        (("validate", "--now", "soon"), Exit.USAGE),
        (("nonsense",), Exit.USAGE),
    ):
        done = shell(redirection, *arguments)
        assert done.returncode == code, arguments
        assert "Traceback" not in done.stdout + done.stderr


def test_two_full_streams_leave_the_exit_code() -> None:
    assert shell(">/dev/full 2>&1", "validate").returncode == Exit.UNFINISHED


def test_output_survives_a_terminal_that_knows_ascii_alone(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=record("mona", "Zoë"))
    done = run("validate", "--root", str(root), PYTHONIOENCODING="ascii")

    assert done.returncode == Exit.FINDINGS
    assert "Zo\\xeb" in done.stdout
