"""Make GitHub match the files on the default branch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Final

from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.findings import errors
from mentorship_action.domain.program import Program
from mentorship_action.errors import Exit, SettingsError
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Forge
from mentorship_action.loop import DefaultBranch, run
from mentorship_action.planning.changes import Notice
from mentorship_action.planning.situation import Editor
from mentorship_action.records.edited import FileEditor
from mentorship_action.records.history import last_changes, mentors_changed, records_tree
from mentorship_action.records.load import Loaded, load
from mentorship_action.records.program import program_path, shown_file
from mentorship_action.records.validate import validate_record
from mentorship_action.reporting.run import RunReport
from mentorship_action.usecases.checkout import why_outdated
from mentorship_action.usecases.connect import connect
from mentorship_action.usecases.program import valid_program
from mentorship_action.usecases.templates import own_templates
from mentorship_action.wording.render import Wording

# An application to a mentor who takes nobody is wrong; who is in already waits for a seat.
_NO_SEAT: Final = "mentor-takes-none"


@dataclass(frozen=True, kw_only=True, slots=True)
class SyncResult:
    """What a run did, or would do, and its exit code."""

    report: RunReport
    exit_code: Exit


def sync(
    root: Path,
    *,
    config: Path | None = None,
    now: datetime,
    write: bool,
    environ: Mapping[str, str],
    on_write: Callable[[int], None] = lambda _: None,
) -> SyncResult:
    """Load the files, connect to GitHub, and do one run; without ``write`` change nothing.

    Under GitHub Actions it works on the newest commit of the default branch alone. ``on_write``
    gets the number of each write before it is sent.
    The exit code says what went wrong on GitHub, else it is 1 when a mentee file has an error and
    was left alone.

    Raises:
        UsageError: the environment names no repository, no token, or another branch.
        SettingsError: the program or one of its templates has an error.
        ForgeError: GitHub could not be observed.
    """
    forge = connect(environ)
    if reason := why_outdated(root, environ, forge):
        return _nothing_done(reason, now, forge)
    loaded = load(root, config=config, today=now)
    branch = files_of_checkout(root, config, loaded, now, environ)
    pacer = Pacer(seconds=branch.program.limits.seconds_between_writes, on_write=on_write)
    done = run(branch, forge, now, write=write, pacer=pacer)
    findings = tuple(one for one in errors(loaded.findings) if one.code != _NO_SEAT)
    report = RunReport(
        now=now,
        applied=write,
        results=done.report.results,
        notices=done.plan.notices,
        findings=findings,
        error=str(done.report.error) if done.report.error else "",
        remaining=done.report.remaining,
        requests=forge.requests,
        budget=branch.program.limits.requests_per_run,
    )
    exit_code = done.report.exit_code if write else Exit.DONE
    if exit_code == Exit.DONE and findings:
        exit_code = Exit.FINDINGS
    return SyncResult(report=report, exit_code=exit_code)


def _nothing_done(reason: str, now: datetime, forge: Forge) -> SyncResult:
    """Return the result of a run in an old checkout, which is no error."""
    notice = Notice(kind="outdated", key="default-branch", text=reason)
    report = RunReport(
        now=now, applied=False, results=(), notices=(notice,), remaining=0, requests=forge.requests
    )
    return SyncResult(report=report, exit_code=Exit.DONE)


def files_of_checkout(
    root: Path, config: Path | None, loaded: Loaded, now: datetime, environ: Mapping[str, str]
) -> DefaultBranch:
    """Return what a run needs of the default branch."""
    program = valid_program(loaded)
    if unknown := next((one for one in loaded.findings if one.code == "history-unknown"), None):
        # Without it a seat could go to somebody who came later.
        raise SettingsError(unknown.message, where=unknown.file, fix=unknown.hint)
    place = shown_file(root, program_path(root, config))
    return DefaultBranch(
        program=program,
        records=(*loaded.records, *loaded.without_mentor),
        claims=loaded.claims,
        arrivals=loaded.arrivals,
        wording=Wording(overrides=own_templates(root)),
        validator=partial(validate_record, program=program, today=local_day(now, program.zone)),
        records_tree=records_tree(root),
        editor=_editor(root, place, program, environ),
        last_changes=cache(partial(last_changes, root, now)),
        mentors_changed=cache(partial(mentors_changed, root, place)),
    )


def _editor(root: Path, place: str, program: Program, environ: Mapping[str, str]) -> Editor:
    """Return what edits the files of the default branch, as they are in this checkout.

    ``place`` is the path of the program's file.
    """
    files = FileEditor(
        read=lambda file: (root / file).read_bytes(), program=program, program_file=place
    )
    return Editor(edited=files.edited, program_file=place, url=_edit_url(environ))


def _edit_url(environ: Mapping[str, str]) -> str:
    """Return where the files of the default branch are edited; a file's path is added to it."""
    server = environ.get("GITHUB_SERVER_URL") or "https://github.com"
    branch = environ.get("GITHUB_REF", "").removeprefix("refs/heads/") or "HEAD"
    return f"{server}/{environ.get('GITHUB_REPOSITORY', '')}/edit/{branch}/"
