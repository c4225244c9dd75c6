"""The rules that no schema can state, each a function that yields what breaks it.

They read data in which everything that breaks the schema is already left out, so that a file
with both sorts of fault hears of all of them at once.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple

from mentorship_action.records.codes import Code
from mentorship_action.records.quoting import quote
from mentorship_action.records.terms import DEFAULT_WEEKS, LEAST, Terms
from mentorship_action.records.yaml import UNKNOWN, Path
from mentorship_action.records.zones import suggest_zone, zone_names

Data = Mapping[str, Any]

_OVER: Final = frozenset({"completed", "withdrawn"})
_DAY: Final = 24 * 60
_WEEK: Final = 7 * _DAY
_OFFSETS: Final = {
    day: place * _DAY for place, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}


class Problem(NamedTuple):
    """One broken rule and the value that breaks it; ``meant`` is YAML to put there instead."""

    code: Code
    path: Path
    message: str
    hint: str
    is_hint: bool = False
    meant: str = ""


def record_problems(file: str, data: Data, terms: Terms | None) -> Iterator[Problem]:
    """Yield what breaks a rule in one mentee's data."""
    yield from _name_matches(file, data)
    yield from _zone_exists(data, ())
    yield from _windows_in_order(data, "availability", ())
    yield from _spans_in_order(data, "away", ())
    if terms is not None:
        yield from _mentor_exists(data, terms)
        if data.get("status") not in _OVER:
            yield from _enough(data, terms)
            yield from _meeting_fits(data, terms)


def program_problems(data: Data) -> Iterator[Problem]:
    """Yield what breaks a rule in a program's data."""
    about = data.get("program", {})
    yield from _zone_exists(about, ("program",))
    yield from _weeks_reach_minimum(about)
    yield from _unique_logins(data, "coordinators", "duplicate-coordinator", lambda one: one)
    yield from _unique_logins(data, "mentors", "duplicate-mentor", _github_of)
    for index, mentor in enumerate(data.get("mentors", ())):
        if mentor is UNKNOWN:
            continue
        path = ("mentors", index)
        yield from _zone_exists(mentor, path)
        yield from _windows_in_order(mentor, "hours", path)
        yield from _spans_in_order(mentor, "away", path)
    yield from _spans_in_order(data, "breaks", ())


def _name_matches(file: str, data: Data) -> Iterator[Problem]:
    login = data.get("github")
    stem = PurePosixPath(file).name.removesuffix(".yml")
    if login is not None and login.lower() != stem.lower():
        yield Problem(
            "name-mismatch",
            ("github",),
            f"`github` is {quote(login)}, but the file is called {quote(stem + '.yml')}.",
            f"Rename the file to {quote(login.lower() + '.yml')}, or mend the login.",
        )


def _mentor_exists(data: Data, terms: Terms) -> Iterator[Problem]:
    mentor, login = data.get("mentor"), data.get("github")
    if mentor is None:
        return
    if login is not None and mentor.lower() == login.lower():
        yield Problem(
            "own-mentor",
            ("mentor",),
            "`mentor` and `github` name the same person.",
            "Name the mentor whom you have asked.",
        )
    elif mentor.lower() not in terms.mentors:
        from mentorship_action.records.suggest import ask_for, listed, nearest  # noqa: PLC0415

        handles = [one.handle for one in terms.mentors.values()]
        over = data.get("status") in _OVER
        near = nearest(mentor, handles)
        yield Problem(
            "unknown-mentor",
            ("mentor",),
            f"{quote(mentor)} is not a mentor of this program.",
            f"{ask_for(near)} The mentors are {listed(handles)}.".strip()
            if handles
            else "It has none yet.",
            # Mentors leave; what is over stays as it was.
            is_hint=over,
            meant=_written(near),
        )


def _enough(data: Data, terms: Terms) -> Iterator[Problem]:
    hours, weeks = data.get("hours_per_week"), data.get("weeks")
    if hours is not None and hours < terms.least_hours:
        yield Problem(
            "too-few-hours",
            ("hours_per_week",),
            f"`hours_per_week` is {quote(hours)}; the program asks for at least "
            f"{terms.least_hours}.",
            "Check how much time you have before you begin, and come back when it is enough.",
        )
    if weeks is not None and weeks < terms.least_weeks:
        yield Problem(
            "too-few-weeks",
            ("weeks",),
            f"`weeks` is {quote(weeks)}; the program asks for at least {terms.least_weeks}.",
            f"Leave the key out for the usual {terms.weeks} weeks.",
        )


def _zone_exists(data: Data, where: Path) -> Iterator[Problem]:
    zone = data.get("timezone")
    if zone is not None and zone not in zone_names():
        near = suggest_zone(zone)
        yield Problem(
            "unknown-zone",
            (*where, "timezone"),
            f"{quote(zone)} is not an IANA time zone.",
            f"Did you mean {quote(near)}?"
            if near
            else "Write a region and a city, for example: `timezone: Europe/Madrid`.",
            meant=_written(near),
        )


def _windows_in_order(data: Data, key: str, where: Path) -> Iterator[Problem]:
    for index, window in enumerate(data.get(key, ())):
        if window is not UNKNOWN and minutes_of(window["from"]) >= minutes_of(window["to"]):
            yield Problem(
                "window-out-of-order",
                (*where, key, index, "to"),
                f"These hours end at {quote(window['to'])}, not after they begin "
                f"({quote(window['from'])}).",
                'Hours past midnight take two entries: one to "24:00", one from "00:00".',
            )


def _spans_in_order(data: Data, key: str, where: Path) -> Iterator[Problem]:
    for index, span in enumerate(data.get(key, ())):
        if span is not UNKNOWN and span["from"] > span["to"]:
            yield Problem(
                "dates-out-of-order",
                (*where, key, index, "to"),
                f"These days end on {quote(span['to'])}, before they begin "
                f"({quote(span['from'])}).",
                "Swap the two dates, or mend the year.",
            )


def _meeting_fits(data: Data, terms: Terms) -> Iterator[Problem]:
    meeting, windows = data.get("meeting"), data.get("availability")
    if not meeting or not windows or UNKNOWN in windows:
        return
    minutes = meeting.get("minutes", terms.meeting_minutes)
    begins = _OFFSETS[meeting["day"]] + minutes_of(meeting["time"])
    if not _covers(windows, begins, begins + int(minutes)):
        yield Problem(
            "meeting-outside-availability",
            ("meeting",),
            f"The meeting ({meeting['day']} {meeting['time']}, {int(minutes)} minutes) lies "
            "outside the hours under `availability`.",
            "Move the meeting, or add its hours to `availability`.",
        )


def _covers(windows: list[Data], begins: int, ends: int) -> bool:
    """Whether the minutes of a week from ``begins`` to ``ends`` lie in the windows.

    Windows that touch count as one, at midnight and from Sunday to Monday, too.
    """
    open_hours = sorted(
        (_OFFSETS[day] + minutes_of(window["from"]), _OFFSETS[day] + minutes_of(window["to"]))
        for window in windows
        for day in window["days"]
    )
    reached = begins
    for lap in (0, _WEEK):
        for opens, closes in open_hours:
            if opens + lap <= reached < closes + lap:
                reached = closes + lap
    return reached >= ends


def _weeks_reach_minimum(about: Data) -> Iterator[Problem]:
    least = about.get("minimum", {}).get("weeks", LEAST)
    weeks = about.get("weeks", DEFAULT_WEEKS)
    if weeks < least:
        path: Path = ("program", "weeks") if "weeks" in about else ("program", "minimum", "weeks")
        yield Problem(
            "program-weeks-too-few",
            path,
            f"A mentorship lasts {quote(weeks)} weeks by default, fewer than the minimum of "
            f"{quote(least)}.",
            "Raise `program.weeks`, or lower `program.minimum.weeks`.",
        )


def _unique_logins(
    data: Data, key: str, code: Code, login_of: Callable[[Any], str | None]
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(data.get(key, ())):
        login = None if entry is UNKNOWN else login_of(entry)
        if login is None:
            continue
        if login.lower() in seen:
            inner = () if entry is login else ("github",)
            yield Problem(
                code,
                (key, index, *inner),
                f"{quote(login)} is listed under `{key}` twice.",
                "Keep one of the two entries.",
            )
        seen.add(login.lower())


def _written(word: str) -> str:
    """Return a word as YAML, nothing for nothing."""
    from mentorship_action.records.writing import as_yaml  # noqa: PLC0415 - few files have a fault

    return word and as_yaml(word)


def minutes_of(clock: str) -> int:
    """Return the minutes after midnight that ``17:30`` stands for."""
    return int(clock[:2]) * 60 + int(clock[3:])


def _github_of(mentor: Data) -> str | None:
    return mentor.get("github")
