"""What the configuration, the mentee files and the page for mentees lack."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mentorship_action.domain.calendar import term_days
from mentorship_action.domain.findings import errors
from mentorship_action.domain.obstacles import Obstacle, error, warning
from mentorship_action.domain.program import Program
from mentorship_action.domain.text import counted, quote
from mentorship_action.errors import SettingsError
from mentorship_action.records.load import Loaded
from mentorship_action.records.program import USUAL_PLACE
from mentorship_action.usecases.init import MENTEES_PAGE, is_page_outdated
from mentorship_action.usecases.templates import own_templates
from mentorship_action.wording.set_up import YOUR_LOGIN

_SHALLOW = "history-unknown"


def program_missing(loaded: Loaded) -> Iterator[Obstacle]:
    """Yield why there is no program to work with."""
    if loaded.program is not None:
        return
    first = errors(loaded.findings)[0]
    yield error(
        "no-program",
        f"{first.file}:{first.line}: {first.message}",
        "Without a valid configuration nothing is done at all.",
        "Run `mentorship init` where there is none, else `mentorship validate`, which lists every "
        "error.",
    )


def file_obstacles(root: Path, loaded: Loaded, program: Program, today: date) -> Iterator[Obstacle]:
    """Yield what a person has to look at in the files."""
    yield from _teams(loaded)
    yield from _mentee_files(loaded)
    yield from _mentors(loaded, program)
    yield from _people(program)
    yield from _templates(root)
    yield from _terms(program, today)
    yield from _page(root, program, today)


def _teams(loaded: Loaded) -> Iterator[Obstacle]:
    left = [one for one in errors(loaded.findings) if one.path.startswith("teams[")]
    if left:
        yield warning(
            "team-mentor",
            f"In a team, {left[0].message}",
            "The team goes on and its backup is asked, but checks of pull requests fail.",
            f"Name other mentors in {left[0].place}, or add them to `mentors` again.",
        )


def _mentee_files(loaded: Loaded) -> Iterator[Obstacle]:
    found = (one for one in errors(loaded.findings) if one.code != _SHALLOW)
    wrong = {one.file for one in found if not one.path.startswith("teams[")}
    if wrong:
        yield warning(
            "mentee-files",
            f"{counted(len(wrong), 'mentee file')} on this branch have errors: "
            f"{', '.join(quote(file) for file in sorted(wrong)[:5])}.",
            "They are left alone, so these people get no tracker and no check-in.",
            "Run `mentorship validate`; it says what to write.",
        )


def _mentors(loaded: Loaded, program: Program) -> Iterator[Obstacle]:
    if program.mentor(YOUR_LOGIN):
        yield error(
            "placeholder",
            f"`{YOUR_LOGIN}` still stands for a mentor.",
            "Nobody has this login, so nobody can be asked.",
            f"Write the mentors' logins into {USUAL_PLACE}, then run `mentorship init --update`.",
        )
    if not any(mentor.capacity for mentor in program.mentors):
        yield warning(
            "no-seats",
            "No mentor has a seat.",
            "Nobody can join.",
            f"Raise `capacity` of a mentor in {USUAL_PLACE}.",
        )
    short = [seat for seat in loaded.seats if seat.waiting]
    if short:
        listed = ", ".join(f"{seat.mentor} ({seat.taken} of {seat.capacity})" for seat in short[:5])
        yield warning(
            "too-few-seats",
            f"{counted(sum(seat.waiting for seat in short), 'mentorship')} on this branch have no "
            f"seat: {listed}.",
            "They wait, and get neither a tracker nor check-ins.",
            f"Raise `capacity` in {USUAL_PLACE}, or set `status: completed` where one is done.",
        )


def _people(program: Program) -> Iterator[Obstacle]:
    if not program.coordinators:
        yield warning(
            "no-coordinator",
            "The program has no coordinators.",
            "Nobody is told when something needs a person.",
            f"Add `coordinators: [LOGIN]` to {USUAL_PLACE}.",
        )
    if not program.code_of_conduct:
        yield warning(
            "no-code-of-conduct",
            "The program names no code of conduct.",
            "Mentees have to agree to one, and can't read it.",
            f"Add `code_of_conduct: https://…` below `program` in {USUAL_PLACE}.",
        )


def _templates(root: Path) -> Iterator[Obstacle]:
    try:
        own_templates(root)
    except SettingsError as problem:
        yield error(
            "message-template",
            f"{problem.where}: {problem.what}",
            "A run stops before it says anything.",
            problem.fix,
        )


def _terms(program: Program, today: date) -> Iterator[Obstacle]:
    ends = [term_days(term, program).last for term in program.terms]
    if ends and max(ends) < today:
        yield warning(
            "terms-over",
            f"All terms are over since {max(ends):%d %B %Y}.",
            "Nobody can apply.",
            f"Add the next term below `terms` in {USUAL_PLACE}, then run `mentorship init "
            "--update`.",
        )


def _page(root: Path, program: Program, today: date) -> Iterator[Obstacle]:
    if not (root / MENTEES_PAGE).exists():
        yield warning(
            "no-page",
            f"There is no {MENTEES_PAGE}.",
            "Mentees have no page to join from.",
            "Run `mentorship init`, which writes one and leaves everything else alone.",
        )
    elif is_page_outdated(root, program, today):
        yield warning(
            "old-page",
            f"{MENTEES_PAGE} is older than the configuration.",
            "Mentees read about other mentors, terms or rules.",
            "Run `mentorship init --update`.",
        )
