"""Trackers: one for each seated pair, its facts kept in step with the record."""

from collections.abc import Iterator

from mentorship_action.domain.calendar import is_over
from mentorship_action.domain.identity import marker
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.planning.labels import labels_for
from mentorship_action.planning.plan import Change, Notice, OpenIssue, Rank, RewriteSummary
from mentorship_action.planning.situation import Situation, tracker_key
from mentorship_action.planning.tracker_summary import Mentee, fenced_summary
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import TrackerIssue


def plan_trackers(situation: Situation) -> Iterator[Change | Notice]:
    """Yield what brings every tracker in step with the records."""
    for record in situation.records:
        tracker = situation.snapshot.trackers.get(record.login)
        if tracker is not None:
            yield from _keep(record, tracker, situation)
        elif record.status is Status.ACTIVE:
            yield from _open(record, situation)


def newcomers(situation: Situation) -> frozenset[str]:
    """Return the mentees whose trackers will be opened: it is to be asked who may be assigned."""
    return frozenset(
        record.login
        for record in situation.records
        if record.status is Status.ACTIVE
        and record.login not in situation.snapshot.trackers
        and record.login not in situation.waiting
        and not is_over(record, situation.program, situation.now)
    )


def _open(record: Record, situation: Situation) -> Iterator[Change | Notice]:
    key = tracker_key(record)
    if is_over(record, situation.program, situation.now):
        yield Notice(
            kind="over", key=str(key), text=f"{record.login}'s weeks are over; no tracker is opened"
        )
    elif record.login in situation.waiting:
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
    account = situation.accounts.get(record.login, 0)
    mentee = Mentee(both=assignable, assigned=assignable, account=account)
    view = TrackerIssue(
        program=situation.program,
        mentee=record.login,
        mentor=record.mentor,
        summary=Safe(fenced_summary(record, situation, mentee)),
        start=record.start,
        file=record.file,
        helpers=helpers(record, situation),
    )
    message = situation.wording.render(view)
    return OpenIssue(
        issue=key,
        title=message.title,
        body=f"{marker(key)}\n{message.body}",
        labels=labels_for(key.kind, situation.program),
        assignees=(record.mentor, record.login) if assignable else (record.mentor,),
        sure=(record.login,) if assignable else (),
        why=f"{record.login} and {record.mentor} are a pair and have no tracker yet",
        rank=Rank.TRACKER,
    )


def _keep(record: Record, tracker: Issue, situation: Situation) -> Iterator[Change | Notice]:
    """Yield the rewriting of an open tracker whose facts are no longer the record's."""
    if record.login in situation.waiting:
        yield Notice(
            kind="overbooked",
            key=str(tracker_key(record)),
            text=f"{record.mentor} has more pairs than seats; {record.login} goes on all the same",
        )
    if not tracker.is_open:
        return
    found = tracker.fenced
    if found is None:
        # Somebody took the fences out; the text is theirs now.
        yield Notice(
            kind="unfenced",
            key=str(tracker_key(record)),
            text=f"#{tracker.number} has no fences of ours any more; its facts are left alone",
        )
        return
    assigned = {login.lower() for login in tracker.assignees}
    mentee = Mentee(
        both=found.assign_both,
        assigned=record.login in assigned,
        account=found.account or situation.accounts.get(record.login, 0),
    )
    facts = fenced_summary(record, situation, mentee)
    if found.text == facts:
        return
    moved = found.mentor != record.mentor
    yield RewriteSummary(
        issue=tracker_key(record),
        number=tracker.number,
        facts=facts,
        assign=record.mentor if moved else "",
        unassign=found.mentor if moved else "",
        why=f"the mentor is {record.mentor} now" if moved else "the record or the dates changed",
    )


def helpers(record: Record, situation: Situation) -> tuple[str, ...]:
    """Return who helps a pair that is stuck: the coordinators, else the mentor."""
    others = (login for login in situation.program.coordinators if login != record.login)
    return tuple(others) or (record.mentor,)
