"""A whole repository to values: the program, every valid record, every finding, the seats."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mentorship_action.domain.capacity import SeatCount
from mentorship_action.errors import UsageError
from mentorship_action.records.check import CheckedRecord, check_bytes
from mentorship_action.records.files import (
    FOLDER,
    folder_finding,
    is_ignored,
    name_finding,
    open_folder,
    read_content,
)
from mentorship_action.records.program import find_program, printable, program_path, shown_file
from mentorship_action.records.quoting import plain, quote
from mentorship_action.records.read import RECORD_LIMITS, finding
from mentorship_action.records.seats import count_seats
from mentorship_action.records.terms import KnownProgram
from mentorship_action.records.yaml import Tree, no_tree

if TYPE_CHECKING:
    from mentorship_action.domain.findings import Finding
    from mentorship_action.domain.program import Program
    from mentorship_action.domain.record import Record

_NOWHERE: Final = no_tree()
# Looking for more words than this in a file costs more than reading it.
_MOST_WORDS: Final = 50
# From so many files on, several processes share the work.
_CROWD: Final = 1_500


class Loaded:
    """What a repository's files say.

    ``findings`` are in the order of files and lines; ``files`` counts what was checked, the
    program included; ``seats`` are those of all mentors, or, when only some paths were asked
    about, of the mentors whom these name.
    """

    def __init__(
        self,
        *,
        known: KnownProgram | None,
        sound: Sequence[CheckedRecord],
        findings: "Iterable[Finding]",
        files: int,
        seats: tuple[SeatCount, ...],
    ) -> None:
        self._known = known
        self._sound = sound
        self.findings = tuple(sorted(findings, key=lambda one: one.sort_key))
        self.files = files
        self.seats = seats

    @property
    def program_is_wrong(self) -> bool:
        """Whether there is no program to judge records by."""
        return self._known is None

    @cached_property
    def program(self) -> "Program | None":
        """The program, None when its file has faults or isn't there."""
        return None if self._known is None else self._known.program

    @cached_property
    def records(self) -> "tuple[Record, ...]":
        """The valid records, in the order of their files' names."""
        records = [record for one in self._sound if (record := one.record) is not None]
        return tuple(sorted(records, key=lambda record: record.file))


def load(
    root: Path, *, config: Path | None = None, paths: Sequence[Path] = (), today: date
) -> Loaded:
    """Load and check a repository, or only ``paths`` in it.

    With ``paths`` the findings are about these alone, though seats and duplicates are judged
    against all. ``today`` is the day on which seats are counted; a moment with an offset stands
    for its day in the program's own zone.

    Raises:
        UsageError: the root or one of ``paths`` does not exist.
    """
    if not root.is_dir():
        raise UsageError(
            "There is no such folder.", where="--root", fix="Name the repository's root."
        )
    known, program_findings = find_program(root, config)
    asked = _Asked.of(root, program_path(root, config), paths) if paths else None
    findings: list[Finding] = []
    if asked is None or asked.program or known is None:
        findings += program_findings
    checked, others = _checked(root, known, asked)
    for one in checked:
        findings += one.findings
    findings += _duplicates(checked, others)
    seats: tuple[SeatCount, ...] = ()
    if known is not None:
        seats, over = count_seats(root, known, checked, others, today)
        findings += over
        if asked is not None:
            named = {one.mentor for one in checked if one.is_valid}
            seats = tuple(seat for seat in seats if seat.mentor in named)
    return Loaded(
        known=known,
        sound=[one for one in (*checked, *others) if one.is_valid],
        findings=findings,
        files=len(checked) + (1 if asked is None or asked.program else 0),
        seats=seats,
    )


class _Asked(NamedTuple):
    """The paths that were given: names of records, files from elsewhere, the program or not."""

    names: frozenset[str]
    elsewhere: tuple[Path, ...]
    program: bool

    @classmethod
    def of(cls, root: Path, program: Path, paths: Sequence[Path]) -> "_Asked | None":
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
                    where=plain(str(given)),
                    fix="Paths are taken from the current folder, or else from --root.",
                )
            if path == top:
                return None
            if path == usual:
                wants_program = True
            elif path == top / FOLDER and path.is_dir():
                names.update(_names(path))
            elif path.parent == top / FOLDER:
                names.add(path.name)
            else:
                elsewhere.append(path)
        return cls(names=frozenset(names), elsewhere=tuple(elsewhere), program=wants_program)


def _normal(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _names(folder: Path | int) -> list[str]:
    """Return the names in the folder that are records or mean to be, in order."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in entries if not is_ignored(entry.name))


def _checked(
    root: Path, program: KnownProgram | None, asked: _Asked | None
) -> tuple[list[CheckedRecord], list[CheckedRecord]]:
    """Return the files asked about, checked, and those others that may touch on them."""
    elsewhere = () if asked is None else asked.elsewhere
    outside = [_check_file(shown_file(root, path), str(path), None, program) for path in elsewhere]
    try:
        with open_folder(root / FOLDER) as folder:
            if folder is None:
                return outside, []
            names = _names(folder)
            if asked is None:
                return _check_every(names, folder, program), []
            wanted = [name for name in names if name in asked.names]
            checked = [_check_named(name, folder, program) for name in wanted] + outside
            rest = [name for name in names if name not in asked.names]
            return checked, list(_related(rest, folder, program, checked))
    except NotADirectoryError:
        return [CheckedRecord(FOLDER, (folder_finding(),), _NOWHERE), *outside], []


def _check_every(
    names: list[str], folder: int, program: KnownProgram | None
) -> list[CheckedRecord]:
    if len(names) < _CROWD:
        return [_check_named(name, folder, program) for name in names]
    from mentorship_action.records.crowd import check_all  # noqa: PLC0415 - for large programs

    def check(name: str) -> CheckedRecord:
        return _check_named(name, folder, program)

    def revive(name: str, data: object, source: bytes) -> CheckedRecord:
        return CheckedRecord(f"{FOLDER}/{name}", (), Tree(data, [], source, RECORD_LIMITS), program)

    return check_all(names, check, revive)


def _check_named(name: str, folder: int, program: KnownProgram | None) -> CheckedRecord:
    return _check_file(f"{FOLDER}/{printable(name)}", name, folder, program)


def _check_file(
    file: str, name: str, folder: int | None, program: KnownProgram | None
) -> CheckedRecord:
    misnamed = name_finding(file)
    content = read_content(file, name, RECORD_LIMITS.size, folder)
    if misnamed is None and content.finding is None:
        return check_bytes(file, content.data, program)
    problems = [one for one in (misnamed, content.finding) if one is not None]
    if not content.data:
        return CheckedRecord(file, tuple(problems), _NOWHERE)
    checked = check_bytes(file, content.data, program)
    told = [one for one in checked.findings if misnamed is None or one.code != "name-mismatch"]
    return CheckedRecord(file, (*problems, *told), checked.places)


def _related(
    names: Iterable[str], folder: int, program: KnownProgram | None, checked: list[CheckedRecord]
) -> Iterator[CheckedRecord]:
    """Yield the other records that may claim a seat of the same mentors, or the same login.

    A file in which neither name occurs can't: no more than a look at its bytes is needed. Only
    an escape could hide a name, and those are read in full.
    """
    words = {word.encode() for one in checked for word in (one.login, one.mentor) if word}
    if len(words) > _MOST_WORDS:
        words = {b""}
    search = re.compile(b"|".join(re.escape(word) for word in sorted({b"\\", *words}))).search
    for name in names:
        data = read_content(name, name, RECORD_LIMITS.size, folder).data
        if search(data.lower()):
            yield _check_named(name, folder, program)


def _duplicates(checked: list[CheckedRecord], others: list[CheckedRecord]) -> "Iterator[Finding]":
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
