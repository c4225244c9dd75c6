"""A program's own message templates, checked before anything is said with them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from mentorship_action.domain.findings import Finding
from mentorship_action.errors import SettingsError
from mentorship_action.records.templates import load_templates
from mentorship_action.wording.render import OVERRIDES, template_names
from mentorship_action.wording.replaced import template_problems


def own_templates(root: Path) -> Mapping[str, str]:
    """Return the program's own templates as their text, by file name.

    Raises:
        SettingsError: one of them can't be used.
    """
    found = load_templates(root, OVERRIDES, template_names())
    for problem in template_problems(found):
        raise problem
    return found


def template_findings(root: Path) -> Iterator[Finding]:
    """Yield what is wrong with the program's own templates: the first thing of each."""
    try:
        problems = tuple(template_problems(load_templates(root, OVERRIDES, template_names())))
    except SettingsError as error:
        problems = (error,)
    for problem in problems:
        file, _, place = problem.where.partition(":")
        line = int(place.partition(":")[0] or 1)
        yield Finding(
            code="bad-template", file=file, line=line, message=problem.what, hint=problem.fix
        )
