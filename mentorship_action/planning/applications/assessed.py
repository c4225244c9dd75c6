"""One application as it stands now: what every step of planning a reply adds to."""

from dataclasses import dataclass

from mentorship_action.domain.application import Application, Memory, Stage
from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import is_login
from mentorship_action.domain.record import Record


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """One application as it stands now.

    ``stage`` is None while it depends on the others on the waitlist. ``reason`` says why a
    maintainer has to look. ``reopened`` says that the mentor's yes was to another agreement;
    ``early`` that the yes came before we asked; ``misplaced`` that an answer is where it doesn't
    count. ``change`` is the record as it stands on the default branch, for an application that
    changes one.
    """

    application: Application
    memory: Memory
    stage: Stage | None = None
    record: Record | None = None
    change: Record | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    reopened: bool = False
    early: bool = False
    misplaced: bool = False
    place: int = 0

    @property
    def number(self) -> int:
        """The pull request's number."""
        return self.application.pull.number

    @property
    def mentee(self) -> str:
        """The login in its key: the record's, else that of our comment, else the author's."""
        if self.record is not None:
            return self.record.login
        comment = self.application.bot_comment
        key = parse_marker(comment.body) if comment else None
        author = self.application.pull.author.login.lower()
        named = key.mentee if key else author
        return named if is_login(named) else "ghost"

    @property
    def is_queued(self) -> bool:
        """Whether it waits for its mentor or for a seat."""
        return self.stage is None
