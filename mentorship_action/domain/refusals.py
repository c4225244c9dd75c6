"""What an import could not take: a row of a table, with the reason."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """Why a row of a table was not taken.

    ``row`` is counted as a spreadsheet counts, the header being 1; in a YAML file it is the line on
    which the entry begins. ``column`` is one of ours, empty for the whole row. ``reason`` and
    ``hint`` are one line each.
    """

    row: int
    column: str = ""
    reason: str
    hint: str = ""
