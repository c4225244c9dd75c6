"""What was observed on the forge, as values: issues, and who may be assigned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from mentorship_action.domain.identity import Key, parse_marker


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """An issue as the forge shows it. Logins are spelled as there; moments are UTC.

    ``comments`` counts what was said below it, by whomever.
    """

    number: int
    title: str
    body: str
    author: str
    is_open: bool
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    comments: int = 0
    created: datetime
    updated: datetime


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
        for issue in self.issues:
            key = own_key(issue, self.me)
            if key is not None:
                found.setdefault(key, []).append(issue)
        return {key: tuple(sorted(some, key=_number)) for key, some in found.items()}

    def survivor(self, key: Key) -> Issue | None:
        """Return the issue that stands for a key: open before closed, where people spoke, oldest.

        Equal observations give every run the same answer.
        """
        issues = self.by_key.get(key, ())
        return min(issues, key=_standing, default=None)


def own_key(issue: Issue, me: str) -> Key | None:
    """Return the key that an issue carries, or None when it isn't ours.

    A stranger may write a marker, too; it counts under our own authorship only.
    """
    if issue.author.lower() != me.lower():
        return None
    return parse_marker(issue.body)


def _number(issue: Issue) -> int:
    return issue.number


def _standing(issue: Issue) -> tuple[bool, bool, int]:
    return (not issue.is_open, not issue.comments, issue.number)
