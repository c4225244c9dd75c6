"""The part of the REST server that answers GraphQL, by GitHub's own schema cut to what we ask."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from graphql import GraphQLError, GraphQLSchema, build_schema, graphql_sync

from mentorship_action.domain.pulls import Author
from mentorship_action.forge.memory import MemoryForge, PullRequest, Repository
from mentorship_action.forge.protocol import Forbidden, ForgeError
from tests.rig import shapes
from tests.rig.graph.cut import CUT
from tests.rig.web import Answer


def repository_name(body: Any) -> str | None:
    """Return the repository that a query asks about as `owner/name`, or None."""
    variables = body.get("variables") or {}
    return f"{variables['owner']}/{variables['name']}" if "owner" in variables else None


def answer(body: Any, repository: Repository | None, login: str) -> Answer:
    """Return what a query answers; ``repository`` is None where there is none of its name."""
    forge = repository.view(login) if repository else None

    def shown(_info: object, **_names: str) -> Any:
        if forge is None or not forge.repository.exists:
            raise _failure("NOT_FOUND", "Could not resolve to a Repository with the name.")
        return _repository(forge)

    def viewer(_info: object) -> Any:
        if forge is None:
            raise _failure("NOT_FOUND", "No repository is served.")
        me = forge.me()
        return {"login": me.login, "databaseId": me.id}

    root = {"viewer": viewer, "repository": shown}
    result = graphql_sync(_schema(), body["query"], root, None, body["variables"])
    errors = [{**error.formatted, **(error.extensions or {})} for error in result.errors or ()]
    return Answer(200, {"data": result.data, **({"errors": errors} if errors else {})})


@cache
def _schema() -> GraphQLSchema:
    return build_schema(CUT.read_text(encoding="utf-8"))


def _repository(forge: MemoryForge) -> dict[str, Any]:
    def default_branch(_info: object) -> dict[str, Any]:
        branch = _allowed(forge.default_branch)
        return {"name": branch.name, "target": {"__typename": "Commit", "oid": branch.tip}}

    def pulls(
        _info: object,
        states: list[str],
        first: int,
        orderBy: dict[str, str],  # noqa: N803 - as GitHub spells it
        after: str | None = None,
        labels: list[str] | None = None,
    ) -> dict[str, Any]:
        _allowed(forge.list_pulls)
        found = [one for one in forge.branches.pulls.values() if _state(one) in states]
        if labels is not None:
            found = [one for one in found if _has_one_of(one, labels)]
        by_date = orderBy["field"] == "UPDATED_AT"
        found.sort(key=lambda one: (one.updated if by_date else one.created, one.number))
        if orderBy["direction"] == "DESC":
            found.reverse()
        start = int(after or 0)
        nodes = [_pull(forge, one) for one in found[start : start + first]]
        return _connection(nodes, more=len(found) > start + first, end=str(start + first))

    return {"defaultBranchRef": default_branch, "pullRequests": pulls}


def _pull(forge: MemoryForge, pull: PullRequest) -> dict[str, Any]:
    def files(_info: object, first: int) -> dict[str, Any]:
        paths = forge.branches.changed_paths(pull)
        return _connection(({"path": path} for path in paths[:first]), more=len(paths) > first)

    def labels(_info: object, first: int) -> dict[str, Any]:
        return _connection({"name": name} for name in pull.labels[:first])

    return {
        "number": pull.number,
        "url": f"https://github.com/example/program/pull/{pull.number}",
        "createdAt": shapes.moment(pull.created),
        "updatedAt": shapes.moment(pull.updated),
        "baseRefName": forge.branches.default,
        "headRefOid": pull.head,
        "headRefName": pull.branch or "topic",
        "isCrossRepository": not pull.branch,
        "merged": pull.is_merged,
        "locked": pull.number in forge.repository.locked,
        "author": _actor(pull.author),
        "labels": labels,
        "files": files,
    }


def _actor(author: Author) -> dict[str, Any] | None:
    """Return an account; that of a deleted one is null, and a bot's login is a bare name."""
    if author.login == "ghost":
        return None
    is_bot = author.login.endswith("[bot]")
    return {
        "__typename": "Bot" if is_bot else "User",
        "login": author.login.removesuffix("[bot]"),
        "databaseId": author.id,
    }


def _connection(
    nodes: Iterable[dict[str, Any]], *, more: bool = False, end: str = ""
) -> dict[str, Any]:
    return {"nodes": list(nodes), "pageInfo": {"hasNextPage": more, "endCursor": end}}


def _has_one_of(pull: PullRequest, labels: Iterable[str]) -> bool:
    wanted = {name.lower() for name in labels}
    return not wanted.isdisjoint(name.lower() for name in pull.labels)


def _state(pull: PullRequest) -> str:
    return "OPEN" if pull.is_open else "MERGED" if pull.is_merged else "CLOSED"


def _allowed(read: Any) -> Any:
    """Return what is read, or raise GraphQL's own error."""
    try:
        return read()
    except ForgeError as error:
        kind = "FORBIDDEN" if isinstance(error, Forbidden) else "INTERNAL"
        raise _failure(kind, error.what) from error


def _failure(kind: str, message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"type": kind})
