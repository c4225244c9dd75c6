"""Ends a run at one of its requests, as a kill would: nothing after it is carried out."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from github.Requester import HTTPRequestsConnectionClass, RequestsResponse


class Killed(BaseException):
    """Stands for the end of the process, so no `except Exception` may stop it."""


@contextmanager
def killing(at: int) -> Iterator[None]:
    """End whoever sends the ``at``-th request over HTTP in this block.

    The server has done what was asked by then, and its answer is not read. A kill before the next
    request was sent leaves the very same behind.
    """
    sent = 0

    send = HTTPRequestsConnectionClass.getresponse

    def getresponse(connection: HTTPRequestsConnectionClass) -> RequestsResponse:
        nonlocal sent
        sent += 1
        if sent < at:
            return send(connection)
        if sent == at:
            send(connection)
        raise Killed

    with patch.object(HTTPRequestsConnectionClass, "getresponse", getresponse):
        yield
