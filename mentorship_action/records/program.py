"""The program's configuration, from a repository's files."""

import os
from pathlib import Path
from typing import Final

from mentorship_action.domain.findings import Finding
from mentorship_action.domain.program import Program
from mentorship_action.records.places import START, Places
from mentorship_action.records.problems import Problem
from mentorship_action.records.source import PROGRAM_LIMITS, read_source
from mentorship_action.records.validate import check_program

USUAL_PLACE: Final = ".github/mentorship.yml"


def program_path(root: Path, config: Path | None) -> Path:
    """Return where the configuration is: ``config``, below ``root`` unless it is there as given."""
    if config is None:
        return root / USUAL_PLACE
    return config if config.is_absolute() or config.exists() else root / config


def find_program(root: Path, config: Path | None) -> tuple[Program | None, tuple[Finding, ...]]:
    """Return the program, or None and why there is none."""
    path = program_path(root, config)
    file = shown_file(root, path)
    if not os.path.lexists(path):
        message = "The repository has no program configuration here."
        hint = (
            f"Write {USUAL_PLACE}; `version: 1`, `program: {{name: …}}` and `mentors: […]` are "
            "enough to begin with. Or say where it is with --root or --config."
        )
        return None, (_finding(file, Problem("program-missing", START, message, hint)),)
    opened = _link_on_the_way(root, path) or path
    source = read_source(opened, PROGRAM_LIMITS.size, file)
    if source.problem is None:
        return check_program(file, source.data)
    found = _finding(shown_file(root, opened), source.problem)
    if not source.data:
        return None, (found,)
    return None, (found, *check_program(file, source.data)[1])


def shown_file(root: Path, path: Path) -> str:
    """Return a path as findings show it: below the root where it lies there, with slashes."""
    try:
        below = path.absolute().relative_to(root.absolute())
    except ValueError:
        below = path
    return printable(below.as_posix())


def printable(name: str) -> str:
    """Return a file name in which bytes that are no text are written as numbers."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _finding(file: str, problem: Problem) -> Finding:
    return problem.finding(file, Places())


def _link_on_the_way(root: Path, path: Path) -> Path | None:
    """Return the first link between the root and a file below it, or None."""
    if not path.is_relative_to(root):
        return None
    step = root
    for part in path.relative_to(root).parts:
        step = step / part
        if step.is_symlink():
            return step
    return None
