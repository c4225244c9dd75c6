"""`mentorship new`: a dialogue with somebody who joins, which ends in a mentee file."""

import json
from collections.abc import Callable, Iterable
from typing import Any, Final

import click

from mentorship_action.cli.options import Options, print_text, shared_options
from mentorship_action.domain.findings import Finding
from mentorship_action.domain.program import Term
from mentorship_action.domain.text import quote
from mentorship_action.errors import Exit
from mentorship_action.reporting.choices import choices_text
from mentorship_action.reporting.escaping import log_json, log_line
from mentorship_action.usecases.new import (
    Joinable,
    MenteeAnswers,
    look_at_program,
    machine_zone,
    new_file_page,
    read_windows,
    refuse_second_file,
    write_mentee_file,
)

_MOST_GOALS: Final = 10
_ASKING: Final = """\
Ask {mentor} first, in a private message, on chat or by e-mail: mentoring is a personal experience.
  - Check that you have the time: {hours} hours a week for {weeks} weeks.
  - Say what you want to gain, and which areas you want to focus on.
  - A no says nothing about you. Ask somebody else, or come back later."""


@click.command(name="new")
@shared_options
def new_command(options: Options) -> int:
    """Ask the questions and write a valid mentee file for you.

    Each answer is checked when it is given. Mentors and teams with free seats are listed, the best
    first. Nothing is written before the end. Exit codes: 0 the file is written and valid, 1 you
    have to agree to something first, 2 wrong usage, 3 the program has errors, 4 stopped before the
    end.
    """
    joinable = look_at_program(options.folder, config=options.config, now=options.moment())
    answers = MenteeAnswers(joinable=joinable)
    _say(f"Join {log_line(joinable.program.name)}. Nothing is written before the end.")
    _ask_about_you(answers, machine_zone(options.environ))
    _ask_for_mentor(answers)
    _ask_for_the_rest(answers)
    _say(f"\n{answers.text}")
    if not click.confirm(f"Write {answers.file}?", default=True, err=True):
        print_text("Nothing was written.")
        return Exit.DONE
    write_mentee_file(answers)
    left = answers.all_problems()
    if options.output == "json":
        shown = {"version": 1, "file": answers.file, "valid": not left}
        print_text(log_json(json.dumps(shown, indent=2)))
    else:
        print_text(_next_steps(answers, left))
    return Exit.FINDINGS if left else Exit.DONE


def _ask_about_you(answers: MenteeAnswers, zone: str) -> None:
    program = answers.joinable.program
    answers.term = _term(answers.joinable)
    _ask(answers, "github", "Your GitHub login", _plain)
    refuse_second_file(answers)
    _ask(answers, "name", "How you want to be called", _plain, default=answers.data["github"])
    _ask(answers, "timezone", "Your time zone, such as America/Sao_Paulo", _plain, default=zone)
    if not answers.term:
        _ask(answers, "start", "Your first day, such as 2027-01-11", _plain)
        _ask(answers, "weeks", "How many weeks", _number, default=str(program.weeks))
    least = str(program.minimum.hours_per_week)
    _ask(answers, "hours_per_week", "How many hours a week you have for it", _number, default=least)
    when = "When you can usually meet, such as mon-fri 17:00-20:00; sat 10-12 (empty: say it later)"
    _ask(answers, "availability", when, read_windows, default="")
    areas = dict.fromkeys(topic for mentor in program.mentors for topic in mentor.focus)
    known = f" (mentors here know {', '.join(list(areas)[:8])})" if areas else ""
    _ask(answers, "focus", f"Areas to work on, as short words{known}", _words)


def _ask_for_mentor(answers: MenteeAnswers) -> None:
    ranking = answers.ranking()
    names: list[tuple[str, str]] = []
    if ranking is not None:
        names += [("mentor", one.mentor.handle) for one in ranking.able]
        names += [("team", one.team.id) for one in ranking.teams]
    if ranking is not None and names:
        _say("\nWho has a free seat, the best for you first:\n")
        _say(choices_text(ranking) + "\n")
    else:
        _say("\nNo mentor has a free seat at the moment. Whoever you ask, you wait for one.\n")

    def read(text: str) -> tuple[str, str]:
        key, name = _chosen(text, names)
        _complain(answers.problems(key, name))
        mentor = answers.joinable.program.mentor(name) if key == "mentor" else None
        if mentor is not None and not mentor.capacity:
            raise click.UsageError(f"{log_line(name)} takes no mentees at present.")
        return key, name

    key, name = click.prompt(
        "Whom you would like to have, by number or login", value_proc=read, err=True
    )
    answers.data[key] = name


def _chosen(text: str, names: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the key and the name that a number or a name stands for."""
    if text.isdecimal() and 0 < int(text[:6]) <= len(names):
        return names[int(text[:6]) - 1]
    plain = text.strip().removeprefix("team ").removeprefix("@")
    is_team = ("team", plain) in names and ("mentor", plain) not in names
    return ("team" if is_team else "mentor", plain)


def _ask_for_the_rest(answers: MenteeAnswers) -> None:
    _ask_for_goals(answers)
    _ask(
        answers,
        "chat",
        "Where your mentor finds you: a network and your name there",
        _chat,
        default=f"github {answers.data['github']}",
    )
    program = answers.joinable.program
    code = f": {program.code_of_conduct}" if program.code_of_conduct else ""
    agrees = click.confirm(
        f"Have you read the code of conduct, and will you keep to it{code}", err=True
    )
    whom = answers.data.get("mentor") or f"the mentors of {answers.data['team']}"
    asked = click.confirm(f"Does {whom} know about you", err=True)
    answers.data["agreements"] = {"code_of_conduct": agrees, "asked_mentor": asked}


def _ask_for_goals(answers: MenteeAnswers) -> None:
    goals: list[str] = []

    def read(text: str) -> str:
        if text.strip():
            _complain(answers.problems("goals", [*goals, text.strip()]))
        elif not goals:
            raise click.UsageError("Write at least one.")
        return text.strip()

    _say("\nWhat do you want to gain? One line each; an empty line ends it.")
    while len(goals) < _MOST_GOALS:
        goal: str = click.prompt(
            f"Goal {len(goals) + 1}", default="", show_default=False, value_proc=read, err=True
        )
        if not goal:
            break
        goals.append(goal)
    answers.data["goals"] = goals


def _ask(
    answers: MenteeAnswers,
    key: str,
    question: str,
    read: Callable[[str], Any],
    default: str | None = None,
) -> None:
    """Ask for the value of a key until it is one that a mentee file takes, and keep it."""

    def checked(text: str) -> object:
        try:
            value = read(text.strip())
        except ValueError as error:
            raise click.UsageError(str(error)) from error
        if value not in ("", []):
            _complain(answers.problems(key, value))
        return value

    value = click.prompt(
        question,
        default=default if default or key == "availability" else None,
        show_default=bool(default),
        value_proc=checked,
        err=True,
    )
    if value not in ("", []):
        answers.data[key] = value


def _complain(problems: Iterable[Finding]) -> None:
    for one in problems:
        raise click.UsageError(log_line(f"{one.message} {one.hint}".strip()))


def _plain(text: str) -> str:
    return text


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError(f"{quote(text)} is no whole number.")
    return int(text[:6])


def _words(text: str) -> list[str]:
    return text.lower().replace(",", " ").split()


def _chat(text: str) -> dict[str, str]:
    network, _, handle = text.partition(" ")
    if not handle.strip():
        raise ValueError("Write two words, such as `github octocat`.")
    return {"network": network.lower().rstrip(":,"), "handle": handle.strip()}


def _term(joinable: Joinable) -> str:
    """Return the id of the term that somebody joins, "" where people join at any time."""
    if not joinable.terms:
        return ""
    for place, term in enumerate(joinable.terms, start=1):
        _say(f"  {place}. {_term_line(term)}")
    _say("  0. none of them: I begin when it suits my mentor and me")
    choice: int = click.prompt(
        "Which term", type=click.IntRange(0, len(joinable.terms)), default=1, err=True
    )
    return joinable.terms[choice - 1].id if choice else ""


def _term_line(term: Term) -> str:
    days = f"{term.applications.first:%d %b %Y} to {term.applications.last:%d %b %Y}"
    return f"{log_line(term.name)}: apply from {days}, start on {term.start:%d %b %Y}"


def _next_steps(answers: MenteeAnswers, left: tuple[Finding, ...]) -> str:
    login, file = answers.data["github"], answers.file
    lines = [f"{file} is written{'' if left else ', and valid'}."]
    if left:
        lines += ["", "Before you open a pull request:"]
        lines += [f"  - {log_line(one.message)} {log_line(one.hint)}" for one in left]
        if not answers.data["agreements"]["asked_mentor"]:
            lines += ["", _how_to_ask(answers)]
    lines += [
        "",
        "What comes next: open a pull request with this file alone.",
        f"  git switch -c join-{login} && git add {file} && git commit -m 'Join as a mentee'",
        f"  git push -u origin join-{login}",
    ]
    if page := new_file_page(answers):
        lines += ["", "Or in the browser, without git; the page is filled in:", f"  {page}"]
    whom = answers.data.get("mentor") or "your mentors"
    lines += ["", f"A bot replies in one comment, and then it is {whom} who answers. Welcome!"]
    return "\n".join(lines)


def _how_to_ask(answers: MenteeAnswers) -> str:
    minimum = answers.joinable.program.minimum
    mentor = answers.data.get("mentor") or f"the mentors of {answers.data['team']}"
    return _ASKING.format(mentor=mentor, hours=minimum.hours_per_week, weeks=minimum.weeks)


def _say(text: str) -> None:
    click.echo(text, err=True)
