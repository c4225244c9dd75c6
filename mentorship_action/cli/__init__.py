"""The command line: one entrance, and the one place where an error becomes a message."""

import io
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import click

from mentorship_action.cli.group import run_command
from mentorship_action.environment import environment
from mentorship_action.errors import Exit, MentorshipError, expected
from mentorship_action.reporting.escaping import log_line


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code. Whatever happens, nobody sees a traceback.

    Args:
        argv: the arguments after the program's name; those of the process when None.
    """
    if argv is None:
        _prepare_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = run_command(arguments, environment())
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has left, and wants no message.
        code = Exit.UNFINISHED
        _discard(sys.stdout)
    except click.ClickException as error:
        code = Exit.USAGE
        _print_error(_usage(error))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the boundary
        message = expected(error, details=_details(error, arguments))
        code = message.exit_code
        _print_error(f"mentorship: {log_line(str(message))}\n")
    return int(code)


def _prepare_streams() -> None:
    """Let output be any text, and let a process run that was started with closed streams."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _usage(error: click.ClickException) -> str:
    """Return what click says of wrong arguments, with the usage of the command."""
    text = io.StringIO()
    error.show(text)
    return text.getvalue()


def _print_error(text: str) -> None:
    """Write to the error stream; where that is impossible, the exit code alone has to do."""
    try:
        sys.stdout.flush()
    except OSError:
        _discard(sys.stdout)
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _discard(sys.stderr)


def _discard(stream: TextIO) -> None:
    """Send what is left in a stream nowhere, else Python complains when it closes it."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _details(error: BaseException, arguments: Sequence[str]) -> str:
    """Say where the details of an error of ours are; with -vv they are kept in a file."""
    if isinstance(error, (MentorshipError, OSError, KeyboardInterrupt)):
        return ""
    if "-vv" not in arguments and list(arguments).count("-v") < 2:
        return "Run it again with -vv to keep the details, and report them"
    with tempfile.NamedTemporaryFile(
        "w", prefix="mentorship-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exception(error, file=log)
    return f"The details are in {log.name}; please report them"
