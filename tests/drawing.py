"""How many examples hypothesis draws: few in `make test`, many in `make soak`."""

import os
from typing import Final

from hypothesis import settings

FACTOR: Final = int(os.environ.get("SOAK", "1"))


def draws(number: int) -> settings:
    """Return the settings of a test that draws so many examples, in a soak many times as many."""
    return settings(max_examples=number * FACTOR)
