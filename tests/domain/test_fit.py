"""The hours that two people share, and who fits whom."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.calendar import Week
from mentorship_action.domain.capacity import allot
from mentorship_action.domain.fit import Fit, fit, rank, shared_hours
from mentorship_action.domain.program import Program, Weekday, Window
from mentorship_action.domain.record import Record
from tests.builders import mentor, program, record, span

WINTER = Week.of(date(2026, 12, 7))
EVERY_DAY = "mon tue wed thu fri sat sun"


def window(days: str, opens: str, closes: str) -> Window:
    return Window(
        days=tuple(Weekday(day) for day in days.split()),
        opens=_minutes(opens),
        closes=_minutes(closes),
    )


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def shared(
    theirs: Sequence[Window],
    their_zone: str,
    ours: Sequence[Window],
    our_zone: str,
    week: Week = WINTER,
) -> int:
    people = ((our_zone, tuple(ours)), (their_zone, tuple(theirs)))
    return shared_hours(people, week.monday, week.sunday)[0].minutes


def test_the_same_hours_in_the_same_zone_are_shared_whole() -> None:
    hours = [window("mon wed", "09:00", "12:30")]
    assert shared(hours, "Europe/Madrid", hours, "Europe/Madrid") == 2 * 210


def test_different_days_or_hours_share_nothing() -> None:
    ours = [window("mon", "09:00", "12:00")]
    for theirs in (window("tue", "09:00", "12:00"), window("mon", "12:00", "15:00")):
        assert shared([theirs], "Etc/UTC", ours, "Etc/UTC") == 0


def test_hours_are_compared_by_the_moment_and_not_by_the_clock() -> None:
    # 17:00 in Madrid is 16:00 in London.
    theirs, ours = window("tue", "09:00", "17:00"), window("tue", "17:00", "20:00")
    assert shared([theirs], "Europe/London", [ours], "Europe/Madrid") == 60


def test_zones_of_half_an_hour_and_of_a_quarter_count_to_the_minute() -> None:
    day = [window("mon", "09:00", "17:00")]
    assert shared(day, "Etc/UTC", day, "Asia/Kolkata") == 150
    assert shared(day, "Etc/UTC", day, "Asia/Kathmandu") == 135


def test_a_monday_here_that_is_a_sunday_there_is_shared_from_both_sides() -> None:
    # Monday 00:00 in Kolkata is Sunday 18:30 in London, of the week before by its calendar.
    early, evening = window("mon", "00:00", "04:00"), window("sun", "18:00", "24:00")
    assert shared([evening], "Europe/London", [early], "Asia/Kolkata") == 240
    assert shared([early], "Asia/Kolkata", [evening], "Europe/London") == 240


def test_calendars_lie_at_most_two_days_apart() -> None:
    # UTC+14 and UTC-12: Tuesday 00:00 there is Sunday 22:00 here.
    theirs, ours = window("tue", "00:00", "02:00"), window("sun", "22:00", "24:00")
    assert shared([theirs], "Pacific/Kiritimati", [ours], "Etc/GMT+12") == 120


def test_24_00_is_the_end_of_the_day_and_joins_the_next_morning() -> None:
    night = [window("mon", "22:00", "24:00"), window("tue", "00:00", "02:00")]
    assert shared(night, "Etc/UTC", night, "Etc/UTC") == 240
    # 01:30 on Tuesday in Madrid is 00:30 on Tuesday in UTC.
    across = [window("tue", "00:00", "03:00")]
    assert shared(night, "Etc/UTC", across, "Europe/Madrid") == 180


def test_overlapping_and_touching_windows_count_once() -> None:
    theirs = [window("mon", "09:00", "12:00"), window("mon", "11:00", "13:00")]
    ours = [window("mon", "10:00", "12:00"), window("mon tue", "12:00", "14:00")]
    assert shared(theirs, "Etc/UTC", ours, "Etc/UTC") == 180


# Whole mentorships: the changes of clocks ahead.


def fits(theirs: Window, their_zone: str, ours: Window, our_zone: str, **changes: Any) -> Fit:
    one = mentor(hours=(theirs,), zone=their_zone)
    the_program = program(mentors=(one,))
    mine = record(availability=(ours,), zone=our_zone, **changes)
    return fit(one, mine, the_program, allot(the_program, (), on=mine.start))


def stretches(found: Fit) -> list[tuple[str, int]]:
    assert found.shared is not None
    return [(one.since.isoformat(), one.minutes) for one in found.shared]


def test_where_no_clock_changes_there_is_one_number_from_the_start_on() -> None:
    day = window("mon tue", "09:00", "17:00")
    found = fits(day, "Asia/Kolkata", day, "Asia/Tokyo", start="2026-12-09", weeks=52)
    assert stretches(found) == [("2026-12-09", 2 * 270)]


def test_clocks_that_change_together_change_nothing() -> None:
    day = window("mon tue", "09:00", "17:00")
    found = fits(day, "Europe/London", day, "Europe/Madrid", weeks=52)
    assert stretches(found) == [("2026-12-07", 2 * 420)]


def test_every_change_of_clocks_ahead_is_told_and_the_least_counts() -> None:
    # New York changes on 14 March, London on 28 March. Back they go within eight days of each
    # other; that one week is left out.
    day = window("mon", "09:00", "17:00")
    found = fits(day, "Europe/London", day, "America/New_York", start="2027-03-01", weeks=40)
    assert stretches(found) == [
        ("2027-03-01", 180),
        ("2027-03-15", 240),
        ("2027-03-29", 180),
    ]
    assert found.least_minutes == 180


def test_the_week_in_which_the_clocks_change_midway_is_no_stretch_of_its_own() -> None:
    # Europe's Sunday changes a day before Monday does, so that one week is neither.
    day = window("sat sun", "09:00", "17:00")
    found = fits(day, "Europe/London", day, "Asia/Kolkata", start="2027-03-01", weeks=12)
    assert stretches(found) == [("2027-03-01", 300), ("2027-03-29", 420)]


def test_who_names_no_hours_shares_an_unknown_number_of_them() -> None:
    free = mentor(hours=())
    the_program = program(mentors=(free,))
    found = fit(free, record(), the_program, allot(the_program, (), on=date(2026, 12, 7)))
    assert (found.shared, found.least_minutes) == (None, 0)


# Ranking.


def ranked(the_program: Program, mine: Record, *others: Record) -> list[str]:
    seats = allot(the_program, others, on=mine.start)
    return [one.mentor.login for one in rank(mine, the_program, seats)]


MONDAY = window("mon", "09:00", "17:00")


def test_presence_goes_before_focus_before_hours_before_seats_before_the_files_order() -> None:
    the_program = program(
        mentors=(
            mentor("plain"),
            mentor("roomy", capacity=5),
            mentor("timely", hours=(MONDAY,)),
            mentor("alike", focus=("linting",)),
            mentor(
                "gone",
                focus=("linting",),
                hours=(MONDAY,),
                away=(span("2026-12-01", "2026-12-31"),),
            ),
            mentor("late"),
        )
    )
    mine = record(availability=(MONDAY,), zone="Europe/London")
    assert ranked(the_program, mine) == ["alike", "timely", "roomy", "plain", "late", "gone"]


def test_who_is_full_takes_none_or_is_the_mentee_is_not_ranked() -> None:
    the_program = program(
        mentors=(mentor("full", capacity=1), mentor("none", capacity=0), mentor("octocat"))
    )
    assert ranked(the_program, record(), record("bob", mentor="full")) == []


def test_away_counts_on_the_day_of_the_start() -> None:
    before = mentor("before", away=(span("2026-11-01", "2026-12-06"),))
    the_program = program(mentors=(before,))
    seats = allot(the_program, (), on=date(2026, 12, 7))
    assert not fit(before, record(), the_program, seats).away
    assert fit(before, record(start="2026-12-06"), the_program, seats).away


# Properties.

windows = st.builds(
    lambda days, opens, length: Window(
        days=tuple(days), opens=opens * 15, closes=min(1440, (opens + length) * 15)
    ),
    st.lists(st.sampled_from(Weekday), min_size=1, max_size=7, unique=True),
    st.integers(0, 95),
    st.integers(1, 96),
)
hours = st.lists(windows, min_size=1, max_size=5)
zones = st.sampled_from(
    "Europe/Madrid America/New_York Asia/Kolkata Asia/Kathmandu Pacific/Kiritimati "
    "Pacific/Pago_Pago Australia/Lord_Howe Africa/Casablanca Etc/UTC".split()
)
weeks = st.integers(0, 110).map(
    lambda n: Week.of(date.fromordinal(date(2026, 1, 5).toordinal() + 7 * n))
)
ALWAYS = [window(EVERY_DAY, "00:00", "24:00")]


@given(hours, hours, st.integers(-12, 12), st.integers(-12, 12))
def test_shifting_both_zones_alike_changes_nothing(
    theirs: list[Window], ours: list[Window], apart: int, shift: int
) -> None:
    def fixed(offset: int) -> str:
        return f"Etc/GMT{offset:+d}"

    moved = max(-12, min(12, shift)), max(-12, min(12, shift + apart))
    still = 0, moved[1] - moved[0]
    if -12 <= still[1] <= 12:
        assert shared(theirs, fixed(moved[0]), ours, fixed(moved[1])) == shared(
            theirs, fixed(0), ours, fixed(still[1])
        )


@given(hours, zones, hours, zones)
def test_in_weeks_like_any_other_it_does_not_matter_who_is_asked_first(
    theirs: list[Window], their_zone: str, ours: list[Window], our_zone: str
) -> None:
    # No clock changes in mid-December, so that every week around is like this one.
    assert shared(theirs, their_zone, ours, our_zone) == shared(ours, our_zone, theirs, their_zone)


@given(hours, zones, hours, zones, weeks)
def test_nobody_shares_more_than_they_have(
    theirs: list[Window], their_zone: str, ours: list[Window], our_zone: str, week: Week
) -> None:
    both = shared(theirs, their_zone, ours, our_zone, week)
    assert 0 <= both <= shared(ALWAYS, their_zone, ours, our_zone, week)
    assert shared(ALWAYS, their_zone, ours, our_zone, week) == shared(
        ALWAYS, "Etc/UTC", ours, our_zone, week
    )


@given(hours, zones, zones)
def test_nobody_shares_more_than_the_other_has(
    theirs: list[Window], their_zone: str, our_zone: str
) -> None:
    own = shared(theirs, their_zone, ALWAYS, their_zone)
    assert shared(theirs, their_zone, ALWAYS, our_zone) == own


@given(hours, zones, hours, zones, weeks, st.randoms())
def test_the_order_of_windows_does_not_matter(
    theirs: list[Window],
    their_zone: str,
    ours: list[Window],
    our_zone: str,
    week: Week,
    chance: Random,
) -> None:
    before = shared(theirs, their_zone, ours, our_zone, week)
    shuffled = chance.sample(theirs, len(theirs)), chance.sample(ours, len(ours))
    assert shared(shuffled[0], their_zone, shuffled[1], our_zone, week) == before
