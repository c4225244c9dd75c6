"""Who was merged and waits is told when the seat comes, whatever happened meanwhile."""

import pytest

from tests.applications import Scene, path, yaml
from tests.builders import moment, summaries


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


ENDS = {
    "the last day": ("2027-03-29 12:00", "active"),
    "graduating": ("2026-12-14 12:00", "completed"),
    "withdrawing": ("2026-12-14 12:00", "withdrawn"),
}


@pytest.mark.parametrize("end", ENDS)
def test_at_an_end_all_is_closed_with_thanks_and_the_next_one_is_asked_in_the_same_run(
    scene: Scene, end: str
) -> None:
    when, status = ENDS[end]
    scene.has("zoe")
    scene.now = moment("2027-03-22 12:00" if status == "active" else "2026-12-07 12:00")
    scene.run()
    number = scene.joins("bob", start="2027-04-05")
    scene.run()
    assert scene.stage(number) == "waitlisted"
    (before,) = scene.repository.comments[number]
    scene.now = moment(when)
    scene.repository.branches.put({path("zoe"): yaml("zoe", status=status)})
    scene.run()
    tracker, check_in = scene.repository.issues.values()
    assert not tracker.is_open
    assert not check_in.is_open
    assert "This was the last check-in. Thank you" in check_in.body
    assert "@zoe" in scene.repository.comments[tracker.number][-1].body
    # A new comment, for it asks somebody who was not asked before.
    (asked,) = scene.repository.comments[number]
    assert scene.stage(number) == "needs-answer"
    assert asked.id > before.id
    assert "@ganeshrn" in asked.body
    assert summaries(scene.run()) == []
