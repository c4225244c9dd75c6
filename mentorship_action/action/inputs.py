"""What a step was asked to do: its event and the Action's inputs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from mentorship_action.errors import UsageError
from mentorship_action.reporting.escaping import log_line
from mentorship_action.usecases.moment import parse_now

CommandName = Literal["validate", "sync", "report"]

_VALIDATED_EVENTS: Final = frozenset({"pull_request", "merge_group"})
_TRUE: Final = frozenset({"true", "True", "TRUE"})
_FALSE: Final = frozenset({"", "false", "False", "FALSE"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """What one run was asked to do.

    ``root`` is the repository's folder; ``config`` the program, None for the usual place;
    ``write`` says whether `sync` may change anything.
    """

    command: CommandName
    root: Path
    config: Path | None
    now: datetime
    write: bool


def read_inputs(environ: Mapping[str, str]) -> Inputs:
    """Read the event and the inputs. An input that is empty counts as not given.

    Raises:
        UsageError: an input has a value that it can't have.
    """
    config = environ.get("MENTORSHIP_CONFIG", "").strip()
    return Inputs(
        command=_command(environ),
        root=Path(environ.get("GITHUB_WORKSPACE") or "."),
        config=Path(config) if config else None,
        now=parse_now(environ.get("MENTORSHIP_NOW", "").strip(), where="input `now`"),
        write=not _flag(environ, "MENTORSHIP_DRY_RUN", "dry-run"),
    )


def _command(environ: Mapping[str, str]) -> CommandName:
    match environ.get("MENTORSHIP_COMMAND", "").strip():
        case "" | "auto":
            event = environ.get("GITHUB_EVENT_NAME", "")
            return "validate" if event in _VALIDATED_EVENTS else "sync"
        case "validate":
            return "validate"
        case "sync":
            return "sync"
        case "report":
            return "report"
        case other:
            raise UsageError(
                f"There is no command `{_short(other)}`.",
                where="input `command`",
                fix="Use `auto`, `validate`, `sync` or `report`, or leave the input out.",
            )


def _flag(environ: Mapping[str, str], variable: str, name: str) -> bool:
    value = environ.get(variable, "").strip()
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise UsageError(
        f"`{_short(value)}` is neither `true` nor `false`.",
        where=f"input `{name}`",
        fix="Write one of them, or leave the input out.",
    )


def _short(value: str) -> str:
    return log_line(value[:50])
