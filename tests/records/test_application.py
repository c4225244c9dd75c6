"""What is wrong with a mentee file only because somebody applies with it today."""

from datetime import date
from pathlib import Path

import pytest

from mentorship_action.records.load import load
from mentorship_action.records.validate import validate_record
from tests.records.places import PROGRAM, RECORD, repository


def codes(text: str, today: date | None) -> list[str]:
    """Return the codes of what is wrong."""
    validation = validate_record("mentees/octocat.yml", text.encode(), PROGRAM, today)
    assert (validation.record is None) == bool(validation.findings)
    return [one.code for one in validation.findings]


# Twelve weeks from 2026-12-07 end with 2027-02-28.
@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 1, 1), []),
        (date(2027, 2, 28), []),
        (date(2027, 3, 1), ["already-over"]),
        (date(2030, 1, 1), ["already-over"]),
        (None, []),
    ],
)
def test_who_applies_for_weeks_that_are_over_is_told(today: date | None, found: list[str]) -> None:
    assert codes(RECORD, today) == found


def test_time_away_counts_towards_the_last_day() -> None:
    away = "away: [{from: 2027-01-04, to: 2027-01-10}]\n"

    assert codes(RECORD + away, date(2027, 3, 7)) == []
    assert codes(RECORD + away, date(2027, 3, 8)) == ["already-over"]


@pytest.mark.parametrize("status", ["completed", "withdrawn"])
def test_what_says_that_it_is_over_may_be(status: str) -> None:
    assert codes(f"{RECORD}status: {status}\n", date(2030, 1, 1)) == []


@pytest.mark.parametrize(
    ("start", "today", "likely"),
    [
        ("2026-01-11", date(2027, 1, 4), "2027-01-11"),
        ("2025-12-07", date(2026, 12, 1), "2026-12-07"),
        ("2006-12-07", date(2026, 12, 1), "2026-12-07"),
        ("2026-01-05", date(2026, 12, 20), "2027-01-05"),
        ("2024-02-29", date(2027, 2, 20), "2028-02-29"),
    ],
)
def test_the_likely_year_is_offered_to_paste(start: str, today: date, likely: str) -> None:
    text = RECORD.replace("2026-12-07", start)

    (finding,) = validate_record("mentees/octocat.yml", text.encode(), PROGRAM, today).findings

    assert (finding.code, finding.line, finding.hint) == (
        "already-over",
        3,
        f"Did you mean `{likely}`?",
    )
    assert finding.fix == f"start: {likely}"
    assert codes(text.replace(start, likely), today) == []


@pytest.mark.parametrize(
    ("text", "today"),
    [
        (RECORD, date(2027, 3, 2)),
        (RECORD.replace("2026-12-07", "2024-02-29"), date(2026, 2, 20)),
    ],
)
def test_where_the_year_is_not_the_mistake_the_day_is_asked_for(text: str, today: date) -> None:
    (finding,) = validate_record("mentees/octocat.yml", text.encode(), PROGRAM, today).findings

    assert finding.hint == "Write the day on which you begin."
    assert finding.fix == ""


def test_a_file_on_the_default_branch_may_be_over(tmp_path: Path) -> None:
    root = repository(tmp_path, octocat=RECORD)

    assert load(root, today=date(2030, 1, 1)).findings == ()
