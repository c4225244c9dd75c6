"""Wherever a run ends while it follows commands, the next ones do the rest, nothing twice."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest

from mentorship_action.forge.protocol import Ambiguous, Forge, ForgeError, Unreachable
from tests.applications import Scene
from tests.builders import summaries
from tests.planning.test_commands import TRACKER, answers, begun, file_of
from tests.rig.kill import Killed, killing
from tests.rig.rest import RestServer

READS = ("list_", "get_", "find_", "file_id", "default_branch", "me", "is_", "account_id")


@dataclass(kw_only=True)
class Interrupted:
    """A forge of which one call goes wrong, before it is made or after; counted from 1."""

    forge: Forge
    wrong: int
    was_made: bool
    calls: int = 0

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.forge, name)
        return self._call(name, found) if callable(found) else found

    def _call(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            self.calls += 1
            if self.calls != self.wrong:
                return act(*arguments, **named)
            if self.was_made:
                act(*arguments, **named)
            raise (Unreachable if name.startswith(READS) else Ambiguous)("no answer")

        return called


def spoken(scene: Scene, way: str) -> Scene:
    """Let three people have said what changes a file, ticks boxes, fills a comment, skips."""
    pair = begun(scene, way)
    pair.says("ada", TRACKER, "/extend 2\n/done 1")
    pair.says("alice", TRACKER, "/checklist")
    pair.says("grace", 2, "/met\n/skip")
    return pair


def must_settle(pair: Scene, way: str) -> None:
    for _ in range(3):
        pair.run()
    assert summaries(pair.run()) == []
    assert len(answers(pair)) == 1
    assert len(answers(pair, 2)) == 1
    branches = pair.repository.branches
    assert len(branches.pulls) == (way == "pull-request")
    assert file_of(pair).count("weeks: 18\n") == (way == "commit")
    assert len(branches.file_commits) == (way == "commit")
    bodies = [one.body for one in pair.repository.comments[TRACKER]]
    assert sum(body.startswith("**My checklist**") for body in bodies) == 1
    check_in = pair.repository.issues[2].body
    assert (check_in.count("You have met"), check_in.count("This meeting is skipped")) == (1, 1)


@pytest.mark.parametrize("was_made", [False, True])
@pytest.mark.parametrize("way", ["link", "pull-request", "commit"])
def test_a_lost_answer_at_any_call_is_put_right(way: str, was_made: bool) -> None:  # noqa: FBT001
    for wrong in count(1):
        pair = spoken(Scene(), way)
        steady = pair.bot
        shaky = Interrupted(forge=steady, wrong=wrong, was_made=was_made)
        pair.bot = shaky
        with suppress(ForgeError):
            pair.run()
        pair.bot = steady
        must_settle(pair, way)
        if shaky.calls < wrong:
            break


def test_a_run_killed_at_any_request_is_put_right(
    rest_server: RestServer, repository_name: str
) -> None:
    way = "pull-request"
    for number in count(1):
        pair = spoken(Scene(), way).over_http(rest_server, repository_name)
        try:
            with killing(number):
                pair.run()
        except Killed:
            must_settle(pair.in_memory(), way)
        else:
            must_settle(pair, way)
            assert pair.mismatches == []
            break
