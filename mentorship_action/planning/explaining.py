"""For one person: what is due, what is not, and why."""

from collections.abc import Iterator

from mentorship_action.domain.calendar import is_over, last_day, slots
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.record import Status
from mentorship_action.planning.applications.assess import assess_all
from mentorship_action.planning.changes import Plan
from mentorship_action.planning.handover import led_now
from mentorship_action.planning.seats import ASKED, YES, seat_standing
from mentorship_action.planning.situation import Situation

_ENDED_ALONE = "ended without a mentor"


def explain_person(login: str, situation: Situation, plan: Plan) -> list[str]:
    """Return what is to be said of a person, in lines; their login is lower case.

    That is each mentorship in which they have a part, as mentee or mentor, each application, and
    a mentor's seats.
    """
    lines: list[str] = []
    for mentorship in situation.mentorships:
        if login in (*mentorship.mentees, *(one.login for one in mentorship.mentors)):
            lines += _of_mentorship(led_now(mentorship, situation), situation, plan)
    for one in assess_all(situation):
        if login in (one.mentee, *(ask.mentor for ask in one.memory.asks)):
            waits = f", waits for {', '.join(one.memory.missing)}" if one.memory.missing else ""
            place = f", number {one.place} on the waitlist" if one.place else ""
            lines.append(f"Application #{one.number} of {one.mentee}: {one.stage}{waits}{place}.")
    lines += _seats(login, situation)
    return lines or [f"{login} has no mentee file, no mentee, and no open application."]


def _seats(login: str, situation: Situation) -> Iterator[str]:
    """Yield how many seats a mentor has, and whether they have been confirmed."""
    seats = situation.seats.get(login)
    if seats is None:
        return
    standing = seat_standing(situation)
    answer = standing.answers.get(login)
    known = "never asked" if answer is None else f"asked on {answer.on}"
    if answer is not None and answer.said != ASKED:
        known = f"{'confirmed' if answer.said == YES else f'said {answer.said}'} on {answer.on}"
    offered = ", not offered as free" if login in standing.unconfirmed else ""
    yield f"Seats of {login}: {len(seats.seated)} of {seats.capacity} taken, {known}{offered}."


def _of_mentorship(mentorship: Mentorship, situation: Situation, plan: Plan) -> Iterator[str]:
    program, tracker = situation.program, situation.snapshot.trackers.get(mentorship.id)
    mentors = ", ".join(mentorship.seat_mentors)
    where = f"tracker #{tracker.number}" if tracker else "no tracker yet"
    status = _ENDED_ALONE if mentorship.is_abandoned else mentorship.status
    yield f"Mentorship of {mentorship.name} with {mentors}: {status}, {where}."
    yield f"  Lasts from {mentorship.start} to {last_day(mentorship, program)}."
    if mentorship.id in situation.waiting and tracker is None:
        yield "  Waits for a seat, so nothing is opened."
    yield f"  {_next_check_in(mentorship, situation)}"
    for change in plan.changes:
        if change.key.mentorship == mentorship.id and change.key.kind != Kind.APPLICATION:
            yield f"  Due now: {change.summary}."
    for notice in plan.notices:
        if notice.key.partition("/")[2].startswith(mentorship.id):
            yield f"  Not due: {notice.text}."


def _next_check_in(mentorship: Mentorship, situation: Situation) -> str:
    """Return what comes next, or why nothing does."""
    if mentorship.is_abandoned:
        return f"No check-ins: it has {_ENDED_ALONE}."
    if mentorship.status is Status.PAUSED:
        return "Paused: no check-ins until the mentee file says `active`."
    if mentorship.status is not Status.ACTIVE:
        return f"No check-ins: it is {mentorship.status}."
    if is_over(mentorship, situation.program, situation.now):
        return "No check-ins: its last day has passed."
    for one in slots(mentorship, situation.program):
        if one.due > situation.now:
            due = f"{one.due:%Y-%m-%d %H:%M} UTC"
            why = f", but there is none: {one.skipped}" if one.skipped else ""
            return f"The next check-in, of {one.week}, is due {due}{why}."
    return "The last check-in has been due."
