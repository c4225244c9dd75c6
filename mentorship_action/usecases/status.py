"""What needs a person: for coordinators and mentors, in their terminal alone."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from mentorship_action.domain.snapshot import Snapshot
from mentorship_action.loop import observe, situation_of
from mentorship_action.planning.explaining import explain_person
from mentorship_action.planning.overview import Need
from mentorship_action.planning.registry import POLICIES
from mentorship_action.planning.run import plan_run
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.status import LOOK_ONLY, status_of
from mentorship_action.records.load import load
from mentorship_action.reporting.status import StatusLine, StatusReport
from mentorship_action.usecases.connect import connect
from mentorship_action.usecases.sync import files_of_checkout


def status(
    root: Path,
    *,
    config: Path | None = None,
    now: datetime,
    environ: Mapping[str, str],
    offline: bool,
) -> StatusReport:
    """Return what needs a person; ``offline`` from the files alone. Nothing is written.

    Raises:
        UsageError: the environment names no repository or no token, and GitHub is asked.
        SettingsError: the program or one of its templates has an error.
        ForgeError: GitHub could not be observed.
    """
    situation = _situation(root, config, now, environ, offline=offline)
    return StatusReport(
        now=now,
        lines=tuple(_line(one, situation) for one in status_of(situation)),
        unread=tuple(one.text for one in situation.snapshot.problems),
    )


def _line(need: Need, situation: Situation) -> StatusLine:
    tracker = situation.snapshot.survivor(need.tracker) if need.tracker else None
    return StatusLine(
        kind=need.kind.name.lower(),
        who=need.who,
        number=need.number or (tracker.number if tracker else 0),
        whom=need.whom,
        since=need.since,
    )


def explain_one(
    login: str, root: Path, *, config: Path | None = None, now: datetime, environ: Mapping[str, str]
) -> list[str]:
    """Return what is due for one person, what is not, and why, in lines. Nothing is written.

    Raises as ``status`` does.
    """
    situation = _situation(root, config, now, environ, offline=False)
    return explain_person(login.lower(), situation, plan_run(situation))


def _situation(
    root: Path, config: Path | None, now: datetime, environ: Mapping[str, str], *, offline: bool
) -> Situation:
    forge = None if offline else connect(environ)
    branch = files_of_checkout(root, config, load(root, config=config, today=now), now, environ)
    if forge is None:
        return situation_of(branch, Snapshot(me=""), now)
    return observe(branch, forge, now, (*POLICIES, LOOK_ONLY))
