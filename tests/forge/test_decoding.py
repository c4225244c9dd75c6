"""Whatever comes over the wire is read as what it should be, or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.forge.github import decoding, queries
from mentorship_action.forge.github.errors import UNREADABLE
from tests.rig.blank import filled

PLAIN = {str, int, bool, datetime}
_TOO_EARLY = "0001-01-01T00:00+14:00"
"""A date that is before the first year in UTC."""
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.just("0001-01-01T00:00+14"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)
CLOSED = {
    "number": 1,
    "merged": True,
    "locked": False,
    "author": None,
    "labels": {"nodes": [{"name": "a"}]},
}
DECODERS: dict[str, tuple[Callable[[Any], object], dict[str, Any]]] = {
    "issue": (decoding.issue, filled("issue", labels=[{"name": "a"}], assignees=[{"login": "b"}])),
    "comment": (decoding.issue_comment, filled("issue-comment", issue_url="https://x/issues/1")),
    "pull": (decoding.pull, filled("pull-request-simple")),
    "closed pull": (decoding.closed_pull, filled("pull-request-simple")),
    "review": (decoding.review, filled("pull-request-review", submitted_at="2026-01-01T00:00:00Z")),
    "line comment": (decoding.line_comment, filled("pull-request-review-comment")),
    "tree entry": (decoding.tree_entry, {"path": "a", "mode": "100644", "sha": "b", "size": 1}),
    "viewer": (queries.viewer, {"viewer": {"login": "a", "databaseId": 1}}),
    "pulls": (
        queries.pulls,
        {
            "repository": {
                "defaultBranchRef": {"name": "main"},
                "open": {
                    "pageInfo": {"hasNextPage": True, "endCursor": "1"},
                    "nodes": [
                        {
                            "number": 1,
                            "url": "https://x",
                            "createdAt": "2026-01-01T00:00:00Z",
                            "updatedAt": "2026-01-01T00:00:00Z",
                            "baseRefName": "main",
                            "headRefName": "topic",
                            "headRefOid": "a",
                            "isCrossRepository": False,
                            "locked": False,
                            "author": {"__typename": "User", "login": "a", "databaseId": 1},
                            "labels": {"nodes": [{"name": "a"}]},
                            "files": {"pageInfo": {"hasNextPage": False}, "nodes": [{"path": "a"}]},
                        }
                    ],
                },
                "closed": {"nodes": [CLOSED]},
                "merged": {"nodes": [CLOSED]},
            }
        },
    ),
}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each part of a JSON value."""
    yield path
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in keys:
        yield from places(value[key], (*path, key))


def with_part(value: Any, path: tuple[Any, ...], part: Any) -> Any:
    """Return a JSON value with another part at a place."""
    if not path:
        return part
    key, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[key] = with_part(value[key], tuple(rest), part)
    return copy


@pytest.mark.parametrize("name", DECODERS)
@given(data=st.data())
def test_whatever_comes_is_read_as_it_should_be_or_not_at_all(
    name: str, data: st.DataObject
) -> None:
    decode, whole = DECODERS[name]
    decode(whole)
    part = data.draw(st.sampled_from(list(places(whole))))

    try:
        made = decode(with_part(whole, part, data.draw(JSON)))
    except UNREADABLE:
        return
    assert well_typed(made)


def well_typed(made: object) -> bool:
    """Whether all that a value holds is of the types that its class promises."""
    if isinstance(made, list | tuple):
        return all(map(well_typed, made))
    if not is_dataclass(made):
        return True
    hints = get_type_hints(type(made))
    parts = {part.name: getattr(made, part.name) for part in fields(made)}
    return all(
        well_typed(value) and (hints[name] not in PLAIN or type(value) is hints[name])
        for name, value in parts.items()
    )


def test_a_pull_request_to_another_branch_is_none_of_ours() -> None:
    _, page = DECODERS["pulls"]
    ours = page["repository"]["open"]["nodes"][0]
    other = {**ours, "number": 2, "baseRefName": "release"}
    nodes = with_part(page, ("repository", "open", "nodes"), [ours, other])
    whole = filled("pull-request-simple")
    base = {**whole["base"], "repo": {"default_branch": "main"}}

    assert [pull.number for pull in queries.pulls(nodes).open] == [1]
    assert decoding.goes_to_default_branch({**whole, "base": {**base, "ref": "main"}})
    assert not decoding.goes_to_default_branch({**whole, "base": {**base, "ref": "release"}})


def test_who_writes_as_a_bot_is_no_person() -> None:
    assert not decoding.author({"login": "x[bot]", "id": 1, "type": "User"}).is_person
    assert not decoding.author({"login": "x", "id": 1, "type": "Bot"}).is_person
    assert decoding.author({"login": "x", "id": 1, "type": "User"}).is_person
    assert decoding.author(None) == decoding.GHOST == decoding.author({"login": "ghost", "id": 7})
