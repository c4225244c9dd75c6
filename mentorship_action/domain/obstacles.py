"""What keeps a program from working: settings and files that a person has to look at."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much an obstacle weighs: with an error the program doesn't do its work."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Obstacle:
    """One thing that stands in the way.

    ``code`` is stable; ``what`` and ``why`` are one sentence each; ``fix`` has the exact command,
    line or link.
    """

    code: str
    weight: Weight
    what: str
    why: str
    fix: str


def error(code: str, what: str, why: str, fix: str) -> Obstacle:
    """Return an obstacle that keeps the program from doing its work."""
    return Obstacle(code=code, weight=Weight.ERROR, what=what, why=why, fix=fix)


def warning(code: str, what: str, why: str, fix: str) -> Obstacle:
    """Return an obstacle that the program can live with."""
    return Obstacle(code=code, weight=Weight.WARNING, what=what, why=why, fix=fix)
