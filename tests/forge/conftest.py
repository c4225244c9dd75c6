"""The ways to a forge, and scenes for the tests of what goes wrong."""

from collections.abc import Iterator

import pytest

from tests.forge.harness import (
    Gap,
    Harness,
    InMemory,
    OverEmulator,
    OverFace,
    WithRepository,
    fresh_repository,
)
from tests.forge.scene import NewScene, Scene
from tests.rig.emulator import Emulator
from tests.rig.faults import Proxy
from tests.rig.people import OWNER
from tests.rig.rest import Face


@pytest.fixture(params=["memory", "face", "old_face", "emulated"])
def harness(request: pytest.FixtureRequest) -> Iterator[Harness]:
    """One of the four ways."""
    made: Harness = request.getfixturevalue(f"over_{request.param}")
    yield made
    made.check()


@pytest.fixture(params=["memory", "face", "old_face"])
def stand_in(request: pytest.FixtureRequest) -> Iterator[WithRepository]:
    """One of the ways to a repository in memory, to which anything can happen."""
    made: WithRepository = request.getfixturevalue(f"over_{request.param}")
    yield made
    made.check()


@pytest.fixture
def over_memory() -> Harness:
    return InMemory()


@pytest.fixture
def over_face(face: Face, repository_name: str) -> Harness:
    repository = fresh_repository()
    site = face.serve(repository_name, repository)
    return OverFace(api=face.url, name=repository_name, site=site, repository=repository)


@pytest.fixture
def over_old_face(over_face: OverFace) -> Harness:
    over_face.repository.has_graphql = False
    over_face.gaps = frozenset({Gap.GRAPHQL_UNKNOWN})
    return over_face


@pytest.fixture
def over_emulated(emulated: Emulator, emulated_proxy: Proxy) -> Harness:
    name = emulated.new_repository(OWNER)
    return OverEmulator(api=emulated_proxy.url, name=name, emulator=emulated, proxy=emulated_proxy)


@pytest.fixture
def new_scene(face: Face, face_proxy: Proxy, repository_name: str) -> NewScene:
    """Return what makes a scene of a kind, with a fresh repository each time."""

    def make(kind: str) -> Scene:
        face_proxy.fail(lambda _number, _asked: None)
        face_proxy.exchanges.clear()
        return Scene(kind=kind, name=repository_name, face=face, proxy=face_proxy)

    return make
