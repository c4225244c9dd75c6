"""Questions and stuck people are recognized in what they write."""

import pytest

from mentorship_action.domain.signs import asks, is_stuck


@pytest.mark.parametrize(
    "body",
    [
        "/stuck",
        "Hello\n/stuck on the linker",
        "**Did:** tests\n**Next:** docs\n**Stuck:** the CI is red",
        "Did: x\nStuck: CI",
        "**Stuck**: CI",
        "**Stuck:**\n\nThe CI is red since Monday.",
        "- Stuck: CI",
        "__Stuck:__ CI",
    ],
)
def test_a_filled_part_or_the_command_says_stuck(body: str) -> None:
    """Both ways count, in the shapes in which people fill in the block."""
    assert is_stuck(body)
    assert asks(body)


@pytest.mark.parametrize(
    "body",
    [
        "**Did:** a\n**Next:** b\n**Stuck:**",
        "**Stuck:** nothing",
        "Stuck: -\nThanks",
        "**Stuck:** No.",
        "**Stuck:**\n**Next:** docs",
        "**Stuck:** …\n",
        "> **Stuck:** the CI is red",
        "```\n/stuck\n```",
        "I was stuck yesterday",
        "/stuckness",
    ],
)
def test_an_empty_part_says_nothing(body: str) -> None:
    """Who leaves the part empty, quotes, or tells a story is not stuck."""
    assert not is_stuck(body)


@pytest.mark.parametrize("body", ["Is it red?", "这样对吗\uff1f", "see https://a.b/?q=1 ok?"])
def test_a_question_mark_asks(body: str) -> None:
    """In any script."""
    assert asks(body)


@pytest.mark.parametrize("body", ["Done.", "> Is it red?", "see https://a.b/?q=1", "`ok`"])
def test_addresses_and_quotes_ask_nothing(body: str) -> None:
    """A question mark in an address, or somebody else's, is no question."""
    assert not asks(body)
