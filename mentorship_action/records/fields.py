"""What a published schema says about the value at a path.

Imported for a faulty file alone.
"""

from typing import Any

from mentorship_action.records.schema import Schema, compile_check, load_schema
from mentorship_action.records.yaml import Path


class Fields:
    """One schema, asked by path."""

    def __init__(self, schema_name: str) -> None:
        self.schema = load_schema(schema_name)
        self._definitions = self.schema["$defs"]
        self._names: dict[int, str] = {id(part): name for name, part in self._definitions.items()}

    def definition(self, schema: Schema) -> str:
        """Return the name under which a part of the schema is defined, or nothing."""
        return self._names.get(id(schema), "")

    def field(self, path: Path) -> Schema:
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
        return bool(part) and compile_check({**part, "$defs": self._definitions})(value)

    def is_defined_as(self, name: str, value: Any) -> bool:
        """Whether a value fits the definition of this name."""
        return compile_check({"$ref": f"#/$defs/{name}", "$defs": self._definitions})(value)

    def _part(self, path: Path) -> Schema:
        part = self.schema
        for step in path:
            whole = self._resolved(part)
            if isinstance(step, int):
                part = whole.get("items", {})
            else:
                part = whole.get("properties", {}).get(step, {})
        return part

    def _resolved(self, schema: Schema) -> Schema:
        """Return a schema with the definition it refers to; what stands beside it wins."""
        reference = schema.get("$ref")
        if reference is None:
            return schema
        return {**self._resolved(self._definitions[_name(reference)]), **schema}


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
