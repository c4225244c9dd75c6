"""E-mail addresses and phone numbers, which belong into no public file."""

import re
from collections.abc import Iterator
from typing import Final

from mentorship_action.records.places import Spot
from mentorship_action.records.problems import Problem
from mentorship_action.records.schema import published_schema
from mentorship_action.records.source import split_lines

HINT: Final = "The file is public for ever: delete it, and share it in a private message."
_KINDS: Final = {"email": "an e-mail address", "phone": "a phone number"}
_MAYBE: Final = re.compile("[@0-9]")
_MAYBE_COMMENT: Final = re.compile("#[^\r\n]*[@0-9]")
_MOST: Final = 20


def private_kind(text: str) -> str:
    """Return what a text seems to hold that belongs to its author alone; nothing for others."""
    if not _MAYBE.search(text):
        return ""
    schema = published_schema("mentee")
    return next((said for name, said in _KINDS.items() if schema.is_a(name, text)), "")


def private_lines(text: str, *, comments_only: bool) -> Iterator[Problem]:
    """Yield what the lines of a file hold, or its comments; `#` in quotes counts as one."""
    if comments_only and not _MAYBE_COMMENT.search(text):
        return
    found = 0
    for number, line in enumerate(split_lines(text), 1):
        start = line.find("#") if comments_only else 0
        if start >= 0 and (kind := private_kind(line[start:])):
            where = Spot(number, start + 1)
            yield Problem("private-data", where, f"This line seems to hold {kind}.", HINT)
            found += 1
        if found == _MOST:
            return
