"""The dashboard: one issue for the whole program, edited in place, whose boxes are requests."""

from collections.abc import Iterator
from dataclasses import replace

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.identity import Key
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
from mentorship_action.planning.dashboard import Overview, overview_of
from mentorship_action.planning.kinds import OVERVIEW, labels_for
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.requests import (
    DASHBOARD_KEY,
    REMIND_CHECK_IN,
    SKIP,
    changed_on,
    ticked_boxes,
)
from mentorship_action.planning.seats import question_key
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import DashboardIssue, Reminder

_REMINDER = "reminder"


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
            yield _open(overview_of(situation), situation)
    elif issue.is_open and issue.summary is None:
        yield Notice(
            kind="unfenced",
            key=str(DASHBOARD_KEY),
            text=f"the dashboard #{issue.number} is left alone: its hidden lines are gone; close "
            "and delete it, and the next run opens a new one",
        )
    elif issue.is_open:
        overview = overview_of(situation)
        yield from _reminders(overview, situation)
        yield from _update(overview, issue, situation)


def _open(overview: Overview, situation: Situation) -> OpenIssue:
    summary = Safe(overview.text(local_day(situation.now, situation.program.zone)))
    view = DashboardIssue(program=situation.program, summary=summary)
    message = situation.wording.render(view)
    return OpenIssue(
        key=DASHBOARD_KEY,
        title=message.title,
        body=f"{marker(DASHBOARD_KEY)}\n{message.body}",
        labels=labels_for(OVERVIEW, situation.program),
        names=overview.names,
        why="it shows the whole program",
        rank=Rank.DASHBOARD,
    )


def _update(overview: Overview, issue: Issue, situation: Situation) -> Iterator[EditIssue]:
    """Yield the edit of a dashboard that says something else by now; its date is no change."""
    today = local_day(situation.now, situation.program.zone)
    former = issue.summary.text if issue.summary else ""
    as_before = overview.text(changed_on(issue) or today)
    if _with_numbers(as_before, overview, situation) == former:
        return
    yield EditIssue(
        key=DASHBOARD_KEY,
        number=issue.number,
        section=SUMMARY,
        text=overview.text(today),
        names=overview.names,
        needs=tuple(_needed_before(overview, situation)),
        # A tick that is made meanwhile is a request, and must not be overwritten.
        seen=former,
        why="the program has moved on",
        rank=Rank.DASHBOARD,
    )


def _needed_before(overview: Overview, situation: Situation) -> Iterator[Key]:
    """Yield what comes first: until then boxes stay ticked, and nobody counts as asked."""
    if overview.standing.asked:
        yield question_key(local_day(situation.now, situation.program.zone))
    yield from (one.key for one in assess_all(situation) if is_asked_again(one, situation))
    for box in ticked_boxes(situation):
        if box.do == SKIP:
            yield from (key for key, _ in situation.open_check_ins(box.of))


def _with_numbers(text: str, overview: Overview, situation: Situation) -> str:
    for key in overview.names:
        issue = situation.snapshot.survivor(key)
        text = text.replace(reference(key), f"#{issue.number}" if issue else NOT_YET)
    return text


def _reminders(overview: Overview, situation: Situation) -> Iterator[WriteComment]:
    """Yield the reminders on check-ins that somebody asks for, one for each check-in."""
    asked = {one.of for one in ticked_boxes(situation) if one.do == REMIND_CHECK_IN}
    for one in overview.running:
        issue = situation.snapshot.survivor(one.check_in) if one.check_in else None
        is_asked = one.mentorship.id in asked
        if not is_asked or issue is None or not issue.is_open or issue.marked is None:
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
