"""Corrected lines: what was probably meant is put in its place, and the file is checked again.

A guess counts as a correction only when what it is about is gone, nothing new is wrong with its
line, and the file means what it meant but for that.
"""

from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import Any, Final, NamedTuple

from mentorship_action.domain.findings import Correction
from mentorship_action.domain.record import Record
from mentorship_action.domain.text import is_unseen, without_unseen
from mentorship_action.records.edit import Splice, applied, new_entry
from mentorship_action.records.places import Extent, Path, Spot
from mentorship_action.records.private import private_kind
from mentorship_action.records.problems import Problem, Target
from mentorship_action.records.source import PROGRAM_LIMITS, split_lines
from mentorship_action.records.yaml import UNKNOWN, Document, parse

LONGEST: Final = 500
"""A longer line helps nobody, and what we say has its bounds."""


class Checked(NamedTuple):
    """A file as it was checked: what it holds, and what is wrong with it."""

    document: Document
    problems: Sequence[Problem]
    record: Record | None = None


def corrections(
    content: bytes, checked: Checked, check: Callable[[bytes], Checked]
) -> dict[Problem, Correction]:
    """Return what corrects the problems of a file, for each where we know it.

    ``check`` is asked once more, about the file with everything corrected.
    """
    guessed = [one for one in checked.problems if one.guess]
    if not guessed:
        return {}
    text = content.decode("utf-8")
    found = _corrected_lines(text, checked, guessed, check)
    for one in guessed:
        if one.target is Target.ENTRY:
            example = _example(text, checked.document, one)
            if example is not None:
                found[one] = example
    return found


def _corrected_lines(
    text: str, checked: Checked, guessed: Iterable[Problem], check: Callable[[bytes], Checked]
) -> dict[Problem, Correction]:
    lines = split_lines(text)
    edits = {one: made for one in guessed if (made := _edit(lines, checked.document, one))}
    tried = {
        line: _line_with(lines, line, edits.values())
        for line in {made.start.line for made in edits.values()}
    }
    tried = {line: new for line, new in tried.items() if is_presentable(new)}
    edits = {one: made for one, made in edits.items() if made.start.line in tried}
    if not edits:
        return {}
    whole = applied(text, set(edits.values()))
    if checked.document.data is UNKNOWN:  # no unseen character may be left where we look
        whole = without_unseen(whole)
    again = check(whole.encode())
    if checked.document.data is not UNKNOWN:
        meant = _with_guesses(checked.document.data, edits)
        if again.document.data != meant:
            return {}
    right = {line for line in tried if _is_right(line, checked, again, edits)}
    return {
        one: Correction(first=made.start.line, last=made.start.line, text=tried[made.start.line])
        for one, made in edits.items()
        if made.start.line in right
    }


def is_presentable(text: str) -> bool:
    """Whether we may say a text in public, where it stays."""
    return len(text) <= LONGEST and not any(map(is_unseen, text)) and not private_kind(text)


def _edit(lines: Sequence[str], document: Document, one: Problem) -> Splice | None:
    """Return the edit that a guess asks for, within one line."""
    extent: Extent | None = None
    if one.target is Target.LINE and isinstance(one.where, Spot):
        line = one.where.line
        extent = Extent(Spot(line, 1), Spot(line, len(lines[line - 1]) + 1))
    elif one.target is not Target.ENTRY and (part := document.places.part(one.path)):
        extent = part.key if one.target is Target.KEY else part.value
    return Splice(*extent, one.guess) if extent and extent.is_one_line else None


def _line_with(lines: Sequence[str], line: int, edits: Iterable[Splice]) -> str:
    """Return a line with the edits that are about it."""
    here = {
        made._replace(start=Spot(1, made.start.column), end=Spot(1, made.end.column))
        for made in edits
        if made.start.line == line
    }
    return applied(lines[line - 1], here)


def _is_right(line: int, checked: Checked, again: Checked, edits: Iterable[Problem]) -> bool:
    """Whether what was to be corrected on a line is gone, and nothing came instead."""
    before = set(_on(line, checked))
    gone = before & {_name(one) for one in edits}
    after = set(_on(line, again))
    unread = any(
        one.code == "yaml-syntax" and isinstance(one.where, Spot) and one.where.line <= line
        for one in again.problems
    )
    return not unread and not after & gone and after <= before


def _on(line: int, checked: Checked) -> Iterable[tuple[str, Path, str]]:
    places = checked.document.places
    for one in checked.problems:
        # What is missing is told at the line where the mapping begins.
        if one.code != "missing-key" and one.spot(places).line == line:
            yield _name(one)


def _name(one: Problem) -> tuple[str, Path, str]:
    return one.code, one.path, one.message


def _with_guesses(data: Any, guessed: Iterable[Problem]) -> Any:
    """Return data with what was guessed, values before keys."""
    data = deepcopy(data)
    for one in sorted(guessed, key=lambda one: one.target is Target.KEY):
        *outer, last = one.path
        inner = data
        for step in outer:
            inner = inner[step]
        if one.target is Target.KEY:
            inner[one.guess] = inner.pop(last)
        else:
            inner[last] = _meaning(one.guess)
    return data


def _meaning(text: str) -> Any:
    return parse(text.encode(), PROGRAM_LIMITS).data


def _example(text: str, document: Document, one: Problem) -> Correction | None:
    """Return where an entry that is missing can be added."""
    made = new_entry(text, document, one.path, one.guess)
    if made is None:
        return None
    lines, line = split_lines(text), made.start.line
    if made.text.startswith("\n"):
        found = Correction(first=line + 1, last=line, text=made.text[1:], is_example=True)
    else:
        whole = _line_with(lines, line, [made])
        found = Correction(first=line, last=line, text=whole, is_example=True)
    wanted = _with_entry(document.data, one.path, _meaning(one.guess))
    is_right = _meaning(applied(text, [made])) == wanted
    return found if is_right and is_presentable(found.text) else None


def _with_entry(data: Any, path: Path, entry: Any) -> Any:
    """Return data in which the mapping at a path has one more entry."""
    data = inner = deepcopy(data)
    for step in path:
        inner = inner[step]
    inner.update(entry)
    return data
