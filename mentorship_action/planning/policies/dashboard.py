"""The dashboard: one issue for the whole program, edited in place, whose boxes are requests."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from mentorship_action.domain.bot_state import marker, section
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.snapshot import SUMMARY, Issue, Wants
from mentorship_action.planning.applications.assess import assess_all, is_asked_again
from mentorship_action.planning.changes import (
    NOT_YET,
    Change,
    EditIssue,
    Notice,
    OpenIssue,
    Rank,
    WriteComment,
    reference,
)
from mentorship_action.planning.kinds import OVERVIEW, labels_for
from mentorship_action.planning.overview import (
    Need,
    NeedKind,
    RunningMentorship,
    needs_of,
    running_mentorships,
)
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.requests import (
    DASHBOARD_KEY,
    REMIND_APPLICATION,
    REMIND_CHECK_IN,
    SKIP,
    box_line,
    changed_on,
    is_asked_for,
    ticked_boxes,
)
from mentorship_action.planning.seats import (
    SeatStanding,
    question_key,
    seat_standing,
    seats_memory,
)
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.render import Wording
from mentorship_action.wording.views import (
    DashboardIssue,
    DashboardMentorship,
    DashboardNeed,
    DashboardSeats,
    DashboardSummary,
    Reminder,
)

_REMINDER = "reminder"
_MOST, _MOST_NEEDS = 50, 30
"""So many mentorships, mentors and needs of the longest kind fit into an issue's body."""


def wants_for_dashboard(situation: Situation) -> Wants:
    """Return the dashboard, and the check-ins whose reminders somebody asks for."""
    if not situation.mentorships and situation.snapshot.survivor(DASHBOARD_KEY) is None:
        return Wants()
    numbers = (
        issue.number
        for one in ticked_boxes(situation)
        if one.do == REMIND_CHECK_IN
        for _, issue in situation.open_check_ins(one.of)
    )
    return Wants(issues={DASHBOARD_KEY: None}, comments=frozenset(numbers))


def plan_dashboard(situation: Situation) -> Iterator[Change | Notice]:
    """Yield what was asked for by ticking, then the dashboard as it is to be."""
    yield from plan_each([("dashboard", DASHBOARD_KEY)], _plan, situation)


def _plan(_: Key, situation: Situation) -> Iterator[Change | Notice]:
    issue = situation.snapshot.survivor(DASHBOARD_KEY)
    if issue is None:
        if situation.mentorships:
            yield _open(situation)
        return
    if not issue.is_open or issue.summary is None:
        return
    yield from _reminders(situation)
    yield from _update(issue, situation)


def _open(situation: Situation) -> OpenIssue:
    today = local_day(situation.now, situation.program.zone)
    running = running_mentorships(situation)
    summary = Safe(_summary(running, situation, seat_standing(situation), today))
    view = DashboardIssue(program=situation.program, summary=summary)
    message = situation.wording.render(view)
    return OpenIssue(
        key=DASHBOARD_KEY,
        title=message.title,
        body=f"{marker(DASHBOARD_KEY)}\n{message.body}",
        labels=labels_for(OVERVIEW, situation.program),
        names=_names(running),
        why="it shows the whole program",
        rank=Rank.DASHBOARD,
    )


def _update(issue: Issue, situation: Situation) -> Iterator[EditIssue]:
    """Yield the edit of a dashboard that says something else by now; its date is no change."""
    if issue.summary is None:
        return
    former, today = issue.summary, local_day(situation.now, situation.program.zone)
    running, standing = running_mentorships(situation), seat_standing(situation)
    as_of = changed_on(issue) or today
    same_day = _summary(running, situation, standing, as_of)
    if _with_numbers(same_day, running, situation) == former.text:
        return
    yield EditIssue(
        key=DASHBOARD_KEY,
        number=issue.number,
        section=SUMMARY,
        text=_summary(running, situation, standing, today),
        names=_names(running),
        needs=tuple(_needed_before(standing, today, situation)),
        # A tick that is made meanwhile is a request, and must not be overwritten.
        seen=former.text,
        why="the program has moved on",
        rank=Rank.DASHBOARD,
    )


def _needed_before(standing: SeatStanding, today: date, situation: Situation) -> Iterator[Key]:
    """Yield what comes first: until then boxes stay ticked, and nobody counts as asked."""
    if standing.asked:
        yield question_key(today)
    yield from (one.key for one in assess_all(situation) if is_asked_again(one, situation))
    for box in ticked_boxes(situation):
        if box.do == SKIP:
            yield from (key for key, _ in situation.open_check_ins(box.of))


def _with_numbers(text: str, running: Sequence[RunningMentorship], situation: Situation) -> str:
    for key in _names(running):
        issue = situation.snapshot.survivor(key)
        text = text.replace(reference(key), f"#{issue.number}" if issue else NOT_YET)
    return text


def _names(running: Sequence[RunningMentorship]) -> tuple[Key, ...]:
    """Return the keys of the issues that the dashboard refers to."""
    shown = running[:_MOST]
    trackers = (one.mentorship.key(Kind.TRACKER) for one in shown)
    return (*trackers, *(one.check_in for one in shown if one.check_in))


def _summary(
    running: Sequence[RunningMentorship],
    situation: Situation,
    standing: SeatStanding,
    as_of: date,
) -> str:
    """Return the dashboard's text with its fences."""
    program = situation.program
    counts = [
        DashboardSeats(
            mentor=seats.mentor,
            capacity=seats.capacity,
            taken=len(seats.seated),
            free=0 if seats.mentor in standing.unconfirmed else seats.free(program),
            waiting=len(seats.waiting),
        )
        for seats in situation.seats.values()
    ]
    view = DashboardSummary(
        needs=tuple(_need(one) for one in needs_of(running, situation)[:_MOST_NEEDS]),
        seats=tuple(counts[:_MOST]),
        more_seats=max(0, len(counts) - _MOST),
        capacity=sum(one.capacity for one in counts),
        taken=sum(one.taken for one in counts),
        free=sum(one.free for one in counts),
        waiting=sum(one.waiting for one in counts),
        mentorships=tuple(_mentorship(one) for one in running[:_MOST]),
        more=max(0, len(running) - _MOST),
        as_of=as_of,
    )
    kept = {"asof": as_of, "seats": seats_memory(standing.answers, program)}
    return section(SUMMARY, _rendered(situation.wording, view), kept)


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


def _reminders(situation: Situation) -> Iterator[WriteComment]:
    """Yield the reminders on check-ins that somebody asks for, one for each check-in."""
    for one in running_mentorships(situation):
        issue = situation.snapshot.survivor(one.check_in) if one.check_in else None
        if issue is None or not issue.is_open or issue.marked is None:
            continue
        if not is_asked_for(REMIND_CHECK_IN, one.mentorship.id, situation):
            continue
        if issue.number not in situation.snapshot.comments:
            # Nobody knows whether there is one; the box stays ticked for the next run.
            raise LookupError(f"#{issue.number} could not be read")
        key = replace(issue.marked, kind=_REMINDER)
        if key not in situation.snapshot.comment_keys(issue.number):
            text = situation.wording.render(Reminder(whom=one.mentorship.people)).strip()
            yield WriteComment(
                # Of the dashboard, so that the box stays ticked when the comment fails.
                key=DASHBOARD_KEY,
                number=issue.number,
                body=f"{marker(key)}\n{text}",
                why="somebody ticked the reminder on the dashboard",
                rank=Rank.END,
            )


DASHBOARD = Policy(
    name="dashboard", plan=plan_dashboard, wants=wants_for_dashboard, labels=(OVERVIEW,)
)
