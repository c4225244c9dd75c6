"""The least that GitHub's description takes for a thing, to be filled with what matters."""

from functools import cache
from typing import Any

from tests.rig.description import definitions

_TEXTS = {"uri": "https://api.github.com/unsaid", "date-time": "2020-01-01T00:00:00Z"}


def filled(kind: str, /, **values: Any) -> dict[str, Any]:
    """Return a thing of a kind that GitHub describes, with these values in it."""
    return {**_blank(kind), **values}


@cache
def _blank(name: str) -> dict[str, Any]:
    thing: dict[str, Any] = _least(definitions()[name])
    return thing


def _least(schema: Any) -> Any:
    """Return the smallest value that a schema takes."""
    if schema is True:
        return None
    if "$ref" in schema:
        return _blank(schema["$ref"].rsplit("/", 1)[1])
    if "allOf" in schema:
        return {key: value for part in schema["allOf"] for key, value in _least(part).items()}
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return None if {"type": "null"} in choices else _least(choices[0])
    return schema["enum"][0] if "enum" in schema else _least_of_type(schema)


def _least_of_type(schema: Any) -> Any:
    kind = schema.get("type", "object")
    if kind == "object":
        properties = schema.get("properties", {})
        return {key: _least(properties[key]) for key in schema.get("required", ())}
    if kind == "string":
        return _TEXTS.get(schema.get("format", ""), "")
    # What may be null is null.
    return {"array": [], "boolean": False}.get(str(kind), None if isinstance(kind, list) else 0)
