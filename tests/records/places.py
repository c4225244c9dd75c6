"""A small repository on disk, for tests of what is read from it."""

from datetime import date
from pathlib import Path

from mentorship_action.records.validate import check_program

TODAY = date(2026, 12, 10)
CONFIG = """\
version: 1
program:
  name: Octo Mentorship
  minimum: {hours_per_week: 4, weeks: 12}
mentors:
  - {github: SSbarnea, capacity: 2}
  - {github: ganeshrn, capacity: 1}
  - {github: resting, capacity: 0}
"""
RECORD = """\
github: octocat
mentor: ssbarnea
start: 2026-12-07
timezone: Europe/Madrid
hours_per_week: 5
goals: [Learn]
focus: [linting]
chat: {network: irc, handle: octo}
agreements: {code_of_conduct: true, asked_mentor: true}
"""
_KNOWN, _ = check_program("program.yml", CONFIG.encode())
assert _KNOWN is not None
PROGRAM = _KNOWN


def record(login: str, mentor: str = "ssbarnea", more: str = "") -> str:
    """Return somebody's record."""
    return RECORD.replace("octocat", login).replace("ssbarnea", mentor) + more


def repository(folder: Path, config: str | None = CONFIG, **records: str) -> Path:
    """Write a repository below a folder; each record is named by its file's stem."""
    root = folder / "repository"
    (root / "mentees").mkdir(parents=True)
    (root / ".github").mkdir()
    if config is not None:
        (root / ".github/mentorship.yml").write_text(config, encoding="utf-8")
    (root / "mentees/README.md").write_text("# Mentees\n", encoding="utf-8")
    for stem, text in records.items():
        (root / f"mentees/{stem}.yml").write_text(text, encoding="utf-8")
    return root
