"""A forge on which every request may go wrong, by a schedule: for seasons of random trouble."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum, auto
from functools import partial
from typing import TypeVar

from mentorship_action.domain.pulls import Author, Comment
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import MemoryForge
from mentorship_action.forge.protocol import (
    Ambiguous,
    Draft,
    Edit,
    ForgeError,
    Limited,
    State,
    Unreachable,
)
from tests.rig.kill import Killed

T = TypeVar("T")


class Mishap(Enum):
    """How one request goes wrong."""

    NONE = auto()
    KILLED_BEFORE = auto()
    KILLED_AFTER = auto()
    LOST_BEFORE = auto()
    LOST_AFTER = auto()
    LIMITED = auto()
    LAGGING = auto()
    """A list shows what was there a few requests ago."""


@dataclass(kw_only=True)
class UnsteadyForge(MemoryForge):
    """The in-memory forge with a mishap for each request; without any left it is steady."""

    mishaps: Iterator[Mishap] = field(default_factory=lambda: iter(()))
    lag: int = 3
    _past: list[dict[int, Issue]] = field(default_factory=list)

    def me(self) -> Author:
        return self._read(super().me)

    def list_issues(
        self, *, creator: str = "", label: str = "", state: State, since: datetime | None = None
    ) -> list[Issue]:
        asked = partial(
            MemoryForge.list_issues, creator=creator, label=label, state=state, since=since
        )

        def read_late() -> list[Issue]:
            past = self._past[-1 - self.lag] if len(self._past) > self.lag else {}
            late = replace(self.repository, issues=past)
            return asked(MemoryForge(repository=late, login=self.login))

        return self._read(partial(asked, self), read_late)

    def get_issue(self, number: int) -> Issue:
        return self._read(partial(super().get_issue, number))

    def is_assignable(self, login: str) -> bool:
        return self._read(partial(super().is_assignable, login))

    def create_label(self, name: str, *, color: str, description: str) -> bool:
        make = partial(super().create_label, name, color=color, description=description)
        return self._write(make)

    def find_milestone(self, title: str) -> int | None:
        return self._read(partial(super().find_milestone, title))

    def create_milestone(self, title: str, *, due: date) -> int | None:
        return self._write(partial(super().create_milestone, title, due=due))

    def edit_milestone(self, number: int, *, due: date | None = None, closed: bool = False) -> None:
        self._write(partial(super().edit_milestone, number, due=due, closed=closed))

    def create_issue(self, draft: Draft) -> Issue:
        return self._write(partial(super().create_issue, draft))

    def create_comment(self, number: int, body: str) -> Comment:
        return self._write(partial(super().create_comment, number, body))

    def edit_issue(self, number: int, edit: Edit) -> Issue:
        return self._write(partial(super().edit_issue, number, edit))

    def _read(self, read: Callable[[], T], read_late: Callable[[], T] | None = None) -> T:
        return self._do(read, Unreachable("no answer"), read_late)

    def _write(self, write: Callable[[], T]) -> T:
        return self._do(write, Ambiguous("no answer"), None)

    def _do(self, act: Callable[[], T], lost: ForgeError, act_late: Callable[[], T] | None) -> T:
        mishap = next(self.mishaps, Mishap.NONE)
        self._past.append(dict(self.repository.issues))
        match mishap:
            case Mishap.KILLED_BEFORE:
                raise Killed
            case Mishap.LOST_BEFORE:
                raise lost
            case Mishap.LIMITED:
                raise Limited("too many requests")
            case Mishap.LAGGING if act_late is not None:
                return act_late()
        result = act()
        if mishap is Mishap.KILLED_AFTER:
            raise Killed
        if mishap is Mishap.LOST_AFTER:
            raise lost
        return result
