"""The YAML parser's errors in plain words, at the place where each can be fixed."""

from typing import Final

from ruamel.yaml.error import YAMLError

from mentorship_action.records.codes import Code
from mentorship_action.records.places import START, Spot, mark_spot
from mentorship_action.records.problems import Problem
from mentorship_action.records.source import split_lines

DIRECTIVE: Final = (
    "A line that begins with `%` changes how YAML is read.",
    "Delete the line.",
)
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


_FENCES: Final = ("```", "~~~")


def complaint(error: YAMLError, data: bytes) -> Problem:
    """Return the parser's error in plain words, at the place where it can be fixed."""
    problem = str(getattr(error, "problem", None) or "")
    lines = split_lines(data.decode("utf-8")) or [""]
    stop = _not_beyond(lines, _spot_of(error, "problem_mark") or START)
    start = _spot_of(error, "context_mark") or stop
    for number in (stop.line - 1, stop.line):
        if number and lines[number - 1].lstrip().startswith(_FENCES):
            return _fence(number)
    if "cannot start any token" in problem:
        character = lines[stop.line - 1][stop.column - 1 : stop.column]
        if character in _ODD_STARTS:
            message, hint = _ODD_STARTS[character]
            return Problem("yaml-syntax", stop, message, hint)
    if "mapping values are not allowed" in problem and _lacks_colon(lines, stop.line - 1):
        # The parser takes such a line for the start of a long text and notices a line later.
        above = lines[stop.line - 2]
        start = Spot(stop.line - 1, len(above) - len(above.lstrip()) + 1)
        problem = "could not find expected ':'"
    for words, place, message, hint in _EXPLAINED:
        if words in problem:
            code: Code = "yaml-directive" if words == "directive" else "yaml-syntax"
            return Problem(code, start if place == "start" else stop, message, hint)
    return Problem(
        "yaml-syntax",
        stop,
        "From here on the file can't be read as YAML.",
        "Compare the line, and the one above it, with the example in mentees/README.md: colons, "
        "quotes, brackets and the number of spaces at the start.",
    )


def _spot_of(error: YAMLError, name: str) -> Spot | None:
    mark = getattr(error, name, None)
    return None if mark is None else mark_spot(mark)


def _fence(number: int) -> Problem:
    message = "The ``` lines around an example belong to the page that shows it, not to the file."
    return Problem("yaml-syntax", Spot(number, 1), message, "Delete the ``` lines.")


def _lacks_colon(lines: list[str], number: int) -> bool:
    """Whether a line, counted from 1, holds text without a key."""
    text = lines[number - 1].strip() if number else ""
    return bool(text) and ":" not in text and not text.startswith(("-", "#"))


def _not_beyond(lines: list[str], spot: Spot) -> Spot:
    """Return a place behind all text as the end of the last line that has any."""
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)
    return spot if spot.line <= last else Spot(last, len(lines[last - 1].rstrip()) + 1)
