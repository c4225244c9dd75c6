"""`mentorship match`: rank the mentors with a free seat for one mentee file, and say why."""

from pathlib import Path

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.reporting.findings import check_json, check_text
from mentorship_action.reporting.match import ranking_json, ranking_text
from mentorship_action.usecases.match import match


@click.command(name="match")
@click.argument("file", type=click.Path(path_type=Path))
@shared_options
def match_command(options: Options, *, file: Path) -> int:
    """Rank the mentors with a free seat for FILE by shared hours and focus, and say why.

    FILE may name any mentor, a full one, or none that exists. Exit codes: 0 mentors are ranked, 1
    the file has other errors, 2 wrong usage, 3 the program has errors.
    """
    result = match(file, options.folder, config=options.config, now=options.moment())
    as_json = options.output == "json"
    if result.ranking is None:
        print_text(
            check_json(result.check) if as_json else check_text(result.check, color=options.colored)
        )
    else:
        print_text(ranking_json(result.ranking) if as_json else ranking_text(result.ranking))
    return result.exit_code
