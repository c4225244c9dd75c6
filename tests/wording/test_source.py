"""The program that these templates began with: each of its items, links and numbers is carried."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import WORDING
from tests.wording.states import BARE, tracker

ROOT = Path(__file__).parents[2]
JOIN = (ROOT / "mentees" / "README.md").read_text(encoding="utf-8")
TRACKER = WORDING.render(tracker()).body
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
        *("upstream projects", "Python ecosystem", "maintain one of them"),
    ],
)
def test_the_page_for_mentees_has(item: str) -> None:
    assert " ".join(item.split()) in " ".join(JOIN.split())


@pytest.mark.parametrize("word", ["on chat", "channel", "Matrix", "IRC", "bouncer", "discussion"])
def test_a_program_without_a_chat_speaks_of_none(word: str) -> None:
    assert word not in WORDING.render(tracker(program=BARE)).body


def test_a_channel_alone_is_named_without_a_network() -> None:
    body = WORDING.render(tracker(program=replace(BARE, channel="#garden"))).body
    assert "Join `#garden` with a permanent username" in body
    assert "IRC" not in body


def test_the_discussion_is_where_one_says_hello() -> None:
    assert "Say hello in [our discussion](<https://" in MENTEE


def test_who_cannot_tick_learns_of_the_commands_that_do() -> None:
    assert {"`/checklist`", "`/done 1 3`", "`/help`"} <= set(re.findall("`/[^`]+`", TRACKER))
