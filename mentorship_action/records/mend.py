"""The corrected line of a fault, ready to paste, where it is known for certain."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from mentorship_action.domain.findings import Finding

# How `suggest.did_you_mean` asks, and how a missing key's hint shows its line.
_MEANT: Final = re.compile(r"Did you mean `([^`]+)`\?")
_EXAMPLE: Final = re.compile(r"^Add it, for example: `([^`]+)`\.$")
# A value or key as it stands in its line: in quotes, or up to where YAML ends a plain one.
_WORD: Final = re.compile(
    r'"(?:[^"\\]|\\.)*"'
    r"|'(?:[^']|'')*'"
    r"|[^\s,\[\]{}#:](?:[^,\[\]{}#:]|:(?=\S)|(?<=\S)#)*?(?=\s*(?:[,\]}]|\s#|:(?:\s|$)|$))"
)


def with_fixes(content: bytes, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings about a file's content, each with its corrected line where we know it."""
    lines = content.decode("utf-8", "replace").splitlines()
    return tuple(replace(one, fix=_fix(one, lines)) for one in findings)


def _fix(finding: Finding, lines: list[str]) -> str:
    if finding.code == "missing-key":
        example = _EXAMPLE.match(finding.hint)
        # Within another key the place to add it depends on how that is written.
        return example[1] if example and not finding.path else ""
    meant = _MEANT.search(finding.hint)
    if meant is None or finding.line > len(lines):
        return ""
    line, at = lines[finding.line - 1], finding.column - 1
    word = _WORD.match(line, at)
    return f"{line[:at]}{meant[1]}{line[word.end() :]}" if word else ""
