"""What the things of a forge look like in the REST API's JSON."""

from datetime import datetime
from typing import Any
from urllib.parse import quote
from zlib import crc32

from mentorship_action.domain.pulls import Author
from mentorship_action.domain.snapshot import Issue, Milestone
from mentorship_action.forge.memory import Label
from tests.rig.blank import filled

_MARKS = ("+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes")


def person(api: str, login: str) -> dict[str, Any]:
    """Return a user or bot; the id is the same for a login wherever it appears."""
    user = f"{api}/users/{quote(login)}"
    links = {
        name: f"{user}/{name.removesuffix('_url')}"
        for name in (
            "followers_url following_url gists_url starred_url subscriptions_url "
            "organizations_url repos_url events_url received_events_url"
        ).split()
    }
    number = crc32(login.lower().encode())
    return {
        "login": login,
        "id": number,
        "node_id": f"U_{number}",
        "avatar_url": f"{user}/avatar",
        "gravatar_id": "",
        "url": user,
        "html_url": f"https://github.com/{quote(login)}",
        "type": "Bot" if login.endswith("[bot]") else "User",
        "site_admin": False,
        **links,
    }


def account(api: str, author: Author) -> dict[str, Any]:
    """Return an account with the number that it has in this repository's world."""
    return {**person(api, author.login), "id": author.id}


def myself(api: str, login: str, now: datetime) -> dict[str, Any]:
    """Return what `GET /user` answers."""
    unsaid = ("name", "company", "blog", "location", "email", "hireable", "bio")
    return {
        **person(api, login),
        **dict.fromkeys(unsaid),
        "public_repos": 0,
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": moment(now),
        "updated_at": moment(now),
    }


def label(repository: str, made: Label) -> dict[str, Any]:
    """Return a label; ``repository`` is the repository's address in the API."""
    number = crc32(made.name.lower().encode())
    return {
        "id": number,
        "node_id": f"LA_{number}",
        "url": f"{repository}/labels/{quote(made.name)}",
        "name": made.name,
        "description": made.description or None,
        "color": made.color,
        "default": False,
    }


def milestone(repository: str, made: Milestone) -> dict[str, Any]:
    """Return a milestone, due where it is midnight in California."""
    return filled(
        "milestone",
        number=made.number,
        title=made.title,
        url=f"{repository}/milestones/{made.number}",
        due_on=f"{made.due}T07:00:00Z",
        state="open" if made.is_open else "closed",
    )


def issue(
    api: str,
    repository: str,
    made: Issue,
    *,
    within: Milestone | None = None,
    reason: str | None,
    is_locked: bool,
    is_pull: bool,
    merged: datetime | None = None,
) -> dict[str, Any]:
    """Return an issue, or a pull request as the list of issues shows it."""
    url = f"{repository}/issues/{made.number}"
    shown = {
        "id": made.number,
        "node_id": f"I_{made.number}",
        "number": made.number,
        "url": url,
        "repository_url": repository,
        "labels_url": f"{url}/labels{{/name}}",
        "comments_url": f"{url}/comments",
        "events_url": f"{url}/events",
        "html_url": f"https://github.com/issues/{made.number}",
        "title": made.title,
        "body": made.body,
        "user": account(api, made.author),
        "state": "open" if made.is_open else "closed",
        "state_reason": None if made.is_open else reason,
        "locked": is_locked,
        "labels": [label(repository, Label(name=name, color="ededed")) for name in made.labels],
        "assignee": person(api, made.assignees[0]) if made.assignees else None,
        "assignees": [person(api, login) for login in made.assignees],
        "milestone": within and milestone(repository, within),
        "comments": made.comments,
        "created_at": moment(made.created),
        "updated_at": moment(made.updated),
        "closed_at": None if made.is_open else moment(made.updated),
        "author_association": "NONE",
        "reactions": {"url": f"{url}/reactions", "total_count": 0, **dict.fromkeys(_MARKS, 0)},
    }
    if is_pull:
        pull = f"{repository}/pulls/{made.number}"
        shown["pull_request"] = {
            "url": pull,
            "html_url": pull,
            "diff_url": f"{pull}.diff",
            "patch_url": f"{pull}.patch",
            "merged_at": moment(merged) if merged else None,
        }
    return shown


def moment(value: datetime) -> str:
    """Return a moment as GitHub writes it: UTC, to the second."""
    return f"{value:%Y-%m-%dT%H:%M:%SZ}"
