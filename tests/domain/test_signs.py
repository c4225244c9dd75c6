"""Questions and stuck people are recognized in what they write."""

import pytest

from mentorship_action.domain.signs import asks, fills_stuck


@pytest.mark.parametrize(
    "body",
    [
        "**Stuck:** no idea how to begin, sorry",
        "**Stuck:** nothing works",
        "**Did:** tests\n**Next:** docs\n**Stuck:** the CI is red",
        "Did: x\nStuck: CI",
        "**Stuck**: CI",
        "**Stuck:**\n\nThe CI is red since Monday.",
        "- Stuck: CI",
        "__Stuck:__ CI",
    ],
)
def test_a_filled_part_says_stuck(body: str) -> None:
    """Both ways count, in the shapes in which people fill in the block."""
    assert fills_stuck(body)
    assert asks(body)


@pytest.mark.parametrize(
    "body",
    [
        "**Did:** a\n**Next:** b\n**Stuck:**",
        "**Stuck:** nothing",
        "**Stuck:** no, all good",
        "**Stuck:** Not really!",
        "**Stuck:** nothing so far (thanks for asking)",
        "Stuck: -\nThanks",
        "**Stuck:** No.",
        "**Stuck:**\n**Next:** docs",
        "**Stuck:** …\n",
        "> **Stuck:** the CI is red",
        "```\nStuck: CI\n```",
        "I was stuck yesterday",
    ],
)
def test_an_empty_part_says_nothing(body: str) -> None:
    """Who leaves the part empty, quotes, or tells a story is not stuck."""
    assert not fills_stuck(body)


@pytest.mark.parametrize("body", ["Is it red?", "这样对吗\uff1f", "see https://a.b/?q=1 ok?"])
def test_a_question_mark_asks(body: str) -> None:
    """In any script."""
    assert asks(body)


@pytest.mark.parametrize("body", ["Done.", "> Is it red?", "see https://a.b/?q=1", "`ok`"])
def test_addresses_and_quotes_ask_nothing(body: str) -> None:
    """A question mark in an address, or somebody else's, is no question."""
    assert not asks(body)
