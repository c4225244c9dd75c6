"""A file's bytes, read without following anything anywhere, and whether they are plain text."""

import errno
import os
import re
import stat
from pathlib import Path
from typing import Final, NamedTuple

from mentorship_action.domain.text import UNSEEN, code_point, without_unseen
from mentorship_action.records.places import START, Spot
from mentorship_action.records.problems import Problem, Target


class ReadLimits(NamedTuple):
    """How much a file may hold: bytes, values and levels."""

    size: int
    values: int
    depth: int


RECORD_LIMITS: Final = ReadLimits(size=16 * 1024, values=2_000, depth=8)
# Enough for thousands of mentors, and still read in a second.
PROGRAM_LIMITS: Final = ReadLimits(size=1024 * 1024, values=60_000, depth=8)

# Windows has neither links that open follows by itself nor these flags.
_OPEN: Final = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)
# What opening a link or a socket says.
_NOT_PLAIN: Final = (errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.EISDIR, errno.ENOTDIR)

_UNSEEN: Final = re.compile(f"[{UNSEEN}]")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_MOST_CHARACTERS: Final = 5


class Source(NamedTuple):
    """A file's bytes, at most one beyond what was asked for, and what is wrong with the file."""

    data: bytes
    problem: Problem | None = None


def read_source(path: Path, size: int, file: str) -> Source:
    """Read at most ``size`` bytes and one of a plain file; ``file`` is its name in messages."""
    try:
        before = path.lstat()
        if not stat.S_ISREG(before.st_mode):
            return Source(b"", _no_plain_file())
        descriptor = os.open(path, _OPEN)
    except OSError as error:
        return Source(b"", _cannot_open(error))
    with os.fdopen(descriptor, "rb") as opened:
        status = os.fstat(descriptor)
        if not os.path.samestat(before, status):
            return Source(b"", _no_plain_file())
        try:
            data = opened.read(size + 1)
        except OSError as error:
            return Source(b"", _cannot_open(error))
    # On Windows a name's ending alone says what is a program.
    if status.st_mode & 0o111 and os.name == "posix":
        message = "The file is marked as a program."
        hint = f"Remove the mark: `git update-index --chmod=-x {file}`, or `chmod -x`."
        return Source(data, Problem("executable-file", START, message, hint))
    return Source(data)


def _no_plain_file() -> Problem:
    hint = "Replace the link, folder or device with a file that holds the text."
    return Problem("not-a-file", START, "This is not a plain file.", hint)


def _cannot_open(error: OSError) -> Problem:
    if error.errno in _NOT_PLAIN:
        return _no_plain_file()
    reason = (error.strerror or "no reason given").lower()
    hint = "Check that it exists and who may read it."
    return Problem("unreadable-file", START, f"The file can't be read: {reason}.", hint)


def text_problems(data: bytes, limits: ReadLimits) -> list[Problem]:
    """Return why bytes can't be read as a text of ours; none for a text that can."""
    if len(data) > limits.size:
        message = f"The file has more than {limits.size // 1024} KiB; the rest was not read."
        return [Problem("too-large", START, message, "Shorten it.")]
    if data.isascii():
        return _unseen_characters(data.decode("ascii")) if _CONTROL.search(data) else []
    save = "Save it as UTF-8: editors offer this under “Save with encoding”."
    if data.startswith(b"\xef\xbb\xbf"):
        message = "The file begins with an invisible byte order mark."
        hint = "Save it as “UTF-8”, not as “UTF-8 with BOM”."
        return [Problem("byte-order-mark", START, message, hint)]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [Problem("not-utf8", START, "The file is UTF-16 text, not UTF-8.", save)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        spot = _spot_behind(data[: error.start].decode("utf-8", "replace"))
        return [Problem("not-utf8", spot, "The file isn't UTF-8 text from here on.", save)]
    return _unseen_characters(text) if _UNSEEN.search(text) else []


def _unseen_characters(text: str) -> list[Problem]:
    """Return a problem for each of the first characters that nobody can see."""
    found = []
    lines = split_lines(text)
    for match in _UNSEEN.finditer(text):
        spot = _spot_behind(text[: match.start()])
        line = lines[spot.line - 1]
        # A line separator may stand for a space, or for nothing.
        is_clear = not re.search("[\u0085\u2028\u2029]", line)
        found.append(
            Problem(
                "forbidden-character",
                spot,
                f"An invisible character ({code_point(match[0])}) stands here.",
                "Delete it and type the text around it again; such characters come along when "
                "text is copied.",
                guess=without_unseen(line) if is_clear else "",
                target=Target.LINE,
            )
        )
        if len(found) == _MOST_CHARACTERS:
            break
    return found


def _spot_behind(before: str) -> Spot:
    """Return the place right after ``before``."""
    lines = _LINE_END.split(before)
    return Spot(len(lines), len(lines[-1]) + 1)


def split_lines(text: str) -> list[str]:
    """Return the lines as YAML and editors count them; nothing follows the last line break."""
    lines = _LINE_END.split(text)
    return lines if lines[-1] else lines[:-1]
