"""The six kinds of program in `docs/programs.md` are valid and can be played."""

import json
import re
from pathlib import Path

import pytest

from mentorship_action.cli import main
from mentorship_action.domain.program import MentorRole, NamedMentor
from tests.builders import world
from tests.teams import team, teammate, with_teams

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "examples" / "programs"
PAGE = (ROOT / "docs" / "programs.md").read_text(encoding="utf-8")
KINDS = sorted(path.name for path in FOLDER.iterdir())


def test_the_page_has_all_kinds() -> None:
    assert KINDS == [
        "co-mentored-projects",
        "cohort",
        "rolling-pairs",
        "rotating-lead",
        "shadowing",
        "team",
    ]
    assert len(re.findall(r"^## ", PAGE, re.MULTILINE)) == len(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_valid_and_everybody_has_a_seat(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["validate", "--root", str(FOLDER / kind), "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["findings"] == []
    assert [one for one in (*shown["seats"], *shown["teams"]) if one["waiting"]] == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_plays_into_its_first_weeks(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "season.html")
    assert main(["rehearse", "--root", str(FOLDER / kind), "--weeks", "8", "--out", out]) == 0
    said = capsys.readouterr().out
    assert "“Week 1 of " in said
    assert "the second one planned 0 changes." in said


def test_the_lead_of_a_group_can_rotate() -> None:
    co = MentorRole.CO
    in_april = (
        NamedMentor(login="radia", handle="radia"),
        NamedMentor(login="grace", handle="Grace", role=co),
    )
    in_may = (
        NamedMentor(login="grace", handle="Grace"),
        NamedMentor(login="radia", handle="radia", role=co),
    )
    blue = team(mentors=in_april)
    play = world(teammate("edsger", blue), program=with_teams(blue)).at("2027-02-15 18:00")
    play.repository.members |= {"radia", "grace", "edsger"}
    play.run()
    assert play.repository.issues[1].title == "Mentorship: Blue with radia"

    blue = team(mentors=in_may)
    play.program = with_teams(blue)
    play.with_records(teammate("edsger", blue)).at("2027-02-22 18:00").run()

    assert play.repository.issues[1].title == "Mentorship: Blue with grace"
    body = play.repository.issues[1].body
    assert "| Mentor | @grace |\n| Co-mentor | @radia |" in body
    assert set(play.repository.issues[3].assignees) == {"radia", "grace", "edsger"}
    assert len(play.repository.issues) == 3
    assert play.run().plan.changes == ()
