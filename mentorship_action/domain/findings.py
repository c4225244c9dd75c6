"""A finding: one problem in one file, with the place and the way to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: only an error fails a check."""

    ERROR = "error"
    HINT = "hint"


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One problem, told so that a newcomer can mend it.

    ``line`` and ``column`` count from 1. ``path`` is the place inside the file's
    data, such as ``meeting.day`` or ``goals[2]``; it is empty for the whole file.
    ``message`` and ``hint`` are one line each, already free of control characters. ``fix`` has
    the corrected line or lines, ready to paste, where they are known for certain.
    """

    code: str
    severity: Severity = Severity.ERROR
    file: str
    line: int = 1
    column: int = 1
    path: str = ""
    message: str
    hint: str = ""
    fix: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Files in order, then top to bottom."""
        return (self.file, self.line, self.column, self.code, self.message)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return only the findings that fail a check."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
