"""GitHub through PyGithub: the only package that imports it.

What it knows of GitHub's behaviour rests on the documentation: https://docs.github.com/en/rest
"""

from mentorship_action.forge.github.client import DEFAULT_API
from mentorship_action.forge.github.forge import GitHubForge
from mentorship_action.forge.github.settings import GitHubSettings

__all__ = ["DEFAULT_API", "GitHubForge", "GitHubSettings"]
