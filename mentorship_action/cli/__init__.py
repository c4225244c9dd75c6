"""The command line: one entrance, and the one place where an error becomes a message.

Imports stay few here: a plain `mentorship validate`, which is what nearly every run is, costs
less than the option parser does, so it goes without it (see ``settings.read_plainly``).
"""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Final

from mentorship_action.environment import environment
from mentorship_action.errors import Exit, MentorshipError

_REPORT: Final = "https://github.com/distronode/mentorship-action/issues"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code. Whatever happens, nobody meets a traceback.

    Args:
        argv: the arguments after the program's name; those of the process when None.
    """
    if argv is None:
        _settle_in()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(arguments, environment())
        sys.stdout.flush()
    except MentorshipError as error:
        return _say(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _say("Stopped before the end; run it again to continue.", Exit.UNFINISHED)
    except BrokenPipeError:
        # Whoever read our output has left. Python would complain again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.UNFINISHED)
    except Exception as error:  # noqa: BLE001 - the boundary
        return _fault_of_ours(error, arguments)
    return code


def _settle_in() -> None:
    """Prepare a process that lives for moments and prints other people's text."""
    # Looking for cycles as eagerly as a server has to costs a tenth of a short run.
    gc.set_threshold(100_000, 50, 50)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _run(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    from mentorship_action.cli.settings import read_plainly  # noqa: PLC0415 - few imports above

    plain = read_plainly(arguments)
    if plain is not None:
        from mentorship_action.cli.validate import validate  # noqa: PLC0415 - as above

        return validate(plain, environ)
    from mentorship_action.cli.group import run_command  # noqa: PLC0415 - brings click

    return run_command(arguments, environ)


def _say(message: str, code: Exit) -> int:
    from mentorship_action.reporting.escaping import one_line  # noqa: PLC0415 - as above

    sys.stdout.flush()
    sys.stderr.write(f"mentorship: {one_line(message)}\n")
    return int(code)


def _fault_of_ours(error: Exception, arguments: Sequence[str]) -> int:
    """Say that the fault is ours, and with -vv keep what a report of it needs."""
    import tempfile  # noqa: PLC0415 - for a fault alone
    import traceback  # noqa: PLC0415 - as above

    details = "Run it again with -vv to keep the details, and report them"
    if "-vv" in arguments or list(arguments).count("-v") > 1:
        with tempfile.NamedTemporaryFile(
            "w", prefix="mentorship-", suffix=".log", delete=False, encoding="utf-8"
        ) as log:
            traceback.print_exception(error, file=log)
        details = f"The details are in {log.name}; please report them"
    kind = type(error).__name__
    return _say(
        f"This is a fault of mentorship-action itself ({kind}), not of any file here. "
        f"{details} at {_REPORT}.",
        Exit.UNFINISHED,
    )
