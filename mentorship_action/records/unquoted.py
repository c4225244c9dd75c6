"""Lines whose text YAML can't read unless it stands in quotes.

Imported for a file that can't be read, alone.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from mentorship_action.records.schema import load_schema
from mentorship_action.records.writing import as_yaml
from mentorship_action.records.yaml import Spot

# Dashes and a key, or one of them, and then text up to a comment.
_BLOCK: Final = re.compile(
    r"(?P<dashes> *(?:- +)*)(?P<key>(?:[A-Za-z_]+: +)?)(?P<text>\S(?:.*?\S)??)(?:\s*|\s+#.*)"
)
_IN_BRACKETS: Final = re.compile(r"[^\s,\[\]{}](?:[^,\[\]{}]*[^\s,\[\]{}])?")
_BEFORE_COLON: Final = re.compile(r"(?<![A-Za-z_])([A-Za-z_]+):(?= |$)")
# What opens text in quotes, brackets, or something of YAML's own.
_OPENERS: Final = "\"'[]{},|>&*!%#?"


def with_colon_quoted(lines: list[str], spot: Spot) -> str:
    """Return the line in which the text with the colon at a place stands in quotes, or nothing."""
    line = lines[spot.line - 1]
    match = _BLOCK.fullmatch(line)
    if match is None or _goes_on(lines, spot.line, match):
        return ""
    start = match.start("text")
    if match["key"].rstrip(": ") not in _keys():
        # The word before the first colon is part of the text, in an entry of a list.
        start = match.start("key") if match["dashes"].strip() else len(line)
    text = line[start : match.end("text")]
    # Two keys on one line are another fault, and so is a key below a value.
    is_within = start < spot.column - 1 < match.end("text")
    if not is_within or text[0] in _OPENERS or _keys() & set(_BEFORE_COLON.findall(text)):
        return ""
    return _quoted(line, start, text)


def with_start_quoted(lines: list[str], spot: Spot) -> str:
    """Return the line in which the text that begins at a place stands in quotes, or nothing."""
    line, start = lines[spot.line - 1], spot.column - 1
    match = _BLOCK.fullmatch(line)
    # Within brackets that opened further above, a comma or bracket at the end is theirs.
    if match is not None and match.start("text") == start and match["text"][-1] not in ",]}":
        return "" if _goes_on(lines, spot.line, match) else _quoted(line, start, match["text"])
    word = _IN_BRACKETS.match(line, start)
    return "" if word is None else _quoted(line, start, word[0])


def _goes_on(lines: list[str], number: int, match: re.Match[str]) -> bool:
    """Whether the text of a line goes on below it, so that quotes would close too early."""
    below = next((line for line in lines[number:] if line.strip()), "")
    column = match.start("key") if match["key"] else len(match["dashes"].rstrip("- "))
    return len(below) - len(below.lstrip()) > column and not below.lstrip().startswith("#")


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
