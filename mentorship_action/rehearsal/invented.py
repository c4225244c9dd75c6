"""Mentees for a program that nobody has joined yet, so that its rehearsal shows a season."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import cycle
from typing import Final

from mentorship_action.domain.calendar import ONE_WEEK
from mentorship_action.domain.mentee_files import mentee_file
from mentorship_action.domain.program import (
    Meeting,
    Mentor,
    NamedMentor,
    Program,
    Term,
    Weekday,
)
from mentorship_action.domain.record import Chat, Record

_NAMES: Final = ("amara-demo", "bruno-demo", "chen-demo", "dita-demo", "emre-demo", "fatou-demo")
_ZONES: Final = ("America/Sao_Paulo", "Europe/Madrid", "Asia/Kolkata", "Africa/Lagos")
_GOALS: Final = (
    "Land a first change in a project I use every day",
    "Learn how maintainers review",
)
_MOST_OF_ONE: Final = 2
"""So many ask the same mentor, or join the same team."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wish:
    """Whom somebody asks: the mentors, the lead first, and the team if they are one's."""

    mentors: tuple[NamedMentor, ...]
    team: str = ""


def invented_mentees(program: Program, today: date) -> tuple[Record, ...]:
    """Return mentees who begin soon after ``today``, some in each team and some of each mentor's.

    One more than the first mentor has seats for shows the waitlist, where there is space for that.
    In a program of terms they join the next one.
    """
    next_term = next((one for one in program.terms if one.applications.last >= today), None)
    term = next_term or next(iter(program.terms[-1:]), None)
    wishes = [*_teams(program, term.id if term else ""), *_mentors(program)]
    names = [name for name in _NAMES if program.mentor(name) is None]
    people = zip(names, wishes, cycle(_ZONES), strict=False)
    start = today + 2 * ONE_WEEK - timedelta(days=today.weekday())
    return tuple(
        _record(program, name, wish, zone, start=start, term=term) for name, wish, zone in people
    )


def _teams(program: Program, term: str) -> Iterator[_Wish]:
    """Yield the wishes of those who join the teams of a term."""
    for team in program.teams:
        if team.term == term:
            wish = _Wish(mentors=team.mentors, team=team.id)
            yield from [wish] * min(team.size, _MOST_OF_ONE)


def _mentors(program: Program) -> Iterator[_Wish]:
    """Yield the wishes of those who ask one mentor: as many as fit, then one more than that."""
    free = [mentor for mentor in program.mentors if mentor.capacity]
    for seat in range(_MOST_OF_ONE):
        yield from (_alone(mentor) for mentor in free if mentor.capacity > seat)
    if free and free[0].capacity <= _MOST_OF_ONE:
        yield _alone(free[0])


def _alone(mentor: Mentor) -> _Wish:
    return _Wish(mentors=(NamedMentor(login=mentor.login, handle=mentor.handle),))


def _record(
    program: Program, login: str, wish: _Wish, zone: str, *, start: date, term: Term | None
) -> Record:
    lead, *others = wish.mentors
    mentor = program.mentor(lead.login)
    meeting = Meeting(day=Weekday.TUE, time=time(17), minutes=program.meeting_minutes)
    term_id = term.id if term else ""
    return Record(
        login=login,
        handle=login,
        mentor=lead.login,
        mentor_handle=lead.handle,
        others=tuple(others),
        team=wish.team,
        start=term.start if term else start,
        weeks=term.weeks if term else program.weeks,
        hours_per_week=program.minimum.hours_per_week,
        zone=zone,
        goals=_GOALS,
        focus=(mentor.focus[:1] if mentor else ()) or ("first-steps",),
        chat=Chat(network="github", handle=login),
        meeting=meeting if len(login) % 2 and not wish.team else None,
        every_weeks=program.check_ins.every_weeks,
        term=term_id,
        file=mentee_file(login, term_id),
    )
