"""Checkpoints: both sides are asked how it goes, and the outcome of each is shown, nothing else."""

from collections.abc import Iterator
from datetime import datetime

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.checkpoints import DatedCheckpoint, name_of
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.snapshot import Issue, Wants
from mentorship_action.planning.changes import Change, Notice, Rank, WriteComment
from mentorship_action.planning.checkpoint import (
    MENTORS,
    SideOutcome,
    Standing,
    checkpoint_key,
    memory_of_outcomes,
    needed_since,
    said_lately,
    standing_of,
)
from mentorship_action.planning.handover import led_now
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.views import (
    CheckpointComment,
    CheckpointSide,
)


def wants_for_checkpoints(situation: Situation) -> Wants:
    """Return since when comments matter, and the trackers whose open checkpoint got an answer.

    What people say is read for their commands anyway.
    """
    since: list[datetime] = []
    numbers: set[int] = set()
    for mentorship in situation.mentorships:
        tracker = situation.snapshot.trackers.get(mentorship.id)
        if tracker is None:
            continue
        if needed := needed_since(mentorship, situation):
            since.append(needed)
        if _is_answered(mentorship, tracker, situation):
            numbers.add(tracker.number)
    return Wants(comments=frozenset(numbers), recent_comments=min(since, default=None))


def _is_answered(mentorship: Mentorship, tracker: Issue, situation: Situation) -> bool:
    """Whether an open checkpoint got an answer while our comment about it isn't known yet."""
    standing = standing_of(mentorship, situation)
    is_unknown = bool(standing.waits) and standing.due is None and standing.comment is None
    return is_unknown and bool(tracker.comments) and any(said_lately(mentorship, situation))


def plan_checkpoints(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the questions that are due, and what shows the outcomes.

    The last one is asked about on the last day, so answers come after the end as well.
    """
    named = (
        (str(mentorship.key("checkpoint")), mentorship)
        for mentorship in situation.mentorships
        if mentorship.id in situation.snapshot.trackers
    )
    yield from plan_each(named, _plan_one, situation)


def _plan_one(mentorship: Mentorship, situation: Situation) -> Iterator[Change]:
    tracker = situation.snapshot.trackers[mentorship.id]
    if tracker.is_locked:
        return
    led = led_now(mentorship, situation)
    standing = standing_of(mentorship, situation)
    if standing.due is not None:
        yield _ask(standing.due, led, tracker, situation)
    elif standing.comment is not None and standing.is_news:
        yield _show(standing, standing.comment, led, tracker, situation)


def _ask(
    due: DatedCheckpoint, mentorship: Mentorship, tracker: Issue, situation: Situation
) -> WriteComment:
    key = checkpoint_key(mentorship, due.slug)
    view = _view(due.name, (), mentorship, situation)
    return WriteComment(
        key=key,
        number=tracker.number,
        body=f"{marker(key)}\n{situation.wording.render(view).strip()}",
        once=True,
        why=f"the checkpoint “{due.name}” is due",
        rank=Rank.TRACKER,
    )


def _show(
    standing: Standing,
    comment: Comment,
    mentorship: Mentorship,
    tracker: Issue,
    situation: Situation,
) -> WriteComment:
    """Return what brings our comment up to date with what people said."""
    slug = standing.asked[-1]
    key = checkpoint_key(mentorship, slug)
    name = name_of(slug, mentorship, situation.program)
    view = _view(name, standing.outcomes, mentorship, situation)
    text = situation.wording.render(view).strip()
    return WriteComment(
        key=key,
        number=tracker.number,
        body=f"{marker(key)}\n{memory_of_outcomes(standing.outcomes)}\n{text}",
        edit=comment.id,
        why=f"somebody has answered the checkpoint “{name}”",
        rank=Rank.TRACKER,
    )


def _view(
    name: str, outcomes: tuple[SideOutcome, ...], mentorship: Mentorship, situation: Situation
) -> CheckpointComment:
    said = {one.side: one for one in outcomes}
    sides: list[tuple[tuple[str, ...], tuple[str, ...], str]]
    sides = [((mentee,), mentorship.seat_mentors, mentee) for mentee in mentorship.active]
    sides.append((mentorship.seat_mentors, mentorship.active, MENTORS))
    return CheckpointComment(
        name=name,
        is_term=bool(mentorship.term),
        sides=tuple(
            CheckpointSide(
                people=people,
                others=others,
                outcome=said[side].word if side in said else "",
                on=said[side].on if side in said else None,
            )
            for people, others, side in sides
        ),
        lead=mentorship.lead,
        private_contact=situation.program.private_contact,
        coordinators=situation.coordinators_of(mentorship),
    )


CHECKPOINTS = Policy(name="checkpoints", plan=plan_checkpoints, wants=wants_for_checkpoints)
