"""What the rig's own servers share: a threaded server on a free loopback port, and exchanges."""

import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LOOPBACK = "127.0.0.1"
GRAPHQL = "/graphql"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request as it came; ``body`` is None without one."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]

    @property
    def verb(self) -> str:
        """The method, or QUERY for GraphQL, which only reads here."""
        return "QUERY" if self.path == GRAPHQL else self.method

    @property
    def is_write(self) -> bool:
        """Whether it was meant to change something."""
        return self.verb not in {"GET", "HEAD", "QUERY"}

    def __str__(self) -> str:
        query = "&".join(f"{name}={value}" for name, value in self.query.items())
        return f"{self.verb} {self.path}{'?' if query else ''}{query}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back: a status, JSON (None for an empty body), and headers."""

    status: int
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One request with what answered it; None where the connection was cut."""

    asked: Asked
    answer: Answer | None


class Handler(BaseHTTPRequestHandler):
    """Reads requests whole and writes answers whole."""

    protocol_version = "HTTP/1.1"
    # Head and body in one packet: two would wait 40 ms for the other side's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def read(self) -> Asked:
        """Return the request that has come."""
        parts = urlsplit(self.path)
        text = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return Asked(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            body=json.loads(text) if text else None,
            headers={name.lower(): value for name, value in self.headers.items()},
        )

    def write(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def write_json(self, answer: Answer) -> None:
        """Send an answer in JSON."""
        body = b"" if answer.data is None else json.dumps(answer.data).encode()
        kind = {"Content-Type": "application/json; charset=utf-8"}
        self.write(answer.status, body, {**kind, **answer.headers})

    def serve(self) -> None:
        """Answer the request that has come."""
        raise NotImplementedError

    # The names that the standard library calls.
    def do_GET(self) -> None:
        """Serve it."""
        self.serve()

    do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
        """Say nothing: exchanges are recorded."""


@contextmanager
def serving(handler: type[Handler], tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve on a free port until the block ends; give the base address.

    It is spelled `localhost`, as PyGithub wants it. ``tls`` makes it an encrypted one.
    """
    server = ThreadingHTTPServer((LOOPBACK, 0), handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
