"""What a message says of a value, a list of words, a file that can't be read, and a zone."""

from pathlib import Path

import pytest

from mentorship_action.records.fixes.nearest import nearest_zone
from mentorship_action.records.phrases import listed_words
from mentorship_action.records.source import read_source
from mentorship_action.records.validate import check_record
from tests.records.places import PROGRAM, RECORD


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "it is empty"),
        ("true", "it is `true`"),
        ("false", "it is `false`"),
        ("{a: b}", "it holds keys with values"),
        ("[4]", "it is a list"),
        ("many", "it is the text `many`"),
        ("' '", "it is an empty text"),
        ("4.5", "it is the number `4.5`"),
    ],
)
def test_a_message_says_what_stands_where_a_number_is_needed(written: str, said: str) -> None:
    data = RECORD.replace("hours_per_week: 5", f"hours_per_week: {written}").encode()

    findings = check_record("mentees/octocat.yml", data, PROGRAM).findings

    assert [said in one.message for one in findings if one.path == "hours_per_week"] == [True]


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ([], ""),
        (["a"], "`a`"),
        (["a", "b"], "`a` and `b`"),
        (["a", "b", "c"], "`a`, `b` and `c`"),
        (["a", "b", "c", "d"], "`a`, `b`, `c` and 1 more"),
        (["a", "b", "c", "d", "e"], "`a`, `b`, `c` and 2 more"),
    ],
)
def test_words_beyond_the_most_are_counted(words: list[str], listed: str) -> None:
    assert listed_words(words, most=3) == listed


def test_a_file_that_is_not_there_is_no_odd_file(tmp_path: Path) -> None:
    problem = read_source(tmp_path / "octocat.yml", 1000, "octocat.yml").problem

    assert problem is not None
    assert problem.code == "unreadable-file"
    assert "no such file" in problem.message


@pytest.mark.parametrize(
    ("city", "zone"),
    [
        ("indianapolis", "America/Indiana/Indianapolis"),
        ("louisville", "America/Kentucky/Louisville"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("catamarca", "America/Argentina/Catamarca"),
        ("cordoba", "America/Argentina/Cordoba"),
        ("jujuy", "America/Argentina/Jujuy"),
        ("mendoza", "America/Argentina/Mendoza"),
    ],
)
def test_of_two_zones_of_a_city_the_first_by_name_is_meant(city: str, zone: str) -> None:
    assert nearest_zone(city) == zone
