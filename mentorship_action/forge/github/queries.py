# ruff: noqa: ANN401 - what comes over the wire has no type until it is read
"""What is asked in GraphQL, where one request says what REST takes many for."""

from dataclasses import dataclass
from typing import Any, Final

from mentorship_action.domain.pulls import Author, Pull
from mentorship_action.forge.github.decoding import GHOST, labels, moment, number, text
from mentorship_action.forge.protocol import Branch, ClosedPull

VIEWER: Final = "query { viewer { login databaseId } }"

DEFAULT_BRANCH: Final = """
query($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { defaultBranchRef { name target { oid } } }
}
"""

PULLS: Final = """
query(
  $owner: String!, $name: String!, $after: String, $isFirst: Boolean!, $labels: [String!]
) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name }
    open: pullRequests(
      states: OPEN, first: 100, after: $after, orderBy: {field: CREATED_AT, direction: ASC}
    ) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number url createdAt updatedAt baseRefName headRefName headRefOid
        isCrossRepository locked
        author { ...account }
        labels(first: 100) { nodes { name } }
        files(first: 100) { pageInfo { hasNextPage } nodes { path } }
      }
    }
    closed: pullRequests(
      states: [CLOSED, MERGED], first: 100, orderBy: {field: UPDATED_AT, direction: DESC}
    ) @include(if: $isFirst) {
      nodes { ...closed }
    }
    merged: pullRequests(
      states: MERGED, labels: $labels, first: 100, orderBy: {field: CREATED_AT, direction: ASC}
    ) @include(if: $isFirst) {
      nodes { ...closed }
    }
  }
}
fragment closed on PullRequest {
  number merged locked author { ...account } labels(first: 100) { nodes { name } }
}
fragment account on Actor {
  __typename
  login
  ... on Bot { databaseId }
  ... on User { databaseId }
}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class PullsPage:
    """A page of open pull requests, with the closed ones if it is the first.

    ``following`` is where the next page begins, or None.
    """

    open: list[Pull]
    closed: list[ClosedPull]
    following: str | None


def viewer(data: Any) -> Author:
    """Return whose token it is."""
    raw = data["viewer"]
    login = text(raw["login"])
    return Author(
        login=login,
        id=number(raw["databaseId"] or 0),
        is_person=not login.endswith("[bot]"),
    )


def default_branch(data: Any) -> Branch:
    """Return a repository's default branch."""
    ref = data["repository"]["defaultBranchRef"]
    return Branch(name=text(ref["name"]), tip=text(ref["target"]["oid"]))


def pulls(data: Any) -> PullsPage:
    """Return a page of the pull requests that go to the default branch."""
    raw = data["repository"]
    base, page = raw["defaultBranchRef"]["name"], raw["open"]["pageInfo"]
    closed = [*raw["closed"]["nodes"], *raw["merged"]["nodes"]] if "closed" in raw else []
    return PullsPage(
        open=[_pull(one) for one in raw["open"]["nodes"] if one["baseRefName"] == base],
        closed=list({one["number"]: _closed_pull(one) for one in closed}.values()),
        following=text(page["endCursor"]) if page["hasNextPage"] else None,
    )


def _pull(raw: Any) -> Pull:
    files = raw["files"]
    is_whole = files is not None and not files["pageInfo"]["hasNextPage"]
    return Pull(
        number=number(raw["number"]),
        author=_author(raw["author"]),
        head=text(raw["headRefOid"]),
        base=text(raw["baseRefName"]),
        branch="" if raw["isCrossRepository"] else text(raw["headRefName"]),
        labels=_labels(raw),
        is_locked=bool(raw["locked"]),
        url=text(raw["url"]),
        created=moment(raw["createdAt"]),
        updated=moment(raw["updatedAt"]),
        paths=tuple(text(file["path"]) for file in files["nodes"]) if is_whole else None,
    )


def _closed_pull(raw: Any) -> ClosedPull:
    return ClosedPull(
        number=number(raw["number"]),
        author=_author(raw["author"]),
        merged=bool(raw["merged"]),
        labels=_labels(raw),
        is_locked=bool(raw["locked"]),
    )


def _author(raw: Any) -> Author:
    """Return an account; GraphQL leaves out the `[bot]` that REST gives a bot's login."""
    if raw is None or raw["login"] == GHOST.login:
        return GHOST
    login, kind = text(raw["login"]), raw["__typename"]
    if kind == "Bot" and not login.endswith("[bot]"):
        login += "[bot]"
    return Author(login=login, id=number(raw.get("databaseId") or 0), is_person=kind == "User")


def _labels(raw: Any) -> tuple[str, ...]:
    # A pull request without any may have null here.
    return labels((raw["labels"] or {"nodes": ()})["nodes"])
