"""People's text as Markdown that shows as typed and does nothing."""

import re
from collections.abc import Iterable
from urllib.parse import quote

from mentorship_action.domain.text import (
    inline_code,
    longest_backticks,
    one_line,
    without_unseen,
)

# A character that shows nothing and separates what GitHub would read as a mention or reference:
# its filters work on rendered text, where a backslash is gone.
_SEPARATOR = "\u200b"

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$]")
_LINE_START = re.compile(r"^([-+=#]|[0-9]{1,9}(?=[.)]))")
_REFERENCE = re.compile(
    r"[@#](?=[\w\\])|(?<=\bgh)-(?=[0-9])|(?<=\bhttp)s?(?=:)|(?<=\bftp)(?=:)", re.IGNORECASE
)
_WWW = re.compile(r"\bwww(?=\.)", re.IGNORECASE)


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKUP = re.compile(r"[\\`*_~]")
_SENTENCE_END = re.compile(r"(?<=[^\W\d])[.:;] ")
_SHORT = 70


class Safe(str):
    """Text that is Markdown already; templates print it as it is."""

    __slots__ = ()


def escape(value: object) -> Safe:
    """Return a value as inline Markdown that shows its text and nothing else.

    Mentions, references, links, HTML, emphasis, code and maths lose their effect.
    Text that is ``Safe`` already is returned as it is.
    """
    if isinstance(value, Safe):
        return value
    text = one_line(str(value))
    text = _SPECIAL.sub(lambda match: "\\" + match[0], text)
    text = _REFERENCE.sub(lambda match: match[0] + _SEPARATOR, text)
    text = _WWW.sub(lambda match: match[0] + _SEPARATOR, text)
    text = _LINE_START.sub(_escape_start, text)
    return Safe(text)


def _escape_start(match: re.Match[str]) -> str:
    start = match[0]
    return start + "\\" if start[0].isdigit() else "\\" + start


def mention(login: str) -> Safe:
    """Return a mention that notifies. Only for logins that the domain has checked."""
    return Safe(f"@{login}")


def code(text: object) -> Safe:
    """Return text as inline code, fenced by more backticks than it holds."""
    return Safe(inline_code(one_line(str(text))))


def sentence(text: object) -> Safe:
    """Return one of our own sentences: what it quotes in backticks is code, the rest is escaped."""
    pieces = one_line(str(text)).split("`")
    if len(pieces) % 2 == 0:
        return escape(text)
    quoted = (
        code(piece) if place % 2 else _escape_piece(piece) for place, piece in enumerate(pieces)
    )
    return Safe("".join(quoted))


def _escape_piece(piece: str) -> str:
    """Return a piece of a line, with the blanks that separate it from its neighbours."""
    before = " " if piece.startswith(" ") else ""
    after = " " if piece.endswith(" ") and piece.strip() else ""
    return f"{before}{escape(piece)}{after}"


def link(text: object, url: str) -> Safe:
    """Return a link to an https address."""
    # In angle brackets nothing but these two and line breaks could end the address.
    address = quote(one_line(url), safe="/:?#[]@!$&'()*+,;=%~-._")
    return Safe(f"[{escape(text)}](<{address}>)")


def listed(values: Iterable[object], last: str = "and") -> Safe:
    """Return values as prose: one, two and three."""
    items = [escape(value) for value in values]
    if len(items) < 2:
        return Safe("".join(items))
    return Safe(f"{', '.join(items[:-1])} {last} {items[-1]}")


def block(text: object, language: str = "") -> Safe:
    """Return text as a block of code, fenced by more backticks than it holds."""
    content = without_unseen(str(text).replace("\r", ""))
    fence = "`" * max(3, longest_backticks(content) + 1)
    return Safe(f"{fence}{language}\n{content}\n{fence}")


def shortened(text: Safe) -> Safe:
    """Return the begin of a text that is Markdown already, without its links and emphasis."""
    plain = _MARKUP.sub("", _LINK.sub(r"\1", text))
    return escape(one_line(_SENTENCE_END.split(plain)[0].rstrip("."), _SHORT))


def hours(minutes: int) -> Safe:
    """Return minutes as people say them: 3 h 30 min."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} h"] if whole else []
    parts += [f"{rest} min"] if rest or not whole else []
    return Safe(" ".join(parts))


def ordinal(number: int) -> Safe:
    """Return a number as a place in an order: 1st, 2nd, 3rd, 11th."""
    is_teen = number % 100 in (11, 12, 13)
    ending = "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return Safe(f"{number}{ending}")
