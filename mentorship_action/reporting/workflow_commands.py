"""The lines by which a step of a job marks errors: one with a place in a file, or one without."""

from typing import Final

from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.reporting.escaping import log_line

MOST_ANNOTATIONS: Final = 10
"""GitHub shows so many errors of a step and drops the rest in silence."""


def annotation(finding: Finding, title: str) -> str:
    """Return the workflow command that marks a finding's place."""
    level = "error" if finding.severity is Severity.ERROR else "notice"
    properties = ",".join(
        f"{name}={_property(value)}"
        for name, value in (
            ("file", finding.file),
            ("line", str(finding.line)),
            ("col", str(finding.column)),
            ("title", title),
        )
    )
    return f"::{level} {properties}::{_data(f'{finding.message} {finding.hint}'.strip())}"


def error_command(message: str) -> str:
    """Return the workflow command that shows an error without a place."""
    return f"::error title=mentorship::{_data(message)}"


def debug_command(message: str) -> str:
    """Return the workflow command that shows a line to those alone who debug."""
    return f"::debug::{_data(message)}"


def _data(text: str) -> str:
    return log_line(text.replace("%", "%25"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
