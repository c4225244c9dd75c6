"""The line that we hand somebody to paste really mends what we found."""

import re
from pathlib import Path

import pytest

from mentorship_action.domain.findings import Finding
from mentorship_action.records.check import check_record
from mentorship_action.records.mend import with_corrections
from tests.records.test_examples import INVALID, PROGRAM

SOUND = b"""\
github: octocat
mentor: ssbarnea
start: 2026-12-07
timezone: Europe/Madrid
hours_per_week: 5
goals: [Learn]
focus: [linting]
chat: {network: matrix, handle: octocat}
agreements: {code_of_conduct: true, asked_mentor: true}
"""


def findings(content: bytes, file: str = "mentees/octocat.yml") -> tuple[Finding, ...]:
    def judge(data: bytes) -> tuple[Finding, ...]:
        return check_record(file, data, PROGRAM).findings

    return with_corrections(content, judge(content), judge)


def pasted(content: bytes, finding: Finding) -> bytes:
    """Return the content as it is once somebody has pasted the correction."""
    correction = finding.correction
    assert correction is not None
    break_ = re.search(r"\r\n|\r|\n", content.decode())
    lines = re.split(r"\r\n|\r|\n", content.decode())
    lines[correction.first - 1 : correction.last] = correction.text.split("\n")
    return (break_[0] if break_ else "\n").join(lines).encode()


@pytest.mark.parametrize(
    ("wrong", "fix"),
    [
        (b"mentor: ssbarnia", "mentor: ssbarnea"),
        (b"mentor: 'ssbarnia'  # asked", "mentor: ssbarnea  # asked"),
        (b'"mentor": "ssbarnia"', '"mentor": ssbarnea'),
        (b"mentr: ssbarnea", "mentor: ssbarnea"),
        (b"mentor: ssbarnea\nstatus: activ", "status: active"),
    ],
)
def test_the_corrected_line_keeps_the_rest_of_the_line(wrong: bytes, fix: str) -> None:
    content = SOUND.replace(b"mentor: ssbarnea", wrong, 1)
    assert [one.fix for one in findings(content)] == [fix]
    assert findings(pasted(content, findings(content)[0])) == ()


def test_in_a_flow_mapping_only_the_word_is_replaced() -> None:
    content = SOUND.replace(b"{network: matrix,", b"{netwrk: matrix,")
    (finding,) = findings(content)
    assert finding.fix == "chat: {network: matrix, handle: octocat}"


def test_a_missing_key_comes_with_an_example_of_its_line() -> None:
    (finding,) = findings(SOUND.replace(b"timezone: Europe/Madrid\n", b""))
    assert finding.fix.startswith("timezone: ")
    assert findings(pasted(SOUND.replace(b"timezone: Europe/Madrid\n", b""), finding)) == ()


def test_where_we_do_not_know_nothing_is_offered() -> None:
    (finding,) = findings(SOUND.replace(b"hours_per_week: 5", b"hours_per_week: 1"))
    assert finding.fix == ""


@pytest.mark.parametrize("path", INVALID, ids=lambda path: str(path.stem))
def test_whatever_we_offer_to_paste_mends_what_it_is_about(path: Path) -> None:
    content, file = path.read_bytes(), f"mentees/{path.name}"
    for finding in findings(content, file):
        if finding.fix:
            left = {(one.code, one.message) for one in findings(pasted(content, finding), file)}
            assert (finding.code, finding.message) not in left


def test_many_of_the_faults_on_disk_come_with_their_line() -> None:
    every = [one for path in INVALID for one in findings(path.read_bytes(), path.name)]
    assert sum(bool(one.fix) for one in every) > 10
