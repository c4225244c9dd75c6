"""The stage: the default branch, the repository, and what people and the program do on them."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from mentorship_action import sync
from mentorship_action.domain.application import Memory, Validation, parse_memory
from mentorship_action.domain.application import Stage as ApplicationStage
from mentorship_action.domain.identity import Key, Kind, parse_marker
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.domain.snapshot import Issue
from mentorship_action.errors import MentorshipError
from mentorship_action.forge.memory import BOT, MemoryForge, PullRequest, Repository
from mentorship_action.forge.memory.git import File
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Edit
from mentorship_action.planning.plan import (
    CloseIssue,
    OpenIssue,
    Outcome,
    Result,
    RewriteSummary,
    Say,
    Suggest,
)
from mentorship_action.records.validate import validate_record
from mentorship_action.rehearsal.clock import Clock
from mentorship_action.wording.render import Wording

_FOLDER = "mentees/"
_OPEN_BOX = re.compile(r"^(\s*[-*+] \[) (?=\] )", re.MULTILINE)


class Did(StrEnum):
    """What an event is; the names are part of the JSON format."""

    PROPOSED = "proposed"
    PUSHED = "pushed"
    FAULTED = "faulted"
    SUGGESTED = "suggested"
    PASSED = "passed"
    ANSWERED = "answered"
    APPROVED = "approved"
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
    ``issue`` (or pull request) is 0 and ``mentee`` empty where they don't apply.
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
    """One state of a proposed file, and the commit that brought it."""

    at: datetime
    commit: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One version of our comment on a pull request; ``is_new`` says that people are notified."""

    at: datetime
    body: str
    memory: Memory
    is_new: bool


@dataclass(kw_only=True)
class Proposal:
    """A pull request with one record, and what became of it.

    ``person`` is whose page it belongs on, ``before`` the file that it changes, or empty;
    ``heard`` is how many of our words its mentor has answered.
    """

    number: int
    title: str
    author: str
    person: str
    file: str
    before: str = ""
    pushes: list[Push] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    heard: int = 0
    merged: bool = False
    ended: datetime | None = None
    ended_by: str = ""

    @property
    def opened(self) -> datetime:
        """When it was opened."""
        return self.pushes[0].at

    @property
    def stage(self) -> ApplicationStage | None:
        """Where it stands by our last word, or None before the first."""
        return self.words[-1].memory.stage if self.words else None

    @property
    def mentor(self) -> str:
        """The mentor whom it was last asking for, as our last word knows."""
        return self.words[-1].memory.mentor if self.words else ""


class Unsettled(MentorshipError):
    """The program does not come to rest: the very thing that a rehearsal is there to find."""


@dataclass(kw_only=True)
class Stage:
    """All that a rehearsal's people and program act on.

    ``history`` has every state of a record with the moment it reached the default branch;
    ``runs`` counts the runs of ``sync``, ``ticks`` the moments at which it was started.
    What has happened since the last run is told by ``pushed`` (to the default branch), ``called``
    (a comment on a pull request) and ``stirred`` (what only the schedule sees).
    """

    program: Program
    wording: Wording
    clock: Clock
    repository: Repository
    history: dict[str, list[tuple[datetime, Record]]] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    journal: list[Event] = field(default_factory=list)
    pushed: bool = False
    called: bool = False
    stirred: bool = False
    ticks: int = 0
    runs: int = 0
    requests: int = 0

    def __post_init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._known: dict[str, File] = {}
        self.validator = judge_of(self.program)
        self._digest = _digest(self.program, self.wording)
        self._files: sync.Files | None = None
        self.repository.branches.put({f"{_FOLDER}README.md": b"How to join.\n"})
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

    def propose(self, title: str, *, author: str, person: str, file: str, text: str) -> Proposal:
        """Open a pull request that adds or changes one file."""
        former = self.repository.branches.files.get(file)
        number = self._as(author).open_pull(title, {file: text.encode()})
        proposal = Proposal(
            number=number,
            title=title,
            author=author,
            person=person,
            file=file,
            before=former.content.decode() if former else "",
        )
        self.proposals[number] = proposal
        self._keep_push(proposal, text)
        self._tell(author, Did.PROPOSED, f"opens #{number}: {title}", number=number)
        return proposal

    def push(self, number: int, text: str) -> None:
        """Push another state of the file to a pull request, as its author."""
        proposal = self.proposals[number]
        self._as(proposal.author).push(number, {proposal.file: text.encode()})
        self._keep_push(proposal, text)
        what = f"pushes to #{number}: {proposal.file}"
        self._tell(proposal.author, Did.PUSHED, what, number=number)

    def take_suggestions(self, number: int) -> None:
        """Commit what was suggested on a pull request, as its author, with one press."""
        proposal = self.proposals[number]
        view = self._as(proposal.author)
        count = sum(not one.outdated for one in view.list_line_comments(number))
        view.take_suggestions(number)
        text = self.repository.branches.commits[self.pull(number).head][proposal.file].content
        self._keep_push(proposal, text.decode())
        what = f"commits {count} suggestion{'' if count == 1 else 's'} to #{number}"
        self._tell(proposal.author, Did.PUSHED, what, number=number)

    def _keep_push(self, proposal: Proposal, text: str) -> None:
        head = self.pull(proposal.number).head
        proposal.pushes.append(Push(at=self.clock(), commit=head, text=text))
        self.stirred = True

    def say(self, login: str, number: int, text: str) -> None:
        """Say something below a pull request, which starts a run at once."""
        self._as(login).create_comment(number, text)
        self.called = True
        self._tell(login, Did.COMMENTED, f"comments on #{number}", quote=text, number=number)

    def approve(self, login: str, number: int) -> None:
        """Approve the newest commit of a pull request; the schedule will see it."""
        self._as(login).review(number)
        self.stirred = True
        self._tell(login, Did.APPROVED, f"approves #{number}", number=number)

    def merge(self, login: str, number: int) -> None:
        """Merge a pull request; a run follows, as after every push to the default branch."""
        self._as(login).merge(number)
        self._end(login, number, merged=True)
        title = self.proposals[number].title
        self._tell(login, Did.MERGED, f"merges #{number}: {title}", number=number)
        self._read_branch()

    def reject(self, login: str, number: int) -> None:
        """Close a pull request without merging it; that starts no run."""
        self._as(login).close_pull(number)
        self._end(login, number, merged=False)
        self.stirred = True
        self._tell(login, Did.CLOSED, f"closes #{number} unmerged", number=number)

    def _end(self, login: str, number: int, *, merged: bool) -> None:
        proposal = self.proposals[number]
        proposal.merged, proposal.ended, proposal.ended_by = merged, self.clock(), login

    def commit(self, login: str, mentee: str, content: str, what: str) -> None:
        """Push somebody's file straight to the default branch, as a writer may."""
        self.repository.branches.put({f"{_FOLDER}{mentee}.yml": content.encode()})
        self._tell(login, Did.PUSHED, what, mentee=mentee)
        self._read_branch()

    def _read_branch(self) -> None:
        """Take in what changed on the default branch; a run is due."""
        self.pushed, self._files, now = True, None, self.clock()
        for path, file in self.repository.branches.files.items():
            if self._known.get(path) is file or not path.endswith(".yml"):
                continue
            self._known[path] = file
            record = self.validator(path, file.content).record
            if record is not None:
                self._records[record.login] = record
                self.history.setdefault(record.login, []).append((now, record))

    def comment(self, login: str, number: int, text: str) -> None:
        """Say something below an issue."""
        self._as(login).create_comment(number, text)
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
        self._as(login).edit_issue(number, Edit(state="closed", reason="completed"))
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
        """Return the text of somebody's file on the default branch, or nothing."""
        file = self.repository.branches.files.get(f"{_FOLDER}{login}.yml")
        return file.content.decode() if file else ""

    def pull(self, number: int) -> PullRequest:
        """Return a pull request as it is now."""
        return self.repository.branches.pulls[number]

    def open_proposal(self, person: str) -> Proposal | None:
        """Return somebody's newest pull request that is still open, if there is one."""
        mine = [p for p in self.proposals.values() if p.person == person and p.ended is None]
        return mine[-1] if mine else None

    def is_green(self, number: int) -> bool:
        """Whether our status on the newest commit of a pull request is a success."""
        said = self.repository.branches.statuses.get(self.pull(number).head, [])
        return bool(said) and said[-1].state == "success"

    def merger(self, number: int) -> str:
        """Return who merges a pull request when it is green: its author, else a maintainer."""
        author = self.proposals[number].author
        if self.repository.may_write(author):
            return author
        return next(iter(self.program.coordinators), self.proposals[number].mentor)

    def is_open(self, number: int) -> bool:
        """Whether an issue is open at this moment."""
        return self.repository.issues[number].is_open

    def has_tracker(self, mentee: str) -> bool:
        """Whether the program has opened a tracker for a mentee."""
        return mentee in self._trackers

    # What the program does.

    def run(self) -> list[tuple[Key, Issue | Proposal]]:
        """Let ``sync`` run until nothing is left, then once more, which must plan nothing.

        Returns the issues that were opened, and the pull requests that were answered. Raises
        Unsettled when it doesn't come to rest.
        """
        self.ticks += 1
        self.pushed = self.called = self.stirred = False
        files = self._default_branch()
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

    def _default_branch(self) -> sync.Files:
        """Return what the default branch says, read anew when it has moved."""
        if self._files is None:
            branches = self.repository.branches
            root = branches.root_of(branches.tip)
            self._files = sync.Files(
                program=self.program,
                records=tuple(self._records.values()),
                arrivals={
                    path.removeprefix(_FOLDER).removesuffix(".yml"): place
                    for path, place in branches.arrivals.items()
                },
                wording=self.wording,
                validator=self.validator,
                config_digest=self._digest,
                records_tree=next(one.sha for one in root if one.name == _FOLDER.rstrip("/")),
            )
        return self._files

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

    def _note_all(self, results: Iterable[Result]) -> list[tuple[Key, Issue | Proposal]]:
        opened: list[tuple[Key, Issue | Proposal]] = []
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
                case RewriteSummary(number=number):
                    text = f"brings the facts in #{number} up to date: {change.why}"
                    self._program(Did.REWROTE, text, change, number)
                case CloseIssue(number=number):
                    self._program(Did.CLOSED, f"closes #{number}: {change.why}", change, number)
                case Suggest(number=number, comments=comments):
                    lines = f"{len(comments)} corrected line{'' if len(comments) == 1 else 's'}"
                    self._tell(BOT, Did.SUGGESTED, f"suggests {lines} in #{number}", number=number)
                case Say(number=number):
                    opened.append((change.issue, self._note_word(change, number)))
                case _:
                    pass
        return opened

    def _note_word(self, change: Say, number: int) -> Proposal:
        """Keep what our comment on a pull request says now, and tell of it."""
        proposal, branches = self.proposals[number], self.repository.branches
        said = [one for one in self.repository.comments[number] if one.author.login == BOT][-1]
        memory = parse_memory(said.body)
        if memory is None:
            raise ValueError(f"Our comment on #{number} has lost its memory.")
        word = Word(at=said.updated, body=said.body, memory=memory, is_new=not change.edit)
        proposal.words.append(word)
        did = _ANSWERS.get(memory.stage, Did.ANSWERED)
        if proposal.merged:
            joins = memory.stage is ApplicationStage.JOINED and memory.seat
            text = f"{'welcomes ' + proposal.person if joins else 'says that it is merged'}"
            text = f"{text} in #{number}"
        else:
            verb = "comments on" if word.is_new else "updates its comment on"
            statuses = branches.statuses[self.pull(number).head]
            text = f"{verb} #{number}: {statuses[-1].description}"
        self.journal.append(
            Event(at=word.at, actor=BOT, did=did, text=text, issue=number, mentee=proposal.person)
        )
        return proposal

    def _program(
        self, did: Did, text: str, change: OpenIssue | RewriteSummary | CloseIssue, number: int
    ) -> None:
        at = self.repository.issues[number].updated
        self.journal.append(
            Event(at=at, actor=BOT, did=did, text=text, issue=number, mentee=change.issue.mentee)
        )

    def _note_notices(self, run: sync.Run) -> None:
        """Tell what was decided without a change, when it is new."""
        notices = frozenset((notice.key, notice.text) for notice in run.plan.notices)
        for key, text in sorted(notices - self._told):
            about = key.split("/")[1] if "/" in key else ""
            # Who waits with a pull request is told so there.
            if not about.startswith("#"):
                self._tell(BOT, Did.NOTED, text, mentee=about)
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
        if number in self.proposals:
            mentee = self.proposals[number].person
        elif number and not mentee:
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

Reaction = Callable[[Stage, Key, Issue | Proposal], Iterable[Cue]]
"""What people will do about an issue just opened, or a pull request just answered."""

_ANSWERS = {ApplicationStage.NEEDS_FIXES: Did.FAULTED, ApplicationStage.READY: Did.PASSED}


def judge_of(program: Program) -> Callable[[str, bytes], Validation]:
    """Return what checks a record's bytes as ``validate`` would; the same bytes only once."""

    @lru_cache(maxsize=4096)
    def judge(file: str, content: bytes) -> Validation:
        return validate_record(file, content, program)

    return judge


def _digest(program: Program, wording: Wording) -> str:
    words = f"{program!r}\n{sorted(wording.overrides.items())!r}"
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _unsettled(now: datetime, what: str, changes: list[str]) -> Unsettled:
    shown = "; ".join(changes[:5])
    more = f"; and {len(changes) - 5} more" if len(changes) > 5 else ""
    return Unsettled(
        f"At {now:%Y-%m-%d %H:%M} UTC {what}: {shown}{more}.",
        fix="This is a fault of mentorship-action, not of your files. "
        "Please report it with this message.",
    )
