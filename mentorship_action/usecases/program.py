"""The program of a repository, or its first error."""

from collections.abc import Iterable

from mentorship_action.domain.findings import Finding, errors
from mentorship_action.domain.program import Program
from mentorship_action.errors import SettingsError
from mentorship_action.records.load import Loaded


def valid_program(loaded: Loaded) -> Program:
    """Return the program of loaded files.

    Raises:
        SettingsError: its file has errors; the message is the first of them.
    """
    return program_or_error(loaded.program, loaded.findings)


def program_or_error(program: Program | None, findings: Iterable[Finding]) -> Program:
    """Return the program.

    Raises:
        SettingsError: there is none; the message is the first of the findings' errors.
    """
    if program is not None:
        return program
    first, *others = errors(findings)
    more = f" ({len(others)} more: run `mentorship validate`.)" if others else ""
    raise SettingsError(
        first.message,
        where=first.place,
        fix=f"{first.hint}{more}",
    )
