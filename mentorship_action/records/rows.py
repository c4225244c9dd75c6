"""A row of a table to the text of a mentee file, or to the reasons against it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from mentorship_action.domain.findings import errors
from mentorship_action.domain.identity import is_login
from mentorship_action.domain.mentee_files import mentee_file, term_folder
from mentorship_action.domain.program import MentorRole, NamedMentor, Program
from mentorship_action.domain.record import Record
from mentorship_action.domain.refusals import Refusal
from mentorship_action.domain.text import number_unseen, quote
from mentorship_action.errors import UsageError
from mentorship_action.records.fixes.guess import likely_login, likely_slug
from mentorship_action.records.phrases import listed_words
from mentorship_action.records.private import HINT, private_kind
from mentorship_action.records.schema import load_schema
from mentorship_action.records.source import RECORD_LIMITS, read_source
from mentorship_action.records.table import (
    COLUMNS,
    Cells,
    Row,
    normal_header,
    plain_values,
)
from mentorship_action.records.validate import check_record
from mentorship_action.records.write import as_file
from mentorship_action.records.yaml import read_document

_REQUIRED: Final = (
    *("mentee", "mentor", "start", "hours_per_week", "timezone", "focus", "goals"),
    *("chat_network", "chat_handle"),
)
_ROLES: Final = {"mentor": MentorRole.LEAD, "co": MentorRole.CO, "backup": MentorRole.BACKUP}
_COLUMN_OF: Final = {
    "github": "mentee",
    "mentors": "mentor",
    "chat": "chat_handle",
    "chat.network": "chat_network",
    "chat.handle": "chat_handle",
}
_OF_TERM: Final = (
    "Correct the cell, or add the term to the program. Without a program, give a row of the term "
    "its `start`."
)
_HINTS: Final = {
    "unknown-term": _OF_TERM,
    "unknown-team": "Correct the cell, or add the team to the program. Without a program, give a "
    "row of the team its `mentor`.",
    "team-of-another-term": "Write the team's term into `term`.",
    "set-by-term": "Leave the cell empty, or write what the term has.",
    "one-too-many": "Leave the mentors' cells empty, or write those of the team.",
}
_SINGLE: Final = frozenset(COLUMNS) - {"co", "backup", "focus", "goals"}
_NUMBERS: Final = frozenset({"weeks", "hours_per_week"})
_WHOLE: Final = re.compile(r"([0-9]{1,6})(?:\.0+)?", re.ASCII)
_NO_VALUE: Final = re.compile(r"=|#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
_LONGEST_CELL: Final = 4_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Defaults:
    """What rows lack: ``cells`` by column, and ``data`` by the keys of a mentee file."""

    cells: Cells = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)


class MenteeFile(NamedTuple):
    """A valid mentee file that a row makes."""

    row: int
    text: str
    record: Record


def read_renames(path: Path | None) -> dict[str, str]:
    """Return our column for each header that a map names, whichever side of it is ours.

    Raises:
        UsageError: it isn't a mapping between headers and our columns.
    """
    renames = {}
    for key, value in _read_mapping(path, "--map").items():
        header, column = (key, value) if value in COLUMNS else (value, key)
        if column not in COLUMNS or not isinstance(header, str):
            raise UsageError(
                f"{quote(key)} and {quote(value)}: neither is one of our columns.",
                where="--map",
                fix=f"The columns are {', '.join(COLUMNS)}.",
            )
        renames[normal_header(header)] = column
    return renames


def read_defaults(path: Path | None) -> Defaults:
    """Return what a file says for rows that don't say it themselves.

    Raises:
        UsageError: it isn't a mapping of our columns and the keys of a mentee file.
    """
    keys = set(load_schema("mentee")["properties"])
    cells: dict[str, tuple[str, ...]] = {}
    data: dict[str, Any] = {}
    for key, value in _read_mapping(path, "--defaults").items():
        if key in ("mentee", "github") or key not in keys | set(COLUMNS):
            known = sorted((keys | set(COLUMNS)) - {"mentee", "github"})
            raise UsageError(
                f"{quote(key)} can't have a default.",
                where="--defaults",
                fix=f"The keys are {listed_words(known, most=40)}.",
            )
        if key not in COLUMNS:
            data[key] = value
        elif (plain := plain_values(key, value)) is None:
            fix = "Write text, a number or a list of these."
            raise UsageError(f"{quote(key)} can't be used.", where="--defaults", fix=fix)
        elif plain:
            cells[key] = plain
    return Defaults(cells=cells, data=data)


def mentee_file_of(
    row: Row, defaults: Defaults, program: Program
) -> tuple[MenteeFile | None, list[Refusal]]:
    """Return the mentee file that a row makes, or all that is wrong with the row."""
    cells = cells_of(row, defaults)
    found = list(_bad_cells(row.number, cells))
    bad = {one.column for one in found}
    data = _to_data({key: cell for key, cell in cells.items() if key not in bad}, defaults.data)
    found += _missing(row.number, {*cells, *_given(defaults.data)})
    told = {one.column for one in found}
    term = term_in(cells)
    data = _without_repetition(data, term, program)
    file = mentee_file(mentee_of(row), term)
    if term_folder(file) != term:
        reason = f"{quote(term)} is not the id of a term."
        found.append(Refusal(row=row.number, column="term", reason=reason, hint=_OF_TERM))
        return None, found
    text = as_file(data)
    checked = check_record(file, text.encode(), program)
    for one in errors(checked.findings):
        column = "term" if one.code == "unknown-term" else _column_of(one.path, data)
        # What follows only from a cell that is refused already is not told again.
        if column not in told and not (told and one.code == "missing-key"):
            hint = _HINTS.get(one.code, one.hint)
            found.append(Refusal(row=row.number, column=column, reason=one.message, hint=hint))
    if found or checked.record is None:
        return None, found
    return MenteeFile(row.number, text, checked.record), []


def cells_of(row: Row, defaults: Defaults, *, keep_all: bool = False) -> Cells:
    """Return what a row says, and what it lacks.

    What comes from its team or term has no default, unless all is to be kept.
    """
    both = {**defaults.cells, **row.cells}
    if keep_all:
        return both
    elsewhere: set[str] = set()
    if "team" in row.cells:
        elsewhere |= set(_ROLES)
    elif not row.cells.keys().isdisjoint(_ROLES):
        elsewhere.add("team")
    if "term" in both:
        elsewhere |= {"start", "weeks"}
    return {
        column: cell
        for column, cell in both.items()
        if column in row.cells or column not in elsewhere
    }


def term_in(cells: Cells) -> str:
    """Return the id of the term in a row, "" for none."""
    return likely_slug("".join(cells.get("term", ())))


def team_in(cells: Cells) -> str:
    """Return the id of the team in a row, "" for none."""
    return likely_slug("".join(cells.get("team", ())))


def weeks_in(cells: Cells) -> int:
    """Return the number of weeks in a row, 0 for none that can be read."""
    whole = _WHOLE.fullmatch("".join(cells.get("weeks", ())))
    return int(whole[1]) if whole else 0


def mentors_in(cells: Cells, defaults: Defaults) -> list[NamedMentor]:
    """Return the mentors whom a row names, or else the defaults, by role; nobody checked them."""
    named = [
        NamedMentor(login=login.lower(), handle=login, role=role)
        for column, role in _ROLES.items()
        for login in map(likely_login, cells.get(column, ()))
    ]
    return named or list(_listed_mentors(defaults.data))


def mentee_of(row: Row) -> str:
    """Return the login of the mentee whom a row is about, lower case; "" for none that is one."""
    login = likely_login("".join(row.cells.get("mentee", ()))).lower()
    return login if is_login(login) else ""


def _read_mapping(path: Path | None, option: str) -> dict[str, Any]:
    if path is None:
        return {}
    source = read_source(path, RECORD_LIMITS.size, path.name)
    document = read_document(source.data, RECORD_LIMITS)
    unread = [source.problem] if source.problem and not source.data else []
    problems = unread or document.problems
    if problems:
        line = problems[0].spot(document.places).line
        where = f"{number_unseen(str(path))}:{line}"
        raise UsageError(problems[0].message, where=where, fix=problems[0].hint)
    if not isinstance(document.data, dict):
        raise UsageError("The file is not a mapping.", where=option, fix="Write `key: value`.")
    return document.data


def _bad_cells(row: int, cells: Cells) -> Iterator[Refusal]:
    """Yield what can't go into any file, of which the values are not repeated."""
    for column, parts in cells.items():
        whole = ";".join(parts)
        reason, hint = "", ""
        if len(whole) > _LONGEST_CELL:
            reason = f"The cell has {len(whole):,} characters."
            hint = f"At most {_LONGEST_CELL:,} are read."
        elif kind := next(filter(None, map(private_kind, (whole, *parts))), ""):
            is_person = column in ("mentee", *_ROLES)
            reason = f"The cell seems to hold {kind}."
            hint = "Write the person's GitHub login instead." if is_person else HINT
        elif any(map(_NO_VALUE.match, parts)):
            reason = "The cell holds a formula or a spreadsheet's error."
            hint = "Export the table with its values."
        elif column == "mentor" and ";" in whole:
            reason, hint = "Only one mentor leads.", "Put the others into `co` or `backup`."
        elif column in _SINGLE and len(parts) > 1:
            reason = f"One value belongs into `{column}`."
        if reason:
            yield Refusal(row=row, column=column, reason=reason, hint=hint)


def _missing(row: int, columns: set[str]) -> Iterator[Refusal]:
    for column in _REQUIRED:
        instead = {"mentor": "team", "start": "term"}.get(column)
        if column not in columns and instead not in columns:
            hint = "Fill the cell, or give all rows a value with --defaults."
            yield Refusal(row=row, column=column, reason=f"`{column}` is empty.", hint=hint)
    if "agreements" not in columns:
        yield Refusal(
            row=row,
            column="agreements",
            reason="Nothing says that the mentee agrees to the program's rules.",
            hint="Ask them, then write `agreements: {code_of_conduct: true, asked_mentor: true}` "
            "into the file for --defaults.",
        )


def _given(data: Mapping[str, Any]) -> set[str]:
    """Return the columns that defaults for a mentee file stand for."""
    chat = data.get("chat")
    inner = {f"chat_{key}" for key in chat} if isinstance(chat, dict) else set()
    return {*data, *inner, *(["mentor"] if "mentors" in data else [])}


def _to_data(cells: Cells, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the mentee file says, in the order of its schema."""
    data = dict(defaults)
    for column in ("name", "start", "weeks", "hours_per_week", "timezone"):
        if column in cells:
            whole = _WHOLE.fullmatch(cells[column][0]) if column in _NUMBERS else None
            data[column] = int(whole[1]) if whole else cells[column][0]
    if "mentee" in cells:
        data["github"] = likely_login(cells["mentee"][0])
    mentors = [
        {"github": likely_login(text), "role": role.value}
        for column, role in _ROLES.items()
        for text in cells.get(column, ())
    ]
    if "team" in cells:
        data.pop("mentors", None)
        data["team"] = team_in(cells)
    if mentors:
        data.pop("mentors", None)
        is_alone = len(mentors) == 1 and "mentor" in cells
        data |= {"mentor": mentors[0]["github"]} if is_alone else {"mentors": mentors}
    if "goals" in cells:
        data["goals"] = list(cells["goals"])
    if "focus" in cells:
        data["focus"] = [likely_slug(text) for text in cells["focus"]]
    chat = dict(defaults["chat"]) if isinstance(defaults.get("chat"), dict) else {}
    chat |= {"network": likely_slug(cells["chat_network"][0])} if "chat_network" in cells else {}
    chat |= {"handle": cells["chat_handle"][0]} if "chat_handle" in cells else {}
    if chat:
        data["chat"] = chat
    return {key: data[key] for key in load_schema("mentee")["properties"] if key in data}


def _listed_mentors(data: Mapping[str, Any]) -> Iterator[NamedMentor]:
    """Yield the mentors in data that nobody has checked."""
    listed = data.get("mentors")
    for one in listed if isinstance(listed, list) else ():
        handle, role = (one.get("github"), one.get("role")) if isinstance(one, dict) else ("", "")
        if isinstance(handle, str) and role in set(MentorRole):
            yield NamedMentor(login=handle.lower(), handle=handle, role=MentorRole(role))


def _without_repetition(data: dict[str, Any], term: str, program: Program) -> dict[str, Any]:
    """Return data without what repeats the term's start and weeks, or the team's mentors."""
    left = dict(data)
    the_term, the_team = program.term(term), program.team(data.get("team", ""))
    if the_term is not None:
        same = {"start": the_term.start.isoformat(), "weeks": the_term.weeks}
        left = {key: value for key, value in left.items() if same.get(key) != value}
    if "team" in data and the_team is None:
        # That it is no team says enough.
        left.pop("mentor", None)
        left.pop("mentors", None)
    elif the_team is not None:
        lead = [NamedMentor(login=data["mentor"].lower(), handle="")] if "mentor" in data else []
        named = {(one.login, one.role) for one in (*lead, *_listed_mentors(data))}
        if named <= {(one.login, one.role) for one in the_team.mentors}:
            left.pop("mentor", None)
            left.pop("mentors", None)
    return left


def _column_of(path: str, data: Mapping[str, Any]) -> str:
    """Return the column that a place in a mentee file comes from."""
    head = re.split(r"[.\[]", path)[0]
    if (place := re.match(r"mentors\[(\d+)\]", path)) is not None:
        entry = data["mentors"][int(place[1])]
        role = entry.get("role") if isinstance(entry, dict) else None
        return next((column for column, known in _ROLES.items() if known == role), "mentor")
    return _COLUMN_OF.get(path) or _COLUMN_OF.get(head, head)
