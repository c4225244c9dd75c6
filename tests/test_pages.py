"""Every YAML block of the pages is valid, every link leads somewhere, and no block is unchecked."""

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest
from check_jsonschema.builtin_schemas import get_builtin_schema
from ruamel.yaml import YAML

from mentorship_action.domain.commands import COMMANDS
from mentorship_action.domain.program import Program
from mentorship_action.records.validate import check_program, check_record
from scripts import configuration, templates
from tests.applications import yaml
from tests.pages import ROOT, Block, Page, pages

MENTORSHIP: Final = ".github/mentorship.yml"
# The page of findings is written by a program; each of its examples is checked where it is tested.
GENERATED: Final = {"docs/findings.md"}
PAGES: Final = [page for page in pages() if page.path not in GENERATED]
BLOCKS: Final = [block for page in PAGES for block in page.blocks()]
EXAMPLES: Final = ROOT / "docs" / "examples"

# What a block that shows a part leaves out.
PROGRAM: Final = {
    "version": "1",
    "program": "{name: Example}",
    "mentors": "[{github: ada, capacity: 2}, {github: grace, capacity: 1}, "
    "{github: linus, capacity: 0}, {github: radia, capacity: 1}, {github: ganeshrn, capacity: 1}]",
}
TERM: Final = """\
terms:
  - id: 2027-spring
    name: Spring 2027
    applications: {from: 2027-01-11, to: 2027-01-31}
    start: 2027-02-15
    weeks: 12
"""
TEAM: Final = "teams: [{id: blue, name: Blue, size: 5, mentors: [{github: ada, role: lead}]}]\n"

# Which tests check the blocks of other languages.
ELSEWHERE: Final = {
    "console": "tests/cli/test_documented_commands.py runs it",
    "python": "tests/test_docs.py compares it with the example that is played",
    "text": "tests/cli/test_documented_commands.py compares it with what the commands print",
    "jinja": "tests/wording/test_replaced.py says something with it",
    "csv": "tests/cli/test_documented_commands.py imports it",
    "md": "a comment, whose commands are checked below",
    "mermaid": "a picture",
}
# What a YAML block may be: a part of a program or a mentee file, a workflow, a part of an example;
# or a file by its name, which the commands of the page read.
NOTES: Final = ("program", "mentee", "workflow", "example")


def top_level(text: str) -> set[str]:
    return set(re.findall(r"^(\w+):", text, re.MULTILINE))


def whole_program(text: str) -> str:
    missing = [f"{key}: {value}" for key, value in PROGRAM.items() if key not in top_level(text)]
    term = "" if "terms" in top_level(text) else TERM
    return "\n".join([*missing, term, text])


def known_program() -> Program:
    program, findings = check_program(MENTORSHIP, whole_program(TEAM).encode())
    assert findings == ()
    assert program is not None
    return program


def noted(kind: str) -> list[Block]:
    found = [one for one in BLOCKS if one.language == "yaml" and one.note.split()[:1] == [kind]]
    assert found
    return found


@pytest.mark.parametrize("block", BLOCKS, ids=str)
def test_a_block_says_what_it_is_so_that_something_checks_it(block: Block) -> None:
    if block.note.startswith("unchecked:"):
        assert len(block.note.split()) > 3, "say why"
    elif block.language == "yaml":
        assert block.note.split()[:1] in [[kind] for kind in NOTES] or "." in block.note
    else:
        assert block.language in ELSEWHERE


@pytest.mark.parametrize("block", noted("program"), ids=str)
def test_a_part_of_a_program_is_valid(block: Block) -> None:
    _, findings = check_program(MENTORSHIP, whole_program(block.text).encode())
    assert [finding.message for finding in findings] == []


@pytest.mark.parametrize("block", noted("mentee"), ids=str)
def test_a_part_of_a_mentee_file_is_valid(block: Block) -> None:
    named = top_level(block.text)
    left_out = named | ({"mentor"} if named & {"mentors", "team"} else set())
    base = yaml("octocat", **dict.fromkeys(left_out)).decode()
    program = known_program()
    if block.page == "mentees/README.md":
        own = (ROOT / MENTORSHIP).read_bytes()
        found, _ = check_program(MENTORSHIP, own)
        assert found is not None
        program = found
    checked = check_record("mentees/octocat.yml", (base + block.text).encode(), program)
    assert [finding.message for finding in checked.findings] == []


@pytest.mark.parametrize("block", noted("example"), ids=str)
def test_a_part_of_an_example_stands_in_one(block: Block) -> None:
    assert any(block.text in path.read_text(encoding="utf-8") for path in EXAMPLES.rglob("*.yml"))


@pytest.mark.parametrize("block", noted("workflow"), ids=str)
def test_a_workflow_is_one_that_github_takes(block: Block) -> None:
    schema: dict[str, Any] = get_builtin_schema("vendor.github-workflows")
    jsonschema.Draft7Validator(schema).validate(YAML(typ="safe", pure=True).load(block.text))


def test_the_comments_of_the_pages_are_commands() -> None:
    lines = [line for one in BLOCKS if one.language == "md" for line in one.text.splitlines()]
    assert lines
    assert [line for line in lines if line.split()[0].removeprefix("/") not in COMMANDS] == []


@pytest.mark.parametrize("page", pages(), ids=str)
def test_every_link_of_a_page_leads_somewhere(page: Page) -> None:
    wrong = []
    for link in page.links():
        if re.match(r"[a-z]+:", link):
            assert link.startswith(("https://", "mailto:")), link
            continue
        name, _, anchor = link.partition("#")
        target = ((ROOT / page.path).parent / name).resolve() if name else ROOT / page.path
        inside = target.exists() and (target == ROOT or ROOT in target.parents)
        if not inside or (anchor and anchor not in anchors(target)):
            wrong.append(link)
    assert wrong == []


def anchors(target: Path) -> set[str]:
    assert target.suffix == ".md", "only pages have anchors"
    return Page(target.relative_to(ROOT).as_posix()).anchors()


def test_the_file_that_our_own_page_opens_is_valid_once_it_is_filled_in() -> None:
    (link,) = [one for one in Page("mentees/README.md").links() if "/new/main/mentees?" in one]
    text = parse_qs(urlsplit(link).query)["value"][0]
    new = {"YYYY-MM-DD": "2027-01-11", "Region/City": "Europe/Madrid", "false": "true"}
    for old, value in {**new, "your-login": "octocat"}.items():
        text = text.replace(old, value)
    program, _ = check_program(MENTORSHIP, (ROOT / MENTORSHIP).read_bytes())
    checked = check_record("mentees/octocat.yml", text.encode(), program)
    assert [finding.message for finding in checked.findings] == []


def test_every_picture_is_shown_and_small() -> None:
    shown = {link for page in pages() for link in page.links() if link.startswith("docs/assets/")}
    pictures = {f"docs/assets/{path.name}": path for path in (ROOT / "docs/assets").iterdir()}
    assert set(pictures) == shown
    assert [name for name, path in pictures.items() if path.stat().st_size > 150_000] == []


def test_the_reference_of_the_configuration_is_as_new_as_the_schemas() -> None:
    written = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    assert written == configuration.page(), "make docs writes it again"


def test_every_key_of_the_configuration_says_what_it_is() -> None:
    assert re.findall(r"^\| `[\w-]+` \|  \|.*$", configuration.page(), re.MULTILINE) == []


def test_the_reference_of_the_templates_is_as_new_as_the_views() -> None:
    written = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    assert written == templates.page(), "make docs writes it again"


def test_every_page_of_the_docs_is_found_from_the_readme() -> None:
    linked = {link.partition("#")[0] for link in Page("README.md").links()}
    assert {page.path for page in pages() if page.path.startswith("docs/")} - linked == set()
