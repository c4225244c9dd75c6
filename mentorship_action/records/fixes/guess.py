"""What somebody meant by a value that doesn't fit, where only one thing can be meant.

A guess counts only when it fits the schema, so nothing here
has to look for private data, bounds, or days that no calendar has.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from mentorship_action.domain.program import Weekday
from mentorship_action.domain.text import MONTHS, UNSEEN, WEEKDAYS
from mentorship_action.records.places import Path
from mentorship_action.records.schema import Schema
from mentorship_action.records.zones import zone_names

# Line separators may stand for a space, or for nothing; the others stand for nothing at all.
_INVISIBLE: Final = f"(?![\u0085\u2028\u2029\r\n])[{UNSEEN}]"

_SMALL: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
)
_PER_WEEK: Final = r"h|hrs?|hours?)(?: ?(?:per|a|each|every|/) ?(?:w|wk|week)"
# A unit is no more than another way to say the key; another unit means another number.
_UNITS: Final = {
    "hours_per_week": f"(?:{_PER_WEEK})?",
    "weeks": "w|wks?|weeks?",
    "minutes": "m|mins?|minutes?",
    "meeting_minutes": "m|mins?|minutes?",
    "capacity": "mentees?|people|persons?|seats?|places?",
}
_AGREED: Final = frozenset({"true", "yes", "y", "on"})
_CLOCK: Final = r"([0-9]{1,2})(?:[:.h]([0-9]{2})(?::00)? ?h?|h)"
_HALF_DAY: Final = r"(0?[1-9]|1[0-2])(?:[:.]([0-9]{2}))? ?([ap])\.?m\.?"
_YEAR_FIRST: Final = (
    r"(20[0-9]{2})(?:([-/.\u2010-\u2014\u2212])([0-9]{1,2})\2([0-9]{1,2})|()([0-9]{2})([0-9]{2}))"
    # A time beside the day doesn't change it, unless it is that of another zone.
    r"(?:[T ](?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?|00:00(?::00(?:\.0+)?)?Z))?"
)
_DAY_MONTH: Final = r"([0-9]{1,2})(?:st|nd|rd|th)?[. -]*(?:of )?([a-z]+)[., -]+(20[0-9]{2})"
_MONTH_DAY: Final = r"([a-z]+)[. -]+([0-9]{1,2})(?:st|nd|rd|th)?[, -]+(20[0-9]{2})"
_LOGIN: Final = r"(?i:@|(?:https?://)?(?:www\.)?github\.com/@?)?([A-Za-z0-9-]+)/?"
_DAYS: Final = {day.value: name.lower() for day, name in zip(Weekday, WEEKDAYS, strict=True)}
_SHORT_DAYS: Final = {"tues": "tue", "weds": "wed", "thur": "thu", "thurs": "thu"}


def guess(schema: Schema, path: Path, value: Any, written: str) -> Any:
    """Return the value that was meant at ``path``, None where nobody can know.

    ``written`` is how the value stands in the file, when it stands on one line.
    """
    kind = schema.kind(path)
    text = _as_text(value, kind, written)
    if text is None:
        return None
    if kind == "array":
        found: Any = _list(schema, path, text)
    elif kind == "integer":
        found = _whole_number(text.strip().lower(), str(path[-1]))
    elif kind in _CONVERTERS:
        found = _CONVERTERS[kind](text)
    else:
        found = None
    if found is None or found == value or not schema.fits(path, found):
        return None
    return found


def _as_text(value: Any, kind: str, written: str) -> str | None:
    """Return what somebody wrote, also where YAML takes it for something else than text."""
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # `Learn CI: pipelines` is a key with a value to YAML, and text to everybody else.
    is_colon = kind == "line" and isinstance(value, dict)
    if (is_number and kind in _CONVERTERS) or is_colon:
        return written or None
    return None


def _list(schema: Schema, path: Path, text: str) -> list[Any] | None:
    """Return a list of what stands alone, or of words with commas between them."""
    entry = (*path, 0)
    kind = schema.kind(entry)
    if kind in ("slug", "day"):
        # No word has a comma in it, no day has a blank.
        words = re.split(r"[,;]" if kind == "slug" else r"[\s,;&+/]+(?:and\s+)?", text.strip())
    elif re.search(r"[,;\n]", text):
        return None  # one sentence or several entries, who knows
    else:
        words = [text]
    found = [_entry(schema, entry, word.strip()) for word in words]
    return None if None in found else found


def _entry(schema: Schema, path: Path, word: str) -> Any:
    return word if schema.fits(path, word) else guess(schema, path, word, "")


def _whole_number(text: str, key: str) -> int | None:
    unit = _UNITS.get(key, "")
    match = re.fullmatch(rf"([0-9]{{1,4}}|{'|'.join(_SMALL)})(?: ?(?:{unit})\.?)?", text)
    if match is None:
        return None
    number = match[1]
    return int(number) if number.isdecimal() else _SMALL.index(number) + 1


def _agreed(text: str) -> bool | None:
    return True if text.strip().lower() in _AGREED else None


def _time(text: str) -> str | None:
    clock = text.strip().lower()
    if match := re.fullmatch(_HALF_DAY, clock):
        hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
        return f"{hour:02}:{match[2] or '00'}"
    if match := re.fullmatch(_CLOCK, clock):
        return f"{int(match[1]):02}:{match[2] or '00'}"
    return None


def _end_time(text: str) -> str | None:
    found = _time(text)
    # `12am` at the end of hours may be the next day's midnight.
    return None if found == "00:00" else found


def _date(text: str) -> str | None:
    day = text.strip()
    if match := re.fullmatch(_YEAR_FIRST, day):
        year, *_ = match.groups()
        return f"{year}-{int(match[3] or match[6]):02}-{int(match[4] or match[7]):02}"
    day = day.lower()
    if match := re.fullmatch(_DAY_MONTH, day):
        return _with_month(match[3], match[2], match[1])
    if match := re.fullmatch(_MONTH_DAY, day):
        return _with_month(match[3], match[1], match[2])
    return None


def _with_month(year: str, name: str, day: str) -> str | None:
    for number, month in enumerate(map(str.lower, MONTHS), 1):
        if name in (month, month[:3]) or (name, month) == ("sept", "september"):
            return f"{year}-{number:02}-{int(day):02}"
    return None


def likely_login(text: str) -> str:
    """Return the login in a text such as ``@ada`` or the address of a profile; else the text."""
    match = re.fullmatch(_LOGIN, text.strip())
    return match[1] if match else text


def likely_slug(text: str) -> str:
    """Return a text as a slug would be written, such as ``code-review``."""
    return re.sub("[ _]+", "-", text.strip().lower())


def _link(text: str) -> str:
    return re.sub("^https?://", "https://", text.strip(), flags=re.IGNORECASE)


def _day(text: str) -> str | None:
    word = text.strip().lower().removesuffix(".")
    for short, long in _DAYS.items():
        if word in (short, long, f"{long}s"):
            return short
    return _SHORT_DAYS.get(word)


def _zone(text: str) -> str | None:
    wanted = re.sub(r"\s*/\s*", "/", text.strip()).replace(" ", "_").lower()
    return next((zone for zone in sorted(zone_names()) if zone.lower() == wanted), None)


def _line(text: str) -> str:
    return re.sub(_INVISIBLE, "", re.sub(" ?\t+ ?", " ", text)).strip()


_CONVERTERS: Final[Mapping[str, Callable[[str], Any]]] = {
    "agreed": _agreed,
    "date": _date,
    "day": _day,
    "end_time": _end_time,
    "line": _line,
    "link": _link,
    "login": likely_login,
    "slug": likely_slug,
    "time": _time,
    "zone": _zone,
}
