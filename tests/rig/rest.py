"""A thin REST server on the in-memory forge, so that the real gateway talks to it over HTTP.

It knows who a token is, routes, pages and spells things in JSON; what may be done and what
comes of it is the in-memory forge's own. Every request and answer is held against GitHub's
description of its API.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from typing import Any, Final
from urllib.parse import unquote, urlencode

from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import MemoryForge, Repository
from mentorship_action.forge.protocol import (
    Forbidden,
    ForgeError,
    Locked,
    Missing,
    Outdated,
    Rejected,
    RepositoryGone,
)
from tests.rig import description, rest_files, rest_graph, rest_issues, rest_pulls, shapes
from tests.rig.blank import filled
from tests.rig.call import failed, invalid
from tests.rig.web import GRAPHQL, Answer, Asked, Exchange, Handler, serving

_KEPT_STATES: Final = 50
_SINCE: Final = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(kw_only=True)
class Site:
    """One repository as the REST server serves it.

    Lists show what was there ``lag`` requests ago, as GitHub's at times do.
    """

    repository: Repository
    lag: int = 0
    exchanges: list[Exchange] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)
    _past: list[dict[int, Issue]] = field(default_factory=list)

    def note(self, exchange: Exchange) -> None:
        """Keep an exchange, what is wrong with it, and how things stand after it."""
        self.exchanges.append(exchange)
        self.mismatches += description.mismatches(exchange.asked, exchange.answer)
        self._past = [*self._past, dict(self.repository.issues)][-_KEPT_STATES:]

    def listed(self) -> dict[int, Issue]:
        """Return the issues that a list shows."""
        if self.lag == 0:
            return self.repository.issues
        return self._past[-1 - self.lag] if len(self._past) > self.lag else {}

    def asked(self, method: str = "") -> list[str]:
        """Return the requests so far, in short, of one method or all."""
        found = (exchange.asked for exchange in self.exchanges)
        return [str(asked) for asked in found if method in ("", asked.verb)]


@dataclass(kw_only=True)
class RestServer:
    """A running server; ``tokens`` says whose each one is.

    GitHub refuses `GET /user` to the tokens of Actions jobs and of other Apps.
    """

    tokens: Mapping[str, str]
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
                return failed(401, "Bad credentials")
            if asked.path == "/user":
                return self._noted(asked, self._user(login))
            if asked.path == GRAPHQL:
                return self._graph(asked, login)
            if asked.path.startswith("/users/"):
                return self._noted(asked, self._account(asked))
            found = re.match(r"/repos/([^/]+/[^/]+)(/.*)?$", asked.path)
            site = self.sites.get(found[1]) if found else None
            if found is None or site is None:
                return failed(404, "Not Found")
            call = Call(server=self, name=found[1], site=site, login=login, asked=asked)
            answer = call.answer(found[2] or "")
            site.note(Exchange(asked=asked, answer=answer))
            return answer

    def _noted(self, asked: Asked, answer: Answer) -> Answer:
        """Note an exchange about no repository with the one that was served last."""
        *_, site = self.sites.values()
        site.note(Exchange(asked=asked, answer=answer))
        return answer

    def _user(self, login: str) -> Answer:
        if login.endswith("[bot]"):
            return failed(403, "Resource not accessible by integration")
        *_, site = self.sites.values()
        number = site.repository.account(login).id
        return Answer(200, {**shapes.myself(self.url, login, _SINCE), "id": number})

    def _account(self, asked: Asked) -> Answer:
        """Answer for an account of the world of the repository served last."""
        *_, site = self.sites.values()
        login = asked.path.rpartition("/")[2]
        number = site.repository.accounts.get(login.lower())
        if number is None:
            return failed(404, "Not Found")
        shown = {**shapes.person(self.url, login), "id": number}
        return Answer(200, filled("public-user", **shown))

    def _graph(self, asked: Asked, login: str) -> Answer:
        *_, newest = self.sites.values()
        name = rest_graph.repository_name(asked.body)
        site = newest if name is None else self.sites.get(name)
        if site and not site.repository.has_graphql:
            answer = failed(404, "Not Found")
        else:
            answer = rest_graph.answer(asked.body, site.repository if site else None, login)
        (site or newest).note(Exchange(asked=asked, answer=answer))
        return answer


@contextmanager
def serve_rest(tokens: Mapping[str, str]) -> Iterator[RestServer]:
    """Serve REST on a free loopback port until the block ends."""
    server = RestServer(tokens=tokens)

    class RestHandler(Handler):
        def serve(self) -> None:
            answer = server.answer(self.read())
            self.write_json(answer)

    with serving(RestHandler) as url:
        server.url = url
        yield server


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request to one repository."""

    server: RestServer
    name: str
    site: Site
    login: str
    asked: Asked

    @property
    def forge(self) -> MemoryForge:
        """The repository as whoever asks has it."""
        return self.site.repository.view(self.login)

    @property
    def api(self) -> str:
        """The base address."""
        return self.server.url

    @property
    def repository_url(self) -> str:
        """The repository's address."""
        return f"{self.server.url}/repos/{self.name}"

    def answer(self, path: str) -> Answer:
        """Answer as the route of a path below the repository does."""
        for method, pattern, serve in _ROUTES:
            found = re.fullmatch(pattern, path)
            if found and method == self.asked.method:
                try:
                    return serve(self, *(unquote(part) for part in found.groups()))
                except ForgeError as error:
                    return self._failed(error, path)
        return failed(404, "Not Found")

    def _failed(  # noqa: PLR0911 - one for each way to fail
        self, error: ForgeError, path: str
    ) -> Answer:
        match error:
            case Missing():
                return self._missing(path)
            case Rejected():
                return invalid(error.what, code="invalid")
            case Outdated():
                return failed(409, error.what)
            case Locked():
                return failed(403, "Unable to create comment because issue is locked.")
            case RepositoryGone() if self.site.repository.exists:
                return failed(403, "Repository was archived so is read-only.")
            case RepositoryGone():
                return failed(404, "Not Found")
            case Forbidden() if not self.site.repository.has_issues:
                return failed(410, "Issues has been disabled in this repository.")
            case Forbidden() if self.login.endswith("[bot]"):
                return failed(403, "Resource not accessible by integration")
            case Forbidden():
                return failed(403, "Must have admin rights to Repository.")
            case _:
                return failed(500, "Server Error")

    def _missing(self, path: str) -> Answer:
        found = re.match(r"/issues/(\d+)(/.*)?", path)
        moved_to = self.site.repository.deleted.get(int(found[1])) if found else None
        if moved_to is None:
            return failed(404, "Not Found")
        if moved_to:
            return Answer(301, failed(301, "Moved Permanently").data, {"Location": moved_to})
        return failed(410, "This issue was deleted")

    def page(self, items: list[dict[str, Any]]) -> Answer:
        """Return the page that was asked for, with links to the others as GitHub gives them."""
        query = self.asked.query
        size = min(int(query.get("per_page", "30")), 100)
        page, last = int(query.get("page", "1")), max(1, -(-len(items) // size))
        near = {"prev": page - 1, "first": 1} if page > 1 else {}
        far = {"next": page + 1, "last": last} if page < last else {}
        url = self.server.url + self.asked.path
        links = ", ".join(
            f'<{url}?{urlencode({**query, "page": number})}>; rel="{rel}"'
            for rel, number in {**near, **far}.items()
        )
        chosen = items[(page - 1) * size : page * size]
        return Answer(200, chosen, {"Link": links} if links else {})


_ROUTES: Final[tuple[tuple[str, str, Callable[..., Answer]], ...]] = (
    ("GET", r"", rest_issues.get_repository),
    ("GET", r"/branches/(.+)", rest_issues.get_branch),
    ("GET", r"/issues", rest_issues.list_issues),
    ("POST", r"/issues", rest_issues.create_issue),
    ("GET", r"/issues/(\d+)", rest_issues.get_issue),
    ("PATCH", r"/issues/(\d+)", rest_issues.edit_issue),
    ("GET", r"/issues/(\d+)/comments", rest_issues.list_comments),
    ("POST", r"/issues/(\d+)/comments", rest_issues.create_comment),
    ("GET", r"/labels", rest_issues.list_labels),
    ("POST", r"/labels", rest_issues.create_label),
    ("GET", r"/milestones", rest_issues.list_milestones),
    ("POST", r"/milestones", rest_issues.create_milestone),
    ("PATCH", r"/milestones/(\d+)", rest_issues.edit_milestone),
    ("GET", r"/assignees/([^/]+)", rest_issues.ask_assignable),
    ("GET", r"/issues/comments", rest_issues.list_recent_comments),
    ("GET", r"/issues/comments/(\d+)", rest_issues.get_comment),
    ("PATCH", r"/issues/comments/(\d+)", rest_issues.edit_comment),
    ("POST", r"/issues/comments/(\d+)/reactions", rest_issues.add_reaction),
    ("DELETE", r"/issues/comments/(\d+)", rest_issues.delete_comment),
    ("POST", r"/issues/(\d+)/labels", rest_issues.add_labels),
    ("DELETE", r"/issues/(\d+)/labels/([^/]+)", rest_issues.remove_label),
    ("GET", r"/pulls", rest_pulls.list_pulls),
    ("POST", r"/pulls", rest_pulls.create_pull),
    ("GET", r"/pulls/(\d+)/reviews", rest_pulls.list_reviews),
    ("POST", r"/pulls/(\d+)/reviews", rest_pulls.create_review),
    ("GET", r"/pulls/(\d+)/comments", rest_pulls.list_line_comments),
    ("GET", r"/compare/(.+)\.\.\.(.+)", rest_pulls.compare),
    ("GET", r"/git/trees/([0-9a-f]+)", rest_pulls.tree),
    ("GET", r"/git/blobs/([0-9a-f]+)", rest_pulls.blob),
    ("GET", r"/contents/(.+)", rest_files.get_file),
    ("PUT", r"/contents/(.+)", rest_files.put_file),
    ("POST", r"/git/refs", rest_files.create_ref),
    ("GET", r"/commits", rest_files.list_commits),
    ("POST", r"/statuses/([0-9a-f]+)", rest_pulls.set_status),
)
