"""Dates and numbers as pages say them."""

from datetime import date

import pytest

from mentorship_action.domain.text import counted
from mentorship_action.publish.pages import day_span


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2027, 2, 8), date(2027, 2, 28), "8 to 28 February 2027"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 November to 6 December 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
        (date(2026, 2, 2), date(2027, 2, 3), "2 February 2026 to 3 February 2027"),
    ],
)
def test_days_name_month_and_year_once_where_they_can(first: date, last: date, text: str) -> None:
    assert day_span(first, last) == text


@pytest.mark.parametrize(("number", "text"), [(0, "0 weeks"), (1, "1 week"), (1000, "1,000 weeks")])
def test_numbers_agree_with_their_noun(number: int, text: str) -> None:
    assert counted(number, "week") == text
