"""What the two workflows lack."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Final

from mentorship_action import __version__
from mentorship_action.domain.obstacles import Obstacle, error, warning
from mentorship_action.domain.program import CommandWay, Program
from mentorship_action.domain.text import quote
from mentorship_action.records.workflows import ActionJob, WorkflowFile, Workflows

_UPDATE: Final = "Run `mentorship init --update`, or copy the line from docs/examples/workflows."
_DEFAULT_BRANCH: Final = "github.event.repository.default_branch"
_NEEDED: Final = {
    "contents": "read",
    "issues": "write",
    "pull-requests": "write",
    "statuses": "write",
}
_LEVELS: Final = ("none", "read", "write")
_VERSION: Final = re.compile(r"v?(\d+)\.(\d+)\.(\d+)")


def workflow_obstacles(workflows: Workflows, program: Program) -> Iterator[Obstacle]:
    """Yield what is wrong with the workflows that use our action."""
    syncing = [one for one in workflows.ours if one.syncs]
    broken = [one for one in workflows.ours if one.job is None]
    for one in broken:
        yield error(
            "workflow-unreadable",
            f"{one.path} can't be read as a workflow.",
            "GitHub can't run it either.",
            f"Delete it and run `mentorship init`, which writes it again: git rm {one.path}",
        )
    if not syncing and not broken:
        yield error(
            "no-workflow",
            "No workflow runs the program.",
            "Nothing is opened, answered or closed.",
            "Run `mentorship init`; it writes .github/workflows/mentorship.yml.",
        )
    if len(syncing) > 1:
        yield warning(
            "two-workflows",
            f"{' and '.join(one.path for one in syncing)} both run the program.",
            "Two runs at once write more slowly, and cost twice the minutes.",
            f"Delete one of them: git rm {syncing[-1].path}",
        )
    if not any("pull_request" in one.triggers for one in workflows.ours):
        yield warning(
            "no-check",
            "No workflow checks pull requests.",
            "Mentees see errors in Files changed only if one does.",
            "Run `mentorship init`; it writes .github/workflows/validate.yml.",
        )
    for one in syncing:
        if one.job is not None:
            yield from _syncing(one, one.job, program)
    for one in workflows.ours:
        if one.job is not None:
            yield from _any(one, one.job)


def branch_obstacles(workflows: Workflows, branch: str) -> Iterator[Obstacle]:
    """Yield workflows that a push to the default branch doesn't start."""
    for one in workflows.ours:
        if one.syncs and ("push" not in one.triggers or not _covers(one.branches, branch)):
            yield warning(
                "push-unheard",
                f"A push to {branch} doesn't start {one.path}.",
                "What a merge brings is opened up to an hour later.",
                f"Write `push: {{branches: [{branch}]}}` below `on:`.",
            )


def _covers(branches: tuple[str, ...], branch: str) -> bool:
    """Whether a push to a branch is one that counts; without a list every push does."""
    return not branches or any(fnmatch(branch, pattern) for pattern in branches)


def _syncing(one: WorkflowFile, job: ActionJob, program: Program) -> Iterator[Obstacle]:
    yield from _triggers(one)
    yield from _permissions(one, job, program)
    yield from _checkout(one, job)
    yield from _at_once(one, job)
    base = program.labels.base
    if job.labels and base.lower() not in {label.lower() for label in job.labels}:
        yield error(
            "other-label",
            f"{one.path} asks for the label {quote(job.labels[0])}, and ours is {quote(base)}.",
            "Comments of mentors and mentees start no run.",
            f"Write '{base}' in the `if:` of the job.",
        )


def _triggers(one: WorkflowFile) -> Iterator[Obstacle]:
    if not one.crons:
        yield error(
            "no-schedule",
            f"{one.path} has no schedule.",
            "Check-ins are never filed, and new applications never answered.",
            'Write `schedule: [{cron: "7,22,37,52 * * * *"}]` below `on:`.',
        )
    if any(_starts_at_the_hour(cron) for cron in one.crons):
        yield warning(
            "minute-zero",
            f"The schedule of {one.path} starts at minute 0.",
            "GitHub delays or drops runs at the full hour more than at any other time.",
            'Write odd minutes: `cron: "7,22,37,52 * * * *"`.',
        )
    if one.crons and not any(_is_hourly(cron) for cron in one.crons):
        yield warning(
            "rare-schedule",
            f"{one.path} runs less than once an hour.",
            "Applications wait for an answer, and check-ins come late.",
            'Write `cron: "7,22,37,52 * * * *"`.',
        )
    if "issue_comment" not in one.triggers:
        yield warning(
            "comments-unheard",
            f"A comment doesn't start {one.path}.",
            "Who writes `/accept` waits for the schedule.",
            "Write `issue_comment: {types: [created]}` below `on:`.",
        )


def _starts_at_the_hour(cron: str) -> bool:
    minutes = cron.split(maxsplit=1)[0] if cron.split() else ""
    return any(part.split("/")[0].split("-")[0] in ("0", "00", "*") for part in minutes.split(","))


def _is_hourly(cron: str) -> bool:
    hours = cron.split()[1:2]
    return hours in (["*"], ["*/1"])


def _permissions(one: WorkflowFile, job: ActionJob, program: Program) -> Iterator[Obstacle]:
    needed = dict(_NEEDED)
    if program.commands is not CommandWay.LINK:
        needed["contents"] = "write"
    given = job.permissions
    if given is None:
        yield warning(
            "permissions-unsaid",
            f"{one.path} doesn't say what its token may do.",
            "It depends on a setting that an organization may change.",
            f"Write {_as_lines(needed)} below the job.",
        )
        return
    if given.get("*") == "write":
        yield warning(
            "permissions-all",
            f"The token of {one.path} may write everything.",
            "It needs four permissions; every other one is a risk without a use.",
            f"Write {_as_lines(needed)} below the job.",
        )
    least = given.get("*", "none")
    lacking = {
        name: level
        for name, level in needed.items()
        if _rank(given.get(name, least)) < _rank(level)
    }
    if lacking:
        yield error(
            "permissions",
            f"{one.path} lacks {' and '.join(f'`{n}: {v}`' for n, v in lacking.items())}.",
            "GitHub refuses what the program has to do.",
            f"Write {_as_lines(needed)} below the job.",
        )


def _rank(level: str) -> int:
    return _LEVELS.index(level) if level in _LEVELS else 0


def _as_lines(needed: dict[str, str]) -> str:
    return f"`permissions: {{{', '.join(f'{name}: {level}' for name, level in needed.items())}}}`"


def _checkout(one: WorkflowFile, job: ActionJob) -> Iterator[Obstacle]:
    if not job.checks_out:
        yield error(
            "no-checkout",
            f"{one.path} doesn't check the files out.",
            "Without them there is no program to run.",
            _UPDATE,
        )
        return
    if job.fetch_depth != "0":
        yield error(
            "shallow",
            f"{one.path} checks out a part of the history.",
            "The history says who came first, so a run stops without it.",
            "Write `fetch-depth: 0` below `with:` of actions/checkout.",
        )
    if _DEFAULT_BRANCH not in job.checkout_ref:
        yield warning(
            "old-commit",
            f"{one.path} checks out the commit of the event.",
            "A job that somebody runs again then works on old files, and does nothing.",
            f"Write `ref: ${{{{ {_DEFAULT_BRANCH} }}}}` below `with:` of actions/checkout.",
        )


def _at_once(one: WorkflowFile, job: ActionJob) -> Iterator[Obstacle]:
    if one.has_concurrency:
        yield warning(
            "queue-of-nothing",
            f"`concurrency` of {one.path} stands on the workflow.",
            "Events that start no job then push a waiting run out of the queue.",
            "Move it to the job.",
        )
    elif not job.has_concurrency:
        yield warning(
            "two-at-once",
            f"{one.path} may run twice at once.",
            "Both runs open the same issue, and one of them is closed again.",
            "Write `concurrency: {group: mentorship, cancel-in-progress: false}` below the job.",
        )


def _any(one: WorkflowFile, job: ActionJob) -> Iterator[Obstacle]:
    if "windows" in job.runs_on.lower():
        yield error(
            "windows",
            f"{one.path} runs on Windows.",
            "The action stops there.",
            "Write `runs-on: ubuntu-latest`.",
        )
    if job.token and "${{" not in job.token:
        yield error(
            "token-in-file",
            f"A token is written into {one.path}.",
            "Whoever reads the repository can use it.",
            "Revoke it at once, and write `token: ${{ secrets.NAME }}`.",
        )
    if "pull_request_target" in one.triggers and (
        one.reads_head or _DEFAULT_BRANCH not in job.checkout_ref
    ):
        yield error(
            "trusts-pull-requests",
            f"{one.path} checks out the files of a pull request with a token that can write.",
            "Whoever opens a pull request could run anything with it.",
            f"Write `ref: ${{{{ {_DEFAULT_BRANCH} }}}}` below `with:` of actions/checkout.",
        )
    yield from _version(one, job)


def _version(one: WorkflowFile, job: ActionJob) -> Iterator[Obstacle]:
    version = _VERSION.fullmatch(job.version or job.ref)
    ours = _VERSION.fullmatch(__version__)
    if version and ours and _numbers(version) < _numbers(ours):
        yield warning(
            "old-version",
            f"{one.path} uses version {version[0]}; this is {__version__}.",
            "Errors that are fixed stay with you.",
            _UPDATE,
        )
    elif job.ref and not version and not re.fullmatch(r"[0-9a-f]{40}|v[\d.]+", job.ref):
        yield warning(
            "moving-version",
            f"{one.path} uses {quote(job.ref)}, which moves.",
            "Tomorrow's run may be another program.",
            "Name a commit or a release: `mentorship init --update` writes the newest one.",
        )


def _numbers(version: re.Match[str]) -> tuple[int, ...]:
    return tuple(map(int, version.groups()))
