"""A due day of a program with two pairs, played over HTTP with something going wrong."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from mentorship_action import loop
from mentorship_action.errors import Exit
from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.protocol import ForgeError
from tests.builders import World
from tests.forge.pairs import pairs, settled
from tests.rig.failures import Proxy
from tests.rig.people import OWNER, token_of
from tests.rig.rest import RestServer, Site

FIRST_DAY: Final = "first day"
"""Nothing is there: labels, trackers and check-ins are due."""
NEXT_WEEK: Final = "next week"
"""The trackers are there: check-ins are due, and last week's are to be closed."""


def begin(name: str) -> tuple[World, int]:
    """Return a program right before a due day, and the week of that day."""
    play = pairs()
    if name == FIRST_DAY:
        return play, 0
    play.run(play.repository.view(OWNER))
    return play, 1


@cache
def undisturbed(name: str) -> dict[str, object]:
    """Return how things stand after a due day on which nothing goes wrong."""
    play, week = begin(name)
    assert play.run(play.repository.view(OWNER), weeks=week).report.exit_code is Exit.DONE
    return settled(play.repository)


@dataclass(kw_only=True)
class DueDay:
    """A due day over HTTP, through a proxy that may fail."""

    kind: str
    name: str
    rest_server: RestServer
    proxy: Proxy
    timeout_seconds: int = 30
    play: World = field(init=False)
    week: int = field(init=False)
    site: Site = field(init=False)

    def __post_init__(self) -> None:
        self.play, self.week = begin(self.kind)
        self.site = self.rest_server.serve(self.name, self.play.repository)

    def run(self, login: str = OWNER) -> loop.Run:
        """Do one run as a process of its own would: with a fresh gateway."""
        forge = GitHubForge(
            repository=self.name,
            token=token_of(login),
            api=self.proxy.url,
            backoff_seconds=0,
            timeout_seconds=self.timeout_seconds,
        )
        return self.play.run(forge, weeks=self.week)

    def try_run(self) -> loop.Run | ForgeError:
        """Do one run and return it, or the error of an observation that failed."""
        try:
            return self.run()
        except ForgeError as error:
            return error

    def writes(self) -> list[str]:
        """Return what the repository was asked to change so far."""
        return [str(one.asked) for one in self.site.exchanges if one.asked.is_write]

    def must_settle(self) -> None:
        """Assert that two more runs bring everything in order, and that a third writes nothing."""
        # In memory, which is ten times as quick; what failed was said over HTTP.
        forge = self.play.repository.view(OWNER)
        self.play.run(forge, weeks=self.week)
        assert self.play.run(forge, weeks=self.week).report.exit_code is Exit.DONE
        third = self.play.run(forge, weeks=self.week)
        assert third.report.exit_code is Exit.DONE
        assert third.plan.changes == ()
        assert settled(self.play.repository) == undisturbed(self.kind)
        assert self.site.mismatches == []


NewDueDay = Callable[[str], DueDay]
