"""Ends a run at one of its requests, as a kill would: nothing after it is carried out."""

from collections.abc import Iterator
from contextlib import contextmanager

from github.Requester import (
    HTTPRequestsConnectionClass,
    HTTPSRequestsConnectionClass,
    Requester,
    RequestsResponse,
)


class Killed(BaseException):
    """Stands for the end of the process, so no `except Exception` may stop it."""


@contextmanager
def killing(at: int, *, answered: bool) -> Iterator[None]:
    """End whoever sends the ``at``-th request over HTTP in this block.

    With ``answered`` the server has done what was asked by then; else nothing was sent.
    """
    sent = 0

    class Connection(HTTPRequestsConnectionClass):
        def getresponse(self) -> RequestsResponse:
            nonlocal sent
            sent += 1
            if sent < at:
                return super().getresponse()
            if sent == at and answered:
                super().getresponse()
            raise Killed

    # PyGithub's own way to put another transport in.
    Requester.injectConnectionClasses(Connection, HTTPSRequestsConnectionClass)
    try:
        yield
    finally:
        Requester.resetConnectionClasses()
