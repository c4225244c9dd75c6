"""The Actions adapter: event and inputs in, outputs and job summary out.

``.github/action/run.sh`` starts it with an isolated Python; it runs the command in this very
process and hands what came of it to the runner. Imports stay few, since validate is to be quick.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from mentorship_action.domain.findings import Finding, errors
from mentorship_action.environment import environment
from mentorship_action.errors import Exit, MentorshipError, UsageError

# GitHub drops a step's summary that is larger, whole and in silence.
SUMMARY_LIMIT: Final = 1024 * 1024

_CHECKED_EVENTS: Final = frozenset({"pull_request", "merge_group"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"", "false", "False", "FALSE"})
_CUT: Final = "\n\n*The rest did not fit here. The whole report is in the step's `report-path`.*\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What one run was asked to do.

    ``root`` is the repository's folder, ``config`` a path or None for the usual place, ``now`` the
    text of a timestamp or None for the clock. ``environ`` holds the token and the API's address.
    ``apply`` says whether a command that changes GitHub may do so.
    """

    command: str
    apply: bool
    root: Path
    config: str | None
    now: str | None
    environ: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What came of a command, ready to be handed to the runner.

    ``json_text`` and ``summary_markdown`` become files; ``log_text`` goes to the log as it is, so
    it has been through ``reporting``.
    """

    exit_code: int
    findings: Sequence[Finding] = ()
    changes: int = 0
    remaining: int = 0
    json_text: str = ""
    summary_markdown: str = ""
    log_text: str = ""


class _Result(Protocol):
    """What every command's ``run`` gives back."""

    @property
    def exit_code(self) -> int: ...
    @property
    def findings(self) -> Sequence[Finding]: ...
    @property
    def json_text(self) -> str: ...
    @property
    def summary_markdown(self) -> str: ...
    @property
    def log_text(self) -> str: ...


class _SyncResult(_Result, Protocol):
    """What ``sync`` gives back: how much it did, and how much is left."""

    @property
    def changes(self) -> int: ...
    @property
    def remaining(self) -> int: ...


Command = Callable[[Request], Outcome]


def _validate(request: Request) -> Outcome:
    from importlib import import_module  # noqa: PLC0415 - loaded when it is needed

    result: _Result = import_module("mentorship_action.cli.validate").run(request)
    return Outcome(
        exit_code=result.exit_code,
        findings=result.findings,
        json_text=result.json_text,
        summary_markdown=result.summary_markdown,
        log_text=result.log_text,
    )


def _sync(request: Request) -> Outcome:
    from importlib import import_module  # noqa: PLC0415 - as above; brings PyGithub

    result: _SyncResult = import_module("mentorship_action.cli.sync").run(request)
    return Outcome(
        exit_code=result.exit_code,
        findings=result.findings,
        changes=result.changes,
        remaining=result.remaining,
        json_text=result.json_text,
        summary_markdown=result.summary_markdown,
        log_text=result.log_text,
    )


COMMANDS: Final[Mapping[str, Command]] = MappingProxyType({"validate": _validate, "sync": _sync})


def main(
    environ: Mapping[str, str] | None = None,
    *,
    commands: Mapping[str, Command] = COMMANDS,
) -> int:
    """Run what the event and the inputs ask for; return the step's exit code.

    The outputs are written whatever happens.
    """
    environ = environment() if environ is None else environ
    outcome = _guarded(environ, commands)
    if outcome.log_text:
        sys.stdout.write(outcome.log_text.removesuffix("\n") + "\n")
        sys.stdout.flush()
    folder = _new_folder(environ.get("RUNNER_TEMP", ""))
    findings_path = _kept(folder / "findings.json", outcome.json_text)
    report_path = _kept(folder / "report.md", outcome.summary_markdown)
    write_outputs(
        environ.get("GITHUB_OUTPUT", ""),
        {
            "ok": "true" if outcome.exit_code == Exit.DONE else "false",
            "error-count": str(len(errors(outcome.findings))),
            "findings-path": findings_path,
            "changes": str(outcome.changes),
            "remaining": str(outcome.remaining),
            "report-path": report_path,
        },
    )
    write_summary(environ.get("GITHUB_STEP_SUMMARY", ""), outcome.summary_markdown)
    return outcome.exit_code


def read_request(environ: Mapping[str, str], known: Sequence[str] = tuple(COMMANDS)) -> Request:
    """Read the event and the inputs.

    An input that a workflow passes on empty counts as not given.

    Raises:
        UsageError: an input has a value that it can't have.
    """
    command = environ.get("MENTORSHIP_COMMAND", "").strip() or "auto"
    if command == "auto":
        event = environ.get("GITHUB_EVENT_NAME", "")
        command = "validate" if event in _CHECKED_EVENTS else "sync"
    if command not in known:
        choices = ", ".join(f"`{name}`" for name in ("auto", *known))
        raise UsageError(
            f"`{_one_line(command)}` is no command.",
            where="input `command`",
            fix=f"Use one of {choices}, or leave the input out.",
        )
    return Request(
        command=command,
        apply=not _flag(environ, "MENTORSHIP_DRY_RUN", "dry-run"),
        root=Path(environ.get("GITHUB_WORKSPACE") or "."),
        config=environ.get("MENTORSHIP_CONFIG", "").strip() or None,
        now=environ.get("MENTORSHIP_NOW", "").strip() or None,
        environ=environ,
    )


def write_outputs(path: str, outputs: Mapping[str, str]) -> None:
    """Append ``outputs`` to the runner's file at ``path``; without a path do nothing.

    Each value stands between lines that nobody can guess, so that no value can set another output.
    """
    if not path:
        return
    fence = f"end-{os.urandom(16).hex()}"
    text = "".join(f"{name}<<{fence}\n{value}\n{fence}\n" for name, value in outputs.items())
    with Path(path).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def write_summary(path: str, markdown: str) -> None:
    """Append ``markdown`` to the job summary at ``path``, cut to what GitHub takes."""
    if not (path and markdown):
        return
    file = Path(path)
    room = SUMMARY_LIMIT - (file.stat().st_size if file.exists() else 0)
    with file.open("ab") as summary:
        summary.write(cut_to(markdown, room))


def cut_to(markdown: str, limit: int) -> bytes:
    """Return ``markdown`` in UTF-8, in whole lines and at most ``limit`` bytes."""
    whole = (markdown.removesuffix("\n") + "\n").encode()
    if len(whole) <= limit:
        return whole
    room = limit - len(_CUT.encode())
    if room <= 0:
        return b""
    return whole[: whole.rfind(b"\n", 0, room) + 1] + _CUT.encode()


def _guarded(environ: Mapping[str, str], commands: Mapping[str, Command]) -> Outcome:
    """Run the command; turn every error into one message that says how to mend it."""
    try:
        request = read_request(environ, tuple(commands))
        return commands[request.command](request)
    except MentorshipError as error:
        return _failure(error)
    except Exception as error:  # noqa: BLE001 - the boundary: nobody should meet a traceback
        details = _traceback() if environ.get("RUNNER_DEBUG") == "1" else ""
        fault = MentorshipError(
            f"This is a fault of mentorship-action itself ({type(error).__name__}), "
            "not of any file here.",
            fix="Run it again with debug logging switched on, and report what it shows at "
            "https://github.com/distronode/mentorship-action/issues.",
        )
        return _failure(fault, details)


def _failure(error: MentorshipError, details: str = "") -> Outcome:
    from mentorship_action.reporting.workflow_commands import escaped  # noqa: PLC0415 - for errors

    lines = [f"::error title=mentorship::{escaped(str(error))}"]
    lines += [f"::debug::{escaped(line)}" for line in details.splitlines()]
    return Outcome(
        exit_code=int(error.exit_code),
        summary_markdown=f"### The mentorship program could not run\n\n{_fenced(str(error))}\n",
        log_text="\n".join(lines),
    )


def _fenced(text: str) -> str:
    """Return ``text`` as a block that Markdown shows as it is."""
    return "\n".join(f"    {line}" for line in text.splitlines())


def _traceback() -> str:
    from traceback import format_exc  # noqa: PLC0415 - for debugging alone

    return format_exc()


def _new_folder(parent: str) -> Path:
    from tempfile import mkdtemp  # noqa: PLC0415 - slow to import, and needed by the Action alone

    return Path(mkdtemp(prefix="mentorship-", dir=parent or None))


def _flag(environ: Mapping[str, str], variable: str, name: str) -> bool:
    value = environ.get(variable, "").strip()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise UsageError(
        f"`{_one_line(value)}` is neither `true` nor `false`.",
        where=f"input `{name}`",
        fix="Write one of them, or leave the input out.",
    )


def _kept(path: Path, text: str) -> str:
    """Write ``text`` to ``path`` and return the path; for no text write nothing, return nothing."""
    if not text:
        return ""
    path.write_text(text, encoding="utf-8", newline="\n")
    return str(path)


def _one_line(text: str) -> str:
    """Return the start of ``text`` without anything that Markdown or the log would obey."""
    return "".join(c if c.isalnum() or c in " -_./" else "?" for c in text[:50])
