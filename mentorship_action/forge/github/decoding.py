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
from mentorship_action.domain.snapshot import Issue, Milestone
from mentorship_action.forge.protocol import ClosedPull, IssueComment

GHOST = Author(login="ghost", id=0, is_person=False)
"""Whose things were when an account was deleted."""


def author(raw: Any) -> Author:
    """Return an account; a deleted one comes as none at all, or as GitHub's ghost."""
    if not raw or raw["login"] == GHOST.login:
        return GHOST
    login = text(raw["login"])
    is_person = raw.get("type", "User") == "User" and not login.endswith("[bot]")
    return Author(login=login, id=number(raw["id"]), is_person=is_person)


def issue(raw: Any) -> Issue:
    """Return an issue, or a pull request as the list of issues shows it."""
    return Issue(
        number=number(raw["number"]),
        title=text(raw["title"]),
        body=text(raw.get("body") or ""),
        author=author(raw.get("user")),
        is_open=raw["state"] == "open",
        labels=labels(raw["labels"]),
        assignees=tuple(text(person["login"]) for person in raw.get("assignees") or ()),
        milestone=milestone(raw["milestone"]) if raw.get("milestone") else None,
        comments=number(raw.get("comments", 0)),
        is_locked=bool(raw.get("locked")),
        created=moment(raw["created_at"]),
        updated=moment(raw["updated_at"]),
    )


def milestone(raw: Any) -> Milestone:
    """Return a milestone."""
    due = raw.get("due_on")
    return Milestone(
        number=number(raw["number"]),
        title=text(raw["title"]),
        due=moment(due).date() if due else None,
        is_open=raw["state"] == "open",
    )


def comment(raw: Any) -> Comment:
    """Return a comment on an issue or a pull request."""
    return Comment(
        id=number(raw["id"]),
        author=author(raw.get("user")),
        body=text(raw.get("body") or ""),
        created=moment(raw["created_at"]),
        updated=moment(raw["updated_at"]),
    )


def issue_comment(raw: Any) -> IssueComment:
    """Return a comment with the number of its conversation, which is the end of an address."""
    return IssueComment(number=int(text(raw["issue_url"]).rpartition("/")[2]), comment=comment(raw))


def goes_to_default_branch(raw: Any) -> bool:
    """Whether a pull request would change the default branch."""
    default = (raw["base"].get("repo") or {}).get("default_branch")
    return default is None or raw["base"]["ref"] == default


def pull(raw: Any) -> Pull:
    """Return an open pull request."""
    return Pull(
        number=number(raw["number"]),
        author=author(raw.get("user")),
        head=text(raw["head"]["sha"]),
        base=text(raw["base"]["ref"]),
        branch=_own_branch(raw),
        labels=labels(raw["labels"]),
        is_locked=bool(raw.get("locked")),
        url=text(raw["html_url"]),
        created=moment(raw["created_at"]),
        updated=moment(raw["updated_at"]),
    )


def _own_branch(raw: Any) -> str:
    """Return the branch that a pull request comes from, if it is none of a fork's."""
    here, there = (raw[side].get("repo") or {} for side in ("base", "head"))
    is_own = here.get("id") is not None and here.get("id") == there.get("id")
    return text(raw["head"]["ref"]) if is_own else ""


def closed_pull(raw: Any) -> ClosedPull:
    """Return a closed pull request."""
    return ClosedPull(
        number=number(raw["number"]),
        author=author(raw.get("user")),
        merged=bool(raw.get("merged_at")),
        labels=labels(raw["labels"]),
        is_locked=bool(raw.get("locked")),
    )


def merged_among_issues(raw: Any) -> ClosedPull | None:
    """Return the merged pull request that the list of issues shows, None for anything else."""
    merged = (raw.get("pull_request") or {}).get("merged_at")
    return closed_pull({**raw, "merged_at": merged}) if merged else None


def review(raw: Any) -> Review:
    """Return a review."""
    return Review(
        id=number(raw["id"]),
        author=author(raw.get("user")),
        approves=raw["state"] == "APPROVED",
        commit=text(raw.get("commit_id") or ""),
        submitted=moment(raw["submitted_at"]),
        body=text(raw.get("body") or ""),
    )


def line_comment(raw: Any) -> LineComment:
    """Return a comment on lines, as far as they are still the same."""
    # The lines are null once they have changed; those of the commit commented on stay.
    last = raw.get("line")
    shown = last or raw.get("original_line") or 1
    first = raw.get("start_line") if last else raw.get("original_start_line")
    return LineComment(
        path=text(raw["path"]),
        first=number(first or shown),
        last=number(shown),
        body=text(raw.get("body") or ""),
        author=author(raw.get("user")),
        outdated=last is None,
    )


def tree_entry(raw: Any) -> TreeEntry:
    """Return an entry of a tree."""
    return TreeEntry(
        name=text(raw["path"]),
        mode=text(raw["mode"]),
        sha=text(raw["sha"]),
        size=number(raw.get("size") or 0),
    )


def labels(raw: Any) -> tuple[str, ...]:
    """Return the names in a list of labels."""
    return tuple(text(label["name"]) for label in raw)


def moment(raw: Any) -> datetime:
    """Return a moment, in UTC."""
    return datetime.fromisoformat(raw).astimezone(UTC)


def text(raw: Any) -> str:
    """Return a text, or raise TypeError: nothing else is taken for one."""
    if not isinstance(raw, str):
        raise TypeError("this is no text")
    return raw


def number(raw: Any) -> int:
    """Return a whole number, or raise TypeError."""
    if type(raw) is not int:
        raise TypeError("this is no number")
    return raw


def timestamp(when: datetime) -> str:
    """Return a moment as GitHub writes it: UTC, to the second."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def on_lines(comment: LineComment) -> dict[str, Any]:
    """Return a comment on lines as GitHub takes it."""
    place = {"path": comment.path, "line": comment.last, "side": "RIGHT", "body": comment.body}
    if comment.first == comment.last:
        # GitHub refuses a range of a single line.
        return place
    return {**place, "start_line": comment.first, "start_side": "RIGHT"}
