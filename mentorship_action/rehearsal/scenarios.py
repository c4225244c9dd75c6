"""A season of somebody's own program: everybody in its files joins, and behaves plausibly."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from mentorship_action.domain.calendar import ONE_WEEK, Week, last_day
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.records.edit import edit
from mentorship_action.records.write import record_text
from mentorship_action.rehearsal.people import draw, usual_persona
from mentorship_action.rehearsal.season import Scenario
from mentorship_action.rehearsal.simulation import Cue, Simulation
from mentorship_action.wording.render import Wording

_NOBODYS_START = date(2026, 11, 9)
"""The week that a program without mentee files begins with."""

_LONGEST = 30
"""So many weeks are played at most, unless more are asked for."""

_SMALL = 40
"""Up to so many records the schedule is hourly, as shipped; beyond, every six hours will do."""


def own_season(
    program: Program,
    wording: Wording,
    records: Iterable[Record],
    *,
    texts: Mapping[str, str] | None = None,
    start: date | None = None,
    weeks: int | None = None,
    left_out: Iterable[str] = (),
) -> Scenario:
    """Return a season of somebody's own program with people who behave plausibly.

    It begins a week before the first start and ends when the last mentorship is over, or shows
    the last ``_LONGEST`` weeks of that. Records that ended before it begins are left out.
    ``texts`` are the mentee files by path; a missing one is written from its record.
    """
    seated = [record for record in records if record.status.holds_seat]
    begin, length = _span(seated, program, start, weeks)
    playing = [record for record in seated if last_day(record, program) >= begin]
    return Scenario(
        program=program,
        wording=wording,
        start=begin,
        weeks=length,
        cues=tuple(_own_cues(playing, program, begin, texts or {})),
        persona_of=usual_persona,
        members=frozenset(
            record.login for record in playing if draw(3, "member", record.login) == 0
        ),
        hours_between_ticks=1 if len(playing) <= _SMALL else 6,
        left_out=tuple(left_out),
    )


def cohort_season(
    program: Program,
    wording: Wording,
    records: Iterable[Record],
    *,
    texts: Mapping[str, str],
    start: date | None = None,
    weeks: int | None = None,
) -> Scenario:
    """Return the season of the invented program of terms: who has graduated is there before.

    A lead leaves in the fifth week of the term, and the backup steps in.
    """
    records = tuple(records)
    season = own_season(program, wording, records, texts=texts, start=start, weeks=weeks)
    begin = datetime.combine(season.start, time(8), tzinfo=UTC)
    graduates = (one for one in records if one.status is Status.COMPLETED)
    there = tuple((begin, partial(_graduated, record=one, texts=texts)) for one in graduates)
    led = next(one for one in records if one.backups)
    leaves = datetime.combine(led.start + 4 * ONE_WEEK, time(11), tzinfo=UTC)
    return replace(
        season,
        cues=(*there, *season.cues, (leaves, partial(Simulation.leave, login=led.mentor))),
        hours_between_ticks=1,
    )


def without_mentors(scenario: Scenario, leaving: Iterable[tuple[str, int]]) -> Scenario:
    """Return a scenario in which mentors leave, each at the begin of a week counted from 1."""
    first = datetime.combine(Week.of(scenario.start).monday, time(11), tzinfo=UTC)
    cues = tuple(
        (first + (week - 1) * ONE_WEEK, partial(Simulation.leave, login=login))
        for login, week in leaving
    )
    return replace(scenario, cues=(*scenario.cues, *cues))


def _graduated(play: Simulation, *, record: Record, texts: Mapping[str, str]) -> None:
    what = f"{record.login} graduated in {record.term}"
    play.commit(record.mentor, record.file, texts[record.file], what)


def _span(
    records: list[Record], program: Program, start: date | None, weeks: int | None
) -> tuple[date, int]:
    """Return the first Monday and the number of weeks to play."""
    joining = (min(record.start, _last_chance(record, program)) for record in records)
    first = Week.of(min(joining, default=_NOBODYS_START))
    # The week after the last one shows how it ends.
    last = Week.of(max((last_day(record, program) for record in records), default=first.sunday))
    begin = Week.of(start) if start else Week(first.monday - ONE_WEEK)
    length = max(1, (last.monday - begin.monday).days // 7 + 2)
    if weeks is None and start is None and length > _LONGEST:
        begin = Week(begin.monday + (length - _LONGEST) * ONE_WEEK)
    return begin.monday, weeks or min(length, _LONGEST)


def _last_chance(record: Record, program: Program) -> date:
    """Return the last day on which somebody can apply: the start, or as the term says."""
    term = program.term(record.term)
    return term.applications.last if term else record.start


def _own_cues(
    records: Iterable[Record], program: Program, begin: date, texts: Mapping[str, str]
) -> Iterator[Cue]:
    """Yield how each mentee joins shortly before the start, and how the mentor ends it."""
    for record in sorted(records, key=lambda record: (record.start, record.login)):
        days = 4 + draw(4, "join", record.login)
        day = max(begin, _last_chance(record, program) - timedelta(days=days))
        if term := program.term(record.term):
            day = max(day, term.applications.first)
        opened = datetime.combine(day, time(9), tzinfo=UTC)
        text = texts.get(record.file) or record_text(record)
        late = bool(record.term) and day > _last_chance(record, program)
        yield opened, partial(_arrive, record=record, text=text, late=late)
        if record.status is Status.ACTIVE:
            over = last_day(record, program) + timedelta(days=3 + draw(4, "end", record.login))
            ended = max(opened, datetime.combine(over, time(15), tzinfo=UTC))
            yield ended, partial(_complete, record=record)


def _arrive(play: Simulation, *, record: Record, text: str, late: bool) -> None:
    """Let somebody join; who is paused, or late for the term, was there before the season began."""
    if record.status is Status.PAUSED or late:
        what = "is paused" if record.status is Status.PAUSED else "is in already"
        play.commit(record.mentor, record.file, text, f"{record.login} {what}")
    else:
        play.propose(
            f"Join: {record.login}",
            author=record.login,
            person=record.login,
            file=record.file,
            text=text,
        )


def _complete(play: Simulation, *, record: Record) -> None:
    """Let whoever leads by now say on the default branch that it is done."""
    current = play.record(record.id)
    mentorship = play.mentorship(current.mentorship) if current else None
    if mentorship is None:
        return
    former = play.text_of(record.file).encode()
    text = edit(former, {("status",): Status.COMPLETED.value}).decode()
    play.commit(play.lead_of(mentorship), record.file, text, f"{record.login} is done")
