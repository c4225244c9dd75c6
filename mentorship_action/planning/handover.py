"""Who leads a mentorship at present: the lead of the file, or the backup who stepped in.

Our questions on the tracker and the answers to them decide. The tracker's summary says which
trackers have one, so that no other comments have to be read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mentorship_action.domain.bot_state import find_memory, parse_marker
from mentorship_action.domain.calendar import is_over, local_day, merge_spans
from mentorship_action.domain.commands import COMMANDS, GivenCommand, last_command
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.program import Span
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.record import Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.spoken import SAID, Spoken, causes_of, spoken_in

QUESTION = "handover"
"""The kind of a comment that asks a backup to take over."""

LEFT = "left"
"""Why a backup is asked: the lead is not in the program any more."""
AWAY = "away-"
"""Why a backup is asked: the lead is away for long, since the day that follows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question of ours to a backup, and the unedited comment that answers it last, if any."""

    backup: str
    cause: str
    comment: Comment
    reply: Comment | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the backup said yes."""
        return self.reply is not None and last_command(self.reply.body, Kind.TRACKER) == "accept"


@dataclass(frozen=True, kw_only=True, slots=True)
class Handover:
    """Where the handing over of one mentorship stands.

    ``questions`` are those that still matter, the oldest first; ``acting`` is the backup who leads
    until the file says otherwise, or "", and ``accepted`` the question that they said yes to.
    """

    questions: tuple[Question, ...] = ()
    acting: str = ""
    accepted: Question | None = None


def handover_of(mentorship: Mentorship, situation: Situation) -> Handover:
    """Return where the handing over of a mentorship stands."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if tracker is None or not mentorship.backups:
        return Handover()
    said = situation.snapshot.comments.get(tracker.number)
    if said is None and tracker.comments:
        # Nobody was asked, or the comments can't be read now: it is as the summary keeps it.
        kept = kept_in(tracker, "acting")
        return Handover(acting=kept if kept in mentorship.backups else "")
    questions = tuple(_questions(mentorship, said or (), situation))
    accepted: Question | None = None
    for one in sorted((one for one in questions if one.is_accepted), key=_reply_id):
        # Who was asked before somebody took over, and says yes after it, is too late.
        if accepted is None or one.comment.id > _reply_id(accepted):
            accepted = one
    return Handover(
        questions=questions, acting=accepted.backup if accepted else "", accepted=accepted
    )


def kept_in(tracker: Issue, name: str) -> str:
    """Return a value that a tracker's summary keeps, or ""."""
    return tracker.summary.values.get(name, "") if tracker.summary else ""


def asked_of(mentorship: Mentorship, situation: Situation) -> tuple[str, ...]:
    """Return the backups whose answers on the tracker matter, this run's question included."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if tracker is None or not mentorship.backups:
        return ()
    if tracker.comments and tracker.number not in situation.snapshot.comments:
        return tuple(filter(None, kept_in(tracker, "asked").split(",")))
    due = due_question(mentorship, situation)
    asked = [one.backup for one in handover_of(mentorship, situation).questions]
    return tuple(dict.fromkeys([*asked, *([due.backup] if due else [])]))


def led_now(mentorship: Mentorship, situation: Situation) -> Mentorship:
    """Return a mentorship with the mentor who leads at present."""
    acting = handover_of(mentorship, situation).acting
    return mentorship.led_by(acting) if acting else mentorship


def cause_of(mentorship: Mentorship, situation: Situation) -> str:
    """Return why somebody else has to lead a mentorship as the files have it; "" for no reason."""
    if situation.program.mentor(mentorship.lead) is None:
        return LEFT
    absence = long_absence(mentorship, situation)
    return f"{AWAY}{absence.first.isoformat()}" if absence else ""


def long_absence(mentorship: Mentorship, situation: Situation) -> Span | None:
    """Return the lead's absence of now where it is longer than the program lets it be."""
    lead = situation.program.mentor(mentorship.lead)
    if lead is None or not lead.away:
        return None
    today = local_day(situation.now, lead.zone)
    longest = situation.program.handover_after_days
    return next(
        (one for one in merge_spans(lead.away) if today in one and _days(one) > longest), None
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenHandover:
    """A ``/handover`` in a comment of somebody who may say it.

    ``problem`` says why it asks nobody: over, nobody, which, unknown or asked; "" where the
    ``backup`` is to be asked.
    """

    comment: Comment
    backup: str = ""
    problem: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DueQuestion:
    """A backup to be asked now, and why; ``by`` is who said so, or ""."""

    backup: str
    cause: str
    by: str = ""


def is_running(mentorship: Mentorship, situation: Situation) -> bool:
    """Whether a mentorship has begun and goes on, so that somebody has to lead it."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    return (
        mentorship.status is Status.ACTIVE
        and tracker is not None
        and tracker.is_open
        and not is_over(mentorship, situation.program, situation.now)
    )


def given_handovers(mentorship: Mentorship, situation: Situation) -> tuple[GivenHandover, ...]:
    """Return what people said lately of handing a mentorship over, the oldest first.

    What has led to a question already is left out, and all that was said before it.
    """
    acting = handover_of(mentorship, situation).acting
    said = [
        (spoken, command)
        for spoken in spoken_in(mentorship, acting, situation)
        if not spoken.comment.was_edited
        for command in spoken.commands
        if command.word == "handover" and COMMANDS["handover"].allows(spoken.roles)
    ]
    if not said:
        return ()
    newest = newest_cause(mentorship, situation)
    return tuple(
        handover_problem(spoken, command, mentorship, situation)
        for spoken, command in said
        if spoken.comment.id > newest
    )


def newest_cause(mentorship: Mentorship, situation: Situation) -> int:
    """Return the id of the newest comment that has led to a question, 0 for none."""
    return max(causes_of(mentorship, situation), default=0)


def handover_problem(
    spoken: Spoken, command: GivenCommand, mentorship: Mentorship, situation: Situation
) -> GivenHandover:
    """Return whom a ``/handover`` asks, or why it asks nobody."""
    given = GivenHandover(comment=spoken.comment)
    handover = handover_of(mentorship, situation)
    backups = [one for one in mentorship.backups if situation.program.mentor(one) is not None]
    named = command.arguments.lower().removeprefix("@").split()[:1]
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if not is_running(mentorship, situation) or tracker is None or tracker.is_locked:
        return replace(given, problem="over")
    if not backups:
        return replace(given, problem="nobody")
    if not named and len(backups) > 1:
        return replace(given, problem="which")
    backup = named[0].rstrip(".,;:!") if named else backups[0]
    if backup not in backups:
        return replace(given, problem="unknown")
    waits = any(one.backup == backup and one.reply is None for one in handover.questions)
    if backup == handover.acting or waits:
        return replace(given, backup=backup, problem="asked")
    return replace(given, backup=backup)


def due_question(mentorship: Mentorship, situation: Situation) -> DueQuestion | None:
    """Return whom to ask to take over, or None: one backup at a time, each once."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if not is_running(mentorship, situation) or tracker is None or tracker.is_locked:
        return None
    given = [one for one in given_handovers(mentorship, situation) if not one.problem]
    if given:
        last = given[-1]
        speaker = last.comment.author.login.lower()
        return DueQuestion(backup=last.backup, cause=f"{SAID}{last.comment.id}", by=speaker)
    handover, cause = handover_of(mentorship, situation), cause_of(mentorship, situation)
    if not cause or handover.acting or _is_waiting(handover, situation):
        return None
    asked = {one.backup for one in handover.questions}
    for backup in mentorship.backups:
        if backup not in asked and is_there(backup, situation):
            return DueQuestion(backup=backup, cause=cause)
    return None


def is_under_way(mentorship: Mentorship, situation: Situation) -> bool:
    """Whether a backup has stepped in, or is being asked and may still answer."""
    handover = handover_of(mentorship, situation)
    return bool(
        handover.acting
        or _is_waiting(handover, situation)
        or due_question(mentorship, situation) is not None
    )


def _is_waiting(handover: Handover, situation: Situation) -> bool:
    patience = timedelta(days=situation.program.answer_days)
    return any(
        one.reply is None and situation.now < one.comment.created + patience
        for one in handover.questions
    )


def is_there(login: str, situation: Situation) -> bool:
    """Whether a mentor is in the program and not away today."""
    mentor = situation.program.mentor(login)
    if mentor is None:
        return False
    today: date = local_day(situation.now, mentor.zone)
    return not any(today in span for span in mentor.away)


def memory_of(comment: Comment, situation: Situation) -> dict[str, str]:
    """Return what a question of ours keeps (lead, backup, cause); nothing for other comments."""
    key = parse_marker(comment.body)
    if key is None or key.kind != QUESTION or not situation.snapshot.is_ours(comment.author.login):
        return {}
    return find_memory(comment.body) or {}


def _questions(
    mentorship: Mentorship, said: tuple[Comment, ...], situation: Situation
) -> Iterator[Question]:
    """Yield the questions about the lead of now to backups of now, whose cause still holds."""
    cause_now = cause_of(mentorship, situation)
    for comment in said:
        memory = memory_of(comment, situation)
        backup, cause = memory.get("backup", ""), memory.get("cause", "")
        holds = cause.startswith(SAID) or cause == cause_now
        known = backup in mentorship.backups and situation.program.mentor(backup) is not None
        if memory.get("lead") == mentorship.lead and known and holds:
            yield Question(
                backup=backup, cause=cause, comment=comment, reply=_reply(comment, backup, said)
            )


def _reply(question: Comment, backup: str, said: tuple[Comment, ...]) -> Comment | None:
    return next(
        (
            one
            for one in reversed(said)
            if one.id > question.id
            and one.author.login.lower() == backup
            and not one.was_edited
            and last_command(one.body, Kind.TRACKER) in ("accept", "decline")
        ),
        None,
    )


def _reply_id(question: Question) -> int:
    return question.reply.id if question.reply else 0


def _days(span: Span) -> int:
    return (span.last - span.first).days + 1
