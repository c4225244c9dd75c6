"""A mentorship: mentees, mentors by role, and dates; what one tracker stands for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from mentorship_action.domain.identity import Key, mentorship_id
from mentorship_action.domain.program import Meeting, MentorRole, NamedMentor, Program, Span, Team
from mentorship_action.domain.record import Record, Status


@dataclass(frozen=True, kw_only=True)
class Mentorship:
    """Mentees, mentors by role, and dates: what one tracker stands for.

    ``records`` are the mentees' files, one for a pair; ``mentors`` has the lead first. ``term``
    and ``team`` are ids, empty where there is none. ``zone`` is an IANA name, the one that
    ``start`` and ``meeting`` are in: the mentee's, or the team's. ``is_abandoned`` says that all
    who gave a seat have left, and that for long nobody was found.
    """

    records: tuple[Record, ...]
    mentors: tuple[NamedMentor, ...]
    term: str = ""
    team: str = ""
    team_name: str = ""
    start: date
    weeks: int
    zone: str
    meeting: Meeting | None = None
    every_weeks: int = 1
    is_abandoned: bool = False

    def __hash__(self) -> int:
        # Caches ask often, and hardly two mentorships of one id meet.
        return hash((self.id, self.start))

    @cached_property
    def id(self) -> str:
        """What tells it from all others, such as ``octocat`` or ``2027-spring/team:blue``."""
        login = "" if self.team else self.records[0].login
        return mentorship_id(login, self.term, self.team)

    def key(self, kind: str, period: str = "") -> Key:
        """Return the key of what is about this mentorship, in a period if it has one."""
        found = self._keys.get((kind, period))
        if found is None:
            login = "" if self.team else self.records[0].login
            found = Key(kind=kind, mentee=login, team=self.team, term=self.term, period=period)
            self._keys[kind, period] = found
        return found

    @cached_property
    def _keys(self) -> dict[tuple[str, str], Key]:
        # Policies ask for the same few again and again.
        return {}

    @property
    def name(self) -> str:
        """What people call it: the mentee's login, or the team's name."""
        return self.team_name or self.records[0].login

    @property
    def lead(self) -> str:
        """The login of the mentor who leads."""
        return self.mentors[0].login

    @cached_property
    def seat_mentors(self) -> tuple[str, ...]:
        """The logins of those who give a seat: the lead first, then the co-mentors."""
        return tuple(one.login for one in self.mentors if one.role.takes_seat)

    @cached_property
    def backups(self) -> tuple[str, ...]:
        """The logins of those who step in when the lead can't go on."""
        return tuple(one.login for one in self.mentors if not one.role.takes_seat)

    def led_by(self, login: str) -> "Mentorship":
        """Return it with one of its mentors in the place of the lead, who is none any more."""
        (lead,) = (one for one in self.mentors if one.login == login)
        others = (one for one in self.mentors[1:] if one.login != login)
        return replace(self, mentors=(replace(lead, role=MentorRole.LEAD), *others))

    @cached_property
    def mentees(self) -> tuple[str, ...]:
        """The logins of the mentees."""
        return tuple(one.login for one in self.records)

    @cached_property
    def active(self) -> tuple[str, ...]:
        """The logins of the mentees who are active: whom a check-in is for."""
        return tuple(one.login for one in self.records if one.status is Status.ACTIVE)

    @property
    def people(self) -> tuple[str, ...]:
        """The logins of all who take part now: mentees, lead and co-mentors."""
        return (*self.mentees, *self.seat_mentors)

    @cached_property
    def status(self) -> Status:
        """Where it stands: a team goes on as long as one of its mentees does, and has a mentor."""
        if self.is_abandoned:
            return Status.WITHDRAWN
        theirs = {one.status for one in self.records}
        return next(status for status in Status if status in theirs)

    @property
    def away(self) -> tuple[Span, ...]:
        """The days off that count for all of it: a mentee's own, none for a team."""
        return () if self.team else self.records[0].away


def mentorships(records: Iterable[Record], program: Program) -> tuple[Mentorship, ...]:
    """Return the mentorships that mentee files make, in the order of the files."""
    together: dict[str, list[Record]] = {}
    for record in records:
        together.setdefault(record.mentorship, []).append(record)
    return tuple(_of(tuple(some), program) for some in together.values())


# Every run, and every look at GitHub within it, makes the same ones.
@lru_cache(maxsize=16384)
def pair(record: Record) -> Mentorship:
    """Return the mentorship of one mentee."""
    return Mentorship(
        records=(record,),
        mentors=record.mentors,
        term=record.term,
        start=record.start,
        weeks=record.weeks,
        zone=record.zone,
        meeting=record.meeting,
        every_weeks=record.every_weeks,
    )


def _of(records: tuple[Record, ...], program: Program) -> Mentorship:
    team = program.team(records[0].team)
    return _team(records, team, program) if team else pair(records[0])


def _team(records: tuple[Record, ...], team: Team, program: Program) -> Mentorship:
    """Return the mentorship of a team: from the first start to the last end."""
    start = min(one.start for one in records)
    days = max((one.start - start).days + 7 * one.weeks for one in records)
    return Mentorship(
        records=records,
        mentors=team.mentors,
        term=team.term,
        team=team.id,
        team_name=team.name,
        start=start,
        weeks=-(-days // 7),
        zone=team.zone,
        meeting=team.meeting,
        every_weeks=program.check_ins.every_weeks,
    )
