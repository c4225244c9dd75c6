"""What docs/joining.md promises: the comments that it quotes, and a workflow that is safe."""

import re
from pathlib import Path

import pytest

from mentorship_action.wording.render import Message, Wording
from tests.wording.states import states

JOINING = (Path(__file__).parents[1] / "docs" / "joining.md").read_text(encoding="utf-8")
SAID = [Wording(overrides={}).render(view) for _, view in states()]


@pytest.mark.parametrize("quoted", re.findall(r'^\| "(.+?)" \|', JOINING, re.MULTILINE))
def test_the_bot_says_what_the_page_quotes(quoted: str) -> None:
    parts = [part.strip(" ?") for part in quoted.split("…")]
    texts = [one.body if isinstance(one, Message) else one for one in SAID]
    assert any(all(part in text for part in parts) for text in texts)


def test_the_workflow_for_the_impatient_checks_out_the_default_branch_alone() -> None:
    workflow = JOINING.partition("```yaml\n")[2].partition("```")[0]
    assert "ref: ${{ github.event.repository.default_branch }}" in workflow
    assert "head" not in workflow
