"""The demonstration: each scene that it promises is really played."""

from datetime import date, datetime, timedelta
from pathlib import Path

from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.record import Status
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import BOT
from mentorship_action.rehearsal import scenarios
from mentorship_action.rehearsal.overview import Square, own_issues, roster
from mentorship_action.rehearsal.season import Season
from mentorship_action.rehearsal.stage import Did, Event, Proposal
from tests.builders import moment

ROOT = Path(__file__).parents[2]


def events(season: Season, mentee: str, did: Did) -> list[Event]:
    return [
        event
        for played in season.weeks
        for event in played.events
        if event.mentee == mentee and event.did is did
    ]


def issue(season: Season, kind: Kind, mentee: str, week: str = "") -> Issue | None:
    return own_issues(season).get(Key(kind=kind, mentee=mentee, period=week))


def proposal(season: Season, mentee: str, words: str) -> Proposal:
    (found,) = [p for p in season.proposals if p.mentee == mentee and words in p.title]
    return found


def merged(season: Season, mentee: str, words: str) -> datetime:
    when = proposal(season, mentee, words).merged
    assert when is not None
    return when


def test_the_program_is_the_one_of_this_repository() -> None:
    own = (ROOT / ".github/mentorship.yml").read_bytes()
    assert (scenarios.DEMO / ".github/mentorship.yml").read_bytes() == own


def test_everybody_is_in_the_roster(demo: Season) -> None:
    assert [(row.mentor, [pair.login for pair in row.pairs]) for row in roster(demo)] == [
        ("ssbarnea", ["ada-demo", "pelle-demo"]),
        ("ganeshrn", ["kofi-demo", "mira-demo"]),
    ]


def test_a_faulty_file_is_mended_in_two_pushes_and_then_merged(demo: Season) -> None:
    joining = proposal(demo, "pelle-demo", "Join")
    assert [len(push.findings) for push in joining.pushes] == [5, 1, 0]
    tracker = issue(demo, Kind.TRACKER, "pelle-demo")
    assert tracker is not None
    assert joining.merged == tracker.created


def test_a_full_mentors_second_mentee_waits_until_the_seat_is_free(demo: Season) -> None:
    tracker = issue(demo, Kind.TRACKER, "mira-demo")
    assert tracker is not None
    assert merged(demo, "mira-demo", "Join") < moment("2026-12-01 00:00")
    assert tracker.created == merged(demo, "kofi-demo", "Goal reached")
    assert "waits for a free seat" in events(demo, "mira-demo", Did.NOTED)[0].text


def test_no_mentor_ever_has_more_mentees_than_seats(demo: Season) -> None:
    assert all(max(row.taken) == row.capacity for row in roster(demo))


def test_nobody_checks_in_during_the_break(demo: Season) -> None:
    weeks = {key.period for key in own_issues(demo) if key.kind is Kind.CHECK_IN}
    assert {"2026-W52", "2027-W01"} <= weeks
    assert "2026-W53" not in weeks


def test_nobody_checks_in_while_away(demo: Season) -> None:
    for week, is_there in (("2027-W02", True), ("2027-W03", False), ("2027-W05", True)):
        assert bool(issue(demo, Kind.CHECK_IN, "pelle-demo", week)) is is_there


def test_a_pause_closes_the_check_in_and_the_return_files_the_next(demo: Season) -> None:
    before = issue(demo, Kind.CHECK_IN, "mira-demo", "2027-W06")
    assert before is not None
    assert before.updated - merged(demo, "mira-demo", "Pause") < timedelta(minutes=1)
    assert demo.repository.reasons[before.number] == "not_planned"
    assert issue(demo, Kind.CHECK_IN, "mira-demo", "2027-W07") is None
    assert issue(demo, Kind.CHECK_IN, "mira-demo", "2027-W09") is not None


def test_a_moved_meeting_and_added_weeks_reach_the_tracker(demo: Season) -> None:
    rewritten = {event.at for event in events(demo, "ada-demo", Did.REWROTE)}
    assert merged(demo, "ada-demo", "Thursdays") in rewritten
    assert merged(demo, "ada-demo", "Two more weeks") in rewritten
    assert issue(demo, Kind.CHECK_IN, "ada-demo", "2027-W12") is not None


def test_a_completed_mentorship_closes_its_tracker(demo: Season) -> None:
    for mentee in ("ada-demo", "kofi-demo"):
        tracker = issue(demo, Kind.TRACKER, mentee)
        assert tracker is not None
        assert not tracker.is_open
        assert demo.history[mentee][-1][1].status is Status.COMPLETED


def test_mentors_tick_boxes_and_close_check_ins_before_the_program_does(demo: Season) -> None:
    assert events(demo, "ada-demo", Did.TICKED)
    assert any(event.actor == "ssbarnea" for event in events(demo, "ada-demo", Did.CLOSED))
    tracker = issue(demo, Kind.TRACKER, "ada-demo")
    assert tracker is not None
    assert tracker.body.count("- [x]") == 12


def test_mentees_only_speak(demo: Season) -> None:
    mentees = {event.actor for played in demo.weeks for event in played.events} & set(demo.history)
    assert mentees == set(demo.history)
    told = {event.did for played in demo.weeks for event in played.events if event.actor in mentees}
    assert told == {Did.PROPOSED, Did.PUSHED, Did.COMMENTED}


def test_somebody_falls_silent_for_some_weeks(demo: Season) -> None:
    (row,) = [pair for pair in roster(demo)[0].pairs if pair.login == "pelle-demo"]
    squares = [cell.square for cell in row.cells]
    assert [square for square in squares if square is Square.QUIET][:3] == [Square.QUIET] * 3
    assert Square.TALKED in squares[squares.index(Square.QUIET) :]


def test_people_are_awake_when_they_speak(demo: Season) -> None:
    zones = {login: states[-1][1].zone for login, states in demo.history.items()}
    zones |= {mentor.login: mentor.zone for mentor in demo.program.mentors}
    from zoneinfo import ZoneInfo

    for played in demo.weeks:
        for event in played.events:
            if event.did is Did.COMMENTED and event.actor != BOT:
                assert 7 <= event.at.astimezone(ZoneInfo(zones[event.actor])).hour < 23


def test_the_season_has_whole_weeks_in_order(demo: Season) -> None:
    assert len(demo.weeks) == 21
    assert (demo.start, demo.end) == (date(2026, 11, 9), date(2027, 4, 4))
    moments = [event.at for played in demo.weeks for event in played.events]
    assert moments == sorted(moments)
