"""Check-ins: the one of the current week is filed, the one before it closed."""

from collections.abc import Iterator

from mentorship_action.domain.calendar import (
    Slot,
    Week,
    current_slot,
    is_over,
    last_day,
    slot,
)
from mentorship_action.domain.identity import Key, marker
from mentorship_action.domain.record import Record, Status
from mentorship_action.planning.labels import labels_for
from mentorship_action.planning.onboarding import helpers
from mentorship_action.planning.plan import (
    Change,
    CloseIssue,
    Notice,
    OpenIssue,
    Rank,
    reference,
)
from mentorship_action.planning.situation import Situation, check_in_key, tracker_key
from mentorship_action.planning.tracker_summary import local_meeting, mentor_zone
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import CheckInIssue, LocalMeeting


def plan_check_ins(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the check-ins to file, each followed by the closing of the one before."""
    for record in situation.records:
        if record.status is Status.ACTIVE and _is_running(record, situation):
            yield from _plan_pair(record, situation)


def _is_running(record: Record, situation: Situation) -> bool:
    """Whether a pair has a seat, or was begun when it had one: nobody is sent away midway."""
    return record.login not in situation.waiting or record.login in situation.snapshot.trackers


def _plan_pair(record: Record, situation: Situation) -> Iterator[Change | Notice]:
    program, now = situation.program, situation.now
    current = current_slot(record, program, now)
    if current is None or is_over(record, program, now):
        return
    key = check_in_key(record, current.week)
    if current.skipped:
        yield Notice(
            kind="skipped",
            key=str(key),
            text=f"no check-in for {record.login} in {current.week}: {current.skipped}",
        )
        return
    earlier = [
        (other, issue)
        for other, issue in situation.open_check_ins.get(record.login, ())
        if other.period < key.period
    ]
    # Closed before the new one is opened: so a former one that is open tells that this one was
    # never filed, and nobody has to look for it among the closed.
    for other, issue in earlier:
        yield CloseIssue(
            issue=other,
            number=issue.number,
            why=f"the check-in of {current.week} follows it",
        )
    if not situation.snapshot.by_key.get(key):
        yield _file(record, current, situation, after=tuple(other for other, _ in earlier))


def _file(
    record: Record, current: Slot, situation: Situation, *, after: tuple[Key, ...]
) -> OpenIssue:
    key = check_in_key(record, current.week)
    tracker = tracker_key(record)
    view = CheckInIssue(
        program=situation.program,
        mentee=record.login,
        mentor=record.mentor,
        tracker=Safe(reference(tracker)),
        on=current.meets or current.week.monday,
        number=_week_number(record, current.week),
        of=_week_number(record, Week.of(last_day(record, situation.program))),
        meeting=_meeting(record, current, situation),
        zone=record.zone,
        mentor_zone=mentor_zone(record, situation.program),
        upcoming=_upcoming(record, current, situation),
        helpers=helpers(record, situation),
    )
    message = situation.wording.render(view)
    return OpenIssue(
        issue=key,
        title=message.title,
        body=f"{marker(key)}\n{message.body}",
        labels=labels_for(key.kind, situation.program),
        assignees=_assignees(record, situation),
        needs=(tracker, *after),
        why=f"due since {current.due:%Y-%m-%d %H:%M} UTC",
        rank=Rank.CHECK_IN,
    )


def _week_number(record: Record, week: Week) -> int:
    """Return which week of the mentorship a week is, counted from 1."""
    return (week.monday - Week.of(record.start).monday).days // 7 + 1


def _meeting(record: Record, current: Slot, situation: Situation) -> LocalMeeting | None:
    if record.meeting is None or current.meets is None:
        return None
    return local_meeting(
        record, record.meeting, current.meets, mentor_zone(record, situation.program)
    )


def _upcoming(record: Record, current: Slot, situation: Situation) -> str:
    """Return what is special about the week after, for people to plan with."""
    following = slot(record, current.week.next, situation.program)
    if current.week.sunday >= last_day(record, situation.program):
        return "this is the last week that you agreed on"
    return f"no check-in next week ({following.skipped})" if following.skipped else ""


def _assignees(record: Record, situation: Situation) -> tuple[str, ...]:
    """Return whom to assign: those on the tracker whom the forge would assign anywhere.

    Who could be assigned to the tracker only after a comment there can't be to another issue.
    """
    existing = situation.snapshot.trackers.get(record.login)
    if existing is None:
        assignable = record.login in situation.snapshot.assignable
        return (record.mentor, record.login) if assignable else (record.mentor,)
    assigned = {login.lower() for login in existing.assignees}
    fenced = existing.fenced
    pair = (record.mentor, record.login) if fenced and fenced.assign_both else (record.mentor,)
    return tuple(login for login in pair if login in assigned)
