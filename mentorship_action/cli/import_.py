"""`mentorship import`: turn a spreadsheet of people into mentee files and a program draft."""

from pathlib import Path

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.reporting.imported import import_json, import_text
from mentorship_action.usecases.import_ import import_table

_PATH = click.Path(path_type=Path)


@click.command(name="import")
@click.argument("file", type=_PATH)
@click.option(
    "--map", "renames", type=_PATH, metavar="MAP.yml", help="Our columns by the headers of FILE."
)
@click.option("--defaults", type=_PATH, metavar="FILE.yml", help="What a row says when it doesn't.")
@shared_options
def import_command(
    options: Options, *, file: Path, renames: Path | None, defaults: Path | None
) -> int:
    """Write a mentee file for each row of FILE, a CSV file or a YAML list.

    Nothing is overwritten, and each row that makes no valid mentee file is listed with the reason.
    Where there is no program yet, a draft of one is written. Exit codes: 0 every row was taken, 1
    some were refused, 2 wrong usage, 3 the program has errors.
    """
    report = import_table(
        file,
        options.folder,
        renames=renames,
        defaults=defaults,
        config=options.config,
        now=options.moment(),
    )
    if options.output == "json":
        print_text(import_json(report))
    else:
        print_text(import_text(report, quiet=options.quiet))
    return report.exit_code
