"""A template and its view have the same variables, and every branch of a template renders."""

import re
from dataclasses import fields
from importlib import resources

import pytest
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from mentorship_action.wording.render import Message, Wording, template_names
from mentorship_action.wording.views import IssueView, TextView
from tests.builders import WORDING
from tests.wording.states import states

STATES = dict(states())
_DEFINED: list[type[TextView | IssueView]] = [
    *TextView.__subclasses__(),
    *IssueView.__subclasses__(),
]
_ALL = [view for view in _DEFINED if view.__module__.startswith("mentorship_action.")]
VIEWS = {view.template: view for view in _ALL}
ENVIRONMENT = WORDING.environment
_TAG = re.compile(r"{%-? *(if|elif|else|endif)\b.*?%}")


def source(template: str) -> str:
    folder = resources.files("mentorship_action.wording") / "templates"
    return (folder / template).read_text(encoding="utf-8")


def included(template: str) -> set[str]:
    """Return the file names of a template and of all that it includes."""
    tree = ENVIRONMENT.parse(source(template))
    names = [node.template for node in tree.find_all(nodes.Include)]
    inner = [included(name.value) for name in names if isinstance(name, nodes.Const)]
    return {template}.union(*inner)


def with_branches_named(template: str) -> tuple[str, set[str]]:
    """Return a template that prints the name of each branch it takes, and all their names."""
    names: set[str] = set()

    def name() -> str:
        names.add(f"⟦{template}:{len(names) + 1}⟧")
        return f"⟦{template}:{len(names)}⟧"

    open_ifs: list[bool] = []

    def mark(match: re.Match[str]) -> str:
        tag, kind = match[0], match[1]
        if kind == "if":
            open_ifs.append(False)
            return tag + name()
        if kind == "elif":
            return tag + name()
        if kind == "else":
            open_ifs[-1] = True
            return tag + name()
        if kind == "endif" and not open_ifs.pop():
            return "{% else %}" + name() + tag
        return tag

    return _TAG.sub(mark, source(template)), names


def test_every_template_has_a_view_or_is_part_of_one_that_has() -> None:
    assert set().union(*(included(f"{name}.md.j2") for name in VIEWS)) == template_names()


@pytest.mark.parametrize("name", VIEWS)
def test_a_template_uses_the_fields_of_its_view_and_no_others(name: str) -> None:
    files = included(f"{name}.md.j2")
    used = [find_undeclared_variables(ENVIRONMENT.parse(source(file))) for file in files]
    assert set().union(*used) == {field.name for field in fields(VIEWS[name])}


def test_the_states_take_every_branch_of_every_template() -> None:
    marked = {name: with_branches_named(name) for name in template_names()}
    wording = Wording(overrides={name: text for name, (text, _) in marked.items()})
    rendered = "".join(str(wording.render(view)) for view in STATES.values())
    wanted = {name for _, names in marked.values() for name in names}
    assert {name for name in wanted if name not in rendered} == set()


@pytest.mark.parametrize("name", STATES)
def test_every_state_reads_as_one_text(name: str) -> None:
    said = WORDING.render(STATES[name])
    text = f"{said.title}\n{said.body}" if isinstance(said, Message) else said
    assert not re.search(r"None| ,| \.|,,|, !|\.\.|[ \t]\n|\n{4,}|you, you", text)
