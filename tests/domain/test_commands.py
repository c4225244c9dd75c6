"""Commands count at the start of a line of one's own words, and nowhere else."""

import sys
from collections import Counter
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.commands import find_commands, last_command
from mentorship_action.domain.identity import Kind


@pytest.mark.parametrize(
    ("body", "command"),
    [
        ("/accept", "accept"),
        ("/decline", "decline"),
        ("/ACCEPT", "accept"),
        ("/accept, with pleasure!", "accept"),
        ("Hello!\n\n/decline\n\nSorry.", "decline"),
        ("Hello!\r\n/accept\r\n", "accept"),
        ("> will you?\n\n/accept", "accept"),
        ("```\n/decline\n```\n/accept", "accept"),
        ("````\n```\n/decline\n````\n/accept", "accept"),
        ("``` is no fence `\n/accept", "accept"),
    ],
)
def test_a_command_at_the_start_of_a_line_counts(body: str, command: str) -> None:
    assert last_command(body, Kind.APPLICATION) == command


@pytest.mark.parametrize(
    "body",
    [
        "",
        "accept",
        "I would /accept",
        " /accept",
        "> /accept",
        "> will you?\n/accept",
        "`/accept`",
        "/accepted",
        "/accept-all",
        "/accept/decline",
        "/accept\uff45d",
        "\\/accept",
        "- /accept",
        "```\n/accept\n```",
        "```\n``` yaml\n/accept\n```",
        "~~~\n/accept",
        "~~~ a`b\n/accept\n~~~",
        "~~~\n```\n/accept\n~~~",
        "<!--\n/accept\n-->",
    ],
)
def test_what_is_quoted_fenced_hidden_or_in_mid_line_is_none(body: str) -> None:
    assert not find_commands(body, Kind.APPLICATION)


def test_a_line_that_names_both_commands_is_our_own_question_and_no_answer() -> None:
    assert not find_commands("/accept or /decline; no reasons needed.", Kind.APPLICATION)


def test_of_two_commands_the_last_one_counts() -> None:
    assert last_command("/accept\nOh, no:\n/decline", Kind.APPLICATION) == "decline"


@given(st.text(alphabet="/acept >`~\n\r<!-", max_size=60))
def test_quoting_a_comment_takes_its_commands_away(body: str) -> None:
    assert not find_commands("\n".join(f"> {line}" for line in body.split("\n")), Kind.APPLICATION)


@given(st.text(max_size=60))
def test_no_text_breaks_the_search(body: str) -> None:
    find_commands(body, Kind.APPLICATION)
    find_commands(f"```\n{body}", Kind.APPLICATION)


def test_a_command_counts_only_where_the_table_says() -> None:
    assert not find_commands("/accept", Kind.CHECK_IN)
    assert not find_commands("/handover @linus", Kind.APPLICATION)
    assert find_commands("/handover @linus", Kind.CHECK_IN)


def test_what_follows_a_command_is_its_arguments() -> None:
    (given_command,) = find_commands("/accept  with pleasure \n", Kind.APPLICATION)
    assert given_command.arguments == "with pleasure"


@pytest.mark.parametrize("text", ["`" * 65_000, "~" * 65_000, "<!--" * 16_000, "> " * 32_000])
def test_looking_for_commands_takes_time_in_line_with_the_length_of_a_comment(text: str) -> None:
    steps = Counter[str]()

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        steps[event] += 1

    sys.setprofile(count)
    try:
        find_commands(text, Kind.APPLICATION)
    finally:
        sys.setprofile(None)
    assert sum(steps.values()) < 4 * len(text)
