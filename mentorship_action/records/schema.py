"""The published JSON Schemas: whether data fits one, and what one says about a value."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path as File
from typing import Any, Final

import jsonschema_rs

from mentorship_action.records.places import Path

Definition = Mapping[str, Any]
"""A schema, or a part of one, as data."""


def find_schema(name: str) -> File:
    """Return the file of a published schema, such as ``mentee``: in the wheel or in a checkout."""
    package = File(__file__).parent.parent
    file = f"schemas/{name}.schema.json"
    inside = package / file
    return inside if inside.is_file() else package.parent / file


@cache
def load_schema(name: str) -> Definition:
    """Return a published schema as data."""
    schema: Definition = json.loads(find_schema(name).read_bytes())
    return schema


OUTSIDE_TERMS: Final = "mentee outside of terms"
"""The published schema of mentee files, and that the file has to say when the mentorship starts."""


@cache
def published_schema(name: str) -> "Schema":
    """Return the schema of a mentee file or of the program, to be asked."""
    if name != OUTSIDE_TERMS:
        return Schema(load_schema(name))
    root = load_schema("mentee")
    login, *others = root["required"]
    return Schema({**root, "required": [login, "start", *others]})


class Schema:
    """One schema, asked by path."""

    def __init__(self, root: Definition) -> None:
        self.root = root
        self._definitions = root["$defs"]
        self._names = {id(part): name for name, part in self._definitions.items()}
        self._validators: dict[int, jsonschema_rs.Draft202012Validator] = {}

    def is_valid(self, data: Any) -> bool:
        """Whether data fits the schema; it may hold nothing but what JSON knows."""
        return self._fits(self.root, data)

    def definition(self, part: Definition) -> str:
        """Return the name under which a part of the schema is defined, or nothing."""
        name: str = self._names.get(id(part), "")
        return name

    def field(self, path: Path) -> Definition:
        """Return what the schema says about the value at ``path``, references followed."""
        return self._resolved(self._part(path))

    def kind(self, path: Path) -> str:
        """Return the sort of value: its innermost definition, such as ``slug``, or its type."""
        part, kind = self._part(path), ""
        while "$ref" in part:
            kind = _name(part["$ref"])
            part = self._definitions[kind]
        return kind or str(part.get("type", ""))

    def fits(self, path: Path, value: Any) -> bool:
        """Whether a value would do at ``path``."""
        part = self._part(path)
        return bool(part) and self._fits(part, value)

    def is_a(self, name: str, value: Any) -> bool:
        """Whether a value fits the definition of this name."""
        return self._fits(self._definitions[name], value)

    def _fits(self, part: Definition, value: Any) -> bool:
        validator = self._validators.get(id(part))
        if validator is None:
            whole = {**part, "$defs": self._definitions}
            validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
            self._validators[id(part)] = validator
        return validator.is_valid(value)

    def _part(self, path: Path) -> Definition:
        part = self.root
        for step in path:
            whole = self._resolved(part)
            if isinstance(step, int):
                part = whole.get("items", {})
            else:
                part = whole.get("properties", {}).get(step, {})
        return part

    def _resolved(self, part: Definition) -> Definition:
        """Return a part with the definition it refers to; what stands beside it wins."""
        reference = part.get("$ref")
        if reference is None:
            return part
        return {**self._resolved(self._definitions[_name(reference)]), **part}


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
