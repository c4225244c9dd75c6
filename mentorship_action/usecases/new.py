"""The answers of somebody who joins, each checked when it is given, to a valid mentee file."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.mentee_files import mentee_file
from mentorship_action.domain.program import Program, Term, Weekday
from mentorship_action.domain.record import Record
from mentorship_action.domain.text import quote
from mentorship_action.errors import SettingsError, UsageError
from mentorship_action.records.load import Loaded, load
from mentorship_action.records.program import USUAL_PLACE
from mentorship_action.records.remote import find_default_branch, find_remote
from mentorship_action.records.validate import validate_record
from mentorship_action.records.write import as_file
from mentorship_action.records.zones import zone_names
from mentorship_action.reporting.match import Ranking
from mentorship_action.usecases.match import rank_all
from mentorship_action.usecases.program import valid_program
from mentorship_action.wording.set_up import new_file_url

_ORDER: Final[tuple[str, ...]] = (
    *("github", "name", "mentor", "team", "start", "weeks", "hours_per_week", "timezone"),
    *("availability", "goals", "focus", "chat", "agreements"),
)
_STAND_IN: Final = "octocat"
_WINDOW: Final = re.compile(r"(\S+)\s+([0-9:]+)\s*(?:-|to)\s*([0-9:]+)")
_DAYS: Final = tuple(day.value for day in Weekday)
_LOCAL_TIME: Final = Path("/etc/localtime")
_LONGEST_LINK: Final = 7_500


@dataclass(frozen=True, kw_only=True, slots=True)
class Joinable:
    """What somebody can join: the program, the terms that are open or to come, and who is in."""

    root: Path
    program: Program
    loaded: Loaded
    today: date
    terms: tuple[Term, ...]


@dataclass(kw_only=True)
class MenteeAnswers:
    """The answers so far, by the keys of a mentee file; ``term`` is a term's id.

    What isn't answered yet has a stand-in, so that each answer is checked as a part of a whole
    file, by the very rules of `mentorship validate`.
    """

    joinable: Joinable
    term: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The path of the mentee file."""
        return mentee_file(str(self.data.get("github", _STAND_IN)).lower(), self.term)

    @property
    def text(self) -> str:
        """The mentee file as it will be, with what is answered so far."""
        return as_file({key: self.data[key] for key in _ORDER if key in self.data})

    def problems(self, key: str, value: Any) -> tuple[Finding, ...]:  # noqa: ANN401 - as YAML
        """Return what is wrong because of an answer, which is not kept."""
        before = {(one.code, one.path) for one in self.all_problems()}
        found = self._check({**self.data, key: value})[1]
        return tuple(one for one in found if (one.code, one.path) not in before)

    def all_problems(self) -> tuple[Finding, ...]:
        """Return what is wrong with the file as a whole."""
        return self._check(self.data)[1]

    def ranking(self) -> Ranking | None:
        """Return the mentors and teams with a free place, the best first; None for no idea."""
        joinable = self.joinable
        record = self._check(self.data)[0]
        if record is None:
            return None
        return rank_all(record, joinable.program, joinable.loaded, joinable.today)

    def _day(self) -> date:
        """Return the day to check on: who answers early applies when the days begin."""
        term = self.joinable.program.term(self.term)
        today = self.joinable.today
        return max(today, term.applications.first) if term else today

    def _check(self, data: Mapping[str, Any]) -> tuple[Record | None, tuple[Finding, ...]]:
        joinable = self.joinable
        login = str(data.get("github", _STAND_IN)).lower()
        whole = {**_stand_ins(joinable, login, self.term), **data}
        if "team" in whole:
            whole.pop("mentor")
        ordered = {key: whole[key] for key in _ORDER if key in whole}
        checked = validate_record(
            mentee_file(login, self.term),
            as_file(ordered).encode(),
            joinable.program,
            self._day(),
        )
        return checked.record, checked.findings


def look_at_program(root: Path, *, config: Path | None, now: datetime) -> Joinable:
    """Return what somebody can join at ``root``.

    Raises:
        SettingsError: the program has an error, or no mentors.
    """
    loaded = load(root, config=config, today=now)
    program = valid_program(loaded)
    if not program.mentors:
        raise SettingsError("The program has no mentors yet.", where=USUAL_PLACE, fix="Add one.")
    today = local_day(now, program.zone)
    terms = tuple(term for term in program.terms if term.applications.last >= today)
    return Joinable(root=root, program=program, loaded=loaded, today=today, terms=terms)


def refuse_second_file(answers: MenteeAnswers) -> None:
    """Raise UsageError where the person has a mentee file already."""
    if os.path.lexists(answers.joinable.root / answers.file):
        raise UsageError(
            "There is a mentee file already.",
            where=answers.file,
            fix="Change that one; nothing was written.",
        )


def write_mentee_file(answers: MenteeAnswers) -> None:
    """Write the mentee file, all of it or nothing, and never over another one."""
    path = answers.joinable.root / answers.file
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as new:
        try:
            new.write(answers.text)
            new.flush()
        except BaseException:
            path.unlink()
            raise


def new_file_page(answers: MenteeAnswers) -> str:
    """Return the page of GitHub that creates the file; "" where it isn't known or gets too long."""
    root = answers.joinable.root
    remote = find_remote(root)
    if remote is None:
        return ""
    page = new_file_url(f"{remote.url}/new/{find_default_branch(root)}", answers.file, answers.text)
    return page if len(page) <= _LONGEST_LINK else ""


def machine_zone(environ: Mapping[str, str]) -> str:
    """Return the machine's time zone by its IANA name, "" where it can't be told."""
    named = environ.get("TZ", "").removeprefix(":")
    if not named and _LOCAL_TIME.is_symlink():
        named = str(_LOCAL_TIME.readlink()).partition("zoneinfo/")[2]
    return named if named in zone_names() else ""


def read_windows(text: str) -> list[dict[str, Any]]:
    """Return availability as a file has it, from text such as ``mon-fri 17:00-20:00; sat 10-12``.

    Raises:
        ValueError: it can't be read.
    """
    return [_window(part.strip()) for part in text.split(";") if part.strip()]


def _window(text: str) -> dict[str, Any]:
    match = _WINDOW.fullmatch(text)
    if match is None:
        raise ValueError(f"{quote(text)} is no days and hours, such as `mon-fri 17:00-20:00`.")
    days = [day for part in match[1].lower().split(",") for day in _days(part)]
    return {"days": days, "from": _clock(match[2]), "to": _clock(match[3])}


def _days(part: str) -> list[str]:
    first, _, last = part.partition("-")
    if first not in _DAYS or (last and last not in _DAYS):
        raise ValueError(f"{quote(part)} is none of the days {', '.join(_DAYS)}.")
    begin, end = _DAYS.index(first), _DAYS.index(last or first)
    return [*_DAYS[begin : end + 1]] if begin <= end else [*_DAYS[begin:], *_DAYS[: end + 1]]


def _clock(text: str) -> str:
    hours, _, minutes = text.partition(":")
    return f"{hours.zfill(2)}:{minutes or '00'}"


def _stand_ins(joinable: Joinable, login: str, term: str) -> dict[str, Any]:
    """Return values that are valid for the keys of a file that nobody answered yet."""
    program = joinable.program
    mentor = max(program.mentors, key=lambda one: (one.login != login, one.capacity))
    dates = {} if term else {"start": joinable.today.isoformat()}
    return {
        "github": login,
        "mentor": mentor.handle,
        **dates,
        "hours_per_week": program.minimum.hours_per_week,
        "timezone": program.zone,
        "goals": ["Learn"],
        "focus": ["first-steps"],
        "chat": {"network": "github", "handle": _STAND_IN},
        "agreements": {"code_of_conduct": True, "asked_mentor": True},
    }
