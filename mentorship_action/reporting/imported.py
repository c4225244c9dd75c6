"""What an import wrote and what it could not take: for a terminal and for machines."""

import json
from dataclasses import asdict, dataclass

from mentorship_action.domain.refusals import Refusal
from mentorship_action.domain.text import counted, quote
from mentorship_action.errors import Exit
from mentorship_action.reporting.escaping import log_json, log_line


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenRow:
    """A row and the mentee file that says it."""

    row: int
    file: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportReport:
    """What an import came to.

    ``rows`` counts the rows that are not empty. ``written`` are new files, ``unchanged`` those that
    said the same already. ``unused`` are headers that are none of our columns. ``draft`` is the
    path of the program draft, empty when none was written.
    """

    file: str
    rows: int
    written: tuple[TakenRow, ...]
    unchanged: tuple[TakenRow, ...]
    refusals: tuple[Refusal, ...]
    unused: tuple[str, ...] = ()
    draft: str = ""

    @property
    def exit_code(self) -> Exit:
        """0 when every row was taken, else 1."""
        return Exit.FINDINGS if self.refusals else Exit.DONE


def import_json(report: ImportReport) -> str:
    """Return the one object that `--format json` prints; see schemas/import.schema.json."""
    shown = {
        "version": 1,
        "ok": not report.refusals,
        "rows": report.rows,
        "written": [asdict(one) for one in report.written],
        "unchanged": [asdict(one) for one in report.unchanged],
        "refused": [asdict(one) for one in report.refusals],
        "unused_columns": list(report.unused),
        "program_draft": report.draft or None,
    }
    return log_json(json.dumps(shown, indent=2))


def import_text(report: ImportReport, *, quiet: bool = False) -> str:
    """Return a line for each refusal with its hint, then the totals; ``quiet`` leaves these out."""
    lines = []
    for one in report.refusals:
        column = f" {one.column}:" if one.column else ""
        lines.append(log_line(f"{report.file}:{one.row}:{column} {one.reason}"))
        lines += [f"    {log_line(one.hint)}"] if one.hint else []
    if quiet:
        return "\n".join(lines)
    lines += [""] if lines else []
    if report.unused:
        lines.append(f"Columns that are not used: {', '.join(map(quote, report.unused))}.")
    if report.draft:
        lines.append(
            f"There was no program: {log_line(report.draft)} is a draft. Check its name and the "
            "mentors' capacities."
        )
    refused = len({one.row for one in report.refusals})
    lines.append(
        f"{counted(report.rows, 'row')}: {counted(len(report.written), 'mentee file')} written, "
        f"{len(report.unchanged)} unchanged, {refused} refused."
    )
    return "\n".join(lines)
