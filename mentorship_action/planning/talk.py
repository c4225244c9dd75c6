"""What the people of a mentorship say on its issues: since when, who, and what waits for an answer.

Comments come from one list of the whole repository. It reaches back so many check-ins that
nobody's silence is counted wrong, and no further.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from mentorship_action.domain.agenda import AgendaItem, agenda_of, items_in
from mentorship_action.domain.bot_state import find_memory, hidden_line
from mentorship_action.domain.identity import Key
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.signs import asks
from mentorship_action.domain.snapshot import Issue
from mentorship_action.planning.progress import Checklist, checklist_of
from mentorship_action.planning.situation import Situation

CLOSED = "closed"
"""The name of the hidden line in check-ins that we closed because another one followed."""
_ONE_RUN = timedelta(minutes=15)
"""So long before a check-in was filed, its run may have looked at what people say."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A comment on one of a mentorship's issues."""

    number: int
    comment: Comment

    @property
    def speaker(self) -> str:
        """The login of who said it, in lower case."""
        return self.comment.author.login.lower()


@dataclass(frozen=True, kw_only=True)
class Talk:
    """What was said around the check-ins that a mentorship had, oldest first.

    ``check_ins`` are those already filed, ``said`` the comments of people of the mentorship on
    these and on the ``tracker``. ``last_changes`` and ``last_spoken`` are as in Situation.
    """

    mentorship: Mentorship
    tracker: Issue | None
    check_ins: tuple[tuple[Key, Issue], ...]
    said: tuple[Said, ...]
    last_changes: Callable[[], Mapping[str, datetime]]
    last_spoken: Mapping[str, datetime]

    @property
    def last(self) -> Issue | None:
        """The newest check-in."""
        return self.check_ins[-1][1] if self.check_ins else None

    @cached_property
    def checklists(self) -> Mapping[str, Checklist]:
        """How far the list of each mentee is, by login; empty without a tracker."""
        tracker = self.tracker
        if tracker is None:
            return {}
        said = [one.comment for one in self.said if one.number == tracker.number]
        kept = _kept(self.last, "own")
        # Who has just come into a team has no list there yet.
        there = tracker.members if self.mentorship.team else self.mentorship.mentees
        mentees = (login for login in self.mentorship.mentees if login in there)
        return {login: checklist_of(login, tracker, said, kept) for login in mentees}

    def progress_memory(self) -> dict[str, str]:
        """Return what a check-in keeps of the checklists: boxes done, and those of comments."""
        lists = self.checklists.items()
        return {
            "done": ",".join(f"{login}:{one.done}" for login, one in lists if one.done),
            "own": ",".join(sorted({digest for _, one in lists for digest in one.own})),
        }

    def agenda(self, issue: Issue | None = None) -> list[AgendaItem]:
        """Return the items of a check-in as it stands now.

        Else those of the newest one, with what was written on others too late for it.
        """
        said = [one for one in self.said if issue is not None and one.number == issue.number]
        if issue is None:
            issue, said = self.last, list(self._said_since_last())
        if issue is None:
            return []
        mentees = self.mentorship.mentees if self.mentorship.team else ()
        comments = (
            (one.speaker if one.speaker in mentees else "", one.comment.body) for one in said
        )
        return agenda_of(issue.body, comments, find_memory(issue.body) or {})

    def _said_since_last(self) -> Iterator[Said]:
        """Yield what was said on check-ins that the newest one has not carried on itself."""
        numbers = {issue.number for _, issue in self.check_ins}
        for one in self.said:
            if self.last and one.number in numbers:
                is_late = one.comment.created > self.last.created - _ONE_RUN
                if is_late or one.number == self.last.number:
                    yield one

    def quiet_for(self, mentee: str) -> int:
        """Return for how many check-ins up to now there has been no sign of a mentee.

        A sign is a comment, a change of their file, a box of their list or of a check-in ticked by
        whomever, or closing one early: what their mentors can't tell from the outside either.
        """
        quiet = self._quiet_on_issues(mentee)
        file = next(one.file for one in self.mentorship.records if one.login == mentee)
        changed = self.last_changes().get(file) if quiet else None
        return min(quiet, self.check_ins_since(changed)) if changed else quiet

    def _quiet_on_issues(self, mentee: str) -> int:
        spoke = self.last_spoken.get(mentee)
        done = self.checklists[mentee].done if mentee in self.checklists else 0
        for count, (_, issue) in enumerate(reversed(self.check_ins)):
            before = _done_before(issue, mentee)
            if (spoke is not None and spoke >= issue.created) or _was_used(issue) or done > before:
                return count
            done = before
        return len(self.check_ins)

    def unanswered(self) -> Said | None:
        """Return a mentee's oldest question that no mentor has said anything after, or None."""
        mentors = {one.login for one in self.mentorship.mentors}
        waiting: Said | None = None
        for one in self.said:
            if one.speaker in mentors:
                waiting = None
            elif waiting is None and one.speaker in self.mentorship.mentees:
                waiting = one if asks(one.comment.body) else None
        return waiting

    def check_ins_since(self, moment: datetime) -> int:
        """Return how many check-ins were filed after a moment."""
        return sum(issue.created > moment for _, issue in self.check_ins)


def since_when(mentorship: Mentorship, situation: Situation) -> datetime | None:
    """Return since when comments matter for the next check-in; None where there can be none."""
    recent = situation.check_ins.get(mentorship.id, ())[-reach(situation) :]
    if recent:
        return min(issue.created for _, issue in recent)
    tracker = situation.snapshot.trackers.get(mentorship.id)
    return tracker.created if tracker and tracker.comments else None


def reach(situation: Situation) -> int:
    """Return how many check-ins back somebody's silence matters: until coordinators are told."""
    return situation.program.quiet_after + 3


def talk_of(mentorship: Mentorship, situation: Situation) -> Talk:
    """Return what was said in a mentorship, as far as it was asked for."""
    check_ins = situation.check_ins.get(mentorship.id, ())[-reach(situation) :]
    tracker = situation.snapshot.trackers.get(mentorship.id)
    numbers = [issue.number for _, issue in check_ins] + ([tracker.number] if tracker else [])
    said = sorted(_said(numbers, mentorship, situation), key=lambda one: one.comment.id)
    return Talk(
        mentorship=mentorship,
        tracker=tracker,
        check_ins=check_ins,
        said=tuple(said),
        last_changes=situation.last_changes,
        last_spoken=situation.last_spoken,
    )


def _said(numbers: list[int], mentorship: Mentorship, situation: Situation) -> Iterator[Said]:
    people = {*mentorship.mentees, *(one.login for one in mentorship.mentors)}
    for number in numbers:
        for comment in situation.snapshot.recent_comments.get(number, ()):
            if comment.author.is_person and comment.author.login.lower() in people:
                yield Said(number=number, comment=comment)


def _kept(issue: Issue | None, name: str) -> tuple[str, ...]:
    """Return the values of one name that a check-in keeps hidden."""
    text = (find_memory(issue.body) or {}).get(name, "") if issue else ""
    return tuple(filter(None, text.split(",")))


def _done_before(issue: Issue, mentee: str) -> int:
    """Return how many boxes of a mentee's list were done when a check-in was filed."""
    kept = dict(one.split(":", 1) for one in _kept(issue, "done") if ":" in one)
    text = kept.get(mentee, "")
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _was_used(issue: Issue) -> bool:
    """Whether somebody ticked a box in a check-in, or closed it before we did."""
    is_ticked = any(item.is_done for item in items_in(issue.body))
    return is_ticked or (not issue.is_open and hidden_line(CLOSED, {}) not in issue.body)
