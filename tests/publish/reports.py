"""Reports of small programs, for tests of the site."""

from typing import Any

from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.capacity import allot
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.publish.report import Place, ProgramReport, build_report
from tests.builders import mentor, moment, program, record

NOW = moment("2026-12-20 09:00")
HOME = Place(repository="octo-org/mentoring")
PROGRAM = program(
    mentors=(
        mentor(capacity=3, name="Sorin", focus=("linting", "packaging")),
        mentor("ganeshrn", capacity=2, zone="Asia/Kolkata", focus=("language-server",)),
        mentor("Full-Up", capacity=0),
    )
)
RUNNING = record("octocat", name="Mona Lisa")
LATER = record("hubot", start="2027-02-01", mentor="ganeshrn", mentor_handle="ganeshrn")
DONE = record("defunkt", start="2026-01-05", status=Status.COMPLETED)


def report_of(*records: Record, **changes: Any) -> ProgramReport:
    """Return the report of a program with these mentee files on 20 December 2026."""
    values: dict[str, Any] = {"program": PROGRAM, "place": HOME, "now": NOW, **changes}
    known: Program = values.pop("program")
    seats = allot(known, records, on=local_day(values["now"], known.zone))
    return build_report(known, records, seats, **values)
