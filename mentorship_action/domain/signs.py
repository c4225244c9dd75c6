"""What a comment tells beside its commands: a question, or that somebody is stuck."""

import re

from mentorship_action.domain.own_text import own_lines

_PART = r"[ \t]*(?:[-*+][ \t]+)?(?:\*\*|__)?"
_STUCK = re.compile(_PART + r"stuck:?(?:\*\*|__)?:?[ \t]*(?P<on>.*)", re.IGNORECASE)
_STUCK_COMMAND = re.compile(r"/stuck(?![\w/-])", re.IGNORECASE)
_NEXT_PART = re.compile(_PART + r"(?:did|next)(?::|(?:\*\*|__):)", re.IGNORECASE)
_NOTHING = frozenset(
    f"{nothing}{when}"
    for nothing in (
        *("no", "none", "nope", "nothing", "n/a", "not stuck", "not at all", "not really"),
        *("nowhere", "all good", "all fine", "all is well", "no blockers"),
    )
    for when in ("", " yet", " now", " for now", " right now", " so far", " today", " this week")
)
_CLAUSE = re.compile(r"[,;:.!(]")
_QUESTION_MARKS = "?\uff1f\u061f"
"""Those of Latin, Chinese and Japanese, and Arabic text."""
_URL = re.compile(r"https?://\S+")


def fills_stuck(body: str) -> bool:
    """Whether a comment has a filled part *Stuck*, in its line or below it."""
    within = False
    for line in own_lines(body) if "stuck" in body.lower() else ():
        if ":" in line and (match := _STUCK.fullmatch(line)):
            if _says_something(match["on"]):
                return True
            # An empty part is filled by the lines below it, up to the next part.
            within = not match["on"].strip()
        elif within and _NEXT_PART.match(line):
            within = False
        elif within and _says_something(line):
            return True
    return False


def asks(body: str) -> bool:
    """Whether a comment is a question: it has a question mark of its own, or says `/stuck`."""
    lines = [_URL.sub("", line) for line in own_lines(body)]
    return (
        any(_STUCK_COMMAND.match(line) for line in lines)
        or any(mark in line for line in lines for mark in _QUESTION_MARKS)
        or fills_stuck(body)
    )


def _says_something(text: str) -> bool:
    first = _CLAUSE.split(text.strip(" \t*_.!-"), maxsplit=1)[0].strip().casefold()
    return first not in _NOTHING and any(map(str.isalnum, text))
