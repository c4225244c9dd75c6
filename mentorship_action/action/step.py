"""One step of a job, from the event and inputs to the exit code.

``.github/action/run.sh`` starts it with an isolated Python.
"""

import sys
import traceback
from collections.abc import Mapping

from mentorship_action.action.inputs import Inputs, read_inputs
from mentorship_action.action.outputs import StepResult, hand_over
from mentorship_action.domain.findings import errors
from mentorship_action.domain.text import counted
from mentorship_action.environment import environment
from mentorship_action.errors import Exit, MentorshipError, expected
from mentorship_action.reporting.findings import check_json, check_log, check_markdown
from mentorship_action.reporting.run import run_json, run_log, run_markdown
from mentorship_action.reporting.summary import error_markdown
from mentorship_action.reporting.workflow_commands import debug_command, error_command
from mentorship_action.streams import prepare_streams, write_if_possible
from mentorship_action.usecases.report import report, report_site
from mentorship_action.usecases.sync import sync
from mentorship_action.usecases.validate import validate

_DETAILS = "Run it again with debug logging, and report what it shows"


def run_step(environ: Mapping[str, str] | None = None) -> int:
    """Do what the event and the inputs ask for; return the step's exit code.

    The outputs are written whatever happens, and nobody sees a traceback but who debugs.

    Args:
        environ: the variables of the step; those of the process when None.
    """
    if environ is None:
        prepare_streams()
        environ = environment()
    result = _guarded(environ)
    try:
        hand_over(result, environ)
    except OSError as error:
        result = _stopped(error, environ)
    written = write_if_possible(sys.stdout, result.log.removesuffix("\n") + "\n")
    return int(result.exit_code if written else result.exit_code or Exit.UNFINISHED)


def _guarded(environ: Mapping[str, str]) -> StepResult:
    """Run the command; turn every error into one message that says how to fix it."""
    try:
        inputs = read_inputs(environ)
        match inputs.command:
            case "validate":
                return _validate(inputs)
            case "sync":
                return _sync(inputs, environ)
            case "report":
                return _report(inputs, environ)
    except Exception as error:  # noqa: BLE001 - the boundary: nobody should meet a traceback
        return _stopped(error, environ)


def _validate(inputs: Inputs) -> StepResult:
    result = validate(inputs.root, config=inputs.config, now=inputs.now)
    return StepResult(
        exit_code=result.exit_code,
        log=check_log(result.check),
        markdown=check_markdown(result.check),
        json=check_json(result.check),
        errors=len(errors(result.check.findings)),
    )


def _sync(inputs: Inputs, environ: Mapping[str, str]) -> StepResult:
    result = sync(
        inputs.root, config=inputs.config, now=inputs.now, write=inputs.write, environ=environ
    )
    done = result.report
    return StepResult(
        exit_code=result.exit_code,
        log=run_log(done),
        markdown=run_markdown(done),
        json=run_json(done),
        errors=len(done.findings),
        changes=done.changes,
        remaining=done.remaining,
    )


def _report(inputs: Inputs, environ: Mapping[str, str]) -> StepResult:
    found = report(
        inputs.root, config=inputs.config, now=inputs.now, environ=environ, offline=False
    )
    site = report_site(found)
    return StepResult(
        exit_code=Exit.DONE,
        log=f"The site has {counted(len(site), 'file')}.",
        markdown=site["report.md"],
        json=site["report.json"],
        site=site,
    )


def _stopped(error: Exception, environ: Mapping[str, str]) -> StepResult:
    """Return what is told of an error that stopped the run, to who debugs with its traceback."""
    message = expected(error, details=_DETAILS)
    lines = [error_command(str(message))]
    if environ.get("RUNNER_DEBUG") == "1" and not isinstance(error, MentorshipError):
        lines += map(debug_command, "".join(traceback.format_exception(error)).splitlines())
    return StepResult(
        exit_code=Exit(message.exit_code), log="\n".join(lines), markdown=error_markdown(message)
    )
