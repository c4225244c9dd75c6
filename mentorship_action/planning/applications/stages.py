"""The labels that tell people and machines the stage of an application."""

from collections.abc import Iterable

from mentorship_action.domain.application import Stage
from mentorship_action.domain.program import Program
from mentorship_action.planning.kinds import APPLICATION, BASE, LabelLook, label_of

STAGES = {
    Stage.NEEDS_FIXES: LabelLook(
        name=Stage.NEEDS_FIXES, color="e99695", description="Its author has something to fix"
    ),
    Stage.NEEDS_MAINTAINER: LabelLook(
        name=Stage.NEEDS_MAINTAINER, color="fbca04", description="A maintainer has to look at this"
    ),
    Stage.NEEDS_ANSWER: LabelLook(
        name=Stage.NEEDS_ANSWER, color="bfdadc", description="Waits for the mentor to accept"
    ),
    Stage.DECLINED: LabelLook(
        name=Stage.DECLINED, color="e99695", description="The mentor can't take this on"
    ),
    Stage.WAITLISTED: LabelLook(
        name=Stage.WAITLISTED, color="d4c5f9", description="Waits for a free seat"
    ),
    Stage.READY: LabelLook(
        name=Stage.READY, color="0e8a16", description="Valid, accepted and seated: ready to merge"
    ),
    Stage.UNREADABLE: LabelLook(
        name=Stage.UNREADABLE,
        color="ededed",
        description="Could not be read yet; nothing for its author to do",
    ),
}


def stage_label(stage: Stage, program: Program) -> str:
    """Return the label of a stage."""
    return label_of(STAGES[stage], program)


def stage_labels(program: Program) -> frozenset[str]:
    """Return the labels of all stages that an open application can be in."""
    return frozenset(stage_label(stage, program) for stage in STAGES)


def labels_to_change(
    present: Iterable[str], stage: Stage, program: Program
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the labels that an application in a stage lacks, and those that it has too many."""
    present = tuple(present)
    names = (label_of(BASE, program), label_of(APPLICATION, program), stage_label(stage, program))
    wanted = {name.lower(): name for name in names}
    there = {name.lower() for name in present}
    stages = {name.lower() for name in stage_labels(program)} - wanted.keys()
    add = tuple(sorted(name for lower, name in wanted.items() if lower not in there))
    return add, tuple(sorted(name for name in present if name.lower() in stages))
