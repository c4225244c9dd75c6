"""The four ways in which the contract of a forge is tried, and where one departs from GitHub."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any, Protocol

from mentorship_action.domain.pulls import LineComment
from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.memory import Repository
from mentorship_action.forge.memory.git import File
from mentorship_action.forge.protocol import Forge
from tests.rig import description
from tests.rig.emulator import Emulator
from tests.rig.failures import Proxy
from tests.rig.people import ACTIONS, APP, MEMBER, OWNER, STRANGER, token_of
from tests.rig.rest import Site

Files = Mapping[str, bytes | File]
"""Files by their path; one with a mode of its own is a ``File``."""


class Gap(Enum):
    """Something in which the emulator is not like GitHub. Its tests assert the gap itself."""

    STRANGERS_EDIT = auto()
    """Anybody may label, assign, edit and close in a public repository."""
    GRAPHQL_UNKNOWN = auto()
    """There is no GraphQL, as on an old server: 404, and REST is asked instead."""
    TOKENS_UNCHECKED = auto()
    """A token that nobody has counts as the first user's."""
    LABEL_ERROR_UNNAMED = auto()
    """A label that is there already gives 422 without `already_exists`."""
    MILESTONES_DOUBLED = auto()
    """A second milestone of the same title can be made."""
    LABELS_BY_CASE = auto()
    """Labels that differ in case alone can both be made."""
    ASSIGNEES_UNASKED = auto()
    """`GET assignees/{login}` answers 404 for everybody."""
    EVERYBODY_ASSIGNED = auto()
    """Everybody with an account can be assigned."""
    LENGTHS_UNCHECKED = auto()
    """Titles and bodies of any length are taken."""
    LOGINS_BY_CASE = auto()
    """An account is found by its login's own spelling alone."""
    FORKS_APART = auto()
    """A fork's commits can't be read through the repository that it stems from."""
    HEADS_STAY = auto()
    """A push to its branch leaves a pull request at the commit that it was opened with."""
    LINES_REFUSED = auto()
    """A review with comments on lines gives 422, and is there all the same, without them."""
    RANGES_CUT = auto()
    """A comment on a range of lines is on its last one alone."""
    PULLS_ARE_NO_ISSUES = auto()
    """A pull request can't be read or changed as an issue: 404."""
    RECENT_COMMENTS_UNKNOWN = auto()
    """The list of a repository's comments is unknown: 404."""
    REACTIONS_UNKNOWN = auto()
    """Comments take no reactions: 404."""
    PULLS_TWICE = auto()
    """A branch can have two open pull requests."""
    STATUSES_UNKNOWN = auto()
    """Statuses of commits are unknown: 404."""
    REVIEWS_SAY_NOTHING = auto()
    """A review that comments may be empty."""
    REVIEWS_CREATED = auto()
    """A new review is answered with 201, not 200."""
    LINE_COMMENTS_BARE = auto()
    """Comments on lines lack `_links`, and have null where GitHub has a number or nothing."""
    MERGES_OVERWRITE = auto()
    """A merge takes the default branch to the files of the head, whatever it got meanwhile."""


class Harness(Protocol):
    """A fresh repository of the owner's, which the owner and Actions may write to."""

    gaps: frozenset[Gap]

    def forge(self, login: str) -> Forge:
        """Return the repository as somebody has it."""
        ...

    def elsewhere(self) -> Forge:
        """Return a repository that isn't there."""
        ...

    def comment(self, login: str, number: int) -> None:
        """Say something below an issue."""
        ...

    def open_pull_request(self, label: str) -> int:
        """Open a pull request with a label and return its number."""
        ...

    def put(self, files: Files) -> None:
        """Put files on the default branch."""
        ...

    def propose(self, files: Files, *, from_fork: bool = False) -> int:
        """Let the stranger open a pull request and return its number.

        It may come from a branch where a fork's commits can't be read, or has to be a fork's.
        """
        ...

    def push(self, number: int, files: Files) -> None:
        """Let the stranger add a commit to their pull request."""
        ...

    def head(self, number: int) -> str:
        """Return the newest commit of the stranger's pull request."""
        ...

    def review(self, number: int, *, approves: bool) -> None:
        """Let the owner review the newest commit of a pull request."""
        ...

    def comment_on_lines(self, number: int, comment: LineComment) -> None:
        """Let the owner comment on lines of a pull request's newest commit."""
        ...

    def merge(self, number: int) -> None:
        """Let the owner merge a pull request."""
        ...

    def close(self, number: int) -> None:
        """Let the owner close a pull request."""
        ...

    def statuses(self, commit: str) -> list[tuple[str, str, str]]:
        """Return state, description and context of what was said of a commit."""
        ...

    def check(self) -> None:
        """Hold what was said against GitHub's description, where there was HTTP."""
        ...


class WithRepository(Harness, Protocol):
    """A harness whose repository is in memory, so that anything can happen to it."""

    repository: Repository


def fresh_repository() -> Repository:
    """Return a repository in memory that the owner and Actions may write to."""

    def clock() -> datetime:
        return datetime.now(UTC)

    return Repository(clock=clock, writers={OWNER, ACTIONS, APP}, members={MEMBER})


@dataclass(kw_only=True)
class _PeopleInMemory:
    """What people do on a repository in memory; their pull requests all come from forks."""

    repository: Repository = field(default_factory=fresh_repository)

    def comment(self, login: str, number: int) -> None:
        self.repository.view(login).create_comment(number, "Hello")

    def open_pull_request(self, label: str) -> int:
        number = self.repository.view(STRANGER).open_pull("A pull request", {})
        self.repository.view(OWNER).add_labels(number, (label,))
        return number

    def put(self, files: Files) -> None:
        self.repository.branches.put(files)

    def propose(self, files: Files, *, from_fork: bool = False) -> int:
        del from_fork
        return self.repository.view(STRANGER).open_pull("A pull request", files)

    def push(self, number: int, files: Files) -> None:
        self.repository.view(STRANGER).push(number, files)

    def head(self, number: int) -> str:
        return self.repository.branches.pulls[number].head

    def review(self, number: int, *, approves: bool) -> None:
        self.repository.view(OWNER).review(number, approves=approves)

    def comment_on_lines(self, number: int, comment: LineComment) -> None:
        owner, commit = self.repository.view(OWNER), self.head(number)
        owner.create_review(number, commit=commit, body="Hello", comments=(comment,))

    def merge(self, number: int) -> None:
        self.repository.view(OWNER).merge(number)

    def close(self, number: int) -> None:
        self.repository.view(OWNER).close_pull(number)

    def statuses(self, commit: str) -> list[tuple[str, str, str]]:
        said = self.repository.branches.statuses.get(commit, [])
        return [(one.state, one.description, one.context) for one in said]


@dataclass(kw_only=True)
class InMemory(_PeopleInMemory):
    """The in-memory forge as it is."""

    gaps: frozenset[Gap] = frozenset()

    def forge(self, login: str) -> Forge:
        return self.repository.view(login)

    def elsewhere(self) -> Forge:
        return replace(self.repository, exists=False).view(OWNER)

    def check(self) -> None:
        """There was no HTTP."""


@dataclass(kw_only=True)
class OverHttp:
    """The gateway to GitHub, talking to what serves at ``api``."""

    api: str
    name: str
    gaps: frozenset[Gap] = frozenset()

    def forge(self, login: str) -> Forge:
        return self._forge(self.name, login)

    def elsewhere(self) -> Forge:
        return self._forge("owner/no-such-repository", OWNER)

    def _forge(self, name: str, login: str) -> Forge:
        return GitHubForge(repository=name, token=token_of(login), api=self.api, backoff_seconds=0)


@dataclass(kw_only=True)
class OverRest(_PeopleInMemory, OverHttp):
    """The gateway to GitHub, talking to the REST server on a repository in memory."""

    site: Site

    def check(self) -> None:
        assert self.site.mismatches == []


@dataclass(kw_only=True)
class OverEmulator(OverHttp):
    """The gateway to GitHub, talking to the emulated API through a proxy that records.

    ``heads`` has the stranger's pull requests, by number: repository, branch, newest commit.
    """

    emulator: Emulator
    proxy: Proxy
    gaps: frozenset[Gap] = frozenset(Gap)
    heads: dict[int, tuple[str, str, str]] = field(default_factory=dict)

    def comment(self, login: str, number: int) -> None:
        self._call("POST", f"/issues/{number}/comments", login, {"body": "Hello"})

    def open_pull_request(self, label: str) -> int:
        number = self.propose({"file.txt": b"x"})
        self._call("POST", f"/issues/{number}/labels", OWNER, {"labels": [label]})
        return number

    def put(self, files: Files) -> None:
        self.emulator.commit(self.name, OWNER, "main", _as_files(files))

    def propose(self, files: Files, *, from_fork: bool = False) -> int:
        # A stranger can't push to the repository itself: the owner does it for them.
        name, pusher = self.name, OWNER
        branch = f"topic-{len(self.heads) + 1}"
        if from_fork:
            name, pusher = self.emulator.fork(self.name, STRANGER), STRANGER
        self.emulator.branch(name, pusher, branch)
        commit = self.emulator.commit(name, pusher, branch, _as_files(files))
        head = f"{STRANGER}:{branch}" if from_fork else branch
        pull = {"title": "A pull request", "head": head, "base": "main"}
        number: int = self._call("POST", "/pulls", STRANGER, pull)["number"]
        self.heads[number] = (name, branch, commit)
        return number

    def push(self, number: int, files: Files) -> None:
        name, branch, _ = self.heads[number]
        pusher = name.partition("/")[0]
        commit = self.emulator.commit(name, pusher, branch, _as_files(files))
        self.heads[number] = (name, branch, commit)

    def head(self, number: int) -> str:
        return self.heads[number][2]

    def review(self, number: int, *, approves: bool) -> None:
        event = "APPROVE" if approves else "COMMENT"
        said = {"event": event, "body": "Hello", "commit_id": self.head(number)}
        self._call("POST", f"/pulls/{number}/reviews", OWNER, said)

    def comment_on_lines(self, number: int, comment: LineComment) -> None:
        place = {"path": comment.path, "line": comment.last, "side": "RIGHT"}
        if comment.first < comment.last:
            place |= {"start_line": comment.first, "start_side": "RIGHT"}
        said = {**place, "body": comment.body, "commit_id": self.head(number)}
        self._call("POST", f"/pulls/{number}/comments", OWNER, said)

    def merge(self, number: int) -> None:
        self._call("PUT", f"/pulls/{number}/merge", OWNER, {})

    def close(self, number: int) -> None:
        self._call("PATCH", f"/pulls/{number}", OWNER, {"state": "closed"})

    def statuses(self, commit: str) -> list[tuple[str, str, str]]:
        said = self._call("GET", f"/commits/{commit}/statuses", OWNER)
        return [(one["state"], one["description"], one["context"]) for one in said]

    def check(self) -> None:
        # What the gateway sends; the emulator's answers are looked at in tests of their own.
        mismatches = (
            description.mismatches(exchange.asked, None) for exchange in self.proxy.exchanges
        )
        assert [one for some in mismatches for one in some] == []

    def _call(self, method: str, path: str, login: str, body: object = None) -> Any:
        return self.emulator.call(method, f"/repos/{self.name}{path}", login, body)


def _as_files(files: Files) -> dict[str, File]:
    return {path: one if isinstance(one, File) else File(one) for path, one in files.items()}
