# ruff: noqa: ANN401 - what comes over the wire has no type until it is read
"""GitHub through PyGithub, the only place that imports it.

Facts about GitHub's behaviour rest on its documentation: https://docs.github.com/en/rest
"""

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import github
import requests
from github import Auth, Github, GithubException
from github.Requester import Requester
from urllib3.util.retry import Retry

from mentorship_action.domain.pulls import (
    Author,
    Comment,
    LineComment,
    Pull,
    Review,
    TreeEntry,
)
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.protocol import (
    Ambiguous,
    Branch,
    ClosedPull,
    Draft,
    Edit,
    Forbidden,
    ForgeError,
    IssueComment,
    Limited,
    Locked,
    Missing,
    Pulls,
    Rejected,
    RepositoryGone,
    State,
    Unauthorized,
    Unreachable,
    Unreadable,
    Unsupported,
)

DEFAULT_API = "https://api.github.com"
ACTIONS_BOT = "github-actions[bot]"
"""Who writes with an Actions token; GitHub refuses `GET /user` to that token."""

_PER_PAGE = 100
_API_VERSION = "2022-11-28"
_AGAIN = "Run it again: it goes on where this run stopped."


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
        self._api = Github(
            base_url=api,
            auth=Auth.Token(token),
            per_page=_PER_PAGE,
            timeout=timeout_seconds,
            # Reads alone are repeated. PyGithub's own default repeats POST as well, and waits
            # for limits to pass; both are the executor's to decide.
            retry=Retry(
                total=3,
                allowed_methods={"GET", "HEAD"},
                status_forcelist=(500, 502, 503, 504),
                backoff_factor=backoff_seconds,
                respect_retry_after_header=False,
                raise_on_status=False,
            ),
            seconds_between_requests=None,
            seconds_between_writes=None,
            user_agent="mentorship-action",
            api_version=_API_VERSION,
        )
        self._name = repository
        self._path = f"/repos/{repository}"
        self._counter = _count_requests(self._api.requester)

    @property
    def requests(self) -> int:
        """How many requests have been sent so far, repetitions of reads left out."""
        return self._counter()

    def me(self) -> Author:
        """Return the account that our writes are shown under."""
        doing = "asking whose the token is"
        with suppress(Unsupported), _reading(doing, needs="metadata: read"):
            viewer = self._ask_graph("query { viewer { login databaseId } }", doing)["viewer"]
            return _author({"login": viewer["login"], "id": viewer["databaseId"] or 0})
        try:
            with _reading(doing, needs="metadata: read"):
                _, raw = self._api.requester.requestJsonAndCheck("GET", "/user")
                return _author(raw)
        except Forbidden:
            return Author(login=ACTIONS_BOT, id=0, is_person=False)

    def default_branch(self) -> Branch:
        """Return the default branch as it is now: one request, or two without GraphQL."""
        owner, _, name = self._name.partition("/")
        query = "query($o: String!, $n: String!) { repository(owner: $o, name: $n) { "
        query += "defaultBranchRef { name target { oid } } } }"
        with suppress(Unsupported), _reading("reading the default branch", needs="contents: read"):
            raw = self._ask_graph(query, "reading the default branch", o=owner, n=name)
            branch = raw["repository"]["defaultBranchRef"]
            return Branch(name=branch["name"], tip=branch["target"]["oid"])
        with _reading("reading the repository", needs="metadata: read", whole=True):
            branch_name = str(self._send("GET", "")["default_branch"])
        with _reading("reading the default branch", needs="contents: read"):
            raw = self._send("GET", f"/branches/{quote(branch_name, safe='')}")
            return Branch(name=branch_name, tip=raw["commit"]["sha"])

    def list_issues(
        self, *, creator: str = "", label: str = "", state: State, since: datetime | None = None
    ) -> list[Issue]:
        """Return issues, all pages, oldest first; pull requests are left out."""
        # Oldest first keeps the pages steady while others open issues.
        query = {"state": state, "sort": "created", "direction": "asc"}
        if creator:
            query["creator"] = creator
        if label and "," not in label:
            query["labels"] = label
        if since is not None:
            query["since"] = _as_text(since)
        with _reading("listing the issues", needs="issues: read", whole=True):
            found = (_issue(raw) for raw in self._list("/issues", query) if _is_issue(raw))
            # GitHub takes a comma for the end of a label's name.
            return [one for one in found if "," not in label or _has_label(one, label)]

    def get_issue(self, number: int) -> Issue:
        """Return one issue as it is now."""
        with _reading(f"reading issue #{number}", needs="issues: read"):
            return _issue(self._send("GET", f"/issues/{number}"))

    def is_assignable(self, login: str) -> bool:
        """Whether GitHub would assign an issue to this person."""
        with _reading(f"asking whether {login} can be assigned", needs="metadata: read"):
            try:
                self._send("GET", f"/assignees/{login}")
            except GithubException as error:
                if error.status == 404:
                    return False
                raise
            return True

    def create_label(self, name: str, *, color: str, description: str) -> bool:
        """Create a label; False if it was there already."""
        with _writing(f"creating the label {name}", needs="issues: write"):
            try:
                label = {"name": name, "color": color, "description": description}
                self._send("POST", "/labels", label)
            except GithubException as error:
                if _already_exists(error):
                    return False
                raise
            return True

    def create_issue(self, draft: Draft) -> Issue:
        """Open an issue."""
        with _writing(f"opening the issue {draft.title}", needs="issues: write", whole=True):
            content = {
                "title": draft.title,
                "body": draft.body,
                "labels": list(draft.labels),
                "assignees": list(draft.assignees),
            }
            return _issue(self._send("POST", "/issues", content))

    def edit_issue(self, number: int, edit: Edit) -> Issue:
        """Change an issue and return it."""
        changes: dict[str, Any] = {}
        if edit.title is not None:
            changes["title"] = edit.title
        if edit.body is not None:
            changes["body"] = edit.body
        if edit.assignees is not None:
            changes["assignees"] = list(edit.assignees)
        if edit.state is not None:
            changes["state"] = edit.state
        if edit.reason is not None:
            changes["state_reason"] = edit.reason
        with _writing(f"changing issue #{number}", needs="issues: write"):
            return _issue(self._send("PATCH", f"/issues/{number}", changes))

    def list_pulls(self) -> Pulls:
        """Return all open pull requests, and those that were closed lately.

        One page of those that changed last has both, and in most repositories it is all there
        is. Only when there are more is the list of the open ones asked for.
        """
        with _reading("listing the pull requests", needs="pull-requests: read", whole=True):
            query = {"state": "all", "sort": "updated", "direction": "desc"}
            lately, more = self._page(f"{self._path}/pulls", query)
            found = [raw for raw in lately if raw["state"] == "open"]
            if more:
                query = {"state": "open", "sort": "created", "direction": "asc"}
                found = list(self._list("/pulls", query))
            pulls = (_pull(raw) for raw in found if _to_default_branch(raw))
            return Pulls(
                open=tuple(sorted(pulls, key=lambda pull: pull.number)),
                closed=tuple(
                    _closed_pull(raw)
                    for raw in sorted(lately, key=lambda raw: int(raw["number"]))
                    if raw["state"] != "open"
                ),
            )

    def changed_paths(self, numbers: Iterable[int]) -> Mapping[int, tuple[str, ...] | None]:
        """Return the paths that pull requests change, a hundred pull requests in a request."""
        wanted = sorted(set(numbers))
        paths: dict[int, tuple[str, ...] | None] = {}
        for start in range(0, len(wanted), _PER_PAGE):
            paths |= self._changed_paths(wanted[start : start + _PER_PAGE])
        return paths

    def _changed_paths(self, numbers: list[int]) -> dict[int, tuple[str, ...] | None]:
        owner, _, name = self._name.partition("/")
        files = "{ files(first: 100) { nodes { path } pageInfo { hasNextPage } } }"
        query = "query($o: String!, $n: String!) { repository(owner: $o, name: $n) { "
        query += " ".join(f"p{one}: pullRequest(number: {one}) {files}" for one in numbers) + " } }"
        doing = "reading what pull requests change"
        with _reading(doing, needs="pull-requests: read"):
            found = self._ask_graph(query, doing, o=owner, n=name)["repository"]
            return {number: _paths(found.get(f"p{number}")) for number in numbers}

    def list_comments(self, number: int) -> list[Comment]:
        """Return the comments of a conversation, all pages, oldest first."""
        with _reading(f"listing the comments of #{number}", needs="issues: read"):
            return [_comment(raw) for raw in self._list(f"/issues/{number}/comments", {})]

    def list_recent_comments(self, since: datetime) -> list[IssueComment]:
        """Return the repository's comments that changed at a moment or later."""
        query = {"since": _as_text(since), "sort": "updated", "direction": "asc"}
        with _reading("listing the recent comments", needs="issues: read", whole=True):
            return [
                IssueComment(number=int(raw["issue_url"].rpartition("/")[2]), comment=_comment(raw))
                for raw in self._list("/issues/comments", query)
            ]

    def list_reviews(self, number: int) -> list[Review]:
        """Return the reviews of a pull request, all pages, oldest first."""
        with _reading(f"listing the reviews of #{number}", needs="pull-requests: read"):
            found = self._list(f"/pulls/{number}/reviews", {})
            # One that is still being written has no date.
            return [_review(raw) for raw in found if raw.get("submitted_at")]

    def merge_base(self, base: str, head: str) -> str:
        """Return the commit that ``head`` branched off from the branch ``base``."""
        with _reading(f"comparing {base} with {head[:12]}", needs="contents: read"):
            answer = self._send("GET", f"/compare/{quote(base, safe='')}...{head}?per_page=1")
            return str(answer["merge_base_commit"]["sha"])

    def tree(self, sha: str) -> tuple[TreeEntry, ...]:
        """Return the entries of one tree, or of a commit's root; never a part of them."""
        with _reading(f"reading the tree {sha[:12]}", needs="contents: read"):
            answer = self._send("GET", f"/git/trees/{sha}")
            if answer["truncated"]:
                raise Unreadable(f"The tree {sha[:12]} is too large: GitHub shows a part of it.")
            return tuple(
                TreeEntry(
                    name=raw["path"], mode=raw["mode"], sha=raw["sha"], size=raw.get("size") or 0
                )
                for raw in answer["tree"]
            )

    def blob(self, sha: str) -> bytes:
        """Return a file's bytes by its name in git."""
        with _reading(f"reading the file {sha[:12]}", needs="contents: read"):
            answer = self._send("GET", f"/git/blobs/{sha}")
            if answer["encoding"] != "base64":
                raise ValueError("a file came in an encoding of its own")
            return base64.b64decode(answer["content"])

    def account_id(self, login: str) -> int | None:
        """Return the number of an account, or None when there is none of this login."""
        with _reading(f"looking up the account {login}", needs="metadata: read"):
            try:
                _, answer = self._api.requester.requestJsonAndCheck("GET", f"/users/{login}")
            except GithubException as error:
                if error.status == 404:
                    return None
                raise
            return int(answer["id"])

    def create_comment(self, number: int, body: str) -> Comment:
        """Comment on an issue or a pull request."""
        with _writing(f"commenting on #{number}", needs="issues: write"):
            return _comment(self._send("POST", f"/issues/{number}/comments", {"body": body}))

    def edit_comment(self, comment: int, body: str) -> Comment:
        """Rewrite a comment in place."""
        with _writing("changing a comment", needs="issues: write"):
            return _comment(self._send("PATCH", f"/issues/comments/{comment}", {"body": body}))

    def delete_comment(self, comment: int) -> None:
        """Delete a comment; one that is gone already is no error."""
        with _writing("deleting a comment", needs="issues: write"):
            self._delete(f"/issues/comments/{comment}")

    def list_line_comments(self, number: int) -> list[LineComment]:
        """Return the comments on lines of a pull request's files, all pages, oldest first."""
        with _reading(f"listing the comments on lines of #{number}", needs="pull-requests: read"):
            return [_line_comment(raw) for raw in self._list(f"/pulls/{number}/comments", {})]

    def create_review(
        self, number: int, *, commit: str, body: str, comments: tuple[LineComment, ...]
    ) -> None:
        """Review a commit with comments on its lines: all of them, or none."""
        content = {
            "commit_id": commit,
            "body": body,
            "event": "COMMENT",
            "comments": [_on_lines(comment) for comment in comments],
        }
        with _writing(f"reviewing #{number}", needs="pull-requests: write"):
            self._send("POST", f"/pulls/{number}/reviews", content)

    def set_status(self, commit: str, *, state: str, description: str, url: str) -> None:
        """Set the status ``mentorship`` of a commit: failure, pending or success."""
        content = {"state": state, "description": description, "context": "mentorship"}
        if url:
            content["target_url"] = url
        with _writing(f"setting the status of {commit[:12]}", needs="statuses: write"):
            self._send("POST", f"/statuses/{commit}", content)

    def add_labels(self, number: int, labels: tuple[str, ...]) -> None:
        """Add labels to an issue or a pull request."""
        with _writing(f"labelling #{number}", needs="issues: write"):
            self._send("POST", f"/issues/{number}/labels", {"labels": list(labels)})

    def remove_label(self, number: int, label: str) -> None:
        """Remove a label; one that isn't there is no error."""
        with _writing(f"labelling #{number}", needs="issues: write"):
            self._delete(f"/issues/{number}/labels/{quote(label, safe='')}")

    def _delete(self, path: str) -> None:
        try:
            self._send("DELETE", path)
        except GithubException as error:
            if error.status not in (404, 410):
                raise

    def _ask_graph(self, query: str, doing: str, **variables: str) -> Any:
        """Return the data of a GraphQL answer; Unsupported where there is none."""
        requester = self._api.requester
        content = {"query": query, "variables": variables}
        try:
            _, answer = requester.requestJsonAndCheck("POST", requester.graphql_url, input=content)
        except GithubException as error:
            known = _translate(error, doing, changes=False, needs="metadata: read")
            if isinstance(known, Limited | Unauthorized):
                raise known from error
            raise Unsupported(f"GraphQL did not answer while {doing}.") from error
        except (requests.RequestException, *_UNREADABLE) as error:
            raise Unsupported(f"GraphQL did not answer while {doing}.") from error
        data = answer.get("data") if isinstance(answer, dict) else None
        if isinstance(answer, dict) and "RATE_LIMIT" in str(answer.get("errors", "")):
            raise _limited(doing)
        if not isinstance(data, dict) or None in data.values():
            raise Unsupported(f"GraphQL gave no answer while {doing}.")
        return data

    # PyGithub's own objects ask again for whatever an answer left out, such as the absent
    # `pull_request` of a plain issue: one request more for each. Its lists take an empty body for
    # an empty page. So its transport is used, and the answers read as they come.

    def _send(self, verb: str, path: str, body: Any = None) -> Any:
        requester = self._api.requester
        _, data = requester.requestJsonAndCheck(verb, self._path + path, input=body)
        return data

    def _list(self, path: str, query: dict[str, str]) -> Iterator[Any]:
        """Yield the items of all pages, each as it came."""
        page, following = self._page(self._path + path, query)
        yield from page
        while following:
            page, following = self._page(following, None)
            yield from page

    def _page(self, url: str, query: dict[str, str] | None) -> tuple[list[Any], str]:
        """Return the items of a page, and the address of the next one or nothing.

        That address has the whole query in it; ``query`` is None then.
        """
        parameters = {} if query is None else {**query, "per_page": str(_PER_PAGE)}
        headers, page = self._api.requester.requestJsonAndCheck("GET", url, parameters)
        if not isinstance(page, list):
            raise TypeError("a page of a list is no list")
        links = requests.utils.parse_header_links(headers.get("link", ""))
        return page, next((link["url"] for link in links if link.get("rel") == "next"), "")


def _issue(raw: Any) -> Issue:
    return Issue(
        number=raw["number"],
        title=raw["title"],
        body=raw.get("body") or "",
        author=_author(raw.get("user")),
        is_open=raw["state"] == "open",
        labels=tuple(label["name"] for label in raw["labels"]),
        assignees=tuple(person["login"] for person in raw.get("assignees") or ()),
        comments=raw.get("comments", 0),
        created=_moment(raw["created_at"]),
        updated=_moment(raw["updated_at"]),
    )


def _is_issue(raw: Any) -> bool:
    return "pull_request" not in raw


def _has_label(issue: Issue, label: str) -> bool:
    return label.lower() in {name.lower() for name in issue.labels}


def _paths(raw: Any) -> tuple[str, ...] | None:
    """Return a pull request's paths, or None when GitHub shows not all of them."""
    files = (raw or {}).get("files")
    if not files or files["pageInfo"]["hasNextPage"]:
        return None
    return tuple(file["path"] for file in files["nodes"])


def _to_default_branch(raw: Any) -> bool:
    default = (raw["base"].get("repo") or {}).get("default_branch")
    return default is None or raw["base"]["ref"] == default


def _pull(raw: Any) -> Pull:
    return Pull(
        number=raw["number"],
        author=_author(raw.get("user")),
        head=raw["head"]["sha"],
        base=raw["base"]["ref"],
        labels=tuple(label["name"] for label in raw["labels"]),
        url=raw["html_url"],
        created=_moment(raw["created_at"]),
        updated=_moment(raw["updated_at"]),
    )


def _closed_pull(raw: Any) -> ClosedPull:
    return ClosedPull(
        number=raw["number"],
        author=_author(raw.get("user")),
        merged=bool(raw.get("merged_at")),
        labels=tuple(label["name"] for label in raw["labels"]),
    )


def _comment(raw: Any) -> Comment:
    return Comment(
        id=raw["id"],
        author=_author(raw.get("user")),
        body=raw.get("body") or "",
        created=_moment(raw["created_at"]),
        updated=_moment(raw["updated_at"]),
    )


def _review(raw: Any) -> Review:
    return Review(
        id=raw["id"],
        author=_author(raw.get("user")),
        approves=raw["state"] == "APPROVED",
        commit=raw.get("commit_id") or "",
        submitted=_moment(raw["submitted_at"]),
        body=raw.get("body") or "",
    )


def _on_lines(comment: LineComment) -> dict[str, Any]:
    place = {"path": comment.path, "line": comment.last, "side": "RIGHT", "body": comment.body}
    if comment.first == comment.last:
        # GitHub refuses a range of a single line.
        return place
    return {**place, "start_line": comment.first, "start_side": "RIGHT"}


def _line_comment(raw: Any) -> LineComment:
    # The lines are null once they have changed; those of the commit commented on stay.
    last = raw.get("line")
    shown = last or raw.get("original_line") or 1
    return LineComment(
        path=raw["path"],
        first=(raw.get("start_line") if last else raw.get("original_start_line")) or shown,
        last=shown,
        body=raw.get("body") or "",
        author=_author(raw.get("user")),
        outdated=last is None,
    )


def _author(raw: Any) -> Author:
    """Return an account; a deleted one comes as none at all, or as GitHub's ghost."""
    if not raw or raw["login"] == "ghost":
        return Author(login="ghost", id=0, is_person=False)
    is_person = raw.get("type", "User") == "User" and not raw["login"].endswith("[bot]")
    return Author(login=raw["login"], id=raw["id"], is_person=is_person)


def _as_text(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _count_requests(requester: Requester) -> Callable[[], int]:
    """Return a count of the requests that go through a requester from now on."""
    count = 0
    send = requester.requestJson

    def counted(*args: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        return send(*args, **options)

    requester.requestJson = counted  # type: ignore[method-assign]
    return lambda: count


_UNREADABLE = (LookupError, TypeError, ValueError, AttributeError)
"""What reading an answer raises that is cut short or is no answer of GitHub's at all."""


@contextmanager
def _reading(doing: str, *, needs: str, whole: bool = False) -> Iterator[None]:
    """Turn what goes wrong while reading into our errors: it never means "nothing there".

    ``needs`` is the permission it takes; ``whole`` says that it is about the repository itself.
    """
    try:
        yield
    except GithubException as error:
        raise _translate(error, doing, changes=False, needs=needs, whole=whole) from error
    except requests.RequestException as error:
        raise _no_answer(error, doing, Unreachable) from error
    except RuntimeError as error:
        raise _moved(error, doing) from error
    except _UNREADABLE as error:
        raise Unreadable(f"The answer could not be read while {doing}.", fix=_AGAIN) from error


@contextmanager
def _writing(doing: str, *, needs: str, whole: bool = False) -> Iterator[None]:
    """Turn what goes wrong while writing into our errors; no answer means: perhaps done."""
    try:
        yield
    except GithubException as error:
        raise _translate(error, doing, changes=True, needs=needs, whole=whole) from error
    except requests.RequestException as error:
        raise _no_answer(error, doing, Ambiguous) from error
    except RuntimeError as error:
        raise _moved(error, doing) from error
    except _UNREADABLE as error:
        raise Ambiguous(f"The answer could not be read while {doing}.", fix=_AGAIN) from error


def _no_answer(
    error: requests.RequestException, doing: str, kind: type[Unreachable | Ambiguous]
) -> ForgeError:
    if isinstance(error, requests.exceptions.SSLError):
        return Unreachable(
            f"The certificate of GitHub's server is not trusted here ({doing}).",
            fix="With a private certificate authority, set REQUESTS_CA_BUNDLE to its file.",
        )
    return kind(f"GitHub did not answer while {doing}.", fix=_AGAIN)


def _moved(error: RuntimeError, doing: str) -> ForgeError:
    return Missing(
        f"GitHub pointed to another address while {doing}: {error}",
        fix="Check `GITHUB_API_URL` and `GITHUB_REPOSITORY` (or `--repo`).",
    )


def _limited(doing: str) -> ForgeError:
    return Limited(
        f"GitHub asked us to slow down while {doing}.",
        fix="Nothing is lost: the next run goes on.",
    )


def _translate(  # noqa: PLR0911 - one for each way to fail
    error: GithubException, doing: str, *, changes: bool, needs: str, whole: bool = False
) -> ForgeError:
    status, says = error.status, _says(error)
    if status == 429 or (status == 403 and _is_limit(error, says)):
        return _limited(doing)
    if status == 401:
        return Unauthorized(
            f"GitHub refused the token while {doing}: {says}",
            fix="Check GITHUB_TOKEN: it may have expired or been revoked.",
        )
    if status == 451 or (status == 403 and _is_closed(says)):
        return RepositoryGone(
            f"The repository is blocked or read-only ({doing}): {says}",
            fix="Unarchive it, or stop the workflows in it.",
        )
    if status == 410 and whole:
        return Forbidden(
            f"GitHub refused {doing}: issues are turned off in this repository.",
            needs="issues: write",
            fix="Turn them on under Settings, General, Features.",
        )
    if status == 404 and whole and not changes:
        return RepositoryGone(
            f"There is no such repository, or the token may not see it ({doing}).",
            fix="Check `GITHUB_REPOSITORY` (or `--repo`), and that the token may see it.",
        )
    if status == 403 and "locked" in says.lower():
        return Locked(f"GitHub refused {doing}: the conversation is locked.", fix="Unlock it.")
    if status == 403:
        return Forbidden(
            f"GitHub refused {doing}: {says}",
            needs=needs,
            fix=f"Give the job `permissions:` with `{needs}`, and check the token.",
        )
    if status in (404, 410):
        gone = "it was deleted" if status == 410 else "there is no such thing"
        return Missing(f"GitHub says that {gone} ({doing}).")
    if 500 <= status < 600:
        kind = Ambiguous if changes else Unreachable
        return kind(f"GitHub answered with error {status} while {doing}.", fix=_AGAIN)
    return Rejected(f"GitHub did not accept {doing} ({status}): {says}")


def _is_closed(says: str) -> bool:
    """Whether a refusal is about the repository as a whole: archived, or blocked by GitHub."""
    return any(word in says.lower() for word in ("archived", "read-only", "access blocked"))


def _says(error: GithubException) -> str:
    data = error.data
    message = data.get("message") if isinstance(data, dict) else None
    return str(message or "no reason given")[:200]


def _is_limit(error: GithubException, says: str) -> bool:
    headers = error.headers or {}
    return (
        isinstance(error, github.RateLimitExceededException)
        or headers.get("x-ratelimit-remaining") == "0"
        or "retry-after" in headers
        or "rate limit" in says.lower()
    )


def _already_exists(error: GithubException) -> bool:
    data = error.data
    errors = data.get("errors", ()) if isinstance(data, dict) else ()
    return error.status == 422 and any(
        isinstance(item, dict) and item.get("code") == "already_exists" for item in errors
    )
