"""Our labels: which an issue carries, and which must be made first."""

from collections.abc import Iterable, Iterator

from mentorship_action.domain.application import Stage
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.program import Program
from mentorship_action.planning.plan import Change, CreateLabel, Notice, OpenIssue, Relabel
from mentorship_action.planning.situation import Situation

_OWN = {
    "base": ("5319e7", "Everything that the mentorship program keeps here"),
    "tracker": ("0e8a16", "The home of one mentorship"),
    "check_in": ("1d76db", "The weekly check-in of one pair"),
    "application": ("c2e0c6", "Somebody joins the mentorship program, or changes their record"),
}
_STAGES = {
    Stage.NEEDS_FIXES: ("e99695", "Its author has something to mend"),
    Stage.NEEDS_MAINTAINER: ("fbca04", "A maintainer has to look at this"),
    Stage.NEEDS_ANSWER: ("bfdadc", "Waits for the mentor to accept"),
    Stage.DECLINED: ("e99695", "The mentor can't take this on"),
    Stage.WAITLISTED: ("d4c5f9", "Waits for a free seat"),
    Stage.READY: ("0e8a16", "Sound, accepted and seated: ready to merge"),
    Stage.UNREADABLE: ("ededed", "Could not be read yet; nothing for its author to do"),
}


def labels_for(kind: Kind, program: Program) -> tuple[str, ...]:
    """Return the labels of an issue of some kind."""
    own = {Kind.TRACKER: program.labels.tracker, Kind.CHECK_IN: program.labels.check_in}
    return (program.labels.base, own[kind])


def stage_label(stage: Stage, program: Program) -> str:
    """Return the label that tells machines the stage of an application."""
    return f"{program.labels.base}:{stage.value}"


def stage_labels(program: Program) -> frozenset[str]:
    """Return the labels of all stages."""
    return frozenset(stage_label(stage, program) for stage in Stage)


def plan_labels(situation: Situation, parts: Iterable[Change | Notice]) -> Iterator[CreateLabel]:
    """Yield the labels to make: those that are needed and that nothing observed carries.

    A label that is in use need not be asked for; one that is not may exist all the same,
    which the forge then says.
    """
    seen = {label for application in situation.applications for label in application.pull.labels}
    missing = _needed(parts) - situation.snapshot.labels - seen
    for name, (color, description) in _known(situation.program).items():
        if name in missing:
            yield CreateLabel(name=name, color=color, description=description)


def _needed(parts: Iterable[Change | Notice]) -> set[str]:
    needed: set[str] = set()
    for part in parts:
        if isinstance(part, OpenIssue):
            needed.update(part.labels)
        elif isinstance(part, Relabel):
            needed.update(part.add)
    return needed


def _known(program: Program) -> dict[str, tuple[str, str]]:
    """Return colour and description of every label of ours, by its name."""
    own = {str(getattr(program.labels, field)): look for field, look in _OWN.items()}
    return own | {stage_label(stage, program): look for stage, look in _STAGES.items()}
