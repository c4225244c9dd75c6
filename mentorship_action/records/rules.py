"""The rules that no schema can state, each a function that yields what breaks it.

They read data in which everything that breaks the schema is already left out, so that a file
with both sorts of errors hears of all of them at once.
"""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import PurePosixPath
from typing import Any, Final

from mentorship_action.domain.calendar import last_day
from mentorship_action.domain.findings import Severity
from mentorship_action.domain.mentee_files import term_folder
from mentorship_action.domain.program import Minimum, Program, Weekday
from mentorship_action.domain.record import Record
from mentorship_action.domain.text import quote
from mentorship_action.records.build import Data, minutes_of
from mentorship_action.records.codes import Code
from mentorship_action.records.fixes.nearest import nearest, nearest_zone
from mentorship_action.records.phrases import ask_for, listed_words
from mentorship_action.records.places import Path
from mentorship_action.records.problems import Problem
from mentorship_action.records.write import as_yaml
from mentorship_action.records.yaml import UNKNOWN
from mentorship_action.records.zones import zone_names

_OVER: Final = frozenset({"completed", "withdrawn"})
_DAY: Final = 24 * 60
_WEEK: Final = 7 * _DAY
_OFFSETS: Final = {day.value: day.offset * _DAY for day in Weekday}


def record_problems(file: str, data: Data, program: Program | None) -> Iterator[Problem]:
    """Yield what breaks a rule in one mentee's data."""
    term = term_folder(file)
    yield from _name_matches(file, data)
    yield from _set_by_term(term, data)
    yield from _one_lead(data)
    yield from _unique(data, "mentors", "duplicate-mentor", "github", lambda one: one.get("github"))
    yield from _zone_exists(data, ())
    yield from _windows_in_order(data, "availability", ())
    yield from _spans_in_order(data, "away", ())
    if program is not None:
        yield from _term_exists(term, program)
        yield from _team_fits(term, data, program)
        yield from _mentors_exist(data, program)
        if data.get("status") not in _OVER:
            yield from _enough({**data, "weeks": None} if term else data, program)
            yield from _meeting_fits(data, program)


def program_problems(data: Data) -> Iterator[Problem]:
    """Yield what breaks a rule in a program's data."""
    about = data.get("program", {})
    yield from _zone_exists(about, ("program",))
    yield from _weeks_reach_minimum(about)
    yield from _unique(data, "coordinators", "duplicate-coordinator", "github", lambda one: one)
    yield from _unique(data, "mentors", "duplicate-mentor", "github", lambda one: one.get("github"))
    for index, mentor in enumerate(data.get("mentors", ())):
        if mentor is UNKNOWN:
            continue
        path = ("mentors", index)
        yield from _zone_exists(mentor, path)
        yield from _windows_in_order(mentor, "hours", path)
        yield from _spans_in_order(mentor, "away", path)
    yield from _spans_in_order(data, "breaks", ())
    yield from _unique(data, "terms", "duplicate-term", "id", lambda one: one.get("id"))
    yield from _checkpoints_differ(data, ())
    for index, term in enumerate(data.get("terms", ())):
        if term is not UNKNOWN:
            yield from _term_in_order(term, ("terms", index))
    yield from _unique(data, "teams", "duplicate-team", "id", lambda one: one.get("id"))
    for index, team in enumerate(data.get("teams", ())):
        if team is not UNKNOWN:
            yield from _team_in_order(team, ("teams", index), data)


def application_problems(record: Record, program: Program, today: date) -> Iterator[Problem]:
    """Yield what is wrong with a valid record only because somebody applies with it now."""
    if record.term:
        return  # whether a term still takes applications is another question
    if not record.status.holds_seat or (last := last_day(record, program)) >= today:
        return
    years = range(today.year - 1, today.year + 2)
    starts = [start for year in years if (start := _in_year(record.start, year)) is not None]
    likely = min(starts, key=lambda start: abs(start - today), default=record.start)
    message = f"With this start the mentorship ended on {last.isoformat()}, before it began."
    if likely == record.start:
        yield Problem("already-over", ("start",), message, "Write the day on which you begin.")
        return
    hint = f"Did you mean `{likely.isoformat()}`?"
    yield Problem("already-over", ("start",), message, hint, likely.isoformat())


def _in_year(day: date, year: int) -> date | None:
    is_leap_day = (day.month, day.day) == (2, 29)
    return None if is_leap_day and year % 4 else day.replace(year=year)


def _name_matches(file: str, data: Data) -> Iterator[Problem]:
    login = data.get("github")
    stem = PurePosixPath(file).name.removesuffix(".yml")
    if login is not None and login.lower() != stem.lower():
        yield Problem(
            "name-mismatch",
            ("github",),
            f"`github` is {quote(login)}, but the file is called {quote(stem + '.yml')}.",
            f"Rename the file to {quote(login.lower() + '.yml')}, or correct the login.",
        )


def _set_by_term(term: str, data: Data) -> Iterator[Problem]:
    for key in ("start", "weeks"):
        if term and key in data:
            yield Problem(
                "set-by-term",
                (key,),
                f"`{key}` is the same for everybody in {quote(term)}, and comes from the program.",
                "Delete the line.",
            )


def _term_exists(term: str, program: Program) -> Iterator[Problem]:
    if not term or program.term(term):
        return
    known = listed_words(program.terms_by_id)
    hint = ask_for(nearest(term, program.terms_by_id))
    folders = f"The folders in `mentees` are {known}." if known else "It has no terms."
    yield Problem(
        "unknown-term",
        (),
        f"The folder {quote(term)} is not a term of this program.",
        f"{hint} {folders} Outside of terms a mentee file lies in `mentees` itself.".strip(),
    )


def _team_fits(term: str, data: Data, program: Program) -> Iterator[Problem]:
    """Yield what is wrong with the team that somebody joins, and what it decides instead."""
    name = data.get("team")
    if name is None:
        return
    for key in ("meeting", "check_ins"):
        if key in data:
            yield Problem(
                "set-by-team",
                (key,),
                f"`{key}` is the same for everybody in {quote(name)}, so this one does nothing.",
                "Delete the line.",
                severity=Severity.HINT,
            )
    team = program.team(name)
    if team is None:
        yield _unknown_team(name, term, program)
    elif team.term != term:
        folder = f"mentees/{team.term}" if team.term else "mentees"
        yield Problem(
            "team-of-another-term",
            ("team",),
            f"The team {quote(name)} is not one of this folder.",
            f"Its members' files lie in {quote(folder)}. Move the file, or choose another team.",
        )
    elif data.get("github", "").lower() in {one.login for one in team.mentors}:
        yield Problem(
            "own-mentor",
            ("team",),
            f"`github` is a mentor of the team {quote(name)}, and can't be its mentee as well.",
            "Choose another team.",
        )


def _unknown_team(name: str, term: str, program: Program) -> Problem:
    known = [one.id for one in program.teams if one.term == term]
    near = nearest(name, known)
    others = f"The teams are {listed_words(known)}." if known else "It has none here."
    return Problem(
        "unknown-team",
        ("team",),
        f"{quote(name)} is not a team of this program.",
        f"{ask_for(near)} {others}".strip(),
        near and as_yaml(near),
    )


def _checkpoints_differ(data: Data, where: Path) -> Iterator[Problem]:
    yield from _unique(
        data, "checkpoints", "duplicate-checkpoint", "name", lambda one: one["name"], where
    )


def _team_in_order(team: Data, path: Path, program: Data) -> Iterator[Problem]:
    """Yield what is wrong with a team of a program's data: its mentors, its term, its zone."""
    yield from _one_lead(team, path)
    yield from _unique(
        team, "mentors", "duplicate-mentor", "github", lambda one: one["github"], path
    )
    yield from _zone_exists(team.get("meeting", {}), (*path, "meeting"))
    terms = program.get("terms", ())
    if "term" in team and UNKNOWN not in terms:
        known = [one["id"] for one in terms]
        if team["term"] not in known:
            yield _unknown_term_of_team(team["term"], (*path, "term"), known)
    mentors = program.get("mentors")
    if mentors is None or UNKNOWN in mentors:
        return
    handles = {one["github"].lower(): one["github"] for one in mentors}
    for index, one in enumerate(team["mentors"]):
        if one["github"].lower() not in handles:
            where = (*path, "mentors", index, "github")
            yield _unknown_mentor(where, one["github"], handles.values())


def _unknown_term_of_team(name: str, path: Path, known: list[str]) -> Problem:
    near = nearest(name, known)
    others = f"The terms are {listed_words(known)}." if known else "It has none."
    return Problem(
        "unknown-term",
        path,
        f"{quote(name)} is not a term of this program.",
        f"{ask_for(near)} {others}".strip(),
        near and as_yaml(near),
    )


def _term_in_order(term: Data, path: Path) -> Iterator[Problem]:
    """Yield what is wrong with the dates of a term and of what happens in it."""
    days, start, weeks = (term[key] for key in ("applications", "start", "weeks"))
    if days["from"] > days["to"]:
        yield Problem(
            "dates-out-of-order",
            (*path, "applications", "to"),
            f"These days end on {quote(days['to'])}, before they begin ({quote(days['from'])}).",
            "Swap the two dates, or correct the year.",
        )
    elif days["from"] > start:
        yield Problem(
            "dates-out-of-order",
            (*path, "start"),
            f"The term starts on {quote(start)}, before anybody can apply ({quote(days['from'])}).",
            "Correct the start or the days of application.",
        )
    yield from _checkpoints_differ(term, path)
    for index, event in enumerate(term.get("events", ())):
        yield from _zone_exists(event, (*path, "events", index))
    for key in ("checkpoints", "events"):
        for index, one in enumerate(term.get(key, ())):
            week = one["week"]
            if not isinstance(week, str) and week > weeks:
                yield Problem(
                    "out-of-range",
                    (*path, key, index, "week"),
                    f"This is in week {quote(week)}, and the term has {quote(weeks)} weeks.",
                    "Choose an earlier week, or raise `weeks` of the term.",
                )


def _mentors_exist(data: Data, program: Program) -> Iterator[Problem]:
    over = data.get("status") in _OVER
    for path, mentor in _named_mentors(data):
        if (login := data.get("github")) is not None and mentor.lower() == login.lower():
            yield Problem(
                "own-mentor",
                path,
                f"`{path[0]}` and `github` name the same person.",
                "Name the mentor whom you have asked.",
            )
        elif mentor.lower() not in program.mentors_by_login:
            handles = [one.handle for one in program.mentors]
            yield _unknown_mentor(path, mentor, handles, over=over)


def _named_mentors(data: Data) -> Iterator[tuple[Path, str]]:
    """Yield the logins of all mentors named, each with the path to it."""
    if (mentor := data.get("mentor")) is not None:
        yield ("mentor",), mentor
    for index, one in enumerate(data.get("mentors", ())):
        if one is not UNKNOWN and one.get("github") is not None:
            yield ("mentors", index, "github"), one["github"]


def _unknown_mentor(
    path: Path, mentor: str, handles: Collection[str], *, over: bool = False
) -> Problem:
    near = nearest(mentor, handles)
    others = f"The mentors are {listed_words(handles)}." if handles else "It has none yet."
    return Problem(
        "unknown-mentor",
        path,
        f"{quote(mentor)} is not a mentor of this program.",
        f"{ask_for(near)} {others}".strip(),
        near and as_yaml(near),
        # Mentors leave; what is over stays as it was.
        severity=Severity.HINT if over else Severity.ERROR,
    )


def _one_lead(data: Data, where: Path = ()) -> Iterator[Problem]:
    mentors = data.get("mentors")
    if mentors is None or any(one is UNKNOWN for one in mentors):
        return
    leads = [index for index, one in enumerate(mentors) if one.get("role") == "lead"]
    if len(leads) == 1:
        return
    place: Path = ("mentors", leads[1], "role") if leads else ("mentors",)
    yield Problem(
        "one-lead",
        (*where, *place),
        "There is more than one lead." if leads else "None of the mentors is the lead.",
        "Give `role: lead` to exactly one of them, and `co` or `backup` to the others.",
    )


def _enough(data: Data, program: Program) -> Iterator[Problem]:
    hours, weeks = data.get("hours_per_week"), data.get("weeks")
    least = program.minimum
    if hours is not None and hours < least.hours_per_week:
        yield Problem(
            "too-few-hours",
            ("hours_per_week",),
            f"`hours_per_week` is {quote(hours)}; the program asks for at least "
            f"{least.hours_per_week}.",
            "Check how much time you have, and come back when it is enough.",
        )
    if weeks is not None and weeks < least.weeks:
        yield Problem(
            "too-few-weeks",
            ("weeks",),
            f"`weeks` is {quote(weeks)}; the program asks for at least {least.weeks}.",
            f"Delete the line for the usual {program.weeks} weeks.",
        )


def _zone_exists(data: Data, where: Path) -> Iterator[Problem]:
    zone = data.get("timezone")
    if zone is not None and zone not in zone_names():
        near = nearest_zone(zone)
        yield Problem(
            "unknown-zone",
            (*where, "timezone"),
            f"{quote(zone)} is not an IANA time zone.",
            ask_for(near) or "Write a region and a city, for example: `timezone: Europe/Madrid`.",
            near and as_yaml(near),
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
                "Swap the two dates, or correct the year.",
            )


def _meeting_fits(data: Data, program: Program) -> Iterator[Problem]:
    meeting, windows = data.get("meeting"), data.get("availability")
    if not meeting or not windows or UNKNOWN in windows:
        return
    minutes = int(meeting.get("minutes", program.meeting_minutes))
    begins = _OFFSETS[meeting["day"]] + minutes_of(meeting["time"])
    if not _covers(windows, begins, begins + minutes):
        yield Problem(
            "meeting-outside-availability",
            ("meeting",),
            f"The meeting ({meeting['day']} {meeting['time']}, {minutes} minutes) lies "
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
    least = about.get("minimum", {}).get("weeks", Minimum().weeks)
    weeks = about.get("weeks", Program.weeks)
    if weeks < least:
        path: Path = ("program", "weeks") if "weeks" in about else ("program", "minimum", "weeks")
        yield Problem(
            "program-weeks-too-few",
            path,
            f"A mentorship lasts {quote(weeks)} weeks by default, fewer than the minimum of "
            f"{quote(least)}.",
            "Raise `program.weeks`, or lower `program.minimum.weeks`.",
        )


def _unique(
    data: Data,
    key: str,
    code: Code,
    name: str,
    name_of: Callable[[Any], str | None],
    where: Path = (),
) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(data.get(key, ())):
        given = None if entry is UNKNOWN else name_of(entry)
        if given is None:
            continue
        if given.lower() in seen:
            inner = () if entry is given else (name,)
            yield Problem(
                code,
                (*where, key, index, *inner),
                f"{quote(given)} is listed under `{key}` twice.",
                "Keep one of the two entries.",
            )
        seen.add(given.lower())
