"""Short ways to a program, a record and a run, for tests that care about one detail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

from mentorship_action.domain.program import Link, Meeting, Mentor, Minimum, Program, Span, Weekday
from mentorship_action.domain.record import Chat, Record
from mentorship_action.forge.memory import BOT, Repository
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Forge
from mentorship_action.loop import DefaultBranch, Run, run
from mentorship_action.planning.policies.dashboard import DASHBOARD
from mentorship_action.planning.policy import Policy
from mentorship_action.planning.registry import POLICIES
from mentorship_action.wording.render import Wording

WORDING: Final = Wording(overrides={})
"""Our own messages: their templates are compiled once for all tests of a process."""


def moment(text: str) -> datetime:
    """Return a moment in UTC, such as ``moment("2026-12-07 09:00")``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def span(first: str, last: str, name: str = "") -> Span:
    return Span(first=date.fromisoformat(first), last=date.fromisoformat(last), name=name)


def mentor(login: str = "ssbarnea", **changes: Any) -> Mentor:
    return Mentor(
        **{
            "login": login.lower(),
            "handle": login,
            "capacity": 2,
            "zone": "Europe/London",
            **changes,
        }
    )


def program(**changes: Any) -> Program:
    return Program(
        **{
            "name": "Example Mentorship",
            "code_of_conduct": "https://example.org/conduct",
            "chat": "https://example.org/chat",
            "discussion": "https://example.org/discussion",
            "channel": "#example",
            "links": (Link(name="forum", url="https://example.org/forum"),),
            "minimum": Minimum(hours_per_week=4, weeks=12),
            "weeks": 16,
            "coordinators": ("ssbarnea",),
            "mentors": (mentor(), mentor("ganeshrn", capacity=1, zone="Asia/Kolkata")),
            **changes,
        }
    )


def meeting(day: str = "tue", at: str = "17:00", minutes: int = 30) -> Meeting:
    return Meeting(day=Weekday(day), time=time.fromisoformat(at), minutes=minutes)


def record(login: str = "octocat", **changes: Any) -> Record:
    start = changes.pop("start", "2026-12-07")
    return Record(
        **{
            "login": login,
            "handle": login,
            "mentor": "ssbarnea",
            "mentor_handle": "ssbarnea",
            "start": date.fromisoformat(start),
            "weeks": 16,
            "hours_per_week": 5,
            "zone": "Europe/Madrid",
            "goals": ("Learn how maintainers review",),
            "focus": ("linting",),
            "chat": Chat(network="matrix", handle=f"@{login}:matrix.org"),
            "file": f"mentees/{login}.yml",
            **changes,
        }
    )


@cache
def _wording(overrides: tuple[tuple[str, str], ...]) -> Wording:
    """Return the templates, compiled once for all tests."""
    return Wording(overrides=dict(overrides))


WITHOUT_DASHBOARD = tuple(policy for policy in POLICIES if policy is not DASHBOARD)
"""All policies but the one of the dashboard, whose issue would stand between those of a test."""


@dataclass
class World:
    """A repository on the in-memory forge, its files and a clock, to play runs in."""

    records: tuple[Record, ...] = ()
    program: Program = field(default_factory=program)
    arrivals: Mapping[str, int] = field(default_factory=dict)
    overrides: Mapping[str, str] = field(default_factory=dict)
    last_changes: Mapping[str, datetime] = field(default_factory=dict)
    now: datetime = field(default_factory=lambda: moment("2026-12-01 08:00"))
    policies: tuple[Policy, ...] = WITHOUT_DASHBOARD
    began: datetime = field(init=False)
    repository: Repository = field(init=False)
    bot: Forge = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.now
        self.repository = Repository(clock=lambda: self.now, writers={BOT, "ssbarnea", "ganeshrn"})
        self.bot = self.repository.view(BOT)

    def at(self, text: str) -> "World":
        self.now = moment(text)
        return self

    @property
    def default_branch(self) -> DefaultBranch:
        return DefaultBranch(
            program=self.program,
            records=self.records,
            arrivals=self.arrivals,
            wording=_wording(tuple(self.overrides.items())),
            last_changes=lambda: self.last_changes,
        )

    def run(self, forge: Forge | None = None, *, weeks: int = 0, write: bool = True) -> Run:
        """Do one run, on another forge than the bot's own, or so many weeks after the start."""
        self.now = max(self.now, self.began + timedelta(weeks=weeks))
        return run(
            self.default_branch,
            forge or self.bot,
            self.now,
            write=write,
            pacer=Pacer(seconds=0, now=lambda: self.now),
            policies=self.policies,
        )

    def with_records(self, *records: Record) -> "World":
        self.records = records
        return self

    def titles(self, *, is_open: bool | None = None) -> list[str]:
        return [
            issue.title
            for issue in self.repository.issues.values()
            if is_open is None or issue.is_open == is_open
        ]


def summaries(run: Run) -> list[str]:
    return [change.summary for change in run.plan.changes]


def notices(run: Run) -> list[str]:
    return [notice.text for notice in run.plan.notices]


def world(*records: Record, **changes: Any) -> World:
    return World(records=records, **changes)


def logins(records: Iterable[Record]) -> list[str]:
    return [record.login for record in records]
