"""Annotations: the lines by which a step marks places in a pull request's files."""

from typing import TYPE_CHECKING

from mentorship_action.reporting.escaping import one_line

if TYPE_CHECKING:
    from mentorship_action.domain.findings import Finding


def annotation(finding: "Finding", title: str) -> str:
    """Return the workflow command that marks a finding's place."""
    level = "error" if finding.severity.value == "error" else "notice"
    message = f"{finding.message} {finding.hint}".strip()
    properties = ",".join(
        f"{name}={_property(value)}"
        for name, value in (
            ("file", finding.file),
            ("line", str(finding.line)),
            ("col", str(finding.column)),
            ("title", title),
        )
    )
    return f"::{level} {properties}::{escaped(message)}"


def escaped(text: str) -> str:
    """Return text as the data of a command: one line that neither ends it nor starts another."""
    return one_line(text.replace("%", "%25")).replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return escaped(text).replace(":", "%3A").replace(",", "%2C")
