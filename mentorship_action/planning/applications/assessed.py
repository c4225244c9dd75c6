"""One application as it stands now: what every step of planning a reply adds to."""

from dataclasses import dataclass

from mentorship_action.domain.application import Application, Memory, Stage
from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import Key, is_login
from mentorship_action.domain.mentee_files import term_folder
from mentorship_action.domain.record import Record
from mentorship_action.planning.situation import application_key


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """One application as it stands now.

    ``stage`` is None while it depends on the others on the waitlist. ``reason`` says why a
    maintainer has to look. ``reopened`` says that the mentor's yes was to another agreement;
    ``early`` that the yes came before we asked; ``misplaced`` that an answer is where it doesn't
    count. ``change`` is the record as it stands on the default branch, for an application that
    changes one. ``lacks_place`` says that it waits because its team is full.
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
    lacks_place: bool = False

    @property
    def number(self) -> int:
        """The pull request's number."""
        return self.application.pull.number

    @property
    def mentee(self) -> str:
        """The login in its key: the record's, else that of our comment, else the author's."""
        if self.record is not None:
            return self.record.login
        key = self._last_key
        author = self.application.pull.author.login.lower()
        named = key.mentee if key else author
        return named if is_login(named) else "ghost"

    @property
    def term(self) -> str:
        """The term in its key: that of the one file it changes, else that of our comment."""
        inspection = self.application.inspection
        changes = inspection.proposal.changes if inspection and inspection.proposal else ()
        if len(changes) == 1:
            return term_folder(changes[0].path)
        return self._last_key.term if self._last_key else ""

    @property
    def key(self) -> Key:
        """The key of our comment on it."""
        return application_key(self.mentee, self.term)

    @property
    def _last_key(self) -> Key | None:
        comment = self.application.bot_comment
        return parse_marker(comment.body) if comment else None

    @property
    def is_queued(self) -> bool:
        """Whether it waits for its mentor or for a seat."""
        return self.stage is None
