"""Check-ins: the one of the current week is filed, the one before it closed."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from mentorship_action.domain.agenda import agenda_memory
from mentorship_action.domain.bot_state import (
    hidden_line,
    marker,
    memory_line,
    part,
    parts_in,
)
from mentorship_action.domain.calendar import (
    ONE_WEEK,
    Slot,
    Week,
    current_slot,
    event_day,
    instant,
    is_over,
    last_day,
    slots,
    who_leads,
    zone,
)
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Issue, Wants
from mentorship_action.domain.text import one_line
from mentorship_action.planning.changes import (
    Change,
    CloseIssue,
    EditIssue,
    Notice,
    OpenIssue,
    Rank,
    reference,
)
from mentorship_action.planning.checkpoint import standing_of
from mentorship_action.planning.handed_on import closing_remark, handed_on_by, is_known
from mentorship_action.planning.handover import kept_in, led_now
from mentorship_action.planning.kinds import CHECK_IN, labels_for, milestone_of
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.replies import due_answers
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.skips import kept_skips, skipped_weeks
from mentorship_action.planning.talk import CLOSED, Talk, reach, since_when, talk_of
from mentorship_action.planning.tracker_summary import (
    assignable_of,
    local_meeting,
    meeting_elsewhere,
    mentor_zone,
)
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import (
    BoxCount,
    CheckInIssue,
    CheckInPart,
    CheckInTalk,
    LocalEvent,
    LocalMeeting,
    MeetingElsewhere,
    MeetingSkipped,
)

_EARLIEST = timedelta(days=3)
"""So long before its Monday a check-in can have been filed: the day before, in any zone."""


_MOST_GOALS, _LONGEST_GOAL = 2, 100
"""What a team's check-in shows of each mentee's goals: thirty mentees have to fit in."""


def wants_for_check_ins(situation: Situation) -> Wants:
    """Return the check-ins that should exist, each since when it could."""
    keys: dict[Key, datetime | None] = {}
    since: list[datetime] = []
    for mentorship in situation.mentorships:
        current = _due(led_now(mentorship, situation), situation)
        if current is None or current.skipped or not _is_running(mentorship, situation):
            continue
        if _is_off(current, mentorship, situation):
            continue
        key = mentorship.key(Kind.CHECK_IN, str(current.week))
        keys[key] = first_moment(current.week)
        if key not in situation.snapshot.answered.issues or situation.snapshot.survivor(key):
            continue
        # It will be filed, and takes along what was said around those before it.
        keys |= former_keys(mentorship, current, situation)
        begun = since_when(mentorship, situation)
        since += [begun] if begun else []
    return Wants(issues=keys, recent_comments=min(since, default=None))


def former_keys(
    mentorship: Mentorship, current: Slot, situation: Situation
) -> dict[Key, datetime | None]:
    """Return the check-ins before the one of now, as far back as they matter.

    Some were never filed, in a pause or when runs were lost: then it is further back.
    """
    before = [
        (mentorship.key(Kind.CHECK_IN, str(one.week)), first_moment(one.week))
        for one in slots(mentorship, situation.program)
        if one.week < current.week and not one.skipped
    ]
    looked, snapshot = reach(situation), situation.snapshot
    while looked < len(before):
        recent = [key for key, _ in before[-looked:]]
        asked = [key for key in recent if key in snapshot.answered.issues]
        never_filed = sum(snapshot.survivor(key) is None for key in asked)
        if looked - never_filed >= reach(situation):
            break
        looked *= 2
    return dict(before[-looked:])


def first_moment(week: Week) -> datetime:
    """Return a moment before which no check-in of a week was filed, whatever was planned then.

    Meetings, zones and filing times change, so the moment at which it is due now tells nothing.
    """
    return datetime.combine(week.monday, time(), tzinfo=UTC) - _EARLIEST


def _due(mentorship: Mentorship, situation: Situation) -> Slot | None:
    """Return the newest week of a running mentorship whose filing time has come, if any."""
    program, now = situation.program, situation.now
    if mentorship.status is not Status.ACTIVE or is_over(mentorship, program, now):
        return None
    return current_slot(mentorship, program, now)


def check_in_of_now(mentorship: Mentorship, situation: Situation) -> Key | None:
    """Return the key of a mentorship's check-in that is open once this run is done, if any."""
    current = _due(mentorship, situation)
    if current is None:
        return None
    key = mentorship.key(Kind.CHECK_IN, str(current.week))
    filed = situation.check_ins.get(mentorship.id, ())
    ahead = [other for other, _ in filed if other.period > key.period]
    off = skipped_weeks(mentorship, situation)
    is_off = bool(current.skipped) or key.period in off
    if not is_off and not ahead and key not in dict(filed):
        return key
    still_open = (other for other, _ in situation.open_check_ins(mentorship.id))
    is_open = [other for other in still_open if other.period not in off]
    return is_open[-1] if is_open else None


def plan_check_ins(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the check-ins to file, each after the closing of the one before."""
    named = (
        (mentorship.key(Kind.TRACKER), led_now(mentorship, situation))
        for mentorship in situation.mentorships
        if _is_running(mentorship, situation)
    )
    yield from plan_each(named, _plan_one, situation)


def _is_running(mentorship: Mentorship, situation: Situation) -> bool:
    """Whether a mentorship has a seat, or began when it had one: nobody is dropped midway."""
    has_tracker = mentorship.id in situation.snapshot.trackers
    return has_tracker or mentorship.id not in situation.waiting


def _plan_one(mentorship: Mentorship, situation: Situation) -> Iterator[Change | Notice]:
    current = _due(mentorship, situation)
    if current is None:
        return
    key = mentorship.key(Kind.CHECK_IN, str(current.week))
    off = skipped_weeks(mentorship, situation)
    yield from _skipped(off, mentorship, situation)
    if current.skipped:
        yield Notice(
            kind="skipped",
            key=str(key),
            text=f"no check-in for {mentorship.name} in {current.week}: {current.skipped}",
        )
        return
    filed = situation.check_ins.get(mentorship.id, ())
    if str(current.week) in off:
        yield Notice(
            kind="skipped",
            key=str(key),
            text=f"no check-in for {mentorship.name} in {key.period}: somebody skipped it",
        )
        return
    if any(other.period > key.period for other, _ in filed):
        # The meeting has moved to later in the week; what was filed is ahead of it.
        return
    talk = talk_of(mentorship, situation)
    if key not in dict(filed) and not is_known(talk, situation):
        # Filed without what people wrote, it would lose their items; a later run files it.
        return
    earlier = [(other, issue) for other, issue in filed if issue.is_open and other != key]
    # Closed before the new one is opened, so that nobody ever has two open ones.
    for other, issue in earlier:
        if other.period in off:
            continue
        yield CloseIssue(
            key=other,
            number=issue.number,
            remark=closing_remark(talk, issue, situation),
            needs=due_answers(issue, mentorship.id, situation),
            why=f"the check-in of {current.week} follows it",
            rank=Rank.CHECK_IN,
        )
    if key not in dict(filed):
        after = tuple(other for other, _ in earlier)
        yield _file(mentorship, current, talk, situation, after=after)
    elif mentorship.team:
        yield from _bring_parts_up_to_date(key, talk, dict(filed)[key], situation)


def _skipped(
    weeks: Container[str], mentorship: Mentorship, situation: Situation
) -> Iterator[CloseIssue]:
    """Yield the end of the check-ins of ``weeks``, whose meeting somebody skips."""
    for key, issue in situation.open_check_ins(mentorship.id):
        if key.period in weeks:
            remark = situation.wording.render(MeetingSkipped()).strip()
            yield CloseIssue(
                key=key,
                number=issue.number,
                completed=False,
                remark=f"{hidden_line(CLOSED, {})}\n{remark}",
                needs=due_answers(issue, mentorship.id, situation),
                why="somebody skips its meeting",
                rank=Rank.CHECK_IN,
            )


def _is_off(current: Slot, mentorship: Mentorship, situation: Situation) -> bool:
    """Whether somebody skipped the meeting of a week, by a command."""
    return str(current.week) in kept_skips(situation.snapshot.trackers.get(mentorship.id))


def _file(
    mentorship: Mentorship,
    current: Slot,
    talk: Talk,
    situation: Situation,
    *,
    after: tuple[Key, ...],
) -> OpenIssue:
    key = mentorship.key(Kind.CHECK_IN, str(current.week))
    tracker = mentorship.key(Kind.TRACKER)
    weeks = [one.week for one in slots(mentorship, situation.program) if not one.skipped]
    handed_on = handed_on_by(talk, current, situation)
    leads = who_leads(mentorship, current, situation.program)
    view = CheckInIssue(
        program=situation.program,
        name=mentorship.name,
        mentees=mentorship.active,
        is_team=bool(mentorship.team),
        is_term=bool(mentorship.term),
        mentors=situation.present(mentorship),
        leads=leads if leads != mentorship.lead else "",
        tracker=Safe(reference(tracker)),
        checklist=None if mentorship.team else _checklist(mentorship.name, talk),
        on=current.meets or current.week.monday,
        number=_weeks_until(current.week, weeks),
        of=len(weeks),
        meeting=_meeting(mentorship, current, situation),
        elsewhere=_elsewhere(mentorship, current, situation),
        zone=mentorship.zone,
        mentor_zone=mentorship.zone
        if mentorship.team
        else mentor_zone(mentorship, situation.program),
        events=_events(mentorship, current.week, situation),
        upcoming=_upcoming(mentorship, current, situation),
        every_weeks=mentorship.every_weeks,
        talk=replace(handed_on, agenda=tuple(one for one in handed_on.agenda if not one.by)),
        parts=Safe("\n\n".join(text for _, text in _parts(talk, handed_on, situation))),
        helpers=situation.helpers(mentorship),
    )
    message = situation.wording.render(view)
    milestone, needs = milestone_of(mentorship.term, situation.program)
    kept = agenda_memory(handed_on.agenda, message.body) | talk.progress_memory()
    if handed_on.checkpoint:
        kept["checkpoint"] = standing_of(mentorship, situation).asked[-1]
    memory = f"{memory_line(kept)}\n" if any(kept.values()) else ""
    return OpenIssue(
        key=key,
        title=message.title,
        body=f"{marker(key)}\n{memory}{message.body}",
        labels=labels_for(CHECK_IN, situation.program),
        assignees=_assignees(mentorship, situation),
        milestone=milestone,
        needs=(tracker, *needs, *after),
        why=f"due since {current.due:%Y-%m-%d %H:%M} UTC",
        rank=Rank.CHECK_IN,
    )


def _weeks_until(week: Week, weeks: Iterable[Week]) -> int:
    """Return how many check-in weeks there are up to a week, this one included."""
    return sum(one <= week for one in weeks)


def _meeting(mentorship: Mentorship, current: Slot, situation: Situation) -> LocalMeeting | None:
    if mentorship.meeting is None or current.meets is None:
        return None
    return local_meeting(
        mentorship, mentorship.meeting, current.meets, mentor_zone(mentorship, situation.program)
    )


def _checklist(mentee: str, talk: Talk) -> BoxCount | None:
    # The first one reads the same whether its tracker is there already or not.
    found = talk.checklists.get(mentee) if talk.check_ins else None
    return BoxCount(done=found.done, of=found.of) if found and found.of else None


def _parts(talk: Talk, handed_on: CheckInTalk, situation: Situation) -> tuple[tuple[str, str], ...]:
    """Return the parts of a team's mentees who are active, each with the login; none for a pair."""
    if not talk.mentorship.team:
        return ()
    views = (_part(one, talk, handed_on) for one in talk.mentorship.records)
    return tuple(
        (view.mentee, part(view.mentee, situation.wording.render(view).strip()))
        for view in views
        if view is not None
    )


def _part(record: Record, talk: Talk, handed_on: CheckInTalk) -> CheckInPart | None:
    """Return the part of a mentee who is active; of who is paused, the items that wait for them."""
    agenda = tuple(item for item in handed_on.agenda if item.by == record.login)
    if record.status is Status.PAUSED and agenda:
        return CheckInPart(mentee=record.login, is_paused=True, agenda=agenda)
    if record.status is not Status.ACTIVE:
        return None
    return CheckInPart(
        mentee=record.login,
        goals=tuple(one_line(goal, _LONGEST_GOAL) for goal in record.goals[:_MOST_GOALS]),
        checklist=_checklist(record.login, talk),
        agenda=agenda,
    )


def _bring_parts_up_to_date(
    key: Key, talk: Talk, issue: Issue, situation: Situation
) -> Iterator[EditIssue]:
    """Yield the parts of who has come into a team since its open check-in was filed."""
    there, names = parts_in(issue.body), situation.renamed_in(talk.mentorship)
    renamed = tuple((former, login) for former, login in names.items() if former in there)
    known = {*there, *(login for _, login in renamed)}
    parts = _parts(talk, CheckInTalk(last=Safe("")), situation)
    new = tuple((login, text) for login, text in parts if login not in known)
    # A program's own template may do without parts.
    if issue.is_open and there and (new or renamed):
        yield EditIssue(
            key=key,
            number=issue.number,
            parts=new,
            renamed=renamed,
            why=f"{', '.join([*(login for login, _ in new), *dict(renamed).values()])} joined",
            rank=Rank.TRACKER,
        )


def _elsewhere(
    mentorship: Mentorship, current: Slot, situation: Situation
) -> tuple[MeetingElsewhere, ...]:
    """Return a team's meeting on its people's other clocks; a pair's mentor has a place in it."""
    if not mentorship.team or mentorship.meeting is None or current.meets is None:
        return ()
    return meeting_elsewhere(mentorship, mentorship.meeting, current.meets, situation.program)


def _events(mentorship: Mentorship, week: Week, situation: Situation) -> tuple[LocalEvent, ...]:
    """Return what the mentee's term does together until the next check-in, in order.

    Days and times are on the mentee's clock.
    """
    term = situation.program.term(mentorship.term)
    until = week.monday + mentorship.every_weeks * ONE_WEEK
    found = []
    for event in term.events if term else ():
        there = event_day(event, mentorship.start)
        if week.monday <= there < until:
            moment = instant(there, event.time, event.zone)
            local = moment.astimezone(zone(mentorship.zone))
            shown = LocalEvent(event=event, day=local.date(), there=there, at=local.time())
            found.append((moment, shown))
    return tuple(event for _, event in sorted(found, key=lambda pair: pair[0]))


def _upcoming(mentorship: Mentorship, current: Slot, situation: Situation) -> str:
    """Return what is special about the next check-in, for people to plan with."""
    if current.week.sunday >= last_day(mentorship, situation.program):
        return "this is the last week that you agreed on"
    coming = (one for one in slots(mentorship, situation.program) if one.week > current.week)
    following, weeks = next(coming, None), mentorship.every_weeks
    if following is None:
        return "this is the last check-in" if weeks > 1 else ""
    when = "next week" if weeks == 1 else f"in {weeks} weeks"
    return f"no check-in {when} ({following.skipped})" if following.skipped else ""


def _assignees(mentorship: Mentorship, situation: Situation) -> tuple[str, ...]:
    """Return whom to assign: those on the tracker whom the forge would assign anywhere.

    Who could be assigned to the tracker only after a comment there can't be to another issue.
    """
    existing = situation.snapshot.trackers.get(mentorship.id)
    if existing is None:
        sure = (one for one in mentorship.mentees if one in situation.snapshot.assignable)
        return (*mentorship.seat_mentors, *sure)
    assigned = {login.lower() for login in existing.assignees}
    people = (*mentorship.seat_mentors, *assignable_of(mentorship, existing))
    if mentorship.lead not in kept_in(existing, "mentor").split(","):
        # Who has just stepped in is assigned to the tracker in this run.
        assigned.add(mentorship.lead)
    return tuple(login for login in people if login in assigned)


CHECK_INS = Policy(
    name="check-ins", plan=plan_check_ins, wants=wants_for_check_ins, labels=(CHECK_IN,)
)
