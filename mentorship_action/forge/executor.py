"""Carries out a plan, one change at a time, and decides nothing but when to stop."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property, partial, singledispatchmethod

from mentorship_action.domain.application import bot_comments
from mentorship_action.domain.bot_state import (
    find_section,
    insert_below_marker,
    marker,
    parse_marker,
    replace_section,
    with_new_names,
    with_parts,
)
from mentorship_action.domain.boxes import ticked
from mentorship_action.domain.program import Limits
from mentorship_action.domain.pulls import Author
from mentorship_action.domain.snapshot import Issue, Snapshot
from mentorship_action.errors import Exit
from mentorship_action.forge.files import FileChanger
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import (
    Ambiguous,
    Draft,
    Edit,
    Forbidden,
    Forge,
    ForgeError,
    Locked,
    Missing,
    Outdated,
    Reason,
    Rejected,
    RunStopper,
    UnknownIdentity,
    Unreachable,
)
from mentorship_action.planning.changes import (
    MADE,
    NOT_YET,
    Change,
    ChangeFile,
    CloseIssue,
    CreateLabel,
    CreateMilestone,
    EditIssue,
    EditMilestone,
    FillComment,
    Guard,
    OnNumber,
    OpenIssue,
    Outcome,
    Plan,
    React,
    Result,
    ReviewLines,
    SetLabels,
    SetStatus,
    TickBoxes,
    WriteComment,
    guard_of,
    milestone_key,
    reference,
)

_FAILURES_IN_A_ROW = 3
"""After so many answers in a row that never came it is asked whether the forge is there at all."""

_CLOCK_SKEW = timedelta(minutes=5)
"""A forge's clock and ours differ; what we just created is looked for from earlier on."""

_NO_MILESTONE = 0
"""What stands for the number of a milestone that can't be had."""

_FRESH = timedelta(seconds=10)
"""So old may be what we know of a text that we write as a whole."""

_OBSERVED = timedelta(minutes=30)
"""Observing began no longer before the first write; a job that takes longer is stopped."""

_MOST_ASSIGNEES = 10
"""GitHub assigns no more people to an issue; lead and co-mentors come first."""

_EXTRAS = (EditMilestone, SetStatus, SetLabels, ReviewLines)
"""Changes that other changes of the same thing can do without."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a run did.

    ``unread`` counts what could not be read, and so is left to a later run as well; ``error`` is
    what stopped the run or went wrong first, if anything did.
    """

    results: tuple[Result, ...]
    unread: int = 0
    error: ForgeError | None = None

    @property
    def remaining(self) -> int:
        """How much is left to a later run: changes, and what could not be read."""
        return self.unread + sum(not result.outcome.is_settled for result in self.results)

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


def apply(plan: Plan, forge: Forge, snapshot: Snapshot, *, limits: Limits, pacer: Pacer) -> Report:
    """Carry out a plan.

    Stops at what stops a whole run, at the run's budget of writes, and when the forge is gone;
    goes on past a single change that fails, and leaves what needs it. What was begun with one item
    is finished beyond the budget, so that the smallest budget makes progress.
    """
    run = _Run(forge=forge, snapshot=snapshot, pacer=pacer, budget=limits.writes_per_run)
    results = tuple(run.carry_out(plan.changes))
    return Report(results=results, unread=len(snapshot.problems), error=run.error)


@dataclass(kw_only=True)
class _Run:
    """The state of one run: what exists by now, what failed, how much may still be written."""

    forge: Forge
    snapshot: Snapshot
    pacer: Pacer
    budget: int
    settled: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    denied: set[tuple[str, str]] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)
    seen: dict[int, bool] = field(default_factory=dict)
    issues: dict[int, Issue] = field(init=False)
    looked: datetime = field(init=False)
    failures: int = 0
    is_known: bool = False
    stopped: str = ""
    error: ForgeError | None = None

    def __post_init__(self) -> None:
        self.issues = {issue.number: issue for issue in self.snapshot.issues}
        self.looked = self.pacer.now() - _OBSERVED

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The numbers of issues and milestones by their keys, worked out when something refers."""
        issues = {str(key): one.number for key, one in self.snapshot.survivors.items()}
        milestones = self.snapshot.milestones.values()
        return issues | {str(milestone_key(one.title)): one.number for one in milestones}

    def carry_out(self, changes: Iterable[Change]) -> list[Result]:
        """Return what became of each change, in order."""
        return [self._one(change) for change in changes]

    def _one(self, change: Change) -> Result:
        key = str(change.key)
        if not self.stopped and self.budget <= 0 and key not in self.begun:
            return _left(change, "this run's budget of writes is used up")
        if self.stopped:
            return _left(change, self.stopped)
        if unmet := self._unmet(change):
            return _left(change, f"needs {unmet}")
        if (change.kind, change.key.kind) in self.denied:
            return _left(change, "this token may not do that")
        try:
            result = self._guarded(change)
        except ForgeError as error:
            return self._fail(change, error)
        self.failures = 0
        (self.settled if result.outcome.is_settled else self.failed).add(key)
        return result

    def _unmet(self, change: Change) -> str:
        """Return the key that a change needs and that isn't there, or nothing."""
        for needed in map(str, change.needs):
            if needed in self.failed or not (needed in self.numbers or needed in self.settled):
                return needed
        return str(change.key) if str(change.key) in self.failed else ""

    def _guarded(self, change: Change) -> Result:
        if change.guard is not None and isinstance(change, OnNumber):
            if not self._still_as_seen(change.number, change.guard):
                return _unneeded(change, "another run has replied meanwhile")
            if self._was_reviewed(change.number, change.guard):
                return _unneeded(change, "somebody has reviewed meanwhile; the next run replies")
        return self._make(change)

    def _still_as_seen(self, number: int, guard: Guard) -> bool:
        """Whether no other run has replied on a pull request since this one looked.

        Asked once for each, right before the first change of it.
        """
        if number not in self.seen:
            comments = self.forge.list_comments(number)
            ours = bot_comments(comments, self.snapshot.me)
            for former in sorted(self.snapshot.former):
                ours = (*bot_comments(comments, former), *ours)
            now = guard_of(ours[-1] if ours else None)
            self.seen[number] = (now.comment, now.body) == (guard.comment, guard.body)
        return self.seen[number]

    def _was_reviewed(self, number: int, guard: Guard) -> bool:
        """Whether somebody has reviewed a pull request since it was read.

        Reviews are seen by the date of the pull request, which what we write moves on.
        """
        return guard.review is not None and any(
            review.id > guard.review and not self.snapshot.is_ours(review.author.login)
            for review in self.forge.list_reviews(number)
        )

    def _fail(self, change: Change, error: ForgeError) -> Result:
        if isinstance(error, Locked):
            # Whoever locked it wants no more comments; that is nothing to try again.
            return _unneeded(change, str(error))
        if isinstance(error, Forbidden):
            self.denied.add((change.kind, change.key.kind))
        if isinstance(change, CreateMilestone) and isinstance(error, Forbidden | Rejected):
            self.numbers[str(change.key)] = _NO_MILESTONE
        elif not (isinstance(error, Forbidden) and isinstance(change, _EXTRAS)):
            self.failed.add(str(change.key))
        if self.error is None or isinstance(error, RunStopper):
            self.error = error
        self.failures += isinstance(error, Ambiguous | Unreachable)
        if isinstance(error, RunStopper):
            self.stopped = error.what
        elif self.failures >= _FAILURES_IN_A_ROW:
            self._ask_whether_there()
        outcome = Outcome.UNKNOWN if isinstance(error, Ambiguous) else Outcome.FAILED
        return Result(change=change, outcome=outcome, detail=str(error))

    def _ask_whether_there(self) -> None:
        """Stop when the forge doesn't even answer something simple; else one item was bad."""
        self.failures = 0
        try:
            self.forge.me()
        except ForgeError as error:
            self.error = error
            self.stopped = "GitHub failed several times in a row"

    def _write(self, change: Change) -> None:
        """Take one write from the budget, in the pace that the program allows."""
        self.begun.add(str(change.key))
        self.budget -= 1
        self.pacer.wait()

    def _must_be_ours(self, author: Author, what: str) -> None:
        """Raise when something of ours came back under another author.

        Later runs would not find it, and each would create another one.
        """
        if self.is_known:
            return
        if author.login.lower() != self.snapshot.me.lower():
            raise UnknownIdentity(
                f"{what} was written as {author.login}, and this token said it was "
                f"{self.snapshot.me}.",
                fix=f'Add `identities: ["{author.login}"]` to the program, or use another token.',
            )
        self.is_known = True

    def _filled(self, text: str, change: Change) -> str:
        """Return a text with the numbers of the issues that it refers to."""
        for key in (*change.needs, *change.names):
            number = self.numbers.get(str(key))
            text = text.replace(reference(key), f"#{number}" if number else NOT_YET)
        return text

    @singledispatchmethod
    def _make(self, change: Change) -> Result:
        raise NotImplementedError(type(change).__name__)

    @_make.register
    def _(self, change: CreateLabel) -> Result:
        self._write(change)
        made = self.forge.create_label(
            change.name, color=change.color, description=change.description
        )
        if not made:
            # It changed nothing; a small budget would else be used up by the same labels each run.
            self.budget += 1
            return _unneeded(change)
        return _done(change)

    @_make.register
    def _(self, change: CreateMilestone) -> Result:
        number, outcome = self.forge.find_milestone(change.title), Outcome.UNNEEDED
        if number is None:
            self._write(change)
            number, outcome = self._new_milestone(change)
        self.numbers[str(change.key)] = number
        return Result(change=change, outcome=outcome)

    def _new_milestone(self, change: CreateMilestone) -> tuple[int, Outcome]:
        """Create a milestone; one without an answer is looked for once, else its error raised."""
        try:
            number = self.forge.create_milestone(change.title, due=change.due)
        except Ambiguous:
            number = self.forge.find_milestone(change.title)
            if number is None:
                raise
            return number, Outcome.FOUND
        if number is None:
            # Another run was faster, and lists lag behind.
            return _NO_MILESTONE, Outcome.UNNEEDED
        return number, Outcome.DONE

    @_make.register
    def _(self, change: EditMilestone) -> Result:
        self._write(change)
        try:
            self.forge.edit_milestone(change.number, due=change.due, closed=change.closes)
        except Missing:
            return _unneeded(change, "it was deleted")
        return _done(change)

    @_make.register
    def _(self, change: OpenIssue) -> Result:
        draft = Draft(
            title=change.title,
            body=self._filled(change.body, change),
            labels=change.labels,
            assignees=change.assignees[:_MOST_ASSIGNEES],
            milestone=self.numbers[str(milestone_key(change.milestone))] if change.milestone else 0,
        )
        self._write(change)
        begun = self.pacer.now()
        try:
            issue, outcome = self._create(change, draft), Outcome.DONE
        except Ambiguous as error:
            issue, outcome = self._find(change, begun, error), Outcome.FOUND
        self._must_be_ours(issue.author, f"#{issue.number}")
        self.numbers[str(change.key)] = issue.number
        return Result(change=change, outcome=outcome, detail=_opened(issue, change))

    def _create(self, change: OpenIssue, draft: Draft) -> Issue:
        try:
            return self.forge.create_issue(draft)
        except Rejected:
            if draft.assignees == change.sure[:_MOST_ASSIGNEES]:
                raise
            # Refused for its content, so it was not opened: this is no repetition. Somebody
            # can't be assigned; the body mentions everybody all the same.
            self._write(change)
            return self._create(change, replace(draft, assignees=change.sure[:_MOST_ASSIGNEES]))

    def _find(self, change: OpenIssue, begun: datetime, error: Ambiguous) -> Issue:
        """Return the issue that a create without an answer left behind; else raise its error."""
        since = begun - _CLOCK_SKEW
        found = self.forge.list_issues(creator=self.snapshot.me, state="all", since=since)
        for issue in found:
            if self.snapshot.key_of(issue) == change.key:
                return issue
        raise error

    @_make.register
    def _(self, change: EditIssue) -> Result:
        issue = self.forge.get_issue(change.number)
        edit = _edit_of(replace(change, text=self._filled(change.text, change)), issue)
        if edit is None:
            return _unneeded(change)
        self._write(change)
        try:
            self.forge.edit_issue(change.number, edit)
        except Rejected:
            if edit.assignees is None:
                raise
            self._write(change)
            self.forge.edit_issue(change.number, replace(edit, assignees=None))
        if change.rekey is not None:
            self.numbers[str(change.rekey)] = change.number
        return _done(change)

    @_make.register
    def _(self, change: CloseIssue) -> Result:
        body = None
        if change.remark:
            issue = self._as_now(change.number)
            if not issue.is_open:
                return _unneeded(change)
            body = insert_below_marker(issue.body, change.remark)
        self._write(change)
        reason: Reason = "completed" if change.completed else "not_planned"
        self.forge.edit_issue(change.number, Edit(body=body, state="closed", reason=reason))
        return _done(change)

    def _as_now(self, number: int) -> Issue:
        """Return an issue as it stood some seconds ago at most, so that no tick in it is lost.

        One list of what has changed since it was observed tells it for many.
        """
        if number not in self.issues:
            return self.forge.get_issue(number)
        now = self.pacer.now()
        if now - self.looked > _FRESH:
            since = self.looked - _CLOCK_SKEW
            for login in (self.snapshot.me, *sorted(self.snapshot.former)):
                changed = self.forge.list_issues(creator=login, state="all", since=since)
                self.issues.update({issue.number: issue for issue in changed})
            self.looked = now
        return self.issues[number]

    @_make.register
    def _(self, change: SetStatus) -> Result:
        self._write(change)
        self.forge.set_status(
            change.commit, state=change.state, description=change.description, url=change.url
        )
        return _done(change)

    @_make.register
    def _(self, change: SetLabels) -> Result:
        if change.add:
            self._write(change)
            self.forge.add_labels(change.number, change.add)
        for label in change.remove:
            self._write(change)
            self.forge.remove_label(change.number, label)
        return _done(change)

    @_make.register
    def _(self, change: ReviewLines) -> Result:
        try:
            there = {
                (comment.path, comment.body)
                for comment in self.forge.list_line_comments(change.number)
                if not comment.outdated
                and comment.author
                and self.snapshot.is_ours(comment.author.login)
            }
            new = tuple(one for one in change.comments if (one.path, one.body) not in there)
            if not new:
                return _unneeded(change)
            self._write(change)
            self.forge.create_review(
                change.number, commit=change.commit, body=change.body, comments=new
            )
        except (Missing, Rejected) as error:
            # Such as lines that GitHub leaves out of a diff. Our comment has them, too.
            return _unneeded(change, str(error))
        return _done(change)

    @_make.register
    def _(self, change: React) -> Result:
        self._write(change)
        try:
            self.forge.add_reaction(change.comment, change.content)
        except RunStopper:
            raise
        except ForgeError as error:
            # Such as a comment that was deleted. The answer, if it matters, says all.
            return _unneeded(change, str(error))
        return _done(change)

    @_make.register
    def _(self, change: TickBoxes) -> Result:
        issue = self.forge.get_issue(change.number)
        body = ticked(issue.body, change.boxes, change.of)
        if body == issue.body:
            return _unneeded(change)
        self._write(change)
        self.forge.edit_issue(change.number, Edit(body=body))
        return _done(change)

    @_make.register
    def _(self, change: FillComment) -> Result:
        try:
            if self.forge.get_comment(change.comment).body != change.former:
                return _unneeded(change, "it says something else by now")
            self._write(change)
            self.forge.edit_comment(change.comment, change.body)
        except Missing:
            return _unneeded(change, "it was deleted")
        except Forbidden:
            return self._answer(change, change.otherwise)
        return _done(change)

    @_make.register
    def _(self, change: ChangeFile) -> Result:
        if self._is_said(change):
            return _unneeded(change, "another run has replied meanwhile")
        pace = partial(self._write, change)
        changer = FileChanger(forge=self.forge, change=change, pace=pace)
        *stronger, (_, weakest) = change.answers
        for way, body in stronger:
            try:
                made = changer.go(way)
            except (Forbidden, Missing):
                continue
            except Outdated as error:
                return _left(change, str(error))
            return self._answer(change, body.replace(MADE, made))
        return self._answer(change, weakest)

    def _answer(self, change: OnNumber, body: str) -> Result:
        """Comment once; what an earlier run said already is found."""
        if self._is_said(change):
            return Result(change=change, outcome=Outcome.FOUND)
        self._write(change)
        return Result(change=change, outcome=self._comment(change.number, body))

    def _is_said(self, change: OnNumber) -> bool:
        """Whether a comment of ours with the key of a change is there by now."""
        return any(
            self.snapshot.is_ours(one.author.login) and parse_marker(one.body) == change.key
            for one in self.forge.list_comments(change.number)
        )

    @_make.register
    def _(self, change: WriteComment) -> Result:
        if change.once and self._is_said(change):
            return _unneeded(change, "another run has replied meanwhile")
        self._write(change)
        body = self._filled(change.body, change)
        outcome = Outcome.DONE
        if not change.edit or not self._edited(change, body):
            outcome = self._comment(change.number, body, change.replaces)
        for comment in change.replaces:
            self._write(change)
            # One of a former identity's may not be ours to delete; it is out of date at worst.
            with suppress(Forbidden):
                self.forge.delete_comment(comment)
        return Result(change=change, outcome=outcome)

    def _edited(self, change: WriteComment, body: str) -> bool:
        """Rewrite our comment in place; False where it is gone, or not ours to edit any more."""
        try:
            self.forge.edit_comment(change.edit, body)
        except (Forbidden, Missing):
            self._write(change)
            return False
        return True

    def _comment(self, number: int, body: str, replaces: tuple[int, ...] = ()) -> Outcome:
        """Write a new comment; one without an answer is looked for once, else its error raised."""
        try:
            comment = self.forge.create_comment(number, body)
        except Ambiguous:
            for comment in self.forge.list_comments(number):
                is_ours = self.snapshot.is_ours(comment.author.login)
                if is_ours and comment.body == body and comment.id not in replaces:
                    return Outcome.FOUND
            raise
        self._must_be_ours(comment.author, f"A comment on #{number}")
        return Outcome.DONE


def _edit_of(change: EditIssue, issue: Issue) -> Edit | None:
    """Return what is still to be changed of an issue, None for nothing.

    What people closed is left closed and as it is.
    """
    if not (issue.is_open or change.reopen or change.adds_section):
        return None
    body = issue.body
    if change.section:
        found = find_section(body, change.section)
        if found is None and not change.adds_section:
            return None
        if found is not None and change.seen and found.text != change.seen:
            return None
        if found is None:
            body = insert_below_marker(body, change.text)
        elif found.text != change.text and not change.adds_section:
            body = replace_section(body, change.section, change.text)
    body = with_parts(with_new_names(body, dict(change.renamed)), change.parts, change.leavers)
    former = parse_marker(body)
    if change.rekey is not None and former is not None:
        body = body.replace(marker(former), marker(change.rekey), 1)
    assignees = None
    if change.assign or change.unassign:
        kept = (login for login in issue.assignees if login.lower() not in change.unassign)
        assignees = tuple(dict.fromkeys((*kept, *change.assign)))[:_MOST_ASSIGNEES]
    edit = Edit(
        title=change.title if change.title not in ("", issue.title) else None,
        body=body if body != issue.body else None,
        assignees=assignees if assignees != issue.assignees else None,
        state="open" if change.reopen and not issue.is_open else None,
    )
    return None if edit == Edit() else edit


def _done(change: Change) -> Result:
    return Result(change=change, outcome=Outcome.DONE)


def _left(change: Change, why: str) -> Result:
    return Result(change=change, outcome=Outcome.LEFT, detail=why)


def _unneeded(change: Change, why: str = "") -> Result:
    return Result(change=change, outcome=Outcome.UNNEEDED, detail=why)


def _opened(issue: Issue, change: OpenIssue) -> str:
    """Return the number of a new issue, and what GitHub dropped in silence."""
    assigned = {login.lower() for login in issue.assignees}
    dropped = [login for login in change.assignees if login not in assigned]
    note = f"; could not assign {', '.join(dropped)}" if dropped else ""
    labelled = {name.lower() for name in issue.labels}
    if any(name.lower() not in labelled for name in change.labels):
        note += "; this token may not label issues"
    return f"#{issue.number}{note}"
