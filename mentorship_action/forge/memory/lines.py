"""Lines of a file from one commit to another, as the forge in memory needs them."""

import difflib
import re
from collections.abc import Iterable, Sequence

from mentorship_action.domain.pulls import LineComment

_CONTEXT = 3
"""So many lines around a change are shown with it, and can be commented on."""

_SUGGESTION = re.compile(r"^(`{3,})suggestion\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def lines_in_diff(before: Sequence[str], after: Sequence[str]) -> frozenset[int]:
    """Return the lines of ``after``, counted from 1, that a diff shows."""
    groups = _matcher(before, after).get_grouped_opcodes(_CONTEXT)
    return frozenset(
        line + 1 for group in groups for *_, begin, end in group for line in range(begin, end)
    )


def moved(before: Sequence[str], after: Sequence[str], first: int, last: int) -> int | None:
    """Return by how many lines some lines have moved, or None where they have changed."""
    for block in _matcher(before, after).get_matching_blocks():
        if block.a < first and last <= block.a + block.size:
            return block.b - block.a
    return None


def suggested(body: str) -> str | None:
    """Return the lines that a comment suggests, or None when it suggests none."""
    found = _SUGGESTION.search(body)
    return None if found is None else found[2].removesuffix("\n")


def without_suggestion(body: str) -> str:
    """Return what a comment says beside its suggestion."""
    return _SUGGESTION.sub("", body)


def with_suggestions(text: str, comments: Iterable[LineComment]) -> str:
    """Return a file's text with all suggestions in comments taken."""
    lines = text.splitlines()
    for comment in sorted(comments, key=lambda one: one.first, reverse=True):
        new = suggested(comment.body)
        if new is not None:
            lines[comment.first - 1 : comment.last] = new.splitlines()
    return "\n".join(lines) + "\n"


def _matcher(before: Sequence[str], after: Sequence[str]) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(None, before, after, autojunk=False)
