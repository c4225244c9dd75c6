"""Long work says what it is at where a person looks, and nowhere else."""

import os
import pty
import subprocess
import sys
from pathlib import Path

REHEARSE = (sys.executable, "-m", "mentorship_action", "rehearse", "--weeks", "2")


def seen_on_terminal(folder: Path, *options: str) -> str:
    """Return what the error stream shows on a terminal."""
    ours, theirs = pty.openpty()
    try:
        with (folder / "out").open("wb") as out:
            subprocess.run([*REHEARSE, *options], cwd=folder, stdout=out, stderr=theirs, check=True)
    finally:
        os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as stream:
        try:
            return stream.read(65_536).decode()
        except OSError:  # what Linux says when there is nothing to read
            return ""


def test_a_terminal_sees_the_week_that_is_played(tmp_path: Path) -> None:
    seen = seen_on_terminal(tmp_path)
    assert "\r\x1b[KPlaying week 2 of 2 …" in seen
    assert seen.endswith("\r\x1b[K")


def test_nobody_else_does(tmp_path: Path) -> None:
    assert seen_on_terminal(tmp_path, "--quiet") == ""
    done = subprocess.run(REHEARSE, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
