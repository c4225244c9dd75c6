"""The part of a tracker that is ours: a summary between fences, always as in the file."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from mentorship_action.domain.bot_state import section
from mentorship_action.domain.calendar import (
    ONE_WEEK,
    Week,
    instant,
    is_over,
    last_day,
    local_day,
    zone,
)
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.program import Meeting, Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import SUMMARY, Issue
from mentorship_action.planning.checkpoint import standing_of
from mentorship_action.planning.handover import asked_of, handover_of, is_under_way, kept_in
from mentorship_action.planning.situation import Situation, alone_since
from mentorship_action.planning.skips import skipped_weeks
from mentorship_action.wording.markdown import escape
from mentorship_action.wording.render import Wording
from mentorship_action.wording.views import (
    ClockChange,
    LocalMeeting,
    MeetingElsewhere,
    TeamMember,
    TeamSummary,
    TrackerSummary,
)

ABANDONED = "without-mentor"
"""How a mentorship ended that all its mentors have left."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrackerState:
    """What a tracker keeps beside what the file says.

    ``assignable`` are the mentees whom the forge would assign on any issue; ``mentee_assigned``
    says whether a pair's mentee is assigned to the tracker; ``accounts`` are the numbers of the
    mentees' accounts, 0 where it isn't known; ``back`` is the day on which a mentorship that had
    ended went on, if it did. ``acting_for`` is the lead for whom a backup has stepped in,
    ``asked`` are the backups with a question of ours on the tracker; ``skipped`` the last weeks
    whose meeting somebody skipped.
    ``asked`` are the backups with a question of ours on the tracker. ``checkpoints`` are those that
    were asked about, ``waits`` the sides that have said nothing about the newest one.
    ``is_over`` says that the last day has passed; ``alone`` is the day since when nobody leads, or
    None.
    """

    assignable: tuple[str, ...]
    mentee_assigned: bool
    accounts: tuple[int, ...]
    back: date | None = None
    acting_for: str = ""
    asked: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    checkpoints: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    is_over: bool = False
    alone: date | None = None


def first_state(mentorship: Mentorship, situation: Situation) -> TrackerState:
    """Return what a tracker keeps when it is opened."""
    sure = tuple(one for one in mentorship.mentees if one in situation.snapshot.assignable)
    return TrackerState(
        assignable=sure,
        mentee_assigned=bool(sure),
        accounts=tuple(situation.accounts.get(one, 0) for one in mentorship.mentees),
    )


def state_of(mentorship: Mentorship, tracker: Issue, situation: Situation) -> TrackerState:
    """Return what an existing tracker keeps."""
    values = tracker.summary.values if tracker.summary else {}
    assigned = {login.lower() for login in tracker.assignees}
    handover = handover_of(mentorship, situation)
    standing = standing_of(mentorship, situation)
    first = first_state(mentorship, situation)
    sure = assignable_of(mentorship, tracker)
    new = (one for one in first.assignable if mentorship.team and one not in tracker.members)
    known = tracker.members if mentorship.team else {mentorship.mentees[0]: tracker.account}
    return TrackerState(
        assignable=(*sure, *new),
        mentee_assigned=assigned.issuperset(mentorship.mentees),
        accounts=tuple(
            known.get(login) or account
            for login, account in zip(mentorship.mentees, first.accounts, strict=True)
        ),
        back=_day(values.get("back", "")),
        acting_for=mentorship.lead if handover.acting else "",
        asked=asked_of(mentorship, situation),
        skipped=skipped_weeks(mentorship, situation),
        checkpoints=standing.asked,
        waits=standing.waits,
        is_over=is_over(mentorship, situation.program, situation.now),
        alone=_alone_since(mentorship, tracker, situation),
    )


def _alone_since(mentorship: Mentorship, tracker: Issue, situation: Situation) -> date | None:
    """Return since when a mentorship has had no mentor, and no backup who steps in or may."""
    if situation.present(mentorship) or is_under_way(mentorship, situation):
        return None
    return alone_since(tracker) or local_day(situation.now, mentorship.zone)


def assignable_of(mentorship: Mentorship, tracker: Issue) -> tuple[str, ...]:
    """Return the mentees of whom a tracker keeps that the forge would assign them anywhere."""
    kept = kept_in(tracker, "assign").split(",")
    everybody = "both" in kept and not mentorship.team
    return tuple(one for one in mentorship.mentees if everybody or one in kept)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def write_summary(mentorship: Mentorship, situation: Situation, state: TrackerState) -> str:
    """Return a tracker's summary with its fences."""
    week = Week.of(local_day(situation.now, mentorship.zone))
    return _write(mentorship, situation.program, situation.wording, state, week.monday)


# Most runs find every summary as it was, so writing them is most of what a rehearsal does.
@lru_cache(maxsize=16384)
def _write(
    mentorship: Mentorship, program: Program, wording: Wording, state: TrackerState, monday: date
) -> str:
    """Return the summary of the week that begins on a Monday; it depends on no other moment."""
    make = _team_view if mentorship.team else _pair_view
    text = wording.render(make(mentorship, program, state, Week(monday))).strip()
    return section(SUMMARY, text, _kept_values(mentorship, state))


def _kept_values(mentorship: Mentorship, state: TrackerState) -> dict[str, object]:
    ended = "over" if state.is_over else ""
    if mentorship.is_abandoned:
        ended = ABANDONED
    elif not mentorship.status.holds_seat:
        ended = mentorship.status.value
    values: dict[str, object] = {
        "mentor": ",".join(mentorship.seat_mentors),
        "assign": "both" if state.assignable else "mentor",
        "account": state.accounts[0],
        "ended": ended,
        "back": state.back or "",
        "alone": state.alone or "",
        "acting": mentorship.lead if state.acting_for else "",
        "asked": ",".join(state.asked),
        "skipped": ",".join(state.skipped),
        "checkpoints": ",".join(state.checkpoints),
        "waits": ",".join(state.waits),
    }
    if mentorship.team:
        named = zip(mentorship.mentees, state.accounts, strict=True)
        values["assign"] = ",".join(state.assignable)
        values["account"] = ""
        values["members"] = ",".join(f"{login}:{account}" for login, account in named)
    return values


def _pair_view(
    mentorship: Mentorship, program: Program, state: TrackerState, week: Week
) -> TrackerSummary:
    (record,) = mentorship.records
    end, there = last_day(mentorship, program), mentor_zone(mentorship, program)
    meeting = None
    if mentorship.meeting:
        meeting = _weekly_meeting(mentorship, mentorship.meeting, week, program)
    return TrackerSummary(
        program=program,
        mentee=record.login,
        mentor=mentorship.lead,
        others=mentorship.mentors[1:],
        acting_for=state.acting_for,
        name=record.name,
        status=mentorship.status,
        abandoned=mentorship.is_abandoned,
        over=state.is_over,
        back=state.back,
        mentee_assigned=state.mentee_assigned,
        start=mentorship.start,
        last=end,
        weeks=mentorship.weeks,
        days_off=_days_off(mentorship, end),
        hours=record.hours_per_week,
        meeting=meeting,
        clock_change=_next_clock_change(mentorship, meeting, there, end) if meeting else None,
        zone=mentorship.zone,
        mentor_zone=there,
        focus=record.focus,
        chat=record.chat,
        goals=record.goals,
        links=record.links,
        away=mentorship.away,
    )


def _team_view(
    mentorship: Mentorship, program: Program, state: TrackerState, week: Week
) -> TeamSummary:
    end = last_day(mentorship, program)
    return TeamSummary(
        program=program,
        name=mentorship.name,
        size=program.teams_by_id[mentorship.team].size,
        mentees=tuple(
            _member(one, _SPACE // len(mentorship.records)) for one in mentorship.records
        ),
        mentor=mentorship.lead,
        others=mentorship.mentors[1:],
        acting_for=state.acting_for,
        status=mentorship.status,
        abandoned=mentorship.is_abandoned,
        over=state.is_over,
        back=state.back,
        start=mentorship.start,
        last=end,
        weeks=mentorship.weeks,
        days_off=_days_off(mentorship, end),
        meeting=mentorship.meeting,
        zone=mentorship.zone,
        elsewhere=_weekly_elsewhere(mentorship, week, program),
    )


_SPACE = 30_000
"""So many characters all that a team's mentees write may take, of the 65,536 of a body."""


def _member(record: Record, space: int) -> TeamMember:
    """Return what a team's summary says of a mentee, in so many characters at most."""
    kept: dict[str, list[str]] = {"goals": [], "focus": [], "links": []}
    for name, texts in (("goals", record.goals), ("focus", record.focus), ("links", record.links)):
        for text in texts:
            # A link is printed twice.
            space -= len(escape(text)) * (2 if name == "links" else 1) + 8
            if space > 0:
                kept[name].append(text)
    return TeamMember(
        login=record.login,
        name=record.name,
        hours=record.hours_per_week,
        zone=record.zone,
        is_paused=record.status is Status.PAUSED,
        goals=tuple(kept["goals"]),
        more=len(record.goals) - len(kept["goals"]),
        focus=tuple(kept["focus"]),
        chat=record.chat,
        links=tuple(kept["links"]),
        away=record.away[:3],
    )


def _days_off(mentorship: Mentorship, end: date) -> int:
    return (end - mentorship.start).days + 1 - 7 * mentorship.weeks


def _weekly_elsewhere(
    mentorship: Mentorship, week: Week, program: Program
) -> tuple[MeetingElsewhere, ...]:
    """Return a team's meeting of a week, or of the nearest one, on its people's other clocks."""
    if mentorship.meeting is None:
        return ()
    meeting, end = mentorship.meeting, last_day(mentorship, program)
    day = _weekly_meeting(mentorship, meeting, week, program).day
    found = []
    for one in meeting_elsewhere(mentorship, meeting, day, program):
        now = local_meeting(mentorship, meeting, day, one.zone)
        found.append(replace(one, change=_next_clock_change(mentorship, now, one.zone, end)))
    return tuple(found)


def meeting_elsewhere(
    mentorship: Mentorship, meeting: Meeting, day: date, program: Program
) -> tuple[MeetingElsewhere, ...]:
    """Return a team's meeting of a day as it falls for those of its people on other clocks."""
    people = [(one.login, one.zone) for one in mentorship.records]
    for login in mentorship.seat_mentors:
        mentor = program.mentor(login)
        people += [(login, mentor.zone)] if mentor else []
    zones: dict[str, list[str]] = {}
    for login, there in people:
        zones.setdefault(there, []).append(login)
    found = []
    for there in sorted(zones):
        local = local_meeting(mentorship, meeting, day, there)
        if (local.mentor_day, local.mentor_at) != (local.day, local.at):
            found.append(
                MeetingElsewhere(
                    zone=there,
                    logins=tuple(zones[there]),
                    day=local.mentor_day,
                    at=local.mentor_at,
                )
            )
    return tuple(found)


def mentor_zone(mentorship: Mentorship, program: Program) -> str:
    """Return the zone of the lead, or the program's for one who has left it."""
    mentor = program.mentor(mentorship.lead)
    return mentor.zone if mentor else program.zone


def local_meeting(mentorship: Mentorship, meeting: Meeting, day: date, there: str) -> LocalMeeting:
    """Return a meeting of the mentee's day ``day`` as it falls in both zones."""
    moment = instant(day, meeting.time, mentorship.zone).astimezone(zone(there))
    return LocalMeeting(
        day=day,
        at=meeting.time,
        minutes=meeting.minutes,
        mentor_day=moment.date(),
        mentor_at=moment.time(),
    )


def _weekly_meeting(
    mentorship: Mentorship, meeting: Meeting, week: Week, program: Program
) -> LocalMeeting:
    """Return the meeting of a week, or of the first or last when those are nearer.

    People are shown its weekdays and times alone, so a tracker is rewritten only when the
    clocks have changed.
    """
    first, last = Week.of(mentorship.start), Week.of(last_day(mentorship, program))
    day = min(max(week, first), last).monday + timedelta(days=meeting.day.offset)
    return local_meeting(mentorship, meeting, day, mentor_zone(mentorship, program))


def _next_clock_change(
    mentorship: Mentorship, now: LocalMeeting, there: str, last: date
) -> ClockChange | None:
    """Return the first later meeting at another time for the mentor, if there is one."""
    day = now.day + ONE_WEEK
    while day <= last:
        moment = instant(day, now.at, mentorship.zone).astimezone(zone(there))
        if moment.time() != now.mentor_at:
            return ClockChange(since=day, day=moment.date(), at=moment.time())
        day += ONE_WEEK
    return None
