"""What is wrong with a file's data, in words: jsonschema finds it, this says it."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from mentorship_action.domain.text import UNSEEN, code_point, number_unseen, quote
from mentorship_action.records.codes import Code
from mentorship_action.records.fixes.guess import guess
from mentorship_action.records.fixes.nearest import nearest
from mentorship_action.records.phrases import ask_for, listed_words
from mentorship_action.records.places import Path, spoken_path
from mentorship_action.records.private import HINT, private_kind
from mentorship_action.records.problems import Problem, Target
from mentorship_action.records.schema import Definition, Schema, published_schema
from mentorship_action.records.write import as_yaml
from mentorship_action.records.yaml import UNKNOWN

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

# Enough for any file that people write; a bomb isn't told error by error.
_MOST_ERRORS: Final = 200
# Looking for what was meant takes a while; nobody misspells that many.
_MOST_KEYS: Final = 100

# Of several errors about one value, the first of these helps most.
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
    "maxItems": "entries; at most {} are allowed",
    "maxLength": "characters; at most {} are allowed",
}
_SAID: Final = {
    "minItems": "{name} is an empty list.",
    "enum": "{name} can't be {value}.",
    "agreed": "{name} must be `true` before a mentorship can begin.",
    "const": "{name} can't be {value}; it is always `{limit}`.",
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

Written = Callable[[Path], str]
"""How a value stands in the file, by its path; empty unless it is on one line."""


class _Error(NamedTuple):
    """One of the library's errors: the keyword that fails, its argument, and the value."""

    keyword: str
    limit: Any
    value: Any
    path: Path
    schema: Definition
    text: str

    @classmethod
    def of(cls, error: "ValidationError") -> "_Error":
        """Take from an error what we tell of."""
        return cls(
            keyword=str(error.validator),
            limit=error.validator_value,
            value=error.instance,
            path=tuple(error.absolute_path),
            schema=error.schema if isinstance(error.schema, dict) else {},
            text=error.message,
        )


def explain(data: Any, schema_name: str, written: Written) -> list[Problem]:
    """Return what keeps data from fitting a published schema, one problem for each place."""
    explainer = _Explainer(published_schema(schema_name), written)
    if not isinstance(data, dict):
        return [explainer.no_mapping()]
    errors = islice(validator(schema_name).iter_errors(data), _MOST_ERRORS)
    return [
        problem
        for error in _most_useful(map(_Error.of, errors))
        for problem in explainer.tell(error)
    ]


@cache
def validator(schema_name: str) -> "Draft202012Validator":
    """Return jsonschema's validator: formats checked, nothing ever fetched."""
    # Only a file with errors needs the library, which takes longer to load than all the rest.
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415
    from jsonschema.validators import extend  # noqa: PLC0415
    from referencing import Registry  # noqa: PLC0415

    # No stubs for `extend`, which gives a class like the one that it is given.
    kind: type[Draft202012Validator] = extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"items": _first_items}
    )
    return kind(
        published_schema(schema_name).root,
        registry=Registry(),
        format_checker=FormatChecker(formats=("date",)),
    )


def _first_items(
    validator: "Draft202012Validator", items: Definition, instance: Any, schema: Definition
) -> "Iterator[ValidationError]":
    """Check as many entries of a list as it may have; that it has more is told anyway."""
    if isinstance(instance, list):
        for place, item in enumerate(instance[: schema["maxItems"]]):
            yield from validator.descend(item, items, path=place)


class _Explainer:
    """Turns the schema library's errors about one file into problems."""

    def __init__(self, schema: Schema, written: Written) -> None:
        self._schema = schema
        self._written = written

    def no_mapping(self) -> Problem:
        """Say that a file is no mapping at all."""
        name = self._schema.root["required"][0]
        first = self._schema.field((name,)).get("examples", [1])[0]
        return Problem(
            "not-a-mapping",
            (),
            "The file holds a single text or a list, not keys with values.",
            f"Begin each line with a key: `{_entry(name, first)}`.",
        )

    def tell(self, error: _Error) -> Iterator[Problem]:
        """Yield the problems that one error stands for."""
        if error.keyword == "required":
            yield from self._missing(error)
        elif error.keyword == "oneOf":
            yield from self._one_of(error)
        elif error.keyword == "additionalProperties":
            yield from self._unknown_keys(error)
        else:
            yield self._wrong_value(error)

    def _wrong_value(self, error: _Error) -> Problem:
        """Say what is wrong with a value, and what was meant by it if only one thing can be."""
        if private := _private(error.value):
            message = f"{_named(error.path)} seems to hold {private}."
            return Problem("private-data", error.path, message, HINT)
        code, message = self._code(error), _message(error)
        meant = self._guess(error)
        if meant and number_unseen(meant) == meant and "`" not in meant and len(meant) <= 40:
            is_quoted = isinstance(error.value, str) and meant == error.value.strip()
            hint = "Remove the quotes." if is_quoted else f"Write `{meant}`."
            return Problem(code, error.path, message, hint, meant)
        if error.keyword == "enum":
            near = nearest(error.value, error.limit)
            hint = f"{ask_for(near)} It can be {listed_words(error.limit)}.".strip()
            # Three letters look like three others too easily.
            is_day = self._schema.kind(error.path) == "day"
            return Problem(code, error.path, message, hint, "" if is_day else near)
        return Problem(code, error.path, message, self._hint(error), meant)

    def _guess(self, error: _Error) -> str:
        """Return the value that was meant, as YAML."""
        found = guess(self._schema, error.path, error.value, self._written(error.path))
        return "" if found is None else as_yaml(found)

    def _one_of(self, error: _Error) -> Iterator[Problem]:
        """Say that of several keys, of which just one is needed, there is none, or more."""
        names = [str(one["required"][0]) for one in error.limit]
        given = [name for name in names if name in error.value]
        if not given:
            yield from self._none_of(error, names)
            return
        yield Problem(
            "one-too-many",
            (*error.path, given[-1]),
            f"There are {listed_words(given)}, and only one of them can be.",
            f"Keep one, and delete the other. The keys are {listed_words(names)}.",
            target=Target.KEY,
        )

    def _none_of(self, error: _Error, names: list[str]) -> Iterator[Problem]:
        told = [list(self._missing_key(error, name)) for name in names]
        if all(told):
            (missing,) = told[0]
            others = " or ".join(map(quote, names[1:]))
            yield missing._replace(hint=f"{missing.hint} Or write {others} instead.")

    def _missing(self, error: _Error) -> Iterator[Problem]:
        # The library reports each missing key by itself, named in its message alone.
        name = next(name for name in error.limit if error.text.startswith(f"{name!r} "))
        yield from self._missing_key(error, name)

    def _missing_key(self, error: _Error, name: str) -> Iterator[Problem]:
        known = self._schema.field(error.path)["properties"]
        if self._nearest_key(name, [key for key in error.value if key not in known]):
            return  # the misspelt key is told of, and that is enough
        path = (*error.path, name)
        entry = _entry(name, self._schema.field(path).get("examples", [None])[0])
        where = f" in {_named(error.path)}" if error.path else ""
        is_agreement = self._schema.kind(path) == "agreed" or name == "agreements"
        yield Problem(
            "missing-key",
            error.path,
            f"The key {quote(name)} is missing{where}.",
            f"Ask first, then add `{entry}`."
            if is_agreement
            else f"Add it, for example: `{entry}`.",
            entry,
            Target.ENTRY,
        )

    def _unknown_keys(self, error: _Error) -> Iterator[Problem]:
        known = self._schema.field(error.path)["properties"]
        for key in islice((key for key in error.value if key not in known), _MOST_KEYS):
            path = (*error.path, key)
            if private := _private(key) or _private(error.value[key]):
                message = f"This key or its value seems to hold {private}."
                yield Problem("private-data", path, message, HINT, target=Target.KEY)
                continue
            near = self._nearest_key(key, [name for name in known if name not in error.value])
            hint = ask_for(near or self._nearest_key(key, known))
            yield Problem(
                "unknown-key",
                path,
                f"There is no key {quote(key)} here.",
                hint or f"The keys are {listed_words(known, most=20)}.",
                near,
                Target.KEY,
            )

    def _nearest_key(self, word: str, known: Iterable[str]) -> str:
        """Return the key that was meant; a part of one, such as ``hours``, counts as well."""
        names = list(known)
        whole = [one for one in names if _is_part(word, one) or _is_part(one, word)]
        return nearest(word, names) or (whole[0] if len(whole) == 1 else "")

    def _code(self, error: _Error) -> Code:
        definition = self._schema.definition(error.schema)
        if error.keyword == "const":
            return "not-agreed" if definition == "agreed" else "bad-version"
        return _CODES.get(error.keyword) or _PATTERN_CODES.get(definition, "bad-text")

    def _hint(self, error: _Error) -> str:
        if self._schema.kind(error.path) == "agreed":
            return "Write `true` once you have done it; mentees/README.md says what it is about."
        examples = self._schema.field(error.path).get("examples")
        if not examples:
            return ""
        step = error.path[-1] if error.path else ""
        if isinstance(step, int):
            return f"For example: `- {as_yaml(examples[0])}`."
        return f"For example: `{_entry(step, examples[0])}`."


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
    name, value, limit = _named(error.path), error.value, error.limit
    if error.keyword == "type":
        # Where several types do, the title says what they have in common.
        wanted = _KINDS[limit] if isinstance(limit, str) else error.schema["title"]
        return f"{name} should be {wanted}, but {_what_it_is(value)}."
    if error.keyword in ("maxItems", "maxLength"):
        return f"{name} has {len(value)} {_COUNTED[error.keyword].format(limit)}."
    if error.keyword in ("minimum", "maximum"):
        bounds = f"from {error.schema.get('minimum')} to {error.schema.get('maximum')}"
        return f"{name} is {quote(value)}, but must be {bounds}."
    if error.keyword == "pattern":
        return f"{name} is {_wrong_form(value, error.schema)}."
    wording = _SAID["agreed" if limit is True else error.keyword]
    return wording.format(name=name, value=quote(value), limit=limit)


def _private(value: Any) -> str:
    """Return what a value seems to hold that belongs to its author alone; nothing for others."""
    parts = value if isinstance(value, list) else ()
    if isinstance(value, dict):
        parts = [*value, *value.values()]
    if isinstance(value, str | int | float):
        return private_kind(str(value))
    return next((said for part in parts if (said := _private(part))), "")


def _named(path: Path) -> str:
    return f"`{spoken_path(path)}`"


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


def _wrong_form(value: str, schema: Definition) -> str:
    """Say what is wrong with the form of a text."""
    if not value.strip():
        return "an empty text"
    hidden = re.search(f"[{UNSEEN}]", value)
    if hidden:
        return f"a text with an invisible character in it ({code_point(hidden[0])})"
    if "\n" in value.strip("\n") or "\t" in value:
        return "a text of several lines or with tabs; it has to be one plain line"
    wanted = schema.get("title", "in the right form")
    return f"{quote(value)}, which isn't {wanted}"


def _is_part(word: str, name: str) -> bool:
    """Whether a key is the beginning or end of another one, such as ``hours`` of hours_per_week."""
    return name.startswith(f"{word}_") or name.endswith(f"_{word}")


def _entry(name: str, value: Any) -> str:
    return f"{name}: {as_yaml(value)}"
