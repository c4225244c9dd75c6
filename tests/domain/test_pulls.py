"""A comment counts as edited from one second on, which is what GitHub's dates can tell."""

from datetime import timedelta

import pytest

from mentorship_action.domain.pulls import Author, Comment
from tests.builders import moment


@pytest.mark.parametrize(
    ("seconds", "is_edited"), [(0, False), (0.001, False), (0.999, False), (1, True), (60, True)]
)
def test_a_comment_is_edited_from_one_second_on(seconds: float, *, is_edited: bool) -> None:
    created = moment("2026-12-07 09:00")
    said = Comment(
        id=1,
        author=Author(login="ada", id=1),
        body="/accept",
        created=created,
        updated=created + timedelta(seconds=seconds),
    )
    assert said.was_edited is is_edited
