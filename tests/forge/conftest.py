"""Scenes for the tests of what goes wrong."""

import pytest

from tests.forge.scene import NewScene, Scene
from tests.rig.faults import Proxy
from tests.rig.rest import Face


@pytest.fixture
def new_scene(face: Face, face_proxy: Proxy, repository_name: str) -> NewScene:
    """Return what makes a scene of a kind, with a fresh repository each time."""

    def make(kind: str) -> Scene:
        face_proxy.fail(lambda _number, _asked: None)
        face_proxy.exchanges.clear()
        return Scene(kind=kind, name=repository_name, face=face, proxy=face_proxy)

    return make
