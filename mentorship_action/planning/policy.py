"""What a policy is: a rule about what should be on the forge, as two pure functions."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from mentorship_action.domain.snapshot import Wants
from mentorship_action.errors import MentorshipError
from mentorship_action.planning.changes import Change, Notice
from mentorship_action.planning.kinds import LabelLook
from mentorship_action.planning.situation import Situation

_Item = TypeVar("_Item")


def _nothing(_: Situation) -> Wants:
    return Wants()


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """A rule about what should be on the forge.

    ``wants`` says what has to be known for it; it is asked again with what was observed, until it
    wants no more. ``plan`` yields what is missing. ``labels`` are those that it may need.
    """

    name: str
    plan: Callable[[Situation], Iterable[Change | Notice]]
    wants: Callable[[Situation], Wants] = _nothing
    labels: tuple[LabelLook, ...] = ()


def plan_each(
    items: Iterable[tuple[object, _Item]],
    plan_one: Callable[[_Item, Situation], Iterable[Change | Notice]],
    situation: Situation,
) -> Iterator[Change | Notice]:
    """Yield what ``plan_one`` plans for each item; what goes wrong with one is its own outcome.

    ``items`` are pairs of the item's key, or another name for the report, and the item. Errors
    that we expect, such as a broken template of the program, are everybody's and raised.
    """
    for name, item in items:
        try:
            parts = list(plan_one(item, situation))
        except MentorshipError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad item never stops the rest
            yield Notice(
                kind="problem",
                key=str(name),
                text=f"{name} could not be planned ({type(error).__name__}); a later run will try",
            )
        else:
            yield from parts
