"""Text of one line: nothing unseen, quoted so that it ends where it should."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.text import (
    inline_code,
    is_unseen,
    number_unseen,
    one_line,
    quote,
    without_unseen,
)


@pytest.mark.parametrize(
    "char",
    [
        *("\x00", "\x1b", "\x7f", "\x85", "\u061c", "\u180e", "\u200b", "\u200d", "\u200f"),
        *("\u2028", "\u2029", "\u202e", "\u2066", "\ufeff", "\ufff9", "\ud800", "\U000e0041"),
    ],
)
def test_what_shows_nothing_is_unseen(char: str) -> None:
    assert is_unseen(char)
    assert without_unseen(f"a{char}b") == "ab"
    assert number_unseen(f"a{char}b") == f"a<U+{ord(char):04X}>b"


@pytest.mark.parametrize("char", ["a", " ", "\t", "\n", "\r", "é", "ש", "\ufe0f", "😀", "\u0301"])
def test_letters_emoji_and_line_ends_are_seen(char: str) -> None:
    assert not is_unseen(char)


@given(st.text(max_size=60))
def test_one_line_has_no_control_character_and_no_two_blanks(text: str) -> None:
    line = one_line(text)
    assert not any(is_unseen(char) or unicodedata.category(char) == "Cc" for char in line)
    assert line == line.strip()
    assert "  " not in line
    assert one_line(line) == line


def test_a_long_line_is_cut_with_an_ellipsis() -> None:
    assert one_line("a" * 10, 5) == "aaaa…"
    assert one_line("a" * 5, 5) == "aaaaa"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain", "`plain`"),
        ("a`b", "`a'b`"),
        ("tab\there", "`tab<U+0009>here`"),
        ("x" * 41, f"`{'x' * 40}…`"),
        (12, "`12`"),
    ],
)
def test_a_quote_ends_at_its_own_backtick(value: object, shown: str) -> None:
    assert quote(value) == shown


@pytest.mark.parametrize(
    ("text", "code"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("a``b`", "``` a``b` ```")],
)
def test_inline_code_is_fenced_by_more_backticks_than_it_holds(text: str, code: str) -> None:
    assert inline_code(text) == code
