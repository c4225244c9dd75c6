"""Check-ins: one a period and mentorship, the one before it closed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentorship_action.domain.record import Status
from mentorship_action.forge.protocol import Draft, Edit
from tests.builders import (
    World,
    meeting,
    mentor,
    notices,
    program,
    record,
    span,
    summaries,
    world,
)


@pytest.fixture
def started() -> World:
    """A pair whose tracker is open, on the Monday of its first week, an hour after filing time."""
    play = world(record(meeting=meeting("wed")))
    play.run()
    play.at("2026-12-08 09:00").run()
    return play


def test_the_check_in_of_the_week_is_filed_once_due(started: World) -> None:
    check_in = started.repository.issues[2]
    assert check_in.title == "Week 1 of 16: octocat & ssbarnea (9 Dec)"
    first_line = "<!-- mentorship v1 kind=check-in mentee=octocat period=2026-W50 -->"
    assert check_in.body.startswith(f"{first_line}\n")
    assert check_in.labels == ("mentorship", "mentorship:check-in")
    assert check_in.assignees == ("ssbarnea",)
    assert "Wednesday 9 December 2026 at 17:00** (Europe/Madrid;" in check_in.body
    assert "week 1 of 16" in check_in.body


def test_it_is_not_filed_before_it_is_due() -> None:
    play = world(record(meeting=meeting("wed")))
    play.run()
    assert summaries(play.at("2026-12-08 07:59").run()) == []


def test_it_links_to_the_tracker_even_when_both_are_opened_in_one_run() -> None:
    play = world(record()).at("2026-12-08 09:00")
    play.run()
    assert play.titles() == [
        "Mentorship: octocat with ssbarnea",
        "Week 1 of 16: octocat & ssbarnea (7 Dec)",
    ]
    assert "this is week 1 of 16. Tracker: #1." in play.repository.issues[2].body


def test_running_again_in_the_week_changes_nothing(started: World) -> None:
    assert summaries(started.at("2026-12-14 09:00").run()) == []


def test_next_weeks_check_in_closes_the_one_before(started: World) -> None:
    started.at("2026-12-15 09:00").run()
    assert started.titles(is_open=True)[1:] == ["Week 2 of 16: octocat & ssbarnea (16 Dec)"]
    assert started.repository.reasons[2] == "completed"


def test_a_check_in_that_a_person_closed_is_not_filed_again(started: World) -> None:
    started.repository.view("ssbarnea").edit_issue(2, Edit(state="closed", reason="completed"))
    assert summaries(started.at("2026-12-09 09:00").run()) == []


def test_one_that_a_person_closed_stays_so_though_last_weeks_was_opened_again(
    started: World,
) -> None:
    started.at("2026-12-15 09:00").run()
    started.repository.view("ssbarnea").edit_issue(3, Edit(state="closed", reason="completed"))
    last_weeks = started.at("2026-12-16 09:00").repository.issues[2]
    started.repository.put(replace(last_weeks, is_open=True, updated=started.now))
    started.run()
    assert len(started.repository.issues) == 3


def test_after_lost_runs_only_the_newest_is_filed(started: World) -> None:
    started.at("2027-01-13 09:00").run()
    assert started.titles()[2:] == ["Week 6 of 16: octocat & ssbarnea (13 Jan)"]
    assert started.titles(is_open=True)[1:] == ["Week 6 of 16: octocat & ssbarnea (13 Jan)"]


def test_no_check_in_in_a_break_and_the_reason_is_told(started: World) -> None:
    started.program = program(breaks=(span("2026-12-16", "2026-12-16"),))
    run = started.at("2026-12-15 09:00").run()
    assert [summary for summary in summaries(run) if "check-in" in summary.lower()] == []
    assert "no check-in for octocat in 2026-W51: program break" in notices(run)
    assert "Week 1 of 16: octocat & ssbarnea (9 Dec)" in started.titles(is_open=True)


def test_a_skipped_week_is_announced_in_the_check_in_before() -> None:
    play = world(record(), program=program(breaks=(span("2026-12-14", "2026-12-18", "x"),)))
    play.at("2026-12-07 09:00").run()
    assert "no check-in next week (program break)" in play.repository.issues[2].body


def test_the_last_week_says_that_it_is_the_last() -> None:
    play = world(record(start="2026-11-30", weeks=1)).at("2026-11-30 09:00")
    play.run()
    assert "this is the last week that you agreed on" in play.repository.issues[2].body


def test_a_check_in_every_other_week_counts_check_ins() -> None:
    every_other = record(meeting=meeting("wed"), every_weeks=2)
    play = world(every_other).at("2026-12-08 09:00")
    for _ in range(5):
        play.run()
        play.now += timedelta(weeks=1)
    assert play.titles()[1:] == [
        "Week 1 of 8: octocat & ssbarnea (9 Dec)",
        "Week 2 of 8: octocat & ssbarnea (23 Dec)",
        "Week 3 of 8: octocat & ssbarnea (6 Jan)",
    ]
    assert "this is check-in 3 of 8" in play.repository.issues[4].body
    assert len(play.titles(is_open=True)) == 2


def test_a_check_in_of_several_weeks_tells_what_is_next() -> None:
    holidays = program(breaks=(span("2026-12-21", "2026-12-21"),))
    short = record(meeting=meeting("mon"), start="2026-12-07", weeks=6, every_weeks=2)
    play = world(short, program=holidays).at("2026-12-06 09:00")
    play.run()
    assert "no check-in in 2 weeks (program break)" in play.repository.issues[2].body
    play = world(short).at("2027-01-03 09:00")
    play.run()
    assert "this is the last check-in" in play.repository.issues[2].body


def test_a_pause_closes_the_open_check_in_as_not_planned(started: World) -> None:
    started.with_records(record(meeting=meeting("wed"), status=Status.PAUSED)).run()
    assert not started.repository.issues[2].is_open
    assert started.repository.reasons[2] == "not_planned"
    assert started.repository.issues[1].is_open


def test_the_end_closes_check_in_and_tracker(started: World) -> None:
    started.with_records(record(meeting=meeting("wed"), status=Status.COMPLETED)).run()
    assert started.titles(is_open=True) == []
    assert started.repository.reasons == {1: "completed", 2: "completed"}


def test_when_the_weeks_are_over_everything_is_closed_and_no_check_in_filed(
    started: World,
) -> None:
    started.at("2027-04-07 12:00").run()
    assert started.titles(is_open=True) == []
    assert "The agreed weeks are over" in started.repository.issues[1].body
    assert summaries(started.run()) == []


def test_a_check_in_is_assigned_to_those_on_the_tracker_whom_github_assigns_anywhere() -> None:
    play = world(record())
    play.repository.members.add("octocat")
    play.at("2026-12-07 09:00").run()
    assert play.repository.issues[2].assignees == ("ssbarnea", "octocat")
    play.bot.edit_issue(1, Edit(assignees=("octocat",)))
    play.at("2026-12-14 09:00").run()
    assert play.repository.issues[3].assignees == ("octocat",)


def test_who_is_on_the_tracker_for_a_comment_there_alone_is_not_put_on_check_ins(
    started: World,
) -> None:
    started.repository.view("octocat").create_comment(1, "Hello!")
    started.bot.edit_issue(1, Edit(assignees=("ssbarnea", "octocat")))
    run = started.at("2026-12-15 09:00").run()
    assert started.repository.issues[3].assignees == ("ssbarnea",)
    assert "could not assign" not in run.report.results[-1].detail
    assert "GitHub doesn't let me assign" not in started.repository.issues[1].body


def test_a_meeting_across_midnight_shows_the_mentors_day() -> None:
    the_mentor = mentor(zone="Pacific/Auckland")
    play = world(record(meeting=meeting("tue", "20:00")), program=program(mentors=(the_mentor,)))
    play.at("2026-12-08 09:00").run()
    assert "20:00** (Europe/Madrid; Wednesday 08:00 Pacific/Auckland)" in (
        play.repository.issues[2].body
    )


def test_of_two_open_issues_with_one_key_the_one_where_people_spoke_stays(
    started: World,
) -> None:
    first = started.repository.issues[2]
    started.bot.create_issue(Draft(title=first.title, body=first.body, labels=first.labels))
    started.repository.view("octocat").create_comment(3, "Here I am.")
    run = started.run()
    assert summaries(run) == ["close #2: #3 is the one for check-in/octocat/2026-W50"]
    closed = started.repository.issues[2]
    assert not closed.is_open
    assert closed.body.splitlines()[1].startswith("> **This issue was opened twice.**")
    assert "#3" in closed.body.splitlines()[1]
    assert summaries(started.run()) == []


def test_of_two_silent_duplicates_the_older_stays(started: World) -> None:
    first = started.repository.issues[2]
    started.bot.create_issue(Draft(title=first.title, body=first.body, labels=first.labels))
    started.run()
    assert [number for number, issue in started.repository.issues.items() if issue.is_open] == [
        1,
        2,
    ]


def test_weeks_without_a_check_in_are_left_out_of_the_count() -> None:
    played = world(
        record(meeting=meeting()), program=program(breaks=(span("2026-12-21", "2026-12-27"),))
    )
    for day in ("2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"):
        played.at(f"{day} 12:00").run()
    assert [title for title in played.titles() if title.startswith("Week")] == [
        "Week 1 of 16: octocat & ssbarnea (8 Dec)",
        "Week 2 of 16: octocat & ssbarnea (15 Dec)",
        "Week 3 of 16: octocat & ssbarnea (29 Dec)",
    ]


def test_a_pair_that_began_goes_on_when_its_mentor_has_fewer_seats(started: World) -> None:
    started.program = program(mentors=(mentor(capacity=0),))

    run = started.at("2026-12-15 09:00").run()

    assert notices(run) == ["ssbarnea has more mentorships than seats; octocat goes on anyway"]
    assert started.titles(is_open=True) == [
        "Mentorship: octocat with ssbarnea",
        "Week 2 of 16: octocat & ssbarnea (16 Dec)",
    ]


@pytest.mark.parametrize(
    ("coordinators", "who"), [((), "a maintainer of this repository"), (("rosa",), "`rosa`")]
)
def test_who_helps_when_nobody_answers_is_never_the_mentor(
    coordinators: tuple[str, ...], who: str
) -> None:
    play = world(record(), program=program(coordinators=coordinators)).at("2026-12-07 09:00")
    play.run()
    assert f"Does nobody answer? Ask {who}." in play.repository.issues[2].body
