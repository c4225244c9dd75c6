"""What checking one mentee file comes to."""

from dataclasses import dataclass

from mentorship_action.domain.findings import Finding
from mentorship_action.domain.record import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Validation:
    """What `validate` says of one file's bytes; ``record`` is None when they hold errors."""

    record: Record | None
    findings: tuple[Finding, ...]
