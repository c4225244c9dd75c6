"""Text for a terminal, a log or a job summary: nothing in it is obeyed by what shows it."""

import re
from typing import Final

# Control and bidirectional characters, line separators, zero-width characters, half characters.
_UNSEEN: Final = (
    "[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)


def one_line(text: str) -> str:
    """Return text on one line, which starts no workflow command wherever it stands.

    The runner obeys ``::command::`` at the start of a line, blanks before it or not, and
    ``##[command]`` anywhere in one.
    """
    shown = re.sub(_UNSEEN, _numbered, text).replace("##[", "# #[")
    return shown.replace("::", ": :", 1) if shown.lstrip().startswith("::") else shown


def json_for_log(text: str) -> str:
    """Return JSON that means the same and starts no workflow command."""
    # Both can stand in its strings alone, where an escape means the same character.
    return text.replace("##[", "#\\u0023[").replace("::", ":\\u003a")


def code(text: str) -> str:
    """Return text as inline code of Markdown that can stand in a cell of a table."""
    shown = one_line(text).replace("|", "\\|")
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}" if "`" in shown else f"`{shown}`"


def prose(text: str) -> str:
    """Return one of our own sentences as Markdown: quoted pieces are code, the rest is inert."""
    pieces = one_line(text).split("`")
    if len(pieces) % 2 == 0:
        return code(text)
    return "".join(
        code(piece) if place % 2 else re.sub(_MARKUP, r"\\\g<0>", piece)
        for place, piece in enumerate(pieces)
        if piece or not place % 2
    )


_MARKUP: Final = r"[\\*_\[\]<>|#@&~$]"


def _numbered(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"
