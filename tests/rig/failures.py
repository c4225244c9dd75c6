"""A small reverse proxy that records what passes, and fails where a test tells it to."""

import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Literal
from urllib.parse import urlsplit

from tests.rig.web import Answer, Asked, Exchange, Handler, serving

_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length", "host"})


@dataclass(frozen=True, slots=True)
class BadGateway:
    """A 502, before the request went through or after it did."""

    went_through: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """The connection ends without an answer, before the request went through or after."""

    went_through: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """No answer until the client gives up, before the request went through or after."""

    went_through: bool


@dataclass(frozen=True, slots=True)
class SlowDown:
    """A rate limit, as GitHub words it; the request does not go through."""

    status: Literal[403, 429]
    retry_after: int | None = None
    exhausted: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """The answer ends half-way: the connection with it, or as if that were all of it."""

    honest_length: bool


@dataclass(frozen=True, slots=True)
class Instead:
    """A success with something else for a body, as a proxy in between may send it."""

    body: bytes


Failure = BadGateway | Dropped | Silent | SlowDown | Cut | Instead
Schedule = Callable[[int, Asked], Failure | None]


def never(_number: int, _asked: Asked) -> Failure | None:
    """Let everything pass."""
    return None


def at(number: int, failure: Failure) -> Schedule:
    """Fail at the ``number``-th request, counted from 1."""
    return lambda now, _asked: failure if now == number else None


def always(failure: Failure, *, method: str = "", path: str = "") -> Schedule:
    """Fail whenever a method and the end of a path are asked for."""
    return lambda _now, asked: (
        failure if method in ("", asked.verb) and asked.path.endswith(path) else None
    )


def at_write(number: int, failure: Failure, *, method: str = "POST", path: str = "") -> Schedule:
    """Fail at the ``number``-th request of a kind, counted from 1."""
    seen = 0

    def schedule(_now: int, asked: Asked) -> Failure | None:
        nonlocal seen
        if asked.verb != method or not asked.path.endswith(path):
            return None
        seen += 1
        return failure if seen == number else None

    return schedule


@dataclass(kw_only=True)
class Proxy:
    """A running proxy in front of ``upstream``, both base addresses."""

    upstream: str
    url: str = ""
    schedule: Schedule = never
    exchanges: list[Exchange] = field(default_factory=list)
    count: int = 0
    lock: Lock = field(default_factory=Lock)

    def fail(self, schedule: Schedule) -> None:
        """Follow another schedule, which counts requests from one again."""
        with self.lock:
            self.schedule, self.count = schedule, 0

    def asked(self, method: str = "") -> list[str]:
        """Return the requests so far, in short, of one method or all."""
        found = (exchange.asked for exchange in self.exchanges)
        return [str(asked) for asked in found if method in ("", asked.verb)]

    def next_failure(self, asked: Asked) -> Failure | None:
        """Count a request and say how it fails."""
        with self.lock:
            self.count += 1
            return self.schedule(self.count, asked)


@contextmanager
def failing_proxy(upstream: str) -> Iterator[Proxy]:
    """Serve a proxy in front of ``upstream`` until the block ends."""
    proxy = Proxy(upstream=upstream)

    class ProxyHandler(_ProxyHandler):
        pass

    ProxyHandler.proxy = proxy
    with serving(ProxyHandler) as url:
        proxy.url = url
        yield proxy


class _ProxyHandler(Handler):
    """Passes requests on, or fails them."""

    proxy: Proxy

    def serve(self) -> None:
        asked = self.read()
        match self.proxy.next_failure(asked):
            case None:
                self._answer(asked, self._forward(asked))
            case BadGateway(went_through):
                self._forward_if(went_through, asked)
                self._answer(asked, Answer(502, {"message": "Server Error"}))
            case Dropped(went_through):
                self._forward_if(went_through, asked)
                self._hang_up(asked)
            case Silent(went_through):
                self._forward_if(went_through, asked)
                self.rfile.read(1)  # returns when the client hangs up
                self._hang_up(asked)
            case SlowDown() as limit:
                self._answer(asked, _limit(limit))
            case Cut(honest_length):
                self._cut(asked, self._forward(asked), honest_length=honest_length)
            case Instead(body):
                self._note(asked, None)
                self.write(200, body, {"Content-Type": "text/html"})

    def _forward(self, asked: Asked) -> Answer:
        parts = urlsplit(self.proxy.upstream)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
        headers = {k: v for k, v in asked.headers.items() if k not in _HOP_BY_HOP}
        body = None if asked.body is None else json.dumps(asked.body).encode()
        try:
            connection.request(asked.method, self.path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        finally:
            connection.close()
        kept = {
            # Links to other pages lead through the proxy, too.
            name: value.replace(self.proxy.upstream, self.proxy.url)
            for name, value in answer.getheaders()
            if name.lower() not in _HOP_BY_HOP | {"date", "server", "content-type"}
        }
        return Answer(answer.status, json.loads(text) if text else None, kept)

    def _forward_if(self, went_through: bool, asked: Asked) -> None:  # noqa: FBT001
        if went_through:
            self._forward(asked)

    def _answer(self, asked: Asked, answer: Answer) -> None:
        self._note(asked, answer)
        self.write_json(answer)

    def _cut(self, asked: Asked, answer: Answer, *, honest_length: bool) -> None:
        self._note(asked, None)
        whole = json.dumps(answer.data).encode()
        half = whole[: len(whole) // 2]
        claimed = half if honest_length else whole
        self.write(answer.status, half, {**answer.headers, "Content-Length": str(len(claimed))})
        self.close_connection = True

    def _hang_up(self, asked: Asked) -> None:
        self._note(asked, None)
        self.close_connection = True

    def _note(self, asked: Asked, answer: Answer | None) -> None:
        with self.proxy.lock:
            self.proxy.exchanges.append(Exchange(asked=asked, answer=answer))


def _limit(limit: SlowDown) -> Answer:
    said: dict[str, Any] = {
        "message": "API rate limit exceeded for installation."
        if limit.exhausted
        else "You have exceeded a secondary rate limit. Please wait a few minutes.",
        "documentation_url": "https://docs.github.com/rest/using-the-rest-api/rate-limits",
    }
    headers = {}
    if limit.retry_after is not None:
        headers["Retry-After"] = str(limit.retry_after)
    if limit.exhausted:
        headers |= {"X-RateLimit-Remaining": "0", "X-RateLimit-Limit": "1000"}
    return Answer(limit.status, said, headers)
