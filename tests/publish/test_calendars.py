"""Calendar feeds, read back by another library and held against the zones of this machine."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import ics
import pytest
from dateutil.tz import tzical

from mentorship_action.domain.program import FINAL, Checkpoint, MentorRole, NamedMentor, Team
from mentorship_action.domain.record import Status
from mentorship_action.publish.calendars import calendar_files
from mentorship_action.usecases.report import write_site
from tests.builders import meeting, mentor, moment, program, record, span
from tests.publish.reports import PROGRAM, RUNNING, report_of
from tests.terms import CALL, SPRING, cohorts, member

MET = replace(RUNNING, meeting=meeting("tue", "17:00", 45))
FEED = "calendar/mentorships/octocat.ics"
# Both hemispheres, a half hour, clocks that change at midnight, and none at all.
ZONES = (
    "Europe/Madrid",
    "America/St_Johns",
    "America/Santiago",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kolkata",
)


def feeds(*records: Any, **changes: Any) -> dict[str, str]:
    return calendar_files(report_of(*records, **changes))


def events(feed: str) -> list[ics.Event]:
    """Return the events of a feed in order, as another library reads them."""
    return sorted(ics.Calendar(feed).events)


def meetings(feed: str) -> list[ics.Event]:
    return [one for one in events(feed) if one.name.startswith("Mentoring: ")]


def values(feed: str, name: str) -> list[str]:
    return re.findall(rf"^{name}[:;](.*?)\r$", feed.replace("\r\n ", ""), re.MULTILINE)


@pytest.mark.parametrize("zone", ZONES)
def test_meetings_keep_their_local_time_through_every_change_of_clocks(zone: str) -> None:
    year_long = replace(MET, zone=zone, weeks=52)
    met = meetings(feeds(year_long)[FEED])
    assert len(met) == 52
    local = [one.begin.datetime.astimezone(ZoneInfo(zone)) for one in met]
    assert {one.time() for one in local} == {time(17, 0)}
    assert {one.weekday() for one in local} == {1}
    assert {one.duration for one in met} == {timedelta(minutes=45)}


@pytest.mark.parametrize("zone", ZONES)
def test_the_zone_in_the_feed_is_the_zone(zone: str) -> None:
    """Whoever knows no zones by name gets the same moments, right before and after changes too."""
    feed = feeds(replace(MET, zone=zone, weeks=52))[FEED]
    told, known = tzical(StringIO(feed)).get(zone), ZoneInfo(zone)
    for hour in range(365 * 24):
        at = datetime(2026, 12, 7, tzinfo=UTC) + timedelta(hours=hour)
        assert at.astimezone(told).utcoffset() == at.astimezone(known).utcoffset(), at


def test_breaks_are_left_out_and_time_away_is_cancelled() -> None:
    known = replace(PROGRAM, breaks=(span("2026-12-24", "2027-01-03"),))
    away = replace(MET, away=(span("2027-02-01", "2027-02-07"),))
    feed = feeds(away, program=known)[FEED]
    days = {one.begin.date().isoformat(): one.status for one in meetings(feed)}
    assert "2026-12-29" not in days
    assert days["2027-02-02"] == "CANCELLED"
    assert set(days.values()) == {"CONFIRMED", "CANCELLED"}
    assert [status for status in days.values() if status == "CANCELLED"] == ["CANCELLED"]


def test_a_skipped_meeting_is_the_same_event_cancelled_with_a_higher_number() -> None:
    planned = {one.uid: one for one in events(feeds(MET)[FEED])}
    feed = feeds(MET, skipped={"octocat": frozenset({"2026-W52"})})[FEED]
    now = {one.uid: one for one in events(feed)}
    assert set(now) == set(planned)
    (skipped,) = [one for one in now.values() if one.status == "CANCELLED"]
    assert skipped.uid == "meeting-octocat-2026-W52@octo-org.mentoring"
    assert planned[skipped.uid].status == "CONFIRMED"
    numbers = dict(zip(values(feed, "UID"), values(feed, "SEQUENCE"), strict=True))
    assert numbers.pop(skipped.uid) == "1"
    assert set(numbers.values()) == {"0"}


def test_a_meeting_that_moves_stays_the_same_event_with_a_higher_number() -> None:
    known = {"program_file": "program.yml"}
    before = feeds(MET, **known, revisions={MET.file: 2, "program.yml": 5})[FEED]
    moved = replace(MET, meeting=meeting("thu", "18:00"))
    after = feeds(moved, **known, revisions={MET.file: 3, "program.yml": 5})[FEED]
    assert values(before, "UID") == values(after, "UID")
    assert set(values(before, "SEQUENCE")) == {"7"}
    assert set(values(after, "SEQUENCE")) == {"8"}


def test_checkpoints_are_days_of_the_calendar() -> None:
    known = replace(PROGRAM, checkpoints=(Checkpoint(name="Mid-term", week="middle"), FINAL))
    days = {
        one.name: one.begin.date().isoformat()
        for one in events(feeds(MET, program=known)[FEED])
        if one.all_day
    }
    # The last day is a Sunday, and nobody is asked at a weekend.
    assert days == {
        "Mid-term checkpoint: octocat & ssbarnea": "2027-01-29",
        "Final checkpoint: octocat & ssbarnea": "2027-03-26",
    }


def test_the_program_has_the_days_of_its_terms_and_what_all_do() -> None:
    feed = feeds(program=cohorts(), now=moment("2027-01-20 09:00"))["calendar/program.ics"]
    found = {one.name: one for one in events(feed)}
    call = found[CALL.name]
    assert call.begin.datetime.astimezone(ZoneInfo(CALL.zone)).isoformat() == (
        "2027-02-24T01:30:00+05:30"
    )
    assert call.url == CALL.url
    opens = found["Spring 2027: applications open"]
    assert (opens.all_day, opens.begin.date()) == (True, SPRING.applications.first)
    assert "Autumn 2027: last day to apply" in found
    assert found["Spring 2027: Final checkpoint"].begin.date().isoformat() == "2027-05-07"


def test_a_mentorship_of_a_term_has_what_the_term_does() -> None:
    one = member(SPRING, meeting=meeting("tue", "17:00"))
    feed = feeds(one, program=cohorts(), now=moment("2027-03-01 09:00"))
    names = {found.name for found in events(feed["calendar/mentorships/spring/octocat.ics"])}
    assert names == {
        "Mentoring: octocat & ssbarnea",
        "Final checkpoint: octocat & ssbarnea",
        CALL.name,
    }


def test_a_mentor_has_the_meetings_of_all_their_mentorships_and_a_backup_has_none() -> None:
    backup = NamedMentor(login="ganeshrn", handle="ganeshrn", role=MentorRole.BACKUP)
    other = replace(MET, login="hubot", handle="hubot", file="mentees/hubot.yml", others=(backup,))
    found = feeds(MET, other)
    names = {one.name for one in meetings(found["calendar/mentors/ssbarnea.ics"])}
    assert names == {"Mentoring: octocat & ssbarnea", "Mentoring: hubot & ssbarnea"}
    assert events(found["calendar/mentors/ganeshrn.ics"]) == []


def test_a_team_has_one_feed_that_names_the_team() -> None:
    team = Team(
        id="blue",
        name="Blue",
        size=3,
        zone="Europe/Berlin",
        meeting=meeting("wed", "18:00", 60),
        mentors=(NamedMentor(login="ssbarnea", handle="ssbarnea"),),
    )
    known = replace(PROGRAM, teams=(team,))
    crew = [
        record(login, team="blue", public=login != "secret", file=f"mentees/{login}.yml")
        for login in ("octocat", "hubot", "secret")
    ]
    found = feeds(*crew, program=known)
    (path,) = [path for path in found if path.startswith("calendar/mentorships/")]
    assert path == "calendar/mentorships/team_blue.ics"
    assert {one.name for one in meetings(found[path])} == {"Mentoring: team Blue & ssbarnea"}
    assert "secret" not in "".join(found.values())


@pytest.mark.parametrize(
    "changes",
    [
        {"public": False},
        {"status": Status.PAUSED},
        {"status": Status.WITHDRAWN},
        {"mentor": "full-up", "mentor_handle": "Full-Up"},
    ],
)
def test_who_is_not_shown_has_no_feed_and_is_in_none(changes: dict[str, Any]) -> None:
    hidden = replace(MET, **changes)
    found = feeds(hidden)
    assert FEED not in found
    assert "octocat" not in "".join(found.values())


def test_a_feed_of_somebody_who_is_not_shown_any_more_is_deleted(tmp_path: Path) -> None:
    write_site(feeds(MET), tmp_path)
    assert (tmp_path / FEED).exists()
    write_site(feeds(replace(MET, public=False)), tmp_path)
    assert not (tmp_path / FEED).exists()
    assert (tmp_path / "calendar/mentors/ssbarnea.ics").exists()


def test_lines_are_folded_by_bytes_and_end_as_the_standard_says() -> None:
    long = program(
        name="Ünïcödé, program; of \\ many words " * 3, mentors=(mentor(name="ö" * 100),)
    )
    for feed in feeds(MET, program=long).values():
        data = feed.encode()
        assert data.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, data.split(b"\r\n"))) <= 75
        assert ics.Calendar(feed) is not None


def test_every_feed_has_something_in_it_and_no_event_twice() -> None:
    for feed in feeds(MET).values():
        assert "BEGIN:VTIMEZONE" in feed
        ids = values(feed, "UID")
        assert len(ids) == len(set(ids))
