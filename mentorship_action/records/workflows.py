"""The workflows of a repository, as far as they run or check the program."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mentorship_action.records.source import ReadLimits, read_source
from mentorship_action.records.yaml import parse

WORKFLOWS: Final = ".github/workflows"
_LIMITS: Final = ReadLimits(size=256 * 1024, values=20_000, depth=20)
_ACTION: Final = re.compile(r"[^\s\"']+/mentorship-action@([^\s,}\"']+)(?:[ \t]*#[ \t]*(\S+))?")
_OWN_STEP: Final = ".github/action/run.sh"
_LABEL: Final = re.compile(r"labels\.\*\.name\)[ \t]*,[ \t]*'([^']*)'")


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionJob:
    """The job of a workflow that uses our action.

    ``permissions`` are those that hold for the job, None where neither it nor the workflow names
    any; ``"*"`` stands for all of them, with the value ``read`` or ``write``. ``ref`` is what the
    action is pinned to, empty in our own repository, and ``version`` what the comment behind it
    says; ``command`` is empty where the event decides. ``checkout_ref`` and ``fetch_depth`` are
    those of actions/checkout as they are written. ``labels`` are those that a condition asks for.
    """

    permissions: Mapping[str, str] | None
    runs_on: str
    has_concurrency: bool
    checks_out: bool
    checkout_ref: str
    fetch_depth: str
    ref: str
    version: str
    command: str
    token: str
    labels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkflowFile:
    """A workflow that uses our action; ``job`` is None where the file can't be read.

    ``crons`` are its schedules, ``branches`` the ones whose push starts it, ``reads_head`` says
    that it names the head of a pull request.
    """

    path: str
    job: ActionJob | None
    triggers: frozenset[str] = frozenset()
    crons: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    has_concurrency: bool = False
    reads_head: bool = False

    @property
    def syncs(self) -> bool:
        """Whether it is the one that runs the program."""
        if self.job is None or self.job.command not in ("", "auto", "sync"):
            return False
        is_started = bool(self.triggers & {"schedule", "push", "issue_comment"})
        return is_started and "pull_request" not in self.triggers


@dataclass(frozen=True, kw_only=True, slots=True)
class Workflows:
    """The workflows that use our action, and what all of them together say.

    ``job_names`` are the names and ids of all jobs; ``deploys_pages`` says whether one publishes
    to GitHub Pages.
    """

    ours: tuple[WorkflowFile, ...]
    job_names: frozenset[str]
    deploys_pages: bool


def read_workflows(root: Path) -> Workflows:
    """Return what the workflows at ``root`` say; files that can't be read say nothing."""
    folder = root / WORKFLOWS
    paths = sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")])
    texts = {f"{WORKFLOWS}/{path.name}": _text(path) for path in paths}
    read = {path: _mapping(parse(text.encode(), _LIMITS).data) for path, text in texts.items()}
    return Workflows(
        ours=tuple(
            _workflow(path, texts[path], data) for path, data in read.items() if _uses(texts[path])
        ),
        job_names=frozenset(name for data in read.values() for name in _job_names(data)),
        deploys_pages=any("actions/deploy-pages@" in text for text in texts.values()),
    )


def _text(path: Path) -> str:
    return read_source(path, _LIMITS.size, path.name).data.decode("utf-8", "replace")


def _uses(text: str) -> bool:
    return any(_ACTION.search(line) or _OWN_STEP in line for line in _lines_of_code(text))


def _workflow(path: str, text: str, data: Mapping[str, Any]) -> WorkflowFile:
    triggers = _triggers(data.get("on"))
    found = (job for job in _mapping(data.get("jobs")).values() if _our_step(_mapping(job)))
    job = next(found, None)
    return WorkflowFile(
        path=path,
        job=None if job is None else _job(_mapping(job), data, text),
        triggers=frozenset(triggers),
        crons=tuple(str(_mapping(one).get("cron", "")) for one in _list(triggers.get("schedule"))),
        branches=tuple(map(str, _list(_mapping(triggers.get("push")).get("branches")))),
        has_concurrency="concurrency" in data,
        reads_head="github.event.pull_request.head" in text or "github.head_ref" in text,
    )


def _job(job: Mapping[str, Any], workflow: Mapping[str, Any], text: str) -> ActionJob:
    checkout = next((one for one in _steps(job) if _is_checkout(one)), None)
    given = _mapping((checkout or {}).get("with"))
    action = _ACTION.search("\n".join(_lines_of_code(text)))
    inputs = _mapping((_our_step(job) or {}).get("with"))
    return ActionJob(
        permissions=_permissions(job.get("permissions", workflow.get("permissions"))),
        runs_on=str(job.get("runs-on", "")),
        has_concurrency="concurrency" in job,
        checks_out=checkout is not None,
        checkout_ref=str(given.get("ref", "")),
        fetch_depth=str(given.get("fetch-depth", "")),
        ref=action[1] if action else "",
        version=(action[2] or "") if action else "",
        command=str(inputs.get("command", "")),
        token=str(inputs.get("token", "")),
        labels=tuple(_LABEL.findall(str(job.get("if", "")))),
    )


def _lines_of_code(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if not line.lstrip().startswith("#"))


def _our_step(job: Mapping[str, Any]) -> Mapping[str, Any] | None:
    for step in _steps(job):
        if _ACTION.fullmatch(str(step.get("uses", ""))) or _OWN_STEP in str(step.get("run", "")):
            return step
    return None


def _is_checkout(step: Mapping[str, Any]) -> bool:
    return str(step.get("uses", "")).startswith("actions/checkout@")


def _steps(job: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [_mapping(step) for step in _list(job.get("steps"))]


def _triggers(value: Any) -> Mapping[str, Any]:
    if isinstance(value, str):
        return {value: None}
    return {str(one): None for one in value} if isinstance(value, list) else _mapping(value)


def _permissions(value: Any) -> Mapping[str, str] | None:
    if value is None:
        return None
    if isinstance(value, str):
        return {"*": value.removesuffix("-all")}
    return {str(name): str(level) for name, level in _mapping(value).items()}


def _job_names(data: Mapping[str, Any]) -> Iterator[str]:
    for job_id, job in _mapping(data.get("jobs")).items():
        yield str(job_id)
        yield str(_mapping(job).get("name", job_id))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]
