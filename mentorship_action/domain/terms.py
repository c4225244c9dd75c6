"""What keeps a mentee out of a term: its days of application, and another mentorship then."""

from datetime import date

from mentorship_action.domain.calendar import last_day
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.program import Program, Term
from mentorship_action.domain.record import Record
from mentorship_action.domain.text import quote


def window_finding(file: str, term: Term, opened: date, today: date) -> Finding | None:
    """Return why an application that was opened on a day comes too early or too late, if it does.

    One that comes too early counts once the term takes applications.
    """
    first, last = term.applications.first, term.applications.last
    if first <= today and opened <= last:
        return None
    days = f"{first.isoformat()} to {last.isoformat()}"
    if today < first:
        message = f"{quote(term.name)} takes applications from {days}; it is too early yet."
        hint = f"Leave this open: I look at it again on {first.isoformat()}."
    else:
        message = f"{quote(term.name)} took applications from {days}; this one came later."
        hint = "Thank you for your interest. Come back for the next term, or ask a coordinator."
    return Finding(code="outside-application-days", file=file, message=message, hint=hint)


def ended_finding(file: str, term: Term, last: date) -> Finding:
    """Return that somebody has waited for a seat until their term was over."""
    return Finding(
        code="already-over",
        file=file,
        message=f"{quote(term.name)} ended on {last.isoformat()}, and no seat became free before.",
        hint="Thank you for waiting. Close this, and come back for another term.",
    )


def overlap_finding(record: Record, other: Record, program: Program) -> Finding:
    """Return that somebody is a mentee in another mentorship on some of the same days."""
    days = f"{other.start.isoformat()} to {last_day(other, program).isoformat()}"
    return Finding(
        code="overlapping-mentorships",
        file=record.file,
        path="github",
        message=f"{quote(record.login)} has another mentorship in these weeks, from {days}: "
        f"{quote(other.file)}.",
        hint="One mentorship at a time. Choose one, or a term that begins later.",
    )
