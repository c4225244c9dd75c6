"""A whole repository to values: the program, every sound record, every finding, the seats."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from mentorship_action.domain.capacity import Seats, allot, with_free_seat
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.errors import UsageError
from mentorship_action.records.check import CheckedRecord, check_record
from mentorship_action.records.files import (
    FOLDER,
    folder_finding,
    is_ignored,
    name_finding,
    open_folder,
    read_content,
)
from mentorship_action.records.program import load_program, printable, program_path, shown_file
from mentorship_action.records.quoting import quote
from mentorship_action.records.read import RECORD_LIMITS, finding
from mentorship_action.records.yaml import UNKNOWN, Tree

_NOWHERE: Final = Tree(UNKNOWN, [], [])


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """What a repository's files say.

    ``records`` are the sound ones, in the order of their names; ``files`` counts what was
    checked, the program included; ``seats`` are those of all mentors, or, when only some paths
    were asked about, of the mentors whom these name.
    """

    program: Program | None
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    files: int
    seats: tuple[Seats, ...]

    @property
    def program_is_wrong(self) -> bool:
        """Whether there is no program to judge records by."""
        return self.program is None


def load(
    root: Path, *, config: Path | None = None, paths: Sequence[Path] = (), today: date
) -> Loaded:
    """Load and check a repository, or only ``paths`` in it.

    With ``paths`` the findings are about these alone, though seats and duplicates are judged
    against all. ``today`` is the day on which seats are counted.

    Raises:
        UsageError: the root or one of ``paths`` does not exist.
    """
    if not root.is_dir():
        raise UsageError(
            "There is no such folder.", where="--root", mend="Name the repository's root."
        )
    program, program_findings = load_program(root, config)
    asked = _Asked.of(root, program_path(root, config), paths) if paths else None
    findings: list[Finding] = []
    if asked is None or asked.program or program is None:
        findings += program_findings
    checked, others = _checked(root, program, asked)
    for one in checked:
        findings += one.findings
    findings += _duplicates(checked, others)
    records = [one.record for one in (*checked, *others) if one.record is not None]
    seats: tuple[Seats, ...] = ()
    if program is not None:
        seats, over = _seats(root, program, checked, records, today)
        findings += over
        if asked is not None:
            named = {one.record.mentor for one in checked if one.record is not None}
            seats = tuple(seat for seat in seats if seat.mentor in named)
    return Loaded(
        program=program,
        records=tuple(sorted(records, key=lambda record: record.file)),
        findings=tuple(sorted(findings, key=lambda one: one.sort_key)),
        files=len(checked) + (1 if asked is None or asked.program else 0),
        seats=seats,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """The paths that were given: names of records, files from elsewhere, the program or not."""

    names: frozenset[str]
    elsewhere: tuple[Path, ...]
    program: bool

    @classmethod
    def of(cls, root: Path, program: Path, paths: Sequence[Path]) -> "_Asked | None":
        """Sort out paths; None when they ask for everything."""
        folder = root.absolute() / FOLDER
        names, elsewhere, wants_program = set(), [], False
        for given in paths:
            path = (given if os.path.lexists(given) else root / given).absolute()
            if not os.path.lexists(path):
                raise UsageError(
                    "There is no such file.",
                    where=quote(str(given))[1:-1],
                    mend="Paths are taken from the current folder, or else from --root.",
                )
            path = Path(os.path.normpath(path))
            if path == Path(os.path.normpath(root.absolute())):
                return None
            if path == Path(os.path.normpath(program.absolute())):
                wants_program = True
            elif path == folder and folder.is_dir():
                names.update(_names(folder))
            elif path.parent == folder:
                names.add(path.name)
            else:
                elsewhere.append(path)
        return cls(names=frozenset(names), elsewhere=tuple(elsewhere), program=wants_program)


def _names(folder: Path | int) -> list[str]:
    """Return the names in the folder that are records or mean to be, in order."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if not is_ignored(entry.name))


def _checked(
    root: Path, program: Program | None, asked: _Asked | None
) -> tuple[list[CheckedRecord], list[CheckedRecord]]:
    """Return the files asked about, checked, and those others that may touch on them."""
    folder = root / FOLDER
    try:
        with open_folder(folder) as descriptor:
            if descriptor is None:
                return [_check(root, str(path), path, program) for path in _outside(asked)], []
            names = _names(descriptor)
            if asked is None:
                return [_check_named(name, descriptor, program) for name in names], []
            checked = [
                _check_named(name, descriptor, program) for name in names if name in asked.names
            ]
            checked += [_check(root, str(path), path, program) for path in asked.elsewhere]
            rest = [name for name in names if name not in asked.names]
            return checked, list(_related(rest, descriptor, program, checked))
    except NotADirectoryError:
        problem = CheckedRecord(
            file=FOLDER, record=None, findings=(folder_finding(),), places=_NOWHERE
        )
        return [problem], []


def _outside(asked: _Asked | None) -> tuple[Path, ...]:
    return asked.elsewhere if asked is not None else ()


def _check(root: Path, name: str, path: Path, program: Program | None) -> CheckedRecord:
    return _check_file(shown_file(root, path), name, None, program)


def _check_named(name: str, folder: int, program: Program | None) -> CheckedRecord:
    return _check_file(f"{FOLDER}/{printable(name)}", name, folder, program)


def _check_file(file: str, name: str, folder: int | None, program: Program | None) -> CheckedRecord:
    misnamed = name_finding(file)
    content = read_content(file, name, RECORD_LIMITS.size, folder)
    problems = [one for one in (misnamed, content.finding) if one is not None]
    if not problems:
        return check_record(file, content.data, program)
    if not content.data:
        return CheckedRecord(file=file, record=None, findings=tuple(problems), places=_NOWHERE)
    checked = check_record(file, content.data, program)
    told = [one for one in checked.findings if misnamed is None or one.code != "name-mismatch"]
    return CheckedRecord(file=file, record=None, findings=(*problems, *told), places=checked.places)


def _related(
    names: Iterable[str], folder: int, program: Program | None, checked: Iterable[CheckedRecord]
) -> Iterator[CheckedRecord]:
    """Yield the other records that may claim a seat of the same mentors, or the same login.

    A file in which neither name occurs can't: no more than a look at its bytes is needed. Only
    an escape could hide a name, and those are read in full.
    """
    words = {b"\\\\"}
    for one in checked:
        words.add(re.escape(one.login.encode()))
        if one.record is not None:
            words.add(re.escape(one.record.mentor.encode()))
    search = re.compile(b"|".join(sorted(words - {b""}))).search
    for name in names:
        data = read_content(name, name, RECORD_LIMITS.size, folder).data
        if search(data.lower()):
            yield _check_named(name, folder, program)


def _duplicates(
    checked: Iterable[CheckedRecord], others: Iterable[CheckedRecord]
) -> Iterator[Finding]:
    """Yield a finding for each file that claims somebody whose record is another file."""
    files: dict[str, list[str]] = {}
    for one in (*checked, *others):
        if one.login:
            files.setdefault(one.login, []).append(one.file)
    for one in checked:
        rivals = [file for file in files.get(one.login, ()) if file != one.file]
        # The file that bears the person's name is the record; the other one is too many.
        if rivals and one.file != f"{FOLDER}/{one.login}.yml":
            yield finding(
                one.file,
                "duplicate-person",
                one.places.spot(("github",)),
                "github",
                f"{quote(one.login)} has a record already: {quote(rivals[0])}.",
                "One person has one record. Change that one, or mend the login here.",
            )


def _seats(
    root: Path,
    program: Program,
    checked: Iterable[CheckedRecord],
    records: Sequence[Record],
    today: date,
) -> tuple[tuple[Seats, ...], list[Finding]]:
    """Return everybody's seats, and findings for those of the checked files who have none."""
    seats = allot(program, records, on=today)
    if any(seat.capacity and seat.waiting for seat in seats.values()):
        # Only a mentor asked by too many makes the order of arrival matter.
        from mentorship_action.records.history import arrivals  # noqa: PLC0415

        seats = allot(program, records, on=today, arrivals=arrivals(root))
    waiting = {login: seat for seat in seats.values() for login in seat.waiting}
    over = [
        _no_seat(one, waiting[one.record.login], program, seats)
        for one in checked
        if one.record is not None and one.record.login in waiting
    ]
    return tuple(seats.values()), over


def _no_seat(
    one: CheckedRecord, seat: Seats, program: Program, seats: Mapping[str, Seats]
) -> Finding:
    """Return the finding about a record for which its mentor has no seat."""
    from mentorship_action.records.suggest import listed  # noqa: PLC0415 - for a faulty file

    mentor = program.mentors_by_login[seat.mentor].handle
    free = with_free_seat(program, seats)
    hint = f"A seat is free with {listed(free)}." if free else "No mentor has a free seat now."
    spot = one.places.spot(("mentor",))
    if not seat.capacity:
        message = f"{quote(mentor)} takes no mentees at present."
        return finding(one.file, "mentor-takes-none", spot, "mentor", message, hint)
    held = f"all {seat.capacity} seats are" if seat.capacity > 1 else "the one seat is"
    message = f"{quote(mentor)} is full: {held} taken by {listed(seat.seated, most=5)}."
    return finding(one.file, "mentor-full", spot, "mentor", message, hint)
