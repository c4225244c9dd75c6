"""Applications that were merged or closed: the welcome, and the labels that go."""

from collections.abc import Iterator

from mentorship_action.domain.application import (
    ClosedApplication,
    Memory,
    Stage,
    parse_memory,
    write_memory,
)
from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.record import Record
from mentorship_action.planning.applications.stages import stage_labels
from mentorship_action.planning.changes import (
    Change,
    Rank,
    SetLabels,
    WriteComment,
    guard_of,
    reference,
)
from mentorship_action.planning.kinds import APPLICATION, label_of
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import MergedComment


def reply_to_closed(closed: ClosedApplication, situation: Situation) -> Iterator[Change]:
    """Yield the welcome on a merged application; one closed unmerged just loses its stage's label.

    It may be opened again and merged before the next run, so it stays known as an application.
    """
    if closed.is_locked:
        # Nobody wants a comment there any more; without its labels it is settled.
        yield _unlabel(closed, _our_labels(closed, situation))
        return
    yield from _keep_one_comment(closed)
    if not closed.merged:
        stages = {name.lower() for name in stage_labels(situation.program)}
        yield _unlabel(closed, tuple(name for name in closed.labels if name.lower() in stages))
        return
    record = situation.by_id.get(closed.key.mentorship)
    last = parse_memory(closed.bot_comment.body) if closed.bot_comment else None
    for_maintainer = last is not None and last.stage is Stage.NEEDS_MAINTAINER
    if closed.bot_comment is None or (record is None and for_maintainer):
        yield _unlabel(closed, _our_labels(closed, situation))
        return
    if record is None:
        # Perhaps the files here are older than the merge.
        return
    # What we never could read is taken for a file that wasn't there before, if it can be one.
    mentorship = situation.by_mentorship[record.mentorship]
    tracker = situation.snapshot.trackers.get(mentorship.id)
    unread = last is None or (last.stage is Stage.UNREADABLE and tracker is None)
    joins = record.status.holds_seat and (unread or bool(last and last.seat))
    # A mentorship that runs goes on with another mentor, too, whether or not there is a seat.
    runs = tracker is not None and tracker.is_open
    if mentorship.id in situation.alone and not runs:
        # Merged with a mentor whom the program doesn't have; there is nothing to welcome to yet.
        return
    has_place = not record.team or record.id not in situation.waiting
    seated = has_place and (runs or mentorship.id not in situation.waiting)
    yield from _welcome(closed, record, situation, joins=joins, seated=seated)
    if seated or not joins:
        yield _unlabel(closed, _our_labels(closed, situation), rank=Rank.END)


def _place(record: Record, situation: Situation) -> int:
    """Return a record's place on the waitlist of its team, else of its mentor; 0 for none."""
    if record.team and record.id in situation.teams[record.team].waiting:
        return situation.teams[record.team].waiting.index(record.id) + 1
    seats = situation.seats.get(record.mentor)
    waitlist = seats.waiting_for(situation.program, record.term) if seats else []
    return waitlist.index(record.mentorship) + 1 if record.mentorship in waitlist else 0


def _keep_one_comment(closed: ClosedApplication) -> Iterator[WriteComment]:
    if closed.bot_comment is not None and closed.others:
        yield WriteComment(
            key=closed.key,
            number=closed.number,
            guard=guard_of(closed.bot_comment),
            body=closed.bot_comment.body,
            edit=closed.bot_comment.id,
            replaces=tuple(other.id for other in closed.others),
            why="one comment is enough",
            rank=Rank.APPLICATION,
        )


def _our_labels(closed: ClosedApplication, situation: Situation) -> tuple[str, ...]:
    """Return the labels to remove; the one by which this is found goes last.

    So wherever a run ends, the next goes on.
    """
    own = label_of(APPLICATION, situation.program).lower()
    ours = {own, *(name.lower() for name in stage_labels(situation.program))}
    names = (name for name in closed.labels if name.lower() in ours)
    return tuple(sorted(names, key=lambda name: (name.lower() == own, name)))


def _unlabel(
    closed: ClosedApplication, names: tuple[str, ...], *, rank: Rank = Rank.APPLICATION
) -> SetLabels:
    return SetLabels(
        key=closed.key,
        number=closed.number,
        guard=guard_of(closed.bot_comment),
        remove=names,
        rank=rank,
    )


def _welcome(
    closed: ClosedApplication, record: Record, situation: Situation, *, joins: bool, seated: bool
) -> Iterator[WriteComment]:
    """Yield our last comment on a merged application: of a newcomer, or of a changed file."""
    if closed.bot_comment is None:
        return
    mentorship = situation.by_mentorship[record.mentorship]
    tracker = mentorship.key(Kind.TRACKER)
    known = situation.snapshot.survivor(tracker)
    stage = Stage.JOINED if seated or not joins else Stage.WAITLISTED
    memory = Memory(head="", base="", stage=stage, seat=int(joins))
    # A changed file may have no tracker, and never get one; nothing waits for it then.
    waits = joins and seated
    view = MergedComment(
        program=situation.program,
        mentee=record.login,
        mentor=record.mentor,
        joins=joins,
        seated=seated,
        team=mentorship.name if mentorship.team else "",
        place=_place(record, situation),
        tracker=Safe(reference(tracker)) if waits else Safe(f"#{known.number}" if known else ""),
        start=record.start,
        meeting=mentorship.meeting,
        zone=mentorship.zone,
    )
    text = situation.wording.render(view)
    body = f"{marker(closed.key)}\n{write_memory(memory)}\n{text.strip()}\n"
    shown = body.replace(reference(tracker), f"#{known.number}") if known else body
    if closed.bot_comment.body == shown:
        return
    why = "welcome" if waits else "merged while the mentor is full" if joins else "merged"
    yield WriteComment(
        key=closed.key,
        number=closed.number,
        guard=guard_of(closed.bot_comment),
        body=body,
        edit=closed.bot_comment.id,
        needs=(tracker,) if waits else (),
        why=why,
        rank=Rank.CHECK_IN,
    )
