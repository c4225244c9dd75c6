"""Play a whole season offline and write it as a web page."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.findings import errors
from mentorship_action.errors import UsageError
from mentorship_action.records.load import Loaded, load
from mentorship_action.records.program import program_path
from mentorship_action.rehearsal.demonstration import DEMO, demonstration
from mentorship_action.rehearsal.invented import invented_mentees
from mentorship_action.rehearsal.page import write_page
from mentorship_action.rehearsal.scenarios import cohort_season, own_season, without_mentors
from mentorship_action.rehearsal.season import PlayedWeek, Scenario, Season, play
from mentorship_action.usecases.program import valid_program
from mentorship_action.usecases.templates import own_templates
from mentorship_action.wording.render import Wording


class Shipped(StrEnum):
    """A scenario that comes with the package."""

    DEMO = "demo"
    COHORT = "cohort"


def read_scenario(
    root: Path | None,
    *,
    config: Path | None = None,
    now: datetime,
    start: date | None,
    weeks: int | None,
    shipped: Shipped = Shipped.DEMO,
    leaving: Sequence[tuple[str, int]] = (),
) -> Scenario:
    """Return the scenario of the program and the mentee files under ``root``.

    ``now`` counts where there is no ``start``. Without ``root`` it is the one that is ``shipped``:
    the demonstration is our own program with invented mentees. A program that nobody has joined
    gets invented ones, too. ``leaving`` are mentors who leave, each with the week of the season.

    Raises:
        SettingsError: the program or one of its templates has an error.
        UsageError: nobody of that name is a mentor of the program.
    """
    folder = root or (COHORT if shipped is Shipped.COHORT else DEMO)
    scenario = replace(
        _scenario(root, config, now, start, weeks, shipped),
        program_file=program_path(folder, config).read_bytes(),
    )
    for login, week in leaving:
        if scenario.program.mentor(login) is None or week > scenario.weeks:
            raise UsageError(
                "No mentor of the program leaves in such a week.",
                where=f"--without {login}@{week}",
                fix="Write a mentor's login and a week of the season, such as ada@5.",
            )
    return without_mentors(scenario, leaving)


def _scenario(
    root: Path | None,
    config: Path | None,
    now: datetime,
    start: date | None,
    weeks: int | None,
    shipped: Shipped,
) -> Scenario:
    folder = root or (COHORT if shipped is Shipped.COHORT else DEMO)
    loaded = load(folder, config=config, today=start or now)
    program = valid_program(loaded)
    if root is None and shipped is Shipped.DEMO:
        return demonstration(program, Wording(overrides={}), start=start, weeks=weeks)
    texts = {
        record.file: (folder / record.file).read_bytes().decode("utf-8-sig")
        for record in loaded.records
    }
    if root is None:
        wording = Wording(overrides={})
        return cohort_season(
            program, wording, loaded.records, texts=texts, start=start, weeks=weeks
        )
    wording = Wording(overrides=own_templates(folder))
    if not loaded.claims and not _left_out(loaded):
        people = invented_mentees(program, start or local_day(now, program.zone))
        season = own_season(program, wording, people, start=start, weeks=weeks)
        return replace(season, is_invented=bool(people))
    return own_season(
        program,
        wording,
        loaded.records,
        texts=texts,
        start=start,
        weeks=weeks,
        left_out=_left_out(loaded),
    )


COHORT = DEMO.parent / "cohort"
"""The root of the invented program of terms."""


def rehearse(
    scenario: Scenario, out: Path, on_week: Callable[[PlayedWeek, int], None] | None = None
) -> Season:
    """Play the scenario and write its page to the file ``out``; ``on_week`` gets each week.

    Raises:
        Unsettled: the same run twice did not end with nothing to do.
        UsageError: the page can't be written there.
    """
    season = play(scenario, on_week)
    page = write_page(season)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            f"The page can't be written here: {error.strerror}.",
            where=str(out),
            fix="Name another place with --out.",
        ) from error
    return season


def _left_out(loaded: Loaded) -> list[str]:
    """Return the files that have errors and therefore no record."""
    valid = {record.file for record in loaded.records}
    return sorted({finding.file for finding in errors(loaded.findings)} - valid)
