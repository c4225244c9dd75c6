"""The order in which mentee files reached the default branch, as git tells it."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from mentorship_action.domain.mentee_files import FOLDER, mentorship_of
from mentorship_action.errors import SettingsError

_PATIENCE_SECONDS: Final = 20
# Nobody's settings decide what we read, and nothing asks a question.
_ENVIRONMENT: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
    "PATH": "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin",
}
_GIT: Final = (
    "git",
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "log.showSignature=false",
)
_LOG: Final = (
    "log",
    "--first-parent",
    "-m",
    "--diff-filter=A",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--name-only",
    "--format=",
    "--reverse",
    "--relative",
    "-z",
    "HEAD",
    "--",
    FOLDER,
)


def arrivals(root: Path) -> Mapping[str, int]:
    """Return the place of each mentee file in the order of arrival, by its mentorship's id.

    A file that was removed and came again counts from its last arrival. A folder that is no
    repository, or has no commit, has no history, and the answer is empty.

    Raises:
        SettingsError: there is a history, but not all of it can be read here.
    """
    if _repository(root) is None:
        return {}
    if _read(root, ("rev-parse", "--is-shallow-repository")).strip() == b"true":
        raise SettingsError(
            "The checkout is shallow, so it doesn't tell who came first.",
            where=FOLDER,
            fix="Check out with `fetch-depth: 0`, or run `git fetch --unshallow`.",
        )
    if not head_commit(root):
        return {}
    order: dict[str, int] = {}
    for place, name in enumerate(_read(root, _LOG).split(b"\0")):
        path = name.decode("utf-8", "replace").strip("\n")
        if mentorship := mentorship_of(path):
            order[mentorship] = place
    return order


def records_tree(root: Path) -> str:
    """Return git's name for the folder of mentee files as committed, "" when git can't tell."""
    return _object(root, f"HEAD:./{FOLDER}")


def head_commit(root: Path) -> str:
    """Return the commit that is checked out, "" when git can't tell."""
    return _object(root, "HEAD^{commit}")


def _object(root: Path, name: str) -> str:
    found = _git(root, ("rev-parse", "--quiet", "--verify", name))
    return "" if found is None else found.decode().strip()


def _read(root: Path, arguments: tuple[str, ...]) -> bytes:
    printed = _git(root, arguments)
    if printed is None:
        raise SettingsError(
            "git can't read the history of this checkout, so nothing tells who came first.",
            where=FOLDER,
            fix=f"Run `git {arguments[0]}` there, and see what git says.",
        )
    return printed


def _git(root: Path, arguments: tuple[str, ...]) -> bytes | None:
    """Return what git prints, None when it fails."""
    # In a container the checkout may belong to another account; we trust this one folder.
    trusted = ("-c", f"safe.directory={(_repository(root) or root).as_posix()}")
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            (*_GIT, *trusted, *arguments),
            cwd=root,
            # On Windows no program starts without the variables of the system.
            env=_ENVIRONMENT if os.name == "posix" else None,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _repository(root: Path) -> Path | None:
    """Return the folder of the checkout that the root lies in, None outside of one."""
    folder = root.resolve()
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
