"""The season of a term: a team, a lead who drops out, a backup who steps in, and who comes back."""

import shutil
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from mentorship_action.domain.calendar import slots
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.mentorship import mentorships
from mentorship_action.errors import UsageError
from mentorship_action.rehearsal.overview import Square, roster
from mentorship_action.rehearsal.page import write_page
from mentorship_action.rehearsal.season import Season, play
from mentorship_action.usecases.rehearse import Shipped, read_scenario

NOW = datetime.fromisoformat("2027-01-04T00:00:00+00:00")


@pytest.fixture(scope="module")
def season() -> Season:
    """The whole season; playing it raises when a second run plans anything."""
    scenario = read_scenario(None, now=NOW, start=None, weeks=None, shipped=Shipped.COHORT)
    return play(scenario)


def titles(season: Season) -> list[str]:
    return [issue.title for issue in season.repository.issues.values()]


def test_a_team_of_five_has_one_tracker_and_one_check_in_a_week(season: Season) -> None:
    plum = [title for title in titles(season) if "Plum" in title]
    assert plum[0] == "Mentorship: Plum with vera-demo"
    assert len(plum) == 14
    tracker = next(one for one in season.repository.issues.values() if one.title == plum[0])
    assert tracker.body.count("## For @") == 6
    last = next(one for one in season.repository.issues.values() if one.title == plum[-1])
    for login in ("ana-demo", "ben-demo", "chi-demo", "dov-demo", "eli-demo"):
        assert f"### @{login}" in last.body


def test_a_team_takes_one_seat_of_its_mentors(season: Season) -> None:
    rows = {row.mentor: row for row in roster(season)}
    assert max(rows["vera-demo"].taken) == max(rows["tomas-demo"].taken) == 1
    assert rows["tomas-demo"].pairs == ()
    # One of his own, and one as a co-mentor.
    assert max(rows["juan-demo"].taken) == 2
    talked = [cell.square for pair in rows["vera-demo"].pairs for cell in pair.cells]
    assert talked.count(Square.TALKED) > 50


def test_the_backup_leads_from_the_week_in_which_the_lead_left(season: Season) -> None:
    fay = [title for title in titles(season) if title.startswith("Week") and "fay-demo" in title]
    leads = [title.split(": ")[1].split(" & ")[1] for title in fay]
    assert leads == ["ines-demo"] * 4 + ["mei-demo"] * 9
    assert (
        "  - {github: mei-demo, role: lead}"
        in season.repository.branches.files["mentees/2027-spring/fay-demo.yml"].content.decode()
    )


def test_who_comes_back_has_a_file_in_each_term_and_one_mentorship_now(season: Season) -> None:
    gus = [title for title in titles(season) if "gus-demo" in title]
    assert gus[0] == "Mentorship: gus-demo with juan-demo"
    assert gus[1].startswith("Week 1 of 7")
    assert {"2026-autumn/gus-demo", "2027-spring/gus-demo"} <= season.history.keys()


def test_everything_is_closed_at_the_end_and_is_on_the_page(season: Season) -> None:
    still_open = [one.title for one in season.repository.issues.values() if one.is_open]
    assert still_open == ["Dashboard of Open Orchard Fellowship"]
    page = write_page(season)
    for text in ("Mentorship: Plum with vera-demo", "mei-demo takes over from ines-demo", "Plum"):
        assert text in page


def test_a_mentor_can_be_taken_away_from_any_season() -> None:
    scenario = read_scenario(
        None,
        now=NOW,
        start=date(2027, 1, 18),
        weeks=8,
        shipped=Shipped.COHORT,
        leaving=(("juan-demo", 7),),
    )
    played = play(scenario)
    said = [event.text for week in played.weeks for event in week.events]
    assert "left the program" in said
    gone = "juan-demo, a mentor of gus-demo, is not in the program"
    assert any(text.startswith(gone) for text in said)


def test_nobody_is_forgotten_and_nothing_is_filed_twice(season: Season) -> None:
    keys = Counter(one.marked for one in season.repository.issues.values() if one.marked)
    assert set(keys.values()) == {1}
    periods: dict[str, set[str]] = {}
    for key in keys:
        if key.kind == Kind.CHECK_IN:
            periods.setdefault(key.mentorship, set()).add(key.period)
    newest = [states[-1][1] for states in season.history.values() if len(states) > 1]
    begun = mentorships(newest, season.program)
    assert {one.id for one in begun} == periods.keys()
    for one in begun:
        due = {str(slot.week) for slot in slots(one, season.program) if not slot.skipped}
        assert periods[one.id] == due


def test_a_teams_new_lead_stands_in_the_program_and_its_comments_stay(tmp_path: Path) -> None:
    root = shutil.copytree("docs/examples/programs/team", tmp_path / "team")
    file = root / ".github" / "mentorship.yml"
    file.write_text(f"# Crews\n{file.read_text()}")
    scenario = read_scenario(root, now=NOW, start=None, weeks=10, leaving=(("katherine", 7),))
    played = play(scenario)
    text = played.repository.branches.files[".github/mentorship.yml"].content.decode()
    assert text.startswith("# Crews\n")
    assert "- {github: mary, role: lead}" in text
    assert "{github: katherine, role: lead}" not in text
    assert {"Mentorship: Mercury with mary"} <= set(titles(played))
    said = (one.body for some in played.repository.comments.values() for one in some)
    (answer,) = [one for one in said if "You lead the team `Mercury` now" in one]
    assert "replace all lines of this team with these" in answer
    assert "- {github: mary, role: lead}" in answer


@pytest.mark.parametrize("leaving", [("nobody", 1), ("juan-demo", 104)])
def test_who_is_no_mentor_and_a_week_that_is_not_played_are_wrong_usage(
    leaving: tuple[str, int],
) -> None:
    with pytest.raises(UsageError):
        read_scenario(
            None, now=NOW, start=None, weeks=4, shipped=Shipped.COHORT, leaving=(leaving,)
        )
