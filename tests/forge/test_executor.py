"""What is carried out is what was planned, on things as they are by then."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.program import Limits
from mentorship_action.domain.snapshot import Issue, Snapshot
from mentorship_action.errors import Exit
from mentorship_action.forge.executor import Report, apply
from mentorship_action.forge.memory import Repository
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Edit
from mentorship_action.loop import plan
from mentorship_action.planning.changes import (
    Change,
    CloseIssue,
    EditIssue,
    OpenIssue,
    Plan,
    Rank,
    WriteComment,
    reference,
)
from tests.builders import World
from tests.forge.pairs import FIRST_MONDAY, MENTOR, pairs
from tests.rig.people import OWNER, STRANGER
from tests.rig.unsteady import Mishap, UnsteadyForge


@pytest.fixture
def play() -> World:
    """A program whose first check-ins are filed: trackers #1 and #2, check-ins #3 and #4."""
    made = pairs()
    assert made.run(made.repository.view(OWNER)).report.exit_code is Exit.DONE
    return made


def change_mentor(play: World, login: str) -> None:
    """Let the first record name another mentor of the program."""
    program, (first, *others) = play.program, play.records
    mentor = replace(program.mentors[0], login=login, handle=login)
    play.program = replace(program, mentors=(*program.mentors, mentor))
    play.with_records(replace(first, mentor=login, mentor_handle=login), *others)


def tracker(play: World) -> Issue:
    return play.repository.issues[1]


def test_a_tracker_is_handed_to_the_new_mentor(play: World) -> None:
    play.repository.members.add("second-mentor")
    change_mentor(play, "second-mentor")

    report = play.run(play.repository.view(OWNER)).report

    assert report.exit_code is Exit.DONE
    assert tracker(play).assignees == ("second-mentor",)
    facts = tracker(play).summary
    assert facts is not None
    assert facts.values["mentor"] == "second-mentor"
    assert play.run(play.repository.view(OWNER)).plan.changes == ()


def test_who_else_was_assigned_stays(play: World) -> None:
    play.repository.members |= {"second-mentor", "helper"}
    play.repository.view(OWNER).edit_issue(1, Edit(assignees=("helper", MENTOR)))
    change_mentor(play, "second-mentor")

    play.run(play.repository.view(OWNER))

    assert tracker(play).assignees == ("helper", "second-mentor")


def test_facts_are_rewritten_even_when_the_new_mentor_can_not_be_assigned(play: World) -> None:
    change_mentor(play, "second-mentor")

    report = play.run(play.repository.view(OWNER)).report

    assert report.exit_code is Exit.DONE
    assert tracker(play).assignees == (MENTOR,)
    assert "@second-mentor" in tracker(play).body
    assert play.run(play.repository.view(OWNER)).plan.changes == ()


def test_what_people_wrote_around_the_facts_stays(play: World) -> None:
    body = tracker(play).body.replace("- [ ] Keep", "- [x] Keep") + "\nOur own notes.\n"
    play.repository.view(OWNER).edit_issue(1, Edit(body=body))
    change_mentor(play, "second-mentor")

    play.run(play.repository.view(OWNER))

    assert "- [x] Keep" in tracker(play).body
    assert tracker(play).body.endswith("\nOur own notes.\n")


def test_an_issue_is_opened_without_assignees_when_one_of_them_can_no_longer_be(
    play: World,
) -> None:
    play.repository.members.discard(MENTOR)

    report = play.run(play.repository.view(OWNER), weeks=1).report

    assert report.exit_code is Exit.DONE
    opened = [issue for issue in play.repository.issues.values() if issue.number > 4]
    assert [issue.assignees for issue in opened] == [(), ()]
    details = [result.detail for result in report.results if result.change.kind == "open-issue"]
    assert all("could not assign" in detail for detail in details)
    assert len(details) == 2


def test_of_two_open_issues_with_a_key_the_one_with_comments_stays(play: World) -> None:
    first = tracker(play)
    twin = replace(first, number=5)
    play.repository.put(twin)
    play.repository.view(STRANGER).create_comment(5, "Hello")

    report = play.run(play.repository.view(OWNER)).report

    assert report.exit_code is Exit.DONE
    assert (tracker(play).is_open, play.repository.issues[5].is_open) == (False, True)
    assert play.repository.reasons[1] == "not_planned"
    assert tracker(play).body.startswith(first.body.split("\n")[0] + "\n> ")
    assert "#5" in tracker(play).body.split("\n")[1]
    assert play.run(play.repository.view(OWNER)).plan.changes == ()


@pytest.fixture
def empty() -> Repository:
    """A repository in which nothing is there yet; its clock stands still."""
    return Repository(clock=lambda: FIRST_MONDAY, writers={OWNER})


def opening(period: str, *needs: str) -> OpenIssue:
    """Return the opening of a check-in of one week, which may need those of others."""
    key = week_key(period)
    return OpenIssue(
        key=key,
        title=period,
        body=f"{marker(key)}\nSee {' '.join(reference(week_key(one)) for one in needs)}",
        labels=(),
        needs=tuple(week_key(one) for one in needs),
        rank=Rank.CHECK_IN,
    )


def week_key(period: str) -> Key:
    return Key(kind=Kind.CHECK_IN, mentee="ada", period=period)


def carry_out(
    repository: Repository,
    *changes: Change,
    mishaps: Sequence[Mishap] = (),
    now: datetime | None = None,
) -> tuple[Report, UnsteadyForge]:
    """Carry out changes on a forge whose requests go wrong in turn, by our own clock."""
    forge = UnsteadyForge(repository=repository, login=OWNER, mishaps=iter(mishaps))
    snapshot = Snapshot(me=OWNER, issues=tuple(repository.issues.values()))
    pacer = Pacer(seconds=0, now=lambda: now or FIRST_MONDAY)
    plan = Plan(changes=changes)
    return apply(plan, forge, snapshot, limits=Limits(), pacer=pacer), forge


def outcomes(report: Report) -> list[str]:
    return [result.outcome.value for result in report.results]


WEEKS = [f"2026-W{number}" for number in range(10, 18)]
LOST = (Mishap.LOST_BEFORE, Mishap.NONE)
"""A create that never arrives, and the list of issues that is read to look for it."""


def test_failures_that_are_not_in_a_row_stop_nothing(empty: Repository) -> None:
    changes = [opening(week) for week in WEEKS]
    report, forge = carry_out(empty, *changes, mishaps=[*LOST, Mishap.NONE] * 4)

    assert outcomes(report) == ["unknown", "done"] * 4
    assert forge.requests == 4 * 2, "nobody asked whether the forge is there at all"


def test_after_three_failures_in_a_row_a_forge_that_is_gone_is_left_alone(
    empty: Repository,
) -> None:
    gone = [*LOST * 3, Mishap.LOST_BEFORE]
    report, _ = carry_out(empty, *map(opening, WEEKS), mishaps=gone)

    assert outcomes(report) == ["unknown"] * 3 + ["left"] * 5
    assert empty.issues == {}


def test_after_three_failures_in_a_row_a_forge_that_answers_is_gone_on_with(
    empty: Repository,
) -> None:
    report, _ = carry_out(empty, *map(opening, WEEKS), mishaps=LOST * 3)

    assert outcomes(report) == ["unknown"] * 3 + ["done"] * 5


def test_what_needs_something_that_failed_is_left(empty: Repository) -> None:
    first, second, third = WEEKS[:3]
    changes = (opening(first), opening(second, first), opening(third))
    report, _ = carry_out(empty, *changes, mishaps=LOST)

    assert outcomes(report) == ["unknown", "left", "done"]
    assert report.results[1].detail == f"needs {week_key(first)}"
    assert [issue.title for issue in empty.issues.values()] == [third]


def test_what_needs_something_that_is_not_there_is_left(empty: Repository) -> None:
    report, _ = carry_out(empty, opening(WEEKS[1], WEEKS[0]))

    assert outcomes(report) == ["left"]
    assert empty.issues == {}


def test_after_a_failure_nothing_else_is_done_about_the_same_thing(empty: Repository) -> None:
    close = CloseIssue(key=week_key(WEEKS[0]), number=1, rank=Rank.END)
    report, _ = carry_out(empty, opening(WEEKS[0]), close, mishaps=LOST)

    assert outcomes(report) == ["unknown", "left"]


def test_an_issue_whose_answer_was_lost_is_found_and_referred_to(empty: Repository) -> None:
    first, second = WEEKS[:2]
    report, _ = carry_out(
        empty, opening(first), opening(second, first), mishaps=[Mishap.LOST_AFTER]
    )

    assert outcomes(report) == ["found", "done"]
    assert empty.issues[2].body.endswith("See #1")
    assert report.exit_code is Exit.DONE


@pytest.mark.parametrize("ahead", [-4, 0, 4])
def test_an_issue_whose_answer_was_lost_is_found_though_clocks_differ(
    empty: Repository, ahead: int
) -> None:
    ours = FIRST_MONDAY + timedelta(minutes=ahead)
    report, _ = carry_out(empty, opening(WEEKS[0]), mishaps=[Mishap.LOST_AFTER], now=ours)

    assert outcomes(report) == ["found"]


def test_what_a_person_closed_meanwhile_is_not_rewritten(play: World) -> None:
    change_mentor(play, "second-mentor")
    planned, snapshot = plan(
        play.default_branch, play.repository.view(OWNER), FIRST_MONDAY, play.policies
    )
    play.repository.view(OWNER).edit_issue(1, Edit(state="closed", reason="completed"))
    closed = tracker(play)

    report = apply(
        planned,
        play.repository.view(OWNER),
        snapshot,
        limits=Limits(),
        pacer=Pacer(seconds=0),
    )

    assert outcomes(report) == ["unneeded"]
    assert tracker(play) == closed


def test_what_another_run_has_edited_meanwhile_is_unneeded_and_not_written(play: World) -> None:
    play.repository.members.add("second-mentor")
    change_mentor(play, "second-mentor")
    forge = play.repository.view(OWNER)
    planned, snapshot = plan(play.default_branch, forge, FIRST_MONDAY, play.policies)
    play.run(forge)
    before = forge.requests

    report = apply(planned, forge, snapshot, limits=Limits(), pacer=Pacer(seconds=0))

    assert outcomes(report) == ["unneeded"]
    assert forge.requests - before == 1, "it was read again, and that is all"


def test_a_closed_issue_is_opened_again_where_that_is_meant(empty: Repository) -> None:
    carry_out(empty, opening(WEEKS[0]))
    empty.view(OWNER).edit_issue(1, Edit(state="closed", reason="completed"))
    edit = EditIssue(key=week_key(WEEKS[0]), number=1, title="Back", rank=Rank.SUMMARY)

    assert outcomes(carry_out(empty, edit)[0]) == ["unneeded"]
    report, _ = carry_out(empty, replace(edit, reopen=True))

    assert outcomes(report) == ["done"]
    assert (empty.issues[1].is_open, empty.issues[1].title) == (True, "Back")


def test_a_comment_whose_answer_was_lost_is_looked_for_once(empty: Repository) -> None:
    carry_out(empty, opening(WEEKS[0]))
    empty.view(STRANGER).create_comment(1, "Hello")
    comment = WriteComment(key=week_key(WEEKS[0]), number=1, body="Hello", rank=Rank.END)

    lost, _ = carry_out(empty, comment, mishaps=[Mishap.LOST_BEFORE])
    found, _ = carry_out(empty, comment, mishaps=[Mishap.LOST_AFTER])

    assert (outcomes(lost), outcomes(found)) == (["unknown"], ["found"])
    assert [one.author.login for one in empty.comments[1]] == [STRANGER, OWNER]


def test_a_comment_that_is_to_be_replaced_is_not_taken_for_the_new_one(empty: Repository) -> None:
    carry_out(empty, opening(WEEKS[0]))
    former = empty.view(OWNER).create_comment(1, "Hello")
    comment = WriteComment(
        key=week_key(WEEKS[0]), number=1, body="Hello", replaces=(former.id,), rank=Rank.END
    )

    report, _ = carry_out(empty, comment, mishaps=[Mishap.LOST_BEFORE])

    assert outcomes(report) == ["unknown"]
    assert len(empty.comments[1]) == 1
