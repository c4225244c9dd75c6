"""A certificate is a picture that shows people's text and runs nothing of it."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from mentorship_action.wording.certificate import Certificate

ALICE = Certificate(
    id="2027-spring/alice",
    program="Example Mentorship",
    name="Alice Árnadóttir",
    mentors=("Ada", "Tony"),
    focus=("linting",),
    first=date(2026, 12, 7),
    last=date(2027, 3, 28),
)
HOSTILE = "</text><script>alert(1)</script>\u202e\u0000\x1b[31m&amp;\"'\n" + "x" * 200


def test_it_says_who_completed_what_with_whom_and_when() -> None:
    shown = "".join(ET.fromstring(ALICE.svg()).itertext())  # noqa: S314 - our own text
    for text in (
        "Alice Árnadóttir",
        "16 weeks of mentorship",
        "Example Mentorship",
        "with Ada, Tony",
        "Monday 7 December 2026 to Sunday 28 March 2027",
        "linting",
    ):
        assert text in shown


def test_equal_people_get_an_equal_picture() -> None:
    assert ALICE.svg() == replace(ALICE).svg()
    assert ALICE.file == "certificates/2027-spring/alice.svg"


@pytest.mark.parametrize("field", ["name", "program"])
def test_hostile_text_is_only_text(field: str) -> None:
    picture = replace(ALICE, **{field: HOSTILE})  # type: ignore[arg-type]
    names = {one.tag.rpartition("}")[2] for one in ET.fromstring(picture.svg()).iter()}  # noqa: S314
    assert names == {"svg", "title", "rect", "g", "text"}


def test_it_fits_into_an_address() -> None:
    assert len(replace(ALICE, name="x" * 100, program="y" * 100).svg()) < 3000
