"""One look at the forge: policies say what they want to know, and this asks for that alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.program import Labels
from mentorship_action.domain.pulls import Comment, Pull
from mentorship_action.domain.snapshot import Issue, ReadProblem, Snapshot, Wants
from mentorship_action.forge.observe_applications import ApplicationReader, Validator
from mentorship_action.forge.protocol import Forge, ForgeError, RunStopper, State, UnknownIdentity


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkout:
    """What observing has to know of the default branch.

    ``labels`` and ``stages`` are the program's; ``former`` are logins that we wrote as before,
    ``trusted`` those of people whose token the program may use.
    ``base_of`` gives the digest of the default branch that a reply to a pull request rests on;
    ``records_tree`` is git's name for the folder of mentee files there, "" when it isn't known.
    Without a ``validator`` applications are left alone. ``requests`` bounds what is asked of the
    forge before applications are left to a later run.
    """

    labels: Labels
    stages: frozenset[str]
    former: frozenset[str] = frozenset()
    trusted: frozenset[str] = frozenset()
    records_tree: str = ""
    validator: Validator | None = None
    requests: int = 300


@dataclass(kw_only=True)
class Observer:
    """Answers what policies want to know, each thing once; a failed read is never "none".

    What goes wrong with one item is kept as its problem. Only what stops a whole run is raised:
    the first list of issues and pull requests, and errors after which nothing else would work.
    """

    forge: Forge
    checkout: Checkout
    base_of: Callable[[Pull], str] = lambda _: ""
    _begun: int = field(init=False)

    def __post_init__(self) -> None:
        self._begun = self.forge.requests

    def begin(self) -> Snapshot:
        """Return who we are and all issues of ours that are open."""
        me = self.forge.me().login
        former = frozenset(login.lower() for login in self.checkout.former) - {me.lower()}
        issues: dict[int, Issue] = {}
        for login in (me, *sorted(former)):
            _add(issues, self.forge.list_issues(creator=login, state="open"))
        snapshot = Snapshot(me=me, former=former)
        if not issues:
            # A list by creator is empty, too, when we are not who we believe to be.
            _add(issues, self._labelled(snapshot, self.checkout.labels.base, "open"))
        return _with_issues(snapshot, issues)

    def _labelled(self, snapshot: Snapshot, label: str, state: State) -> list[Issue]:
        """Return the issues with a label; raise when another identity of the program wrote one.

        Everything would be opened a second time then. Other people's markers mean nothing.
        """
        found = self.forge.list_issues(label=label, state=state)
        for issue in found:
            author = issue.author.login
            trusted = not issue.author.is_person or author.lower() in self.checkout.trusted
            if issue.marked is not None and trusted and not snapshot.is_ours(author):
                raise UnknownIdentity(
                    f"#{issue.number} was written by this program as {author}, and this token "
                    f"writes as {snapshot.me}.",
                    fix=f'Add `identities: ["{author}"]` to the program, so that nothing is '
                    "opened a second time; or use the former token.",
                )
        return found

    def answer(self, snapshot: Snapshot, wants: Wants) -> Snapshot:
        """Return the snapshot with what is wanted beyond what it has."""
        wants = wants.without(snapshot.answered)
        snapshot = replace(snapshot, answered=snapshot.answered | wants)
        snapshot = self._with_closed(snapshot, wants)
        for login in sorted(wants.assignable):
            snapshot = self._with_assignable(snapshot, login)
        for login in sorted(wants.accounts):
            snapshot = self._with_account(snapshot, login)
        for number in sorted(wants.comments):
            snapshot = self._with_comments(snapshot, number)
        if wants.recent_comments is not None:
            snapshot = self._with_recent_comments(snapshot, wants.recent_comments)
        if self.checkout.validator is None:
            return snapshot
        return self._with_applications(snapshot, wants, self.checkout.validator)

    def _with_applications(
        self, snapshot: Snapshot, wants: Wants, validator: Validator
    ) -> Snapshot:
        reader = ApplicationReader(
            forge=self.forge,
            me=snapshot.me,
            former=snapshot.former,
            validator=validator,
            label=self.checkout.labels.of(Kind.APPLICATION),
            stages=self.checkout.stages,
            records_tree=self.checkout.records_tree,
            base_of=self.base_of,
            requests=self._begun + self.checkout.requests,
        )
        if wants.pulls:
            snapshot = replace(
                snapshot, applications=reader.open(), closed_applications=reader.closed()
            )
        if wants.inspections:
            again = reader.inspect_some(snapshot.applications, wants.inspections)
            snapshot = replace(snapshot, applications=again)
        return replace(snapshot, problems=(*snapshot.problems, *reader.problems))

    def _with_closed(self, snapshot: Snapshot, wants: Wants) -> Snapshot:
        """Return the snapshot with closed issues, asked for only when a wanted key isn't open.

        Check-ins are looked for since the first of them could have been filed, others by the label
        of their kind first, then among all that is ours.
        """
        issues = {issue.number: issue for issue in snapshot.issues}
        bounded = {key: at for key, at in wants.issues.items() if at is not None}
        if missing := _missing(bounded, issues, snapshot):
            self._add_closed(issues, snapshot, since=min(bounded[key] for key in missing))
        unbounded = [key for key, at in wants.issues.items() if at is None]
        missing = _missing([*unbounded, *wants.labelled], issues, snapshot)
        for kind in sorted({key.kind for key in missing}):
            label = self.checkout.labels.of(kind)
            _add(issues, self._labelled(snapshot, label, "closed"))
        if _missing(unbounded, issues, snapshot):
            self._add_closed(issues, snapshot)
        return _with_issues(snapshot, issues)

    def _add_closed(
        self, issues: dict[int, Issue], snapshot: Snapshot, since: datetime | None = None
    ) -> None:
        for login in (snapshot.me, *sorted(snapshot.former)):
            _add(issues, self.forge.list_issues(creator=login, state="closed", since=since))

    def _with_assignable(self, snapshot: Snapshot, login: str) -> Snapshot:
        try:
            may = self.forge.is_assignable(login)
        except RunStopper:
            raise
        except ForgeError as error:
            return _with_problem(snapshot, login, error)
        return replace(snapshot, assignable=snapshot.assignable | {login}) if may else snapshot

    def _with_account(self, snapshot: Snapshot, login: str) -> Snapshot:
        try:
            account = self.forge.account_id(login)
        except RunStopper:
            raise
        except ForgeError as error:
            return _with_problem(snapshot, login, error)
        return replace(snapshot, accounts={**snapshot.accounts, login: account or 0})

    def _with_comments(self, snapshot: Snapshot, number: int) -> Snapshot:
        try:
            comments = tuple(self.forge.list_comments(number))
        except RunStopper:
            raise
        except ForgeError as error:
            return _with_problem(snapshot, f"#{number}", error)
        return replace(snapshot, comments={**snapshot.comments, number: comments})

    def _with_recent_comments(self, snapshot: Snapshot, since: datetime) -> Snapshot:
        try:
            recent = self.forge.list_recent_comments(since)
        except RunStopper:
            raise
        except ForgeError as error:
            return _with_problem(snapshot, "recent comments", error)
        found: dict[int, tuple[Comment, ...]] = {}
        for one in sorted(recent, key=lambda one: one.comment.id):
            found[one.number] = (*found.get(one.number, ()), one.comment)
        return replace(snapshot, recent_comments=found, comments_since=since)


def _add(issues: dict[int, Issue], more: Iterable[Issue]) -> None:
    # What was read later knows better, and only what carries a marker is of interest.
    issues.update({issue.number: issue for issue in more if issue.marked is not None})


def _missing(keys: Iterable[Key], issues: dict[int, Issue], snapshot: Snapshot) -> set[Key]:
    wanted = set(keys)
    return wanted and wanted - {snapshot.key_of(issue) for issue in issues.values()}


def _with_issues(snapshot: Snapshot, issues: dict[int, Issue]) -> Snapshot:
    return replace(
        snapshot,
        issues=tuple(issues[number] for number in sorted(issues)),
        labels=frozenset(name.lower() for issue in issues.values() for name in issue.labels),
    )


def _with_problem(snapshot: Snapshot, item: str, error: ForgeError) -> Snapshot:
    problem = ReadProblem(item=item, text=f"{item} could not be read: {error.what}")
    return replace(snapshot, problems=(*snapshot.problems, problem))
