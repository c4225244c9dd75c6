"""A record that is written as a file is read as the same record."""

from dataclasses import replace
from pathlib import Path

import pytest

from mentorship_action.domain.record import Status
from mentorship_action.records.places import shown_path, spoken_path
from mentorship_action.records.validate import check_record
from mentorship_action.records.write import as_file, record_text
from tests.records.places import PROGRAM, RECORD
from tests.records.test_examples import PROGRAM as EXAMPLES_PROGRAM
from tests.records.test_examples import VALID, stem


@pytest.mark.parametrize("path", VALID, ids=stem)
def test_a_record_survives_its_own_file(path: Path) -> None:
    file = f"mentees/{path.name}"
    record = check_record(file, path.read_bytes(), EXAMPLES_PROGRAM).record
    assert record is not None

    again = check_record(file, record_text(record).encode(), EXAMPLES_PROGRAM).record

    assert again == record


@pytest.mark.parametrize("status", Status)
def test_only_an_unusual_status_is_written(status: Status) -> None:
    record = check_record("mentees/octocat.yml", RECORD.encode(), PROGRAM).record
    assert record is not None

    text = record_text(replace(record, status=status))

    assert ("status:" in text) == (status is not Status.ACTIVE)


def test_words_stand_on_one_line_and_texts_on_their_own() -> None:
    data = {
        "focus": ["linting", "language-server"],
        "goals": ["Learn", "See: more"],
        "links": [],
        "agreements": {"code_of_conduct": True},
        "chat": {"network": "irc", "handle": "@octo"},
    }

    assert as_file(data) == (
        "focus: [linting, language-server]\n"
        "goals:\n"
        "  - Learn\n"
        '  - "See: more"\n'
        "links: []\n"
        "agreements:\n"
        "  code_of_conduct: true\n"
        'chat: {network: irc, handle: "@octo"}\n'
    )


@pytest.mark.parametrize(
    ("path", "shown", "spoken"),
    [
        ((), "", ""),
        (("goals",), "goals", "goals"),
        (("goals", 0), "goals[0]", "goals, first item"),
        (("goals", 9), "goals[9]", "goals, tenth item"),
        (("goals", 10), "goals[10]", "goals, item 11"),
        (("meeting", "day"), "meeting.day", "meeting.day"),
        (("away", 1, "from"), "away[1].from", "away, second item, from"),
        (("a", 10, "b", "c"), "a[10].b.c", "a, item 11, b.c"),
        (("a", 1, 2), "a[1][2]", "a, second item, third item"),
        (("x" * 50 + "\n",), "x" * 40, "x" * 40),
        (("a\u200b",), "a<U+200B>", "a<U+200B>"),
    ],
)
def test_a_path_is_shown_to_programs_and_spoken_to_people(
    path: tuple[str | int, ...], shown: str, spoken: str
) -> None:
    assert shown_path(path) == shown
    assert spoken_path(path) == spoken
