"""The published JSON Schemas, found and turned into a quick yes or no."""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

Check = Callable[[Any], bool]
Schema = Mapping[str, Any]

# What says nothing about validity.
_ANNOTATIONS: Final = frozenset(
    {"$schema", "$id", "$defs", "$comment", "title", "description", "default", "examples"}
)


def find_schema(name: str) -> Path:
    """Return the file of a published schema, such as ``mentee``: in the wheel or in a checkout."""
    package = Path(__file__).parent.parent
    file = f"schemas/{name}.schema.json"
    inside = package / file
    return inside if inside.is_file() else package.parent / file


@cache
def load_schema(name: str) -> Schema:
    """Return a published schema as data."""
    schema: Schema = json.loads(find_schema(name).read_bytes())
    return schema


@cache
def quick_check(name: str) -> Check:
    """Return the yes-or-no check of a published schema.

    A sound file, which most are, needs no more than this. It takes microseconds and loads
    nothing; the library that explains takes longer to import than all the rest of a run.
    Tests hold the two to the same answers.
    """
    return compile_check(load_schema(name))


def compile_check(schema: Schema) -> Check:
    """Return a function that says whether a value fits ``schema``.

    Raises:
        ValueError: the schema uses a keyword that this compiler doesn't know.
    """
    return _Compiler(schema).check(schema)


class _Compiler:
    """Turns the part of draft 2020-12 that our schemas use into nested functions."""

    def __init__(self, root: Schema) -> None:
        self._root = root
        self._referred: dict[str, Check] = {}

    def check(self, schema: Schema) -> Check:
        """Return the check of one schema object."""
        if schema.get("additionalProperties", False) is not False:
            raise ValueError("the quick check knows closed objects alone")
        checks = [
            self._keyword(keyword, schema)
            for keyword in schema
            if keyword not in _ANNOTATIONS and keyword not in _PARTNERS
        ]
        return _all(checks)

    def _keyword(self, keyword: str, schema: Schema) -> Check:
        argument = schema[keyword]
        if keyword in _SIMPLE:
            return _SIMPLE[keyword](argument)
        if keyword == "$ref":
            return self._reference(argument)
        if keyword == "not":
            return _negate(self.check(argument))
        if keyword == "allOf":
            return _all([self.check(part) for part in argument])
        if keyword == "items":
            return _items(self.check(argument))
        if keyword == "properties":
            properties = {name: self.check(part) for name, part in argument.items()}
            return _properties(properties, closed=schema.get("additionalProperties") is False)
        raise ValueError(f"the quick check doesn't know `{keyword}`")

    def _reference(self, pointer: str) -> Check:
        if pointer not in self._referred:
            prefix, _, name = pointer.rpartition("/")
            if prefix != "#/$defs":
                raise ValueError(f"the quick check follows #/$defs alone, not `{pointer}`")
            self._referred[pointer] = self.check(self._root["$defs"][name])
        return self._referred[pointer]


def _all(checks: list[Check]) -> Check:
    if len(checks) == 1:
        return checks[0]
    if len(checks) == 2:
        first, second = checks
        return lambda value: first(value) and second(value)
    some = tuple(checks)

    def check(value: Any) -> bool:
        for one in some:  # noqa: SIM110 - a generator would cost more than the checks
            if not one(value):
                return False
        return True

    return check


def _negate(check: Check) -> Check:
    return lambda value: not check(value)


def _items(item: Check) -> Check:
    def check(value: Any) -> bool:
        if type(value) is list:
            for one in value:
                if not item(one):
                    return False
        return True

    return check


def _properties(properties: Mapping[str, Check], *, closed: bool) -> Check:
    def check(value: Any) -> bool:
        if type(value) is dict:
            for key, part in value.items():
                one = properties.get(key)
                if one is None:
                    if closed:
                        return False
                elif not one(part):
                    return False
        return True

    return check


def _required(names: list[str]) -> Check:
    needed = frozenset(names)
    return lambda value: type(value) is not dict or needed <= value.keys()


def _pattern(pattern: str) -> Check:
    # Compiled when a text comes along: a run of few files never meets half of the patterns.
    search = cache(lambda: re.compile(pattern).search)
    return lambda value: type(value) is not str or search()(value) is not None


def _const(wanted: Any) -> Check:
    return _enum([wanted])


def _enum(wanted: list[Any]) -> Check:
    # In Python 1 equals true; in JSON it doesn't. 1 and 1.0 are one number in both.
    def kind(value: Any) -> object:
        return float if type(value) is int else type(value)

    if all(type(one) is str for one in wanted):
        words = frozenset(wanted)
        return lambda value: type(value) is str and value in words
    known = [(kind(one), one) for one in wanted]
    return lambda value: any(kind(value) is sort and value == one for sort, one in known)


def _format(name: str) -> Check:
    if name != "date":
        raise ValueError(f"the quick check knows no format `{name}`")
    shape = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch

    def check(value: Any) -> bool:
        return type(value) is not str or (shape(value) is not None and is_date(value))

    return check


def is_date(text: str) -> bool:
    """Whether ``text``, which looks like 2026-12-07, is a day of the calendar."""
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
    if day <= 28:
        return year >= 1 and 1 <= month <= 12 and day >= 1
    if not (year >= 1 and 1 <= month <= 12):
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return day <= (29 if leap else 28) if month == 2 else day <= 30 + (month in _LONG_MONTHS)


_LONG_MONTHS: Final = frozenset({1, 3, 5, 7, 8, 10, 12})


def _type(name: str) -> Check:
    if name == "integer":  # 4.0 is whole; true is no number
        return lambda value: type(value) is int or (type(value) is float and value.is_integer())
    if name == "number":
        return lambda value: type(value) in (int, float)
    python = {"string": str, "boolean": bool, "array": list, "object": dict}[name]
    return lambda value: type(value) is python


def _least(sorts: tuple[type, ...], measure: Callable[[Any], Any]) -> Callable[[Any], Check]:
    return lambda bound: lambda value: type(value) not in sorts or measure(value) >= bound


def _most(sorts: tuple[type, ...], measure: Callable[[Any], Any]) -> Callable[[Any], Check]:
    return lambda bound: lambda value: type(value) not in sorts or measure(value) <= bound


def _itself(value: Any) -> Any:
    return value


_SIMPLE: Final[Mapping[str, Callable[[Any], Check]]] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "pattern": _pattern,
    "format": _format,
    "required": _required,
    "minimum": _least((int, float), _itself),
    "maximum": _most((int, float), _itself),
    "minLength": _least((str,), len),
    "maxLength": _most((str,), len),
    "minItems": _least((list,), len),
    "maxItems": _most((list,), len),
}
# Read together with `properties`.
_PARTNERS: Final = frozenset({"additionalProperties"})
