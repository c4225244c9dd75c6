"""The YAML parser's complaints in plain words, at the place where each can be mended.

Imported for a file that can't be read, alone.
"""

import re
from typing import Final

from _ruamel_yaml import YAMLError

from mentorship_action.records.codes import Code
from mentorship_action.records.yaml import DIRECTIVE, START, Fault, Spot, mark_spot

# The parser's words for what went wrong, and ours. "start" places the finding where the unclosed
# or broken thing begins, rather than where the parser noticed.
_EXPLAINED: Final = (
    (
        "mapping values are not allowed",
        "stop",
        "A second colon makes this line unreadable, or the line above has a value already.",
        'Quote text with a colon in it: `name: "Mona: a cat"`; and check the indentation.',
    ),
    (
        "could not find expected ':'",
        "start",
        "This line has no `key: value`; the colon is missing.",
        "Write a key, a colon, a space and a value: `mentor: ssbarnea`.",
    ),
    (
        "did not find expected ',' or",
        "start",
        "This bracket isn't closed, or a comma is missing between its entries.",
        "Write lists as `[linting, testing]` and mappings as `{day: tue}`.",
    ),
    (
        "unexpected end of stream",
        "start",
        "The quotes that open here are never closed.",
        'Close them at the end of the text: `name: "Mona"`.',
    ),
    (
        "did not find expected key",
        "stop",
        "The indentation doesn't fit the lines above, or text follows a closing quote.",
        "Give all keys of one level the same number of spaces, and quote a text as a whole.",
    ),
    (
        "did not find expected '-' indicator",
        "stop",
        "This line doesn't belong to the list above it.",
        "Begin each entry of a list with `- `, all with the same number of spaces.",
    ),
    (
        "block sequence entries are not allowed",
        "stop",
        "A list can't begin in the middle of a line.",
        "Begin it on the next line, with `- ` before each entry.",
    ),
    (
        "unknown escape character",
        "stop",
        "A backslash inside double quotes has a special meaning, and this one has none.",
        "Use single quotes, or write the backslash twice.",
    ),
    (
        "Unicode character escape code",
        "stop",
        "This escape (a backslash and a number) stands for no character.",
        "Write the character itself.",
    ),
    (
        "did not find expected node content",
        "stop",
        "A value is missing here, or a bracket is open or closed once too often.",
        "Write lists as `[linting, testing]` and mappings as `{day: tue}`.",
    ),
    (
        "expected alphabetic or numeric character",
        "start",
        "A value can't begin with `*` or `&` unless it is quoted.",
        'Put quotes around it: `"*"`.',
    ),
    ("directive", "start", *DIRECTIVE),
)
_ODD_STARTS: Final = {
    "\t": ("A tab indents this line.", "Indent with spaces; YAML takes no tabs there."),
    "%": ("A value can't begin with `%` unless it is quoted.", 'Put quotes around it: `"%"`.'),
    "@": (
        "A value can't begin with `@` unless it is quoted.",
        'Put quotes around it: `handle: "@octocat:matrix.org"`.',
    ),
    "`": ("A value can't begin with a backtick unless it is quoted.", "Put quotes around it."),
}


def complaint(error: YAMLError, data: bytes) -> Fault:
    """Return the parser's complaint in plain words, at the place where it can be mended."""
    problem = str(getattr(error, "problem", None) or "")
    seen = getattr(error, "problem_mark", None)
    stop = START if seen is None else mark_spot(seen)
    begun = getattr(error, "context_mark", None)
    start = stop if begun is None else mark_spot(begun)
    lines = re.split(r"\r\n|\r|\n", data.decode("utf-8"))
    stop = _not_beyond(lines, stop)
    if "cannot start any token" in problem and stop.line <= len(lines):
        character = lines[stop.line - 1][stop.column - 1 : stop.column]
        if character in _ODD_STARTS:
            return Fault(
                "yaml-syntax", stop, *_ODD_STARTS[character], _start_quoted(lines, stop, character)
            )
    if "mapping values are not allowed" in problem:
        above = lines[stop.line - 2] if stop.line > 1 else ":"
        if above.strip() and ":" not in above and not above.lstrip().startswith(("-", "#")):
            # The parser takes such a line for the start of a long text and notices a line later.
            stop = Spot(stop.line - 1, len(above) - len(above.lstrip()) + 1)
            problem = "could not find expected ':'"
            start = stop
    for words, place, message, hint in _EXPLAINED:
        if words in problem:
            code: Code = "yaml-directive" if words == "directive" else "yaml-syntax"
            spot = start if place == "start" else stop
            is_colon = words == "mapping values are not allowed"
            return Fault(code, spot, message, hint, _colon_quoted(lines, spot) if is_colon else "")
    return Fault(
        "yaml-syntax",
        stop,
        "From here on the file can't be read as YAML.",
        "Compare the line, and the one above it, with the example in mentees/README.md: colons, "
        "quotes, brackets and the number of spaces at the start.",
    )


def _start_quoted(lines: list[str], spot: Spot, character: str) -> str:
    """Return the line with its text in quotes; no tab in front of a line is text."""
    # Here and below: a sound file may be read twice, see yaml_flow, and needs none of it.
    from mentorship_action.records.unquoted import with_start_quoted  # noqa: PLC0415

    return "" if character == "\t" else with_start_quoted(lines, spot)


def _colon_quoted(lines: list[str], spot: Spot) -> str:
    """Return the line with the text around a colon in quotes."""
    from mentorship_action.records.unquoted import with_colon_quoted  # noqa: PLC0415

    return with_colon_quoted(lines, spot)


def _not_beyond(lines: list[str], spot: Spot) -> Spot:
    """Return a place behind all text as the end of the last line that has any."""
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)
    return spot if spot.line <= last else Spot(last, len(lines[last - 1].rstrip()) + 1)
