"""Pull requests of the forge in memory: branches, commits, comments, reviews and statuses."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sized
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from mentorship_action.domain.pulls import (
    Author,
    Comment,
    LineComment,
    Pull,
    Review,
    TreeEntry,
)
from mentorship_action.forge import linemap
from mentorship_action.forge.gitobjects import File, Files, blob_id, trees_of
from mentorship_action.forge.protocol import ClosedPull, Missing, Pulls, Refused, Rejected

PAGE = 100
"""How many things one page of a list has."""

Change = bytes | File | None
"""A file's new content, a file with a mode of its own, or None to take it away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """What was said of a commit."""

    state: str
    description: str
    context: str
    url: str
    author: str
    created: datetime


@dataclass(kw_only=True)
class PullRequest:
    """One pull request; ``branched`` is the commit of the default branch that it stems from."""

    number: int
    title: str
    author: Author
    head: str
    branched: str
    created: datetime
    updated: datetime
    is_open: bool = True
    is_merged: bool = False
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidOnLines:
    """A comment on lines of a file, and the commit whose lines these are."""

    commit: str
    comment: LineComment


@dataclass(kw_only=True)
class Branches:
    """The repository's code: the default branch, commits with their files, and the pull requests.

    ``arrivals`` has the order in which files reached the default branch. Former commits of the
    default branch are kept for as long as a pull request that may be merged stems from them.
    """

    clock: Callable[[], datetime]
    default: str = "main"
    commits: dict[str, Files] = field(default_factory=dict)
    tip: str = ""
    pulls: dict[int, PullRequest] = field(default_factory=dict)
    said: dict[int, list[Comment]] = field(default_factory=dict)
    reviews: dict[int, list[Review]] = field(default_factory=dict)
    on_lines: dict[int, list[SaidOnLines]] = field(default_factory=dict)
    statuses: dict[str, list[Status]] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    arrivals: dict[str, int] = field(default_factory=dict)
    ids: int = 0
    made: int = 0

    def __post_init__(self) -> None:
        self._objects = _Objects()
        self.tip = self.tip or self.commit({})

    @property
    def files(self) -> Files:
        """What the default branch holds."""
        return self.commits[self.tip]

    def commit(self, files: Files) -> str:
        """Keep files as a commit and return its name."""
        self.made += 1
        name = f"commit {self.made}".encode()
        sha = hashlib.sha1(name, usedforsecurity=False).hexdigest()
        self.commits[sha] = dict(files)
        return sha

    def put(self, changes: Mapping[str, Change]) -> None:
        """Change the default branch itself."""
        former, before = self.tip, self.files
        self.tip = self.commit(changed(before, changes))
        for path in sorted(changes):
            if path in self.files and path not in before:
                self.arrivals[path] = len(self.arrivals)
        if all(pull.branched != former for pull in self.pulls.values() if not pull.is_merged):
            del self.commits[former]

    def lines(self, commit: str, path: str) -> list[str]:
        """Return the lines of a file as a commit has it; none of a file that isn't there."""
        file = self.commits[commit].get(path)
        return file.content.decode("utf-8", "replace").splitlines() if file else []

    def root_of(self, commit: str) -> tuple[TreeEntry, ...]:
        """Return the entries of a commit's root."""
        return self._objects.root_of(commit, self.commits[commit])

    def tree(self, sha: str) -> tuple[TreeEntry, ...] | None:
        """Return the entries of a commit's root, or of a tree, or None when there is none."""
        if sha in self.commits:
            return self.root_of(sha)
        if sha not in self._objects.trees and self._objects.homes.get(sha) in self.commits:
            self.root_of(self._objects.homes[sha])
        if sha not in self._objects.trees:
            self._look_everywhere(lambda: sha in self._objects.trees)
        return self._objects.trees.get(sha)

    def blob(self, sha: str) -> bytes | None:
        """Return a file's content by its name in git, or None when there is none."""
        if sha not in self._objects.blobs:
            self._look_everywhere(lambda: sha in self._objects.blobs)
        return self._objects.blobs.get(sha)

    def _look_everywhere(self, found: Callable[[], bool]) -> None:
        """Name what commits hold, the newest first, until something is found."""
        for commit in reversed(self.commits):
            self.root_of(commit)
            if found():
                return

    def account(self, login: str, *, is_person: bool = True) -> Author:
        """Return somebody's account, the same for every spelling of the login."""
        number = self.accounts.setdefault(login.lower(), 1000 + len(self.accounts))
        return Author(login=login, id=number, is_person=is_person and not login.endswith("[bot]"))

    def fresh_id(self) -> int:
        """Return a number that rises with every comment and review."""
        self.ids += 1
        return self.ids


class _Objects:
    """Git's names for what commits hold; the most recently used ones are kept.

    ``homes`` says which commit a tree was last seen in; ``known`` are the files last named.
    """

    def __init__(self) -> None:
        self.roots: OrderedDict[str, tuple[Files, str]] = OrderedDict()
        self.trees: OrderedDict[str, tuple[TreeEntry, ...]] = OrderedDict()
        self.homes: dict[str, str] = {}
        self.known: Files = {}
        self.blobs: OrderedDict[str, bytes] = OrderedDict()

    def root_of(self, commit: str, files: Files) -> tuple[TreeEntry, ...]:
        known = self.roots.get(commit)
        if known is None or known[0] is not files or known[1] not in self.trees:
            root, trees = trees_of(files)
            known = (files, root)
            _keep(self.trees, trees, _MOST_TREES)
            self.homes.update(dict.fromkeys(trees, commit))
            former = self.known
            fresh = [one for path, one in files.items() if former.get(path) is not one]
            _keep(self.blobs, {blob_id(one.content): one.content for one in fresh}, None)
            self.known = files
            _keep(self.roots, {commit: known}, _MOST_TREES)
        return self.trees[known[1]]


_MOST_TREES = 256
_Value = TypeVar("_Value")


def _keep(kept: OrderedDict[str, _Value], more: Mapping[str, _Value], most: int | None) -> None:
    """Add to what is kept, and drop the oldest of it beyond ``most``."""
    kept.update(more)
    while most is not None and len(kept) > most:
        kept.popitem(last=False)


def changed(files: Files, changes: Mapping[str, Change]) -> Files:
    """Return files with changes made to them."""
    result = dict(files)
    for path, change in changes.items():
        if change is None:
            result.pop(path, None)
        else:
            result[path] = change if isinstance(change, File) else File(change)
    return result


class PullsView:
    """What one person or bot sees and does about pull requests; part of ``MemoryForge``."""

    login: str
    requests: int

    @property
    def branches(self) -> Branches:
        """The repository's code and pull requests."""
        raise NotImplementedError

    @property
    def may_write(self) -> bool:
        """Whether this login may change what others own."""
        raise NotImplementedError

    @property
    def next_number(self) -> int:
        """The number of the next issue or pull request, which share one count."""
        raise NotImplementedError

    # What people do.

    def open_pull(self, title: str, changes: Mapping[str, Change]) -> int:
        """Propose changes to the default branch; return the pull request's number."""
        branches, now = self.branches, self.branches.clock()
        number = self.next_number
        branches.pulls[number] = PullRequest(
            number=number,
            title=title,
            author=branches.account(self.login),
            head=branches.commit(changed(branches.files, changes)),
            branched=branches.tip,
            created=now,
            updated=now,
        )
        return number

    def push(self, number: int, changes: Mapping[str, Change]) -> None:
        """Add a commit to a pull request of one's own."""
        pull = self._open_pull(number)
        pull.head = self.branches.commit(changed(self.branches.commits[pull.head], changes))
        pull.updated = self.branches.clock()

    def merge(self, number: int) -> None:
        """Merge a pull request; its author can't, unless a writer."""
        pull = self._open_pull(number)
        if not self.may_write:
            raise Refused(f"{self.login} may not merge.")
        before, after = self.branches.commits[pull.branched], self.branches.commits[pull.head]
        paths = before.keys() | after.keys()
        self.branches.put(
            {path: after.get(path) for path in paths if before.get(path) != after.get(path)}
        )
        pull.is_open, pull.is_merged, pull.updated = False, True, self.branches.clock()

    def close_pull(self, number: int) -> None:
        """Close a pull request without merging it."""
        pull = self._open_pull(number)
        pull.is_open, pull.updated = False, self.branches.clock()

    def reopen_pull(self, number: int) -> None:
        """Open a pull request again that was closed unmerged."""
        pull = self._pull(number)
        if pull.is_open or pull.is_merged:
            raise Rejected(f"#{number} can't be opened again.")
        pull.is_open, pull.updated = True, self.branches.clock()

    def review(self, number: int, *, approves: bool = True, body: str = "") -> None:
        """Review the newest commit of a pull request."""
        pull = self._open_pull(number)
        self._add_review(pull, pull.head, approves=approves, body=body)

    def take_suggestions(self, number: int) -> None:
        """Commit all suggestions on a pull request of one's own, as a batch in the browser."""
        head = self._open_pull(number).head
        changes: dict[str, Change] = {}
        standing = [one for one in self.list_line_comments(number) if not one.outdated]
        for path in {one.path for one in standing}:
            content = self.branches.commits[head][path].content
            mine = [one for one in standing if one.path == path]
            changes[path] = linemap.with_suggestions(content.decode(), mine).encode()
        self.push(number, changes)

    def _add_review(self, pull: PullRequest, commit: str, *, approves: bool, body: str) -> None:
        pull.updated = self.branches.clock()
        review = Review(
            id=self.branches.fresh_id(),
            author=self.branches.account(self.login),
            approves=approves,
            commit=commit,
            submitted=pull.updated,
            body=body,
        )
        self.branches.reviews.setdefault(pull.number, []).append(review)

    # What the protocol asks for.

    def list_pulls(self) -> Pulls:
        """Return all open pull requests, and those that were closed lately."""
        every = list(self.branches.pulls.values())
        found = [pull for pull in every if pull.is_open]
        self.requests += 1 if len(every) <= PAGE else 1 + max(1, -(-len(found) // PAGE))
        lately = every
        if len(every) > PAGE:
            lately = sorted(every, key=lambda pull: pull.updated, reverse=True)[:PAGE]
        return Pulls(
            open=tuple(_shown(pull, self.branches.default) for pull in found),
            closed=tuple(
                ClosedPull(
                    number=pull.number,
                    author=pull.author,
                    merged=pull.is_merged,
                    labels=pull.labels,
                )
                for pull in sorted(lately, key=lambda pull: pull.number)
                if not pull.is_open
            ),
        )

    def list_comments(self, number: int) -> list[Comment]:
        """Return what was said below a pull request, oldest first."""
        said = self.branches.said.get(self._pull(number).number, [])
        self.requests += _pages(said)
        return list(said)

    def list_reviews(self, number: int) -> list[Review]:
        """Return the reviews of a pull request, oldest first."""
        reviews = self.branches.reviews.get(self._pull(number).number, [])
        self.requests += _pages(reviews)
        return list(reviews)

    def merge_base(self, base: str, head: str) -> str:
        """Return the commit that a pull request's head branched off from."""
        self.requests += 1
        for pull in reversed(self.branches.pulls.values()):
            if pull.head == head and base == self.branches.default:
                return pull.branched
        raise Missing(f"There is no way from {base} to {head}.")

    def tree(self, sha: str) -> tuple[TreeEntry, ...]:
        """Return the entries of a tree, or of a commit's root."""
        self.requests += 1
        entries = self.branches.tree(sha)
        if entries is None:
            raise Missing(f"There is no tree {sha}.")
        return entries

    def blob(self, sha: str) -> bytes:
        """Return a file's content by its name in git."""
        self.requests += 1
        content = self.branches.blob(sha)
        if content is None:
            raise Missing(f"There is no blob {sha}.")
        return content

    def account_id(self, login: str) -> int | None:
        """Return the number of an account, or None when there is none of this login."""
        self.requests += 1
        return self.branches.accounts.get(login.lower())

    def create_comment(self, number: int, body: str) -> Comment:
        """Say something below a pull request."""
        self.requests += 1
        pull, now = self._pull(number), self.branches.clock()
        said = Comment(
            id=self.branches.fresh_id(),
            author=self.branches.account(self.login),
            body=_fitting(body),
            created=now,
            updated=now,
        )
        self.branches.said.setdefault(number, []).append(said)
        pull.updated = now
        return said

    def edit_comment(self, comment: int, body: str) -> Comment:
        """Rewrite a comment in place."""
        self.requests += 1
        number, index = self._comment(comment)
        said = self.branches.said[number][index]
        if said.author.login != self.login and not self.may_write:
            raise Refused(f"{self.login} may not edit this comment.")
        edited = replace(said, body=_fitting(body), updated=self.branches.clock())
        self.branches.said[number][index] = edited
        self.branches.pulls[number].updated = edited.updated
        return edited

    def delete_comment(self, comment: int) -> None:
        """Take a comment away; one that is gone already is no fault."""
        self.requests += 1
        try:
            number, index = self._comment(comment)
        except Missing:
            return
        if self.branches.said[number][index].author.login != self.login and not self.may_write:
            raise Refused(f"{self.login} may not delete this comment.")
        del self.branches.said[number][index]

    def list_line_comments(self, number: int) -> list[LineComment]:
        """Return what was said on lines of a pull request's files, oldest first."""
        branches, pull = self.branches, self._pull(number)
        said = branches.on_lines.get(number, [])
        self.requests += _pages(said)
        return [self._as_of_now(one, pull.head) for one in said]

    def _as_of_now(self, said: SaidOnLines, head: str) -> LineComment:
        comment, branches = said.comment, self.branches
        before, now = (branches.lines(commit, comment.path) for commit in (said.commit, head))
        moved = linemap.moved(before, now, comment.first, comment.last)
        if moved is None:
            return replace(comment, outdated=True)
        return replace(comment, first=comment.first + moved, last=comment.last + moved)

    def create_review(
        self, number: int, *, commit: str, body: str, comments: tuple[LineComment, ...]
    ) -> None:
        """Review a commit with comments on its lines: all of them, or none."""
        self.requests += 1
        pull, branches = self._pull(number), self.branches
        if commit not in branches.commits:
            raise Missing(f"There is no commit {commit}.")
        for comment in comments:
            before, after = (branches.lines(one, comment.path) for one in (pull.branched, commit))
            shown = linemap.lines_in_diff(before, after)
            if not set(range(comment.first, comment.last + 1)) <= shown:
                raise Rejected("Pull request review thread line must be part of the diff.")
            _fitting(comment.body)
        _fitting(body)
        author = branches.account(self.login)
        self._add_review(pull, commit, approves=False, body=body)
        branches.on_lines.setdefault(number, []).extend(
            SaidOnLines(commit=commit, comment=replace(comment, author=author))
            for comment in comments
        )

    def set_status(self, commit: str, *, state: str, description: str, url: str) -> None:
        """Say something of a commit, in our context."""
        self.requests += 1
        if not self.may_write:
            raise Refused(f"{self.login} may not set statuses.")
        if len(description) > 140:
            raise Rejected("A status has at most 140 characters.")
        if commit not in self.branches.commits:
            raise Missing(f"There is no commit {commit}.")
        status = Status(
            state=state,
            description=description,
            context="mentorship",
            url=url,
            author=self.login,
            created=self.branches.clock(),
        )
        self.branches.statuses.setdefault(commit, []).append(status)

    def add_labels(self, number: int, labels: tuple[str, ...]) -> None:
        """Put labels on a pull request."""
        self.requests += 1
        pull = self._writable_pull(number)
        # Labels are one whatever their case, and spelled as the first one was.
        spelled = {name.lower(): name for name in (*reversed(labels), *reversed(pull.labels))}
        added = dict.fromkeys(name.lower() for name in (*pull.labels, *labels))
        pull.labels = tuple(spelled[name] for name in added)
        pull.updated = self.branches.clock()

    def remove_label(self, number: int, label: str) -> None:
        """Take a label off a pull request; one that isn't there is no fault."""
        self.requests += 1
        pull = self._writable_pull(number)
        left = tuple(name for name in pull.labels if name.lower() != label.lower())
        if left != pull.labels:
            pull.labels, pull.updated = left, self.branches.clock()

    def _pull(self, number: int) -> PullRequest:
        pull = self.branches.pulls.get(number)
        if pull is None:
            raise Missing(f"There is no pull request #{number}.")
        return pull

    def _open_pull(self, number: int) -> PullRequest:
        pull = self._pull(number)
        if not pull.is_open:
            raise Rejected(f"#{number} is closed.")
        return pull

    def _writable_pull(self, number: int) -> PullRequest:
        if not self.may_write:
            raise Refused(f"{self.login} may not label.")
        return self._pull(number)

    def _comment(self, comment: int) -> tuple[int, int]:
        for number, said in reversed(self.branches.said.items()):
            for index, one in enumerate(said):
                if one.id == comment:
                    return number, index
        raise Missing(f"There is no comment {comment}.")


def _pages(things: Sized) -> int:
    return max(1, -(-len(things) // PAGE))


def _fitting(body: str) -> str:
    if not body.strip() or len(body) > 65_536:
        raise Rejected("A comment has 1 to 65,536 characters.")
    return body


def _shown(pull: PullRequest, base: str) -> Pull:
    return Pull(
        number=pull.number,
        author=pull.author,
        head=pull.head,
        base=base,
        labels=pull.labels,
        url=f"https://github.com/example/program/pull/{pull.number}",
        created=pull.created,
        updated=pull.updated,
    )
