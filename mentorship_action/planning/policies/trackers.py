"""Trackers: one for each seated mentorship, its summary always as in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.calendar import is_over, local_day
from mentorship_action.domain.identity import Key
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import SUMMARY, Issue, Wants
from mentorship_action.planning.changes import Change, EditIssue, Notice, OpenIssue, Rank
from mentorship_action.planning.handover import led_now
from mentorship_action.planning.kinds import TRACKER, labels_for
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.situation import Situation, tracker_key
from mentorship_action.planning.tracker_summary import TrackerState, state_of, write_summary
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.render import Message
from mentorship_action.wording.views import TrackerIssue


def wants_for_trackers(situation: Situation) -> Wants:
    """Return the trackers that should exist, and the newcomers who may have to be assigned."""
    active = [
        record
        for record in situation.records
        if record.status is Status.ACTIVE and not is_over(record, situation.program, situation.now)
    ]
    waiting = frozenset(tracker_key(one) for one in active if one.mentorship in situation.waiting)
    keys: dict[Key, None] = {
        key: None for record in active if (key := tracker_key(record)) not in waiting
    }
    if keys.keys() - situation.snapshot.answered.issues.keys():
        # Who is new is known only when it was looked for their trackers.
        return Wants(issues=keys, labelled=waiting)
    without = [one for one in active if one.mentorship not in situation.snapshot.trackers]
    newcomers = frozenset(one.login for one in without if one.mentorship not in situation.waiting)
    # Somebody who was renamed keeps the seat, so they are asked about before it is somebody else's.
    ended = not any(one.is_open for one in situation.left_behind.values())
    renamed = frozenset[str]() if ended else frozenset(one.login for one in without)
    return Wants(issues=keys, labelled=waiting, assignable=newcomers, accounts=renamed)


def plan_trackers(situation: Situation) -> Iterator[Change | Notice]:
    """Yield what is missing of all trackers."""
    named = ((str(tracker_key(record)), record) for record in situation.records)
    yield from plan_each(named, _plan_one, situation)


def _plan_one(record: Record, situation: Situation) -> Iterator[Change | Notice]:
    tracker = situation.snapshot.trackers.get(record.mentorship)
    former = situation.renamed.get(record.mentorship)
    if tracker is not None:
        yield from _keep(record, tracker, situation)
    elif former is not None and record.status is Status.ACTIVE:
        yield from _rename(record, former, situation)
    elif record.status is Status.ACTIVE:
        yield from _open(record, situation)


def _open(record: Record, situation: Situation) -> Iterator[Change | Notice]:
    key = tracker_key(record)
    if is_over(record, situation.program, situation.now):
        # Files of finished terms stay to be read, and nobody is told in every run.
        if not record.term:
            text = f"{record.login}'s weeks are over; no tracker is opened"
            yield Notice(kind="over", key=str(key), text=text)
    elif record.mentorship in situation.alone:
        return
    elif record.mentorship in situation.waiting:
        yield Notice(
            kind="waiting",
            key=str(key),
            text=f"{record.login} waits for a free seat with {record.mentor}",
        )
    else:
        yield _open_tracker(record, situation)


def _open_tracker(record: Record, situation: Situation) -> OpenIssue:
    key = tracker_key(record)
    assignable = record.login in situation.snapshot.assignable
    state = TrackerState(
        assign_both=assignable,
        mentee_assigned=assignable,
        account=situation.accounts.get(record.login, 0),
    )
    message = _message(record, state, situation)
    return OpenIssue(
        key=key,
        title=message.title,
        body=f"{marker(key)}\n{message.body}",
        labels=labels_for(TRACKER, situation.program),
        assignees=(*record.seat_mentors, record.login) if assignable else record.seat_mentors,
        sure=(record.login,) if assignable else (),
        why=f"{record.login} and {record.mentor} have no tracker yet",
        rank=Rank.TRACKER,
    )


def _message(record: Record, state: TrackerState, situation: Situation) -> Message:
    view = TrackerIssue(
        program=situation.program,
        mentee=record.login,
        mentor=record.mentor,
        mentors=record.seat_mentors,
        summary=Safe(write_summary(record, situation, state)),
        start=record.start,
        file=record.file,
        helpers=situation.helpers(record),
    )
    return situation.wording.render(view)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tracker:
    """A tracker as it is, and the state that its summary keeps."""

    issue: Issue
    state: TrackerState


def _keep(record: Record, tracker: Issue, situation: Situation) -> Iterator[Change | Notice]:
    """Yield what brings a tracker up to date: its summary, its people, and that it is open."""
    key = str(tracker_key(record))
    if record.mentorship in situation.waiting - situation.alone:
        yield Notice(
            kind="overbooked",
            key=key,
            text=f"{record.mentor} has more mentorships than seats; {record.login} goes on anyway",
        )
    if tracker.summary is None:
        # Somebody removed the fences; the text is theirs now.
        if tracker.is_open:
            yield Notice(
                kind="unfenced",
                key=key,
                text=f"#{tracker.number} has no summary of ours any more; its text is left alone",
            )
        return
    if not tracker.is_open and not _came_back(record, tracker, situation):
        return
    state = state_of(record, tracker, situation)
    led = led_now(record, situation)
    yield from _bring_up_to_date(led, _Tracker(issue=tracker, state=state), situation)


def _rename(record: Record, former: Issue, situation: Situation) -> Iterator[EditIssue]:
    """Yield what moves the tracker and open check-ins of a renamed account to its new login."""
    if former.summary is None or former.marked is None:
        return
    state = state_of(record, former, situation)
    yield EditIssue(
        key=tracker_key(record),
        number=former.number,
        rekey=tracker_key(record),
        section=SUMMARY,
        text=write_summary(record, situation, state),
        title=_message(record, state, situation).title,
        why=f"{former.marked.mentee} is {record.login} now",
        rank=Rank.TRACKER,
    )
    for key, issue in situation.open_check_ins(record.mentorship):
        yield EditIssue(
            key=key,
            number=issue.number,
            rekey=key,
            why=f"{former.marked.mentee} is {record.login} now",
            rank=Rank.TRACKER,
        )


def _came_back(record: Record, tracker: Issue, situation: Situation) -> bool:
    """Whether we closed the tracker when the mentorship ended, and it is active once more.

    One that a person closed stays closed.
    """
    ended = tracker.summary is not None and bool(tracker.summary.values.get("ended"))
    over = is_over(record, situation.program, situation.now)
    return ended and record.status is Status.ACTIVE and not over


def _bring_up_to_date(
    record: Record, tracker: _Tracker, situation: Situation
) -> Iterator[EditIssue]:
    issue, state = tracker.issue, tracker.state
    back = not issue.is_open
    if back:
        state = replace(state, back=local_day(situation.now, record.zone))
    text = write_summary(record, situation, state)
    if issue.summary is None or (issue.summary.text == text and not back):
        return
    former = tuple(issue.summary.values.get("mentor", "").split(","))
    moved = former != record.seat_mentors
    yield EditIssue(
        key=tracker_key(record),
        number=issue.number,
        section=SUMMARY,
        text=text,
        title=_message(record, state, situation).title if moved else "",
        assign=tuple(one for one in record.seat_mentors if one not in former),
        unassign=tuple(one for one in former if one not in record.seat_mentors),
        reopen=back,
        why=_why(record, moved=moved, back=back),
        rank=Rank.SUMMARY,
    )


def _why(record: Record, *, moved: bool, back: bool) -> str:
    if back:
        return f"{record.login} is back"
    return (
        f"the mentor is {', '.join(record.seat_mentors)} now"
        if moved
        else "the file or the dates changed"
    )


TRACKERS = Policy(name="trackers", plan=plan_trackers, wants=wants_for_trackers, labels=(TRACKER,))
