"""What the Action does on runners that lack something."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.rig

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / ".github" / "action" / "run.sh"


@pytest.fixture(scope="module")
def path_with_uv(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A path on which uv is at hand: fetching it is tested once, under a runner."""
    folder = tmp_path_factory.mktemp("tools")
    (folder / "uv").symlink_to(Path(sys.executable).with_name("uv"))
    return f"{folder}:{os.environ['PATH']}"


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


def test_pip_takes_over_when_uv_fails_and_neither_sees_a_token(tmp_path: Path) -> None:
    program(tmp_path / "bin", "uv", f"env > {tmp_path}/seen; echo this uv is broken >&2; exit 1")
    secrets = dict.fromkeys(("GITHUB_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"), "secret")
    done = start(tmp_path, PATH=f"{tmp_path / 'bin'}:{os.environ['PATH']}", **secrets)
    assert "RUNNER_TEMP" in (tmp_path / "seen").read_text()
    assert "secret" not in (tmp_path / "seen").read_text()
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
    assert "No Python from 3.11 to 3.14 was found on this runner." in done.stdout
    assert "actions/setup-python" in summary.read_text()
    assert "ok=false" in outputs.read_text().splitlines()


# A Python that says it is of another version, or has no pip, and is the real one otherwise.
OTHER_VERSION = f"""exec {sys.executable} -I -S -c '
import sys
sys.version_info = (3, 15, 0)
code = sys.argv[1]
sys.argv = ["-c", *sys.argv[2:]]
exec(code)' "$4" "$5\""""
WITHOUT_PIP = f"""[ "$2" = -S ] || exit 1
exec {sys.executable} "$@\""""


def test_a_python_that_the_lock_has_no_wheels_for_is_passed_over(
    tmp_path: Path, path_with_uv: str
) -> None:
    program(tmp_path / "bin", "python3", f"touch {tmp_path}/asked\n{OTHER_VERSION}")
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    done = start(tmp_path, PATH=f"{tmp_path / 'bin'}:{path_with_uv}")
    assert (tmp_path / "asked").exists()
    assert "There is no command `nonsense`" in done.stdout


def test_a_runner_without_pip_and_uv_gets_a_message_of_its_own(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    program(tools, "python3", WITHOUT_PIP)
    for name in ("bash", "cat", "dirname", "mkdir", "rm", "sh", "touch"):
        (tools / name).symlink_to(shutil.which(name) or name)
    done = start(tmp_path, PATH=str(tools), RUNNER_TOOL_CACHE=str(tmp_path / "none"))
    assert done.returncode == 4
    assert "neither pip nor uv" in done.stdout
    assert "python3-pip" in done.stdout


def test_windows_is_told_plainly(tmp_path: Path) -> None:
    summary = tmp_path / "summary"
    done = start(tmp_path, RUNNER_OS="Windows", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 3
    assert "This action does not run on Windows." in done.stdout
    assert "ubuntu-latest" in summary.read_text()


def test_the_pythons_that_are_taken_are_those_that_we_name_and_test() -> None:
    first, last = re.findall(r"\((3), (\d+)\)", SCRIPT.read_text(encoding="utf-8"))
    taken = [f"3.{minor}" for minor in range(int(first[1]), int(last[1]) + 1)]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    assert taken == named
    for workflow in ("ci.yml", "locks.yml"):
        text = (ROOT / ".github" / "workflows" / workflow).read_text(encoding="utf-8")
        assert f"python: {taken!r}".replace("'", '"') in text


def test_libraries_that_do_not_match_the_lock_are_refused(
    tmp_path: Path, path_with_uv: str
) -> None:
    action = tmp_path / "action"
    (action / "requirements").mkdir(parents=True)
    locked = (ROOT / "requirements" / "uv.txt").read_text()
    (action / "requirements" / "uv.txt").write_text(locked)
    (action / "requirements" / "runtime.txt").write_text(
        "tzdata==2025.1 --hash=sha256:" + "0" * 64 + "\n"
    )
    done = start(tmp_path, GITHUB_ACTION_PATH=str(action), PATH=path_with_uv)
    assert done.returncode == 4
    assert "could not be installed; the reason is above" in done.stdout
    assert not list(tmp_path.glob("mentorship-env-*/.complete"))


def test_a_runner_without_a_temp_folder_gets_one(tmp_path: Path, path_with_uv: str) -> None:
    done = start(tmp_path, RUNNER_TEMP="", PATH=path_with_uv)
    assert "There is no command `nonsense`" in done.stdout
    assert not list(tmp_path.iterdir())


def test_an_environment_left_half_made_is_made_again(tmp_path: Path, path_with_uv: str) -> None:
    start(tmp_path, PATH=path_with_uv)
    (made,) = tmp_path.glob("mentorship-env-*/.complete")
    made.unlink()
    done = start(tmp_path, PATH=path_with_uv)
    assert "The libraries are in " in done.stdout
    assert made.exists()
