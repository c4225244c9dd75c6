"""The errors we expect: each says what, where and how to fix it, and has its exit code."""

from enum import IntEnum


class Exit(IntEnum):
    """What a command's exit code means."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    SETTINGS = 3
    UNFINISHED = 4


class MentorshipError(Exception):
    """An error that a user can act on.

    ``what`` is one sentence, ``where`` a file or a setting (may be empty), ``fix`` what to do.
    """

    exit_code: Exit = Exit.UNFINISHED

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        fix = f" {self.fix}" if self.fix else ""
        return f"{place}{self.what}{fix}"


class UsageError(MentorshipError):
    """The command was called in a way that can't work."""

    exit_code = Exit.USAGE


class SettingsError(MentorshipError):
    """The program's configuration or the repository's settings are wrong."""

    exit_code = Exit.SETTINGS
