"""The options that mean the same in every command, for click."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from mentorship_action.cli.settings import COLORS, FORMATS

_OPTIONS = (
    click.option("--root", metavar="DIR", help="The repository's root.  [default: .]"),
    click.option(
        "--config", metavar="FILE", help="The program.  [default: .github/mentorship.yml]"
    ),
    click.option("--now", metavar="TIMESTAMP", help="ISO 8601 with offset.  [default: the clock]"),
    click.option(
        "--format",
        type=click.Choice(FORMATS),
        help="How to print.  [default: github under Actions, else text]",
    ),
    click.option("--color", type=click.Choice(COLORS), help="Whether in colour.  [default: auto]"),
    click.option("-v", "--verbose", count=True, help="Say more; twice keeps a log of faults."),
    click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
)


Command = TypeVar("Command", bound=Callable[..., Any])


def shared_options(command: Command) -> Command:
    """Add the shared options; the command gets each by its name, see ``settings.settings``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
