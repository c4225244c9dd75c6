"""What stands behind a command is read as people write it, or one reason says what is wrong."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.arguments import (
    Boxes,
    Days,
    MeetingTime,
    NoArguments,
    Person,
    Weeks,
    Wrong,
    read_arguments,
    split_person,
)
from mentorship_action.domain.commands import COMMANDS, GivenCommand
from mentorship_action.domain.program import Weekday

SAID_ON = date(2026, 12, 21)


def read(text: str) -> object:
    word, _, rest = text.removeprefix("/").partition(" ")
    return read_arguments(GivenCommand(word=word, arguments=rest.strip()), SAID_ON)


def days(first: str, last: str) -> Days:
    return Days(first=date.fromisoformat(first), last=date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/away 2026-12-24 2027-01-06", days("2026-12-24", "2027-01-06")),
        ("/away 2026-12-24 to 2027-01-06", days("2026-12-24", "2027-01-06")),
        ("/away 2026-12-24, 2027-01-06.", days("2026-12-24", "2027-01-06")),
        ("/away 2026-12-24 \u2013 2027-01-06", days("2026-12-24", "2027-01-06")),
        ("/away 24 Dec to 6 January", days("2026-12-24", "2027-01-06")),
        ("/away Dec 24th until Jan 6 2027", days("2026-12-24", "2027-01-06")),
        ("/away 24 December 2026 - 6 January 2027", days("2026-12-24", "2027-01-06")),
        ("/away 3 Mar 5 Mar", days("2027-03-03", "2027-03-05")),
        ("/away today tomorrow", days("2026-12-21", "2026-12-22")),
        ("/away 2026-12-24", days("2026-12-24", "2026-12-24")),
    ],
)
def test_days_are_read_in_iso_and_plain_forms(text: str, expected: Days) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("/away", "days"),
        ("/away next week", "days"),
        ("/away 2026-13-01 2026-13-02", "days"),
        ("/away 30 Feb 2 Mar", "days"),
        ("/away 2026-12-24 2027-01-06 2027-02-01", "days"),
        ("/away 12/24 01/06", "days"),
        ("/away 2027-01-06 2026-12-24", "order"),
        ("/away 2027-01-06 2037-01-06", "long"),
        ("/extend", "extend"),
        ("/extend 0", "extend"),
        ("/extend -2", "extend"),
        ("/extend 53", "extend"),
        ("/extend two weeks", "extend"),
        ("/extend 1\u0662", "extend"),
        ("/every 9", "every"),
        ("/every week", "every"),
        ("/reschedule", "meeting"),
        ("/reschedule thursday", "meeting"),
        ("/reschedule thu 25:00", "meeting"),
        ("/reschedule thu 13pm", "meeting"),
        ("/reschedule someday 18:00", "meeting"),
        ("/reschedule t 18:00", "meeting"),
        ("/reschedule thu 18", "meeting"),
        ("/reschedule thu 18:00 in the evening", "meeting"),
        ("/done", "boxes"),
        ("/done all", "boxes"),
        ("/done 1 9999", "boxes"),
    ],
)
def test_what_can_not_be_read_has_one_reason(text: str, reason: str) -> None:
    assert read(text) == Wrong(reason=reason)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/extend 2", Weeks(count=2)),
        ("/extend +4 weeks", Weeks(count=4)),
        ("/every 2 weeks", Weeks(count=2)),
        ("/reschedule thu 18:00", MeetingTime(day=Weekday.THU, time=time(18))),
        ("/reschedule Thursdays at 6:30pm", MeetingTime(day=Weekday.THU, time=time(18, 30))),
        ("/reschedule Tue 12am", MeetingTime(day=Weekday.TUE, time=time(0))),
        ("/reschedule mon 9h", MeetingTime(day=Weekday.MON, time=time(9))),
        (
            "/reschedule fri 8:15 Asia/Kolkata",
            MeetingTime(day=Weekday.FRI, time=time(8, 15), zone="Asia/Kolkata"),
        ),
        ("/done 1 3", Boxes(numbers=(1, 3))),
        ("/done 3, 1 and #3", Boxes(numbers=(3, 1))),
        ("/handover @Linus, please", Person(login="linus")),
        ("/handover", Person()),
        ("/met We talked about tests", NoArguments()),
        ("/pause 2 weeks", NoArguments()),
    ],
)
def test_arguments_become_typed_values(text: str, expected: object) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "rest", "login"),
    [
        ("/away 1 May 2 May @Octocat", "1 May 2 May", "octocat"),
        ("/pause for @octocat.", "", "octocat"),
        ("/pause", "", ""),
        ("/pause ada@example.org", "ada@example.org", ""),
        ("/pause @-", "@-", ""),
    ],
)
def test_the_person_at_the_end_is_told_apart(text: str, rest: str, login: str) -> None:
    word, _, arguments = text.removeprefix("/").partition(" ")
    given, named = split_person(GivenCommand(word=word, arguments=arguments))
    assert (given.arguments, named) == (rest, login)


@given(
    st.sampled_from(sorted(COMMANDS)),
    st.lists(
        st.sampled_from(
            [*"0123456789 -:/@#,.", "2026-12-01", " to ", "dec", "thu", "18:00", "Europe/Madrid"]
        )
        | st.text(max_size=3),
        max_size=12,
    ).map("".join),
)
def test_no_arguments_break_the_reading(word: str, rest: str) -> None:
    given_one, _ = split_person(GivenCommand(word=word, arguments=rest))
    assert read_arguments(given_one, date(9999, 12, 31)) is not None
