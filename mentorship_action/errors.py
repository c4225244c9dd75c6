"""The errors we expect: each says what, where and how to fix it, and has its exit code."""

from enum import IntEnum

_REPORT = "https://github.com/distronode/mentorship-action/issues"


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


def expected(error: BaseException, *, details: str) -> MentorshipError:
    """Return any error as one that a user can act on.

    ``details`` says how to get what a report of an error of ours needs.
    """
    if isinstance(error, MentorshipError):
        return error
    if isinstance(error, KeyboardInterrupt):
        return MentorshipError("Stopped before the end.", fix="Run it again to go on.")
    if isinstance(error, OSError) and error.strerror:
        return MentorshipError(
            f"The system says: {error.strerror}.",
            where=str(error.filename or ""),
            fix="Solve that and run it again.",
        )
    return MentorshipError(
        f"This is an error in mentorship-action itself ({type(error).__name__}), "
        "not in any of your files.",
        fix=f"{details} at {_REPORT}.",
    )
