"""Checkpoints of a mentorship: the days on which both sides say how it goes."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mentorship_action.domain.calendar import ONE_DAY, Week, day_after_weeks, last_day
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.program import Checkpoint, Program

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedCheckpoint:
    """A checkpoint of one mentorship, asked about on ``day`` of its zone, never at a weekend.

    ``slug`` tells it from the others; a last day that an extension has moved is another one.
    """

    name: str
    slug: str
    day: date


@lru_cache(maxsize=16384)
def checkpoints_of(mentorship: Mentorship, program: Program) -> tuple[DatedCheckpoint, ...]:
    """Return the checkpoints of a mentorship in order; its term's own, else the program's.

    Those beyond its last day are left out. Breaks and time away move what comes after them.
    """
    dated = (_dated(one, mentorship, program) for one in _agreed(mentorship, program))
    return tuple(sorted(filter(None, dated), key=lambda one: one.day))


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
    if one.week == "last":
        return DatedCheckpoint(
            name=one.name, slug=f"{_words(one)}{mentorship.weeks}", day=_workday(end)
        )
    week = (mentorship.weeks + 1) // 2 if one.week == "middle" else one.week
    if week > mentorship.weeks:
        return None
    day = day_after_weeks(Week.of(mentorship.start).monday, week, mentorship, program)
    return DatedCheckpoint(
        name=one.name, slug=f"{_words(one)}{one.week}", day=_workday(min(day, end))
    )


def _words(one: Checkpoint) -> str:
    """Return what the slug of a checkpoint begins with."""
    words = _NOT_IN_SLUG.sub("-", one.name.lower()).strip("-")
    return f"{words}-" if words else ""


def _workday(day: date) -> date:
    """Return a day, or the Friday before it at a weekend."""
    return day - max(0, day.weekday() - 4) * ONE_DAY
