"""The end, and the pause: what is still open is closed when its mentee file says so, or is gone."""

from collections.abc import Iterator

from mentorship_action.domain.bot_state import section
from mentorship_action.domain.calendar import is_over
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentee_files import mentee_file
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.record import Status
from mentorship_action.domain.snapshot import SUMMARY, Issue
from mentorship_action.planning.changes import Change, CloseIssue, EditIssue, Notice, Rank
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.situation import Situation


def plan_endings(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the closing of what paused, ended and elapsed mentorships have left open."""
    named = ((mentorship.key(Kind.TRACKER), mentorship) for mentorship in situation.mentorships)
    yield from plan_each(named, _end_one, situation)
    gone = ((f"tracker/{name}", issue) for name, issue in situation.left_behind.items())
    yield from plan_each(gone, _end_without_file, situation)


def _end_one(mentorship: Mentorship, situation: Situation) -> Iterator[Change]:
    why = _why_no_check_ins(mentorship, situation)
    if why:
        yield from _close_check_ins(
            mentorship.id, why, situation, completed=mentorship.status is not Status.PAUSED
        )
    if not mentorship.status.holds_seat:
        yield from _close_tracker(mentorship, situation)


def _why_no_check_ins(mentorship: Mentorship, situation: Situation) -> str:
    if mentorship.status is Status.PAUSED:
        return "the mentorship is paused"
    if not mentorship.status.holds_seat:
        return f"the mentorship is {mentorship.status.value}"
    if is_over(mentorship, situation.program, situation.now):
        return "the agreed weeks are over"
    return ""


def _close_check_ins(
    mentorship: str, why: str, situation: Situation, *, completed: bool
) -> Iterator[CloseIssue]:
    for key, issue in situation.open_check_ins(mentorship):
        yield CloseIssue(key=key, number=issue.number, completed=completed, why=why, rank=Rank.END)


def _close_tracker(mentorship: Mentorship, situation: Situation) -> Iterator[CloseIssue]:
    """Yield the closing of the tracker; its summary is rewritten before, by its rank."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if tracker is not None and tracker.is_open:
        yield CloseIssue(
            key=mentorship.key(Kind.TRACKER),
            number=tracker.number,
            completed=mentorship.status is Status.COMPLETED,
            why=f"the mentorship is {mentorship.status.value}",
            rank=Rank.END,
        )


def _end_without_file(tracker: Issue, situation: Situation) -> Iterator[Change | Notice]:
    """Yield the end of a mentorship whose file was removed from the default branch.

    A file of the same account under another login goes on with the same issues.
    """
    key = tracker.marked
    if key is None or tracker in situation.renamed.values():
        return
    why = _why_without_file(key, situation)
    yield from _close_check_ins(key.mentorship, why, situation, completed=False)
    if not tracker.is_open:
        return
    if tracker.summary is not None and not tracker.summary.values.get("ended"):
        inner = tracker.summary.text.split("\n")[1:-1]
        yield EditIssue(
            key=key,
            number=tracker.number,
            section=SUMMARY,
            text=section(SUMMARY, "\n".join(inner), {**tracker.summary.values, "ended": "removed"}),
            why=why,
            rank=Rank.SUMMARY,
        )
    yield CloseIssue(key=key, number=tracker.number, completed=False, why=why, rank=Rank.END)
    yield Notice(kind="attention", key=str(key), text=f"{why}; #{tracker.number} is closed with it")


def _why_without_file(key: Key, situation: Situation) -> str:
    record = situation.by_id.get(key.mentorship)
    if key.team:
        return f"nobody is in the team {key.team} any more"
    if record is not None:
        return f"{record.login} is in the team {record.team} now"
    return f"{mentee_file(key.mentee, key.term)} was removed"


ENDINGS = Policy(name="endings", plan=plan_endings)
