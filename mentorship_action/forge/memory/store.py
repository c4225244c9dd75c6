"""What a repository in memory holds: conversations, people, labels, and what goes wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentorship_action.domain.pulls import Author, Comment
from mentorship_action.domain.snapshot import Issue, Milestone
from mentorship_action.forge.memory.branches import Branches, PullRequest
from mentorship_action.forge.protocol import ForgeError, State

BOT = "github-actions[bot]"

Conversation = Issue | PullRequest


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A label of the repository."""

    name: str
    color: str
    description: str = ""


@dataclass(kw_only=True)
class Store:
    """What a repository holds; every view on it shares this.

    ``writers`` are the lower-case logins that may label, assign, edit and close; anybody may
    open issues and comment. ``members`` may be assigned, as writers may. ``comments`` are those
    of issues and pull requests by their number; ``reactions`` says who reacted how, by a comment's
    id; ``locked`` has numbers. ``deleted`` has, by number, where an issue was moved to, or "" for
    one that was deleted.

    What can go wrong: ``revoked`` has the permissions that a login lacks (`issues`, `pulls`,
    `statuses`, `contents`, `commits`), ``failing`` the errors of single reads by what is read and
    its number or commit, such as ``("tree", sha)``.
    """

    clock: Callable[[], datetime]
    writers: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    issues: dict[int, Issue] = field(default_factory=dict)
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    reactions: dict[int, set[tuple[str, str]]] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    milestones: dict[int, Milestone] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    locked: set[int] = field(default_factory=set)
    deleted: dict[int, str] = field(default_factory=dict)
    exists: bool = True
    is_archived: bool = False
    has_issues: bool = True
    has_graphql: bool = True
    revoked: dict[str, set[str]] = field(default_factory=dict)
    failing: dict[tuple[str, int | str], ForgeError] = field(default_factory=dict)
    branches: Branches = field(init=False)
    _open: dict[int, Issue] = field(init=False)
    _ids: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self._open = {number: issue for number, issue in self.issues.items() if issue.is_open}
        self.branches = Branches(clock=self.clock)

    @property
    def next_number(self) -> int:
        """The number of the next issue or pull request, which share one count."""
        # Numbers only grow, so the newest issue comes last.
        newest = max(next(reversed(self.issues), 0), max(self.deleted, default=0))
        return max(newest, next(reversed(self.branches.pulls), 0)) + 1

    def put(self, conversation: Conversation) -> None:
        """Keep an issue or a pull request as it is now."""
        number = conversation.number
        if isinstance(conversation, PullRequest):
            self.branches.pulls[number] = conversation
            return
        self.issues[number] = conversation
        if conversation.is_open:
            self._open[number] = conversation
        else:
            self._open.pop(number, None)

    def find(self, number: int) -> Conversation | None:
        """Return an issue or a pull request, or None where there is none."""
        return self.issues.get(number) or self.branches.pulls.get(number)

    def delete(self, number: int, *, moved_to: str = "") -> None:
        """Delete an issue with its comments, or move it to another repository's address."""
        del self.issues[number]
        self._open.pop(number, None)
        self.comments.pop(number, None)
        self.deleted[number] = moved_to

    def in_state(self, state: State) -> Iterable[Issue]:
        """Return the issues of a state, without a look at every closed one for the open."""
        if state == "open":
            return self._open.values()
        return (one for one in self.issues.values() if state == "all" or not one.is_open)

    def rename_label(self, name: str, new: str | None) -> None:
        """Give a label another name wherever it is, or delete it."""
        known = self.labels.pop(name.lower(), None)
        if known and new:
            self.labels[new.lower()] = replace(known, name=new)
        every: list[Conversation] = [*self.issues.values(), *self.branches.pulls.values()]
        for one in every:
            names = [new if label.lower() == name.lower() else label for label in one.labels]
            labels = tuple(label for label in names if label)
            if labels != one.labels:
                self.put(replace(one, labels=labels))

    def account(self, login: str, *, is_person: bool = True) -> Author:
        """Return somebody's account, the same for every spelling of the login."""
        number = self.accounts.setdefault(login.lower(), 1000 + len(self.accounts))
        return Author(login=login, id=number, is_person=is_person and not login.endswith("[bot]"))

    def fresh_id(self) -> int:
        """Return a number that rises with every comment and review."""
        self._ids += 1
        return self._ids

    def may_write(self, login: str) -> bool:
        """Whether somebody may label, assign and edit what others wrote."""
        return login.lower() in self.writers

    def may_be_assigned(self, login: str, number: int | None = None) -> bool:
        """Whether GitHub would assign somebody: members, writers, who commented on the issue."""
        login = login.lower()
        comments = self.comments.get(number or 0, ())
        spoke = any(one.author.login.lower() == login for one in comments)
        return login in self.writers | self.members or spoke
