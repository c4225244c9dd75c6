"""Every open application with its stage: valid, authorised, answered and seated, in that order."""

from dataclasses import replace
from datetime import datetime, timedelta

from mentorship_action.domain.application import (
    QUEUED,
    Answer,
    Application,
    Inspection,
    Memory,
    Stage,
    asks_of,
    parse_moment,
)
from mentorship_action.domain.calendar import last_day, local_day, overlap
from mentorship_action.domain.capacity import wants_seat
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.record import Record
from mentorship_action.domain.terms import ended_finding, overlap_finding, window_finding
from mentorship_action.planning.applications.assessed import Assessed
from mentorship_action.planning.applications.authority import (
    file_login,
    is_coordinator,
    why_maintainer,
    wrong_name,
)
from mentorship_action.planning.applications.consent import (
    NOTHING,
    Heard,
    hear,
    newest,
    remember,
)
from mentorship_action.planning.applications.stages import labels_to_change
from mentorship_action.planning.applications.waitlist import give_seats, moment_text
from mentorship_action.planning.requests import REMIND_APPLICATION, is_asked_for
from mentorship_action.planning.situation import Situation, base_digest

REMIND_AFTER = timedelta(days=7)
"""So long after whoever merges was told that an application is ready they are told once more."""


def assess_all(situation: Situation) -> list[Assessed]:
    """Return every open application with its stage, seats given in order."""
    known = (
        one
        for one in situation.snapshot.applications
        if one.memory is not None or one.inspection is not None
    )
    return give_seats([assess(one, situation) for one in known], situation)


def to_inspect(situation: Situation) -> frozenset[int]:
    """Return the applications not inspected for which others, or time, have changed something."""
    return frozenset(
        one.number
        for one in assess_all(situation)
        if one.application.inspection is None
        and not one.application.pull.is_locked
        and (
            one.memory != one.application.memory
            or bool(due_reminder(one, situation))
            or is_asked_again(one, situation)
            or is_mislabelled(one, situation)
        )
    )


def is_mislabelled(one: Assessed, situation: Situation) -> bool:
    """Whether somebody has taken a label of ours away, or added that of another stage."""
    stage = one.stage or Stage.NEEDS_ANSWER
    return any(labels_to_change(one.application.pull.labels, stage, situation.program))


def is_asked_again(one: Assessed, situation: Situation) -> bool:
    """Whether somebody wants a reminder now, by a box of the dashboard; one a day is enough."""
    waits = one.stage in (Stage.READY, Stage.NEEDS_ANSWER)
    if not waits or not is_asked_for(REMIND_APPLICATION, str(one.number), situation):
        return False
    return asked_again_before(one) != local_day(situation.now, situation.program.zone).isoformat()


def asked_again_before(one: Assessed) -> str:
    """Return the day on which somebody last wanted a reminder, as it stands now, or ""."""
    last = one.application.memory
    return last.again if last is not None and _is_as_before(one) else ""


def due_reminder(one: Assessed, situation: Situation) -> int:
    """Return which reminder is due, counted from 1, or 0: each is given once, on a workday.

    Whoever merges is told again that an application is ready; mentors are reminded when half of
    their time to answer has passed, and when all of it has, mentee and coordinators are told.
    """
    step, zone = 0, situation.program.zone
    told, asked = parse_moment(one.memory.told), parse_moment(one.memory.asked)
    if one.stage is Stage.READY and told is not None:
        step = int(situation.now >= told + REMIND_AFTER)
    elif one.stage is Stage.NEEDS_ANSWER and asked is not None and one.memory.missing:
        step = _step_of_mentor(asked, situation)
        mentor = situation.program.mentor(one.memory.missing[0])
        zone = mentor.zone if mentor and step == 1 else zone
    elif one.stage is Stage.WAITLISTED and one.memory.passed:
        # Others were waiting, so the seat went on when the time was up.
        step = 2
    is_good_day = situation.is_workday(zone)
    return step if is_good_day and step > reminded_before(one) else 0


def _step_of_mentor(asked: datetime, situation: Situation) -> int:
    """Return the reminder for which it is time: so near to the last one, the first is left out."""
    patience = timedelta(days=situation.program.answer_days)
    end = asked + patience
    if situation.now >= end:
        return 2
    is_near = situation.now >= end - min(timedelta(days=1), patience / 4)
    return int(situation.now >= asked + patience / 2 and not is_near)


def reminded_before(one: Assessed) -> int:
    """Return the last reminder of an application where it stands now, 0 for none."""
    last = one.application.memory
    return last.reminded if last is not None and _is_as_before(one) else 0


def _is_as_before(one: Assessed) -> bool:
    """Whether an application waits for the same as when it was last looked at."""
    last = one.application.memory
    if last is None or last.asked != one.memory.asked:
        return False
    return last.stage is one.stage or Stage.UNREADABLE in (last.stage, one.stage)


def assess(application: Application, situation: Situation) -> Assessed:
    """Return one application by itself, the waitlist left aside."""
    inspection, memory = application.inspection, application.memory
    if inspection is None:
        if memory is None:
            raise ValueError("an application without a memory must be inspected")
        stage = None if memory.stage in QUEUED or memory.rival else memory.stage
        return Assessed(application=application, memory=memory, stage=stage)
    fresh = _fresh(application, inspection, situation)
    if inspection.problem:
        return Assessed(
            application=application,
            memory=fresh,
            stage=Stage.UNREADABLE,
            reason=inspection.problem,
        )
    if reason := why_maintainer(application, inspection, situation):
        return _set_aside(application, fresh, Stage.NEEDS_MAINTAINER, reason=reason)
    validation = inspection.validation
    record = validation.record if validation else None
    found = wrong_name(inspection) or (
        record and _wrong_time(application, inspection, record, situation)
    )
    if found is not None or record is None:
        findings = (found,) if found else validation.findings if validation else ()
        return _set_aside(application, fresh, Stage.NEEDS_FIXES, findings=findings)
    return _answered(application, inspection, record, fresh, situation)


def _wrong_time(
    application: Application, inspection: Inspection, record: Record, situation: Situation
) -> Finding | None:
    """Return why a valid record can't be taken for its weeks; coordinators may add people late."""
    program = situation.program
    for other in situation.by_person.get(record.login, ()):
        both = other.status.holds_seat and record.status.holds_seat
        is_another = other.login == record.login and other.id != record.id
        if both and is_another and program.terms and overlap(record, other, program):
            return overlap_finding(record, other, program)
    term = program.term(record.term)
    changes = inspection.proposal.changes if inspection.proposal else ()
    is_new = all(change.before is None for change in changes)
    if term is None or not is_new:
        return None
    today, last = local_day(situation.now, program.zone), last_day(record, program)
    if record.status.holds_seat and last < today:
        return ended_finding(record.file, term, last)
    if is_coordinator(application, situation):
        return None
    opened = local_day(application.pull.created, program.zone)
    return window_finding(record.file, term, opened, today)


def _fresh(application: Application, inspection: Inspection, situation: Situation) -> Memory:
    """Return what we know after this inspection; the place and the answers are as before.

    An error, ours or theirs, costs nobody their place or the answer they had.
    """
    before = application.memory or NOTHING
    if inspection.problem:
        # Nothing was read, so that it is read next time.
        return replace(before, head=application.pull.head, base="", place=0)
    return replace(
        before,
        head=application.pull.head,
        base=base_digest(application.pull, situation),
        comment=newest(inspection.comments),
        review=newest(inspection.reviews),
        place=0,
        rival=0,
        file=file_login(inspection),
    )


def _set_aside(
    application: Application,
    fresh: Memory,
    stage: Stage,
    *,
    findings: tuple[Finding, ...] = (),
    reason: str = "",
) -> Assessed:
    """Return an application that nobody can be asked about now; what its mentor says is kept.

    It may be fixed and merged before the next run, so it counts as taking a seat when it adds a
    mentee file.
    """
    inspection = application.inspection
    proposal = inspection.proposal if inspection else None
    adds = proposal is not None and any(one.before is None for one in proposal.changes)
    memory = replace(fresh, asked="", seat=int(adds), unasked=(), held=())
    if fresh.agreement and inspection:
        heard = hear(application, inspection, fresh.asks)
        memory = remember(memory, heard, record=None, since="")
    return Assessed(
        application=application, memory=memory, stage=stage, findings=findings, reason=reason
    )


def _answered(
    application: Application,
    inspection: Inspection,
    record: Record,
    fresh: Memory,
    situation: Situation,
) -> Assessed:
    """Return a valid application with what its mentor has answered to this agreement."""
    former = situation.by_file.get(record.file)
    heard = hear(application, inspection, asks_of(record))
    memory = remember(fresh, heard, record=record, since=moment_text(situation.now))
    memory = replace(
        memory,
        seat=int(_seat_needed(record, former, situation)),
        held=_seats_held(record, former, situation),
        unasked=_not_asked(application, record, former),
    )
    known = application.memory
    agreed_before = (
        known is not None
        and not known.unasked
        and known.answer is Answer.YES
        and known.asks != memory.asks
    )
    return Assessed(
        application=application,
        memory=memory,
        stage=Stage.DECLINED if memory.answer is Answer.NO else None,
        record=record,
        change=former,
        reopened=agreed_before and memory.answer is Answer.NONE,
        early=heard.early or (heard.lost and memory.answer is Answer.NONE),
        misplaced=_is_misplaced(heard, memory),
    )


def _is_misplaced(heard: Heard, memory: Memory) -> bool:
    return heard.misplaced not in (Answer.NONE, memory.answer)


def _not_asked(application: Application, record: Record, former: Record | None) -> tuple[str, ...]:
    """Return the mentors who need not be asked: nothing changes for them, or they propose it."""
    author = application.pull.author.login.lower()
    agreed = set(asks_of(former)) if former else set()
    over = not record.status.holds_seat
    return tuple(
        one.mentor for one in asks_of(record) if over or one in agreed or one.mentor == author
    )


def _seat_needed(record: Record, former: Record | None, situation: Situation) -> bool:
    """Whether a merge would take a seat, or a place in a team, that the record has no claim to."""
    if not record.status.holds_seat:
        return False
    if record.team:
        today = local_day(situation.now, situation.program.zone)
        stays = former is not None and former.team == record.team
        return former is None or not (stays and wants_seat(former, situation.program, today))
    return set(record.seat_mentors) != set(_seats_held(record, former, situation))


def _seats_held(record: Record, former: Record | None, situation: Situation) -> tuple[str, ...]:
    """Return the mentors of a record who give its mentee a seat already, not to a whole team."""
    # A mentorship whose last day has passed has given its seat to somebody else.
    today = local_day(situation.now, situation.program.zone)
    if former is None or former.team or not wants_seat(former, situation.program, today):
        return ()
    return tuple(login for login in record.seat_mentors if login in former.seat_mentors)
