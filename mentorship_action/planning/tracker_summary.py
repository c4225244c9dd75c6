"""The part of a tracker that is ours: a summary between fences, always as in the file."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from mentorship_action.domain.bot_state import section
from mentorship_action.domain.calendar import (
    ONE_WEEK,
    Week,
    instant,
    last_day,
    local_day,
    zone,
)
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.program import Meeting, Program
from mentorship_action.domain.snapshot import SUMMARY, Issue
from mentorship_action.planning.handover import asked_of, handover_of
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.render import Wording
from mentorship_action.wording.views import ClockChange, LocalMeeting, TrackerSummary


@dataclass(frozen=True, kw_only=True, slots=True)
class TrackerState:
    """What a tracker keeps beside what the file says.

    ``assign_both`` says whether the forge would assign the mentee, too, on any issue;
    ``mentee_assigned`` whether it is so on the tracker; ``account`` is the number of the mentee's
    account, or 0 where it isn't known; ``back`` is the day on which a mentorship that had ended
    went on, if it did. ``acting_for`` is the lead for whom a backup has stepped in, ``asked`` are
    the backups with a question of ours on the tracker.
    """

    assign_both: bool
    mentee_assigned: bool
    account: int = 0
    back: date | None = None
    acting_for: str = ""
    asked: tuple[str, ...] = ()


def state_of(mentorship: Mentorship, tracker: Issue, situation: Situation) -> TrackerState:
    """Return what an existing tracker keeps."""
    values = tracker.summary.values if tracker.summary else {}
    assigned = {login.lower() for login in tracker.assignees}
    handover = handover_of(mentorship, situation)
    return TrackerState(
        assign_both=values.get("assign") == "both",
        mentee_assigned=assigned.issuperset(mentorship.mentees),
        account=tracker.account or account_of(mentorship, situation),
        back=_day(values.get("back", "")),
        acting_for=mentorship.lead if handover.acting else "",
        asked=asked_of(mentorship, situation),
    )


def account_of(mentorship: Mentorship, situation: Situation) -> int:
    """Return the number of a pair's mentee's account, 0 where it isn't known."""
    return 0 if mentorship.team else situation.accounts.get(mentorship.mentees[0], 0)


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
    (record,) = mentorship.records
    week, end = Week(monday), last_day(mentorship, program)
    there = mentor_zone(mentorship, program)
    meeting = (
        _weekly_meeting(mentorship, mentorship.meeting, week, program)
        if mentorship.meeting
        else None
    )
    view = TrackerSummary(
        program=program,
        mentee=record.login,
        mentor=mentorship.lead,
        others=mentorship.mentors[1:],
        acting_for=state.acting_for,
        name=record.name,
        status=mentorship.status,
        over=week > Week.of(end),
        back=state.back,
        mentee_assigned=state.mentee_assigned,
        start=mentorship.start,
        last=end,
        weeks=mentorship.weeks,
        days_off=(end - mentorship.start).days + 1 - 7 * mentorship.weeks,
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
    values = {
        "mentor": ",".join(mentorship.seat_mentors),
        "assign": "both" if state.assign_both else "mentor",
        "account": state.account,
        "ended": "" if mentorship.status.holds_seat else mentorship.status.value,
        "back": state.back or "",
        "acting": mentorship.lead if state.acting_for else "",
        "asked": ",".join(state.asked),
    }
    return section(SUMMARY, wording.render(view).strip(), values)


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
