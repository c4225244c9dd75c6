"""What a repository's settings say, as far as they can keep a program from working."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, kw_only=True, slots=True)
class RepositoryAbout:
    """The repository as a whole; ``pushed`` is when somebody last pushed to it."""

    default_branch: str
    is_archived: bool
    is_private: bool
    has_issues: bool
    has_pages: bool
    allows_forks: bool
    pushed: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkflowState:
    """A workflow as GitHub has it; ``state`` is ``active`` or says why it doesn't run."""

    id: int
    path: str
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BranchRules:
    """What a merge into the default branch needs: checks by their names, and perhaps a queue."""

    checks: frozenset[str]
    has_queue: bool


class SettingsReader(Protocol):
    """Reads settings. Every method raises a ForgeError when it can't answer."""

    def about(self) -> RepositoryAbout:
        """Return the repository as a whole."""
        ...

    def runs_actions(self) -> bool:
        """Whether Actions are on at all."""
        ...

    def opens_pull_requests(self) -> bool:
        """Whether workflows may open pull requests."""
        ...

    def workflows(self) -> list[WorkflowState]:
        """Return the workflows that GitHub knows, at most a hundred."""
        ...

    def last_success(self, workflow: int, *, event: str = "") -> datetime | None:
        """Return when a workflow last succeeded, perhaps for one kind of event; None for never."""
        ...

    def rules(self, branch: str) -> BranchRules:
        """Return what a merge into a branch needs."""
        ...

    def seen_checks(self, branch: str) -> frozenset[str]:
        """Return the names of checks and statuses on the newest commit of a branch."""
        ...
