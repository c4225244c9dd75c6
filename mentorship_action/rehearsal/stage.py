"""The stage: the default branch, the repository, and what people and the program do on them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mentorship_action import sync
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import Key, Kind, parse_marker
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.domain.snapshot import Issue
from mentorship_action.errors import MentorshipError
from mentorship_action.forge.memory import BOT, MemoryForge, Repository
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Edit
from mentorship_action.planning.plan import CloseIssue, OpenIssue, Outcome, Result, RewriteFacts
from mentorship_action.rehearsal.clock import Clock
from mentorship_action.wording.render import Wording

_OPEN_BOX = re.compile(r"^(\s*[-*+] \[) (?=\] )", re.MULTILINE)


class Did(StrEnum):
    """What an event is; the names are part of the JSON format."""

    PROPOSED = "proposed"
    PUSHED = "pushed"
    FAULTED = "faulted"
    PASSED = "passed"
    MERGED = "merged"
    COMMENTED = "commented"
    TICKED = "ticked"
    ASSIGNED = "assigned"
    CLOSED = "closed"
    OPENED = "opened"
    REWROTE = "rewrote"
    NOTED = "noted"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing that somebody, or the program, did.

    ``text`` says it in words after the actor's name; ``quote`` is what was said, if anything.
    ``issue`` is 0 and ``mentee`` empty where they don't apply.
    """

    at: datetime
    actor: str
    did: Did
    text: str
    quote: str = ""
    issue: int = 0
    mentee: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Push:
    """One state of a proposed file, with what ``mentorship validate`` said of it."""

    at: datetime
    text: str
    findings: tuple[Finding, ...] = ()


@dataclass(kw_only=True)
class Proposal:
    """A pull request with one record; ``before`` is the file that it changes, or empty."""

    title: str
    author: str
    mentee: str
    file: str
    before: str = ""
    pushes: list[Push] = field(default_factory=list)
    merged: datetime | None = None
    merged_by: str = ""


class Unsettled(MentorshipError):
    """The program does not come to rest: the very thing that a rehearsal is there to find."""


@dataclass(kw_only=True)
class Stage:
    """All that a rehearsal's people and program act on.

    ``history`` has every state of a record with the moment it reached the default branch;
    ``runs`` counts the runs of ``sync``, ``ticks`` the moments at which it was started.
    """

    program: Program
    wording: Wording
    clock: Clock
    repository: Repository
    history: dict[str, list[tuple[datetime, Record]]] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    journal: list[Event] = field(default_factory=list)
    pushed: bool = False
    ticks: int = 0
    runs: int = 0
    requests: int = 0

    def __post_init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._arrivals: dict[str, int] = {}
        self._bot = self.repository.view(BOT)
        self._told: frozenset[tuple[str, str]] = frozenset()
        self._trackers: set[str] = set()
        self._people: dict[str, MemoryForge] = {}
        self._pacer = Pacer(
            seconds=self.program.limits.seconds_between_writes,
            monotonic=self.clock.monotonic,
            sleep=self.clock.sleep,
            now=self.clock,
        )

    # What people do.

    def propose(self, proposal: Proposal) -> None:
        """Open a pull request; its first push follows by ``push``."""
        self.proposals.append(proposal)
        self._tell(
            proposal.author,
            Did.PROPOSED,
            f"opens a pull request: {proposal.title}",
            mentee=proposal.mentee,
        )

    def push(self, proposal: Proposal, text: str, findings: Iterable[Finding]) -> None:
        """Push a state of the proposed file; the pull request's check answers at once."""
        state = Push(at=self.clock(), text=text, findings=tuple(findings))
        again = bool(proposal.pushes)
        proposal.pushes.append(state)
        if again:
            text = f"pushes to {proposal.file}"
            self._tell(proposal.author, Did.PUSHED, text, mentee=proposal.mentee)
        if state.findings:
            count = len(state.findings)
            text = f"finds {count} thing{'' if count == 1 else 's'} to mend in {proposal.file}"
            self._tell(BOT, Did.FAULTED, text, mentee=proposal.mentee)
        elif again:
            self._tell(BOT, Did.PASSED, f"finds {proposal.file} sound", mentee=proposal.mentee)

    def merge(self, record: Record, proposal: Proposal | None, by: str) -> None:
        """Bring a record to the default branch; a run follows, as after every push there."""
        now = self.clock()
        self._records[record.login] = record
        self._arrivals.setdefault(record.login, len(self._arrivals))
        self.history.setdefault(record.login, []).append((now, record))
        self.pushed = True
        title = proposal.title if proposal else f"{record.file}"
        if proposal:
            proposal.merged, proposal.merged_by = now, by
        self._tell(by, Did.MERGED, f"merges: {title}", mentee=record.login)

    def comment(self, login: str, number: int, text: str) -> None:
        """Say something below an issue."""
        self._as(login).comment(number, text)
        self._tell(login, Did.COMMENTED, f"comments on #{number}", quote=text, number=number)

    def tick(self, login: str, number: int, boxes: int) -> None:
        """Tick the first boxes that are still open, as one does in the browser."""
        view = self._as(login)
        body = view.get_issue(number).body
        ticked, count = _OPEN_BOX.subn(r"\1x", body, count=boxes)
        if count:
            view.edit_issue(number, Edit(body=ticked))
            plural = "a box" if count == 1 else f"{count} boxes"
            self._tell(login, Did.TICKED, f"ticks {plural} in #{number}", number=number)

    def assign(self, login: str, number: int, whom: str) -> None:
        """Assign somebody who has spoken on an issue."""
        view = self._as(login)
        assignees = view.get_issue(number).assignees
        if whom not in assignees:
            view.edit_issue(number, Edit(assignees=(*assignees, whom)))
            self._tell(login, Did.ASSIGNED, f"assigns {whom} to #{number}", number=number)

    def close(self, login: str, number: int) -> None:
        """Close an issue before the program does."""
        self._as(login).edit_issue(number, Edit(close="completed"))
        self._tell(login, Did.CLOSED, f"closes #{number}", number=number)

    # What one can see.

    def record(self, login: str) -> Record | None:
        """Return somebody's record on the default branch, if there is one."""
        return self._records.get(login)

    def zone_of(self, mentor: str) -> str:
        """Return the zone that a mentor lives in, as far as the program knows."""
        found = self.program.mentor(mentor)
        return found.zone if found else self.program.zone

    def text_of(self, login: str) -> str:
        """Return the last merged text of somebody's file, or nothing."""
        merged = [p for p in self.proposals if p.mentee == login and p.merged and p.pushes]
        return merged[-1].pushes[-1].text if merged else ""

    def is_open(self, number: int) -> bool:
        """Whether an issue is open at this moment."""
        return self.repository.issues[number].is_open

    def has_tracker(self, mentee: str) -> bool:
        """Whether the program has opened a tracker for a mentee."""
        return mentee in self._trackers

    # What the program does.

    def run(self) -> list[tuple[Key, Issue]]:
        """Let ``sync`` run until nothing is left, then once more, which must plan nothing.

        Returns the issues that were opened. Raises Unsettled when it doesn't come to rest.
        """
        self.ticks += 1
        self.pushed = False
        files = sync.Files(
            program=self.program,
            records=tuple(self._records.values()),
            arrivals=self._arrivals,
            wording=self.wording,
        )
        now = self.clock()
        first = self._sync(files, now)
        opened = self._note_all(first.report.results)
        run, most = first, self._most_runs(len(first.plan.changes))
        for _ in range(most):
            if not run.report.remaining:
                break
            now = self.clock()
            run = self._sync(files, now)
            opened += self._note_all(run.report.results)
        if run.report.remaining:
            left = [
                result.change.summary
                for result in run.report.results
                if result.outcome not in (Outcome.DONE, Outcome.FOUND, Outcome.UNNEEDED)
            ]
            raise _unsettled(now, f"{most} further runs left work undone", left)
        again = self._sync(files, now)
        if again.plan.changes:
            wanted = [change.summary for change in again.plan.changes]
            raise _unsettled(now, "the same run once more still planned something", wanted)
        self._note_notices(run)
        return opened

    def _sync(self, files: sync.Files, now: datetime) -> sync.Run:
        self.runs += 1
        run = sync.run(files, self._bot, now, write=True, pacer=self._pacer)
        self.requests += run.requests
        if run.report.error is not None:
            raise run.report.error
        return run

    def _most_runs(self, changes: int) -> int:
        """Return how many further runs the budget can need for so many changes, and two more.

        A change takes two writes where the first one names somebody who can't be assigned.
        """
        return 2 + 2 * changes // max(1, self.program.limits.writes_per_run)

    def _note_all(self, results: Iterable[Result]) -> list[tuple[Key, Issue]]:
        opened = []
        for result in results:
            if result.outcome not in (Outcome.DONE, Outcome.FOUND):
                continue
            change = result.change
            match change:
                case OpenIssue():
                    number = int(result.detail.removeprefix("#").split(";")[0])
                    issue = self.repository.issues[number]
                    opened.append((change.issue, issue))
                    if change.issue.kind is Kind.TRACKER:
                        self._trackers.add(change.issue.mentee)
                    self._program(Did.OPENED, f"opens #{number} {issue.title}", change, number)
                case RewriteFacts(number=number):
                    text = f"brings the facts in #{number} up to date: {change.why}"
                    self._program(Did.REWROTE, text, change, number)
                case CloseIssue(number=number):
                    self._program(Did.CLOSED, f"closes #{number}: {change.why}", change, number)
                case _:
                    pass
        return opened

    def _program(
        self, did: Did, text: str, change: OpenIssue | RewriteFacts | CloseIssue, number: int
    ) -> None:
        at = self.repository.issues[number].updated
        self.journal.append(
            Event(at=at, actor=BOT, did=did, text=text, issue=number, mentee=change.issue.mentee)
        )

    def _note_notices(self, run: sync.Run) -> None:
        """Tell what was decided without a change, when it is new."""
        notices = frozenset((notice.key, notice.text) for notice in run.plan.notices)
        for key, text in sorted(notices - self._told):
            mentee = key.split("/")[1] if "/" in key else ""
            self._tell(BOT, Did.NOTED, text, mentee=mentee)
        self._told = notices

    def _as(self, login: str) -> MemoryForge:
        return self._people.setdefault(login, self.repository.view(login))

    def _tell(
        self,
        actor: str,
        did: Did,
        text: str,
        *,
        quote: str = "",
        number: int = 0,
        mentee: str = "",
    ) -> None:
        if number and not mentee:
            key = parse_marker(self.repository.issues[number].body)
            mentee = key.mentee if key else ""
        self.journal.append(
            Event(
                at=self.clock(),
                actor=actor,
                did=did,
                text=text,
                quote=quote,
                issue=number,
                mentee=mentee,
            )
        )


Cue = tuple[datetime, Callable[[Stage], None]]
"""A moment, and what somebody does then."""

Reaction = Callable[[Stage, Key, Issue], Iterable[Cue]]
"""What people will do about an issue that was just opened."""


def _unsettled(now: datetime, what: str, changes: list[str]) -> Unsettled:
    shown = "; ".join(changes[:5])
    more = f"; and {len(changes) - 5} more" if len(changes) > 5 else ""
    return Unsettled(
        f"At {now:%Y-%m-%d %H:%M} UTC {what}: {shown}{more}.",
        mend="This is a fault of mentorship-action, not of your files. "
        "Please report it with this message.",
    )
