"""Git's names for files and folders, so that a forge in memory answers with real ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from mentorship_action.domain.pulls import FILE_MODE, TreeEntry, blob_id, git_id

_FOLDER_MODE = "040000"


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes and its git mode."""

    content: bytes
    mode: str = FILE_MODE


FileSet = Mapping[str, File]
"""A repository's files by their path."""


def trees_of(files: FileSet) -> tuple[str, dict[str, tuple[TreeEntry, ...]]]:
    """Return the name of the root tree and all trees by name."""
    trees: dict[str, tuple[TreeEntry, ...]] = {}
    return _add_tree(files, trees), trees


def _add_tree(files: FileSet, trees: dict[str, tuple[TreeEntry, ...]]) -> str:
    folders: dict[str, dict[str, File]] = {}
    entries: list[_Entry] = []
    for path, file in files.items():
        folder, slash, rest = path.partition("/")
        if slash:
            folders.setdefault(folder, {})[rest] = file
        else:
            entries.append(_leaf(path, file))
    for name, inside in folders.items():
        folder_entry = TreeEntry(name=name, mode=_FOLDER_MODE, sha=_add_tree(inside, trees))
        # Git sorts a folder as if its name ended in a slash.
        entries.append((f"{name}/", _as_bytes(folder_entry), folder_entry))
    entries.sort(key=lambda entry: entry[0])
    sha = git_id("tree", b"".join(entry[1] for entry in entries))
    trees[sha] = tuple(entry[2] for entry in entries)
    return sha


_Entry = tuple[str, bytes, TreeEntry]
"""What a tree sorts an entry by, the entry as git writes it, and as we read it."""


@lru_cache(maxsize=65536)
def _leaf(name: str, file: File) -> _Entry:
    """Return a file's entry; most files of a commit are those of the one before."""
    sha, size = blob_id(file.content), len(file.content)
    entry = TreeEntry(name=name, mode=file.mode, sha=sha, size=size)
    return name, _as_bytes(entry), entry


def _as_bytes(entry: TreeEntry) -> bytes:
    return f"{entry.mode.lstrip('0')} {entry.name}".encode() + b"\0" + bytes.fromhex(entry.sha)
