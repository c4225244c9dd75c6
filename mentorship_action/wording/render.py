"""Templates to messages; a program can replace each by its own of the same name."""

import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, overload

from mentorship_action.domain.text import counted, one_line
from mentorship_action.errors import SettingsError
from mentorship_action.wording import dates, markdown
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import IssueView, TextView

if TYPE_CHECKING:
    from jinja2 import BaseLoader
    from jinja2.sandbox import ImmutableSandboxedEnvironment

OVERRIDES = ".github/mentorship"
"""Where a program keeps its own templates, below the repository's root."""

MAX_BODY = 65_536
"""The most characters that GitHub takes for a body."""

MAX_TITLE = 256
"""The most characters that GitHub takes for a title."""

# What an expression in a template can raise beside Jinja's own errors.
_ERRORS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_BACKSLASH = re.compile(r"\\([!-/:-@\[-`{-~])")
_IN_TEMPLATE = ("<template>", ".md.j2")


def template_names() -> frozenset[str]:
    """Return the file names of the packaged templates."""
    folder = resources.files("mentorship_action.wording") / "templates"
    return frozenset(entry.name for entry in folder.iterdir() if entry.name.endswith(".md.j2"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A title and a body, both ready for GitHub."""

    title: str
    body: str


@dataclass(frozen=True, kw_only=True, eq=False)
class Wording:
    """All messages of a program.

    ``overrides`` has the program's own templates by file name, as their text.
    """

    overrides: Mapping[str, str]

    @overload
    def render(self, view: IssueView) -> Message: ...

    @overload
    def render(self, view: TextView) -> Safe: ...

    def render(self, view: TextView | IssueView) -> Message | Safe:
        """Return what a view's template says; SettingsError where a program's own can't say it."""
        text = self._render(view)
        return _message(view.template, text) if isinstance(view, IssueView) else text

    def _render(self, view: TextView | IssueView) -> Safe:
        import jinja2  # noqa: PLC0415 - costs 30 ms, and most commands say nothing

        file = f"{view.template}.md.j2"
        values = {field.name: getattr(view, field.name) for field in fields(view)}
        try:
            rendered = self.environment.get_template(file).render(values)
        except jinja2.TemplateSyntaxError as error:
            line = error.lineno
            raise _broken(error.name or file, line, str(error.message)) from error
        except (jinja2.TemplateError, *_ERRORS) as error:
            raise _broken(file, _line_of(error), str(error)) from error
        if len(rendered) > MAX_BODY - 1_000:
            raise _broken(file, 1, "its text is longer than GitHub takes")
        return Safe(rendered)

    @cached_property
    def environment(self) -> "ImmutableSandboxedEnvironment":
        """The sandbox that templates are rendered in."""
        import jinja2  # noqa: PLC0415

        packaged = jinja2.PackageLoader("mentorship_action.wording")
        return sandbox(jinja2.ChoiceLoader([jinja2.DictLoader(self.overrides), packaged]))


def sandbox(loader: "BaseLoader") -> "ImmutableSandboxedEnvironment":
    """Return an environment with our filters, in which all that a template prints is escaped."""
    import jinja2  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        undefined=jinja2.StrictUndefined,
        # Every value that an expression gives is escaped here, and nowhere else.
        finalize=markdown.escape,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Nobody edits a template while a command runs.
        auto_reload=False,
        autoescape=False,
    )
    environment.filters.update(
        mention=markdown.mention,
        block=markdown.block,
        code=markdown.code,
        hours=markdown.hours,
        link=markdown.link,
        listed=markdown.listed,
        ordinal=markdown.ordinal,
        sentence=markdown.sentence,
        shortened=markdown.shortened,
        day=dates.day,
        short_day=dates.short_day,
        weekday=dates.weekday,
        clock=dates.clock,
        counted=counted,
    )
    return environment


def _message(template: str, text: str) -> Message:
    """Return the title in the first line of a rendered template, and the body below it."""
    head, _, body = text.partition("\n")
    if not head.startswith("title:"):
        raise SettingsError(
            "The first line of this template must be “title: …”.",
            where=f"{OVERRIDES}/{template}.md.j2",
            fix="Begin it like the packaged template of the same name.",
        )
    # GitHub shows a title as it is, backslashes included.
    title = one_line(_BACKSLASH.sub(r"\1", head.removeprefix("title:")), MAX_TITLE)
    return Message(title=title, body=body.strip("\n") + "\n")


def _line_of(error: BaseException) -> int:
    """Return the line of the template that an error came from; Jinja puts it on the stack."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = (frame.lineno for frame in reversed(frames) if frame.filename.endswith(_IN_TEMPLATE))
    return next(lines, None) or 1


def _broken(template: str, line: int, why: str) -> SettingsError:
    return SettingsError(
        f"This message template can't be used: {one_line(why, 200)}.",
        where=f"{OVERRIDES}/{template}:{line}:1",
        fix="Compare it with the packaged template of the same name, or delete it to use that.",
    )
