"""Whether mentors' seats still hold: who was asked on the dashboard, and what they said.

The dashboard's summary keeps the newest of each mentor, so that comments are read only when
somebody may have spoken, or is about to be asked.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mentorship_action.domain.arguments import SeatNumber, read_arguments, split_person
from mentorship_action.domain.bot_state import find_memory, parse_marker
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.commands import all_commands, find_commands, last_command
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.program import Mentor, Program
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.snapshot import Issue, Snapshot
from mentorship_action.planning.requests import DASHBOARD_KEY
from mentorship_action.planning.situation import Situation

SEATS_QUESTION: Final = "seats"
"""The kind of a comment that asks mentors about their seats; its period is the day."""

QUARTER: Final = timedelta(weeks=13)
"""So long stated seats count as true."""

_MOST_ASKED: Final = 40
"""So many are asked by one comment: GitHub tells no more than 50 people of one."""

ASKED: Final = "asked"
YES: Final = "yes"
_KEPT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}):(asked|yes|[0-9]{1,3}):([a-z0-9,-]+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatAnswer:
    """The newest that is known of a mentor's seats: on that day they were asked, or said it.

    ``said`` is asked, yes, or another number of seats.
    """

    on: date
    said: str


def kept_answers(dashboard: Issue | None) -> dict[str, SeatAnswer]:
    """Return what a dashboard keeps of each mentor, by login; nothing for what is damaged.

    On one that a person closed nobody is asked, so that nothing is kept either.
    """
    summary = dashboard.summary if dashboard and dashboard.is_open else None
    kept = summary.values.get("seats", "") if summary else ""
    found: dict[str, SeatAnswer] = {}
    for match in filter(None, map(_KEPT.fullmatch, kept.split("/"))):
        if (on := _day_in(match[1])) is not None:
            found |= dict.fromkeys(match[3].split(","), SeatAnswer(on=on, said=match[2]))
    return found


def seats_memory(answers: Mapping[str, SeatAnswer], program: Program) -> str:
    """Return how a dashboard keeps what is known of the program's mentors."""
    groups: dict[tuple[date, str], list[str]] = {}
    for login in sorted(answers.keys() & program.mentors_by_login.keys()):
        groups.setdefault((answers[login].on, answers[login].said), []).append(login)
    return "/".join(f"{on}:{said}:{','.join(groups[on, said])}" for on, said in sorted(groups))


def seat_answers(situation: Situation) -> dict[str, SeatAnswer]:
    """Return what is known of each mentor's seats, with what was seen in this run."""
    snapshot, program = situation.snapshot, situation.program
    dashboard = snapshot.survivor(DASHBOARD_KEY)
    found = kept_answers(dashboard)
    said = comments_on(dashboard, snapshot)
    questions = {
        login: comment.id
        for comment in said
        if asked_in(comment, snapshot)
        for login in _mentors_asked(comment)
    }
    for comment in said:
        if asked := asked_in(comment, snapshot):
            on = _day_in(asked.period)
            for login in _mentors_asked(comment):
                if on and (login not in found or found[login].on < on):
                    found[login] = SeatAnswer(on=on, said=ASKED)
        elif comment.author.is_person and not snapshot.is_own(comment):
            on = local_day(comment.created, program.zone)
            for login, answer in _said_in(comment, found, program):
                is_newest = login not in found or found[login].on <= on
                if is_newest and comment.id > questions.get(login, 0):
                    found[login] = SeatAnswer(on=on, said=answer)
    for login, on in _accepted(situation):
        former = found.get(login)
        if former is None or (former.said in (ASKED, YES) and former.on <= on):
            found[login] = SeatAnswer(on=on, said=YES)
    return found


def question_key(on: date) -> Key:
    """Return the key of the question of a day."""
    return Key(kind=SEATS_QUESTION, period=on.isoformat())


def comments_on(issue: Issue | None, snapshot: Snapshot) -> list[Comment]:
    """Return the comments on an issue as far as they were read, the oldest first."""
    number = issue.number if issue else 0
    said = (*snapshot.recent_comments.get(number, ()), *snapshot.comments.get(number, ()))
    return [one for _, one in sorted({one.id: one for one in said}.items())]


def asked_in(comment: Comment, snapshot: Snapshot) -> Key | None:
    """Return the key of a question of ours about seats, None for other comments."""
    key = parse_marker(comment.body) if snapshot.is_ours(comment.author.login) else None
    return key if key is not None and key.kind == SEATS_QUESTION else None


def _mentors_asked(question: Comment) -> list[str]:
    return (find_memory(question.body) or {}).get("mentors", "").split(",")


def _said_in(
    comment: Comment, known: Mapping[str, SeatAnswer], program: Program
) -> Iterator[tuple[str, str]]:
    """Yield the mentors that a person's comment speaks for, each with what it says of them."""
    speaker = comment.author.login.lower()
    if not all_commands(comment.body):
        # Whoever was asked and says anything is there.
        if speaker in known and known[speaker].said == ASKED:
            yield speaker, YES
        return
    if comment.was_edited:
        return
    for one in find_commands(comment.body, Kind.DASHBOARD):
        given, named = split_person(one)
        login = named or speaker
        mentor = program.mentor(login)
        if mentor is None or not may_speak_for(login, speaker, program):
            continue
        arguments = read_arguments(given, comment.created.date())
        if given.word == YES:
            yield login, YES
        elif isinstance(arguments, SeatNumber):
            yield login, str(arguments.count)


def may_speak_for(mentor: str, speaker: str, program: Program) -> bool:
    """Whether somebody says how many seats a mentor has: they themselves, or a coordinator."""
    return speaker == mentor or speaker in program.coordinators


def _accepted(situation: Situation) -> Iterator[tuple[str, date]]:
    """Yield the mentors who say yes to a mentee, as far as it was read, each with the day."""
    mentors, zone = situation.program.mentors_by_login, situation.program.zone
    said = [one for some in situation.snapshot.recent_comments.values() for one in some]
    for application in situation.snapshot.applications:
        if application.inspection is not None:
            said += application.inspection.comments
            for review in application.inspection.reviews:
                if review.approves and (login := review.author.login.lower()) in mentors:
                    yield login, local_day(review.submitted, zone)
    for comment in said:
        login = comment.author.login.lower()
        is_accept = last_command(comment.body, Kind.APPLICATION) == "accept"
        if login in mentors and is_accept and not comment.was_edited:
            yield login, local_day(comment.created, zone)


def unconfirmed_of(
    answers: Mapping[str, SeatAnswer],
    program: Program,
    today: date,
    mentors_changed: Callable[[], Mapping[str, date]],
) -> frozenset[str]:
    """Return the mentors who were asked and gave no answer in time, or said a smaller number.

    A change of their lines in the program since then is an answer as well.
    """
    patience = timedelta(days=program.answer_days)
    doubtful = {
        login: answer.on
        for login, answer in answers.items()
        if (mentor := program.mentor(login))
        and (
            today >= answer.on + patience
            if answer.said == ASKED
            else answer.said != YES and int(answer.said) < mentor.capacity
        )
    }
    changed = mentors_changed() if doubtful else {}
    return frozenset(login for login, on in doubtful.items() if changed.get(login, date.min) < on)


def due_mentors(situation: Situation) -> tuple[str, ...]:
    """Return the mentors to ask now whether their seats still hold, in the program's order.

    That is a quarter after their lines last changed, they last spoke, or the dashboard was opened,
    on a workday of theirs.
    """
    program, dashboard = situation.program, situation.snapshot.survivor(DASHBOARD_KEY)
    today = local_day(situation.now, program.zone)
    if dashboard is None or not dashboard.is_open or dashboard.is_locked:
        return ()
    opened = local_day(dashboard.created, program.zone)
    if opened + QUARTER > today or any(today in span for span in program.breaks):
        return ()
    answers = seat_answers(situation)
    due = [
        one.login
        for one in program.mentors
        if one.capacity and _works_now(one, situation)
        if one.login not in answers or answers[one.login].on + QUARTER <= today
    ]
    changed = situation.mentors_changed() if due else {}
    still_due = (one for one in due if changed.get(one, date.min) + QUARTER <= today)
    return tuple(still_due)[:_MOST_ASKED]


def to_ask(situation: Situation) -> tuple[str, ...]:
    """Return the mentors whom this run asks, where it is known that nobody was asked today."""
    snapshot, dashboard = situation.snapshot, situation.snapshot.survivor(DASHBOARD_KEY)
    if dashboard and dashboard.comments and dashboard.number not in snapshot.comments:
        return ()
    today = question_key(local_day(situation.now, situation.program.zone))
    asked = (asked_in(one, snapshot) for one in comments_on(dashboard, snapshot))
    return () if today in asked else due_mentors(situation)


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatStanding:
    """Where the confirming of seats stands once this run has asked.

    ``answers`` are the newest of each mentor, ``asked`` those whom this run asks; ``unconfirmed``
    are not offered as free.
    """

    answers: Mapping[str, SeatAnswer]
    asked: tuple[str, ...]
    unconfirmed: frozenset[str]


def seat_standing(situation: Situation) -> SeatStanding:
    """Return where the confirming of seats stands."""
    answers, asked = seat_answers(situation), to_ask(situation)
    today = local_day(situation.now, situation.program.zone)
    question = SeatAnswer(on=today, said=ASKED)
    return SeatStanding(
        answers={**answers, **dict.fromkeys(asked, question)},
        asked=asked,
        unconfirmed=unconfirmed_of(answers, situation.program, today, situation.mentors_changed),
    )


def _works_now(mentor: Mentor, situation: Situation) -> bool:
    today = local_day(situation.now, mentor.zone)
    return today.weekday() < 5 and not any(today in span for span in mentor.away)


def _day_in(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
