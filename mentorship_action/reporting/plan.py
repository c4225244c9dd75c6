"""A run's plan and what became of it: for a terminal, for machines, for a job summary."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from mentorship_action.domain.findings import Finding
from mentorship_action.planning.plan import Notice, Result
from mentorship_action.reporting.escaping import code, one_line
from mentorship_action.reporting.workflow_commands import escaped


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """All that is told of one run; ``error`` is what stopped it or went wrong first."""

    results: Sequence[Result]
    notices: Sequence[Notice]
    error: str = ""
    applied: bool
    remaining: int
    requests: int


_SIGNS = {
    "planned": "→",
    "done": "✓",
    "found": "✓",
    "unneeded": "·",
    "failed": "✗",
    "unknown": "?",
    "left": "…",
}
_WORDS = {
    "planned": "would be done",
    "done": "done",
    "found": "done (found after GitHub gave no answer)",
    "unneeded": "was in order already",
    "failed": "failed",
    "unknown": "unclear, the next run looks again",
    "left": "left for the next run",
}


def as_json(told: Told, *, now: datetime) -> str:
    """Return the one object that ``sync --format json`` prints; see schemas/sync.schema.json."""
    return json.dumps(
        {
            "version": 1,
            "now": now.isoformat(),
            "applied": told.applied,
            "changes": [
                {
                    "kind": result.change.kind,
                    "key": result.change.key,
                    "target": result.change.target,
                    "summary": result.change.summary,
                    "outcome": str(result.outcome),
                    "detail": result.detail,
                }
                for result in told.results
            ],
            "notices": [
                {"kind": notice.kind, "key": notice.key, "text": notice.text}
                for notice in told.notices
            ],
            "error": told.error,
            "remaining": told.remaining,
            "requests": told.requests,
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(told: Told, findings: Sequence[Finding], *, quiet: bool = False) -> str:
    """Return a run as lines for a terminal or a log, the outcome at the end."""
    lines = [] if quiet else [_line(result) for result in told.results]
    if not quiet:
        lines += [f"  · {one_line(notice.text)}" for notice in told.notices]
    lines += [f"  ✗ {_place(fault)}: {one_line(fault.message)} Left alone." for fault in findings]
    if told.error:
        lines.append(f"  ✗ {one_line(told.error)}")
    return "\n".join(lines if quiet else [*lines, _total(told)])


def as_annotations(told: Told, findings: Sequence[Finding]) -> str:
    """Return the workflow commands that mark what is wrong, at most ten of them."""
    marks = [f"::error title=mentorship::{escaped(told.error)}"] if told.error else []
    marks += [
        f"::error file={escaped(fault.file)},line={fault.line},col={fault.column},"
        f"title=mentorship::{escaped(f'{fault.message} {fault.hint}'.strip())}"
        for fault in findings
    ]
    return "\n".join(marks[:10])


def as_markdown(told: Told, findings: Sequence[Finding]) -> str:
    """Return a run as a job summary. Every text in it is put into code, so that none acts."""
    lines = ["### Mentorship program", "", _total(told), ""]
    if told.error:
        lines += [code(told.error), ""]
    if told.results:
        lines += ["| What | Outcome |", "| --- | --- |"]
        lines += [
            f"| {code(result.change.summary)} | {_WORDS[str(result.outcome)]}{_why(result)} |"
            for result in told.results
        ]
        lines.append("")
    if findings:
        lines += ["These records are left alone until they are mended:", ""]
        lines += [f"- {code(_place(fault))} {code(fault.message)}" for fault in findings]
        lines.append("")
    if told.notices:
        lines += ["Decided without a change:", ""]
        lines += [f"- {code(notice.text)}" for notice in told.notices]
        lines.append("")
    return "\n".join(lines)


def _place(fault: Finding) -> str:
    return one_line(f"{fault.file}:{fault.line}:{fault.column}")


def _line(result: Result) -> str:
    outcome = str(result.outcome)
    detail = f" ({result.detail})" if result.detail else ""
    return f"  {_SIGNS[outcome]} {one_line(result.change.summary + detail)}"


def _why(result: Result) -> str:
    return f": {code(result.detail)}" if result.detail else ""


def _total(told: Told) -> str:
    count, requests = len(told.results), f"{_count(told.requests, 'request')}."
    if not count:
        return f"Everything is as it should be. {requests}"
    if not told.applied:
        return f"{_count(count, 'change')} planned, none made. {requests} --apply makes them."
    left = f", {told.remaining} left for the next run" if told.remaining else ""
    return f"{_count(count - told.remaining, 'change')} made{left}. {requests}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
