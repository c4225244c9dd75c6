"""What `mentorship init` does or would do: for a terminal and for machines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mentorship_action.reporting.escaping import log_json, log_line


class FileState(StrEnum):
    """What becomes of a file: written, left as it is, renewed, or left to those who changed it."""

    NEW = "new"
    KEPT = "kept"
    RENEWED = "renewed"
    CHANGED = "changed"


_GREEN, _DIM, _PLAIN = "\033[32m", "\033[2m", "\033[0m"
_SAYS = {
    FileState.NEW: "write",
    FileState.KEPT: "keep",
    FileState.RENEWED: "renew",
    FileState.CHANGED: "keep, as you changed it",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SetUpFile:
    """A file below the repository's root, its text, and what becomes of it.

    ``is_generated`` says that it is made from the configuration and can be renewed.
    """

    path: str
    text: str
    state: FileState
    is_generated: bool = False

    @property
    def is_written(self) -> bool:
        """Whether the file is written or renewed."""
        return self.state in (FileState.NEW, FileState.RENEWED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Snippet:
    """Lines that a person adds to a file that is there already."""

    path: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """Something to switch on in GitHub, and its page; a path where the server isn't known."""

    what: str
    why: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SetUp:
    """All that sets a repository up; ``placeholder`` is a login that nobody has filled in yet."""

    files: tuple[SetUpFile, ...]
    snippets: tuple[Snippet, ...]
    settings: tuple[Setting, ...]
    placeholder: str = ""

    @property
    def has_work(self) -> bool:
        """Whether a file is to be written."""
        return any(file.is_written for file in self.files)


def set_up_plan(set_up: SetUp, *, color: bool = False) -> str:
    """Return what becomes of each file, a line each, and what to add by hand."""
    lines = [_line(file, color=color) for file in set_up.files]
    for snippet in set_up.snippets:
        lines += ["", f"{log_line(snippet.path)} is there already. Add this to it:", ""]
        lines += [f"    {log_line(line)}" for line in snippet.text.splitlines()]
    return "\n".join(lines)


def _line(file: SetUpFile, *, color: bool) -> str:
    line = f"  {_SAYS[file.state]:6} {log_line(file.path)}"
    tone = _GREEN if file.is_written else _DIM
    return f"{tone}{line}{_PLAIN}" if color else line


def set_up_next_steps(set_up: SetUp) -> str:
    """Return what a person does next, with the pages of the settings."""
    return "\n".join(_steps(set_up))


def _steps(set_up: SetUp) -> Iterator[str]:
    yield "What comes next:"
    if set_up.placeholder:
        places = [
            file.path
            for file in set_up.files
            if set_up.placeholder in file.text and not file.is_generated
        ]
        named = " and ".join(places)
        yield f"  - Write a GitHub login in place of {set_up.placeholder} in {named};"
        yield "    then renew the page for mentees:  mentorship init --update"
    yield "  - Check the files:  mentorship validate"
    yield "  - See a whole season of your program:  mentorship rehearse --root ."
    yield "  - Commit the files and push them to the default branch."
    yield "  - Then look at these settings:"
    for setting in set_up.settings:
        yield f"      {log_line(setting.what)}"
        yield f"        because {log_line(setting.why)}"
        yield f"        {log_line(setting.url)}"
    yield "  - Ask whether anything is missing:  mentorship doctor"


def set_up_json(set_up: SetUp, *, written: bool) -> str:
    """Return the one object that `--format json` prints; see schemas/init.schema.json."""
    shown = {
        "version": 1,
        "written": written,
        "files": [{"path": one.path, "state": one.state.value} for one in set_up.files],
        "snippets": [{"path": one.path, "text": one.text} for one in set_up.snippets],
        "settings": [{"what": one.what, "why": one.why, "url": one.url} for one in set_up.settings],
        "placeholder": set_up.placeholder,
    }
    return log_json(json.dumps(shown, indent=2))
