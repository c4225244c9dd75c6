"""When files and lines reached the default branch, and in which order, as git tells it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from mentorship_action.domain.edits import COMMAND_TRAILER
from mentorship_action.domain.mentee_files import FOLDER, mentorship_of
from mentorship_action.errors import SettingsError
from mentorship_action.records.edit import mentor_lines
from mentorship_action.records.git import checkout_folder, run_git

_CHANGES: Final = (
    "log",
    "--first-parent",
    "-m",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--name-only",
    "--format=",
    "--relative",
    "-z",
)
_IS_SHALLOW: Final = ("rev-parse", "--is-shallow-repository")
_COMMIT: Final = "\1"
_BY_WHOM: Final = (
    "log",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--name-only",
    "--relative",
    "-z",
    "--invert-grep",
    f"--grep=^{COMMAND_TRAILER}: ",
    f"--format={_COMMIT}%ct %an",
)
_A_YEAR: Final = timedelta(days=366)
_BLAMED: Final = re.compile(r"[0-9a-f]{40,64} [0-9]+ [0-9]+")
_LOG: Final = (
    *_CHANGES,
    "--format=%x01",
    "--diff-filter=A",
    "--reverse",
    "HEAD",
    "--",
    FOLDER,
)


def arrivals(root: Path) -> Mapping[str, int]:
    """Return the place of each mentee file in the order of arrival, by its mentorship's id.

    Files that one commit brought have the same place. A file that was removed and came again counts
    from its last arrival. A folder that is no repository, or has no commit, has no history, and the
    answer is empty.

    Raises:
        SettingsError: there is a history, but not all of it can be read here.
    """
    if checkout_folder(root) is None:
        return {}
    if _read(root, _IS_SHALLOW).strip() == b"true":
        raise SettingsError(
            "The checkout is shallow, so it doesn't tell who came first.",
            where=FOLDER,
            fix="Check out with `fetch-depth: 0`, or run `git fetch --unshallow`.",
        )
    if not head_commit(root):
        return {}
    order: dict[str, int] = {}
    place = 0
    for name in _read(root, _LOG).decode("utf-8", "replace").split("\0"):
        if name.startswith(_COMMIT):
            place += 1
        elif mentorship := mentorship_of(name.strip("\n")):
            order[mentorship] = place
    return order


def revisions(root: Path, program: str) -> Mapping[str, int]:
    """Return how many commits of the default branch changed each mentee file and the program.

    It is by path, empty outside of a repository; a shallow checkout knows of its newest commits
    alone. ``program`` is the path of the program's file.
    """
    changed = run_git(root, (*_CHANGES, "HEAD", "--", FOLDER, program)) or b""
    names = (name.decode("utf-8", "replace").strip("\n") for name in changed.split(b"\0"))
    return Counter(filter(None, names))


def last_changes(root: Path, now: datetime) -> Mapping[str, datetime]:
    """Return when each mentee file was last changed by a person, as far as that is a year ago.

    It is by path; moments are UTC. Our own commits follow a command, and bots' are nobody's. Empty
    outside of a repository, and where the checkout is shallow: there its oldest commit seems to
    have made every file.
    """
    if run_git(root, _IS_SHALLOW) != b"false\n":
        return {}
    since = f"--since={(now - _A_YEAR).isoformat()}"
    printed = run_git(root, (*_BY_WHOM, since, "HEAD", "--", FOLDER)) or b""
    found: dict[str, datetime] = {}
    made: datetime | None = None
    for part in printed.decode("utf-8", "replace").split("\0"):
        if part.startswith(_COMMIT):
            seconds, _, author = part.removeprefix(_COMMIT).partition(" ")
            is_person = not author.rstrip("\n").endswith("[bot]")
            made = datetime.fromtimestamp(int(seconds), UTC) if is_person else None
        elif made is not None and (path := part.strip("\n")):
            found[path] = max(made, found.get(path, made))
    return found


def mentors_changed(root: Path, program: str) -> Mapping[str, date]:
    """Return the day (UTC) on which the lines of each mentor in the program last changed.

    It is by login, and empty where git can't tell; in a shallow checkout it leaves out those whose
    lines are older than its oldest commit. ``program`` is the path of the program's file.
    """
    blamed = run_git(root, ("blame", "--first-parent", "-w", "--porcelain", "--", program))
    if blamed is None:
        return {}
    is_shallow = run_git(root, _IS_SHALLOW) != b"false\n"
    days = dict(_blamed_days(blamed.decode("utf-8", "replace"), leave_oldest=is_shallow))
    return {
        login: max(known)
        for login, lines in mentor_lines((root / program).read_bytes()).items()
        if (known := [days[line] for line in lines if line in days])
    }


def _blamed_days(porcelain: str, *, leave_oldest: bool) -> Iterator[tuple[int, date]]:
    """Yield the number of each line, from 1, with the day of the commit that changed it last."""
    days: dict[str, date] = {}
    oldest: set[str] = set()
    commit, number = "", 0
    for line in porcelain.split("\n"):
        name, _, value = line.partition(" ")
        if _BLAMED.match(line):
            commit, number = name, int(value.split()[1])
        elif name == "committer-time":
            days[commit] = datetime.fromtimestamp(int(value), UTC).date()
        elif name == "boundary" and leave_oldest:
            oldest.add(commit)
        elif line.startswith("\t") and commit not in oldest:
            yield number, days[commit]


def records_tree(root: Path) -> str:
    """Return git's name for the folder of mentee files as committed, "" when git can't tell."""
    return _object(root, f"HEAD:./{FOLDER}")


def head_commit(root: Path) -> str:
    """Return the commit that is checked out, "" when git can't tell."""
    return _object(root, "HEAD^{commit}")


def _object(root: Path, name: str) -> str:
    found = run_git(root, ("rev-parse", "--quiet", "--verify", name))
    return "" if found is None else found.decode().strip()


def _read(root: Path, arguments: tuple[str, ...]) -> bytes:
    printed = run_git(root, arguments)
    if printed is None:
        raise SettingsError(
            "git can't read the history of this checkout, so nothing tells who came first.",
            where=FOLDER,
            fix=f"Run `git {arguments[0]}` there, and see what git says.",
        )
    return printed
