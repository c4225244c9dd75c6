"""The whole program at a glance: what needs a person, and where each mentorship stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from mentorship_action.domain.application import Stage, parse_moment
from mentorship_action.domain.calendar import is_over, last_day, local_day, slots
from mentorship_action.domain.checkpoints import checkpoints_of
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.planning.applications.assess import assess_all
from mentorship_action.planning.applications.assessed import Assessed
from mentorship_action.planning.checkpoint import standing_of
from mentorship_action.planning.handover import led_now
from mentorship_action.planning.policies.check_ins import check_in_of_now
from mentorship_action.planning.situation import Situation

ENDS_SOON = timedelta(days=14)


class NeedKind(IntEnum):
    """What a person has to do, the worst first.

    Questions, quiet mentees and seats without an answer are told in private alone, by
    ``planning.status``.
    """

    ALONE = 0
    MAINTAINER = 1
    READY = 2
    ANSWER = 3
    QUESTION = 4
    QUIET = 5
    CHECKPOINT = 6
    ENDS = 7
    SEATS = 8


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that waits for a person.

    ``who`` is the mentee or team; ``number`` is the pull request's, 0 for what is about the
    mentorship of ``tracker``;
    ``whom`` are the logins of those who have to act; ``since`` is when it began to wait, for an
    end the last day. An open checkpoint names nobody.
    """

    kind: NeedKind
    who: str
    number: int = 0
    tracker: Key | None = None
    whom: tuple[str, ...]
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class RunningMentorship:
    """Where a running mentorship stands: check-in ``number`` of ``of`` by this week.

    ``check_in`` is the key of the check-in that is open once this run is done, None for none;
    ``next_due`` is when the one after it is due, None after the last and during a pause.
    """

    mentorship: Mentorship
    check_in: Key | None
    number: int
    of: int
    ends: date
    next_due: datetime | None


def needs_of(running: Iterable[RunningMentorship], situation: Situation) -> list[Need]:
    """Return what waits for a person, the worst first, then what has waited longest."""
    found = [*_of_applications(situation), *_of_mentorships(running, situation)]
    return sorted(found, key=lambda one: (one.kind, one.since or date.max, one.who))


def running_mentorships(situation: Situation) -> list[RunningMentorship]:
    """Return the running mentorships by their ids."""
    return [
        _running(led_now(one, situation), situation)
        for one in sorted(situation.mentorships, key=lambda one: one.id)
        if _is_running(one, situation)
    ]


def _is_running(mentorship: Mentorship, situation: Situation) -> bool:
    has_begun = mentorship.id in situation.snapshot.trackers
    return (
        mentorship.status.holds_seat
        and not is_over(mentorship, situation.program, situation.now)
        and (has_begun or mentorship.id not in situation.waiting)
    )


def _running(mentorship: Mentorship, situation: Situation) -> RunningMentorship:
    program = situation.program
    held = [one for one in slots(mentorship, program) if not one.skipped]
    begun = [one for one in held if one.due <= situation.now]
    return RunningMentorship(
        mentorship=mentorship,
        check_in=check_in_of_now(mentorship, situation),
        number=len(begun),
        of=len(held),
        ends=last_day(mentorship, program),
        next_due=next(
            (one.due for one in held if one.due > situation.now and mentorship.active), None
        ),
    )


def _of_applications(situation: Situation) -> Iterator[Need]:
    for one in assess_all(situation):
        if one.application.pull.is_locked:
            continue
        if one.stage is Stage.READY:
            since = _day_of(one.memory.told, situation)
            yield _need(NeedKind.READY, one, since, situation.program.coordinators)
        elif one.stage is Stage.NEEDS_MAINTAINER:
            yield _need(NeedKind.MAINTAINER, one, None, situation.program.coordinators)
        elif one.stage is Stage.NEEDS_ANSWER:
            since = _day_of(one.memory.asked, situation)
            yield _need(NeedKind.ANSWER, one, since, one.memory.missing)


def _need(kind: NeedKind, one: Assessed, since: date | None, whom: tuple[str, ...]) -> Need:
    return Need(kind=kind, who=one.mentee, number=one.number, whom=whom, since=since)


def _day_of(moment: str, situation: Situation) -> date:
    """Return the day that a memory keeps; without one it is kept in this run."""
    return local_day(parse_moment(moment) or situation.now, situation.program.zone)


def _of_mentorships(running: Iterable[RunningMentorship], situation: Situation) -> Iterator[Need]:
    for one in running:
        mentorship = one.mentorship
        tracker = mentorship.key(Kind.TRACKER)
        if len(situation.gone(mentorship)) == len(mentorship.mentors):
            whom = situation.coordinators_of(mentorship)
            yield Need(kind=NeedKind.ALONE, who=mentorship.name, tracker=tracker, whom=whom)
        if opened := _open_since(mentorship, situation):
            yield Need(
                kind=NeedKind.CHECKPOINT,
                who=mentorship.name,
                tracker=tracker,
                whom=(),
                since=opened,
            )
        if one.ends - local_day(situation.now, mentorship.zone) <= ENDS_SOON:
            yield Need(
                kind=NeedKind.ENDS,
                who=mentorship.name,
                tracker=tracker,
                whom=mentorship.people,
                since=one.ends,
            )


def _open_since(mentorship: Mentorship, situation: Situation) -> date | None:
    """Return the day of the checkpoint that is open, None for none."""
    standing = standing_of(mentorship, situation)
    every = checkpoints_of(mentorship, situation.program)
    due = (one.due for one in every if standing.waits and one.slug == standing.asked[-1])
    return next((local_day(one, mentorship.zone) for one in due), None)
