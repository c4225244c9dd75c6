# ruff: noqa: ANN401 - what comes over the wire has no type until it is read
"""Sends requests to GitHub and returns its answers, or what it refused."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from github import Auth, Github
from github.Requester import (
    HTTPRequestsConnectionClass,
    HTTPSRequestsConnectionClass,
    RequestsResponse,
)
from urllib3.util.retry import Retry

DEFAULT_API = "https://api.github.com"
PER_PAGE = 100
_API_VERSION = "2022-11-28"


class NoAnswer(Exception):
    """Nothing came back; ``is_untrusted`` where the server's certificate is the reason."""

    def __init__(self, *, is_untrusted: bool) -> None:
        super().__init__()
        self.is_untrusted = is_untrusted


class Redirected(Exception):
    """GitHub names another address; ``is_elsewhere`` where it is on another host."""

    def __init__(self, location: str, *, is_elsewhere: bool) -> None:
        super().__init__(location)
        self.location = location
        self.is_elsewhere = is_elsewhere


class Refused(Exception):
    """GitHub answered with an error: a status of 400 or more, its headers, and its JSON."""

    def __init__(self, status: int, headers: Mapping[str, str], data: Any) -> None:
        super().__init__(status)
        self.status = status
        self.headers = headers
        self.errors = data.get("errors", ()) if isinstance(data, dict) else ()
        said = data.get("message") if isinstance(data, dict) else None
        self.says = str(said or "no reason given")[:200]


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of a list, and the query for the next one, or None."""

    items: list[Any]
    following: Mapping[str, str] | None


class Client:
    """GitHub's API at a base address, for one token.

    PyGithub's own objects ask again for whatever an answer left out, such as the absent
    `pull_request` of a plain issue, and its lists take an empty body for an empty page. So its
    transport is used, and the answers are read as they come.
    """

    def __init__(
        self, *, token: str, api: str, backoff_seconds: float, timeout_seconds: int
    ) -> None:
        # Reads alone are repeated. PyGithub's own default repeats POST as well, and waits for
        # limits to pass; both are the executor's to decide.
        retry = Retry(
            total=3,
            allowed_methods={"GET"},
            status_forcelist=(500, 502, 503, 504),
            backoff_factor=backoff_seconds,
            respect_retry_after_header=False,
            raise_on_status=False,
        )
        self._requester = Github(
            base_url=api,
            auth=Auth.Token(token),
            timeout=timeout_seconds,
            retry=retry,
            seconds_between_requests=None,
            seconds_between_writes=None,
            user_agent="mentorship-action",
            api_version=_API_VERSION,
        ).requester
        parts = urlsplit(api)
        self._host = (parts.scheme, parts.hostname)
        connection = _Http if parts.scheme == "http" else _Https
        self._connection = connection(
            parts.hostname or "", parts.port, timeout=timeout_seconds, retry=retry
        )
        self.requests = 0
        """How many requests have been sent so far, repeated reads included."""

    def send(
        self, verb: str, path: str, *, query: Mapping[str, str] | None = None, body: Any = None
    ) -> Any:
        """Send a request and return the answer's JSON, None for an empty answer."""
        return self._send(verb, path, query, body)[1]

    def graph(self, query: str, variables: Mapping[str, str | bool | None]) -> Any:
        """Ask a GraphQL query and return its answer: `data`, `errors`, or both."""
        body = {"query": query, "variables": dict(variables)}
        return self.send("POST", self._requester.graphql_url, body=body)

    def list(self, path: str, query: Mapping[str, str]) -> Iterator[Any]:
        """Yield the items of all pages, each as it came."""
        following: Mapping[str, str] | None = query
        while following is not None:
            page = self.page(path, following)
            yield from page.items
            following = page.following

    def page(self, path: str, query: Mapping[str, str]) -> Page:
        """Return one page of a list."""
        query = {**query, "per_page": str(PER_PAGE)}
        headers, items = self._send("GET", path, query, None)
        if not isinstance(items, list):
            raise TypeError("a page of a list is no list")
        links = requests.utils.parse_header_links(headers.get("link", ""))
        url = next((link["url"] for link in links if link.get("rel") == "next"), "")
        # Its address may be one that only GitHub knows, behind a proxy; its query is what counts.
        following = {**query, **dict(parse_qsl(urlsplit(url).query))} if url else None
        if following == query:
            raise ValueError("a page names itself as the next one")
        return Page(items=items, following=following)

    def _send(
        self, verb: str, path: str, query: Mapping[str, str] | None, body: Any
    ) -> tuple[Mapping[str, str], Any]:
        self.requests += 1
        try:
            status, headers, text = self._requester.requestJson(
                verb,
                path,
                None if query is None else dict(query),
                input=body,
                cnx=self._connection,
            )
        except requests.RequestException as error:
            is_untrusted = isinstance(error, requests.exceptions.SSLError)
            raise NoAnswer(is_untrusted=is_untrusted) from error
        self.requests += self._connection.repeated
        if 300 <= status < 400:
            location = headers.get("location", "")
            to = urlsplit(location)
            is_elsewhere = bool(to.netloc) and (to.scheme, to.hostname) != self._host
            raise Redirected(location, is_elsewhere=is_elsewhere)
        data = _decoded(text, is_error=status >= 400)
        if status >= 400:
            raise Refused(status, headers, data)
        return headers, data


def _decoded(text: str, *, is_error: bool) -> Any:
    """Return an answer's JSON; the text of an error may be anything at all."""
    if not text:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        if is_error:
            return None
        raise ValueError("an answer is no JSON") from error


class _Repeating:
    """Counts what was repeated until an answer came; mixed into PyGithub's connections."""

    repeated = 0

    def getresponse(self) -> RequestsResponse:
        """Return what came back."""
        response: RequestsResponse = super().getresponse()  # type: ignore[misc]
        retries = response.response.raw.retries
        self.repeated = len(retries.history) if retries else 0
        return _with_redirect_kept(response)


class _Http(_Repeating, HTTPRequestsConnectionClass):
    """A plain connection, for a server on this machine."""


class _Https(_Repeating, HTTPSRequestsConnectionClass):
    """The usual connection."""


def _with_redirect_kept(response: RequestsResponse) -> RequestsResponse:
    """Return a redirect as one that PyGithub leaves alone.

    It would follow a 301 without the query, and so show a list of everything.
    """
    if response.status == 301:
        response.status = 308
    return response
