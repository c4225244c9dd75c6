"""The program's configuration, from a repository's files."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mentorship_action.records.check import check_program
from mentorship_action.records.files import read_content
from mentorship_action.records.read import PROGRAM_LIMITS, finding
from mentorship_action.records.terms import KnownProgram
from mentorship_action.records.yaml import START

if TYPE_CHECKING:
    from mentorship_action.domain.findings import Finding

USUAL_PLACE: Final = ".github/mentorship.yml"


def program_path(root: Path, config: Path | None) -> Path:
    """Return where the configuration is: ``config``, below ``root`` unless it is there as given."""
    if config is None:
        return root / USUAL_PLACE
    return config if config.is_absolute() or config.exists() else root / config


def find_program(
    root: Path, config: Path | None
) -> "tuple[KnownProgram | None, tuple[Finding, ...]]":
    """Return the program as checked, its value not made yet, or None and why there is none."""
    path = program_path(root, config)
    file = shown_file(root, path)
    if not os.path.lexists(path):
        message = "The repository has no program configuration here."
        hint = (
            f"Write {USUAL_PLACE}; `version: 1`, `program: {{name: …}}` and `mentors: […]` are "
            "enough to begin with. Or say where it is with --root or --config."
        )
        return None, (finding(file, "program-missing", START, "", message, hint),)
    link = _link_on_the_way(root, path)
    content = read_content(shown_file(root, link or path), str(link or path), PROGRAM_LIMITS.size)
    if content.finding is not None and content.finding.code != "executable-file":
        return None, (content.finding,)
    program, findings = check_program(file, content.data)
    if content.finding is not None:
        return None, (content.finding, *findings)
    return program, findings


def shown_file(root: Path, path: Path) -> str:
    """Return a path as findings show it: below the root where it lies there, with slashes."""
    try:
        below = path.absolute().relative_to(root.absolute())
    except ValueError:
        below = path
    return printable(below.as_posix())


def printable(name: str) -> str:
    """Return a file name in which bytes that are no text are written as numbers."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


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
