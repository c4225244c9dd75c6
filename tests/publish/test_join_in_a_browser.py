"""The form in a real browser: what it makes is valid, goes nowhere, and anybody can use it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from mentorship_action.domain.calendar import last_day
from mentorship_action.domain.fit import shared_hours
from mentorship_action.domain.program import Minimum, NamedMentor, Program, Team, Weekday, Window
from mentorship_action.domain.record import Record
from mentorship_action.publish.report import Place
from mentorship_action.records.validate import check_record
from mentorship_action.usecases.report import report_site, write_site
from mentorship_action.wording.markdown import hours
from tests.builders import meeting, mentor, moment, program, record
from tests.publish.reports import HOME, report_of
from tests.rig.browser import Visit, visiting
from tests.terms import cohorts

WORKDAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)
HOURS = (Window(days=WORKDAYS, opens=9 * 60, closes=17 * 60),)
PROGRAM = program(
    minimum=Minimum(hours_per_week=4, weeks=12),
    mentors=(
        mentor("Ada", name="Ada <Lovelace>", zone="Europe/London", focus=("linting",), hours=HOURS),
        mentor("grace", zone="America/New_York", capacity=1, hours=HOURS),
        mentor("eve", zone="Australia/Lord_Howe", hours=HOURS),
    ),
    teams=(
        Team(
            id="blue",
            name="Blue",
            size=1,
            zone="Etc/UTC",
            mentors=(NamedMentor(login="grace", handle="grace"),),
        ),
    ),
)
SEATED = record("seated", mentor="grace", mentor_handle="grace")
ANSWERS: Mapping[str, str] = {
    "Your GitHub login": "Octo-Cat",
    "Your name": "Mona: “Lisa” #1",
    "Your time zone": "Europe/Madrid",
    "Hours a week": "5",
    "First day": "2027-03-15",
    "What you want to work on": "Linting, language-server",
    "What you want to gain": "Learn: how maintainers review\n- 'ship' something\n\nyes",
    "Chat": "matrix",
    "Your name there": "@octo:matrix.org",
    "Pages about you": "https://octocat.example/blog?a=b#c",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(report_site(report_of(SEATED, program=PROGRAM)), folder)
    lost = report_of(SEATED, program=PROGRAM, place=Place())
    write_site(report_site(lost), folder / "nowhere")
    terms = report_of(program=cohorts(), now=moment("2027-01-20 09:00"))
    write_site(report_site(terms), folder / "terms")
    return folder


@pytest.fixture
def visit(browser: Browser, site: Path) -> Iterator[Visit]:
    with visiting(browser, site / "join" / "index.html", timezone_id="Asia/Kolkata") as visit:
        yield visit


def answer(page: Page, answers: Mapping[str, str] = ANSWERS) -> None:
    for label, text in answers.items():
        page.get_by_label(label, exact=False).first.fill(text)


def give_hours(page: Page, opens: str, closes: str, *days: str) -> None:
    for day in days:
        page.get_by_label(day, exact=True).check()
    page.locator(".from").fill(opens)
    page.locator(".to").fill(closes)


def agree(page: Page) -> None:
    page.get_by_label("I have read the code of conduct").check()
    page.get_by_label("I have asked my mentor").check()


def open_on_github(visit: Visit) -> str:
    """Click the button, and return the address at which the browser arrives."""

    def answer_for_github(route: Route) -> None:
        route.fulfill(status=200, content_type="text/plain", body="GitHub")

    visit.page.context.route("https://github.com/**", answer_for_github)
    with visit.page.context.expect_page() as opened:
        visit.page.get_by_role("button", name="Open it on GitHub").click()
    opened.value.wait_for_load_state()
    return opened.value.url


def checked(yaml: str, known: Program, path: str) -> Record:
    """Return the record of a file in which `validate` finds nothing."""
    found = check_record(path, yaml.encode(), known)
    assert [finding.message for finding in found.findings] == []
    assert found.record is not None
    return found.record


def test_a_filled_in_form_opens_a_valid_file_on_github_and_sends_nothing_before(
    visit: Visit, site: Path
) -> None:
    page = visit.page
    answer(page)
    give_hours(page, "16:00", "18:30", "Mon", "Tue")
    page.get_by_label("Ada <Lovelace>").check()
    page.get_by_label("Day", exact=True).select_option("Tuesday")
    page.get_by_label("Time", exact=True).fill("17:00")
    page.get_by_label("Show me").uncheck()
    agree(page)
    assert visit.requests == [(site / "join" / "index.html").as_uri()]

    address = urlsplit(open_on_github(visit))

    assert address.path == "/octo-org/mentoring/new/main/mentees"
    query = parse_qs(address.query)
    assert query["filename"] == ["octo-cat.yml"]
    made = checked(query["value"][0], PROGRAM, "mentees/octo-cat.yml")
    assert made == replace(
        record("octo-cat", start="2027-03-15", weeks=PROGRAM.weeks, zone="Europe/Madrid"),
        handle="Octo-Cat",
        name="Mona: “Lisa” #1",
        mentor="ada",
        mentor_handle="Ada",
        meeting=meeting("tue", "17:00", PROGRAM.meeting_minutes),
        availability=(Window(days=(Weekday.MON, Weekday.TUE), opens=960, closes=1110),),
        goals=("Learn: how maintainers review", "- 'ship' something", "yes"),
        focus=("linting", "language-server"),
        chat=replace(made.chat, network="matrix", handle="@octo:matrix.org"),
        links=("https://octocat.example/blog?a=b#c",),
        public=False,
    )
    assert visit.errors == []


def test_what_is_shown_is_what_is_opened(visit: Visit) -> None:
    answer(visit.page)
    visit.page.get_by_label("Ada <Lovelace>").check()
    agree(visit.page)
    shown = visit.page.locator("#yaml").inner_text()
    query = parse_qs(urlsplit(open_on_github(visit)).query)
    assert query["value"][0].rstrip("\n") == shown.rstrip("\n")
    assert visit.page.locator("#path").inner_text() == "mentees/octo-cat.yml"


def test_text_of_every_kind_reaches_the_file_as_it_is(visit: Visit) -> None:
    page = visit.page
    goals = (
        *("null", "~", "yes", "0x1F", "- a list", "# no comment", "a: b", "'single' \"double\""),
        *("back\\slash {brace} [bracket] & * ! | > % @ `", "ünïcödé 🎉 中文\u00a0blank"),
    )
    answer(page, {**ANSWERS, "Your name": "no", "What you want to gain": "\n".join(goals)})
    page.get_by_label("Ada <Lovelace>").check()
    agree(page)
    made = checked(page.locator("#yaml").inner_text(), PROGRAM, "mentees/octo-cat.yml")
    assert (made.name, made.goals) == ("no", goals)


def test_a_team_has_its_own_meeting(visit: Visit) -> None:
    page = visit.page
    answer(page)
    page.get_by_label("Day", exact=True).select_option("Tuesday")
    page.get_by_label("Team Blue").check()
    agree(page)
    made = checked(page.locator("#yaml").inner_text(), PROGRAM, "mentees/octo-cat.yml")
    assert (made.team, made.mentor) == ("blue", "grace")


def test_a_file_for_a_term_lies_in_its_folder_and_has_no_start(
    browser: Browser, site: Path
) -> None:
    answers = {label: text for label, text in ANSWERS.items() if label != "First day"}
    with visiting(browser, site / "terms/join/index.html") as visit:
        answer(visit.page, answers)
        visit.page.get_by_label("Term").select_option("summer")
        visit.page.get_by_label("ssbarnea").check()
        agree(visit.page)
        address = urlsplit(open_on_github(visit))
    assert address.path == "/octo-org/mentoring/new/main/mentees/summer"
    made = checked(parse_qs(address.query)["value"][0], cohorts(), "mentees/summer/octo-cat.yml")
    assert made.term == "summer"


def test_errors_are_named_where_they_are_and_lead_there(visit: Visit) -> None:
    page = visit.page
    answer(page, {"Your GitHub login": "-x", "Hours a week": "2", "Your time zone": "Mars/Base"})
    answer(
        page, {"What you want to gain": "Learn\nwrite to me@example.com", "First day": "2020-01-06"}
    )
    give_hours(page, "18:00", "17:00", "Mon")
    page.get_by_role("button", name="Open it on GitHub").click()
    expect(page.locator("#summary")).to_be_focused()
    said = {
        place.get_attribute("id"): place.inner_text()
        for place in page.locator(".error").all()
        if place.inner_text()
    }
    assert said == {
        "github-error": "Write a GitHub login: letters, digits and single hyphens, at most 39.",
        "timezone-error": "Choose a zone from the list, such as Europe/Madrid.",
        "hours_per_week-error": "The program asks for at least 4.",
        "start-error": "With this first day it would be over already.",
        "availability-error": "The hours end before they begin. "
        "Hours past midnight take two entries.",
        "focus-error": "Please fill this in.",
        "goals-error": "Number 2: Leave out e-mail addresses and phone numbers: "
        "the file is public.",
        "mentor-error": "Choose the mentor whom you have asked.",
        "chat-network-error": "Please fill this in.",
        "chat-handle-error": "Please fill this in.",
        "agreements-code_of_conduct-error": "Please tick this box.",
        "agreements-asked_mentor-error": "Please tick this box.",
    }
    page.locator("#summary a").nth(1).click()
    expect(page.get_by_label("Your time zone")).to_be_focused()
    assert page.get_by_label("Your time zone").get_attribute("aria-invalid") == "true"
    assert visit.violations() == []
    assert len(visit.requests) == 1


def test_the_program_s_own_rules_hold_too(visit: Visit) -> None:
    page = visit.page
    answer(page, {**ANSWERS, "Your GitHub login": "ADA", "How many weeks": "3"})
    give_hours(page, "09:00", "10:00", "Mon")
    page.get_by_label("Ada <Lovelace>").check()
    page.get_by_label("Day", exact=True).select_option("Tuesday")
    page.get_by_label("Time", exact=True).fill("17:00")
    agree(page)
    page.get_by_role("button", name="Open it on GitHub").click()
    assert page.locator("#summary li").all_inner_texts() == [
        "How many weeks: The program asks for at least 12.",
        "Your mentor: Nobody can mentor themselves.",
        "Weekly meeting: The meeting is outside the hours when you can meet.",
    ]


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Europe/Madrid", "2027-03-15"),
        ("Europe/Madrid", "2027-03-23"),
        ("America/St_Johns", "2027-03-08"),
        ("Pacific/Kiritimati", "2027-10-25"),
        ("Australia/Sydney", "2027-04-01"),
    ],
)
def test_hours_in_common_are_those_that_match_finds(visit: Visit, zone: str, start: str) -> None:
    page = visit.page
    answer(page, {"Your time zone": zone, "First day": start})
    give_hours(page, "01:30", "23:00", "Mon", "Wed", "Sun")
    mine = record(
        start=start,
        zone=zone,
        availability=(
            Window(days=(Weekday.MON, Weekday.WED, Weekday.SUN), opens=90, closes=23 * 60),
        ),
    )
    for one in PROGRAM.mentors:
        people = ((mine.zone, mine.availability), (one.zone, one.hours))
        minutes = shared_hours(people, mine.start, last_day(mine, PROGRAM))[0].minutes
        note = page.locator(f'[data-mentor="{one.handle}"]').inner_text()
        assert f"· {hours(minutes)} a week in common" in note, (one.handle, minutes)


def test_free_seats_and_shared_interests_are_shown(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("What you want to work on").fill("linting")
    assert page.locator('[data-mentor="Ada"]').inner_text() == "2 seats free · both: linting"
    assert page.locator('[data-mentor="grace"]').inner_text() == "no free seat: you would wait"


def test_the_own_zone_is_proposed(visit: Visit) -> None:
    assert visit.page.get_by_label("Your time zone").input_value() in (
        "Asia/Kolkata",
        "Asia/Calcutta",
    )


def test_a_file_too_long_for_a_link_is_copied(browser: Browser, site: Path) -> None:
    with visiting(
        browser, site / "join/index.html", permissions=["clipboard-read", "clipboard-write"]
    ) as visit:
        page = visit.page
        answer(page, {**ANSWERS, "What you want to gain": "\n".join(["„" * 190] * 10)})
        page.get_by_label("Ada <Lovelace>").check()
        agree(page)
        expect(page.locator("#too-long")).to_be_visible()
        expect(page.locator("#open")).to_be_hidden()
        empty = page.get_by_role("link", name="Open the empty file").get_attribute("href")
        assert empty == f"{HOME.url}/new/main/mentees?filename=octo-cat.yml"
        page.get_by_role("button", name="Copy the file").click()
        expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        checked(copied, PROGRAM, "mentees/octo-cat.yml")


def test_without_a_repository_the_file_can_still_be_copied(browser: Browser, site: Path) -> None:
    with visiting(browser, site / "nowhere/join/index.html") as visit:
        expect(visit.page.get_by_role("button", name="Copy the file")).to_be_visible()
        expect(visit.page.locator("#open")).to_be_hidden()


def test_the_keyboard_alone_is_enough(visit: Visit) -> None:
    """Tab reaches every question in order, and Enter sends the form."""
    page = visit.page
    page.get_by_label("Your GitHub login").focus()
    reached: list[str] = []
    while "copy" not in reached and len(reached) < 60:
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.name"))
        visit.keys("Tab")
    wanted = ["github", "timezone", "hours_per_week", "start", "focus", "goals", "who"]
    wanted += ["chat-network", "agreements-asked_mentor", "open", "copy"]
    # A date has several stops.
    assert [name for name in dict.fromkeys(reached) if name in wanted] == wanted
    page.get_by_label("Your GitHub login").focus()
    visit.keys("Enter")
    expect(page.locator("#summary")).to_be_focused()


def test_the_form_is_accessible_and_fits_the_window_at_every_width_in_both_schemes(
    visit: Visit, site: Path
) -> None:
    visit.page.get_by_role("button", name="Open it on GitHub").click()
    visit.page.locator("#by-hand summary").click()
    for look in visit.looks():
        assert visit.violations() == [], look
        assert visit.overflow() == 0, look
    assert visit.errors == []
    assert visit.requests == [(site / "join" / "index.html").as_uri()]


def test_without_scripts_the_guide_is_open_and_the_form_away(browser: Browser, site: Path) -> None:
    with visiting(browser, site / "join/index.html", java_script_enabled=False) as visit:
        expect(visit.page.get_by_text("Open a new file on GitHub")).to_be_visible()
        expect(visit.page.get_by_label("Your GitHub login")).to_be_hidden()
