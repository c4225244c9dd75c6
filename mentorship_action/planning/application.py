"""Applications: the pull request with which somebody joins, judged, answered and seated.

The stages and how they follow each other are drawn in docs/joining.md, which a test holds to
``domain.application.TRANSITIONS``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mentorship_action.domain.application import (
    IN_LINE,
    Answer,
    Application,
    Inspection,
    Memory,
    Stage,
    agreement_digest,
    is_edited_answer,
    parse_moment,
)
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.capacity import wants_seat
from mentorship_action.domain.commands import Command, find_command
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import is_login, parse_marker
from mentorship_action.domain.pulls import FILE_MODE, FileChange
from mentorship_action.domain.record import Record, Status
from mentorship_action.planning.situation import Situation, base_digest

FOLDER = "mentees/"
_MENTORS_FIELDS = frozenset({"meeting", "start", "weeks", "hours_per_week", "status"})
_NEVER_THE_MENTEES = frozenset({"login", "mentor", "status"})


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """One application as judged now.

    ``stage`` is set where it does not depend on the others in line. ``reason`` names why it is
    handed over. ``reopened`` says that the mentor's yes was to other terms; ``early`` that one
    came before these terms were shown; ``misplaced`` that one stands where it doesn't count.
    ``change`` is the record as it stands on the default branch, for an application that changes one.
    """

    application: Application
    memory: Memory
    stage: Stage | None = None
    record: Record | None = None
    change: Record | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    reopened: bool = False
    early: bool = False
    misplaced: bool = False
    place: int = 0

    @property
    def number(self) -> int:
        """The pull request's number."""
        return self.application.pull.number

    @property
    def mentee(self) -> str:
        """The login in the application's key: the record's, else our word's, else the author's."""
        if self.record is not None:
            return self.record.login
        key = (
            parse_marker(self.application.bot_comment.body)
            if self.application.bot_comment
            else None
        )
        author = self.application.pull.author.login.lower()
        named = key.mentee if key else author
        return named if is_login(named) else "ghost"

    @property
    def in_line(self) -> bool:
        """Whether it waits for its mentor or for a seat."""
        return self.stage is None


def assess_all(situation: Situation) -> list[Assessed]:
    """Return every open application with its stage, seats given in order."""
    assessed = [assess(application, situation) for application in situation.applications]
    return _seat(assessed, situation)


def applications_to_recheck(situation: Situation) -> list[int]:
    """Return the applications not looked at whose stage or place has changed through others, or time."""
    return [
        one.number
        for one in assess_all(situation)
        if one.application.inspection is None
        and one.application.memory is not None
        and (one.stage, one.place) != (one.application.memory.stage, one.application.memory.place)
    ]


def assess(application: Application, situation: Situation) -> Assessed:
    """Return one application as judged by itself, the line left aside."""
    inspection, memory = application.inspection, application.memory
    if inspection is None:
        if memory is None:
            raise ValueError("an application without a memory must be looked at")
        stage = None if memory.stage in IN_LINE or memory.rival else memory.stage
        return Assessed(application=application, memory=memory, stage=stage)
    fresh = _fresh(application, inspection, situation)
    if inspection.fault:
        return Assessed(
            application=application, memory=fresh, stage=Stage.UNREADABLE, reason=inspection.fault
        )
    if reason := _why_hand_over(application, inspection, situation):
        return _set_aside(application, inspection, fresh, Stage.NEEDS_MAINTAINER, reason=reason)
    if misnamed := _misnamed(inspection):
        return _set_aside(application, inspection, fresh, Stage.NEEDS_FIXES, findings=(misnamed,))
    validation = inspection.validation
    if validation is None or validation.record is None:
        findings = validation.findings if validation else ()
        return _set_aside(application, inspection, fresh, Stage.NEEDS_FIXES, findings=findings)
    return _hear(application, inspection, validation.record, fresh, situation)


def _fresh(application: Application, inspection: Inspection, situation: Situation) -> Memory:
    """Return what we know once this inspection is taken; the line and the answers are as before.

    A fault, ours or theirs, costs nobody their place in the line or the answer they had.
    """
    before = application.memory or _NOTHING
    if inspection.fault:
        # Nothing was heard, so that it is heard next time.
        return replace(before, head=application.pull.head, base="", place=0)
    return replace(
        before,
        head=application.pull.head,
        base=base_digest(application.pull, situation),
        comment=max((said.id for said in inspection.comments), default=0),
        review=max((review.id for review in inspection.reviews), default=0),
        place=0,
        rival=0,
    )


def _set_aside(
    application: Application,
    inspection: Inspection,
    fresh: Memory,
    stage: Stage,
    *,
    findings: tuple[Finding, ...] = (),
    reason: str = "",
) -> Assessed:
    """Return an application that can't be asked about now; what its mentor says meanwhile is kept.

    It may be mended and merged before we look again, so it counts as taking a seat when it adds
    a record.
    """
    adds = inspection.proposal is not None and any(
        one.before is None for one in inspection.proposal.changes
    )
    memory = replace(fresh, asked="", seat=int(adds))
    if fresh.terms:
        memory = _keep(
            _answers(application, inspection, fresh.mentor, fresh.answer, fresh.terms), memory
        )
    return Assessed(
        application=application, memory=memory, stage=stage, findings=findings, reason=reason
    )


def _misnamed(inspection: Inspection) -> Finding | None:
    """Return the finding about a file that no run would take for a record, if it is one.

    Names are a stranger's text of any length, so that of a wrong one no more is shown or read.
    """
    change = inspection.proposal.changes[0] if inspection.proposal else None
    stem = change.path.removeprefix(FOLDER).removesuffix(".yml") if change else ""
    if change is None or (is_login(stem) and change.path == f"{FOLDER}{stem}.yml"):
        return None
    shown = change.path.removeprefix(FOLDER)[:60]
    near = stem.lower()
    meant = f"{FOLDER}{near}.yml" if is_login(near) else f"{FOLDER}octocat.yml"
    return Finding(
        code="bad-file-name",
        file=FOLDER.rstrip("/"),
        message=f"`{shown.replace('`', '')}` is no name for a record.",
        hint=f"Name it after the GitHub login, in lower case: `{meant}`.",
    )


def _why_hand_over(application: Application, inspection: Inspection, situation: Situation) -> str:
    """Return why a person has to look at this, as a word that the template explains."""
    proposal, author = inspection.proposal, application.pull.author
    if proposal is None:
        return "unreadable"
    first = proposal.changes[0] if proposal.changes else None
    after = first.after if first else None
    reasons = {
        "account": not author.is_person or not is_login(author.login.lower()),
        "elsewhere": bool(proposal.elsewhere),
        "nothing": not proposal.changes,
        "several": len(proposal.changes) > 1,
        "deleted": after is None,
        "not-a-file": after is not None and after.mode != FILE_MODE,
    }
    why = next((reason for reason, holds in reasons.items() if holds), "")
    if why or first is None:
        return why
    return (
        ""
        if _is_coordinator(application, situation)
        else _why_not_theirs(application, inspection, first, situation)
    )


def _is_coordinator(application: Application, situation: Situation) -> bool:
    return application.pull.author.login.lower() in situation.program.coordinators


def _why_not_theirs(
    application: Application, inspection: Inspection, change: FileChange, situation: Situation
) -> str:
    """Return why somebody may not make this change of a record alone, or nothing.

    A record that exists is judged by what the default branch says of its people, never by what
    the pull request says.
    """
    author = application.pull.author.login.lower()
    record = inspection.validation.record if inspection.validation else None
    former = situation.by_file.get(change.path)
    if change.before is None and former is None:
        named = record.login if record else _stem(change.path)
        if author != named and not (record and inspection.same_account):
            return "not-the-author"
        # Nobody joins what is over, and only who is over may name a mentor who has left.
        return "role" if record and record.status is not Status.ACTIVE else ""
    people = (former.login, former.mentor) if former else (_stem(change.path),)
    known = _account(people[0], situation)
    if known and known == application.pull.author.id:
        # Renamed on GitHub; the record has the login of old.
        author = people[0]
    elif known and author == people[0]:
        return "another-account"
    if author not in people:
        return "not-theirs"
    if record is None or former is None:
        return ""
    touched = {name for name in Record.__slots__ if getattr(record, name) != getattr(former, name)}
    beyond = touched & _NEVER_THE_MENTEES if author == former.login else touched - _MENTORS_FIELDS
    return "role" if beyond else ""


def _account(login: str, situation: Situation) -> int:
    """Return the number of the account that joined under a login, or 0 where we don't know it."""
    tracker = situation.snapshot.trackers.get(login)
    return tracker.fenced.account if tracker and tracker.fenced else 0


def _hear(
    application: Application,
    inspection: Inspection,
    record: Record,
    fresh: Memory,
    situation: Situation,
) -> Assessed:
    """Return a sound application with what its mentor has said to these terms."""
    former = situation.by_file.get(record.file)
    terms = agreement_digest(record)
    known = (
        application.memory if application.memory is not None and application.memory.terms else None
    )
    agreed = known is not None and known.answer is Answer.YES and known.terms == terms
    refused = record.mentor in fresh.declined.split("+")
    kept = Answer.YES if agreed else Answer.NO if refused else Answer.NONE
    heard = _answers(application, inspection, record.mentor, kept, terms)
    answer = heard.answer if _consent_needed(application, record, former) else Answer.YES
    stays = known is not None and known.mentor == record.mentor and bool(known.since)
    memory = replace(
        _keep(heard, replace(fresh, mentor=record.mentor)),
        terms=terms,
        answer=answer,
        since=known.since if known and stays else _text(situation.now),
        asked=known.asked if known and stays else "",
        passed=known.passed if known and stays else 0,
        seat=int(_seat_needed(record, former, situation)),
    )
    return Assessed(
        application=application,
        memory=memory,
        stage=Stage.DECLINED if answer is Answer.NO else None,
        record=record,
        change=former,
        reopened=known is not None and known.answer is Answer.YES and answer is Answer.NONE,
        early=heard.early and answer is Answer.NONE,
        misplaced=heard.misplaced not in (Answer.NONE, answer),
    )


def _keep(heard: "_Heard", memory: Memory) -> Memory:
    """Return what we know when the answer of the memory's mentor is taken in."""
    declined = set(memory.declined.split("+")) - {"", memory.mentor}
    if heard.answer is Answer.NO:
        declined.add(memory.mentor)
    return replace(
        memory,
        answer=heard.answer,
        wrong=heard.wrong,
        declined="+".join(sorted(declined)),
        edited=heard.edited,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Heard:
    """The mentor's answer, whether a yes came too early, and who spoke out of turn.

    ``misplaced`` is an answer that doesn't count where it stands: in a comment that was edited, at
    the moment ``edited``, or in a review that approves nothing.
    """

    answer: Answer
    early: bool
    wrong: str
    misplaced: Answer
    edited: str


def _answers(
    application: Application, inspection: Inspection, mentor: str, kept: Answer, terms: str
) -> _Heard:
    """Return the answer after all that was said since our last word, in the order of time.

    What was said before these terms were shown is no yes to them.
    """
    last, word = application.memory or _NOTHING, application.bot_comment
    shown = last.terms == terms
    wrong, early = last.wrong, False
    given: list[tuple[datetime, Answer]] = []
    for said in inspection.comments:
        command = find_command(said.body)
        if command is None or said.was_edited or said.id <= last.comment:
            continue
        speaker = said.author.login.lower()
        if not said.author.is_person or speaker != mentor:
            wrong = speaker if said.author.is_person and is_login(speaker) else wrong
        elif command is Command.DECLINE:
            given.append((said.created, Answer.NO))
        elif shown and word is not None and said.id > word.id:
            given.append((said.created, Answer.YES))
        else:
            early = True
    misplaced, edited = _misplaced(inspection, replace(last, mentor=mentor))
    for review in inspection.reviews:
        if review.id <= last.review or review.author.login.lower() != mentor:
            continue
        if not review.approves:
            misplaced = _ANSWERS.get(find_command(review.body), misplaced)
        # An approval names its commit, so it is known what was approved.
        elif review.commit == application.pull.head or (shown and review.commit == last.head):
            given.append((review.submitted, Answer.YES))
        else:
            early = True
    answer = max(given, key=lambda one: one[0])[1] if given else kept
    return _Heard(answer=answer, early=early, wrong=wrong, misplaced=misplaced, edited=edited)


_NOTHING = Memory(head="", base="", stage=Stage.NEEDS_FIXES)
"""What we know of an application before the first inspection."""

_ANSWERS: Mapping[Command | None, Answer] = {
    Command.ACCEPT: Answer.YES,
    Command.DECLINE: Answer.NO,
}


def _misplaced(inspection: Inspection, last: Memory) -> tuple[Answer, str]:
    """Return the newest answer that somebody edited into a comment of the mentor's, and when.

    It doesn't count: who edits a comment, and what stood there, can't be told.
    """
    found = [said for said in inspection.comments if is_edited_answer(said, last)]
    if not found:
        return Answer.NONE, last.edited
    newest = max(found, key=lambda said: said.updated)
    # To the last digit: rounded, it would lie before the edit, which were news for ever.
    return _ANSWERS[find_command(newest.body)], newest.updated.isoformat()


def _consent_needed(application: Application, record: Record, former: Record | None) -> bool:
    if application.pull.author.login.lower() == record.mentor or not record.status.holds_seat:
        return False
    return former is None or agreement_digest(former) != agreement_digest(record)


def _seat_needed(record: Record, former: Record | None, situation: Situation) -> bool:
    """Whether a merge would take a seat that the record has no claim to yet."""
    if not record.status.holds_seat:
        return False
    if former is None or former.mentor != record.mentor:
        return True
    # A mentorship whose last day has passed has given its seat to somebody else.
    today = local_day(situation.now, situation.program.zone)
    return not wants_seat(former, situation.program, today)


def _seat(assessed: list[Assessed], situation: Situation) -> list[Assessed]:
    """Return the applications with their stages: who is next is asked, the others wait in line."""
    assessed = _one_each(assessed)
    mentors = {one.memory.mentor for one in assessed if one.in_line}
    lines = {login: _line(login, assessed, situation) for login in sorted(mentors)}
    settled = {one.number: one for line in lines.values() for one in line}
    return [settled.get(one.number, one) for one in assessed]


def _one_each(assessed: list[Assessed]) -> list[Assessed]:
    """Return the applications, those set aside by which somebody would stand in lines twice."""
    first: dict[str, Assessed] = {}
    for one in sorted(assessed, key=_turn):
        if one.in_line and one.memory.seat:
            first.setdefault(one.mentee, one)
    return [
        one
        if first.get(one.mentee, one) is one
        else _give_way(one, first[one.mentee].number)
        if one.in_line and one.memory.seat
        else one
        for one in assessed
    ]


def _give_way(one: Assessed, number: int) -> Assessed:
    """Return an application that gives way to another one of the same record."""
    finding = Finding(
        code="another-application",
        file=one.record.file if one.record else FOLDER.rstrip("/"),
        message=f"Another pull request of yours asks for the same record: number {number}.",
        hint="Close the one that you don't need; I look at the other one again by myself.",
    )
    memory = replace(one.memory, rival=number, place=0, asked="")
    return replace(one, stage=Stage.NEEDS_FIXES, place=0, memory=memory, findings=(finding,))


def _line(mentor: str, assessed: list[Assessed], situation: Situation) -> list[Assessed]:
    """Return the line of one mentor, each with its stage and place."""
    standing = [one for one in assessed if one.in_line and one.memory.mentor == mentor]
    seatless = [_at_desk(one, situation) for one in standing if not one.memory.seat]
    queue = sorted((one for one in standing if one.memory.seat), key=_turn)
    free = _free_for_applications(mentor, situation)
    if len(queue) > free:
        queue = sorted((_pass_over(one, situation) for one in queue), key=_turn)
    desk = [_at_desk(one, situation) for one in queue[:free]]
    waiting = [
        replace(
            one,
            stage=Stage.WAITLISTED,
            place=place,
            memory=replace(one.memory, stage=Stage.WAITLISTED, place=place, asked=""),
        )
        for place, one in enumerate(queue[free:], start=1)
    ]
    return [*seatless, *desk, *waiting]


def _at_desk(one: Assessed, situation: Situation) -> Assessed:
    stage = Stage.READY if one.memory.answer is Answer.YES else Stage.NEEDS_ANSWER
    asked = one.memory.asked or _text(situation.now)
    memory = replace(one.memory, stage=stage, place=0, asked=asked)
    return replace(one, stage=stage, place=0, memory=memory)


def _pass_over(one: Assessed, situation: Situation) -> Assessed:
    """Return an application behind the others, when its mentor's time to answer is up."""
    asked = parse_moment(one.memory.asked)
    if one.memory.answer is not Answer.NONE or asked is None:
        return one
    if situation.now < answer_by(asked, situation):
        return one
    memory = replace(one.memory, passed=one.memory.passed + 1, asked="")
    return replace(one, memory=memory)


def answer_by(asked: datetime, situation: Situation) -> datetime:
    """Return the moment until which a mentor who was asked may take to answer."""
    return asked + timedelta(days=situation.program.answer_days)


def _free_for_applications(mentor: str, situation: Situation) -> int:
    """Return the seats left when everybody on the default branch has theirs."""
    seats = situation.seats.get(mentor)
    return max(0, seats.free - len(seats.waiting)) if seats else 0


def free_for_more(assessed: Iterable[Assessed], situation: Situation) -> dict[str, int]:
    """Return the seats of each mentor that no application in line is about to take."""
    lines = Counter(
        one.memory.mentor for one in assessed if one.stage in IN_LINE and one.memory.seat
    )
    return {
        login: max(0, _free_for_applications(login, situation) - lines[login])
        for login in situation.seats
    }


def _turn(one: Assessed) -> tuple[int, str, int]:
    return (one.memory.passed, one.memory.since, one.number)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _stem(path: str) -> str:
    return path.removeprefix(FOLDER).removesuffix(".yml").lower()
