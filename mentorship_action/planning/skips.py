"""Meetings that people skip, by a command or a box; the tracker keeps the weeks of the last."""

from collections.abc import Iterator
from datetime import date

from mentorship_action.domain.calendar import Slot, local_day, slots
from mentorship_action.domain.commands import COMMANDS
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.snapshot import Issue
from mentorship_action.planning.handover import handover_of
from mentorship_action.planning.requests import SKIP, is_asked_for
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.spoken import CommandPlace, spoken_in

_MOST_KEPT = 5


def kept_skips(tracker: Issue | None) -> tuple[str, ...]:
    """Return the weeks that a tracker keeps as skipped, the newest last."""
    text = tracker.summary.values.get("skipped", "") if tracker and tracker.summary else ""
    return tuple(filter(None, text.split(",")))


def skipped_weeks(mentorship: Mentorship, situation: Situation) -> tuple[str, ...]:
    """Return the weeks whose meeting is skipped, what is asked for in this run included."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    weeks = {*kept_skips(tracker), *_asked_now(mentorship, situation)}
    return tuple(sorted(weeks)[-_MOST_KEPT:])


def meeting_to_skip(place: CommandPlace, mentorship: Mentorship, situation: Situation) -> str:
    """Return the week of the meeting that is meant on an issue: on the tracker the next one.

    It is the same for everybody who says so. "" where there is none ahead.
    """
    if place.kind is Kind.CHECK_IN:
        return place.key.period
    today = local_day(situation.now, mentorship.zone)
    ahead = (
        str(one.week)
        for one in slots(mentorship, situation.program)
        if not one.skipped and _day_of(one) >= today
    )
    return next(ahead, "")


def _day_of(slot: Slot) -> date:
    return slot.meets or slot.week.sunday


def _asked_now(mentorship: Mentorship, situation: Situation) -> Iterator[str]:
    open_now = situation.open_check_ins(mentorship.id)
    if open_now and is_asked_for(SKIP, mentorship.id, situation):
        yield open_now[-1][0].period
    # As the files have it: who hands over may go on speaking.
    mentorship = situation.by_mentorship.get(mentorship.id, mentorship)
    acting = handover_of(mentorship, situation).acting
    for spoken in spoken_in(mentorship, acting, situation):
        given = any(one.word == "skip" for one in spoken.commands)
        if given and COMMANDS["skip"].allows(spoken.roles) and not spoken.comment.was_edited:
            yield meeting_to_skip(spoken.place, mentorship, situation)
