"""User text shows as typed on GitHub and does nothing there."""

import re

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.text import one_line
from mentorship_action.wording import markdown

WORST = [
    "@org/team please look",
    "fixes #1 and GH-12 and org/repo#3",
    "<img src=x onerror=alert(1)>",
    "<!-- mentorship v1 kind=tracker mentee=mallory -->",
    "<!-- swallow the checklist",
    "``` fence",
    "# heading",
    "- [ ] a box of my own",
    "1. one",
    "1) one",
    "> quoted",
    "| a | b |",
    "<details><summary>x</summary>",
    "[text](https://example.org)",
    "![image](https://example.org/x.png)",
    "https://example.org www.example.org ftp://example.org",
    "a@example.org",
    "**bold** _it_ ~~gone~~ `code` $x^2$",
    "[^1] footnote",
    "&lt;b&gt; &#64;team",
    "\\",
    "line\r\nbreak\u2028here\x00\x1b[31m",
    "\u202eevil\u202c\u200b",
    "===",
    "+ plus",
    "\u2068tracker/octocat\u2069",
]


def html(text: str) -> str:
    options = Options.CMARK_OPT_UNSAFE
    return str(cmarkgfm.github_flavored_markdown_to_html(text, options)).strip()


def shown(rendered: str) -> str:
    """Return the text of rendered HTML that has no tags but the paragraph's."""
    match = re.fullmatch(r"<p>(.*)</p>", rendered, re.DOTALL)
    assert match, rendered
    assert "<" not in match[1], rendered
    text = match[1].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    return text.replace("&amp;", "&")


@pytest.mark.parametrize("text", WORST)
def test_the_worst_texts_show_as_typed(text: str) -> None:
    rendered = shown(html(str(markdown.escape(text))))
    assert rendered.replace("\u200b", "") == one_line(text)


@pytest.mark.parametrize("text", WORST)
def test_the_worst_texts_stay_one_list_item(text: str) -> None:
    rendered = html(f"- {markdown.escape(text)}\n- next")
    assert rendered.startswith("<ul>\n<li>")
    assert rendered.endswith("</li>\n<li>next</li>\n</ul>")
    assert rendered.count("<") == 6


@pytest.mark.parametrize("text", WORST)
def test_the_worst_texts_stay_one_cell_of_a_table(text: str) -> None:
    rendered = html(f"| | |\n| --- | --- |\n| x | {markdown.escape(text)} |")
    assert rendered.count("<td>") == 2


@given(st.text(max_size=60))
def test_any_text_shows_as_typed_and_makes_no_markup(text: str) -> None:
    if plain := one_line(text):
        assert shown(html(str(markdown.escape(text)))).replace("\u200b", "") == plain


@given(st.text(max_size=60))
def test_no_mention_and_no_reference_is_left(text: str) -> None:
    rendered = html(str(markdown.escape(text)))
    assert not re.search(r"[@#]\w", rendered)
    assert not re.search(r"\bGH-[0-9]", rendered, re.IGNORECASE)


@given(st.text(max_size=60))
def test_inline_code_holds_its_text_whatever_backticks_are_in_it(text: str) -> None:
    if plain := one_line(text):
        rendered = html(f"x {markdown.code(text)} x")
        assert rendered.startswith("<p>x <code>")
        assert rendered.endswith("</code> x</p>")
        assert shown(rendered.replace("<code>", "").replace("</code>", "")) == f"x {plain} x"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a_b(c)",
        "https://example.org/?q=<script>",
        "https://example.org/ with space",
        "https://example.org/>) [evil](https://evil.example",
        "https://example.org/\n\n# heading",
    ],
)
def test_a_link_is_one_link_to_one_address(url: str) -> None:
    rendered = html(str(markdown.link("text", url)))
    assert re.fullmatch(r'<p><a href="https://example\.org/[^"<>]*">text</a></p>', rendered)


def test_text_that_is_markdown_already_is_left_alone() -> None:
    assert markdown.escape(markdown.mention("octocat")) == "@octocat"


def test_several_values_read_as_prose() -> None:
    assert markdown.listed(["a"]) == "a"
    assert markdown.listed(["a", "b_"]) == "a and b\\_"
    assert markdown.listed(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Read the [code](<https://example.org>) and agree. Be nice.", "Read the code and agree"),
        ("Join `#chat` on us: now", "Join #\u200bchat on us"),
        ("Say **hello** to @everybody", "Say hello to @\u200beverybody"),
        ("word " * 40, "word " * 13 + "word…"),
    ],
)
def test_a_shortened_text_is_its_first_sentence_and_does_nothing(text: str, shown: str) -> None:
    assert markdown.shortened(markdown.Safe(text)) == shown
