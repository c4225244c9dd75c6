"""Whatever stands in a body or comment: markers, sections, memories and commands are read or not.

`make soak` draws many more of them.
"""

from hypothesis import example, given
from hypothesis import strategies as st

from mentorship_action.domain.application import parse_memory, write_memory
from mentorship_action.domain.bot_state import (
    find_section,
    insert_below_marker,
    marker,
    parse_marker,
    replace_section,
    section,
)
from mentorship_action.domain.commands import COMMANDS, find_commands
from mentorship_action.domain.identity import Key, Kind, is_login

KEY = Key(kind=Kind.CHECK_IN, mentee="octocat", period="2026-W50")
PIECES = [
    *("<!--", "-->", "<!-- mentorship", " v1", ":memory", ":summary", ":end", " -->", "<!---->"),
    *(" kind=tracker", " kind=", " mentee=octocat", " mentee=-", " period=2026-W99", "=", " a=b"),
    *(" stage=ready", " stage=king", " head=abc", " comment=-1", " comment=१", " place=99999999"),
    *(" answers=ada:yes:aa:c1", " answers=:::", " answers=ada:yes:aa:c²", " others=a:b:c", ","),
    *(" since=2026-12-01T08:00:00+00:00", " asked=0001-01-01T00:00:00+23:59", " notified=@a"),
    *("/accept", "/decline", "/ACCEPT", "/acceptable", "`", "```", "~~~~", "> ", "    ", "\t"),
    *("\n", "\r\n", "\r", "\u2028", "\x0c", "\x1c", "\x85", "\0", "\u200b", "é", "@org/team", "#1"),
    *(marker(KEY), section("summary", "Our text", {"mentor": "ada"}), "<!-- mentorship:end -->"),
]
BODIES = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)


@given(BODIES)
def test_a_marker_that_is_found_is_one_that_we_could_have_written(body: str) -> None:
    key = parse_marker(body)

    if key is not None:
        assert parse_marker(marker(key)) == key
        assert not key.mentee or is_login(key.mentee)
        assert "--" not in str(key)
    assert parse_marker(f"{marker(KEY)}\n{body}") == KEY


@given(BODIES)
@example("<!-- mentorship:memory stage=ready answers=ada:yes:aa:c² -->")
def test_a_memory_that_is_found_is_one_that_we_could_have_written(body: str) -> None:
    for text in (body, f"<!-- mentorship:memory stage=ready{body} -->"):
        memory = parse_memory(text)
        if memory is not None:
            assert parse_memory(write_memory(memory)) == memory


@given(BODIES, BODIES)
def test_only_what_stands_between_our_fences_is_replaced(above: str, below: str) -> None:
    text = section("summary", "New text", {"mentor": "bob"})
    body = f"{above}\n{below}"
    found = find_section(body, "summary")

    after = replace_section(body, "summary", text)

    if found is None:
        assert after == body
    else:
        assert find_section(after, "summary") == find_section(text, "summary")
        before, _, rest = after.partition(text)
        assert body.startswith(before)
        assert body.endswith(rest)


@given(BODIES)
def test_a_remark_changes_neither_marker_nor_any_line(body: str) -> None:
    after = insert_below_marker(f"{marker(KEY)}\n{body}", "> A remark")

    assert parse_marker(after) == KEY
    assert after == f"{marker(KEY)}\n> A remark\n\n{body}"


@given(BODIES)
def test_a_command_that_is_found_starts_a_line_that_people_see(body: str) -> None:
    found = find_commands(body, Kind.APPLICATION)

    starts = [line.lower() for line in body.split("\n")]
    for one in found:
        assert one.word in COMMANDS
        assert any(line.startswith(f"/{one.word}") for line in starts)
        assert "\n" not in one.arguments
    assert find_commands(f"<!--\n{body.replace('-->', '')}", Kind.APPLICATION) == ()
    quoted = "\n".join(f"> {line}" for line in body.split("\n"))
    assert find_commands(quoted, Kind.APPLICATION) == ()
