"""`mentorship sync`: make GitHub match the files on the default branch."""

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from mentorship_action import __version__
from mentorship_action.cli.options import shared_options
from mentorship_action.cli.settings import Settings, settings
from mentorship_action.domain.findings import Finding, errors
from mentorship_action.domain.program import Program
from mentorship_action.errors import Exit, SettingsError, UsageError
from mentorship_action.forge.protocol import Forge
from mentorship_action.records.history import arrivals, records_tree
from mentorship_action.records.load import Loaded, load
from mentorship_action.records.templates import load_templates
from mentorship_action.records.validate import validate_record
from mentorship_action.reporting import plan as reports
from mentorship_action.reporting.escaping import json_for_log
from mentorship_action.runner import Request, write_summary
from mentorship_action.sync import Files, Run
from mentorship_action.sync import run as run_once
from mentorship_action.wording.render import OVERRIDES, Wording, template_names

# Seats that are taken are a line to wait in here, and no fault of a file.
_NO_SEAT: Final = frozenset({"mentor-full", "mentor-takes-none"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What a run came to, and the texts that tell it.

    ``findings`` are the faults of records, which were left alone.
    """

    run: Run
    findings: tuple[Finding, ...]
    now: datetime
    applied: bool

    @property
    def exit_code(self) -> int:
        """What went wrong on the forge, else 1 when a record has a fault."""
        if code := self.run.report.exit_code if self.applied else Exit.DONE:
            return int(code)
        return int(Exit.FINDINGS if self.findings else Exit.DONE)

    @property
    def changes(self) -> int:
        """How many changes were made, or would be in a dry run."""
        return len(self.run.report.results) - (self.remaining if self.applied else 0)

    @property
    def remaining(self) -> int:
        """How many changes are left for a later run."""
        return self.run.report.remaining

    @property
    def json_text(self) -> str:
        """The run as `--format json` prints it."""
        return reports.as_json(self._told, now=self.now)

    @property
    def summary_markdown(self) -> str:
        """The run as a job summary."""
        return reports.as_markdown(self._told, self.findings)

    @property
    def log_text(self) -> str:
        """The run as a step's log, with annotations for what is wrong."""
        faults = reports.as_annotations(self._told, self.findings)
        return "\n".join(part for part in (self.text(), faults) if part)

    def text(self, *, quiet: bool = False) -> str:
        """Return the run for a terminal; quiet, only what is wrong."""
        return reports.as_text(self._told, self.findings, quiet=quiet)

    @property
    def _told(self) -> reports.Told:
        report = self.run.report
        return reports.Told(
            results=report.results,
            notices=self.run.plan.notices,
            error=str(report.error) if report.error else "",
            applied=self.applied,
            remaining=report.remaining,
            requests=self.run.requests,
        )


@click.command(name="sync")
@click.option("--apply", is_flag=True, help="Write to GitHub; without it the plan is only printed.")
@click.option("--repo", metavar="OWNER/NAME", help="The repository.  [default: GITHUB_REPOSITORY]")
@shared_options
@click.pass_obj
def command(
    environ: Mapping[str, str],
    /,
    *,
    apply: bool,
    repo: str | None,
    **options: Any,  # noqa: ANN401 - the shared ones
) -> int:
    """Make GitHub match the files: trackers, check-ins, applications, endings.

    Prints the plan, and writes only with --apply. Reads GITHUB_TOKEN, GITHUB_REPOSITORY and
    GITHUB_API_URL. Exit codes: 0 all is done, 1 a record has a fault and was left alone, 2 wrong
    usage, 3 the program or the repository's settings are wrong, 4 GitHub failed or work is left:
    running again goes on.
    """
    told = settings(**options)
    surroundings = {**environ, "GITHUB_REPOSITORY": repo} if repo else environ
    result = synchronise(told, surroundings, write=apply)
    match told.chosen_format(environ):
        case "json":
            text = json_for_log(result.json_text)
        case "github":
            text = result.log_text
            if summary := environ.get("GITHUB_STEP_SUMMARY"):
                write_summary(summary, result.summary_markdown)
        case _:
            text = result.text(quiet=told.quiet)
    if text:
        sys.stdout.write(text + "\n")
    return result.exit_code


def run(request: Request) -> Result:
    """Do one run for the Actions adapter."""
    config = Path(request.config) if request.config else None
    told = Settings(root=request.root, config=config, now=request.now)
    return synchronise(told, request.environ, write=request.apply)


def synchronise(told: Settings, environ: Mapping[str, str], *, write: bool) -> Result:
    """Load the files, connect to GitHub, and do one run."""
    now = told.moment()
    loaded = load(told.root, config=told.config, today=now)
    files = _files(told.root, loaded)
    done = run_once(files, _connect(environ), now, write=write)
    faults = tuple(one for one in errors(loaded.findings) if one.code not in _NO_SEAT)
    return Result(run=done, findings=faults, now=now, applied=write)


def _files(root: Path, loaded: Loaded) -> Files:
    """Return what a run needs of the default branch."""
    program = _program(loaded)
    overrides = load_templates(root, OVERRIDES, template_names())

    return Files(
        program=program,
        records=loaded.records,
        arrivals=arrivals(root),
        wording=Wording(overrides=overrides),
        validator=partial(validate_record, program=program),
        config_digest=_digest(__version__, repr(program), repr(sorted(overrides.items()))),
        records_tree=records_tree(root),
    )


def _program(loaded: Loaded) -> Program:
    """Return the program; SettingsError with its first fault when there is none."""
    if loaded.program is not None:
        return loaded.program
    fault, *others = errors(loaded.findings)
    more = f" ({len(others)} more: run `mentorship validate`.)" if others else ""
    raise SettingsError(
        fault.message,
        where=f"{fault.file}:{fault.line}:{fault.column}",
        fix=f"{fault.hint}{more}",
    )


def _connect(environ: Mapping[str, str]) -> Forge:
    """Return GitHub as the environment names it."""
    repository, token = environ.get("GITHUB_REPOSITORY", ""), environ.get("GITHUB_TOKEN", "")
    if repository.count("/") != 1 or not all(repository.split("/")):
        raise UsageError(
            "No repository is named.",
            where="GITHUB_REPOSITORY",
            fix="Set it to owner/name, or use --repo owner/name.",
        )
    if not token:
        raise UsageError(
            "There is no token.",
            where="GITHUB_TOKEN",
            fix="Set it in the environment; in a workflow it is ${{ github.token }}.",
        )
    # PyGithub costs half a second, and only a run that reaches GitHub needs it.
    from mentorship_action.forge.github import DEFAULT_API, GitHubForge  # noqa: PLC0415

    return GitHubForge(
        repository=repository, token=token, api=environ.get("GITHUB_API_URL") or DEFAULT_API
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
