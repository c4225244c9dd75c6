"""Hours of a week on several clocks, and since when they are apart as they are."""

from datetime import date

from mentorship_action.domain.hours import stretches


def test_a_week_that_begins_on_the_last_day_counts() -> None:
    # New York's clocks change on 14 March 2027, Berlin's two weeks later.
    found = stretches(("America/New_York", "Europe/Berlin"), date(2027, 3, 1), date(2027, 3, 15))

    assert [(one.since, one.ahead) for one in found] == [
        (date(2027, 3, 1), (0, 360)),
        (date(2027, 3, 15), (0, 300)),
    ]
