"""`mentorship init`: set a repository up, after at most four questions."""

import re
from dataclasses import replace
from typing import Final

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.domain.identity import is_login
from mentorship_action.domain.text import quote
from mentorship_action.errors import Exit, UsageError
from mentorship_action.records.examples import example_programs
from mentorship_action.reporting.set_up import set_up_json, set_up_next_steps, set_up_plan
from mentorship_action.usecases.init import (
    Answers,
    Surroundings,
    is_program_name,
    look_around,
    plan_set_up,
    program_from_answers,
    program_from_example,
    write_set_up,
)
from mentorship_action.wording.set_up import FirstMentor

_MENTOR: Final = re.compile(r"@?([A-Za-z0-9-]+)(?::([0-9]{1,3}))?")
_MOST_SEATS: Final = 200


def _examples(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    """Return the example programs that begin with what is typed, for a shell."""
    return [name for name in example_programs() if name.startswith(typed)]


@click.command(name="init")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing, and take the likely answers.")
@click.option(
    "--from",
    "example",
    metavar="NAME",
    shell_complete=_examples,
    help="Begin with an example program: rolling-pairs, cohort, team and so on.",
)
@click.option("--update", is_flag=True, help="Renew generated files that nobody changed.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
@shared_options
def init_command(
    options: Options, *, yes: bool, example: str | None, update: bool, dry_run: bool
) -> int:
    """Set the repository up: configuration, workflows, the page for mentees, and what else helps.

    Shows what it would do, and asks before it writes. No file that is there is ever overwritten,
    so running it again changes nothing. Exit codes: 0 all is there, 2 wrong usage, 3 the program
    that is there has errors.
    """
    asks = not (yes or dry_run)
    if options.config is not None:
        fix = "Leave the option out."
        raise UsageError("init writes to the usual place.", where="--config", fix=fix)
    around = look_around(options.folder)
    text = _program_text(around, example, asks=asks)
    set_up = plan_set_up(options.folder, around, text, now=options.moment(), update=update)
    as_json = options.output == "json"
    if not as_json:
        print_text(set_up_plan(set_up, color=options.colored))
    writes = set_up.has_work and not dry_run and (not asks or _confirmed())
    if writes:
        write_set_up(options.folder, set_up)
    if as_json:
        print_text(set_up_json(set_up, written=writes))
    elif not set_up.has_work:
        print_text("\nEverything is there; nothing was changed.")
    elif not writes:
        print_text("\nNothing was written.")
    elif around.program is None and not options.quiet:
        print_text("\n" + set_up_next_steps(set_up))
    return Exit.DONE


def _program_text(around: Surroundings, example: str | None, *, asks: bool) -> str:
    """Return the configuration to write, "" where there is one."""
    if around.program is not None:
        if example:
            raise UsageError(
                "There is a program here already.",
                where="--from",
                fix="Leave the option out; the other files are made for the program that is here.",
            )
        return ""
    if example is not None:
        return program_from_example(example)
    return program_from_answers(_asked(around.likely) if asks else around.likely)


def _asked(likely: Answers) -> Answers:
    """Return the answers to three questions; an empty answer takes the likely one."""
    name: str = click.prompt(
        "What is the program called?", default=likely.name, value_proc=_name, err=True
    )
    mentors: tuple[FirstMentor, ...] = click.prompt(
        "Who mentors, and how many mentees at a time (such as ada:2, grace:1)?",
        default=", ".join(f"{one.login}:{one.seats}" for one in likely.mentors),
        value_proc=_mentors,
        err=True,
    )
    coordinators: tuple[str, ...] = click.prompt(
        "Who coordinates it?", default=mentors[0].login, value_proc=_logins, err=True
    )
    return replace(likely, name=name, mentors=mentors, coordinators=coordinators)


def _name(text: str) -> str:
    if not is_program_name(text.strip()):
        raise click.UsageError("Write a name of 1 to 100 characters on one line.")
    return text.strip()


def _mentors(text: str) -> tuple[FirstMentor, ...]:
    found: dict[str, FirstMentor] = {}
    for part in _parts(text):
        match = _MENTOR.fullmatch(part)
        seats = int(match[2] or 1) if match else 0
        if match is None or not is_login(match[1].lower()) or seats > _MOST_SEATS:
            raise click.UsageError(
                f"{quote(part)} is no login with a number of 0 to {_MOST_SEATS}, such as ada:2."
            )
        found.setdefault(match[1].lower(), FirstMentor(login=match[1], seats=seats))
    return tuple(found.values())


def _logins(text: str) -> tuple[str, ...]:
    logins = {part.removeprefix("@").lower(): part.removeprefix("@") for part in _parts(text)}
    if wrong := next((one for one in logins if not is_login(one)), ""):
        raise click.UsageError(f"{quote(wrong)} is no GitHub login.")
    return tuple(logins.values())


def _parts(text: str) -> list[str]:
    parts = text.replace(",", " ").split()
    if not parts:
        raise click.UsageError("Write at least one GitHub login.")
    return parts


def _confirmed() -> bool:
    return click.confirm("\nWrite these files?", default=True, err=True)
