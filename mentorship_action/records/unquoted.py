"""Lines whose text YAML can't read unless it stands in quotes.

Imported for a file that can't be read, alone.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from mentorship_action.records.schema import load_schema
from mentorship_action.records.writing import as_yaml

# A key or a dash, or both, and then text up to a comment.
_BLOCK: Final = re.compile(
    r"(?P<start> *(?:- +)*(?:[A-Za-z_]+: +)?)(?P<text>\S(?:.*?\S)??)(?P<rest>\s*|\s+#.*)"
)
_IN_BRACKETS: Final = re.compile(r"[^\s,\[\]{}](?:[^,\[\]{}]*[^\s,\[\]{}])?")
_BEFORE_COLON: Final = re.compile(r"(?<![A-Za-z_])([A-Za-z_]+):(?= |$)")
# What opens text in quotes, brackets, or something of YAML's own.
_OPENERS: Final = "\"'[]{},|>&*!%#?"


def with_colon_quoted(line: str, column: int) -> str:
    """Return a line in which the text with the colon at ``column`` stands in quotes, or nothing."""
    match = _BLOCK.fullmatch(line)
    if match is None or not match["start"].rstrip().endswith(":"):
        return ""
    text = match["text"]
    is_within = match.start("text") < column - 1 < match.end("text")
    # Two keys on one line are another fault.
    if not is_within or text[0] in _OPENERS or _keys() & set(_BEFORE_COLON.findall(text)):
        return ""
    return _quoted(line, match.start("text"), text)


def with_start_quoted(line: str, column: int) -> str:
    """Return a line in which the text that begins at ``column`` stands in quotes, or nothing."""
    match = _BLOCK.fullmatch(line)
    if match is not None and match.start("text") == column - 1:
        text = match["text"]
        # Within brackets that opened further above, a comma or bracket belongs to them.
        return "" if text[-1] in ",]}" else _quoted(line, column - 1, text)
    word = _IN_BRACKETS.match(line, column - 1)
    return "" if word is None else _quoted(line, column - 1, word[0])


def _quoted(line: str, start: int, text: str) -> str:
    return line[:start] + as_yaml(text) + line[start + len(text) :]


def _keys() -> set[str]:
    return {key for name in ("mentee", "program") for key in _properties(load_schema(name))}


def _properties(schema: Any) -> Iterator[str]:
    """Yield every key that a schema knows."""
    if isinstance(schema, dict):
        for key, part in schema.items():
            if key == "properties":
                yield from part
            yield from _properties(part)
