"""Random seasons of teams: whatever happens to the files, GitHub follows and then is still."""

import re
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.program import Program, Team
from mentorship_action.domain.record import Record, Status
from mentorship_action.forge.protocol import Edit
from tests.builders import World, mentor, moment, record, world
from tests.drawing import draws
from tests.teams import LED, team, teammate, with_teams
from tests.terms import SPRING, member

BLUE, RED = team(size=2), team("Red", size=2, mentors=LED[:1])
PEOPLE = ("a", "b", "c", "d")
_PART = re.compile(r"^<!-- mentorship:part mentee=([a-z]+) -->$", re.MULTILINE)


def _file(login: str, where: Team | str, status: Status) -> Record | None:
    if isinstance(where, Team):
        return teammate(login, where, status=status)
    if where == "pair":
        return member(SPRING, login, mentor="ada", mentor_handle="ada", status=status)
    return record(login, start="2027-02-15", weeks=6, status=status) if where else None


def _files(drawn: dict[str, tuple[Team | str, Status]]) -> tuple[Record, ...]:
    files = (_file(login, *what) for login, what in drawn.items())
    return tuple(one for one in files if one is not None)


places = st.sampled_from([BLUE, BLUE, RED, "pair", "", "rolling"])
statuses = st.sampled_from([Status.ACTIVE] * 4 + [*Status])
steps = st.tuples(
    st.integers(0, 20),
    st.dictionaries(st.sampled_from(PEOPLE), st.tuples(places, statuses), min_size=1),
    st.sampled_from(["", "", "radia leaves", "small", "close"]),
)


def programs(what: str) -> Program:
    mentors = [
        mentor("radia", zone="America/Los_Angeles", capacity=2),
        mentor("Grace", zone="America/New_York", capacity=2),
        mentor("linus", capacity=0),
        mentor("ada", capacity=2),
        mentor(),
    ]
    if what == "radia leaves":
        mentors = mentors[1:]
    teams = (team(size=1), RED) if what == "small" else (BLUE, RED)
    return with_teams(*teams, mentors=tuple(mentors))


def _tracker_of(name: str, played: World) -> int:
    trackers = (
        one.number
        for one in played.repository.issues.values()
        if (key := parse_marker(one.body)) and (key.kind, key.team) == (Kind.TRACKER, name)
    )
    return next(trackers)


def check(played: World) -> None:
    """Hold what must be true after every run."""
    assert played.run().plan.changes == ()
    open_ones: dict[tuple[str, str], int] = {}
    for issue in played.repository.issues.values():
        key = parse_marker(issue.body)
        assert key is not None
        if issue.is_open:
            open_ones[key.kind, key.mentorship] = open_ones.get((key.kind, key.mentorship), 0) + 1
        if key.kind == Kind.TRACKER and key.team and issue.is_open:
            parts = _PART.findall(issue.body)
            assert sorted(parts) == sorted(issue.members)
            assert len(parts) == len(set(parts))
        if key.kind == Kind.CHECK_IN and key.team and issue.is_open:
            parts = _PART.findall(issue.body)
            members = played.repository.issues[_tracker_of(key.team, played)].members
            files = {one.login: one for one in played.records if one.team == key.team}
            active = {one for one in members if one in files and files[one].status is Status.ACTIVE}
            assert active <= set(parts)
            assert len(parts) == len(set(parts))
    assert set(open_ones.values()) <= {1}


@draws(20)
@given(st.lists(steps, min_size=1, max_size=6))
def test_a_run_follows_the_files_and_the_next_one_changes_nothing(season: list[Any]) -> None:
    played = world(program=programs(""), now=moment("2027-02-10 12:00"))
    played.repository.members |= {"radia", "a", "b"}
    for days, drawn, what in season:
        played.now += timedelta(days=days)
        played.program = programs(what)
        played.with_records(*_files(drawn))
        if what == "close":
            for issue in list(played.repository.issues.values())[-1:]:
                closed = Edit(state="closed", reason="completed")
                played.repository.view("ssbarnea").edit_issue(issue.number, closed)
        played.run()
        # What is opened again may be looked at once more.
        played.run()
        check(played)
