"""A program's own templates, checked against the variables that they get."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from importlib import resources

from mentorship_action.domain.text import one_line
from mentorship_action.errors import SettingsError
from mentorship_action.wording.render import OVERRIDES, Wording, template_names
from mentorship_action.wording.views import IssueView, TextView

_SUFFIX = ".md.j2"
_INCLUDED = re.compile(r'{% include "([^"]+)" %}')


def template_problems(overrides: Mapping[str, str]) -> Iterator[SettingsError]:
    """Yield what is wrong with a program's own templates: the first thing of each.

    ``overrides`` are texts by known file names. What only a certain message shows, such as a
    misspelled field of a variable, is found when that message is written.
    """
    wording = Wording(overrides=overrides)
    for name, text in sorted(overrides.items()):
        problem = _problem(name, text, wording)
        if problem is not None:
            yield problem


def _problem(name: str, text: str, wording: Wording) -> SettingsError | None:
    import jinja2  # noqa: PLC0415 - costs 30 ms, and few programs have templates of their own
    from jinja2 import meta, nodes  # noqa: PLC0415

    environment = wording.environment
    try:
        tree = environment.parse(text)
        environment.compile(text)
    except jinja2.TemplateSyntaxError as error:
        return _error(name, error.lineno, f"{one_line(str(error.message), 200)}.")
    known = variables_of(name)
    unknown = meta.find_undeclared_variables(tree) - known
    for used in tree.find_all(nodes.Name):
        if used.name in unknown:
            near = difflib.get_close_matches(used.name, known, n=1)
            guess = f" Did you mean `{near[0]}`?" if near else ""
            told = f"There is no variable `{used.name}` in this message.{guess}"
            return _error(name, used.lineno, told, fix=f"It has: {', '.join(sorted(known))}.")
    for part in tree.find_all(nodes.Include):
        wanted = part.template.value if isinstance(part.template, nodes.Const) else ""
        if wanted not in template_names():
            return _error(name, part.lineno, "It includes a template that isn't there.")
    if issubclass(views().get(name, TextView), IssueView) and not text.startswith("title:"):
        return _error(name, 1, "The first line of this template must be “title: …”.")
    return None


def _error(name: str, line: int, what: str, *, fix: str = "") -> SettingsError:
    usual = "Compare it with the packaged template of the same name, or delete it to use that."
    return SettingsError(what, where=f"{OVERRIDES}/{name}:{line}:1", fix=fix or usual)


def views() -> Mapping[str, type[TextView] | type[IssueView]]:
    """Return the view of each template that has one, by the template's file name."""
    found: dict[str, type[TextView | IssueView]] = {}
    found |= {f"{view.template}{_SUFFIX}": view for view in TextView.__subclasses__()}
    found |= {f"{view.template}{_SUFFIX}": view for view in IssueView.__subclasses__()}
    return found


@cache
def variables_of(name: str) -> frozenset[str]:
    """Return the variables that a packaged template gets; a part has those of the whole."""
    view = views().get(name)
    if view is not None:
        return frozenset(field.name for field in fields(view))
    found = (variables_of(whole) for whole in template_names() if name in parts_of(whole))
    return frozenset().union(*found)


@cache
def parts_of(name: str) -> frozenset[str]:
    """Return the file names of the templates that a packaged template includes itself."""
    folder = resources.files("mentorship_action.wording") / "templates"
    return frozenset(_INCLUDED.findall((folder / name).read_text(encoding="utf-8")))
