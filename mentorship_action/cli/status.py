"""`mentorship status`: what needs a person, in the terminal."""

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.errors import Exit
from mentorship_action.reporting.status import status_json, status_text
from mentorship_action.usecases.status import status


@click.command(name="status")
@click.option("--offline", is_flag=True, help="Ask GitHub for nothing: what the files alone tell.")
@click.option("--repo", metavar="OWNER/NAME", help="The repository.  [default: GITHUB_REPOSITORY]")
@shared_options
def status_command(options: Options, *, offline: bool, repo: str | None) -> int:
    """Say what needs a person, the worst first: who waits, on whom, and since when.

    It is read live and written nowhere. It tells who has been quiet, so don't publish it. Reads
    GITHUB_TOKEN, GITHUB_REPOSITORY and GITHUB_API_URL unless --offline. Exit codes: 0 it was read,
    2 wrong usage, 3 the program has errors, 4 GitHub failed.
    """
    report = status(
        options.folder,
        config=options.config,
        now=options.moment(),
        environ={**options.environ, "GITHUB_REPOSITORY": repo} if repo else options.environ,
        offline=offline,
    )
    print_text(status_json(report) if options.output == "json" else status_text(report))
    return Exit.UNFINISHED if report.unread else Exit.DONE
