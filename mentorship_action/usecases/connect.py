"""The connection to GitHub, as the environment describes it."""

from collections.abc import Mapping

from mentorship_action.errors import UsageError
from mentorship_action.forge.protocol import Forge
from mentorship_action.forge.settings import SettingsReader


def connect(environ: Mapping[str, str]) -> Forge:
    """Return the repository on GitHub that the environment names.

    Reads ``GITHUB_REPOSITORY``, ``GITHUB_TOKEN`` and ``GITHUB_API_URL``.

    Raises:
        UsageError: the repository or the token is missing.
    """
    repository, token = _repository_and_token(environ)
    # PyGithub takes half a second to import, and only a run that reaches GitHub needs it.
    from mentorship_action.forge.github import DEFAULT_API, GitHubForge  # noqa: PLC0415

    return GitHubForge(
        repository=repository, token=token, api=environ.get("GITHUB_API_URL") or DEFAULT_API
    )


def connect_settings(environ: Mapping[str, str]) -> SettingsReader:
    """Return the settings of the repository that the environment names, as ``connect`` does.

    Raises:
        UsageError: the repository or the token is missing.
    """
    repository, token = _repository_and_token(environ)
    from mentorship_action.forge.github import DEFAULT_API, GitHubSettings  # noqa: PLC0415

    return GitHubSettings(
        repository=repository, token=token, api=environ.get("GITHUB_API_URL") or DEFAULT_API
    )


def _repository_and_token(environ: Mapping[str, str]) -> tuple[str, str]:
    repository, token = environ.get("GITHUB_REPOSITORY", ""), environ.get("GITHUB_TOKEN", "")
    if repository.count("/") != 1 or not all(repository.split("/")):
        raise UsageError(
            "No repository is named.",
            where="GITHUB_REPOSITORY",
            fix="Set it to owner/name, or use --repo owner/name.",
        )
    if not token:
        raise UsageError(
            "There is no token.",
            where="GITHUB_TOKEN",
            fix="Set it in the environment; in a workflow it is ${{ github.token }}.",
        )
    return repository, token
