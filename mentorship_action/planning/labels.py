"""Our labels: which an issue carries, and which must be made first."""

from collections.abc import Iterable, Iterator

from mentorship_action.domain.identity import Kind
from mentorship_action.domain.program import Program
from mentorship_action.planning.plan import Change, CreateLabel, Notice, OpenIssue
from mentorship_action.planning.situation import Situation

_COLORS = {"base": "5319e7", "tracker": "0e8a16", "check_in": "1d76db"}
_DESCRIPTIONS = {
    "base": "Everything that the mentorship program keeps here",
    "tracker": "The home of one mentorship",
    "check_in": "The weekly check-in of one pair",
}


def labels_for(kind: Kind, program: Program) -> tuple[str, ...]:
    """Return the labels of an issue of some kind."""
    own = {Kind.TRACKER: program.labels.tracker, Kind.CHECK_IN: program.labels.check_in}
    return (program.labels.base, own[kind])


def plan_labels(situation: Situation, parts: Iterable[Change | Notice]) -> Iterator[CreateLabel]:
    """Yield the labels to make: those that new issues need and no observed issue carries.

    A label that is in use need not be asked for; one that is not may exist all the same,
    which the forge then says.
    """
    needed = {label for part in parts if isinstance(part, OpenIssue) for label in part.labels}
    labels = situation.program.labels
    for name, label in (
        ("base", labels.base),
        ("tracker", labels.tracker),
        ("check_in", labels.check_in),
    ):
        if label in needed - situation.snapshot.labels:
            yield CreateLabel(name=label, color=_COLORS[name], description=_DESCRIPTIONS[name])
