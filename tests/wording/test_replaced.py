"""A program's own templates are checked before anything is said with them."""

import pytest

from mentorship_action.wording.render import template_names
from mentorship_action.wording.replaced import template_problems, variables_of
from tests.builders import meeting, record, world
from tests.pages import Page
from tests.wording.test_views import source

PAGE = Page("docs/templates.md")


@pytest.fixture
def example() -> str:
    """The page's own template of a check-in."""
    (block,) = [one for one in PAGE.blocks() if one.language == "jinja"]
    return block.text


def test_every_template_and_all_its_variables_are_on_the_page() -> None:
    text = PAGE.text
    for name in template_names():
        assert f"`{name}`" in text
        assert {one for one in variables_of(name) if f"| `{one}` |" not in text} == set()


def test_the_check_in_of_the_page_replaces_ours(example: str) -> None:
    assert problems(check_in=example) == []
    play = world(record(meeting=meeting("wed")), overrides={"check_in.md.j2": example})
    play.run()
    play.at("2026-12-08 09:00").run()
    issue = play.repository.issues[2]
    assert issue.title == "Week 1 of 16: octocat"
    assert "Hello @octocat!" in issue.body
    assert "We meet on Wednesday 9 December 2026 at 17:00 (Europe/Madrid)." in issue.body
    assert "**Stuck:**" in issue.body
    play.repository.view("octocat").create_comment(2, "- [ ] Read the guide")
    play.at("2026-12-15 09:00").run()
    second = play.repository.issues[3].body
    assert "Your checklist: 0 of 8." in second
    assert "- [ ] Read the guide <sub>2nd week</sub>" in second


def test_what_the_page_says_of_errors_is_what_is_said() -> None:
    for text in ("title: x\n{{ weeks }}", "x"):
        ((_, told),) = problems(check_in=text)
        assert f"- {told}\n" in PAGE.text


def problems(**texts: str) -> list[tuple[str, str]]:
    """Return the place and what is wrong of each template, by its name without the ending."""
    found = template_problems({f"{name}.md.j2": text for name, text in texts.items()})
    return [(one.where.removeprefix(".github/mentorship/"), one.what) for one in found]


def test_every_packaged_template_may_be_copied_as_it_is() -> None:
    assert list(template_problems({name: source(name) for name in template_names()})) == []


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("{% if %}", 1, "Expected an expression"),
        ("a\n{{ answered | shout }}", 2, "No filter named 'shout'"),
        ("a\n\n{{ anwsered }}", 3, "no variable `anwsered` in this message. Did you mean"),
        ("{{ number }}", 1, "There is no variable `number` in this message."),
        ('{% include "mine.md.j2" %}', 1, "includes a template that isn't there"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, what: str) -> None:
    ((place, told),) = problems(check_in_closed=text)
    assert place == f"check_in_closed.md.j2:{line}:1"
    assert what in told


def test_what_a_template_names_itself_is_no_unknown_variable() -> None:
    text = "{% set many = done > 3 %}{% for one in answered %}{{ one }}{{ loop.index }}{% endfor %}"
    assert problems(check_in_closed=text + "{{ many }}") == []


def test_an_issue_needs_its_title_and_each_wrong_template_is_told() -> None:
    found = problems(tracker="Hello", check_in="title: Hello\n", check_in_closed="{{ x }}")
    assert [place for place, _ in found] == ["check_in_closed.md.j2:1:1", "tracker.md.j2:1:1"]


def test_a_part_has_the_variables_of_the_whole() -> None:
    assert variables_of("check_in_agenda.md.j2") == variables_of("check_in.md.j2")
    assert problems(check_in_agenda="{{ number }} {{ nobody }}") == [
        ("check_in_agenda.md.j2:1:1", "There is no variable `nobody` in this message.")
    ]
