"""Mentees for a program that nobody has joined yet, so that its rehearsal shows a season."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import cycle
from typing import Final

from mentorship_action.domain.calendar import ONE_WEEK
from mentorship_action.domain.mentee_files import mentee_file
from mentorship_action.domain.program import Meeting, Mentor, Program, Term, Weekday
from mentorship_action.domain.record import Chat, Record

_NAMES: Final = ("amara-demo", "bruno-demo", "chen-demo", "dita-demo", "emre-demo", "fatou-demo")
_ZONES: Final = ("America/Sao_Paulo", "Europe/Madrid", "Asia/Kolkata", "Africa/Lagos")
_GOALS: Final = (
    "Land a first change in a project I use every day",
    "Learn how maintainers review",
)
_MOST_OF_ONE: Final = 2


def invented_mentees(program: Program, today: date) -> tuple[Record, ...]:
    """Return mentees who begin soon after ``today``, some of each mentor's.

    One more than the first mentor has seats for shows the waitlist, where there is space for that.
    In a program of terms they join the next one.
    """
    wanted = list(_wanted_mentors(program))
    names = [name for name in _NAMES if program.mentor(name) is None]
    people = zip(names, wanted, cycle(_ZONES), strict=False)
    next_term = next((one for one in program.terms if one.applications.last >= today), None)
    term = next_term or next(iter(program.terms[-1:]), None)
    start = today + ONE_WEEK - timedelta(days=today.weekday())
    return tuple(
        _record(program, name, mentor, zone, start=start + ONE_WEEK, term=term)
        for name, mentor, zone in people
    )


def _wanted_mentors(program: Program) -> Iterator[Mentor]:
    """Yield whom each of the mentees asks: as many as fit, then one more than that."""
    free = [mentor for mentor in program.mentors if mentor.capacity]
    for seat in range(_MOST_OF_ONE):
        yield from (mentor for mentor in free if mentor.capacity > seat)
    if free and free[0].capacity <= _MOST_OF_ONE:
        yield free[0]


def _record(
    program: Program, login: str, mentor: Mentor, zone: str, *, start: date, term: Term | None
) -> Record:
    meeting = Meeting(day=Weekday.TUE, time=time(17), minutes=program.meeting_minutes)
    term_id = term.id if term else ""
    return Record(
        login=login,
        handle=login,
        mentor=mentor.login,
        mentor_handle=mentor.handle,
        start=term.start if term else start,
        weeks=term.weeks if term else program.weeks,
        hours_per_week=program.minimum.hours_per_week,
        zone=zone,
        goals=_GOALS,
        focus=mentor.focus[:1] or ("first-steps",),
        chat=Chat(network="github", handle=login),
        meeting=meeting if len(login) % 2 else None,
        term=term_id,
        file=mentee_file(login, term_id),
    )
