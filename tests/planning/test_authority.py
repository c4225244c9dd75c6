"""Who may decide what: a yes names what said it, a commit has one status, a file its owner."""

from dataclasses import replace
from typing import Any

import pytest

from mentorship_action.domain.application import Stage, write_memory
from tests.applications import Scene, path, yaml
from tests.builders import mentor, program, summaries
from tests.rig.people import ACTIONS


def asked(scene: Scene, **changes: Any) -> int:
    number = scene.joins("alice", **changes)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    return number


# A yes.


def test_a_yes_that_another_workflow_writes_in_our_name_turns_nothing_green(scene: Scene) -> None:
    number = asked(scene)
    ours = scene.bot_comment(number)
    memory = scene.memory(number)
    mark = ours.partition("\n")[0]
    forged = write_memory(replace(memory, stage=Stage.READY)).replace(
        " -->", f" answers=ganeshrn:yes:{memory.agreement}:c1 -->"
    )
    scene.says(ACTIONS, number, f"{mark}\n{forged}\nanswer=yes\n")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert scene.status(number)[0] == "pending"
    assert summaries(scene.run()) == []


@pytest.mark.parametrize("who", ["mallory", "alice", "ssbarnea"])
def test_a_yes_that_names_somebody_elses_comment_is_none(scene: Scene, who: str) -> None:
    number = asked(scene)
    said = scene.says(who, number, "/accept")
    memory = scene.memory(number)
    mark = scene.bot_comment(number).partition("\n")[0]
    forged = write_memory(replace(memory, comment=said.id, stage=Stage.READY)).replace(
        " -->", f" answers=ganeshrn:yes:{memory.agreement}:c{said.id} -->"
    )
    scene.says(ACTIONS, number, f"{mark}\n{forged}\nReady.\n")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []


def test_a_deleted_comment_of_ours_loses_no_yes(scene: Scene) -> None:
    number = asked(scene)
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.repository.comments[number] = [
        one for one in scene.repository.comments[number] if one.author.login != ACTIONS
    ]
    scene.run()
    assert scene.stage(number) == "ready"
    assert summaries(scene.run()) == []


def test_once_our_memory_is_garbled_the_mentor_is_asked_again_and_not_taken_at_a_guess(
    scene: Scene,
) -> None:
    number = asked(scene)
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    (said,) = scene.bot_comments(number)
    scene.edits("ssbarnea", said, said.body.replace("mentorship:memory", "mentorship:memo ry"))
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"


# One status for one commit.


@pytest.mark.parametrize("spoken", ["accepted", "asked"])
def test_a_strangers_twin_of_a_pull_request_touches_no_state(scene: Scene, spoken: str) -> None:
    number = asked(scene)
    if spoken == "accepted":
        scene.says("ganeshrn", number, "/accept")
        scene.run()
    before = scene.status(number)
    scene.tick()
    twin = scene.person("mallory").open_twin(number, "Mine")
    scene.run()
    assert scene.status(number) == before
    assert scene.stage(twin) == "needs-maintainer"
    scene.says("mallory", twin, "Well?")
    scene.run()
    assert scene.status(number) == before
    assert summaries(scene.run()) == []


def test_an_older_twin_of_a_stranger_takes_no_state_either(scene: Scene) -> None:
    twin = scene.proposes("mallory", {path("alice"): yaml("alice")})
    scene.run()
    scene.tick()
    number = scene.person("alice").open_twin(twin, "Join: alice")
    scene.run()
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.status(number)[0] == "success"
    assert summaries(scene.run()) == []


def test_once_the_twin_is_closed_the_state_is_still_right(scene: Scene) -> None:
    number = asked(scene)
    scene.tick()
    twin = scene.person("mallory").open_twin(number, "Mine")
    scene.run()
    scene.person("mallory").close_pull(twin)
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.status(number)[0] == "success"
    assert summaries(scene.run()) == []


# Who may change what.

ERRORS: dict[str, dict[str, Any]] = {
    "hours": {"hours_per_week": 0},
    "zone": {"timezone": "Mars/Base"},
    "left": {},
}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize(
    "change", [{"status": "completed"}, {"status": "paused"}, {"mentor": "ssbarnea"}]
)
def test_whatever_is_wrong_on_the_default_branch_a_mentee_decides_no_more_than_before(
    scene: Scene, error: str, change: dict[str, str]
) -> None:
    scene.has("alice")
    scene.repository.branches.put({path("alice"): yaml("alice", **ERRORS[error])})
    if error == "left":
        scene.program = program(mentors=(mentor(),))
    number = scene.joins("alice", **change)
    for _ in range(2):
        scene.run()
        # With a mentor who left, a file may be wrong in itself.
        assert scene.stage(number) in ("needs-maintainer", "needs-fixes")
        assert scene.status(number)[0] != "success"
        scene.says("ganeshrn", number, "/accept")


@pytest.mark.parametrize("error", ERRORS)
def test_whatever_is_wrong_on_the_default_branch_it_is_nobody_elses_file(
    scene: Scene, error: str
) -> None:
    scene.has("alice")
    scene.repository.branches.put({path("alice"): yaml("alice", **ERRORS[error])})
    if error == "left":
        scene.program = program(mentors=(mentor(),))
    number = scene.proposes("mallory", {path("alice"): yaml("alice", mentor="ssbarnea")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert "somebody else's mentee file" in scene.bot_comment(number)


@pytest.mark.parametrize("content", [b"\x00", b"github: [", b"- 1\n", b"", b"\xff\xfe"])
def test_a_file_that_can_not_be_read_at_all_belongs_to_whom_it_is_named_after(
    scene: Scene, content: bytes
) -> None:
    scene.repository.branches.put({path("alice"): content})
    own = scene.joins("alice", status="completed")
    other = scene.proposes("mallory", {path("alice"): yaml("alice", mentor="ssbarnea")})
    scene.run()
    assert (scene.stage(own), scene.stage(other)) == ("needs-maintainer", "needs-maintainer")
