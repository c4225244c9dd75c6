"""What a rehearsal remembers: who did what, and each version of a pull request."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mentorship_action.domain.application import AskedMentor, Memory, Stage
from mentorship_action.domain.snapshot import Issue


class EventKind(StrEnum):
    """What an event is; the names are part of the JSON format."""

    PROPOSED = "proposed"
    PUSHED = "pushed"
    NEEDS_FIXES = "needs-fixes"
    SUGGESTED = "suggested"
    READY = "ready"
    ANSWERED = "answered"
    APPROVED = "approved"
    MERGED = "merged"
    COMMENTED = "commented"
    TICKED = "ticked"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    OPENED = "opened"
    UPDATED = "updated"
    NOTED = "noted"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing that somebody, or the program, did.

    ``text`` says it in words after the actor's name; ``quote`` is what was said, if anything.
    ``issue`` (or pull request) is 0 and ``mentee`` empty where they don't apply.
    """

    at: datetime
    actor: str
    did: EventKind
    text: str
    quote: str = ""
    issue: int = 0
    mentee: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedBackup:
    """A question on the tracker ``number`` to a ``backup``: will they lead this mentorship?

    ``mentorship`` is its id; ``for_good`` says that the lead doesn't come back.
    """

    number: int
    backup: str
    mentorship: str
    at: datetime
    for_good: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedCheckpoint:
    """A checkpoint that was asked about on the tracker ``number`` of a mentorship, by its id."""

    number: int
    mentorship: str
    period: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedMentors:
    """Mentors who were asked on the dashboard, ``number``, whether their seats still hold."""

    number: int
    mentors: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Push:
    """One version of a proposed file, and the commit that brought it."""

    at: datetime
    commit: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentVersion:
    """One version of our comment on a pull request; ``is_new`` says that people are notified."""

    at: datetime
    body: str
    memory: Memory
    is_new: bool


@dataclass(kw_only=True)
class PlayedPull:
    """A pull request with one mentee file, and what became of it.

    ``person`` is whose part of the page it belongs to, ``before`` the file that it changes, or
    empty. ``answered`` is what each mentor has answered to.
    """

    number: int
    title: str
    author: str
    person: str
    file: str
    before: str = ""
    pushes: list[Push] = field(default_factory=list)
    versions: list[CommentVersion] = field(default_factory=list)
    answered: dict[str, tuple[AskedMentor, ...]] = field(default_factory=dict)
    merged: bool = False
    ended: datetime | None = None

    @property
    def opened(self) -> datetime:
        """When it was opened."""
        return self.pushes[0].at

    @property
    def is_open(self) -> bool:
        """Whether it is neither merged nor closed."""
        return self.ended is None

    @property
    def stage(self) -> Stage | None:
        """Its stage by our comment, or None before the first."""
        return self.versions[-1].memory.stage if self.versions else None

    @property
    def mentor(self) -> str:
        """The mentor that our comment names last."""
        return self.versions[-1].memory.mentor if self.versions else ""


Seen = Issue | PlayedPull | AskedBackup | AskedCheckpoint | AskedMentors
"""What people react to: an issue just opened, or somebody just answered or asked."""
