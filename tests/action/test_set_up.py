"""What the Action does on runners that lack something."""

import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.rig

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".github" / "action" / "run.sh"


def start(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the Action's script for a command that doesn't exist, so that only set-up is seen."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    return subprocess.run(
        ["bash", str(SCRIPT)],
        cwd=folder,
        env=known | {"MENTORSHIP_COMMAND": "nonsense", "RUNNER_TEMP": str(folder)} | variables,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def program(folder: Path, name: str, text: str) -> None:
    """Put a program into ``folder`` that hides another of the same name."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


def test_pip_takes_over_when_uv_fails(tmp_path: Path) -> None:
    program(tmp_path / "bin", "uv", "echo this uv is broken >&2; exit 1")
    done = start(tmp_path, PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    assert "going on with pip" in done.stdout
    assert "There is no command `nonsense`" in done.stdout


def test_without_a_recent_python_the_message_says_what_to_add(tmp_path: Path) -> None:
    names = ("python", "python3", "python3.11", "python3.12", "python3.13", "python3.14")
    for name in names:
        program(tmp_path / "bin", name, "exit 1")
    summary = tmp_path / "summary"
    outputs = tmp_path / "outputs"
    done = start(
        tmp_path,
        PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}",
        RUNNER_TOOL_CACHE=str(tmp_path / "none"),
        GITHUB_STEP_SUMMARY=str(summary),
        GITHUB_OUTPUT=str(outputs),
    )
    assert done.returncode == 4
    assert "No Python 3.11 or newer was found on this runner." in done.stdout
    assert "actions/setup-python" in summary.read_text()
    assert "ok=false" in outputs.read_text().splitlines()


def test_libraries_that_do_not_match_the_lock_are_refused(tmp_path: Path) -> None:
    action = tmp_path / "action"
    (action / "requirements").mkdir(parents=True)
    locked = (ROOT / "requirements" / "uv.txt").read_text()
    (action / "requirements" / "uv.txt").write_text(locked)
    (action / "requirements" / "runtime.txt").write_text(
        "tzdata==2025.1 --hash=sha256:" + "0" * 64 + "\n"
    )
    done = start(tmp_path, GITHUB_ACTION_PATH=str(action))
    assert done.returncode == 4
    assert "could not be installed; the reason stands above" in done.stdout
    assert not list(tmp_path.glob("mentorship-env-*/.complete"))


def test_a_runner_without_a_temp_folder_gets_one(tmp_path: Path) -> None:
    done = start(tmp_path, RUNNER_TEMP="")
    assert "There is no command `nonsense`" in done.stdout
    assert not list(tmp_path.iterdir())


def test_an_environment_left_half_made_is_made_again(tmp_path: Path) -> None:
    start(tmp_path)
    (made,) = tmp_path.glob("mentorship-env-*/.complete")
    made.unlink()
    done = start(tmp_path)
    assert "Libraries are in " in done.stdout
    assert made.exists()
