"""Applications against those who try what they may not, and against bad luck."""

from datetime import timedelta

import pytest

from mentorship_action.forge.memory.git import File
from mentorship_action.forge.protocol import Missing
from tests.applications import Scene, path, yaml
from tests.builders import program, summaries

# Files and names.


@pytest.mark.parametrize(
    "name",
    [
        "Alice.yml",
        "alice.yaml",
        "ALICE.YML",
        "alice.yml ",
        "alice.yml\n",
        ".alice.yml",
        "al\u0131ce.yml",
    ],
)
def test_a_name_that_no_run_would_read_is_a_fault_with_the_right_name(
    scene: Scene, name: str
) -> None:
    number = scene.proposes("alice", {f"mentees/{name}": yaml("alice")})
    scene.run()
    assert scene.stage(number) in ("needs-fixes", "needs-maintainer")
    assert summaries(scene.run()) == []


def test_a_name_of_thousands_of_characters_breaks_nothing(scene: Scene) -> None:
    name = "\u00e4" * 4000
    number = scene.proposes("alice", {f"mentees/{name}.yml": b"- x\n" * 2000})
    scene.joins("bob")
    scene.run()
    assert scene.stage(number) in ("needs-fixes", "needs-maintainer")
    assert len(scene.bot_comment(number)) < 5000


@pytest.mark.parametrize("name", ["README.md", "_draft.yml", "_notes/x.md"])
def test_what_says_that_it_is_no_record_is_none(scene: Scene, name: str) -> None:
    number = scene.proposes("alice", {f"mentees/{name}": b"Better\n"})
    assert summaries(scene.run()) == []
    assert scene.bot_comments(number) == []


def test_a_record_with_another_file_beside_it_is_handed_over(scene: Scene) -> None:
    number = scene.proposes("alice", {path("alice"): yaml("alice"), "mentees/README.md": b"x"})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


@pytest.mark.parametrize("name", ["mentees/alice.yml/x.yml", "mentees/sub/sub/alice.yml"])
def test_a_folder_in_the_folder_is_handed_over(scene: Scene, name: str) -> None:
    number = scene.proposes("alice", {name: yaml("alice")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_a_change_of_mode_alone_is_handed_over(scene: Scene) -> None:
    scene.has("alice")
    number = scene.proposes("alice", {path("alice"): File(yaml("alice"), "100755")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_a_record_that_is_renamed_is_handed_over(scene: Scene) -> None:
    scene.has("alice")
    number = scene.proposes("mallory", {path("alice"): None, path("mallory"): yaml("mallory")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_hundreds_of_files_are_one_short_word(scene: Scene) -> None:
    number = scene.proposes("alice", {path(f"a{n}"): yaml(f"a{n}") for n in range(400)})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert len(scene.bot_comment(number)) < 2000


def test_an_application_that_gives_its_record_up_again_is_told_so(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.tick()
    scene.person("alice").push(number, {path("alice"): None})
    scene.run()
    assert "no longer changes a mentee file" in scene.bot_comment(number)


def test_a_branch_that_is_merely_behind_is_no_application_and_costs_three_requests(
    scene: Scene,
) -> None:
    number = scene.proposes("dora", {"README.md": b"x"})
    scene.has("bob", mentor="ssbarnea")
    idle = scene.run().requests
    scene.person("dora").close_pull(number)
    assert scene.bot_comments(number) == []
    assert idle <= scene.run().requests + 3


# Who may do what.


@pytest.mark.parametrize("status", ["completed", "withdrawn", "paused"])
def test_nobody_joins_what_is_over_nor_has_us_mention_a_stranger(scene: Scene, status: str) -> None:
    number = scene.joins("mallory", status=status, mentor="celebrity")
    scene.run()
    assert scene.stage(number) in ("needs-maintainer", "needs-fixes")
    assert "@celebrity" not in scene.bot_comment(number)


def test_a_record_that_came_meanwhile_is_judged_by_the_default_branch(scene: Scene) -> None:
    number = scene.joins("alice", mentor="ssbarnea")
    scene.repository.branches.put({path("alice"): yaml("alice")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_a_mentor_who_is_none_any_more_changes_nothing(scene: Scene) -> None:
    scene.has("alice")
    number = scene.proposes("ganeshrn", {path("alice"): yaml("alice", weeks=20)})
    scene.run()
    assert scene.stage(number) == "ready"
    scene.repository.branches.put({path("alice"): yaml("alice", mentor="ssbarnea")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_a_longer_mentorship_that_is_over_takes_a_seat_anew(scene: Scene) -> None:
    scene.has("alice")
    scene.now += timedelta(weeks=30)
    scene.has("bob", start="2027-07-05")
    number = scene.joins("alice", weeks=60)
    scene.run()
    assert scene.stage(number) == "waitlisted"


def test_one_person_stands_in_one_line(scene: Scene) -> None:
    first, second = scene.joins("alice"), scene.joins("alice", mentor="ssbarnea")
    scene.run()
    assert (scene.stage(first), scene.stage(second)) == ("needs-answer", "needs-fixes")
    assert f"number {first}" in scene.bot_comment(second)
    assert summaries(scene.run()) == []
    scene.tick()
    scene.person("alice").close_pull(first)
    scene.run()
    assert scene.stage(second) == "needs-answer"
    assert summaries(scene.run()) == []


# What is said, and when.


def test_a_yes_before_our_first_comment_counts_for_what_the_comment_shows(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.says("ganeshrn", number, "/accept")
    scene.pushes(number, hours_per_week=40)
    scene.run()
    assert scene.stage(number) == "ready"
    assert "if this isn't what you meant" in scene.bot_comment(number)
    scene.pushes(number, hours_per_week=41)
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_an_approval_before_our_first_word_counts_for_its_commit_alone(scene: Scene) -> None:
    first, second = scene.joins("alice"), scene.joins("bob", mentor="ssbarnea")
    scene.tick()
    scene.person("ganeshrn").review(first)
    scene.person("ssbarnea").review(second)
    scene.pushes(first, hours_per_week=40)
    scene.run()
    assert (scene.stage(first), scene.stage(second)) == ("needs-answer", "ready")


def test_an_approval_of_an_older_commit_is_no_yes_to_a_later_one(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.pushes(number, hours_per_week=8)
    scene.tick()
    scene.person("ganeshrn").review(number)
    scene.pushes(number, hours_per_week=40)
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_the_last_word_counts_whether_review_or_comment(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.tick()
    scene.person("ganeshrn").review(number)
    scene.says("ganeshrn", number, "/decline")
    scene.run()
    assert scene.stage(number) == "declined"
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"


def test_other_terms_ask_the_mentor_in_a_new_comment(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    (before,) = scene.bot_comments(number)
    scene.pushes(number, hours_per_week=40)
    scene.run()
    (after,) = scene.bot_comments(number)
    assert after.id > before.id


@pytest.mark.parametrize("answer", ["/accept", "/decline"])
def test_a_typo_on_the_way_loses_neither_the_answer_nor_the_place(
    scene: Scene, answer: str
) -> None:
    number, other = scene.joins("alice"), scene.joins("bob")
    scene.run()
    scene.says("ganeshrn", number, answer)
    scene.run()
    before = scene.memory(number)
    scene.pushes(number, timezone="Nowhere")
    scene.run()
    assert scene.stage(number) == "needs-fixes"
    assert scene.stage(other) == "needs-answer"
    scene.pushes(number)
    scene.run()
    after = scene.memory(number)
    assert (after.answer, after.since) == (before.answer, before.since)


def test_a_decline_said_while_the_file_is_faulty_is_heard(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.pushes(number, timezone="Nowhere")
    scene.run()
    scene.says("ganeshrn", number, "/decline")
    scene.run()
    scene.pushes(number)
    scene.run()
    assert scene.stage(number) == "declined"


def test_a_fault_of_ours_costs_nobody_their_place_and_asks_nobody_twice(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    (before,) = scene.bot_comments(number)
    scene.pushes(number)
    scene.repository.failing["compare", scene.pull(number).head] = Missing("Not there.")
    scene.run()
    assert scene.stage(number) == "unreadable"
    scene.repository.failing.clear()
    scene.run()
    (after,) = scene.bot_comments(number)
    assert scene.stage(number) == "needs-answer"
    assert before.id == after.id


def test_who_spoke_out_of_turn_is_answered_once(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("mallory", number, "/accept")
    scene.run()
    assert "@mallory" in scene.bot_comment(number)
    scene.pushes(number, hours_per_week=8)
    scene.run()
    assert "@mallory" not in scene.bot_comment(number)


def test_hundreds_of_comments_are_heard_to_the_last(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    for _ in range(300):
        scene.says("bob", number, "Good luck!")
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"


# After the merge.


def test_a_changed_record_is_no_welcome(scene: Scene) -> None:
    scene.has("alice")
    number = scene.joins("alice", goals="[Another]")
    scene.run()
    scene.merges(number)
    scene.run()
    assert "You are in" not in scene.bot_comment(number)
    assert "The change counts from now on" in scene.bot_comment(number)
    assert summaries(scene.run()) == []


def test_an_ending_that_is_merged_waits_for_no_tracker(scene: Scene) -> None:
    scene.program = program(coordinators=("carol",))
    number = scene.proposes("carol", {path("alice"): yaml("alice", status="completed")})
    scene.run()
    assert scene.stage(number) == "ready"
    scene.merges(number)
    scene.joins("bob")
    scene.has("dan", mentor="ssbarnea")
    assert scene.run().report.remaining == 0


def test_a_record_merged_without_consent_is_welcomed_as_the_maintainers_wish(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.merges(number)
    scene.run()
    assert "Your tracker is #" in scene.bot_comment(number)


def test_a_huge_file_is_told_to_be_too_large_and_never_fetched(scene: Scene) -> None:
    number = scene.proposes("alice", {path("alice"): b"- x\n" * 2_000_000})
    before = scene.bot.requests
    scene.run()
    huge = scene.bot.requests - before
    assert scene.stage(number) == "needs-fixes"
    assert "KiB" in scene.bot_comment(number)
    other = Scene()
    other.joins("alice", weeks=1)
    before = other.bot.requests
    other.run()
    assert huge == other.bot.requests - before - 1


def test_a_pull_request_that_is_opened_again_goes_on_where_it_was(scene: Scene) -> None:
    scene.has("bob")
    first, second = scene.joins("alice"), scene.joins("dora")
    scene.run()
    scene.tick()
    scene.person("alice").close_pull(first)
    scene.run()
    assert scene.memory(second).place == 1
    assert scene.pull(first).labels == ("mentorship", "mentorship:application")

    scene.tick()
    scene.person("alice").reopen_pull(first)
    scene.run()

    assert (scene.memory(first).place, scene.memory(second).place) == (1, 2)
    assert "mentorship:waitlisted" in scene.pull(first).labels
    assert len(scene.bot_comments(first)) == 1
    assert summaries(scene.run()) == []


def test_who_is_opened_again_and_merged_before_we_look_is_welcomed(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.person("alice").close_pull(number)
    scene.run()
    assert summaries(scene.run()) == []
    scene.tick()
    scene.person("alice").reopen_pull(number)
    scene.merges(number)

    scene.run()

    assert "Your tracker is #" in scene.bot_comment(number)
    assert scene.pull(number).labels == ("mentorship",)
    assert summaries(scene.run()) == []


def test_a_pair_that_runs_and_is_merged_over_to_a_full_mentor_is_told_where_it_goes_on(
    scene: Scene,
) -> None:
    scene.has("bob").has("alice", mentor="ssbarnea")
    number = scene.proposes("ssbarnea", {path("alice"): yaml("alice", mentor="ganeshrn")})
    scene.run()
    scene.merges(number)

    scene.run()

    assert "waitlist" not in scene.bot_comment(number)
    assert "Your tracker is #" in scene.bot_comment(number)
    assert summaries(scene.run()) == []


def test_of_two_runs_at_once_the_second_says_nothing(scene: Scene) -> None:
    number = scene.joins("alice")
    first, second = scene.begins(), scene.begins()

    first()
    report = second()

    assert len(scene.bot_comments(number)) == 1
    outcomes = {one.change.kind: one.outcome.value for one in report.results}
    assert outcomes["comment"] == outcomes["set-status"] == outcomes["set-labels"] == "unneeded"
    assert report.exit_code == 0
    assert len(scene.repository.branches.statuses[scene.pull(number).head]) == 1
    assert summaries(scene.run()) == []


def test_a_run_that_lags_behind_a_merge_leaves_the_welcome_alone(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, "/accept")
    late = scene.begins()
    scene.run()
    scene.merges(number)
    scene.run()

    late()

    assert "Your tracker is #" in scene.bot_comment(number)
    assert scene.pull(number).labels == ("mentorship",)
    assert summaries(scene.run()) == []
