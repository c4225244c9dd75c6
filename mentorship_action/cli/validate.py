"""`mentorship validate`: check the program, and every record or the paths given."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from mentorship_action.cli.settings import Settings, parse_moment
from mentorship_action.errors import Exit
from mentorship_action.records.load import Loaded, load
from mentorship_action.reporting import findings as reports

if TYPE_CHECKING:
    from mentorship_action.domain.findings import Finding


class Request(Protocol):
    """What the Actions adapter asks for."""

    @property
    def root(self) -> Path:
        """The repository's folder."""

    @property
    def config(self) -> str | None:
        """The program's file, None for the usual place."""

    @property
    def now(self) -> str | None:
        """The time to act at, None for the clock's."""


class Result(NamedTuple):
    """What a check came to, and the texts that tell it."""

    loaded: Loaded

    @property
    def exit_code(self) -> int:
        """0 when all is well, 3 when the program is wrong, else 1."""
        if self.loaded.program_is_wrong:
            return int(Exit.SETTINGS)
        return int(Exit.FINDINGS if reports.faults(self.findings) else Exit.DONE)

    @property
    def findings(self) -> "tuple[Finding, ...]":
        """What was found, in the order of files and lines."""
        return self.loaded.findings

    @property
    def json_text(self) -> str:
        """The findings as `--format json` prints them."""
        return reports.as_json(self.findings, files=self.loaded.files, seats=self.loaded.seats)

    @property
    def summary_markdown(self) -> str:
        """The findings as a job summary."""
        return reports.as_markdown(self.findings, files=self.loaded.files, seats=self.loaded.seats)

    @property
    def log_text(self) -> str:
        """The findings as a step's log, with annotations."""
        from mentorship_action.reporting.explanations import title_of  # noqa: PLC0415 - for logs

        return reports.as_annotations(
            self.findings, files=self.loaded.files, seats=self.loaded.seats, title_of=title_of
        )

    def text(self, *, color: bool = False, quiet: bool = False) -> str:
        """Return the findings for a terminal."""
        return reports.as_text(
            self.findings,
            files=self.loaded.files,
            seats=self.loaded.seats,
            color=color,
            quiet=quiet,
        )


def run(request: Request) -> Result:
    """Check a whole repository for the Actions adapter."""
    config = Path(request.config) if request.config else None
    return _check(Settings(root=request.root, config=config, now=request.now))


def validate(settings: Settings, environ: Mapping[str, str]) -> int:
    """Check, print, and return the exit code."""
    result = _check(settings)
    if settings.verbose:
        for record in result.loaded.records:
            sys.stderr.write(f"{record.file}: sound\n")
    match settings.chosen_format(environ):
        case "json":
            text = result.json_text
        case "github":
            text = result.log_text
            _add_summary(environ.get("GITHUB_STEP_SUMMARY"), result)
        case _:
            text = result.text(color=settings.wants_color(environ), quiet=settings.quiet)
    if text:
        sys.stdout.write(text + "\n")
    return result.exit_code


def _check(settings: Settings) -> Result:
    now = parse_moment(settings.now)
    return Result(
        loaded=load(settings.root, config=settings.config, paths=settings.paths, today=now)
    )


def _add_summary(path: str | None, result: Result) -> None:
    """Append the job summary to the runner's file, if this is a step of a job."""
    if path:
        from mentorship_action.runner import write_summary  # noqa: PLC0415 - under Actions alone

        write_summary(path, result.summary_markdown)
