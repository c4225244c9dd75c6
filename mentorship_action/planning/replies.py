"""What the commands of one comment lead to: a line of the answer for each, and changes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from mentorship_action.domain import edits
from mentorship_action.domain.arguments import (
    Arguments,
    Boxes,
    Days,
    MeetingTime,
    Weeks,
    Wrong,
    read_arguments,
    split_person,
)
from mentorship_action.domain.boxes import Box, boxes_of
from mentorship_action.domain.calendar import Week, local_day
from mentorship_action.domain.commands import COMMANDS, MOST_COMMANDS, GivenCommand, Role
from mentorship_action.domain.edits import Changes
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.program import Span
from mentorship_action.domain.record import Record
from mentorship_action.domain.snapshot import Issue
from mentorship_action.planning.absences import absences_said_before, with_absence
from mentorship_action.planning.checkpoint import kept_waits, said_lately, standing_of
from mentorship_action.planning.handover import (
    handover_of,
    handover_problem,
    led_now,
    newest_cause,
)
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.skips import meeting_to_skip
from mentorship_action.planning.spoken import Spoken, spoken_in
from mentorship_action.wording.certificate import certificate_of
from mentorship_action.wording.set_up import new_file_url
from mentorship_action.wording.views import CommandLine


@dataclass(kw_only=True)
class Reply:
    """What one comment leads to, command by command.

    ``lines`` are those of the answer. ``changes`` are new values in the ``file``, and ``changing``
    the commands that want them; ``has_earlier`` says that they have something that was said before
    and that is not in the file yet. ``boxes`` are texts to tick in the issue, by the people whose
    list it is; ``met`` is the week of a meeting that took place. ``is_checklist`` says that the
    comment is to become its author's list, ``is_silent`` that another comment of ours answers.
    """

    spoken: Spoken
    mentorship: Mentorship
    situation: Situation
    lines: list[CommandLine] = field(default_factory=list)
    file: str = ""
    changes: dict[tuple[str | int, ...], object] = field(default_factory=dict)
    changing: list[str] = field(default_factory=list)
    boxes: dict[tuple[str, ...], list[str]] = field(default_factory=dict)
    met: str = ""
    is_checklist: bool = False
    is_help: bool = False
    is_silent: bool = False
    has_earlier: bool = False
    _absences: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    _records: dict[str, Record] = field(default_factory=dict)

    @property
    def is_followed(self) -> bool:
        """Whether all of it was done at once."""
        return not self.changing and all(one.reason in _FOLLOWED for one in self.lines)

    def read(self) -> None:
        """Read the commands; a stranger's unknown ones are no matter of ours."""
        self._records = {one.login: one for one in self.mentorship.records}
        commands = self.spoken.commands[:MOST_COMMANDS]
        if self.spoken.comment.was_edited:
            written = [one for one in commands if not one.is_implied]
            if self.spoken.roles and any(one.word in COMMANDS for one in written):
                self._add(written[0], "edited")
            commands = tuple(one for one in commands if one.is_implied)
        for given in commands:
            self._one(given)

    def _one(self, given: GivenCommand) -> None:
        rule = COMMANDS.get(given.word)
        if rule is None:
            if self.spoken.roles:
                self._add(given, "unknown", text=f"/{given.word}")
        elif self.spoken.place.kind not in rule.where:
            if self.spoken.roles:
                self._add(given, "elsewhere")
        elif given.word in ("accept", "decline"):
            # On a tracker they answer a question to a backup, and are read with it.
            return
        elif not rule.allows(self.spoken.roles):
            self._add(given, "not-theirs", people=rule.speakers)
        else:
            self._follow(given)

    def _follow(self, given: GivenCommand) -> None:
        named = ""
        if COMMANDS[given.word].for_others or given.word in ("done", "stuck"):
            given, named = split_person(given)
        arguments = read_arguments(given, self._said_on)
        if isinstance(arguments, Wrong):
            self._add(given, arguments.reason)
        elif given.word in _IN_FILES:
            self._change_file(given, arguments, named)
        else:
            self._readers[given.word](given, arguments, named)

    def _add(
        self, given: GivenCommand, reason: str, *, people: tuple[str, ...] = (), text: str = ""
    ) -> None:
        self.lines.append(CommandLine(word=given.word, reason=reason, people=people, text=text))

    @property
    def _said_on(self) -> date:
        """The day on which it was said where the speaker is, as far as that is known."""
        mentor = self.situation.program.mentor(self.spoken.speaker)
        zone = mentor.zone if mentor else self.mentorship.zone
        return local_day(self.spoken.comment.created, zone)

    # What changes a file.

    def _change_file(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        whom = self._whom(given, named)
        if isinstance(whom, CommandLine):
            self.lines.append(whom)
            return
        file, changes = self._wanted(given, arguments, whom)
        if isinstance(changes, Wrong):
            self._add(given, changes.reason)
        elif not changes:
            self._add(given, "same")
        elif self.file not in ("", file):
            self._add(given, "other-file")
        else:
            self._try(given, file, changes)

    def _try(self, given: GivenCommand, file: str, changes: Changes) -> None:
        """Keep changes if the file stays valid with them and those before."""
        edited = self.situation.editor.edited(file, {**self.changes, **changes})
        self.file = file
        if edited is None:
            self._add(given, "unreadable")
        elif edited.problem:
            self._add(given, "invalid", text=edited.problem)
        else:
            self.changes.update(changes)
            self.changing.append(f"/{given.word}")
            self._add(given, "file")

    def _whom(self, given: GivenCommand, named: str) -> str | CommandLine:
        """Return the login of whom a command is about: a mentee, or a mentor who is away."""
        speaker, mentees = self.spoken.speaker, self.mentorship.mentees
        people = mentees
        if given.word == "away":
            if Role.COORDINATOR not in self.spoken.roles and named not in ("", speaker):
                return CommandLine(word=given.word, reason="not-yours")
            people = (*mentees, *self.mentorship.seat_mentors)
        whom = named or speaker
        if whom not in people and not named and (len(mentees) == 1 or given.word == "reschedule"):
            whom = mentees[0]
        known = whom in people
        return whom if known else CommandLine(word=given.word, reason="whom", people=mentees)

    def _wanted(
        self, given: GivenCommand, arguments: Arguments, whom: str
    ) -> tuple[str, Changes | Wrong]:
        """Return the file that a command changes, and its new values there."""
        program, record = self.situation.program, self._records.get(whom)
        if isinstance(arguments, Days):
            path = () if record else edits.mentor_path(whom, program)
            file = record.file if record else self.situation.editor.program_file
            return file, path if isinstance(path, Wrong) else self._away(arguments, whom, path)
        if record is None:
            return self.situation.editor.program_file, {}
        if isinstance(arguments, MeetingTime) and record.team:
            file = self.situation.editor.program_file
            return file, edits.team_meeting(arguments, record.team, program, self._said_on)
        return record.file, self._of_record(given, arguments, record)

    def _away(self, days: Days, whom: str, path: tuple[str | int, ...]) -> Changes:
        """Return what changes for who is away, with what was said before and is in no file yet.

        The new lines are put in place of those there: without it one would undo the other.
        """
        changes: dict[tuple[str | int, ...], object] = {}
        mentor, record = self.situation.program.mentor(whom), self._records.get(whom)
        in_file = record.away if record else mentor.away if mentor else ()
        known = self._absences.get(whom, in_file)
        if whom not in self._absences and edits.more_away(days, known):
            for one in absences_said_before(self.spoken, whom, self.mentorship, self.situation):
                changes |= edits.more_away(one, known, path)
                known = with_absence(known, one)
            self.has_earlier = self.has_earlier or bool(changes)
        changes |= edits.more_away(days, known, path)
        self._absences[whom] = with_absence(known, days)
        return changes

    def _of_record(
        self, given: GivenCommand, arguments: Arguments, record: Record
    ) -> Changes | Wrong:
        """Return what changes in a mentee file; the next command of the comment builds on it."""
        match arguments:
            case MeetingTime():
                return edits.other_meeting(arguments, record, self._said_on)
            case Weeks() if given.word == "extend":
                longer = record.weeks + arguments.count
                self._records[record.login] = replace(record, weeks=longer)
                return edits.longer(arguments, record)
            case Weeks():
                return edits.other_cadence(arguments, record)
            case _:
                return edits.status_changes(given.word, record)

    # What doesn't.

    @property
    def _readers(self) -> Mapping[str, Callable[[GivenCommand, Arguments, str], None]]:
        return {
            "help": self._help,
            "met": self._met,
            "skip": self._skip,
            "stuck": self._stuck,
            "done": self._done,
            "checklist": self._checklist,
            "handover": self._handover,
            "continue": self._checkpoint,
            "advice": self._checkpoint,
            "certificate": self._certificate,
        }

    def _help(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        del arguments, named
        self.is_help = True
        self._add(given, "help")

    def _met(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        del arguments, named
        place, check_ins = self.spoken.place, self.situation.check_ins.get(self.mentorship.id, ())
        key = place.key if place.kind is Kind.CHECK_IN else check_ins[-1][0] if check_ins else None
        self.met = key.period if key else ""
        self._add(given, "met" if key else "no-check-in")

    def _skip(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        del arguments, named
        week = meeting_to_skip(self.spoken.place, self.mentorship, self.situation)
        monday = Week.parse(week).monday if week else None
        reason = "skip" if week else "no-meeting"
        self.lines.append(CommandLine(word=given.word, reason=reason, day=monday))

    def _stuck(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        del arguments
        mentee = named or self._mentee()
        led = led_now(self.mentorship, self.situation)
        helpers = self.situation.present(led) or self.situation.coordinators_of(led)
        self._add(given, "stuck", people=helpers, text=mentee)

    def _done(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        people = self._list_people(named or self.spoken.speaker)
        boxes = boxes_of(self.spoken.place.issue.body, people)
        numbers = arguments.numbers if isinstance(arguments, Boxes) else ()
        there = tuple(one for one in numbers if 1 <= one <= len(boxes))
        if there:
            self.boxes.setdefault(people, []).extend(boxes[one - 1].text for one in there)
        missing = tuple(one for one in numbers if one not in there)
        line = CommandLine(
            word=given.word, reason="done", numbers=there, missing=missing, of=len(boxes)
        )
        self.lines.append(line)

    def _checklist(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        del arguments, named
        if self.spoken.comment.body.strip().lower() != "/checklist":
            self._add(given, "not-alone")
        elif not self.own_list():
            self._add(given, "no-list")
        else:
            self.is_checklist = True

    def _handover(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        del arguments, named
        found = handover_problem(self.spoken, given, self.mentorship, self.situation)
        if not found.problem and found.comment.id > newest_cause(self.mentorship, self.situation):
            # The question to the backup says all.
            self.is_silent = True
            return
        known = self.situation.program.mentors_by_login
        backups = tuple(one for one in self.mentorship.backups if one in known)
        self._add(given, f"handover-{found.problem or 'later'}", people=backups, text=found.backup)

    def _checkpoint(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        """Answer what is said at a checkpoint; our comment about it shows the outcome."""
        del arguments, named
        tracker = self.situation.snapshot.trackers.get(self.mentorship.id)
        mine = self.spoken.comment.id
        said = tuple(said_lately(self.mentorship, self.situation))
        if given.word == "advice":
            standing = standing_of(self.mentorship, self.situation)
            before = any(one.word == "advice" and one.comment < mine for one in said)
            before = before or any(one.word == "advice" for one in standing.shown)
            helpers = self.situation.helpers(self.mentorship)
            others = tuple(one for one in helpers if one != self.spoken.speaker)
            self._add(given, "advice", people=() if before else others)
        elif tracker and kept_waits(tracker) and any(one.comment == mine for one in said):
            self._add(given, "noted")
        else:
            self._add(given, "no-checkpoint")

    def _certificate(self, given: GivenCommand, arguments: Arguments, named: str) -> None:
        """Offer graduates their certificate as a new file, which needs no permission of ours."""
        del arguments
        graduates = {one.login: one for one in self.situation.graduates(self.mentorship)}
        record = graduates.get(named or self.spoken.speaker)
        if record is None and not named and len(self.mentorship.mentees) == 1:
            record = graduates.get(self.mentorship.mentees[0])
        if record is None:
            self._add(given, "no-certificate")
            return
        certificate = certificate_of(record, self.situation.program, self._said_on)
        new, text = self.situation.editor.new_url, certificate.svg()
        url = new_file_url(new, certificate.file, text) if new else ""
        line = CommandLine(
            word=given.word, reason="certificate", text=text, file=certificate.file, url=url
        )
        self.lines.append(line)

    # Whose list.

    def own_list(self) -> tuple[Box, ...]:
        """Return the speaker's list, as the tracker has it."""
        tracker = self.situation.snapshot.trackers.get(self.mentorship.id)
        return boxes_of(tracker.body, self._list_people(self.spoken.speaker)) if tracker else ()

    def _list_people(self, login: str) -> tuple[str, ...]:
        """Return the people who share somebody's list."""
        mentors = tuple(one.login for one in self.mentorship.mentors)
        if login in self.mentorship.mentees:
            return (login,)
        return mentors if login in mentors else (self._mentee(),)

    def _mentee(self) -> str:
        speaker, mentees = self.spoken.speaker, self.mentorship.mentees
        return speaker if speaker in mentees else mentees[0]


_FOLLOWED: Final = frozenset(
    {"advice", "certificate", "noted", "met", "skip", "stuck", "help", "done", "same"}
)
_IN_FILES: Final = frozenset(
    {"away", "pause", "resume", "extend", "reschedule", "every", "finish", "withdraw"}
)


def replies_in(mentorship: Mentorship, situation: Situation) -> Iterator[Reply]:
    """Yield what the comments of a mentorship lead to that have no answer yet, the oldest first.

    The mentorship is as the files have it: who hands over may go on speaking.
    """
    acting = handover_of(mentorship, situation).acting
    for spoken in spoken_in(mentorship, acting, situation):
        reply = Reply(spoken=spoken, mentorship=mentorship, situation=situation)
        reply.read()
        if reply.lines or reply.is_checklist or reply.is_silent:
            yield reply


def due_answers(issue: Issue, mentorship: str, situation: Situation) -> tuple[Key, ...]:
    """Return the keys of the answers that come before an issue of a mentorship may be closed.

    What was said on closed issues is not looked for. ``mentorship`` is an id.
    """
    found = situation.by_mentorship.get(mentorship)
    if found is None or not situation.snapshot.recent_comments.get(issue.number):
        return ()
    due = (
        reply.spoken.key(found)
        for reply in replies_in(found, situation)
        if reply.spoken.place.issue.number == issue.number
    )
    return tuple(dict.fromkeys(due))
