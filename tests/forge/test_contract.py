"""What every forge keeps to: in memory, over HTTP on that, and over the emulated API."""

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest

from mentorship_action.domain.snapshot import Milestone
from mentorship_action.forge.protocol import Draft, Edit, Forbidden, Missing, Rejected, Unauthorized
from tests.forge.harness import (
    Gap,
    Harness,
    InMemory,
    OverEmulator,
    OverRest,
    WithRepository,
)
from tests.rig import description
from tests.rig.failures import Proxy
from tests.rig.people import ACTIONS, APP, MEMBER, OWNER, STRANGER

pytestmark = pytest.mark.rig

LABEL = "mentorship"


def draft(title: str = "A title", **parts: Any) -> Draft:
    return Draft(title=title, body="A body", **{"labels": (LABEL,), **parts})


# -- Who we are


@pytest.mark.parametrize("login", [OWNER, ACTIONS, APP])
def test_any_token_says_whose_it_is(stand_in: WithRepository, login: str) -> None:
    forge = stand_in.forge(login)

    me = forge.me()

    if login == APP and not (stand_in.repository.has_graphql or is_in_memory(stand_in)):
        # An old server doesn't tell it; what comes back has another author, and so shows it.
        assert me.login == ACTIONS
        assert forge.create_issue(draft()).author.login == APP
        return
    assert (me.login, me.is_person) == (login, login == OWNER)
    assert forge.create_issue(draft()).author.login == me.login


def test_what_a_token_opens_has_the_account_that_me_names(harness: Harness) -> None:
    for login in (OWNER, STRANGER, ACTIONS):
        forge = harness.forge(login)

        me, opened = forge.me(), forge.create_issue(draft())

        assert opened.author.login == me.login
        # Without GraphQL, GitHub doesn't tell an Actions token its number.
        assert me.id in (0, opened.author.id)


def is_in_memory(stand_in: WithRepository) -> bool:
    return isinstance(stand_in, InMemory)


# -- The default branch


def test_the_default_branch_has_a_name_and_a_newest_commit(harness: Harness) -> None:
    harness.put({"README.md": b"Hello\n"})
    forge = harness.forge(OWNER)
    before = forge.requests

    branch = forge.default_branch()

    assert branch.name == "main"
    assert [entry.name for entry in forge.tree(branch.tip)] == ["README.md"]
    in_rest = Gap.GRAPHQL_UNKNOWN in harness.gaps
    assert forge.requests - before == 1 + (1 + 2 if in_rest else 1)


def test_a_push_to_the_default_branch_moves_its_newest_commit(harness: Harness) -> None:
    former = harness.forge(OWNER).default_branch()

    harness.put({"README.md": b"Hello\n"})

    assert harness.forge(OWNER).default_branch().tip != former.tip


# -- Issues


def test_an_opened_issue_reads_back_as_it_was_answered(harness: Harness) -> None:
    forge = harness.forge(OWNER)

    opened = forge.create_issue(draft(assignees=(MEMBER,)))

    assert opened.number == 1
    assert (opened.title, opened.body, opened.is_open) == ("A title", "A body", True)
    assert (opened.labels, opened.assignees, opened.comments) == ((LABEL,), (MEMBER,), 0)
    assert forge.get_issue(opened.number) == opened
    assert forge.list_issues(label=LABEL, state="open") == [opened]


def test_moments_are_in_utc(harness: Harness) -> None:
    opened = harness.forge(OWNER).create_issue(draft())

    assert opened.created.tzinfo is UTC
    assert opened.updated.tzinfo is UTC


def test_text_comes_back_as_it_was_sent(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    text = "<!-- marker -->\nnaïve 🎓 \u200b@\u200bnobody\n\n- [ ] a box\n"

    number = forge.create_issue(Draft(title="naïve 🎓", body=text)).number

    assert forge.get_issue(number).title == "naïve 🎓"
    assert forge.get_issue(number).body == text


def test_an_edit_changes_what_it_names_and_leaves_the_rest(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    opened = forge.create_issue(draft(assignees=(MEMBER,)))

    edited = forge.edit_issue(opened.number, Edit(body="Another"))

    assert edited.body == "Another"
    assert (edited.title, edited.labels) == (opened.title, opened.labels)
    assert (edited.assignees, edited.is_open) == ((MEMBER,), True)
    assert forge.edit_issue(opened.number, Edit(assignees=())).assignees == ()


@pytest.mark.parametrize("reason", ["completed", "not_planned"])
def test_a_closed_issue_is_listed_among_the_closed_alone(harness: Harness, reason: str) -> None:
    forge = harness.forge(OWNER)
    number = forge.create_issue(draft()).number

    closed = forge.edit_issue(
        number,
        Edit(state="closed", reason="completed" if reason == "completed" else "not_planned"),
    )

    assert not closed.is_open
    assert forge.list_issues(label=LABEL, state="open") == []
    assert [one.number for one in forge.list_issues(label=LABEL, state="closed")] == [number]
    assert [one.number for one in forge.list_issues(label=LABEL, state="all")] == [number]


def test_comments_are_counted(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    number = forge.create_issue(draft()).number

    harness.comment(STRANGER, number)

    assert forge.get_issue(number).comments == 1


# -- Lists


def test_a_list_has_the_issues_of_the_label_alone(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    forge.create_issue(draft(labels=("another",)))
    ours = forge.create_issue(draft(labels=(LABEL, "another")))

    assert forge.list_issues(label=LABEL, state="open") == [ours]
    assert forge.list_issues(label="unknown", state="all") == []


def test_a_list_of_a_creators_issues_has_them_whatever_their_labels(harness: Harness) -> None:
    ours = [harness.forge(ACTIONS).create_issue(one) for one in (draft(), draft(labels=()))]
    theirs = harness.forge(STRANGER).create_issue(draft(labels=()))
    forge = harness.forge(ACTIONS)

    by_us = forge.list_issues(creator=ACTIONS, state="open")

    assert [one.number for one in by_us] == [one.number for one in ours]
    assert forge.list_issues(creator=ACTIONS, label=LABEL, state="open") == [ours[0]]
    assert forge.list_issues(creator="nobody", state="open") == []
    assert len(forge.list_issues(state="open")) == 3
    assert theirs.author.login == STRANGER


def test_a_label_with_a_comma_is_one_label(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    whole = forge.create_issue(draft(labels=("mentorship, ours",)))
    forge.create_issue(draft(labels=("mentorship", "ours")))

    assert forge.list_issues(label="mentorship, ours", state="open") == [whole]


def test_a_list_leaves_pull_requests_out(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    issue = forge.create_issue(draft())

    pull = harness.open_pull_request(LABEL)

    assert pull != issue.number
    assert [one.number for one in forge.list_issues(label=LABEL, state="open")] == [issue.number]


def test_a_list_since_a_moment_has_what_changed_at_it_or_later(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    issue = forge.create_issue(draft())
    minute = timedelta(minutes=1)

    def since(moment: timedelta) -> int:
        return len(forge.list_issues(label=LABEL, state="all", since=issue.updated + moment))

    assert since(-minute) == 1
    assert since(minute) == 0


def test_a_list_has_all_pages_in_order_and_one_request_for_each(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    numbers = [forge.create_issue(draft()).number for _ in range(101)]
    before = forge.requests

    listed = forge.list_issues(label=LABEL, state="open")

    assert [issue.number for issue in listed] == numbers == sorted(numbers)
    assert forge.requests - before == 2


def test_every_call_counts_as_one_request(harness: Harness) -> None:
    forge = harness.forge(OWNER)

    forge.me()
    forge.list_issues(label=LABEL, state="open")
    forge.is_assignable(MEMBER)
    forge.create_label(LABEL, color="ededed", description="")
    number = forge.create_issue(draft()).number
    forge.get_issue(number)
    forge.edit_issue(number, Edit(state="closed", reason="completed"))

    assert forge.requests == 7 + (Gap.GRAPHQL_UNKNOWN in harness.gaps)


# -- Milestones


def test_a_milestone_is_made_once_and_found_by_its_title(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    assert forge.find_milestone("Spring 2027") is None

    number = forge.create_milestone("Spring 2027", due=date(2027, 5, 9))

    assert number == forge.find_milestone("Spring 2027")
    assert forge.find_milestone("Spring") is None
    again = forge.create_milestone("Spring 2027", due=date(2027, 5, 9))
    assert (again is None) is (Gap.MILESTONES_DOUBLED not in harness.gaps)


def test_an_issue_is_opened_in_a_milestone(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    forge.create_milestone("Winter", due=date(2027, 3, 1))
    number = forge.create_milestone("Spring 2027", due=date(2027, 5, 9))
    assert number is not None

    opened = forge.create_issue(draft(milestone=number))

    due = date(2027, 5, 9)
    assert opened.milestone == Milestone(number=number, title="Spring 2027", due=due)
    assert forge.get_issue(opened.number) == opened
    assert forge.list_issues(label=LABEL, state="open") == [opened]
    assert forge.create_issue(draft()).milestone is None


def test_a_milestone_is_due_on_another_day_and_is_closed(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    number = forge.create_milestone("Spring 2027", due=date(2027, 5, 9))
    assert number is not None
    inside = forge.create_issue(draft(milestone=number)).number

    forge.edit_milestone(number, due=date(2027, 5, 16))
    moved = Milestone(number=number, title="Spring 2027", due=date(2027, 5, 16))
    assert forge.get_issue(inside).milestone == moved
    forge.edit_milestone(number, closed=True)
    assert forge.get_issue(inside).milestone == replace(moved, is_open=False)
    assert forge.find_milestone("Spring 2027") == number
    with pytest.raises(Missing):
        forge.edit_milestone(number + 1, closed=True)


# -- Labels


def test_making_a_label_says_whether_it_is_new(harness: Harness) -> None:
    forge = harness.forge(OWNER)

    assert forge.create_label(LABEL, color="5319e7", description="Ours")

    if Gap.LABEL_ERROR_UNNAMED in harness.gaps:
        with pytest.raises(Rejected, match="422"):
            forge.create_label(LABEL, color="5319e7", description="Ours")
    else:
        assert not forge.create_label(LABEL, color="5319e7", description="Ours")


def test_labels_are_one_whatever_their_case(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    forge.create_label(LABEL, color="5319e7", description="")

    assert forge.create_label(LABEL.upper(), color="5319e7", description="") is (
        Gap.LABELS_BY_CASE in harness.gaps
    )


def test_an_issue_brings_labels_along_that_did_not_exist(harness: Harness) -> None:
    forge = harness.forge(OWNER)

    assert forge.create_issue(draft(labels=("brand new",))).labels == ("brand new",)


# -- Assignees


def test_members_are_assignable_and_strangers_are_not(harness: Harness) -> None:
    forge = harness.forge(OWNER)

    assert forge.is_assignable(MEMBER) is (Gap.ASSIGNEES_UNASKED not in harness.gaps)
    assert not forge.is_assignable(STRANGER)


def test_who_commented_on_an_issue_can_be_assigned_there(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    number = forge.create_issue(draft()).number
    harness.comment(STRANGER, number)

    assert forge.edit_issue(number, Edit(assignees=(STRANGER,))).assignees == (STRANGER,)


def test_assigning_somebody_without_an_account_is_rejected(harness: Harness) -> None:
    forge = harness.forge(OWNER)
    number = forge.create_issue(draft()).number

    with pytest.raises(Rejected):
        forge.create_issue(draft(assignees=("no-such-account",)))
    with pytest.raises(Rejected):
        forge.edit_issue(number, Edit(assignees=("no-such-account",)))
    assert len(forge.list_issues(label=LABEL, state="all")) == 1


def test_assigning_a_stranger_is_rejected(harness: Harness) -> None:
    forge = harness.forge(OWNER)

    if Gap.EVERYBODY_ASSIGNED in harness.gaps:
        assert forge.create_issue(draft(assignees=(STRANGER,))).assignees == (STRANGER,)
    else:
        with pytest.raises(Rejected):
            forge.create_issue(draft(assignees=(STRANGER,)))


# -- What fails


def test_what_is_not_there_is_missing(harness: Harness) -> None:
    forge = harness.forge(OWNER)

    with pytest.raises(Missing):
        forge.get_issue(99)
    with pytest.raises(Missing):
        forge.edit_issue(99, Edit(body="Hello"))


@pytest.mark.parametrize("title", ["", "   "])
def test_an_issue_without_a_title_is_rejected(harness: Harness, title: str) -> None:
    forge = harness.forge(OWNER)

    with pytest.raises(Rejected):
        forge.create_issue(draft(title))


@pytest.mark.parametrize("too_long", ["title", "body"])
def test_a_text_longer_than_github_takes_is_rejected(harness: Harness, too_long: str) -> None:
    forge = harness.forge(OWNER)
    long = Draft(
        title="t" * (257 if too_long == "title" else 256),
        body="b" * (65_537 if too_long == "body" else 65_536),
    )
    if Gap.LENGTHS_UNCHECKED in harness.gaps:
        assert forge.create_issue(long).number == 1
        return

    with pytest.raises(Rejected):
        forge.create_issue(long)
    assert forge.create_issue(Draft(title="t" * 256, body="b" * 65_536)).number == 1


def test_who_may_not_write_is_refused(harness: Harness) -> None:
    stranger = harness.forge(STRANGER)
    number = harness.forge(OWNER).create_issue(draft()).number

    if Gap.STRANGERS_EDIT in harness.gaps:
        assert stranger.create_label("anything", color="ededed", description="")
        assert not stranger.edit_issue(number, Edit(state="closed", reason="completed")).is_open
        return
    with pytest.raises(Forbidden):
        stranger.create_label("anything", color="ededed", description="")
    with pytest.raises(Forbidden):
        stranger.edit_issue(number, Edit(state="closed", reason="completed"))
    assert harness.forge(OWNER).get_issue(number).is_open


def test_a_stranger_opens_issues_without_labels_and_assignees(harness: Harness) -> None:
    opened = harness.forge(STRANGER).create_issue(draft(assignees=(MEMBER,)))

    expected = ((LABEL,), (MEMBER,)) if Gap.STRANGERS_EDIT in harness.gaps else ((), ())
    assert (opened.labels, opened.assignees) == expected


def test_who_opened_an_issue_may_close_it(harness: Harness) -> None:
    stranger = harness.forge(STRANGER)
    number = stranger.create_issue(draft()).number

    assert not stranger.edit_issue(number, Edit(state="closed", reason="completed")).is_open


# -- What HTTP alone can show


def test_a_token_that_nobody_has_is_refused(
    over_rest: OverRest, over_emulated: OverEmulator
) -> None:
    with pytest.raises(Unauthorized):
        over_rest.forge("nobody").list_issues(label=LABEL, state="open")
    # The emulator takes it for the first user's: Gap.TOKENS_UNCHECKED.
    assert over_emulated.forge("nobody").list_issues(label=LABEL, state="open") == []


def test_the_emulators_answers_are_as_github_describes_them(
    over_emulated: OverEmulator, emulated_proxy: Proxy
) -> None:
    forge = over_emulated.forge(OWNER)
    forge.me()
    forge.create_label(LABEL, color="5319e7", description="Ours")
    number = forge.create_issue(draft(assignees=(MEMBER,))).number
    forge.get_issue(number)
    forge.edit_issue(number, Edit(state="closed", reason="completed"))
    forge.list_issues(label=LABEL, state="all")

    mismatches = [description.mismatches(one.asked, one.answer) for one in emulated_proxy.exchanges]

    assert len(mismatches) == 7
    assert [one for some in mismatches for one in some] == []
