"""Identity and order: whose word counts, and for what, whatever anybody tries.

Each part is a line of what a tool like this one has to withstand. The bot acts in memory and
over HTTP, see ``scene``.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from mentorship_action.forge.memory import FileEdit
from tests.applications import Scene, path, yaml
from tests.builders import mentor, program, summaries

CONFIGURATION = ".github/mentorship.yml"


def asked(scene: Scene, login: str = "alice", **changes: Any) -> int:
    """Somebody has asked to join, and their mentor has been asked."""
    number = scene.joins(login, **changes)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    return number


def first(scene: Scene, happens: Callable[[], object], before: str) -> None:
    """Let something happen once, right before the bot sends its next request of one kind."""
    send = getattr(scene.bot, before)

    def sent(*args: Any, **options: Any) -> Any:
        setattr(scene.bot, before, send)
        happens()
        return send(*args, **options)

    setattr(scene.bot, before, sent)


# The author is not whom the file names.


def test_who_adds_somebody_elses_record_is_no_author(scene: Scene) -> None:
    number = scene.proposes("mallory", {path("alice"): yaml("alice")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert "names somebody else than the account that opened this" in scene.bot_comment(number)


def test_no_yes_makes_an_author_of_a_stranger(scene: Scene) -> None:
    number = scene.proposes("mallory", {path("alice"): yaml("alice")})
    scene.run()
    scene.says("ganeshrn", number, "/accept")
    scene.says("alice", number, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert scene.status(number)[0] == "pending"
    assert summaries(scene.run()) == []


def test_a_stranger_who_stands_in_for_somebody_takes_no_place_in_line(scene: Scene) -> None:
    forged = scene.proposes("mallory", {path("alice"): yaml("alice")})
    own = scene.joins("alice")
    scene.run()
    assert (scene.stage(forged), scene.stage(own)) == ("needs-maintainer", "needs-answer")


def test_a_login_is_the_same_in_capitals(scene: Scene) -> None:
    number = scene.proposes("Alice", {path("alice"): yaml("ALICE")})
    scene.run()
    assert scene.stage(number) == "needs-answer"


# A record whose owner changes in the same pull request is judged by the default branch.


def test_the_owner_of_a_record_is_who_the_default_branch_says(scene: Scene) -> None:
    scene.has("alice")
    number = scene.proposes("mallory", {path("alice"): yaml("mallory")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert "changes somebody else's mentee file" in scene.bot_comment(number)


def test_somebody_elses_record_is_not_taken_away(scene: Scene) -> None:
    scene.has("alice")
    number = scene.proposes("mallory", {path("alice"): None})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_who_writes_himself_in_as_mentor_does_not_own_the_record(scene: Scene) -> None:
    scene.program = program(coordinators=("carol",))
    scene.has("alice")
    number = scene.proposes("ssbarnea", {path("alice"): yaml("alice", mentor="ssbarnea")})
    scene.run()
    scene.says("ssbarnea", number, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert "changes somebody else's mentee file" in scene.bot_comment(number)


def test_a_record_given_away_on_a_later_push_is_judged_anew(scene: Scene) -> None:
    scene.has("alice")
    number = scene.joins("alice", goals="[Another]")
    scene.run()
    assert scene.stage(number) == "ready"
    scene.tick()
    scene.person("alice").push(number, {path("alice"): yaml("mallory")})
    scene.run()
    assert scene.stage(number) == "needs-fixes"
    assert scene.status(number)[0] == "failure"


# The author adds himself as mentor in the configuration.


def test_who_names_himself_mentor_in_the_configuration_is_none(scene: Scene) -> None:
    changes: dict[str, FileEdit] = {
        CONFIGURATION: b"mentors: [{github: mallory, capacity: 9, timezone: Etc/UTC}]\n",
        path("mallory"): yaml("mallory", mentor="mallory"),
    }
    number = scene.proposes("mallory", changes)
    scene.run()
    scene.says("mallory", number, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert scene.status(number)[0] == "pending"


def test_a_mentor_is_whom_the_default_branch_names_and_nobody_else(scene: Scene) -> None:
    number = scene.joins("mallory", mentor="mallory")
    scene.run()
    scene.says("mallory", number, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-fixes"
    assert scene.status(number)[0] == "failure"


# An account that took another login, and whoever takes the former one.


def test_an_account_that_was_renamed_is_known_by_its_number(scene: Scene) -> None:
    accounts = scene.repository.accounts
    accounts["alice"] = accounts["alice-was"] = 77
    number = scene.proposes("alice-was", {path("alice"): yaml("alice")})
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_who_takes_another_login_while_asking_is_looked_after_by_a_person_and_mends_it(
    scene: Scene,
) -> None:
    number = asked(scene)
    scene.renames("alice", "alice-new")
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    scene.tick()
    changes = {path("alice"): None, path("alice-new"): yaml("alice-new")}
    scene.person("alice-new").push(number, changes)
    scene.run()
    assert scene.stage(number) == "ready"
    assert "kind=application mentee=alice-new" in scene.bot_comment(number)
    assert summaries(scene.run()) == []


def test_who_takes_the_login_that_somebody_gave_up_does_not_take_their_application(
    scene: Scene,
) -> None:
    number = asked(scene)
    scene.renames("alice", "alice-new")
    taken = scene.joins("alice", mentor="ssbarnea")
    scene.says("alice", number, "/accept")
    scene.run()
    assert (scene.stage(number), scene.stage(taken)) == ("needs-maintainer", "needs-answer")


def test_who_was_renamed_no_longer_owns_the_record_of_the_former_login(scene: Scene) -> None:
    scene.has("alice")
    scene.repository.account("alice")
    scene.renames("alice", "alice-new")
    number = scene.proposes("alice-new", {path("alice"): yaml("alice", goals="[Another]")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def joined(scene: Scene) -> None:
    """Alice has joined with a pull request of her own, and her tracker is open."""
    number = asked(scene)
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.merges(number)
    scene.run()
    assert scene.stage(number) == "joined"


def test_who_joined_and_was_renamed_still_owns_the_record(scene: Scene) -> None:
    joined(scene)
    scene.renames("alice", "alice-new")
    number = scene.proposes("alice-new", {path("alice"): yaml("alice", goals="[Another]")})
    scene.run()
    assert scene.stage(number) == "ready"
    scene.merges(number)
    scene.run()
    assert summaries(scene.run()) == []


def test_who_was_renamed_may_do_no_more_than_before(scene: Scene) -> None:
    joined(scene)
    scene.renames("alice", "alice-new")
    number = scene.proposes("alice-new", {path("alice"): yaml("alice", mentor="ssbarnea")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_who_takes_the_login_of_somebody_who_joined_does_not_take_the_record(
    scene: Scene,
) -> None:
    joined(scene)
    scene.renames("alice", "alice-new")
    number = scene.proposes("alice", {path("alice"): yaml("alice", goals="[Mine now]")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert "somebody whose account had this name before" in scene.bot_comment(number)


def test_a_tracker_opened_without_an_application_learns_the_account_from_the_first_change(
    scene: Scene,
) -> None:
    scene.has("alice")
    number = scene.proposes("alice", {path("alice"): yaml("alice", goals="[Another]")})
    scene.run()
    scene.merges(number)
    scene.run()
    assert summaries(scene.run()) == []
    scene.renames("alice", "alice-new")
    number = scene.proposes("alice", {path("alice"): yaml("alice", goals="[Mine now]")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_a_mentor_who_was_renamed_is_not_the_one_named(scene: Scene) -> None:
    number = asked(scene)
    said = scene.says("ganeshrn", number, "Hm.")
    assert said.author.login == "ganeshrn"
    scene.renames("ganeshrn", "ganesh-new")
    scene.says("ganesh-new", number, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert "@ganesh-new, thanks, but only" in scene.bot_comment(number)


# A deleted account.


def test_an_application_of_a_deleted_account_is_handed_over(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.deletes_account("alice")
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert "doesn't come from a personal account" in scene.bot_comment(number)
    assert summaries(scene.run()) == []


def test_an_account_deleted_while_its_mentor_is_asked_is_noticed_with_the_answer(
    scene: Scene,
) -> None:
    number = asked(scene)
    scene.deletes_account("alice")
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    assert summaries(scene.run()) == []


def test_a_ghost_is_not_whom_a_file_of_that_name_means(scene: Scene) -> None:
    number = scene.proposes("alice", {path("ghost"): yaml("ghost")})
    scene.deletes_account("alice")
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


@pytest.mark.parametrize("spoken", ["comment", "review"])
def test_the_word_of_a_deleted_account_counts_for_nobody(scene: Scene, spoken: str) -> None:
    number = asked(scene)
    scene.tick()
    if spoken == "comment":
        scene.says("ganeshrn", number, "/accept")
    else:
        scene.person("ganeshrn").review(number)
    scene.deletes_account("ganeshrn")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert "@ghost" not in scene.bot_comment(number)
    assert summaries(scene.run()) == []


# A bot's pull request.


def test_a_bots_pull_request_is_handed_over(scene: Scene) -> None:
    number = scene.proposes("dependabot[bot]", {path("alice"): yaml("alice")})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"


def test_a_bot_answers_for_no_mentor_and_gets_no_answer(scene: Scene) -> None:
    number = asked(scene)
    scene.says("ganeshrn[bot]", number, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert "thanks, but only" not in scene.bot_comment(number)
    assert summaries(scene.run()) == []


# Two applications for the last seat.


def test_the_second_for_one_seat_waits_in_line_and_sees_who_is_free(scene: Scene) -> None:
    first, second = scene.joins("alice"), scene.joins("bob")
    scene.run()
    assert (scene.stage(first), scene.stage(second)) == ("needs-answer", "waitlisted")
    assert "number 1 on the waitlist" in scene.bot_comment(second)
    assert "- `ssbarnea`" in scene.bot_comment(second)
    assert scene.status(second)[0] == "pending"


def test_the_second_for_one_seat_goes_on_waiting_when_its_mentor_says_yes(scene: Scene) -> None:
    one, other = scene.joins("alice"), scene.joins("bob")
    scene.run()
    scene.says("ganeshrn", one, "/accept")
    scene.says("ganeshrn", other, "/accept")
    scene.run()
    assert (scene.stage(one), scene.stage(other)) == ("ready", "waitlisted")
    assert scene.status(other) == (
        "pending",
        "Number 1 on the waitlist: the seats of ganeshrn are taken or offered to somebody else",
    )


def test_of_two_merged_at_once_the_first_on_the_default_branch_has_the_seat(
    scene: Scene,
) -> None:
    first, second = scene.joins("zoe"), scene.joins("bob")
    scene.run()
    scene.merges(first)
    scene.merges(second)
    scene.run()
    assert scene.trackers() == ["Mentorship: zoe with ganeshrn"]
    assert "ganeshrn's last seat was taken just before" in scene.bot_comment(second).replace(
        "@", ""
    )
    assert "**number 1 on the waitlist**" in scene.bot_comment(second)
    assert summaries(scene.run()) == []
    scene.repository.branches.put({path("zoe"): yaml("zoe", status="completed")})
    scene.run()
    assert "Mentorship: bob with ganeshrn" in scene.trackers()
    assert "Your tracker is #" in scene.bot_comment(second)
    assert summaries(scene.run()) == []


def test_who_is_merged_out_of_turn_has_the_seat_and_the_first_in_line_waits_on(
    scene: Scene,
) -> None:
    one, other = scene.joins("alice"), scene.joins("bob")
    scene.run()
    scene.merges(other)
    scene.run()
    assert scene.trackers() == ["Mentorship: bob with ganeshrn"]
    assert (scene.stage(one), scene.memory(one).place) == ("waitlisted", 1)
    assert summaries(scene.run()) == []


# A push between validation and merge.


def test_what_was_said_of_a_commit_is_not_said_of_the_next(scene: Scene) -> None:
    number = asked(scene)
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    sound = scene.pull(number).head
    scene.pushes(number, hours_per_week=1)
    statuses = scene.repository.branches.statuses
    assert statuses[sound][-1].state == "success"
    assert scene.pull(number).head not in statuses
    scene.run()
    assert scene.status(number)[0] == "failure"
    assert statuses[sound][-1].state == "success"


@pytest.mark.parametrize("before", ["set_status", "add_labels", "edit_comment"])
def test_a_push_in_the_middle_of_a_run_gets_no_success_that_was_meant_for_the_former(
    scene: Scene, before: str
) -> None:
    number = asked(scene, mentor="ssbarnea")
    sound = scene.pull(number).head
    scene.says("ssbarnea", number, "/accept")
    first(scene, partial(scene.pushes, number, mentor="ssbarnea", hours_per_week=1), before)
    scene.run()
    statuses = scene.repository.branches.statuses
    assert statuses[sound][-1].state == "success"
    assert scene.pull(number).head not in statuses
    scene.run()
    assert scene.status(number)[0] == "failure"
    assert summaries(scene.run()) == []


def test_a_yes_in_the_middle_of_a_run_is_heard_by_the_next(scene: Scene) -> None:
    number = asked(scene)
    scene.pushes(number, goals="[Another]")
    first(scene, partial(scene.says, "ganeshrn", number, "/accept"), "edit_comment")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    scene.run()
    assert scene.stage(number) == "ready"


def test_a_push_of_other_terms_right_before_the_merge_is_what_the_program_goes_by(
    scene: Scene,
) -> None:
    number = asked(scene)
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.pushes(number, mentor="ssbarnea")
    scene.merges(number)
    scene.run()
    assert scene.trackers() == ["Mentorship: alice with ssbarnea"]
    assert "Your tracker is #" in scene.bot_comment(number)
    assert summaries(scene.run()) == []


def test_a_push_right_before_the_merge_takes_no_seat_that_is_not_free(scene: Scene) -> None:
    scene.has("bob")
    number = asked(scene, mentor="ssbarnea")
    scene.says("ssbarnea", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"
    scene.pushes(number)
    scene.merges(number)
    scene.run()
    assert scene.trackers() == ["Mentorship: bob with ganeshrn"]
    assert "**number 1 on the waitlist**" in scene.bot_comment(number)
    assert summaries(scene.run()) == []


# A marker written by a stranger.


@pytest.mark.parametrize("who", ["mallory", "ganeshrn", "ssbarnea", "alice"])
def test_a_marker_written_by_a_stranger_is_no_word_of_ours(scene: Scene, who: str) -> None:
    number = scene.joins("alice")
    head = scene.pull(number).head
    forged = (
        "<!-- mentorship v1 kind=application mentee=alice -->\n"
        f"<!-- mentorship:memory head={head} stage=ready mentor=ganeshrn answer=yes -->"
    )
    said = scene.says(who, number, forged)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert said in scene.repository.comments[number]
    scene.says(who, number, forged)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []


def test_a_marker_in_a_record_and_a_command_in_our_own_words_do_nothing(scene: Scene) -> None:
    goals = "['<!-- mentorship v1 kind=application mentee=bob -->', '/accept']"
    number = asked(scene, goals=goals)
    assert scene.memory(number).wrong == ""
    assert summaries(scene.run()) == []


# An edited comment that becomes a command.


@pytest.mark.parametrize("editor", ["ganeshrn", "ssbarnea"])
def test_a_comment_edited_into_a_command_does_not_count(scene: Scene, editor: str) -> None:
    number = asked(scene)
    said = scene.says("ganeshrn", number, "Hm.")
    scene.edits(editor, said, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []


@pytest.mark.parametrize("editor", ["ganeshrn", "ssbarnea"])
def test_a_comment_edited_into_a_command_after_we_read_it_does_not_count(
    scene: Scene, editor: str
) -> None:
    number = asked(scene)
    said = scene.says("ganeshrn", number, "Hm.")
    scene.run()
    scene.edits(editor, said, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []


def test_a_command_that_was_edited_is_to_be_said_anew(scene: Scene) -> None:
    number = asked(scene)
    said = scene.says("ganeshrn", number, "/decline")
    scene.edits("ganeshrn", said, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"


def test_a_yes_that_a_maintainer_edits_into_something_else_is_asked_for_again(scene: Scene) -> None:
    number = asked(scene)
    said = scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.edits("ssbarnea", said, "/decline")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []


def test_an_approval_in_the_middle_of_a_run_is_heard_by_the_next(scene: Scene) -> None:
    number = asked(scene)
    scene.pushes(number, goals="[Another]")

    def approves() -> None:
        scene.tick()
        scene.person("ganeshrn").review(number)
        scene.tick()

    first(scene, approves, "set_status")
    scene.run()
    scene.run()
    assert scene.stage(number) == "ready"
    assert summaries(scene.run()) == []


# `/accept` quoted in a reply.


@pytest.mark.parametrize(
    "body",
    [
        "> /accept",
        "> Answer in a comment with\n/accept",
        "On Tuesday the bot wrote:\n\n>> /accept\n> /accept\n\nI will think about it.",
        "<!--\n/accept\n-->\nNot yet.",
        "I would /accept",
        " /accept",
        "```\n/accept\n```",
        "~~~\n/accept\n",
        "/accepted",
        "/accept-all",
        "\\/accept",
    ],
)
def test_what_is_quoted_indented_or_in_mid_line_is_no_command(scene: Scene, body: str) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("ganeshrn", number, body)
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_a_command_below_what_a_reply_quotes_counts(scene: Scene) -> None:
    number = asked(scene)
    scene.says("ganeshrn", number, "> /decline\n\n/accept")
    scene.run()
    assert scene.stage(number) == "ready"


# A mentor's command from somebody else.


@pytest.mark.parametrize("who", ["mallory", "ssbarnea", "ganeshrn-x"])
@pytest.mark.parametrize("body", ["/accept", "/decline"])
def test_a_command_from_somebody_else_gets_one_kind_answer(
    scene: Scene, who: str, body: str
) -> None:
    number = asked(scene)
    scene.says(who, number, body)
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert scene.bot_comment(number).count(f"@{who}, thanks, but only") == 1
    assert summaries(scene.run()) == []


def test_the_author_can_not_accept_for_the_mentor(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.says("alice", number, "/accept")
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_somebody_elses_approval_is_no_yes(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.run()
    scene.tick()
    scene.person("ssbarnea").review(number)
    scene.run()
    assert scene.stage(number) == "needs-answer"


def test_the_mentor_of_before_does_not_answer_for_the_mentor_of_now(scene: Scene) -> None:
    number = asked(scene)
    scene.pushes(number, mentor="ssbarnea")
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert (scene.stage(number), scene.memory(number).mentor) == ("needs-answer", "ssbarnea")
    scene.says("ganeshrn", number, "/decline")
    scene.run()
    assert scene.stage(number) == "needs-answer"
    assert summaries(scene.run()) == []


def test_a_mentor_answers_for_their_own_mentees_alone(scene: Scene) -> None:
    scene.program = program(mentors=(mentor(), mentor("ganeshrn", capacity=2)))
    one, other = scene.joins("alice"), scene.joins("bob", mentor="ssbarnea")
    scene.run()
    scene.says("ganeshrn", one, "/accept")
    scene.says("ganeshrn", other, "/accept")
    scene.run()
    assert (scene.stage(one), scene.stage(other)) == ("ready", "needs-answer")


# What was merged, or given up, before we looked again.


@pytest.mark.parametrize("is_full", [True, False])
def test_a_file_mended_and_merged_between_two_runs_is_answered_as_any_other(
    scene: Scene, *, is_full: bool
) -> None:
    if is_full:
        scene.has("bob")
    number = scene.joins("alice", hours_per_week=1)
    scene.run()
    scene.pushes(number)
    scene.merges(number)
    scene.run()
    says = "**number 1 on the waitlist**" if is_full else "Your tracker is #"
    assert says in scene.bot_comment(number)
    assert summaries(scene.run()) == []


def test_what_was_handed_over_and_merged_is_welcomed(scene: Scene) -> None:
    number = scene.proposes("alice", {path("alice"): yaml("alice"), "README.md": b"x"})
    scene.run()
    assert scene.stage(number) == "needs-maintainer"
    scene.merges(number)
    scene.run()
    assert "Your tracker is #" in scene.bot_comment(number)


def test_an_account_deleted_after_the_yes_is_noticed(scene: Scene) -> None:
    number = asked(scene)
    scene.says("ganeshrn", number, "/accept")
    scene.run()
    scene.deletes_account("alice")
    scene.run()
    assert scene.status(number)[0] != "success"


def test_who_takes_a_former_login_does_not_give_way_to_the_former_owner(scene: Scene) -> None:
    asked(scene)
    scene.renames("alice", "alice-new")
    taken = scene.joins("alice", mentor="ssbarnea")
    scene.run()
    assert scene.stage(taken) == "needs-answer"


def test_a_ghost_is_not_mentioned(scene: Scene) -> None:
    number = scene.joins("alice")
    scene.deletes_account("alice")
    scene.run()
    assert "@ghost" not in scene.bot_comment(number)
