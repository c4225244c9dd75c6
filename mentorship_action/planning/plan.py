"""A plan: an ordered tuple of changes, each saying what it does and why, and of notices."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import ClassVar

from mentorship_action.domain.identity import Key
from mentorship_action.domain.pulls import Comment, LineComment


class Rank(IntEnum):
    """The order in which changes are made: what others stand on comes first."""

    LABEL = 0
    DUPLICATES = 1
    TRACKER = 2
    FACTS = 3
    APPLICATION = 4
    CHECK_IN = 5
    END = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class CreateLabel:
    """Make a label, so that it has its colour and description; one that exists is left alone."""

    kind: ClassVar[str] = "create-label"

    name: str
    color: str
    description: str
    rank: Rank = Rank.LABEL

    @property
    def key(self) -> str:
        """What the change is about, in one word."""
        return f"label/{self.name}"

    @property
    def target(self) -> str:
        """The object on GitHub that the change touches."""
        return self.name

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"create the label {self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenIssue:
    """Open an issue of ours.

    ``needs`` are keys whose issues must exist first; each one's number takes the place of
    ``reference(key)`` in ``body``. ``sure`` are those of ``assignees`` whom the forge said it
    would assign: they alone remain when it refuses the others.
    """

    kind: ClassVar[str] = "open-issue"

    issue: Key
    title: str
    body: str
    labels: tuple[str, ...]
    assignees: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    needs: tuple[Key, ...] = ()
    why: str
    rank: Rank

    @property
    def key(self) -> str:
        """What the change is about, in one word."""
        return str(self.issue)

    @property
    def target(self) -> str:
        """The object on GitHub that the change touches."""
        return "new issue"

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"open “{self.title}”: {self.why}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _OnNumber:
    """A change of an issue or pull request that exists; ``issue`` is the key it is known by."""

    issue: Key
    number: int

    @property
    def key(self) -> str:
        """What the change is about, in one word."""
        return str(self.issue)

    @property
    def target(self) -> str:
        """The object on GitHub that the change touches."""
        return f"#{self.number}"


@dataclass(frozen=True, kw_only=True, slots=True)
class RewriteSummary(_OnNumber):
    """Put the current facts between our fences of an issue, and hand it to another mentor.

    ``facts`` is the whole fenced text. ``unassign`` and ``assign`` are logins, or empty.
    """

    kind: ClassVar[str] = "rewrite-summary"

    facts: str
    assign: str = ""
    unassign: str = ""
    why: str
    rank: Rank = Rank.FACTS

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"bring the facts in #{self.number} up to date: {self.why}"


@dataclass(frozen=True, kw_only=True, slots=True)
class CloseIssue(_OnNumber):
    """Close an issue of ours; ``needs`` is a key whose issue must exist before.

    ``pointer`` is a line put below the marker, for whoever opens the issue later.
    """

    kind: ClassVar[str] = "close-issue"

    completed: bool = True
    pointer: str = ""
    needs: tuple[Key, ...] = ()
    why: str
    rank: Rank = Rank.CHECK_IN

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"close #{self.number}: {self.why}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """Our word on a pull request as it was when a change was planned; 0 and nothing for none."""

    comment: int = 0
    body: str = ""


def seen_comment(bot_comment: Comment | None) -> Seen:
    """Return what is seen of our word on a pull request."""
    return Seen() if bot_comment is None else Seen(comment=bot_comment.id, body=bot_comment.body)


@dataclass(frozen=True, kw_only=True, slots=True)
class OnApplication(_OnNumber):
    """A change of an application, to be made only while our word on it is as it was ``seen``.

    Else another run has answered meanwhile, and a later one decides what is left.
    """

    seen: Seen = Seen()


@dataclass(frozen=True, kw_only=True, slots=True)
class SetStatus(OnApplication):
    """Say on a commit what stands in our comment, for machines and the merge box."""

    kind: ClassVar[str] = "set-status"

    commit: str
    state: str
    description: str
    url: str = ""
    rank: Rank = Rank.APPLICATION

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        return f"set the status of #{self.number} to {self.state}: {self.description}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Relabel(OnApplication):
    """Give a pull request the labels of its stage and take the former ones away."""

    kind: ClassVar[str] = "relabel"

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    rank: Rank = Rank.APPLICATION

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        parts = [f"+{name}" for name in self.add] + [f"-{name}" for name in self.remove]
        return f"label #{self.number}: {', '.join(parts)}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Say(OnApplication):
    """Say our one word on a pull request.

    ``edit`` is the comment to rewrite in place, 0 for a new one, which somebody is to notice;
    ``drop`` are the comments that a new one replaces. ``heard`` is the newest review that the word
    rests on; when there is a newer one by now, ``unsettled`` is said instead, which makes the next
    run look again. None where reviews don't matter any more.
    """

    kind: ClassVar[str] = "say"

    body: str
    heard: int | None = None
    unsettled: str = ""
    edit: int = 0
    drop: tuple[int, ...] = ()
    needs: tuple[Key, ...] = ()
    why: str
    rank: Rank = Rank.APPLICATION

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        how = "update our comment on" if self.edit else "comment on"
        return f"{how} #{self.number}: {self.why}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggest(OnApplication):
    """Offer corrected lines of a pull request's file, each to be committed with one press.

    What stands there already is left out. They are a convenience: where GitHub takes none, our
    word has the same lines to paste.
    """

    kind: ClassVar[str] = "suggest"

    commit: str
    body: str
    comments: tuple[LineComment, ...]
    rank: Rank = Rank.APPLICATION

    @property
    def summary(self) -> str:
        """What the change does and why, in one line."""
        count = len(self.comments)
        return f"suggest {count} corrected {'place' if count == 1 else 'places'} in #{self.number}"


Change = CreateLabel | OpenIssue | RewriteSummary | CloseIssue | SetStatus | Relabel | Suggest | Say


class Outcome(StrEnum):
    """What became of a change."""

    PLANNED = "planned"
    DONE = "done"
    FOUND = "found"
    UNNEEDED = "unneeded"
    FAILED = "failed"
    UNKNOWN = "unknown"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One change and what became of it; ``detail`` has the reason or the new issue's number."""

    change: Change
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """Something decided without a change.

    ``kind`` is ``waiting`` (for a seat), ``skipped`` (a week without a check-in), ``over``,
    ``overbooked`` (more pairs than seats) or ``unfenced`` (facts that we may not rewrite).
    """

    kind: str
    key: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What one run would do, in order, and what it decided to leave."""

    changes: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = field(default=())


def make_plan(parts: Iterable[Change | Notice]) -> Plan:
    """Return the plan of what the policies gave: by rank, else in the order they gave it."""
    given = list(parts)
    changes = [part for part in given if not isinstance(part, Notice)]
    notices = [part for part in given if isinstance(part, Notice)]
    return Plan(
        changes=tuple(sorted(changes, key=lambda change: change.rank)), notices=tuple(notices)
    )


def reference(key: Key) -> str:
    """Return what stands in a body for the number of an issue that may not exist yet.

    The characters around it are unseen ones, which wording takes out of all user text.
    """
    return f"\u2068{key}\u2069"
