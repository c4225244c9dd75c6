"""The demonstration: each scene that it promises is really played."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from mentorship_action.domain.application import Stage
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.record import Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import BOT
from mentorship_action.rehearsal.demonstration import DEMO
from mentorship_action.rehearsal.journal import CommentVersion, Event, EventKind, PlayedPull
from mentorship_action.rehearsal.overview import Square, own_issues, roster
from mentorship_action.rehearsal.season import Season
from tests.builders import moment

ROOT = Path(__file__).parents[2]


def events(season: Season, mentee: str, did: EventKind) -> list[Event]:
    return [
        event
        for played in season.weeks
        for event in played.events
        if event.mentee == mentee and event.did is did
    ]


def issue(season: Season, kind: Kind, mentee: str, week: str = "") -> Issue | None:
    return own_issues(season).get(Key(kind=kind, mentee=mentee, period=week))


def pull(season: Season, mentee: str, words: str) -> PlayedPull:
    (found,) = [p for p in season.pulls if p.person == mentee and words in p.title]
    return found


def merged(season: Season, mentee: str, words: str) -> datetime:
    found = pull(season, mentee, words)
    assert found.merged
    assert found.ended is not None
    return found.ended


def stages(found: PlayedPull) -> list[Stage]:
    """Return where a pull request stood by our comment, one version after another."""
    return [version.memory.stage for version in found.versions]


def listed(version: CommentVersion) -> int:
    """Return how many things a version of our comment lists."""
    return len(re.findall(r"^\d+\. ", version.body, re.MULTILINE))


def said_by(season: Season, number: int, login: str) -> list[str]:
    said = season.repository.comments.get(number, [])
    return [one.body for one in said if one.author.login == login]


def test_the_program_is_the_one_of_this_repository() -> None:
    own = (ROOT / ".github/mentorship.yml").read_bytes()
    assert (DEMO / ".github/mentorship.yml").read_bytes() == own


def test_everybody_is_in_the_roster(demo: Season) -> None:
    assert [(row.mentor, [pair.login for pair in row.pairs]) for row in roster(demo)] == [
        ("ssbarnea", ["ada-demo", "pelle-demo"]),
        ("ganeshrn", ["kofi-demo", "mira-demo"]),
    ]


def test_errors_are_fixed_in_two_pushes_then_the_file_is_accepted_and_merged(
    demo: Season,
) -> None:
    joining = pull(demo, "pelle-demo", "Join")
    assert stages(joining) == [
        Stage.NEEDS_FIXES, Stage.NEEDS_FIXES, Stage.NEEDS_ANSWER, Stage.READY, Stage.JOINED
    ]  # fmt: skip
    assert [listed(one) for one in joining.versions] == [5, 2, 0, 0, 0]
    assert len(demo.repository.branches.on_lines[joining.number]) == 3
    assert "@ssbarnea" in joining.versions[2].body
    tracker = issue(demo, Kind.TRACKER, "pelle-demo")
    assert tracker is not None
    assert f"#{tracker.number}" in joining.versions[-1].body
    assert joining.ended is not None
    assert tracker.created - joining.ended < timedelta(minutes=1)


def test_a_mentor_is_asked_only_when_the_file_is_valid(demo: Season) -> None:
    joining = pull(demo, "pelle-demo", "Join")
    assert [version.is_new for version in joining.versions] == [True, False, True, False, False]
    assert not any("@ssbarnea" in version.body for version in joining.versions[:2])


def test_a_full_mentors_second_mentee_is_waitlisted_and_sees_who_is_free(demo: Season) -> None:
    joining = pull(demo, "mira-demo", "Join")
    first = joining.versions[0]
    assert first.memory.stage is Stage.WAITLISTED
    assert first.memory.place == 1
    assert "`ssbarnea`" in first.body
    assert first.at < moment("2026-11-17 00:00")


def test_the_first_on_the_waitlist_is_asked_the_moment_a_seat_frees(demo: Season) -> None:
    joining = pull(demo, "mira-demo", "Join")
    asked = next(
        version for version in joining.versions if version.memory.stage is Stage.NEEDS_ANSWER
    )
    assert asked.is_new
    assert asked.at - merged(demo, "kofi-demo", "reached") < timedelta(minutes=1)
    tracker = issue(demo, Kind.TRACKER, "mira-demo")
    assert tracker is not None
    assert tracker.created > asked.at


def test_a_declined_newcomer_asks_another_mentor(demo: Season) -> None:
    joining = pull(demo, "kofi-demo", "Join")
    assert stages(joining) == [
        Stage.NEEDS_ANSWER, Stage.DECLINED, Stage.NEEDS_ANSWER, Stage.READY, Stage.JOINED
    ]  # fmt: skip
    (refusal,) = said_by(demo, joining.number, "ssbarnea")
    assert refusal.startswith("/decline")
    assert "`ganeshrn`" in joining.versions[1].body
    assert ["mentor: ssbarnea" in push.text for push in joining.pushes] == [True, False]
    assert joining.mentor == "ganeshrn" or joining.versions[-2].memory.mentor == "ganeshrn"


def test_somebody_elses_file_is_handed_over_neutrally_and_closed(demo: Season) -> None:
    (strange,) = [p for p in demo.pulls if p.author == "zed-demo"]
    assert strange.file == "mentees/mira-demo.yml"
    assert stages(strange) == [Stage.NEEDS_MAINTAINER]
    assert not strange.merged
    closed = events(demo, strange.person, EventKind.CLOSED)
    assert (strange.number, "ssbarnea") in [(event.issue, event.actor) for event in closed]
    (status,) = demo.repository.branches.statuses[strange.pushes[0].commit]
    assert status.state == "pending"
    assert pull(demo, "mira-demo", "Join").merged


def test_a_strangers_accept_gets_one_kind_answer(demo: Season) -> None:
    joining = pull(demo, "mira-demo", "Join")
    (said,) = said_by(demo, joining.number, "lou-demo")
    assert said.startswith("/accept")
    kind = [version for version in joining.versions if "@lou-demo" in version.body]
    assert kind
    assert not kind[0].is_new
    assert Stage.READY not in [
        version.memory.stage for version in joining.versions if version.at < kind[0].at
    ]


def test_nobody_merges_what_is_not_green(demo: Season) -> None:
    for found in demo.pulls:
        said = demo.repository.branches.statuses[found.pushes[-1].commit]
        assert found.merged is (said[-1].state == "success")


def test_a_pull_request_has_one_comment_of_ours_at_the_end(demo: Season) -> None:
    assert all(len(said_by(demo, found.number, BOT)) == 1 for found in demo.pulls)


def test_a_longer_mentorship_takes_the_mentors_yes_and_a_moved_meeting_does_not(
    demo: Season,
) -> None:
    assert Stage.NEEDS_ANSWER in stages(pull(demo, "ada-demo", "Two more weeks"))
    assert Stage.NEEDS_ANSWER not in stages(pull(demo, "ada-demo", "Thursdays"))


def test_mentors_answer_by_comment_or_by_an_approving_review(demo: Season) -> None:
    did = {event.did for played in demo.weeks for event in played.events}
    assert {
        EventKind.APPROVED,
        EventKind.NEEDS_FIXES,
        EventKind.READY,
        EventKind.ANSWERED,
        EventKind.MERGED,
    } <= did


def test_no_mentor_ever_has_more_mentees_than_seats(demo: Season) -> None:
    assert all(max(row.taken) == row.capacity for row in roster(demo))


def test_nobody_checks_in_during_the_break(demo: Season) -> None:
    weeks = {key.period for key in own_issues(demo) if key.kind == Kind.CHECK_IN}
    assert {"2026-W52", "2027-W01"} <= weeks
    assert "2026-W53" not in weeks


def test_nobody_checks_in_while_away(demo: Season) -> None:
    for week, is_there in (("2027-W02", True), ("2027-W03", False), ("2027-W05", True)):
        assert bool(issue(demo, Kind.CHECK_IN, "pelle-demo", week)) is is_there


def test_a_pause_closes_the_check_in_and_the_return_files_the_next(demo: Season) -> None:
    before = issue(demo, Kind.CHECK_IN, "mira-demo", "2027-W06")
    assert before is not None
    assert before.updated - merged(demo, "mira-demo", "pauses") < timedelta(minutes=1)
    assert demo.repository.reasons[before.number] == "not_planned"
    assert issue(demo, Kind.CHECK_IN, "mira-demo", "2027-W07") is None
    assert issue(demo, Kind.CHECK_IN, "mira-demo", "2027-W09") is not None


def test_a_moved_meeting_and_added_weeks_reach_the_tracker(demo: Season) -> None:
    rewritten = [event.at for event in events(demo, "ada-demo", EventKind.UPDATED)]
    for words in ("Thursdays", "Two more weeks"):
        since = merged(demo, "ada-demo", words)
        assert any(timedelta(0) <= at - since < timedelta(minutes=1) for at in rewritten)
    assert issue(demo, Kind.CHECK_IN, "ada-demo", "2027-W12") is not None


def test_a_completed_mentorship_closes_its_tracker(demo: Season) -> None:
    for mentee in ("ada-demo", "kofi-demo"):
        tracker = issue(demo, Kind.TRACKER, mentee)
        assert tracker is not None
        assert not tracker.is_open
        assert demo.history[mentee][-1][1].status is Status.COMPLETED


def test_mentors_tick_boxes_and_close_check_ins_before_the_program_does(demo: Season) -> None:
    assert events(demo, "ada-demo", EventKind.TICKED)
    assert any(event.actor == "ssbarnea" for event in events(demo, "ada-demo", EventKind.CLOSED))
    tracker = issue(demo, Kind.TRACKER, "ada-demo")
    assert tracker is not None
    assert tracker.body.count("- [x]") == 12


def test_mentees_only_propose_push_and_comment(demo: Season) -> None:
    actors = {event.actor for played in demo.weeks for event in played.events}
    mentees = actors & set(demo.history)
    assert mentees == set(demo.history)
    did = {event.did for played in demo.weeks for event in played.events if event.actor in mentees}
    assert did == {EventKind.PROPOSED, EventKind.PUSHED, EventKind.COMMENTED}


def test_somebody_falls_silent_for_some_weeks(demo: Season) -> None:
    (row,) = [pair for pair in roster(demo)[0].pairs if pair.login == "pelle-demo"]
    squares = [cell.square for cell in row.cells]
    assert [square for square in squares if square is Square.QUIET][:3] == [Square.QUIET] * 3
    assert Square.TALKED in squares[squares.index(Square.QUIET) :]


def test_people_are_awake_when_they_speak(demo: Season) -> None:
    zones = {login: states[-1][1].zone for login, states in demo.history.items()}
    zones |= {"lou-demo": "Etc/UTC"}
    zones |= {mentor.login: mentor.zone for mentor in demo.program.mentors}
    for played in demo.weeks:
        for event in played.events:
            if event.did is EventKind.COMMENTED and event.actor != BOT:
                assert 7 <= event.at.astimezone(ZoneInfo(zones[event.actor])).hour < 23


def answers(season: Season, number: int) -> list[str]:
    return [one for one in said_by(season, number, BOT) if "kind=answer" in one]


def test_people_use_commands_and_are_told_kindly_what_is_not_theirs(demo: Season) -> None:
    tracker = issue(demo, Kind.TRACKER, "ada-demo")
    assert tracker is not None
    said = "\n".join(answers(demo, tracker.number))
    assert "@ada-demo, this is what you can say here" in said
    assert "@ada-demo, that is for the lead or a coordinator." in said
    assert "@ssbarnea, for `/extend`, put these whole lines into" in said
    assert "```yaml\nweeks: 18\n```" in said
    (own,) = [one for one in said_by(demo, tracker.number, "ada-demo") if "My checklist" in one]
    assert own.count("- [") > 3
    (met,) = [
        one for one in own_issues(demo).values() if "You have met, says `ssbarnea`" in one.body
    ]
    assert met.title.startswith("Week 2 ")


def test_misuse_of_commands_gets_one_kind_answer_each(demo: Season) -> None:
    tracker = issue(demo, Kind.TRACKER, "pelle-demo")
    assert tracker is not None
    both, stranger = answers(demo, tracker.number)[:2]
    assert "There is no box 99" in both
    assert "I don't know `/dance`." in both
    assert stranger.partition("\n")[2].startswith("@lou-demo, that is for the mentee, the lead")


def check_ins(season: Season, mentee: str) -> dict[str, Issue]:
    """Return somebody's check-ins by their week, such as W08."""
    found = own_issues(season).items()
    return {
        key.period[-3:]: one
        for key, one in found
        if key.kind == Kind.CHECK_IN and key.mentee == mentee
    }


def test_items_come_along_until_they_are_made_smaller_or_dropped(demo: Season) -> None:
    found = check_ins(demo, "pelle-demo")
    ages = [re.findall(r"guide on patches <sub>(.*)</sub>", found[week].body) for week in found]
    assert [age for (age,) in filter(None, ages)][:3] == [
        "2nd week",
        "3rd week",
        "4th week: make it smaller, or drop it?",
    ]


def test_a_silent_mentee_is_asked_kindly_and_returns(demo: Season) -> None:
    found = check_ins(demo, "pelle-demo")
    weeks = ("W07", "W08", "W09", "W10")
    asked = ("we haven't heard from you", "could you write to `pelle-demo`")
    heard = [[text in found[week].body for text in asked] for week in weeks]
    assert heard == [[False, False], [True, False], [False, True], [False, False]]
    assert "I am back" in said_by(demo, found["W09"].number, "pelle-demo")[0]


def test_who_is_stuck_reaches_the_mentor_at_once_and_a_silent_one_twice(demo: Season) -> None:
    found = check_ins(demo, "pelle-demo")
    stuck, answer = demo.repository.comments[found["W09"].number][:2]
    assert "@ssbarnea, can you help `pelle-demo` this week?" in answer.body
    assert answer.created - stuck.created < timedelta(minutes=1)
    waits = [f"asked something in #{found['W51'].number} " in found[week].body for week in found]
    assert sum(waits) == 2
    assert f"asked something in #{found['W09'].number} " in found["W10"].body
    assert "It is reviewed now" in said_by(demo, found["W10"].number, "ssbarnea")[-1]


def test_the_season_has_whole_weeks_in_order(demo: Season) -> None:
    assert len(demo.weeks) == 21
    assert (demo.start, demo.end) == (date(2026, 11, 9), date(2027, 4, 4))
    moments = [event.at for played in demo.weeks for event in played.events]
    assert moments == sorted(moments)


def said_by_us(season: Season, number: int, kind: str) -> list[str]:
    return [body for body in said_by(season, number, BOT) if f" kind={kind} " in body]


def test_a_graduate_asks_for_a_certificate_on_the_closed_tracker(demo: Season) -> None:
    tracker = issue(demo, Kind.TRACKER, "ada-demo")
    assert tracker is not None
    assert not tracker.is_open
    assert "**Congratulations**, @ada-demo" in said_by_us(demo, tracker.number, "end")[0]
    assert "certificates/ada-demo.svg" in said_by_us(demo, tracker.number, "answer")[-1]


def test_who_withdraws_is_thanked_and_asked_for_no_reason(demo: Season) -> None:
    tracker = issue(demo, Kind.TRACKER, "mira-demo")
    assert tracker is not None
    (goodbye,) = said_by_us(demo, tracker.number, "end")
    assert "You don't owe anybody a reason" in goodbye


def test_both_sides_say_how_it_went_at_the_last_checkpoint(demo: Season) -> None:
    tracker = issue(demo, Kind.TRACKER, "pelle-demo")
    assert tracker is not None
    (asked,) = said_by_us(demo, tracker.number, "checkpoint")
    assert "- `pelle-demo`: **continue**" in asked
    assert "All of you have answered" in asked
