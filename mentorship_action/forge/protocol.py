"""The narrow interface to a forge, and the ways in which a forge can fail."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from mentorship_action.domain.pulls import Author, Comment, LineComment, Pull, Review, TreeEntry
from mentorship_action.domain.snapshot import Issue
from mentorship_action.errors import Exit, MentorshipError

State = Literal["open", "closed", "all"]
Reason = Literal["completed", "not_planned"]
Reaction = Literal["+1", "eyes", "confused"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An issue to be opened; ``milestone`` is a number, 0 for none."""

    title: str
    body: str
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    milestone: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """What to change of an issue or a pull request; None leaves a part as it is.

    ``reason`` says why it is closed; pull requests have none.
    """

    title: str | None = None
    body: str | None = None
    assignees: tuple[str, ...] | None = None
    state: Literal["open", "closed"] | None = None
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """A branch by its name, and its newest commit."""

    name: str
    tip: str


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueComment:
    """A comment, and the number of the issue or pull request that it is on."""

    number: int
    comment: Comment


@dataclass(frozen=True, kw_only=True, slots=True)
class ClosedPull:
    """A closed pull request; ``is_locked`` says that nobody but maintainers may comment."""

    number: int
    author: Author
    merged: bool
    labels: tuple[str, ...] = ()
    is_locked: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulls:
    """The open pull requests to the default branch, oldest first, and closed ones.

    The closed ones are the hundred that changed last, and the merged ones with a label that was
    asked about.
    """

    open: tuple[Pull, ...] = ()
    closed: tuple[ClosedPull, ...] = ()


class Forge(Protocol):
    """A repository on a forge. Every method raises a ForgeError when it can't answer.

    A number is that of an issue or of a pull request where nothing else is said: they share one
    count, and comments, labels and edits are the same for both.
    """

    @property
    def requests(self) -> int:
        """How many requests have been sent so far."""
        ...

    # The repository, and who is who.

    def me(self) -> Author:
        """Return the account that our writes are shown under; id 0 where that is not known."""
        ...

    def default_branch(self) -> Branch:
        """Return the default branch as it is now."""
        ...

    def account_id(self, login: str) -> int | None:
        """Return the number of an account, or None when there is none of this login."""
        ...

    def is_assignable(self, login: str) -> bool:
        """Whether the forge would assign an issue to this person."""
        ...

    def create_label(self, name: str, *, color: str, description: str) -> bool:
        """Create a label; False if it was there already."""
        ...

    def find_milestone(self, title: str) -> int | None:
        """Return the number of the milestone of a title, open or closed; None for none."""
        ...

    def create_milestone(self, title: str, *, due: date) -> int | None:
        """Create a milestone and return its number; None if one of the title was there already.

        Never repeated by itself: see ``Ambiguous``.
        """
        ...

    def edit_milestone(self, number: int, *, due: date | None = None, closed: bool = False) -> None:
        """Give a milestone another due date, or close it."""
        ...

    # Issues.

    def list_issues(
        self, *, creator: str = "", label: str = "", state: State, since: datetime | None = None
    ) -> list[Issue]:
        """Return issues, all pages, oldest first; pull requests are left out.

        ``creator`` is a login; with a ``label`` as well both must hold, and "" asks for neither.
        ``since`` keeps those that changed at that moment or later.
        """
        ...

    def get_issue(self, number: int) -> Issue:
        """Return one issue as it is now."""
        ...

    def create_issue(self, draft: Draft) -> Issue:
        """Open an issue. Never repeated by itself: see ``Ambiguous``."""
        ...

    def edit_issue(self, number: int, edit: Edit) -> Issue:
        """Change an issue and return it."""
        ...

    # Conversations: issues and pull requests alike.

    def list_comments(self, number: int) -> list[Comment]:
        """Return the comments of a conversation, all pages, oldest first."""
        ...

    def list_recent_comments(self, since: datetime) -> list[IssueComment]:
        """Return the repository's comments that changed at a moment or later, oldest change first.

        Those of issues and pull requests alike, all pages.
        """
        ...

    def create_comment(self, number: int, body: str) -> Comment:
        """Comment on an issue or a pull request. Never repeated by itself: see ``Ambiguous``."""
        ...

    def edit_comment(self, comment: int, body: str) -> Comment:
        """Rewrite a comment in place, by its id."""
        ...

    def delete_comment(self, comment: int) -> None:
        """Delete a comment, by its id; one that is gone already is no error."""
        ...

    def get_comment(self, comment: int) -> Comment:
        """Return one comment as it is now, by its id."""
        ...

    def add_reaction(self, comment: int, content: Reaction) -> None:
        """React to a comment, by its id; once is as good as twice."""
        ...

    def add_labels(self, number: int, labels: tuple[str, ...]) -> None:
        """Add labels to an issue or a pull request."""
        ...

    def remove_label(self, number: int, label: str) -> None:
        """Remove a label; one that isn't there is no error."""
        ...

    # Pull requests.

    def list_pulls(self, label: str = "") -> Pulls:
        """Return all open pull requests, those that were closed lately, and merged ones.

        Those that were merged with ``label`` are told however long ago that was.
        """
        ...

    def list_reviews(self, number: int) -> list[Review]:
        """Return the reviews of a pull request, all pages, oldest first."""
        ...

    def list_line_comments(self, number: int) -> list[LineComment]:
        """Return the comments on lines of a pull request's files, all pages, oldest first."""
        ...

    def create_review(
        self, number: int, *, commit: str, body: str, comments: tuple[LineComment, ...]
    ) -> None:
        """Review a commit with comments on its lines: all of them, or none.

        Rejected when one of the lines is no part of what the pull request changes. Never
        repeated by itself: see ``Ambiguous``.
        """
        ...

    def find_pull(self, branch: str) -> int:
        """Return the newest pull request from a branch of the repository; 0 for none.

        It may be closed by now.
        """
        ...

    def create_pull(self, *, title: str, body: str, branch: str, base: str) -> int:
        """Propose a branch of the repository; return the pull request's number.

        Rejected where there is an open one. Never repeated by itself: see ``Ambiguous``.
        """
        ...

    def set_status(self, commit: str, *, state: str, description: str, url: str) -> None:
        """Set the status ``mentorship`` of a commit: failure, pending or success."""
        ...

    # Files.

    def merge_base(self, base: str, head: str) -> str:
        """Return the commit that ``head`` branched off from the branch ``base``."""
        ...

    def tree(self, sha: str) -> tuple[TreeEntry, ...]:
        """Return the entries of one tree, or of a commit's root; never a part of them."""
        ...

    def blob(self, sha: str) -> bytes:
        """Return a file's bytes by its name in git; of a huge one at least its start."""
        ...

    def file_id(self, path: str, branch: str) -> str:
        """Return the name in git of a file's content on a branch; "" where there is none."""
        ...

    def create_branch(self, name: str, commit: str) -> bool:
        """Create a branch at a commit; False if there was one of this name already."""
        ...

    def commit_file(
        self, path: str, content: bytes, *, former: str, message: str, branch: str
    ) -> str:
        """Change a file on a branch in one commit, and return the commit.

        ``former`` is the name in git of the content that is replaced: Outdated where the file has
        another one by now. Never repeated by itself: see ``Ambiguous``.
        """
        ...

    def find_commit(self, path: str, text: str, since: datetime) -> str:
        """Return the newest commit of a file on the default branch whose message has a text.

        It was made at a moment or later; "" for none.
        """
        ...


class ForgeError(MentorshipError):
    """The forge failed at one thing; everything else can go on, and a later run tries again."""


# What stops a run, because nothing else would work either.


class RunStopper(ForgeError):
    """Nothing more can be done in this run."""


class Limited(RunStopper):
    """Too many requests for now."""


class Unauthorized(RunStopper):
    """The token isn't valid."""

    exit_code = Exit.SETTINGS


class RepositoryGone(RunStopper):
    """The repository isn't there, not visible to this token, blocked or read-only."""

    exit_code = Exit.SETTINGS


class UnknownIdentity(RunStopper):
    """We write as somebody else than we believed, so that nothing of ours would be found again."""

    exit_code = Exit.SETTINGS


# What is the outcome of one thing alone.


class Missing(ForgeError):
    """There is no such thing, it was deleted or moved, or we may not see it."""


class Rejected(ForgeError):
    """The forge understood the request and found its content wrong."""


class Outdated(ForgeError):
    """A file has changed since it was read."""


class Locked(ForgeError):
    """The conversation is locked: nobody but maintainers may comment."""


class Forbidden(ForgeError):
    """The token may not do this kind of thing; ``needs`` is the permission it takes.

    It is spelled as a workflow does: ``statuses: write``.
    """

    exit_code = Exit.SETTINGS

    def __init__(self, what: str, *, needs: str, fix: str = "") -> None:
        super().__init__(what, fix=fix)
        self.needs = needs


class Unreachable(ForgeError):
    """No answer, or a server error, to something that changes nothing."""


class Ambiguous(ForgeError):
    """A write got no answer or a server error: it may or may not have happened."""


class Unreadable(ForgeError):
    """The answer to a read makes no sense, or says itself that it is incomplete."""
