"""A forge in memory that behaves like GitHub where it matters: for rehearsal and for tests."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory_pulls import Branches, PullsView
from mentorship_action.forge.protocol import Draft, Edit, Missing, Refused, Rejected, State

PAGE = 100
"""How many things one page of a list has."""

BOT = "github-actions[bot]"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """One comment below an issue."""

    author: str
    body: str
    created: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A label of the repository."""

    name: str
    color: str
    description: str = ""


@dataclass(kw_only=True)
class Repository:
    """What a repository holds; every view on it shares this.

    ``writers`` are the lower-case logins that may label, assign, edit and close; anybody may
    open issues and comment. ``members`` may be assigned, as writers may. ``pull_requests`` are
    the numbers of those issues that are pull requests.
    """

    clock: Callable[[], datetime]
    writers: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    issues: dict[int, Issue] = field(default_factory=dict)
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    pull_requests: set[int] = field(default_factory=set)
    has_issues: bool = True
    branches: Branches = field(init=False)
    _open: dict[int, Issue] = field(init=False)

    def __post_init__(self) -> None:
        self._open = {number: issue for number, issue in self.issues.items() if issue.is_open}
        self.branches = Branches(clock=self.clock)

    @property
    def next_number(self) -> int:
        """The number of the next issue or pull request, which share one count."""
        # Numbers only grow, so the newest issue comes last.
        newest = next(reversed(self.issues), 0)
        return max(newest, next(reversed(self.branches.pulls), 0)) + 1

    def put(self, issue: Issue) -> None:
        """Keep an issue as it is now."""
        self.issues[issue.number] = issue
        if issue.is_open:
            self._open[issue.number] = issue
        else:
            self._open.pop(issue.number, None)

    def in_state(self, state: State) -> Iterable[Issue]:
        """Return the issues of a state, without a look at every closed one for the open."""
        if state == "open":
            return self._open.values()
        return (one for one in self.issues.values() if state == "all" or not one.is_open)

    def view(self, login: str) -> "MemoryForge":
        """Return the forge as somebody with this login has it."""
        return MemoryForge(repository=self, login=login)

    def may_write(self, login: str) -> bool:
        """Whether somebody may label, assign and edit what others wrote."""
        return login.lower() in self.writers

    def may_be_assigned(self, login: str, number: int | None = None) -> bool:
        """Whether GitHub would assign somebody: members, writers, who commented on the issue."""
        login = login.lower()
        spoke = any(said.author.lower() == login for said in self.comments.get(number or 0, ()))
        return login in self.writers | self.members or spoke


@dataclass(kw_only=True)
class MemoryForge(PullsView):
    """The repository as one person or bot sees and changes it."""

    repository: Repository
    login: str = BOT
    requests: int = 0

    @property
    def branches(self) -> Branches:
        """The repository's code and pull requests."""
        return self.repository.branches

    @property
    def may_write(self) -> bool:
        """Whether this login may change what others own."""
        return self.repository.may_write(self.login)

    @property
    def next_number(self) -> int:
        """The number of the next issue or pull request, which share one count."""
        return self.repository.next_number

    def me(self) -> str:
        """Return the login that our writes are shown under."""
        self.requests += 1
        return self.login

    def list_issues(
        self, *, label: str, state: State, since: datetime | None = None
    ) -> list[Issue]:
        """Return the issues with a label, oldest first; a request for each page of 100."""
        wanted = label.lower()
        found = [
            issue
            for issue in self.repository.in_state(state)
            if (since is None or issue.updated >= since)
            and any(name.lower() == wanted for name in issue.labels)
        ]
        # GitHub's list has pull requests, too: they fill pages, and are left out afterwards.
        self.requests += max(1, -(-len(found) // PAGE))
        issues = (one for one in found if one.number not in self.repository.pull_requests)
        return sorted(issues, key=lambda issue: issue.number)

    def get_issue(self, number: int) -> Issue:
        """Return one issue as it is now."""
        self.requests += 1
        return self._issue(number)

    def is_assignable(self, login: str) -> bool:
        """Whether an issue can be assigned to this person before anything is said there."""
        self.requests += 1
        return self.repository.may_be_assigned(login)

    def create_label(self, name: str, *, color: str, description: str) -> bool:
        """Make a label; False if it was there already."""
        self.requests += 1
        self._must_write()
        if name.lower() in self.repository.labels:
            return False
        self.repository.labels[name.lower()] = Label(
            name=name, color=color, description=description
        )
        return True

    def create_issue(self, draft: Draft) -> Issue:
        """Open an issue; labels and assignees of somebody without rights are dropped."""
        self.requests += 1
        if not self.repository.has_issues:
            raise Refused("Issues are turned off in this repository.")
        _must_fit(title=draft.title, body=draft.body)
        may = self.repository.may_write(self.login)
        if may:
            self._must_be_assignable(draft.assignees, None)
            self._know_labels(draft.labels)
        now = self.repository.clock()
        number = self.next_number
        issue = Issue(
            number=number,
            title=draft.title,
            body=draft.body,
            author=self.login,
            is_open=True,
            labels=draft.labels if may else (),
            assignees=draft.assignees if may else (),
            created=now,
            updated=now,
        )
        self.repository.put(issue)
        return issue

    def edit_issue(self, number: int, edit: Edit) -> Issue:
        """Change an issue and return it."""
        self.requests += 1
        issue = self._issue(number)
        if issue.author != self.login:
            self._must_write()
        _must_fit(title=issue.title, body=edit.body or "")
        if edit.assignees is not None:
            fresh = set(edit.assignees) - set(issue.assignees)
            self._must_be_assignable(fresh, number)
        if edit.close is not None:
            self.repository.reasons[number] = edit.close
        changed = replace(
            issue,
            body=issue.body if edit.body is None else edit.body,
            assignees=issue.assignees if edit.assignees is None else edit.assignees,
            is_open=issue.is_open and edit.close is None,
            updated=self.repository.clock(),
        )
        self.repository.put(changed)
        return changed

    def comment(self, number: int, body: str) -> Comment:
        """Say something below an issue."""
        self.requests += 1
        issue = self._issue(number)
        _must_fit(title=issue.title, body=body)
        said = Comment(author=self.login, body=body, created=self.repository.clock())
        self.repository.comments.setdefault(number, []).append(said)
        self.repository.put(replace(issue, comments=issue.comments + 1, updated=said.created))
        return said

    def _issue(self, number: int) -> Issue:
        issue = self.repository.issues.get(number)
        if issue is None:
            raise Missing(f"There is no issue #{number}.")
        return issue

    def _must_write(self) -> None:
        if not self.repository.may_write(self.login):
            raise Refused(f"{self.login} may not write here.")

    def _must_be_assignable(self, logins: Iterable[str], number: int | None) -> None:
        for login in logins:
            if not self.repository.may_be_assigned(login, number):
                raise Rejected(f"{login} can't be assigned.")

    def _know_labels(self, names: Iterable[str]) -> None:
        """Make the labels that an issue brings along, grey, as GitHub does."""
        for name in names:
            self.repository.labels.setdefault(name.lower(), Label(name=name, color="ededed"))


def _must_fit(*, title: str, body: str) -> None:
    if not title.strip() or len(title) > 256:
        raise Rejected("A title has 1 to 256 characters.")
    if len(body) > 65_536:
        raise Rejected("A body has at most 65,536 characters.")
