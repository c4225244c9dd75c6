"""The site in a real browser: at every width, in both schemes, by keyboard, and without scripts."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from mentorship_action.usecases.report import report_site, write_site
from tests.builders import moment
from tests.publish.reports import DONE, LATER, RUNNING, report_of
from tests.rig.browser import visiting
from tests.terms import SPRING, cohorts, member


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    asked = {"defunkt": date(2026, 4, 26)}
    write_site(report_site(report_of(RUNNING, LATER, DONE, certificates=asked)), folder)
    terms = report_of(member(SPRING), program=cohorts(), now=moment("2027-03-01 09:00"))
    write_site(report_site(terms), folder / "terms")
    return folder


@pytest.mark.parametrize("name", ["index.html", "terms/index.html", "certificates/defunkt.html"])
def test_a_page_is_accessible_and_fits_the_window_at_every_width_in_both_schemes(
    browser: Browser, site: Path, name: str
) -> None:
    with visiting(browser, site / name) as visit:
        for look in visit.looks():
            assert visit.violations() == [], look
            assert visit.overflow() == 0, look
        assert visit.errors == []
        assert visit.requests == [(site / name).as_uri()]


def test_a_filter_by_keyboard_finds_by_name_focus_and_free_seat(
    browser: Browser, site: Path
) -> None:
    with visiting(browser, site / "index.html") as visit:
        page = visit.page
        page.get_by_label("Find").focus()
        page.keyboard.type("mona LINTING")
        assert page.locator("#mentorships .rows > li:visible").count() == 1
        assert page.locator("#shown").inner_text() == "1 found"
        assert page.locator("#mentors .none").is_visible()
        visit.keys("Tab", "Tab", "Enter")
        expect(page.locator("#mentors .cards > li:visible")).to_have_count(3)
        page.get_by_label("Only mentors with a free seat").focus()
        visit.keys("Space")
        assert page.locator("#mentors .cards > li:visible").count() == 2


def test_without_scripts_all_of_it_is_there_and_no_filter(browser: Browser, site: Path) -> None:
    with visiting(browser, site / "index.html", java_script_enabled=False) as visit:
        page = visit.page
        assert page.get_by_text("Mona Lisa").is_visible()
        assert page.get_by_text("Week 2 of 16").is_visible()
        assert not page.get_by_label("Find").is_visible()
