"""The browser, started once a worker."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.rig.browser import running_browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium or Chrome."""
    with running_browser() as running:
        yield running
