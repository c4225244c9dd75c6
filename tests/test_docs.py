"""What the docs quote is there: the bot's comments, a safe workflow, the worked example."""

import re
from pathlib import Path

import pytest

from mentorship_action.domain.commands import COMMANDS
from mentorship_action.wording.render import Message
from tests.builders import WORDING
from tests.pages import Page
from tests.wording.states import states

ROOT = Path(__file__).parents[1]
JOINING = (ROOT / "docs" / "joining.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def said() -> list[str]:
    """All that the bot can say in our tests."""
    every = [WORDING.render(view) for _, view in states()]
    return [one.body if isinstance(one, Message) else one for one in every]


@pytest.mark.parametrize("quoted", re.findall(r'^\| "(.+?)" \|', JOINING, re.MULTILINE))
def test_the_bot_says_what_the_page_quotes(said: list[str], quoted: str) -> None:
    parts = [part.strip(" ?") for part in quoted.split("…")]
    assert any(all(part in text for part in parts) for text in said)


def test_the_workflow_for_the_impatient_checks_out_the_default_branch_alone() -> None:
    blocks = Page("docs/applications.md").blocks()
    (workflow,) = [block.text for block in blocks if block.note == "workflow"]
    assert "ref: ${{ github.event.repository.default_branch }}" in workflow
    assert "head" not in workflow


def test_the_table_of_commands_is_the_one_that_is_followed() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `/")]
    assert rows == [
        f"| `{rule.usage}` | {rule.does} | {', '.join(rule.speakers)} |"
        for rule in COMMANDS.values()
    ]


def test_the_worked_example_is_the_one_that_is_tested() -> None:
    example = (ROOT / "tests" / "planning" / "birthdays.py").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", ARCHITECTURE, re.MULTILINE | re.DOTALL)
    assert blocks
    assert [block for block in blocks if block not in example] == []
    template = (ROOT / "tests" / "planning" / "birthday.md.j2").read_text(encoding="utf-8")
    assert template.strip() in ARCHITECTURE


def test_the_files_that_the_architecture_names_exist() -> None:
    folders = (ROOT, ROOT / "mentorship_action")
    named = re.findall(r"`([a-z_]+/[a-z_/]*(?:\.[a-z]+)?)`", ARCHITECTURE)
    assert named
    assert [name for name in named if not any((one / name).exists() for one in folders)] == []
