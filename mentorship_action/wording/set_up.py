"""The files that `mentorship init` writes, as text: views, and their templates in set_up_files/."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import quote

from mentorship_action.domain.calendar import event_day, local_day, term_days
from mentorship_action.domain.checkpoints import checkpoints_of_term
from mentorship_action.domain.mentee_files import mentee_file
from mentorship_action.domain.program import Mentor, Program, Span, Team, Term
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.render import sandbox

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

YOUR_LOGIN = "your-login"
"""What stands for a login that nobody has filled in yet."""

_READY_DAYS = timedelta(days=14)
_REMINDER_DAYS = timedelta(days=3)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFileForm:
    """One way to join: ``starter`` is a mentee file to fill in, ``url`` opens it as a new file.

    ``term`` is None where people join at any time.
    """

    term: Term | None
    starter: Safe
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TermDays:
    """The days of a term on which a coordinator has something to do.

    ``moments`` are its events and checkpoints, in order.
    """

    name: str
    ready: date
    opens: date
    reminder: date
    closes: date
    starts: date
    ends: date
    moments: tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class SetUpView:
    """The values of a file to write; ``template`` is its name in set_up_files/."""

    template: ClassVar[str]


@dataclass(frozen=True, kw_only=True)
class ProgramFile(SetUpView):
    """A configuration to begin with; ``name`` and ``code_of_conduct`` are YAML, "" for none."""

    template: ClassVar[str] = "program.yml.j2"

    name: Safe
    code_of_conduct: Safe
    coordinators: tuple[str, ...]
    mentors: tuple["FirstMentor", ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstMentor:
    """Somebody who mentors from the beginning: a login, and how many mentees at a time."""

    login: str
    seats: int


@dataclass(frozen=True, kw_only=True)
class MenteesReadme(SetUpView):
    """The page for mentees; ``server`` is where people have their profiles."""

    template: ClassVar[str] = "mentees_readme.md.j2"

    program: Program
    mentors: tuple[Mentor, ...]
    teams: tuple[Team, ...]
    server: str
    forms: tuple[NewFileForm, ...]


@dataclass(frozen=True, kw_only=True)
class Coordinating(SetUpView):
    """A coordinator's checklist; ``label`` is the program's base label."""

    template: ClassVar[str] = "coordinating.md.j2"

    program: Program
    terms: tuple[TermDays, ...]
    label: str


@dataclass(frozen=True, kw_only=True)
class PullRequestTemplate(SetUpView):
    """What a new pull request says before anybody wrote anything."""

    template: ClassVar[str] = "pull_request_template.md.j2"

    program: Program


@dataclass(frozen=True, kw_only=True)
class CodeOwners(SetUpView):
    """Who owns the program's own files."""

    template: ClassVar[str] = "codeowners.j2"

    paths: tuple[Safe, ...]
    owners: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PreCommit(SetUpView):
    """The hook that checks the files before a commit; ``ref`` is a version of ours."""

    template: ClassVar[str] = "pre_commit.yml.j2"

    ref: Safe


@dataclass(frozen=True, kw_only=True)
class Starter(SetUpView):
    """A mentee file to fill in."""

    template: ClassVar[str] = "starter.yml.j2"

    program: Program
    mentor: str
    focus: str
    login: str
    term: Term | None


def set_up_text(view: SetUpView) -> str:
    """Return the text of a file to write."""
    values = {field.name: getattr(view, field.name) for field in fields(view)}
    return _environment().get_template(view.template).render(values)


def mentees_readme(program: Program, *, today: date, repository: str, branch: str) -> str:
    """Return the page for mentees as it is on a day.

    ``repository`` is the address of the repository's front page, "" where it isn't known.
    """
    # Three folders up from the page is the repository's front page, whatever server it is on.
    home = repository or "../../.."
    return set_up_text(
        MenteesReadme(
            program=program,
            mentors=tuple(mentor for mentor in program.mentors if mentor.capacity),
            teams=tuple(team for team in program.teams if _is_joinable(team, program, today)),
            server=repository.rsplit("/", 2)[0] or "https://github.com",
            forms=new_file_forms(program, today=today, new=f"{home}/new/{branch}"),
        )
    )


def _is_joinable(team: Team, program: Program, today: date) -> bool:
    term = program.term(team.term)
    return term is None or term.applications.last >= today


def new_file_forms(program: Program, *, today: date, new: str) -> tuple[NewFileForm, ...]:
    """Return the files to begin with: one for each term that takes applications now or later.

    A program without terms has one; ``new`` is the address at which new files are made.
    """
    terms = [term for term in program.terms if term.applications.last >= today]
    joining: list[Term | None] = [*terms] if program.terms else [None]
    return tuple(_form(program, term, new) for term in joining)


def coordinating(program: Program, *, today: date) -> str:
    """Return the checklist of a coordinator, with the days of the terms that aren't over."""
    days = [_term_days(term, program) for term in program.terms]
    return set_up_text(
        Coordinating(
            program=program,
            terms=tuple(one for one in days if one.ends >= today),
            label=program.labels.base,
        )
    )


def new_file_url(new: str, file: str, text: str) -> str:
    """Return the page of GitHub on which a file is created, with its name and text filled in.

    ``new`` is the address of such a page for the branch, such as ``https://github.com/o/n/new/main``.
    """
    folder, _, name = file.rpartition("/")
    return f"{new}/{folder}?filename={name}&value={quote(text, safe='')}"


def _form(program: Program, term: Term | None, new: str) -> NewFileForm:
    mentor = next((one for one in program.mentors if one.capacity), None)
    starter = set_up_text(
        Starter(
            program=program,
            mentor=mentor.handle if mentor else "a-mentor",
            focus=mentor.focus[0] if mentor and mentor.focus else "an-area",
            login=YOUR_LOGIN,
            term=term,
        )
    )
    file = mentee_file(YOUR_LOGIN, term.id if term else "")
    return NewFileForm(
        term=term, starter=Safe(starter.rstrip("\n")), url=new_file_url(new, file, starter)
    )


def _term_days(term: Term, program: Program) -> TermDays:
    whole = term_days(term, program)
    return TermDays(
        name=term.name,
        ready=term.applications.first - _READY_DAYS,
        opens=term.applications.first,
        reminder=max(term.applications.first, term.applications.last - _REMINDER_DAYS),
        closes=term.applications.last,
        starts=term.start,
        ends=whole.last,
        moments=tuple(sorted(_moments(term, whole, program), key=lambda one: one.first)),
    )


def _moments(term: Term, whole: Span, program: Program) -> Iterator[Span]:
    """Yield the events and the checkpoints of a term, each with its day."""
    for event in term.events:
        day = event_day(event, whole.first)
        yield Span(first=day, last=day, name=event.name)
    for checkpoint in checkpoints_of_term(term, program):
        day = local_day(checkpoint.due, program.zone)
        yield Span(first=day, last=day, name=f"checkpoint “{checkpoint.name}”")


@cache
def _environment() -> "ImmutableSandboxedEnvironment":
    from jinja2 import PackageLoader  # noqa: PLC0415 - most commands write no such file

    return sandbox(PackageLoader("mentorship_action.wording", "set_up_files"))
