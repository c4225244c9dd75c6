"""The three ways in which the contract of a forge is tried, and where one departs from GitHub."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Protocol

from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.memory import Repository
from mentorship_action.forge.protocol import Draft, Forge
from tests.rig import description
from tests.rig.emulator import Emulator
from tests.rig.faults import Proxy
from tests.rig.people import ACTIONS, MEMBER, OWNER, token_of
from tests.rig.rest import Site


class Gap(Enum):
    """Something in which the emulator is not like GitHub. Its tests assert the gap itself."""

    STRANGERS_EDIT = auto()
    """Anybody may label, assign, edit and close in a public repository."""
    TOKENS_UNCHECKED = auto()
    """A token that nobody has counts as the first user's."""
    LABEL_FAULT_UNNAMED = auto()
    """A label that is there already gives 422 without `already_exists`."""
    LABELS_BY_CASE = auto()
    """Labels that differ in case alone can both be made."""
    ASSIGNEES_UNASKED = auto()
    """`GET assignees/{login}` answers 404 for everybody."""
    EVERYBODY_ASSIGNED = auto()
    """Everybody with an account can be assigned."""
    LENGTHS_UNCHECKED = auto()
    """Titles and bodies of any length are taken."""


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

    def check(self) -> None:
        """Hold what was said against GitHub's description, where there was HTTP."""
        ...


def fresh_repository() -> Repository:
    """Return a repository in memory that the owner and Actions may write to."""

    def clock() -> datetime:
        return datetime.now(UTC)

    return Repository(clock=clock, writers={OWNER, ACTIONS}, members={MEMBER})


@dataclass(kw_only=True)
class InMemory:
    """The in-memory forge as it is."""

    repository: Repository = field(default_factory=fresh_repository)
    gaps: frozenset[Gap] = frozenset()

    def forge(self, login: str) -> Forge:
        return self.repository.view(login)

    def elsewhere(self) -> Forge:
        # There is no other repository in memory; this one forgets all it has.
        return replace(self.repository, issues={}).view(OWNER)

    def comment(self, login: str, number: int) -> None:
        self.repository.view(login).comment(number, "Hello")

    def open_pull_request(self, label: str) -> int:
        draft = Draft(title="A pull request", body="", labels=(label,))
        number = self.repository.view(OWNER).create_issue(draft).number
        self.repository.pull_requests.add(number)
        return number

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
class OverFace(OverHttp):
    """The gateway to GitHub, talking to the REST face on a repository in memory."""

    site: Site

    def comment(self, login: str, number: int) -> None:
        self.site.repository.view(login).comment(number, "Hello")

    def open_pull_request(self, label: str) -> int:
        return InMemory(repository=self.site.repository).open_pull_request(label)

    def check(self) -> None:
        assert self.site.faults == []


@dataclass(kw_only=True)
class OverEmulator(OverHttp):
    """The gateway to GitHub, talking to the emulated API through a proxy that records."""

    emulator: Emulator
    proxy: Proxy
    gaps: frozenset[Gap] = frozenset(Gap)

    def comment(self, login: str, number: int) -> None:
        path = f"/repos/{self.name}/issues/{number}/comments"
        self.emulator.call("POST", path, login, {"body": "Hello"})

    def open_pull_request(self, label: str) -> int:
        call: Callable[..., dict[str, object]] = self.emulator.call
        repository = f"/repos/{self.name}"
        head = self.emulator.call("GET", f"{repository}/git/ref/heads/main", OWNER)
        branch = {"ref": "refs/heads/topic", "sha": head["object"]["sha"]}
        call("POST", f"{repository}/git/refs", OWNER, branch)
        file = {"message": "Add a file", "content": "eA==", "branch": "topic"}
        call("PUT", f"{repository}/contents/file.txt", OWNER, file)
        pull = {"title": "A pull request", "head": "topic", "base": "main"}
        made = self.emulator.call("POST", f"{repository}/pulls", OWNER, pull)
        number: int = made["number"]
        call("POST", f"{repository}/issues/{number}/labels", OWNER, {"labels": [label]})
        return number

    def check(self) -> None:
        # What the gateway sends; the emulator's answers are looked at in a test of their own.
        faults = (description.faults(exchange.asked, None) for exchange in self.proxy.exchanges)
        assert [fault for some in faults for fault in some] == []
