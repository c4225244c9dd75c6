"""A run's plan and what became of it: for a terminal, for machines, for a job summary."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from mentorship_action.domain.findings import Finding
from mentorship_action.planning.plan import Notice, Result

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


def as_json(
    results: Sequence[Result],
    notices: Iterable[Notice],
    *,
    now: datetime,
    applied: bool,
    remaining: int,
    requests: int,
) -> str:
    """Return the one object that ``sync --format json`` prints; see schemas/sync.schema.json."""
    return json.dumps(
        {
            "version": 1,
            "now": now.isoformat(),
            "applied": applied,
            "changes": [
                {
                    "kind": result.change.kind,
                    "key": result.change.key,
                    "target": result.change.target,
                    "summary": result.change.summary,
                    "outcome": str(result.outcome),
                    "detail": result.detail,
                }
                for result in results
            ],
            "notices": [{"key": notice.key, "text": notice.text} for notice in notices],
            "remaining": remaining,
            "requests": requests,
        },
        ensure_ascii=False,
        indent=2,
    )


def as_text(
    results: Sequence[Result],
    notices: Iterable[Notice],
    *,
    applied: bool,
    remaining: int,
    requests: int,
) -> str:
    """Return a run as lines for a terminal or a log, the outcome at the end."""
    lines = [_line(result) for result in results]
    lines += [f"  ⓘ {notice.text}" for notice in notices]
    return "\n".join(
        [*lines, _total(results, applied=applied, remaining=remaining, requests=requests)]
    )


def as_markdown(
    results: Sequence[Result],
    notices: Sequence[Notice],
    findings: Sequence[Finding],
    *,
    applied: bool,
    remaining: int,
    requests: int,
) -> str:
    """Return a run as a job summary. Every text in it is put into code, so that none acts."""
    lines = [
        "### Mentorship program",
        "",
        _total(results, applied=applied, remaining=remaining, requests=requests),
        "",
    ]
    if results:
        lines += ["| What | Outcome |", "| --- | --- |"]
        lines += [
            f"| {_code(result.change.summary)} | {_WORDS[str(result.outcome)]}{_why(result)} |"
            for result in results
        ]
        lines.append("")
    if findings:
        lines += ["These records are left alone until they are mended:", ""]
        lines += [
            f"- {_code(f'{finding.file}:{finding.line}')} {_code(finding.message)}"
            for finding in findings
        ]
        lines.append("")
    if notices:
        lines += ["Decided without a change:", ""]
        lines += [f"- {_code(notice.text)}" for notice in notices]
        lines.append("")
    return "\n".join(lines)


def _line(result: Result) -> str:
    outcome = str(result.outcome)
    detail = f" ({result.detail})" if result.detail else ""
    return f"  {_SIGNS[outcome]} {result.change.summary}{detail}"


def _why(result: Result) -> str:
    return f": {_code(result.detail)}" if result.detail else ""


def _total(results: Sequence[Result], *, applied: bool, remaining: int, requests: int) -> str:
    if not results:
        return f"Everything is as it should be. {_count(requests, 'request')}."
    if not applied:
        return (
            f"{_count(len(results), 'change')} planned, none made. {_count(requests, 'request')}. "
            "Add --apply to make them."
        )
    left = f", {remaining} left for the next run" if remaining else ""
    return (
        f"{_count(len(results) - remaining, 'change')} made{left}. {_count(requests, 'request')}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _code(text: str) -> str:
    """Return text as inline code that can stand in a table's cell."""
    shown = " ".join(text.replace("`", "'").replace("|", "¦").split())
    return f"`{shown}`" if shown else ""
