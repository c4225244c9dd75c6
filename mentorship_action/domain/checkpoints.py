"""Checkpoints of a mentorship: the days on which both sides say how it goes."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter

from mentorship_action.domain.calendar import ONE_DAY, Week, day_after_weeks, instant, last_day
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.program import Checkpoint, Program, Term

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedCheckpoint:
    """A checkpoint of one mentorship, asked about from ``due`` (UTC) on, never at a weekend.

    ``slug`` tells it from the others; a last day that an extension has moved is another one.
    """

    name: str
    slug: str
    due: datetime


@lru_cache(maxsize=16384)
def checkpoints_of(mentorship: Mentorship, program: Program) -> tuple[DatedCheckpoint, ...]:
    """Return the checkpoints of a mentorship in order; its term's own, else the program's.

    Those beyond its last day are left out. Breaks and time away move what comes after them.
    """
    dated = (_dated(one, mentorship, program) for one in _agreed(mentorship, program))
    return tuple(sorted(filter(None, dated), key=attrgetter("due")))


def checkpoints_of_term(term: Term, program: Program) -> tuple[DatedCheckpoint, ...]:
    """Return the checkpoints of a term in order, for whoever is never away."""
    everybody = Mentorship(
        records=(),
        mentors=(),
        team=term.id,
        term=term.id,
        start=term.start,
        weeks=term.weeks,
        zone=program.zone,
    )
    return checkpoints_of(everybody, program)


def name_of(slug: str, mentorship: Mentorship, program: Program) -> str:
    """Return the name of a checkpoint that was asked about, also once its day has moved."""
    return next((one.name for one in _agreed(mentorship, program) if _is_slug_of(slug, one)), "")


def _is_slug_of(slug: str, one: Checkpoint) -> bool:
    words = _words(one)
    end = slug.removeprefix(words) if slug.startswith(words) else ""
    return end.isdecimal() if one.week == "last" else end == str(one.week)


def _agreed(mentorship: Mentorship, program: Program) -> tuple[Checkpoint, ...]:
    return (program.term(mentorship.term) or program).checkpoints


def _dated(one: Checkpoint, mentorship: Mentorship, program: Program) -> DatedCheckpoint | None:
    end = last_day(mentorship, program)
    day, which = end, str(mentorship.weeks)
    if one.week != "last":
        week = (mentorship.weeks + 1) // 2 if one.week == "middle" else one.week
        if week > mentorship.weeks:
            return None
        monday, which = Week.of(mentorship.start).monday, str(one.week)
        day = min(end, day_after_weeks(monday, week, mentorship, program))
    due = instant(_workday(day), program.check_ins.file_at, mentorship.zone)
    return DatedCheckpoint(name=one.name, slug=f"{_words(one)}{which}", due=due)


def _words(one: Checkpoint) -> str:
    """Return what the slug of a checkpoint begins with."""
    words = _NOT_IN_SLUG.sub("-", one.name.lower()).strip("-")
    return f"{words}-" if words else ""


def _workday(day: date) -> date:
    """Return a day, or the Friday before it at a weekend."""
    return day - max(0, day.weekday() - 4) * ONE_DAY
