"""Markdown as GitHub shows it, harmless whatever people write."""

import pytest

from mentorship_action.publish.markup import to_html
from tests.html import HOSTILE, Outline


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_comment_is_no_markup_of_the_page(text: str) -> None:
    outline = Outline(f"<div>{to_html(text)}</div>")
    tags = {tag for tag, _ in outline.elements}
    assert not tags & {"script", "img", "style", "iframe", "svg", "form", "section"}
    assert not {"id", "onclick", "onerror", "name", "style", "src"} & {
        name for _, attrs in outline.elements for name in attrs
    }
    assert all(href.startswith(("https://", "#issue-")) for href in outline.having("href"))


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("ask @octocat", '<span class="mention">@octocat</span>'),
        ("see #12", '<a class="reference" href="#issue-12" rel="noopener noreferrer nofollow">#12'),
        ("`@octocat #12`", "<code>@octocat #12</code>"),
        ("@\u200boctocat", "@\u200boctocat"),
        ("me@example.org", "me@example.org"),
        ("~~no~~", "<s>no</s>"),
        ("https://example.org", "<p>https://example.org</p>"),
        ("| a |\n| --- |\n| b |", "<td>b</td>"),
        ("- [x] done", 'type="checkbox"'),
        ("<sub>small</sub>", "<sub>small</sub>"),
        (":tada:", "🎉"),
    ],
)
def test_markdown_is_shown_as_on_github(markdown: str, html: str) -> None:
    assert html in to_html(markdown)


def test_boxes_show_what_was_ticked_and_cannot_be_ticked_here() -> None:
    boxes = [
        attrs
        for tag, attrs in Outline(to_html("- [x] done\n- [ ] not yet")).elements
        if tag == "input"
    ]
    assert [("checked" in box, "disabled" in box) for box in boxes] == [(True, True), (False, True)]
    assert [box["aria-label"] for box in boxes] == ["done", "not done"]


def test_a_table_without_headings_has_none_for_screen_readers() -> None:
    assert "<th>" not in to_html("| | |\n| --- | --- |\n| Mentee | Ada |")
    assert "<th>Who</th>" in to_html("| Who |\n| --- |\n| Ada |")
