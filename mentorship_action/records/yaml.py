"""YAML text to plain data and places in one pass, with every quirk of YAML kept out.

The C parser yields events, so whatever is unwelcome (aliases, tags, a bomb of brackets) is seen
before anything is built of it. What a finding can name and step over is stepped over, so that
one visit tells a newcomer everything; see ``UNKNOWN``.
"""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from _ruamel_yaml import (
    AliasEvent,
    CParser,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from mentorship_action.records.codes import Code
from mentorship_action.records.quoting import quote

Path = tuple[str | int, ...]


class Limits(NamedTuple):
    """How much a file may hold: bytes, values and levels."""

    size: int
    values: int
    depth: int


class Spot(NamedTuple):
    """A place in a file; both count from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """What is wrong with a text as YAML, and where; ``meant`` is the whole line as meant."""

    code: Code
    spot: Spot
    message: str
    hint: str
    meant: str = ""


class Node(NamedTuple):
    """Where a value stands, and its keys and parts if it has any.

    Children of a mapping are by key, ``(place of the key, child)``; of a list, in order.
    """

    spot: Spot
    keys: "dict[str, tuple[Spot, Node]]"
    items: "list[Node]"


class _Unknown:
    """The stand-in for a value that was refused as YAML; nothing more is said about it."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = _Unknown()


class Tree:
    """A file's data, what is wrong with it as YAML, and the place of each part.

    ``data`` is UNKNOWN where there is none. Most files are sound and nobody asks for a place in
    them, so places are read from ``source`` when somebody does.
    """

    __slots__ = ("_limits", "_node", "data", "faults", "source")

    def __init__(self, data: Any, faults: list[Fault], source: bytes, limits: Limits) -> None:
        self.data = data
        self.faults = faults
        self.source = source
        self._limits = limits
        self._node: Node | None = None

    def spot(self, path: Path) -> Spot:
        """Return the place of the value at ``path``, or of the nearest thing around it."""
        node = self._root()
        for step in path:
            if isinstance(step, str) and step in node.keys:
                node = node.keys[step][1]
            elif isinstance(step, int) and step < len(node.items):
                node = node.items[step]
            else:
                break
        return node.spot

    def key_spot(self, path: Path) -> Spot:
        """Return the place of the key at the end of ``path``."""
        node = self._root()
        for step in path[:-1]:
            node = node.keys[step][1] if isinstance(step, str) else node.items[step]
        last = path[-1]
        if isinstance(last, str) and last in node.keys:
            return node.keys[last][0]
        return self.spot(path)

    def _root(self) -> Node:
        if self._node is None:
            value, _, marks, _ = _attempts(self.source, self._limits)
            self._node = _located(value, iter(marks)) if marks else _EMPTY
        return self._node


def _located(value: Any, marks: Iterator[Any]) -> Node:
    """Return the places of a value and its parts, whose marks come in the order of the file."""
    spot = mark_spot(next(marks))
    if type(value) is dict:
        keys = {key: (mark_spot(next(marks)), _located(part, marks)) for key, part in value.items()}
        return Node(spot, keys, [])
    if type(value) is list:
        return Node(spot, {}, [_located(part, marks) for part in value])
    return Node(spot, {}, [])


START: Final = Spot(1, 1)
DIRECTIVE: Final = (
    "A line that begins with `%` changes how YAML is read.",
    "Remove the line.",
)
_EMPTY: Final = Node(START, {}, [])
# Enough to mend a file by; a bomb of aliases isn't listed alias by alias.
_MOST_FAULTS: Final = 20

# YAML 1.2's core schema: what a plain scalar may mean beside text.
_CORE: Final = re.compile(
    r"(?P<null>~|null|Null|NULL)"
    r"|(?P<true>true|True|TRUE)"
    r"|(?P<false>false|False|FALSE)"
    r"|(?P<int>[-+]?[0-9]+)"
    r"|(?P<octal>0o[0-7]+)"
    r"|(?P<hex>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<endless>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
).fullmatch
_MAYBE_CORE: Final = frozenset("~nNtTfF0123456789+-.")
_MOST_DIGITS: Final = 18


class _StopError(Exception):
    """Reading can't go on."""

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault


def parse(data: bytes, limits: Limits) -> Tree:
    """Return the data in ``data``, which is UTF-8 without control characters, and its places.

    Never raises for what the bytes hold: that is in the tree's ``faults``.
    """
    value, faults, _, _ = _attempts(data, limits)
    return Tree(value, faults, data, limits)


def _attempts(data: bytes, limits: Limits) -> "_Reading":
    """Read as it is, and if the parser gives up, in a form that an older parser understands."""
    reading = _read(_Reader(data, limits), data)
    if reading.broken:
        from mentorship_action.records.yaml_flow import repair  # noqa: PLC0415 - rarely needed

        again = repair(data)
        if again is not None:
            retried = _read(_Reader(again.data, limits, again.restore), data)
            if not retried.broken or retried.faults[-1].spot > reading.faults[-1].spot:
                return retried
    return reading


class _Reading(NamedTuple):
    """What one attempt to read came to; ``broken`` says that the parser gave up."""

    value: Any
    faults: list[Fault]
    marks: list[Any]
    broken: bool


def _read(reader: "_Reader", data: bytes) -> _Reading:
    try:
        return _Reading(reader.document(), reader.faults, reader.marks, broken=False)
    except _StopError as stop:
        return _Reading(UNKNOWN, [*reader.faults, stop.fault], [], broken=False)
    except YAMLError as error:
        from mentorship_action.records.yaml_words import complaint  # noqa: PLC0415 - as above

        return _Reading(UNKNOWN, [*reader.faults, complaint(error, data)], [], broken=True)


def no_tree() -> Tree:
    """Return the tree of a file that was not read."""
    return Tree(UNKNOWN, [], b"", Limits(0, 0, 0))


class _Reader:
    """Builds data from the parser's events and keeps the place of each."""

    def __init__(
        self, data: bytes, limits: Limits, restore: Mapping[int, str] | None = None
    ) -> None:
        self._next = CParser(data).get_event
        self._restore = restore
        self._limits = limits
        self._most = 2 * limits.values  # a key and a value each
        self.marks: list[Any] = []
        self.faults: list[Fault] = []

    def document(self) -> Any:
        """Read the one document of the stream."""
        self._next()  # the stream's start
        event = self._next()
        if type(event) is StreamEndEvent:
            raise _StopError(_empty_file())
        if event.version is not None or event.tags is not None:
            self.faults.append(Fault("yaml-directive", _spot(event), *DIRECTIVE))
        first = self._next()
        value = self._value(first, 1)
        self._next()  # the document's end
        event = self._next()
        if type(event) is DocumentStartEvent:
            self._fault(
                "several-documents",
                event,
                "A second document begins here; a file holds one.",
                "Remove this line that begins with `---`, and what belongs to another file.",
            )
        if value is None and not first.value:
            raise _StopError(_empty_file())
        return value

    def _value(self, event: Any, depth: int) -> Any:
        self.marks.append(event.start_mark)
        kind = type(event)
        if kind is AliasEvent:
            return self._refuse_alias(event)
        # `ctag`, as `tag` makes a text anew at each look.
        if event.anchor is not None or event.ctag is not None:
            self._refuse_extras(event)
        if kind is ScalarEvent:
            if self._restore is not None:
                event.value = event.value.translate(self._restore)
            return self._plain(event) if event.implicit[0] else event.value
        if depth > self._limits.depth:
            raise _StopError(self._too_deep(event))
        return self._sequence(depth) if kind is SequenceStartEvent else self._mapping(depth)

    def _sequence(self, depth: int) -> list[Any]:
        values: list[Any] = []
        while type(event := self._next()) is not SequenceEndEvent:
            if len(self.marks) > self._most:
                raise _StopError(self._too_much(event))
            values.append(self._value(event, depth + 1))
        return values

    def _mapping(self, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        lines: dict[str, Any] = {}
        marks, following, value_of = self.marks, self._next, self._value
        while type(event := following()) is not MappingEndEvent:
            before = len(marks)
            if before > self._most:
                raise _StopError(self._too_much(event))
            key = value_of(event, depth + 1)
            if type(key) is not str or key in lines or key == "<<":
                problem = self._key_problem(key, event, lines)
                if problem is not None:
                    self._fault(*problem)
                    value_of(following(), depth + 1)
                    del marks[before:]  # the entry is left out, so its places are, too
                    continue
            lines[key] = event.start_mark
            values[key] = value_of(following(), depth + 1)
        return values

    def _key_problem(
        self, key: Any, event: Any, lines: Mapping[str, Any]
    ) -> tuple[Code, Any, str, str] | None:
        """Return why something can't be a key, or None."""
        if type(event) is not ScalarEvent:
            return (
                "complex-key",
                event,
                "A list, mapping or alias stands where a key belongs.",
                "Keys are words such as `mentor`; quote text that begins with one of `[{*?`.",
            )
        if type(key) is not str:
            return (
                "non-text-key",
                event,
                f"{quote(event.value)} can't be a key: YAML doesn't read it as text.",
                "Keys are words such as `mentor`; each is followed by a colon and a space.",
            )
        if key in lines:
            return (
                "duplicate-key",
                event,
                f"The key {quote(key)} is here twice; line {lines[key].line + 1} has it already.",
                "Keep one of the two.",
            )
        if event.implicit[0]:
            return (
                "yaml-merge-key",
                event,
                "`<<` merges another part of the file into this one.",
                "Write the keys and values out instead.",
            )
        return None

    def _plain(self, event: Any) -> Any:
        """Return what an unquoted scalar means."""
        text = event.value
        if not text:
            return None
        if text[0] not in _MAYBE_CORE or (match := _CORE(text)) is None:
            return text
        kind = match.lastgroup
        if kind in _CONSTANTS:
            return _CONSTANTS[kind]
        if kind in _BASES and len(text) <= _MOST_DIGITS:
            return int(text, _BASES[kind])
        if kind == "float" and math.isfinite(number := float(text)):
            return number
        self._fault(
            "odd-number",
            event,
            f"{quote(text)} isn't a number that can be used here.",
            "Write a plain number such as `5`, or put quotes around it if it is meant as text.",
        )
        return UNKNOWN

    def _refuse_alias(self, event: Any) -> Any:
        self._fault(
            "yaml-alias",
            event,
            f"{quote('*' + event.anchor)} is an alias, which stands for another part of the file.",
            "Write the value itself here, or put quotes around it if it is meant as text.",
        )
        return UNKNOWN

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault(
                "yaml-anchor",
                event,
                f"{quote('&' + event.anchor)} is an anchor, a YAML feature not used here.",
                "Remove it, or put quotes around the value if it is meant as text.",
            )
        if event.ctag is not None:
            self._fault(
                "yaml-tag",
                event,
                "A tag (a word that begins with `!`) stands before this value.",
                "Remove it, or put quotes around the value if it is meant as text.",
            )

    def _too_deep(self, event: Any) -> Fault:
        return Fault(
            "too-deep",
            _spot(event),
            f"Here {self._limits.depth} lists or mappings lie inside each other already.",
            "Check the brackets and the indentation; the example shows how deep keys go.",
        )

    def _too_much(self, event: Any) -> Fault:
        return Fault(
            "too-many-values",
            _spot(event),
            f"The file has more than {self._limits.values:,} values; reading stopped here.",
            "Shorten it.",
        )

    def _fault(self, code: Code, event: Any, message: str, hint: str) -> None:
        fault = Fault(code, _spot(event), message, hint)
        if len(self.faults) >= _MOST_FAULTS:
            raise _StopError(fault)
        self.faults.append(fault)


_CONSTANTS: Final[dict[str | None, Any]] = {"null": None, "true": True, "false": False}
_BASES: Final[dict[str | None, int]] = {"int": 10, "octal": 8, "hex": 16}


def _spot(event: Any) -> Spot:
    return mark_spot(event.start_mark)


def mark_spot(mark: Any) -> Spot:
    """Return the place of one of the parser's marks."""
    return Spot(mark.line + 1, mark.column + 1)


def _empty_file() -> Fault:
    return Fault(
        "empty-file",
        START,
        "The file is empty, or has nothing but comments.",
        "Fill in the example from mentees/README.md.",
    )
