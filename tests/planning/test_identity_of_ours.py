"""What is ours is what we wrote with our marker, whichever token it was and whatever it became."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from mentorship_action.domain.program import Labels
from mentorship_action.forge.protocol import UnknownIdentity
from tests.applications import Scene
from tests.builders import moment, notices, program, summaries
from tests.rig.people import ACTIONS, APP

PERSON = "ssbarnea"
"""A coordinator and mentor, who may lend the program their own token."""
TOKENS = [ACTIONS, APP, PERSON]
EVERYBODY = (*TOKENS, "ganeshrn")


@pytest.fixture
def running(scene: Scene) -> Scene:
    """Alice has a tracker and a check-in, Bob has asked to join."""
    scene.repository.writers.update(login.lower() for login in EVERYBODY)
    return begun(scene)


def begun(scene: Scene) -> Scene:
    scene.has("alice")
    scene.now = moment("2026-12-07 12:00")
    scene.joins("bob", mentor="ssbarnea")
    scene.run()
    assert summaries(scene.run()) == []
    return scene


def count(scene: Scene) -> tuple[int, int]:
    """Return how many issues and comments there are."""
    repository = scene.repository
    return len(repository.issues), sum(map(len, repository.comments.values()))


# Tokens.


@pytest.mark.parametrize("login", TOKENS)
def test_with_any_token_running_again_plans_nothing(scene: Scene, login: str) -> None:
    scene.repository.writers.update(one.lower() for one in TOKENS)
    scene.acts_as(login)
    begun(scene)
    assert count(scene) == (2, 1)
    authors = {issue.author.login for issue in scene.repository.issues.values()}
    assert authors == {login}


@pytest.mark.parametrize("former", TOKENS)
@pytest.mark.parametrize("login", TOKENS)
def test_another_token_goes_on_with_what_a_former_one_wrote(
    scene: Scene, former: str, login: str
) -> None:
    scene.repository.writers.update(one.lower() for one in EVERYBODY)
    scene.acts_as(former)
    begun(scene)
    before = count(scene)
    scene.program = program(identities=(former.lower(),))
    scene.acts_as(login)
    # The program has changed, so our comment is looked over once.
    scene.run()
    assert summaries(scene.run()) == []
    assert count(scene) == before


@pytest.mark.parametrize("login", [APP, PERSON])
def test_another_token_without_a_word_about_the_former_one_stops(
    running: Scene, login: str
) -> None:
    before = count(running)
    running.acts_as(login)
    with pytest.raises(UnknownIdentity, match=r"identities"):
        running.run()
    assert count(running) == before


def test_a_mentor_who_lends_the_token_still_has_a_say(scene: Scene) -> None:
    scene.acts_as(PERSON)
    number = scene.joins("alice", mentor=PERSON)
    scene.run()
    scene.says(PERSON, number, "/accept")
    run = scene.run()
    assert [change.why for change in run.plan.changes if change.kind == "comment"] == ["ready"]
    assert summaries(scene.run()) == []


def test_a_comment_that_may_not_be_edited_any_more_is_followed_by_a_new_one(
    running: Scene,
) -> None:
    (number,) = running.repository.branches.pulls
    running.repository.writers.discard(APP)
    running.program = program(identities=(ACTIONS,))
    running.acts_as(APP)
    running.pushes(number, mentor="ssbarnea", goals="[Another one]")
    running.run()
    said = running.repository.comments[number]
    assert [one.author.login for one in said] == [ACTIONS, APP]
    running.run()
    assert len(running.repository.comments[number]) == 2


def test_a_comment_that_somebody_deletes_in_the_middle_of_a_run_is_written_again(
    running: Scene,
) -> None:
    (number,) = running.repository.branches.pulls
    running.pushes(number, mentor="ssbarnea", weeks=20)
    running.run()
    running.says("ssbarnea", number, "/accept")
    carry_out = running.begins()
    running.repository.comments[number] = running.repository.comments[number][1:]
    carry_out()
    running.run()
    assert running.stage(number) == "ready"
    assert summaries(running.run()) == []


# What becomes of labels.


def take_off(scene: Scene) -> None:
    for issue in list(scene.repository.issues.values()):
        scene.repository.put(replace(issue, labels=()))
    for pull in list(scene.repository.branches.pulls.values()):
        scene.repository.put(replace(pull, labels=()))


def delete(scene: Scene) -> None:
    for name in list(scene.repository.labels):
        scene.repository.rename_label(name, None)


def rename(scene: Scene) -> None:
    for name in list(scene.repository.labels):
        scene.repository.rename_label(name, f"{name} (ours)")


def respell(scene: Scene) -> None:
    for name in list(scene.repository.labels):
        scene.repository.rename_label(name, name.upper())


def rename_base(scene: Scene) -> None:
    scene.program = program(labels=Labels(base="learning"))


def respell_base(scene: Scene) -> None:
    scene.program = program(labels=Labels(base="MENTORSHIP"))


@pytest.mark.parametrize("close", [False, True], ids=["open", "closed"])
@pytest.mark.parametrize("happens", [take_off, delete, rename, respell, rename_base, respell_base])
def test_whatever_becomes_of_our_labels_nothing_is_opened_twice(
    running: Scene,
    happens: Callable[[Scene], None],
    close: bool,  # noqa: FBT001
) -> None:
    before = count(running)
    if close:
        for issue in list(running.repository.issues.values()):
            running.repository.put(replace(issue, is_open=False))
    happens(running)
    running.run()
    assert summaries(running.run()) == []
    assert count(running) == before
    (number,) = running.repository.branches.pulls
    running.says("ssbarnea", number, "/accept")
    running.run()
    assert running.stage(number) == "ready"
    assert summaries(running.run()) == []


@pytest.mark.parametrize(
    "labels",
    [
        {"tracker": "mentorship", "check_in": "mentorship", "application": "mentorship"},
        {"tracker": "same", "check_in": "same", "application": "SAME"},
        {"base": "B" * 50},
        {"base": "all, of it", "tracker": "a, b", "application": "x,y"},
        {"application": "mentorship:ready"},
        {"application": "Mentorship:Needs-Answer", "tracker": "mentorship:waitlisted"},
        {"base": "mentorship:joined", "application": "mentorship:joined:needs-fixes"},
        {"base": "ready"},
        {"base": "über uns :sparkles:", "check_in": "🙂"},
    ],
)
def test_labels_of_any_shape_settle(scene: Scene, labels: dict[str, str]) -> None:
    scene.program = program(labels=Labels(**labels))
    begun(scene)
    (number,) = scene.repository.branches.pulls
    declined = scene.joins("carl", mentor="ssbarnea", hours_per_week=1)
    scene.says("ssbarnea", number, "/accept")
    scene.run()
    assert (scene.stage(number), scene.stage(declined)) == ("ready", "needs-fixes")
    assert summaries(scene.run()) == []
    scene.merges(number)
    scene.person("carl").close_pull(declined)
    scene.run()
    assert scene.stage(number) == "joined"
    assert summaries(scene.run()) == []
    assert len(scene.trackers()) == 2


@pytest.mark.parametrize("above", ["Please read.\n\n", "\n", "x\n" * 30])
@pytest.mark.parametrize("behind", ["", " ", "\t", "\r"])
def test_text_above_the_marker_and_a_blank_behind_it_detach_nothing(
    running: Scene, above: str, behind: str
) -> None:
    (number,) = running.repository.branches.pulls
    running.says("ssbarnea", number, "/decline")
    running.run()
    before = count(running)
    for issue in list(running.repository.issues.values()):
        first, _, rest = issue.body.partition("\n")
        running.repository.put(replace(issue, body=f"{above}{first}{behind}\n{rest}"))
    assert summaries(running.run()) == []
    running.now = moment("2026-12-14 12:00")
    running.run()
    assert count(running) == (before[0] + 1, before[1])
    assert summaries(running.run()) == []


# What makes an application dear.


def idle(scene: Scene) -> int:
    scene.run()
    run = scene.run()
    assert summaries(run) == []
    return run.requests


def test_a_strangers_label_does_not_make_an_application_dear(running: Scene) -> None:
    (number,) = running.repository.branches.pulls
    before = idle(running)
    running.tick()
    running.person("ssbarnea").add_labels(number, ("good first issue",))
    assert idle(running) <= before + 1


def test_an_application_that_is_opened_again_is_not_dear(running: Scene) -> None:
    (number,) = running.repository.branches.pulls
    before = idle(running)
    running.person("bob").close_pull(number)
    running.run()
    running.tick()
    running.person("bob").reopen_pull(number)
    assert idle(running) <= before + 1


def test_another_programs_comment_does_not_make_an_application_dear(running: Scene) -> None:
    (number,) = running.repository.branches.pulls
    before = idle(running)
    running.says(ACTIONS, number, "Coverage is 93 %.")
    assert idle(running) <= before + 1


@pytest.mark.parametrize("has_graphql", [True, False])
def test_our_label_on_an_unrelated_pull_request_does_not_make_it_dear(
    running: Scene,
    has_graphql: bool,  # noqa: FBT001
) -> None:
    running.repository.has_graphql = has_graphql
    number = running.proposes("dora", {"docs/x.md": b"x"})
    before = idle(running)
    running.person("ssbarnea").add_labels(number, ("mentorship:application",))
    assert idle(running) <= before + 1
    assert notices(running.run()) == []


def test_a_label_of_ours_that_somebody_changes_is_put_right(running: Scene) -> None:
    (number,) = running.repository.branches.pulls
    owner = running.person("ssbarnea")
    owner.add_labels(number, ("mentorship:ready",))
    owner.remove_label(number, "mentorship:needs-answer")
    running.run()
    assert set(running.pull(number).labels) == {
        "mentorship",
        "mentorship:application",
        "mentorship:needs-answer",
    }
    assert summaries(running.run()) == []


def test_a_dismissed_approval_is_no_yes_any_more(running: Scene) -> None:
    (number,) = running.repository.branches.pulls
    running.tick()
    running.person("ssbarnea").review(number)
    running.run()
    assert running.stage(number) == "ready"
    running.tick()
    reviews = running.repository.branches.reviews[number]
    reviews[0] = replace(reviews[0], approves=False)
    running.repository.put(replace(running.pull(number), updated=running.now))
    running.run()
    assert running.stage(number) == "needs-answer"
    assert summaries(running.run()) == []
