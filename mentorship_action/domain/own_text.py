"""What somebody says themselves in Markdown: not in quotes, fences or hidden comments."""

import re
from collections.abc import Iterator

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTED = re.compile(r" {0,3}>")
_OPENING, _CLOSING = "<!--", "-->"


def own_lines(body: str) -> Iterator[str]:
    """Yield the lines that somebody wrote themselves, in order.

    A quote is somebody else's, and GitHub shows the lines right below as a part of it; a fence
    holds an example; a hidden comment is not shown at all.
    """
    fence, quoted = "", False
    for line in _without_hidden(body.replace("\r\n", "\n")).split("\n"):
        mark = _fence_of(line)
        quoted = bool(_QUOTED.match(line)) or (quoted and bool(line.strip()))
        if fence:
            if mark.startswith(fence) and not line.strip().strip(mark[0]):
                fence = ""
        elif mark:
            fence = mark
        elif not quoted:
            yield line


def _without_hidden(body: str) -> str:
    """Return a comment with its HTML comments emptied, in one pass whatever it holds."""
    kept: list[str] = []
    place = 0
    while (start := body.find(_OPENING, place)) >= 0:
        kept += [body[place:start], "<!---->"]
        end = body.find(_CLOSING, start + len(_OPENING))
        if end < 0:
            return "".join(kept)
        place = end + len(_CLOSING)
    return "".join([*kept, body[place:]])


def _fence_of(line: str) -> str:
    """Return the run of characters that opens or closes a fence, or nothing."""
    match = _FENCE.match(line)
    if match is None or (match[1][0] == "`" and "`" in line[match.end() :]):
        return ""
    return match[1]
