"""How people behave: who answers, who falls silent, who goes away. Decided by the login alone."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from mentorship_action.domain.application import Stage as Application
from mentorship_action.domain.calendar import Week, instant, zone
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.record import Record
from mentorship_action.domain.snapshot import Issue
from mentorship_action.rehearsal.stage import Cue, Proposal, Stage

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
    """How a pair behaves: three habits in percent, and the words that are used in turn.

    ``reports`` is how often the mentee comments on a check-in, ``replies`` how often the mentor
    answers then, ``closes`` how often the mentor closes it before the next one comes.
    From week ``silent_from`` to ``silent_to`` (counted from 1) nobody is heard.
    ``drafts`` are the states of the file that is joined with, one after another, for as long as
    there is something to mend; None commits what was suggested. ``declined_by`` says no when
    asked, in the words ``refusal``, and with the words ``closing`` a maintainer closes what was
    handed over.
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
        """Whether nobody is heard in a week of the mentorship."""
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


def react(persona: Persona, stage: Stage, key: Key, seen: Issue | Proposal) -> Iterator[Cue]:
    """Yield what people will do about an issue just opened, or a pull request just answered."""
    if isinstance(seen, Proposal):
        yield from _answer(persona, stage, seen)
        return
    issue = seen
    record = stage.record(key.mentee)
    if record is None:
        return
    mentor_zone = stage.zone_of(record.mentor)
    if key.kind is Kind.TRACKER:
        yield from _settle_in(record, mentor_zone, issue)
    elif key.kind is Kind.CHECK_IN:
        yield from _check_in(persona, record, mentor_zone, key, issue)


def _answer(persona: Persona, stage: Stage, proposal: Proposal) -> Iterator[Cue]:
    """Whoever has to act next does so: the newcomer mends, the mentor answers, somebody merges."""
    if proposal.ended is not None:
        return
    at, mentor, number = proposal.words[-1].at, proposal.mentor, proposal.number
    words = (proposal.person, str(len(proposal.pushes)), str(proposal.stage))
    later = _some_time_after(at, 1, 5, *words)
    helper = next(iter(stage.program.coordinators), mentor)
    match proposal.stage:
        case Application.NEEDS_FIXES | Application.DECLINED:
            known = stage.program.zone
            text = next(iter(persona.drafts[len(proposal.pushes) :]), "")
            if text != "" and not proposal.before:
                act = partial(_mend, number=number, pushes=len(proposal.pushes), text=text)
                yield _awake(later, known), act
        case Application.NEEDS_ANSWER:
            yield (
                _awake(later, stage.zone_of(mentor)),
                partial(_consent, number=number, mentor=mentor, persona=persona),
            )
        case Application.READY:
            yield _office_hour_after(later), partial(_merge, number=number)
        case Application.NEEDS_MAINTAINER if persona.closing:
            act = partial(_turn_away, number=number, login=helper, text=persona.closing)
            yield _awake(later, stage.zone_of(helper)), act
        case _:
            pass


def _settle_in(record: Record, mentor_zone: str, issue: Issue) -> Iterator[Cue]:
    """The newcomer says hello and is assigned; the mentor ticks off what is done, bit by bit.

    Only who may write can edit an issue of ours on GitHub, so it is the mentor who ticks.
    """
    mentor, number = record.mentor, issue.number
    hello = _HELLOS[draw(len(_HELLOS), "hello", record.login)]
    first = _awake(_some_time_after(issue.created, 1, 9, record.login, "hello"), record.zone)
    yield first, partial(_speak, login=record.login, number=number, text=hello)
    soon = _awake(first + timedelta(hours=2), mentor_zone)
    yield soon, partial(_assign, login=mentor, number=number, whom=record.login)
    begun = max(instant(record.start, issue.created.time(), "Etc/UTC"), issue.created)
    for step, boxes in enumerate((2, 3, 2, 3, 2)):
        moment = _awake(begun + timedelta(days=2 + 6 * step, hours=3 + step), mentor_zone)
        yield moment, partial(_tick, login=mentor, number=number, boxes=boxes)


def _check_in(
    persona: Persona, record: Record, mentor_zone: str, key: Key, issue: Issue
) -> Iterator[Cue]:
    """The mentee reports, the mentor ticks what was told, and may answer and close it."""
    week = (Week.parse(key.period).monday - Week.of(record.start).monday).days // 7 + 1
    words = (record.login, key.period)
    if persona.is_silent(week) or draw(100, "report", *words) >= persona.reports:
        return
    mentor, number = record.mentor, issue.number
    said = _awake(_some_time_after(issue.created, 2, 22, *words), record.zone)
    report = _line(persona.says, _REPORTS, week, words)
    yield said, partial(_speak, login=record.login, number=number, text=report)
    read = _awake(said + timedelta(minutes=25), mentor_zone)
    yield read, partial(_tick, login=mentor, number=number, boxes=2)
    if draw(100, "reply", *words) < persona.replies:
        reply = _line(persona.answers, _REPLIES, week, words)
        answered = read + timedelta(minutes=10)
        yield answered, partial(_speak, login=mentor, number=number, text=reply)
    if draw(100, "close", *words) < persona.closes:
        met = _awake(read + timedelta(days=2, hours=1), mentor_zone)
        yield met, partial(_tick, login=mentor, number=number, boxes=3)
        yield met + timedelta(minutes=5), partial(_close, login=mentor, number=number)


def _line(own: tuple[str, ...], usual: tuple[str, ...], week: int, words: tuple[str, ...]) -> str:
    """Return what is said in a week: somebody's own words in turn, else usual ones."""
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


# One speaks, ticks or closes only where it still makes sense when the time has come.


def _speak(stage: Stage, *, login: str, number: int, text: str) -> None:
    if stage.is_open(number):
        stage.comment(login, number, text)


def _tick(stage: Stage, *, login: str, number: int, boxes: int) -> None:
    if stage.is_open(number) and stage.repository.may_write(login):
        stage.tick(login, number, boxes)


def _assign(stage: Stage, *, login: str, number: int, whom: str) -> None:
    able = stage.repository.may_write(login) and stage.repository.may_be_assigned(whom, number)
    if stage.is_open(number) and able:
        stage.assign(login, number, whom)


def _close(stage: Stage, *, login: str, number: int) -> None:
    if stage.is_open(number) and stage.repository.may_write(login):
        stage.close(login, number)


def _mend(stage: Stage, *, number: int, pushes: int, text: str | None) -> None:
    proposal = stage.proposals[number]
    if proposal.ended is not None or len(proposal.pushes) != pushes:
        return
    if text is None:
        stage.take_suggestions(number)
    else:
        stage.push(number, text)


def _consent(stage: Stage, *, number: int, mentor: str, persona: Persona) -> None:
    proposal = stage.proposals[number]
    asked = proposal.ended is None and proposal.stage is Application.NEEDS_ANSWER
    if not asked or proposal.mentor != mentor or proposal.heard == len(proposal.words):
        return
    proposal.heard = len(proposal.words)
    if mentor == persona.declined_by:
        stage.say(mentor, number, persona.refusal)
    elif draw(4, "review", proposal.person) == 0:
        stage.approve(mentor, number)
    else:
        stage.say(mentor, number, _YES[draw(len(_YES), "yes", proposal.person)])


def _merge(stage: Stage, *, number: int) -> None:
    if stage.proposals[number].ended is None and stage.is_green(number):
        stage.merge(stage.merger(number), number)


def _turn_away(stage: Stage, *, number: int, login: str, text: str) -> None:
    if stage.proposals[number].ended is None:
        stage.say(login, number, text)
        stage.reject(login, number)
