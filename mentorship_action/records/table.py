"""A table of people, from a CSV file or a YAML list to rows of cells; nothing is decided here."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

from mentorship_action.domain.refusals import Refusal
from mentorship_action.domain.text import number_unseen, quote
from mentorship_action.errors import UsageError
from mentorship_action.records.private import private_kind
from mentorship_action.records.source import PROGRAM_LIMITS, read_source, split_lines
from mentorship_action.records.yaml import read_document

COLUMNS: Final = (
    *("mentee", "name", "mentor", "co", "backup", "team", "term", "start", "weeks"),
    *("hours_per_week", "timezone", "focus", "goals", "chat_network", "chat_handle"),
)
_LISTS: Final = frozenset({"co", "backup", "focus", "goals"})
_SIZE: Final = 4 * 1024 * 1024
_MOST_ROWS: Final = 10_000
_DELIMITERS: Final = ",;\t|"
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)(?:\r\n|\r|\n)", re.IGNORECASE)

Cells = Mapping[str, tuple[str, ...]]
"""The values of a row by column; a column without a value is left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row that could be read; ``number`` is counted as in ``Refusal``."""

    number: int
    cells: Cells


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """All rows that say anything, and why others can't be read.

    ``unused`` are the headers that are none of our columns.
    """

    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    unused: tuple[str, ...]


def read_table(path: Path, renames: Mapping[str, str]) -> Table:
    """Read a file as YAML where its name ends in ``.yml`` or ``.yaml``, else as CSV.

    ``renames`` has our column for other headers, as ``normal_header`` spells them.

    Raises:
        UsageError: the file can't be read as a table at all.
    """
    is_yaml = path.suffix.lower() in (".yml", ".yaml")
    text = _text(path)
    # A cell may not end early, where what follows in it would pass for rows.
    before = csv.field_size_limit(_SIZE)
    try:
        found = list((_yaml_rows if is_yaml else _csv_rows)(text, renames))
    finally:
        csv.field_size_limit(before)
    if len(found) > _MOST_ROWS:
        raise _wrong(path, f"It has more than {_MOST_ROWS:,} rows.", "Split it.")
    unused = [name for one in found if isinstance(one, _Unused) for name in one]
    return Table(
        rows=tuple(one for one in found if isinstance(one, Row) and one.cells),
        refusals=tuple(one for one in found if isinstance(one, Refusal)),
        unused=tuple(dict.fromkeys(unused)),
    )


def normal_header(text: str) -> str:
    """Return a header without regard to case, and to blanks, hyphens and underscores."""
    return re.sub(r"[\s_-]+", "_", text.strip().lower())


def values(column: str, text: str) -> tuple[str, ...]:
    """Return the values in a cell: where a column takes several, they are on lines or after `;`."""
    pieces = re.split(r"[;\r\n]", text) if column in _LISTS else [text]
    return tuple(piece.strip() for piece in pieces if piece.strip())


def plain_values(column: str, value: Any) -> tuple[str, ...] | None:
    """Return the values of a cell in YAML: text, a number, or a list of these; None for others."""
    if isinstance(value, list):
        parts = [_plain(one) for one in value]
        return None if None in parts else tuple(one for one in parts if one)
    plain = _plain(value)
    return None if plain is None else values(column, plain)


class _Unused(list[str]):
    """Headers that are none of our columns."""


def _plain(value: Any) -> str | None:
    if value is None:
        return ""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value).strip() if is_number or isinstance(value, str) else None


def _text(path: Path) -> str:
    source = read_source(path, _SIZE, path.name)
    if source.problem is not None and not source.data:
        raise _wrong(path, source.problem.message, source.problem.hint)
    if len(source.data) > _SIZE:
        raise _wrong(path, f"It has more than {_SIZE // 1024 // 1024} MiB.", "Split it.")
    is_utf16 = source.data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return source.data.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        fix = "Save it as “CSV UTF-8”."
        raise _wrong(path, "It isn't UTF-8 text, so names would be garbled.", fix) from error


def _wrong(path: Path | str, what: str, fix: str) -> UsageError:
    return UsageError(what, where=number_unseen(str(path)), fix=fix)


# ---------------------------------------------------------------------------
# CSV


def _csv_rows(text: str, renames: Mapping[str, str]) -> Iterator[Row | Refusal | _Unused]:
    given = _SEPARATOR_LINE.match(text)
    text = text[given.end() :] if given else text
    headers = {one: _header(text, one) for one in (given[1] if given else _DELIMITERS)}
    columns = {one: _columns(found, renames) for one, found in headers.items()}
    delimiter = max(columns, key=lambda one: sum(map(bool, columns[one])))
    header, places = headers[delimiter], columns[delimiter]
    if "mentee" not in places:
        raise _wrong(
            "FILE",
            "Its first row has no column `mentee`.",
            f"The columns are {', '.join(COLUMNS)}; name others in a file for --map.",
        )
    _must_have(header, renames)
    yield _Unused(_shown(name) for name, column in zip(header, places, strict=True) if not column)
    records = _records(text, delimiter)
    next(cells for _, cells in records if _says_anything(cells))  # the header
    for number, cells in records:
        if cells is None:
            reason = "The row can't be read: a quote is not closed, or text follows one."
            yield Refusal(row=number, reason=reason, hint="Write a quote inside a cell twice.")
        elif any(cell.strip() for cell in cells[len(places) :]):
            reason = "The row has more cells than the header."
            hint = f"Put cells that hold {quote(delimiter)} between quotes."
            yield Refusal(row=number, reason=reason, hint=hint)
        else:
            pairs = zip(places, cells, strict=False)
            filled = {column: values(column, cell) for column, cell in pairs if column}
            yield Row(number=number, cells={key: cell for key, cell in filled.items() if cell})


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Yield the number and cells of each row; None for one that isn't CSV."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    for number in count(1):
        try:
            yield number, next(reader)
        except csv.Error:
            yield number, None
        except StopIteration:
            return


def _says_anything(cells: list[str] | None) -> bool:
    return cells is not None and any(cell.strip() for cell in cells)


def _header(text: str, delimiter: str) -> list[str]:
    found = (cells for _, cells in _records(text, delimiter) if _says_anything(cells))
    return next(found, None) or []


def _must_have(header: Sequence[str], renames: Mapping[str, str]) -> None:
    """Raise UsageError when a map names a header that isn't there: a whole column would be lost."""
    names = {normal_header(name) for name in header}
    for name, column in renames.items():
        if name not in names:
            what = f"The file has no column {quote(name)}, which is to be {quote(column)}."
            raise _wrong("--map", what, f"Its columns are {', '.join(map(_shown, header))}.")


def _columns(header: Sequence[str], renames: Mapping[str, str]) -> list[str]:
    """Return our column for each header, "" for what is none of ours.

    Raises:
        UsageError: two headers stand for the same column.
    """
    names = [normal_header(name) for name in header]
    renamed = {renames[name] for name in names if name in renames}
    columns = [
        renames.get(name) or (name if name in COLUMNS and name not in renamed else "")
        for name in names
    ]
    for column in COLUMNS:
        if columns.count(column) > 1:
            raise _wrong("FILE", f"Two of its columns are `{column}`.", "Rename one of them.")
    return columns


def _shown(name: str) -> str:
    """Return a header as it can be shown; a file without headers has people's data there."""
    return "one that looks private" if private_kind(name) else name.strip()[:40]


# ---------------------------------------------------------------------------
# YAML


def _yaml_rows(text: str, renames: Mapping[str, str]) -> Iterator[Row | Refusal | _Unused]:
    for line, entry in _entries(text):
        data = entry.encode("utf-8", "replace")
        document = read_document(data, PROGRAM_LIMITS)
        problems = document.problems
        if problems or not isinstance(document.data, list):
            reason = problems[0].message if problems else "The file is not a list."
            hint = problems[0].hint if problems else "Begin each person with `- mentee: login`."
            if re.search(r"^ *\t", entry, re.MULTILINE):
                reason, hint = "A tab indents one of its lines.", "Indent with spaces."
            yield Refusal(row=line, reason=reason, hint=hint)
            continue
        for index, one in enumerate(document.data):
            number = line + document.places.spot((index,)).line - 1
            yield from _yaml_row(number, one, renames)


def _yaml_row(
    number: int, entry: Any, renames: Mapping[str, str]
) -> Iterator[Row | Refusal | _Unused]:
    if not isinstance(entry, dict):
        hint = "Begin each person with `- mentee: login`."
        yield Refusal(row=number, reason="The entry is not a mapping.", hint=hint)
        return
    try:
        columns = _columns(list(entry), renames)
    except UsageError as error:
        yield Refusal(row=number, reason=error.what, hint=error.fix)
        return
    yield _Unused(_shown(name) for name, column in zip(entry, columns, strict=True) if not column)
    cells: dict[str, tuple[str, ...]] = {}
    for column, value in zip(columns, entry.values(), strict=True):
        plain = plain_values(column, value) if column else ()
        if plain is None:
            reason = "Text, a number or a list of these belongs here."
            yield Refusal(row=number, column=column, reason=reason)
            return
        if plain:
            cells[column] = plain
    yield Row(number=number, cells=cells)


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Yield each entry of a list with the line that it begins on, so that one can be wrong alone.

    A list that doesn't have its entries at the start of lines is one piece.
    """
    lines = split_lines(text)
    starts = [place for place, line in enumerate(lines) if re.match(r"-(?:\s|$)", line)]
    before = lines[: starts[0]] if starts else lines
    if not starts or any(line.strip("- ") and not line.startswith("#") for line in before):
        yield 1, text
        return
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start + 1, "\n".join(lines[start:end]) + "\n"
