"""The narrow interface to a forge, and the ways in which a forge can fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from mentorship_action.domain.pulls import Author, Comment, LineComment, Pull, Review, TreeEntry
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


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedPull:
    """A closed pull request."""

    number: int
    author: Author
    merged: bool
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulls:
    """The open pull requests to the default branch, oldest first, and closed ones.

    Of the closed ones those among the hundred pull requests that changed last.
    """

    open: tuple[Pull, ...] = ()
    closed: tuple[ClosedPull, ...] = ()


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

    def list_pulls(self) -> Pulls:
        """Return all open pull requests, and those that were closed lately."""
        ...

    def list_comments(self, number: int) -> list[Comment]:
        """Return what was said below a pull request, all pages, oldest first."""
        ...

    def list_reviews(self, number: int) -> list[Review]:
        """Return the reviews of a pull request, all pages, oldest first."""
        ...

    def merge_base(self, base: str, head: str) -> str:
        """Return the commit that ``head`` branched off from the branch ``base``."""
        ...

    def tree(self, sha: str) -> tuple[TreeEntry, ...]:
        """Return the entries of one tree, or of a commit's root; never a part of them."""
        ...

    def blob(self, sha: str) -> bytes:
        """Return a file's bytes by its name in git; of a huge one at least its start."""
        ...

    def account_id(self, login: str) -> int | None:
        """Return the number of an account, or None when there is none of this login."""
        ...

    def create_comment(self, number: int, body: str) -> Comment:
        """Say something below a pull request. Never repeated by itself: see ``Ambiguous``."""
        ...

    def edit_comment(self, comment: int, body: str) -> Comment:
        """Rewrite a comment of ours in place."""
        ...

    def delete_comment(self, comment: int) -> None:
        """Take a comment of ours away."""
        ...

    def list_line_comments(self, number: int) -> list[LineComment]:
        """Return what was said on lines of a pull request's files, all pages, oldest first."""
        ...

    def create_review(
        self, number: int, *, commit: str, body: str, comments: tuple[LineComment, ...]
    ) -> None:
        """Review a commit with comments on its lines: all of them, or none.

        Rejected when one of the lines is no part of what the pull request changes. Never
        repeated by itself: see ``Ambiguous``.
        """
        ...

    def set_status(self, commit: str, *, state: str, description: str, url: str) -> None:
        """Set the status ``mentorship`` of a commit: failure, pending or success."""
        ...

    def add_labels(self, number: int, labels: tuple[str, ...]) -> None:
        """Put labels on a pull request."""
        ...

    def remove_label(self, number: int, label: str) -> None:
        """Take a label off a pull request; one that isn't there is no fault."""
        ...


class ForgeError(MentorshipError):
    """The forge failed; running again goes on where this run stopped."""


class Unreachable(ForgeError):
    """No answer, or a server error, to something that changes nothing."""


class Ambiguous(ForgeError):
    """A write got no answer or a server error: it may or may not have happened."""


class Limited(ForgeError):
    """Too many requests; ``retry_after`` is in seconds, None where the forge didn't say."""

    def __init__(self, what: str, *, retry_after: int | None = None, fix: str = "") -> None:
        super().__init__(what, fix=fix)
        self.retry_after = retry_after


class Refused(ForgeError):
    """The token or the repository's settings do not allow this."""

    exit_code = Exit.SETTINGS


class Missing(ForgeError):
    """There is no such thing, or we may not see it."""


class Rejected(ForgeError):
    """The forge understood the request and found its content wrong."""
