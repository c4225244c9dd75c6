"""A rehearsal's repository: what people do there, and what the program answers."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property, lru_cache

from mentorship_action import loop
from mentorship_action.domain.application import Stage, parse_memory
from mentorship_action.domain.bot_state import find_memory, parse_marker
from mentorship_action.domain.calendar import last_day, local_day
from mentorship_action.domain.commands import all_commands
from mentorship_action.domain.edits import places_of_teams
from mentorship_action.domain.identity import Kind, mentorship_id, term_of
from mentorship_action.domain.mentee_files import FOLDER, login_of, mentorship_of
from mentorship_action.domain.mentorship import Mentorship, mentorships
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.domain.signs import fills_stuck
from mentorship_action.domain.validation import Validation
from mentorship_action.forge.memory import BOT, MemoryForge, PullRequest, Repository
from mentorship_action.forge.memory.git import File
from mentorship_action.forge.protocol import Edit
from mentorship_action.planning.changes import ChangeFile, Notice, Result, WriteComment
from mentorship_action.planning.handover import AWAY, QUESTION
from mentorship_action.planning.seats import SEATS_QUESTION
from mentorship_action.planning.situation import Editor
from mentorship_action.records.edit import edit
from mentorship_action.records.edited import FileEditor
from mentorship_action.records.program import USUAL_PLACE
from mentorship_action.records.validate import check_program, validate_record
from mentorship_action.rehearsal.bot import Bot
from mentorship_action.rehearsal.clock import Clock
from mentorship_action.rehearsal.journal import (
    AskedBackup,
    AskedCheckpoint,
    AskedMentors,
    CommentVersion,
    Event,
    EventKind,
    PlayedPull,
    Push,
    Seen,
)
from mentorship_action.wording.render import Wording

_OPEN_BOX = re.compile(r"^(\s*[-*+] \[) (?=\] )", re.MULTILINE)


@dataclass(kw_only=True)
class Simulation:
    """All that a rehearsal's people and program act on.

    ``history`` has every version of a mentorship's record, each with the moment it reached the
    default branch.
    ``joined`` has the moment at which each mentee of a team, by the id of their file, was first in
    the team's tracker; ``left`` are mentors who have left, and do nothing any more.
    What happened since the last run: ``pushed`` (to the default branch), ``called`` (a comment
    on a pull request) and ``changed`` (what only the schedule sees).
    """

    program: Program
    program_file: bytes = b""
    wording: Wording
    clock: Clock
    repository: Repository
    history: dict[str, list[tuple[datetime, Record]]] = field(default_factory=dict)
    pulls: dict[int, PlayedPull] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    joined: dict[str, datetime] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    pushed: bool = False
    called: bool = False
    changed: bool = False

    def __post_init__(self) -> None:
        self.program = _without_budget(self.program)
        self.bot = Bot(program=self.program, clock=self.clock, repository=self.repository)
        self.validator = _validator(self.program)
        self.repository.branches.put({f"{FOLDER}/README.md": b"How to join.\n"})
        if self.program_file:
            self.repository.branches.put({USUAL_PLACE: self.program_file})
        self._records: dict[str, Record] = {}
        self._read: dict[str, File] = {}
        self._files: loop.DefaultBranch | None = None
        self._noted: frozenset[tuple[str, str]] = frozenset()
        self._seen: list[Seen] = []
        self._mentorships: dict[str, Mentorship] = {}
        self._trackers: dict[str, int] = {}
        self._people: dict[str, MemoryForge] = {}

    # What people do. On what is closed, and where GitHub would refuse them, they do nothing.

    def propose(self, title: str, *, author: str, person: str, file: str, text: str) -> None:
        """Open a pull request that adds or changes one file."""
        former = self.repository.branches.files.get(file)
        number = self._as(author).open_pull(title, {file: text.encode()})
        self.pulls[number] = PlayedPull(
            number=number,
            title=title,
            author=author,
            person=person,
            file=file,
            before=former.content.decode() if former else "",
        )
        self._keep_push(number)
        self._tell(author, EventKind.PROPOSED, f"opened #{number}: {title}", number)

    def push(self, number: int, text: str) -> None:
        """Push another version of the file to a pull request, as its author."""
        pull = self.pulls[number]
        self._as(pull.author).push(number, {pull.file: text.encode()})
        self._keep_push(number)
        self._tell(pull.author, EventKind.PUSHED, f"pushed to #{number}: {pull.file}", number)

    def take_suggestions(self, number: int) -> None:
        """Commit what was suggested on a pull request, as its author, with one click."""
        author = self.pulls[number].author
        view = self._as(author)
        count = sum(not one.outdated for one in view.list_line_comments(number))
        view.take_suggestions(number)
        self._keep_push(number)
        what = "a suggestion" if count == 1 else f"{count} suggestions"
        self._tell(author, EventKind.PUSHED, f"committed {what} to #{number}", number)

    def approve(self, login: str, number: int) -> None:
        """Approve the newest commit of a pull request; the schedule will see it."""
        self._as(login).review(number)
        self.changed = True
        self._tell(login, EventKind.APPROVED, f"approved #{number}", number)

    def merge_green(self, number: int) -> None:
        """Merge a pull request if our status is a success: its author, else a maintainer.

        A run follows, as after every push to the default branch.
        """
        pull = self.pulls[number]
        statuses = self.repository.branches.statuses.get(self._pull_request(number).head)
        if not pull.is_open or not statuses or statuses[-1].state != "success":
            return
        maintainer = next(iter(self.program.coordinators), pull.mentor)
        login = pull.author if self.repository.may_write(pull.author) else maintainer
        self._as(login).merge(number)
        self._end(number, merged=True)
        self._tell(login, EventKind.MERGED, f"merged #{number}: {pull.title}", number)
        self._read_branch()

    def reject(self, login: str, number: int) -> None:
        """Close a pull request without merging it; that starts no run."""
        if not self.pulls[number].is_open:
            return
        self._as(login).close_pull(number)
        self._end(number, merged=False)
        self.changed = True
        self._tell(login, EventKind.CLOSED, f"closed #{number} without merging it", number)

    def commit(self, login: str, file: str, text: str, what: str) -> None:
        """Push a file straight to the default branch, as a writer may."""
        self.repository.branches.put({file: text.encode()})
        what = f"pushed to the default branch: {what}"
        self._tell(login, EventKind.PUSHED, what, mentee=login_of(file))
        self._read_branch()

    def leave(self, login: str) -> None:
        """Let a mentor leave the program, of which the files tell from now on."""
        self.left.add(login)
        self._follow(self.program)
        self._tell(login, EventKind.LEFT, "left the program")

    def _follow(self, program: Program) -> None:
        """Take a program as it is from now on, without those who have left; a run is due."""
        mentors = tuple(one for one in program.mentors if one.login not in self.left)
        self.program = _without_budget(replace(program, mentors=mentors))
        self.validator = _validator(self.program)
        self.pushed, self._files, self._mentorships = True, None, {}
        vars(self).pop("_editor", None)

    def hand_over(self, mentorship: str, login: str) -> None:
        """Make the backup who leads by now the lead of the file, as a coordinator would."""
        its = self.mentorship(mentorship)
        if its is None or its.lead == login:
            return
        place = places_of_teams(self.program).get(its.team)
        path = ("mentors",) if place is None else ("teams", place, "mentors")
        file = USUAL_PLACE if its.team else its.records[0].file
        named = [
            {"github": one.handle, "role": one.role.value} for one in its.led_by(login).mentors
        ]
        if former := self.text_of(file):
            text = edit(former.encode(), {path: named}).decode()
            coordinator = next(iter(self.program.coordinators), login)
            self.commit(coordinator, file, text, f"{login} leads {its.name}'s mentorship")

    def comment(self, login: str, number: int, text: str) -> None:
        """Comment on an issue, or on a pull request, which starts a run at once.

        On a closed tracker nobody says more than commands.
        """
        is_command = bool(all_commands(text)) or fills_stuck(text)
        may_say = self._is_open(number) or (is_command and number in self._trackers.values())
        if login not in self.left and may_say:
            self._as(login).create_comment(number, text)
            self.called |= number in self.pulls or is_command
            self._tell(login, EventKind.COMMENTED, f"commented on #{number}", number, quote=text)

    def tick(self, login: str, number: int, boxes: int) -> None:
        """Tick the first boxes that are still open, as one does in the browser."""
        body = self.repository.issues[number].body
        ticked, count = _OPEN_BOX.subn(r"\1x", body, count=boxes)
        if count and self._may_edit(login, number):
            self._as(login).edit_issue(number, Edit(body=ticked))
            what = "a box" if count == 1 else f"{count} boxes"
            self._tell(login, EventKind.TICKED, f"ticked {what} in #{number}", number)

    def assign(self, login: str, number: int, whom: str) -> None:
        """Assign somebody who has commented on an issue."""
        assignees = self.repository.issues[number].assignees
        able = self.repository.may_be_assigned(whom, number) and whom not in assignees
        if able and self._may_edit(login, number):
            self._as(login).edit_issue(number, Edit(assignees=(*assignees, whom)))
            self._tell(login, EventKind.ASSIGNED, f"assigned {whom} to #{number}", number)

    def close(self, login: str, number: int) -> None:
        """Close an issue before the program does."""
        if self._may_edit(login, number):
            self._as(login).edit_issue(number, Edit(state="closed", reason="completed"))
            self._tell(login, EventKind.CLOSED, f"closed #{number}", number)

    def _may_edit(self, login: str, number: int) -> bool:
        is_there = login not in self.left and self._is_open(number)
        return is_there and self.repository.may_write(login)

    def _is_open(self, number: int) -> bool:
        pull = self.pulls.get(number)
        return pull.is_open if pull else self.repository.issues[number].is_open

    def _keep_push(self, number: int) -> None:
        pull, head = self.pulls[number], self._pull_request(number).head
        content = self.repository.branches.commits[head][pull.file].content
        pull.pushes.append(Push(at=self.clock(), commit=head, text=content.decode()))
        self.changed = True

    def _end(self, number: int, *, merged: bool) -> None:
        pull = self.pulls[number]
        pull.merged, pull.ended = merged, self.clock()

    def _read_branch(self) -> None:
        """Read what changed on the default branch; a run is due."""
        self.pushed, self._files, self._mentorships = True, None, {}
        self._read_program()
        for path, file in self.repository.branches.files.items():
            if self._read.get(path) is file or not mentorship_of(path):
                continue
            self._read[path] = file
            record = self.validator(path, file.content).record
            if record is not None and record != self._records.get(record.id):
                self._records[record.id] = record
                self.history.setdefault(record.id, []).append((self.clock(), record))

    def _read_program(self) -> None:
        """Read the program where its file has changed, and then every mentee file again."""
        content = self.text_of(USUAL_PLACE).encode()
        if content == self.program_file:
            return
        self.program_file = content
        program, _ = check_program(USUAL_PLACE, content)
        if program is not None:
            self._follow(program)
            self._read = {}

    # What one can see.

    def record(self, mentorship: str) -> Record | None:
        """Return the record of a mentorship on the default branch, if there is one."""
        return self._records.get(mentorship)

    def mentorship(self, name: str) -> Mentorship | None:
        """Return the mentorship of an id by the files on the default branch, if there is one."""
        if not self._mentorships:
            made = mentorships(self._records.values(), self.program)
            self._mentorships = {one.id: one for one in made}
        return self._mentorships.get(name)

    def members_of(self, mentorship: Mentorship) -> list[Record]:
        """Return the files of a pair's mentee, or of those who have a place in a team."""
        return [one for one in mentorship.records if not one.team or one.id in self.joined]

    def lead_of(self, mentorship: Mentorship) -> str:
        """Return who leads a mentorship by its tracker, else by the files."""
        number = self._trackers.get(mentorship.id)
        summary = self.repository.issues[number].summary if number else None
        return summary.values["mentor"].split(",")[0] if summary else mentorship.lead

    def newest_of(self, mentorship: str, kind: str) -> int:
        """Return the number of a mentorship's newest issue of a kind, an open one if there is."""
        ours = (one for one in self.repository.issues.values() if one.author.login == BOT)
        found = [
            (one.is_open, one.number)
            for one in ours
            if one.marked and (one.marked.mentorship, one.marked.kind) == (mentorship, kind)
        ]
        return max(found)[1]

    def zone_of(self, mentor: str) -> str:
        """Return the zone that a mentor lives in, as far as the program knows."""
        found = self.program.mentor(mentor)
        return found.zone if found else self.program.zone

    def text_of(self, path: str) -> str:
        """Return the text of a file on the default branch, or nothing."""
        file = self.repository.branches.files.get(path)
        return file.content.decode() if file else ""

    def open_pull(self, person: str) -> PlayedPull | None:
        """Return somebody's newest pull request that is still open, if there is one."""
        mine = [pull for pull in self.pulls.values() if pull.person == person and pull.is_open]
        return mine[-1] if mine else None

    def _pull_request(self, number: int) -> PullRequest:
        return self.repository.branches.pulls[number]

    # What the program does.

    def run(self) -> list[Seen]:
        """Let the program run; return the issues it opened and the pull requests it answered.

        Raises Unsettled when it doesn't settle.
        """
        self.pushed = self.called = self.changed = False
        self._seen = []
        notices = self.bot.settle(self._default_branch(), self._note)
        self._note_members()
        self._note_notices(notices)
        return self._seen

    def _note_members(self) -> None:
        """Keep since when the mentees of teams are in their trackers."""
        for mentorship, number in self._trackers.items():
            for login in self.repository.issues[number].members:
                self.joined.setdefault(mentorship_id(login, term_of(mentorship)), self.clock())

    def _default_branch(self) -> loop.DefaultBranch:
        """Return what the default branch says, read again when it has changed."""
        if self._files is None:
            branches = self.repository.branches
            root = branches.root_of(branches.tip)
            self._files = loop.DefaultBranch(
                program=self.program,
                records=tuple(self._records.values()),
                arrivals={mentorship_of(path): place for path, place in branches.arrivals.items()},
                wording=self.wording,
                validator=self._check_application,
                records_tree=next(one.sha for one in root if one.name == FOLDER),
                editor=Editor(edited=self._editor.edited),
            )
        return self._files

    def _check_application(self, file: str, content: bytes) -> Validation:
        """Check a proposed mentee file: what would be over by now is an error."""
        found, today = self.validator(file, content), local_day(self.clock(), self.program.zone)
        if found.record is None or last_day(found.record, self.program) >= today:
            return found
        return validate_record(file, content, self.program, today)

    @cached_property
    def _editor(self) -> FileEditor:
        branches = self.repository.branches
        return FileEditor(read=lambda file: branches.files[file].content, program=self.program)

    def _note(self, result: Result) -> None:
        """Tell of a change, and keep the issue that it opened or the pull request it answered."""
        change = result.change
        did = _DONE.get(change.kind)
        if did is None:
            return
        opened = did is EventKind.OPENED
        number = int((result.detail if opened else change.target).removeprefix("#").split(";")[0])
        if isinstance(change, ChangeFile):
            # What was committed shows in the next run.
            self._read_branch()
            self.changed = True
        if did is EventKind.ANSWERED and number in self.pulls:
            self._seen.append(self._note_answer(number))
            return
        issue = self.repository.issues.get(number)
        text = f"{change.past}{f' (#{number})' if opened else ''}"
        self._tell(BOT, did, text, number, at=issue.updated if issue else None)
        if opened and issue:
            self._seen.append(issue)
            if change.key.kind == Kind.TRACKER:
                self._trackers[change.key.mentorship] = number
        if isinstance(change, WriteComment) and change.key.kind == Kind.CHECKPOINT:
            if not change.edit:
                self._seen.append(
                    AskedCheckpoint(
                        number=number,
                        mentorship=change.key.mentorship,
                        period=change.key.period,
                        at=self.clock(),
                    )
                )
        elif isinstance(change, WriteComment) and change.key.kind == SEATS_QUESTION:
            mentors = (find_memory(change.body) or {}).get("mentors", "").split(",")
            self._seen.append(AskedMentors(number=number, mentors=tuple(mentors), at=self.clock()))
        elif isinstance(change, WriteComment) and change.key.kind == QUESTION:
            asked = find_memory(change.body) or {}
            self._seen.append(
                AskedBackup(
                    number=number,
                    backup=asked["backup"],
                    mentorship=change.key.mentorship,
                    at=self.clock(),
                    for_good=not asked["cause"].startswith(AWAY),
                )
            )

    def _note_answer(self, number: int) -> PlayedPull:
        """Keep what our comment on a pull request says now, and tell of it."""
        pull, branches = self.pulls[number], self.repository.branches
        comment = [one for one in self.repository.comments[number] if one.author.login == BOT][-1]
        memory = parse_memory(comment.body)
        if memory is None:
            raise ValueError(f"Our comment on #{number} has lost its memory.")
        is_new = comment.created == comment.updated
        version = CommentVersion(
            at=comment.updated, body=comment.body, memory=memory, is_new=is_new
        )
        pull.versions.append(version)
        how = "commented on" if is_new else "updated its comment on"
        news = branches.statuses[self._pull_request(number).head][-1].description
        if pull.merged:
            joined = memory.stage is Stage.JOINED and memory.seat
            news = f"{pull.person} is in" if joined else "it is merged"
        did = _ANSWERS.get(memory.stage, EventKind.ANSWERED)
        self._tell(BOT, did, f"{how} #{number}: {news}", number, at=version.at)
        return pull

    def _note_notices(self, every: Iterable[Notice]) -> None:
        """Tell what was decided without a change, when it is new."""
        notices = frozenset((notice.key, notice.text) for notice in every)
        for key, text in sorted(notices - self._noted):
            about = key.split("/")[1] if "/" in key else ""
            # Who waits with a pull request is told so there.
            if not about.startswith("#"):
                self._tell(BOT, EventKind.NOTED, text, mentee=about)
        self._noted = notices

    def _as(self, login: str) -> MemoryForge:
        return self._people.setdefault(login, self.repository.view(login))

    def _tell(
        self,
        actor: str,
        did: EventKind,
        text: str,
        number: int = 0,
        *,
        quote: str = "",
        mentee: str = "",
        at: datetime | None = None,
    ) -> None:
        if number in self.pulls:
            mentee = self.pulls[number].person
        elif number:
            key = parse_marker(self.repository.issues[number].body)
            mentee = (key.mentee or key.mentorship) if key else ""
        self.events.append(
            Event(
                at=at or self.clock(),
                actor=actor,
                did=did,
                text=text,
                quote=quote,
                issue=number,
                mentee=mentee,
            )
        )


Cue = tuple[datetime, Callable[[Simulation], None]]
"""A moment, and what somebody does then."""

_DONE = {
    "open-issue": EventKind.OPENED,
    "edit-issue": EventKind.UPDATED,
    "close-issue": EventKind.CLOSED,
    "review": EventKind.SUGGESTED,
    "comment": EventKind.ANSWERED,
    "change-file": EventKind.ANSWERED,
    "fill-comment": EventKind.UPDATED,
    "tick": EventKind.TICKED,
}
_ANSWERS = {Stage.NEEDS_FIXES: EventKind.NEEDS_FIXES, Stage.READY: EventKind.READY}


def _without_budget(program: Program) -> Program:
    """Return a program whose runs may ask as much as they like: nobody pays for requests here."""
    return replace(program, limits=replace(program.limits, requests_per_run=sys.maxsize))


def _validator(program: Program) -> Callable[[str, bytes], Validation]:
    """Return what checks a mentee file's bytes as ``validate`` would; the same bytes only once."""

    @lru_cache(maxsize=4096)
    def validate(file: str, content: bytes) -> Validation:
        return validate_record(file, content, program)

    return validate
