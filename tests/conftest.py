"""Servers of the rig: started once a worker, always stopped, and fresh repositories in them."""

import os
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, settings

from mentorship_action.forge.memory import BOT
from tests.drawing import FACTOR
from tests.rig.emulator import Emulator, emulator
from tests.rig.failures import Proxy, failing_proxy
from tests.rig.people import EVERYBODY, TOKENS
from tests.rig.rest import RestServer, serve_rest

_NUMBERS = count(1)

# All servers of the tests are on this machine, where somebody's proxy has no part. Saying so also
# saves a look through the whole environment with every request.
_DIRECT = ("127.0.0.1", "localhost")
for _name in ("NO_PROXY", "no_proxy"):
    os.environ[_name] = ",".join(filter(None, (os.environ.get(_name), *_DIRECT)))

# A busy machine is no defect of the code: no test is timed, hypothesis's own checks included. In
# CI the drawn examples are the same every time, so that a change alone makes a difference.
_UNTIMED = settings(
    max_examples=100 * FACTOR, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("here", _UNTIMED)
settings.register_profile("ci", _UNTIMED, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def rest_server() -> Iterator[RestServer]:
    """The REST server on repositories in memory."""
    with serve_rest(TOKENS) as running:
        yield running


@pytest.fixture(scope="session")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """The emulated GitHub API."""
    people = [login for login in EVERYBODY if login != BOT]
    with emulator(tmp_path_factory.mktemp("emulator"), [*people, BOT]) as running:
        yield running


@pytest.fixture(scope="session")
def _rest_proxy(rest_server: RestServer) -> Iterator[Proxy]:
    with failing_proxy(rest_server.url) as running:
        yield running


@pytest.fixture(scope="session")
def _emulated_proxy(emulated: Emulator) -> Iterator[Proxy]:
    with failing_proxy(emulated.url) as running:
        yield running


@pytest.fixture
def rest_proxy(_rest_proxy: Proxy) -> Iterator[Proxy]:
    """A proxy in front of the REST server, without failures and without a past."""
    yield _fresh(_rest_proxy)
    _fresh(_rest_proxy)


@pytest.fixture
def emulated_proxy(_emulated_proxy: Proxy) -> Iterator[Proxy]:
    """A proxy in front of the emulator, without failures and without a past."""
    yield _fresh(_emulated_proxy)
    _fresh(_emulated_proxy)


@pytest.fixture
def repository_name() -> str:
    """A name that no other test's repository has."""
    return f"owner/program-{next(_NUMBERS)}"


def _fresh(proxy: Proxy) -> Proxy:
    proxy.fail(lambda _number, _asked: None)
    proxy.exchanges.clear()
    return proxy
