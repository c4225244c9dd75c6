"""`mentorship rehearse`: a whole season offline, told in the terminal and shown on a page."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.cli.progress import Progress
from mentorship_action.errors import Exit, UsageError
from mentorship_action.rehearsal.season import PlayedWeek
from mentorship_action.rehearsal.story import Line, closing_lines, season_json, week_lines
from mentorship_action.reporting.escaping import log_json, log_line
from mentorship_action.usecases.moment import parse_day
from mentorship_action.usecases.rehearse import Shipped, read_scenario, rehearse

_MOST_WEEKS = 104

_STYLES: Mapping[str, Mapping[str, Any]] = {
    "week": {"bold": True},
    "time": {"dim": True},
    "bot": {"fg": "magenta"},
    "person": {"fg": "cyan"},
    "quote": {"italic": True, "dim": True},
    "bad": {"fg": "red"},
    "good": {"fg": "green"},
}


@click.command(name="rehearse")
@click.option(
    "--weeks", type=click.IntRange(1, _MOST_WEEKS), metavar="N", help="How many weeks to play."
)
@click.option("--start", metavar="DATE", help="The day to begin with, such as 2026-11-09.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="rehearsal",
    metavar="DIR",
    help="Where to write the page; a name that ends in .html is a file.  [default: rehearsal]",
)
@click.option(
    "--scenario",
    type=click.Choice([one.value for one in Shipped]),
    help="Which invented season to play without --root.  [default: demo]",
)
@click.option(
    "--without",
    multiple=True,
    metavar="MENTOR@WEEK",
    help="Let a mentor leave in a week of the season; may be repeated.",
)
@shared_options
def rehearse_command(
    options: Options,
    *,
    weeks: int | None,
    start: str | None,
    out: Path,
    scenario: str | None,
    without: tuple[str, ...],
) -> int:
    """Play a whole season offline and write it as a web page.

    Without --root it is our own program with invented mentees, or, with --scenario cohort, a term
    with a team and a lead who drops out; with --root, the program and the
    mentee files there, whose people behave as people do. Nothing is sent anywhere. Exit codes: 0
    all is well, 2 wrong usage, 3 the program has errors, 4 the season did not settle.
    """
    own = options.root is not None or options.config is not None
    if own and scenario:
        raise UsageError(
            "A program of your own is a scenario already.",
            where="--scenario",
            fix="Leave out --scenario, or --root and --config.",
        )
    played = read_scenario(
        options.folder if own else None,
        config=options.config,
        now=options.moment(),
        start=None if start is None else parse_day(start, where="--start"),
        weeks=weeks,
        shipped=Shipped(scenario or Shipped.DEMO),
        leaving=tuple(map(_leaving, without)),
    )
    if played.is_invented and not options.quiet and options.output != "json":
        print_text("Nobody has joined yet, so invented mentees play. Their names end in -demo.")
    page = out if out.suffix == ".html" else out / "index.html"
    season = rehearse(played, page, _teller(options, played.weeks))
    if options.output == "json":
        print_text(log_json(json.dumps(season_json(season, str(page)), indent=2)))
        return Exit.DONE
    if not options.quiet:
        _print(closing_lines(season), color=options.colored)
    print_text(log_line(str(page)))
    return Exit.DONE


def _leaving(text: str) -> tuple[str, int]:
    mentor, _, week = text.rpartition("@")
    if not mentor or not week.isdecimal() or not 1 <= int(week) <= _MOST_WEEKS:
        raise UsageError(
            "This is no mentor with a week.",
            where="--without",
            fix="Write a mentor's login and a week of the season, such as ada@5.",
        )
    return mentor.lower().removeprefix("@"), int(week)


def _teller(options: Options, weeks: int) -> Callable[[PlayedWeek, int], None]:
    """Return what prints each week when it is over, and shows progress on a terminal."""
    progress = Progress(options)
    tells = options.output != "json" and not options.quiet

    def tell(played: PlayedWeek, number: int) -> None:
        progress.clear()
        if tells:
            _print(week_lines(played, whole=options.verbose > 0), color=options.colored)
        if number < weeks:
            progress.show(f"Playing week {number + 1} of {weeks} …")

    return tell


def _print(lines: Iterable[Line], *, color: bool) -> None:
    for line in lines:
        pieces = [
            click.style(log_line(text), **_STYLES.get(style, {})) if color else log_line(text)
            for style, text in line
        ]
        print_text("".join(pieces).rstrip() or "\n")
    sys.stdout.flush()
