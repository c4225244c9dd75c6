"""The options that mean the same in every command."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final, Literal, cast

import click

from mentorship_action.usecases.moment import parse_now

Format = Literal["text", "json", "github"]
Color = Literal["auto", "always", "never"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Options:
    """The shared options as a command was given them; None where one was left out."""

    root: Path | None
    config: Path | None
    now: str | None
    format: Format | None
    color: Color
    verbose: int
    quiet: bool
    environ: Mapping[str, str]

    @property
    def folder(self) -> Path:
        """The repository's root."""
        return self.root or Path()

    def moment(self) -> datetime:
        """Return the time to act at, in UTC."""
        return parse_now(self.now, where="--now")

    @property
    def output(self) -> Format:
        """The format: as asked for, else `github` under Actions, else `text`."""
        under_actions = self.environ.get("GITHUB_ACTIONS") == "true"
        return self.format or ("github" if under_actions else "text")

    @property
    def colored(self) -> bool:
        """Whether to print in color: as asked for, else on a terminal where nobody minds."""
        if self.color != "auto":
            return self.color == "always"
        plain = self.environ.get("NO_COLOR") or self.environ.get("TERM") == "dumb"
        return not plain and sys.stdout.isatty()


_PATH: Final = click.Path(path_type=Path)
_SHARED: Final = (
    click.option("--root", type=_PATH, metavar="DIR", help="The repository.  [default: .]"),
    click.option(
        "--config",
        type=_PATH,
        metavar="FILE",
        help="The program.  [default: .github/mentorship.yml]",
    ),
    click.option("--now", metavar="TIMESTAMP", help="ISO 8601 with offset.  [default: the clock]"),
    click.option(
        "--format",
        type=click.Choice(["text", "json", "github"]),
        help="How to print.  [default: github under Actions, else text]",
    ),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Whether to print in color.  [default: auto]",
    ),
    click.option("-v", "--verbose", count=True, help="Say more; twice keeps a log of errors."),
    click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong."),
)


def shared_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the shared options; the command gets them as its first argument."""

    @click.pass_obj
    @wraps(command)
    def with_options(environ: Mapping[str, str], /, **given: Any) -> int:  # noqa: ANN401
        names = ("root", "config", "now", "format", "color", "verbose", "quiet")
        shared = {name: given.pop(name) for name in names}
        return cast("int", command(Options(environ=environ, **shared), **given))

    decorated: Callable[..., Any] = with_options
    for option in reversed(_SHARED):
        decorated = option(decorated)
    return decorated


def print_text(text: str) -> None:
    """Print a command's whole output; nothing for an empty one."""
    if text:
        sys.stdout.write(text.removesuffix("\n") + "\n")
