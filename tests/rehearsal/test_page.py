"""The page: whole, self-contained, and safe whatever people write."""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from itertools import chain

import pytest

from mentorship_action.publish.markup import to_html
from mentorship_action.rehearsal.journal import PlayedPull
from mentorship_action.rehearsal.page import write_page
from mentorship_action.rehearsal.scenarios import own_season
from mentorship_action.rehearsal.season import Season, play
from tests.builders import WORDING, program, record
from tests.html import HOSTILE, Outline


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    return Outline(page)


def test_every_issue_and_pull_request_is_there_once(demo: Season, outline: Outline) -> None:
    shown = [name for name in outline.having("id") if name.startswith("issue-")]
    numbers = [*demo.repository.issues, *demo.repository.branches.pulls]
    assert sorted(shown) == sorted(f"issue-{number}" for number in numbers)


def test_every_comment_and_body_is_there(demo: Season, page: str, outline: Outline) -> None:
    spoken = sum(len(comments) for comments in demo.repository.comments.values())
    pushed = sum(len(pull.pushes) for pull in demo.pulls)
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


def test_the_policy_of_the_page_names_its_own_script_alone(page: str) -> None:
    script = page.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in page
    assert page.count("<script") == 1


def test_nothing_but_the_filter_needs_javascript(outline: Outline) -> None:
    hidden = [(tag, attrs.get("class")) for tag, attrs in outline.elements if "hidden" in attrs]
    assert hidden == [("form", "filters"), ("p", "none")]
    assert not any(name.startswith("on") for _, attrs in outline.elements for name in attrs)


def card(page: str, number: int) -> str:
    """Return what the page has of one issue or pull request."""
    return page.partition(f'id="issue-{number}"')[2].partition('<details class="card"')[0]


def numbered(season: Season, person: str) -> PlayedPull:
    return next(pull for pull in season.pulls if pull.person == person)


def test_findings_of_a_push_with_errors_lead_to_their_lines(demo: Season, page: str) -> None:
    number = numbered(demo, "pelle-demo").number
    assert f'href="#line-{number}-0-3"' in card(page, number)
    assert f'id="line-{number}-0-3">mentor: ssbarna</span>' in card(page, number)
    assert "github.com/example" not in page


def test_a_pull_request_shows_its_status_over_its_pushes(demo: Season, page: str) -> None:
    shown = card(page, numbered(demo, "pelle-demo").number)
    told = re.findall(r'class="status (\w+)"', shown)
    assert told == ["success", "failure", "failure", "pending", "success"]
    assert "<b>mentorship</b> 5 things" in shown


def test_our_comment_is_shown_once_as_it_reads_now_with_its_former_versions(
    demo: Season, page: str
) -> None:
    shown = card(page, numbered(demo, "pelle-demo").number)
    assert shown.count(" commented <time") == 2
    assert "edited 2 times" in shown
    assert "4 earlier versions" in shown
    now, _, former = shown.partition('<details class="versions">')
    first, *_, last = numbered(demo, "pelle-demo").versions
    assert to_html(last.body) in now
    assert to_html(first.body).partition("<ol>")[0] in former


def test_a_suggestion_is_shown_as_what_it_removes_and_what_it_adds(demo: Season, page: str) -> None:
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


def test_what_needs_attention_comes_before_the_numbers(page: str) -> None:
    attention, figures = page.index('id="attention"'), page.index('<dl class="figures">')
    assert attention < figures
    shown = page[attention:figures]
    assert "<b>zed-demo</b>: the pull request needed a maintainer, who closed it" in shown
    assert "<b>pelle-demo</b>: 3 check-ins in a row had no answer, 8 to 28 February 2027" in shown
    assert "<b>mira-demo</b>: waited 8 weeks for a seat with ganeshrn" in shown


def test_three_messages_are_shown_as_on_a_phone(demo: Season, page: str) -> None:
    phones = page.partition('<div class="phones"')[2].partition("</section>")[0]
    assert phones.count('<figure class="phone">') == 3
    assert f'href="#issue-{numbered(demo, "pelle-demo").number}"' in phones
    assert "Ask why the build path is in the file" in phones.rpartition("<figure")[2]


def test_the_page_names_the_time_zone_and_says_what_the_second_run_changed(page: str) -> None:
    assert "All times are UTC." in page
    assert "runs, each played twice: 0 changes the second time." in page


def test_what_happened_reads_as_on_the_issue_that_it_happened_to(demo: Season, page: str) -> None:
    tracker = card(page, 3)
    assert "</b> assigned ada-demo <time" in tracker
    assert "</b> ticked 2 boxes <time" in tracker
    assert "</b> closed this: the mentorship is completed <time" in tracker
    assert "</b> merged this <time" in card(page, numbered(demo, "ada-demo").number)


@pytest.fixture(scope="module")
def harmless() -> list[str]:
    """The elements of a page of harmless texts."""
    season = play(own_season(program(), WORDING, (record(name="A", goals=("B",)),), weeks=3))
    return [tag for tag, _ in Outline(write_page(season)).elements]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_record_stays_text(text: str, harmless: list[str]) -> None:
    hostile = record(name=text[:100], goals=(text,), mentor="ssbarnea")
    named = replace(program(), name=text)
    season = play(own_season(named, WORDING, (hostile,), weeks=3))
    told = Outline(write_page(season))
    assert [tag for tag, _ in told.elements] == harmless


def test_a_program_of_many_is_summed_up_week_by_week() -> None:
    big = program(mentors=tuple(replace(program().mentors[0], capacity=80) for _ in range(1)))
    crowd = tuple(record(f"mentee-{n}") for n in range(32))
    page = write_page(play(own_season(big, WORDING, crowd, weeks=3)))
    assert "more, all in the issues below" in page
    assert page.count('id="issue-') == 1 + 32 + 32 + 32 * 2
