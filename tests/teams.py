"""A term with a team of three places, for tests of teams."""

from datetime import date, time
from typing import Any

from mentorship_action.domain.program import (
    Meeting,
    MentorRole,
    NamedMentor,
    Program,
    Team,
    Weekday,
)
from mentorship_action.domain.record import Record
from tests.builders import mentor
from tests.terms import SPRING, cohorts, member

LED = (
    NamedMentor(login="radia", handle="radia"),
    NamedMentor(login="grace", handle="Grace", role=MentorRole.CO),
    NamedMentor(login="linus", handle="linus", role=MentorRole.BACKUP),
)


def team(name: str = "Blue", **changes: Any) -> Team:
    return Team(
        **{
            "id": name.lower(),
            "name": name,
            "term": SPRING.id,
            "size": 3,
            "mentors": LED,
            "meeting": Meeting(day=Weekday.TUE, time=time(18), minutes=60),
            "zone": "Europe/Berlin",
            **changes,
        }
    )


def with_teams(*teams: Team, **changes: Any) -> Program:
    """Return the program of terms with teams, Blue alone if none is given, and its mentors."""
    return cohorts(
        **{
            "teams": teams or (team(),),
            "mentors": (
                mentor("radia", zone="America/Los_Angeles", capacity=1),
                mentor("Grace", zone="America/New_York", capacity=2),
                mentor("linus", zone="Europe/Helsinki", capacity=0),
                mentor("ada", capacity=2),
            ),
            **changes,
        }
    )


def teammate(login: str, of: Team | None = None, **changes: Any) -> Record:
    """Return the record of somebody in a team, Blue if none is given."""
    its = of or team()
    lead, *others = its.mentors
    return member(
        SPRING,
        login,
        **{
            "team": its.id,
            "mentor": lead.login,
            "mentor_handle": lead.handle,
            "others": tuple(others),
            "zone": "Europe/Amsterdam",
            **changes,
        },
    )


START = date(2027, 2, 15)
