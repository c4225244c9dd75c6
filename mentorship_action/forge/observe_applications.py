"""One look at the applications: which pull requests touch mentee files, and who said what.

A pull request's files are read as bytes, by blob, at its head commit. Nothing of it is checked
out, imported or rendered.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from mentorship_action.domain.application import (
    Application,
    ClosedApplication,
    Inspection,
    Memory,
    Stage,
    bot_comments,
    is_edited_answer,
    lost_answer,
    lost_approval,
    parse_memory,
)
from mentorship_action.domain.bot_state import own_key, parse_marker
from mentorship_action.domain.identity import is_slug
from mentorship_action.domain.mentee_files import FOLDER, is_ignored
from mentorship_action.domain.pulls import (
    FILE_MODE,
    OWN_BRANCHES,
    READ_AT_MOST,
    Comment,
    FileChange,
    Proposal,
    Pull,
    Review,
    TreeEntry,
)
from mentorship_action.domain.snapshot import ReadProblem
from mentorship_action.domain.validation import Validation
from mentorship_action.forge.protocol import (
    ClosedPull,
    Forge,
    ForgeError,
    Pulls,
    RunStopper,
)

Validator = Callable[[str, bytes], Validation]
"""What checks one mentee file's bytes: (path, content) to what `validate` says of them."""

_Item = TypeVar("_Item", Pull, ClosedPull)
_Read = TypeVar("_Read")
_Said = TypeVar("_Said", Comment, Review)

_MOST_TERMS = 3
_TREE_MODE = "040000"


@dataclass(kw_only=True)
class ApplicationReader:
    """Reads applications, each by itself: what goes wrong with one is kept as its problem.

    ``me`` and ``former`` are the logins that we write and wrote as; ``label`` and ``stages`` are
    label names. ``requests`` is the count of requests after which applications with news are left
    to a later run, the oldest being read first.
    """

    forge: Forge
    me: str
    former: frozenset[str]
    validator: Validator
    label: str
    stages: frozenset[str]
    records_tree: str
    base_of: Callable[[Pull], str]
    requests: int
    problems: list[ReadProblem] = field(default_factory=list)
    _pulls: Pulls | None = field(default=None, init=False)
    _roots: dict[str, tuple[TreeEntry, ...]] = field(default_factory=dict, init=False)

    def open(self) -> tuple[Application, ...]:
        """Return the open applications; those with news are inspected.

        One without news costs one request.
        """
        found = (self._guarded(pull, self._open_one) for pull in self._candidates())
        return tuple(application for application in found if application is not None)

    def closed(self) -> tuple[ClosedApplication, ...]:
        """Return the closed applications that are not settled yet, each with our comment.

        One that was merged is settled when it has lost its label, another one when it has lost
        that of its stage.
        """
        stages = {name.lower() for name in self.stages}
        found = []
        for closed in self._list().closed:
            labels = {name.lower() for name in closed.labels}
            if self.label.lower() in labels and (closed.merged or stages & labels):
                found.append(self._guarded(closed, self._closed_one))
        return tuple(application for application in found if application is not None)

    def inspect_some(
        self, applications: Iterable[Application], numbers: frozenset[int]
    ) -> tuple[Application, ...]:
        """Return the applications with those of the given numbers inspected.

        One that can't be, now, stays as it was, so that nobody else takes its place.
        """

        def again(pull: Pull) -> Application | None:
            if self.forge.requests >= self.requests:
                self._problem(pull.number, "This run has used up its requests.")
                return None
            comments = self.forge.list_comments(pull.number)
            return self._inspected(self._with_comment(pull, comments), comments)

        return tuple(
            (self._guarded(one.pull, again) if one.pull.number in numbers else None) or one
            for one in applications
        )

    def _list(self) -> Pulls:
        if self._pulls is None:
            self._pulls = self.forge.list_pulls(self.label)
        return self._pulls

    def _guarded(self, pull: _Item, read: Callable[[_Item], _Read | None]) -> _Read | None:
        """Return what is read of one pull request; what goes wrong is its own problem."""
        try:
            return read(pull)
        except RunStopper:
            raise
        except ForgeError as error:
            self._problem(pull.number, error.what)
        except Exception as error:  # noqa: BLE001 - one bad item never stops the rest
            self._problem(pull.number, type(error).__name__)
        return None

    def _problem(self, number: int, why: str) -> None:
        text = f"#{number} could not be read: {why} A later run tries again."
        self.problems.append(ReadProblem(item=f"#{number}", text=text))

    def _candidates(self) -> Iterator[Pull]:
        """Yield the open pull requests that touch mentee files, or on which we may have replied.

        The oldest first. Those whose paths have to be looked for come last, the ones that changed
        last before the others: else strangers' old ones would use up the requests of every run.
        """
        unknown = []
        for pull in self._list().open:
            if self._is_own(pull):
                continue
            if self._is_labelled(pull):
                yield pull
            elif pull.paths is None:
                unknown.append(pull)
            elif self._may_touch_files(pull):
                yield pull
        unknown.sort(key=lambda pull: pull.updated, reverse=True)
        for at, pull in enumerate(unknown):
            if self.forge.requests >= self.requests:
                self._leave(unknown[at:])
                return
            if self._may_touch_files(pull):
                yield pull

    def _is_own(self, pull: Pull) -> bool:
        """Whether we opened a pull request ourselves, for what somebody said by a command."""
        ours = pull.author.login.lower() in (self.me.lower(), *self.former)
        return ours and pull.branch.startswith(OWN_BRANCHES)

    def _leave(self, pulls: list[Pull]) -> None:
        first = min(pull.number for pull in pulls)
        text = f"{len(pulls)} open pull requests, such as #{first}, were not looked at: this run "
        text += "has used up its requests."
        self.problems.append(ReadProblem(item="pull requests", text=text))

    def _is_labelled(self, pull: Pull) -> bool:
        return self.label.lower() in {name.lower() for name in pull.labels}

    def _may_touch_files(self, pull: Pull) -> bool:
        if pull.paths is None:
            return bool(self._guarded(pull, self._touches_files))
        return any(map(_is_in_folder, pull.paths))

    def _open_one(self, pull: Pull) -> Application | None:
        comments = self.forge.list_comments(pull.number)
        application = self._with_comment(pull, comments)
        if pull.is_locked or not self._has_news(application, comments):
            # Whoever locked it wants no more comments, so nothing about it is asked either.
            return application
        labelled_alone = application.bot_comment is None and self._is_labelled(pull)
        # Our label may be added to anything; it makes no application.
        if labelled_alone and not self._may_touch_files(pull):
            return None
        if self.forge.requests >= self.requests:
            self._problem(pull.number, "This run has used up its requests.")
            return application if application.memory else None
        application = self._inspected(application, comments)
        return None if _is_no_application(application) else application

    def _inspected(self, application: Application, comments: Iterable[Comment]) -> Application:
        """Return an application with all that its pull request holds.

        What can't be read of it is kept as its problem.
        """
        pull = application.pull
        others = tuple(self._of_others(comments))
        reviews = tuple(self._of_others(self.forge.list_reviews(pull.number)))
        inspection = Inspection(proposal=None, validation=None, comments=others, reviews=reviews)
        try:
            proposal = read_proposal(self.forge, pull)
            validation = _validate(proposal, self.validator)
            proposal = _with_former(self.forge, proposal, validation)
            same = (
                validation is None
                or validation.record is None
                or _is_author(self.forge, pull, validation)
            )
        except RunStopper:
            raise
        except Exception as error:  # noqa: BLE001 - one bad item never stops the rest
            inspection = replace(inspection, problem=type(error).__name__.lower())
        else:
            inspection = replace(
                inspection, proposal=proposal, validation=validation, same_account=same
            )
        return replace(application, inspection=inspection)

    def _has_news(self, application: Application, comments: Iterable[Comment]) -> bool:
        """Whether an application may need another reply than the one that stands."""
        pull, memory, ours = application.pull, application.memory, application.bot_comment
        if memory is None or ours is None or application.others:
            return True
        said = tuple(self._of_others(comments))
        mentors = frozenset(one.mentor for one in memory.asks)
        return (
            memory.stage is Stage.UNREADABLE
            or (memory.head, memory.base) != (pull.head, self.base_of(pull))
            or max((one.id for one in said), default=0) > memory.comment
            # GitHub doesn't say that an edit of a comment changes the pull request's date.
            or lost_answer(memory, said)
            or any(is_edited_answer(one, mentors, memory.edited) for one in said)
            # A review moves the pull request's date past that of our comment, written last. So
            # does much that doesn't matter, such as a label, which moves it for good.
            or (pull.updated > ours.updated and self._has_new_reviews(pull, memory))
        )

    def _has_new_reviews(self, pull: Pull, memory: Memory) -> bool:
        reviews = tuple(self._of_others(self.forge.list_reviews(pull.number)))
        return max((one.id for one in reviews), default=0) > memory.review or lost_approval(
            memory, reviews
        )

    def _of_others(self, said: Iterable[_Said]) -> Iterator[_Said]:
        """Yield what people and other programs said: all but what has our marker.

        A token may be that of a mentor, who has a say beside us.
        """
        ours = (self.me, *self.former)
        for one in said:
            if not any(own_key(one.body, one.author.login, login) for login in ours):
                yield one

    def _with_comment(self, pull: Pull, comments: Iterable[Comment]) -> Application:
        ours = self._comments_of_ours(comments)
        return Application(
            pull=pull,
            bot_comment=ours[-1] if ours else None,
            memory=parse_memory(ours[-1].body) if ours else None,
            others=_duplicates(ours),
        )

    def _comments_of_ours(self, comments: Iterable[Comment]) -> tuple[Comment, ...]:
        comments = tuple(comments)
        found = bot_comments(comments, self.me)
        for login in sorted(self.former):
            found = (*bot_comments(comments, login), *found)
        return found

    def _closed_one(self, closed: ClosedPull) -> ClosedApplication:
        ours = self._comments_of_ours(self.forge.list_comments(closed.number))
        key = parse_marker(ours[-1].body) if ours else None
        return ClosedApplication(
            number=closed.number,
            author=closed.author,
            merged=closed.merged,
            labels=closed.labels,
            bot_comment=ours[-1] if ours else None,
            mentee=key.mentee if key else "",
            term=key.term if key else "",
            others=_duplicates(ours),
            is_locked=closed.is_locked,
        )

    def _touches_files(self, pull: Pull) -> bool | None:
        """Whether a pull request may touch mentee files, at the cost of a request in most cases.

        A branch that is merely behind has another folder than the default branch, too; ``_roots``
        keeps the commits that several such branches come from. Asked only where the forge can't
        list changed paths.
        """
        folder = _folder(self.forge.tree(pull.head))
        if (folder.sha if folder else "") == self.records_tree:
            return False
        branched = self.forge.merge_base(pull.base, pull.head)
        if branched not in self._roots:
            self._roots[branched] = self.forge.tree(branched)
        return folder != _folder(self._roots[branched])


def _duplicates(ours: tuple[Comment, ...]) -> tuple[Comment, ...]:
    """Return the comments that are to be deleted: those by whom the one that stands is.

    One of a former identity's may not be ours to delete, and would be tried in every run.
    """
    return tuple(one for one in ours[:-1] if one.author.login == ours[-1].author.login)


def _is_in_folder(path: str) -> bool:
    return path == FOLDER or path.startswith(f"{FOLDER}/")


def read_proposal(forge: Forge, pull: Pull) -> Proposal:
    """Return what a pull request changes, by comparing trees: the list of its files is capped."""
    branched = forge.merge_base(pull.base, pull.head)
    before, after = forge.tree(branched), forge.tree(pull.head)
    elsewhere = set(_differing(before, after)) - {FOLDER}
    found = tuple(_folder_changes(forge, before, after))
    changes = tuple(change for change in found if not _is_no_record(change.path))
    elsewhere.update(change.path for change in found if _is_no_record(change.path))
    return Proposal(
        changes=changes, elsewhere=tuple(sorted(elsewhere)), content=_content(forge, changes)
    )


def _is_no_record(path: str) -> bool:
    """Whether a path in the folder says by its names that it is no mentee file."""
    return any(map(is_ignored, path.removeprefix(f"{FOLDER}/").split("/")))


def _is_no_application(application: Application) -> bool:
    """Whether a pull request turned out to touch no record, and we never spoke on it."""
    look = application.inspection
    return (
        application.bot_comment is None
        and look is not None
        and look.proposal is not None
        and not look.proposal.changes
    )


def _validate(proposal: Proposal, validator: Validator) -> Validation | None:
    if proposal.content is None:
        return None
    return validator(proposal.changes[0].path, proposal.content)


def _with_former(forge: Forge, proposal: Proposal, validation: Validation | None) -> Proposal:
    """Return a proposal with its file's text before, when there are lines in it to correct."""
    before = proposal.changes[0].before if proposal.changes else None
    if validation is None or not any(finding.correction for finding in validation.findings):
        return proposal
    if before is None or before.mode != FILE_MODE or before.size > READ_AT_MOST:
        return proposal
    return replace(proposal, former=forge.blob(before.sha))


def _is_author(forge: Forge, pull: Pull, validation: Validation) -> bool:
    """Whether the author is whom the record names, by the account's number if not by login."""
    record = validation.record
    if record is None or record.login == pull.author.login.lower():
        return True
    return forge.account_id(record.login) == pull.author.id


def _content(forge: Forge, changes: tuple[FileChange, ...]) -> bytes | None:
    after = changes[0].after if len(changes) == 1 else None
    if after is None or after.mode != FILE_MODE:
        return None
    if after.size > READ_AT_MOST:
        # GitHub would send all of it; a text that is too large as well is validation the same.
        return b"#" * (READ_AT_MOST + 1)
    return forge.blob(after.sha)


def _differing(before: Iterable[TreeEntry], after: Iterable[TreeEntry]) -> list[str]:
    one, other = set(before), set(after)
    return sorted({entry.name for entry in one ^ other})


def _folder_changes(
    forge: Forge, before: Iterable[TreeEntry], after: Iterable[TreeEntry]
) -> Iterable[FileChange]:
    """Yield the differences below ``mentees/``; a folder that is a file or a link is one itself."""
    old, new = _folder(before), _folder(after)
    if old == new:
        return
    if new is not None and new.mode != _TREE_MODE:
        yield FileChange(path=FOLDER, before=old, after=new)
        return
    found = [
        FileChange(path=f"{FOLDER}/{name}", before=former, after=latter)
        for name, former, latter in _moved(forge, old, new)
    ]
    folders = [one for one in found if _is_term(one)]
    if len(folders) > _MOST_TERMS:
        # Nobody changes so many terms at once; reading all of them would be a stranger's to ask.
        yield from found
        return
    for one in found:
        if one not in folders:
            yield one
            continue
        for name, former, latter in _moved(forge, one.before, one.after):
            yield FileChange(path=f"{one.path}/{name}", before=former, after=latter)


def _is_term(change: FileChange) -> bool:
    """Whether a change is in the folder of a term: one before, or now, and never anything else."""
    there = [entry for entry in (change.before, change.after) if entry is not None]
    is_named = is_slug(change.path.removeprefix(f"{FOLDER}/"))
    return is_named and all(entry.mode == _TREE_MODE for entry in there)


def _moved(
    forge: Forge, old: TreeEntry | None, new: TreeEntry | None
) -> Iterator[tuple[str, TreeEntry | None, TreeEntry | None]]:
    """Yield the names in a folder whose entries differ, each with both entries."""
    former = {entry.name: entry for entry in _entries(forge, old)}
    latter = {entry.name: entry for entry in _entries(forge, new)}
    # Most entries are the very same objects in a rehearsal; only the others are compared in full.
    moved = {name for name, entry in latter.items() if former.get(name) is not entry}
    moved.update(former.keys() - latter.keys())
    for name in sorted(moved):
        if former.get(name) != latter.get(name):
            yield name, former.get(name), latter.get(name)


def _folder(entries: Iterable[TreeEntry]) -> TreeEntry | None:
    return next((entry for entry in entries if entry.name == FOLDER), None)


def _entries(forge: Forge, folder: TreeEntry | None) -> tuple[TreeEntry, ...]:
    if folder is None or folder.mode != _TREE_MODE:
        return ()
    return forge.tree(folder.sha)
