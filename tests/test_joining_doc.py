"""The drawing in docs/joining.md and the code's transitions are the same."""

import re
from pathlib import Path

from mentorship_action.domain.application import TRANSITIONS, Stage

DOC = Path(__file__).parents[1] / "docs" / "joining.md"
_BOX = re.compile(r"state (\w+) \{")
_EDGE = re.compile(r"(\w+) --> (\w+)(?:: .+)?")
_NAME = re.compile(r"(\w+): .+")


def drawn() -> set[tuple[Stage, Stage]]:
    """Return the edges of the drawing, those at a box as edges at each stage in it."""
    diagram = DOC.read_text().partition("```mermaid\n")[2].partition("```")[0]
    inside: dict[str, set[str]] = {}
    boxes: list[str] = []
    edges = []
    for line in map(str.strip, diagram.splitlines()[1:]):
        if box := _BOX.fullmatch(line):
            boxes.append(box[1])
            inside[box[1]] = set()
        elif line == "}":
            boxes.pop()
        elif edge := _EDGE.fullmatch(line):
            edges.append((edge[1], edge[2]))
        elif name := _NAME.fullmatch(line):
            for box_name in boxes:
                inside[box_name].add(name[1])
        else:
            assert "[*]" in line, line
    return {
        (Stage(one.replace("_", "-")), Stage(other.replace("_", "-")))
        for start, end in edges
        for one in inside.get(start, {start})
        for other in inside.get(end, {end})
        if one != other
    }


def test_every_transition_of_the_code_is_drawn_and_no_other() -> None:
    code = {(stage, after) for stage, all_after in TRANSITIONS.items() for after in all_after}
    assert drawn() == code


def test_the_opt_in_checks_out_the_default_branch_alone() -> None:
    workflow = DOC.read_text().partition("```yaml\n")[2].partition("```")[0]
    assert "ref: ${{ github.event.repository.default_branch }}" in workflow
    assert "head" not in workflow
