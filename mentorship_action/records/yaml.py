"""YAML text to plain data and places in one pass, with every quirk of YAML kept out.

The C parser yields events, so whatever is unwelcome (aliases, tags, a bomb of brackets) is seen
before anything is built of it. What a message can name and step over is stepped over, so that
one visit tells a newcomer everything; see ``UNKNOWN``.
"""

import math
import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

# What `YAML(typ="safe").parse()` is made of, which would build a class of its own for every file.
from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]  # it lists no names
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from mentorship_action.domain.text import quote
from mentorship_action.records.codes import Code
from mentorship_action.records.complaints import DIRECTIVE, complaint
from mentorship_action.records.places import START, Places, mark_spot
from mentorship_action.records.problems import Problem
from mentorship_action.records.source import ReadLimits, text_problems
from mentorship_action.records.yaml_flow import as_older_yaml


class _Unknown(Enum):
    UNKNOWN = "unknown"


UNKNOWN: Final = _Unknown.UNKNOWN
"""The stand-in for a value that was refused as YAML; nothing more is said about it."""


class Document(NamedTuple):
    """One file as read: its data, UNKNOWN where there is none, and what is wrong as YAML."""

    data: Any
    problems: list[Problem]
    places: Places


# Enough to fix a file by; a bomb of aliases isn't listed alias by alias.
_MOST_PROBLEMS: Final = 20

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
_CONSTANTS: Final[dict[str | None, Any]] = {"null": None, "true": True, "false": False}
_BASES: Final[dict[str | None, int]] = {"int": 10, "octal": 8, "hex": 16}


class _StopError(Exception):
    """Reading can't go on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


def read_document(data: bytes, limits: ReadLimits) -> Document:
    """Return what any bytes mean as YAML, UNKNOWN where they are no text of ours."""
    problems = text_problems(data, limits)
    return Document(UNKNOWN, problems, Places()) if problems else parse(data, limits)


def parse(data: bytes, limits: ReadLimits) -> Document:
    """Return what ``data``, which is UTF-8 without unseen characters, means as YAML.

    Never raises for what the bytes hold: that is in the document's ``problems``.
    """
    document, failure = _attempt(_Reader(data, limits))
    if failure is None:
        return document
    again = as_older_yaml(data)
    if again is not None:
        retried, second = _attempt(_Reader(again.data, limits, again.restore))
        if second is None:
            return retried
        if _line_and_column(second) > _line_and_column(failure):
            document, failure = retried, second
    return document._replace(problems=[*document.problems, complaint(failure, data)])


def _attempt(reader: "_Reader") -> tuple[Document, YAMLError | None]:
    """Read once; return the parser's error as well when it gives up."""
    try:
        value = reader.document()
    except _StopError as stop:
        return Document(UNKNOWN, [*reader.problems, stop.problem], Places()), None
    except YAMLError as error:
        return Document(UNKNOWN, reader.problems, Places()), error
    return Document(value, reader.problems, Places(value, reader.events)), None


def _line_and_column(error: YAMLError) -> tuple[int, int]:
    mark = getattr(error, "problem_mark", None)
    return (0, 0) if mark is None else mark_spot(mark)


class _Reader:
    """Builds data from the parser's events, and keeps these for the places."""

    def __init__(
        self, data: bytes, limits: ReadLimits, restore: Mapping[int, str] | None = None
    ) -> None:
        self._next = CParser(data).get_event
        self._restore = restore
        self._limits = limits
        self._most = 2 * limits.values  # a key and a value each
        self.events: list[tuple[Any, Any]] = []
        self.problems: list[Problem] = []

    def document(self) -> Any:
        """Read the one document of the stream."""
        self._next()  # the stream's start
        event = self._next()
        if type(event) is StreamEndEvent:
            raise _StopError(_empty_file())
        if event.version is not None or event.tags is not None:
            self._refuse("yaml-directive", event, *DIRECTIVE)
        first = self._next()
        value = self._value(first, 1)
        self._next()  # the document's end
        event = self._next()
        if type(event) is DocumentStartEvent:
            self._refuse(
                "several-documents",
                event,
                "A second document begins here; a file holds one.",
                "Delete this line that begins with `---`, and what belongs to another file.",
            )
        if value is None and not first.value:
            raise _StopError(_empty_file())
        return value

    def _value(self, event: Any, depth: int) -> Any:
        place = len(self.events)
        self.events.append((event, None))
        kind = type(event)
        if kind is AliasEvent:
            return self._refuse_alias(event)
        # `ctag`, as `tag` makes a new text at each look.
        if event.anchor is not None or event.ctag is not None:
            self._refuse_extras(event)
        if kind is ScalarEvent:
            if self._restore is not None:
                event.value = event.value.translate(self._restore)
            return self._plain(event) if event.implicit[0] else event.value
        if depth > self._limits.depth:
            raise _StopError(self._too_deep(event))
        read = self._sequence if kind is SequenceStartEvent else self._mapping
        value, end = read(depth)
        if event.flow_style:
            self.events[place] = (event, end)
        return value

    def _sequence(self, depth: int) -> tuple[list[Any], Any]:
        values: list[Any] = []
        while type(event := self._next()) is not SequenceEndEvent:
            if len(self.events) > self._most:
                raise _StopError(self._too_much(event))
            values.append(self._value(event, depth + 1))
        return values, event

    def _mapping(self, depth: int) -> tuple[dict[str, Any], Any]:
        values: dict[str, Any] = {}
        keys: dict[str, Any] = {}
        while type(event := self._next()) is not MappingEndEvent:
            before = len(self.events)
            if before > self._most:
                raise _StopError(self._too_much(event))
            key = self._value(event, depth + 1)
            if type(key) is not str or key in keys or key == "<<":
                problem = self._key_problem(key, event, keys)
                if problem is not None:
                    self._refuse(problem[0], event, *problem[1:])
                    self._value(self._next(), depth + 1)
                    del self.events[before:]  # the entry is left out, so its places are, too
                    continue
            keys[key] = event
            values[key] = self._value(self._next(), depth + 1)
        return values, event

    def _key_problem(
        self, key: Any, event: Any, keys: Mapping[str, Any]
    ) -> tuple[Code, str, str] | None:
        """Return why something can't be a key, or None."""
        if type(event) is not ScalarEvent:
            return (
                "complex-key",
                "A list, mapping or alias stands where a key belongs.",
                "Keys are words such as `mentor`; quote text that begins with one of `[{*?`.",
            )
        if type(key) is not str:
            return (
                "non-text-key",
                f"{quote(event.value)} can't be a key: YAML doesn't read it as text.",
                "Keys are words such as `mentor`; each is followed by a colon and a space.",
            )
        if key in keys:
            line = keys[key].start_mark.line + 1
            return (
                "duplicate-key",
                f"The key {quote(key)} is here twice; line {line} has it already.",
                "Keep one of the two.",
            )
        if event.implicit[0]:
            return (
                "yaml-merge-key",
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
        self._refuse(
            "odd-number",
            event,
            f"{quote(text)} isn't a number that can be used here.",
            "Write a plain number such as `5`, or put quotes around it if it is meant as text.",
        )
        return UNKNOWN

    def _refuse_alias(self, event: Any) -> Any:
        self._refuse(
            "yaml-alias",
            event,
            f"{quote('*' + event.anchor)} is an alias, which stands for another part of the file.",
            "Write the value itself here, or put quotes around it if it is meant as text.",
        )
        return UNKNOWN

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(
                "yaml-anchor",
                event,
                f"{quote('&' + event.anchor)} is an anchor, a YAML feature not used here.",
                "Remove it, or put quotes around the value if it is meant as text.",
            )
        if event.ctag is not None:
            self._refuse(
                "yaml-tag",
                event,
                "A tag (a word that begins with `!`) stands before this value.",
                "Remove it, or put quotes around the value if it is meant as text.",
            )

    def _too_deep(self, event: Any) -> Problem:
        return Problem(
            "too-deep",
            mark_spot(event.start_mark),
            f"Here {self._limits.depth} lists or mappings lie inside each other already.",
            "Check the brackets and the indentation; the example shows how deep keys go.",
        )

    def _too_much(self, event: Any) -> Problem:
        return Problem(
            "too-many-values",
            mark_spot(event.start_mark),
            f"The file has more than {self._limits.values:,} values; reading stopped here.",
            "Shorten it.",
        )

    def _refuse(self, code: Code, event: Any, message: str, hint: str) -> None:
        problem = Problem(code, mark_spot(event.start_mark), message, hint)
        if len(self.problems) >= _MOST_PROBLEMS:
            raise _StopError(problem)
        self.problems.append(problem)


def _empty_file() -> Problem:
    return Problem(
        "empty-file",
        START,
        "The file is empty, or has nothing but comments.",
        "Fill in the example from mentees/README.md.",
    )
