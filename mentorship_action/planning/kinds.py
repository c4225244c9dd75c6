"""The kinds of objects that are ours: their labels, and how these look."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.program import Program
from mentorship_action.planning.changes import (
    Change,
    CreateLabel,
    Notice,
    OpenIssue,
    SetLabels,
    milestone_key,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelLook:
    """A label of ours: ``name`` is the part after the base, ``color`` six hexadecimal digits.

    An empty name stands for the base itself.
    """

    name: str
    color: str
    description: str


BASE = LabelLook(
    name="", color="5319e7", description="Everything that the mentorship program keeps here"
)
TRACKER = LabelLook(
    name=Kind.TRACKER, color="0e8a16", description="The tracking issue of one mentorship"
)
CHECK_IN = LabelLook(
    name=Kind.CHECK_IN, color="1d76db", description="The regular check-in of one mentorship"
)
OVERVIEW = LabelLook(
    name=Kind.DASHBOARD, color="fef2c0", description="The overview of the mentorship program"
)
APPLICATION = LabelLook(
    name=Kind.APPLICATION,
    color="c2e0c6",
    description="Somebody joins the mentorship program, or changes their mentee file",
)


def label_of(look: LabelLook, program: Program) -> str:
    """Return the full name of a label in a program."""
    return program.labels.of(look.name)


def labels_for(look: LabelLook, program: Program) -> tuple[str, ...]:
    """Return the labels of an object of some kind: that of all that is ours, and its own."""
    return tuple(dict.fromkeys((label_of(BASE, program), label_of(look, program))))


def plan_labels(
    parts: Iterable[Change | Notice],
    known: Iterable[LabelLook],
    seen: Collection[str],
    program: Program,
) -> Iterator[CreateLabel]:
    """Yield the labels to create: those that are needed and that nothing observed carries.

    ``seen`` are lower-case names. A label that is in use need not be asked for; one that is not
    may exist all the same, which the forge then says.
    """
    missing = {name.lower() for name in _needed(parts)} - set(seen)
    for look in known:
        name = label_of(look, program)
        if name.lower() in missing:
            missing.discard(name.lower())
            yield CreateLabel(
                key=Key(kind="label", period=name),
                name=name,
                color=look.color,
                description=look.description,
            )


def milestone_of(term: str, program: Program) -> tuple[str, tuple[Key, ...]]:
    """Return the title of a term's milestone, and the key that what is in it needs; else nothing.

    Mentorships outside of terms have none.
    """
    found = program.term(term)
    return (found.name, (milestone_key(found.name),)) if found else ("", ())


def _needed(parts: Iterable[Change | Notice]) -> Iterator[str]:
    for part in parts:
        if isinstance(part, OpenIssue):
            yield from part.labels
        elif isinstance(part, SetLabels):
            yield from part.add
