"""`mentorship rehearse`: a whole season offline, told in the terminal and shown on a page."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from mentorship_action.cli.options import shared_options
from mentorship_action.cli.settings import Settings, settings
from mentorship_action.domain.findings import Finding, errors
from mentorship_action.domain.program import Program
from mentorship_action.errors import Exit, SettingsError, UsageError
from mentorship_action.records.load import Loaded, load
from mentorship_action.records.templates import load_templates
from mentorship_action.rehearsal import scenarios
from mentorship_action.rehearsal.page import write_page
from mentorship_action.rehearsal.season import PlayedWeek, Scenario, play
from mentorship_action.rehearsal.story import Line, as_json, closing_lines, week_lines
from mentorship_action.reporting.escaping import json_for_log, one_line
from mentorship_action.wording.render import OVERRIDES, Wording, template_names

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
@click.option("--weeks", type=click.IntRange(1, 104), metavar="N", help="How many weeks to play.")
@click.option("--start", metavar="DATE", help="The day to begin with, such as 2026-11-09.")
@click.option(
    "--out",
    default="rehearsal",
    metavar="DIR",
    help="Where to write the page; a name that ends in .html is a file.  [default: rehearsal]",
)
@shared_options
@click.pass_obj
def command(
    environ: Mapping[str, str],
    /,
    *,
    weeks: int | None,
    start: str | None,
    out: str,
    **options: Any,  # noqa: ANN401 - the shared ones, as `settings` takes them
) -> int:
    """Play a whole season offline and write it as a web page.

    Without --root it is our own program with invented mentees; with --root, the program and the
    records there, whose people behave as people do. Nothing is sent anywhere. Exit codes: 0 all
    is well, 2 wrong usage, 3 the program's file has a fault, 4 the season did not settle.
    """
    own = options["root"] is not None or options["config"] is not None
    told = settings(**options)
    page = _page_path(out)
    scenario = _scenario(told, own=own, start=_parse_day(start), weeks=weeks)
    output = told.chosen_format(environ)
    season = play(scenario, _teller(told, output, scenario.weeks, color=told.wants_color(environ)))
    _write(page, write_page(season))
    if output == "json":
        sys.stdout.write(json_for_log(json.dumps(as_json(season, str(page)), indent=2)) + "\n")
    else:
        if not told.quiet:
            _print(closing_lines(season), color=told.wants_color(environ))
        sys.stdout.write(f"{one_line(str(page))}\n")
    return int(Exit.DONE)


def _scenario(told: Settings, *, own: bool, start: date | None, weeks: int | None) -> Scenario:
    root = told.root if own else scenarios.DEMO
    loaded = load(root, config=told.config, today=start or datetime.now(UTC))
    program = _program(loaded)
    if not own:
        return scenarios.demonstration(program, Wording(overrides={}), start=start, weeks=weeks)
    wording = Wording(overrides=load_templates(root, OVERRIDES, template_names()))
    return scenarios.own_season(
        program,
        wording,
        loaded.records,
        texts=_texts(root, loaded),
        start=start,
        weeks=weeks,
        left_out=_left_out(loaded),
    )


def _texts(root: Path, loaded: Loaded) -> dict[str, str]:
    """Return the records' files as they are, by path."""
    return {
        record.file: (root / record.file).read_bytes().decode("utf-8-sig")
        for record in loaded.records
    }


def _program(loaded: Loaded) -> Program:
    if loaded.program is None:
        fault: Finding = errors(loaded.findings)[0]
        where = f"{fault.file}:{fault.line}:{fault.column}"
        raise SettingsError(fault.message, where=where, fix=fault.hint)
    return loaded.program


def _left_out(loaded: Loaded) -> list[str]:
    """Return the files that have faults and therefore no record."""
    sound = {record.file for record in loaded.records}
    return sorted({finding.file for finding in errors(loaded.findings)} - sound)


def _parse_day(text: str | None) -> date | None:
    if text is None:
        return None
    mend = "Write year, month and day: 2026-11-09."
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("This is no date.", where="--start", fix=mend) from error
    if not 2000 <= day.year < 3000:
        raise UsageError("The clock doesn't reach this far.", where="--start", fix=mend)
    return day


def _page_path(out: str) -> Path:
    path = Path(out)
    return path if path.suffix == ".html" else path / "index.html"


def _write(path: Path, page: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            f"The page can't be written here: {error.strerror}.",
            where=str(path),
            fix="Name another place with --out.",
        ) from error


def _teller(
    told: Settings, output: str, weeks: int, *, color: bool
) -> Callable[[PlayedWeek, int], None]:
    """Return what is done with each week as it is over: it is told, and progress shown."""
    shows_progress = sys.stderr.isatty() and not told.quiet
    tells = output != "json" and not told.quiet

    def tell(played: PlayedWeek, number: int) -> None:
        if shows_progress:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
        if tells:
            _print(week_lines(played, whole=told.verbose > 0), color=color)
        if shows_progress and number < weeks:
            sys.stderr.write(f"\rPlaying week {number + 1} of {weeks} …")
            sys.stderr.flush()

    return tell


def _print(lines: Iterable[Line], *, color: bool) -> None:
    for line in lines:
        pieces = [
            click.style(one_line(text), **_STYLES.get(style, {})) if color else one_line(text)
            for style, text in line
        ]
        sys.stdout.write("".join(pieces).rstrip() + "\n")
    sys.stdout.flush()
