"""The end, and the pause: what is still open is closed when its record says so."""

from collections.abc import Iterator

from mentorship_action.domain.calendar import is_over
from mentorship_action.domain.record import Record, Status
from mentorship_action.planning.plan import Change, CloseIssue, Notice, Rank
from mentorship_action.planning.situation import Situation, tracker_key


def plan_endings(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the closing of what paused, ended and elapsed mentorships have left open."""
    for record in situation.records:
        why = _why_no_check_ins(record, situation)
        if why:
            yield from _close_check_ins(record, why, situation)
        if not record.status.holds_seat:
            yield from _close_tracker(record, situation)


def _why_no_check_ins(record: Record, situation: Situation) -> str:
    if record.status is Status.PAUSED:
        return "the mentorship is paused"
    if not record.status.holds_seat:
        return f"the mentorship is {record.status.value}"
    if is_over(record, situation.program, situation.now):
        return "the agreed weeks are over"
    return ""


def _close_check_ins(record: Record, why: str, situation: Situation) -> Iterator[CloseIssue]:
    for key, issue in situation.open_check_ins.get(record.login, ()):
        yield CloseIssue(
            issue=key,
            number=issue.number,
            completed=record.status is not Status.PAUSED,
            why=why,
            rank=Rank.END,
        )


def _close_tracker(record: Record, situation: Situation) -> Iterator[CloseIssue]:
    """Yield the closing of the tracker; its facts are rewritten before, by their rank."""
    tracker = situation.snapshot.trackers.get(record.login)
    if tracker is not None and tracker.is_open:
        yield CloseIssue(
            issue=tracker_key(record),
            number=tracker.number,
            completed=record.status is Status.COMPLETED,
            why=f"the mentorship is {record.status.value}",
            rank=Rank.END,
        )
