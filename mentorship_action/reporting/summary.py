"""The job summary: a file of the runner's that takes 1 MiB of a step."""

from pathlib import Path
from typing import Final

from mentorship_action.errors import MentorshipError
from mentorship_action.reporting.escaping import cell_code

SUMMARY_LIMIT: Final = 1024 * 1024
"""GitHub drops a step's summary that is larger, whole and in silence."""

_CUT: Final = "\n\n*The rest did not fit here. The whole report is in the step's `report-path`.*\n"


def append_summary(path: str, markdown: str) -> None:
    """Append ``markdown`` to the job summary at ``path``, cut to what GitHub takes.

    Without a path or a text it does nothing.
    """
    if not (path and markdown):
        return
    file = Path(path)
    size = file.stat().st_size if file.exists() else 0
    with file.open("ab") as summary:
        summary.write(cut_to(markdown, SUMMARY_LIMIT - size))


def cut_to(markdown: str, limit: int) -> bytes:
    """Return ``markdown`` in UTF-8, in whole lines and at most ``limit`` bytes."""
    whole = (markdown.removesuffix("\n") + "\n").encode("utf-8", "backslashreplace")
    if len(whole) <= limit:
        return whole
    space = limit - len(_CUT.encode())
    if space <= 0:
        return b""
    return whole[: whole.rfind(b"\n", 0, space) + 1] + _CUT.encode()


def error_markdown(error: MentorshipError) -> str:
    """Return the summary of a run that an error stopped."""
    return f"### The mentorship program could not run\n\n{cell_code(str(error))}\n"
