"""All that a policy may look at: the files, the forge as observed, the moment, the words."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from mentorship_action.domain import capacity
from mentorship_action.domain.application import Application, ClosedApplication
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.capacity import Seats
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.program import Program
from mentorship_action.domain.pulls import Pull
from mentorship_action.domain.record import Record
from mentorship_action.domain.snapshot import Issue, Snapshot
from mentorship_action.wording.render import Wording


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One moment of a program.

    ``records`` are the valid ones of the default branch; ``arrivals`` their order of arrival
    there, where history is at hand; ``now`` is the moment (with a zone) that all is judged at.
    ``applications`` are the open pull requests that touch records; ``config_digest`` stands for the
    program's configuration and templates.
    """

    program: Program
    records: tuple[Record, ...]
    snapshot: Snapshot
    wording: Wording
    now: datetime
    arrivals: Mapping[str, int] = field(default_factory=dict)
    applications: tuple[Application, ...] = ()
    closed_applications: tuple[ClosedApplication, ...] = ()
    config_digest: str = ""

    @cached_property
    def by_file(self) -> Mapping[str, Record]:
        """The valid records by their path below the repository's root."""
        return {record.file: record for record in self.records}

    @cached_property
    def by_person(self) -> Mapping[str, list[Record]]:
        """The valid records that somebody has a part in, as mentee or as mentor."""
        found: dict[str, list[Record]] = {}
        for record in self.records:
            for login in {record.login, record.mentor}:
                found.setdefault(login, []).append(record)
        return found

    @cached_property
    def seats(self) -> Mapping[str, Seats]:
        """Every mentor's seats today; who has a tracker keeps the seat."""
        trackers = {
            key.mentee: issues[0].number
            for key, issues in self.snapshot.by_key.items()
            if key.kind is Kind.TRACKER
        }
        return capacity.allot(
            self.program,
            self.records,
            on=local_day(self.now, self.program.zone),
            trackers=trackers,
            arrivals=self.arrivals,
        )

    @cached_property
    def accounts(self) -> Mapping[str, int]:
        """The numbers of accounts that have just joined, or changed their record, by login."""
        return {
            closed.mentee: closed.author.id
            for closed in self.closed_applications
            if closed.merged and closed.author.login.lower() == closed.mentee
        }

    @cached_property
    def waiting(self) -> frozenset[str]:
        """The mentees who have no seat."""
        return capacity.waiting(self.seats)

    @cached_property
    def open_check_ins(self) -> Mapping[str, tuple[tuple[Key, Issue], ...]]:
        """The open check-ins by mentee, oldest week first; of duplicates the survivor alone."""
        found: dict[str, list[tuple[Key, Issue]]] = {}
        for key in self.snapshot.by_key:
            if key.kind is Kind.CHECK_IN:
                issue = self.snapshot.survivor(key)
                if issue is not None and issue.is_open:
                    found.setdefault(key.mentee, []).append((key, issue))
        return {
            mentee: tuple(sorted(some, key=lambda pair: pair[0].period))
            for mentee, some in found.items()
        }


def base_digest(pull: Pull, situation: Situation) -> str:
    """Return a digest of what the judgement of a pull request takes from the default branch.

    That is the program, and the records there that the author has a part in, as mentee or as
    mentor; and who the author is, for accounts are renamed and deleted. Others matter through the
    seats they take, which are worked out anew in every run.
    """
    author = pull.author.login.lower()
    own = situation.by_person.get(author, [])
    all_of_it = f"{situation.config_digest}\n{pull.author!r}\n{own!r}"
    return hashlib.sha256(all_of_it.encode()).hexdigest()[:12]


def application_key(mentee: str) -> Key:
    """Return the key of an application."""
    return Key(kind=Kind.APPLICATION, mentee=mentee)


def tracker_key(record: Record) -> Key:
    """Return the key of a record's tracker."""
    return Key(kind=Kind.TRACKER, mentee=record.login)


def check_in_key(record: Record, week: object) -> Key:
    """Return the key of a record's check-in of one week."""
    return Key(kind=Kind.CHECK_IN, mentee=record.login, period=str(week))
