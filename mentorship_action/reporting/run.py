"""A run's plan and what became of it: for a terminal, for machines, for a job summary."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from mentorship_action.domain.findings import Finding
from mentorship_action.domain.text import counted
from mentorship_action.planning.changes import Notice, Outcome, Result
from mentorship_action.reporting.escaping import cell_code, cell_sentence, log_json, log_line
from mentorship_action.reporting.explanations import title_of
from mentorship_action.reporting.workflow_commands import (
    MOST_ANNOTATIONS,
    annotation,
    error_command,
)

_SIGNS: Final = {
    Outcome.PLANNED: "→",
    Outcome.DONE: "✓",
    Outcome.FOUND: "✓",
    Outcome.UNNEEDED: "·",
    Outcome.FAILED: "✗",
    Outcome.UNKNOWN: "?",
    Outcome.LEFT: "…",
}
_OUTCOMES: Final = {
    Outcome.PLANNED: "would be done",
    Outcome.DONE: "done",
    Outcome.FOUND: "done (found after GitHub gave no answer)",
    Outcome.UNNEEDED: "not needed any more",
    Outcome.FAILED: "failed",
    Outcome.UNKNOWN: "unclear, the next run looks again",
    Outcome.LEFT: "left for the next run",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class RunReport:
    """All that is reported of one run.

    ``findings`` are errors of mentee files, which were left alone; ``error`` is what stopped the
    run or went wrong first, in one message, empty for nothing. ``budget`` is how many requests the
    run could send, 0 where it has no budget.
    """

    now: datetime
    applied: bool
    results: Sequence[Result]
    notices: Sequence[Notice]
    findings: Sequence[Finding] = ()
    error: str = ""
    remaining: int
    requests: int
    budget: int = 0

    @property
    def changes(self) -> int:
        """How many changes were made, or would be in a dry run."""
        if not self.applied:
            return len(self.results)
        return sum(result.outcome.is_settled for result in self.results)


def run_json(report: RunReport) -> str:
    """Return the one object that ``sync --format json`` prints; see schemas/sync.schema.json."""
    shown = {
        "version": 1,
        "now": report.now.isoformat(),
        "applied": report.applied,
        "changes": [
            {
                "kind": result.change.kind,
                "key": str(result.change.key),
                "target": result.change.target,
                "summary": result.change.summary,
                "outcome": result.outcome.value,
                "detail": result.detail,
            }
            for result in report.results
        ],
        "notices": [asdict(notice) for notice in report.notices],
        "error": report.error,
        "remaining": report.remaining,
        "requests": report.requests,
        "budget": report.budget,
    }
    return log_json(json.dumps(shown, ensure_ascii=False, indent=2))


def run_text(report: RunReport, *, quiet: bool = False) -> str:
    """Return a run as lines for a terminal, the totals last; ``quiet``, only what is wrong."""
    lines = [] if quiet else [_line(result) for result in report.results]
    if not quiet:
        lines += [f"  · {log_line(notice.text)}" for notice in report.notices]
    lines += [
        f"  ✗ {log_line(one.place)}: {log_line(one.message)} Left alone." for one in report.findings
    ]
    if report.error:
        lines.append(f"  ✗ {log_line(report.error)}")
    return "\n".join(lines if quiet else [*lines, _total(report)])


def run_log(report: RunReport) -> str:
    """Return a step's log: the run, and annotations for what is wrong."""
    marks = [error_command(report.error)] if report.error else []
    marks += [annotation(one, title_of(one.code)) for one in report.findings]
    return "\n".join([run_text(report), *marks[:MOST_ANNOTATIONS]])


def run_markdown(report: RunReport) -> str:
    """Return a run as a job summary. Every text in it is put into code, so that none acts."""
    lines = ["### Mentorship program", "", _total(report), ""]
    if report.error:
        lines += [cell_code(report.error), ""]
    if report.results:
        lines += ["| What | Outcome |", "| --- | --- |"]
        lines += [
            f"| {cell_code(result.change.summary)} | {_OUTCOMES[result.outcome]}{_why(result)} |"
            for result in report.results
        ]
        lines.append("")
    if report.findings:
        lines += ["These mentee files are left alone until they are fixed:", ""]
        lines += [
            f"- {cell_code(log_line(one.place))} {cell_sentence(one.message)}"
            for one in report.findings
        ]
        lines.append("")
    if report.notices:
        lines += ["Decided without a change:", ""]
        lines += [f"- {cell_code(notice.text)}" for notice in report.notices]
        lines.append("")
    return "\n".join(lines)


def _line(result: Result) -> str:
    detail = f" ({result.detail})" if result.detail else ""
    return f"  {_SIGNS[result.outcome]} {log_line(result.change.summary + detail)}"


def _why(result: Result) -> str:
    return f": {cell_code(result.detail)}" if result.detail else ""


def _total(report: RunReport) -> str:
    count, requests = len(report.results), _requests(report)
    if not count and not report.remaining:
        return f"Nothing to do. {requests}"
    if not report.applied:
        return f"{counted(count, 'change')} planned, none made. {requests} --apply makes them."
    left = f", {report.remaining} left for the next run" if report.remaining else ""
    return f"{counted(report.changes, 'change')} made{left}. {requests}"


def _requests(report: RunReport) -> str:
    if report.budget:
        return f"{report.requests:,} of {counted(report.budget, 'request')}."
    return f"{counted(report.requests, 'request')}."
