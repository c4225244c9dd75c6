"""Dates and times as people read them, the same in every locale."""

from datetime import date, datetime, time

from mentorship_action.domain.program import Weekday
from mentorship_action.domain.text import MONTHS, WEEKDAYS
from mentorship_action.wording.markdown import Safe


def day(value: date) -> Safe:
    """Return a date such as Monday 7 December 2026."""
    return Safe(f"{WEEKDAYS[value.weekday()]} {value.day} {MONTHS[value.month - 1]} {value.year}")


def short_day(value: date) -> Safe:
    """Return a date such as 7 Dec."""
    return Safe(f"{value.day} {MONTHS[value.month - 1][:3]}")


def weekday(value: Weekday | date) -> Safe:
    """Return the name of a day of the week."""
    offset = value.offset if isinstance(value, Weekday) else value.weekday()
    return Safe(WEEKDAYS[offset])


def clock(value: time | datetime) -> Safe:
    """Return a time of day such as 17:00."""
    return Safe(f"{value:%H:%M}")
