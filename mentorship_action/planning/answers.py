"""One answer to a comment with commands, and the change of a file that goes with it."""

from dataclasses import dataclass, field, replace
from typing import Final

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.commands import COMMANDS, CommandRule, Role
from mentorship_action.domain.edits import Changes
from mentorship_action.domain.identity import Key
from mentorship_action.domain.program import CommandWay
from mentorship_action.domain.pulls import Comment
from mentorship_action.planning.changes import MADE, ChangeFile, Rank, WriteComment
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import CommandAnswer

_WAYS: Final = (CommandWay.COMMIT, CommandWay.PULL_REQUEST, CommandWay.LINK)
"""From the strongest to the weakest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DueAnswer:
    """What is to be said to a comment on an issue.

    ``view`` is the answer without a way into the file; ``changes`` are new values in its file.
    """

    key: Key
    number: int
    comment: Comment
    view: CommandAnswer
    changes: Changes = field(default_factory=dict)
    why: str


def answer_change(due: DueAnswer, situation: Situation) -> WriteComment | ChangeFile:
    """Return the answer, with a change of a file where the program makes that itself."""
    program, view = situation.program, due.view
    ways = _WAYS[_WAYS.index(program.commands) :] if due.changes else ()
    edited = situation.editor.edited(view.file, due.changes) if ways else None
    if edited is None or program.commands is CommandWay.LINK:
        body = _body(due, situation, edited.lines if edited else "", *ways)
        return WriteComment(
            key=due.key,
            number=due.number,
            body=body,
            once=True,
            why=due.why,
            rank=Rank.COMMAND,
        )
    changing = ", ".join(view.changing)
    return ChangeFile(
        key=due.key,
        number=due.number,
        file=view.file,
        before=edited.before,
        content=edited.content,
        name=f"comment-{due.comment.id}",
        title=f"{view.file}: {changing} by {view.speaker} in #{due.number}",
        since=due.comment.created,
        answers=tuple((way, _body(due, situation, edited.lines, way)) for way in ways),
        why=due.why,
        rank=Rank.COMMAND,
    )


def _body(due: DueAnswer, situation: Situation, new_lines: str, way: CommandWay | str = "") -> str:
    view = replace(
        due.view,
        way=str(way),
        refused=bool(way) and way != situation.program.commands,
        changing=tuple(dict.fromkeys(due.view.changing)),
        made=Safe(MADE),
        new_lines=new_lines,
    )
    return f"{marker(due.key)}\n{situation.wording.render(view).strip()}"


def sayable(where: str, roles: frozenset[Role]) -> tuple[CommandRule, ...]:
    """Return the commands that somebody can say on an issue of a kind."""
    return tuple(rule for rule in COMMANDS.values() if where in rule.where and rule.allows(roles))
