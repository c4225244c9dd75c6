"""A program with three terms, of which two overlap, for tests of cohorts."""

from datetime import date, time
from typing import Any

from mentorship_action.domain.program import Program, Term, TermEvent, Weekday
from mentorship_action.domain.record import Record
from tests.builders import mentor, program, record, span

CALL = TermEvent(
    name="Welcome call",
    week=2,
    day=Weekday.WED,
    time=time(1, 30),
    zone="Asia/Kolkata",
    minutes=60,
    url="https://example.org/call",
)
SPRING = Term(
    id="spring",
    name="Spring 2027",
    applications=span("2027-01-11", "2027-01-31"),
    start=date(2027, 2, 15),
    weeks=12,
    events=(CALL,),
)
SUMMER = Term(
    id="summer",
    name="Summer 2027",
    applications=span("2027-03-01", "2027-03-31"),
    start=date(2027, 4, 5),
    weeks=12,
)
AUTUMN = Term(
    id="autumn",
    name="Autumn 2027",
    applications=span("2027-01-11", "2027-08-31"),
    start=date(2027, 9, 6),
    weeks=12,
)


def cohorts(**changes: Any) -> Program:
    """Return a program with terms whose one mentor has one seat."""
    return program(
        **{"terms": (SPRING, SUMMER, AUTUMN), "mentors": (mentor(capacity=1),), **changes}
    )


def member(term: Term, login: str = "octocat", **changes: Any) -> Record:
    """Return the record of somebody in a term."""
    return record(
        login,
        term=term.id,
        start=term.start.isoformat(),
        weeks=term.weeks,
        file=f"mentees/{term.id}/{login}.yml",
        **changes,
    )
