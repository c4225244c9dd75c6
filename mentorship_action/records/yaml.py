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
    """What is wrong with a text as YAML, and where."""

    code: Code
    spot: Spot
    message: str
    hint: str


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
            self._node = _EMPTY
            if self.data is not UNKNOWN:
                reader = _Reader(self.source, self._limits)
                self._node = _located(reader.document(), iter(reader.marks))
        return self._node


def _located(value: Any, marks: Iterator[Any]) -> Node:
    """Return the places of a value and its parts, whose marks come in the order of the file."""
    spot = _mark_spot(next(marks))
    if type(value) is dict:
        keys = {
            key: (_mark_spot(next(marks)), _located(part, marks)) for key, part in value.items()
        }
        return Node(spot, keys, [])
    if type(value) is list:
        return Node(spot, {}, [_located(part, marks) for part in value])
    return Node(spot, {}, [])


START: Final = Spot(1, 1)
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
    reader = _Reader(data, limits)
    try:
        value = reader.document()
    except _StopError as stop:
        return Tree(UNKNOWN, [*reader.faults, stop.fault], data, limits)
    except YAMLError as error:
        return Tree(UNKNOWN, [*reader.faults, _syntax(error, data)], data, limits)
    return Tree(value, reader.faults, data, limits)


def no_tree() -> Tree:
    """Return the tree of a file that was not read."""
    return Tree(UNKNOWN, [], b"", Limits(0, 0, 0))


class _Reader:
    """Builds data from the parser's events and keeps the place of each."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._next = CParser(data).get_event
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
            self.faults.append(_directive(_spot(event)))
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
    return _mark_spot(event.start_mark)


def _mark_spot(mark: Any) -> Spot:
    return Spot(mark.line + 1, mark.column + 1)


def _empty_file() -> Fault:
    return Fault(
        "empty-file",
        START,
        "The file is empty, or has nothing but comments.",
        "Fill in the example from mentees/README.md.",
    )


def _directive(spot: Spot) -> Fault:
    return Fault(
        "yaml-directive",
        spot,
        "A line that begins with `%` changes how YAML is read.",
        "Remove the line.",
    )


# The parser's words for what went wrong, and ours. "start" places the finding where the unclosed
# or broken thing begins, rather than where the parser noticed.
_EXPLAINED: Final = (
    (
        "mapping values are not allowed",
        "stop",
        "A second colon makes this line unreadable, or the line above has a value already.",
        'Quote text with a colon in it: `name: "Mona: a cat"`; and check the indentation.',
    ),
    (
        "could not find expected ':'",
        "start",
        "This line has no `key: value`; the colon is missing.",
        "Write a key, a colon, a space and a value: `mentor: ssbarnea`.",
    ),
    (
        "did not find expected ',' or",
        "start",
        "This bracket isn't closed, or a comma is missing between its entries.",
        "Write lists as `[linting, testing]` and mappings as `{day: tue}`.",
    ),
    (
        "unexpected end of stream",
        "start",
        "The quotes that open here are never closed.",
        'Close them at the end of the text: `name: "Mona"`.',
    ),
    (
        "did not find expected key",
        "stop",
        "The indentation doesn't fit the lines above, or text follows a closing quote.",
        "Give all keys of one level the same number of spaces, and quote a text as a whole.",
    ),
    (
        "did not find expected '-' indicator",
        "stop",
        "This line doesn't belong to the list above it.",
        "Begin each entry of a list with `- `, all with the same number of spaces.",
    ),
    (
        "block sequence entries are not allowed",
        "stop",
        "A list can't begin in the middle of a line.",
        "Begin it on the next line, with `- ` before each entry.",
    ),
    (
        "unknown escape character",
        "stop",
        "A backslash inside double quotes has a special meaning, and this one has none.",
        "Use single quotes, or write the backslash twice.",
    ),
    (
        "Unicode character escape code",
        "stop",
        "This escape (a backslash and a number) stands for no character.",
        "Write the character itself.",
    ),
    ("directive", "start", _directive(START).message, _directive(START).hint),
)
_ODD_STARTS: Final = {
    "\t": ("A tab indents this line.", "Indent with spaces; YAML takes no tabs there."),
    "%": ("A value can't begin with `%` unless it is quoted.", 'Put quotes around it: `"%"`.'),
    "@": (
        "A value can't begin with `@` unless it is quoted.",
        'Put quotes around it: `handle: "@octocat:matrix.org"`.',
    ),
    "`": ("A value can't begin with a backtick unless it is quoted.", "Put quotes around it."),
}


def _syntax(error: YAMLError, data: bytes) -> Fault:
    """Return the parser's complaint in plain words, at the place where it can be mended."""
    problem = str(getattr(error, "problem", None) or "")
    seen = getattr(error, "problem_mark", None)
    stop = START if seen is None else _mark_spot(seen)
    begun = getattr(error, "context_mark", None)
    start = stop if begun is None else _mark_spot(begun)
    lines = re.split(r"\r\n|\r|\n", data.decode("utf-8"))
    if "cannot start any token" in problem and stop.line <= len(lines):
        character = lines[stop.line - 1][stop.column - 1 : stop.column]
        if character in _ODD_STARTS:
            return Fault("yaml-syntax", stop, *_ODD_STARTS[character])
    if "mapping values are not allowed" in problem:
        above = lines[stop.line - 2] if stop.line > 1 else ":"
        if above.strip() and ":" not in above and not above.lstrip().startswith(("-", "#")):
            # The parser takes such a line for the start of a long text and notices a line later.
            stop = Spot(stop.line - 1, len(above) - len(above.lstrip()) + 1)
            problem = "could not find expected ':'"
            start = stop
    for words, place, message, hint in _EXPLAINED:
        if words in problem:
            code: Code = "yaml-directive" if words == "directive" else "yaml-syntax"
            return Fault(code, start if place == "start" else stop, message, hint)
    return Fault(
        "yaml-syntax",
        stop,
        "From here on the file can't be read as YAML.",
        "Compare the line, and the one above it, with the example in mentees/README.md: colons, "
        "quotes, brackets and the number of spaces at the start.",
    )
