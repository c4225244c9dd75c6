"""One run: observe, plan, apply. The same for every event, on GitHub and in rehearsal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.domain.snapshot import Snapshot
from mentorship_action.forge.executor import Report, apply, dry_run
from mentorship_action.forge.observe import ask_assignable, observe
from mentorship_action.forge.observe_applications import (
    Validator,
    inspect_again,
    observe_applications,
    observe_closed,
)
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Forge
from mentorship_action.planning.application import applications_to_recheck
from mentorship_action.planning.labels import stage_labels
from mentorship_action.planning.onboarding import newcomers
from mentorship_action.planning.plan import Plan
from mentorship_action.planning.season import plan_run
from mentorship_action.planning.situation import Situation, base_digest
from mentorship_action.planning.wanted import wanted
from mentorship_action.wording.render import Wording


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """What the default branch says.

    ``records`` are the valid ones, ``arrivals`` their order of arrival there. ``judge`` checks
    the record of an application as `validate` would; without one, applications are left alone.
    ``config_digest`` stands for configuration and templates, ``records_tree`` is git's name for
    the folder of the records, "" when it isn't known.
    """

    program: Program
    records: tuple[Record, ...]
    arrivals: Mapping[str, int]
    wording: Wording
    validator: Validator | None = None
    config_digest: str = ""
    records_tree: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One run's plan, what became of it, and how many requests it took."""

    plan: Plan
    report: Report
    requests: int


def plan(files: Files, forge: Forge, now: datetime) -> tuple[Plan, Snapshot]:
    """Observe the forge and return what is missing there, with what was observed."""
    snapshot = observe(forge, files.program.labels, wanted(files.program, files.records, now))
    situation = Situation(
        program=files.program,
        config_digest=files.config_digest,
        records=files.records,
        snapshot=snapshot,
        wording=files.wording,
        now=now,
        arrivals=files.arrivals,
    )
    people = newcomers(situation)
    if people:
        snapshot = ask_assignable(forge, snapshot, people)
        situation = replace(situation, snapshot=snapshot)
    if files.validator is not None:
        situation = _with_applications(situation, forge, files, files.validator)
    return plan_run(situation), snapshot


def _with_applications(
    situation: Situation, forge: Forge, files: Files, validator: Validator
) -> Situation:
    """Return the situation with the applications: those with news, and those whose place moved."""
    label, me = files.program.labels.application, situation.snapshot.me
    pulls = forge.list_pulls()
    applications = observe_applications(
        forge,
        pulls.open,
        me=me,
        label=label,
        base_of=lambda pull: base_digest(pull, situation),
        records_tree=files.records_tree,
        validator=validator,
    )
    situation = replace(situation, applications=applications)
    # Looking at one may move another, so again until nobody moves; each is looked at once.
    while numbers := applications_to_recheck(situation):
        applications = inspect_again(forge, situation.applications, numbers, validator, me=me)
        situation = replace(situation, applications=applications)
    closed = observe_closed(
        forge, pulls.closed, me=me, label=label, stages=stage_labels(files.program)
    )
    return replace(situation, closed_applications=closed)


def run(
    files: Files, forge: Forge, now: datetime, *, write: bool, pacer: Pacer | None = None
) -> Run:
    """Do one run; without ``write`` nothing is changed."""
    before = forge.requests
    the_plan, snapshot = plan(files, forge, now)
    limits = files.program.limits
    report = (
        apply(
            the_plan,
            forge,
            snapshot,
            limits=limits,
            base=files.program.labels.base,
            pacer=pacer or Pacer(seconds=limits.seconds_between_writes),
        )
        if write
        else dry_run(the_plan)
    )
    return Run(plan=the_plan, report=report, requests=forge.requests - before)
