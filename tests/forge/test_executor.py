"""What is carried out is what was planned, on things as they are by then."""

from dataclasses import replace

import pytest

from mentorship_action.domain.snapshot import Issue
from mentorship_action.errors import Exit
from mentorship_action.forge.protocol import Edit
from tests.rig.people import OWNER, STRANGER
from tests.rig.play import MENTOR, Play


@pytest.fixture
def play() -> Play:
    """A program whose first check-ins are filed: trackers #1 and #2, check-ins #3 and #4."""
    made = Play()
    assert made.run(made.repository.view(OWNER)).report.exit_code is Exit.DONE
    return made


def change_mentor(play: Play, login: str) -> None:
    """Let the first record name another mentor of the program."""
    program, (first, *others) = play.files.program, play.files.records
    mentor = replace(program.mentors[0], login=login, handle=login)
    play.files = replace(
        play.files,
        program=replace(program, mentors=(*program.mentors, mentor)),
        records=(replace(first, mentor=login, mentor_handle=login), *others),
    )


def tracker(play: Play) -> Issue:
    return play.repository.issues[1]


def test_a_tracker_is_handed_to_the_new_mentor(play: Play) -> None:
    play.repository.members.add("second-mentor")
    change_mentor(play, "second-mentor")

    report = play.run(play.repository.view(OWNER)).report

    assert report.exit_code is Exit.DONE
    assert tracker(play).assignees == ("second-mentor",)
    facts = tracker(play).summary
    assert facts is not None
    assert facts.values["mentor"] == "second-mentor"
    assert play.run(play.repository.view(OWNER)).plan.changes == ()


def test_who_else_was_assigned_stays(play: Play) -> None:
    play.repository.members |= {"second-mentor", "helper"}
    play.repository.view(OWNER).edit_issue(1, Edit(assignees=("helper", MENTOR)))
    change_mentor(play, "second-mentor")

    play.run(play.repository.view(OWNER))

    assert tracker(play).assignees == ("helper", "second-mentor")


def test_facts_are_rewritten_even_when_the_new_mentor_can_not_be_assigned(play: Play) -> None:
    change_mentor(play, "second-mentor")

    report = play.run(play.repository.view(OWNER)).report

    assert report.exit_code is Exit.DONE
    assert tracker(play).assignees == (MENTOR,)
    assert "@second-mentor" in tracker(play).body
    assert play.run(play.repository.view(OWNER)).plan.changes == ()


def test_what_people_wrote_around_the_facts_stays(play: Play) -> None:
    body = tracker(play).body.replace("- [ ] Keep", "- [x] Keep") + "\nOur own notes.\n"
    play.repository.view(OWNER).edit_issue(1, Edit(body=body))
    change_mentor(play, "second-mentor")

    play.run(play.repository.view(OWNER))

    assert "- [x] Keep" in tracker(play).body
    assert tracker(play).body.endswith("\nOur own notes.\n")


def test_an_issue_is_opened_without_assignees_when_one_of_them_can_no_longer_be(
    play: Play,
) -> None:
    play.repository.members.discard(MENTOR)

    report = play.run(play.repository.view(OWNER), weeks=1).report

    assert report.exit_code is Exit.DONE
    opened = [issue for issue in play.repository.issues.values() if issue.number > 4]
    assert [issue.assignees for issue in opened] == [(), ()]
    details = [result.detail for result in report.results if result.change.kind == "open-issue"]
    assert all("could not assign" in detail for detail in details)
    assert len(details) == 2


def test_of_two_open_issues_with_a_key_the_one_with_comments_stays(play: Play) -> None:
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
