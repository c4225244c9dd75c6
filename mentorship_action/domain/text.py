"""Text of one line: what nobody can see in it, how it is quoted, and how days are named."""

import re
from typing import Final

UNSEEN: Final = (
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff"
)
"""What stands between the brackets of a pattern for characters that show nothing.

These are control, zero-width and bidirectional characters, line separators, half characters and
tags. Tabs and line ends are not among them, as YAML and Markdown have their own use for these.
"""

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)

_UNSEEN = re.compile(f"[{UNSEEN}]")
_NOT_IN_LINE = re.compile(f"[{UNSEEN}\t\r\n]")
_BLANKS = re.compile(r"\s+")
_BACKTICKS = re.compile("`+")
_LONGEST_QUOTE = 40


def is_unseen(char: str) -> bool:
    """Whether a character shows nothing."""
    return _UNSEEN.fullmatch(char) is not None


def without_unseen(text: str) -> str:
    """Return text without the characters that show nothing; tabs and line ends stay."""
    return _UNSEEN.sub("", text)


def number_unseen(text: str) -> str:
    """Return text on one line, with each character that shows nothing as its number: <U+200B>."""
    return _NOT_IN_LINE.sub(lambda match: f"<{code_point(match[0])}>", text)


def code_point(char: str) -> str:
    """Return the name of a character by its number, such as U+200B."""
    return f"U+{ord(char):04X}"


def one_line(text: str, limit: int = 0) -> str:
    """Return text as one line without what shows nothing, cut to ``limit`` characters.

    Blanks of any kind and number become one space. 0 is no limit.
    """
    line = without_unseen(_BLANKS.sub(" ", text))
    # A character that shows nothing may have stood between two blanks.
    line = _BLANKS.sub(" ", line).strip()
    return line if not limit or len(line) <= limit else line[: limit - 1].rstrip() + "…"


def quote(value: object) -> str:
    """Return a value as our sentences show it: between backticks, of at most 40 characters."""
    text = str(value)
    cut = text[:_LONGEST_QUOTE] + "…" if len(text) > _LONGEST_QUOTE else text
    shown = number_unseen(cut).replace("`", "'")
    return f"`{shown}`"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 file, 2 files, 1,000 files."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def inline_code(text: str) -> str:
    """Return text of one line as Markdown's inline code, fenced by more backticks than it holds."""
    fence = "`" * (longest_backticks(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def longest_backticks(text: str) -> int:
    """Return the length of the longest run of backticks in text."""
    return max(map(len, _BACKTICKS.findall(text)), default=0)
