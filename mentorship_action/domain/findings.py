"""A finding: one problem in one file, with the place and the way to fix it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: only an error fails a check."""

    ERROR = "error"
    NOTICE = "notice"
    HINT = "hint"


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """What fixes a finding: ``text`` in place of the lines ``first`` to ``last`` of the file.

    Lines count from 1; ``text`` has one line or more, and no line break at its end. When ``last``
    is ``first - 1`` no line is replaced: the text is added before the line ``first``, which is
    one behind the end when it goes to the end of the file. ``is_example`` says that the text is
    to be filled in, so nobody may put it into the file unseen.
    """

    first: int
    last: int
    text: str
    is_example: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One problem, told so that a newcomer can fix it.

    ``line`` and ``column`` count from 1. ``path`` is the place inside the file's
    data, such as ``meeting.day`` or ``goals[2]``; it is empty for the whole file.
    ``message`` and ``hint`` are one line each, already free of control characters.
    ``correction`` has the corrected line or lines, where they are known.
    """

    code: str
    severity: Severity = Severity.ERROR
    file: str
    line: int = 1
    column: int = 1
    path: str = ""
    message: str
    hint: str = ""
    correction: Correction | None = None

    @property
    def fix(self) -> str:
        """The corrected line or lines, ready to paste; empty where they aren't known."""
        return "" if self.correction is None else self.correction.text

    @property
    def place(self) -> str:
        """The file, the line and the column, as editors and terminals link them."""
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Files in order, then top to bottom."""
        return (self.file, self.line, self.column, self.code, self.message)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return only the findings that fail a check."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
