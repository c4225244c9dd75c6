"""Writes docs/configuration.md, the reference of both files, from their schemas.

Run it with ``make docs`` after a schema has changed; a test fails while the page is older.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = ROOT / "docs/configuration.md"

Schema = dict[str, Any]

_START: Final = """\
# Configuration

Two kinds of file hold everything: the program's configuration, and one file for each mentee. Both
are plain YAML 1.2: one mapping, in UTF-8, without anchors, aliases and tags. An unknown key is an
error. `mentorship validate` checks both, and your editor does, too, with this line at the top:

```yaml program
# yaml-language-server: $schema=https://raw.githubusercontent.com/distronode/mentorship-action/main/schemas/program.schema.json
```

This page is made from the schemas of the [program](../schemas/program.schema.json) and the
[mentee file](../schemas/mentee.schema.json). [Six kinds of program](programs.md) show the keys in
use. The [findings](findings.md) have the rules that no schema holds, such as dates in order.

"""
_PROGRAM: Final = """\
## The program: `.github/mentorship.yml`

Three keys are enough to begin with:

```yaml program
version: 1
program: {name: Our Mentorship}
mentors: [{github: ada, capacity: 2}]
```

A change holds from the next run on. The Action's input `config` names another file.

"""
_MENTEE: Final = """\
## The mentee file: `mentees/<login>.yml`

One person, one file, named after the GitHub login in lower case. For a term it is
`mentees/<term>/<login>.yml`, without `start` and `weeks`. It has at most 16 KiB, and exactly one of
`mentor`, `mentors` and `team`. `README.md` is left alone, and so are names that begin with `_`.

The file is public for ever: e-mail addresses and phone numbers are refused.

"""

# What a value is in a cell, one and several; the list below the tables says it exactly.
_KINDS: Final = {
    "date": ("a date", "dates"),
    "day": ("a day", "days"),
    "end_time": ("a time", "times"),
    "goal": ("text", "lines of text"),
    "label": ("a label", "labels"),
    "link": ("an https address", "https addresses"),
    "login": ("a login", "logins"),
    "name": ("text", "lines of text"),
    "slug": ("a slug", "slugs"),
    "time": ("a time", "times"),
    "zone": ("a time zone", "time zones"),
}
_EXPLAINED: Final = ("date", "day", "label", "login", "slug", "name", "time", "zone", "link")
_VALUES: Final = """\
## Values

| value | is |
| --- | --- |
"""


@dataclass(kw_only=True)
class Tables:
    """The tables of one file's keys, one for each mapping.

    ``shown`` has the heading of each definition that has its table already.
    """

    whole: Schema
    suffix: str
    shown: dict[str, str] = field(default_factory=dict)

    def of(self, mapping: Schema, path: str) -> Iterator[str]:
        """Yield the table of a mapping, then those of the mappings within it."""
        if path:
            yield f"### `{path}`{self.suffix}\n\n"
        yield "| key | what it is | value | default |\n| --- | --- | --- | --- |\n"
        within = []
        for key, value in mapping["properties"].items():
            place = f"{path}.{key}" if path else key
            inner = self._inner(value)
            if inner and self._name(value, inner) not in self.shown:
                place += "[]" if self._resolved(value)["type"] == "array" else ""
                self.shown[self._name(value, inner) or place] = place
                within.append((self._resolved(inner), place))
            yield self._row(key, value, self.shown.get(self._name(value, inner), place), mapping)
        yield "\n"
        for one, place in within:
            yield from self.of(one, place)

    def values(self) -> Iterator[str]:
        """Yield what each kind of value is, as the definitions say it."""
        for name in _EXPLAINED:
            value = self._resolved({"$ref": f"#/$defs/{name}"})
            text = value.get("title") or ", ".join(_code(one) for one in value["enum"])
            if "maxLength" in value and "at most" not in text:
                text += f", at most {value['maxLength']} characters"
            yield f"| {_KINDS[name][0]} | {text} |\n"

    def _resolved(self, value: Schema) -> Schema:
        """Return a schema with what its references say; what it says itself wins."""
        if "$ref" not in value:
            return value
        named = self.whole["$defs"][value["$ref"].removeprefix("#/$defs/")]
        return {**self._resolved(named), **value}

    def _inner(self, value: Schema) -> Schema | None:
        """Return the mapping that a key holds, itself or in a list."""
        resolved = self._resolved(value)
        for one in (value, resolved.get("items", {})):
            if "properties" in self._resolved(one):
                return cast("Schema", one)
        return None

    @staticmethod
    def _name(value: Schema, inner: Schema | None) -> str:
        return str((inner or {}).get("$ref") or value.get("$ref", ""))

    def _row(self, key: str, value: Schema, place: str, mapping: Schema) -> str:
        resolved = self._resolved(value)
        default = _code(resolved["default"]) if "default" in resolved else ""
        cells = (
            f"`{key}`",
            resolved.get("description", "").replace("<", "&lt;"),
            f"{self._kind(value, place)}{_example(resolved)}",
            "required" if key in mapping.get("required", ()) else default,
        )
        return f"| {' | '.join(cells)} |\n"

    def _kind(self, value: Schema, place: str) -> str:
        """Return in words which values a key takes; those of a mapping are at ``place``."""
        resolved = self._resolved(value)
        choice = [resolved["const"]] if "const" in resolved else resolved.get("enum", [])
        link = f"[`{place}`](#{_anchor(f'{place}{self.suffix}')})"
        name = _definition(value)
        if name in _KINDS or choice:
            return _KINDS[name][0] if name in _KINDS else ", ".join(_code(one) for one in choice)
        match resolved["type"]:
            case "array":
                name = _definition(resolved["items"])
                title = resolved["items"].get("title")
                several = _KINDS[name][1] if name in _KINDS else f"of {title or link}"
                kind = f"up to {resolved['maxItems']:,} {several}"
            case "object":
                kind = link
            case "boolean":
                kind = "`true` or `false`"
            case "integer" | "number":
                kind = f"{resolved['minimum']:,} to {resolved['maximum']:,}"
            case _:
                kind = resolved["title"]
        return kind


def page() -> str:
    """Return the page as the schemas have it now."""
    program = Tables(whole=_schema("program"), suffix="")
    mentee = Tables(whole=_schema("mentee"), suffix=" of a mentee")
    parts = (
        *(_START, _PROGRAM, *program.of(program.whole, "")),
        *(_MENTEE, *mentee.of(mentee.whole, "")),
        *(_VALUES, *program.values()),
    )
    return "".join(parts)


def _schema(name: str) -> Schema:
    loaded: Schema = json.loads((ROOT / f"schemas/{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


def _definition(value: Schema) -> str:
    return str(value.get("$ref", "")).removeprefix("#/$defs/")


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _example(value: Schema) -> str:
    """Return an example of a text, where the kind of value doesn't say as much."""
    plain = value.get("type") == "string" and "enum" not in value and "examples" in value
    return f", such as {_code(value['examples'][0])}" if plain else ""


def _code(value: object) -> str:
    return f"`{_flow(value)}`"


def _flow(value: object) -> str:
    """Return a value as YAML on one line, as the examples of the docs are written."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    needs_quotes = isinstance(value, str) and (value[:1] in "@#" or ":" in value[:3])
    return f'"{value}"' if needs_quotes else str(value)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))
