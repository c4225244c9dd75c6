"""Every forge takes changes of files, branches, and reactions in the same way."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorship_action.domain.pulls import blob_id
from mentorship_action.forge.protocol import Draft, Forbidden, Missing, Outdated, Rejected
from tests.forge.harness import Gap, Harness, WithRepository
from tests.rig.people import ACTIONS, OWNER, STRANGER

pytestmark = pytest.mark.rig

PATH = "mentees/alice.yml"
BEFORE, AFTER = b"github: alice\n", b"github: alice\nweeks: 18\n"
BRANCH = "mentorship/comment-7"


def said(harness: Harness) -> int:
    number = harness.forge(OWNER).create_issue(Draft(title="A title", body="A body")).number
    return harness.forge(STRANGER).create_comment(number, "/help").id


def hours_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


# -- Comments


def test_one_comment_is_read_by_its_id(harness: Harness) -> None:
    comment = said(harness)
    found = harness.forge(ACTIONS).get_comment(comment)
    assert (found.id, found.body, found.author.login) == (comment, "/help", STRANGER)


def test_a_comment_that_is_gone_is_missing(harness: Harness) -> None:
    comment = said(harness)
    harness.forge(OWNER).delete_comment(comment)
    with pytest.raises(Missing):
        harness.forge(ACTIONS).get_comment(comment)


def test_reacting_twice_is_as_good_as_once(harness: Harness) -> None:
    comment = said(harness)
    forge = harness.forge(OWNER)
    if Gap.REACTIONS_UNKNOWN in harness.gaps:
        with pytest.raises(Missing):
            forge.add_reaction(comment, "eyes")
        return
    forge.add_reaction(comment, "eyes")
    forge.add_reaction(comment, "eyes")


def test_a_comment_that_is_gone_takes_no_reaction(harness: Harness) -> None:
    comment = said(harness)
    harness.forge(OWNER).delete_comment(comment)
    with pytest.raises(Missing):
        harness.forge(ACTIONS).add_reaction(comment, "+1")


# -- Files


def test_a_file_is_known_by_its_content(harness: Harness) -> None:
    harness.put({PATH: BEFORE})
    forge = harness.forge(OWNER)
    assert forge.file_id(PATH, "main") == blob_id(BEFORE)
    assert forge.file_id("mentees/bob.yml", "main") == ""


def test_a_commit_changes_a_file_and_is_found_by_its_message(harness: Harness) -> None:
    harness.put({PATH: BEFORE, "mentees/bob.yml": BEFORE})
    forge = harness.forge(OWNER)
    commit = forge.commit_file(
        PATH, AFTER, former=blob_id(BEFORE), message="Extend\n\ncomment 7.", branch="main"
    )
    assert forge.file_id(PATH, "main") == blob_id(AFTER)
    assert forge.default_branch().tip == commit
    assert forge.find_commit(PATH, "comment 7.", hours_ago()) == commit
    assert forge.find_commit(PATH, "comment 8.", hours_ago()) == ""
    assert forge.find_commit("mentees/bob.yml", "comment 7.", hours_ago()) == ""


def test_a_file_that_changed_meanwhile_is_left_alone(harness: Harness) -> None:
    harness.put({PATH: AFTER})
    forge = harness.forge(OWNER)
    with pytest.raises(Outdated):
        forge.commit_file(
            PATH, b"github: alice\nweeks: 20\n", former=blob_id(BEFORE), message="M", branch="main"
        )
    assert forge.file_id(PATH, "main") == blob_id(AFTER)


# -- Branches and pull requests of ours


def test_a_branch_is_made_once(harness: Harness) -> None:
    harness.put({PATH: BEFORE})
    forge = harness.forge(OWNER)
    tip = forge.default_branch().tip
    assert forge.create_branch(BRANCH, tip) is True
    assert forge.create_branch(BRANCH, tip) is False
    assert forge.file_id(PATH, BRANCH) == blob_id(BEFORE)


def test_a_change_is_proposed_from_a_branch_and_found_again(harness: Harness) -> None:
    harness.put({PATH: BEFORE})
    forge = harness.forge(OWNER)
    assert forge.find_pull(BRANCH) == 0
    forge.create_branch(BRANCH, forge.default_branch().tip)
    head = forge.commit_file(PATH, AFTER, former=blob_id(BEFORE), message="Extend", branch=BRANCH)
    number = forge.create_pull(title="Extend", body="Said so", branch=BRANCH, base="main")

    assert forge.find_pull(BRANCH) == number
    assert forge.find_pull("mentorship/comment-8") == 0
    (pull,) = forge.list_pulls().open
    assert (pull.number, pull.head, pull.author.login) == (number, head, OWNER)
    assert forge.file_id(PATH, "main") == blob_id(BEFORE)

    harness.merge(number)
    assert forge.file_id(PATH, "main") == blob_id(AFTER)
    assert forge.find_pull(BRANCH) == number


def test_a_branch_has_one_open_pull_request(harness: Harness) -> None:
    harness.put({PATH: BEFORE})
    forge = harness.forge(OWNER)
    forge.create_branch(BRANCH, forge.default_branch().tip)
    forge.commit_file(PATH, AFTER, former=blob_id(BEFORE), message="Extend", branch=BRANCH)
    first = forge.create_pull(title="Extend", body="Said so", branch=BRANCH, base="main")
    if Gap.PULLS_TWICE in harness.gaps:
        assert forge.create_pull(title="E", body="Again", branch=BRANCH, base="main") > first
        return
    with pytest.raises(Rejected):
        forge.create_pull(title="Extend", body="Again", branch=BRANCH, base="main")


def test_nothing_is_written_without_the_permission(stand_in: WithRepository) -> None:
    stand_in.put({PATH: BEFORE})
    stand_in.repository.revoked[ACTIONS] = {"commits"}
    forge = stand_in.forge(ACTIONS)
    with pytest.raises(Forbidden) as branch:
        forge.create_branch(BRANCH, forge.default_branch().tip)
    with pytest.raises(Forbidden) as commit:
        forge.commit_file(PATH, AFTER, former=blob_id(BEFORE), message="M", branch="main")
    assert (branch.value.needs, commit.value.needs) == ("contents: write", "contents: write")


def test_no_pull_request_is_opened_without_the_permission(stand_in: WithRepository) -> None:
    stand_in.put({PATH: BEFORE})
    forge = stand_in.forge(ACTIONS)
    forge.create_branch(BRANCH, forge.default_branch().tip)
    stand_in.repository.revoked[ACTIONS] = {"pulls"}
    with pytest.raises(Forbidden) as error:
        forge.create_pull(title="Extend", body="Said so", branch=BRANCH, base="main")
    assert error.value.needs == "pull-requests: write"
