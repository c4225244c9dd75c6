"""How people behave: who answers, who falls silent, who fixes what. Their login decides it."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from mentorship_action.domain.application import Stage
from mentorship_action.domain.calendar import Week, instant, zone
from mentorship_action.domain.identity import Key, Kind, parse_marker
from mentorship_action.domain.record import Record
from mentorship_action.domain.snapshot import Issue
from mentorship_action.rehearsal.journal import PlayedPull
from mentorship_action.rehearsal.simulation import Cue, Simulation

_REPORTS = (
    (
        "Done: a first small fix is merged, and I know how the tests are run now.\n\n"
        "Next: something that touches more than one file."
    ),
    (
        "I read through three reviews of other people. Quite a lot is about names!\n\n"
        "Stuck: the CI job fails for me only, locally all is green."
    ),
    "Not much time this week. I answered the review and pushed again.",
    "My change went in :tada: The next one is picked and I have asked for it on the issue.",
    "I found the cause: it was in a dependency, so I opened an issue there first.",
    "Done: documentation for the option I missed myself. Next: a test for it.",
    "I helped somebody on the channel with the problem that I had last month.",
)
_REPLIES = (
    "Well done. Let us look at the failing job together when we meet.",
    "Good find. Write down what you tried; the next one will thank you.",
    "Nothing to add. See you at the meeting!",
    "Take the smaller one first, and ask on the channel when it takes more than an evening.",
    "That is how it goes: half of the work is in somebody else's project.",
)
_HELLOS = (
    "Hello! I have read the code of conduct and agree. I am on the channel now.",
    "Hi, thank you for having me. Code of conduct read, and agreed.",
)
_YES = (
    "/accept",
    "/accept Glad to!",
    "/accept\n\nWith pleasure. See you on the channel.",
    "/accept\n\nYour goals are just right for a first season.",
)
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


_CHARACTERS = (
    Persona(reports=95, replies=80, closes=40),
    Persona(reports=80, replies=60, closes=15),
    Persona(reports=60, replies=30, closes=5),
    Persona(reports=85, replies=60, closes=10, silent_from=7, silent_to=10),
)


def usual_persona(login: str) -> Persona:
    """Return how somebody behaves whom nobody has described."""
    return _CHARACTERS[draw(len(_CHARACTERS), "persona", login)]


def draw(sides: int, *words: str) -> int:
    """Return a number from 0 to ``sides`` - 1 that looks random and is always the same."""
    return zlib.crc32("/".join(words).encode()) % sides


def react(
    persona_of: Callable[[str], Persona], play: Simulation, seen: Issue | PlayedPull
) -> Iterator[Cue]:
    """Yield what people will do about an issue just opened, or a pull request just answered."""
    if isinstance(seen, PlayedPull):
        yield from _pull_request(persona_of(seen.person), play, seen)
        return
    key = parse_marker(seen.body)
    record = play.record(key.mentee) if key else None
    if key is None or record is None:
        return
    if key.kind is Kind.TRACKER:
        yield from _tracker(record, play.zone_of(record.mentor), seen)
    elif key.kind is Kind.CHECK_IN:
        persona = persona_of(key.mentee)
        yield from _check_in(persona, record, play.zone_of(record.mentor), key, seen)


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
            act = partial(_answer, number=number, mentor=pull.mentor, persona=persona)
            yield _awake(later, play.zone_of(pull.mentor)), act
        case Stage.READY:
            yield _office_hour_after(later), partial(_merge, number=number)
        case Stage.NEEDS_MAINTAINER if persona.closing:
            helper = next(iter(play.program.coordinators), pull.mentor)
            act = partial(_turn_away, number=number, login=helper, text=persona.closing)
            yield _awake(later, play.zone_of(helper)), act
        case _:
            pass


def _tracker(record: Record, mentor_zone: str, issue: Issue) -> Iterator[Cue]:
    """The newcomer says hello and is assigned; the mentor ticks off what is done, bit by bit.

    Only who may write can edit an issue of ours on GitHub, so it is the mentor who ticks.
    """
    mentor, number = record.mentor, issue.number
    hello = _HELLOS[draw(len(_HELLOS), "hello", record.login)]
    first = _awake(_some_time_after(issue.created, 1, 9, record.login, "hello"), record.zone)
    yield first, partial(_comment, login=record.login, number=number, text=hello)
    soon = _awake(first + timedelta(hours=2), mentor_zone)
    yield soon, partial(_assign, login=mentor, number=number, whom=record.login)
    begun = max(instant(record.start, issue.created.time(), "Etc/UTC"), issue.created)
    for step, boxes in enumerate((2, 3, 2, 3, 2)):
        moment = _awake(begun + timedelta(days=2 + 6 * step, hours=3 + step), mentor_zone)
        yield moment, partial(_tick, login=mentor, number=number, boxes=boxes)


def _check_in(
    persona: Persona, record: Record, mentor_zone: str, key: Key, issue: Issue
) -> Iterator[Cue]:
    """The mentee reports; the mentor ticks boxes, and may answer and close it."""
    week = (Week.parse(key.period).monday - Week.of(record.start).monday).days // 7 + 1
    words = (record.login, key.period)
    if persona.is_silent(week) or draw(100, "report", *words) >= persona.reports:
        return
    mentor, number = record.mentor, issue.number
    said = _awake(_some_time_after(issue.created, 2, 22, *words), record.zone)
    report = _text_of_week(persona.says, _REPORTS, week, words)
    yield said, partial(_comment, login=record.login, number=number, text=report)
    read = _awake(said + timedelta(minutes=25), mentor_zone)
    yield read, partial(_tick, login=mentor, number=number, boxes=2)
    if draw(100, "reply", *words) < persona.replies:
        reply = _text_of_week(persona.answers, _REPLIES, week, words)
        answered = read + timedelta(minutes=10)
        yield answered, partial(_comment, login=mentor, number=number, text=reply)
    if draw(100, "close", *words) < persona.closes:
        met = _awake(read + timedelta(days=2, hours=1), mentor_zone)
        yield met, partial(_tick, login=mentor, number=number, boxes=3)
        yield met + timedelta(minutes=5), partial(_close, login=mentor, number=number)


def _text_of_week(
    own: tuple[str, ...], usual: tuple[str, ...], week: int, words: tuple[str, ...]
) -> str:
    """Return what somebody says in a week: their own texts in turn, else usual ones."""
    if week <= len(own) and own[week - 1]:
        return own[week - 1]
    return usual[(draw(len(usual), "words", words[0]) + week) % len(usual)]


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


# People act only where it still makes sense when the time has come.


def _comment(play: Simulation, *, login: str, number: int, text: str) -> None:
    if play.is_open(number):
        play.comment(login, number, text)


def _tick(play: Simulation, *, login: str, number: int, boxes: int) -> None:
    if play.is_open(number) and play.repository.may_write(login):
        play.tick(login, number, boxes)


def _assign(play: Simulation, *, login: str, number: int, whom: str) -> None:
    able = play.repository.may_write(login) and play.repository.may_be_assigned(whom, number)
    if play.is_open(number) and able:
        play.assign(login, number, whom)


def _close(play: Simulation, *, login: str, number: int) -> None:
    if play.is_open(number) and play.repository.may_write(login):
        play.close(login, number)


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
    if not asked or pull.mentor != mentor or pull.answered == len(pull.versions):
        return
    pull.answered = len(pull.versions)
    if mentor == persona.declined_by:
        play.comment(mentor, number, persona.refusal)
    elif draw(4, "review", pull.person) == 0:
        play.approve(mentor, number)
    else:
        play.comment(mentor, number, _YES[draw(len(_YES), "yes", pull.person)])


def _merge(play: Simulation, *, number: int) -> None:
    if play.pulls[number].is_open and play.is_green(number):
        play.merge(play.merger(number), number)


def _turn_away(play: Simulation, *, number: int, login: str, text: str) -> None:
    if play.pulls[number].is_open:
        play.comment(login, number, text)
        play.reject(login, number)
