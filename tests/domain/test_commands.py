"""Commands count at the start of a line of one's own words, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.commands import Command, find_command


@pytest.mark.parametrize(
    ("body", "command"),
    [
        ("/accept", Command.ACCEPT),
        ("/decline", Command.DECLINE),
        ("/ACCEPT", Command.ACCEPT),
        ("/accept, with pleasure!", Command.ACCEPT),
        ("Hello!\n\n/decline\n\nSorry.", Command.DECLINE),
        ("Hello!\r\n/accept\r\n", Command.ACCEPT),
        ("> will you?\n\n/accept", Command.ACCEPT),
        ("```\n/decline\n```\n/accept", Command.ACCEPT),
        ("````\n```\n/decline\n````\n/accept", Command.ACCEPT),
        ("``` is no fence `\n/accept", Command.ACCEPT),
    ],
)
def test_a_command_at_the_start_of_a_line_counts(body: str, command: Command) -> None:
    assert find_command(body) is command


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
    assert find_command(body) is None


def test_a_line_that_names_both_commands_is_our_own_question_and_no_answer() -> None:
    assert find_command("/accept or /decline; no reasons needed.") is None


def test_of_two_commands_the_last_one_counts() -> None:
    assert find_command("/accept\nOh, no:\n/decline") is Command.DECLINE


@given(st.text(alphabet="/acept >`~\n\r<!-", max_size=60))
def test_quoting_a_comment_takes_its_commands_away(body: str) -> None:
    assert find_command("\n".join(f"> {line}" for line in body.split("\n"))) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_search(body: str) -> None:
    find_command(body)
    find_command(f"```\n{body}")
