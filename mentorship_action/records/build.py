"""From checked data to the domain's values; nothing here can fail on data that was checked."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, Final

from mentorship_action.domain.mentee_files import term_folder
from mentorship_action.domain.program import (
    CheckIns,
    Checkpoint,
    CommandWay,
    Labels,
    Limits,
    Link,
    Meeting,
    Mentor,
    MentorRole,
    Minimum,
    NamedMentor,
    Program,
    Span,
    Team,
    Term,
    TermEvent,
    Weekday,
    Window,
)
from mentorship_action.domain.record import Chat, Record, Status

Data = Mapping[str, Any]

_DAYS: Final = {day.value: day for day in Weekday}
_STATUSES: Final = {status.value: status for status in Status}


def minutes_of(clock: str) -> int:
    """Return the minutes after midnight that ``17:30`` stands for."""
    return int(clock[:2]) * 60 + int(clock[3:])


def to_record(file: str, data: Data, program: Program) -> Record:
    """Return the record that checked data describes."""
    meeting, term = data.get("meeting"), program.term(term_folder(file))
    team = program.team(data.get("team", ""))
    lead, *others = team.mentors if team else to_mentors(data)
    every_weeks = 0 if team else data.get("check_ins", {}).get("every_weeks", 0)
    return Record(
        login=data["github"].lower(),
        handle=data["github"],
        mentor=lead.login,
        mentor_handle=lead.handle,
        others=tuple(others),
        status=_STATUSES[data.get("status", "active")],
        term=term.id if term else "",
        team=team.id if team else "",
        every_weeks=int(every_weeks or program.check_ins.every_weeks),
        start=term.start if term else date.fromisoformat(data["start"]),
        weeks=term.weeks if term else int(data.get("weeks", program.weeks)),
        hours_per_week=int(data["hours_per_week"]),
        zone=data["timezone"],
        goals=tuple([goal.strip() for goal in data["goals"]]),
        focus=tuple(data["focus"]),
        chat=Chat(network=data["chat"]["network"], handle=data["chat"]["handle"].strip()),
        name=data.get("name", "").strip(),
        meeting=_to_meeting(meeting, program.meeting_minutes) if meeting and not team else None,
        availability=_to_windows(data.get("availability", ())),
        away=to_spans(data.get("away", ())),
        links=tuple(data.get("links", ())),
        public=data.get("public", True),
        file=file,
    )


def to_mentors(data: Data) -> list[NamedMentor]:
    """Return the mentors that checked data names, the lead first, then as in the file."""
    if "mentor" in data:
        return [NamedMentor(login=data["mentor"].lower(), handle=data["mentor"])]
    named = [
        NamedMentor(login=one["github"].lower(), handle=one["github"], role=MentorRole(one["role"]))
        for one in data.get("mentors", ())
    ]
    return sorted(named, key=lambda one: one.role is not MentorRole.LEAD)


def to_program(data: Data) -> Program:
    """Return the program that checked data describes; what is left out has its default."""
    about, labels = data["program"], data.get("labels", {})
    zone = about.get("timezone", Program.zone)
    minutes = int(about.get("meeting_minutes", Program.meeting_minutes))
    checkpoints = _to_checkpoints(data, Program.checkpoints)
    return Program(
        name=about["name"].strip(),
        zone=zone,
        code_of_conduct=about.get("code_of_conduct", ""),
        chat=about.get("chat", ""),
        discussion=about.get("discussion", ""),
        channel=about.get("channel", "").strip(),
        links=tuple(
            Link(name=link["name"].strip(), url=link["url"]) for link in about.get("links", ())
        ),
        minimum=Minimum(**{key: int(least) for key, least in about.get("minimum", {}).items()}),
        weeks=int(about.get("weeks", Program.weeks)),
        meeting_minutes=minutes,
        answer_days=int(data.get("answer_days", Program.answer_days)),
        handover_after_days=int(data.get("handover_after_days", Program.handover_after_days)),
        quiet_after=int(data.get("quiet_after", Program.quiet_after)),
        private_contact=data.get("private_contact", ""),
        commands=CommandWay(data.get("commands", Program.commands)),
        coordinators=tuple(login.lower() for login in data.get("coordinators", ())),
        identities=tuple(login.lower() for login in data.get("identities", ())),
        mentors=tuple(_to_mentor(mentor, zone) for mentor in data["mentors"]),
        check_ins=_to_check_ins(data.get("check_ins", {})),
        breaks=to_spans(data.get("breaks", ())),
        checkpoints=checkpoints,
        terms=tuple(_to_term(term, checkpoints) for term in data.get("terms", ())),
        teams=tuple(_to_team(team, zone, minutes) for team in data.get("teams", ())),
        limits=_to_limits(data.get("limits", {})),
        labels=Labels(**{name.replace("-", "_"): text for name, text in labels.items()}),
    )


def to_spans(spans: Sequence[Data]) -> tuple[Span, ...]:
    """Return spans of days."""
    if not spans:
        return ()
    return tuple(
        [
            Span(
                first=date.fromisoformat(span["from"]),
                last=date.fromisoformat(span["to"]),
                name=span.get("name", "").strip(),
            )
            for span in spans
        ]
    )


def _to_checkpoints(data: Data, default: tuple[Checkpoint, ...]) -> tuple[Checkpoint, ...]:
    if "checkpoints" not in data:
        return default
    return tuple(
        Checkpoint(
            name=one["name"].strip(),
            # A whole number may be written as 6.0.
            week=one["week"] if one["week"] in ("middle", "last") else int(one["week"]),
        )
        for one in data["checkpoints"]
    )


def _to_team(team: Data, zone: str, minutes: int) -> Team:
    meeting = team.get("meeting")
    return Team(
        id=team["id"],
        name=team["name"].strip(),
        term=team.get("term", ""),
        size=int(team["size"]),
        mentors=tuple(to_mentors(team)),
        meeting=_to_meeting(meeting, minutes) if meeting else None,
        zone=meeting["timezone"] if meeting else zone,
    )


def _to_term(term: Data, checkpoints: tuple[Checkpoint, ...]) -> Term:
    return Term(
        id=term["id"],
        name=term["name"].strip(),
        applications=to_spans([term["applications"]])[0],
        start=date.fromisoformat(term["start"]),
        weeks=int(term["weeks"]),
        checkpoints=_to_checkpoints(term, checkpoints),
        events=tuple(
            TermEvent(
                name=event["name"].strip(),
                week=int(event["week"]),
                day=_DAYS[event["day"]],
                time=_to_time(event["time"]),
                zone=event["timezone"],
                minutes=int(event["minutes"]),
                url=event.get("url", ""),
            )
            for event in term.get("events", ())
        ),
    )


def _to_mentor(mentor: Data, zone: str) -> Mentor:
    return Mentor(
        login=mentor["github"].lower(),
        handle=mentor["github"],
        name=mentor.get("name", "").strip(),
        capacity=int(mentor["capacity"]),
        zone=mentor.get("timezone", zone),
        focus=tuple(mentor.get("focus", ())),
        hours=_to_windows(mentor.get("hours", ())),
        away=to_spans(mentor.get("away", ())),
    )


def _to_meeting(meeting: Data, usual_minutes: int) -> Meeting:
    return Meeting(
        day=_DAYS[meeting["day"]],
        time=_to_time(meeting["time"]),
        minutes=int(meeting.get("minutes", usual_minutes)),
    )


def _to_windows(windows: Sequence[Data]) -> tuple[Window, ...]:
    if not windows:
        return ()
    return tuple(
        [
            Window(
                days=tuple([_DAYS[day] for day in window["days"]]),
                opens=minutes_of(window["from"]),
                closes=minutes_of(window["to"]),
            )
            for window in windows
        ]
    )


def _to_check_ins(check_ins: Data) -> CheckIns:
    default = CheckIns()
    file_at = check_ins.get("file_at")
    return CheckIns(
        every_weeks=int(check_ins.get("every_weeks", default.every_weeks)),
        file_at=_to_time(file_at) if file_at else default.file_at,
    )


def _to_limits(limits: Data) -> Limits:
    default = Limits()
    return Limits(
        seconds_between_writes=float(
            limits.get("seconds_between_writes", default.seconds_between_writes)
        ),
        writes_per_run=int(limits.get("writes_per_run", default.writes_per_run)),
        requests_per_run=int(limits.get("requests_per_run", default.requests_per_run)),
    )


def _to_time(clock: str) -> time:
    return time(int(clock[:2]), int(clock[3:]))
