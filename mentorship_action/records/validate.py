"""What is said of the record in a pull request: as `validate` would, with lines to paste."""

from mentorship_action.domain.application import Validation
from mentorship_action.domain.findings import Finding, errors
from mentorship_action.domain.program import Program
from mentorship_action.records.check import check_record, in_order
from mentorship_action.records.layers import every_finding


def validate_record(file: str, content: bytes, program: Program) -> Validation:
    """Validator one record from its bytes, which are never more than data."""

    def findings_of(data: bytes) -> list[Finding]:
        return errors(check_record(file, data, program, once=True).findings)

    record = check_record(file, content, program, once=True).record
    found = [] if record else every_finding(content, findings_of)
    return Validation(record=record, findings=in_order(file, found))
