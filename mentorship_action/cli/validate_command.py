"""The options of `mentorship validate`, apart from its work, which goes without click."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from mentorship_action.cli.options import shared_options
from mentorship_action.cli.settings import settings
from mentorship_action.cli.validate import validate


@click.command(name="validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@shared_options
@click.pass_obj
def command(environ: Mapping[str, str], /, **options: Any) -> int:  # noqa: ANN401
    """Check the program and every record, or only the PATHs given, seats included.

    Every fault of every file is told at once, with its line and how to mend it. Exit codes: 0 all
    is well, 1 a record has a fault, 2 wrong usage, 3 the program's own file has one.
    """
    return validate(settings(**options), environ)
