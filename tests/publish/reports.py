"""Reports of small programs, for tests of the site."""

from typing import Any

from mentorship_action.domain.record import Record, Status
from mentorship_action.publish.report import Observations, Place, ProgramReport, build_report
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
    known = Observations(
        **{
            name: changes.pop(name)
            for name in (
                "program_file",
                "revisions",
                "trackers",
                "check_ins",
                "skipped",
                "certificates",
            )
            if name in changes
        }
    )
    values = {"place": HOME, "now": NOW, **changes}
    return build_report(values.pop("program", PROGRAM), records, known, **values)
