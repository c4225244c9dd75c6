"""Commands in comments: one table of what can be said, where, and by whom; and their parser."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mentorship_action.domain.identity import Kind


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


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_COMMAND = re.compile(r"/([A-Za-z]+)(?![\w/-])")
_QUOTED = re.compile(r" {0,3}>")
_OPENING, _CLOSING = "<!--", "-->"


def find_commands(body: str, where: str) -> tuple[GivenCommand, ...]:
    """Return the commands in a comment on something of a kind, in the order of its lines.

    A command stands at the very start of its line. It is none in a quote, of which GitHub shows
    the lines right below as a part; in a fence, which is somebody's example; in a hidden comment;
    and in a line that names another command as well: that is our own question, quoted by an email
    program.
    """
    found: list[GivenCommand] = []
    fence, quoted = "", False
    for line in _without_hidden(body).split("\n"):
        mark = _fence_of(line)
        quoted = bool(_QUOTED.match(line)) or (quoted and bool(line.strip()))
        if fence:
            if mark.startswith(fence) and not line.strip().strip(mark[0]):
                fence = ""
        elif mark:
            fence = mark
        elif not quoted and (command := _command_of(line, where)):
            found.append(command)
    return tuple(found)


def last_command(body: str, where: str) -> str:
    """Return the word of the last command in a comment, or nothing."""
    commands = find_commands(body, where)
    return commands[-1].word if commands else ""


def _without_hidden(body: str) -> str:
    """Return a comment with its HTML comments emptied, in one pass whatever it holds."""
    kept: list[str] = []
    place = 0
    while (start := body.find(_OPENING, place)) >= 0:
        kept += [body[place:start], "<!---->"]
        end = body.find(_CLOSING, start + len(_OPENING))
        if end < 0:
            return "".join(kept)
        place = end + len(_CLOSING)
    return "".join([*kept, body[place:]])


def _fence_of(line: str) -> str:
    """Return the run of characters that opens or closes a fence, or nothing."""
    match = _FENCE.match(line)
    if match is None or (match[1][0] == "`" and "`" in line[match.end() :]):
        return ""
    return match[1]


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
