"""Times for a team's meeting: what suits everybody, and who could open one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.meetings import Attendee, CommonTimes, WeekTime, common_times
from mentorship_action.domain.program import Weekday, Window
from tests.domain.test_fit import window, zones
from tests.drawing import draws

FIRST, LAST = date(2027, 2, 15), date(2027, 5, 9)  # New York changes on 14 March, Europe on 28


def somebody(login: str, zone: str, *hours: Window) -> Attendee:
    return Attendee(login=login, role="mentee", zone=zone, hours=hours)


def found(*people: Attendee, minutes: int = 60, zone: str = "Europe/Berlin") -> CommonTimes:
    return common_times(people, minutes=minutes, zone=zone, first=FIRST, last=LAST)


def spoken(at: WeekTime) -> str:
    return f"{at.day} {at.time:%H:%M}"


def ranges(times: CommonTimes) -> list[tuple[str, str]]:
    return [(spoken(one.first), spoken(one.last)) for one in times.times]


BERLIN = somebody("berlin", "Europe/Berlin", window("tue", "15:00", "19:00"))
NEW_YORK = somebody("york", "America/New_York", window("tue", "11:00", "14:00"))


def test_a_time_suits_everybody_in_every_part_of_the_season() -> None:
    # For two weeks in March New York is an hour nearer: 17:00 is 11:00, then 12:00, then 11:00.
    times = found(BERLIN, NEW_YORK)
    assert [part.stretch.since.isoformat() for part in times.parts] == [
        "2027-02-15",
        "2027-03-15",
        "2027-03-29",
    ]
    assert ranges(times) == [("tue 17:00", "tue 18:00")]
    assert [
        ranges_of[0].first.minute - times.times[0].first.minute
        for ranges_of in (part.times for part in times.parts)
    ] == [0, -60, 0]


def test_a_meeting_lies_in_no_gap() -> None:
    gap = (window("wed", "10:00", "10:20"), window("wed", "10:25", "11:30"))
    times = found(somebody("one", "Europe/Berlin", *gap), minutes=45)
    assert ranges(times) == [("wed 10:30", "wed 10:45")]


def test_the_clock_of_the_team_decides_what_moves() -> None:
    times = found(BERLIN, NEW_YORK, zone="America/New_York")
    assert ranges(times) == [("tue 11:00", "tue 12:00")]
    assert [spoken(at) for _, at in times.local(times.times[0].best, times.parts[1].stretch)] == [
        "tue 16:00",
        "tue 11:00",
    ]


def test_the_kinder_hour_and_then_the_longer_window_comes_first() -> None:
    night = window("mon", "05:00", "09:00")
    short, long = window("wed", "10:00", "11:15"), window("fri", "10:00", "12:00")
    times = found(somebody("one", "Europe/Berlin", night, short, long))
    assert ranges(times) == [
        ("fri 10:00", "fri 11:00"),
        ("wed 10:00", "wed 10:15"),
        ("mon 05:00", "mon 08:00"),
    ]
    assert spoken(times.times[2].best) == "mon 08:00"


def test_hours_from_sunday_into_monday_are_one() -> None:
    late = somebody(
        "one", "Europe/Berlin", window("sun", "23:00", "24:00"), window("mon", "00:00", "01:00")
    )
    assert ranges(found(late)) == [("sun 23:00", "mon 00:00")]


def test_a_time_that_lacks_one_person_says_what_they_would_have_to_add_and_when() -> None:
    strict = somebody("york", "America/New_York", window("tue", "11:00", "12:00"))
    near = found(BERLIN, strict).near[0]
    assert (near.login, near.minutes, spoken(near.at)) == ("york", 30, "tue 16:30")
    at_five = found(somebody("berlin", "Europe/Berlin", window("tue", "17:00", "18:00")), strict)
    best = next(one for one in at_five.near if one.login == "york")
    assert [
        (one.since.isoformat(), one.last.isoformat(), spoken(one.begins), spoken(one.ends))
        for one in best.lacks
    ] == [("2027-03-15", "2027-03-28", "tue 12:00", "tue 13:00")]


def test_where_nothing_lacks_one_alone_the_fewest_are_named() -> None:
    people = [
        somebody(day, "Europe/Berlin", window(day, "10:00", "11:00"))
        for day in ("mon", "tue", "wed")
    ]
    times = found(*people)
    assert (times.times, times.near) == ((), ())
    assert len(times.fewest) == 2


def test_who_names_no_hours_is_left_out_of_the_question() -> None:
    times = found(BERLIN, somebody("quiet", "Asia/Tokyo"))
    assert ranges(times) == [("tue 15:00", "tue 18:00")]
    assert [one.login for one in times.known] == ["berlin"]
    nobody = found(somebody("quiet", "Asia/Tokyo"))
    assert (nobody.times, nobody.near, nobody.fewest) == ((), (), ())


def test_a_meeting_is_told_whom_it_does_not_always_suit() -> None:
    times = found(BERLIN, NEW_YORK)
    assert times.unsuited(WeekTime(minute=24 * 60 + 17 * 60)) == ()
    assert times.unsuited(WeekTime(minute=24 * 60 + 16 * 60)) == ("york",)
    assert times.unsuited(WeekTime(minute=12 * 60)) == ("berlin", "york")


quarters = st.builds(
    lambda days, opens, length: Window(
        days=tuple(days), opens=opens * 15, closes=min(1440, (opens + length) * 15)
    ),
    st.lists(st.sampled_from(Weekday), min_size=1, max_size=5, unique=True),
    st.integers(0, 95),
    st.integers(4, 70),
)
people = st.lists(
    st.builds(
        lambda zone, hours: (zone, tuple(hours)), zones, st.lists(quarters, min_size=1, max_size=3)
    ),
    min_size=1,
    max_size=4,
)


@draws(60)
@given(people, st.integers(1, 6), zones)
def test_what_is_found_is_what_the_calendar_says(
    drawn: list[tuple[str, tuple[Window, ...]]], quarters_long: int, zone: str
) -> None:
    """Each start is tried in a week of each part, minute by minute on everybody's own clock."""
    attendees = [somebody(f"p{n}", where, *hours) for n, (where, hours) in enumerate(drawn)]
    times = found(*attendees, minutes=quarters_long * 15, zone=zone)
    mondays = [part.stretch.since for part in times.parts]
    expected = {
        start
        for start in range(0, 7 * 1440, 15)
        if all(
            is_there(one, day, zone, start, quarters_long) for day in mondays for one in attendees
        )
    }
    assert set(starts_of(times)) == expected


def is_there(one: Attendee, monday: date, zone: str, start: int, quarters_long: int) -> bool:
    return all(
        _covers(one, monday, zone, (start + 15 * n) % (7 * 1440)) for n in range(quarters_long)
    )


def _covers(one: Attendee, monday: date, zone: str, minute: int) -> bool:
    # Tuesday noon of the week stands for all of it: no clock changes in the weeks of a part.
    noon = datetime.combine(monday + timedelta(days=1), time(12), tzinfo=ZoneInfo(zone))
    at = noon.astimezone(UTC) + timedelta(minutes=minute - 36 * 60)
    shift = noon.astimezone(ZoneInfo(one.zone)).utcoffset()
    assert shift is not None
    local = at + shift
    return any(
        list(Weekday)[local.weekday()] in window.days
        and window.opens <= local.hour * 60 + local.minute < window.closes
        for window in one.hours
    )


def starts_of(times: CommonTimes) -> Iterator[int]:
    for one in times.times:
        start = one.first
        yield start.minute
        while start != one.last:
            start = start.plus(15)
            yield start.minute
