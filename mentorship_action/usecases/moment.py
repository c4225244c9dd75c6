"""The time to act at: the one that a user gives, or the clock's."""

from datetime import UTC, date, datetime
from typing import Final

from mentorship_action.errors import UsageError

# The years that dates in files may have; beyond them the calendar's arithmetic ends.
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2099

_YEARS: Final = f"with a year from {_FIRST_YEAR} to {_LAST_YEAR}."
_FIX_MOMENT: Final = f"Write date, time and offset, such as 2026-12-07T09:00:00+01:00, {_YEARS}"
_FIX_DAY: Final = f"Write year, month and day, such as 2026-11-09, {_YEARS}"


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
        raise UsageError("This is not a timestamp.", where=where, fix=_FIX_MOMENT) from error
    if moment.tzinfo is None:
        raise UsageError("The timestamp has no offset.", where=where, fix=_FIX_MOMENT)
    _check_year(moment, where=where, fix=_FIX_MOMENT)
    return moment.astimezone(UTC)


def parse_day(text: str, *, where: str) -> date:
    """Return the day that ``text`` names; ``where`` names the option that it comes from.

    Raises:
        UsageError: it is not a date, or its year is out of range.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("This is not a date.", where=where, fix=_FIX_DAY) from error
    _check_year(day, where=where, fix=_FIX_DAY)
    return day


def _check_year(day: date, *, where: str, fix: str) -> None:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UsageError("The year is out of range.", where=where, fix=fix)
