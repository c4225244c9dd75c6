"""What we answer to an application: one comment, a status and labels that say the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mentorship_action.domain.application import (
    Application,
    ClosedApplication,
    Memory,
    Stage,
    memory_line,
    parse_memory,
    parse_moment,
)
from mentorship_action.domain.fit import Fit, fit, rank
from mentorship_action.domain.identity import Key, is_login, marker
from mentorship_action.domain.pulls import Author
from mentorship_action.domain.record import Record
from mentorship_action.planning.application import (
    Assessed,
    answer_by,
    assess_all,
    free_for_more,
)
from mentorship_action.planning.labels import stage_label, stage_labels
from mentorship_action.planning.plan import (
    Change,
    Notice,
    Rank,
    Relabel,
    Say,
    SetStatus,
    reference,
    seen_comment,
)
from mentorship_action.planning.situation import Situation, application_key, tracker_key
from mentorship_action.planning.suggestions import (
    MOST_FINDINGS,
    plan_suggestions,
    suggestions,
)
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import ApplicationComment, MergedComment

_STATES: Mapping[Stage, str] = {
    Stage.NEEDS_FIXES: "failure",
    Stage.DECLINED: "failure",
    Stage.NEEDS_MAINTAINER: "pending",
    Stage.NEEDS_ANSWER: "pending",
    Stage.WAITLISTED: "pending",
    Stage.UNREADABLE: "pending",
    Stage.READY: "success",
    Stage.JOINED: "success",
}


def plan_applications(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the answers to all applications, open and just closed."""
    assessed = assess_all(situation)
    free = free_for_more(assessed, situation)
    for one in assessed:
        if one.application.inspection is not None:
            yield from _answer(one, free, situation)
        if one.stage is Stage.WAITLISTED:
            yield Notice(
                kind="waiting",
                key=f"application/#{one.number}",
                text=f"#{one.number} is number {one.place} in line for {one.memory.mentor}",
            )
    for closed in situation.closed_applications:
        yield from _say_goodbye(closed, situation)


def _answer(one: Assessed, free: Mapping[str, int], situation: Situation) -> Iterator[Change]:
    """Yield what brings status, labels and comment in line, the comment with our memory last."""
    stage = one.stage or Stage.NEEDS_ANSWER
    key = application_key(one.mentee)
    pull, last = one.application.pull, one.application.memory
    actors = sorted(_who_acts(one, situation))
    anew = one.application.bot_comment is None or _is_news(one, actors)
    memory = replace(
        one.memory,
        stage=stage,
        place=one.place,
        # Our own fault passes, and those who were asked before are still asked.
        notified=one.memory.notified if stage is Stage.UNREADABLE else "+".join(actors),
        # Who spoke out of turn is told once: a new comment would tell them again.
        wrong="" if anew and last and one.memory.wrong == last.wrong else one.memory.wrong,
    )
    seen = seen_comment(one.application.bot_comment)
    if last is None or (last.head, last.stage, last.place) != (pull.head, stage, one.place):
        yield SetStatus(
            issue=key,
            number=pull.number,
            seen=seen,
            commit=pull.head,
            state=_STATES[stage],
            description=_describe(one, situation),
            url=pull.url,
        )
    yield from _relabel(key, one.application, stage, situation)
    offered = suggestions(one, situation)
    yield from plan_suggestions(one, offered, situation)
    body = _body(one, memory, free, situation, suggested=len(offered))
    word = one.application.bot_comment
    if word is not None and word.body == body and not one.application.others:
        return
    drop = tuple(said.id for said in one.application.others)
    kept = memory_line(memory)
    yield Say(
        issue=key,
        number=pull.number,
        seen=seen,
        body=body,
        heard=memory.review,
        unsettled=body.replace(kept, memory_line(replace(memory, base="")), 1),
        edit=0 if anew or word is None else word.id,
        drop=(*drop, word.id) if anew and word is not None else drop,
        why=stage.value,
    )


def _is_news(one: Assessed, actors: Iterable[str]) -> bool:
    """Whether somebody has to act who was not asked before, or not about these terms.

    Or who thinks to have answered: an edit in place would reach nobody.
    """
    last = one.application.memory
    if one.misplaced and one.stage is Stage.NEEDS_ANSWER:
        return True
    if last is None or set(actors) - set(last.notified.split("+")):
        return True
    other_terms = last.terms != one.memory.terms
    return one.stage is Stage.NEEDS_ANSWER and other_terms


def _who_acts(one: Assessed, situation: Situation) -> set[str]:
    """Return whom a new comment should reach: those who have something to do next."""
    author = one.application.pull.author.login.lower()
    if one.stage in (Stage.NEEDS_FIXES, Stage.DECLINED):
        return {author}
    if one.stage is Stage.NEEDS_ANSWER:
        return {one.memory.mentor}
    if one.stage is Stage.NEEDS_MAINTAINER:
        return set(situation.program.coordinators)
    return set()


def _describe(one: Assessed, situation: Situation) -> str:
    """Return the status in a few words; GitHub takes 140 characters."""
    mentor = one.memory.mentor
    seats = situation.seats.get(mentor)
    count = len(one.findings)
    texts: Mapping[Stage, str] = {
        Stage.NEEDS_FIXES: f"{count} {'thing' if count == 1 else 'things'} to mend, see the comment",
        Stage.DECLINED: f"{mentor} can't take this on; another mentor may",
        Stage.NEEDS_MAINTAINER: "A maintainer will look at this",
        Stage.NEEDS_ANSWER: f"Waits for {mentor} to accept",
        Stage.WAITLISTED: f"Number {one.place} in line: {mentor} "
        f"{len(seats.seated) if seats else 0}/{seats.capacity if seats else 0}",
        Stage.READY: "Sound, accepted and seated: ready to merge",
        Stage.UNREADABLE: "We could not read this yet; nothing for you to do",
    }
    return texts[one.stage or Stage.NEEDS_ANSWER]


def _relabel(
    key: Key, application: Application, stage: Stage, situation: Situation
) -> Iterator[Relabel]:
    labels, present = situation.program.labels, application.pull.labels
    ours = stage_labels(situation.program)
    wanted = {labels.base, labels.application, stage_label(stage, situation.program)}
    add = tuple(sorted(wanted - set(present)))
    remove = tuple(sorted((ours - wanted) & set(present)))
    if add or remove:
        seen = seen_comment(application.bot_comment)
        yield Relabel(issue=key, number=application.pull.number, seen=seen, add=add, remove=remove)


def _body(
    one: Assessed, memory: Memory, free: Mapping[str, int], situation: Situation, *, suggested: int
) -> str:
    record, pull = one.record, one.application.pull
    asked = parse_moment(one.memory.asked)
    mentor = situation.program.mentor(one.memory.mentor)
    seats = situation.seats.get(one.memory.mentor)
    the_fit = fit(mentor, record, situation.program, situation.seats) if record and mentor else None
    view = ApplicationComment(
        stage=one.stage or Stage.NEEDS_ANSWER,
        author=pull.author.login if _has_a_name(pull.author) else "",
        mentor=one.memory.mentor,
        mentee=one.mentee,
        is_change=one.change is not None,
        record=record,
        findings=one.findings[:MOST_FINDINGS],
        more=max(0, len(one.findings) - MOST_FINDINGS),
        suggested=suggested,
        files_url=f"{pull.url.partition('/pull/')[0]}/blob/{pull.head}",
        reason=one.reason,
        reopened=one.reopened,
        early=one.early,
        misplaced=one.misplaced,
        place=one.place,
        taken=len(seats.seated) if seats else 0,
        capacity=seats.capacity if seats else 0,
        answer_by=answer_by(asked, situation).date() if asked else None,
        fit=the_fit,
        others=_others(record, one, free, situation),
        wrong=memory.wrong,
        helpers=situation.program.coordinators,
    )
    text = situation.wording.render(view)
    key = application_key(one.mentee)
    return f"{marker(key)}\n{memory_line(memory)}\n{text.strip()}\n"


def _has_a_name(author: Author) -> bool:
    return author.is_person and is_login(author.login.lower())


def _others(
    record: Record | None, one: Assessed, free: Mapping[str, int], situation: Situation
) -> tuple[Fit, ...]:
    """Return the other mentors with a free seat, the best first, when they are of interest."""
    if record is None or one.stage not in (Stage.WAITLISTED, Stage.DECLINED):
        return ()
    ranked = rank(record, situation.program, situation.seats)
    able = (other for other in ranked if free.get(other.mentor.login))
    return tuple(other for other in able if other.mentor.login != record.mentor)[:3]


def _say_goodbye(closed: ClosedApplication, situation: Situation) -> Iterator[Change]:
    """Yield the welcome on a merged application; one closed unmerged just loses the label of its stage.

    It may be opened again and merged before we look, so it stays known as an application.
    """
    own = situation.program.labels
    ours = (name for name in closed.labels if name.startswith(f"{own.base}:"))
    # The label by which this application is found goes last: wherever a run ends, the next goes on.
    labels = tuple(sorted(ours, key=lambda name: (name == own.application, name)))
    key = application_key(closed.mentee)
    record = next((one for one in situation.records if one.login == closed.mentee), None)
    last = parse_memory(closed.bot_comment.body) if closed.bot_comment else None
    handed_over = last is not None and last.stage is Stage.NEEDS_MAINTAINER
    seen = seen_comment(closed.bot_comment)
    if closed.bot_comment is not None and closed.others:
        yield Say(
            issue=key,
            number=closed.number,
            seen=seen,
            body=closed.bot_comment.body,
            edit=closed.bot_comment.id,
            drop=tuple(said.id for said in closed.others),
            why="one word is enough",
        )
    if not closed.merged:
        stages = stage_labels(situation.program)
        remove = tuple(name for name in closed.labels if name in stages)
        yield Relabel(issue=key, number=closed.number, seen=seen, remove=remove)
        return
    if closed.bot_comment is None or (record is None and handed_over):
        yield Relabel(issue=key, number=closed.number, seen=seen, remove=labels)
        return
    if record is None:
        # Perhaps the files here are older than the merge.
        return
    # What we never could read is taken for a record that wasn't there before, if it can be one.
    tracker = situation.snapshot.trackers.get(record.login)
    unread = last is None or (last.stage is Stage.UNREADABLE and tracker is None)
    joins = record.status.holds_seat and (unread or bool(last and last.seat))
    # A pair that runs goes on with another mentor, too, whether or not there is a seat.
    runs = tracker is not None and tracker.is_open
    seated = runs or record.login not in situation.waiting
    yield from _welcome(closed, record, situation, joins=joins, seated=seated)
    if seated or not joins:
        yield Relabel(issue=key, number=closed.number, seen=seen, remove=labels, rank=Rank.END)


def _welcome(
    closed: ClosedApplication, record: Record, situation: Situation, *, joins: bool, seated: bool
) -> Iterator[Say]:
    """Yield our last word on a merged application: of somebody who joins, or of a changed record."""
    if closed.bot_comment is None:
        return
    tracker = tracker_key(record)
    known = situation.snapshot.survivor(tracker)
    stage = Stage.JOINED if seated or not joins else Stage.WAITLISTED
    memory = Memory(head="", base="", stage=stage, seat=int(joins))
    seats = situation.seats.get(record.mentor)
    line = seats.waiting if seats else ()
    # A changed record may have no tracker, and never get one; nothing waits for it then.
    waits = joins and seated
    view = MergedComment(
        program=situation.program,
        mentee=record.login,
        mentor=record.mentor,
        joins=joins,
        seated=seated,
        place=line.index(record.login) + 1 if record.login in line else 0,
        tracker=Safe(reference(tracker)) if waits else Safe(f"#{known.number}" if known else ""),
        start=record.start,
        meeting=record.meeting,
        zone=record.zone,
    )
    text = situation.wording.render(view)
    body = f"{marker(application_key(closed.mentee))}\n{memory_line(memory)}\n{text.strip()}\n"
    shown = body.replace(reference(tracker), f"#{known.number}") if known else body
    if closed.bot_comment.body != shown:
        yield Say(
            issue=application_key(closed.mentee),
            number=closed.number,
            seen=seen_comment(closed.bot_comment),
            body=body,
            edit=closed.bot_comment.id,
            needs=(tracker,) if waits else (),
            why="welcome" if waits else "merged while the mentor is full" if joins else "merged",
            rank=Rank.CHECK_IN,
        )
