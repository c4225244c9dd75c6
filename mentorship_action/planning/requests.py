"""What people ask for by ticking boxes of the dashboard."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from mentorship_action.domain.bot_state import hidden_in, hidden_line
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.snapshot import Issue
from mentorship_action.planning.situation import Situation

DASHBOARD_KEY = Key(kind=Kind.DASHBOARD)

REMIND_APPLICATION: Final = "application"
REMIND_CHECK_IN: Final = "check-in"
SKIP: Final = "skip"

_BOX = "box"
_TICKED = re.compile(r"[ \t]*- \[[xX]\] ")


@dataclass(frozen=True, kw_only=True, slots=True)
class TickedBox:
    """What somebody asks for: ``do`` is one of those above.

    ``of`` is the number of an application, or the id of a mentorship.
    """

    do: str
    of: str


def changed_on(dashboard: Issue) -> date | None:
    """Return the day of the last change that a dashboard keeps; None for a damaged one."""
    kept = dashboard.summary.values if dashboard.summary else {}
    try:
        return date.fromisoformat(kept.get("asof", ""))
    except ValueError:
        return None


def ticked_boxes(situation: Situation) -> tuple[TickedBox, ...]:
    """Return what is asked for on the dashboard; nothing on one that a person closed."""
    dashboard = situation.snapshot.survivor(DASHBOARD_KEY)
    if dashboard is None or not dashboard.is_open or dashboard.summary is None:
        return ()
    return _ticked_in(dashboard.summary.text)


# Every mentorship and application asks.
@lru_cache(maxsize=4)
def _ticked_in(text: str) -> tuple[TickedBox, ...]:
    return tuple(_boxes(text))


def _boxes(text: str) -> Iterator[TickedBox]:
    for line in text.split("\n"):
        values = hidden_in(line, _BOX) if _TICKED.match(line) else {}
        if values.get("do") and values.get("of"):
            yield TickedBox(do=values["do"], of=values["of"])


def is_asked_for(do: str, of: str, situation: Situation) -> bool:
    """Whether somebody asks for that on the dashboard."""
    return TickedBox(do=do, of=of) in ticked_boxes(situation)


def box_line(do: str, of: str) -> str:
    """Return the hidden text that tells what a box asks for."""
    return hidden_line(_BOX, {"do": do, "of": of})
