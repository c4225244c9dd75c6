"""What is wrong with a file, in words: jsonschema finds it, this says it.

Imported for a faulty file alone.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from typing import Any, Final, NamedTuple

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry

from mentorship_action.domain.findings import Finding, Meant, Part
from mentorship_action.records.codes import Code
from mentorship_action.records.fields import Fields
from mentorship_action.records.layout import Layout
from mentorship_action.records.meant import guess
from mentorship_action.records.quoting import UNSEEN, name_character, plain, quote
from mentorship_action.records.read import Document, finding, shown_path
from mentorship_action.records.schema import Schema, load_schema
from mentorship_action.records.suggest import ask_for, listed, nearest
from mentorship_action.records.writing import as_yaml
from mentorship_action.records.yaml import UNKNOWN, Path

# Enough for any file that people write; a bomb isn't told fault by fault.
_MOST_ERRORS: Final = 200
_MOST_KEYS: Final = 100

# Of several complaints about one value, the first of these helps most.
_ORDER: Final = (
    "type",
    "enum",
    "const",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "not",
    "maxLength",
    "pattern",
    "format",
)
_KINDS: Final = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "`true` or `false`",
    "array": "a list",
    "object": "keys with values",
}
_CODES: Final[dict[str, Code]] = {
    "type": "wrong-type",
    "enum": "unknown-value",
    "minimum": "out-of-range",
    "maximum": "out-of-range",
    "minItems": "too-few-entries",
    "maxItems": "too-many-entries",
    "maxLength": "too-long",
    "not": "private-data",
    "format": "no-such-date",
}
_COUNTED: Final = {
    "maxItems": "entries; at most {} are taken",
    "maxLength": "characters; at most {} are taken",
}
_SAID: Final = {
    "minItems": "{name} is an empty list.",
    "enum": "{name} can't be {value}.",
    "agreed": "{name} must be `true` before a mentorship can begin.",
    "const": "{name} can't be {value}; it is always `{limit}`.",
    "email": "{name} seems to hold an e-mail address.",
    "telephone": "{name} seems to hold a telephone number.",
    "format": "{name} is {value}, a day that no calendar has.",
}
_PATTERN_CODES: Final[dict[str, Code]] = {
    "login": "bad-login",
    "date": "bad-date",
    "time": "bad-time",
    "end_time": "bad-time",
    "zone": "bad-zone",
    "slug": "bad-slug",
    "link": "bad-link",
    "label": "bad-label",
}
_PRIVATE: Final = "A record is public for ever: leave it out and share it in a private message."
_INVISIBLE: Final = re.compile(f"[{UNSEEN}]")


class _Error(NamedTuple):
    """One of the library's errors: the keyword that fails, its argument, and the value."""

    keyword: str
    limit: Any
    value: Any
    path: Path
    schema: Schema
    text: str

    @classmethod
    def of(cls, error: ValidationError) -> "_Error":
        """Take from an error what we tell of."""
        return cls(
            keyword=str(error.validator),
            limit=error.validator_value,
            value=error.instance,
            path=tuple(error.absolute_path),
            schema=error.schema if isinstance(error.schema, dict) else {},
            text=error.message,
        )


class _Told(NamedTuple):
    """One fault in words, and what was meant as YAML, if that is known.

    ``part`` is what would have to be written otherwise; a fault in a key is placed there.
    """

    code: Code
    path: Path
    message: str
    hint: str
    meant: str = ""
    part: Part = Part.VALUE


def explain(document: Document, schema_name: str) -> list[tuple[Finding, Path]]:
    """Return what keeps a document from fitting a published schema, each with its path."""
    explainer = _Explainer(document, schema_name)
    return [(explainer.finding(told), told.path) for told in explainer.faults()]


def validator(schema_name: str) -> Draft202012Validator:
    """Return jsonschema's validator: formats checked, nothing ever fetched."""
    return Draft202012Validator(
        load_schema(schema_name),
        registry=Registry(),
        format_checker=FormatChecker(formats=("date",)),
    )


class _Explainer:
    """Turns the schema library's errors about one document into findings."""

    def __init__(self, document: Document, schema_name: str) -> None:
        self._document = document
        self._name = schema_name
        self._fields = Fields(schema_name)

    def faults(self) -> list[_Told]:
        """Return one fault for each place that is wrong."""
        tree = self._document.tree
        if not isinstance(tree.data, dict):
            return [self._no_mapping()]
        errors = islice(validator(self._name).iter_errors(tree.data), _MOST_ERRORS)
        useful = _most_useful(_Error.of(error) for error in errors)
        return [told for error in useful for told in self._tell(error)]

    def finding(self, told: _Told) -> Finding:
        """Return a fault with its place in the file."""
        tree = self._document.tree
        spot = tree.key_spot(told.path) if told.part is Part.KEY else tree.spot(told.path)
        file, path = self._document.file, shown_path(told.path)
        meant = Meant(text=told.meant, path=told.path, part=told.part) if told.meant else None
        return finding(file, told.code, spot, path, told.message, told.hint, meant)

    def _no_mapping(self) -> _Told:
        return _Told(
            "not-a-mapping",
            (),
            "The file holds a single text or a list, not keys with values.",
            f"Begin each line with a key: {_example(self._first_key())}.",
        )

    def _first_key(self) -> tuple[str, Any]:
        name = self._fields.schema["required"][0]
        return name, self._fields.field((name,)).get("examples", [1])[0]

    def _tell(self, error: _Error) -> Iterator[_Told]:
        if error.keyword == "required":
            yield from self._missing(error)
        elif error.keyword == "additionalProperties":
            yield from self._unknown_keys(error)
        else:
            yield self._ill_valued(error)

    def _ill_valued(self, error: _Error) -> _Told:
        """Say what is wrong with a value, and what was meant by it if only one thing can be."""
        code, message = self._code(error), _message(error)
        if error.keyword == "not":
            return _Told(code, error.path, message, _PRIVATE)
        meant = self._meant(error)
        if meant and plain(meant) == meant:
            return _Told(code, error.path, message, f"Write {quote(meant)}.", meant)
        if error.keyword == "enum":
            near = nearest(error.value, error.limit)
            hint = f"{ask_for(near)} It can be {listed(error.limit)}.".strip()
            # Three letters look like three others too easily.
            is_day = self._fields.kind(error.path) == "day"
            return _Told(code, error.path, message, hint, "" if is_day else near and as_yaml(near))
        return _Told(code, error.path, message, self._hint(error), meant)

    def _meant(self, error: _Error) -> str:
        """Return the value that was meant, as YAML."""
        written = self._layout.written(error.path)
        found = guess(self._fields, error.path, error.value, written)
        return "" if found is None else as_yaml(found)

    @cached_property
    def _layout(self) -> Layout:
        return Layout(self._document.tree.source)

    def _missing(self, error: _Error) -> Iterator[_Told]:
        # The library reports each missing key by itself, named in its message alone.
        name = next(name for name in error.limit if error.text.startswith(f"{name!r} "))
        known = self._fields.field(error.path)["properties"]
        if nearest(name, [key for key in error.value if key not in known]):
            return  # the misspelt key is told of, and that is enough
        example = name, self._fields.field((*error.path, name)).get("examples", [None])[0]
        where = f" in {quote(shown_path(error.path))}" if error.path else ""
        yield _Told(
            "missing-key",
            error.path,
            f"The key {quote(name)} is missing{where}.",
            f"Add it, for example: {_example(example)}.",
            _entry(example),
            Part.ENTRY,
        )

    def _unknown_keys(self, error: _Error) -> Iterator[_Told]:
        known = self._fields.field(error.path)["properties"]
        # Looking for what was meant takes a while; nobody misspells that many.
        for key in islice((key for key in error.value if key not in known), _MOST_KEYS):
            others = [name for name in known if name not in error.value]
            near = nearest(key, others)
            hint = ask_for(near or nearest(key, known))
            yield _Told(
                "unknown-key",
                (*error.path, key),
                f"There is no key {quote(key)} here.",
                hint or f"The keys are {listed(known, most=20)}.",
                near,
                Part.KEY,
            )

    def _code(self, error: _Error) -> Code:
        definition = self._fields.definition(error.schema)
        if error.keyword == "const":
            return "not-agreed" if definition == "agreed" else "bad-version"
        return _CODES.get(error.keyword) or _PATTERN_CODES.get(definition, "bad-text")

    def _hint(self, error: _Error) -> str:
        if self._fields.kind(error.path) == "agreed":
            return "Write `true` once you have done it; mentees/README.md says what it is about."
        return self._by_example(error.path)

    def _by_example(self, path: Path) -> str:
        examples = self._fields.field(path).get("examples")
        if not examples:
            return ""
        step = path[-1] if path else ""
        if isinstance(step, int):
            return f"For example: `- {as_yaml(examples[0])}`."
        return f"For example: {_example((step, examples[0]))}."


def _most_useful(errors: Iterable[_Error]) -> list[_Error]:
    """Return the errors with at most one about each value, and none about UNKNOWN."""
    best: dict[tuple[Path, str], _Error] = {}
    for error in errors:
        if error.value is UNKNOWN:
            continue
        if error.keyword not in _ORDER:  # about keys, of which several can be wrong
            best[error.path, error.text] = error
            continue
        key = (error.path, "")
        if key not in best or _ORDER.index(error.keyword) < _ORDER.index(best[key].keyword):
            best[key] = error
    return list(best.values())


def _message(error: _Error) -> str:
    """Say in one sentence what is wrong with a value."""
    name, value, limit = quote(shown_path(error.path)), error.value, error.limit
    if error.keyword == "type":
        return f"{name} should be {_KINDS[limit]}, but {_what_it_is(value)}."
    if error.keyword in ("maxItems", "maxLength"):
        return f"{name} has {len(value)} {_COUNTED[error.keyword].format(limit)}."
    if error.keyword in ("minimum", "maximum"):
        bounds = f"from {error.schema.get('minimum')} to {error.schema.get('maximum')}"
        return f"{name} is {quote(value)}, but must be {bounds}."
    if error.keyword == "pattern":
        return f"{name} is {_ill_formed(value, error.schema)}."
    if error.keyword == "not":
        return _SAID[limit["$ref"].rpartition("/")[2]].format(name=name)
    wording = _SAID["agreed" if limit is True else error.keyword]
    return wording.format(name=name, value=quote(value), limit=limit)


def _what_it_is(value: Any) -> str:
    if value is None:
        return "it is empty"
    if value is True or value is False:
        return f"it is {quote(str(value).lower())}"
    if isinstance(value, dict):
        return "it holds keys with values"
    if isinstance(value, list):
        return "it is a list"
    if isinstance(value, str):
        return f"it is the text {quote(value)}" if value.strip() else "it is an empty text"
    return f"it is the number {quote(value)}"


def _ill_formed(value: str, schema: Schema) -> str:
    """Say what is wrong with the form of a text."""
    if not value.strip():
        return "an empty text"
    hidden = _INVISIBLE.search(value)
    if hidden:
        return f"a text with an invisible character in it ({name_character(hidden[0])})"
    if "\n" in value.strip("\n") or "\t" in value:
        return "a text of several lines or with tabs; it has to be one plain line"
    wanted = schema.get("title", "in the right form")
    return f"{quote(value)}, which isn't {wanted}"


def _example(pair: tuple[str, Any]) -> str:
    return f"`{_entry(pair)}`"


def _entry(pair: tuple[str, Any]) -> str:
    name, value = pair
    return f"{name}: {as_yaml(value)}"
