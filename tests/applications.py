"""A repository with its files, people and pull requests on the in-memory forge."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Self, TypeVar

from mentorship_action.domain.application import Memory, parse_memory
from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.mentee_files import term_folder
from mentorship_action.domain.program import Program
from mentorship_action.domain.pulls import Author, Comment, Review
from mentorship_action.domain.record import Claim
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.executor import Report, apply
from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.memory import BOT, FileEdit, MemoryForge, PullRequest, Repository
from mentorship_action.forge.memory.git import trees_of
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Forge
from mentorship_action.loop import DefaultBranch, Run, plan, run
from mentorship_action.planning.policy import Policy
from mentorship_action.planning.situation import Editor
from mentorship_action.records.edited import FileEditor
from mentorship_action.records.validate import check_record, validate_record
from tests.builders import WITHOUT_DASHBOARD, WORDING, moment, program
from tests.rig.people import ACTIONS, token_of
from tests.rig.rest import RestServer, Site

GHOST = Author(login="ghost", id=10137, is_person=False)
"""Whom GitHub shows in the place of an account that was deleted."""


def yaml(login: str, **changes: Any) -> bytes:
    """Return a valid record as its file would be; a value of None leaves the key out."""
    values = {
        "github": login,
        "mentor": "ganeshrn",
        "start": "2026-12-07",
        "hours_per_week": 5,
        "timezone": "Europe/Madrid",
        "goals": "[Learn how maintainers review]",
        "focus": "[linting]",
        "chat": f'{{network: matrix, handle: "@{login}:matrix.org"}}',
        "agreements": "{code_of_conduct: true, asked_mentor: true}",
        **changes,
    }
    return "".join(f"{k}: {v}\n" for k, v in values.items() if v is not None).encode()


def path(login: str) -> str:
    return f"mentees/{login}.yml"


@dataclass
class Scene:
    """A program that people join, on a clock that goes on a minute with whatever happens.

    People act on the repository itself. The bot does so in memory, or ``over_http``.
    """

    program: Program = field(default_factory=program)
    now: datetime = field(default_factory=lambda: moment("2026-12-01 08:00"))
    repository: Repository = field(init=False)
    bot: Forge = field(init=False)
    _gateway: Callable[[str], Forge] | None = field(init=False, default=None)
    site: Site | None = field(init=False, default=None)
    policies: tuple[Policy, ...] = WITHOUT_DASHBOARD
    mentors_changed: Callable[[], Mapping[str, date]] = dict

    def __post_init__(self) -> None:
        self.repository = Repository(clock=lambda: self.now, writers={BOT, "ssbarnea", "ganeshrn"})
        self.repository.branches.put({"README.md": b"Hello\n", "mentees/README.md": b"Join\n"})
        self.in_memory()

    def over_http(self, rest_server: RestServer, name: str, *, api: str = "") -> Self:
        """Let the bot go through a fresh gateway from now on: to a server, or a proxy of it."""
        if self.site is None:
            self.site = rest_server.serve(name, self.repository)
        self._gateway = lambda login: GitHubForge(
            repository=name, token=token_of(login), api=api or rest_server.url, backoff_seconds=0
        )
        return self.acts_as(ACTIONS)

    def acts_as(self, login: str) -> Self:
        """Let the program act with somebody's token from now on."""
        self.bot = self._gateway(login) if self._gateway else self.person(login)
        return self

    def in_memory(self) -> Self:
        """Let the bot act on the repository itself again, which is ten times as quick."""
        self.bot = self.person(BOT)
        return self

    @property
    def mismatches(self) -> list[str]:
        """What GitHub's description doesn't know of all that was said over HTTP."""
        return [] if self.site is None else self.site.mismatches

    def person(self, login: str) -> MemoryForge:
        return self.repository.view(login)

    def joins(self, login: str, **changes: Any) -> int:
        """Let somebody open an application; return its number."""
        return self.proposes(login, {path(login): yaml(login, **changes)})

    def proposes(self, login: str, changes: dict[str, FileEdit]) -> int:
        self.tick()
        return self.person(login).open_pull(f"Join: {login}", changes)

    def pushes(self, number: int, **changes: Any) -> None:
        """Let the author of an application write their record again."""
        self.tick()
        login = self.pull(number).author.login
        self.person(login).push(number, {path(login): yaml(login, **changes)})

    def says(self, login: str, number: int, body: str) -> Comment:
        self.tick()
        return self.person(login).create_comment(number, body)

    def edits(self, login: str, said: Comment, body: str) -> None:
        """Let somebody rewrite a comment, be it theirs or not."""
        self.tick()
        self.person(login).edit_comment(said.id, body)

    def renames(self, former: str, login: str) -> None:
        """Let an account take another login; whoever comes next may take the former one."""
        accounts = self.repository.accounts
        accounts[login] = accounts.pop(former)
        self._shown_as(former, self.repository.account(login))

    def deletes_account(self, login: str) -> None:
        """Let an account go; what it opened and said stays, and is shown as a ghost's."""
        del self.repository.accounts[login]
        self._shown_as(login, GHOST)

    def _shown_as(self, former: str, author: Author) -> None:
        repository = self.repository
        for issue in list(repository.issues.values()):
            repository.put(_by(issue, former, author))
        for pull in list(repository.branches.pulls.values()):
            repository.put(_by(pull, former, author))
        for said in repository.comments.values():
            said[:] = [_by(one, former, author) for one in said]
        for reviews in repository.branches.reviews.values():
            reviews[:] = [_by(one, former, author) for one in reviews]

    def merges(self, number: int) -> None:
        self.tick()
        self.person("ssbarnea").merge(number)

    def has(self, *logins: str, **changes: Any) -> "Scene":
        """Put records on the default branch and let the program take them in."""
        for login in logins:
            self.repository.branches.put({path(login): yaml(login, **changes)})
        self.run()
        return self

    def tick(self) -> None:
        self.now += timedelta(minutes=1)

    def run(self) -> Run:
        self.tick()
        return run(
            self._files(),
            self.bot,
            self.now,
            write=True,
            pacer=self._pacer(),
            policies=self.policies,
        )

    def begins(self) -> Callable[[], Report]:
        """Let a run look at everything now; return what carries out later what it planned."""
        self.tick()
        planned, snapshot = plan(self._files(), self.bot, self.now, self.policies)
        limits = self.program.limits
        return lambda: apply(planned, self.bot, snapshot, limits=limits, pacer=self._pacer())

    def _pacer(self) -> Pacer:
        return Pacer(seconds=0, now=lambda: self.now)

    def _files(self) -> DefaultBranch:
        files = self.repository.branches.files
        checked = [
            check_record(name, file.content, self.program)
            for name, file in files.items()
            if name.startswith("mentees/") and name.endswith(".yml")
        ]
        root, trees = trees_of(files)
        tree = next((entry.sha for entry in trees[root] if entry.name == "mentees"), "")
        arrivals = self.repository.branches.arrivals
        return DefaultBranch(
            program=self.program,
            records=tuple(found for one in checked if (found := one.record or one.without_mentor)),
            claims={
                one.file: Claim(
                    login=one.login,
                    term=term_folder(one.file),
                    mentors=one.mentors,
                    status=one.status,
                )
                for one in checked
            },
            arrivals={name[8:-4]: place for name, place in arrivals.items()},
            wording=WORDING,
            validator=partial(
                validate_record,
                program=self.program,
                today=local_day(self.now, self.program.zone),
            ),
            records_tree=tree,
            editor=Editor(
                edited=FileEditor(
                    read=lambda file: files[file].content, program=self.program
                ).edited,
                url="https://github.com/example/program/edit/main/",
            ),
            mentors_changed=self.mentors_changed,
        )

    def pull(self, number: int) -> PullRequest:
        return self.repository.branches.pulls[number]

    def bot_comments(self, number: int) -> list[Comment]:
        """Return our own comments on a pull request."""
        return [
            said
            for said in self.repository.comments.get(number, [])
            if said.author.login == BOT
            and (key := parse_marker(said.body)) is not None
            and key.kind == Kind.APPLICATION
        ]

    def bot_comment(self, number: int) -> str:
        (only,) = self.bot_comments(number)
        return only.body

    def memory(self, number: int) -> Memory:
        memory = parse_memory(self.bot_comment(number))
        assert memory is not None
        return memory

    def stage(self, number: int) -> str:
        return self.memory(number).stage.value

    def status(self, number: int) -> tuple[str, str]:
        """Return state and description of the newest status on the head of a pull request."""
        newest = self.repository.branches.statuses[self.pull(number).head][-1]
        return newest.state, newest.description

    def trackers(self) -> list[str]:
        return [
            issue.title
            for issue in self.repository.issues.values()
            if issue.is_open and issue.title.startswith("Mentorship:")
        ]


_Said = TypeVar("_Said", Comment, Review, Issue, PullRequest)


def _by(said: _Said, former: str, author: Author) -> _Said:
    """Return what was said, under the author's new name if it was theirs."""
    return replace(said, author=author) if said.author.login == former else said
