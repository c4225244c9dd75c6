"""Agenda items are found where people write them, and are carried over with their age."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.agenda import (
    AgendaItem,
    agenda_memory,
    agenda_of,
    carried,
    items_in,
)
from mentorship_action.wording.markdown import escape


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("- [ ] Read the guide", ["Read the guide"]),
        ("* [ ] one\n+ [x] two\n3. [X] three\r\n", ["one", "two", "three"]),
        ("  - [ ] nested", ["nested"]),
        ("- [ ]   many   blanks\t here ", ["many blanks here"]),
        ("text - [ ] in a line", []),
        ("- [] no box\n- [y] no box\n-[ ] no list", []),
        ("- [ ]\n- [ ] \u200b", []),
        ("> - [ ] quoted\nstill quoted\n\n- [ ] mine", ["mine"]),
        ("```\n- [ ] example\n```\n- [ ] mine", ["mine"]),
        ("<!--\n- [ ] hidden\n-->- [ ] behind\n- [ ] mine", ["mine"]),
    ],
)
def test_items_are_what_people_wrote_themselves(body: str, texts: list[str]) -> None:
    """Items in quotes, fences and hidden comments are nobody's."""
    assert [item.text for item in items_in(body)] == texts


def test_an_item_is_done_when_it_is_ticked_anywhere() -> None:
    """Equal texts are one item, whatever their case."""
    items = agenda_of("- [ ] Fix the test", [("", "- [x] fix the test\n- [ ] Ask Ada")], {})
    assert [(item.text, item.is_done) for item in items] == [
        ("Fix the test", True),
        ("Ask Ada", False),
    ]


def test_open_items_are_carried_and_age() -> None:
    """What a check-in brought along is one check-in older in the next, and new items begin at 1."""
    first = carried(agenda_of("- [ ] old\n- [x] done", [], {}))
    body = "".join(f"- [ ] {item.text} <sub>{item.weeks}</sub>\n" for item in first)
    kept = agenda_memory(first, body)
    second = carried(agenda_of(body, [("", "- [ ] new")], kept))
    assert [(item.text, item.weeks) for item in second] == [("old", 2), ("new", 1)]


def test_our_own_boxes_are_no_items() -> None:
    """Boxes of the template stay behind, also when people tick around them."""
    items = (AgendaItem(text="theirs", weeks=1),)
    body = "- [ ] theirs\n- [ ] We talked"
    kept = agenda_memory(items, body)
    now = "- [ ] theirs\n- [ ] We talked\n- [ ] added"
    assert [item.text for item in agenda_of(now, [], kept)] == ["theirs", "added"]


def test_damaged_ages_count_as_new() -> None:
    """Nobody can stop a check-in by editing what it keeps."""
    kept = {"ages": "x,:,a:b,c:99999,"}
    assert [item.weeks for item in agenda_of("- [ ] a", [], kept)] == [0]


def test_items_are_bounded_in_length() -> None:
    """A long item is cut, and stays the same item when it is read again."""
    first, *_ = items_in(f"- [ ] {'x' * 400}")
    assert len(first.text) == 300
    again, *_ = items_in(f"- [ ] {escape(first.text)}")
    assert again == first


@given(st.text(max_size=40))
def test_an_item_stays_the_same_item_however_often_it_is_carried(text: str) -> None:
    """What we escape and read back is the item that it was: none is doubled or lost."""
    for first in list(items_in(f"- [ ] {text}"))[:1]:
        shown = f"- [ ] {escape(first.text)} <sub>2nd week</sub>"
        again = list(items_in(shown))
        assert [item.digest for item in again] == [first.digest]


def test_an_item_stays_with_whose_it_is() -> None:
    first = carried(agenda_of("- [ ] for all", [("ada", "- [ ] mine")], {}))
    assert [(item.text, item.by) for item in first] == [("for all", ""), ("mine", "ada")]
    body = "- [ ] for all\n- [ ] mine"
    second = carried(agenda_of(body, [("tony", "- [ ] mine")], agenda_memory(first, body)))
    assert [(item.by, item.weeks) for item in second] == [("", 2), ("ada", 2)]
