"""The page to join from: made of the schema and the program, safe, and whole without scripts."""

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from mentorship_action.domain.program import NamedMentor, Team
from mentorship_action.publish.join import LEFT_OUT, form_fields, join_page, validator_script
from mentorship_action.publish.report import Place
from mentorship_action.records.schema import load_schema
from mentorship_action.usecases.report import report_site
from tests.builders import mentor, moment, program
from tests.html import HOSTILE, Outline
from tests.publish.reports import HOME, PROGRAM, RUNNING, report_of
from tests.terms import cohorts

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "node_modules/@cfworker/json-schema"
VENDOR = ROOT / "mentorship_action/publish/vendor/json-schema"
PAGE = report_site(report_of(RUNNING))["join/index.html"]


def data(page: str, name: str) -> object:
    """Return what a page hands to its script."""
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page)
    assert found is not None
    return json.loads(found[1])


def test_every_key_of_the_schema_is_asked_for_or_left_out_on_purpose() -> None:
    schema = load_schema("mentee")
    asked = {field.key for field in form_fields(schema)}
    assert asked | LEFT_OUT == set(schema["properties"])
    assert set(schema["required"]) <= asked


def test_numbers_have_the_bounds_of_the_schema() -> None:
    fields = {field.key: field for field in form_fields(load_schema("mentee"))}
    hours = fields["hours_per_week"]
    assert (hours.kind, hours.least, hours.most, hours.is_required) == ("number", 1, 60, True)
    assert [part.key for part in fields["chat"].parts] == ["chat.network", "chat.handle"]
    assert not fields["meeting"].is_required


def test_the_page_has_the_published_schema_itself() -> None:
    assert data(PAGE, "schema") == load_schema("mentee")


def test_the_validator_is_the_pinned_package_file_by_file() -> None:
    shipped = {path.name: path.read_bytes() for path in VENDOR.glob("*.js")}
    packaged = {path.name: path.read_bytes() for path in (PACKAGE / "dist/commonjs").glob("*.js")}
    assert packaged
    assert shipped == packaged
    licence = (VENDOR / "LICENSE").read_text(encoding="utf-8")
    assert json.loads((PACKAGE / "package.json").read_bytes())["version"] in licence
    assert "Permission is hereby granted" in licence


def test_no_script_of_the_page_makes_code_of_text() -> None:
    script = validator_script()
    assert not re.search(r"\beval\(|new Function|</script|<!--", script)
    assert "unsafe-eval" not in PAGE


def test_the_program_hands_over_free_seats_and_no_taken_ones() -> None:
    shown = data(PAGE, "program")
    assert isinstance(shown, dict)
    assert [(one["github"], one["free"]) for one in shown["mentors"]] == [
        ("ssbarnea", 2),
        ("ganeshrn", 2),
    ]
    assert not {"capacity", "taken"} & set(shown["mentors"][0])


def test_who_takes_no_mentees_can_not_be_chosen() -> None:
    chosen = [value for value in Outline(PAGE).having("value") if value.startswith("mentor:")]
    assert chosen == ["mentor:ssbarnea", "mentor:ganeshrn"]


def test_without_scripts_a_guide_opens_a_file_that_is_filled_in() -> None:
    (link,) = [href for href in Outline(PAGE).having("href") if "filename=" in href]
    address = urlsplit(link)
    assert address.path == "/octo-org/mentoring/new/main/mentees"
    query = parse_qs(address.query)
    assert query["filename"] == ["your-login.yml"]
    assert "\nmentor: ssbarnea" in query["value"][0]
    assert '<section id="fill-in" hidden>' in PAGE
    assert "<details open>" in PAGE


def test_without_a_repository_the_guide_tells_the_way_in_words() -> None:
    page = report_site(report_of(RUNNING, place=Place()))["join/index.html"]
    assert not [href for href in Outline(page).having("href") if "/new/" in href]
    assert "Add file → Create new file" in page


def test_a_program_with_terms_asks_for_the_term_and_not_for_a_first_day() -> None:
    page = report_site(report_of(program=cohorts(), now=moment("2027-01-20 09:00")))[
        "join/index.html"
    ]
    ids = set(Outline(page).having("id"))
    assert "term" in ids
    assert not {"start", "weeks"} & ids
    links = [urlsplit(href).path for href in Outline(page).having("href") if "filename=" in href]
    assert links[0] == "/octo-org/mentoring/new/main/mentees/spring"


def test_when_no_term_takes_applications_there_is_no_form() -> None:
    page = report_site(report_of(program=cohorts(), now=moment("2028-01-20 09:00")))[
        "join/index.html"
    ]
    assert "Applications are closed" in page
    assert "form" not in {tag for tag, _ in Outline(page).elements}


def test_no_text_in_the_data_for_the_script_ends_its_element() -> None:
    schema = {**load_schema("mentee"), "description": "</script><h1>Mine</h1><!--"}
    page = join_page(report_of(RUNNING), schema)
    assert [tag for tag, _ in Outline(page).elements].count("h1") == 1
    assert data(page, "schema") == schema


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_program_says_stays_text(text: str) -> None:
    team = Team(
        id="blue",
        name=text,
        size=2,
        zone="Etc/UTC",
        mentors=(NamedMentor(login="ssbarnea", handle="ssbarnea"),),
    )
    hostile = program(name=text, mentors=(mentor(name=text, focus=("linting",)),), teams=(team,))
    place = replace(HOME, branch='x"><script>')
    page = Outline(report_site(report_of(program=hostile, place=place))["join/index.html"])
    plain = Outline(report_site(report_of(program=PROGRAM))["join/index.html"])
    assert {tag for tag, _ in page.elements} <= {tag for tag, _ in plain.elements}
    scripts = [attrs for tag, attrs in page.elements if tag == "script"]
    assert len(scripts) == 3
