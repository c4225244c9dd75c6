"""The whole plan of one run: every policy once, in the order that the ranks give."""

from collections.abc import Iterator

from mentorship_action.planning.application_answers import plan_applications
from mentorship_action.planning.check_ins import plan_check_ins
from mentorship_action.planning.duplicates import plan_duplicates
from mentorship_action.planning.labels import plan_labels
from mentorship_action.planning.lifecycle import plan_endings
from mentorship_action.planning.onboarding import plan_trackers
from mentorship_action.planning.plan import Change, Notice, Plan, make_plan
from mentorship_action.planning.situation import Situation


def plan_run(situation: Situation) -> Plan:
    """Return everything that is missing on the forge at this moment."""
    parts = list(_parts(situation))
    return make_plan([*plan_labels(situation, parts), *parts])


def _parts(situation: Situation) -> Iterator[Change | Notice]:
    yield from plan_duplicates(situation)
    yield from plan_trackers(situation)
    yield from plan_applications(situation)
    yield from plan_check_ins(situation)
    yield from plan_endings(situation)
