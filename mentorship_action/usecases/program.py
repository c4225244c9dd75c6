"""The program of a repository, or its first error."""

from mentorship_action.domain.findings import errors
from mentorship_action.domain.program import Program
from mentorship_action.errors import SettingsError
from mentorship_action.records.load import Loaded


def valid_program(loaded: Loaded) -> Program:
    """Return the program.

    Raises:
        SettingsError: its file has errors; the message is the first of them.
    """
    if loaded.program is not None:
        return loaded.program
    first, *others = errors(loaded.findings)
    more = f" ({len(others)} more: run `mentorship validate`.)" if others else ""
    raise SettingsError(
        first.message,
        where=f"{first.file}:{first.line}:{first.column}",
        fix=f"{first.hint}{more}",
    )
