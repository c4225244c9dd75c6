"""What each failure is called, in memory and over HTTP, so that a run knows what it stops."""

from collections.abc import Callable
from datetime import date

import pytest

from mentorship_action.errors import Exit
from mentorship_action.forge.protocol import (
    Draft,
    Edit,
    Forbidden,
    Forge,
    ForgeError,
    Missing,
    RepositoryGone,
    RunStopper,
    Unreachable,
    Unreadable,
)
from tests.forge.harness import Harness, WithRepository
from tests.rig.people import ACTIONS, OWNER

pytestmark = pytest.mark.rig

FILE = "mentees/stranger.yml"


@pytest.fixture
def pull(stand_in: WithRepository) -> int:
    """The number of the stranger's pull request, which our forge has listed."""
    return stand_in.propose({FILE: b"github: stranger\n"})


def listed(stand_in: WithRepository) -> Forge:
    """Return the forge of our bot, which has looked at the pull requests."""
    forge = stand_in.forge(ACTIONS)
    forge.list_pulls()
    return forge


# -- What stops a run


def test_a_repository_that_is_not_there_is_gone_and_its_items_are_missing(
    harness: Harness,
) -> None:
    elsewhere = harness.elsewhere()

    with pytest.raises(RepositoryGone) as gone:
        elsewhere.list_issues(state="open")
    with pytest.raises(RepositoryGone):
        elsewhere.list_pulls()
    with pytest.raises(Missing):
        elsewhere.get_issue(1)
    assert isinstance(gone.value, RunStopper)
    assert gone.value.exit_code is Exit.SETTINGS


WRITES: dict[str, Callable[[Forge, int], object]] = {
    "label": lambda forge, _: forge.create_label("new", color="ededed", description=""),
    "milestone": lambda forge, _: forge.create_milestone("new", due=date(2027, 5, 9)),
    "issue": lambda forge, _: forge.create_issue(Draft(title="A title", body="")),
    "comment": lambda forge, number: forge.create_comment(number, "Hello"),
    "labels": lambda forge, number: forge.add_labels(number, ("mentorship",)),
    "edit": lambda forge, number: forge.edit_issue(number, Edit(body="Another")),
}


@pytest.mark.parametrize("write", WRITES)
def test_an_archived_repository_takes_nothing_and_can_be_read(
    stand_in: WithRepository, pull: int, write: str
) -> None:
    stand_in.repository.is_archived = True
    forge = stand_in.forge(OWNER)

    with pytest.raises(RepositoryGone):
        WRITES[write](forge, pull)
    assert [one.number for one in forge.list_pulls().open] == [pull]


# -- What is one item's own


READS: dict[str, Callable[[Forge, str], object]] = {
    "compare": lambda forge, head: forge.merge_base("main", head),
    "tree": lambda forge, head: forge.tree(head),
}


@pytest.mark.parametrize(
    ("read", "failure"),
    [
        ("compare", Missing("There is no way between them.")),
        ("compare", Unreachable("It takes too long.")),
        ("tree", Missing("There is no such tree.")),
        ("tree", Unreachable("It takes too long.")),
        ("tree", Unreadable("It is truncated.")),
    ],
    ids=lambda part: part if isinstance(part, str) else type(part).__name__,
)
def test_a_read_that_fails_for_one_pull_request_leaves_the_others(
    stand_in: WithRepository, pull: int, read: str, failure: ForgeError
) -> None:
    other = stand_in.propose({"mentees/other.yml": b"github: other\n"})
    stand_in.repository.failing[read, stand_in.head(pull)] = failure
    forge = stand_in.forge(ACTIONS)

    for _ in range(2):
        with pytest.raises(type(failure)) as caught:
            READS[read](forge, stand_in.head(pull))
        assert not isinstance(caught.value, RunStopper)
    assert READS[read](forge, stand_in.head(other))


def test_a_deleted_issue_does_not_claim_that_issues_are_turned_off(
    stand_in: WithRepository,
) -> None:
    forge = stand_in.forge(OWNER)
    number = forge.create_issue(Draft(title="A title", body="")).number
    stand_in.repository.delete(number)

    for act in (
        lambda: forge.get_issue(number),
        lambda: forge.edit_issue(number, Edit(body="Another")),
        lambda: forge.create_comment(number, "Hello"),
    ):
        with pytest.raises(Missing) as caught:
            act()
        assert "turned off" not in str(caught.value)


def test_issues_that_are_turned_off_refuse_new_ones_and_nothing_else(
    stand_in: WithRepository, pull: int
) -> None:
    stand_in.repository.has_issues = False
    forge = stand_in.forge(ACTIONS)

    with pytest.raises(Forbidden, match="turned off"):
        forge.create_issue(Draft(title="A title", body=""))
    forge.set_status(stand_in.head(pull), state="pending", description="", url="")


# -- Permissions


def test_a_missing_permission_is_named_and_refuses_nothing_else(
    stand_in: WithRepository, pull: int
) -> None:
    forge = listed(stand_in)
    issue = forge.create_issue(Draft(title="A title", body="")).number
    head = stand_in.head(pull)
    said = forge.create_comment(pull, "Hello").id
    acts: dict[str, dict[str, Callable[[], object]]] = {
        "issues: write": {
            "open": lambda: forge.create_issue(Draft(title="A title", body="")),
            "comment": lambda: forge.create_comment(issue, "Hello"),
            "label": lambda: forge.create_label("x", color="ededed", description=""),
            "milestone": lambda: forge.create_milestone("x", due=date(2027, 5, 9)),
            "end": lambda: forge.edit_milestone(1, closed=True),
            "close": lambda: forge.edit_issue(issue, Edit(state="closed")),
        },
        "pull-requests: write": {
            "comment": lambda: forge.create_comment(pull, "Hello"),
            "edit": lambda: forge.edit_comment(said, "Edited"),
            "label": lambda: forge.add_labels(pull, ("mentorship",)),
            "review": lambda: forge.create_review(pull, commit=head, body="x", comments=()),
        },
        "statuses: write": {
            "status": lambda: forge.set_status(head, state="pending", description="", url=""),
        },
        "contents: read": {
            "tree": lambda: forge.tree(head),
            "compare": lambda: forge.merge_base("main", head),
        },
    }
    short = {"issues": "issues: write", "pulls": "pull-requests: write"}
    short |= {"statuses": "statuses: write", "contents": "contents: read"}

    for revoked, needs in short.items():
        stand_in.repository.revoked[ACTIONS] = {revoked}
        for permission, kinds in acts.items():
            for act in kinds.values():
                if permission != needs:
                    act()
                    continue
                with pytest.raises(Forbidden) as caught:
                    act()
                assert caught.value.needs == needs
                assert needs in str(caught.value)
