"""What is wrong with a file layer by layer: what a fault of syntax hides is told as well.

Imported for a faulty file alone.
"""

from dataclasses import replace
from typing import Final

from mentorship_action.domain.findings import Finding
from mentorship_action.records.mend import Validator, corrected, with_corrections

# A longer line is no hint any more; it's in the correction.
_LONGEST: Final = 60

# So many faults of syntax, one behind the other, are looked behind.
_MOST_LAYERS: Final = 5


def every_finding(content: bytes, judge: Validator) -> list[Finding]:
    """Return all that ``judge`` finds in a content, each with its correction where we know it.

    YAML can't be read beyond a fault of syntax. Where that has a certain correction, which never
    moves a line, the file is read on as if somebody had made it.
    """
    found: list[Finding] = []
    for _ in range(_MOST_LAYERS):
        layer = with_corrections(content, judge(content), judge)
        found += map(_with_the_line, layer)
        hides = next((one for one in layer if one.code == "yaml-syntax"), None)
        if hides is None or hides.correction is None:
            break
        content = corrected(content, hides.correction)
    return found


def _with_the_line(finding: Finding) -> Finding:
    """Return a fault of syntax with its own line in the hint, in the place of an example."""
    line = finding.fix.strip()
    if finding.code != "yaml-syntax" or not 0 < len(line) <= _LONGEST or "`" in line:
        return finding
    return replace(finding, hint=f"Write this line as `{line}`.")
