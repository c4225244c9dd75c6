"""`mentorship match`: rank mentors and teams for a mentee file, or find a team's meeting."""

from pathlib import Path

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.errors import Exit, UsageError
from mentorship_action.reporting.findings import check_json, check_text
from mentorship_action.reporting.match import ranking_json, ranking_text
from mentorship_action.reporting.meetings import times_json, times_text
from mentorship_action.usecases.match import match
from mentorship_action.usecases.meetings import team_times


@click.command(name="match")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--team",
    metavar="ID",
    help="Find times for the meeting of this team that suit everybody, now and after each change "
    "of clocks; or else whose one more hour would open which time.",
)
@shared_options
def match_command(options: Options, *, file: Path | None, team: str | None) -> int:
    """Rank the mentors and teams with a free place for FILE by hours and focus, and say why.

    FILE may name any mentor or team, a full one, or none that exists. Exit codes: 0 there is an
    answer, 1 the file has other errors, 2 wrong usage, 3 the program has errors.
    """
    if (file is None) == (team is None):
        raise UsageError(
            "One of the two is needed: a mentee file, or `--team` with a team's id.",
            where="FILE",
            fix="For example `mentorship match mentees/octocat.yml`.",
        )
    if file is not None:
        return _match_file(file, options)
    times = team_times(team or "", options.folder, config=options.config, now=options.moment())
    print_text(times_json(times) if options.output == "json" else times_text(times))
    return Exit.DONE


def _match_file(file: Path, options: Options) -> int:
    result = match(file, options.folder, config=options.config, now=options.moment())
    as_json = options.output == "json"
    if result.ranking is None:
        print_text(
            check_json(result.check) if as_json else check_text(result.check, color=options.colored)
        )
    else:
        print_text(ranking_json(result.ranking) if as_json else ranking_text(result.ranking))
    return result.exit_code
