"""The options that mean the same in every command, as one value, however they were read."""

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from mentorship_action.errors import UsageError

FORMATS: Final = ("text", "json", "github")
COLORS: Final = ("auto", "always", "never")


class Settings(NamedTuple):
    """What a command was told. ``format`` is empty when it is for the surroundings to say."""

    root: Path = Path()
    config: Path | None = None
    now: str | None = None
    format: str = ""
    color: str = "auto"
    verbose: int = 0
    quiet: bool = False
    paths: tuple[Path, ...] = ()

    def moment(self) -> datetime:
        """Return the time to act at, in UTC: ``--now``, or the clock's."""
        return parse_moment(self.now)

    def chosen_format(self, environ: Mapping[str, str]) -> str:
        """Return the format: as asked for, else `github` under Actions, else `text`."""
        return self.format or ("github" if environ.get("GITHUB_ACTIONS") == "true" else "text")

    def wants_color(self, environ: Mapping[str, str]) -> bool:
        """Whether to print in colour: as asked for, else on a terminal where nobody minds."""
        if self.color != "auto":
            return self.color == "always"
        return not environ.get("NO_COLOR") and environ.get("TERM") != "dumb" and sys.stdout.isatty()


def parse_moment(text: str | None) -> datetime:
    """Return the moment that ``text`` names, in UTC; the clock's for None.

    Raises:
        UsageError: it is no timestamp, or one without an offset.
    """
    if text is None:
        return datetime.now(UTC)
    mend = "Write date, time and offset, for example 2026-12-07T09:00:00+01:00."
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError("This is no timestamp.", where="--now", fix=mend) from error
    if moment.tzinfo is None:
        raise UsageError("The timestamp has no offset.", where="--now", fix=mend)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise UsageError("The calendar ends before that.", where="--now", fix=mend) from error


_VALUED: Final = {
    "--root": None,
    "--config": None,
    "--now": None,
    "--format": FORMATS,
    "--color": COLORS,
}


def read_plainly(arguments: Sequence[str]) -> Settings | None:
    """Return the settings of a plain `validate`, or None when it takes the real option parser.

    Plain are paths, and each option spelled in full with its value behind it. A test holds
    this to what the option parser makes of the same arguments.
    """
    if not arguments or arguments[0] != "validate":
        return None
    given: dict[str, str] = {}
    paths: list[Path] = []
    rest = iter(arguments[1:])
    for argument in rest:
        if argument in _VALUED:
            value, choices = next(rest, "-"), _VALUED[argument]
            if not value or value.startswith("-") or (choices and value not in choices):
                return None
            given[argument] = value
        elif not argument or argument.startswith("-"):
            return None
        else:
            paths.append(Path(argument))
    return settings(
        root=given.get("--root"),
        config=given.get("--config"),
        now=given.get("--now"),
        format=given.get("--format"),
        color=given.get("--color"),
        paths=tuple(paths),
    )


def settings(  # noqa: PLR0913 - one for each option of the contract
    *,
    root: str | None = None,
    config: str | None = None,
    now: str | None = None,
    format: str | None = None,  # noqa: A002 - named as the option is
    color: str | None = None,
    verbose: int = 0,
    quiet: bool = False,
    paths: tuple[Path, ...] = (),
) -> Settings:
    """Return settings from options as they were written, None for what was not given."""
    return Settings(
        root=Path(root or "."),
        config=Path(config) if config else None,
        now=now,
        format=format or "",
        color=color or "auto",
        verbose=verbose,
        quiet=quiet,
        paths=paths,
    )
