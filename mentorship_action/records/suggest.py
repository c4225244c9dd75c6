"""Did you mean: the nearest of the words that would have been right."""

from collections.abc import Iterable

from mentorship_action.records.quoting import quote


def ask_for(near: str) -> str:
    """Return the question whether a word was meant, nothing for nothing."""
    return f"Did you mean {quote(near)}?" if near else ""


def nearest(word: object, known: Iterable[str]) -> str:
    """Return the nearest of ``known``, with no regard to case; empty when none is near."""
    if not isinstance(word, str) or len(word) > 100:
        return ""
    import difflib  # noqa: PLC0415 - few files have a fault

    by_lower = {one.lower(): one for one in known}
    wanted = word.strip().lower()
    found = difflib.get_close_matches(wanted, by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else ""


def listed(words: Iterable[str], most: int = 12) -> str:
    """Return words as a sentence lists them: `a`, `b` and 3 more."""
    every = list(words)
    shown = [quote(word) for word in every[:most]]
    if len(every) > most:
        return ", ".join(shown) + f" and {len(every) - most} more"
    if len(shown) < 2:
        return "".join(shown)
    return ", ".join(shown[:-1]) + f" and {shown[-1]}"
