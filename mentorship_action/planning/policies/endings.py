"""The end, and the pause: what is still open is closed when its mentee file says so, or is gone."""

from collections.abc import Iterator
from dataclasses import replace

from mentorship_action.domain.bot_state import hidden_line, marker, section
from mentorship_action.domain.calendar import is_over, last_day, local_day, slots
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentee_files import mentee_file
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import SUMMARY, Issue, Wants
from mentorship_action.planning.changes import (
    Change,
    CloseIssue,
    EditIssue,
    Notice,
    Rank,
    WriteComment,
)
from mentorship_action.planning.handover import led_now
from mentorship_action.planning.policies.check_ins import first_moment
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.progress import boxes_ticked, checklist_of, meetings_held
from mentorship_action.planning.replies import due_answers
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.talk import CLOSED
from mentorship_action.planning.tracker_summary import ABANDONED
from mentorship_action.wording.views import CheckInEnded, MentorshipEnded, TeamGoodbye

_END = "end"
"""The kind of the comment that says goodbye on a tracker."""
_REMOVED = "removed"
_EARLY = frozenset({"", Status.WITHDRAWN.value, _REMOVED, ABANDONED})
_WHY = {"over": "the agreed weeks are over", ABANDONED: "nobody was found to mentor it"}


def wants_for_endings(situation: Situation) -> Wants:
    """Return the check-ins and comments of what ends now: the last comment sums them up."""
    wants = Wants()
    for mentorship in situation.mentorships:
        tracker = situation.snapshot.trackers.get(mentorship.id)
        if tracker is not None and tracker.is_open and _ending_of(mentorship, situation):
            weeks = [one.week for one in slots(mentorship, situation.program) if not one.skipped]
            keys = {mentorship.key(Kind.CHECK_IN, str(week)): first_moment(week) for week in weeks}
            numbers = frozenset({tracker.number} if tracker.comments else ())
            wants |= Wants(issues=keys, comments=numbers)
        elif tracker is not None and tracker.comments and _leavers(mentorship, tracker, situation):
            wants |= Wants(comments=frozenset({tracker.number}))
    return wants


def _leavers(mentorship: Mentorship, tracker: Issue, situation: Situation) -> tuple[Record, ...]:
    """Return the files of those in a team's tracker who have completed or withdrawn."""
    if not mentorship.team or not tracker.is_open or tracker.is_locked:
        return ()
    theirs = situation.by_team.get(mentorship.team, ())
    return tuple(
        one for one in theirs if one.login in tracker.members and not one.status.holds_seat
    )


def plan_endings(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the closing of what paused, ended and elapsed mentorships have left open."""
    named = ((mentorship.key(Kind.TRACKER), mentorship) for mentorship in situation.mentorships)
    yield from plan_each(named, _end_one, situation)
    gone = ((f"tracker/{name}", issue) for name, issue in situation.left_behind.items())
    yield from plan_each(gone, _end_without_file, situation)


def _ending_of(mentorship: Mentorship, situation: Situation) -> str:
    """Return why a mentorship has ended, as in MentorshipEnded; "" while it goes on."""
    if mentorship.is_abandoned:
        return ABANDONED
    if not mentorship.status.holds_seat:
        return mentorship.status.value
    return "over" if is_over(mentorship, situation.program, situation.now) else ""


def _end_one(mentorship: Mentorship, situation: Situation) -> Iterator[Change]:
    ending = _ending_of(mentorship, situation)
    if not ending:
        if mentorship.status is Status.PAUSED:
            yield from _close_check_ins(mentorship.id, "the mentorship is paused", situation)
        yield from _goodbyes_of_team(mentorship, situation)
        return
    why = _WHY.get(ending, f"the mentorship is {ending}")
    yield from _close_check_ins(mentorship.id, why, situation, ending=ending)
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if tracker is None or not tracker.is_open:
        return
    needs = due_answers(tracker, mentorship.id, situation)
    if not tracker.is_locked:
        goodbye = _say_goodbye(mentorship, ending, tracker, situation)
        needs = (*needs, goodbye.key)
        yield goodbye
    yield CloseIssue(
        key=mentorship.key(Kind.TRACKER),
        number=tracker.number,
        completed=ending not in _EARLY,
        needs=needs,
        why=why,
        rank=Rank.END,
    )


def _goodbyes_of_team(mentorship: Mentorship, situation: Situation) -> Iterator[WriteComment]:
    """Yield the comment to each mentee who leaves a team that goes on, before their part goes."""
    tracker = situation.snapshot.trackers.get(mentorship.id)
    if tracker is None:
        return
    for record in _leavers(mentorship, tracker, situation):
        key = mentorship.key(_END, f"{record.status}-{record.login}")
        unread = tracker.comments and tracker.number not in situation.snapshot.comments
        if unread or key in situation.snapshot.comment_keys(tracker.number):
            continue
        said = situation.snapshot.comments.get(tracker.number, ())
        checklist = checklist_of(record.login, tracker, said)
        view = TeamGoodbye(
            mentee=record.login,
            name=mentorship.name,
            ending=record.status.value,
            done=checklist.done,
            boxes=checklist.of,
            goals=record.goals,
            mentor_lines=_mentor_lines(record.login),
            program_file=situation.editor.program_file,
            program_url=situation.editor.page_of(situation.editor.program_file),
            helpers=situation.helpers(mentorship),
        )
        yield WriteComment(
            key=key,
            number=tracker.number,
            body=f"{marker(key)}\n{situation.wording.render(view).strip()}",
            once=True,
            why=f"{record.login} has left the team",
            rank=Rank.TRACKER,
        )


def _mentor_lines(*logins: str) -> str:
    return "\n".join(f"  - github: {one}\n    capacity: 1" for one in logins)


def _close_check_ins(
    name: str, why: str, situation: Situation, *, ending: str = ""
) -> Iterator[CloseIssue]:
    """Yield the closing of a mentorship's open check-ins, with thanks at an end."""
    thanks = situation.wording.render(CheckInEnded(ending=ending)).strip() if ending else ""
    for key, issue in situation.open_check_ins(name):
        yield CloseIssue(
            key=key,
            number=issue.number,
            completed=ending not in _EARLY,
            remark=f"{hidden_line(CLOSED, {})}\n{thanks}".strip(),
            needs=due_answers(issue, name, situation),
            why=why,
            rank=Rank.END,
        )


def _say_goodbye(
    mentorship: Mentorship, ending: str, tracker: Issue, situation: Situation
) -> WriteComment:
    """Return the one comment at an end; a longer mentorship that ends again has another one."""
    period = f"over-{mentorship.weeks}" if ending == "over" else ending
    led = led_now(mentorship, situation)
    end = min(last_day(mentorship, situation.program), local_day(situation.now, mentorship.zone))
    done, boxes = boxes_ticked(mentorship, tracker, situation)
    view = MentorshipEnded(
        ending=ending,
        is_term=bool(mentorship.term),
        mentees=mentorship.mentees,
        mentors=led.seat_mentors,
        weeks=max(1, -(-((end - mentorship.start).days + 1) // 7)),
        check_ins=len(situation.check_ins.get(mentorship.id, ())),
        met=meetings_held(mentorship, situation),
        done=done,
        boxes=boxes,
        goals=tuple(goal for one in mentorship.records for goal in one.goals),
        mentor_lines=_mentor_lines(*mentorship.mentees),
        program_file=situation.editor.program_file,
        file=situation.file_of(mentorship),
        program_url=situation.editor.page_of(situation.editor.program_file),
        helpers=situation.helpers(mentorship),
    )
    return _goodbye(mentorship.key(_END, period), tracker, view, situation)


def _goodbye(key: Key, tracker: Issue, view: MentorshipEnded, situation: Situation) -> WriteComment:
    return WriteComment(
        key=key,
        number=tracker.number,
        body=f"{marker(key)}\n{situation.wording.render(view).strip()}",
        once=True,
        why="the mentorship has ended",
        rank=Rank.END,
    )


def _end_without_file(tracker: Issue, situation: Situation) -> Iterator[Change | Notice]:
    """Yield the end of a mentorship whose file was removed from the default branch.

    A file of the same account under another login goes on with the same issues.
    """
    key = tracker.marked
    if key is None or tracker in situation.renamed.values():
        return
    why = _why_without_file(key, situation)
    yield from _close_check_ins(key.mentorship, why, situation, ending=_REMOVED)
    if not tracker.is_open:
        return
    if tracker.summary is not None and not tracker.summary.values.get("ended"):
        inner = tracker.summary.text.split("\n")[1:-1]
        yield EditIssue(
            key=key,
            number=tracker.number,
            section=SUMMARY,
            text=section(SUMMARY, "\n".join(inner), {**tracker.summary.values, "ended": _REMOVED}),
            why=why,
            rank=Rank.SUMMARY,
        )
    needs: tuple[Key, ...] = ()
    if not tracker.is_locked:
        goodbye = _goodbye(
            replace(key, kind=_END, period=_REMOVED),
            tracker,
            MentorshipEnded(ending=_REMOVED),
            situation,
        )
        needs = (goodbye.key,)
        yield goodbye
    yield CloseIssue(
        key=key, number=tracker.number, completed=False, needs=needs, why=why, rank=Rank.END
    )
    yield Notice(kind="attention", key=str(key), text=f"{why}; #{tracker.number} is closed with it")


def _why_without_file(key: Key, situation: Situation) -> str:
    record = situation.by_id.get(key.mentorship)
    if key.team:
        return f"nobody is in the team {key.team} any more"
    if record is not None:
        return f"{record.login} is in the team {record.team} now"
    return f"{mentee_file(key.mentee, key.term)} was removed"


ENDINGS = Policy(name="endings", plan=plan_endings, wants=wants_for_endings)
