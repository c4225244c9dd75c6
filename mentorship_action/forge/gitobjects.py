"""Git's names for files and folders, so that a forge in memory answers with real ones."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from mentorship_action.domain.pulls import FILE_MODE, TreeEntry

_FOLDER_MODE = "040000"


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes and its git mode."""

    content: bytes
    mode: str = FILE_MODE


Files = Mapping[str, File]
"""A repository's files by their path."""


def blob_id(content: bytes) -> str:
    """Return the name that git gives a file's content."""
    return _object_id("blob", content)


def trees_of(files: Files) -> tuple[str, dict[str, tuple[TreeEntry, ...]]]:
    """Return the name of the root tree and all trees by name."""
    trees: dict[str, tuple[TreeEntry, ...]] = {}
    return _add_tree(files, trees), trees


def _add_tree(files: Files, trees: dict[str, tuple[TreeEntry, ...]]) -> str:
    folders: dict[str, dict[str, File]] = {}
    entries: list[TreeEntry] = []
    for path, file in files.items():
        folder, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(folder, {})[rest] = file
        else:
            sha, size = blob_id(file.content), len(file.content)
            entries.append(TreeEntry(name=path, mode=file.mode, sha=sha, size=size))
    for name, inside in folders.items():
        entries.append(TreeEntry(name=name, mode=_FOLDER_MODE, sha=_add_tree(inside, trees)))
    # Git sorts a folder as if its name ended in a slash.
    entries.sort(key=lambda entry: entry.name + ("/" if entry.mode == _FOLDER_MODE else ""))
    content = b"".join(
        f"{entry.mode.lstrip('0')} {entry.name}".encode() + b"\0" + bytes.fromhex(entry.sha)
        for entry in entries
    )
    sha = _object_id("tree", content)
    trees[sha] = tuple(entries)
    return sha


def _object_id(kind: str, content: bytes) -> str:
    header = f"{kind} {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()
