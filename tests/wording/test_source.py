"""The program that these templates began with: each of its items, links and numbers is carried."""

from pathlib import Path

import pytest

from mentorship_action.wording.render import Wording
from tests.wording.states import tracker

ROOT = Path(__file__).parents[2]
JOIN = (ROOT / "mentees" / "README.md").read_text(encoding="utf-8")
TRACKER = Wording(overrides={}).render(tracker()).body
MENTEE, _, REST = TRACKER.partition("**Tips**")
TIPS, _, MENTOR = REST.partition("## For @ganeshrn")


def test_each_side_has_its_whole_checklist() -> None:
    assert MENTEE.count("- [ ] ") == 8
    assert TIPS.count("\n- ") == 3
    assert MENTOR.count("- [ ] ") == 4


@pytest.mark.parametrize(
    "item",
    [
        *("[code of conduct](<https://example.org/conduct>)", "nice and friendly"),
        *("`#example`", "[Matrix or IRC](<https://example.org/chat>)", "permanent username"),
        *("same as on GitHub", "Matrix keeps messages", "bouncer"),
        *("[forum](<https://example.org/forum>)", "social", "overdo", "know your name"),
        *("weekly meeting", "30 minutes", "chat", "agenda", "You drive", "focus on"),
        *("very easy changes", "harder ones", "unrelated problem", "Fix it yourself", "persuade"),
    ],
)
def test_the_mentees_checklist_has(item: str) -> None:
    assert item in MENTEE


@pytest.mark.parametrize("item", ["public channel", "security", "personal", "directions", "CI/CD"])
def test_the_tips_have(item: str) -> None:
    assert item in TIPS


@pytest.mark.parametrize(
    "item",
    [
        *("Meet your mentee regularly", "goals", "public and in private channels"),
        *("learn from each other", "your way is the right one", "question anything", "new ideas"),
    ],
)
def test_the_mentors_checklist_has(item: str) -> None:
    assert item in MENTOR


@pytest.mark.parametrize(
    "item",
    [
        *("private message", "chat", "e-mail", "4 hours a week", "a few months"),
        *("what you want to gain", "which areas you want to focus on"),
        *("https://github.com/ssbarnea", "https://github.com/ganeshrn"),
        "https://github.com/distronode/devtools/discussions/81",
        "https://docs.distronode.com/distronode/latest/community/code_of_conduct.html",
        "https://docs.distronode.com/distronode/latest/community/communication.html#working-groups",
        *("https://twitter.com/i/communities/1530798265561714693", "https://www.reddit.com/r/"),
        *("#distronode-devtools", "bouncer"),
    ],
)
def test_the_page_for_mentees_has(item: str) -> None:
    assert " ".join(item.split()) in " ".join(JOIN.split())
