"""What is said of the record in a pull request: as `validate` would, with lines to paste."""

from mentorship_action.domain.findings import Finding, errors
from mentorship_action.domain.intake import Judged
from mentorship_action.domain.program import Program
from mentorship_action.records.check import check_record
from mentorship_action.records.mend import with_corrections


def judge_record(file: str, content: bytes, program: Program) -> Judged:
    """Judge one record from its bytes, which are never more than data."""

    def findings_of(data: bytes) -> tuple[Finding, ...]:
        return check_record(file, data, program).findings

    checked = check_record(file, content, program)
    return Judged(
        record=checked.record,
        findings=with_corrections(content, errors(checked.findings), findings_of),
    )
