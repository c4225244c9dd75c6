"""Pieces of somebody's file inside our sentences: short, on one line, and harmless."""

import re
from typing import Final

_LONGEST: Final = 40
# For a pattern: control, zero-width and bidirectional characters, line separators and half
# characters. Tabs and line ends are apart, as YAML has its own use for them.
_BLANK: Final = "\t\n\r"
UNSEEN: Final = (
    "\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff"
)


def quote(value: object) -> str:
    """Return ``value`` as a sentence may show it: between backticks, cut, nothing hidden in it."""
    return f"`{plain(value)}`"


def plain(value: object) -> str:
    """Return ``value`` cut to 40 characters, with what is invisible written as its number."""
    text = value if isinstance(value, str) else str(value)
    cut = text[:_LONGEST] + "…" if len(text) > _LONGEST else text
    return re.sub(f"[{UNSEEN}{_BLANK}]", _number, cut).replace("`", "'")


def name_character(character: str) -> str:
    """Return how to call a character that one can't see, such as U+200B."""
    return f"U+{ord(character):04X}"


def _number(match: re.Match[str]) -> str:
    return f"<{name_character(match[0])}>"
