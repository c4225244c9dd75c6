"""Which files are records, and their bytes, read without following anything anywhere."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from mentorship_action.records.codes import Code
from mentorship_action.records.quoting import quote
from mentorship_action.records.read import finding
from mentorship_action.records.yaml import START

if TYPE_CHECKING:
    from mentorship_action.domain.findings import Finding

FOLDER: Final = "mentees"
# A login in lower case, as `domain.identity.is_login` has it (a test holds the two together);
# this module is loaded in every run, and that one brings more than a pattern.
_NAME: Final = re.compile(r"[a-z0-9](?:-?[a-z0-9])*\.yml").fullmatch
_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Content(NamedTuple):
    """A file's bytes, at most one beyond what was asked for, or why there are none."""

    data: bytes
    finding: "Finding | None"


def is_ignored(name: str) -> bool:
    """Whether a name under ``mentees/`` says that the file is no record."""
    return name == "README.md" or name.startswith("_")


def name_finding(file: str) -> "Finding | None":
    """Return what is wrong with a record's file name, if anything."""
    name = file.rpartition("/")[2]
    if _NAME(name) and len(name) <= 43:
        return None
    stem, _, ending = name.rpartition(".")
    message = f"{quote(name)} is no name for a record."
    if re.fullmatch(r"[A-Za-z0-9-]+", stem) and ending.lower() in ("yml", "yaml"):
        hint = f"Rename it to {quote(stem.lower() + '.yml')}."
    else:
        hint = (
            "Name it after the GitHub login, in lower case: `mentees/octocat.yml`. "
            "A name that begins with `_` is left alone."
        )
    return finding(file, "bad-file-name", START, "", message, hint)


@contextmanager
def open_folder(folder: Path) -> Iterator[int | None]:
    """Open the folder of the records, or give None when there is no such thing.

    Raises:
        NotADirectoryError: it is a link or a file.
    """
    try:
        descriptor = os.open(folder, _OPEN | os.O_DIRECTORY)
    except FileNotFoundError:
        yield None
        return
    except OSError as error:
        raise NotADirectoryError(error.errno, str(folder)) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def folder_finding() -> "Finding":
    """Return the finding about a ``mentees`` that is a link or a file."""
    message = "`mentees` is not a plain folder."
    hint = "Replace the link or file by a folder with the records in it."
    return finding(FOLDER, "not-a-file", START, "", message, hint)


def read_content(file: str, name: str, size: int, folder: int | None = None) -> Content:
    """Read at most ``size`` bytes and one of a plain file; ``file`` is its name in findings.

    ``folder`` is an open folder that ``name`` lies in.
    """
    try:
        descriptor = os.open(name, _OPEN, dir_fd=folder)
    except OSError as error:
        return Content(b"", _cannot_open(file, error))
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Content(b"", _no_plain_file(file))
        data = _read_up_to(descriptor, size + 1, status.st_size)
    except OSError as error:
        return Content(b"", _cannot_open(file, error))
    finally:
        os.close(descriptor)
    if status.st_mode & 0o111:
        message = "The file is marked as a program."
        hint = f"Take the mark off: `git update-index --chmod=-x {file}`, or `chmod -x`."
        return Content(data, finding(file, "executable-file", START, "", message, hint))
    return Content(data, None)


def _read_up_to(descriptor: int, size: int, expected: int) -> bytes:
    data = os.read(descriptor, size)
    # One call mostly returns it all; a network's file system may need more.
    while len(data) < min(size, expected) and (more := os.read(descriptor, size - len(data))):
        data += more
    return data


def _no_plain_file(file: str) -> "Finding":
    message = "This is not a plain file."
    hint = "Replace the link, folder or device by a file with the text in it."
    return finding(file, "not-a-file", START, "", message, hint)


def _cannot_open(file: str, error: OSError) -> "Finding":
    # What O_NOFOLLOW says of a link, and what opening a socket says.
    if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.EISDIR, errno.ENOTDIR):
        return _no_plain_file(file)
    code: Code = "unreadable-file"
    message = f"The file can't be read: {(error.strerror or 'no reason given').lower()}."
    return finding(file, code, START, "", message, "Check that it exists and who may read it.")
