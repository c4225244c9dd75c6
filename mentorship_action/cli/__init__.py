"""The command line: one entrance, and the one place where an error becomes a message."""

import io
import sys
import tempfile
import traceback
from collections.abc import Sequence

import click

from mentorship_action.cli.group import run_command
from mentorship_action.environment import environment
from mentorship_action.errors import Exit, MentorshipError, expected
from mentorship_action.reporting.escaping import log_line
from mentorship_action.streams import discard, prepare_streams, write_if_possible


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code. Whatever happens, nobody sees a traceback.

    Args:
        argv: the arguments after the program's name; those of the process when None.
    """
    if argv is None:
        prepare_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = run_command(arguments, environment())
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has left, and wants no message.
        code = Exit.UNFINISHED
        discard(sys.stdout)
    except click.ClickException as error:
        code = Exit.USAGE
        _print_error(_usage(error))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the boundary
        message = expected(error, details=_details(error, arguments))
        code = message.exit_code
        _print_error(f"mentorship: {log_line(str(message))}\n")
    return int(code)


def _usage(error: click.ClickException) -> str:
    """Return what click says of wrong arguments, with the usage of the command."""
    text = io.StringIO()
    error.show(text)
    return text.getvalue()


def _print_error(text: str) -> None:
    """Write to the error stream; where that is impossible, the exit code alone has to do."""
    write_if_possible(sys.stdout, "")
    write_if_possible(sys.stderr, text)


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
