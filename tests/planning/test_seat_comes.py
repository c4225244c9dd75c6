"""Who was merged and waits is told when the seat comes, whatever happened meanwhile."""

import pytest

from tests.applications import Scene, path, yaml
from tests.builders import summaries


def merged_and_waiting(scene: Scene) -> int:
    """Zoe has the mentor's one seat, and Bob was merged as well; return his pull request."""
    first, second = scene.joins("zoe"), scene.joins("bob")
    scene.run()
    scene.merges(first)
    scene.merges(second)
    scene.run()
    assert "number 1 on the waitlist" in scene.bot_comment(second)
    return second


@pytest.mark.parametrize("has_graphql", [True, False])
def test_however_many_pull_requests_changed_meanwhile(scene: Scene, has_graphql: bool) -> None:  # noqa: FBT001
    scene.repository.has_graphql = has_graphql
    number = merged_and_waiting(scene)
    for n in range(101):
        other = scene.proposes("dora", {f"docs/{n}.md": b"x"})
        scene.person("dora").close_pull(other)
    assert summaries(scene.run()) == []
    scene.repository.branches.put({path("zoe"): yaml("zoe", status="completed")})
    scene.run()
    assert scene.trackers() == ["Mentorship: bob with ganeshrn"]
    assert "Your tracker is #" in scene.bot_comment(number)
    assert summaries(scene.run()) == []


def test_whatever_the_case_of_the_label_is(scene: Scene) -> None:
    number = merged_and_waiting(scene)
    scene.repository.rename_label("mentorship:application", "Mentorship:APPLICATION")
    scene.repository.branches.put({path("zoe"): yaml("zoe", status="completed")})
    scene.run()
    assert "Your tracker is #" in scene.bot_comment(number)
    assert summaries(scene.run()) == []
