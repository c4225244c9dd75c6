"""A file as a command would have it: changed, checked again, with the lines to paste."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from mentorship_action.domain.edits import Changes, EditedFile
from mentorship_action.domain.findings import errors
from mentorship_action.domain.program import Program
from mentorship_action.records.edit import edit, lines_of
from mentorship_action.records.places import Path
from mentorship_action.records.program import USUAL_PLACE
from mentorship_action.records.validate import check_program, check_record

_LONG_LISTS: Final = ("mentors", "teams")
"""The lists of a program of whose entries one alone is shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FileEditor:
    """Edits files of the default branch, which ``read`` returns by their path."""

    read: Callable[[str], bytes]
    program: Program
    program_file: str = USUAL_PLACE

    def edited(self, file: str, changes: Changes) -> EditedFile | None:
        """Return a file with changes made to it; None where it can't be read or edited.

        Comments and layout stay. What was wrong in the file before is no problem of the change.
        """
        try:
            before = self.read(file)
            after = edit(before, changes)
            lines = "\n".join(lines_of(after, path) for path in dict.fromkeys(_shown(changes)))
        except (LookupError, OSError, ValueError):
            return None
        known = self._errors(file, before)
        new = [text for code, text in self._errors(file, after).items() if code not in known]
        return EditedFile(
            file=file, before=before, content=after, lines=lines, problem=new[0] if new else ""
        )

    def _errors(self, file: str, content: bytes) -> dict[str, str]:
        """Return what is wrong in a file: the first message of each code."""
        if file == self.program_file:
            findings = check_program(file, content)[1]
        else:
            findings = check_record(file, content, self.program).findings
        return {one.code: one.message for one in reversed(errors(findings))}


def _shown(changes: Changes) -> Iterator[Path]:
    """Yield the paths of what is shown whole: a key of the file, or an entry of a long list."""
    for path in changes:
        is_entry = path[0] in _LONG_LISTS and len(path) > 2
        yield path[:2] if is_entry else path[:1]
