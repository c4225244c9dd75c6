"""Whose turn it is: seats go in order, and who gets no answer lets the next one pass."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from mentorship_action.domain.application import QUEUED, Answer, Stage, parse_moment
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.mentee_files import FOLDER
from mentorship_action.planning.applications.assessed import Assessed
from mentorship_action.planning.situation import Situation


def give_seats(assessed: list[Assessed], situation: Situation) -> list[Assessed]:
    """Return the applications with their stages: the next are asked, the others wait.

    Who needs several mentors gets all their seats at once, and holds none before. When somebody
    waits, those ahead whose mentors didn't answer in time are passed over.
    """
    assessed = _one_each(assessed)
    queued = [one for one in assessed if one.is_queued]
    wanting = sorted((one for one in queued if one.memory.seat), key=_turn)
    places = _places(wanting, situation)
    crowded = {login for one in wanting if places[one.number] for login in one.memory.seat_mentors}
    if crowded:
        passed = (
            _pass_over(one, situation) if crowded & set(one.memory.seat_mentors) else one
            for one in wanting
        )
        wanting = sorted(passed, key=_turn)
        places = _places(wanting, situation)
    settled = {one.number: _ask(one, situation) for one in queued if not one.memory.seat}
    for one in wanting:
        place = places[one.number]
        settled[one.number] = _wait(one, place) if place else _ask(one, situation)
    return [settled.get(one.number, one) for one in assessed]


def _places(wanting: list[Assessed], situation: Situation) -> dict[int, int]:
    """Return each application's place on the waitlist, 0 for those that get their seats."""
    free = {login: _free_for_applications(login, situation) for login in situation.seats}
    waiting: Counter[str] = Counter()
    places: dict[int, int] = {}
    for one in wanting:
        mentors = one.memory.seat_mentors
        full = [login for login in mentors if free.get(login, 0) < 1]
        if full:
            waiting.update(full)
            places[one.number] = max(waiting[login] for login in full)
        else:
            free.update({login: free[login] - 1 for login in mentors})
            places[one.number] = 0
    return places


def _one_each(assessed: list[Assessed]) -> list[Assessed]:
    """Return the applications, those set aside by which somebody would wait for two seats."""
    first: dict[str, Assessed] = {}
    for one in sorted(assessed, key=_turn):
        if one.is_queued and one.memory.seat:
            first.setdefault(one.mentee, one)
    return [
        one
        if first.get(one.mentee, one) is one
        else _give_way(one, first[one.mentee].number)
        if one.is_queued and one.memory.seat
        else one
        for one in assessed
    ]


def _give_way(one: Assessed, number: int) -> Assessed:
    """Return an application that gives way to another one of the same mentee file."""
    finding = Finding(
        code="another-application",
        file=one.record.file if one.record else FOLDER,
        message=f"You have another open pull request for the same file: number {number}.",
        hint="Close the one that you don't need. I check the other one again by myself.",
    )
    memory = replace(one.memory, rival=number, place=0, asked="")
    return replace(one, stage=Stage.NEEDS_FIXES, place=0, memory=memory, findings=(finding,))


def _ask(one: Assessed, situation: Situation) -> Assessed:
    """Return an application that has a seat: its mentor is asked, or has said yes already."""
    stage = Stage.READY if one.memory.answer is Answer.YES else Stage.NEEDS_ANSWER
    asked = one.memory.asked or moment_text(situation.now)
    memory = replace(one.memory, stage=stage, place=0, asked=asked)
    return replace(one, stage=stage, place=0, memory=memory)


def _wait(one: Assessed, place: int) -> Assessed:
    memory = replace(one.memory, stage=Stage.WAITLISTED, place=place, asked="")
    return replace(one, stage=Stage.WAITLISTED, place=place, memory=memory)


def _pass_over(one: Assessed, situation: Situation) -> Assessed:
    """Return an application behind the others, when its mentor's time to answer is up."""
    asked = parse_moment(one.memory.asked)
    if one.memory.answer is not Answer.NONE or asked is None:
        return one
    if situation.now < answer_by(asked, situation):
        return one
    memory = replace(one.memory, passed=one.memory.passed + 1, asked="")
    return replace(one, memory=memory)


def answer_by(asked: datetime, situation: Situation) -> datetime:
    """Return the moment until which a mentor who was asked may take to answer."""
    return asked + timedelta(days=situation.program.answer_days)


def _free_for_applications(mentor: str, situation: Situation) -> int:
    """Return the seats left when everybody on the default branch has theirs."""
    seats = situation.seats.get(mentor)
    return max(0, seats.free - len(seats.waiting)) if seats else 0


def free_for_more(assessed: Iterable[Assessed], situation: Situation) -> dict[str, int]:
    """Return the seats of each mentor that no application on the waitlist is about to take."""
    queued = Counter(
        login
        for one in assessed
        if one.stage in QUEUED and one.memory.seat
        for login in one.memory.seat_mentors
    )
    return {
        login: max(0, _free_for_applications(login, situation) - queued[login])
        for login in situation.seats
    }


def _turn(one: Assessed) -> tuple[int, str, int]:
    return (one.memory.passed, one.memory.since, one.number)


def moment_text(moment: datetime) -> str:
    """Return a moment as a memory keeps it."""
    return moment.isoformat(timespec="seconds")
