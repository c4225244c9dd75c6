"""Seats to confirm: once a quarter mentors are asked on the dashboard, and answered there."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mentorship_action.domain.arguments import SeatNumber, read_arguments, split_person
from mentorship_action.domain.bot_state import marker, memory_line
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.commands import (
    COMMANDS,
    MOST_COMMANDS,
    GivenCommand,
    Role,
    all_commands,
)
from mentorship_action.domain.edits import Changes, mentor_seats
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.snapshot import Issue, Wants
from mentorship_action.planning.answers import DueAnswer, answer_change, sayable
from mentorship_action.planning.changes import Change, Notice, Rank, React, WriteComment
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.requests import DASHBOARD_KEY
from mentorship_action.planning.seats import (
    due_mentors,
    may_speak_for,
    question_key,
    to_ask,
)
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.spoken import ANSWER, said_since
from mentorship_action.wording.views import CommandAnswer, CommandLine, SeatsQuestion


def wants_for_seats(situation: Situation) -> Wants:
    """Return the dashboard's comments: the new ones, and all when somebody is to be asked."""
    dashboard = situation.snapshot.survivor(DASHBOARD_KEY)
    if dashboard is None or not dashboard.is_open or not dashboard.comments:
        return Wants()
    since = said_since(situation)
    is_strange = any(not one.roles for one in _unanswered(dashboard, situation))
    is_read = is_strange or bool(due_mentors(situation))
    return Wants(
        recent_comments=since if dashboard.updated >= since else None,
        comments=frozenset({dashboard.number} if is_read else ()),
    )


def plan_seats(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the answers to what was said on the dashboard, and the question that is due."""
    dashboard = situation.snapshot.survivor(DASHBOARD_KEY)
    if dashboard is not None and dashboard.is_open and not dashboard.is_locked:
        yield from plan_each([("seats", dashboard)], _plan_one, situation)


def _plan_one(dashboard: Issue, situation: Situation) -> Iterator[Change]:
    for reply in _unanswered(dashboard, situation):
        reply.read()
        if reply.lines:
            yield from _answer(reply, dashboard)
    if due := to_ask(situation):
        yield _ask(due, dashboard, situation)


def _ask(due: tuple[str, ...], dashboard: Issue, situation: Situation) -> WriteComment:
    program = situation.program
    today = local_day(situation.now, program.zone)
    view = SeatsQuestion(
        seats=tuple(situation.seats[login].count for login in due),
        days=program.answer_days,
    )
    key = question_key(today)
    text = situation.wording.render(view).strip()
    return WriteComment(
        key=key,
        number=dashboard.number,
        body=f"{marker(key)}\n{memory_line({'mentors': ','.join(due)})}\n{text}",
        once=True,
        why="a quarter has passed since their seats were stated",
        rank=Rank.END,
    )


@dataclass(kw_only=True)
class _Reply:
    """What one comment on the dashboard leads to; ``changes`` are new values in the program."""

    comment: Comment
    roles: frozenset[Role]
    commands: tuple[GivenCommand, ...]
    situation: Situation
    lines: list[CommandLine] = field(default_factory=list)
    changes: dict[tuple[str | int, ...], object] = field(default_factory=dict)
    changing: list[str] = field(default_factory=list)
    is_help: bool = False

    @property
    def speaker(self) -> str:
        return self.comment.author.login.lower()

    @property
    def key(self) -> Key:
        """The key of the answer: one for each comment, for strangers one alone."""
        period = f"c{self.comment.id}" if self.roles else f"by-{self.speaker}"
        return Key(kind=ANSWER, period=period)

    def read(self) -> None:
        known = any(one.word in COMMANDS for one in self.commands)
        if self.comment.was_edited:
            if self.roles and known:
                self._add(self.commands[0], "edited")
            return
        for given in self.commands[:MOST_COMMANDS]:
            self._one(given)

    def _one(self, given: GivenCommand) -> None:
        rule = COMMANDS.get(given.word)
        if rule is None:
            if self.roles:
                self._add(given, "unknown", text=f"/{given.word}")
        elif Kind.DASHBOARD not in rule.where:
            self._add(given, "not-here")
        elif not rule.allows(self.roles):
            self._add(given, "not-theirs", people=rule.speakers)
        elif given.word == "help":
            self.is_help = True
            self._add(given, "help")
        else:
            self._seats(*split_person(given))

    def _seats(self, given: GivenCommand, named: str) -> None:
        program, whom = self.situation.program, named or self.speaker
        mentor = program.mentor(whom)
        arguments = read_arguments(given, self.comment.created.date())
        if mentor is None:
            self._add(given, "whose-seats")
        elif not may_speak_for(whom, self.speaker, program):
            self._add(given, "not-your-seats")
        elif given.word == "yes":
            self._add(given, "yes", of=mentor.capacity, text=whom)
        elif not isinstance(arguments, SeatNumber):
            self._add(given, "seats")
        elif changes := mentor_seats(arguments, mentor, program):
            self._try(given, changes)
        else:
            self._add(given, "yes", of=mentor.capacity, text=whom)

    def _try(self, given: GivenCommand, changes: Changes) -> None:
        """Keep changes if the program stays valid with them and those before."""
        editor = self.situation.editor
        edited = editor.edited(editor.program_file, {**self.changes, **changes})
        if edited is None:
            self._add(given, "unreadable")
        elif edited.problem:
            self._add(given, "invalid", text=edited.problem)
        else:
            self.changes.update(changes)
            self.changing.append(f"/{given.word}")
            self._add(given, "file")

    def _add(
        self,
        given: GivenCommand,
        reason: str,
        *,
        people: tuple[str, ...] = (),
        of: int = 0,
        text: str = "",
    ) -> None:
        self.lines.append(
            CommandLine(word=given.word, reason=reason, people=people, of=of, text=text)
        )


def _unanswered(dashboard: Issue, situation: Situation) -> Iterator[_Reply]:
    """Yield what people said to us on the dashboard that has no answer yet, the oldest first."""
    snapshot, program = situation.snapshot, situation.program
    answered = set(snapshot.comment_keys(dashboard.number))
    for comment in snapshot.recent_comments.get(dashboard.number, ()):
        commands = all_commands(comment.body) if comment.author.is_person else ()
        speaker = comment.author.login.lower()
        held = {
            Role.MENTOR: speaker in program.mentors_by_login,
            Role.COORDINATOR: speaker in program.coordinators,
        }
        reply = _Reply(
            comment=comment,
            roles=frozenset(role for role, is_held in held.items() if is_held),
            commands=commands,
            situation=situation,
        )
        if commands and not snapshot.is_own(comment) and reply.key not in answered:
            answered.add(reply.key)
            yield reply


def _answer(reply: _Reply, dashboard: Issue) -> Iterator[Change]:
    situation, file = reply.situation, reply.situation.editor.program_file
    why = f"{reply.speaker} said /{reply.commands[0].word}"
    is_followed = all(one.reason in ("yes", "help") for one in reply.lines)
    yield React(
        key=reply.key,
        number=dashboard.number,
        comment=reply.comment.id,
        content="+1" if is_followed else "eyes",
        why=why,
        rank=Rank.COMMAND,
    )
    view = CommandAnswer(
        speaker=reply.speaker,
        lines=tuple(reply.lines),
        help=sayable(Kind.DASHBOARD, reply.roles) if reply.is_help else (),
        more=len(reply.commands) > MOST_COMMANDS,
        changing=tuple(reply.changing),
        file=file,
        file_url=situation.editor.page_of(file),
        helpers=situation.program.coordinators,
    )
    due = DueAnswer(
        key=reply.key,
        number=dashboard.number,
        comment=reply.comment,
        view=view,
        changes=reply.changes,
        why=why,
    )
    yield answer_change(due, situation)


SEATS = Policy(name="seats", plan=plan_seats, wants=wants_for_seats)
