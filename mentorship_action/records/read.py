"""Bytes to a tree: size, encoding and characters are checked before YAML is read at all."""

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from mentorship_action.records.codes import Code
from mentorship_action.records.quoting import UNSEEN, name_character, plain
from mentorship_action.records.yaml import START, Limits, Path, Spot, Tree, no_tree, parse

if TYPE_CHECKING:
    from mentorship_action.domain.findings import Finding, Meant

RECORD_LIMITS: Final = Limits(size=16 * 1024, values=2_000, depth=8)
# Roomy for thousands of mentors, and still read in a second.
PROGRAM_LIMITS: Final = Limits(size=1024 * 1024, values=60_000, depth=8)

# Tabs and line ends are YAML's own business. NEL and the line separators would shift line numbers.
_FORBIDDEN: Final = f"[{UNSEEN}]"
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_END: Final = r"\r\n|\r|\n"
_MOST_CHARACTERS: Final = 5


class Document(NamedTuple):
    """One file as read. ``tree.data`` is UNKNOWN when it could not be read at all."""

    file: str
    tree: Tree
    findings: "list[Finding]"


def read(file: str, data: bytes, limits: Limits = RECORD_LIMITS) -> Document:
    """Read the bytes of ``file``, of which one beyond ``limits.size`` is enough to refuse it."""
    findings = _refusals(file, data, limits)
    if findings:
        return Document(file, no_tree(), findings)
    tree = parse(data, limits)
    if tree.faults:
        findings = [
            finding(
                file, fault.code, fault.spot, "", fault.message, fault.hint, _as_line(fault.meant)
            )
            for fault in tree.faults
        ]
    return Document(file, tree, findings)


def finding(
    file: str,
    code: Code,
    spot: Spot,
    path: str,
    message: str,
    hint: str,
    meant: "Meant | None" = None,
) -> "Finding":
    """Return an error at a place in a file."""
    # Most files are sound, and then nothing of the domain is loaded at all.
    from mentorship_action.domain.findings import Finding  # noqa: PLC0415

    return Finding(
        code=code,
        file=file,
        line=spot.line,
        column=spot.column,
        path=path,
        message=message,
        hint=hint,
        meant=meant,
    )


def _as_line(text: str) -> "Meant | None":
    """Return what a whole line was meant to be, None for nothing."""
    from mentorship_action.domain.findings import Meant, Part  # noqa: PLC0415 - as in finding

    return Meant(text=text, part=Part.LINE) if text else None


def shown_path(path: Path) -> str:
    """Return a path as findings show it, such as ``goals[2]`` or ``meeting.day``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{plain(step)}"
    return text.removeprefix(".")


def _refusals(file: str, data: bytes, limits: Limits) -> "list[Finding]":
    """Return why the bytes can't be read as text, if so."""
    if len(data) > limits.size:
        return [
            finding(
                file,
                "too-large",
                START,
                "",
                f"The file has more than {limits.size // 1024} KiB; the rest was not read.",
                "Shorten it.",
            )
        ]
    if data.isascii():
        return _forbidden(file, data.decode("ascii")) if _CONTROL.search(data) else []
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return [_byte_order_mark(file, data)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        spot = _spot_in(data[: error.start].decode("utf-8", "replace"))
        return [
            finding(
                file,
                "not-utf8",
                spot,
                "",
                "The file isn't UTF-8 text from here on.",
                "Save it as UTF-8: editors offer this under “Save with encoding”.",
            )
        ]
    return _forbidden(file, text) if re.search(_FORBIDDEN, text) else []


def _byte_order_mark(file: str, data: bytes) -> "Finding":
    if data.startswith(b"\xef"):
        message = "The file begins with an invisible byte order mark."
        hint = "Save it as “UTF-8”, not as “UTF-8 with BOM”."
        return finding(file, "byte-order-mark", START, "", message, hint)
    message = "The file is UTF-16 text, not UTF-8."
    hint = "Save it as UTF-8: editors offer this under “Save with encoding”."
    return finding(file, "not-utf8", START, "", message, hint)


def _forbidden(file: str, text: str) -> "list[Finding]":
    """Return a finding for each of the first characters that one can't see."""
    found = []
    lines = re.split(_LINE_END, text)
    for match in re.finditer(_FORBIDDEN, text):
        spot = _spot_in(text[: match.start()])
        line = lines[spot.line - 1]
        # Whether a line separator stands for a space, or for nothing, who knows.
        is_clear = not re.search("[\u0085\u2028\u2029]", line)
        found.append(
            finding(
                file,
                "forbidden-character",
                spot,
                "",
                f"An invisible character ({name_character(match[0])}) stands here.",
                "Delete it and type the text around it anew; such characters come along when "
                "text is copied.",
                _as_line(re.sub(_FORBIDDEN, "", line)) if is_clear else None,
            )
        )
        if len(found) == _MOST_CHARACTERS:
            break
    return found


def _spot_in(before: str) -> Spot:
    """Return the place right after ``before``, with lines as an editor counts them."""
    lines = re.split(_LINE_END, before)
    return Spot(len(lines), len(lines[-1]) + 1)
