"""Of several issues with one key, the same one stands for it in every run."""

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from mentorship_action.domain.bot_state import marker, section
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.pulls import Author
from mentorship_action.domain.snapshot import Issue, Snapshot

KEY = Key(kind=Kind.TRACKER, mentee="ada")
WHEN = datetime(2026, 12, 1, tzinfo=UTC)


def issue(number: int, **changes: Any) -> Issue:
    return Issue(
        **{
            "number": number,
            "title": "Mentorship",
            "body": marker(KEY),
            "author": Author(login="bot", id=1),
            "is_open": True,
            "created": WHEN,
            "updated": WHEN,
            **changes,
        }
    )


OPEN_AND_SILENT = issue(4)
CLOSED_WITH_COMMENTS = issue(1, is_open=False, comments=9)
OPEN_WITH_COMMENTS = issue(3, comments=1)
OPEN_AND_SILENT_BUT_OLDER = issue(2)


@pytest.mark.parametrize(
    ("survivor", "others"),
    [
        (OPEN_AND_SILENT, [CLOSED_WITH_COMMENTS]),
        (OPEN_WITH_COMMENTS, [OPEN_AND_SILENT_BUT_OLDER]),
        (OPEN_AND_SILENT_BUT_OLDER, [OPEN_AND_SILENT]),
        (CLOSED_WITH_COMMENTS, [issue(2, is_open=False, comments=9)]),
        (OPEN_WITH_COMMENTS, [OPEN_AND_SILENT, OPEN_AND_SILENT_BUT_OLDER, CLOSED_WITH_COMMENTS]),
    ],
    ids=["open before closed", "where people spoke", "the oldest", "all closed", "of many"],
)
def test_the_survivor_is_open_where_people_spoke_and_the_oldest_in_this_order(
    survivor: Issue, others: list[Issue]
) -> None:
    for order in permutations([survivor, *others]):
        assert Snapshot(me="bot", issues=order).survivors == {KEY: survivor}


def test_an_issue_of_somebody_else_stands_for_nothing() -> None:
    theirs = issue(1, author=Author(login="mallory", id=2))
    assert Snapshot(me="bot", issues=(theirs, OPEN_AND_SILENT)).survivors == {KEY: OPEN_AND_SILENT}
    assert Snapshot(me="bot", issues=(theirs,)).trackers == {}


def test_an_issue_of_a_former_identity_is_ours() -> None:
    former = issue(1, author=Author(login="Old-Bot", id=2))
    snapshot = Snapshot(me="bot", former=frozenset({"old-bot"}), issues=(former,))
    assert snapshot.trackers == {"ada": former}


def test_the_accounts_of_pairs_and_of_teams_are_known_by_login() -> None:
    team = marker(Key(kind=Kind.TRACKER, team="blue", term="spring"))
    kept = section("summary", "all", {"members": "edsger:7,tony:0,x:many"})
    pair = section("summary", "all", {"account": 5})
    some = (issue(1, body=f"{marker(KEY)}\n{pair}"), issue(2, body=f"{team}\n{kept}"))
    snapshot = Snapshot(me="bot", issues=some)
    assert snapshot.accounts_of_trackers == {"ada": 5, "edsger": 7}
    assert snapshot.trackers["spring/team:blue"].members == {"edsger": 7, "tony": 0, "x": 0}
