"""What stands behind a command, as typed values; or what is wrong with it, by a name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from mentorship_action.domain.commands import GivenCommand
from mentorship_action.domain.identity import is_login
from mentorship_action.domain.program import MOST_SEATS, Weekday

MOST_EXTENDED: Final = 52
"""So many weeks can be added at once."""
_LONGEST_AWAY: Final = timedelta(days=366)
_MOST_BOXES: Final = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class NoArguments:
    """Nothing, or free text that means nothing to us."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Weeks:
    """A number of weeks."""

    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatNumber:
    """How many mentees a mentor takes at a time."""

    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingTime:
    """A day and time of each week; ``zone`` as it was written, "" for the mentee's."""

    day: Weekday
    time: time
    zone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Boxes:
    """Numbers of boxes, from 1, each once."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A login in lower case, "" where none was named."""

    login: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """Why arguments can't be followed: days, order, long, extend, every, meeting, boxes, seats."""

    reason: str


Arguments = NoArguments | Days | Weeks | SeatNumber | MeetingTime | Boxes | Person | Wrong

_NAMED_PERSON: Final = re.compile(r"(?:^|\s)(?:for\s+)?@([A-Za-z0-9-]{1,39})[.,;:!]*\s*$")
_BETWEEN: Final = re.compile(
    r"\s+(?:to|until|till|and)\s+|\s*(?:\.{2,3}|[\u2013\u2014,;])\s*|\s+-\s+", re.IGNORECASE
)
_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST: Final = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)?\s+([a-z]{3,9})\.?(?:\s+([0-9]{4}))?"
)
_MONTH_FIRST: Final = re.compile(
    r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?(?:\s+([0-9]{4}))?"
)
_ANY_DAY: Final = re.compile(
    "|".join(f"(?:{one.pattern})" for one in (_ISO, _DAY_FIRST, _MONTH_FIRST)) + "|today|tomorrow"
)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_DAY_NAMES: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_TIME: Final = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s*(am|pm|h)?", re.IGNORECASE)


def split_person(given: GivenCommand) -> tuple[GivenCommand, str]:
    """Return a command without the ``@login`` at its end, and that login in lower case or ""."""
    found = _NAMED_PERSON.search(given.arguments)
    if found is None or not is_login(found[1].lower()):
        return given, ""
    rest = given.arguments[: found.start()].strip()
    return GivenCommand(word=given.word, arguments=rest), found[1].lower()


def read_arguments(given: GivenCommand, said_on: date) -> Arguments:
    """Return what stands behind a command that was said on a day, or why it can't be followed."""
    read = _READERS.get(given.word)
    return read(given.arguments, said_on) if read else NoArguments()


def _days(text: str, said_on: date) -> Days | Wrong:
    """Return two days, in that order; one day stands for itself."""
    words = " ".join(_BETWEEN.sub(" ", text.lower()).split())
    found: list[date] = []
    while words and len(found) < 2:
        match = _ANY_DAY.match(words)
        day = _day(match[0], found[-1] if found else said_on) if match else None
        if match is None or day is None:
            return Wrong(reason="days")
        found.append(day)
        words = words[match.end() :].lstrip()
    if not found or words.strip(".!"):
        return Wrong(reason="days")
    first, last = found[0], found[-1]
    if last < first:
        return Wrong(reason="order")
    return Days(first=first, last=last) if last - first < _LONGEST_AWAY else Wrong(reason="long")


def _day(text: str, not_before: date) -> date | None:
    """Return the day that a text names; without a year, the first one from a day on."""
    if text in ("today", "tomorrow"):
        return not_before + timedelta(days=text == "tomorrow")
    if iso := _ISO.fullmatch(text):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if found := _DAY_FIRST.fullmatch(text):
        number, name, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        name, number, year = found.groups()
    else:
        return None
    month = next((at for at, one in enumerate(_MONTHS, 1) if one.startswith(name)), 0)
    if year:
        return _date(int(year), month, int(number))
    years = (not_before.year, not_before.year + 1)
    days = (_date(one, month, int(number)) for one in years)
    return next((day for day in days if day and day >= not_before), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weeks(most: int, reason: str) -> Callable[[str, date], Weeks | Wrong]:
    def read(text: str, _: date) -> Weeks | Wrong:
        found = re.fullmatch(r"\+?([0-9]{1,3})(?:\s*(?:weeks?|w))?[.!]*", text, re.IGNORECASE)
        count = int(found[1]) if found else 0
        return Weeks(count=count) if 1 <= count <= most else Wrong(reason=reason)

    return read


def _seat_number(text: str, _: date) -> SeatNumber | Wrong:
    found = re.fullmatch(r"([0-9]{1,3})(?:\s*(?:seats?|mentees?))?[.!]*", text, re.IGNORECASE)
    if found is None or int(found[1]) > MOST_SEATS:
        return Wrong(reason="seats")
    return SeatNumber(count=int(found[1]))


def _meeting_time(text: str, _said_on: date) -> MeetingTime | Wrong:
    name, _, rest = text.strip().partition(" ")
    day = _weekday(name.strip(",").lower())
    match = _TIME.match(rest.strip().removeprefix("at "))
    if day is None or match is None:
        return Wrong(reason="meeting")
    at = _clock(int(match[1]), int(match[2] or 0), (match[3] or "").lower())
    zone = rest.strip().removeprefix("at ")[match.end() :].strip(" ().,")
    # A plain number is an hour only where it says so: 18h, 6pm.
    if at is None or not (match[2] or match[3]) or len(zone.split()) > 1:
        return Wrong(reason="meeting")
    return MeetingTime(day=day, time=at, zone=zone)


def _weekday(name: str) -> Weekday | None:
    name = name.removesuffix(".").removesuffix("s") if len(name) > 6 else name.removesuffix(".")
    if len(name) < 2:
        return None
    found = (day for day, full in zip(Weekday, _DAY_NAMES, strict=True) if full.startswith(name))
    return next(found, None)


def _clock(hour: int, minute: int, half: str) -> time | None:
    if half in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _boxes(text: str, _: date) -> Boxes | Wrong:
    numbers = [one.lstrip("#") for one in re.split(r"[\s,;]+|\band\b", text) if one]
    if not numbers or len(numbers) > _MOST_BOXES or not all(map(_is_small_number, numbers)):
        return Wrong(reason="boxes")
    return Boxes(numbers=tuple(dict.fromkeys(map(int, numbers))))


def _is_small_number(text: str) -> bool:
    return re.fullmatch("[0-9]{1,3}", text) is not None


def _person(text: str, _: date) -> Person:
    named = text.lower().removeprefix("@").split()[:1]
    return Person(login=named[0].rstrip(".,;:!") if named else "")


_READERS: Final[Mapping[str, Callable[[str, date], Arguments]]] = {
    "away": _days,
    "extend": _weeks(MOST_EXTENDED, "extend"),
    "every": _weeks(8, "every"),
    "reschedule": _meeting_time,
    "done": _boxes,
    "handover": _person,
    "seats": _seat_number,
}
