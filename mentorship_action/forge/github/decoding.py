# ruff: noqa: ANN401 - what comes over the wire has no type until it is read
"""GitHub's JSON as our values; raises LookupError, TypeError or ValueError where it isn't that."""

from datetime import UTC, datetime
from typing import Any

from mentorship_action.domain.pulls import (
    Author,
    Comment,
    LineComment,
    Pull,
    Review,
    TreeEntry,
)
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.protocol import ClosedPull, IssueComment

GHOST = Author(login="ghost", id=0, is_person=False)
"""Whose things were when an account was deleted."""


def author(raw: Any) -> Author:
    """Return an account; a deleted one comes as none at all, or as GitHub's ghost."""
    if not raw or raw["login"] == GHOST.login:
        return GHOST
    login = str(raw["login"])
    is_person = raw.get("type", "User") == "User" and not login.endswith("[bot]")
    return Author(login=login, id=int(raw["id"]), is_person=is_person)


def issue(raw: Any) -> Issue:
    """Return an issue, or a pull request as the list of issues shows it."""
    return Issue(
        number=raw["number"],
        title=raw["title"],
        body=raw.get("body") or "",
        author=author(raw.get("user")),
        is_open=raw["state"] == "open",
        labels=_labels(raw),
        assignees=tuple(person["login"] for person in raw.get("assignees") or ()),
        comments=raw.get("comments", 0),
        created=moment(raw["created_at"]),
        updated=moment(raw["updated_at"]),
    )


def comment(raw: Any) -> Comment:
    """Return a comment on an issue or a pull request."""
    return Comment(
        id=raw["id"],
        author=author(raw.get("user")),
        body=raw.get("body") or "",
        created=moment(raw["created_at"]),
        updated=moment(raw["updated_at"]),
    )


def issue_comment(raw: Any) -> IssueComment:
    """Return a comment with the number of its conversation, which is the end of an address."""
    return IssueComment(number=int(raw["issue_url"].rpartition("/")[2]), comment=comment(raw))


def goes_to_default_branch(raw: Any) -> bool:
    """Whether a pull request would change the default branch."""
    default = (raw["base"].get("repo") or {}).get("default_branch")
    return default is None or raw["base"]["ref"] == default


def pull(raw: Any) -> Pull:
    """Return an open pull request."""
    return Pull(
        number=raw["number"],
        author=author(raw.get("user")),
        head=raw["head"]["sha"],
        base=raw["base"]["ref"],
        labels=_labels(raw),
        url=raw["html_url"],
        created=moment(raw["created_at"]),
        updated=moment(raw["updated_at"]),
    )


def closed_pull(raw: Any) -> ClosedPull:
    """Return a closed pull request."""
    return ClosedPull(
        number=raw["number"],
        author=author(raw.get("user")),
        merged=bool(raw.get("merged_at")),
        labels=_labels(raw),
    )


def review(raw: Any) -> Review:
    """Return a review."""
    return Review(
        id=raw["id"],
        author=author(raw.get("user")),
        approves=raw["state"] == "APPROVED",
        commit=raw.get("commit_id") or "",
        submitted=moment(raw["submitted_at"]),
        body=raw.get("body") or "",
    )


def line_comment(raw: Any) -> LineComment:
    """Return a comment on lines, as far as they are still the same."""
    # The lines are null once they have changed; those of the commit commented on stay.
    last = raw.get("line")
    shown = last or raw.get("original_line") or 1
    return LineComment(
        path=raw["path"],
        first=(raw.get("start_line") if last else raw.get("original_start_line")) or shown,
        last=shown,
        body=raw.get("body") or "",
        author=author(raw.get("user")),
        outdated=last is None,
    )


def tree_entry(raw: Any) -> TreeEntry:
    """Return an entry of a tree."""
    return TreeEntry(name=raw["path"], mode=raw["mode"], sha=raw["sha"], size=raw.get("size") or 0)


def moment(text: str) -> datetime:
    """Return a moment, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def timestamp(when: datetime) -> str:
    """Return a moment as GitHub writes it: UTC, to the second."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def on_lines(said: LineComment) -> dict[str, Any]:
    """Return a comment on lines as GitHub takes it."""
    place = {"path": said.path, "line": said.last, "side": "RIGHT", "body": said.body}
    if said.first == said.last:
        # GitHub refuses a range of a single line.
        return place
    return {**place, "start_line": said.first, "start_side": "RIGHT"}


def _labels(raw: Any) -> tuple[str, ...]:
    return tuple(label["name"] for label in raw["labels"])
