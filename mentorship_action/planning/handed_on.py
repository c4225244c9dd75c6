"""What a check-in takes over from those before it: agenda, questions, and who has been quiet."""

from collections.abc import Iterator
from datetime import date, timedelta

from mentorship_action.domain.agenda import MOST_ITEMS, carried
from mentorship_action.domain.bot_state import find_memory, hidden_line
from mentorship_action.domain.calendar import Slot, Week, last_day, local_day, slots, who_leads
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.snapshot import Issue
from mentorship_action.planning.checkpoint import standing_of
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.skips import kept_skips
from mentorship_action.planning.talk import CLOSED, Said, Talk, since_when
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import CheckInClosed, CheckInTalk, OpenQuestion, QuietMentee

_SOON = timedelta(days=14)


def is_known(talk: Talk, situation: Situation) -> bool:
    """Whether all that was said since the check-ins that matter could be read."""
    needed = since_when(talk.mentorship, situation)
    read = situation.snapshot.comments_since
    return needed is None or (read is not None and read <= needed)


def handed_on_by(talk: Talk, current: Slot, situation: Situation) -> CheckInTalk:
    """Return what the check-in of the current week says about those before it."""
    everybody = {"", *talk.mentorship.mentees}
    items = carried(item for item in talk.agenda() if item.by in everybody)
    return CheckInTalk(
        last=Safe(f"#{talk.last.number}" if talk.last else ""),
        agenda=items[:MOST_ITEMS],
        more=max(0, len(items) - MOST_ITEMS),
        quiet=tuple(_quiet(talk, current, situation)),
        question=_question(talk, situation),
        missed=_missed(talk, current, situation),
        skipped=_was_skipped(talk, current, situation),
        ends=_near_end(talk.mentorship, current, situation),
        checkpoint=_open_checkpoint(talk, situation),
    )


def _near_end(mentorship: Mentorship, current: Slot, situation: Situation) -> date | None:
    """Return the last day if it is two weeks away at most, or will be when the next one comes.

    Of weekly check-ins one comes in time.
    """
    end = last_day(mentorship, situation.program)
    coming = (
        one
        for one in slots(mentorship, situation.program)
        if one.week > current.week and not one.skipped
    )
    following = next(coming, None)
    if end - _day_of(current) <= _SOON or following is None:
        return end
    is_later = following.week > current.week.next
    return end if is_later and end - _day_of(following) < _SOON else None


def _day_of(slot: Slot) -> date:
    return slot.meets or slot.week.monday


def closing_remark(talk: Talk, issue: Issue, situation: Situation) -> str:
    """Return the line on top of a check-in that is closed: who answered, what became of items."""
    items = talk.agenda(issue)
    people = (*talk.mentorship.mentees, *(one.login for one in talk.mentorship.mentors))
    spoke = {one.speaker for one in talk.said if one.number == issue.number}
    view = CheckInClosed(
        answered=tuple(one for one in people if one in spoke),
        done=sum(item.is_done for item in items),
        carried=sum(not item.is_done for item in items),
    )
    return f"{hidden_line(CLOSED, {})}\n{situation.wording.render(view).strip()}"


def _quiet(talk: Talk, current: Slot, situation: Situation) -> Iterator[QuietMentee]:
    """Yield the mentees without a sign for so many check-ins, with who is asked by this one.

    First that is themselves; one check-in later who leads in this week; one later the
    coordinators, or who leads where there are none. Nobody is asked twice for one silence.
    """
    program, mentorship = situation.program, talk.mentorship
    leads, there = who_leads(mentorship, current, program), situation.present(mentorship)
    asked = (leads,) if leads in there else there[:1]
    for mentee in mentorship.active:
        beyond = talk.quiet_for(mentee) - program.quiet_after
        others = tuple(one for one in program.coordinators if one != mentee) or asked
        if beyond == 0:
            yield QuietMentee(mentee=mentee)
        elif beyond == 1 and asked:
            yield QuietMentee(mentee=mentee, mentor=asked[0])
        elif beyond == 2 and others:
            yield QuietMentee(mentee=mentee, coordinators=others)


def _question(talk: Talk, situation: Situation) -> OpenQuestion | None:
    """Return the question that waits for a mentor: theirs first, then for a backup or others."""
    waiting = talk.unanswered()
    if waiting is None:
        return None
    steps = talk.check_ins_since(waiting.comment.created)
    return OpenQuestion(
        by=waiting.speaker,
        on=Safe(f"#{waiting.number}"),
        asked=local_day(waiting.comment.created, talk.mentorship.zone),
        to=_who_answers(talk, waiting, steps, situation),
    )


def _who_answers(talk: Talk, waiting: Said, steps: int, situation: Situation) -> tuple[str, ...]:
    if steps == 0:
        there = situation.present(talk.mentorship)
        return there or situation.coordinators_of(talk.mentorship)
    if steps > 1:
        return ()
    coordinators = situation.program.coordinators
    others = tuple(one for one in coordinators if one != waiting.speaker)
    return talk.mentorship.backups or others


def _open_checkpoint(talk: Talk, situation: Situation) -> Safe | None:
    """Return where a checkpoint is open, unless a check-in has said so already."""
    standing = standing_of(talk.mentorship, situation)
    tracker = situation.snapshot.trackers.get(talk.mentorship.id)
    if tracker is None or standing.comment is None or not standing.waits:
        return None
    slug, first = standing.asked[-1], talk.check_ins[0][1] if talk.check_ins else None
    told = (find_memory(issue.body) or {} for _, issue in talk.check_ins)
    is_old = first is not None and standing.comment.created < first.created
    is_told = any(one.get("checkpoint") == slug for one in told)
    return None if is_old or is_told else Safe(f"#{tracker.number}")


def _missed(talk: Talk, current: Slot, situation: Situation) -> tuple[str, ...]:
    """Return why there was no check-in in the weeks since the last one, each reason once."""
    if not talk.check_ins:
        return ()
    last: date = Week.parse(talk.check_ins[-1][0].period).monday
    between = (
        one.skipped
        for one in slots(talk.mentorship, situation.program)
        if last < one.week.monday < current.week.monday
    )
    return tuple(dict.fromkeys(filter(None, between)))


def _was_skipped(talk: Talk, current: Slot, situation: Situation) -> bool:
    """Whether somebody skipped the meeting before this one, or the last one that was filed."""
    tracker = situation.snapshot.trackers.get(talk.mentorship.id)
    last = talk.check_ins[-1][0].period if talk.check_ins else ""
    return any(last <= week < str(current.week) for week in kept_skips(tracker))
