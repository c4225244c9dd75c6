"""The agenda of a check-in: task-list items that people write, and how they are carried over."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mentorship_action.domain.own_text import own_lines
from mentorship_action.domain.text import one_line

_TASK = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[(?P<tick>[ xX])\][ \t]+(?P<text>\S.*)")
_AGE = re.compile(r"\s*<sub>[^<>]*</sub>\s*$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST = 300
MOST_ITEMS = 50
"""So many items of the longest kind, each character escaped, fit into an issue's body."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgendaItem:
    """One item: ``text`` is one line without Markdown's backslashes; ``weeks`` is its age.

    It was first written ``weeks`` check-ins ago, 0 for one that is new. ``by`` is the mentee of a
    team whose it is; empty where it is everybody's.
    """

    text: str
    is_done: bool = False
    weeks: int = 0
    by: str = ""

    @property
    def digest(self) -> str:
        """What tells it from other items, whether ticked or not."""
        return hashlib.sha256(self.text.casefold().encode()).hexdigest()[:10]


def items_in(body: str) -> Iterator[AgendaItem]:
    """Yield the task-list items that somebody wrote themselves, from top to bottom."""
    for line in own_lines(body):
        match = _TASK.fullmatch(line.rstrip())
        if match is None:
            continue
        text = one_line(_ESCAPED.sub(r"\1", _AGE.sub("", match["text"])), _LONGEST)
        if text:
            yield AgendaItem(text=text, is_done=match["tick"] != " ")


def agenda_of(
    body: str, comments: Iterable[tuple[str, str]], kept: Mapping[str, str]
) -> list[AgendaItem]:
    """Return the items of a check-in, each once: those of its body, then those of comments.

    ``comments`` are texts with whose their items are. ``kept`` is what the check-in keeps hidden:
    the ages of the items that came with it and whose they are, and the boxes that are our own. Of
    equal items one that is ticked anywhere is done.
    """
    ages = dict(_age(one) for one in kept.get("ages", "").split(",") if one)
    own_boxes = set(kept.get("boxes", "").split(","))
    in_body = (item for item in items_in(body) if item.digest not in own_boxes)
    found: dict[str, AgendaItem] = {}
    said = (replace(item, by=by) for by, text in comments for item in items_in(text))
    for item in (*in_body, *said):
        former = found.get(item.digest)
        weeks, by = ages.get(item.digest, (0, ""))
        found[item.digest] = AgendaItem(
            text=former.text if former else item.text,
            is_done=item.is_done or (former is not None and former.is_done),
            weeks=weeks,
            by=by or (former.by if former else item.by),
        )
    return list(found.values())


def carried(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    """Return the items that go on to the next check-in: those not done, one check-in older."""
    left = (item for item in items if not item.is_done)
    return tuple(AgendaItem(text=item.text, weeks=item.weeks + 1, by=item.by) for item in left)


def agenda_memory(items: Iterable[AgendaItem], body: str) -> dict[str, str]:
    """Return what a check-in has to keep of its agenda: the items' ages, and its own boxes.

    ``body`` is the whole text that is filed, in which the items stand.
    """
    ages = {item.digest: _age_text(item) for item in items}
    boxes = sorted({item.digest for item in items_in(body)} - ages.keys())
    return {
        "ages": ",".join(f"{digest}:{age}" for digest, age in ages.items()),
        "boxes": ",".join(boxes),
    }


def _age_text(item: AgendaItem) -> str:
    return f"{item.weeks}:{item.by}" if item.by else str(item.weeks)


def _age(text: str) -> tuple[str, tuple[int, str]]:
    digest, _, age = text.partition(":")
    weeks, _, by = age.partition(":")
    return digest, (int(weeks) if weeks.isdecimal() and len(weeks) < 4 else 0, by)
