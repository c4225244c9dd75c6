"""`mentorship doctor`: what would keep the program from working, and how to fix each."""

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.cli.progress import Progress
from mentorship_action.reporting.doctor import examination_json, examination_text
from mentorship_action.usecases.doctor import examine, exit_code


@click.command(name="doctor")
@click.option(
    "--repo",
    metavar="OWNER/NAME",
    help="The repository.  [default: GITHUB_REPOSITORY, else the git remote]",
)
@shared_options
def doctor_command(options: Options, *, repo: str | None) -> int:
    """Say what would keep the program from working, each with its exact fix.

    Looks at the files and, with GITHUB_TOKEN, at the settings, runs and accounts on GitHub, which
    it only reads. The last line answers whether you are good to go. Exit codes: 0 nothing is wrong,
    1 there are warnings, 2 wrong usage, 3 there are errors.
    """
    environ = {**options.environ, "GITHUB_REPOSITORY": repo} if repo else options.environ
    progress = Progress(options)
    found = examine(
        options.folder,
        config=options.config,
        now=options.moment(),
        environ=environ,
        on_ask=lambda what: progress.show(f"Asking GitHub: {what} …"),
    )
    progress.clear()
    if options.output == "json":
        print_text(examination_json(found))
    else:
        print_text(examination_text(found, color=options.colored, quiet=options.quiet))
    return exit_code(found)
