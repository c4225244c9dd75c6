"""Trackers: one a seated pair, whose facts follow the record."""

from dataclasses import replace

from mentorship_action.domain.record import Status
from mentorship_action.forge.protocol import Edit
from tests.builders import meeting, mentor, notices, program, record, span, summaries, world

MARKER = "<!-- mentorship v1 kind=tracker mentee=octocat -->"


def test_a_pair_without_a_tracker_gets_one_and_the_labels_it_needs() -> None:
    play = world(record())
    assert [change.kind for change in play.run().plan.changes] == [
        "create-label",
        "create-label",
        "open-issue",
    ]
    tracker = play.repository.issues[1]
    assert tracker.title == "Mentorship: octocat with ssbarnea"
    assert tracker.body.startswith(f"{MARKER}\n")
    assert tracker.labels == ("mentorship", "mentorship:tracker")
    assert play.repository.labels["mentorship"].color == "5319e7"


def test_the_mentor_is_assigned_and_the_mentee_where_github_allows_it() -> None:
    play = world(record("stranger"), record("member"))
    play.repository.members.add("member")
    play.run()
    by_title = {issue.title: issue for issue in play.repository.issues.values()}
    assert by_title["Mentorship: member with ssbarnea"].assignees == ("ssbarnea", "member")
    lone = by_title["Mentorship: stranger with ssbarnea"]
    assert lone.assignees == ("ssbarnea",)
    assert "GitHub doesn't let me assign this issue to you yet" in lone.body


def test_a_mentor_who_cannot_be_assigned_does_not_keep_the_tracker_from_opening() -> None:
    play = world(record())
    play.repository.writers.discard("ssbarnea")
    assert play.run().report.results[-1].detail == "#1; could not assign ssbarnea"
    assert play.repository.issues[1].assignees == ()


def test_the_tracker_carries_both_checklists_whole() -> None:
    play = world(record())
    play.run()
    assert play.repository.issues[1].body.count("- [ ] ") == 8 + 4


def test_the_tracker_shows_the_meeting_in_both_zones_and_the_next_change_of_clocks() -> None:
    play = world(record(meeting=meeting("tue", "23:45"), mentor="ganeshrn"))
    play.run()
    body = play.repository.issues[1].body
    assert "Tuesday 23:45 Europe/Madrid (Wednesday 04:15 Asia/Kolkata)" in body
    assert "from Tuesday 30 March 2027" not in body  # the last day is Sunday the 28th


def test_the_next_change_of_clocks_within_the_mentorship_is_announced() -> None:
    play = world(record(meeting=meeting("tue", "17:00"), mentor="ganeshrn", weeks=18))
    play.run()
    assert (
        "The clocks change: from Tuesday 30 March 2027 it is Tuesday 20:30 Asia/Kolkata"
        in play.repository.issues[1].body
    )


def test_a_second_run_changes_nothing() -> None:
    play = world(record())
    play.run()
    assert summaries(play.run()) == []


def test_a_pair_without_a_seat_waits_with_a_notice() -> None:
    play = world(record("first", mentor="ganeshrn"), record("second", mentor="ganeshrn"))
    run = play.run()
    assert play.titles() == ["Mentorship: first with ganeshrn"]
    assert notices(run) == ["second waits for a free seat with ganeshrn"]


def test_a_seat_that_frees_goes_to_who_waits() -> None:
    first, second = record("first", mentor="ganeshrn"), record("second", mentor="ganeshrn")
    play = world(first, second)
    play.run()
    play.with_records(record("first", mentor="ganeshrn", status=Status.COMPLETED), second).run()
    assert play.titles(is_open=True) == ["Mentorship: second with ganeshrn"]


def test_a_paused_pair_gets_no_tracker() -> None:
    assert summaries(world(record(status=Status.PAUSED)).run()) == []


def test_no_tracker_is_opened_for_weeks_that_are_over() -> None:
    run = world(record()).at("2027-04-05 12:00").run()
    assert summaries(run) == []
    assert notices(run) == []


def test_a_tracker_that_a_person_closed_is_not_opened_again() -> None:
    play = world(record())
    play.run()
    play.repository.view("ssbarnea").edit_issue(1, Edit(state="closed", reason="completed"))
    assert summaries(play.run()) == []


def test_a_tracker_that_a_person_closed_is_not_rewritten() -> None:
    play = world(record())
    play.run()
    play.repository.view("ssbarnea").edit_issue(1, Edit(state="closed", reason="completed"))
    closed = play.repository.issues[1]

    assert summaries(play.with_records(record(mentor="ganeshrn", weeks=20)).run()) == []
    assert play.repository.issues[1] == closed


def test_a_marker_under_somebody_elses_name_does_not_count() -> None:
    play = world(record())
    play.repository.writers.add("mallory")
    play.run()
    forged = play.repository.issues[1]
    play.repository.put(replace(forged, author=play.repository.account("mallory")))
    assert len(summaries(play.run())) == 1


def test_facts_follow_the_record_and_leave_ticks_and_peoples_text_alone() -> None:
    play = world(record())
    play.run()
    body = play.repository.issues[1].body.replace("- [ ] Ask your mentor", "- [x] Ask your mentor")
    body = body.replace("\n", "\r\n") + "\r\nOur own notes."
    play.repository.view("ssbarnea").edit_issue(1, Edit(body=body))
    play.with_records(record(meeting=meeting("wed"))).run()
    after = play.repository.issues[1].body
    assert "Wednesday 17:00 Europe/Madrid" in after
    assert "- [x] Ask your mentor" in after
    assert after.endswith("\r\nOur own notes.")
    assert summaries(play.run()) == []


def test_a_body_without_our_fences_is_left_alone() -> None:
    play = world(record())
    play.run()
    play.repository.view("ssbarnea").edit_issue(1, Edit(body=f"{MARKER}\nAll ours now."))
    run = play.with_records(record(weeks=20)).run()
    assert summaries(run) == []
    assert notices(run) == ["#1 has no summary of ours any more; its text is left alone"]


def test_a_new_mentor_takes_the_tracker_over() -> None:
    play = world(record())
    play.repository.members.add("helper")
    play.run()
    bot = play.bot
    bot.edit_issue(1, Edit(assignees=("ssbarnea", "helper")))
    play.with_records(record(mentor="ganeshrn")).run()
    assert play.repository.issues[1].assignees == ("helper", "ganeshrn")
    assert "| Mentor | @ganeshrn |" in play.repository.issues[1].body
    assert summaries(play.run()) == []


def test_the_facts_tell_of_days_off_pause_and_end() -> None:
    play = world(record(), program=program(breaks=(span("2026-12-24", "2027-01-01", "Year end"),)))
    play.run()
    assert "(16 weeks, plus 9 days off)" in play.repository.issues[1].body
    play.with_records(record(status=Status.PAUSED)).run()
    assert "| Status | Paused" in play.repository.issues[1].body
    play.with_records(record(status=Status.COMPLETED)).run()
    assert "| Status | Completed" in play.repository.issues[1].body
    assert not play.repository.issues[1].is_open


def test_text_of_the_record_does_nothing_on_github() -> None:
    goals = ("Thank @org/team, see #1 <!-- -->", "{{ facts }}")
    play = world(record(goals=goals, name="| **Boss** |"))
    play.run()
    body = play.repository.issues[1].body
    assert "@org" not in body
    assert "#1" not in body.replace("#1d76db", "")
    assert "{{ facts }}" in body
    assert "\\| \\*\\*Boss\\*\\* \\|" in body


def test_a_mentor_who_left_the_program_keeps_the_pair_readable() -> None:
    play = world(record())
    play.run()
    play.program = program(mentors=(mentor("ganeshrn"),))
    assert "@ssbarnea" in play.repository.issues[1].body
    play.run()
    assert summaries(play.run()) == []
