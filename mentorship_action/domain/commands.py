"""Commands in comments: a slash and a word at the start of a line, said anew by who may."""

import re
from enum import StrEnum


class Command(StrEnum):
    """What a mentor can say to an application."""

    ACCEPT = "accept"
    DECLINE = "decline"


_FENCE = re.compile(r" {0,3}(`{3,}(?!.*`)|~{3,})")
_COMMAND = re.compile(r"/(accept|decline)(?![\w/-])", re.IGNORECASE)
_QUOTED = re.compile(r" {0,3}>")
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def find_command(body: str) -> Command | None:
    """Return the last command in a comment, or None.

    A command stands at the very start of its line; what follows it there is courtesy. It is none
    in a quote, of which GitHub shows the lines right below as a part, in a fence, which is
    somebody's example, in a hidden comment, and beside the other command: that is our question
    come back in a mail.
    """
    found: Command | None = None
    fence, quoted = "", False
    for line in _HIDDEN.sub("<!---->", body).split("\n"):
        mark = _FENCE.match(line)
        quoted = bool(_QUOTED.match(line)) or (quoted and bool(line.strip()))
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif (match := _COMMAND.match(line)) and not quoted and _other(match[1]) not in line:
            found = Command(match[1].lower())
    return found


def _other(command: str) -> str:
    return "/decline" if command.lower() == Command.ACCEPT else "/accept"
