"""A record: what one mentee's file says, as frozen values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mentorship_action.domain.identity import mentorship_id
from mentorship_action.domain.program import Meeting, NamedMentor, Span, Window


class Status(StrEnum):
    """Where a mentorship stands, as its record says."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"

    @property
    def holds_seat(self) -> bool:
        """Whether a record of this status may take one of its mentor's seats."""
        return self in (Status.ACTIVE, Status.PAUSED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Chat:
    """Where the mentee can be reached: a network and the name used there."""

    network: str
    handle: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One valid record.

    ``login`` and ``mentor`` are lower case; ``handle`` and ``mentor_handle`` are spelled
    as in the file. ``mentor`` leads; ``others`` are the co-mentors and backups. Who has joined a
    team, whose id is ``team``, has the team's mentors, and no meeting but the team's. ``weeks`` and
    ``every_weeks``, the weeks from one check-in to the next, have the program's values where the
    file gives none; in a term, whose id is ``term``, start and weeks are the term's. Pages
    and calendars leave out who isn't ``public``. ``file`` is the path below the repository's root.
    """

    login: str
    handle: str
    mentor: str
    mentor_handle: str
    others: tuple[NamedMentor, ...] = ()
    status: Status = Status.ACTIVE
    start: date
    weeks: int
    hours_per_week: int
    zone: str
    goals: tuple[str, ...]
    focus: tuple[str, ...]
    chat: Chat
    name: str = ""
    meeting: Meeting | None = None
    availability: tuple[Window, ...] = ()
    away: tuple[Span, ...] = ()
    links: tuple[str, ...] = ()
    public: bool = True
    every_weeks: int = 1
    term: str = ""
    team: str = ""
    file: str

    @property
    def id(self) -> str:
        """What tells it from all others: the login, in a term ``term/login``."""
        return mentorship_id(self.login, self.term)

    @property
    def mentorship(self) -> str:
        """The id of the mentorship that it belongs to: its own, or its team's."""
        return mentorship_id(self.login, self.term, self.team)

    @property
    def mentors(self) -> tuple[NamedMentor, ...]:
        """Everybody named, the lead first."""
        return (NamedMentor(login=self.mentor, handle=self.mentor_handle), *self.others)

    @property
    def seat_mentors(self) -> tuple[str, ...]:
        """The logins of those who give a seat: the lead first, then the co-mentors."""
        return (self.mentor, *(one.login for one in self.others if one.role.takes_seat))

    @property
    def backups(self) -> tuple[str, ...]:
        """The logins of those who step in when the lead can't go on."""
        return tuple(one.login for one in self.others if not one.role.takes_seat)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """What a mentee file on the default branch says of its people, valid or not.

    ``login`` and ``mentors`` are lower case, and empty where the file doesn't say. Backups are none
    of the mentors. ``term`` is the id of the term in whose folder the file lies.
    """

    login: str
    term: str = ""
    mentors: tuple[str, ...] = ()
    status: str = "active"

    @property
    def id(self) -> str:
        """What tells the file from all others: the login, in a term ``term/login``."""
        return mentorship_id(self.login, self.term)
