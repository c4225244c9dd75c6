"""A thin REST face on the in-memory forge, so that the real gateway talks to it over HTTP.

It knows who a token is, routes, pages and spells things in JSON; what may be done and what
comes of it is the in-memory forge's own. Every request and answer is held against GitHub's
description of its API.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock
from typing import Any, Final
from urllib.parse import urlencode

from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import BOT, MemoryForge, Repository
from mentorship_action.forge.protocol import Draft, Edit, Missing, Refused, Rejected
from tests.rig import description, rest_pulls, shapes
from tests.rig.web import Answer, Asked, Exchange, Handler, serving

_KEPT_STATES: Final = 50


@dataclass(kw_only=True)
class Site:
    """One repository as the face serves it.

    Lists show what was there ``lag`` requests ago, as GitHub's at times do.
    """

    repository: Repository
    lag: int = 0
    exchanges: list[Exchange] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _past: list[dict[int, Issue]] = field(default_factory=list)

    def note(self, exchange: Exchange) -> None:
        """Keep an exchange, what is wrong with it, and how things stand after it."""
        self.exchanges.append(exchange)
        self.faults += description.faults(exchange.asked, exchange.answer)
        self._past = [*self._past, dict(self.repository.issues)][-_KEPT_STATES:]

    def listed(self) -> dict[int, Issue]:
        """Return the issues that a list shows."""
        if self.lag == 0:
            return self.repository.issues
        return self._past[-1 - self.lag] if len(self._past) > self.lag else {}

    def asked(self, method: str = "") -> list[str]:
        """Return the requests so far, in short, of one method or all."""
        found = (exchange.asked for exchange in self.exchanges)
        return [str(asked) for asked in found if method in ("", asked.method)]


@dataclass(kw_only=True)
class Face:
    """A running face; ``tokens`` says whose each one is.

    The tokens of ``actions_tokens`` are an Actions job's: GitHub refuses them `GET /user`.
    """

    tokens: Mapping[str, str]
    actions_tokens: frozenset[str] = frozenset()
    url: str = ""
    sites: dict[str, Site] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def serve(self, name: str, repository: Repository) -> Site:
        """Serve a repository as `owner/name` from now on."""
        self.sites[name] = site = Site(repository=repository)
        return site

    def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        token = asked.headers.get("authorization", "").partition(" ")[2]
        login = self.tokens.get(token)
        with self.lock:
            if login is None:
                return _error(401, "Bad credentials")
            if asked.path == "/user":
                return self._user(asked, token, login)
            if asked.path.startswith("/users/"):
                return self._account(asked)
            found = re.match(r"/repos/([^/]+/[^/]+)(/.*)", asked.path)
            site = self.sites.get(found[1]) if found else None
            if found is None or site is None:
                return _error(404, "Not Found")
            call = _Call(face=self, name=found[1], site=site, login=login, asked=asked)
            answer = call.answer(found[2])
            site.note(Exchange(asked=asked, answer=answer))
            return answer

    def _user(self, asked: Asked, token: str, login: str) -> Answer:
        if token in self.actions_tokens:
            return _error(403, "Resource not accessible by integration")
        answer = Answer(200, shapes.myself(self.url, login, datetime(2020, 1, 1)))  # noqa: DTZ001
        assert not description.faults(asked, answer)
        return answer

    def _account(self, asked: Asked) -> Answer:
        """Answer for an account of the world of the repository served last."""
        *_, site = self.sites.values()
        login = asked.path.rpartition("/")[2]
        found = rest_pulls.account(self.url, site.repository.branches, login)
        answer = found or _error(404, "Not Found")
        site.note(Exchange(asked=asked, answer=answer))
        return answer


@contextmanager
def rest_face(tokens: Mapping[str, str]) -> Iterator[Face]:
    """Serve a face on a free loopback port until the block ends."""
    actions = frozenset(token for token, login in tokens.items() if login == BOT)
    face = Face(tokens=tokens, actions_tokens=actions)

    class FaceHandler(Handler):
        def serve(self) -> None:
            answer = face.answer(self.read())
            self.write_json(answer)

    with serving(FaceHandler) as url:
        face.url = url
        yield face


@dataclass(frozen=True, kw_only=True)
class _Call:
    """One request to one repository."""

    face: Face
    name: str
    site: Site
    login: str
    asked: Asked

    @property
    def forge(self) -> MemoryForge:
        return self.site.repository.view(self.login)

    @property
    def api(self) -> str:
        return self.face.url

    @property
    def repository_url(self) -> str:
        return f"{self.face.url}/repos/{self.name}"

    def answer(self, path: str) -> Answer:
        for method, pattern, serve in _ROUTES:
            found = re.fullmatch(pattern, path)
            if found and method == self.asked.method:
                try:
                    return serve(self, *found.groups())
                except Missing:
                    return _error(404, "Not Found")
                except Refused as error:
                    if not self.site.repository.has_issues:
                        return _error(410, "Issues are disabled for this repo")
                    return _error(403, f"Must have push access to the repository: {error}")
                except Rejected as error:
                    return _invalid(error.what, code="invalid")
        return _error(404, "Not Found")

    def list_issues(self) -> Answer:
        query = self.asked.query
        names = {name.lower() for name in query.get("labels", "").split(",") if name}
        state = query.get("state", "open")
        since = datetime.fromisoformat(query["since"]) if "since" in query else None
        found = [
            issue
            for issue in self.site.listed().values()
            if state in ("all", "open" if issue.is_open else "closed")
            and names <= {label.lower() for label in issue.labels}
            and (since is None or issue.updated >= since)
        ]
        found.sort(key=_updated if query.get("sort") == "updated" else _number)
        if query.get("direction", "desc") == "desc":
            found.reverse()
        pulls = rest_pulls.closed_with(self, names) if state == "closed" and names else []
        return self.page([*(self._issue(issue) for issue in found), *pulls])

    def create_issue(self) -> Answer:
        body = self.asked.body
        draft = Draft(
            title=body["title"],
            body=body.get("body") or "",
            labels=tuple(body.get("labels", ())),
            assignees=tuple(body.get("assignees", ())),
        )
        return Answer(201, self._issue(self.forge.create_issue(draft)))

    def get_issue(self, number: str) -> Answer:
        return Answer(200, self._issue(self.forge.get_issue(int(number))))

    def edit_issue(self, number: str) -> Answer:
        body = self.asked.body
        assignees = body.get("assignees")
        edit = Edit(
            body=body.get("body"),
            assignees=None if assignees is None else tuple(assignees),
            close=body.get("state_reason", "completed") if body.get("state") == "closed" else None,
        )
        return Answer(200, self._issue(self.forge.edit_issue(int(number), edit)))

    def list_comments(self, number: str) -> Answer:
        if int(number) in self.forge.branches.pulls:
            return rest_pulls.list_comments(self, number)
        self.forge.get_issue(int(number))
        said = self.site.repository.comments.get(int(number), [])
        return self.page([self._comment(int(number), place) for place in range(len(said))])

    def create_comment(self, number: str) -> Answer:
        if int(number) in self.forge.branches.pulls:
            return rest_pulls.create_comment(self, number)
        self.forge.comment(int(number), self.asked.body["body"])
        place = len(self.site.repository.comments[int(number)]) - 1
        return Answer(201, self._comment(int(number), place))

    def list_labels(self) -> Answer:
        made = self.site.repository.labels.values()
        return self.page([shapes.label(self.repository_url, label) for label in made])

    def create_label(self) -> Answer:
        body = self.asked.body
        made = self.forge.create_label(
            body["name"], color=body["color"], description=body.get("description") or ""
        )
        if not made:
            return _invalid("Validation Failed", code="already_exists", resource="Label")
        label = self.site.repository.labels[body["name"].lower()]
        return Answer(201, shapes.label(self.repository_url, label))

    def ask_assignable(self, login: str) -> Answer:
        can = self.forge.is_assignable(login)
        return Answer(204) if can else _error(404, "Not Found")

    def _issue(self, issue: Issue) -> dict[str, Any]:
        repository = self.site.repository
        return shapes.issue(
            self.face.url,
            self.repository_url,
            issue,
            reason=repository.reasons.get(issue.number),
            is_pull=issue.number in repository.pull_requests,
        )

    def _comment(self, number: int, place: int) -> dict[str, Any]:
        said = self.site.repository.comments[number][place]
        return shapes.comment(self.face.url, self.repository_url, number, place, said)

    def page(self, items: list[dict[str, Any]]) -> Answer:
        """Return the page that was asked for, with links to the others as GitHub gives them."""
        query = self.asked.query
        size = min(int(query.get("per_page", "30")), 100)
        page, last = int(query.get("page", "1")), max(1, -(-len(items) // size))
        near = {"prev": page - 1, "first": 1} if page > 1 else {}
        far = {"next": page + 1, "last": last} if page < last else {}
        url = self.face.url + self.asked.path
        links = ", ".join(
            f'<{url}?{urlencode({**query, "page": number})}>; rel="{rel}"'
            for rel, number in {**near, **far}.items()
        )
        chosen = items[(page - 1) * size : page * size]
        return Answer(200, chosen, {"Link": links} if links else {})


_ROUTES: Final[tuple[tuple[str, str, Callable[..., Answer]], ...]] = (
    ("GET", r"/issues", _Call.list_issues),
    ("POST", r"/issues", _Call.create_issue),
    ("GET", r"/issues/(\d+)", _Call.get_issue),
    ("PATCH", r"/issues/(\d+)", _Call.edit_issue),
    ("GET", r"/issues/(\d+)/comments", _Call.list_comments),
    ("POST", r"/issues/(\d+)/comments", _Call.create_comment),
    ("GET", r"/labels", _Call.list_labels),
    ("POST", r"/labels", _Call.create_label),
    ("GET", r"/assignees/([^/]+)", _Call.ask_assignable),
    ("PATCH", r"/issues/comments/(\d+)", rest_pulls.edit_comment),
    ("DELETE", r"/issues/comments/(\d+)", rest_pulls.delete_comment),
    ("POST", r"/issues/(\d+)/labels", rest_pulls.add_labels),
    ("DELETE", r"/issues/(\d+)/labels/([^/]+)", rest_pulls.remove_label),
    ("GET", r"/pulls", rest_pulls.list_pulls),
    ("GET", r"/pulls/(\d+)/reviews", rest_pulls.list_reviews),
    ("POST", r"/pulls/(\d+)/reviews", rest_pulls.create_review),
    ("GET", r"/pulls/(\d+)/comments", rest_pulls.list_line_comments),
    ("GET", r"/compare/(.+)\.\.\.(.+)", rest_pulls.compare),
    ("GET", r"/git/trees/([0-9a-f]+)", rest_pulls.tree),
    ("GET", r"/git/blobs/([0-9a-f]+)", rest_pulls.blob),
    ("POST", r"/statuses/([0-9a-f]+)", rest_pulls.set_status),
)


def _error(status: int, message: str) -> Answer:
    return Answer(status, {"message": message, "documentation_url": "https://docs.github.com/rest"})


def _invalid(message: str, *, code: str, resource: str = "Issue") -> Answer:
    error = {"resource": resource, "code": code, "field": "name", "message": message}
    whole = _error(422, "Validation Failed")
    return Answer(422, {**whole.data, "errors": [error]})


def _number(issue: Issue) -> int:
    return issue.number


def _updated(issue: Issue) -> datetime:
    return issue.updated
