"""What was observed on the forge, as values, and what a policy wants to be observed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property

from mentorship_action.domain.application import Application, ClosedApplication
from mentorship_action.domain.bot_state import Section, find_section, parse_marker
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.pulls import Author, Comment

SUMMARY = "summary"
"""The name of the section in a tracker that is ours to rewrite."""

MET = "met"
"""The name of the section in a check-in that says that its meeting took place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """A milestone that issues are in; ``due`` is the day on which it is, None for none."""

    number: int
    title: str
    due: date | None = None
    is_open: bool = True


@dataclass(frozen=True, kw_only=True)
class Issue:
    """An issue as the forge shows it. Logins are spelled as there; moments are UTC.

    ``comments`` counts the comments on it, by whomever; ``is_locked`` says that nobody but
    maintainers may comment. Its body is read once, however many
    policies and runs ask.
    """

    number: int
    title: str
    body: str
    author: Author
    is_open: bool
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    milestone: Milestone | None = None
    comments: int = 0
    is_locked: bool = False
    created: datetime
    updated: datetime

    @cached_property
    def marked(self) -> Key | None:
        """The key in its marker, whoever wrote it there."""
        return parse_marker(self.body)

    @cached_property
    def summary(self) -> Section | None:
        """What stands between our fences in it, or None without whole fences."""
        return find_section(self.body, SUMMARY)

    @property
    def account(self) -> int:
        """The number of the mentee's account that a tracker keeps; 0 where it isn't known."""
        text = self.summary.values.get("account", "") if self.summary else ""
        return _number_in(text)

    @cached_property
    def members(self) -> Mapping[str, int]:
        """The mentees of a team that a tracker keeps, each with the number of their account."""
        text = self.summary.values.get("members", "") if self.summary else ""
        pairs = (one.partition(":") for one in text.split(",") if one)
        return {login: _number_in(account) for login, _, account in pairs}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wants:
    """What a policy has to know, so that observing asks for that and no more.

    ``issues`` are the keys of issues that should exist, each with the moment since when it could,
    or None where that isn't known; those of ``labelled`` are looked for by their label alone,
    since nothing is opened when they aren't there. ``assignable`` are logins that may have to be
    assigned, ``accounts`` those whose account numbers matter. ``comments`` are numbers of issues
    whose comments matter; ``recent_comments`` is the moment since when comments matter wherever
    they are, None for none. ``pulls`` says that pull requests matter at all; ``inspections`` are
    the numbers of applications to be read in full.
    """

    issues: Mapping[Key, datetime | None] = field(default_factory=dict)
    labelled: frozenset[Key] = frozenset()
    assignable: frozenset[str] = frozenset()
    accounts: frozenset[str] = frozenset()
    comments: frozenset[int] = frozenset()
    recent_comments: datetime | None = None
    pulls: bool = False
    inspections: frozenset[int] = frozenset()

    def __or__(self, other: "Wants") -> "Wants":
        return Wants(
            issues={**self.issues, **other.issues},
            labelled=self.labelled | other.labelled,
            assignable=self.assignable | other.assignable,
            accounts=self.accounts | other.accounts,
            comments=self.comments | other.comments,
            recent_comments=_earlier(self.recent_comments, other.recent_comments),
            pulls=self.pulls or other.pulls,
            inspections=self.inspections | other.inspections,
        )

    def without(self, known: "Wants") -> "Wants":
        """Return what is wanted beyond what is known already."""
        return Wants(
            issues={key: at for key, at in self.issues.items() if key not in known.issues},
            labelled=self.labelled - known.labelled,
            assignable=self.assignable - known.assignable,
            accounts=self.accounts - known.accounts,
            comments=self.comments - known.comments,
            recent_comments=_beyond(self.recent_comments, known.recent_comments),
            pulls=self.pulls and not known.pulls,
            inspections=self.inspections - known.inspections,
        )

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _beyond(wanted: datetime | None, known: datetime | None) -> datetime | None:
    return None if wanted is not None and known is not None and known <= wanted else wanted


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadProblem:
    """What went wrong with one item while observing: a later run looks at it again.

    ``item`` names it, such as ``#12`` or a file.
    """

    item: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything observed in one run.

    ``me`` is the login we write as; ``former`` are logins we wrote as before. ``issues`` are those
    of ours that carry a key, oldest first; ``labels`` are label names seen in use, in lower case;
    ``assignable`` the logins, lower case, that the forge said it would assign; ``accounts`` the
    numbers of accounts that were asked about, by lower-case login. ``comments`` are
    those of the issues that were asked about, ``recent_comments`` those of all conversations since
    the moment that was asked about, each by number and oldest first; ``comments_since`` is that
    moment, None as long as they could not be read. ``answered`` is what was asked
    for so far, and ``problems`` what could not be read.
    """

    me: str
    former: frozenset[str] = frozenset()
    issues: tuple[Issue, ...] = ()
    labels: frozenset[str] = frozenset()
    assignable: frozenset[str] = frozenset()
    accounts: Mapping[str, int] = field(default_factory=dict)
    comments: Mapping[int, tuple[Comment, ...]] = field(default_factory=dict)
    recent_comments: Mapping[int, tuple[Comment, ...]] = field(default_factory=dict)
    comments_since: datetime | None = None
    applications: tuple[Application, ...] = ()
    closed_applications: tuple[ClosedApplication, ...] = ()
    answered: Wants = field(default_factory=Wants)
    problems: tuple[ReadProblem, ...] = ()

    def is_ours(self, author: str) -> bool:
        """Whether an author is one of the identities that we write or wrote as."""
        return author.lower() in self._identities

    def is_own(self, comment: Comment) -> bool:
        """Whether a comment is the program's own; whose token it uses may speak as well."""
        return self.is_ours(comment.author.login) and parse_marker(comment.body) is not None

    @cached_property
    def _identities(self) -> frozenset[str]:
        return self.former | {self.me.lower()}

    def key_of(self, issue: Issue) -> Key | None:
        """Return the key that an issue carries, or None when it isn't ours."""
        return issue.marked if self.is_ours(issue.author.login) else None

    @cached_property
    def by_key(self) -> Mapping[Key, tuple[Issue, ...]]:
        """Our issues by their keys, the oldest first."""
        found: dict[Key, list[Issue]] = {}
        for issue in sorted(self.issues, key=_number):
            key = self.key_of(issue)
            if key is not None:
                found.setdefault(key, []).append(issue)
        return {key: tuple(some) for key, some in found.items()}

    @cached_property
    def milestones(self) -> Mapping[str, Milestone]:
        """The milestones that our issues are in, by title, as the newest of these show them."""
        found = (one.milestone for one in self.issues if one.milestone)
        return {one.title: one for one in found}

    @cached_property
    def survivors(self) -> Mapping[Key, Issue]:
        """The issue that stands for each key: open before closed, where people spoke, oldest.

        Equal observations give every run the same answer.
        """
        return {
            key: issues[0] if len(issues) == 1 else min(issues, key=_standing)
            for key, issues in self.by_key.items()
        }

    @cached_property
    def trackers(self) -> Mapping[str, Issue]:
        """The tracker that stands for each mentorship that has one, by the mentorship's id."""
        return {
            key.mentorship: issue
            for key, issue in self.survivors.items()
            if key.kind == Kind.TRACKER
        }

    @cached_property
    def accounts_of_trackers(self) -> Mapping[str, int]:
        """The number of each account that a tracker keeps, by the mentee's login."""
        found: dict[str, int] = {}
        for mentorship, issue in self.trackers.items():
            found |= {mentorship.rpartition("/")[2]: issue.account, **issue.members}
        return {login: account for login, account in found.items() if account}

    def comment_keys(self, number: int) -> frozenset[Key]:
        """Return the keys that comments of ours on an issue carry, as far as it was asked."""
        said = (*self.comments.get(number, ()), *self.recent_comments.get(number, ()))
        ours = (one for one in said if self.is_ours(one.author.login))
        return frozenset(key for one in ours if (key := parse_marker(one.body)))

    def survivor(self, key: Key) -> Issue | None:
        """Return the issue that stands for a key, or None when there is none."""
        return self.survivors.get(key)


def _number_in(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _number(issue: Issue) -> int:
    return issue.number


def _standing(issue: Issue) -> tuple[bool, bool, int]:
    return (not issue.is_open, not issue.comments, issue.number)
