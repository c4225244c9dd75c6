"""A repository on GitHub's stand-in, and the environment in which commands reach it."""

from collections.abc import Mapping

import pytest

from tests.forge.harness import fresh_repository
from tests.rig.people import ACTIONS, token_of
from tests.rig.rest import RestServer, Site


@pytest.fixture
def site(rest_server: RestServer, repository_name: str) -> Site:
    """An empty repository that is served over HTTP."""
    return rest_server.serve(repository_name, fresh_repository())


@pytest.fixture
def environ(site: Site, rest_server: RestServer, repository_name: str) -> Mapping[str, str]:
    """What a job's environment says of that repository."""
    assert rest_server.sites[repository_name] is site
    return {
        "GITHUB_API_URL": rest_server.url,
        "GITHUB_REPOSITORY": repository_name,
        "GITHUB_TOKEN": token_of(ACTIONS),
    }
