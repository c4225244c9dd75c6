"""The ways to a forge, and scenes for the tests of what goes wrong."""

from collections.abc import Iterator

import pytest

from tests.forge.due_day import DueDay, NewDueDay
from tests.forge.harness import (
    Gap,
    Harness,
    InMemory,
    OverEmulator,
    OverRest,
    WithRepository,
    fresh_repository,
)
from tests.rig.emulator import Emulator
from tests.rig.failures import Proxy
from tests.rig.people import OWNER
from tests.rig.rest import RestServer


@pytest.fixture(params=["memory", "rest", "old_rest", "emulated"])
def harness(request: pytest.FixtureRequest) -> Iterator[Harness]:
    """One of the four ways."""
    made: Harness = request.getfixturevalue(f"over_{request.param}")
    yield made
    made.check()


@pytest.fixture(params=["memory", "rest", "old_rest"])
def stand_in(request: pytest.FixtureRequest) -> Iterator[WithRepository]:
    """One of the ways to a repository in memory, to which anything can happen."""
    made: WithRepository = request.getfixturevalue(f"over_{request.param}")
    yield made
    made.check()


@pytest.fixture
def over_memory() -> Harness:
    return InMemory()


@pytest.fixture
def over_rest(rest_server: RestServer, repository_name: str) -> Harness:
    repository = fresh_repository()
    site = rest_server.serve(repository_name, repository)
    return OverRest(api=rest_server.url, name=repository_name, site=site, repository=repository)


@pytest.fixture
def over_old_rest(over_rest: OverRest) -> Harness:
    over_rest.repository.has_graphql = False
    over_rest.gaps = frozenset({Gap.GRAPHQL_UNKNOWN})
    return over_rest


@pytest.fixture
def over_emulated(emulated: Emulator, emulated_proxy: Proxy) -> Harness:
    name = emulated.new_repository(OWNER)
    return OverEmulator(api=emulated_proxy.url, name=name, emulator=emulated, proxy=emulated_proxy)


@pytest.fixture
def new_due_day(rest_server: RestServer, rest_proxy: Proxy, repository_name: str) -> NewDueDay:
    """Return what makes a day of a kind, with a fresh repository each time."""

    def make(kind: str) -> DueDay:
        rest_proxy.fail(lambda _number, _asked: None)
        rest_proxy.exchanges.clear()
        return DueDay(kind=kind, name=repository_name, rest_server=rest_server, proxy=rest_proxy)

    return make
