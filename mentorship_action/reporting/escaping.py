"""Text for a terminal, a log or a job summary: nothing in it is obeyed by what shows it."""

import re
from typing import Final

from mentorship_action.domain.text import inline_code, number_unseen

_MARKUP: Final = r"[\\*_\[\]<>|#@&~$]"


def log_line(text: str) -> str:
    """Return text on one line, which starts no workflow command wherever it stands.

    The runner obeys ``::command::`` at the start of a line, blanks before it or not, and
    ``##[command]`` anywhere in one.
    """
    shown = number_unseen(text).replace("##[", "# #[")
    return shown.replace("::", ": :", 1) if shown.lstrip().startswith("::") else shown


def log_json(text: str) -> str:
    """Return JSON that means the same and starts no workflow command."""
    # Both can stand in its strings alone, where an escape means the same character.
    return text.replace("##[", "#\\u0023[").replace("::", ":\\u003a")


def cell_code(text: str) -> str:
    """Return text as inline code of Markdown that can stand in a cell of a table."""
    return inline_code(log_line(text)).replace("|", "\\|") if text else ""


def cell_sentence(text: str) -> str:
    """Return one of our own sentences as Markdown: quoted pieces are code, the rest is inert."""
    pieces = log_line(text).split("`")
    if len(pieces) % 2 == 0:
        return cell_code(text)
    return "".join(
        cell_code(piece) if place % 2 else re.sub(_MARKUP, r"\\\g<0>", piece)
        for place, piece in enumerate(pieces)
    )
