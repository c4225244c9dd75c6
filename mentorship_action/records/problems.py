"""A problem as a check finds it, before it has its place in the file."""

from enum import Enum, auto
from typing import NamedTuple

from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.records.codes import Code
from mentorship_action.records.places import Path, Places, Spot, shown_path


class Target(Enum):
    """What a guess is to be put in the place of."""

    VALUE = auto()
    KEY = auto()
    LINE = auto()
    ENTRY = auto()
    """Nothing: a key with its value is missing, and the guess is an example of it."""


class Problem(NamedTuple):
    """What is wrong, and ``where``: at the end of a path, or at a spot that no path leads to.

    ``guess`` is YAML that was probably meant, and ``target`` what it stands for. No guess is
    offered to anybody before it was tried.
    """

    code: Code
    where: Path | Spot
    message: str
    hint: str
    guess: str = ""
    target: Target = Target.VALUE
    severity: Severity = Severity.ERROR

    @property
    def path(self) -> Path:
        """The path to the value; the whole file for what is told by its spot."""
        return () if isinstance(self.where, Spot) else self.where

    def spot(self, places: Places) -> Spot:
        """Return where in the file it is told."""
        if isinstance(self.where, Spot):
            return self.where
        if self.target is Target.KEY:
            return places.key_spot(self.where)
        return places.spot(self.where)

    def finding(self, file: str, places: Places) -> Finding:
        """Return the finding that tells of it."""
        spot = self.spot(places)
        # A private key is not said again.
        is_private_key = self.code == "private-data" and self.target is Target.KEY
        return Finding(
            code=self.code,
            severity=self.severity,
            file=file,
            line=spot.line,
            column=spot.column,
            path=shown_path(self.path[:-1] if is_private_key else self.path),
            message=self.message,
            hint=self.hint,
        )
