"""Trackers: one for each seated mentorship, its summary always as in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mentorship_action.domain.bot_state import marker, part
from mentorship_action.domain.calendar import is_over, local_day
from mentorship_action.domain.identity import Key, Kind, mentorship_id
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.record import Status
from mentorship_action.domain.snapshot import SUMMARY, Issue, Wants
from mentorship_action.planning.changes import Change, EditIssue, Notice, OpenIssue, Rank
from mentorship_action.planning.checkpoint import standing_of
from mentorship_action.planning.handover import led_now
from mentorship_action.planning.kinds import TRACKER, labels_for, milestone_of
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.tracker_summary import (
    TrackerState,
    first_state,
    state_of,
    write_summary,
)
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.render import Message
from mentorship_action.wording.views import MenteeChecklist, TeamPart, TrackerIssue

_BOX = "- [ ] "


def wants_for_trackers(situation: Situation) -> Wants:
    """Return the trackers that should exist, and the newcomers who may have to be assigned."""
    active = [
        one
        for one in situation.mentorships
        if one.status is Status.ACTIVE and not is_over(one, situation.program, situation.now)
    ]
    trackers = situation.snapshot.trackers
    without = [one for one in active if one.id not in trackers]
    waiting = frozenset(one.key(Kind.TRACKER) for one in without if one.id in situation.waiting)
    keys: dict[Key, None] = {
        key: None for one in active if (key := one.key(Kind.TRACKER)) not in waiting
    }
    if keys.keys() - situation.snapshot.answered.issues.keys():
        # Who is new is known only when it was looked for their trackers.
        return Wants(issues=keys, labelled=waiting)
    newcomers = frozenset(
        login
        for one in active
        for login in _newcomers(one, trackers.get(one.id))
        if one.id not in situation.waiting
    )
    # Somebody who was renamed keeps the seat, so they are asked about before it is somebody else's.
    ended = not any(one.is_open for one in situation.left_behind.values())
    renamed = _renamed_in_teams(situation) | (
        frozenset[str]() if ended else frozenset(login for one in without for login in one.mentees)
    )
    return Wants(issues=keys, labelled=waiting, assignable=newcomers, accounts=renamed)


def _renamed_in_teams(situation: Situation) -> frozenset[str]:
    """Return the newcomers of teams that somebody has left: they may be the same people."""
    found: set[str] = set()
    for team in situation.program.teams:
        tracker = situation.snapshot.trackers.get(mentorship_id("", team.term, team.id))
        if tracker is not None and tracker.is_open:
            logins = {one.login for one in situation.by_team.get(team.id, ())}
            if any(tracker.members[login] for login in tracker.members.keys() - logins):
                found |= logins - tracker.members.keys()
    return frozenset(found)


def _newcomers(mentorship: Mentorship, tracker: Issue | None) -> tuple[str, ...]:
    """Return the mentees who are not in the tracker of their mentorship yet."""
    if tracker is None:
        return mentorship.mentees
    is_ours = mentorship.team and tracker.summary is not None
    return tuple(one for one in mentorship.mentees if is_ours and one not in tracker.members)


def plan_trackers(situation: Situation) -> Iterator[Change | Notice]:
    """Yield what is missing of all trackers."""
    named = ((one.key(Kind.TRACKER), one) for one in situation.mentorships)
    yield from plan_each(named, _plan_one, situation)
    yield from _waiting_for_teams(situation)


def _waiting_for_teams(situation: Situation) -> Iterator[Notice]:
    for team in situation.program.teams:
        for one in situation.teams[team.id].waiting:
            login = situation.by_id[one].login
            is_in = one not in situation.waiting
            yield Notice(
                kind="overbooked" if is_in else "waiting",
                key=f"tracker/{one}",
                text=f"{team.name} has more mentees than places; {login} goes on anyway"
                if is_in
                else f"{login} waits for a free place in {team.name}",
            )


def _plan_one(mentorship: Mentorship, situation: Situation) -> Iterator[Change | Notice]:
    tracker = situation.snapshot.trackers.get(mentorship.id)
    former = situation.renamed.get(mentorship.id)
    if tracker is not None:
        yield from _keep(mentorship, tracker, situation)
    elif former is not None and mentorship.status is Status.ACTIVE:
        yield from _rename(mentorship, former, situation)
    elif mentorship.status is Status.ACTIVE:
        yield from _open(mentorship, situation)


def _open(mentorship: Mentorship, situation: Situation) -> Iterator[Change | Notice]:
    key = mentorship.key(Kind.TRACKER)
    # Files of what has ended stay to be read, and nobody is told in every run.
    over = is_over(mentorship, situation.program, situation.now)
    if over or mentorship.id in situation.alone:
        return
    if mentorship.id in situation.waiting:
        yield Notice(
            kind="waiting",
            key=str(key),
            text=f"{mentorship.name} waits for a free seat with {mentorship.lead}",
        )
    else:
        yield _open_tracker(mentorship, situation)


def _open_tracker(mentorship: Mentorship, situation: Situation) -> OpenIssue:
    key = mentorship.key(Kind.TRACKER)
    state = first_state(mentorship, situation)
    message = _message(mentorship, state, situation)
    milestone, needs = milestone_of(mentorship.term, situation.program)
    return OpenIssue(
        key=key,
        title=message.title,
        body=f"{marker(key)}\n{message.body}",
        labels=labels_for(TRACKER, situation.program),
        assignees=(*mentorship.seat_mentors, *state.assignable),
        sure=state.assignable,
        milestone=milestone,
        needs=needs,
        why=f"{mentorship.name} and {mentorship.lead} have no tracker yet",
        rank=Rank.TRACKER,
    )


def _message(mentorship: Mentorship, state: TrackerState, situation: Situation) -> Message:
    parts = _parts(mentorship, mentorship.mentees, situation)
    view = TrackerIssue(
        program=situation.program,
        name=mentorship.name,
        mentees=mentorship.mentees,
        is_team=bool(mentorship.team),
        mentor=mentorship.lead,
        mentors=mentorship.seat_mentors,
        summary=Safe(write_summary(mentorship, situation, state)),
        tasks=_tasks(situation) if mentorship.team else (),
        parts=Safe("\n\n".join(text for _, text in parts)),
        every_weeks=mentorship.every_weeks,
        start=mentorship.start,
        file=mentorship.records[0].file,
        helpers=situation.helpers(mentorship),
    )
    return situation.wording.render(view)


def _parts(
    mentorship: Mentorship, logins: tuple[str, ...], situation: Situation
) -> tuple[tuple[str, str], ...]:
    """Return the parts of some mentees of a team in its tracker, each with the login."""
    if not mentorship.team:
        return ()
    return tuple((login, _part(login, situation)) for login in logins)


def _part(login: str, situation: Situation) -> str:
    view = TeamPart(mentee=login, tasks=_tasks(situation))
    return part(login, situation.wording.render(view).strip())


def _tasks(situation: Situation) -> tuple[Safe, ...]:
    """Return what each mentee of a team does, by the checklist that pairs have."""
    text = situation.wording.render(MenteeChecklist(program=situation.program))
    return tuple(
        Safe(line.removeprefix(_BOX)) for line in text.splitlines() if line.startswith(_BOX)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tracker:
    """A tracker as it is, and the state that its summary keeps."""

    issue: Issue
    state: TrackerState


def _keep(
    mentorship: Mentorship, tracker: Issue, situation: Situation
) -> Iterator[Change | Notice]:
    """Yield what brings a tracker up to date: its summary, its people, and that it is open."""
    key = str(mentorship.key(Kind.TRACKER))
    if mentorship.id in situation.waiting and mentorship.id not in situation.alone:
        yield Notice(
            kind="overbooked",
            key=key,
            text=f"{mentorship.lead} has more mentorships than seats; "
            f"{mentorship.name} goes on anyway",
        )
    if tracker.summary is None:
        # Somebody removed the fences; the text is theirs now.
        if tracker.is_open:
            yield Notice(
                kind="unfenced",
                key=key,
                text=f"#{tracker.number} has no summary of ours any more; its text is left alone",
            )
        return
    if not tracker.is_open and not _came_back(mentorship, tracker, situation):
        return
    state = state_of(mentorship, tracker, situation)
    led = led_now(mentorship, situation)
    yield from _bring_up_to_date(led, _Tracker(issue=tracker, state=state), situation)


def _rename(mentorship: Mentorship, former: Issue, situation: Situation) -> Iterator[EditIssue]:
    """Yield what moves the tracker and open check-ins of a renamed account to its new login."""
    if former.summary is None or former.marked is None:
        return
    state = state_of(mentorship, former, situation)
    yield EditIssue(
        key=mentorship.key(Kind.TRACKER),
        number=former.number,
        rekey=mentorship.key(Kind.TRACKER),
        section=SUMMARY,
        text=write_summary(mentorship, situation, state),
        title=_message(mentorship, state, situation).title,
        why=f"{former.marked.mentee} is {mentorship.name} now",
        rank=Rank.TRACKER,
    )
    for key, issue in situation.open_check_ins(mentorship.id):
        yield EditIssue(
            key=key,
            number=issue.number,
            rekey=key,
            why=f"{former.marked.mentee} is {mentorship.name} now",
            rank=Rank.TRACKER,
        )


def _came_back(mentorship: Mentorship, tracker: Issue, situation: Situation) -> bool:
    """Whether we closed the tracker when the mentorship ended, and it is active once more.

    One that a person closed stays closed.
    """
    ended = tracker.summary is not None and bool(tracker.summary.values.get("ended"))
    over = is_over(mentorship, situation.program, situation.now)
    return ended and mentorship.status is Status.ACTIVE and not over


def _bring_up_to_date(
    mentorship: Mentorship, tracker: _Tracker, situation: Situation
) -> Iterator[EditIssue]:
    issue, state = tracker.issue, tracker.state
    back = not issue.is_open
    if back:
        state = replace(state, back=local_day(situation.now, mentorship.zone))
    text = write_summary(mentorship, situation, state)
    if issue.summary is None or (issue.summary.text == text and not back):
        return
    former = tuple(issue.summary.values.get("mentor", "").split(","))
    moved = former != mentorship.seat_mentors
    renamed = situation.renamed_in(mentorship)
    new = _newcomers(mentorship, issue)
    joined = tuple(one for one in new if one not in renamed.values())
    gone = tuple(one for one in issue.members if one not in mentorship.mentees)
    left = tuple(one for one in gone if one not in renamed)
    assign = (*mentorship.seat_mentors, *(one for one in new if one in state.assignable))
    yield EditIssue(
        key=mentorship.key(Kind.TRACKER),
        number=issue.number,
        section=SUMMARY,
        text=text,
        parts=_parts(mentorship, joined, situation),
        leavers=left,
        renamed=tuple(renamed.items()),
        title=_message(mentorship, state, situation).title if moved else "",
        assign=tuple(one for one in assign if one not in former),
        unassign=(*(one for one in former if one not in mentorship.seat_mentors), *gone),
        needs=_comment_first(mentorship, situation),
        reopen=back,
        why=_who_moved(joined, left, renamed) or _why(mentorship, moved=moved, back=back),
        rank=Rank.SUMMARY,
    )


def _comment_first(mentorship: Mentorship, situation: Situation) -> tuple[Key, ...]:
    """Return the comment that has to be written before the summary says so, if there is one."""
    standing = standing_of(mentorship, situation)
    return (mentorship.key(Kind.CHECKPOINT, standing.asked[-1]),) if standing.is_news else ()


def _who_moved(joined: tuple[str, ...], left: tuple[str, ...], renamed: Mapping[str, str]) -> str:
    """Return who came into a team's tracker, who is out of it and who was renamed, or ""."""
    parts = [f"{', '.join(joined)} joined"] if joined else []
    parts += [f"{', '.join(left)} left"] if left else []
    return ", ".join([*parts, *(f"{former} is {login} now" for former, login in renamed.items())])


def _why(mentorship: Mentorship, *, moved: bool, back: bool) -> str:
    if back:
        return f"{mentorship.name} is back"
    return (
        f"the mentor is {', '.join(mentorship.seat_mentors)} now"
        if moved
        else "the file or the dates changed"
    )


TRACKERS = Policy(name="trackers", plan=plan_trackers, wants=wants_for_trackers, labels=(TRACKER,))
