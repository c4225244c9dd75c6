"""`mentorship validate`: check the program, and every mentee file or the paths given."""

import sys
from pathlib import Path

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.reporting.findings import check_json, check_log, check_markdown, check_text
from mentorship_action.reporting.summary import append_summary
from mentorship_action.usecases.validate import validate


@click.command(name="validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@shared_options
def validate_command(options: Options, *, paths: tuple[Path, ...]) -> int:
    """Check the program and every mentee file, or only the PATHs given, seats included.

    Every error of every file is shown at once, with its line and how to fix it. Exit codes: 0 no
    errors, 1 a mentee file has errors, 2 wrong usage, 3 the program has errors.
    """
    result = validate(options.folder, config=options.config, paths=paths, now=options.moment())
    if options.verbose:
        sys.stderr.writelines(f"{file}: valid\n" for file in result.valid)
    match options.output:
        case "json":
            print_text(check_json(result.check))
        case "github":
            print_text(check_log(result.check))
            append_summary(
                options.environ.get("GITHUB_STEP_SUMMARY", ""), check_markdown(result.check)
            )
        case "text":
            print_text(check_text(result.check, color=options.colored, quiet=options.quiet))
    return result.exit_code
