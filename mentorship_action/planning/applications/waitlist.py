"""Whose turn it is: seats go in order, and who gets no answer lets the next one pass."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mentorship_action.domain.application import QUEUED, Answer, Stage, parse_moment
from mentorship_action.domain.capacity import compete, seats_taken
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import Key, term_of
from mentorship_action.domain.mentee_files import FOLDER
from mentorship_action.planning.applications.assessed import Assessed
from mentorship_action.planning.situation import Situation

FreeSeats = Callable[[str, str], int]
"""From a mentor and a term to how many seats of theirs nobody is about to take."""


def give_seats(assessed: list[Assessed], situation: Situation) -> list[Assessed]:
    """Return the applications with their stages: the next are asked, the others wait.

    Who needs several mentors gets all their seats at once, and holds none before. When somebody
    waits, those ahead whose mentors didn't answer in time are passed over.
    """
    assessed = _one_each(assessed)
    queued = [one for one in assessed if one.is_queued]
    wanting = sorted((one for one in queued if one.memory.seat), key=_turn)
    places = _places(wanting, situation)
    crowded = {name for one in wanting if (place := places[one.number]) for name in place.lacking}
    if crowded:
        passed = (
            one if crowded.isdisjoint(_wants(one, situation)) else _pass_over(one, situation)
            for one in wanting
        )
        wanting = sorted(passed, key=_turn)
        places = _places(wanting, situation)
    settled = {one.number: _ask(one, situation) for one in queued if not one.memory.seat}
    for one in wanting:
        place = places[one.number]
        settled[one.number] = _wait(one, place) if place else _ask(one, situation)
    return [settled.get(one.number, one) for one in assessed]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """A place on the waitlist, from 1, and what is lacking: seats by login, or a team's place."""

    number: int
    lacking: tuple[str, ...]
    in_team: bool = False


def _places(wanting: list[Assessed], situation: Situation) -> dict[int, _Place | None]:
    """Return each application's place on the waitlist, None for those that get their seats."""
    seated, waiting = _Asked(situation), _Asked(situation)
    places: dict[int, _Place | None] = {}
    for one in wanting:
        mentors = seated.mentors_for(one)
        full = [login for login in mentors if seated.free(login, one.term) < 1]
        in_team = not full and seated.is_full(one.memory.team)
        if not full and not in_team:
            seated.take(one, mentors)
            places[one.number] = None
            continue
        waiting.take(one, full)
        rivals = (waiting.rivals(login, one.term) for login in full)
        number = waiting.places[one.memory.team] if in_team else max(rivals)
        lacking = (_team_token(one),) if in_team else mentors
        places[one.number] = _Place(number=number, lacking=lacking, in_team=in_team)
    return places


def _wants(one: Assessed, situation: Situation) -> tuple[str, ...]:
    """Return what an application takes when it is merged: seats by login, and a team's place."""
    mentors = _Asked(situation).mentors_for(one)
    return (*mentors, _team_token(one)) if one.memory.team else mentors


def _team_token(one: Assessed) -> str:
    return f"team:{one.memory.team}"


class _Asked:
    """The applications that are about to take seats and places, or that wait for them.

    ``terms`` are the terms of those that take a seat, by mentor; ``places`` counts those that take
    a place, by team. All of a team take one seat with each of its mentors together.
    """

    def __init__(self, situation: Situation) -> None:
        self.terms: defaultdict[str, list[str]] = defaultdict(list)
        self.places: Counter[str] = Counter()
        self._situation = situation

    def take(self, one: Assessed, mentors: Iterable[str]) -> None:
        """Add an application that takes a seat with some mentors, and a place in its team."""
        for login in mentors:
            self.terms[login].append(one.term)
        if one.memory.team:
            self.places[one.memory.team] += 1

    def mentors_for(self, one: Assessed) -> tuple[str, ...]:
        """Return the mentors whose seats an application needs beside what its team has already."""
        team = one.memory.team
        if team and (self.places[team] or self._situation.has_begun(team)):
            return ()
        return one.memory.seat_mentors

    def is_full(self, team: str) -> bool:
        """Whether a team has no place left when all of these have one."""
        seats = self._situation.teams.get(team)
        return seats is not None and seats.free <= self.places[team]

    def rivals(self, mentor: str, term: str) -> int:
        """Return how many of them compete with somebody in a term."""
        program = self._situation.program
        return sum(compete(one, term, program) for one in self.terms[mentor])

    def free(self, mentor: str, term: str) -> int:
        """Return the seats left in a term when all of these and of the default branch have one."""
        situation = self._situation
        seats = situation.seats.get(mentor)
        if seats is None:
            return 0
        waiting = seats.waiting_for(situation.program, term)
        counts = Counter(map(term_of, seats.seated)) + Counter(self.terms[mentor])
        left = seats.capacity - seats_taken(counts, situation.program, term)
        return max(0, left - len(waiting))


def _one_each(assessed: list[Assessed]) -> list[Assessed]:
    """Return the applications, those set aside by which somebody would wait for two seats."""
    first: dict[Key, Assessed] = {}
    for one in sorted(assessed, key=_turn):
        if one.is_queued and one.memory.seat:
            first.setdefault(one.key, one)
    return [
        one
        if first.get(one.key, one) is one
        else _give_way(one, first[one.key].number)
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


def _wait(one: Assessed, place: _Place) -> Assessed:
    memory = replace(one.memory, stage=Stage.WAITLISTED, place=place.number, asked="")
    return replace(
        one,
        stage=Stage.WAITLISTED,
        place=place.number,
        lacks_place=place.in_team,
        memory=memory,
    )


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


def free_for_more(assessed: Iterable[Assessed], situation: Situation) -> FreeSeats:
    """Return a function from mentor and term to the seats that no application is about to take."""
    asked = _Asked(situation)
    for one in assessed:
        if one.stage in QUEUED and one.memory.seat:
            asked.take(one, asked.mentors_for(one))
    return asked.free


def _turn(one: Assessed) -> tuple[int, str, int]:
    return (one.memory.passed, one.memory.since, one.number)


def moment_text(moment: datetime) -> str:
    """Return a moment as a memory keeps it."""
    return moment.isoformat(timespec="seconds")
