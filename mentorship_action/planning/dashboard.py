"""What the dashboard shows: the whole program as one text, short enough for an issue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from mentorship_action.domain.application import Stage
from mentorship_action.domain.bot_state import section
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.snapshot import SUMMARY
from mentorship_action.planning.applications.assess import assess_all
from mentorship_action.planning.changes import reference
from mentorship_action.planning.overview import (
    Need,
    NeedKind,
    RunningMentorship,
    needs_of,
    running_mentorships,
)
from mentorship_action.planning.requests import (
    REMIND_APPLICATION,
    REMIND_CHECK_IN,
    SKIP,
    box_line,
)
from mentorship_action.planning.seats import SeatStanding, seat_standing, seats_memory
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.render import Wording
from mentorship_action.wording.views import (
    DashboardMentorship,
    DashboardNeed,
    DashboardQueue,
    DashboardSeats,
    DashboardSummary,
    Waiting,
)

_MOST: Final = (50, 20, 5)
"""So many entries of each kind are shown: the first number with which the text fits."""
_LONGEST: Final = 58_000
"""GitHub takes 65,536 characters in an issue; people write in it as well."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """All that the dashboard tells of a program.

    ``queues`` are those who wait for a seat or a place, by a mentor's login or ``team:`` and a
    team's id, in order.
    """

    situation: Situation
    running: tuple[RunningMentorship, ...]
    needs: tuple[Need, ...]
    queues: Mapping[str, tuple[Waiting, ...]]
    standing: SeatStanding

    @property
    def names(self) -> tuple[Key, ...]:
        """The keys of the issues that the text may refer to."""
        most = _MOST[0]
        trackers = (one.mentorship.key(Kind.TRACKER) for one in self.running[:most])
        needed = (one.tracker for one in self.needs[:most] if one.tracker)
        check_ins = (one.check_in for one in self.running[:most] if one.check_in)
        return tuple(dict.fromkeys((*trackers, *needed, *check_ins)))

    def text(self, as_of: date) -> str:
        """Return the dashboard's text with its fences, as of the day of its last change."""
        program, text = self.situation.program, ""
        kept = {"asof": as_of, "seats": seats_memory(self.standing.answers, program)}
        for most in _MOST:
            view = self._view(most, as_of)
            text = section(SUMMARY, _rendered(self.situation.wording, view), kept)
            if len(text) <= _LONGEST:
                break
        return text

    def _view(self, most: int, as_of: date) -> DashboardSummary:
        seats, queues = tuple(self._seats()), tuple(self._queues())
        return DashboardSummary(
            needs=tuple(map(_need, self.needs[:most])),
            more_needs=max(0, len(self.needs) - most),
            seats=seats[:most],
            more_seats=max(0, len(seats) - most),
            capacity=sum(one.capacity for one in seats),
            taken=sum(one.taken for one in seats),
            free=sum(one.free for one in seats),
            waiting=sum(one.waiting for one in seats),
            queues=queues[:most],
            more_queues=max(0, len(queues) - most),
            mentorships=tuple(map(_mentorship, self.running[:most])),
            more=max(0, len(self.running) - most),
            next_due=self._next_due(),
            as_of=as_of,
        )

    def _next_due(self) -> date | None:
        """Return the day, in the program's zone, on which the next check-in is due."""
        moments = [one.next_due for one in self.running if one.next_due]
        return local_day(min(moments), self.situation.program.zone) if moments else None

    def _seats(self) -> Iterator[DashboardSeats]:
        for seats in self.situation.seats.values():
            is_offered = seats.mentor not in self.standing.unconfirmed
            yield DashboardSeats(
                mentor=seats.mentor,
                capacity=seats.capacity,
                taken=len(seats.seated),
                free=seats.free(self.situation.program) if is_offered else 0,
                waiting=len(self.queues.get(seats.mentor, ())),
            )

    def _queues(self) -> Iterator[DashboardQueue]:
        for name, waiting in self.queues.items():
            team = self.situation.program.team(name.removeprefix(_TEAM))
            is_team = name.startswith(_TEAM) and team is not None
            yield DashboardQueue(
                of=team.name if is_team and team else name,
                is_team=is_team,
                waiting=waiting[:_MOST_WAITING],
                more=max(0, len(waiting) - _MOST_WAITING),
            )


_TEAM: Final = "team:"
_MOST_WAITING: Final = 10


def overview_of(situation: Situation) -> Overview:
    """Return all that the dashboard tells at a moment."""
    running = running_mentorships(situation)
    return Overview(
        situation=situation,
        running=tuple(running),
        needs=tuple(needs_of(running, situation)),
        queues={name: tuple(some) for name, some in _waitlists(situation).items()},
        standing=seat_standing(situation),
    )


def _waitlists(situation: Situation) -> dict[str, list[Waiting]]:
    """Return who waits for whom: those of the default branch, then applications in order."""
    found: dict[str, list[Waiting]] = {}
    for seats in situation.seats.values():
        for one in seats.waiting:
            mentorship = situation.by_mentorship.get(one)
            who = mentorship.name if mentorship else one
            found.setdefault(seats.mentor, []).append(Waiting(who=who, on=Safe("")))
    for team in situation.teams.values():
        for one in team.waiting:
            who = situation.by_id[one].login
            found.setdefault(f"{_TEAM}{team.team}", []).append(Waiting(who=who, on=Safe("")))
    for application in sorted(assess_all(situation), key=lambda one: one.place):
        if application.stage is Stage.WAITLISTED:
            memory = application.memory
            name = f"{_TEAM}{memory.team}" if application.lacks_place else memory.mentor
            waiting = Waiting(who=application.mentee, on=Safe(f"#{application.number}"))
            found.setdefault(name, []).append(waiting)
    return found


# Most runs find the dashboard as it was, and rendering it would be a third of a rehearsal.
@lru_cache(maxsize=64)
def _rendered(wording: Wording, view: DashboardSummary) -> str:
    return wording.render(view).strip()


def _need(one: Need) -> DashboardNeed:
    can_remind = one.kind in (NeedKind.ANSWER, NeedKind.READY)
    return DashboardNeed(
        kind=one.kind.name.lower(),
        who=one.who,
        on=Safe(reference(one.tracker) if one.tracker else f"#{one.number}"),
        whom=one.whom,
        since=one.since,
        box=_box(REMIND_APPLICATION, str(one.number)) if can_remind else Safe(""),
    )


def _mentorship(one: RunningMentorship) -> DashboardMentorship:
    mentorship = one.mentorship
    return DashboardMentorship(
        who=mentorship.name,
        mentors=mentorship.seat_mentors,
        tracker=Safe(reference(mentorship.key(Kind.TRACKER))),
        check_in=Safe(reference(one.check_in) if one.check_in else ""),
        number=one.number,
        of=one.of,
        ends=one.ends,
        remind=_box(REMIND_CHECK_IN, mentorship.id),
        skip=_box(SKIP, mentorship.id),
    )


def _box(do: str, of: str) -> Safe:
    """Return the hidden text that tells what a box asks for."""
    return Safe(f" {box_line(do, of)}")
