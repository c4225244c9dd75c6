"""What every view on a repository in memory does first: count, and look whether it may."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass

from mentorship_action.domain.pulls import Author
from mentorship_action.forge.memory.branches import PullRequest
from mentorship_action.forge.memory.store import BOT, Conversation, Store
from mentorship_action.forge.protocol import (
    Forbidden,
    Locked,
    Missing,
    Rejected,
    RepositoryGone,
)

PAGE = 100
"""How many things one page of a list has."""

_PERMISSIONS = {
    "issues": "issues: write",
    "pulls": "pull-requests: write",
    "statuses": "statuses: write",
    "contents": "contents: read",
    "commits": "contents: write",
}


@dataclass(kw_only=True)
class View:
    """The repository as one person or bot sees and changes it."""

    repository: Store
    login: str = BOT
    requests: int = 0

    @property
    def account(self) -> Author:
        """The account of this login."""
        return self.repository.account(self.login)

    @property
    def may_write(self) -> bool:
        """Whether this login may change what others own."""
        return self.repository.may_write(self.login)

    def ask(self, what: str, key: int | str = "", *, pages: int = 1) -> None:
        """Count a read, and raise when it fails or there is no repository.

        ``what`` is read of the issue, pull request or commit ``key``.
        """
        self.requests += pages
        if not self.repository.exists:
            raise Missing("There is nothing there.") if key else gone()
        if what in {"compare", "tree", "blob", "branch", "file", "commits"}:
            self.must_have("contents")
        error = self.repository.failing.get((what, key))
        if error is not None:
            raise error

    def begin(self) -> None:
        """Count a write, and raise when nothing can be written here."""
        self.requests += 1
        if not self.repository.exists:
            raise Missing("There is nothing there.")
        if self.repository.is_archived:
            raise RepositoryGone("The repository is archived, so it is read-only.")

    def must_write(self, permission: str) -> None:
        """Raise Forbidden unless this login may change what others own."""
        self.must_have(permission)
        if not self.may_write:
            raise _forbidden(self.login, permission)

    def must_write_in(self, conversation: Conversation) -> None:
        """Raise Forbidden unless this login may label, assign and edit in a conversation."""
        self.must_write(permission_for(conversation))

    def must_speak(self, conversation: Conversation) -> None:
        """Raise unless this login may comment in a conversation."""
        self.must_have(permission_for(conversation))
        is_maintainer = self.may_write and self.account.is_person
        if conversation.number in self.repository.locked and not is_maintainer:
            raise Locked(f"#{conversation.number} is locked.")

    def must_have(self, permission: str) -> None:
        """Raise Forbidden where this login has lost a permission."""
        if permission in self.repository.revoked.get(self.login.lower(), ()):
            raise _forbidden(self.login, permission)

    def conversation(self, number: int) -> Conversation:
        """Return an issue or a pull request, or raise Missing."""
        found = self.repository.find(number)
        if found is None:
            raise Missing(f"There is no #{number}.")
        return found

    def must_be_assignable(self, logins: Iterable[str], number: int | None) -> None:
        """Raise Rejected when somebody can't be assigned."""
        for login in logins:
            if not self.repository.may_be_assigned(login, number):
                raise Rejected(f"{login} can't be assigned.")


def permission_for(conversation: Conversation) -> str:
    """Return the permission that changes in a conversation take."""
    return "pulls" if isinstance(conversation, PullRequest) else "issues"


def gone() -> RepositoryGone:
    """Return the error of a repository that isn't there."""
    return RepositoryGone("There is no such repository.")


def _forbidden(login: str, permission: str) -> Forbidden:
    needs = _PERMISSIONS[permission]
    return Forbidden(f"{login} lacks the permission `{needs}`.", needs=needs)


def must_fit(*, title: str, body: str) -> None:
    """Raise Rejected for a title or body that GitHub would not take."""
    if not title.strip() or len(title) > 256:
        raise Rejected("A title has 1 to 256 characters.")
    if len(body) > 65_536:
        raise Rejected("A body has at most 65,536 characters.")


def fitting_comment(body: str) -> str:
    """Return the text of a comment, or raise Rejected where GitHub would not take it."""
    if not body.strip() or len(body) > 65_536:
        raise Rejected("A comment has 1 to 65,536 characters.")
    return body


def pages(things: Sized) -> int:
    """Return how many requests a list of things takes."""
    return max(1, -(-len(things) // PAGE))
