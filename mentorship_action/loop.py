"""One run: observe, plan, apply. The same for every event, on GitHub and in rehearsal."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from mentorship_action import __version__
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Claim, Record
from mentorship_action.domain.snapshot import Snapshot
from mentorship_action.forge.executor import Report, apply, dry_run
from mentorship_action.forge.observe import Checkout, Observer
from mentorship_action.forge.observe_applications import Validator
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Forge
from mentorship_action.planning.applications.stages import stage_labels
from mentorship_action.planning.changes import Plan
from mentorship_action.planning.policy import Policy
from mentorship_action.planning.registry import POLICIES
from mentorship_action.planning.run import plan_run, wants_of
from mentorship_action.planning.situation import (
    Editor,
    Situation,
    base_digest,
)
from mentorship_action.wording.render import Wording


@dataclass(frozen=True, kw_only=True)
class DefaultBranch:
    """What the default branch says.

    ``records`` are the valid ones, and those with a mentor who is not in the program;
    ``claims`` are what every mentee file says of its people, valid or
    not, by path; ``arrivals`` is their order of arrival there. ``validator`` checks the mentee
    file of an application as `validate` would; without one, applications are left alone.
    ``records_tree`` is git's name for the folder of mentee files, "" when it isn't known.
    ``editor`` helps people to change mentee files; ``last_changes`` tells when a person last
    changed each of them, by path, ``mentors_changed`` when the lines of each mentor in the program
    last changed, by login.
    """

    program: Program
    records: tuple[Record, ...]
    claims: Mapping[str, Claim] = field(default_factory=dict)
    arrivals: Mapping[str, int]
    wording: Wording
    validator: Validator | None = None
    records_tree: str = ""
    editor: Editor = field(default_factory=Editor)
    last_changes: Callable[[], Mapping[str, datetime]] = dict
    mentors_changed: Callable[[], Mapping[str, date]] = dict

    @cached_property
    def config_digest(self) -> str:
        """What stands for our version, the program and its templates."""
        text = f"{__version__}\n{self.program!r}\n{sorted(self.wording.overrides.items())!r}"
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One run's plan, what became of it, and how many requests it took."""

    plan: Plan
    report: Report
    requests: int


def plan(
    files: DefaultBranch, forge: Forge, now: datetime, policies: tuple[Policy, ...] = POLICIES
) -> tuple[Plan, Snapshot]:
    """Observe the forge and return what is missing there, with what was observed."""
    situation = observe(files, forge, now, policies)
    return plan_run(situation, policies), situation.snapshot


def observe(
    files: DefaultBranch, forge: Forge, now: datetime, policies: tuple[Policy, ...] = POLICIES
) -> Situation:
    """Observe the forge and return all that the policies want to know.

    Policies are asked what they want to know until they want no more: knowing one thing may make
    another one matter.
    """
    checkout = Checkout(
        labels=files.program.labels,
        stages=stage_labels(files.program),
        former=frozenset(files.program.identities),
        trusted=frozenset((*files.program.coordinators, *files.program.mentors_by_login)),
        records_tree=files.records_tree,
        validator=files.validator,
        requests=files.program.limits.requests_per_run,
    )
    observer = Observer(forge=forge, checkout=checkout)
    situation = situation_of(files, observer.begin(), now)
    observer.base_of = lambda pull: base_digest(pull, situation)
    while wants := wants_of(situation, policies):
        situation = replace(situation, snapshot=observer.answer(situation.snapshot, wants))
    return situation


def situation_of(files: DefaultBranch, snapshot: Snapshot, now: datetime) -> Situation:
    """Return a moment of a program, with what was observed by then."""
    return Situation(
        program=files.program,
        config_digest=files.config_digest,
        records=files.records,
        claims=files.claims,
        snapshot=snapshot,
        wording=files.wording,
        now=now,
        arrivals=files.arrivals,
        editor=files.editor,
        last_changes=files.last_changes,
        mentors_changed=files.mentors_changed,
    )


def run(
    files: DefaultBranch,
    forge: Forge,
    now: datetime,
    *,
    write: bool,
    pacer: Pacer | None = None,
    policies: tuple[Policy, ...] = POLICIES,
) -> Run:
    """Do one run; without ``write`` nothing is changed."""
    before = forge.requests
    the_plan, snapshot = plan(files, forge, now, policies)
    limits = files.program.limits
    pacer = pacer or Pacer(seconds=limits.seconds_between_writes)
    report = (
        apply(the_plan, forge, snapshot, limits=limits, pacer=pacer) if write else dry_run(the_plan)
    )
    return Run(plan=the_plan, report=report, requests=forge.requests - before)
