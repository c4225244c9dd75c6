"""Commands in comments: one table of what can be said, where, and by whom; and their finder."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mentorship_action.domain.identity import Kind
from mentorship_action.domain.own_text import own_lines


class Role(StrEnum):
    """What somebody is in a mentorship, or a mentor in the program, as far as commands ask."""

    MENTEE = "mentee"
    GRADUATE = "graduate"
    LEAD = "lead"
    CO = "co"
    BACKUP = "backup"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"

    @property
    def words(self) -> str:
        """Somebody of that role, in a sentence."""
        return f"{'the' if self in (Role.MENTEE, Role.LEAD) else 'a'} {_SPELLED.get(self, self)}"


_SPELLED: Mapping[Role, str] = {Role.CO: "co-mentor"}


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandRule:
    """One line of the table: ``arguments`` as people write them, and who may say it where.

    ``does`` says in a few words what happens. ``for_others`` says that whoever speaks for somebody
    else may name the mentee behind it. Without ``who``, anybody may say it.
    """

    word: str
    arguments: str = ""
    does: str
    who: frozenset[Role] = frozenset()
    where: frozenset[str]
    for_others: bool = False

    @property
    def usage(self) -> str:
        """How it is written, such as ``/extend N``."""
        return f"/{self.word} {self.arguments}".strip()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who may say it, in words."""
        return tuple(role.words for role in Role if role in self.who) or ("anybody",)

    def allows(self, roles: frozenset[Role]) -> bool:
        """Whether somebody with these roles may say it."""
        return not self.who or bool(self.who & roles)


_MENTORS = frozenset({Role.LEAD, Role.CO, Role.BACKUP})
_COORDINATOR = frozenset({Role.COORDINATOR})
_LEAD = frozenset({Role.LEAD}) | _COORDINATOR
_PAIR = frozenset({Role.MENTEE, Role.LEAD, Role.CO}) | _COORDINATOR
_MENTEE = frozenset({Role.MENTEE}) | _COORDINATOR
_ASKED = frozenset({Kind.APPLICATION, Kind.TRACKER})
_RUNNING = frozenset({Kind.TRACKER, Kind.CHECK_IN})
_DASHBOARD = frozenset({Kind.DASHBOARD})
_WHOSE_SEATS = frozenset({Role.MENTOR}) | _COORDINATOR

COMMANDS: Mapping[str, CommandRule] = {
    rule.word: rule
    for rule in (
        CommandRule(
            word="accept", does="says yes to what you were asked", who=_MENTORS, where=_ASKED
        ),
        CommandRule(
            word="decline", does="says no to what you were asked", who=_MENTORS, where=_ASKED
        ),
        CommandRule(
            word="away",
            arguments="FROM TO",
            does="notes the days on which you are away, such as `/away 2027-03-01 2027-03-14`",
            who=_PAIR,
            where=_RUNNING,
            for_others=True,
        ),
        CommandRule(
            word="pause",
            does="pauses the mentorship",
            who=_PAIR,
            where=_RUNNING,
            for_others=True,
        ),
        CommandRule(
            word="resume",
            does="goes on after a pause",
            who=_PAIR,
            where=_RUNNING,
            for_others=True,
        ),
        CommandRule(
            word="extend",
            arguments="N",
            does="adds N weeks at the end",
            who=_LEAD,
            where=_RUNNING,
            for_others=True,
        ),
        CommandRule(
            word="reschedule",
            arguments="DAY TIME [ZONE]",
            does="moves the weekly meeting, such as `/reschedule thu 18:00`; on the mentee's "
            "clock, unless you name a zone",
            who=_PAIR,
            where=_RUNNING,
            for_others=True,
        ),
        CommandRule(
            word="every",
            arguments="N",
            does="sets a check-in every N weeks, 1 to 8",
            who=_PAIR,
            where=_RUNNING,
            for_others=True,
        ),
        CommandRule(
            word="handover",
            arguments="@mentor",
            does="asks a backup to take over as the lead",
            who=_LEAD,
            where=_RUNNING,
        ),
        CommandRule(
            word="finish",
            does="ends the mentorship as completed",
            who=_PAIR,
            where=_RUNNING,
            for_others=True,
        ),
        CommandRule(
            word="withdraw",
            does="ends the mentorship early; no reasons needed",
            who=_MENTEE,
            where=_RUNNING,
            for_others=True,
        ),
        CommandRule(word="met", does="notes that you have met", who=_PAIR, where=_RUNNING),
        CommandRule(
            word="skip",
            does="skips this meeting, on the tracker the next one",
            who=_PAIR,
            where=_RUNNING,
        ),
        CommandRule(
            word="done",
            arguments="N…",
            does="ticks boxes of your list, counted from 1, such as `/done 1 3`",
            who=_PAIR | _MENTORS,
            where=_RUNNING,
        ),
        CommandRule(
            word="checklist",
            does="makes your comment, if it says nothing else, a checklist that you can tick",
            who=frozenset({Role.MENTEE}),
            where=_RUNNING,
        ),
        CommandRule(
            word="continue",
            does="says at a checkpoint that all goes on as agreed",
            who=_PAIR,
            where=_RUNNING,
        ),
        CommandRule(
            word="advice",
            does="says at a checkpoint that you need advice",
            who=_PAIR,
            where=_RUNNING,
        ),
        CommandRule(
            word="stuck", does="tells your mentor that you are stuck", who=_MENTEE, where=_RUNNING
        ),
        CommandRule(
            word="certificate",
            does="asks for a certificate, once you have completed the mentorship",
            who=_MENTEE | {Role.GRADUATE},
            where=_RUNNING,
            for_others=True,
        ),
        CommandRule(
            word="yes",
            does="says on the dashboard that your seats are as stated",
            who=_WHOSE_SEATS,
            where=_DASHBOARD,
        ),
        CommandRule(
            word="seats",
            arguments="N",
            does="says on the dashboard how many mentees you take at a time, 0 for none",
            who=_WHOSE_SEATS,
            where=_DASHBOARD,
        ),
        CommandRule(word="help", does="lists what you can say here", where=_RUNNING | _DASHBOARD),
    )
}

MOST_COMMANDS = 10
"""So many commands of one comment are followed; nobody means more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenCommand:
    """A command as it was given: its word in lower case, and the rest of its line.

    ``is_implied`` says that nobody wrote it: it follows from what else a comment says.
    """

    word: str
    arguments: str = ""
    is_implied: bool = False


_ANY = re.compile(r"^/[A-Za-z]", re.MULTILINE)
_COMMAND = re.compile(r"/([A-Za-z]+)(?![\w/-])")
_NAMED = re.compile(r"(?<![\w/.-])/([A-Za-z]+)(?![\w/-])")


def find_commands(body: str, where: str) -> tuple[GivenCommand, ...]:
    """Return the commands in a comment that can be said on something of a kind, in order.

    A command stands at the very start of its line. It is none in a quote, of which GitHub shows
    the lines right below as a part; in a fence, which is somebody's example; in a hidden comment;
    and in a line that names another command as well: that is our own question, quoted by an email
    program.
    """
    return tuple(one for one in all_commands(body) if _is_said_on(one.word, where))


def all_commands(body: str) -> tuple[GivenCommand, ...]:
    """Return the commands in a comment in order, also those that mean nothing there."""
    if not _ANY.search(body):
        return ()
    return tuple(found for line in own_lines(body) if (found := _command_of(line)))


def last_command(body: str, where: str) -> str:
    """Return the word of the last command in a comment, or nothing."""
    commands = find_commands(body, where)
    return commands[-1].word if commands else ""


def _is_said_on(word: str, where: str) -> bool:
    return word in COMMANDS and where in COMMANDS[word].where


def _command_of(line: str) -> GivenCommand | None:
    match = _COMMAND.match(line)
    if match is None:
        return None
    word, rest = match[1].lower(), line[match.end() :]
    named = {other.lower() for other in _NAMED.findall(rest)}
    if named & (COMMANDS.keys() - {word}):
        return None
    return GivenCommand(word=word, arguments=rest.strip())
