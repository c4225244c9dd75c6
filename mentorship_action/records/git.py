"""Runs git on a checkout, whatever anybody's settings say."""

import os
import subprocess
from pathlib import Path
from typing import Final

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


def run_git(root: Path, arguments: tuple[str, ...]) -> bytes | None:
    """Return what git prints about the checkout at ``root``, None when it fails."""
    # In a container the checkout may belong to another account; we trust this one folder.
    trusted = ("-c", f"safe.directory={(checkout_folder(root) or root).as_posix()}")
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


def checkout_folder(root: Path) -> Path | None:
    """Return the folder of the checkout that the root lies in, None outside of one."""
    folder = root.resolve()
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)
