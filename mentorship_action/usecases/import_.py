"""Turn a table of people into mentee files and, where there is none yet, a program draft."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from mentorship_action.domain.calendar import overlap
from mentorship_action.domain.identity import mentorship_id
from mentorship_action.domain.mentee_files import FOLDER
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.domain.refusals import Refusal
from mentorship_action.domain.text import quote
from mentorship_action.errors import UsageError
from mentorship_action.records.draft import likely_program, program_draft
from mentorship_action.records.load import Loaded, load
from mentorship_action.records.program import program_path, shown_file
from mentorship_action.records.rows import (
    Defaults,
    MenteeFile,
    cells_of,
    mentee_file_of,
    mentee_of,
    read_defaults,
    read_renames,
    term_in,
)
from mentorship_action.records.source import RECORD_LIMITS, read_source
from mentorship_action.records.table import Row, read_table
from mentorship_action.records.validate import check_record
from mentorship_action.reporting.imported import ImportReport, TakenRow
from mentorship_action.usecases.program import valid_program


def import_table(
    path: Path,
    root: Path,
    *,
    renames: Path | None = None,
    defaults: Path | None = None,
    config: Path | None = None,
    now: datetime,
) -> ImportReport:
    """Write a mentee file for each row of a table that makes a valid one.

    No file is ever overwritten. Where there is no program, a draft with the mentors of all rows
    that were taken is written before them.

    Raises:
        UsageError: one of the files can't be used at all; nothing is written.
        SettingsError: the program has an error; nothing is written.
    """
    table = read_table(path, read_renames(renames))
    given = read_defaults(defaults)
    loaded = load(root, config=config, today=now)
    _refuse_odd_folder(root / FOLDER)
    place = program_path(root, config)
    has_program = os.path.lexists(place)
    program = valid_program(loaded) if has_program else likely_program(table.rows, given)
    made, refusals = _decide(table.rows, given, program, _Files(root, loaded))
    new = [one for one in made if not os.path.lexists(root / one.record.file)]
    draft = "" if has_program or not made else program_draft(made, program)
    if draft:
        _write(place, draft)
    for one in new:
        _write(root / one.record.file, one.text)
    refused = sorted((*table.refusals, *refusals), key=lambda one: one.row)
    return ImportReport(
        file=str(path),
        rows=len(made) + len({one.row for one in refused}),
        written=tuple(_taken(one) for one in new),
        unchanged=tuple(_taken(one) for one in made if one not in new),
        refusals=tuple(refused),
        unused=table.unused,
        draft=shown_file(root, place) if draft else "",
    )


class _Files:
    """The mentee files that are there."""

    def __init__(self, root: Path, loaded: Loaded) -> None:
        self._root = root
        self._owners = {claim.id: file for file, claim in loaded.claims.items()}
        self._by_login: dict[str, list[Record]] = {}
        for record in loaded.records:
            self._by_login.setdefault(record.login, []).append(record)

    def clash(self, one: MenteeFile, program: Program) -> Iterator[Refusal]:
        """Yield why a mentee file can't be written; nothing if it is there and says the same."""
        record, file = one.record, one.record.file
        path = self._root / file
        if not os.path.lexists(path):
            if record.id in self._owners:
                owner = quote(self._owners[record.id])
                reason = f"{quote(record.login)} has a mentee file already: {owner}."
                yield Refusal(row=one.row, column="mentee", reason=reason)
            for rival in self._by_login.get(record.login, ()):
                if _meet(rival, record, program):
                    yield _overlap(one, quote(rival.file))
            return
        data = read_source(path, RECORD_LIMITS.size, file).data
        if check_record(file, data, program).record != record:
            reason = f"{quote(file)} is there already and says something else; it stays as it is."
            hint = "Change the file if the row is right, else take the row out."
            yield Refusal(row=one.row, column="mentee", reason=reason, hint=hint)


def _decide(
    rows: Sequence[Row], defaults: Defaults, program: Program, files: _Files
) -> tuple[list[MenteeFile], list[Refusal]]:
    """Return the mentee files to have, and why other rows make none."""
    made: list[MenteeFile] = []
    refusals: list[Refusal] = []
    first_rows: dict[str, int] = {}
    by_login: dict[str, list[MenteeFile]] = {}
    for row in rows:
        login = mentee_of(row)
        about = mentorship_id(login, term_in(cells_of(row, defaults)))
        first = first_rows.setdefault(about, row.number) if login else row.number
        if first != row.number:
            reason = f"Row {first} is about {quote(login)} already."
            hint = "One person has one mentee file, in each term. Keep one of the rows."
            refusals.append(Refusal(row=row.number, column="mentee", reason=reason, hint=hint))
            continue
        one, found = mentee_file_of(row, defaults, program)
        if one is not None:
            others = by_login.setdefault(login, [])
            found = list(files.clash(one, program))
            found += [
                _overlap(one, f"row {other.row}")
                for other in others
                if _meet(other.record, one.record, program)
            ]
            made += [] if found else [one]
            others += [] if found else [one]
        refusals += found
    return made, refusals


def _meet(one: Record, other: Record, program: Program) -> bool:
    """Whether two mentorships of one person are in the same weeks, so that they can't both be."""
    both = one.status.holds_seat and other.status.holds_seat
    return both and overlap(one, other, program)


def _overlap(one: MenteeFile, rival: str) -> Refusal:
    reason = f"{quote(one.record.login)} has another mentorship in these weeks: {rival}."
    hint = "One mentorship at a time. Choose one, or a term that begins later."
    return Refusal(row=one.row, column="mentee", reason=reason, hint=hint)


def _refuse_odd_folder(folder: Path) -> None:
    if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
        fix = "Replace the link or file by a folder."
        raise UsageError("This is not a plain folder.", where=FOLDER, fix=fix)


def _write(path: Path, text: str) -> None:
    """Write a file that isn't there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(text.encode())


def _taken(one: MenteeFile) -> TakenRow:
    return TakenRow(row=one.row, file=one.record.file)
