"""How people behave: who answers, who falls silent, who fixes what. Their login decides it."""

import tomllib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from mentorship_action.domain.application import Stage
from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.calendar import Week, instant, zone
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.rehearsal.journal import (
    AskedBackup,
    AskedCheckpoint,
    AskedMentors,
    PlayedPull,
    Seen,
)
from mentorship_action.rehearsal.simulation import Cue, Simulation

_USUAL = tomllib.loads((Path(__file__).parent / "people.toml").read_text(encoding="utf-8"))
"""What people do whom nobody has described."""

_OFFICE_HOURS = (10, 15)
"""The hours (UTC) at which maintainers merge what is green."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Persona:
    """How a pair behaves: three habits in percent, and texts that are used in turn.

    ``reports`` is how often the mentee comments on a check-in, ``replies`` how often the mentor
    answers then, ``closes`` how often the mentor closes it before the next one comes.
    Nobody comments from week ``silent_from`` to ``silent_to`` (counted from 1).
    ``drafts`` are the versions of the file that somebody joins with, one after another, as long
    as there is something to fix; None commits what was suggested. ``declined_by`` says no when
    asked, with the text ``refusal``. With the text ``closing`` a maintainer closes the pull
    request of somebody else's file.
    """

    reports: int = 80
    replies: int = 60
    closes: int = 20
    says: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    silent_from: int = 0
    silent_to: int = 0
    drafts: tuple[str | None, ...] = ()
    declined_by: str = ""
    refusal: str = "/decline"
    closing: str = ""

    def is_silent(self, week: int) -> bool:
        """Whether nobody comments in a week of the mentorship."""
        return self.silent_from <= week <= self.silent_to


def usual_persona(login: str) -> Persona:
    """Return how somebody behaves whom nobody has described."""
    return Persona(**_usual("characters", "persona", login))


def draw(sides: int, *words: str) -> int:
    """Return a number from 0 to ``sides`` - 1 that looks random and is always the same."""
    return zlib.crc32("/".join(words).encode()) % sides


def react(
    persona_of: Callable[[str], Persona],
    play: Simulation,
    seen: Seen,
) -> Iterator[Cue]:
    """Yield what people will do about an issue just opened, or somebody just answered or asked."""
    if isinstance(seen, PlayedPull):
        yield from _pull_request(persona_of(seen.person), play, seen)
        return
    if isinstance(seen, AskedBackup):
        yield from _step_in(play, seen)
        return
    if isinstance(seen, AskedCheckpoint):
        yield from _look_back(play, seen)
        return
    if isinstance(seen, AskedMentors):
        yield from _confirm(play, seen)
        return
    key = parse_marker(seen.body)
    mentorship = play.mentorship(key.mentorship) if key else None
    if key is None or mentorship is None:
        return
    mentor = play.lead_of(mentorship)
    for record in play.members_of(mentorship):
        if key.kind == Kind.TRACKER:
            yield from _tracker(record, mentor, play.zone_of(mentor), seen)
        elif key.kind == Kind.CHECK_IN and record.status is Status.ACTIVE:
            persona = persona_of(record.login)
            yield from _check_in(persona, record, mentor, play.zone_of(mentor), key, seen)


def _step_in(play: Simulation, asked: AskedBackup) -> Iterator[Cue]:
    """The backup says yes; when the lead doesn't come back, a coordinator changes the file."""
    backup, number = asked.backup, asked.number
    later = _some_time_after(asked.at, 3, 20, backup, str(number))
    answered = _awake(later, play.zone_of(backup))
    yield answered, partial(Simulation.comment, login=backup, number=number, text="/accept")
    if asked.for_good:
        changed = _office_hour_after(answered + timedelta(days=1))
        yield changed, partial(Simulation.hand_over, mentorship=asked.mentorship, login=backup)


def _confirm(play: Simulation, asked: AskedMentors) -> Iterator[Cue]:
    """One mentor confirms their seats, the next one says another number, the third is silent."""
    for place, login in enumerate(asked.mentors):
        mentor = play.program.mentor(login)
        if mentor is None or place % 3 == 2:
            continue
        text = f"/seats {mentor.capacity + 1}" if place % 3 else "/yes"
        later = _some_time_after(asked.at, 2, 60, login, str(asked.number))
        said = _awake(later, play.zone_of(login))
        yield said, partial(Simulation.comment, login=login, number=asked.number, text=text)


def _look_back(play: Simulation, asked: AskedCheckpoint) -> Iterator[Cue]:
    """Each side says how it goes, in their own words and with a command."""
    mentorship = play.mentorship(asked.mentorship)
    if mentorship is None:
        return
    mentor = play.lead_of(mentorship)
    people = [(one.login, one.zone) for one in play.members_of(mentorship)]
    for login, zone_name in (*people, (mentor, play.zone_of(mentor))):
        words = (login, asked.mentorship, asked.period)
        said = _awake(_some_time_after(asked.at, 2, 30, *words), zone_name)
        text = _usual("outcomes", *words)
        yield said, partial(Simulation.comment, login=login, number=asked.number, text=text)


def _pull_request(persona: Persona, play: Simulation, pull: PlayedPull) -> Iterator[Cue]:
    """Whoever has to act does: the mentee fixes, the mentor answers, a maintainer merges."""
    if not pull.is_open:
        return
    number, pushes = pull.number, len(pull.pushes)
    later = _some_time_after(pull.versions[-1].at, 1, 5, pull.person, str(pushes), str(pull.stage))
    match pull.stage:
        case Stage.NEEDS_FIXES | Stage.DECLINED:
            text = next(iter(persona.drafts[pushes:]), "")
            if text != "" and not pull.before:
                act = partial(_fix, number=number, pushes=pushes, text=text)
                yield _awake(later, play.program.zone), act
        case Stage.NEEDS_ANSWER:
            for mentor in pull.versions[-1].memory.missing:
                act = partial(_answer, number=number, mentor=mentor, persona=persona)
                yield _awake(later, play.zone_of(mentor)), act
        case Stage.READY:
            yield _office_hour_after(later), partial(Simulation.merge_green, number=number)
        case Stage.NEEDS_MAINTAINER if persona.closing:
            helper = next(iter(play.program.coordinators), pull.mentor)
            act = partial(_turn_away, number=number, login=helper, text=persona.closing)
            yield _awake(later, play.zone_of(helper)), act
        case _:
            pass


def _tracker(record: Record, mentor: str, mentor_zone: str, issue: Issue) -> Iterator[Cue]:
    """The mentee says hello and is assigned; the mentor ticks boxes bit by bit."""
    number = issue.number
    hello = _usual("hellos", "hello", record.login)
    first = _awake(_some_time_after(issue.created, 1, 9, record.login, "hello"), record.zone)
    yield first, partial(Simulation.comment, login=record.login, number=number, text=hello)
    soon = _awake(first + timedelta(hours=2), mentor_zone)
    yield soon, partial(Simulation.assign, login=mentor, number=number, whom=record.login)
    begun = max(instant(record.start, issue.created.time(), "Etc/UTC"), issue.created)
    for step, boxes in enumerate((2, 3, 2, 3, 2)):
        moment = _awake(begun + timedelta(days=2 + 6 * step, hours=3 + step), mentor_zone)
        yield moment, partial(Simulation.tick, login=mentor, number=number, boxes=boxes)


def _check_in(
    persona: Persona, record: Record, mentor: str, mentor_zone: str, key: Key, issue: Issue
) -> Iterator[Cue]:
    """The mentee reports; the mentor ticks boxes, and may answer and close it."""
    week = (Week.parse(key.period).monday - Week.of(record.start).monday).days // 7 + 1
    words = (record.login, key.period)
    if persona.is_silent(week) or draw(100, "report", *words) >= persona.reports:
        return
    number = issue.number
    reported = _awake(_some_time_after(issue.created, 2, 22, *words), record.zone)
    report = _text_of_week(persona.says, _USUAL["reports"], week, record.login)
    yield reported, partial(Simulation.comment, login=record.login, number=number, text=report)
    read = _awake(reported + timedelta(minutes=25), mentor_zone)
    yield read, partial(Simulation.tick, login=mentor, number=number, boxes=2)
    if draw(100, "reply", *words) < persona.replies:
        reply = _text_of_week(persona.answers, _USUAL["replies"], week, record.login)
        answered = read + timedelta(minutes=10)
        yield answered, partial(Simulation.comment, login=mentor, number=number, text=reply)
    if draw(100, "close", *words) < persona.closes:
        met = _awake(read + timedelta(days=2, hours=1), mentor_zone)
        yield met, partial(Simulation.tick, login=mentor, number=number, boxes=3)
        yield met + timedelta(minutes=5), partial(Simulation.close, login=mentor, number=number)


def _usual(kind: str, *words: str) -> Any:  # noqa: ANN401 - texts, or the fields of a persona
    """Return one of the usual texts or characters, always the same for the same words."""
    return _USUAL[kind][draw(len(_USUAL[kind]), *words)]


def _text_of_week(own: tuple[str, ...], usual: list[str], week: int, login: str) -> str:
    """Return what somebody says in a week: their own texts in turn, else usual ones."""
    if week <= len(own) and own[week - 1]:
        return own[week - 1]
    return usual[(draw(len(usual), "words", login) + week) % len(usual)]


def _some_time_after(moment: datetime, least: int, most: int, *words: str) -> datetime:
    """Return a moment some hours later, on a full quarter of an hour."""
    quarters = 4 * least + draw(4 * (most - least), "when", *words)
    later = moment.replace(minute=0, second=0, microsecond=0)
    return later + timedelta(minutes=15 * quarters)


def _awake(moment: datetime, zone_name: str) -> datetime:
    """Return a moment at which people of a zone are up: this one, or the next morning's."""
    hour = moment.astimezone(zone(zone_name)).hour
    if 8 <= hour < 22:
        return moment
    return moment + timedelta(hours=(8 - hour) % 24)


def _office_hour_after(moment: datetime) -> datetime:
    """Return the next moment at which maintainers merge."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    hours = (*_OFFICE_HOURS, 24 + _OFFICE_HOURS[0])
    moments = (midnight + timedelta(hours=hour) for hour in hours)
    return next(one for one in moments if one > moment)


def _fix(play: Simulation, *, number: int, pushes: int, text: str | None) -> None:
    pull = play.pulls[number]
    if not pull.is_open or len(pull.pushes) != pushes:
        return
    if text is None:
        play.take_suggestions(number)
    else:
        play.push(number, text)


def _answer(play: Simulation, *, number: int, mentor: str, persona: Persona) -> None:
    pull = play.pulls[number]
    asked = pull.is_open and pull.stage is Stage.NEEDS_ANSWER
    if not asked or mentor not in pull.versions[-1].memory.missing:
        return
    if pull.answered.get(mentor) == pull.versions[-1].memory.asks:
        return
    pull.answered[mentor] = pull.versions[-1].memory.asks
    if mentor == persona.declined_by:
        play.comment(mentor, number, persona.refusal)
    elif draw(4, "review", pull.person) == 0:
        play.approve(mentor, number)
    else:
        play.comment(mentor, number, _usual("accepts", "yes", pull.person))


def _turn_away(play: Simulation, *, number: int, login: str, text: str) -> None:
    play.comment(login, number, text)
    play.reject(login, number)
