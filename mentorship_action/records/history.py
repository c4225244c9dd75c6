"""The order in which records reached the default branch, as far as the history at hand tells."""

import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from mentorship_action.domain.mentee_files import FOLDER

_PATIENCE_SECONDS: Final = 20
# Nobody's settings decide what we read, and nothing asks a question.
_ENVIRONMENT: Final = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
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
    "core.hooksPath=/dev/null",
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
    """Return the place of each record in the order of arrival, by lower-case login.

    A file that was removed and came again counts from its last arrival. Without git, a
    repository or its whole history the answer is empty: nothing is known, nothing is guessed.
    """
    if _git(root, ("rev-parse", "--is-shallow-repository")).strip() != b"false":
        return {}
    names = _git(root, _LOG).split(b"\0")
    order: dict[str, int] = {}
    for place, name in enumerate(names):
        path = PurePosixPath(name.decode("utf-8", "replace").strip("\n"))
        if path.suffix == ".yml":
            order[path.stem.lower()] = place
    return order


def records_tree(root: Path) -> str:
    """Return git's name for the folder of records as committed, "" when git can't tell."""
    return _git(root, ("rev-parse", "--quiet", "--verify", f"HEAD:./{FOLDER}")).decode().strip()


def head_commit(root: Path) -> str:
    """Return the commit that is checked out, "" when git can't tell."""
    return _git(root, ("rev-parse", "--quiet", "--verify", "HEAD^{commit}")).decode().strip()


def _git(root: Path, arguments: tuple[str, ...]) -> bytes:
    """Return what git prints, or nothing when it fails."""
    try:
        done = subprocess.run(  # noqa: S603 - fixed words, no shell
            (*_GIT, *arguments),
            cwd=root,
            env=_ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
