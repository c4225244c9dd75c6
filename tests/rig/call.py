"""One request to a repository, as what serves it sees it."""

from typing import Any, Protocol

from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import MemoryForge, Repository
from tests.rig.web import Answer, Asked


class Shown(Protocol):
    """A repository as it is served."""

    repository: Repository

    def listed(self) -> dict[int, Issue]:
        """Return the issues that a list shows."""
        ...


class Call(Protocol):
    """One request to one repository, as the REST server sees it."""

    @property
    def asked(self) -> Asked: ...
    @property
    def login(self) -> str: ...
    @property
    def site(self) -> Shown: ...
    @property
    def forge(self) -> MemoryForge: ...
    @property
    def api(self) -> str: ...
    @property
    def repository_url(self) -> str: ...
    def page(self, items: list[dict[str, Any]]) -> Answer: ...


def invalid(message: str, *, code: str, resource: str = "Issue") -> Answer:
    """Return GitHub's answer to content that it does not take."""
    error = {"resource": resource, "code": code, "field": "name", "message": message}
    return failed(422, "Validation Failed", errors=[error])


def failed(status: int, message: str, **more: Any) -> Answer:
    """Return GitHub's answer to what fails."""
    where = "https://docs.github.com/rest"
    return Answer(status, {"message": message, "documentation_url": where, **more})
