"""Where mentee files lie, and which names they bear."""

from typing import Final

from mentorship_action.domain.findings import Finding
from mentorship_action.domain.identity import is_login, is_slug, mentorship_id
from mentorship_action.domain.text import quote

FOLDER: Final = "mentees"
_ENDING: Final = ".yml"


def mentee_file(login: str, term: str = "") -> str:
    """Return the path of somebody's mentee file; ``login`` is lower case, ``term`` a term's id."""
    return f"{FOLDER}/{mentorship_id(login, term)}{_ENDING}"


def mentorship_of(path: str) -> str:
    """Return the id of the mentorship that a mentee file is about; empty for any other path."""
    mentorship = path.removeprefix(f"{FOLDER}/").removesuffix(_ENDING)
    term, slash, login = mentorship.rpartition("/")
    is_named = is_login(login) and (is_slug(term) or not slash)
    return mentorship if is_named and path == f"{FOLDER}/{mentorship}{_ENDING}" else ""


def login_of(path: str) -> str:
    """Return the login that a mentee file is named after; empty for any other path."""
    return mentorship_of(path).rpartition("/")[2]


def term_folder(path: str) -> str:
    """Return the term in whose folder a path lies; nothing outside of terms."""
    folders = path.split("/")[:-1]
    return folders[1] if len(folders) == 2 and folders[0] == FOLDER and is_slug(folders[1]) else ""


def is_ignored(name: str) -> bool:
    """Whether the name of a file or folder there says that it is no mentee file, or has none."""
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
