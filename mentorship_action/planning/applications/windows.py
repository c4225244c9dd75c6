"""Applications that come before or after the days in which their term takes any."""

from mentorship_action.domain.calendar import local_day
from mentorship_action.planning.applications.assessed import Assessed
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.views import OutsideTerm


def outside_term(one: Assessed, situation: Situation) -> OutsideTerm | None:
    """Return the days that an application is outside of, where nothing else is wrong with it."""
    term = situation.program.term(one.term)
    if term is None or [found.code for found in one.findings] != ["outside-application-days"]:
        return None
    today = local_day(situation.now, situation.program.zone)
    later = (
        other
        for other in situation.program.terms
        if other.id != term.id and other.applications.last >= today
    )
    return OutsideTerm(
        name=term.name,
        days=term.applications,
        is_early=today < term.applications.first,
        following=min(later, key=lambda other: other.applications.first, default=None),
    )


def in_short(outside: OutsideTerm) -> str:
    """Return when a term takes applications, in a few words."""
    if outside.is_early:
        return f"{outside.name} takes applications from {outside.days.first}"
    return f"{outside.name} took applications until {outside.days.last}"
