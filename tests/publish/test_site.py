"""The site: who is on it and who isn't, whole, safe, and the same in every form."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import jsonschema
import pytest

from mentorship_action.domain.program import NamedMentor, Team
from mentorship_action.domain.record import Record, Status
from mentorship_action.publish.markup import to_html
from mentorship_action.publish.report import Place
from mentorship_action.records.schema import load_schema
from mentorship_action.usecases.report import report_site
from tests.builders import mentor, moment, program, record
from tests.html import HOSTILE, Outline
from tests.publish.reports import DONE, HOME, LATER, NOW, PROGRAM, RUNNING, report_of
from tests.terms import AUTUMN, SPRING, cohorts, member

CERTIFICATES = {"defunkt": date(2026, 4, 26)}
FILES = report_site(report_of(RUNNING, LATER, DONE, certificates=CERTIFICATES))
MARKDOWN_TAGS = "h1 h2 h3 p table thead tbody tr th td pre code".split()
HIDDEN = {
    "paused": record("secret", status=Status.PAUSED),
    "withdrawn": record("secret", status=Status.WITHDRAWN),
    "not public": record("secret", public=False),
    "not public and done": record("secret", public=False, status=Status.COMPLETED),
    "waiting": record("secret", mentor="full-up", mentor_handle="Full-Up"),
    "over, and nobody says how": record("secret", start="2026-01-05", weeks=12),
}


def texts(html: str) -> str:
    """Return what a reader sees of a page, blanks made one."""
    body = html[html.index("<body>") : html.index("<script>")]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_roster_mentorships_and_alumni_are_on_the_page() -> None:
    page = texts(FILES["index.html"])
    assert "Sorin @ssbarnea linting packaging 2 seats free" in page
    assert "Full-Up No free seat" in page
    assert "Mona Lisa @octocat with ssbarnea linting Week 2 of 16" in page
    assert "hubot with ganeshrn linting Begins 1 February 2027" in page
    assert page.index("Alumni D") < page.index("defunkt with ssbarnea")
    assert "Plan at least 4 hours a week for at least 12 weeks" in page


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_who_is_silent_gone_or_not_public_is_in_no_file(hidden: Record) -> None:
    files = report_site(report_of(RUNNING, hidden, LATER, DONE))
    assert [name for name, text in files.items() if "secret" in name + text] == []


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.PAUSED])
def test_a_paused_mentorship_looks_like_one_that_is_not_public(status: Status) -> None:
    paused = report_site(report_of(RUNNING, HIDDEN["paused"]))
    assert report_site(report_of(RUNNING, record("secret", status=status, public=False))) == paused


def test_who_withdrew_leaves_no_trace() -> None:
    assert report_site(report_of(RUNNING, HIDDEN["withdrawn"])) == report_site(report_of(RUNNING))


def test_no_number_of_taken_seats_stands_beside_the_names() -> None:
    shown = json.loads(FILES["report.json"])["mentors"][0]
    assert shown["free_seats"] == 2
    assert not {"capacity", "taken", "seats"} & set(shown)


def test_json_is_what_the_published_schema_describes() -> None:
    schema = jsonschema.Draft202012Validator(
        load_schema("report"), format_checker=jsonschema.FormatChecker()
    )
    for report in (report_of(), report_of(RUNNING, LATER, DONE), report_of(program=cohorts())):
        shown = json.loads(report_site(report)["report.json"])
        schema.validate(shown)
    assert [one["id"] for one in json.loads(FILES["report.json"])["mentorships"]] == [
        "octocat",
        "hubot",
    ]


def test_markdown_has_the_numbers_of_its_chart_as_a_table_too() -> None:
    text = FILES["report.md"]
    (chart,) = re.findall(r"^    bar \[(.*)\]$", text, re.MULTILINE)
    weeks = text.partition("### By week")[2].partition("## Alumni")[0]
    rows = re.findall(r"^\| \d+ \w+ \d{4} \| (\d+) \|$", weeks, re.MULTILINE)
    assert rows
    assert [int(number) for number in chart.split(",")] == [int(number) for number in rows]
    assert "```mermaid\nxychart-beta\n" in text


def test_badges_are_what_shields_reads() -> None:
    badges = {name: json.loads(text) for name, text in FILES.items() if "badges/" in name}
    assert {name: one["message"] for name, one in badges.items()} == {
        "badges/mentors.json": "3",
        "badges/free-seats.json": "3",
        "badges/mentorships.json": "2",
        "badges/alumni.json": "1",
    }
    for one in badges.values():
        assert set(one) == {"schemaVersion", "label", "message", "color"}
        assert one["schemaVersion"] == 1


def test_equal_reports_give_equal_files() -> None:
    again = report_of(DONE, LATER, RUNNING, certificates=CERTIFICATES)
    assert report_site(again) == FILES


def test_a_graduate_who_asked_has_a_page_with_the_certificate_and_nobody_else_has() -> None:
    page = FILES["certificates/defunkt.html"]
    assert "Certificate of mentorship for defunkt</h1>" in page
    assert "16 weeks with Sorin, from 5 January 2026 to 26 April 2026, on linting." in page
    outline = Outline(page)
    assert "svg" in {tag for tag, _ in outline.elements}
    assert "../index.html" in outline.having("href")
    assert f"{HOME.url}/blob/main/certificates/defunkt.svg" in outline.having("href")
    assert "certificates/defunkt.html" in Outline(FILES["index.html"]).having("href")
    asked = {one: date(2026, 4, 26) for one in ("defunkt", "octocat", "secret")}
    hidden = HIDDEN["not public and done"]
    files = report_site(report_of(RUNNING, hidden, DONE, certificates=asked))
    assert [name for name in files if "certificates" in name] == ["certificates/defunkt.html"]
    assert not [name for name in report_site(report_of(DONE)) if "certificates" in name]


def test_a_certificate_in_a_term_leads_back_to_the_program() -> None:
    done = replace(member(SPRING), status=Status.COMPLETED)
    known = {done.id: date(2027, 4, 1)}
    now = moment("2027-06-01 09:00")
    files = report_site(report_of(done, program=cohorts(), certificates=known, now=now))
    page = Outline(files[f"certificates/{done.id}.html"])
    assert "../../index.html" in page.having("href")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_stays_text(text: str) -> None:
    hostile, done = replace(RUNNING, name=text), replace(DONE, name=text)
    called = program(name=text, mentors=(mentor(name=text),))
    files = report_site(report_of(hostile, done, program=called, certificates=CERTIFICATES))
    certificate = Outline(files["certificates/defunkt.html"])
    known = {tag for tag, _ in Outline(FILES["certificates/defunkt.html"]).elements}
    assert {tag for tag, _ in certificate.elements} == known
    page, plain = Outline(files["index.html"]), Outline(FILES["index.html"])
    tags = Counter(tag for tag, _ in page.elements)
    assert set(tags) <= {tag for tag, _ in plain.elements}
    assert (tags["script"], tags["h1"], tags["form"]) == (1, 1, 1)
    assert "onerror" not in {name for _, attrs in page.elements for name in attrs}
    markdown = Outline(to_html(files["report.md"]))
    assert {tag for tag, _ in markdown.elements} <= set(MARKDOWN_TAGS)


def test_nothing_is_fetched_and_no_link_leads_nowhere() -> None:
    outline = Outline(FILES["index.html"])
    assert not {tag for tag, _ in outline.elements} & {"img", "link", "iframe", "object", "source"}
    ids = Counter(outline.having("id"))
    assert max(ids.values()) == 1
    links = set(outline.having("href"))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    local = {link for link in links if not link.startswith(("#", "https://"))}
    assert local <= set(FILES)


def test_a_term_shows_its_days_and_its_own_free_seats() -> None:
    page = texts(
        report_site(report_of(member(SPRING), program=cohorts(), now=moment("2027-01-20 09:00")))[
            "index.html"
        ]
    )
    assert "Applications are open until 31 January 2027" in page
    assert "Applications from 1 March 2027 to 31 March 2027" in page
    assert "No free seat Autumn 2027: 1 free" in page


def test_a_term_that_is_over_is_left_out() -> None:
    late = AUTUMN.start + timedelta(weeks=AUTUMN.weeks + 1)
    page = texts(
        report_site(
            report_of(program=cohorts(), now=NOW.replace(year=late.year, month=12, day=late.day))
        )["index.html"]
    )
    assert "Spring 2027" not in page


def test_links_lead_to_trackers_and_check_ins_where_they_are_known() -> None:
    report = report_of(RUNNING, trackers={"octocat": 1}, check_ins={"octocat": 2})
    known = Outline(report_site(report)["index.html"]).having("href")
    assert {f"{HOME.url}/issues/1", f"{HOME.url}/issues/2"} <= set(known)
    assert not [link for link in Outline(FILES["index.html"]).having("href") if "/issues/" in link]


def test_a_team_shows_its_free_places() -> None:
    team = Team(
        id="blue",
        name="Blue",
        size=2,
        zone="Etc/UTC",
        mentors=(NamedMentor(login="ssbarnea", handle="ssbarnea"),),
    )
    page = texts(
        report_site(
            report_of(replace(RUNNING, team="blue"), program=replace(PROGRAM, teams=(team,)))
        )["index.html"]
    )
    assert "Blue with ssbarnea 1 place free" in page


def test_without_a_repository_nothing_links_to_one() -> None:
    text = report_site(report_of(RUNNING, place=Place()))["index.html"]
    assert "Made from the files of the program." in texts(text)


@pytest.mark.parametrize(
    ("day", "week"), [("2026-12-06", 0), ("2026-12-07", 1), ("2027-03-28", 16)]
)
def test_weeks_are_counted_from_the_first_day_to_the_last(day: str, week: int) -> None:
    (one,) = report_of(RUNNING, now=moment(f"{day} 12:00")).running
    assert (one.week, one.weeks) == (week, 16)
    assert one.days.last == date(2027, 3, 28)
