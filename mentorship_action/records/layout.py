"""From where to where each key and value of a file stands.

Imported for a faulty file alone; ``yaml`` has read the file before, so its size and its depth
are known to be sound.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from _ruamel_yaml import (
    CParser,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
)

from mentorship_action.records.yaml import Path, Spot, mark_spot
from mentorship_action.records.yaml_flow import repair

_BREAK: Final = re.compile(r"\r\n|\r|\n")


class Extent(NamedTuple):
    """Where something begins, and the place right after its end."""

    start: Spot
    end: Spot

    @property
    def is_one_line(self) -> bool:
        """Whether it stands on one line, and is anything at all."""
        return self.start.line == self.end.line and self.start.column < self.end.column


class Laid(NamedTuple):
    """One value; ``key`` is its key in a mapping. ``is_braced`` tells of brackets around it."""

    value: Extent
    key: Extent | None = None
    is_braced: bool = False


class Layout:
    """The places of a file's keys and values by path; none when it can't be read as YAML."""

    def __init__(self, source: bytes) -> None:
        self.lines = split_lines(source.decode("utf-8", "replace"))
        self.parts, self.outline = _walked(source)

    def text(self, extent: Extent) -> str:
        """Return what is written there; empty unless it stands on one line."""
        if not extent.is_one_line:
            return ""
        return self.lines[extent.start.line - 1][extent.start.column - 1 : extent.end.column - 1]

    def written(self, path: Path) -> str:
        """Return a value as its author wrote it, on one line and without brackets; or nothing."""
        laid = self.parts.get(path)
        return "" if laid is None or laid.is_braced else self.text(laid.value)


# Each scalar and each beginning of a list or mapping, in order: what it is and where it stands.
Outline = list[tuple[str, int, int, Any]]


def split_lines(text: str) -> list[str]:
    """Return the lines as YAML and editors count them; nothing follows the last line break."""
    lines = _BREAK.split(text)
    return lines if lines[-1] else lines[:-1]


def _walked(source: bytes) -> tuple[Mapping[Path, Laid], Outline | None]:
    for data, restore in _forms(source):
        walker = _Walker(data, restore)
        try:
            walker.document()
        except (YAMLError, RecursionError):
            continue
        return walker.parts, walker.outline
    return {}, None


def _forms(source: bytes) -> list[tuple[bytes, Mapping[int, str]]]:
    """Return the file as it is, and as an older parser reads it; see ``yaml_flow``."""
    again = repair(source)
    return [(source, {})] + ([] if again is None else [(again.data, again.restore)])


class _Walker:
    """Follows the parser's events and keeps the extent of each part."""

    def __init__(self, data: bytes, restore: Mapping[int, str]) -> None:
        self._next = CParser(data).get_event
        self._restore = restore
        self.parts: dict[Path, Laid] = {}
        self.outline: Outline = []

    def document(self) -> None:
        """Walk through the first document."""
        self._next()  # the stream's start
        self._next()  # the document's
        self._value(self._next(), (), None)
        self._next()  # the document's end
        self._next()  # the stream's, or another document, which may well be broken

    def _value(self, event: Any, path: Path, key: Extent | None) -> Extent:
        start = mark_spot(event.start_mark)
        text = event.value.translate(self._restore) if type(event) is ScalarEvent else None
        self.outline.append((type(event).__name__, *start, text))
        end = mark_spot(event.end_mark)
        is_braced = type(event) in (SequenceStartEvent, MappingStartEvent) and start != end
        if type(event) is SequenceStartEvent:
            end = self._sequence(path, is_braced=is_braced) or end
        elif type(event) is MappingStartEvent:
            end = self._mapping(path, is_braced=is_braced) or end
        extent = Extent(start, end)
        self.parts.setdefault(path, Laid(extent, key, is_braced))
        return extent

    def _sequence(self, path: Path, *, is_braced: bool) -> Spot | None:
        end, place = None, 0
        while type(event := self._next()) is not SequenceEndEvent:
            end = self._value(event, (*path, place), None).end
            place += 1
        return mark_spot(event.end_mark) if is_braced else end

    def _mapping(self, path: Path, *, is_braced: bool) -> Spot | None:
        end = None
        while type(event := self._next()) is not MappingEndEvent:
            # What can't be a key was told of; it and its value have a path that nobody asks for.
            is_text = type(event) is ScalarEvent
            name = event.value.translate(self._restore) if is_text else ""
            key = self._value(event, (*path, "", name), None)
            end = self._value(self._next(), (*path, name), key).end
        # In block style the parser ends a mapping where the next thing begins.
        return mark_spot(event.end_mark) if is_braced else end
