"""When the lines of a mentor in the program last changed, as git tells it."""

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mentorship_action.records.history import mentors_changed

FILE = ".github/mentorship.yml"
FIRST = """\
version: 1
program: {name: Example}
mentors:
  - github: Ada
    capacity: 2
  # Grace helps in spring.
  - {github: grace, capacity: 1}
"""
Commit = Callable[[str, str], None]


def git(root: Path, *arguments: str, day: str = "2026-12-01") -> str:
    at = f"{day}T12:00:00Z"
    return subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
        cwd=root,
        env={"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / ".github").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    return folder


@pytest.fixture
def commit(root: Path) -> Commit:
    def at(day: str, text: str) -> None:
        (root / FILE).write_text(text)
        git(root, "add", ".", day=day)
        git(root, "commit", "-q", "-m", "Change", day=day)

    return at


def test_each_mentor_has_the_day_of_their_newest_line(root: Path, commit: Commit) -> None:
    commit("2026-12-01", FIRST)
    commit("2027-01-05", FIRST.replace("capacity: 2", "capacity: 3"))
    commit("2027-02-01", FIRST.replace("capacity: 2", "capacity: 3") + "coordinators: [rosa]\n")
    changed = {"ada": date(2027, 1, 5), "grace": date(2026, 12, 1)}
    assert mentors_changed(root, FILE) == changed


def test_a_line_counts_from_the_day_of_its_merge(root: Path, commit: Commit) -> None:
    commit("2026-12-01", FIRST)
    git(root, "checkout", "-q", "-b", "more")
    commit("2026-12-02", FIRST.replace("capacity: 1", "capacity: 4"))
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "Merge", "more", day="2027-01-20")
    assert mentors_changed(root, FILE)["grace"] == date(2027, 1, 20)


def test_other_spaces_are_no_change(root: Path, commit: Commit) -> None:
    commit("2026-12-01", FIRST)
    commit("2027-01-05", FIRST.replace("{github: grace", "{  github: grace"))
    assert mentors_changed(root, FILE)["grace"] == date(2026, 12, 1)


def test_a_shallow_checkout_knows_its_own_commits_alone(
    root: Path, commit: Commit, tmp_path: Path
) -> None:
    commit("2026-12-01", FIRST)
    commit("2027-01-05", FIRST.replace("capacity: 2", "capacity: 3"))
    commit("2027-02-01", FIRST.replace("capacity: 2", "capacity: 3") + "coordinators: [rosa]\n")
    for depth, known in ((1, {}), (2, {}), (3, {"ada": date(2027, 1, 5)})):
        copy = tmp_path / f"copy-{depth}"
        git(tmp_path, "clone", "-q", f"--depth={depth}", root.as_uri(), str(copy))
        found = mentors_changed(copy, FILE)
        assert {login: day for login, day in found.items() if day > date(2027, 1, 1)} == known


def test_outside_of_a_repository_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    (tmp_path / FILE).write_text(FIRST)
    assert mentors_changed(tmp_path, FILE) == {}
