"""When a mentorship runs and when a check-in is due."""

from datetime import UTC, date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.calendar import (
    Week,
    current_slot,
    is_over,
    last_day,
    merge_spans,
    slot,
    slots,
    weeks_of,
    who_leads,
)
from mentorship_action.domain.mentorship import Mentorship, pair
from mentorship_action.domain.program import MentorRole, NamedMentor, Program, Span
from mentorship_action.domain.record import Record
from tests.builders import meeting, mentor, moment, program, record, span

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
spans = st.builds(
    lambda first, length: Span(first=first, last=first + timedelta(days=length)),
    days,
    st.integers(0, 60),
)
zones = st.sampled_from(
    [
        "Africa/Casablanca",
        "America/Sao_Paulo",
        "America/St_Johns",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Etc/UTC",
        "Europe/Madrid",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
    ]
)
meetings = st.none() | st.builds(
    lambda day, hour: meeting(day, f"{hour:02d}:30"),
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
    st.integers(0, 23),
)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Record, Program]:
    the_record = record(
        start=draw(days).isoformat(),
        weeks=draw(st.integers(1, 104)),
        zone=draw(zones),
        meeting=draw(meetings),
        every_weeks=draw(st.integers(1, 8)),
        away=tuple(draw(st.lists(spans, max_size=4))),
    )
    return the_record, program(
        breaks=tuple(draw(st.lists(spans, max_size=4))),
        mentors=(mentor(away=tuple(draw(st.lists(spans, max_size=2)))),),
    )


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-W50", date(2026, 12, 7)),
        ("2026-W53", date(2026, 12, 28)),
        ("2027-W01", date(2027, 1, 4)),
        ("2020-W53", date(2020, 12, 28)),
    ],
)
def test_a_week_is_named_as_in_iso_8601(text: str, monday: date) -> None:
    assert Week.parse(text) == Week(monday)
    assert str(Week(monday)) == text


@given(days)
def test_every_day_lies_in_the_week_that_is_named_after_it(day: date) -> None:
    week = Week.parse(str(Week.of(day)))
    assert week.monday <= day <= week.sunday


@given(st.lists(spans, max_size=8))
def test_merged_spans_hold_the_same_days_and_never_touch(some: list[Span]) -> None:
    merged = merge_spans(some)

    def all_days(several: list[Span]) -> set[date]:
        return {
            one.first + timedelta(days=n)
            for one in several
            for n in range((one.last - one.first).days + 1)
        }

    assert all_days(merged) == all_days(some)
    for one, following in pairwise(merged):
        assert one.last + timedelta(days=1) < following.first


def test_without_days_off_a_mentorship_lasts_its_weeks_to_the_day() -> None:
    assert last_day(record(weeks=16), program()) == date(2027, 3, 28)


def test_breaks_and_the_mentees_time_away_are_added_to_the_end_each_day_once() -> None:
    the_program = program(breaks=(span("2026-12-24", "2027-01-01"),))
    away = (span("2026-12-30", "2027-01-03"), span("2027-02-01", "2027-02-01"))
    assert last_day(record(away=away), the_program) == date(2027, 3, 28) + timedelta(days=11 + 1)


def test_a_break_within_the_added_days_adds_days_in_its_turn() -> None:
    breaks = (span("2026-12-07", "2026-12-13"), span("2027-03-30", "2027-03-31"))
    assert last_day(record(), program(breaks=breaks)) == date(2027, 3, 28) + timedelta(days=7 + 2)


def test_only_the_days_of_a_break_after_the_start_are_added() -> None:
    breaks = (span("2026-11-01", "2026-12-08"),)
    assert last_day(record(), program(breaks=breaks)) == date(2027, 3, 28) + timedelta(days=2)


@given(pairs())
def test_a_mentorship_has_as_many_working_days_as_its_weeks_say(
    pair: tuple[Record, Program],
) -> None:
    the_record, the_program = pair
    off = (*the_program.breaks, *the_record.away)
    length = (last_day(the_record, the_program) - the_record.start).days + 1
    working = sum(
        not any(the_record.start + timedelta(days=n) in one for one in off) for n in range(length)
    )
    assert working == 7 * the_record.weeks


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("tue", "2026-12-14 08:00"),  # Monday 09:00 in Madrid, an hour ahead of UTC
        ("sun", "2026-12-19 08:00"),
        ("mon", "2026-12-13 08:00"),  # the Sunday before
    ],
)
def test_a_check_in_is_due_at_the_filing_time_on_the_day_before_the_meeting(
    day: str, due: str
) -> None:
    the_slot = slot(pair(record(meeting=meeting(day))), Week.parse("2026-W51"), program())
    assert the_slot.due == moment(due)


def test_without_a_meeting_a_check_in_is_due_on_monday() -> None:
    assert slot(pair(record()), Week.parse("2026-W51"), program()).due == moment("2026-12-14 08:00")


def test_summer_time_moves_the_moment_and_keeps_the_clock() -> None:
    winter = slot(pair(record()), Week.parse("2027-W12"), program()).due
    summer = slot(pair(record()), Week.parse("2027-W13"), program()).due
    assert summer - winter == timedelta(weeks=1) - timedelta(hours=1)


def test_the_first_week_waits_for_the_start_when_its_monday_or_meeting_lies_before() -> None:
    the_record = record(start="2026-12-10", meeting=meeting("tue"))
    the_slot = slot(pair(the_record), Week.parse("2026-W50"), program())
    assert (the_slot.due, the_slot.meets) == (moment("2026-12-10 08:00"), None)


def test_the_first_meeting_on_the_start_day_is_announced_the_day_before() -> None:
    the_record = record(start="2026-12-07", meeting=meeting("mon"))
    assert slot(pair(the_record), Week.parse("2026-W50"), program()).due == moment(
        "2026-12-06 08:00"
    )


@pytest.mark.parametrize(
    ("changes", "breaks", "skipped"),
    [
        ({"meeting": meeting("tue")}, (span("2026-12-15", "2026-12-15"),), "program break"),
        ({"meeting": meeting("tue")}, (span("2026-12-16", "2026-12-20"),), ""),
        ({}, (span("2026-12-14", "2026-12-18"),), "program break"),
        ({}, (span("2026-12-14", "2026-12-17"),), ""),
        ({"away": (span("2026-12-10", "2026-12-20"),)}, (), "octocat is away"),
        (
            {"away": (span("2026-12-16", "2026-12-20"),)},
            (span("2026-12-14", "2026-12-15"),),
            "breaks and time away",
        ),
    ],
)
def test_a_week_is_skipped_when_its_meeting_or_all_its_workdays_are_off(
    changes: dict[str, Any], breaks: tuple[Span, ...], skipped: str
) -> None:
    the_slot = slot(pair(record(**changes)), Week.parse("2026-W51"), program(breaks=breaks))
    assert the_slot.skipped == skipped


def test_a_week_is_skipped_when_the_mentor_is_away() -> None:
    the_program = program(mentors=(mentor(away=(span("2026-12-14", "2026-12-20"),)),))
    assert slot(pair(record()), Week.parse("2026-W51"), the_program).skipped == "ssbarnea is away"


def two_mentors(**away: Any) -> tuple[Mentorship, Program]:
    """Return a mentorship of octocat with two mentors, and a program in which they are away."""
    spans = {name: (span(*days),) for name, days in away.items()}
    both = tuple(mentor(name, away=spans.get(name, ())) for name in ("ssbarnea", "ada"))
    co = NamedMentor(login="ada", handle="ada", role=MentorRole.CO)
    return pair(record(others=(co,), meeting=None)), program(mentors=both)


@pytest.mark.parametrize(
    ("away", "skipped", "leads"),
    [
        ({"ssbarnea": ("2026-12-14", "2026-12-20")}, "", "ada"),
        ({"ada": ("2026-12-14", "2026-12-20")}, "", "ssbarnea"),
        ({"ssbarnea": ("2026-12-14", "2026-12-17")}, "", "ssbarnea"),
        (
            {"ssbarnea": ("2026-12-01", "2026-12-20"), "ada": ("2026-12-14", "2026-12-18")},
            "ssbarnea and ada are away",
            "ssbarnea",
        ),
        (
            {"ssbarnea": ("2026-12-01", "2026-12-20"), "ada": ("2026-12-15", "2026-12-20")},
            "",
            "ada",
        ),
    ],
)
def test_a_week_is_skipped_only_when_lead_and_co_mentors_are_all_away(
    away: dict[str, Any], skipped: str, leads: str
) -> None:
    mentorship, the_program = two_mentors(**away)
    the_slot = slot(mentorship, Week.parse("2026-W51"), the_program)
    assert the_slot.skipped == skipped
    assert who_leads(mentorship, the_slot, the_program) == leads


def test_nothing_is_due_before_the_first_filing_time() -> None:
    assert current_slot(pair(record()), program(), moment("2026-12-07 07:59")) is None


def test_of_missed_weeks_only_the_newest_is_due() -> None:
    the_slot = current_slot(pair(record()), program(), moment("2027-01-20 12:00"))
    assert the_slot is not None
    assert str(the_slot.week) == "2027-W03"


def test_the_last_week_is_the_one_whose_meeting_still_lies_in_the_agreed_time() -> None:
    # The last day is Tuesday 30 March; that week's meeting would be on Wednesday.
    the_record = record(start="2026-12-09", weeks=16, meeting=meeting("wed"))
    weeks = [str(week) for week in weeks_of(pair(the_record), program())]
    assert (weeks[0], weeks[-1]) == ("2026-W50", "2027-W12")


@pytest.mark.parametrize(
    ("every", "weeks"),
    [(2, ["W50", "W52", "W01", "W03"]), (3, ["W50", "W53", "W03"]), (8, ["W50"])],
)
def test_the_first_check_in_is_in_the_week_of_the_start_and_then_in_each_nth(
    every: int, weeks: list[str]
) -> None:
    the_record = record(start="2026-12-09", weeks=8, meeting=meeting("wed"), every_weeks=every)
    found = slots(pair(the_record), program())
    assert [str(one.week)[5:] for one in found] == weeks


def test_a_break_does_not_shift_the_rhythm_of_check_ins() -> None:
    the_program = program(breaks=(span("2026-12-21", "2026-12-27"),))
    found = slots(pair(record(start="2026-12-07", weeks=7, every_weeks=2)), the_program)
    assert [(str(one.week)[5:], one.skipped) for one in found] == [
        ("W50", ""),
        ("W52", "program break"),
        ("W01", ""),
        ("W03", ""),
    ]


def test_a_mentorship_is_over_when_the_week_of_its_last_day_has_passed_for_the_mentee() -> None:
    assert not is_over(pair(record()), program(), moment("2027-03-28 21:59"))
    assert is_over(pair(record()), program(), moment("2027-03-28 22:00"))  # midnight in Madrid


@given(pairs(), st.integers(-40, 800), st.integers(0, 23))
def test_the_current_week_is_the_newest_of_all_whose_filing_time_has_come(
    drawn: tuple[Record, Program], offset: int, hour: int
) -> None:
    the_record, the_program = drawn
    mentorship = pair(the_record)
    now = moment(f"{the_record.start} {hour:02d}:00") + timedelta(days=offset)
    weeks = [*weeks_of(mentorship, the_program)][:: mentorship.every_weeks]
    every = [slot(mentorship, week, the_program) for week in weeks]
    come = [one for one in every if one.due <= now]
    # Asked long after the end, no week is near any more; is_over comes first then.
    expected = come[-1] if come else None
    assert current_slot(mentorship, the_program, now) == expected


@given(pairs())
def test_filing_times_never_fall_from_week_to_week(drawn: tuple[Record, Program]) -> None:
    the_record, the_program = drawn
    mentorship = pair(the_record)
    dues = [slot(mentorship, week, the_program).due for week in weeks_of(mentorship, the_program)]
    assert dues == sorted(dues)
    assert all(due.tzinfo is UTC for due in dues)
