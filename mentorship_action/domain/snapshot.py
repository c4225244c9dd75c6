"""What was observed on the forge, as values: issues, and who may be assigned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from mentorship_action.domain.fences import Fenced, find_summary
from mentorship_action.domain.identity import Key, Kind, parse_marker
from mentorship_action.domain.pulls import Author


@dataclass(frozen=True, kw_only=True)
class Issue:
    """An issue as the forge shows it. Logins are spelled as there; moments are UTC.

    ``comments`` counts the comments on it, by whomever. Its body is read once, however many
    policies and runs ask.
    """

    number: int
    title: str
    body: str
    author: Author
    is_open: bool
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    comments: int = 0
    created: datetime
    updated: datetime

    @cached_property
    def marked(self) -> Key | None:
        """The key in its first line, whoever wrote it there."""
        return parse_marker(self.body)

    @cached_property
    def fenced(self) -> Fenced | None:
        """What stands between our fences in it, or None without whole fences."""
        return find_summary(self.body)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What the planner will ask about, so that observing costs no request too many.

    ``trackers`` are the keys of trackers that should exist; ``check_ins`` those of check-ins
    that should, each with the moment it was due.
    """

    trackers: frozenset[Key] = frozenset()
    check_ins: Mapping[Key, datetime] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything observed in one run.

    ``me`` is the login we write as; ``issues`` are those of ours that carry a key, oldest
    first; ``labels`` are label names seen in use; ``assignable`` the logins, lower case, that
    the forge said it would assign.
    """

    me: str
    issues: tuple[Issue, ...] = ()
    labels: frozenset[str] = frozenset()
    assignable: frozenset[str] = frozenset()

    @cached_property
    def by_key(self) -> Mapping[Key, tuple[Issue, ...]]:
        """Our issues by their keys, the oldest first."""
        found: dict[Key, list[Issue]] = {}
        for issue in sorted(self.issues, key=_number):
            key = own_key(issue, self.me)
            if key is not None:
                found.setdefault(key, []).append(issue)
        return {key: tuple(some) for key, some in found.items()}

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
        """The tracker that stands for each mentee who has one."""
        return {
            key.mentee: issue for key, issue in self.survivors.items() if key.kind is Kind.TRACKER
        }

    def survivor(self, key: Key) -> Issue | None:
        """Return the issue that stands for a key, or None when there is none."""
        return self.survivors.get(key)


def own_key(issue: Issue, me: str) -> Key | None:
    """Return the key that an issue carries, or None when it isn't ours.

    A stranger may write a marker, too; it counts under our own authorship only.
    """
    if issue.author.login.lower() != me.lower():
        return None
    return issue.marked


def _number(issue: Issue) -> int:
    return issue.number


def _standing(issue: Issue) -> tuple[bool, bool, int]:
    return (not issue.is_open, not issue.comments, issue.number)
