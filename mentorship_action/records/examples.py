"""The examples that we ship: workflows to copy, and programs to begin with."""

from pathlib import Path
from typing import Final

from mentorship_action.records.program import USUAL_PLACE

_PACKAGE: Final = Path(__file__).parent.parent
_PLACES: Final = (_PACKAGE / "examples", _PACKAGE.parent / "docs" / "examples")
"""In the wheel, and in a checkout of ours."""


def example_workflow(name: str) -> str:
    """Return the text of a workflow as other repositories have it, such as ``validate.yml``."""
    return (_folder() / "workflows" / name).read_text(encoding="utf-8")


def example_programs() -> dict[str, str]:
    """Return the configuration of each example program as its text, by its folder's name."""
    folder = _folder() / "programs"
    files = sorted(folder.glob(f"*/{USUAL_PLACE}"))
    return {file.relative_to(folder).parts[0]: file.read_text(encoding="utf-8") for file in files}


def _folder() -> Path:
    return next(place for place in _PLACES if place.is_dir())
