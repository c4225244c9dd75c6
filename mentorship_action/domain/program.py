"""The program: what `.github/mentorship.yml` says, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from typing import Final, Literal


class Weekday(StrEnum):
    """A day of the week, as records spell it."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def offset(self) -> int:
        """Days after Monday, 0 to 6."""
        return _WEEKDAY_OFFSETS[self]


_WEEKDAY_OFFSETS: Mapping[Weekday, int] = {day: index for index, day in enumerate(Weekday)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Hours on some days of the week, in the owner's zone.

    ``opens`` and ``closes`` are minutes after midnight, ``0 <= opens < closes <= 1440``.
    """

    days: tuple[Weekday, ...]
    opens: int
    closes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date
    name: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


MOST_SEATS: Final = 200
"""No mentor takes more mentees at a time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mentor:
    """One mentor; ``login`` is lower case, ``handle`` is spelled as in the file.

    ``zone`` is an IANA name, or the program's when the file gives none.
    ``capacity`` 0 says that the mentor takes no mentees at present.
    """

    login: str
    handle: str
    name: str = ""
    capacity: int
    zone: str
    focus: tuple[str, ...] = ()
    hours: tuple[Window, ...] = ()
    away: tuple[Span, ...] = ()


class MentorRole(StrEnum):
    """What a mentor is to a mentorship: one leads, others help, a backup steps in."""

    LEAD = "lead"
    CO = "co"
    BACKUP = "backup"

    @property
    def takes_seat(self) -> bool:
        """Whether a mentor of this role gives one of their seats."""
        return self is not MentorRole.BACKUP


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedMentor:
    """A mentor as a file names them; ``login`` is lower case, ``handle`` as in the file."""

    login: str
    handle: str
    role: MentorRole = MentorRole.LEAD


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A regular meeting, on the clock of the mentee's zone, or of the team's."""

    day: Weekday
    time: time
    minutes: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """Several mentees with the same mentors, of whom the lead comes first.

    ``term`` is the id of its term, empty outside of terms; ``size`` how many mentees it takes.
    ``zone``, an IANA name, is that of the meeting, or the program's where none is agreed.
    """

    id: str
    name: str
    term: str = ""
    size: int
    mentors: tuple[NamedMentor, ...]
    meeting: Meeting | None = None
    zone: str

    @property
    def seat_mentors(self) -> tuple[str, ...]:
        """The logins of those who give a seat: the lead first, then the co-mentors."""
        return tuple(one.login for one in self.mentors if one.role.takes_seat)


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A named https address."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Minimum:
    """The least commitment that the program asks of a mentee."""

    hours_per_week: int = 1
    weeks: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckIns:
    """When check-ins are filed: each ``every_weeks`` weeks, at ``file_at`` in the mentee's zone."""

    every_weeks: int = 1
    file_at: time = time(9, 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """A moment at which both sides say how it goes: the end of a week, counted from 1."""

    name: str
    week: int | Literal["middle", "last"]


FINAL: Final = Checkpoint(name="Final", week="last")


@dataclass(frozen=True, kw_only=True, slots=True)
class TermEvent:
    """Something that all of a term do together, ``week`` weeks into it, counted from 1.

    ``time`` is on the clock of ``zone``, an IANA name; ``url`` says where, if anything does.
    """

    name: str
    week: int
    day: Weekday
    time: time
    zone: str
    minutes: int
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A cohort: who applies within the days of ``applications`` begins on ``start``.

    ``checkpoints`` are the program's where the term has none of its own.
    """

    id: str
    name: str
    applications: Span
    start: date
    weeks: int
    checkpoints: tuple[Checkpoint, ...] = (FINAL,)
    events: tuple[TermEvent, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """How fast and how much one run may write."""

    seconds_between_writes: float = 1.0
    writes_per_run: int = 60
    requests_per_run: int = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Labels:
    """The names of our labels; ``base`` marks everything that is ours.

    Those that a program doesn't name are made from the base.
    """

    base: str = "mentorship"
    tracker: str = ""
    check_in: str = ""
    application: str = ""
    checkpoint: str = ""
    dashboard: str = ""

    def of(self, name: str) -> str:
        """Return the label of a kind or stage, or the base for no name."""
        if not name:
            return self.base
        given = str(getattr(self, name.replace("-", "_"), ""))
        # GitHub takes 50 characters.
        return given or f"{self.base[: 49 - len(name)]}:{name}"


class CommandWay(StrEnum):
    """How what people write in comments reaches a mentee file."""

    LINK = "link"
    PULL_REQUEST = "pull-request"
    COMMIT = "commit"


@dataclass(frozen=True, kw_only=True)
class Program:
    """A whole program. Logins are lower case; addresses are https.

    ``links`` are the places where the community meets beyond its chat;
    ``meeting_minutes`` is the length that the program suggests for the weekly meeting;
    ``answer_days`` is how long a mentor has to answer before the next application is asked about;
    ``handover_after_days`` is the longest absence of a lead for which no backup steps in;
    ``quiet_after`` is after how many check-ins without a sign of life somebody is told;
    ``private_contact`` is where private matters go; ``commands`` how a command reaches a file;
    ``identities`` are the logins that this program wrote as before.
    """

    name: str
    zone: str = "Etc/UTC"
    code_of_conduct: str = ""
    chat: str = ""
    discussion: str = ""
    channel: str = ""
    links: tuple[Link, ...] = ()
    minimum: Minimum = field(default_factory=Minimum)
    weeks: int = 12
    meeting_minutes: int = 30
    answer_days: int = 7
    handover_after_days: int = 21
    quiet_after: int = 2
    private_contact: str = ""
    commands: CommandWay = CommandWay.LINK
    coordinators: tuple[str, ...] = ()
    mentors: tuple[Mentor, ...] = ()
    check_ins: CheckIns = field(default_factory=CheckIns)
    breaks: tuple[Span, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = (FINAL,)
    terms: tuple[Term, ...] = ()
    teams: tuple[Team, ...] = ()
    limits: Limits = field(default_factory=Limits)
    identities: tuple[str, ...] = ()
    labels: Labels = field(default_factory=Labels)

    def __hash__(self) -> int:
        # Caches ask often, a program has hundreds of mentors, and hardly two programs meet.
        return hash((self.name, self.weeks, self.breaks))

    @cached_property
    def mentors_by_login(self) -> Mapping[str, Mentor]:
        """The mentors by lower-case login."""
        return {mentor.login: mentor for mentor in self.mentors}

    def mentor(self, login: str) -> Mentor | None:
        """Return the mentor of that login, without regard to case, or None."""
        return self.mentors_by_login.get(login.lower())

    @cached_property
    def terms_by_id(self) -> Mapping[str, Term]:
        """The terms by their ids."""
        return {term.id: term for term in self.terms}

    def term(self, name: str) -> Term | None:
        """Return the term of that id, or None."""
        return self.terms_by_id.get(name)

    @cached_property
    def teams_by_id(self) -> Mapping[str, Team]:
        """The teams by their ids."""
        return {team.id: team for team in self.teams}

    def team(self, name: str) -> Team | None:
        """Return the team of that id, or None."""
        return self.teams_by_id.get(name)
