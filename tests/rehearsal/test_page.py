"""The page: whole, self-contained, and deaf to whatever people write."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import chain

import pytest

from mentorship_action.rehearsal import scenarios
from mentorship_action.rehearsal.markup import to_html
from mentorship_action.rehearsal.page import write_page
from mentorship_action.rehearsal.season import Season, play
from mentorship_action.rehearsal.stage import Proposal
from mentorship_action.wording.render import Wording
from tests.builders import program, record

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Outline(HTMLParser):
    """The elements of a page; fails where one is closed that isn't open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag

    def having(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.elements if (value := attrs.get(attribute)) is not None]


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def test_every_issue_and_pull_request_is_there_once(demo: Season, outline: Outline) -> None:
    shown = [name for name in outline.having("id") if name.startswith("issue-")]
    numbers = [*demo.repository.issues, *demo.repository.branches.pulls]
    assert sorted(shown) == sorted(f"issue-{number}" for number in numbers)


def test_every_comment_and_body_is_there(demo: Season, page: str, outline: Outline) -> None:
    spoken = sum(len(comments) for comments in demo.repository.comments.values())
    pushed = sum(len(proposal.pushes) for proposal in demo.proposals)
    reviews = chain.from_iterable(demo.repository.branches.reviews.values())
    said = sum(bool(review.body) for review in reviews)
    boxes = len(demo.repository.issues) + spoken + pushed + said
    assert page.count('<article class="box">') == boxes
    assert [tag for tag, _ in outline.elements].count("h1") == 1


def test_no_two_elements_have_the_same_id_and_no_link_leads_nowhere(outline: Outline) -> None:
    ids = Counter(outline.having("id"))
    assert max(ids.values()) == 1
    assert {href[1:] for href in outline.having("href") if href.startswith("#")} <= set(ids)


def test_nothing_is_fetched(page: str, outline: Outline) -> None:
    tags = {tag for tag, _ in outline.elements}
    assert not tags & {
        "img",
        "link",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "source",
        "base",
    }
    assert not outline.having("src")
    assert not re.search(r"url\(|@import|@font-face|fetch\(|XMLHttpRequest|import\(", page)
    assert "default-src 'none'" in page


def test_nothing_but_the_filter_needs_javascript(outline: Outline) -> None:
    hidden = [(tag, attrs.get("class")) for tag, attrs in outline.elements if "hidden" in attrs]
    assert hidden == [("form", "filters"), ("p", "none")]
    assert not any(name.startswith("on") for _, attrs in outline.elements for name in attrs)


def card(page: str, number: int) -> str:
    """Return what the page has of one issue or pull request."""
    return page.partition(f'id="issue-{number}"')[2].partition('<details class="card"')[0]


def numbered(season: Season, person: str) -> Proposal:
    return next(proposal for proposal in season.proposals if proposal.person == person)


def test_findings_of_a_faulty_push_lead_to_their_lines(demo: Season, page: str) -> None:
    number = numbered(demo, "pelle-demo").number
    assert f'href="#line-{number}-0-3"' in card(page, number)
    assert f'id="line-{number}-0-3">mentor: ssbarna</span>' in card(page, number)
    assert "github.com/example" not in page


def test_a_pull_request_shows_its_status_over_its_pushes(demo: Season, page: str) -> None:
    shown = card(page, numbered(demo, "pelle-demo").number)
    told = re.findall(r'class="status (\w+)"', shown)
    assert told == ["success", "failure", "failure", "pending", "success"]
    assert "<b>mentorship</b> 5 things to mend, see the comment" in shown


def test_our_comment_is_shown_once_as_it_reads_now_with_its_former_versions(
    demo: Season, page: str
) -> None:
    shown = card(page, numbered(demo, "pelle-demo").number)
    assert shown.count(" commented <time") == 2
    assert "edited 2 times" in shown
    assert "4 earlier versions" in shown
    now, _, former = shown.partition('<details class="versions">')
    assert "You are in" in now
    assert "left to mend:" not in now
    assert "left to mend" in former


def test_a_suggestion_is_shown_as_what_it_takes_and_what_it_puts(demo: Season, page: str) -> None:
    shown = card(page, numbered(demo, "pelle-demo").number)
    assert shown.count('<em class="bot">bot</em> reviewed') == 1
    assert "<del>- mentor: ssbarna</del>\n<ins>+ mentor: ssbarnea</ins>" in shown
    assert shown.count("Suggested change, line ") == 3


def test_pull_requests_say_how_they_ended_and_with_which_labels(demo: Season, page: str) -> None:
    assert 'class="state pull merged"' in card(page, numbered(demo, "ada-demo").number)
    strange = card(page, numbered(demo, "zed-demo").number)
    assert 'class="state pull rejected"' in strange
    assert "closed this" in strange


def test_who_is_nobodys_mentee_can_be_chosen_in_the_filter(page: str) -> None:
    assert '<optgroup label="Others"><option value="mentee:zed-demo">' in page


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</details></section><h1>Mine</h1>",
    "<!-- mentorship v1 kind=tracker mentee=ada -->",
    "[x](javascript:alert(1)) ![i](https://evil.example/i.png)",
    "<style>*{display:none}</style><iframe src=https://evil.example></iframe>",
    "<a id=issue-1 href=page.html onclick=x>x</a><form><input name=q></form>",
    '"><svg/onload=alert(1)>',
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_comment_is_no_markup_of_the_page(text: str) -> None:
    outline = Outline(f"<div>{to_html(text)}</div>")
    tags = {tag for tag, _ in outline.elements}
    assert not tags & {"script", "img", "style", "iframe", "svg", "form", "section"}
    assert not {"id", "onclick", "onerror", "name", "style", "src"} & {
        name for _, attrs in outline.elements for name in attrs
    }
    assert all(href.startswith(("https://", "#issue-")) for href in outline.having("href"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_record_stays_text(text: str) -> None:
    hostile = record(name=text[:100], goals=(text,), mentor="ssbarnea")
    named = replace(program(), name=text)
    season = play(scenarios.own_season(named, Wording(overrides={}), (hostile,), weeks=3))
    told = Outline(write_page(season))
    harmless = Outline(
        write_page(
            play(
                scenarios.own_season(
                    program(), Wording(overrides={}), (record(name="A", goals=("B",)),), weeks=3
                )
            )
        )
    )
    assert [tag for tag, _ in told.elements] == [tag for tag, _ in harmless.elements]


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


def test_a_program_of_many_is_summed_up_week_by_week() -> None:
    big = program(mentors=tuple(replace(program().mentors[0], capacity=80) for _ in range(1)))
    crowd = tuple(record(f"mentee-{n}") for n in range(70))
    page = write_page(play(scenarios.own_season(big, Wording(overrides={}), crowd, weeks=3)))
    assert "more, all in the issues below" in page
    assert page.count('id="issue-') == 70 + 70 + 70 * 2
