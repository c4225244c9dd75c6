"""What GitHub says that files can't: settings, runs, accounts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeVar

from mentorship_action.domain.obstacles import Obstacle, error, warning
from mentorship_action.domain.program import CommandWay, Program
from mentorship_action.domain.snapshot import Issue
from mentorship_action.domain.text import quote
from mentorship_action.forge.protocol import Forge, ForgeError, RunStopper
from mentorship_action.forge.settings import RepositoryAbout, SettingsReader, WorkflowState
from mentorship_action.records.workflows import WorkflowFile, Workflows
from mentorship_action.usecases.doctor.workflows import branch_obstacles

_Answer = TypeVar("_Answer")

STATUS: Final = "mentorship"
_MOST_PEOPLE: Final = 30
_LATE: Final = timedelta(hours=24)
# GitHub switches schedules of public repositories off after 60 days without activity.
_SLEEPS: Final = timedelta(days=60)
_DROWSY: Final = timedelta(days=50)
_EXPRESSION: Final = re.compile(r"\$\{\{.*?\}\}")


@dataclass(kw_only=True)
class Online:
    """A look at one repository on GitHub; ``unchecked`` names what this token may not see.

    ``url`` is the address of the repository's front page, ``token`` the one that we ask with.
    ``on_ask`` gets what is asked about next.
    """

    settings: SettingsReader
    forge: Forge
    program: Program
    workflows: Workflows
    url: str
    token: str
    now: datetime
    on_ask: Callable[[str], None]
    unchecked: list[str] = field(default_factory=list)

    def obstacles(self) -> Iterator[Obstacle]:
        """Yield what stands in the way; RunStopper where GitHub can't be asked at all."""
        about = self.settings.about()
        yield from self._repository(about)
        yield from branch_obstacles(self.workflows, about.default_branch)
        if about.is_archived:
            return
        yield from self._actions()
        yield from self._runs(about)
        yield from self._rules(about.default_branch)
        yield from self._people()
        yield from self._identities()
        yield from self._token()

    def _try(self, what: str, ask: Callable[[], _Answer]) -> _Answer | None:
        """Return an answer, or None and keep what it would have been about."""
        self.on_ask(what)
        try:
            return ask()
        except RunStopper:
            raise
        except ForgeError:
            self.unchecked.append(what)
            return None

    def _repository(self, about: RepositoryAbout) -> Iterator[Obstacle]:
        if about.is_archived:
            yield error(
                "archived",
                "The repository is archived.",
                "Nothing in it can be changed.",
                f"Unarchive it at the end of {self.url}/settings",
            )
        if not about.has_issues:
            yield error(
                "issues-off",
                "Issues are turned off.",
                "Trackers and check-ins are issues.",
                f"Turn them on under Features: {self.url}/settings#features",
            )
        if self.workflows.deploys_pages and not about.has_pages:
            yield error(
                "pages-off",
                "A workflow publishes to GitHub Pages, and Pages are off.",
                "`GITHUB_TOKEN` can't turn them on.",
                f"Choose GitHub Actions as the source: {self.url}/settings/pages",
            )
        if not about.allows_forks:
            yield warning(
                "no-forks",
                "The repository can't be forked.",
                "Mentees without write access can't open a pull request.",
                f"Allow forking under Features: {self.url}/settings#features",
            )
        quiet = self.now - about.pushed
        if not about.is_private and quiet >= _DROWSY:
            yield warning(
                "falls-asleep",
                f"Nobody has pushed for {quiet.days} days.",
                "GitHub turns schedules off after 60 days without activity, on "
                f"{about.pushed + _SLEEPS:%d %B %Y} at the latest.",
                f"Merge something, or enable the workflow again then: {self.url}/actions",
            )

    def _actions(self) -> Iterator[Obstacle]:
        if self._try("whether Actions are on", self.settings.runs_actions) is False:
            yield error(
                "actions-off",
                "Actions are turned off.",
                "The program runs in workflows.",
                f"Allow them: {self.url}/settings/actions",
            )
        if self.program.commands is CommandWay.PULL_REQUEST:
            may = self._try("whether Actions open pull requests", self.settings.opens_pull_requests)
            if may is False:
                yield error(
                    "no-pull-requests",
                    "Workflows may not open pull requests, which `commands: pull-request` needs.",
                    "What people write in comments never reaches their file.",
                    "Tick “Allow GitHub Actions to create and approve pull requests”: "
                    f"{self.url}/settings/actions",
                )

    def _runs(self, about: RepositoryAbout) -> Iterator[Obstacle]:
        known = self._try("the workflows", self.settings.workflows)
        if known is None:
            return
        states = {one.path: one for one in known}
        for one in self.workflows.ours:
            state = states.get(one.path)
            if state is None:
                yield error(
                    "not-pushed",
                    f"GitHub has no {one.path} on {about.default_branch}.",
                    "A workflow runs from the default branch alone.",
                    f"Commit it and push it: git push origin {about.default_branch}",
                )
            elif state.state != "active":
                yield self._disabled(one, state)
            elif one.syncs and one.crons:
                yield from self._late(one, state)
            if state is not None and "pull_request_target" in one.triggers:
                yield from self._blocked(one, state, is_private=about.is_private)

    def _disabled(self, one: WorkflowFile, state: WorkflowState) -> Obstacle:
        slept = state.state == "disabled_inactivity"
        return error(
            "workflow-disabled",
            f"{one.path} is disabled{' after 60 days without activity' if slept else ''}.",
            "It doesn't run, whatever happens.",
            f"Enable it: {self._page(one)}, or `gh workflow enable {one.path.rpartition('/')[2]}`",
        )

    def _late(self, one: WorkflowFile, state: WorkflowState) -> Iterator[Obstacle]:
        last = self._try("the last run", lambda: [self.settings.last_success(state.id)])
        if last == [None]:
            yield error(
                "never-ran",
                f"{one.path} has never succeeded.",
                "Nothing was opened or answered so far.",
                f"Run it and read its log: {self._page(one)}",
            )
        elif last and last[0] and self.now - last[0] > _LATE:
            yield error(
                "stopped",
                f"{one.path} last succeeded on {last[0]:%d %B %Y}.",
                "It should several times a day; since then nothing was done.",
                f"Read the log of its last run: {self._page(one)}",
            )

    def _blocked(
        self, one: WorkflowFile, state: WorkflowState, *, is_private: bool
    ) -> Iterator[Obstacle]:
        def ask() -> list[datetime | None]:
            return [self.settings.last_success(state.id, event="pull_request_target")]

        if not is_private and self._try("runs for pull requests", ask) == [None]:
            yield warning(
                "blocked-event",
                f"{one.path} has never run for `pull_request_target`.",
                "Public repositories block this event since 2 November 2026.",
                "Allow it for this file under Policies, or delete the file: "
                f"{self.url}/settings/actions",
            )

    def _page(self, one: WorkflowFile) -> str:
        return f"{self.url}/actions/workflows/{one.path.rpartition('/')[2]}"

    def _rules(self, branch: str) -> Iterator[Obstacle]:
        rules = self._try("the rules of the default branch", lambda: self.settings.rules(branch))
        if rules is None:
            return
        if STATUS not in rules.checks:
            yield warning(
                "not-required",
                f"The status `{STATUS}` is not required on {branch}.",
                "An application can be merged before it is valid, accepted and seated.",
                f"Import .github/rulesets/mentorship.json, or look before you merge: "
                f"{self.url}/settings/rules",
            )
        unknown = {check for check in rules.checks - {STATUS} if not self._is_reported(check)}
        if unknown:
            seen = self._try("the checks of the branch", lambda: self.settings.seen_checks(branch))
            unknown -= seen or frozenset()
        for check in sorted(unknown):
            yield error(
                "silent-check",
                f"The check {quote(check)} is required, and nothing reports it.",
                "No pull request can ever be merged.",
                f"Remove it from the rules: {self.url}/settings/rules",
            )
        reports = any("merge_group" in one.triggers for one in self.workflows.ours)
        if rules.has_queue and STATUS in rules.checks and not reports:
            yield error(
                "queue-stalls",
                f"The merge queue waits for `{STATUS}`, which no workflow reports there.",
                "Every merge stalls.",
                "Write `merge_group:` below `on:` of .github/workflows/validate.yml.",
            )

    def _is_reported(self, check: str) -> bool:
        """Whether a job of a workflow has this name; expressions in names stand for anything."""
        for name in self.workflows.job_names:
            fixed = _EXPRESSION.split(name)
            if any(fixed) and re.fullmatch(".*".join(map(re.escape, fixed)), check):
                return True
        return False

    def _people(self) -> Iterator[Obstacle]:
        mentors = [mentor.login for mentor in self.program.mentors if mentor.capacity]
        logins = list(dict.fromkeys([*mentors, *self.program.coordinators]))[:_MOST_PEOPLE]
        for login in logins:
            can = self._try(
                f"whether {login} can be assigned", _ask(self.forge.is_assignable, login)
            )
            if can is not False:
                continue
            number = self._try(f"the account {login}", _known(self.forge.account_id, login))
            if number == [None]:
                yield error(
                    "no-account",
                    f"GitHub has no account {quote(login)}.",
                    "Nobody can be asked under this name, and somebody else could take it.",
                    "Correct the login in the program's file.",
                )
            elif login in mentors:
                yield warning(
                    "not-assignable",
                    f"{quote(login)} can't be assigned to issues.",
                    "GitHub assigns only people with access; they are mentioned all the same.",
                    f"Invite them with the role Read or Triage: {self.url}/settings/access",
                )

    def _identities(self) -> Iterator[Obstacle]:
        label = self.program.labels.base
        found = self._try(
            "who wrote the trackers", lambda: self.forge.list_issues(label=label, state="open")
        )
        authors = _authors(found or [], self.program)
        known = {login.lower() for login in self.program.identities}
        for author in authors[:-1]:
            if author.lower() not in known:
                yield error(
                    "former-identity",
                    f"The program wrote as {quote(author)} before it was {quote(authors[-1])}.",
                    "What the former one wrote is not known as the program's own.",
                    f'Add `identities: ["{author}"]` to the program\'s file.',
                )

    def _token(self) -> Iterator[Obstacle]:
        if self.token.startswith("ghp_"):
            yield warning(
                "classic-token",
                "This is a classic personal token.",
                "It reaches all of your repositories, and everything is said in your name.",
                "Use `${{ github.token }}` in the workflow, a GitHub App's token or a fine-grained "
                "token: https://github.com/settings/personal-access-tokens/new",
            )


def _ask(ask: Callable[[str], _Answer], login: str) -> Callable[[], _Answer]:
    return lambda: ask(login)


def _known(ask: Callable[[str], int | None], login: str) -> Callable[[], list[int | None]]:
    return lambda: [ask(login)]


def _authors(issues: list[Issue], program: Program) -> list[str]:
    """Return who wrote issues with a marker for the program, the one who last did at the end.

    A marker in the issue of a person counts only where the program trusts them.
    """
    trusted = {*program.coordinators, *program.mentors_by_login}
    written = [
        issue.author.login
        for issue in sorted(issues, key=lambda one: one.created)
        if issue.marked is not None
        and (not issue.author.is_person or issue.author.login.lower() in trusted)
    ]
    return list(dict.fromkeys(written[::-1]))[::-1]
