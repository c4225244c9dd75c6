"""What is hidden in our own text: markers, sections and memories; and who is who."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.bot_state import (
    find_memory,
    find_section,
    insert_below_marker,
    marker,
    memory_line,
    own_key,
    parse_marker,
    part,
    parts_in,
    replace_section,
    section,
    with_new_names,
    with_parts,
)
from mentorship_action.domain.identity import Key, Kind, is_login

logins = st.from_regex(r"[a-z0-9](-?[a-z0-9]){0,18}", fullmatch=True)
keys = st.one_of(
    st.builds(Key, kind=st.sampled_from([Kind.APPLICATION, Kind.TRACKER]), mentee=logins),
    st.builds(
        Key,
        kind=st.just(Kind.CHECK_IN),
        mentee=logins,
        period=st.from_regex(r"20[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-3])", fullmatch=True),
    ),
    st.just(Key(kind="dashboard")),
    st.builds(Key, kind=st.just(Kind.TRACKER), mentee=logins, term=st.just("2027-spring")),
    st.builds(Key, kind=st.just(Kind.TRACKER), team=st.just("blue"), term=st.just("2027-spring")),
)


def test_a_marker_is_written_as_the_contract_shows() -> None:
    key = Key(kind=Kind.CHECK_IN, mentee="octocat", period="2026-W50")
    assert marker(key) == "<!-- mentorship v1 kind=check-in mentee=octocat period=2026-W50 -->"


@given(keys, st.text(max_size=40), st.sampled_from(["\n", "\r\n"]))
def test_a_key_survives_its_marker(key: Key, rest: str, line_end: str) -> None:
    assert parse_marker(marker(key) + line_end + rest) == key


@pytest.mark.parametrize(
    "body",
    [
        "",
        " <!-- mentorship v1 kind=tracker mentee=octocat -->",
        "<!-- mentorship v1 kind=tracker mentee=octocat --> and more",
        "<!-- mentorship v2 kind=tracker mentee=octocat -->",
        "<!-- mentorship v1 mentee=octocat -->",
        "<!-- mentorship v1 kind=tracker mentee=octocat mentee=mallory -->",
        "<!-- mentorship v1 kind=tracker mentee=octocat king=mallory -->",
        "<!-- mentorship v1 kind=tracker team=Blue -->",
        "<!-- mentorship v1 kind=tracker mentee=Octocat -->",
        "<!-- mentorship v1 kind=tracker mentee=-octocat -->",
        "<!-- mentorship v1 kind=tracker mentee=octo--cat -->",
        "<!-- mentorship v1 kind=check-in mentee=octocat period=2026-W54 -->",
        "<!-- mentorship v1 kind=check-in mentee=octocat period=\uff12026-W50 -->",
        "<!--  mentorship v1 kind=tracker mentee=octocat -->",
        "<!-- mentorship v1 kind=tracker mentee=octocat\n-->",
    ],
)
def test_a_line_that_does_not_parse_whole_is_no_marker(body: str) -> None:
    assert parse_marker(body) is None


@pytest.mark.parametrize("login", ["a", "octocat", "a-b-c", "1" * 39, "a-" * 19 + "a"])
def test_a_login_has_letters_digits_and_single_hyphens(login: str) -> None:
    assert is_login(login)


@pytest.mark.parametrize(
    "login", ["", "-a", "a-", "a--b", "a_b", "Ä", "a\n", "1" * 40, "a-" * 20 + "a", "a.b"]
)
def test_anything_else_is_no_login(login: str) -> None:
    assert not is_login(login)


@pytest.mark.parametrize(
    "body",
    [
        "A maintainer's note\n\n<!-- mentorship v1 kind=tracker mentee=octocat -->\ntext",
        "<!-- mentorship v1 kind=tracker mentee=octocat -->  \r\ntext",
        "\n<!-- mentorship v1 kind=tracker mentee=octocat -->",
    ],
)
def test_what_a_maintainer_puts_above_or_behind_a_marker_does_not_detach_it(body: str) -> None:
    assert parse_marker(body) == Key(kind=Kind.TRACKER, mentee="octocat")


def test_the_first_of_two_markers_counts() -> None:
    first, second = Key(kind=Kind.TRACKER, mentee="a"), Key(kind=Kind.TRACKER, mentee="b")
    assert parse_marker(f"{marker(first)}\n{marker(second)}") == first


def test_a_marker_counts_under_our_own_authorship_only() -> None:
    key = Key(kind=Kind.TRACKER, mentee="octocat")
    assert own_key(marker(key), "Robot[bot]", "robot[bot]") == key
    assert own_key(marker(key), "mallory", "robot[bot]") is None


def test_a_section_is_found_and_replaced_with_what_its_fences_keep() -> None:
    body = f"above\n{section('summary', 'old', {'mentor': 'ada', 'account': 0})}\nbelow"
    found = find_section(body, "summary")
    assert found is not None
    assert found.values == {"mentor": "ada"}
    new = section("summary", "new", {"mentor": "grace"})
    assert replace_section(body, "summary", new) == f"above\n{new}\nbelow"


@pytest.mark.parametrize(
    "body",
    [
        "no fences",
        "<!-- mentorship:summary mentor=ada -->\nno end",
        "<!-- mentorship:summary mentor=Ä -->\ntext\n<!-- mentorship:end -->",
        "<!-- mentorship:other mentor=ada -->\ntext\n<!-- mentorship:end -->",
    ],
)
def test_a_body_without_whole_fences_is_left_as_it_is(body: str) -> None:
    assert find_section(body, "summary") is None
    assert replace_section(body, "summary", "new") == body


def test_a_memory_leaves_out_what_is_empty() -> None:
    assert find_memory(f"first\n{memory_line({'head': 'abc', 'place': 0, 'who': ''})}") == {
        "head": "abc"
    }


def test_a_remark_goes_right_below_the_marker() -> None:
    line = marker(Key(kind=Kind.TRACKER, mentee="octocat"))
    assert insert_below_marker(f"note\n{line}\ntext", "Remark") == f"note\n{line}\nRemark\n\ntext"


def test_a_part_follows_a_renamed_mentee_as_it_is() -> None:
    mine = part("ada", "## For @Ada\n\n- [x] a, with @ada-lin")
    body = with_parts("Tips", [("ada", mine), ("tony", part("tony", "for @ada"))])
    now = with_new_names(body, {"ada": "lovelace", "linus": "torvalds"})
    assert parts_in(now) == ("lovelace", "tony")
    assert "## For @lovelace\n\n- [x] a, with @ada-lin\n" in now
    assert "for @ada" in now
    kept = memory_line({"ages": "0a:1:ada,0b:2:ada-lin", "done": "ada:3,tony:1", "who": "ada"})
    now = with_new_names(f"{kept}\nada:4 ", {"ada": "lovelace"})
    assert find_memory(now) == {
        "ages": "0a:1:lovelace,0b:2:ada-lin",
        "done": "lovelace:3,tony:1",
        "who": "lovelace",
    }
    assert now.endswith("\nada:4 ")


def test_a_part_is_added_once_behind_the_others_and_taken_out_by_itself() -> None:
    body = f"{section('summary', 'all', {})}\n\nTips\n"
    one, other = ("ada", part("ada", "- [ ] a")), ("tony", part("tony", "- [ ] t"))
    both = with_parts(with_parts(body, [one]), [other])
    assert both.index("- [ ] a") < both.index("- [ ] t") < both.index("Tips")
    ticked = both.replace("- [ ] a", "- [x] a")
    assert with_parts(ticked, [one, other]) == ticked
    left = with_parts(ticked, (), ["tony"])
    assert left == with_parts(body, [one]).replace("- [ ] a", "- [x] a")
    assert with_parts(left, (), ["tony"]) == left
