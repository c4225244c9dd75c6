"""Calendar feeds (RFC 5545): one for the program, each mentor and each mentorship that is shown.

A meeting is an event of its own in each week, on the clock of its zone. Its UID is made of the
mentorship and the week, so a meeting that moves stays the same event. Its SEQUENCE is how often the
files that it follows from were changed, and one more when people skip it: both only grow, and no
state is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from mentorship_action import __version__
from mentorship_action.domain.calendar import (
    ONE_DAY,
    event_day,
    instant,
    local_day,
    slot,
    weeks_of,
    zone,
)
from mentorship_action.domain.checkpoints import checkpoints_of, checkpoints_of_term
from mentorship_action.domain.program import Term
from mentorship_action.publish.report import ProgramReport, ShownMentorship

PROGRAM_FEED: Final = "calendar/program.ics"
_END: Final = "END:VCALENDAR\r\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedEvent:
    """One event of a feed: at ``begins`` on the clock of its ``zone``, or all of ``day``.

    ``number`` is its SEQUENCE.
    """

    uid: str
    summary: str
    begins: datetime | date
    zone: str = ""
    minutes: int = 0
    number: int = 0
    is_cancelled: bool = False
    url: str = ""


def mentor_feed(login: str) -> str:
    """Return the path of a mentor's feed."""
    return f"calendar/mentors/{login}.ics"


def mentorship_feed(mentorship: str) -> str:
    """Return the path of the feed of a mentorship's id."""
    # A colon is no part of a file name everywhere, and an underscore no part of a login.
    return f"calendar/mentorships/{mentorship.replace(':', '_')}.ics"


def calendar_files(report: ProgramReport) -> dict[str, str]:
    """Return the feeds by their paths below the site's root; equal reports give equal feeds."""
    name = report.program.name
    files = {PROGRAM_FEED: _feed(name, list(_of_terms(report)), report)}
    for one in report.running:
        title = f"{_who(one)}, {name}"
        path = mentorship_feed(one.mentorship.id)
        files[path] = _feed(title, list(_of_mentorship(one, report)), report)
    for mentor in report.mentors:
        theirs = [one for one in report.running if mentor.login in one.mentorship.seat_mentors]
        events = {event.uid: event for one in theirs for event in _of_mentorship(one, report)}
        files[mentor_feed(mentor.login)] = _feed(
            f"{mentor.name or mentor.handle}, {name}", list(events.values()), report
        )
    return files


# ---------------------------------------------------------------------------
# What happens


def _of_mentorship(one: ShownMentorship, report: ProgramReport) -> Iterator[FeedEvent]:
    yield from _meetings(one, report)
    for checkpoint in checkpoints_of(one.mentorship, report.program):
        yield FeedEvent(
            uid=f"checkpoint-{one.mentorship.id}-{checkpoint.slug}",
            summary=f"{checkpoint.name} checkpoint: {_who(one)}",
            begins=local_day(checkpoint.due, one.mentorship.zone),
            number=_revision(one, report),
            url=one.tracker,
        )
    term = report.program.term(one.mentorship.term)
    if term is not None:
        yield from _events(term, report)


def _meetings(one: ShownMentorship, report: ProgramReport) -> Iterator[FeedEvent]:
    """Yield the meeting of each week; those in breaks of the program are none."""
    mentorship, program = one.mentorship, report.program
    if mentorship.meeting is None:
        return
    for week in weeks_of(mentorship, program):
        found = slot(mentorship, week, program)
        if found.meets is None or any(found.meets in span for span in program.breaks):
            continue
        is_skipped = str(week) in one.skipped
        yield FeedEvent(
            uid=f"meeting-{mentorship.id}-{week}",
            summary=f"Mentoring: {_who(one)}",
            begins=datetime.combine(found.meets, mentorship.meeting.time),
            zone=mentorship.zone,
            minutes=mentorship.meeting.minutes,
            number=_revision(one, report) + is_skipped,
            is_cancelled=is_skipped or bool(found.skipped),
            url=one.tracker,
        )


def _revision(one: ShownMentorship, report: ProgramReport) -> int:
    """Return how often the files were changed that say when a mentorship meets."""
    files = (report.program_file, *(record.file for record in one.mentorship.records))
    return sum(report.revisions.get(file, 0) for file in files)


def _of_terms(report: ProgramReport) -> Iterator[FeedEvent]:
    """Yield what the terms have: days of application, first and last, checkpoints, events."""
    for one in report.terms:
        term, number = one.term, report.revisions.get(report.program_file, 0)
        for kind, text, day in (
            ("opens", "applications open", term.applications.first),
            ("closes", "last day to apply", term.applications.last),
            ("starts", "starts", one.days.first),
            ("ends", "last day", one.days.last),
        ):
            yield FeedEvent(
                uid=f"{kind}-{term.id}", summary=f"{term.name}: {text}", begins=day, number=number
            )
        for checkpoint in checkpoints_of_term(term, report.program):
            yield FeedEvent(
                uid=f"checkpoint-{term.id}-{checkpoint.slug}",
                summary=f"{term.name}: {checkpoint.name} checkpoint",
                begins=local_day(checkpoint.due, report.program.zone),
                number=number,
            )
        yield from _events(term, report)


def _events(term: Term, report: ProgramReport) -> Iterator[FeedEvent]:
    for place, event in enumerate(term.events):
        yield FeedEvent(
            uid=f"event-{term.id}-{place}",
            summary=event.name,
            begins=datetime.combine(event_day(event, term.start), event.time),
            zone=event.zone,
            minutes=event.minutes,
            number=report.revisions.get(report.program_file, 0),
            url=event.url,
        )


def _who(one: ShownMentorship) -> str:
    mentees = [f"team {one.team.name}"] if one.team else [record.handle for record in one.mentees]
    leads = [mentor.handle for mentor in one.mentors if mentor.role.takes_seat]
    return " & ".join((*mentees, *leads))


# ---------------------------------------------------------------------------
# As text


def _feed(name: str, events: list[FeedEvent], report: ProgramReport) -> str:
    import icalendar  # noqa: PLC0415 - takes a quarter of a second to import

    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//mentorship-action//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=8), {"value": "DURATION"})
    calendar.add("x-published-ttl", "PT8H")
    # A calendar without any event still needs something in it.
    zones = {event.zone for event in events if event.zone} or {report.program.zone}
    days = [_day(event) for event in events] or [report.day]
    parts = [_zone_text(zone_name, min(days).year, max(days).year) for zone_name in sorted(zones)]
    parts += [_event_text(event, _host(report), report.day) for event in events]
    whole: str = calendar.to_ical().decode()
    return whole.replace(_END, "".join(parts) + _END)


@lru_cache(maxsize=65536)
def _event_text(event: FeedEvent, host: str, day: date) -> str:
    """Return an event as text: many stand in the feed of a mentorship and in a mentor's."""
    import icalendar  # noqa: PLC0415

    made = icalendar.Event()
    made.add("uid", f"{event.uid}@{host}")
    made.add("dtstamp", datetime.combine(day, time(), tzinfo=UTC))
    made.add("sequence", event.number)
    made.add("summary", event.summary)
    if isinstance(event.begins, datetime):
        # Hours pass by the real clock, not by the one on the wall.
        begins = instant(event.begins.date(), event.begins.time(), event.zone)
        ends = begins + timedelta(minutes=event.minutes)
        made.add("dtstart", begins.astimezone(zone(event.zone)))
        made.add("dtend", ends.astimezone(zone(event.zone)))
    else:
        made.add("dtstart", event.begins)
        made.add("dtend", event.begins + ONE_DAY)
        made.add("transp", "TRANSPARENT")
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.url:
        made.add("url", event.url)
    text: str = made.to_ical().decode()
    return text


def _host(report: ProgramReport) -> str:
    return (report.place.repository or "mentorship-action").replace("/", ".").lower()


def _day(event: FeedEvent) -> date:
    return event.begins.date() if isinstance(event.begins, datetime) else event.begins


@lru_cache(maxsize=1024)
def _zone_text(name: str, first: int, last: int) -> str:
    """Return a zone as text, with each change of its clock in the years from one to another.

    The library's own takes the time of a change by the new clock, and the standard wants the old.
    """
    import icalendar  # noqa: PLC0415

    made = icalendar.Timezone()
    made.add("tzid", name)
    for at, before in _changes(name, first, last):
        local = at.astimezone(zone(name))
        kind = icalendar.TimezoneDaylight if local.dst() else icalendar.TimezoneStandard
        part = kind()
        part.add("dtstart", (at + before).replace(tzinfo=None))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", _offset(at, name))
        part.add("tzname", local.tzname() or name)
        made.add_component(part)
    text: str = made.to_ical().decode()
    return text


def _changes(name: str, first: int, last: int) -> Iterator[tuple[datetime, timedelta]]:
    """Yield the moments at which a zone's offset changes, each with the offset before it.

    The first one is the beginning, at which it stays the same.
    """
    day = datetime(first, 1, 1, tzinfo=UTC) - ONE_DAY
    yield day, _offset(day, name)
    while day.year <= last:
        before, after = _offset(day, name), _offset(day + ONE_DAY, name)
        if before != after:
            yield _moment_of_change(day, name), before
        day += ONE_DAY


def _moment_of_change(day: datetime, name: str) -> datetime:
    """Return the first second after ``day`` began at which the offset is another one."""
    before, low, high = _offset(day, name), 0, 24 * 3600
    while high - low > 1:
        middle = (low + high) // 2
        is_before = _offset(day + timedelta(seconds=middle), name) == before
        low, high = (middle, high) if is_before else (low, middle)
    return day + timedelta(seconds=high)


def _offset(at: datetime, name: str) -> timedelta:
    return at.astimezone(zone(name)).utcoffset() or timedelta()
