"""The code of a repository in memory: commits, the default branch, and what was said of them."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mentorship_action.domain.pulls import Author, LineComment, Review, TreeEntry, blob_id
from mentorship_action.forge.memory.git import File, FileSet, trees_of

FileEdit = bytes | File | None
"""A file's new content, a file with a mode of its own, or None to delete it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitStatus:
    """A status of a commit."""

    state: str
    description: str
    context: str
    url: str
    author: str
    created: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PullRequest:
    """One pull request; ``branched`` is the commit of the default branch that it stems from.

    ``branch`` is the branch of the repository that it proposes; "" for one of a fork's.
    """

    number: int
    title: str
    body: str = ""
    author: Author
    head: str
    branched: str
    branch: str = ""
    created: datetime
    updated: datetime
    is_open: bool = True
    is_merged: bool = False
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitComment:
    """A comment on lines of a file, and the commit whose lines these are."""

    commit: str
    comment: LineComment


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """A branch beside the default one: where it ``branched`` off, and its newest commit."""

    branched: str
    head: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileCommit:
    """A commit of one file to the default branch, made by itself."""

    sha: str
    path: str
    message: str
    author: str
    made: datetime


@dataclass(kw_only=True)
class Branches:
    """The repository's code: the default branch, commits with their files, and the pull requests.

    ``arrivals`` has the order in which files reached the default branch. Former commits of the
    default branch are kept for as long as a pull request that may be merged stems from them.
    ``is_protected`` says that the default one takes no commits but by pull requests.
    """

    clock: Callable[[], datetime]
    default: str = "main"
    commits: dict[str, FileSet] = field(default_factory=dict)
    tip: str = ""
    pulls: dict[int, PullRequest] = field(default_factory=dict)
    reviews: dict[int, list[Review]] = field(default_factory=dict)
    on_lines: dict[int, list[CommitComment]] = field(default_factory=dict)
    statuses: dict[str, list[CommitStatus]] = field(default_factory=dict)
    arrivals: dict[str, int] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    file_commits: list[FileCommit] = field(default_factory=list)
    is_protected: bool = False
    made: int = 0

    def __post_init__(self) -> None:
        self._roots: dict[str, str] = {}
        self._trees: dict[str, tuple[TreeEntry, ...]] = {}
        self._blobs: dict[str, bytes] = {}
        self._changed: dict[tuple[str, str], list[str]] = {}
        self.tip = self.tip or self.commit({}, {})

    @property
    def files(self) -> FileSet:
        """What the default branch holds."""
        return self.commits[self.tip]

    def commit(self, base: FileSet, changes: Mapping[str, FileEdit]) -> str:
        """Keep files with changes made to them as a commit and return its name."""
        files = dict(base)
        for path, change in changes.items():
            if change is None:
                files.pop(path, None)
                continue
            file = files[path] = change if isinstance(change, File) else File(change)
            self._blobs[blob_id(file.content)] = file.content
        self.made += 1
        name = f"commit {self.made}".encode()
        sha = hashlib.sha1(name, usedforsecurity=False).hexdigest()
        self.commits[sha] = files
        return sha

    def put(self, changes: Mapping[str, FileEdit]) -> None:
        """Change the default branch itself."""
        former, before = self.tip, self.files
        self.tip = self.commit(before, changes)
        new = {path for path in changes if path in self.files and path not in before}
        self.arrivals |= dict.fromkeys(new, len(self.arrivals))
        stems = {pull.branched for pull in self.pulls.values() if not pull.is_merged}
        if former not in stems.union(topic.branched for topic in self.topics.values()):
            del self.commits[former]

    def lines(self, commit: str, path: str) -> list[str]:
        """Return the lines of a file as a commit has it; none of a file that isn't there."""
        file = self.commits[commit].get(path)
        return file.content.decode("utf-8", "replace").splitlines() if file else []

    def changed_paths(self, pull: PullRequest) -> list[str]:
        """Return the paths that a pull request changes, in order."""
        known = self._changed.get((pull.branched, pull.head))
        if known is None:
            before, after = self.commits[pull.branched], self.commits[pull.head]
            paths = before.keys() | after.keys()
            known = sorted(path for path in paths if before.get(path) != after.get(path))
            self._changed[pull.branched, pull.head] = known
        return known

    def root_of(self, commit: str) -> tuple[TreeEntry, ...]:
        """Return the entries of a commit's root."""
        if commit not in self._roots:
            self._roots[commit], trees = trees_of(self.commits[commit])
            self._trees.update(trees)
        return self._trees[self._roots[commit]]

    def tree(self, sha: str) -> tuple[TreeEntry, ...] | None:
        """Return the entries of a commit's root, or of a tree that was shown in one, or None."""
        return self.root_of(sha) if sha in self.commits else self._trees.get(sha)

    def blob(self, sha: str) -> bytes | None:
        """Return a file's content by its name in git, or None when there is none."""
        return self._blobs.get(sha)
