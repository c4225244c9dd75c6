"""Commands in comments: one table of what can be said, where, and by whom; and their parser."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mentorship_action.domain.identity import Kind
from mentorship_action.domain.own_text import own_lines


class Role(StrEnum):
    """What somebody is in a mentorship, as far as commands ask."""

    MENTEE = "mentee"
    LEAD = "lead"
    CO = "co"
    BACKUP = "backup"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, kw_only=True, slots=True)
class CommandRule:
    """One line of the table: ``arguments`` as people write them, and who may say it where."""

    word: str
    arguments: str = ""
    who: frozenset[Role]
    where: frozenset[str]


_MENTORS = frozenset({Role.LEAD, Role.CO, Role.BACKUP})
_ASKED = frozenset({Kind.APPLICATION, Kind.TRACKER})

COMMANDS: Mapping[str, CommandRule] = {
    rule.word: rule
    for rule in (
        CommandRule(word="accept", who=_MENTORS, where=_ASKED),
        CommandRule(word="decline", who=_MENTORS, where=_ASKED),
        CommandRule(
            word="handover",
            arguments="@backup",
            who=frozenset({Role.LEAD, Role.COORDINATOR}),
            where=frozenset({Kind.TRACKER, Kind.CHECK_IN}),
        ),
    )
}


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenCommand:
    """A command as it was given: its word in lower case, and the rest of its line."""

    word: str
    arguments: str = ""


_COMMAND = re.compile(r"/([A-Za-z]+)(?![\w/-])")


def find_commands(body: str, where: str) -> tuple[GivenCommand, ...]:
    """Return the commands in a comment on something of a kind, in the order of its lines.

    A command stands at the very start of its line. It is none in a quote, of which GitHub shows
    the lines right below as a part; in a fence, which is somebody's example; in a hidden comment;
    and in a line that names another command as well: that is our own question, quoted by an email
    program.
    """
    given = (_command_of(line, where) for line in own_lines(body))
    return tuple(command for command in given if command)


def last_command(body: str, where: str) -> str:
    """Return the word of the last command in a comment, or nothing."""
    commands = find_commands(body, where)
    return commands[-1].word if commands else ""


def _command_of(line: str, where: str) -> GivenCommand | None:
    match = _COMMAND.match(line)
    rule = COMMANDS.get(match[1].lower()) if match else None
    if match is None or rule is None or where not in rule.where:
        return None
    rest = line[match.end() :]
    others = {word for word, other in COMMANDS.items() if where in other.where} - {rule.word}
    if any(f"/{word}" in rest.lower() for word in others):
        return None
    return GivenCommand(word=rule.word, arguments=rest.strip())
