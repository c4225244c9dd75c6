"""Check the program and the mentee files, seats included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mentorship_action.domain.findings import errors
from mentorship_action.errors import Exit
from mentorship_action.records.load import load
from mentorship_action.records.program import program_path, shown_file
from mentorship_action.reporting.findings import Check
from mentorship_action.usecases.templates import template_findings


@dataclass(frozen=True, kw_only=True, slots=True)
class ValidateResult:
    """What the check found, and the files of the records that are valid."""

    check: Check
    valid: tuple[str, ...]
    exit_code: Exit


def validate(
    root: Path, *, config: Path | None = None, paths: Sequence[Path] = (), now: datetime
) -> ValidateResult:
    """Check a whole repository, or only ``paths`` in it.

    The exit code is 0 when there is no error, 3 when the program or one of its templates has one,
    else 1.

    Raises:
        UsageError: the root or one of ``paths`` does not exist.
    """
    loaded = load(root, config=config, paths=paths, today=now)
    templates = () if paths else tuple(template_findings(root))
    exit_code = Exit.DONE
    file = shown_file(root, program_path(root, config))
    if templates or any(one.file == file for one in errors(loaded.findings)):
        exit_code = Exit.SETTINGS
    elif errors(loaded.findings):
        exit_code = Exit.FINDINGS
    return ValidateResult(
        check=Check(
            files=loaded.files,
            findings=(*loaded.findings, *templates),
            seats=loaded.seats,
            teams=loaded.teams,
        ),
        valid=tuple(record.file for record in loaded.records),
        exit_code=exit_code,
    )
