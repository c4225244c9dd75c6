"""What needs a person, for the eyes of coordinators and mentors alone: nothing of it is published.

Beside what the dashboard shows it has questions without an answer, mentees without a sign, and
seats that nobody confirmed.
"""

from collections.abc import Iterator
from datetime import date, datetime

from mentorship_action.domain.calendar import current_slot, local_day
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.snapshot import Wants
from mentorship_action.planning.changes import Change, Notice
from mentorship_action.planning.overview import (
    Need,
    NeedKind,
    RunningMentorship,
    needs_of,
    running_mentorships,
)
from mentorship_action.planning.policies.check_ins import former_keys
from mentorship_action.planning.policy import Policy
from mentorship_action.planning.requests import DASHBOARD_KEY
from mentorship_action.planning.seats import seat_standing
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.talk import since_when, talk_of


def wants_for_status(situation: Situation) -> Wants:
    """Return the check-ins of late, and since when comments matter."""
    keys: dict[Key, datetime | None] = {}
    since: list[datetime] = []
    for one in running_mentorships(situation):
        current = current_slot(one.mentorship, situation.program, situation.now)
        if current is not None:
            keys |= former_keys(one.mentorship, current, situation)
        begun = since_when(one.mentorship, situation)
        since += [begun] if begun else []
    return Wants(issues=keys, recent_comments=min(since, default=None))


def _nothing(_: Situation) -> Iterator[Change | Notice]:
    yield from ()


LOOK_ONLY = Policy(name="status", plan=_nothing, wants=wants_for_status)
"""A policy that only looks."""


def status_of(situation: Situation) -> list[Need]:
    """Return all that waits for a person, the worst first, then what has waited longest."""
    running = running_mentorships(situation)
    found = [
        *needs_of(running, situation),
        *_in_private(running, situation),
        *_seats_without_answer(situation),
    ]
    return sorted(found, key=lambda one: (one.kind, one.since or date.max, one.who))


def _seats_without_answer(situation: Situation) -> Iterator[Need]:
    """Yield the mentors whose seats are not offered, since the day on which they were asked."""
    dashboard, standing = situation.snapshot.survivor(DASHBOARD_KEY), seat_standing(situation)
    for login in sorted(standing.unconfirmed):
        yield Need(
            kind=NeedKind.SEATS,
            who=login,
            number=dashboard.number if dashboard else 0,
            whom=(login,),
            since=standing.answers[login].on,
        )


def _in_private(running: list[RunningMentorship], situation: Situation) -> Iterator[Need]:
    for one in running:
        mentorship = one.mentorship
        talk, tracker = talk_of(mentorship, situation), mentorship.key(Kind.TRACKER)
        if (question := talk.unanswered()) is not None:
            yield Need(
                kind=NeedKind.QUESTION,
                who=question.speaker,
                number=question.number,
                whom=mentorship.seat_mentors,
                since=local_day(question.comment.created, mentorship.zone),
            )
        for mentee in mentorship.active:
            quiet = talk.quiet_for(mentee)
            if quiet >= situation.program.quiet_after:
                first = talk.check_ins[-quiet][1].created
                yield Need(
                    kind=NeedKind.QUIET,
                    who=mentee,
                    tracker=tracker,
                    whom=(mentorship.lead,),
                    since=local_day(first, mentorship.zone),
                )
