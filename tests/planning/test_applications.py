"""Applications: judged, answered in one comment, accepted, seated in order."""

from datetime import timedelta

import pytest

from mentorship_action.domain.program import Weekday, Window
from mentorship_action.forge.memory.git import File
from mentorship_action.forge.protocol import Missing
from tests.applications import Scene, path, yaml
from tests.builders import mentor, program, summaries


def test_a_sound_record_asks_its_mentor(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    assert scene.bot_comment(number).startswith(
        "<!-- mentorship v1 kind=application mentee=alice -->\n"
    )
    assert "@ganeshrn, will you mentor @alice from Monday 7 December 2026" in scene.bot_comment(
        number
    )
    assert scene.status(number) == ("pending", "Waits for ganeshrn to accept")
    assert set(scene.pull(number).labels) == {
        "mentorship",
        "mentorship:application",
        "mentorship:needs-answer",
    }


def test_running_again_on_an_unchanged_application_writes_nothing_and_costs_one_request(
    scene: Scene,
) -> None:
    idle = scene.run().requests
    scene.joins("alice")
    scene.run()
    again = scene.run()
    assert summaries(again) == []
    assert again.requests == idle + 1


def test_a_pull_request_that_touches_no_record_hears_nothing(scene: Scene) -> None:
    number = scene.proposes("alice", {"README.md": b"Better\n"})
    assert summaries(scene.run()) == []
    assert scene.bot_comments(number) == []
    assert scene.repository.branches.statuses == {}


def test_a_stale_branch_is_not_blamed_for_what_the_default_branch_gained(scene: Scene) -> None:
    number = scene.joins("alice")
    bob = yaml("bob", mentor="ssbarnea")
    scene.repository.branches.put({"README.md": b"New\n", path("bob"): bob})
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_errors_are_told_with_line_link_and_hint_and_then_fixed(scene: Scene) -> None:
    number = scene.joins("alice", hours_per_week=2, mentor="ganeshm")
    scene.run()
    word = scene.bot_comment(number)
    assert "**2 things to fix**" in word
    head = scene.pull(number).head
    assert f"/blob/{head}/mentees/alice.yml#L2" in word
    assert scene.status(number) == ("failure", "2 things to fix, see the comment")
    scene.pushes(number, hours_per_week=2)
    scene.run()
    assert "**one thing to fix**" in scene.bot_comment(number)
    scene.pushes(number)
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_a_fault_that_we_know_to_mend_comes_with_the_line_to_paste(scene: Scene) -> None:
    number = scene.joins("alice", mentor="ganeshm")
    scene.run()
    assert "```yaml\nmentor: ganeshrn\n```" in scene.bot_comment(number)


def test_an_edit_in_place_asks_nobody_anew(scene: Scene) -> None:
    number = scene.joins("alice", hours_per_week=2, mentor="ganeshm")
    scene.run()
    (before,) = scene.bot_comments(number)
    scene.pushes(number, hours_per_week=2)
    scene.run()
    (after,) = scene.bot_comments(number)
    assert (before.id, before.body == after.body) == (after.id, False)


def test_a_new_comment_replaces_ours_when_somebody_must_act_anew(scene: Scene) -> None:
    number = scene.joins("alice", hours_per_week=2)
    scene.run()
    (before,) = scene.bot_comments(number)
    scene.pushes(number)
    scene.run()
    (after,) = scene.bot_comments(number)
    assert after.id > before.id


@pytest.mark.parametrize(
    "body", ["/accept", "/accept Happy to!", "Thanks.\r\n/accept\r\n", "/Accept"]
)
def test_the_mentor_accepts_at_the_start_of_a_line(scene: Scene, body: str) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, body)
    scene.run()
    assert scene.status(number) == ("success", "Valid, accepted and seated: ready to merge")
    assert scene.stage(number) == "ready"
    assert summaries(scene.run()) == []


def test_an_approving_review_of_the_mentor_is_a_yes(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.tick()
    scene.person("ganeshrn").review(number)
    scene.run()
    assert scene.stage(number) == "ready"
    scene.says("alice", number, "Thank you!")
    scene.run()
    assert scene.stage(number) == "ready", "it is still the mentor's, and still approves"


def test_a_decline_shows_who_has_a_free_seat_and_asks_no_reason(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, "/decline")
    scene.run()
    assert scene.stage(number) == "declined"
    assert "says nothing about you" in scene.bot_comment(number)
    assert "`ssbarnea`, shares your focus" not in scene.bot_comment(number)
    assert "- `ssbarnea`" in scene.bot_comment(number)


def test_after_a_decline_another_mentor_is_asked_once_the_file_names_one(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, "/decline")
    scene.run()
    scene.pushes(number, mentor="ssbarnea")
    scene.run()
    assert (scene.stage(number), scene.memory(number).mentor) == ("needs-answer", "ssbarnea")


@pytest.mark.parametrize(
    "change",
    [{"start": "2026-12-14"}, {"weeks": 20}, {"hours_per_week": 8}, {"mentor": "ssbarnea"}],
)
def test_other_terms_open_the_answer_again(scene: Scene, change: dict[str, object]) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.pushes(number, **change)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert "have changed since `/accept`" in scene.bot_comment(number)


def test_a_typo_mended_leaves_the_answer_alone(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.pushes(number, goals="[Learn how maintainers really review]")
    scene.run()
    assert scene.stage(number) == "ready"


def test_a_yes_said_before_other_terms_were_shown_is_no_yes_to_them(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, "/accept")
    scene.pushes(number, hours_per_week=40)
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_the_order_is_that_of_the_first_sound_push_and_not_of_the_numbers(scene: Scene) -> None:
    first = scene.joins("alice", hours_per_week=1)
    second = scene.joins("bob")
    scene.run()
    scene.pushes(first)
    scene.run()
    assert (scene.stage(first), scene.stage(second)) == ("waitlisted", "needs-answer")


def test_when_the_one_ahead_leaves_the_next_is_asked_in_the_same_run(scene: Scene) -> None:
    first, second, third = scene.joins("alice"), scene.joins("bob"), scene.joins("carol")
    scene.run()
    assert scene.memory(third).place == 2
    scene.tick()
    scene.person("alice").close_pull(first)
    scene.run()
    assert (scene.stage(second), scene.stage(third)) == ("needs-answer", "waitlisted")
    assert scene.memory(third).place == 1
    assert summaries(scene.run()) == []


def test_a_mentor_who_does_not_answer_in_time_lets_the_next_in_line_pass(scene: Scene) -> None:
    first, second = scene.joins("alice"), scene.joins("bob")
    scene.run()
    scene.now += timedelta(days=7)
    scene.run()
    assert (scene.stage(first), scene.stage(second)) == ("waitlisted", "needs-answer")
    assert summaries(scene.run()) == []


def test_with_nobody_waiting_time_takes_nothing_away(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.now += timedelta(days=30)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []


def test_after_the_merge_the_comment_links_to_the_tracker_in_the_same_run(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.merges(number)
    scene.run()
    assert scene.trackers() == ["Mentorship: alice with ganeshrn"]
    tracker = next(iter(scene.repository.issues))
    assert f"Your tracker is #{tracker}" in scene.bot_comment(number)
    assert scene.pull(number).labels == ("mentorship",)
    assert summaries(scene.run()) == []


def test_a_change_merged_months_later_gets_its_last_word_in_the_same_run(scene: Scene) -> None:
    scene.has("alice")
    scene.now += timedelta(days=60)
    number = scene.joins("alice", meeting='{day: tue, time: "17:00", minutes: 30}')
    scene.run()
    scene.merges(number)
    scene.run()
    assert "merges this" not in scene.bot_comment(number)
    assert scene.pull(number).labels == ("mentorship",)
    assert summaries(scene.run()) == []


def test_our_labels_come_with_colour_and_description(scene: Scene) -> None:
    scene.joins("alice")
    scene.run()
    labels = scene.repository.labels
    assert labels["mentorship:needs-answer"].description == "Waits for the mentor to accept"
    assert labels["mentorship:application"].color != "ededed"


def test_an_application_closed_unmerged_loses_the_label_of_its_stage(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.person("alice").close_pull(number)
    scene.has("bob", mentor="ssbarnea")
    assert scene.pull(number).labels == ("mentorship", "mentorship:application")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"README.md": b"x"}, "changes more than a mentee file"),
        ({".github/mentorship.yml": b"x"}, "changes more than a mentee file"),
        ({"mentees/bob.yml": yaml("bob")}, "more than one file"),
    ],
)
def test_whatever_goes_beyond_one_record_is_handed_to_a_person_neutrally(
    scene: Scene, changes: dict[str, bytes], says: str
) -> None:
    number = scene.proposes("alice", {path("alice"): yaml("alice"), **changes})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert says in scene.bot_comment(number)
    assert scene.status(number)[0] == "pending"
    assert summaries(scene.run()) == []


@pytest.mark.parametrize("mode", ["120000", "100755", "160000"])
def test_a_link_a_program_or_a_submodule_is_never_read(scene: Scene, mode: str) -> None:
    number = scene.proposes("alice", {path("alice"): File(b"/proc/self/environ", mode)})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert "didn't read it" in scene.bot_comment(number)


def test_a_folder_that_becomes_a_link_is_handed_over(scene: Scene) -> None:
    number = scene.proposes(
        "alice", {"mentees/README.md": None, "mentees": File(b"/etc", "120000")}
    )
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_a_mentee_changes_a_meeting_alone(scene: Scene) -> None:
    scene.has("alice")
    number = scene.joins("alice", meeting='{day: tue, time: "17:00", minutes: 30}')
    scene.run()
    assert scene.stage(number) == "ready"


@pytest.mark.parametrize("change", [{"mentor": "ssbarnea"}, {"status": "paused"}])
def test_a_mentee_does_not_change_mentor_or_status_alone(
    scene: Scene, change: dict[str, str]
) -> None:
    scene.has("alice")
    number = scene.joins("alice", **change)
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_a_mentee_who_wants_more_weeks_needs_the_mentors_yes(scene: Scene) -> None:
    scene.has("alice")
    number = scene.joins("alice", weeks=30)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"


def test_a_mentor_changes_weeks_alone_and_goals_not(scene: Scene) -> None:
    scene.has("alice")
    weeks = scene.proposes("ganeshrn", {path("alice"): yaml("alice", weeks=20)})
    goals = scene.proposes("ganeshrn", {path("alice"): yaml("alice", goals="[Mine]")})
    scene.run()
    assert (scene.stage(weeks), scene.stage(goals)) == ("ready", "needs-maintainer")


def test_a_coordinator_changes_anything_with_the_mentors_yes(scene: Scene) -> None:
    scene.has("alice")
    scene.program = program(coordinators=("carol",))
    number = scene.proposes("carol", {path("alice"): yaml("alice", mentor="ssbarnea")})
    scene.run()
    assert scene.stage(number) == "needs-answer"
    scene.says("ssbarnea", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"


def test_a_fault_of_ours_is_worded_as_ours_and_is_never_red(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.repository.failing["compare", scene.pull(number).head] = Missing("Not there.")
    scene.run()
    assert scene.stage(number) == "unreadable"
    assert "a problem on my side, not yours" in scene.bot_comment(number)
    assert scene.status(number)[0] == "pending"
    scene.repository.failing.clear()
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_two_words_of_ours_become_one(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.bot.create_comment(number, scene.bot_comment(number))
    assert len(scene.bot_comments(number)) == 2
    scene.run()
    assert len(scene.bot_comments(number)) == 1
    assert summaries(scene.run()) == []


def test_the_hours_in_common_and_the_change_of_clocks_are_shown(scene: Scene) -> None:
    window = Window(days=(Weekday.MON, Weekday.TUE), opens=9 * 60, closes=17 * 60)
    scene.program = program(mentors=(mentor(hours=(window,), focus=("linting",)),))
    number = scene.joins(
        "alice",
        mentor="ssbarnea",
        weeks=30,
        timezone="Asia/Kolkata",
        availability='[{days: [mon, tue], from: "19:00", to: "23:00"}]',
    )
    scene.run()
    assert "Hours in common: 7 h a week; from Monday 29 March 2027, 5 h" in scene.bot_comment(
        number
    )
    assert "Focus in common: linting" in scene.bot_comment(number)


def test_findings_from_a_hostile_record_do_nothing_in_our_comment(scene: Scene) -> None:
    number = scene.joins("alice", mentor="'@org/team <img src=x> `'")
    scene.run()
    # In code a mention is none.
    assert "`@org/team" in scene.bot_comment(number)
    assert scene.bot_comment(number).count("@org") == 1


def test_who_was_accepted_is_never_passed_over(scene: Scene) -> None:
    first = scene.joins("ada")
    scene.run()
    scene.says("ganeshrn", first, "/accept")
    scene.run()
    second = scene.joins("bob")
    scene.run()

    scene.now += timedelta(days=scene.program.answer_days + 1)
    scene.run()

    assert (scene.stage(first), scene.stage(second)) == ("ready", "waitlisted")
    assert scene.memory(first).passed == 0
