"""Carries out a plan, one change at a time, and decides nothing but when to stop."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import singledispatchmethod

from mentorship_action.domain.application import bot_comments
from mentorship_action.domain.fences import find_summary, replace_summary
from mentorship_action.domain.identity import Key
from mentorship_action.domain.program import Limits
from mentorship_action.domain.snapshot import Issue, Snapshot, own_key
from mentorship_action.errors import Exit
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import (
    Ambiguous,
    Draft,
    Edit,
    Forbidden,
    Forge,
    ForgeError,
    Missing,
    Rejected,
    RunStopper,
)
from mentorship_action.planning.plan import (
    Change,
    CloseIssue,
    CreateLabel,
    OnApplication,
    OpenIssue,
    Outcome,
    Plan,
    Relabel,
    Result,
    RewriteSummary,
    Say,
    SetStatus,
    Suggest,
    reference,
    seen_comment,
)

_FAILURES_IN_A_ROW = 3
"""So many failures, one after another, mean that the forge is down and not one item bad."""


_SETTLED = frozenset({Outcome.DONE, Outcome.FOUND, Outcome.UNNEEDED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a run did. ``error`` is what stopped it or went wrong first, if anything did."""

    results: tuple[Result, ...]
    error: ForgeError | None = None

    @property
    def remaining(self) -> int:
        """How many changes are still to be made by a later run."""
        return sum(result.outcome not in _SETTLED for result in self.results)

    @property
    def exit_code(self) -> Exit:
        """What the run's exit code says of it."""
        if self.error is not None:
            return self.error.exit_code
        return Exit.UNFINISHED if self.remaining else Exit.DONE


def dry_run(plan: Plan) -> Report:
    """Return the report of a run that only planned."""
    return Report(
        results=tuple(Result(change=change, outcome=Outcome.PLANNED) for change in plan.changes)
    )


def apply(
    plan: Plan, forge: Forge, snapshot: Snapshot, *, limits: Limits, base: str, pacer: Pacer
) -> Report:
    """Carry out a plan; ``base`` is the label that all of ours carries.

    Stops at a rate limit, a refused permission, the run's budget of writes, or when the forge
    fails several times in a row; goes on past a single change that fails. Whatever stands on
    a change that failed is left, too.
    """
    run = _Run(forge=forge, snapshot=snapshot, base=base, pacer=pacer, budget=limits.writes_per_run)
    return Report(results=tuple(run.carry_out(plan.changes)), error=run.error)


@dataclass(kw_only=True)
class _Run:
    """The state of one run: what exists by now, what failed, how much may still be written."""

    forge: Forge
    snapshot: Snapshot
    base: str
    pacer: Pacer
    budget: int
    numbers: dict[Key, int] = field(default_factory=dict)
    failed: set[Key] = field(default_factory=set)
    overtaken: dict[int, bool] = field(default_factory=dict)
    failures: int = 0
    stopped: str = ""
    error: ForgeError | None = None

    def __post_init__(self) -> None:
        for key in self.snapshot.by_key:
            survivor = self.snapshot.survivor(key)
            if survivor is not None:
                self.numbers[key] = survivor.number

    def carry_out(self, changes: Iterable[Change]) -> list[Result]:
        """Return what became of each change, in order."""
        return [self._one(change) for change in changes]

    def _one(self, change: Change) -> Result:
        if not self.stopped and self.budget <= 0:
            self.stopped = "this run's budget of writes is used up"
        if self.stopped:
            return Result(change=change, outcome=Outcome.LEFT, detail=self.stopped)
        if unmet := self._unmet(change):
            return Result(change=change, outcome=Outcome.LEFT, detail=f"needs {unmet}")
        try:
            overtaken = isinstance(change, OnApplication) and self._was_overtaken(change)
            result = _overtaken(change) if overtaken else self._make(change)
        except ForgeError as error:
            return self._fail(change, error)
        self.failures = 0
        return result

    def _unmet(self, change: Change) -> str:
        """Return the key that a change stands on and that isn't there, or nothing."""
        if isinstance(change, CreateLabel):
            return ""
        needs = change.needs if isinstance(change, OpenIssue | CloseIssue | Say) else ()
        for key in needs:
            if key in self.failed or key not in self.numbers:
                return str(key)
        return str(change.issue) if change.issue in self.failed else ""

    def _was_overtaken(self, change: OnApplication) -> bool:
        """Whether another run has answered an application since this one looked.

        Asked once for each, right before the first change of it.
        """
        if change.number not in self.overtaken:
            words = bot_comments(self.forge.list_comments(change.number), self.snapshot.me)
            now = seen_comment(words[-1] if words else None)
            self.overtaken[change.number] = now != change.seen
        return self.overtaken[change.number]

    def _fail(self, change: Change, error: ForgeError) -> Result:
        if not isinstance(change, CreateLabel):
            self.failed.add(change.issue)
        if self.error is None or isinstance(error, Forbidden | RunStopper):
            self.error = error
        self.failures += 1
        if isinstance(error, Forbidden | RunStopper):
            self.stopped = error.what
        elif self.failures >= _FAILURES_IN_A_ROW:
            self.stopped = "GitHub failed several times in a row"
        outcome = Outcome.UNKNOWN if isinstance(error, Ambiguous) else Outcome.FAILED
        return Result(change=change, outcome=outcome, detail=str(error))

    def _is_me(self, login: str) -> bool:
        return login.lower() == self.snapshot.me.lower()

    def _write(self) -> None:
        """Take one write from the budget, in the pace that the program allows."""
        self.budget -= 1
        self.pacer.wait()

    @singledispatchmethod
    def _make(self, change: Change) -> Result:
        raise NotImplementedError(type(change).__name__)

    @_make.register
    def _(self, change: CreateLabel) -> Result:
        self._write()
        made = self.forge.create_label(
            change.name, color=change.color, description=change.description
        )
        if not made:
            # It changed nothing; a small budget would else be used up by the same labels each run.
            self.budget += 1
        return Result(change=change, outcome=Outcome.DONE if made else Outcome.UNNEEDED)

    @_make.register
    def _(self, change: OpenIssue) -> Result:
        body = change.body
        for key in change.needs:
            body = body.replace(reference(key), f"#{self.numbers[key]}")
        draft = Draft(
            title=change.title, body=body, labels=change.labels, assignees=change.assignees
        )
        self._write()
        begun = self.pacer.now()
        try:
            issue, outcome = self._labelled(self._create(draft, change.sure)), Outcome.DONE
        except Ambiguous as error:
            issue, outcome = self._find(change.issue, begun, error), Outcome.FOUND
        self.numbers[change.issue] = issue.number
        return Result(change=change, outcome=outcome, detail=_opened(issue, change))

    def _create(self, draft: Draft, sure: tuple[str, ...]) -> Issue:
        try:
            return self.forge.create_issue(draft)
        except Rejected:
            if draft.assignees == sure:
                raise
            # Refused for its content, so it was not opened: this is no repetition. Somebody
            # can't be assigned; the body mentions everybody all the same.
            self._write()
            return self._create(replace(draft, assignees=sure), sure)

    def _labelled(self, issue: Issue) -> Issue:
        """Return a new issue, or raise when it came without our label.

        GitHub drops labels in silence where a token may open issues and not label them. No run
        would find such an issue again, and each would open another.
        """
        if self.base.lower() in {name.lower() for name in issue.labels}:
            return issue
        raise Forbidden(
            f"GitHub opened #{issue.number} without its labels: this token may not label issues.",
            needs="issues: write",
            fix="Give it write access to issues, and delete that issue.",
        )

    def _find(self, key: Key, begun: datetime, error: Ambiguous) -> Issue:
        """Return the issue that a create without an answer left behind; else raise its error."""
        since = begun - timedelta(minutes=5)
        for issue in self.forge.list_issues(label=self.base, state="all", since=since):
            if own_key(issue, self.snapshot.me) == key:
                return issue
        raise error

    @_make.register
    def _(self, change: RewriteSummary) -> Result:
        issue = self.forge.get_issue(change.number)
        found = find_summary(issue.body)
        if found is None or found.text == change.facts:
            return Result(change=change, outcome=Outcome.UNNEEDED)
        assignees = None
        if change.assign:
            kept = (login for login in issue.assignees if login.lower() != change.unassign)
            assignees = tuple(dict.fromkeys((*kept, change.assign)))
        body = replace_summary(issue.body, change.facts)
        self._write()
        try:
            self.forge.edit_issue(change.number, Edit(body=body, assignees=assignees))
        except Rejected:
            if assignees is None:
                raise
            self._write()
            self.forge.edit_issue(change.number, Edit(body=body))
        return Result(change=change, outcome=Outcome.DONE)

    @_make.register
    def _(self, change: CloseIssue) -> Result:
        body = None
        if change.pointer:
            issue = self.forge.get_issue(change.number)
            if not issue.is_open:
                return Result(change=change, outcome=Outcome.UNNEEDED)
            head, _, rest = issue.body.partition("\n")
            body = f"{head}\n{change.pointer}\n\n{rest}"
        self._write()
        self.forge.edit_issue(
            change.number,
            Edit(
                body=body,
                state="closed",
                reason="completed" if change.completed else "not_planned",
            ),
        )
        return Result(change=change, outcome=Outcome.DONE)

    @_make.register
    def _(self, change: SetStatus) -> Result:
        self._write()
        self.forge.set_status(
            change.commit, state=change.state, description=change.description, url=change.url
        )
        return Result(change=change, outcome=Outcome.DONE)

    @_make.register
    def _(self, change: Relabel) -> Result:
        if change.add:
            self._write()
            self.forge.add_labels(change.number, change.add)
        for label in change.remove:
            self._write()
            self.forge.remove_label(change.number, label)
        return Result(change=change, outcome=Outcome.DONE)

    @_make.register
    def _(self, change: Suggest) -> Result:
        try:
            standing = {
                (said.path, said.body)
                for said in self.forge.list_line_comments(change.number)
                if not said.outdated and said.author and self._is_me(said.author.login)
            }
            new = tuple(one for one in change.comments if (one.path, one.body) not in standing)
            if not new:
                return Result(change=change, outcome=Outcome.UNNEEDED)
            self._write()
            self.forge.create_review(
                change.number, commit=change.commit, body=change.body, comments=new
            )
        except (Missing, Rejected) as error:
            # Such as lines that GitHub leaves out of a diff. Our word has them, too.
            return Result(change=change, outcome=Outcome.UNNEEDED, detail=str(error))
        return Result(change=change, outcome=Outcome.DONE)

    @_make.register
    def _(self, change: Say) -> Result:
        self._write()
        body = change.unsettled if self._was_reviewed(change) else change.body
        for key in change.needs:
            body = body.replace(reference(key), f"#{self.numbers[key]}")
        outcome = Outcome.DONE
        if change.edit:
            self.forge.edit_comment(change.edit, body)
        else:
            try:
                self.forge.create_comment(change.number, body)
            except Ambiguous as error:
                self._find_word(change, body, error)
                outcome = Outcome.FOUND
        for comment in change.drop:
            self._write()
            self.forge.delete_comment(comment)
        return Result(change=change, outcome=outcome)

    def _was_reviewed(self, change: Say) -> bool:
        """Whether somebody has reviewed a pull request since it was looked at.

        Reviews are seen by the date of the pull request, which what we write moves on.
        """
        return change.heard is not None and any(
            review.id > change.heard and not self._is_me(review.author.login)
            for review in self.forge.list_reviews(change.number)
        )

    def _find_word(self, change: Say, body: str, error: Ambiguous) -> None:
        """Return when a comment without an answer is there after all; else raise its error."""
        for said in self.forge.list_comments(change.number):
            if self._is_me(said.author.login) and said.body == body and said.id not in change.drop:
                return
        raise error


def _overtaken(change: Change) -> Result:
    return Result(
        change=change, outcome=Outcome.UNNEEDED, detail="another run has answered meanwhile"
    )


def _opened(issue: Issue, change: OpenIssue) -> str:
    """Return the number of a new issue, and who was to be assigned and wasn't."""
    assigned = {login.lower() for login in issue.assignees}
    dropped = [login for login in change.assignees if login not in assigned]
    note = f"; could not assign {', '.join(dropped)}" if dropped else ""
    return f"#{issue.number}{note}"
