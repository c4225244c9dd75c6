"""Places in a file: lines and columns, paths into its data, and what stands where."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from mentorship_action.domain.text import number_unseen

Path = tuple[str | int, ...]
"""The way to a value: keys of mappings, and places in lists, which count from 0."""

_ORDINALS: Final = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)


class Spot(NamedTuple):
    """A place in a file; both count from 1."""

    line: int
    column: int


class Extent(NamedTuple):
    """Where something begins, and the place right after its end."""

    start: Spot
    end: Spot

    @property
    def is_one_line(self) -> bool:
        """Whether it stands on one line, and is anything at all."""
        return self.start.line == self.end.line and self.start.column < self.end.column


class Part(NamedTuple):
    """One value; ``key`` is where its key stands. ``in_brackets`` says that it is in flow style."""

    value: Extent
    key: Extent | None = None
    in_brackets: bool = False


START: Final = Spot(1, 1)
_NOTHING: Final = Part(Extent(START, START))


class Places:
    """Where each value of a file stands, worked out when somebody asks.

    ``events`` has the parser's event of each value in the order of the file, and, for a list or
    mapping in brackets, the event that ends it.
    """

    def __init__(self, data: Any = None, events: Sequence[tuple[Any, Any]] = ()) -> None:
        self._data = data
        self._events = events

    def part(self, path: Path) -> Part | None:
        """Return what stands at a path; None when there is no such value."""
        return self._parts.get(path)

    def spot(self, path: Path) -> Spot:
        """Return the place of the value at a path, or of the nearest value around it."""
        while path not in self._parts and path:
            path = path[:-1]
        return self._parts.get(path, _NOTHING).value.start

    def key_spot(self, path: Path) -> Spot:
        """Return the place of the key at the end of a path."""
        part = self._parts.get(path)
        return self.spot(path) if part is None or part.key is None else part.key.start

    @cached_property
    def _parts(self) -> dict[Path, Part]:
        parts: dict[Path, Part] = {}
        if self._events:
            _locate(self._data, (), None, iter(self._events), parts)
        return parts


def _locate(
    value: Any,
    path: Path,
    key: Extent | None,
    events: Iterator[tuple[Any, Any]],
    parts: dict[Path, Part],
) -> Extent:
    """Put the parts of a value into ``parts``; return where the value begins and ends."""
    first, last = next(events)
    start, end = mark_spot(first.start_mark), mark_spot(first.end_mark)
    # `[a: b]` holds a mapping that has no brackets of its own.
    in_brackets = last is not None and start < end
    if isinstance(value, dict):
        for name, inner in value.items():
            event, _ = next(events)
            place = Extent(mark_spot(event.start_mark), mark_spot(event.end_mark))
            end = _locate(inner, (*path, name), place, events, parts).end
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            end = _locate(inner, (*path, number), None, events, parts).end
    if in_brackets:  # in block style the parser ends a value only where the next one begins
        end = mark_spot(last.end_mark)
    extent = Extent(start, end)
    parts[path] = Part(extent, key, in_brackets)
    return extent


def mark_spot(mark: Any) -> Spot:
    """Return the place of one of the parser's marks."""
    return Spot(mark.line + 1, mark.column + 1)


def shown_path(path: Path) -> str:
    """Return a path as programs read it, such as ``goals[2]`` or ``meeting.day``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{number_unseen(step[:40])}"
    return text.removeprefix(".")


def spoken_path(path: Path) -> str:
    """Return a path as people say it, such as ``goals, third item`` or ``meeting.day``."""
    text = ""
    for before, step in zip((0, *path), path, strict=False):
        if isinstance(step, str):
            text += f"{', ' if isinstance(before, int) else '.'}{number_unseen(step[:40])}"
        elif step < len(_ORDINALS):
            text += f", {_ORDINALS[step]} item"
        else:
            text += f", item {step + 1}"
    return text.removeprefix(", ")
