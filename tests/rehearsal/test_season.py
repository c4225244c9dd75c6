"""Playing: every tick twice, nothing left over, the same again for the same files."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentorship_action.domain.application import Stage
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.program import CommandWay, Limits, MentorRole, NamedMentor, Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.errors import Exit
from mentorship_action.planning.policies import trackers
from mentorship_action.rehearsal.bot import Unsettled
from mentorship_action.rehearsal.demonstration import demonstration
from mentorship_action.rehearsal.journal import Event, EventKind
from mentorship_action.rehearsal.overview import figures, own_issues, roster
from mentorship_action.rehearsal.page import write_page
from mentorship_action.rehearsal.scenarios import own_season
from mentorship_action.rehearsal.season import Season, play
from tests.builders import WORDING, mentor, program, record
from tests.terms import SPRING, cohorts, member


def season(*records: Record, of: Program | None = None, **options: Any) -> Season:
    return play(own_season(of or program(), WORDING, records, **options))


def crowd(number: int) -> tuple[Record, ...]:
    return tuple(
        record(
            f"mentee-{n}",
            mentor="boss",
            mentor_handle="boss",
            start=("2026-09-07", "2026-09-14")[n % 2],
        )
        for n in range(number)
    )


def test_every_tick_is_played_twice(demo: Season) -> None:
    assert demo.runs == 2 * demo.ticks


def test_the_same_files_give_the_same_page(demo_program: Program, page: str) -> None:
    again = play(demonstration(demo_program, WORDING))
    assert write_page(again) == page


def test_a_program_that_never_settles_ends_the_season(monkeypatch: pytest.MonkeyPatch) -> None:
    def never_the_same(*_: object) -> str:
        never_the_same.count += 1  # type: ignore[attr-defined]
        return (
            "<!-- mentorship:summary mentor=ssbarnea assign=mentor -->\n"
            f"{never_the_same.count}\n<!-- mentorship:end -->"  # type: ignore[attr-defined]
        )

    never_the_same.count = 0  # type: ignore[attr-defined]
    monkeypatch.setattr(trackers, "write_summary", never_the_same)
    with pytest.raises(Unsettled, match="once more still planned something: ") as told:
        season(record())
    assert told.value.exit_code is Exit.UNFINISHED
    assert "2026-" in str(told.value)


def test_a_small_budget_takes_further_runs_and_leaves_nothing() -> None:
    tight = program(
        mentors=(mentor("boss", capacity=9),),
        limits=Limits(seconds_between_writes=1, writes_per_run=3),
    )
    roomy = replace(tight, limits=Limits(seconds_between_writes=1, writes_per_run=1000))
    few, many = season(*crowd(9), of=tight, weeks=5), season(*crowd(9), of=roomy, weeks=5)
    assert figures(few).check_ins == figures(many).check_ins > 25
    assert few.runs > 2 * few.ticks
    assert many.runs == 2 * many.ticks


def test_work_that_stays_undone_ends_the_season() -> None:
    never = program(limits=Limits(seconds_between_writes=0, writes_per_run=0))
    with pytest.raises(
        Unsettled, match="further runs left work undone: create the label mentorship"
    ):
        season(record(), of=never)


def test_it_begins_a_week_before_the_first_start_and_shows_the_end() -> None:
    played = season(record(start="2026-12-07", weeks=12), record("b", start="2026-12-14", weeks=13))
    assert played.start == date(2026, 11, 30)
    assert played.end == date(2027, 3, 21)
    assert figures(played).open == 0


def test_start_and_weeks_can_be_chosen() -> None:
    played = season(record(start="2026-12-07"), start=date(2027, 1, 6), weeks=3)
    assert [str(one.week) for one in played.weeks] == ["2027-W01", "2027-W02", "2027-W03"]
    assert figures(played).check_ins == 3
    assert played.weeks[0].events[0].text == "opened #1: Join: octocat"


def test_of_a_long_history_the_last_weeks_are_played() -> None:
    old, new = record("old", start="2020-01-06"), record("new", start="2026-12-07")
    played = season(old, new)
    assert len(played.weeks) == 30
    assert set(played.history) == {"new"}


def test_a_program_without_mentee_files_is_a_quiet_season() -> None:
    played = season()
    assert roster(played) == ()
    assert "Nobody takes part" in write_page(played)


def test_more_records_than_seats_wait_in_somebodys_own_program_too() -> None:
    small = program(mentors=(mentor("boss", capacity=1),))
    played = season(*crowd(2), of=small)
    (row,) = roster(played)
    assert max(row.taken) == 1
    assert max(row.waiting) == 1


def test_after_a_quarter_mentors_are_asked_and_two_of_three_answer() -> None:
    people = tuple(mentor(login) for login in ("ada", "grace", "linus"))
    played = season(record(mentor="ada", mentor_handle="ada", weeks=18), of=program(mentors=people))
    texts = [event.text for week in played.weeks for event in week.events]
    assert sum("a quarter has passed since their seats were stated" in one for one in texts) == 1
    said = {one.partition(": ")[2] for one in texts if "said /yes" in one or "said /seats" in one}
    assert said == {"ada said /yes", "grace said /seats"}


def test_ticks_at_which_nothing_can_be_due_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    indian = record("hubot", mentor="ganeshrn", meeting=None, zone="Asia/Kolkata", weeks=4)
    records = (record(weeks=4), indian)
    sparse = season(*records)
    monkeypatch.setattr("mentorship_action.rehearsal.season._is_needed", lambda *_: True)
    dense = season(*records)
    assert dense.idle == 0
    assert sparse.idle > 0
    # What a new day brings, here its end in India, may be seen up to a day later.
    late = [one.at - other.at for one, other in zip(by_text(sparse), by_text(dense), strict=True)]
    assert [event.text for event in by_text(sparse)] == [event.text for event in by_text(dense)]
    assert timedelta(0) <= min(late) <= max(late) < timedelta(days=1)


def by_text(season: Season) -> list[Event]:
    """Return the events but those of the dashboard, which takes in what several days bring."""
    about = str(Key(kind=Kind.DASHBOARD))
    numbers = {issue.number for key, issue in own_issues(season).items() if str(key) == about}
    every = (event for played in season.weeks for event in played.events)
    events = (event for event in every if event.issue not in numbers)
    return sorted(events, key=lambda event: (event.text, event.at))


def test_records_that_are_no_longer_wanted_play_no_part() -> None:
    played = season(record(status=Status.WITHDRAWN), record("b", status=Status.PAUSED))
    assert set(played.history) == {"b"}
    assert not any(key.kind == Kind.CHECK_IN for key in own_issues(played))


def test_a_record_that_has_errors_in_the_program_never_joins() -> None:
    away = record(mentor="somebody-who-left", mentor_handle="somebody-who-left")
    played = season(away)
    (joining,) = played.pulls
    assert not joining.merged
    assert joining.stage is Stage.NEEDS_FIXES
    assert played.history == {}


def test_the_last_on_the_waitlist_is_asked_when_the_first_is_done() -> None:
    small = program(mentors=(mentor("boss", capacity=1),))
    played = season(*crowd(2), of=small, weeks=40)
    first, last = played.pulls
    assert (first.merged, last.merged) == (True, True)
    assert first.ended is not None
    assert last.ended is not None
    assert last.ended - first.ended > timedelta(weeks=16)
    assert Stage.WAITLISTED in {version.memory.stage for version in last.versions}


def test_who_waits_until_the_term_is_over_is_not_taken_for_weeks_that_have_passed() -> None:
    played = season(member(SPRING, "ada"), member(SPRING, "zoe"), of=cohorts())
    assert sorted(pull.merged for pull in played.pulls) == [False, True]
    (waited,) = [pull for pull in played.pulls if not pull.merged]
    assert waited.stage is Stage.NEEDS_FIXES
    assert "`Spring 2027` ended on 2027-05-09" in waited.versions[-1].body


def test_people_never_do_what_github_would_refuse_them() -> None:
    told = [event for week in season(record()).weeks for event in week.events]
    ticked = {event.actor for event in told if event.did is EventKind.TICKED}
    merged = {event.actor for event in told if event.did is EventKind.MERGED}
    assert ticked == merged == {"ssbarnea"}


def test_everybody_named_answers_and_the_mentorship_begins() -> None:
    several = program(mentors=(mentor("ada"), mentor("grace"), mentor("linus", capacity=0)))
    others = (
        NamedMentor(login="grace", handle="grace", role=MentorRole.CO),
        NamedMentor(login="linus", handle="linus", role=MentorRole.BACKUP),
    )
    played = season(record(mentor="ada", mentor_handle="ada", others=others), of=several)
    (pull,) = played.pulls
    assert pull.merged
    assert (
        len([one for one in played.repository.comments[pull.number] if one.body == "/accept"]) < 4
    )


def test_what_a_command_commits_reaches_the_tracker(demo_program: Program) -> None:
    program = replace(demo_program, commands=CommandWay.COMMIT)
    season = play(demonstration(program, WORDING, weeks=5))
    tracker = own_issues(season)[Key(kind=Kind.TRACKER, mentee="pelle-demo")]
    assert len(season.repository.branches.file_commits) == 1
    assert "14 March 2027" in tracker.body
