"""The process's environment: read here and nowhere else. Few imports, for every command's start."""

import os
from collections.abc import Mapping
from types import MappingProxyType


def environment() -> Mapping[str, str]:
    """Return the environment as it is now, not to be changed."""
    return MappingProxyType(dict(os.environ))
