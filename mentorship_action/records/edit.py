"""Changes of single values in a file, which leave all else as its author wrote it.

A value is replaced in its place, an entry is added where its siblings are, and the result is read
again: when it doesn't mean what was asked for, a larger piece is replaced.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from enum import Enum
from itertools import accumulate
from typing import Any, Final, NamedTuple

from mentorship_action.records.places import Extent, Part, Path, Spot
from mentorship_action.records.source import PROGRAM_LIMITS, split_lines
from mentorship_action.records.write import as_file, as_yaml
from mentorship_action.records.yaml import Document, parse


class _Remove(Enum):
    REMOVE = "remove"


REMOVE: Final = _Remove.REMOVE
"""In the place of a value: the entry is to go."""

_WITH_ENDS: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END_COLUMN: Final = 1_000_000
"""Behind the end of any line."""


class Splice(NamedTuple):
    """Text to put in the place of what stands from ``start`` to before ``end``."""

    start: Spot
    end: Spot
    text: str


def edit(content: bytes, changes: Mapping[Path, Any]) -> bytes:
    """Return a file in which the value at each path is another one, or is gone with ``REMOVE``.

    Values are what YAML knows, and dates. A path may lead to a key that isn't there yet, or to the
    place right behind the last entry of a list; a key that isn't there is gone already. Comments,
    quotes, order and line ends stay.

    Raises:
        ValueError: the file can't be read as YAML, or a path leads nowhere.
    """
    document = parse(content, PROGRAM_LIMITS)
    if document.problems or not isinstance(document.data, dict):
        raise ValueError("only a file that can be read can be edited")
    wanted = deepcopy(document.data)
    for path, value in changes.items():
        _put(wanted, path, value)
    text = content.decode("utf-8")
    for deepest in (100, 1):
        edits = _Differences(text, document, deepest).between((), document.data, wanted)
        edited = applied(text, edits).encode()
        if _same(parse(edited, PROGRAM_LIMITS).data, wanted):
            return edited
    return as_file(wanted).replace("\n", _line_end(text)).encode()


def lines_of(content: bytes, path: Path) -> str:
    """Return the whole lines of a key of a file, or of an entry of a list, without the last end.

    Raises:
        ValueError: the file can't be read as YAML, or there is nothing at the path.
    """
    part = parse(content, PROGRAM_LIMITS).places.part(path)
    if part is None:
        raise ValueError(f"there is nothing at {path}")
    lines = split_lines(content.decode("utf-8"))
    return "\n".join(lines[_begin(part).line - 1 : _last_line(part)])


def mentor_lines(content: bytes) -> dict[str, range]:
    """Return the numbers of the lines of each mentor in a program, from 1, by lower-case login."""
    document = parse(content, PROGRAM_LIMITS)
    mentors = document.data.get("mentors") if isinstance(document.data, dict) else None
    parts = (
        (str(one["github"]).lower(), document.places.part(("mentors", place)))
        for place, one in enumerate(mentors or ())
    )
    return {login: range(_begin(part).line, _last_line(part) + 1) for login, part in parts if part}


def applied(text: str, edits: Iterable[Splice]) -> str:
    """Return text with edits made, none of which may overlap."""
    pieces = _WITH_ENDS.findall(text)
    starts = [0, *accumulate(map(len, pieces))]
    line_end = _line_end(text)

    def offset(spot: Spot) -> int:
        if spot.line > len(pieces):
            return len(text)
        line = pieces[spot.line - 1].rstrip("\r\n")
        return starts[spot.line - 1] + min(spot.column - 1, len(line))

    for one in sorted(edits, key=lambda one: one.start)[::-1]:
        new = one.text.replace("\n", line_end)
        text = text[: offset(one.start)] + new + text[offset(one.end) :]
    return text


def new_entry(text: str, document: Document, path: Path, entry: str) -> Splice | None:
    """Return the edit that adds an entry to the list or mapping at a path, behind its siblings.

    None where that takes more than a line: a list or mapping in brackets over several lines.
    """
    part = document.places.part(path)
    if part is None:
        return None
    lines = split_lines(text)
    if part.in_brackets:
        return _within_brackets(lines, part, entry)
    last = _last_line(part) if path else len(lines)
    end = Spot(last, len(lines[last - 1]) + 1)
    indent = " " * (part.value.start.column - 1)
    return Splice(end, end, f"\n{indent}{entry}")


def _within_brackets(lines: Sequence[str], part: Part, entry: str) -> Splice | None:
    if not part.value.is_one_line:
        return None
    start, end = part.value
    inner = lines[start.line - 1][start.column : end.column - 2].rstrip()
    spot = Spot(start.line, start.column + 1 + len(inner))
    return Splice(spot, spot, f"{', ' if inner.strip() else ''}{entry}")


class _Differences:
    """The edits between what a file holds and what it is to hold.

    What lies deeper than ``deepest`` levels is replaced as a whole.
    """

    def __init__(self, text: str, document: Document, deepest: int) -> None:
        self._text = text
        self._document = document
        self._deepest = deepest

    def between(self, path: Path, old: Any, new: Any) -> Iterator[Splice]:
        """Yield the edits that make ``new`` of the value at a path."""
        is_deep = len(path) >= self._deepest
        if _same(old, new):
            return
        if not is_deep and old and new and isinstance(old, dict) and isinstance(new, dict):
            yield from self._in_mapping(path, old, new)
        elif not is_deep and old and new and isinstance(old, list) and isinstance(new, list):
            yield from self._in_list(path, old, new)
        else:
            yield from self._replacement(path, new)

    def _in_mapping(
        self, path: Path, old: Mapping[str, Any], new: Mapping[str, Any]
    ) -> Iterator[Splice]:
        for key, value in old.items():
            if key in new:
                yield from self.between((*path, key), value, new[key])
            else:
                yield from self._removal(path, list(old), key)
        for key, value in new.items():
            if key not in old:
                yield from self._addition(path, f"{as_yaml(key)}: {as_yaml(value)}")

    def _in_list(self, path: Path, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Splice]:
        first = 0
        while first < min(len(old), len(new)) and _same(old[first], new[first]):
            first += 1
        gone = range(first, first + len(old) - len(new))
        for place in gone:
            yield from self._removal(path, list(range(len(old))), place)
        kept = (place for place in range(len(old)) if place not in gone)
        for place, value in zip(kept, new, strict=False):
            yield from self.between((*path, place), old[place], value)
        dash = "" if self._in_brackets(path) else "- "
        for value in new[len(old) :]:
            yield from self._addition(path, f"{dash}{as_yaml(value)}")

    def _addition(self, path: Path, entry: str) -> Iterator[Splice]:
        found = new_entry(self._text, self._document, path, entry)
        if found is not None:
            yield found

    def _replacement(self, path: Path, value: Any) -> Iterator[Splice]:
        part = self._document.places.part(path)
        if part is None:
            return
        new = as_yaml(value)
        if part.value.is_one_line or part.in_brackets or part.key is None:
            yield Splice(*_without_line_end(part), new)
        elif part.value.start == part.value.end:
            yield Splice(part.value.start, part.value.end, f" {new}")
        else:  # a block below its key
            yield Splice(part.key.end, _without_line_end(part).end, f": {new}")

    def _removal(self, path: Path, steps: list[str | int], step: str | int) -> Iterator[Splice]:
        """Yield the edit that takes an entry out of the list or mapping at a path."""
        place = steps.index(step)
        part, *around = (
            self._document.places.part((*path, steps[one])) if 0 <= one < len(steps) else None
            for one in (place, place + 1, place - 1)
        )
        following, former = around
        if part is None:
            return
        begins = _begin(part)
        if not self._in_brackets(path):
            yield Splice(Spot(begins.line, 1), Spot(_last_line(part) + 1, 1), "")
        elif following is not None:
            yield Splice(begins, _begin(following), "")
        else:
            yield Splice(former.value.end if former else begins, part.value.end, "")

    def _in_brackets(self, path: Path) -> bool:
        part = self._document.places.part(path)
        return part is not None and part.in_brackets


def _begin(part: Part) -> Spot:
    return (part.key or part.value).start


def _without_line_end(part: Part) -> Extent:
    """Return the extent of a value without the line break that may end it."""
    start, end = part.value
    if end.column == 1 and end.line > start.line:
        end = Spot(end.line - 1, _LINE_END_COLUMN)
    return Extent(start, end)


def _last_line(part: Part) -> int:
    end = part.value.end
    return end.line if end.column > 1 or end == part.value.start else end.line - 1


def _put(data: Any, path: Path, value: Any) -> None:
    """Set, add or remove the value at a path."""
    *outer, last = path
    try:
        for step in outer:
            data = data.setdefault(step, {}) if isinstance(data, dict) else data[step]
        if value is REMOVE and isinstance(data, dict):
            data.pop(last, None)
        elif value is REMOVE:
            del data[last]
        elif isinstance(data, list) and last == len(data):
            data.append(value)
        else:
            data[last] = value
    except (IndexError, KeyError, TypeError) as error:
        raise ValueError(f"the path {path} leads nowhere") from error


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same in a file; to Python 1 would equal true."""
    first, second = (json.dumps(value, sort_keys=True, default=str) for value in (one, other))
    return first == second


def _line_end(text: str) -> str:
    found = re.search(r"\r\n|\r|\n", text)
    return found[0] if found else "\n"
