"""`mentorship report`: a program's own site, ready for GitHub Pages."""

from pathlib import Path

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.errors import Exit
from mentorship_action.publish.report_json import report_json
from mentorship_action.reporting.escaping import log_json, log_line
from mentorship_action.usecases.report import report, report_site, write_site


@click.command(name="report")
@click.option(
    "--offline", is_flag=True, help="Ask GitHub for nothing; links to issues are left out."
)
@click.option("--repo", metavar="OWNER/NAME", help="The repository.  [default: GITHUB_REPOSITORY]")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="mentorship-site",
    metavar="DIR",
    help="Where to write the site.  [default: mentorship-site]",
)
@shared_options
def report_command(options: Options, *, offline: bool, repo: str | None, out: Path) -> int:
    """Write the program's own site: roster, mentorships, alumni, how to join.

    It is a folder of plain files, ready for GitHub Pages: pages, report.md, report.json and badges.
    Nobody is on it who is paused, withdrew, or whose file says `public: false`. Reads GITHUB_TOKEN,
    GITHUB_REPOSITORY and GITHUB_API_URL unless --offline. Exit codes: 0 it is written, 2 wrong
    usage, 3 the program has errors, 4 GitHub failed.
    """
    found = report(
        options.folder,
        config=options.config,
        now=options.moment(),
        environ={**options.environ, "GITHUB_REPOSITORY": repo} if repo else options.environ,
        offline=offline,
    )
    write_site(report_site(found), out)
    if options.output == "json":
        print_text(log_json(report_json(found)))
    elif not options.quiet:
        print_text(log_line(str(out / "index.html")))
    return Exit.DONE
