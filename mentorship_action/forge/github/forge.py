# ruff: noqa: ANN401 - what comes over the wire has no type until it is read
"""One repository on GitHub, as the protocol of a forge."""

import base64
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import quote

from mentorship_action.domain.pulls import Author, Comment, LineComment, Pull, Review, TreeEntry
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.github import decoding, queries
from mentorship_action.forge.github.client import (
    DEFAULT_API,
    Client,
    NoAnswer,
    Redirected,
    Refused,
)
from mentorship_action.forge.github.errors import (
    UNREADABLE,
    About,
    already_exists,
    is_limit,
    limited,
    not_committed,
    reading,
    writing,
)
from mentorship_action.forge.protocol import (
    Branch,
    ClosedPull,
    Draft,
    Edit,
    Forbidden,
    IssueComment,
    Missing,
    Pulls,
    Reaction,
    State,
    Unreadable,
)

_Read = TypeVar("_Read")
_ACTIONS_BOT = Author(login="github-actions[bot]", id=0, is_person=False)
"""Who writes with an Actions token, where nothing else says so."""


class NoGraphQL(Exception):
    """GraphQL does not answer this; REST may."""


class GitHubForge:
    """One repository on GitHub or GitHub Enterprise Server.

    ``api`` is the base address of the REST API, ``repository`` is ``owner/name``.
    """

    def __init__(
        self,
        *,
        repository: str,
        token: str,
        api: str = DEFAULT_API,
        backoff_seconds: float = 1.0,
        timeout_seconds: int = 30,
    ) -> None:
        self._client = Client(
            token=token, api=api, backoff_seconds=backoff_seconds, timeout_seconds=timeout_seconds
        )
        self._repository = f"/repos/{repository}"
        owner, _, name = repository.partition("/")
        self._names = {"owner": owner, "name": name}
        self._has_graphql = True
        # Which permission a comment or label takes depends on where it is.
        self._pulls: set[int] = set()
        self._on_pulls: set[int] = set()

    @property
    def requests(self) -> int:
        """How many requests have been sent so far, repetitions of reads included."""
        return self._client.requests

    # The repository, and who is who.

    def me(self) -> Author:
        """Return the account that our writes are shown under."""
        doing = "asking whose the token is"
        with suppress(NoGraphQL), reading(doing, needs="metadata: read"):
            return self._graph(queries.VIEWER, doing, {}, queries.viewer)
        try:
            with reading(doing, needs="metadata: read"):
                return decoding.author(self._client.send("GET", "/user"))
        except (Forbidden, Missing):
            return _ACTIONS_BOT

    def default_branch(self) -> Branch:
        """Return the default branch as it is now: one request, two without GraphQL."""
        doing = "reading the default branch"
        with suppress(NoGraphQL), reading(doing, needs="contents: read"):
            return self._graph(queries.DEFAULT_BRANCH, doing, self._names, queries.default_branch)
        with reading(doing, needs="contents: read", about=About.REPOSITORY):
            name = decoding.text(self._send("GET", "")["default_branch"])
            branch = self._send("GET", f"/branches/{quote(name, safe='')}")
            return Branch(name=name, tip=decoding.text(branch["commit"]["sha"]))

    def account_id(self, login: str) -> int | None:
        """Return the number of an account, or None when there is none of this login."""
        with reading(f"looking up the account {login}", needs="metadata: read"):
            try:
                return decoding.number(self._client.send("GET", f"/users/{quote(login)}")["id"])
            except Refused as error:
                if error.status == 404:
                    return None
                raise

    def is_assignable(self, login: str) -> bool:
        """Whether GitHub would assign an issue to this person."""
        with reading(f"asking whether {login} can be assigned", needs="metadata: read"):
            try:
                self._send("GET", f"/assignees/{quote(login)}")
            except Refused as error:
                if error.status == 404:
                    return False
                raise
            return True

    def create_label(self, name: str, *, color: str, description: str) -> bool:
        """Create a label; False if it was there already."""
        label = {"name": name, "color": color, "description": description}
        with writing(f"creating the label {name}", needs="issues: write"):
            try:
                self._send("POST", "/labels", label)
            except Refused as error:
                if already_exists(error):
                    return False
                raise
            return True

    def find_milestone(self, title: str) -> int | None:
        """Return the number of the milestone of a title, open or closed; None for none."""
        with reading("listing the milestones", needs="issues: read", about=About.REPOSITORY):
            found = self._client.list(f"{self._repository}/milestones", {"state": "all"})
            same = (decoding.milestone(raw) for raw in found)
            return next((one.number for one in same if one.title == title), None)

    def create_milestone(self, title: str, *, due: date) -> int | None:
        """Create a milestone and return its number; None if one of the title was there already."""
        content = {"title": title, "due_on": _noon(due)}
        with writing(f"creating the milestone {title}", needs="issues: write"):
            try:
                return decoding.number(self._send("POST", "/milestones", content)["number"])
            except Refused as error:
                if already_exists(error):
                    return None
                raise

    def edit_milestone(self, number: int, *, due: date | None = None, closed: bool = False) -> None:
        """Give a milestone another due date, or close it."""
        content = {"due_on": _noon(due)} if due else {}
        content |= {"state": "closed"} if closed else {}
        with writing(f"editing the milestone {number}", needs="issues: write"):
            self._send("PATCH", f"/milestones/{number}", content)

    # Issues.

    def list_issues(
        self, *, creator: str = "", label: str = "", state: State, since: datetime | None = None
    ) -> list[Issue]:
        """Return issues, all pages, oldest first; pull requests are left out."""
        # Oldest first keeps the pages steady while others open issues.
        query = {"state": state, "sort": "created", "direction": "asc"}
        if creator:
            query["creator"] = creator
        # GitHub takes a comma for the end of a label's name.
        if label and "," not in label:
            query["labels"] = label
        if since is not None:
            query["since"] = decoding.timestamp(since)
        with reading("listing the issues", needs="issues: read", about=About.REPOSITORY):
            found = self._client.list(f"{self._repository}/issues", query)
            issues = [decoding.issue(raw) for raw in found if "pull_request" not in raw]
        return [one for one in issues if not label or _has_label(one, label)]

    def get_issue(self, number: int) -> Issue:
        """Return one issue as it is now."""
        with reading(f"reading issue #{number}", needs="issues: read"):
            return decoding.issue(self._send("GET", f"/issues/{number}"))

    def create_issue(self, draft: Draft) -> Issue:
        """Open an issue."""
        content: dict[str, Any] = {
            "title": draft.title,
            "body": draft.body,
            "labels": list(draft.labels),
            "assignees": list(draft.assignees),
        }
        if draft.milestone:
            content["milestone"] = draft.milestone
        with writing(f"opening the issue {draft.title}", needs="issues: write"):
            return decoding.issue(self._send("POST", "/issues", content))

    def edit_issue(self, number: int, edit: Edit) -> Issue:
        """Change an issue or a pull request and return it."""
        parts = {
            "title": edit.title,
            "body": edit.body,
            "assignees": None if edit.assignees is None else list(edit.assignees),
            "state": edit.state,
            "state_reason": edit.reason,
        }
        changes = {name: value for name, value in parts.items() if value is not None}
        with writing(f"changing #{number}", needs=self._needs(number)):
            return decoding.issue(self._send("PATCH", f"/issues/{number}", changes))

    # Conversations.

    def list_comments(self, number: int) -> list[Comment]:
        """Return the comments of a conversation, all pages, oldest first."""
        with reading(f"listing the comments of #{number}", needs="issues: read"):
            path = f"{self._repository}/issues/{number}/comments"
            found = [decoding.comment(raw) for raw in self._client.list(path, {})]
        self._remember(number, found)
        return found

    def list_recent_comments(self, since: datetime) -> list[IssueComment]:
        """Return the repository's comments that changed at a moment or later."""
        query = {"since": decoding.timestamp(since), "sort": "updated", "direction": "asc"}
        with suppress(Missing), reading("listing recent comments", needs="issues: read"):
            found = self._client.list(f"{self._repository}/issues/comments", query)
            return [decoding.issue_comment(raw) for raw in found]
        # Some stand-ins of GitHub don't know this list; they are asked issue by issue.
        return [
            IssueComment(number=issue.number, comment=comment)
            for issue in self.list_issues(state="all", since=since)
            for comment in self.list_comments(issue.number)
            if comment.updated >= since
        ]

    def create_comment(self, number: int, body: str) -> Comment:
        """Comment on an issue or a pull request."""
        with writing(f"commenting on #{number}", needs=self._needs(number)):
            raw = self._send("POST", f"/issues/{number}/comments", {"body": body})
            comment = decoding.comment(raw)
        self._remember(number, [comment])
        return comment

    def edit_comment(self, comment: int, body: str) -> Comment:
        """Rewrite a comment in place."""
        with writing("changing a comment", needs=self._needs_of_comment(comment)):
            raw = self._send("PATCH", f"/issues/comments/{comment}", {"body": body})
            return decoding.comment(raw)

    def delete_comment(self, comment: int) -> None:
        """Delete a comment; one that is gone already is no error."""
        with writing("deleting a comment", needs=self._needs_of_comment(comment)):
            self._delete(f"/issues/comments/{comment}")

    def get_comment(self, comment: int) -> Comment:
        """Return one comment as it is now."""
        with reading("reading a comment", needs="issues: read"):
            return decoding.comment(self._send("GET", f"/issues/comments/{comment}"))

    def add_reaction(self, comment: int, content: Reaction) -> None:
        """React to a comment; once is as good as twice."""
        with writing("reacting to a comment", needs=self._needs_of_comment(comment)):
            self._send("POST", f"/issues/comments/{comment}/reactions", {"content": content})

    def add_labels(self, number: int, labels: tuple[str, ...]) -> None:
        """Add labels to an issue or a pull request."""
        with writing(f"labelling #{number}", needs=self._needs(number)):
            self._send("POST", f"/issues/{number}/labels", {"labels": list(labels)})

    def remove_label(self, number: int, label: str) -> None:
        """Remove a label; one that isn't there is no error."""
        with writing(f"labelling #{number}", needs=self._needs(number)):
            self._delete(f"/issues/{number}/labels/{quote(label, safe='')}")

    # Pull requests.

    def list_pulls(self, label: str = "") -> Pulls:
        """Return all open pull requests, those that were closed lately, and merged ones.

        Those that were merged with ``label`` are told however long ago that was. GraphQL tells
        the paths that the open ones change, too.
        """
        doing = "listing the pull requests"
        with reading(doing, needs="pull-requests: read", about=About.REPOSITORY):
            try:
                pulls = self._pulls_by_graph(doing, label)
            except NoGraphQL:
                pulls = self._pulls_by_rest(label)
        self._pulls |= {one.number for one in pulls.open} | {one.number for one in pulls.closed}
        return pulls

    def _pulls_by_graph(self, doing: str, label: str) -> Pulls:
        variables = {**self._names, "after": None, "isFirst": True, "labels": [label]}
        page = self._graph(queries.PULLS, doing, variables, queries.pulls)
        found, closed = page.open, page.closed
        while page.following is not None:
            variables = {**variables, "after": page.following, "isFirst": False}
            page = self._graph(queries.PULLS, doing, variables, queries.pulls)
            found += page.open
        return _in_order(found, closed)

    def _pulls_by_rest(self, label: str) -> Pulls:
        # One page of those that changed last has both, and in most repositories it is all there
        # is. Only when there are more is the list of the open ones asked for.
        path = f"{self._repository}/pulls"
        lately = self._client.page(path, {"state": "all", "sort": "updated", "direction": "desc"})
        found = [raw for raw in lately.items if raw["state"] == "open"]
        if lately.following:
            query = {"state": "open", "sort": "created", "direction": "asc"}
            found = list(self._client.list(path, query))
        closed = [decoding.closed_pull(raw) for raw in lately.items if raw["state"] != "open"]
        if lately.following:
            closed += self._merged_with(label, {one.number for one in closed})
        return _in_order(
            [decoding.pull(raw) for raw in found if decoding.goes_to_default_branch(raw)], closed
        )

    def _merged_with(self, label: str, known: Collection[int]) -> Iterator[ClosedPull]:
        """Yield the merged pull requests with a label, but for those that are known."""
        if not label or "," in label:
            # GitHub takes a comma for the end of a label's name, so these can't be asked for.
            return
        query = {"state": "closed", "labels": label}
        for raw in self._client.list(f"{self._repository}/issues", query):
            pull = decoding.merged_among_issues(raw)
            if pull is not None and pull.number not in known:
                yield pull

    def list_reviews(self, number: int) -> list[Review]:
        """Return the reviews of a pull request, all pages, oldest first."""
        with reading(f"listing the reviews of #{number}", needs="pull-requests: read"):
            found = self._client.list(f"{self._repository}/pulls/{number}/reviews", {})
            # One that is still being written has no date.
            return [decoding.review(raw) for raw in found if raw.get("submitted_at")]

    def list_line_comments(self, number: int) -> list[LineComment]:
        """Return the comments on lines of a pull request's files, all pages, oldest first."""
        with reading(f"listing the comments on lines of #{number}", needs="pull-requests: read"):
            found = self._client.list(f"{self._repository}/pulls/{number}/comments", {})
            return [decoding.line_comment(raw) for raw in found]

    def create_review(
        self, number: int, *, commit: str, body: str, comments: tuple[LineComment, ...]
    ) -> None:
        """Review a commit with comments on its lines: all of them, or none."""
        content = {
            "commit_id": commit,
            "body": body,
            "event": "COMMENT",
            "comments": [decoding.on_lines(comment) for comment in comments],
        }
        with writing(f"reviewing #{number}", needs="pull-requests: write"):
            self._send("POST", f"/pulls/{number}/reviews", content)

    def find_pull(self, branch: str) -> int:
        """Return the newest pull request from a branch of the repository; 0 for none."""
        query = {"head": f"{self._names['owner']}:{branch}", "state": "all"}
        with reading(f"looking for the pull request of {branch}", needs="pull-requests: read"):
            page = self._client.page(f"{self._repository}/pulls", query)
            # A server that doesn't know the query shows them all.
            mine = (raw for raw in page.items if raw["head"]["ref"] == branch)
            return max((decoding.number(raw["number"]) for raw in mine), default=0)

    def create_pull(self, *, title: str, body: str, branch: str, base: str) -> int:
        """Propose a branch of the repository; return the pull request's number."""
        content = {"title": title, "body": body, "head": branch, "base": base}
        with writing(f"opening the pull request {title}", needs="pull-requests: write"):
            number = decoding.number(self._send("POST", "/pulls", content)["number"])
        self._pulls.add(number)
        return number

    def set_status(self, commit: str, *, state: str, description: str, url: str) -> None:
        """Set the status ``mentorship`` of a commit: failure, pending or success."""
        content = {"state": state, "description": description, "context": "mentorship"}
        if url:
            content["target_url"] = url
        with writing(f"setting the status of {commit[:12]}", needs="statuses: write"):
            self._send("POST", f"/statuses/{commit}", content)

    # Files.

    def merge_base(self, base: str, head: str) -> str:
        """Return the commit that ``head`` branched off from the branch ``base``."""
        with reading(f"comparing {base} with {head[:12]}", needs="contents: read"):
            path = f"/compare/{quote(base, safe='')}...{head}"
            answer = self._send("GET", path, query={"per_page": "1"})
            return decoding.text(answer["merge_base_commit"]["sha"])

    def tree(self, sha: str) -> tuple[TreeEntry, ...]:
        """Return the entries of one tree, or of a commit's root; never a part of them."""
        with reading(f"reading the tree {sha[:12]}", needs="contents: read"):
            answer = self._send("GET", f"/git/trees/{sha}")
            if answer["truncated"]:
                raise Unreadable(f"The tree {sha[:12]} is too large: GitHub shows a part of it.")
            return tuple(decoding.tree_entry(raw) for raw in answer["tree"])

    def blob(self, sha: str) -> bytes:
        """Return a file's bytes by its name in git."""
        with reading(f"reading the file {sha[:12]}", needs="contents: read"):
            answer = self._send("GET", f"/git/blobs/{sha}")
            if answer["encoding"] != "base64":
                raise ValueError("a file came in an encoding of its own")
            return base64.b64decode(answer["content"])

    def file_id(self, path: str, branch: str) -> str:
        """Return the name in git of a file's content on a branch; "" where there is none."""
        with reading(f"reading {path}", needs="contents: read"):
            try:
                answer = self._send("GET", f"/contents/{quote(path)}", query={"ref": branch})
            except Refused as error:
                if error.status == 404:
                    return ""
                raise
            return decoding.text(answer["sha"])

    def create_branch(self, name: str, commit: str) -> bool:
        """Create a branch at a commit; False if there was one of this name already."""
        content = {"ref": f"refs/heads/{name}", "sha": commit}
        with writing(f"creating the branch {name}", needs="contents: write"):
            try:
                self._send("POST", "/git/refs", content)
            except Refused as error:
                if error.status == 422 and "already exists" in error.says:
                    return False
                raise
            return True

    def commit_file(
        self, path: str, content: bytes, *, former: str, message: str, branch: str
    ) -> str:
        """Change a file on a branch in one commit, and return the commit."""
        body = {
            "message": message,
            "content": base64.b64encode(content).decode(),
            "sha": former,
            "branch": branch,
        }
        with writing(f"changing {path}", needs="contents: write"):
            try:
                answer = self._send("PUT", f"/contents/{quote(path)}", body)
            except Refused as error:
                if error.status == 409:
                    raise not_committed(error, path) from error
                raise
            return decoding.text(answer["commit"]["sha"])

    def find_commit(self, path: str, text: str, since: datetime) -> str:
        """Return the newest commit of a file on the default branch whose message has a text."""
        query = {"path": path, "since": decoding.timestamp(since)}
        with reading(f"listing the commits of {path}", needs="contents: read"):
            for raw in self._client.list(f"{self._repository}/commits", query):
                if text in decoding.text(raw["commit"]["message"]):
                    return decoding.text(raw["sha"])
            return ""

    # How it is asked.

    def _send(
        self, verb: str, path: str, body: Any = None, *, query: Mapping[str, str] | None = None
    ) -> Any:
        return self._client.send(verb, self._repository + path, query=query, body=body)

    def _delete(self, path: str) -> None:
        try:
            self._send("DELETE", path)
        except Refused as error:
            if error.status != 404:
                raise

    def _graph(
        self, query: str, doing: str, variables: Mapping[str, Any], read: Callable[[Any], _Read]
    ) -> _Read:
        """Return what is read of the data of a GraphQL answer; NoGraphQL where there is none.

        A server that answers otherwise is asked again in this run only for who we are.
        """
        if not self._has_graphql and query is not queries.VIEWER:
            raise NoGraphQL
        try:
            answer = self._client.graph(query, variables)
            if isinstance(answer, dict) and "RATE_LIMIT" in str(answer.get("errors", "")):
                raise limited(doing)
            return read(answer["data"])
        except Refused as error:
            if error.status == 401 or is_limit(error):
                raise
            self._has_graphql = error.status >= 500
            raise NoGraphQL from error
        except NoAnswer as error:
            raise NoGraphQL from error
        except (Redirected, *UNREADABLE) as error:
            self._has_graphql = False
            raise NoGraphQL from error

    def _needs(self, number: int) -> str:
        """Return the permission that a change in a conversation takes."""
        return "pull-requests: write" if number in self._pulls else "issues: write"

    def _needs_of_comment(self, comment: int) -> str:
        return "pull-requests: write" if comment in self._on_pulls else "issues: write"

    def _remember(self, number: int, comments: list[Comment]) -> None:
        if number in self._pulls:
            self._on_pulls.update(one.id for one in comments)


def _has_label(issue: Issue, label: str) -> bool:
    return label.lower() in {name.lower() for name in issue.labels}


def _in_order(opened: list[Pull], closed: list[ClosedPull]) -> Pulls:
    return Pulls(
        open=tuple(sorted(opened, key=lambda pull: pull.number)),
        closed=tuple(sorted(closed, key=lambda pull: pull.number)),
    )


def _noon(day: date) -> str:
    """Return a moment of a day: GitHub keeps the day that it is on the clocks of California."""
    return f"{day.isoformat()}T12:00:00Z"
