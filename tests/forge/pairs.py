"""A small program of pairs, and how things stand in its repository."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.program import Limits, Meeting, Mentor, Program, Weekday
from mentorship_action.domain.record import Chat, Record
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import BOT, Repository
from tests.builders import World
from tests.rig.people import OWNER

MENTOR = "ssbarnea"
START = date(2026, 3, 2)
FIRST_MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""When the check-ins of the first week are due."""


def pairs(number: int = 2, *, writes_per_run: int = 100_000) -> World:
    """Return a program of so many pairs of one mentor, on the day of its first check-ins."""
    made = World(
        records=tuple(_record(place) for place in range(1, number + 1)),
        program=Program(
            name="A program",
            mentors=(Mentor(login=MENTOR, handle=MENTOR, capacity=number, zone="Etc/UTC"),),
            limits=Limits(seconds_between_writes=0, writes_per_run=writes_per_run),
        ),
        now=FIRST_MONDAY,
    )
    made.repository.writers = {OWNER, BOT}
    made.repository.members.add(MENTOR)
    return made


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
    body = re.sub(r"#[0-9]+", lambda match: names.get(match[0], match[0]), issue.body)
    return (issue.title, body, sorted(issue.labels), sorted(issue.assignees), issue.is_open)


def duplicates(repository: Repository) -> int:
    """Return how many issues share their key with another, open or closed."""
    keys = [str(parse_marker(issue.body)) for issue in repository.issues.values()]
    return len(keys) - len(set(keys))
