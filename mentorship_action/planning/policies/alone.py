"""Alone: a mentorship that a mentor has left goes on, and the coordinators are told."""

from collections.abc import Iterator

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.calendar import is_over, local_day
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.snapshot import Issue, Wants
from mentorship_action.planning.changes import Change, Notice, Rank, WriteComment
from mentorship_action.planning.handover import is_under_way
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.situation import PATIENCE, Situation, alone_since
from mentorship_action.wording.views import MentorLeft


def wants_for_alone(situation: Situation) -> Wants:
    """Return the trackers whose comments tell whether the coordinators were told."""
    trackers = (situation.snapshot.trackers.get(mentorship.id) for mentorship in _alone(situation))
    return Wants(comments=frozenset(one.number for one in trackers if one and one.comments))


def plan_alone(situation: Situation) -> Iterator[Change | Notice]:
    """Yield a notice for each mentor who is not in the program, and one comment."""
    named = ((mentorship.key(Kind.TRACKER), mentorship) for mentorship in _alone(situation))
    yield from plan_each(named, _plan_one, situation)


def _alone(situation: Situation) -> Iterator[Mentorship]:
    for mentorship in situation.mentorships:
        over = is_over(mentorship, situation.program, situation.now)
        if mentorship.id in situation.alone and not over:
            yield mentorship


def _plan_one(mentorship: Mentorship, situation: Situation) -> Iterator[Change | Notice]:
    tracker = situation.snapshot.trackers.get(mentorship.id)
    goes_on = tracker is not None and tracker.is_open
    for mentor in situation.gone(mentorship):
        yield Notice(
            kind="attention",
            key=str(mentorship.key(Kind.TRACKER)),
            text=f"{mentor}, a mentor of {mentorship.name}, is not in the program; "
            + (f"#{tracker.number} goes on" if tracker and goes_on else "no tracker is opened"),
        )
        handed_over = mentor == mentorship.lead and is_under_way(mentorship, situation)
        if tracker is not None and goes_on and not handed_over:
            yield from _tell(mentorship, mentor, tracker, situation)


def _tell(
    mentorship: Mentorship, mentor: str, tracker: Issue, situation: Situation
) -> Iterator[WriteComment]:
    """Yield the one comment for the coordinators about a mentor who left."""
    key = mentorship.key("mentor-left", mentor)
    coordinators = situation.coordinators_of(mentorship)
    is_alone = not situation.present(mentorship)
    told = key in situation.snapshot.comment_keys(tracker.number)
    # Comments that could not be read don't say that nobody was told.
    unread = tracker.comments and tracker.number not in situation.snapshot.comments
    if told or unread or tracker.is_locked or not (coordinators or is_alone):
        return
    if not situation.is_workday(situation.program.zone):
        return
    today = alone_since(tracker) or local_day(situation.now, mentorship.zone)
    view = MentorLeft(
        coordinators=coordinators,
        mentees=mentorship.mentees,
        mentor=mentor,
        until=today + PATIENCE if is_alone else None,
        file=situation.file_of(mentorship),
    )
    yield WriteComment(
        key=key,
        number=tracker.number,
        body=f"{marker(key)}\n{situation.wording.render(view)}",
        once=True,
        why=f"{mentor} has left the program",
        rank=Rank.END,
    )


ALONE = Policy(name="alone", plan=plan_alone, wants=wants_for_alone)
