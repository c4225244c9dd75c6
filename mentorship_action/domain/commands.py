"""Commands in comments: a slash and a word at the start of a line, said anew by who may."""

import re
from enum import StrEnum


class Command(StrEnum):
    """What a mentor can say to an intake."""

    ACCEPT = "accept"
    DECLINE = "decline"


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_COMMAND = re.compile(r"/(accept|decline)(?![\w/-])", re.ASCII | re.IGNORECASE)


def find_command(body: str) -> Command | None:
    """Return the last command in a comment, or None.

    A command stands at the very start of its line; what follows it there is courtesy. Quoted
    lines begin with ``>``, so they have none; fenced lines are somebody's example.
    """
    found: Command | None = None
    fence = ""
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
        elif match := _COMMAND.match(line):
            found = Command(match[1].lower())
    return found
