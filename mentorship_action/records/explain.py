"""What is wrong with a file, in words: jsonschema finds it, this says it.

Imported for a faulty file alone.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from referencing import Registry

from mentorship_action.domain.findings import Finding
from mentorship_action.records.codes import Code
from mentorship_action.records.quoting import UNSEEN, name_character, quote
from mentorship_action.records.read import Document, finding, shown_path
from mentorship_action.records.schema import Schema, load_schema
from mentorship_action.records.suggest import did_you_mean, listed, nearest
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
_INVISIBLE: Final = re.compile(f"[{UNSEEN}]")
# What YAML takes for text as it is.
_PLAIN_TEXT: Final = re.compile(r"[A-Za-z][A-Za-z0-9 ._/-]*|https://[^ #]+")


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
    """One fault in words. ``at_key`` places it at the key rather than at the value."""

    code: Code
    path: Path
    message: str
    hint: str
    at_key: bool = False


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
        self._schema = load_schema(schema_name)
        self._definitions = {id(part): name for name, part in self._schema["$defs"].items()}

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
        spot = tree.key_spot(told.path) if told.at_key else tree.spot(told.path)
        file, path = self._document.file, shown_path(told.path)
        return finding(file, told.code, spot, path, told.message, told.hint)

    def _no_mapping(self) -> _Told:
        return _Told(
            "not-a-mapping",
            (),
            "The file holds a single text or a list, not keys with values.",
            f"Begin each line with a key: {_example(self._first_key())}.",
        )

    def _first_key(self) -> tuple[str, Any]:
        name = self._schema["required"][0]
        return name, self._field((name,)).get("examples", [1])[0]

    def _tell(self, error: _Error) -> Iterator[_Told]:
        if error.keyword == "required":
            yield from self._missing(error)
        elif error.keyword == "additionalProperties":
            yield from self._unknown_keys(error)
        else:
            yield _Told(self._code(error), error.path, _message(error), self._hint(error))

    def _missing(self, error: _Error) -> Iterator[_Told]:
        # The library reports each missing key by itself, named in its message alone.
        name = next(name for name in error.limit if error.text.startswith(f"{name!r} "))
        known = self._field(error.path)["properties"]
        if nearest(name, [key for key in error.value if key not in known]):
            return  # the misspelt key is told of, and that is enough
        example = self._field((*error.path, name)).get("examples", [None])[0]
        where = f" in {quote(shown_path(error.path))}" if error.path else ""
        yield _Told(
            "missing-key",
            error.path,
            f"The key {quote(name)} is missing{where}.",
            f"Add it, for example: {_example((name, example))}.",
        )

    def _unknown_keys(self, error: _Error) -> Iterator[_Told]:
        known = self._field(error.path)["properties"]
        # Looking for what was meant takes a while; nobody misspells that many.
        for key in islice((key for key in error.value if key not in known), _MOST_KEYS):
            others = [name for name in known if name not in error.value]
            hint = did_you_mean(key, others) or did_you_mean(key, known)
            yield _Told(
                "unknown-key",
                (*error.path, key),
                f"There is no key {quote(key)} here.",
                hint or f"The keys are {listed(known, most=20)}.",
                at_key=True,
            )

    def _code(self, error: _Error) -> Code:
        definition = self._definitions.get(id(error.schema), "")
        if error.keyword == "const":
            return "not-agreed" if definition == "agreed" else "bad-version"
        return _CODES.get(error.keyword) or _PATTERN_CODES.get(definition, "bad-text")

    def _hint(self, error: _Error) -> str:
        if error.keyword == "enum":
            near = did_you_mean(error.value, error.limit)
            return f"{near} It can be {listed(error.limit)}.".strip()
        if error.keyword == "not":
            return "A record is public for ever: leave it out and share it in a private message."
        if error.keyword == "const" and error.limit is True:
            return "Write `true` once you have done it; mentees/README.md says what it is about."
        return self._by_example(error.path)

    def _by_example(self, path: Path) -> str:
        examples = self._field(path).get("examples")
        if not examples:
            return ""
        step = path[-1] if path else ""
        if isinstance(step, int):
            return f"For example: `- {_as_yaml(examples[0])}`."
        return f"For example: {_example((step, examples[0]))}."

    def _field(self, path: Path) -> Schema:
        """Return what the schema says about the value at ``path``."""
        field = self._resolved(self._schema)
        for step in path:
            part = field["items"] if isinstance(step, int) else field["properties"].get(step, {})
            field = self._resolved(part)
        return field

    def _resolved(self, schema: Schema) -> Schema:
        """Return a schema with the definition it refers to; what stands beside it wins."""
        reference = schema.get("$ref")
        if reference is None:
            return schema
        return {**self._resolved(self._schema["$defs"][reference.rpartition("/")[2]]), **schema}


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
    name, value = pair
    return f"`{name}: {_as_yaml(value)}`"


def _as_yaml(value: Any) -> str:
    """Return an example as one would write it in a file, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_as_yaml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_as_yaml(part) for part in value) + "]"
    if isinstance(value, str) and (_PLAIN_TEXT.fullmatch(value) or re.match(r"20\d\d-", value)):
        return value
    return json.dumps(value, ensure_ascii=False)
