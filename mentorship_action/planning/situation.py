"""All that a policy may look at: the files, the forge as observed, the moment, the messages."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from mentorship_action.domain import capacity
from mentorship_action.domain.calendar import last_day, local_day
from mentorship_action.domain.capacity import Seats, TeamSeats
from mentorship_action.domain.edits import Changes, EditedFile
from mentorship_action.domain.identity import Key, Kind, mentorship_id, term_of
from mentorship_action.domain.mentorship import Mentorship, mentorships
from mentorship_action.domain.program import Program
from mentorship_action.domain.pulls import Pull
from mentorship_action.domain.record import Claim, Record, Status
from mentorship_action.domain.snapshot import Issue, Snapshot
from mentorship_action.wording.render import Wording

PATIENCE = timedelta(weeks=4)
"""So long a mentorship goes on without a mentor before it ends."""

_LAST_ZONE = "Etc/GMT+12"
"""Where each day ends last."""

_SATURDAY = 5


def _not_edited(file: str, changes: Changes) -> EditedFile | None:
    del file, changes
    return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Editor:
    """What changes mentee files and the program, or helps people to.

    ``edited`` returns a file, by its path, with changes made to it; None where it can't be told.
    ``program_file`` is the program's path. A file's path after ``url`` is the page on which it is
    edited; "" when that isn't known.
    """

    edited: Callable[[str, Changes], EditedFile | None] = _not_edited
    program_file: str = ".github/mentorship.yml"
    url: str = ""

    @property
    def new_url(self) -> str:
        """The address of the page that makes a new file, or ""."""
        server, edit, branch = self.url.rstrip("/").partition("/edit/")
        return f"{server}/new/{branch}" if edit else ""

    def page_of(self, file: str) -> str:
        """Return the address on which a file is edited, or ""."""
        return f"{self.url}{file}" if self.url else ""


@dataclass(frozen=True, kw_only=True)
class Situation:
    """One moment of a program.

    ``records`` are the valid ones of the default branch, and those whose only error is that their
    mentor isn't in the program (see ``alone``); ``claims`` has what every mentee file
    there says of its people, valid or not, by path; ``arrivals`` their order of arrival there,
    where history is at hand; ``now`` is the moment (with a zone) that all is planned for.
    ``config_digest`` stands for the program's configuration and templates.
    ``editor`` helps people to write into a mentee file what a command changes. ``last_changes``
    tells when a person last changed each mentee file, by path, ``mentors_changed`` when the lines
    of each mentor in the program last changed, by login; they are asked where that matters.
    """

    program: Program
    records: tuple[Record, ...]
    snapshot: Snapshot
    wording: Wording
    now: datetime
    claims: Mapping[str, Claim] = field(default_factory=dict)
    arrivals: Mapping[str, int] = field(default_factory=dict)
    config_digest: str = ""
    editor: Editor = field(default_factory=Editor)
    last_changes: Callable[[], Mapping[str, datetime]] = dict
    mentors_changed: Callable[[], Mapping[str, date]] = dict
    known: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What several policies ask about a mentorship, worked out once; others begin with none."""

    @cached_property
    def by_file(self) -> Mapping[str, Record]:
        """The valid records by their path below the repository's root."""
        return {record.file: record for record in self.records}

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """The valid records by their ids."""
        return {record.id: record for record in self.records}

    @cached_property
    def mentorships(self) -> tuple[Mentorship, ...]:
        """The mentorships that the valid records make; of a team, those who have a place in it.

        A team that nobody has a place in any more is as its last mentees left it.
        """
        there = self._in_teams
        taking_part = (one for one in self.records if not one.team or one.id in there)
        return tuple(
            replace(one, is_abandoned=True) if self._is_abandoned(one) else one
            for one in mentorships(taking_part, self.program)
        )

    def _is_abandoned(self, mentorship: Mentorship) -> bool:
        if self.present(mentorship):
            return False
        since = alone_since(self.snapshot.trackers.get(mentorship.id))
        return since is not None and local_day(self.now, mentorship.zone) >= since + PATIENCE

    def has_begun(self, team: str) -> bool:
        """Whether somebody is in a team, and its mentors have a seat for it."""
        its = self.program.team(team)
        if its is None or not self.teams[team].seated:
            return False
        return mentorship_id("", its.term, its.id) not in self.waiting

    @cached_property
    def by_team(self) -> Mapping[str, list[Record]]:
        """The valid records of each team, by its id."""
        found: dict[str, list[Record]] = {}
        for record in self.records:
            if record.team:
                found.setdefault(record.team, []).append(record)
        return found

    @cached_property
    def _in_teams(self) -> frozenset[str]:
        """The ids of the mentee files that a team is made of; nobody is dropped midway."""
        found: list[str] = []
        for team, records in self.by_team.items():
            seats, everybody = self.teams[team], [one.id for one in records]
            midway = (one for one in seats.waiting if one in self._members)
            last = (one for one in everybody if one in self._members)
            found += [*seats.seated, *midway] or [*last] or everybody
        return frozenset(found)

    @cached_property
    def by_mentorship(self) -> Mapping[str, Mentorship]:
        """The mentorships by their ids."""
        return {one.id: one for one in self.mentorships}

    @cached_property
    def teams(self) -> Mapping[str, TeamSeats]:
        """Every team's places today; who is in its tracker keeps the place."""
        return capacity.allot_teams(
            self.program,
            self.records,
            on=local_day(self.now, self.program.zone),
            members=self._members,
            arrivals=self.arrivals,
        )

    @cached_property
    def _members(self) -> Mapping[str, int]:
        """The place in its team's tracker of each mentee file that has one, also once renamed."""
        found = {}
        for record in self.records:
            tracker = self.snapshot.trackers.get(record.mentorship) if record.team else None
            for place, (login, account) in enumerate(tracker.members.items() if tracker else ()):
                is_account = account and account == self.accounts.get(record.login)
                if login == record.login or is_account:
                    found[record.id] = place
        return found

    def renamed_in(self, team: Mentorship) -> Mapping[str, str]:
        """Return the logins of a team's mentees whose accounts were renamed, by the former ones."""
        tracker = self.snapshot.trackers.get(team.id)
        members = tracker.members if tracker else {}
        gone = {
            account: login
            for login, account in members.items()
            if account and login not in team.mentees
        }
        new = {one: self.accounts.get(one, 0) for one in team.mentees if one not in members}
        return {gone[account]: login for login, account in new.items() if account in gone}

    @cached_property
    def by_person(self) -> Mapping[str, list[Record]]:
        """The valid records that somebody has a part in, as mentee or as mentor."""
        found: dict[str, list[Record]] = {}
        for record in self.records:
            for login in {record.login, *(one.login for one in record.mentors)}:
                found.setdefault(login, []).append(record)
        return found

    @cached_property
    def seats(self) -> Mapping[str, Seats]:
        """Every mentor's seats today; who has a tracker keeps the seat."""
        trackers = {
            key.mentorship: issues[0].number
            for key, issues in self.snapshot.by_key.items()
            if key.kind == Kind.TRACKER
        } | {mentorship: tracker.number for mentorship, tracker in self.renamed.items()}
        return capacity.allot(
            self.program,
            [
                one
                for one in self.records
                if one.mentorship in trackers or one.mentorship not in self.alone
                if local_day(self.now, one.zone) <= last_day(one, self.program)
            ],
            # Who is left has a day to go where they are, and so has the last place on earth.
            on=local_day(self.now, _LAST_ZONE),
            trackers=trackers,
            arrivals=self.arrivals,
        )

    @cached_property
    def last_spoken(self) -> Mapping[str, datetime]:
        """When somebody wrote or edited a comment last, by login, wherever in the repository.

        Who ticks a box in a comment of their own edits it, and an old check-in is as good a place
        as any other.
        """
        found: dict[str, datetime] = {}
        for said in self.snapshot.recent_comments.values():
            for one in said:
                login = one.author.login.lower()
                if one.author.is_person:
                    found[login] = max(one.updated, found.get(login, one.updated))
        return found

    @cached_property
    def accounts(self) -> Mapping[str, int]:
        """The numbers of accounts, by login: who was asked about, joined, or changed their file."""
        return {**self.snapshot.accounts} | {
            closed.mentee: closed.author.id
            for closed in self.snapshot.closed_applications
            if closed.merged and closed.author.login.lower() == closed.mentee
        }

    @cached_property
    def left_behind(self) -> Mapping[str, Issue]:
        """The trackers, by mentorship, for which there is no file any more, valid or not."""
        if not self.claims and not self.records:
            # Nobody has a file: a program that begins, or files that could not be read.
            return {}
        invalid = {claim.id for claim in self.claims.values()} - self.by_id.keys()
        named = {record.mentorship for record in self.records} | invalid
        return {
            mentorship: issue
            for mentorship, issue in self.snapshot.trackers.items()
            if mentorship not in named
            and invalid.isdisjoint(
                mentorship_id(login, term_of(mentorship)) for login in issue.members
            )
        }

    @cached_property
    def renamed(self) -> Mapping[str, Issue]:
        """The open trackers under a former login of the account, by the mentorship's id now."""
        by_account = {
            (term_of(mentorship), one.account): one
            for mentorship, one in self.left_behind.items()
            if one.is_open
        }
        found = {
            record.id: by_account.get((record.term, self.accounts.get(record.login, 0)))
            for record in self.records
            if by_account and not record.team and record.id not in self.snapshot.trackers
        }
        return {mentorship: issue for mentorship, issue in found.items() if issue and issue.account}

    @cached_property
    def waiting(self) -> frozenset[str]:
        """The ids of mentorships that have no seat, and of mentee files without a place."""
        in_teams = {one for team in self.teams.values() for one in team.waiting}
        return capacity.waiting(self.seats) | self.alone | (in_teams - self._members.keys())

    @cached_property
    def alone(self) -> frozenset[str]:
        """The mentorships of which a mentor is not, or no longer, in the program: they get no seat.

        A mentorship that has begun goes on all the same.
        """
        return frozenset(
            one.id for one in self.mentorships if one.status.holds_seat and self.gone(one)
        )

    def graduates(self, mentorship: Mentorship) -> tuple[Record, ...]:
        """Return the files of those who have completed a mentorship; others may go on in a team."""
        theirs = self.by_team.get(mentorship.team, ()) if mentorship.team else mentorship.records
        return tuple(one for one in theirs if one.status is Status.COMPLETED)

    def present(self, mentorship: Mentorship) -> tuple[str, ...]:
        """Return the lead and co-mentors of a mentorship who are in the program."""
        known = self.program.mentors_by_login
        return tuple(login for login in mentorship.seat_mentors if login in known)

    def gone(self, mentorship: Mentorship) -> tuple[str, ...]:
        """Return the mentors of a mentorship who are not, or no longer, in the program."""
        known = self.program.mentors_by_login
        return tuple(one.login for one in mentorship.mentors if one.login not in known)

    @cached_property
    def check_ins(self) -> Mapping[str, tuple[tuple[Key, Issue], ...]]:
        """The check-ins by mentorship, oldest week first; of duplicates the survivor alone.

        Those of an account that was renamed have the key that they are to get.
        """
        now = {
            issue.marked.mentorship: mentorship.rpartition("/")[2]
            for mentorship, issue in self.renamed.items()
            if issue.marked
        }
        found: dict[str, list[tuple[Key, Issue]]] = {}
        for key, issue in self.snapshot.survivors.items():
            if key.kind == Kind.CHECK_IN:
                login = now.get(key.mentorship, key.mentee)
                current = key if login == key.mentee else replace(key, mentee=login)
                found.setdefault(current.mentorship, []).append((current, issue))
        return {
            mentorship: tuple(sorted(some, key=lambda pair: pair[0].period))
            for mentorship, some in found.items()
        }

    def open_check_ins(self, mentorship: str) -> tuple[tuple[Key, Issue], ...]:
        """Return a mentorship's open check-ins, oldest week first."""
        return tuple(pair for pair in self.check_ins.get(mentorship, ()) if pair[1].is_open)

    def file_of(self, mentorship: Mentorship) -> str:
        """Return the file that names the mentors: the mentee's, or for a team the program."""
        return self.editor.program_file if mentorship.team else mentorship.records[0].file

    def is_workday(self, zone: str) -> bool:
        """Whether somebody in a zone may be written to now: not at a weekend, nor in a break."""
        today = local_day(self.now, zone)
        return today.weekday() < _SATURDAY and not any(today in one for one in self.program.breaks)

    def helpers(self, mentorship: Mentorship) -> tuple[str, ...]:
        """Return who helps when a mentorship is stuck: the coordinators, else the lead."""
        return self.coordinators_of(mentorship) or (mentorship.lead,)

    def coordinators_of(self, mentorship: Mentorship) -> tuple[str, ...]:
        """Return the coordinators of a mentorship: nobody coordinates their own as a mentee."""
        return tuple(
            login for login in self.program.coordinators if login not in mentorship.mentees
        )


def alone_since(tracker: Issue | None) -> date | None:
    """Return since when a mentorship has had no mentor, as its tracker keeps it, or None."""
    text = tracker.summary.values.get("alone", "") if tracker and tracker.summary else ""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def base_digest(pull: Pull, situation: Situation) -> str:
    """Return a digest of what the reply to a pull request takes from the default branch.

    That is the program with the terms that take applications by now, the files there that the
    author has a part in, as mentee or as mentor, and who the author is, for accounts are renamed
    and deleted. Others matter through the seats they take, which are worked out in every run.
    """
    author = pull.author.login.lower()
    own = situation.by_person.get(author, [])
    claimed = [
        claim for claim in situation.claims.values() if author in (claim.login, *claim.mentors)
    ]
    today = local_day(situation.now, situation.program.zone)
    begun = [one.id for one in situation.program.terms if one.applications.first <= today]
    all_of_it = f"{situation.config_digest}\n{pull.author!r}\n{own!r}\n{claimed!r}\n{begun!r}"
    return hashlib.sha256(all_of_it.encode()).hexdigest()[:12]


def application_key(mentee: str, term: str = "") -> Key:
    """Return the key of an application."""
    return Key(kind=Kind.APPLICATION, mentee=mentee, term=term)
