"""The corrected line of a fault, ready to paste, where it is known for certain.

Whoever finds a fault says what was meant, see ``Meant``. Here it is put into its line, and the
file is judged again as if somebody had pasted it: a correction counts only when it mends what it
is about, brings nothing new to its line, and leaves all other lines to mean what they meant.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, NamedTuple

from mentorship_action.domain.findings import Correction, Finding, Meant, Part, errors
from mentorship_action.records.fields import Fields
from mentorship_action.records.layout import Extent, Laid, Layout, Outline
from mentorship_action.records.quoting import UNSEEN
from mentorship_action.records.read import PROGRAM_LIMITS
from mentorship_action.records.yaml import parse

# A longer line helps nobody, and what we say has its bounds.
LONGEST: Final = 500
# A file is judged again no more often than this, whatever is in it.
_MOST_JUDGED: Final = 20
# Text that lacks quotes may hide another fault, and that one more.
_ROUNDS: Final = 4

_BREAK: Final = re.compile(r"(\r\n|\r|\n)")
_UNSEEN: Final = re.compile(f"[{UNSEEN}]")

Validator = Callable[[bytes], Sequence[Finding]]


class _Edit(NamedTuple):
    """Text to put in the place of a piece of a line; columns count from 0."""

    start: int
    end: int
    text: str


def with_corrections(
    content: bytes, findings: Iterable[Finding], judge: Validator
) -> tuple[Finding, ...]:
    """Return what ``judge`` found in a content, each with its correction where we know it.

    ``judge`` is asked again about the corrected content, a bounded number of times.
    """
    told = tuple(findings)
    if not any(one.meant for one in told):
        return told
    corrections = _Mender(content, told, judge).corrections()
    return tuple(
        replace(one, correction=corrections.get(place), meant=None)
        for place, one in enumerate(told)
    )


def corrected(content: bytes, correction: Correction) -> bytes:
    """Return a content with its correction made; line ends stay as they are."""
    pieces = _BREAK.split(content.decode("utf-8", "replace"))
    lines, ends = pieces[0::2], [*pieces[1::2], ""]
    if not lines[-1]:
        del lines[-1], ends[-1]
    usual = next((end for end in ends if end), "\n")
    first, last = correction.first - 1, correction.last
    if first == len(lines) and ends and not ends[-1]:
        ends[-1] = usual
    added = correction.text.split("\n")
    closing = ends[last - 1] if last > first else usual
    lines[first:last] = added
    ends[first:last] = [usual] * (len(added) - 1) + [closing]
    return "".join(map("".join, zip(lines, ends, strict=True))).encode()


class _Mender:
    """Makes the corrections for one content."""

    def __init__(self, content: bytes, findings: Sequence[Finding], judge: Validator) -> None:
        self._findings = findings
        self._judge_bytes = judge
        self._left = _MOST_JUDGED
        self._content = content
        if any(one.code == "forbidden-character" for one in findings):
            # Nothing else of such a file is known before all of them are gone.
            self._content = _UNSEEN.sub("", content.decode("utf-8", "replace")).encode()
        self._layout = Layout(self._content)
        self._lines = self._layout.lines
        self._fields = Fields("mentee")

    def corrections(self) -> dict[int, Correction]:
        """Return what corrects each finding, by its place among them."""
        found: dict[int, Correction] = {}
        lines: dict[int, list[int]] = {}
        for place, one in enumerate(self._findings):
            if one.meant is None:
                continue
            if one.meant.part is Part.ENTRY:
                example = self._example(one.meant)
                if example is not None:
                    found[place] = example
            elif one.line <= len(self._lines):
                lines.setdefault(one.line, []).append(place)
        for line, places in lines.items():
            found |= self._on_line(line, places)
        return found

    def _on_line(self, line: int, places: list[int]) -> dict[int, Correction]:
        """Return one correction of all that is wrong on a line, or else one for each."""
        whole = self._settled(line, [self._findings[place] for place in places])
        if whole is not None:
            return dict.fromkeys(places, whole)
        if len(places) == 1:
            return {}
        single = {place: self._settled(line, [self._findings[place]]) for place in places}
        return {place: one for place, one in single.items() if one is not None}

    def _settled(self, line: int, wanted: Sequence[Finding]) -> Correction | None:
        """Return the line as it has to be for ``wanted`` to vanish, and nothing to come instead."""
        gone, before = _told(wanted), _told(self._findings)
        layout, findings = self._layout, wanted
        for _ in range(min(_ROUNDS, self._left)):
            text = _edited(layout, line, findings)
            if text is None or not self._is_presentable(text):
                return None
            correction = Correction(first=line, last=line, text=text)
            content = corrected(self._content, correction)
            content, after = self._judged(content, line)
            if gone & _told(one for one in after if one.line == line):
                return None
            layout = Layout(content)
            findings = [one for one in after if _concerns(one, line) and _name(one) not in before]
            if not findings:
                return correction if self._is_alone(line, layout.outline) else None
        return None

    def _judged(self, content: bytes, line: int) -> tuple[bytes, list[Finding]]:
        """Return what is wrong with a content, and as much of it as could be judged."""
        self._left -= 1
        after = errors(self._judge_bytes(content))
        if any(one.code == "yaml-syntax" and one.line > line for one in after):
            # Of a file that can't be read any further, what was read so far is judged alone.
            pieces = _BREAK.split(content.decode("utf-8", "replace"))
            content = "".join(pieces[: 2 * line]).encode()
            self._left -= 1
            after = errors(self._judge_bytes(content))
        # What is missing elsewhere is told at the line where the mapping begins.
        return content, [one for one in after if one.code != "missing-key"]

    def _is_alone(self, line: int, outline: Outline | None) -> bool:
        """Whether a line is the only one that means something else now."""
        before = self._layout.outline
        return before is None or _without(before, line) == _without(outline or [], line)

    def _is_presentable(self, text: str) -> bool:
        """Whether we may say a text in public, where it stays."""
        return (
            len(text) <= LONGEST
            and not _UNSEEN.search(text)
            and not any(self._fields.is_defined_as(name, text) for name in ("email", "telephone"))
        )

    def _example(self, meant: Meant) -> Correction | None:
        """Return where an entry that is missing can be added."""
        laid = self._layout.parts.get(meant.path)
        if laid is None:
            return None
        if laid.is_braced:
            correction = self._within_brackets(laid, meant)
        else:
            correction = _below(laid, meant, self._lines)
        if correction is None or not self._is_presentable(correction.text):
            return None
        after = _data(corrected(self._content, correction))
        return correction if after == _with_entry(self._data, meant) else None

    @cached_property
    def _data(self) -> Any:
        return _data(self._content)

    def _within_brackets(self, laid: Laid, meant: Meant) -> Correction | None:
        if not laid.value.is_one_line:
            return None
        start, end = laid.value.start, laid.value.end
        line = self._lines[start.line - 1]
        inner = line[start.column : end.column - 2].rstrip()
        joint = ", " if inner.strip() else ""
        closing = line[start.column + len(inner) :]
        text = f"{line[: start.column]}{inner}{joint}{meant.text}{closing}"
        return Correction(first=start.line, last=start.line, text=text, is_example=True)


def _below(laid: Laid, meant: Meant, lines: Sequence[str]) -> Correction:
    """Return an entry as a line of its own, below the others of its mapping."""
    start, end = laid.value
    last = end.line if end.column > 1 else end.line - 1
    if not meant.path:  # and below comments, where people look for what they have added
        last = len(lines)
    text = " " * (start.column - 1) + meant.text
    return Correction(first=last + 1, last=last, text=text, is_example=True)


def _edited(layout: Layout, line: int, findings: Iterable[Finding]) -> str | None:
    """Return a line with what was meant in its place; None when that isn't known of all."""
    text = layout.lines[line - 1]
    edits = {_edit(layout, line, one) for one in findings}
    known = sorted((edit for edit in edits if edit is not None), reverse=True)
    if len(known) < len(edits):
        return None
    for edit in known:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _edit(layout: Layout, line: int, finding: Finding) -> _Edit | None:
    """Return what has to be put where for one finding."""
    meant = finding.meant
    if meant is None or finding.line != line:
        return None
    if meant.part is Part.LINE:
        return _Edit(0, len(layout.lines[line - 1]), meant.text)
    laid = layout.parts.get(meant.path)
    extent: Extent | None = None
    if laid is not None and meant.part in (Part.KEY, Part.VALUE):
        extent = laid.key if meant.part is Part.KEY else laid.value
    if extent is None or not extent.is_one_line or extent.start.line != line:
        return None
    return _Edit(extent.start.column - 1, extent.end.column - 1, meant.text)


def _concerns(finding: Finding, line: int) -> bool:
    """Whether a finding is about a line, or keeps us from reading so far."""
    return finding.line == line or (finding.code == "yaml-syntax" and finding.line < line)


def _name(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.path, finding.message


def _told(findings: Iterable[Finding]) -> set[tuple[str, str, str]]:
    return {_name(one) for one in findings}


def _without(outline: Outline, line: int) -> Outline:
    return [one for one in outline if one[1] != line]


def _data(content: bytes) -> Any:
    return parse(content, PROGRAM_LIMITS).data


def _with_entry(data: Any, meant: Meant) -> Any:
    """Return data with the entry that is meant."""
    if not meant.path:
        return {**data, **_data(meant.text.encode())}
    step, *rest = meant.path
    inner = _with_entry(data[step], replace(meant, path=tuple(rest)))
    if isinstance(data, dict):
        return {**data, step: inner}
    return [inner if place == step else one for place, one in enumerate(data)]
