"""Pieces of our sentences: lists of words, and questions whether another word was meant."""

from collections.abc import Iterable

from mentorship_action.domain.text import quote


def ask_for(near: str) -> str:
    """Return the question whether a word was meant, nothing for nothing."""
    return f"Did you mean {quote(near)}?" if near else ""


def listed_words(words: Iterable[str], most: int = 12) -> str:
    """Return words as a sentence lists them: `a`, `b` and 3 more."""
    every = list(words)
    shown = [quote(word) for word in every[:most]]
    if len(every) > most:
        return ", ".join(shown) + f" and {len(every) - most} more"
    if len(shown) < 2:
        return "".join(shown)
    return ", ".join(shown[:-1]) + f" and {shown[-1]}"
