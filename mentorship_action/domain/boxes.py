"""The boxes of task lists in an issue of ours: whose they are, and how they are ticked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mentorship_action.domain.own_text import own_lines

_BOX = re.compile(r"(?P<start>[ \t]*[-*+] )\[(?P<tick>[ xX])\] (?P<text>.*\S)[ \t\r]*")
_HEADING = re.compile(r"#{1,6} ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """One box: ``text`` is what stands behind it."""

    text: str
    is_ticked: bool

    @property
    def line(self) -> str:
        """It as a line of a list."""
        return f"- [{'x' if self.is_ticked else ' '}] {self.text}"


def boxes_of(body: str, logins: Iterable[str]) -> tuple[Box, ...]:
    """Return the boxes below the first heading that mentions one of these people; else all.

    A heading counts up to the next one.
    """
    names = "|".join(re.escape(login) for login in logins)
    mentioned = re.compile(rf"@(?:{names})(?![\w-])", re.IGNORECASE) if names else None
    every: list[Box] = []
    theirs: list[Box] = []
    is_theirs, found = False, False
    for line in own_lines(body):
        if _HEADING.match(line):
            is_theirs = not found and mentioned is not None and bool(mentioned.search(line))
            found = found or is_theirs
        elif match := _BOX.fullmatch(line):
            box = Box(text=match["text"], is_ticked=match["tick"] != " ")
            every.append(box)
            theirs += [box] if is_theirs else []
    return tuple(theirs if found else every)


def ticked(body: str, texts: Iterable[str]) -> str:
    """Return a body with the boxes of these texts ticked; all else as it is."""
    wanted = set(texts)
    lines = body.split("\n")
    for place, line in enumerate(lines):
        match = _BOX.fullmatch(line)
        if match and match["tick"] == " " and match["text"] in wanted:
            lines[place] = f"{match['start']}[x]{line[match.end('tick') + 1 :]}"
    return "\n".join(lines)
