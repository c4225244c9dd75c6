"""Commands on trackers and check-ins: each comment is answered once, and what it says is done."""

from collections.abc import Iterator

from mentorship_action.domain.bot_state import marker, parse_marker, section
from mentorship_action.domain.commands import MOST_COMMANDS
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.snapshot import MET, Issue
from mentorship_action.planning.answers import DueAnswer, answer_change, sayable
from mentorship_action.planning.changes import (
    Change,
    EditIssue,
    FillComment,
    Notice,
    Rank,
    React,
    TickBoxes,
    WriteComment,
)
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.replies import Reply, replies_in
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.spoken import (
    ANSWER,
    CommandPlace,
    places_of,
    wants_what_was_said,
)
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import (
    ChecklistRefused,
    CommandAnswer,
    MeetingHeld,
    OwnChecklist,
    TextView,
)


def plan_commands(situation: Situation) -> Iterator[Change | Notice]:
    """Yield what people's commands lead to, and one answer for each comment."""
    if not situation.snapshot.recent_comments:
        return
    named = ((one.key(Kind.TRACKER), one) for one in situation.mentorships)
    yield from plan_each(named, _plan_one, situation)


def _plan_one(mentorship: Mentorship, situation: Situation) -> Iterator[Change]:
    for place in places_of(mentorship, situation):
        yield from _without_doubles(place, situation)
    for reply in replies_in(mentorship, situation):
        yield from _carry_out(reply)


def _without_doubles(place: CommandPlace, situation: Situation) -> Iterator[WriteComment]:
    """Yield the end of comments that two runs wrote at the same time: the first one stays."""
    first: dict[Key, Comment] = {}
    for comment in situation.snapshot.recent_comments.get(place.issue.number, ()):
        is_ours = situation.snapshot.is_ours(comment.author.login)
        key = parse_marker(comment.body) if is_ours else None
        if key is None or key.kind not in (ANSWER, Kind.CHECKPOINT):
            continue
        kept = first.setdefault(key, comment)
        if kept is not comment:
            yield WriteComment(
                key=key,
                number=place.issue.number,
                body=kept.body,
                edit=kept.id,
                replaces=(comment.id,),
                why="two runs have answered",
                rank=Rank.COMMAND,
            )


def _carry_out(reply: Reply) -> Iterator[Change]:
    """Yield what one comment leads to; its answer comes last, for it says that all was done.

    Whatever closes an issue comes after it (see ``due_answers``).
    """
    spoken, number = reply.spoken, reply.spoken.place.issue.number
    key = spoken.key(reply.mentorship)
    why = f"{spoken.speaker} said /{spoken.commands[0].word}"
    yield React(
        key=key,
        number=number,
        comment=spoken.comment.id,
        content="+1" if reply.is_followed else "eyes",
        why=why,
        rank=Rank.COMMAND,
    )
    for people, boxes in reply.boxes.items():
        yield TickBoxes(
            key=key, number=number, boxes=tuple(boxes), of=people, why=why, rank=Rank.COMMAND
        )
    if reply.is_checklist:
        yield _checklist(reply, key, why)
    if reply.met:
        yield from _note_meeting(reply, key, why)
    if reply.lines:
        yield _answer(reply, key, why)


def _render(reply: Reply, view: TextView) -> str:
    return reply.situation.wording.render(view).strip()


def _checklist(reply: Reply, key: Key, why: str) -> FillComment:
    comment, boxes = reply.spoken.comment, reply.own_list()
    filled = OwnChecklist(boxes=tuple(Safe(one.line) for one in boxes))
    refused = ChecklistRefused(
        speaker=reply.spoken.speaker, boxes=tuple(Safe(one.text) for one in boxes)
    )
    return FillComment(
        key=key,
        number=reply.spoken.place.issue.number,
        comment=comment.id,
        former=comment.body,
        body=_render(reply, filled),
        otherwise=f"{marker(key)}\n{_render(reply, refused)}",
        why=why,
        rank=Rank.COMMAND,
    )


def _check_in(reply: Reply, week: str) -> Issue | None:
    check_ins = reply.situation.check_ins.get(reply.mentorship.id, ())
    return next((issue for key, issue in check_ins if key.period == week), None)


def _note_meeting(reply: Reply, key: Key, why: str) -> Iterator[EditIssue]:
    """Yield the note in the check-in that its meeting took place; once is enough."""
    issue = _check_in(reply, reply.met)
    if issue is not None:
        text = _render(reply, MeetingHeld(speaker=reply.spoken.speaker))
        yield EditIssue(
            key=key,
            number=issue.number,
            section=MET,
            text=section(MET, text, {"comment": reply.spoken.comment.id}),
            adds_section=True,
            why=why,
            rank=Rank.COMMAND,
        )


def _answer(reply: Reply, key: Key, why: str) -> Change:
    """Return the answer, with a change of a file where the program makes that itself."""
    situation, spoken = reply.situation, reply.spoken
    file = reply.file or situation.file_of(reply.mentorship)
    view = CommandAnswer(
        speaker=spoken.speaker,
        lines=tuple(reply.lines),
        help=sayable(spoken.place.kind, spoken.roles) if reply.is_help else (),
        more=len(spoken.commands) > MOST_COMMANDS,
        changing=tuple(reply.changing),
        earlier=reply.has_earlier,
        file=file,
        file_url=situation.editor.page_of(file),
        helpers=situation.helpers(reply.mentorship),
    )
    due = DueAnswer(
        key=key,
        number=spoken.place.issue.number,
        comment=spoken.comment,
        view=view,
        changes=reply.changes,
        why=why,
    )
    return answer_change(due, situation)


COMMANDS_SAID = Policy(name="commands", plan=plan_commands, wants=wants_what_was_said)
