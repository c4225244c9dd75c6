"""Handing over: a backup is asked to lead when the lead can't, and takes over by a command."""

from collections.abc import Iterator

from mentorship_action.domain.bot_state import marker, memory_line
from mentorship_action.domain.calendar import Week, local_day, slots
from mentorship_action.domain.commands import last_command
from mentorship_action.domain.edits import places_of_teams
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.snapshot import Issue, Wants
from mentorship_action.planning.changes import Change, Notice, Rank, WriteComment
from mentorship_action.planning.handover import (
    AWAY,
    LEFT,
    QUESTION,
    DueQuestion,
    Handover,
    cause_of,
    due_question,
    given_handovers,
    handover_of,
    is_running,
    is_there,
    is_under_way,
    kept_in,
    long_absence,
)
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.spoken import ANSWER, wants_what_was_said
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import (
    CommandAnswer,
    CommandLine,
    HandoverAccepted,
    HandoverQuestion,
    NamedGoal,
    NobodySteppedIn,
    TextView,
)

_ANSWER = "handover-answer"
_NOBODY = "handover-nobody"


def wants_for_handovers(situation: Situation) -> Wants:
    """Return what was said lately, and the trackers on which a question is open or due."""
    numbers: set[int] = set()
    for mentorship in situation.mentorships:
        tracker = situation.snapshot.trackers.get(mentorship.id)
        if tracker is None or not is_running(mentorship, situation):
            continue
        if tracker.comments and _matters(mentorship, tracker, situation):
            numbers.add(tracker.number)
    return Wants(comments=frozenset(numbers)) | wants_what_was_said(situation)


def _matters(mentorship: Mentorship, tracker: Issue, situation: Situation) -> bool:
    """Whether the comments on a tracker tell who leads."""
    return bool(mentorship.backups) and bool(
        kept_in(tracker, "asked")
        or kept_in(tracker, "acting")
        or cause_of(mentorship, situation)
        or given_handovers(mentorship, situation)
    )


def plan_handovers(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the questions to backups, and what answers people's commands."""
    named = (
        (mentorship.key(Kind.TRACKER), mentorship)
        for mentorship in situation.mentorships
        if is_running(mentorship, situation)
    )
    yield from plan_each(named, _plan_one, situation)


def _plan_one(mentorship: Mentorship, situation: Situation) -> Iterator[Change | Notice]:
    tracker = situation.snapshot.trackers[mentorship.id]
    unread = tracker.comments and tracker.number not in situation.snapshot.comments
    if tracker.is_locked or (mentorship.backups and unread):
        return
    due = due_question(mentorship, situation)
    if due is not None and (due.by or _is_workday_of(due.backup, situation)):
        yield _ask(due, mentorship, tracker, situation)
    handover = handover_of(mentorship, situation)
    yield from _after_accept(handover, mentorship, tracker, situation)
    if not is_under_way(mentorship, situation):
        yield from _nobody(handover, mentorship, tracker, situation)


def _is_workday_of(backup: str, situation: Situation) -> bool:
    mentor = situation.program.mentor(backup)
    return mentor is None or situation.is_workday(mentor.zone)


def _comment(
    key: Key, number: int, view: TextView, situation: Situation, *, why: str, keeps: str = ""
) -> WriteComment:
    text = situation.wording.render(view).strip()
    return WriteComment(
        key=key,
        number=number,
        body="\n".join(filter(None, (marker(key), keeps, text))),
        once=True,
        why=why,
        rank=Rank.END,
    )


def _ask(
    due: DueQuestion, mentorship: Mentorship, tracker: Issue, situation: Situation
) -> WriteComment:
    """Return the question to a backup, with what they need to know."""
    absence = long_absence(mentorship, situation)
    weeks = [one.week for one in slots(mentorship, situation.program) if not one.skipped]
    this_week = Week.of(local_day(situation.now, mentorship.zone))
    check_ins = situation.check_ins.get(mentorship.id, ())
    view = HandoverQuestion(
        backup=due.backup,
        lead=mentorship.lead,
        name=mentorship.name,
        is_team=bool(mentorship.team),
        until=absence.last if absence and due.cause.startswith(AWAY) else None,
        by=due.by,
        number=sum(week <= this_week for week in weeks),
        of=len(weeks),
        goals=tuple(
            NamedGoal(by=one.login, text=goal)
            for one in mentorship.records
            for goal in one.goals[: 1 if mentorship.team else None]
        ),
        check_in=Safe(f"#{check_ins[-1][1].number}" if check_ins else ""),
        file=situation.file_of(mentorship),
        file_url=situation.editor.page_of(situation.file_of(mentorship)),
    )
    memory = {"lead": mentorship.lead, "backup": due.backup, "cause": due.cause}
    period = f"{mentorship.lead}-{due.backup}-{due.cause}"
    return _comment(
        mentorship.key(QUESTION, period),
        tracker.number,
        view,
        situation,
        why=f"{due.backup} is asked to take over from {mentorship.lead}",
        keeps=memory_line(memory),
    )


def _after_accept(
    handover: Handover, mentorship: Mentorship, tracker: Issue, situation: Situation
) -> Iterator[WriteComment]:
    """Yield the lines for who has taken over, and a kind answer to whom nobody asked."""
    accepted = handover.accepted
    if accepted is not None:
        key = mentorship.key(_ANSWER, f"q{accepted.comment.id}")
        if key not in situation.snapshot.comment_keys(tracker.number):
            yield _comment(
                key,
                tracker.number,
                _accepted(handover, mentorship, situation),
                situation,
                why=f"{accepted.backup} takes over from {mentorship.lead}",
            )
    if not handover.questions:
        return
    asked = {one.backup for one in handover.questions}
    for said in situation.snapshot.comments.get(tracker.number, ()):
        speaker = said.author.login.lower()
        if (
            said.id > handover.questions[0].comment.id
            and said.author.is_person
            and not said.was_edited
            and speaker not in asked
            and last_command(said.body, Kind.TRACKER) == "accept"
        ):
            yield from _not_asked(speaker, mentorship, tracker, situation)


def _accepted(handover: Handover, mentorship: Mentorship, situation: Situation) -> HandoverAccepted:
    absence = long_absence(mentorship, situation)
    is_for_absence = handover.accepted is not None and handover.accepted.cause.startswith(AWAY)
    file = situation.file_of(mentorship)
    return HandoverAccepted(
        backup=handover.acting,
        lead=mentorship.lead,
        name=mentorship.name,
        is_team=bool(mentorship.team),
        until=absence.last if absence and is_for_absence else None,
        lines=_lines(handover.acting, mentorship, situation),
        file=file,
        file_url=situation.editor.page_of(file),
    )


def _lines(backup: str, mentorship: Mentorship, situation: Situation) -> str:
    """Return the lines of the file that make a backup the lead; "" where it can't be told."""
    mentors = mentorship.led_by(backup).mentors
    named = [{"github": one.handle, "role": one.role.value} for one in mentors]
    place = places_of_teams(situation.program).get(mentorship.team)
    path = ("mentors",) if place is None else ("teams", place, "mentors")
    edited = situation.editor.edited(situation.file_of(mentorship), {path: named})
    return edited.lines if edited else ""


def _not_asked(
    speaker: str, mentorship: Mentorship, tracker: Issue, situation: Situation
) -> Iterator[WriteComment]:
    """Yield the one answer to somebody who says yes to what they weren't asked."""
    key = mentorship.key(ANSWER, f"by-{speaker}")
    if tracker.is_locked or key in situation.snapshot.comment_keys(tracker.number):
        return
    file = situation.file_of(mentorship)
    view = CommandAnswer(
        speaker=speaker,
        lines=(CommandLine(word="accept", reason="not-asked"),),
        file=file,
        file_url=situation.editor.page_of(file),
        helpers=situation.helpers(mentorship),
    )
    yield _comment(key, tracker.number, view, situation, why=f"{speaker} was not asked")


def _nobody(
    handover: Handover, mentorship: Mentorship, tracker: Issue, situation: Situation
) -> Iterator[Change | Notice]:
    """Yield what tells the coordinators that a mentorship is left alone; leavers are ALONE's."""
    cause = cause_of(mentorship, situation)
    asked = handover.questions[-1] if handover.questions else None
    if cause == LEFT or not (cause or asked):
        return
    if not asked and any(is_there(one, situation) for one in mentorship.seat_mentors[1:]):
        return
    yield Notice(
        kind="attention",
        key=str(mentorship.key(Kind.TRACKER)),
        text=f"nobody takes over from {mentorship.lead}, the mentor of {mentorship.name}",
    )
    coordinators = situation.coordinators_of(mentorship)
    if asked is None or not coordinators:
        return
    key = mentorship.key(_NOBODY, f"q{asked.comment.id}")
    told = key in situation.snapshot.comment_keys(tracker.number)
    if not told and situation.is_workday(situation.program.zone):
        view = NobodySteppedIn(
            coordinators=coordinators,
            mentees=mentorship.mentees,
            lead=mentorship.lead,
            file=situation.file_of(mentorship),
        )
        yield _comment(
            key, tracker.number, view, situation, why=f"nobody takes over from {mentorship.lead}"
        )


HANDOVERS = Policy(name="handovers", plan=plan_handovers, wants=wants_for_handovers)
