"""Runs the workflows that we ship, with a real workflow runner, on a repository made for it.

`act` runs them on this machine without containers. https://nektosact.com
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.rig.emulator import ROOT

_ACTION: Final = (".github", "action.yml", "mentorship_action", "requirements", "schemas")
_SECONDS: Final = 300

# Stands for actions/checkout, which needs the network: brings the same commit, nothing else.
_CHECKOUT: Final = """\
name: Checkout
description: Brings the commit that the workflow runs for
inputs: {ref: {}, fetch-depth: {}, persist-credentials: {}}
runs:
  using: composite
  steps:
    - shell: bash
      env:
        REF: ${{ inputs.ref || github.sha }}
      run: git init -q . && git fetch -q "$RIG_SOURCE" "$REF" && git checkout -q FETCH_HEAD
"""

_PROGRAM: Final = """\
version: 1
program:
  name: A program
mentors:
  - {github: ssbarnea, capacity: 2}
limits: {seconds_between_writes: 0, writes_per_run: 100}
"""


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What a workflow came to; ``lines`` are the runner's log entries."""

    succeeded: bool
    lines: tuple[Mapping[str, Any], ...]

    @property
    def text(self) -> str:
        """The log as people read it."""
        return "".join(str(line.get("msg", "")) + "\n" for line in self.lines)

    @property
    def jobs(self) -> set[str]:
        """The names of the jobs that ran, behind the workflow's."""
        return {str(line["job"]) for line in self.lines if "job" in line}

    @property
    def outputs(self) -> dict[str, str]:
        """The step's outputs."""
        return {line["name"]: line["arg"] for line in self.commands("set-output")}

    @property
    def summary(self) -> str:
        """The job's summary."""
        return "".join(line["content"] for line in self.commands("summary"))

    def commands(self, name: str) -> list[Mapping[str, Any]]:
        """Return the workflow commands of a kind, such as `error`."""
        return [line for line in self.lines if line.get("command") == name]


@dataclass(kw_only=True)
class Workplace:
    """A repository with this action, its workflows and a program, and what runs them."""

    folder: Path
    name: str
    home: Path
    checkout: Path = field(init=False)
    repository: Path = field(init=False)

    def __post_init__(self) -> None:
        self.checkout = self.folder / "checkout"
        self.repository = self.folder / "repository"
        self.checkout.mkdir()
        (self.checkout / "action.yml").write_text(_CHECKOUT, encoding="utf-8")
        self._git(self.checkout, "init", "-q", "-b", "main")
        self._commit(self.checkout)
        self._copy_action()
        self._git(self.repository, "init", "-q", "-b", "main")
        self._git(self.repository, "remote", "add", "origin", f"https://github.com/{self.name}.git")
        self.write(".github/mentorship.yml", _PROGRAM)

    def write(self, path: str, text: str) -> None:
        """Write a file and commit it."""
        file = self.repository / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self._commit(self.repository)

    def adopt(self, workflow: str) -> None:
        """Take the workflow that other repositories copy in the place of ours."""
        example = ROOT / "docs" / "examples" / "workflows" / workflow
        self.write(f".github/workflows/{workflow}", example.read_text(encoding="utf-8"))

    def head(self) -> str:
        """Return the newest commit."""
        return self._git(self.repository, "rev-parse", "HEAD").strip()

    def run(
        self,
        workflow: str,
        event: str,
        payload: Mapping[str, object],
        *,
        api: str = "",
        token: str = "",
    ) -> Ran:
        """Run one of our workflows for an event."""
        owner, name = self.name.split("/")
        repository = {
            "full_name": self.name,
            "name": name,
            "owner": {"login": owner},
            "default_branch": "main",
        }
        whole = {"repository": repository, "sender": {"login": owner, "type": "User"}, **payload}
        event_path = self.folder / "event.json"
        event_path.write_text(json.dumps(whole), encoding="utf-8")
        variables = {"RIG_SOURCE": str(self.repository), "UV_SYSTEM_CERTS": "true"}
        if api:
            variables["GITHUB_API_URL"] = api
        command = [_program("act"), event, "--workflows", f".github/workflows/{workflow}"]
        command += ["--eventpath", str(event_path), "--json", "--no-cache-server"]
        command += ["--platform", "ubuntu-latest=-self-hosted"]
        if token:
            # Without a value here, act takes it from its environment.
            command += ["--secret", "GITHUB_TOKEN"]
        for action, folder in self._actions(workflow).items():
            command += ["--local-repository", f"{action}={folder}"]
        command += [f"--env={name}={value}" for name, value in variables.items()]
        done = subprocess.run(
            command,
            cwd=self.repository,
            env={**self._environment(), "GITHUB_TOKEN": token},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        text = (done.stdout + done.stderr).splitlines()
        lines = tuple(json.loads(line) for line in text if line.startswith("{"))
        return Ran(succeeded=done.returncode == 0, lines=lines)

    def _copy_action(self) -> None:
        """Copy what is committed of the action or waits to be, and no more."""
        listed = self._git(
            ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *_ACTION
        )
        for path in filter(None, listed.split("\0")):
            if (ROOT / path).is_file():
                target = self.repository / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / path, target)

    def _actions(self, workflow: str) -> dict[str, Path]:
        """Return the actions as the workflow pins them, and where they are on this machine."""
        text = (self.repository / ".github/workflows" / workflow).read_text(encoding="utf-8")
        places = {
            "actions/checkout": self.checkout,
            "distronode/mentorship-action": self.repository,
        }
        return {
            word: places[word.partition("@")[0]]
            for word in text.split()
            if word.partition("@")[0] in places and "@" in word
        }

    def _environment(self) -> dict[str, str]:
        """Return the environment of the runner: this one's programs, an empty home."""
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        kept = ("LANG", "SSL_CERT_FILE", "PIP_CERT")
        return {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "PATH": path,
            "HOME": str(self.home),
        }

    def _commit(self, repository: Path) -> None:
        self._git(repository, "add", "--all")
        self._git(repository, "commit", "-q", "--allow-empty", "-m", "Change files")

    def _git(self, repository: Path, *arguments: str) -> str:
        who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
        done = subprocess.run(
            ["git", *who, "-c", "commit.gpgsign=false", *arguments],
            cwd=repository,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


def _program(name: str) -> str:
    """Return the path of a program that comes with the test group."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise RuntimeError(f"{name} is not there: run `make test`, which installs it.")
    return found
