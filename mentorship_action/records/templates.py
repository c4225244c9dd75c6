"""A program's own message templates, read from its repository."""

import difflib
from collections.abc import Collection
from pathlib import Path
from typing import Final

from mentorship_action.errors import SettingsError
from mentorship_action.records.source import read_source

_SUFFIX: Final = ".md.j2"
_MOST_BYTES: Final = 64 * 1024


def load_templates(root: Path, folder: str, known: Collection[str]) -> dict[str, str]:
    """Return the templates below ``folder`` as their text, by file name.

    ``known`` are the names of the packaged templates; any other name replaces nothing, so it
    is an error, and so are links, oversized files and text that is not UTF-8.
    """
    place = root / folder
    if not place.is_dir():
        return {}
    names = sorted(entry.name for entry in place.iterdir() if entry.name.endswith(_SUFFIX))
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0)[0]
            raise SettingsError(
                "There is no message of this name to replace.",
                where=f"{folder}/{name}",
                fix=f"Did you mean {near}? The names are: {', '.join(sorted(known))}.",
            )
    return {name: _read(place / name, f"{folder}/{name}") for name in names}


def _read(path: Path, shown: str) -> str:
    source = read_source(path, _MOST_BYTES, shown)
    if source.problem is not None and source.problem.code != "executable-file":
        raise SettingsError(
            "This template is not a plain file.", where=shown, fix="Replace it with a plain file."
        )
    if len(source.data) > _MOST_BYTES:
        raise SettingsError("This template has more than 64 KiB.", where=shown, fix="Shorten it.")
    try:
        return source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SettingsError(
            "This template is not UTF-8 text.", where=shown, fix="Save it as UTF-8."
        ) from error
