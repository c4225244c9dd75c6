"""Pull requests as observed: who proposes what, and what was said about it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

_ONE_SECOND = timedelta(seconds=1)

FILE_MODE = "100644"
"""The mode of a plain file; links, programs and submodules have others."""

OWN_BRANCHES = "mentorship/"
"""What the names of our own branches begin with."""

READ_AT_MOST = 64 * 1024
"""How large a file of a pull request may be to be read at all; a record has at most 16 KiB."""


@lru_cache(maxsize=65536)
def blob_id(content: bytes) -> str:
    """Return the name that git gives a file's content."""
    return git_id("blob", content)


def git_id(kind: str, content: bytes) -> str:
    """Return the name that git gives an object of a kind."""
    header = f"{kind} {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """An account. ``id`` stays when the login changes; a deleted account has login ``ghost``."""

    login: str
    id: int
    is_person: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Pull:
    """A pull request. ``head`` is the commit proposed, ``url`` its page.

    ``branch`` is the branch of this repository that it comes from, "" for one of a fork's.
    ``is_locked`` says that nobody but maintainers may comment.
    ``paths`` are those that it changes, None where the forge doesn't show all of them.
    """

    number: int
    author: Author
    head: str
    base: str
    branch: str = ""
    labels: tuple[str, ...] = ()
    is_locked: bool = False
    url: str = ""
    created: datetime
    updated: datetime
    paths: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """What somebody said below an issue or a pull request."""

    id: int
    author: Author
    body: str
    created: datetime
    updated: datetime

    @property
    def was_edited(self) -> bool:
        """Whether the text may differ from what was first said.

        GitHub dates by whole seconds. A forge that keeps fractions may write a new comment in two
        steps, which is no edit.
        """
        return self.updated - self.created >= _ONE_SECOND


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """A review of one commit of a pull request; ``body`` is what it says, often nothing."""

    id: int
    author: Author
    approves: bool
    commit: str
    submitted: datetime
    body: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LineComment:
    """What is said on lines ``first`` to ``last`` of a file, as the head of a pull request has it.

    ``author`` is None as long as it isn't said; ``outdated`` when those lines have changed since.
    """

    path: str
    first: int
    last: int
    body: str
    author: Author | None = None
    outdated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TreeEntry:
    """One entry of a git tree: its name, mode and object; ``size`` is a file's, in bytes."""

    name: str
    mode: str
    sha: str
    size: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class FileChange:
    """One path that a pull request changes; ``before`` and ``after`` are None where it's absent."""

    path: str
    before: TreeEntry | None
    after: TreeEntry | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """What a pull request changes against the commit it branched off from.

    ``changes`` are those under ``mentees/``; ``elsewhere`` names what it touches beside them, at
    the top of the repository. ``content`` is the one record's text, when there is just one plain
    file to read; of one that is far too large it is a stand-in of a size that is too large, too.
    ``former`` is that file's text before, read only when there are lines in it to correct.
    """

    changes: tuple[FileChange, ...]
    elsewhere: tuple[str, ...] = ()
    content: bytes | None = None
    former: bytes = b""
