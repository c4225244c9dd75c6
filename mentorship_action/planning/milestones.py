"""The milestones of terms: due on a term's last day, and closed with the last issue in them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from mentorship_action.domain.calendar import is_over, local_day, term_days
from mentorship_action.domain.program import Program, Term
from mentorship_action.domain.snapshot import Milestone
from mentorship_action.planning.changes import (
    Change,
    CloseIssue,
    CreateMilestone,
    EditMilestone,
    Notice,
    OpenIssue,
    Rank,
    milestone_key,
)
from mentorship_action.planning.situation import Situation

PlanPart = Change | Notice


def with_milestones(parts: Iterable[PlanPart], situation: Situation) -> list[PlanPart]:
    """Return the parts of a plan with what brings the milestones of terms up to date.

    One that none of our issues is in may exist all the same, which the forge then says. A milestone
    is closed right before the last issue in it: nobody looks at a finished term afterwards.
    """
    found = list(parts)
    needed = {part.milestone for part in found if isinstance(part, OpenIssue)}
    for name, term in {term.name: term for term in situation.program.terms}.items():
        known, due = situation.snapshot.milestones.get(name), _due(term, situation.program)
        if known is None and name in needed:
            found.insert(0, CreateMilestone(key=milestone_key(name), title=name, due=due))
        elif known is not None and known.is_open:
            found = _closed(known, term, found, situation) or [*_moved(known, due), *found]
    return found


def _closed(
    known: Milestone, term: Term, parts: list[PlanPart], situation: Situation
) -> list[PlanPart]:
    """Return the parts with a milestone's end before that of its last issues; nothing before it."""
    closing = {part.number for part in parts if isinstance(part, CloseIssue)}
    inside = _open_issues(known, situation)
    if not inside <= closing or not _is_finished(term, situation):
        return []
    end = EditMilestone(
        key=milestone_key(known.title),
        number=known.number,
        title=known.title,
        closes=True,
        why="all of its mentorships have ended",
        rank=Rank.END,
    )
    return [end, *(_after(end, part, inside) for part in parts)]


def _open_issues(known: Milestone, situation: Situation) -> set[int]:
    return {
        one.number
        for one in situation.snapshot.issues
        if one.is_open and one.milestone and one.milestone.title == known.title
    }


def _after(end: EditMilestone, part: PlanPart, inside: set[int]) -> PlanPart:
    if isinstance(part, CloseIssue) and part.number in inside:
        return replace(part, needs=(*part.needs, end.key))
    return part


def _moved(known: Milestone, due: date) -> Iterator[EditMilestone]:
    if known.due != due:
        yield EditMilestone(
            key=milestone_key(known.title),
            number=known.number,
            title=known.title,
            due=due,
            why=f"it is due on {due} now",
            rank=Rank.LABEL,
        )


def _due(term: Term, program: Program) -> date:
    return term_days(term, program).last


def _is_finished(term: Term, situation: Situation) -> bool:
    """Whether nobody can join a term any more, and nobody in it goes on."""
    program, now = situation.program, situation.now
    return local_day(now, program.zone) > term.applications.last and not any(
        one.term == term.id and one.status.holds_seat and not is_over(one, program, now)
        for one in situation.mentorships
    )
