"""A change of one value leaves all else in a file as its author wrote it."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.records.edit import REMOVE, edit
from mentorship_action.records.source import PROGRAM_LIMITS
from mentorship_action.records.yaml import parse
from tests.drawing import draws

FILE = """\
# My file.
github:   octocat   # me
name: 'Mona: the "cat"'
status: active
weeks:
# The hours are a guess.
hours_per_week: 5

meeting:
  day: tue  # mostly
  time: "17:00"
availability:
- {days: [mon, tue], from: 17:00, to: "20:00"}
# Fridays later
- days: [fri]
  from: "18:00"
  to: "20:00"
goals:
  - Learn   # first
  - >-
    Review
    a lot
focus: [ linting,  testing ]  # both
chat: { network: matrix, handle: "@octocat:matrix.org" }
links: []
agreements: {code_of_conduct: true, asked_mentor: true}  # yes
# The end.
"""


def changed_lines(before: str, after: str) -> list[tuple[str, ...]]:
    """Return the lines that are gone, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [
        tuple(one for one in old if one not in new),
        tuple(one for one in new if one not in old),
    ]


@pytest.mark.parametrize(
    ("path", "value", "gone", "come"),
    [
        (("status",), "paused", ("status: active",), ("status: paused",)),
        (("github",), "hubot", ("github:   octocat   # me",), ("github:   hubot   # me",)),
        (("name",), "Lisa", ("name: 'Mona: the \"cat\"'",), ("name: Lisa",)),
        (("weeks",), 16, ("weeks:",), ("weeks: 16",)),
        (("meeting", "day"), "fri", ("  day: tue  # mostly",), ("  day: fri  # mostly",)),
        (("meeting", "minutes"), 45, (), ("  minutes: 45",)),
        (
            ("meeting",),
            {"day": "fri", "time": "17:00"},
            ("  day: tue  # mostly",),
            ("  day: fri  # mostly",),
        ),
        (("meeting", "time"), REMOVE, ('  time: "17:00"',), ()),
        (
            ("availability", 0, "to"),
            "21:00",
            ('- {days: [mon, tue], from: 17:00, to: "20:00"}',),
            ('- {days: [mon, tue], from: 17:00, to: "21:00"}',),
        ),
        (
            ("availability", 2),
            {"days": ["sun"], "from": "09:00", "to": "10:00"},
            (),
            ('- {days: [sun], from: "09:00", to: "10:00"}',),
        ),
        (("availability", 1, "from"), "19:00", ('  from: "18:00"',), ('  from: "19:00"',)),
        (("goals", 1), "Teach", ("  - >-", "    Review", "    a lot"), ("  - Teach",)),
        (("goals", 2), "Teach", (), ("  - Teach",)),
        (("goals", 0), REMOVE, ("  - Learn   # first",), ()),
        (
            ("focus", 1),
            REMOVE,
            ("focus: [ linting,  testing ]  # both",),
            ("focus: [ linting ]  # both",),
        ),
        (
            ("focus", 0),
            REMOVE,
            ("focus: [ linting,  testing ]  # both",),
            ("focus: [ testing ]  # both",),
        ),
        (
            ("chat", "network"),
            REMOVE,
            ('chat: { network: matrix, handle: "@octocat:matrix.org" }',),
            ('chat: { handle: "@octocat:matrix.org" }',),
        ),
        (
            ("links", 0),
            "https://octocat.example",
            ("links: []",),
            ("links: [https://octocat.example]",),
        ),
        (
            ("away",),
            [{"from": "2026-12-24", "to": "2027-01-01"}],
            (),
            ("away: [{from: 2026-12-24, to: 2027-01-01}]",),
        ),
        (("away", "x"), 1, (), ("away: {x: 1}",)),
        (("status",), REMOVE, ("status: active",), ()),
    ],
)
def test_only_the_lines_of_the_value_change(
    path: tuple[str | int, ...], value: Any, gone: tuple[str, ...], come: tuple[str, ...]
) -> None:
    after = edit(FILE.encode(), {path: value}).decode()

    assert changed_lines(FILE, after) == [gone, come]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_stay(end: str, last: bool) -> None:  # noqa: FBT001
    text = "a: 1\nb: 2" + ("\n" if last else "")
    wanted = "a: 3\nb: 2\nc: 4" + ("\n" if last else "")

    after = edit(text.replace("\n", end).encode(), {("a",): 3, ("c",): 4})

    assert after == wanted.replace("\n", end).encode()


@pytest.mark.parametrize(
    "text",
    ["{github: octocat, status: active}\n", "{\n  github: octocat,\n  status: active\n}\n"],
)
def test_a_file_in_brackets_is_edited_as_well(text: str) -> None:
    after = edit(text.encode(), {("status",): "paused", ("weeks",): 4})

    assert parse(after, PROGRAM_LIMITS).data == {
        "github": "octocat",
        "status": "paused",
        "weeks": 4,
    }


@pytest.mark.parametrize("text", ["a: [", "- a\n", "a: &x 1\n", "", "a: 1\na: 2\n"])
def test_what_cannot_be_read_is_not_edited(text: str) -> None:
    with pytest.raises(ValueError, match="can be read"):
        edit(text.encode(), {("a",): 1})


def test_a_key_that_is_not_there_is_gone_already() -> None:
    assert edit(FILE.encode(), {("nothing",): REMOVE}) == FILE.encode()


@pytest.mark.parametrize("path", [("goals", 7), ("github", "x")])
def test_a_path_that_leads_nowhere_is_an_error(path: tuple[str | int, ...]) -> None:
    with pytest.raises(ValueError, match="leads nowhere"):
        edit(FILE.encode(), {path: REMOVE})


def test_a_change_to_the_same_value_changes_nothing() -> None:
    assert edit(FILE.encode(), {("hours_per_week",): 5}) == FILE.encode()


DATA = parse(FILE.encode(), PROGRAM_LIMITS).data
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(0, 99)
    | st.sampled_from(["a", "a b", "#", "y: n", "é"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["day", "x", "on"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def paths_of(value: Any) -> list[tuple[Any, ...]]:
    """Return the path of every part of a value."""
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    else:
        return [()]
    return [(), *((key, *rest) for key, part in parts for rest in paths_of(part))]


@draws(100)
@given(
    path=st.sampled_from([path for path in paths_of(DATA) if path]),
    value=VALUES | st.just(REMOVE),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_the_file_means_what_was_asked_for_and_keeps_its_other_lines(
    path: tuple[Any, ...], value: Any, end: str
) -> None:
    wanted = copy.deepcopy(DATA)
    inner: Any = wanted
    for step in path[:-1]:
        inner = inner[step]
    if value is REMOVE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value

    after = edit(FILE.replace("\n", end).encode(), {path: value})

    assert json.dumps(parse(after, PROGRAM_LIMITS).data, sort_keys=True) == json.dumps(
        wanted, sort_keys=True
    )
    assert after.count(b"\r\n") == (after.count(b"\n") if end == "\r\n" else 0)
    kept = {"# My file.", "# The hours are a guess.", "# The end."}
    assert kept <= set(after.decode().splitlines())
