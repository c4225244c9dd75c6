"""The time to act at: the one that a user gives, or the clock's."""

from datetime import UTC, datetime
from typing import Final

from mentorship_action.errors import UsageError

# The years that dates in files may have; beyond them the calendar's arithmetic ends.
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099

_FIX: Final = (
    "Write date, time and offset, such as 2026-12-07T09:00:00+01:00, "
    f"with a year from {FIRST_YEAR} to {LAST_YEAR}."
)


def parse_now(text: str | None, *, where: str) -> datetime:
    """Return the moment that ``text`` names, in UTC; the clock's for None or an empty text.

    ``where`` names the option or input that it comes from.

    Raises:
        UsageError: it is not a timestamp, has no offset, or its year is out of range.
    """
    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError("This is not a timestamp.", where=where, fix=_FIX) from error
    if moment.tzinfo is None:
        raise UsageError("The timestamp has no offset.", where=where, fix=_FIX)
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise UsageError("The year is out of range.", where=where, fix=_FIX)
    return moment.astimezone(UTC)
