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
    matches = (match for _, match in _list_of(own_lines(body), logins))
    return tuple(Box(text=match["text"], is_ticked=match["tick"] != " ") for match in matches)


def ticked(body: str, texts: Iterable[str], logins: Iterable[str]) -> str:
    """Return a body with the boxes of these texts ticked in somebody's list; all else as it is."""
    wanted = set(texts)
    lines = body.split("\n")
    for place, match in _list_of(lines, logins):
        if match["tick"] == " " and match["text"] in wanted:
            line = lines[place]
            lines[place] = f"{line[: match.start('tick')]}x{line[match.end('tick') :]}"
    return "\n".join(lines)


def _list_of(lines: Iterable[str], logins: Iterable[str]) -> list[tuple[int, re.Match[str]]]:
    """Return the lines of somebody's boxes by their place; those of everybody without a heading."""
    names = "|".join(re.escape(login) for login in logins)
    mentioned = re.compile(rf"@(?:{names})(?![\w-])", re.IGNORECASE)
    every: list[tuple[int, re.Match[str]]] = []
    theirs: list[tuple[int, re.Match[str]]] = []
    is_theirs, found = False, False
    for place, line in enumerate(lines):
        if _HEADING.match(line):
            is_theirs = not found and bool(names) and bool(mentioned.search(line))
            found = found or is_theirs
        elif match := _BOX.fullmatch(line):
            every.append((place, match))
            theirs += [(place, match)] if is_theirs else []
    return theirs if found else every
