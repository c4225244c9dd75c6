"""Where mentee files lie, and which names they bear."""

from typing import Final

from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import is_login
from mentorship_action.domain.text import quote

FOLDER: Final = "mentees"
_ENDING: Final = ".yml"


def mentee_file(login: str) -> str:
    """Return the path of somebody's mentee file; ``login`` is lower case."""
    return f"{FOLDER}/{login}{_ENDING}"


def login_of(path: str) -> str:
    """Return the login that a mentee file is named after; empty for any other path."""
    login = path.removeprefix(f"{FOLDER}/").removesuffix(_ENDING)
    return login if is_login(login) and path == mentee_file(login) else ""


def is_ignored(name: str) -> bool:
    """Whether the name of a file in the folder says that it is no mentee file."""
    return name == "README.md" or name.startswith("_")


def name_finding(path: str) -> Finding | None:
    """Return what is wrong with a file's name, if anything; its folder doesn't matter."""
    name = path.rpartition("/")[2]
    if login_of(f"{FOLDER}/{name}"):
        return None
    stem, _, ending = name.rpartition(".")
    if is_login(stem.lower()) and ending.lower() in ("yml", "yaml"):
        hint = f"Rename it to {quote(stem.lower() + _ENDING)}."
    else:
        hint = (
            f"Name it after the GitHub login, in lower case: `{mentee_file('octocat')}`. "
            "A file whose name begins with `_` is ignored."
        )
    message = f"{quote(name)} is not the name of a mentee file."
    return Finding(code="bad-file-name", file=path, message=message, hint=hint)
