"""action.yml for real, under a workflow runner on this machine."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.rig

ROOT = Path(__file__).parents[2]
ACT = Path(sys.executable).with_name("act")

WORKFLOW = """\
on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7  # which this runner does by itself
      - uses: distronode/mentorship-action@v0.1.0
        id: first
        continue-on-error: true
        with: {inputs}
      - uses: distronode/mentorship-action@v0.1.0
        id: second
        continue-on-error: true
        with: {inputs}
      - if: always()
        shell: bash
        env:
          OUTCOME: ${{{{ steps.first.outcome }}}}
          OUTPUTS: ${{{{ toJSON(steps.first.outputs) }}}}
          SECOND: ${{{{ toJSON(steps.second.outputs) }}}}
        run: |
          echo "files=$(ls -A | wc -l)"
          echo "outcome=$OUTCOME"
          echo "first=$(tr -d ' \\n' <<<"$OUTPUTS")"
          echo "second=$(tr -d ' \\n' <<<"$SECOND")"
"""

# Modules that the set-up or the program imports, each of which gives itself away when it runs.
HOSTILE = (
    "click",
    "dataclasses",
    "github",
    "hashlib",
    "jinja2",
    "jsonschema",
    "pip",
    "sitecustomize",
    "tempfile",
    "venv",
)


@dataclass(frozen=True, kw_only=True)
class Played:
    """What a played workflow printed."""

    log: str

    def said(self, name: str) -> str:
        """Return what the last step printed as ``name``."""
        found = re.search(rf"\| {name}=(.*)", self.log)
        assert found, self.log
        return found[1].strip()

    def outputs(self, step: str) -> dict[str, str]:
        """Return the outputs of one of the two steps."""
        return dict(re.findall(r'"([\w-]+)":"([^"]*)"', self.said(step)))


Play = Callable[..., Played]


def git(folder: Path, *arguments: str) -> str:
    """Run git in ``folder`` as somebody without settings; return what it prints."""
    name = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    done = subprocess.run(
        ["git", *name, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def commit_all(folder: Path) -> None:
    """Make ``folder`` a repository with one commit, which is what the runner works on."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all", "--force")
    git(folder, "commit", "--quiet", "--message=all")


@pytest.fixture(scope="module")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working tree as a repository of its own, as the runner would fetch it."""
    folder = tmp_path_factory.mktemp("action")
    listed = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    commit_all(folder)
    return folder


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory, action: Path) -> Play:
    """Return a function that plays a workflow in a repository with the given files.

    uv is at hand unless the Action is to fetch it, which takes seconds.
    """
    tools = tmp_path_factory.mktemp("tools")
    (tools / "uv").symlink_to(Path(sys.executable).with_name("uv"))
    with_uv = f"{tools}:{os.environ['PATH']}"

    def run(inputs: str, files: Mapping[str, str], *, fetch_uv: bool = False) -> Played:
        folder = tmp_path_factory.mktemp("played")
        repository = folder / "program"
        workflow = repository / ".github" / "workflows" / "it.yml"
        workflow.parent.mkdir(parents=True)
        workflow.write_text(WORKFLOW.format(inputs=inputs))
        for name, text in files.items():
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            (repository / name).write_text(text)
        commit_all(repository)
        git(repository, "remote", "add", "origin", "https://github.com/example/program")
        event = folder / "event.json"
        event.write_text("{}")
        path = os.environ["PATH"] if fetch_uv else with_uv
        done = subprocess.run(
            [
                str(ACT),
                "push",
                "--eventpath",
                str(event),
                "--platform=ubuntu-latest=-self-hosted",
                "--no-cache-server",
                f"--local-repository=distronode/mentorship-action@v0.1.0={action}",
                "--secret=GITHUB_TOKEN=token",
            ],
            cwd=repository,
            env={**os.environ, "PATH": path, "XDG_CACHE_HOME": str(folder / "cache"), "CI": ""},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        return Played(log=done.stdout + done.stderr)

    return run


def hostile_files(trace: Path) -> dict[str, str]:
    """Return files for a checkout, each of which leaves a trace when Python imports it."""
    return {
        f"{name}.py": f"open({str(trace)!r}, 'a').write({name!r} + chr(10))" for name in HOSTILE
    }


def example_program() -> dict[str, str]:
    """Return this repository's own program."""
    files = [ROOT / ".github" / "mentorship.yml", *sorted((ROOT / "mentees").glob("*"))]
    return {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}


@pytest.fixture(scope="module")
def trace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where hostile files leave their trace."""
    return tmp_path_factory.mktemp("trace") / "trace"


@pytest.fixture(scope="module")
def nonsense(play: Play, trace: Path) -> Played:
    """A workflow in a hostile checkout that asks for a command that doesn't exist."""
    return play("{ command: nonsense }", hostile_files(trace), fetch_uv=True)


@pytest.fixture(scope="module")
def valid(play: Play, trace: Path) -> Played:
    """A workflow that validates a program without errors, in a hostile checkout."""
    return play("{ command: validate }", {**hostile_files(trace), **example_program()})


def test_outputs_are_set_when_the_action_fails(nonsense: Played) -> None:
    assert nonsense.said("outcome") == "failure"
    outputs = nonsense.outputs("first")
    assert set(outputs) == {
        "ok",
        "error-count",
        "findings-path",
        "changes",
        "remaining",
        "report-path",
        "site-path",
    }
    assert outputs["ok"] == "false"
    assert "There is no command `nonsense`" in nonsense.log


def test_a_second_step_finds_its_libraries_at_hand(nonsense: Played) -> None:
    assert nonsense.log.count("The libraries are in ") == 1
    assert nonsense.log.count("The libraries are there from an earlier step") == 1


def test_setting_up_imports_nothing_of_the_checkout(nonsense: Played, trace: Path) -> None:
    assert not trace.exists(), trace.read_text()
    assert int(nonsense.said("files")) > len(HOSTILE)


def test_validating_imports_nothing_of_the_checkout(valid: Played, trace: Path) -> None:
    assert not trace.exists(), trace.read_text()
    assert valid.said("outcome") == "success"


def test_a_valid_program_is_ok_and_leaves_a_report(valid: Played) -> None:
    outputs = valid.outputs("first")
    assert outputs["ok"] == "true"
    assert outputs["error-count"] == "0"
    assert outputs["findings-path"].endswith("/findings.json")
    assert outputs["report-path"].endswith("/report.md")
