"""What a step hands to the runner: outputs that are always set, files, and a job summary."""

import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mentorship_action.errors import Exit
from mentorship_action.reporting.summary import append_summary
from mentorship_action.usecases.report import write_site


@dataclass(frozen=True, kw_only=True, slots=True)
class StepResult:
    """What came of a step.

    ``json`` and ``markdown`` become files; ``log`` goes to the log as it is, so it has been through
    ``reporting``. ``site`` has files by their paths, which are written to a folder of their own.
    """

    exit_code: Exit
    log: str
    markdown: str = ""
    json: str = ""
    errors: int = 0
    changes: int = 0
    remaining: int = 0
    site: Mapping[str, str] = field(default_factory=dict)


def hand_over(result: StepResult, environ: Mapping[str, str]) -> None:
    """Write the outputs, their files and the job summary where the runner wants them."""
    folder = Path(tempfile.mkdtemp(prefix="mentorship-", dir=environ.get("RUNNER_TEMP") or None))
    write_outputs(
        environ.get("GITHUB_OUTPUT", ""),
        {
            "ok": "true" if result.exit_code == Exit.DONE else "false",
            "error-count": str(result.errors),
            "findings-path": _save(folder / "findings.json", result.json),
            "changes": str(result.changes),
            "remaining": str(result.remaining),
            "report-path": _save(folder / "report.md", result.markdown),
            "site-path": _save_site(folder / "site", result.site),
        },
    )
    append_summary(environ.get("GITHUB_STEP_SUMMARY", ""), result.markdown)


def write_outputs(path: str, outputs: Mapping[str, str]) -> None:
    """Append ``outputs`` to the runner's file at ``path``; without a path do nothing.

    Each value stands between lines that nobody can guess, so that no value can set another output.
    """
    if not path:
        return
    fence = f"end-{secrets.token_hex(16)}"
    text = "".join(f"{name}<<{fence}\n{value}\n{fence}\n" for name, value in outputs.items())
    with Path(path).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _save(path: Path, text: str) -> str:
    """Write ``text`` to ``path`` and return the path; for no text do nothing."""
    if not text:
        return ""
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    return str(path)


def _save_site(folder: Path, files: Mapping[str, str]) -> str:
    """Write a site below ``folder`` and return the folder; for no files do nothing."""
    if not files:
        return ""
    write_site(files, folder)
    return str(folder)
