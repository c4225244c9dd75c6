"""Which repository on GitHub a checkout belongs to, as its git remote says."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mentorship_action.records.git import run_git
from mentorship_action.records.workflows import read_workflows

_REMOTE: Final = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^@/\s]*@)?|[^@/\s]+@)"
    r"(?P<host>[A-Za-z0-9.-]+)(?::[0-9]+(?=/))?[:/]"
    r"(?P<owner>[A-Za-z0-9._-]+)/(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?/?"
)
_BRANCH: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Remote:
    """A repository on GitHub; ``server`` is an address such as ``https://github.com``."""

    server: str
    owner: str
    name: str

    @property
    def url(self) -> str:
        """The address of its front page."""
        return f"{self.server}/{self.owner}/{self.name}"


def find_remote(root: Path) -> Remote | None:
    """Return the repository that `origin` of the checkout at ``root`` is; None without one."""
    printed = run_git(root, ("config", "--get", "remote.origin.url"))
    found = _REMOTE.fullmatch((printed or b"").decode("utf-8", "replace").strip())
    if found is None:
        return None
    return Remote(server=f"https://{found['host']}", owner=found["owner"], name=found["name"])


def known_default_branch(root: Path) -> str:
    """Return the default branch as the checkout was told by GitHub, "" where it wasn't."""
    return _branch(root, "refs/remotes/origin/HEAD")


def find_default_branch(root: Path) -> str:
    """Return the default branch as GitHub, the program's workflow, or the checkout says."""
    named = (one.branches[0] for one in read_workflows(root).ours if one.syncs and one.branches)
    return known_default_branch(root) or next(named, "") or _branch(root, "HEAD") or "main"


def _branch(root: Path, reference: str) -> str:
    printed = run_git(root, ("symbolic-ref", "--quiet", reference)) or b""
    name = printed.decode("utf-8", "replace").strip()
    branch = name.removeprefix("refs/remotes/origin/").removeprefix("refs/heads/")
    return branch if _BRANCH.fullmatch(branch) else ""
