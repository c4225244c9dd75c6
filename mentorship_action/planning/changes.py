"""What a run can do on a forge: a few generic changes, each of which says what it does and why.

A policy makes these; it never brings a class of its own. The executor has one way to carry out
each, and whoever reports on a run needs no more than ``kind``, ``key``, ``target``, ``summary``
and ``past``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import ClassVar, Literal

from mentorship_action.domain.identity import Key
from mentorship_action.domain.program import CommandWay
from mentorship_action.domain.pulls import Comment, LineComment

NOT_YET = "-"
"""What stands for the number of an issue that isn't there, in a text that may do without."""


class Rank(IntEnum):
    """The order in which changes are made: what others need comes first."""

    LABEL = 0
    DUPLICATES = 1
    TRACKER = 2
    SUMMARY = 3
    APPLICATION = 4
    COMMAND = 5
    CHECK_IN = 6
    END = 7
    DASHBOARD = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """What must still hold right before a change; else a later run decides what is left.

    ``comment`` and ``body`` are our comment on the conversation as it was seen when the change was
    planned; 0 and nothing for none. ``review`` is the newest review that a change rests on, None
    where reviews don't matter.
    """

    comment: int = 0
    body: str = ""
    review: int | None = None


def guard_of(comment: Comment | None, review: int | None = None) -> Guard:
    """Return the guard that asks whether our comment is still as seen."""
    if comment is None:
        return Guard(review=review)
    return Guard(comment=comment.id, body=comment.body, review=review)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What all changes have in common.

    ``key`` is what the change is about; ``needs`` are keys whose issues must exist before it is
    made, or whose changes must have been made in this run: the number of an issue takes the place
    of ``reference(key)`` in its text. So does that of ``names``, if it exists by then. ``why`` is
    the reason in a few words.
    """

    kind: ClassVar[str] = ""

    key: Key
    needs: tuple[Key, ...] = ()
    names: tuple[Key, ...] = ()
    guard: Guard | None = None
    why: str = ""
    rank: Rank

    @property
    def target(self) -> str:
        """The object on GitHub that the change touches."""
        raise NotImplementedError

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        raise NotImplementedError

    @property
    def past(self) -> str:
        """What was done, in one line."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateLabel(Change):
    """Create a label, so that it has its color and description; an existing one is left alone."""

    kind: ClassVar[str] = "create-label"

    name: str
    color: str
    description: str
    rank: Rank = Rank.LABEL

    @property
    def target(self) -> str:
        """The label's name."""
        return self.name

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"create the label {self.name}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"created the label {self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateMilestone(Change):
    """Create a milestone, due at the end of a day; an existing one of the title is left alone.

    Where the token may not, what needs it goes without.
    """

    kind: ClassVar[str] = "create-milestone"

    title: str
    due: date
    rank: Rank = Rank.LABEL

    @property
    def target(self) -> str:
        """The milestone's title."""
        return self.title

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"create the milestone {self.title}, due on {self.due}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"created the milestone {self.title}"


@dataclass(frozen=True, kw_only=True, slots=True)
class EditMilestone(Change):
    """Move the day on which a milestone is due, or close it."""

    kind: ClassVar[str] = "edit-milestone"

    number: int
    title: str
    due: date | None = None
    closes: bool = False

    @property
    def target(self) -> str:
        """The milestone's title."""
        return self.title

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"{'close' if self.closes else 'update'} the milestone {self.title}: {self.why}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"{'closed' if self.closes else 'updated'} the milestone {self.title}: {self.why}"


def milestone_key(title: str) -> Key:
    """Return the key of a milestone: an issue that needs it is opened in it."""
    return Key(kind="milestone", period=title)


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenIssue(Change):
    """Open an issue of ours.

    ``milestone`` is a title, empty for none. ``sure`` are those of ``assignees`` whom the forge
    said it would assign: they alone remain when it refuses the others.
    """

    kind: ClassVar[str] = "open-issue"

    title: str
    body: str
    labels: tuple[str, ...]
    assignees: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    milestone: str = ""

    @property
    def target(self) -> str:
        """There is no number yet."""
        return "new issue"

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"open “{self.title}”: {self.why}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"opened “{self.title}”"


@dataclass(frozen=True, kw_only=True, slots=True)
class OnNumber(Change):
    """A change of an issue or pull request that exists."""

    number: int

    @property
    def target(self) -> str:
        """The number of the issue or pull request."""
        return f"#{self.number}"


@dataclass(frozen=True, kw_only=True, slots=True)
class EditIssue(OnNumber):
    """Bring an issue of ours up to date: what it says between our fences, its title, its people.

    ``text`` is the whole fenced text of the section ``section``, which is put below the marker
    where there is none and ``adds_section`` says so, also in an issue that is closed; ``seen`` is
    what must still stand there, empty where that doesn't matter. ``parts`` are mentees to add, each
    with the fenced text of their part, ``leavers`` those whose part goes, and ``renamed`` pairs of
    a former login with the new one, whose part stays. ``assign`` and ``unassign`` are logins.
    ``reopen`` opens it again. ``rekey`` is the key that it is known by from now on, None where that
    stays.
    """

    kind: ClassVar[str] = "edit-issue"

    rekey: Key | None = None
    section: str = ""
    text: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    leavers: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    seen: str = ""
    title: str = ""
    assign: tuple[str, ...] = ()
    unassign: tuple[str, ...] = ()
    reopen: bool = False
    adds_section: bool = False

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"{'reopen' if self.reopen else 'update'} #{self.number}: {self.why}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"{'reopened' if self.reopen else 'updated'} #{self.number}: {self.why}"


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseIssue(OnNumber):
    """Close an issue of ours; ``remark`` is put right below its marker, for whoever reads it."""

    kind: ClassVar[str] = "close-issue"

    completed: bool = True
    remark: str = ""

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"close #{self.number}: {self.why}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"closed #{self.number}: {self.why}"


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteComment(OnNumber):
    """Comment on an issue or pull request.

    ``edit`` is the comment of ours to rewrite in place, 0 for a new one, which notifies people;
    ``replaces`` are comments of ours to delete afterwards. ``once`` says that it is written only
    where none with its key is there by then.
    """

    kind: ClassVar[str] = "comment"

    body: str
    edit: int = 0
    replaces: tuple[int, ...] = ()
    once: bool = False

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"{'update our comment' if self.edit else 'comment'} on #{self.number}: {self.why}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        how = "updated its comment" if self.edit else "commented"
        return f"{how} on #{self.number}: {self.why}"


@dataclass(frozen=True, kw_only=True, slots=True)
class React(OnNumber):
    """React to somebody's comment: it was heard. Nothing is lost where that fails."""

    kind: ClassVar[str] = "react"

    comment: int
    content: Literal["+1", "eyes"]

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"react to a comment on #{self.number}: {self.why}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"reacted to a comment on #{self.number}"


@dataclass(frozen=True, kw_only=True, slots=True)
class TickBoxes(OnNumber):
    """Tick boxes in an issue of ours; ``boxes`` are their texts, as behind ``- [ ]``.

    ``of`` are the people whose list it is: see ``boxes_of``.
    """

    kind: ClassVar[str] = "tick"

    boxes: tuple[str, ...]
    of: tuple[str, ...]

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"tick {self._count} in #{self.number}: {self.why}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"ticked {self._count} in #{self.number}: {self.why}"

    @property
    def _count(self) -> str:
        return "a box" if len(self.boxes) == 1 else f"{len(self.boxes)} boxes"


@dataclass(frozen=True, kw_only=True, slots=True)
class FillComment(OnNumber):
    """Put a text into somebody's comment that asks for it, and is still ``former`` then.

    ``otherwise`` is our own comment where that is refused.
    """

    kind: ClassVar[str] = "fill-comment"

    comment: int
    former: str
    body: str
    otherwise: str

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"fill a comment on #{self.number}: {self.why}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"filled a comment on #{self.number}: {self.why}"


MADE = "\u2068made\u2069"
"""What stands in an answer for the commit, or the number of the pull request, that was made."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeFile(OnNumber):
    """Bring a file from ``before`` to ``content``, and say so in a comment.

    ``answers`` are the comments by the way that is taken, the way to try first in front: where the
    token may not go it, the next one is. ``name`` tells this change from all others: it is the end
    of the branch, and stands in the commit, which was made ``since`` then at the earliest.
    ``title`` is the first line of the commit.
    """

    kind: ClassVar[str] = "change-file"

    file: str
    before: bytes
    content: bytes
    name: str
    title: str
    since: datetime
    answers: tuple[tuple[CommandWay, str], ...]

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"change {self.file} and comment on #{self.number}: {self.why}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"changed {self.file} and commented on #{self.number}: {self.why}"


@dataclass(frozen=True, kw_only=True, slots=True)
class SetLabels(OnNumber):
    """Add labels to an issue or pull request and remove others."""

    kind: ClassVar[str] = "set-labels"

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"label #{self.number}: {self._parts}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"labeled #{self.number}: {self._parts}"

    @property
    def _parts(self) -> str:
        return ", ".join(
            [*(f"+{name}" for name in self.add), *(f"-{name}" for name in self.remove)]
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class SetStatus(OnNumber):
    """Set the status of a pull request's head commit: for machines and the merge box."""

    kind: ClassVar[str] = "set-status"

    commit: str
    state: str
    description: str
    url: str = ""

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"set the status of #{self.number} to {self.state}: {self.description}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"set the status of #{self.number} to {self.state}: {self.description}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewLines(OnNumber):
    """Comment on lines of a pull request's file, such as suggestions to commit with one click.

    What is there already is left out. They are a convenience: where GitHub takes none, our
    comment has the same lines to paste.
    """

    kind: ClassVar[str] = "review"

    commit: str
    body: str
    comments: tuple[LineComment, ...]

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"suggest {self._count} in #{self.number}"

    @property
    def past(self) -> str:
        """What was done, in one line."""
        return f"suggested {self._count} in #{self.number}"

    @property
    def _count(self) -> str:
        count = len(self.comments)
        return "one corrected line" if count == 1 else f"{count} corrected lines"


class Outcome(StrEnum):
    """What became of a change."""

    PLANNED = "planned"
    DONE = "done"
    FOUND = "found"
    UNNEEDED = "unneeded"
    FAILED = "failed"
    UNKNOWN = "unknown"
    LEFT = "left"

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it is left to a later run."""
        return self in (Outcome.DONE, Outcome.FOUND, Outcome.UNNEEDED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One change and what became of it; ``detail`` has the reason or the new issue's number."""

    change: Change
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Something decided without a change.

    ``kind`` is ``waiting`` (for a seat), ``skipped`` (a week without a check-in),
    ``overbooked`` (more mentorships than seats), ``unfenced`` (a summary that we may not rewrite),
    ``attention`` (a person has to act) or ``problem`` (an item that a later run looks at again).
    """

    kind: str
    key: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What one run would do, in order, and what it decided to leave."""

    changes: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()


def make_plan(parts: Iterable[Change | Notice]) -> Plan:
    """Return the plan of what the policies gave: by rank, else in the order they gave it."""
    given = list(parts)
    changes = [part for part in given if not isinstance(part, Notice)]
    notices = [part for part in given if isinstance(part, Notice)]
    return Plan(
        changes=tuple(sorted(changes, key=lambda change: change.rank)), notices=tuple(notices)
    )


def reference(key: Key) -> str:
    """Return what stands in a text for the number of an issue that may not exist yet.

    The characters around it are unseen ones, which wording takes out of all user text.
    """
    return f"\u2068{key}\u2069"
