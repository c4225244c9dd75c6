"""Keys, and the line that carries them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.identity import Key, Kind, is_login, marker, parse_marker

logins = st.from_regex(r"[a-z0-9](-?[a-z0-9]){0,18}", fullmatch=True)
keys = st.one_of(
    st.builds(Key, kind=st.sampled_from([Kind.APPLICATION, Kind.TRACKER]), mentee=logins),
    st.builds(
        Key,
        kind=st.just(Kind.CHECK_IN),
        mentee=logins,
        period=st.from_regex(r"20[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-3])", fullmatch=True),
    ),
    st.just(Key(kind=Kind.DASHBOARD)),
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
        "Hello\n<!-- mentorship v1 kind=tracker mentee=octocat -->",
        " <!-- mentorship v1 kind=tracker mentee=octocat -->",
        "<!-- mentorship v1 kind=tracker mentee=octocat --> and more",
        "<!-- mentorship v2 kind=tracker mentee=octocat -->",
        "<!-- mentorship v1 kind=throne mentee=octocat -->",
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


@pytest.mark.parametrize("login", ["a", "octocat", "a-b-c", "1" * 39])
def test_a_login_has_letters_digits_and_single_hyphens(login: str) -> None:
    assert is_login(login)


@pytest.mark.parametrize("login", ["", "-a", "a-", "a--b", "a_b", "Ä", "a\n", "1" * 40, "a.b"])
def test_anything_else_is_no_login(login: str) -> None:
    assert not is_login(login)
