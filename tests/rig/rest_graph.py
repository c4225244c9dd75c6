"""The part of the face that answers GraphQL: who we are, the default branch, changed paths."""

import re
from typing import Any

from mentorship_action.forge.memory import MemoryForge, Repository
from mentorship_action.forge.protocol import ForgeError, Missing
from tests.rig.web import Answer


def repository_name(body: Any) -> str | None:
    """Return the repository that a query asks about as `owner/name`, or None."""
    variables = body.get("variables", {})
    return f"{variables['o']}/{variables['n']}" if "o" in variables else None


def answer(body: Any, repository: Repository | None, login: str) -> Answer:
    """Return what a query answers; ``repository`` is None where there is none of its name."""
    if repository is None:
        error = {"type": "NOT_FOUND", "path": ["repository"], "message": "Could not resolve"}
        return Answer(200, {"data": {"repository": None}, "errors": [error]})
    forge, query = repository.view(login), str(body["query"])
    if "viewer" in query:
        me = forge.me()
        return Answer(200, {"data": {"viewer": {"login": me.login, "databaseId": me.id}}})
    try:
        return Answer(200, {"data": {"repository": _repository(forge, query)}})
    except ForgeError as error:
        failure = {"type": "FORBIDDEN", "path": ["repository"], "message": error.what}
        return Answer(200, {"data": {"repository": None}, "errors": [failure]})


def _repository(forge: MemoryForge, query: str) -> dict[str, Any]:
    if "defaultBranchRef" in query:
        branch = forge.default_branch()
        return {"defaultBranchRef": {"name": branch.name, "target": {"oid": branch.tip}}}
    asked = re.findall(r"(\w+): pullRequest\(number: (\d+)\)", query)
    return {alias: _pull(forge, int(number)) for alias, number in asked}


def _pull(forge: MemoryForge, number: int) -> dict[str, Any] | None:
    try:
        paths = forge.branches.changed_paths(forge.pull(number))
    except Missing:
        return None
    nodes = [{"path": path} for path in paths[:100]]
    return {"files": {"nodes": nodes, "pageInfo": {"hasNextPage": len(paths) > 100}}}
