"""A whole repository to values: the program, every valid record, every finding, the seats."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from mentorship_action.domain.calendar import local_day, overlap, term_days
from mentorship_action.domain.capacity import SeatCount, TeamCount
from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.domain.identity import is_slug, mentorship_id
from mentorship_action.domain.mentee_files import (
    FOLDER,
    is_ignored,
    mentee_file,
    name_finding,
    term_folder,
)
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Claim, Record
from mentorship_action.domain.terms import overlap_finding
from mentorship_action.domain.text import number_unseen, quote
from mentorship_action.errors import UsageError
from mentorship_action.records.places import Places
from mentorship_action.records.program import find_program, printable, program_path, shown_file
from mentorship_action.records.seats import allotted, without_seat
from mentorship_action.records.source import RECORD_LIMITS, read_source
from mentorship_action.records.validate import CheckedFile, check_record

# Looking for more words than this in a file costs more than reading it.
_MOST_WORDS: Final = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """What a repository's files say.

    ``program`` is None when its file has errors or isn't there. ``records`` are the valid ones in
    the order of their files' names; ``without_mentor`` are those whose only error is a mentor who
    is not in the program: a mentorship that runs goes on when its mentor leaves. ``findings`` are
    in the order of files and lines. ``files`` counts
    what was checked, the program included. ``seats`` are those of all mentors, or, when only some
    paths were asked about, of the mentors whom these name; ``teams`` has the same of teams.
    ``arrivals`` is the order in which files reached the default branch, by mentee file, where that
    decides about a seat. ``claims`` has what each mentee file says of its people, valid or not, by
    path.
    """

    program: Program | None
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    files: int
    seats: tuple[SeatCount, ...]
    teams: tuple[TeamCount, ...]
    arrivals: Mapping[str, int]
    claims: Mapping[str, Claim] = field(default_factory=dict)
    without_mentor: tuple[Record, ...] = ()


def load(
    root: Path, *, config: Path | None = None, paths: Sequence[Path] = (), today: date
) -> Loaded:
    """Load and check a repository, or only ``paths`` in it.

    With ``paths`` the findings are about these alone, though seats and duplicates are counted
    among all. ``today`` is the day on which seats are counted; a moment with an offset stands
    for its day in the program's own zone.

    Raises:
        UsageError: the root or one of ``paths`` does not exist.
    """
    if not root.is_dir():
        raise UsageError(
            "There is no such folder.", where="--root", fix="Name the repository's root."
        )
    program, program_findings = find_program(root, config)
    asked = _asked(root, program_path(root, config), paths) if paths else None
    day = local_day(today, program.zone) if program and isinstance(today, datetime) else today
    findings: list[Finding] = []
    if asked is None or asked.program or program is None:
        findings += _with_past_teams(program_findings, program, day)
    checked, others = _checked(root, program, asked)
    checked, others = _apart(checked, others, program)
    everybody = (*checked, *others)
    findings += [finding for one in checked for finding in one.findings]
    findings += _duplicates(checked, everybody)
    seats: tuple[SeatCount, ...] = ()
    teams: tuple[TeamCount, ...] = ()
    arrivals: Mapping[str, int] = {}
    if program is not None:
        given = allotted(root, program, everybody, day)
        arrivals, unknown = given.arrivals, given.unknown
        findings += [*without_seat(checked, program, given), *([unknown] if unknown else [])]
        named = {login for one in checked if one.record is not None for login in one.mentors}
        seats = tuple(
            SeatCount(login, seat.capacity, seat.taken(program), len(seat.waiting))
            for login, seat in given.seats.items()
            if asked is None or login in named
        )
        joined = {one.record.team for one in checked if one.record is not None}
        teams = tuple(
            TeamCount(name, team.size, len(team.seated), len(team.waiting))
            for name, team in given.teams.items()
            if asked is None or name in joined
        )
    records = (one.record for one in everybody if one.record is not None)
    return Loaded(
        program=program,
        records=tuple(sorted(records, key=lambda record: record.file)),
        findings=tuple(sorted(findings, key=lambda one: one.sort_key)),
        files=len(checked) + (1 if asked is None or asked.program else 0),
        seats=seats,
        teams=teams,
        arrivals=arrivals,
        claims={
            one.file: Claim(
                login=one.login, term=term_folder(one.file), mentors=one.mentors, status=one.status
            )
            for one in everybody
        },
        without_mentor=tuple(one.without_mentor for one in everybody if one.without_mentor),
    )


def _with_past_teams(
    findings: Iterable[Finding], program: Program | None, day: date
) -> Iterator[Finding]:
    """Yield findings of a program; what is wrong with the mentors of a finished team is a hint."""
    for one in findings:
        place = re.match(r"teams\[([0-9]+)\]\.mentors", one.path)
        team = program.teams[int(place[1])] if program and place else None
        term = program.term(team.term) if program and team else None
        if program and term and term_days(term, program).last < day:
            yield replace(one, severity=Severity.HINT)
        else:
            yield one


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """The paths that were given: names of records, files from elsewhere, the program or not."""

    names: frozenset[str]
    elsewhere: tuple[Path, ...]
    program: bool


def _asked(root: Path, program: Path, paths: Sequence[Path]) -> _Asked | None:
    """Sort out paths; None when they ask for everything."""
    top, usual = _normal(root), _normal(program)
    names: set[str] = set()
    elsewhere: list[Path] = []
    wants_program = False
    for given in paths:
        path = _normal(given if os.path.lexists(given) else root / given)
        if not os.path.lexists(path):
            raise UsageError(
                "There is no such file.",
                where=number_unseen(str(given)),
                fix="Paths are taken from the current folder, or else from --root.",
            )
        if path == top:
            return None
        if path == usual:
            wants_program = True
        elif path == top / FOLDER and path.is_dir():
            names.update(_names(path))
        elif path.parent == top / FOLDER and _is_term_folder(path):
            names.update(_names_in_term(path))
        elif path.parent == top / FOLDER:
            names.add(path.name)
        elif path.parent.parent == top / FOLDER and _is_term_folder(path.parent):
            names.add(f"{path.parent.name}/{path.name}")
        else:
            elsewhere.append(path)
    return _Asked(names=frozenset(names), elsewhere=tuple(elsewhere), program=wants_program)


def _normal(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _names(folder: Path) -> list[str]:
    """Return the paths in the folder that are mentee files or mean to be, in order."""
    names: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if is_ignored(entry.name):
                continue
            path = folder / entry.name
            # Most entries are files named after a login, and need no second look.
            is_term = not entry.name.endswith(".yml") and _is_term_folder(path)
            names += _names_in_term(path) if is_term else [entry.name]
    return sorted(names)


def _is_term_folder(path: Path) -> bool:
    """Whether a path is a plain folder that is named as a term is."""
    return is_slug(path.name) and path.is_dir() and not path.is_symlink()


def _names_in_term(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [f"{folder.name}/{one.name}" for one in entries if not is_ignored(one.name)]


def _checked(
    root: Path, program: Program | None, asked: _Asked | None
) -> tuple[list[CheckedFile], list[CheckedFile]]:
    """Return the files asked about, checked, and those others that may touch on them."""
    folder = root / FOLDER
    elsewhere = () if asked is None else asked.elsewhere
    outside = [_check_file(shown_file(root, path), path, program) for path in elsewhere]
    if not os.path.lexists(folder):
        return outside, []
    if folder.is_symlink() or not folder.is_dir():
        return [CheckedFile(file=FOLDER, findings=(_no_folder(),)), *outside], []
    names = _names(folder)
    wanted = names if asked is None else [name for name in names if name in asked.names]
    checked = [_check_named(folder, name, program) for name in wanted] + outside
    if asked is None:
        return checked, []
    rest = [name for name in names if name not in asked.names]
    return checked, list(_related(folder, rest, program, checked))


def _no_folder() -> Finding:
    message = "`mentees` is not a plain folder."
    hint = "Replace the link or file by a folder with the mentee files in it."
    return Finding(code="not-a-file", file=FOLDER, message=message, hint=hint)


def _check_named(folder: Path, name: str, program: Program | None) -> CheckedFile:
    return _check_file(f"{FOLDER}/{printable(name)}", folder / name, program)


def _check_file(file: str, path: Path, program: Program | None) -> CheckedFile:
    misnamed = name_finding(file)
    source = read_source(path, RECORD_LIMITS.size, file)
    if misnamed is None and source.problem is None:
        return check_record(file, source.data, program)
    found = [misnamed] if misnamed else []
    if source.problem is not None:
        found.append(source.problem.finding(file, Places()))
    if not source.data:
        return CheckedFile(file=file, findings=tuple(found))
    checked = check_record(file, source.data, program)
    others = [one for one in checked.findings if misnamed is None or one.code != "name-mismatch"]
    return replace(checked, findings=(*found, *others), record=None, without_mentor=None)


def _related(
    folder: Path, names: Iterable[str], program: Program | None, checked: Sequence[CheckedFile]
) -> Iterator[CheckedFile]:
    """Yield the other records that may claim a seat of the same mentors or team, or the same login.

    A file in which no such name occurs can't: no more than a look at its bytes is needed. Only
    an escape could hide a name, and those are read in full.
    """
    named = {word for one in checked for word in (one.login, *one.mentors, one.team) if word}
    teams = program.teams if program else ()
    named |= {team.id for team in teams if not named.isdisjoint(team.seat_mentors)}
    words = {word.encode() for word in named}
    if len(words) > _MOST_WORDS:
        words = {b""}
    search = re.compile(b"|".join(re.escape(word) for word in sorted({b"\\", *words}))).search
    for name in names:
        data = read_source(folder / name, RECORD_LIMITS.size, name).data
        if search(data.lower()):
            yield _check_named(folder, name, program)


def _duplicates(
    checked: Sequence[CheckedFile], everybody: Sequence[CheckedFile]
) -> Iterator[Finding]:
    """Yield a finding for each file that claims somebody who has another mentee file."""
    files: dict[str, list[str]] = {}
    for one in everybody:
        if one.login:
            files.setdefault(mentorship_id(one.login, term_folder(one.file)), []).append(one.file)
    for one in checked:
        term = term_folder(one.file)
        rivals = [
            file for file in files.get(mentorship_id(one.login, term), ()) if file != one.file
        ]
        # The file that bears the person's name is theirs; the other one is too many.
        if rivals and one.file != mentee_file(one.login, term):
            spot = one.spot("github")
            yield Finding(
                code="duplicate-person",
                file=one.file,
                line=spot.line,
                column=spot.column,
                path="github",
                message=f"{quote(one.login)} has a mentee file already: {quote(rivals[0])}.",
                hint="One person has one mentee file. Change that one, or correct the login here.",
            )


def _apart(
    checked: Sequence[CheckedFile], others: Sequence[CheckedFile], program: Program | None
) -> tuple[list[CheckedFile], list[CheckedFile]]:
    """Return the files; of a person's mentorships that overlap, only the first keeps its record."""
    if program is None or not program.terms:
        return list(checked), list(others)
    kept: dict[str, list[Record]] = {}
    clashes: dict[str, Record] = {}
    records = [one.record for one in (*checked, *others) if one.record is not None]
    for record in sorted(records, key=lambda one: (one.start, one.file)):
        if not record.status.holds_seat:
            continue
        before = kept.setdefault(record.login, [])
        rival = next((one for one in before if overlap(one, record, program)), None)
        if rival is None:
            before.append(record)
        else:
            clashes[record.file] = rival
    return (
        [_without_clash(one, clashes, program) for one in checked],
        [_without_clash(one, clashes, program) for one in others],
    )


def _without_clash(
    one: CheckedFile, clashes: Mapping[str, Record], program: Program
) -> CheckedFile:
    if one.record is None or one.file not in clashes:
        return one
    finding = overlap_finding(one.record, clashes[one.file], program)
    return replace(one, findings=(*one.findings, finding), record=None)
