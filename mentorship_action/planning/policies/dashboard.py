"""The dashboard: one issue for the whole program, edited in place, whose boxes are requests."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from mentorship_action.domain.bot_state import hidden_in, hidden_line, marker, section
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.snapshot import SUMMARY, Issue, Wants
from mentorship_action.planning.changes import (
    NOT_YET,
    Change,
    CloseIssue,
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
from mentorship_action.planning.seats import (
    DASHBOARD_KEY,
    SeatStanding,
    question_key,
    seat_standing,
    seats_memory,
)
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.talk import CLOSED
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.render import Wording
from mentorship_action.wording.views import (
    CheckInSkipped,
    DashboardIssue,
    DashboardMentorship,
    DashboardNeed,
    DashboardSeats,
    DashboardSummary,
    Reminder,
)

_BOX = "box"
_REMINDER = "reminder"
_MOST, _MOST_NEEDS = 50, 30
"""So many mentorships, mentors and needs of the longest kind fit into an issue's body."""
_TICKED = re.compile(r"[ \t]*- \[[xX]\] ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What somebody asks for by ticking a box.

    ``do`` is answer or ready, ``of`` the number of an application then; or check-in or skip, of the
    mentorship with that id.
    """

    do: str
    of: str


def wants_for_dashboard(situation: Situation) -> Wants:
    """Return the dashboard, and the conversations that somebody ticked a box for."""
    issue = situation.snapshot.survivor(DASHBOARD_KEY)
    if issue is None:
        return Wants(issues={DASHBOARD_KEY: None} if situation.mentorships else {})
    return Wants(issues={DASHBOARD_KEY: None}, comments=frozenset(_conversations(issue, situation)))


def _conversations(issue: Issue, situation: Situation) -> Iterator[int]:
    for request in _requests(issue):
        if request.do in ("answer", "ready") and request.of.isdecimal():
            yield from (
                one.pull.number
                for one in situation.snapshot.applications
                if str(one.pull.number) == request.of
            )
        elif request.do == "check-in":
            yield from (one.number for _, one in situation.open_check_ins(request.of))


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
    for request in _requests(issue):
        yield from _carry_out(request, situation)
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
    skipped = frozenset(one.of for one in _requests(issue) if one.do == "skip")
    running, standing = running_mentorships(situation), seat_standing(situation)
    as_of = _day(former.values, today)
    same_day = _summary(running, situation, standing, as_of, skipped)
    if _with_numbers(same_day, running, situation) == former.text:
        return
    yield EditIssue(
        key=DASHBOARD_KEY,
        number=issue.number,
        section=SUMMARY,
        text=_summary(running, situation, standing, today, skipped),
        names=_names(running),
        # Who could not be asked is asked by a later run.
        needs=(question_key(today),) if standing.asked else (),
        # A tick that is made meanwhile is a request, and must not be overwritten.
        seen=former.text,
        why="the program has moved on",
        rank=Rank.DASHBOARD,
    )


def _with_numbers(text: str, running: Sequence[RunningMentorship], situation: Situation) -> str:
    for key in _names(running):
        issue = situation.snapshot.survivor(key)
        text = text.replace(reference(key), f"#{issue.number}" if issue else NOT_YET)
    return text


def _day(values: Mapping[str, str], today: date) -> date:
    """Return the day of the last change that a dashboard keeps, else today."""
    try:
        return date.fromisoformat(values.get("asof", ""))
    except ValueError:
        return today


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
    skipped: frozenset[str] = frozenset(),
) -> str:
    """Return the dashboard's text with its fences; the check-ins of ``skipped`` are closed."""
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
        mentorships=tuple(_mentorship(one, skipped) for one in running[:_MOST]),
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
    do = {NeedKind.ANSWER: "answer", NeedKind.READY: "ready"}.get(one.kind, "")
    return DashboardNeed(
        kind=one.kind.name.lower(),
        who=one.who,
        on=Safe(reference(one.tracker) if one.tracker else f"#{one.number}"),
        whom=one.whom,
        since=one.since,
        box=_box(do, str(one.number)) if do else Safe(""),
    )


def _mentorship(one: RunningMentorship, skipped: frozenset[str]) -> DashboardMentorship:
    mentorship = one.mentorship
    check_in = None if mentorship.id in skipped else one.check_in
    return DashboardMentorship(
        who=mentorship.name,
        mentors=mentorship.seat_mentors,
        tracker=Safe(reference(mentorship.key(Kind.TRACKER))),
        check_in=Safe(reference(check_in) if check_in else ""),
        number=one.number,
        of=one.of,
        ends=one.ends,
        remind=_box("check-in", mentorship.id),
        skip=_box("skip", mentorship.id),
    )


def _box(do: str, of: str) -> Safe:
    """Return the hidden text that tells what a box asks for."""
    return Safe(" " + hidden_line(_BOX, {"do": do, "of": of}))


def _requests(issue: Issue) -> Iterator[Request]:
    """Yield what is ticked in a dashboard."""
    for line in issue.summary.text.split("\n") if issue.summary else ():
        values = hidden_in(line, _BOX) if _TICKED.match(line) else {}
        if values.get("do") and values.get("of"):
            yield Request(do=values["do"], of=values["of"])


def _carry_out(request: Request, situation: Situation) -> Iterator[Change]:
    """Yield what a ticked box asks for; what is no longer there to remind of is left."""
    if request.do in ("answer", "ready"):
        yield from _remind_of_application(request, situation)
        return
    running = next(
        (one for one in running_mentorships(situation) if one.mentorship.id == request.of), None
    )
    issue = situation.snapshot.survivor(running.check_in) if running and running.check_in else None
    if running is None or issue is None or not issue.is_open:
        return
    if request.do == "skip":
        remark = situation.wording.render(CheckInSkipped()).strip()
        yield CloseIssue(
            key=DASHBOARD_KEY,
            number=issue.number,
            completed=False,
            remark=f"{hidden_line(CLOSED, {})}\n{remark}",
            why="its meeting is skipped, as somebody ticked on the dashboard",
            rank=Rank.END,
        )
    elif request.do == "check-in" and issue.marked is not None:
        key = replace(issue.marked, kind=_REMINDER)
        people = running.mentorship.people
        view = Reminder(about="check-in", who=running.mentorship.name, whom=people)
        yield from _remind(issue.number, key, view, situation)


def _remind_of_application(request: Request, situation: Situation) -> Iterator[Change]:
    kind = NeedKind.ANSWER if request.do == "answer" else NeedKind.READY
    today = local_day(situation.now, situation.program.zone)
    for need in needs_of(running_mentorships(situation), situation):
        if need.kind is kind and str(need.number) == request.of:
            key = Key(kind=_REMINDER, mentee=need.who, period=f"{request.do}-{today}")
            view = Reminder(about=request.do, who=need.who, whom=need.whom)
            yield from _remind(need.number, key, view, situation)


def _remind(number: int, key: Key, view: Reminder, situation: Situation) -> Iterator[WriteComment]:
    """Yield a reminder, unless there is one for that week or day."""
    if number not in situation.snapshot.comments:
        # Nobody knows whether there is one; the box stays ticked for the next run.
        raise LookupError(f"#{number} could not be read")
    if key not in situation.snapshot.comment_keys(number):
        yield WriteComment(
            # Of the dashboard, so that the box stays ticked when the comment fails.
            key=DASHBOARD_KEY,
            number=number,
            body=f"{marker(key)}\n{situation.wording.render(view).strip()}",
            why="somebody ticked the reminder on the dashboard",
            rank=Rank.END,
        )


DASHBOARD = Policy(
    name="dashboard", plan=plan_dashboard, wants=wants_for_dashboard, labels=(OVERVIEW,)
)
