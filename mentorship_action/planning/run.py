"""The whole plan of one run: every policy once, in the order that the ranks give."""

from collections.abc import Iterable

from mentorship_action.domain.snapshot import Wants
from mentorship_action.planning.changes import Notice, Plan, make_plan
from mentorship_action.planning.kinds import BASE, plan_labels
from mentorship_action.planning.milestones import with_milestones
from mentorship_action.planning.policy import Policy
from mentorship_action.planning.registry import POLICIES
from mentorship_action.planning.situation import Situation


def wants_of(situation: Situation, policies: Iterable[Policy] = POLICIES) -> Wants:
    """Return what all policies want to know beyond what was observed."""
    wants = Wants()
    for policy in policies:
        wants |= policy.wants(situation)
    return wants.without(situation.snapshot.answered)


def plan_run(situation: Situation, policies: Iterable[Policy] = POLICIES) -> Plan:
    """Return everything that is missing on the forge at this moment."""
    policies = tuple(policies)
    parts = with_milestones((part for one in policies for part in one.plan(situation)), situation)
    looks = (BASE, *(look for policy in policies for look in policy.labels))
    labels = plan_labels(parts, looks, _labels_seen(situation), situation.program)
    problems = (
        Notice(kind="problem", key=problem.item, text=problem.text)
        for problem in situation.snapshot.problems
    )
    return make_plan([*labels, *parts, *problems])


def _labels_seen(situation: Situation) -> frozenset[str]:
    """Return the names, in lower case, of labels that something carries, so that they exist."""
    on_pulls = (name.lower() for one in situation.snapshot.applications for name in one.pull.labels)
    return situation.snapshot.labels.union(on_pulls)
