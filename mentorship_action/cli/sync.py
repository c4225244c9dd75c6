"""`mentorship sync`: make GitHub match the files on the default branch."""

from collections.abc import Mapping

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.cli.progress import Progress
from mentorship_action.errors import Exit, UsageError
from mentorship_action.reporting.escaping import log_line
from mentorship_action.reporting.run import run_json, run_log, run_markdown, run_text
from mentorship_action.reporting.summary import append_summary
from mentorship_action.usecases.status import explain_one
from mentorship_action.usecases.sync import sync


@click.command(name="sync")
@click.option("--apply", is_flag=True, help="Write to GitHub; without it the plan is only printed.")
@click.option("--repo", metavar="OWNER/NAME", help="The repository.  [default: GITHUB_REPOSITORY]")
@click.option(
    "--explain",
    metavar="LOGIN",
    help="Say for one person what is due, what is not, and why; writes nothing.",
)
@shared_options
def sync_command(options: Options, *, apply: bool, repo: str | None, explain: str | None) -> int:
    """Make GitHub match the files: trackers, check-ins, applications, endings.

    Prints the plan, and writes only with --apply. Reads GITHUB_TOKEN, GITHUB_REPOSITORY and
    GITHUB_API_URL. Exit codes: 0 all is done, 1 a mentee file has errors and was left alone, 2
    wrong usage, 3 the program or the repository's settings are wrong, 4 GitHub failed or work is
    left: running again goes on.
    """
    environ = {**options.environ, "GITHUB_REPOSITORY": repo} if repo else options.environ
    if explain is not None:
        return _explain(explain, options, environ, apply=apply)
    progress = Progress(options)
    result = sync(
        options.folder,
        config=options.config,
        now=options.moment(),
        write=apply,
        environ=environ,
        on_write=lambda number: progress.show(f"Writing to GitHub: {number} so far …"),
    )
    progress.clear()
    match options.output:
        case "json":
            print_text(run_json(result.report))
        case "github":
            print_text(run_log(result.report))
            append_summary(
                options.environ.get("GITHUB_STEP_SUMMARY", ""), run_markdown(result.report)
            )
        case "text":
            print_text(run_text(result.report, quiet=options.quiet))
    return result.exit_code


def _explain(login: str, options: Options, environ: Mapping[str, str], *, apply: bool) -> int:
    if apply or options.output == "json":
        raise UsageError(
            "`--explain` only looks, and speaks to people: it goes with neither `--apply` nor "
            "`--format json`.",
            where="--explain",
            fix="Leave the other option out.",
        )
    now = options.moment()
    lines = explain_one(login, options.folder, config=options.config, now=now, environ=environ)
    print_text("\n".join(map(log_line, lines)))
    return Exit.DONE
