"""What a command changes in a file: values by their place, or why it can't be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mentorship_action.domain.arguments import Days, MeetingTime, SeatNumber, Weeks, Wrong
from mentorship_action.domain.program import Meeting, Mentor, Program, Span, Weekday
from mentorship_action.domain.record import Record, Status

Changes = Mapping[tuple[str | int, ...], object]
"""New values by their paths in a file, which may lead to a key that isn't there yet."""

COMMAND_TRAILER: Final = "Mentorship-command"
"""What begins the last line of a commit of ours, which follows from a command."""

_MOST_WEEKS: Final = 104
_STATUS_OF: Final = {
    "pause": Status.PAUSED,
    "resume": Status.ACTIVE,
    "finish": Status.COMPLETED,
    "withdraw": Status.WITHDRAWN,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class EditedFile:
    """A file with changes made to it.

    ``before`` and ``content`` are all of it, ``lines`` the whole new lines of what changed, ready
    to paste. ``problem`` says what would be wrong in the file; "" where nothing is.
    """

    file: str
    before: bytes
    content: bytes
    lines: str
    problem: str = ""


def status_changes(word: str, record: Record) -> Changes | Wrong:
    """Return what /pause, /resume, /finish or /withdraw changes in a mentee file."""
    status = _STATUS_OF[word]
    if record.status is status:
        return {}
    if not record.status.holds_seat:
        return Wrong(reason="ended")
    return {("status",): status.value}


def longer(weeks: Weeks, record: Record) -> Changes | Wrong:
    """Return what /extend changes in a mentee file; the weeks of a term are the term's."""
    if record.term:
        return Wrong(reason="term")
    if not record.status.holds_seat:
        return Wrong(reason="ended")
    total = record.weeks + weeks.count
    return {("weeks",): total} if total <= _MOST_WEEKS else Wrong(reason="extend")


def other_cadence(weeks: Weeks, record: Record) -> Changes | Wrong:
    """Return what /every changes in a mentee file; a team has one cadence for all."""
    if record.team:
        return Wrong(reason="team")
    if record.every_weeks == weeks.count:
        return {}
    return {("check_ins", "every_weeks"): weeks.count}


def other_meeting(when: MeetingTime, record: Record, said_on: date) -> Changes | Wrong:
    """Return what /reschedule changes in the file of a mentee who is in no team."""
    local = in_zone(when, record.zone, said_on)
    if isinstance(local, Wrong):
        return local
    return _meeting_changes(("meeting",), local, record.meeting)


def team_meeting(when: MeetingTime, team: str, program: Program, said_on: date) -> Changes | Wrong:
    """Return what /reschedule changes in the program for a team."""
    place, found = places_of_teams(program)[team], program.teams_by_id[team]
    local = in_zone(when, found.zone, said_on)
    if isinstance(local, Wrong):
        return local
    path = ("teams", place, "meeting")
    changes = _meeting_changes(path, local, found.meeting)
    if found.meeting is None:
        meeting = {"day": local.day.value, "time": f"{local.time:%H:%M}", "timezone": found.zone}
        return {path: meeting}
    return changes


def places_of_teams(program: Program) -> Mapping[str, int]:
    """Return the place of each team in the program's list, from 0, by its id."""
    return {team.id: place for place, team in enumerate(program.teams)}


def _meeting_changes(
    path: tuple[str | int, ...], local: MeetingTime, meeting: Meeting | None
) -> Changes:
    if meeting is None:
        return {path: {"day": local.day.value, "time": f"{local.time:%H:%M}"}}
    changes: dict[tuple[str | int, ...], object] = {}
    if meeting.day is not local.day:
        changes[*path, "day"] = local.day.value
    if meeting.time != local.time:
        changes[*path, "time"] = f"{local.time:%H:%M}"
    return changes


def in_zone(when: MeetingTime, zone: str, said_on: date) -> MeetingTime | Wrong:
    """Return a weekly time as it is on the clock of a zone in the week that follows a day.

    Without a zone of its own it is on that clock already.
    """
    if not when.zone or when.zone.lower() == zone.lower():
        return MeetingTime(day=when.day, time=when.time)
    try:
        theirs = ZoneInfo("UTC" if when.zone.upper() in ("UTC", "GMT", "Z") else when.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return Wrong(reason="zone")
    day = said_on + timedelta(days=(when.day.offset - said_on.weekday()) % 7)
    moment = datetime.combine(day, when.time, tzinfo=theirs).astimezone(UTC)
    local = moment.astimezone(ZoneInfo(zone))
    return MeetingTime(day=tuple(Weekday)[local.weekday()], time=local.time())


def more_away(
    days: Days, known: tuple[Span, ...], path: tuple[str | int, ...] = ()
) -> dict[tuple[str | int, ...], object]:
    """Return what /away changes for a person who has told of some absences already.

    ``path`` leads to the person: nowhere in a mentee file, to the mentor in the program.
    """
    if any(span.first <= days.first and days.last <= span.last for span in known):
        return {}
    entry = {"from": days.first, "to": days.last}
    return {(*path, "away", len(known)): entry} if known else {(*path, "away"): [entry]}


def mentor_path(login: str, program: Program) -> tuple[str | int, ...] | Wrong:
    """Return the path to a mentor in the program."""
    for place, mentor in enumerate(program.mentors):
        if mentor.login == login:
            return ("mentors", place)
    return Wrong(reason="no-mentor")


def mentor_seats(seats: SeatNumber, mentor: Mentor, program: Program) -> Changes:
    """Return what /seats changes in the program for one of its mentors."""
    path = ("mentors", program.mentors.index(mentor), "capacity")
    return {} if mentor.capacity == seats.count else {path: seats.count}
