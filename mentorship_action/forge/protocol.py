"""The narrow interface to a forge, and the ways in which a forge can fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from mentorship_action.domain.snapshot import Issue
from mentorship_action.errors import Exit, MentorshipError

State = Literal["open", "closed", "all"]
Reason = Literal["completed", "not_planned"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An issue to be opened."""

    title: str
    body: str
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """What to change of an issue; None leaves a part as it is."""

    body: str | None = None
    assignees: tuple[str, ...] | None = None
    close: Reason | None = None


class Forge(Protocol):
    """A repository on a forge. Every method raises a ForgeError when it can't answer."""

    @property
    def requests(self) -> int:
        """How many requests have been sent so far."""
        ...

    def me(self) -> str:
        """Return the login that our writes are shown under."""
        ...

    def list_issues(
        self, *, label: str, state: State, since: datetime | None = None
    ) -> list[Issue]:
        """Return the issues with a label, all pages, oldest first; pull requests left out.

        ``since`` keeps those that changed at that moment or later.
        """
        ...

    def get_issue(self, number: int) -> Issue:
        """Return one issue as it is now."""
        ...

    def is_assignable(self, login: str) -> bool:
        """Whether the forge would assign an issue to this person."""
        ...

    def create_label(self, name: str, *, color: str, description: str) -> bool:
        """Make a label; False if it was there already."""
        ...

    def create_issue(self, draft: Draft) -> Issue:
        """Open an issue. Never repeated by itself: see ``Ambiguous``."""
        ...

    def edit_issue(self, number: int, edit: Edit) -> Issue:
        """Change an issue and return it."""
        ...


class ForgeError(MentorshipError):
    """The forge failed; running again goes on where this run stopped."""


class Unreachable(ForgeError):
    """No answer, or a server error, to something that changes nothing."""


class Ambiguous(ForgeError):
    """A write got no answer or a server error: it may or may not have happened."""


class Limited(ForgeError):
    """Too many requests; ``retry_after`` is in seconds, None where the forge didn't say."""

    def __init__(self, what: str, *, retry_after: int | None = None, mend: str = "") -> None:
        super().__init__(what, mend=mend)
        self.retry_after = retry_after


class Refused(ForgeError):
    """The token or the repository's settings do not allow this."""

    exit_code = Exit.SETTINGS


class Missing(ForgeError):
    """There is no such thing, or we may not see it."""


class Rejected(ForgeError):
    """The forge understood the request and found its content wrong."""
