"""Our reply to an application: one comment, a status and labels that say the same."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mentorship_action.domain.application import (
    Answer,
    Memory,
    Stage,
    parse_moment,
    write_memory,
)
from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.fit import Fit, fit, rank
from mentorship_action.domain.identity import is_login
from mentorship_action.domain.pulls import Author
from mentorship_action.domain.record import Record
from mentorship_action.planning.applications.assess import (
    asked_again_before,
    due_reminder,
    is_asked_again,
    reminded_before,
)
from mentorship_action.planning.applications.assessed import Assessed
from mentorship_action.planning.applications.stages import labels_to_change
from mentorship_action.planning.applications.suggestions import (
    MOST_FINDINGS,
    plan_suggestions,
    suggestions,
)
from mentorship_action.planning.applications.waitlist import FreeSeats, answer_by, moment_text
from mentorship_action.planning.applications.windows import in_short, outside_term
from mentorship_action.planning.changes import (
    Change,
    Guard,
    Rank,
    SetLabels,
    SetStatus,
    WriteComment,
    guard_of,
)
from mentorship_action.planning.seats import seat_standing
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.views import ApplicationComment, AskedMentorLine, JoinedTeam

_STATES: Mapping[Stage, str] = {
    Stage.NEEDS_FIXES: "failure",
    Stage.DECLINED: "failure",
    Stage.NEEDS_MAINTAINER: "pending",
    Stage.NEEDS_ANSWER: "pending",
    Stage.WAITLISTED: "pending",
    Stage.UNREADABLE: "pending",
    Stage.READY: "success",
    Stage.JOINED: "success",
}


def reply(
    one: Assessed, free: FreeSeats, situation: Situation, *, sets_status: bool
) -> Iterator[Change]:
    """Yield what brings status, labels and comment up to date, the comment with our memory last.

    ``sets_status`` is false where the commit's status belongs to another pull request.
    """
    stage = one.stage or Stage.NEEDS_ANSWER
    key = one.key
    pull, last = one.application.pull, one.application.memory
    guard = guard_of(one.application.bot_comment)
    outside = outside_term(one, situation)
    if sets_status and (
        last is None or (last.head, last.stage, last.place) != (pull.head, stage, one.place)
    ):
        yield SetStatus(
            key=key,
            number=pull.number,
            guard=guard,
            commit=pull.head,
            state="pending" if outside and outside.is_early else _STATES[stage],
            description=_describe(one, situation),
            url=pull.url,
            rank=Rank.APPLICATION,
        )
    yield from _relabel(one, stage, guard, situation)
    offered = suggestions(one, situation)
    yield from plan_suggestions(one, offered, guard, situation)
    yield from _comment(one, free, situation, suggested=len(offered))


def _comment(
    one: Assessed, free: FreeSeats, situation: Situation, *, suggested: int
) -> Iterator[WriteComment]:
    stage = one.stage or Stage.NEEDS_ANSWER
    last, comment = one.application.memory, one.application.bot_comment
    actors = tuple(sorted(_who_acts(one, situation)))
    reminder, is_again = due_reminder(one, situation), is_asked_again(one, situation)
    is_new = comment is None or bool(reminder) or is_again or _is_news(one, actors)
    today = local_day(situation.now, situation.program.zone).isoformat()
    memory = replace(
        one.memory,
        stage=stage,
        place=one.place,
        # Our own problem passes, and those who were asked before are still asked.
        notified=one.memory.notified if stage is Stage.UNREADABLE else actors,
        # Who gave a wrong command is told once: a new comment would tell them again.
        wrong="" if is_new and last and one.memory.wrong == last.wrong else one.memory.wrong,
        told=_told(one, situation),
        reminded=reminder or reminded_before(one),
        again=today if is_again else "" if reminder else asked_again_before(one),
    )
    body = _body(one, memory, free, situation, suggested=suggested)
    others = tuple(other.id for other in one.application.others)
    if comment is not None and comment.body == body and not others:
        return
    yield WriteComment(
        key=one.key,
        number=one.number,
        guard=guard_of(comment, memory.review),
        body=body,
        edit=0 if is_new or comment is None else comment.id,
        replaces=(*others, comment.id) if is_new and comment is not None else others,
        why=stage.value,
        rank=Rank.APPLICATION,
    )


def _told(one: Assessed, situation: Situation) -> str:
    """Return when whoever merges was first told that an application is ready, if it is."""
    if one.stage is not Stage.READY:
        return ""
    return one.memory.told or moment_text(situation.now)


def _is_news(one: Assessed, actors: Iterable[str]) -> bool:
    """Whether somebody has to act who was not asked before, or not about this agreement.

    Or who believes they have answered: an edit in place notifies nobody.
    """
    last = one.application.memory
    if one.misplaced and one.stage is Stage.NEEDS_ANSWER:
        return True
    if last is None or set(actors) - set(last.notified):
        return True
    return one.stage is Stage.NEEDS_ANSWER and last.asks != one.memory.asks


def _who_acts(one: Assessed, situation: Situation) -> set[str]:
    """Return whom a new comment should reach: those who have something to do next."""
    author = one.application.pull.author.login.lower()
    if one.stage in (Stage.NEEDS_FIXES, Stage.DECLINED):
        return {author}
    if one.stage is Stage.NEEDS_ANSWER:
        return set(one.memory.missing)
    if one.stage is Stage.NEEDS_MAINTAINER:
        return set(situation.program.coordinators)
    if one.stage is Stage.READY:
        return set(situation.program.coordinators) or {one.memory.mentor}
    return set()


def _describe(one: Assessed, situation: Situation) -> str:
    """Return the status in a few words; GitHub takes 140 characters."""
    count, outside = len(one.findings), outside_term(one, situation)
    if outside is not None:
        return in_short(outside)
    texts: Mapping[Stage, str] = {
        Stage.NEEDS_FIXES: f"{count} {'thing' if count == 1 else 'things'} to fix, see the comment",
        Stage.DECLINED: f"{', '.join(_asked(one))} can't take this on; another mentor may",
        Stage.NEEDS_MAINTAINER: "A maintainer will look at this",
        Stage.NEEDS_ANSWER: f"Waits for {', '.join(_asked(one))} to accept",
        Stage.WAITLISTED: f"Number {one.place} on the waitlist: {_what_lacks(one, situation)}",
        Stage.READY: "Valid, accepted and seated: ready to merge",
        Stage.UNREADABLE: "We could not read this yet; nothing for you to do",
    }
    return texts[one.stage or Stage.NEEDS_ANSWER]


def _what_lacks(one: Assessed, situation: Situation) -> str:
    """Return why an application waits, as part of a sentence."""
    team, mentor = _team(one, situation), one.memory.mentor
    if team is not None and team.is_full:
        return f"{team.name} has {team.taken} of {team.size} places taken"
    if len(one.memory.seat_mentors) > 1:
        return "not all of its mentors have a free seat"
    seats = situation.seats.get(mentor)
    taken, capacity = (
        (seats.taken(situation.program, one.term), seats.capacity) if seats else (0, 0)
    )
    if taken < capacity:
        return f"the seats of {mentor} are taken or offered to somebody else"
    return f"{mentor} has {taken} of {capacity} seats taken"


def _relabel(
    one: Assessed, stage: Stage, guard: Guard, situation: Situation
) -> Iterator[SetLabels]:
    add, remove = labels_to_change(one.application.pull.labels, stage, situation.program)
    if add or remove:
        yield SetLabels(
            key=one.key,
            number=one.number,
            guard=guard,
            add=add,
            remove=remove,
            rank=Rank.APPLICATION,
        )


def _body(
    one: Assessed, memory: Memory, free: FreeSeats, situation: Situation, *, suggested: int
) -> str:
    record, pull = one.record, one.application.pull
    # Whoever asks again wants the mentors to be told, whatever was said before.
    reminded = 1 if memory.again else memory.reminded
    asked = parse_moment(one.memory.asked)
    mentor = situation.program.mentor(one.memory.mentor)
    seats = situation.seats.get(one.memory.mentor)
    the_fit = fit(mentor, record, situation.program, situation.seats) if record and mentor else None
    view = ApplicationComment(
        stage=one.stage or Stage.NEEDS_ANSWER,
        author=pull.author.login if _has_a_name(pull.author) else "",
        mentor=one.memory.mentor,
        mentee=one.mentee,
        asked=_asked(one),
        mentors=_mentors(one, situation),
        is_change=one.change is not None,
        record=record,
        findings=one.findings[:MOST_FINDINGS],
        more=max(0, len(one.findings) - MOST_FINDINGS),
        suggested=suggested,
        files_url=f"{pull.url.partition('/pull/')[0]}/blob/{pull.head}",
        outside=outside_term(one, situation),
        reason=one.reason,
        reopened=one.reopened,
        early=one.early,
        misplaced=one.misplaced,
        place=one.place,
        taken=seats.taken(situation.program, one.term) if seats else 0,
        capacity=seats.capacity if seats else 0,
        team=_team(one, situation),
        answer_by=answer_by(asked, situation).date() if asked else None,
        fit=the_fit,
        others=_others(record, one, free, situation, is_late=reminded > 1),
        wrong=memory.wrong,
        reminded=0 if one.stage is Stage.READY else reminded,
        helpers=_helpers(one, situation),
    )
    text = situation.wording.render(view)
    key = one.key
    return f"{marker(key)}\n{write_memory(memory)}\n{text.strip()}\n"


def _team(one: Assessed, situation: Situation) -> JoinedTeam | None:
    """Return the team that an application joins, if it does."""
    team = situation.program.team(one.memory.team)
    if team is None:
        return None
    taken = len(situation.teams[team.id].seated)
    return JoinedTeam(name=team.name, size=team.size, taken=taken, is_full=one.lacks_place)


def _asked(one: Assessed) -> tuple[str, ...]:
    """Return the mentors whom the comment speaks to: who declined, else who hasn't answered."""
    memory = one.memory
    declined = tuple(
        ask.mentor
        for ask in memory.asks
        if memory.answer_of(ask.mentor, ask.agreement) is Answer.NO
    )
    everybody = tuple(ask.mentor for ask in memory.asks)
    return (declined if one.stage is Stage.DECLINED else memory.missing) or everybody


def _mentors(one: Assessed, situation: Situation) -> tuple[AskedMentorLine, ...]:
    """Return everybody who is named with what they said, when there are several."""
    memory, program = one.memory, situation.program
    if len(memory.asks) < 2 or one.record is None:
        return ()
    lines = []
    for ask in memory.asks:
        mentor = program.mentor(ask.mentor)
        lines.append(
            AskedMentorLine(
                login=ask.mentor,
                role=ask.role,
                answer=memory.answer_of(ask.mentor, ask.agreement),
                fit=fit(mentor, one.record, program, situation.seats) if mentor else None,
            )
        )
    return tuple(lines)


def _helpers(one: Assessed, situation: Situation) -> tuple[str, ...]:
    """Return who is named beside the mentor: the coordinators, else the lead where it is ready."""
    ready = one.stage is Stage.READY and bool(one.memory.mentor)
    return situation.program.coordinators or ((one.memory.mentor,) if ready else ())


def _has_a_name(author: Author) -> bool:
    return author.is_person and is_login(author.login.lower())


def _others(
    record: Record | None,
    one: Assessed,
    free: FreeSeats,
    situation: Situation,
    *,
    is_late: bool,
) -> tuple[Fit, ...]:
    """Return the other mentors with a free seat, the best first, when they are of interest."""
    looks = one.stage in (Stage.WAITLISTED, Stage.DECLINED) or (is_late and one.change is None)
    if record is None or not looks:
        return ()
    left_out = {*record.seat_mentors, *seat_standing(situation).unconfirmed}
    ranked = rank(record, situation.program, situation.seats)
    able = (other for other in ranked if free(other.mentor.login, record.term))
    return tuple(other for other in able if other.mentor.login not in left_out)[:3]
