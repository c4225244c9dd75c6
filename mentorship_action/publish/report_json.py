"""The report as one JSON object; see schemas/report.schema.json."""

import json
from typing import Any

from mentorship_action.domain.program import NamedMentor, Span
from mentorship_action.publish.report import (
    ProgramReport,
    ShownMentor,
    ShownMentorship,
    ShownTeam,
    ShownTerm,
)

_Entry = dict[str, Any]


def report_json(report: ProgramReport) -> str:
    """Return the object as text, which is plain ASCII."""
    shown = {
        "version": 1,
        "program": report.program.name,
        "day": report.day.isoformat(),
        "repository": report.place.repository or None,
        "mentors": [_mentor(one) for one in report.mentors],
        "terms": [_term(one) for one in report.terms],
        "teams": [_team(one) for one in report.teams],
        "mentorships": [
            {**_mentorship(one), "week": one.week, "weeks": one.weeks, **_links(one)}
            for one in report.running
        ],
        "alumni": [_mentorship(one) for one in report.alumni],
        "weeks": [{"week": str(one.week), "mentorships": one.mentorships} for one in report.weeks],
    }
    return json.dumps(shown, indent=2) + "\n"


def _mentor(one: ShownMentor) -> _Entry:
    return {
        "github": one.handle,
        "name": one.name or None,
        "timezone": one.zone,
        "focus": list(one.focus),
        "free_seats": one.free,
        "free_seats_by_term": dict(one.in_terms),
    }


def _term(one: ShownTerm) -> _Entry:
    return {
        "id": one.term.id,
        "name": one.term.name,
        "applications": {**_days(one.term.applications), "open": one.is_open},
        **_days(one.days),
    }


def _team(one: ShownTeam) -> _Entry:
    return {
        "id": one.team.id,
        "name": one.team.name,
        "term": one.team.term or None,
        "mentors": _by_role(one.team.mentors),
        "free_places": one.free,
    }


def _mentorship(one: ShownMentorship) -> _Entry:
    return {
        "id": one.mentorship.id,
        "mentees": [{"github": who.handle, "name": who.name or None} for who in one.mentees],
        "mentors": _by_role(one.mentors),
        "term": one.mentorship.term or None,
        "team": one.mentorship.team or None,
        "focus": list(one.focus),
        **_days(one.days),
    }


def _links(one: ShownMentorship) -> _Entry:
    return {"tracker": one.tracker or None, "check_in": one.check_in or None}


def _by_role(mentors: tuple[NamedMentor, ...]) -> list[_Entry]:
    return [{"github": one.handle, "role": str(one.role)} for one in mentors]


def _days(span: Span) -> _Entry:
    return {"from": span.first.isoformat(), "to": span.last.isoformat()}
