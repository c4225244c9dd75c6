"""A small program to play: pairs, a clock that moves by itself, and one run of `sync`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from mentorship_action import loop
from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.program import Limits, Mentor, Program, Weekday
from mentorship_action.domain.record import Chat, Meeting, Record
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import Repository
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Forge
from mentorship_action.wording.render import Wording

MENTOR = "ssbarnea"
START = date(2026, 3, 2)
FIRST_MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""When the check-ins of the first week are due."""
WEEK = timedelta(weeks=1)
_WORDING = Wording(overrides={})  # compiled templates are shared by all tests


@dataclass(kw_only=True)
class Clock:
    """A clock that moves on a second whenever it is read."""

    now: datetime = FIRST_MONDAY

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(kw_only=True)
class Play:
    """A program of ``pairs`` pairs with a repository of its own."""

    pairs: int = 2
    writes_per_run: int = 100_000
    clock: Clock = field(default_factory=Clock)
    repository: Repository = field(init=False)
    files: loop.DefaultBranch = field(init=False)

    def __post_init__(self) -> None:
        self.repository = Repository(clock=self.clock, writers={"owner", "github-actions[bot]"})
        self.repository.members.add(MENTOR)
        program = Program(
            name="A program",
            mentors=(Mentor(login=MENTOR, handle=MENTOR, capacity=self.pairs, zone="Etc/UTC"),),
            limits=Limits(seconds_between_writes=0, writes_per_run=self.writes_per_run),
        )
        records = tuple(_record(number) for number in range(1, self.pairs + 1))
        self.files = loop.DefaultBranch(
            program=program, records=records, arrivals={}, wording=_WORDING
        )

    def run(self, forge: Forge, *, weeks: int = 0) -> loop.Run:
        """Do one run, so many weeks after the first check-ins were due."""
        moment = FIRST_MONDAY + weeks * WEEK
        # The repository's clock never goes back.
        self.clock.now = max(self.clock.now, moment)
        pacer = Pacer(seconds=0, now=self.clock)
        return loop.run(self.files, forge, moment, write=True, pacer=pacer)


def _record(number: int) -> Record:
    login = f"mentee-{number}"
    return Record(
        login=login,
        handle=login,
        mentor=MENTOR,
        mentor_handle=MENTOR,
        start=START,
        weeks=12,
        hours_per_week=4,
        zone="Etc/UTC",
        meeting=Meeting(day=Weekday.TUE, time=time(17), minutes=30) if number % 2 else None,
        goals=("Land a first change",),
        focus=("linting",),
        chat=Chat(network="matrix", handle=f"@{login}:example.org"),
        file=f"mentees/{login}.yml",
    )


def settled(repository: Repository) -> dict[str, object]:
    """Return how things stand by key, whatever number an issue has.

    Raises AssertionError when a key has two open issues, or two that stand: closed duplicates
    are left out, since they point to the one that does.
    """
    by_key = open_once(repository)
    names = {f"#{issue.number}": f"#<{key}>" for key, issues in by_key.items() for issue in issues}
    state: dict[str, object] = {}
    for name, issues in sorted(by_key.items()):
        standing = [one for one in issues if repository.reasons.get(one.number) != "not_planned"]
        assert len(standing) == 1, f"{name}: {issues}"
        state[name] = _as_found(standing[0], names)
    return {"issues": state, "labels": sorted(repository.labels)}


def open_once(repository: Repository) -> dict[str, list[Issue]]:
    """Return the issues by key; raise AssertionError when a key has two open ones."""
    by_key: dict[str, list[Issue]] = {}
    for issue in repository.issues.values():
        key = parse_marker(issue.body)
        assert key is not None, issue
        by_key.setdefault(str(key), []).append(issue)
    for name, issues in by_key.items():
        assert sum(issue.is_open for issue in issues) <= 1, f"{name} is open twice: {issues}"
    return by_key


def _as_found(issue: Issue, names: Mapping[str, str]) -> tuple[object, ...]:
    body = issue.body
    for number in sorted(names, key=len, reverse=True):
        body = body.replace(f"({number})", f"({names[number]})")
    return (issue.title, body, sorted(issue.labels), sorted(issue.assignees), issue.is_open)


def duplicates(repository: Repository) -> int:
    """Return how many issues share their key with another, open or closed."""
    keys = [str(parse_marker(issue.body)) for issue in repository.issues.values()]
    return len(keys) - len(set(keys))
