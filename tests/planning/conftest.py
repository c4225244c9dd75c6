"""Scenes for the tests of joining."""

from collections.abc import Iterator

import pytest

from tests.applications import Scene


@pytest.fixture(params=["in memory", "over HTTP"])
def scene(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A scene whose bot acts in memory, and one whose bot goes through the gateway."""
    made = Scene()
    if request.param == "over HTTP":
        name = request.getfixturevalue("repository_name")
        made.over_http(request.getfixturevalue("rest_server"), name)
    yield made
    assert made.mismatches == []
