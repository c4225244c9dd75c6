"""Terms in files: what the program says of them, and the mentee files in their folders."""

from pathlib import Path

import pytest

from mentorship_action.records.load import Loaded, load
from mentorship_action.records.validate import check_program
from tests.records.places import CONFIG, TODAY, record, repository

SPRING = """\
  - id: spring
    name: Spring 2027
    applications: {from: 2027-01-11, to: 2027-01-31}
    start: 2027-02-15
    weeks: 12
    events:
      - {name: Call, week: 1, day: wed, time: "17:00", timezone: Europe/Berlin, minutes: 60}
"""
TERMS = f"terms:\n{SPRING}" + SPRING.replace("pring", "ummer").replace("2027-02-15", "2027-04-05")
COHORTS = CONFIG + TERMS


def of_term(login: str, mentor: str = "ssbarnea") -> str:
    return record(login, mentor).replace("start: 2026-12-07\n", "")


def cohort(folder: Path, **terms: dict[str, str]) -> Path:
    root = repository(folder, COHORTS)
    for term, files in terms.items():
        (root / "mentees" / term).mkdir()
        for stem, text in files.items():
            (root / "mentees" / term / f"{stem}.yml").write_text(text, encoding="utf-8")
    return root


def codes(loaded: Loaded) -> list[tuple[str, str]]:
    return [(one.file, one.code) for one in loaded.findings]


def test_start_and_weeks_come_from_the_term(tmp_path: Path) -> None:
    root = cohort(tmp_path, spring={"octo": of_term("octo")})
    loaded = load(root, today=TODAY)
    assert loaded.findings == ()
    (one,) = loaded.records
    assert (one.id, one.start.isoformat(), one.weeks) == ("spring/octo", "2027-02-15", 12)
    assert [claim.id for claim in loaded.claims.values()] == ["spring/octo"]


@pytest.mark.parametrize(
    ("term", "stem", "text", "code"),
    [
        ("spring", "octo", record("octo"), "set-by-term"),
        ("spring", "octo", of_term("octo") + "weeks: 12\n", "set-by-term"),
        ("sprnig", "octo", of_term("octo"), "unknown-term"),
        ("spring", "Octo", of_term("octo"), "bad-file-name"),
        ("spring", "octo", of_term("other"), "name-mismatch"),
    ],
)
def test_a_wrong_file_of_a_term_says_so(
    tmp_path: Path, term: str, stem: str, text: str, code: str
) -> None:
    root = cohort(tmp_path, **{term: {stem: text}})
    loaded = load(root, today=TODAY)
    assert codes(loaded) == [(f"mentees/{term}/{stem}.yml", code)]
    assert loaded.records == ()
    found = load(root, paths=[root / f"mentees/{term}/{stem}.yml"], today=TODAY)
    assert codes(found) == codes(loaded)


def test_outside_of_terms_a_start_is_required(tmp_path: Path) -> None:
    root = repository(tmp_path, COHORTS, octo=of_term("octo"))
    assert codes(load(root, today=TODAY)) == [("mentees/octo.yml", "missing-key")]


def test_of_two_mentorships_in_the_same_weeks_the_later_one_is_an_error(tmp_path: Path) -> None:
    root = cohort(tmp_path, spring={"octo": of_term("octo")}, summer={"octo": of_term("octo")})
    loaded = load(root, today=TODAY)
    assert codes(loaded) == [("mentees/summer/octo.yml", "overlapping-mentorships")]
    assert [one.id for one in loaded.records] == ["spring/octo"]


def test_of_two_mentorships_one_may_be_over(tmp_path: Path) -> None:
    over = of_term("octo") + "status: completed\n"
    root = cohort(tmp_path, spring={"octo": over}, summer={"octo": of_term("octo")})
    assert load(root, today=TODAY).findings == ()


def test_a_folder_can_be_asked_about(tmp_path: Path) -> None:
    root = cohort(tmp_path, spring={"octo": "x"}, summer={"mona": "x"})
    (root / "mentees/spring/README.md").write_text("Hello\n")
    loaded = load(root, paths=[root / "mentees/spring"], today=TODAY)
    assert {file for file, _ in codes(loaded)} == {"mentees/spring/octo.yml"}
    everything = load(root, paths=[root / "mentees"], today=TODAY)
    assert len({file for file, _ in codes(everything)}) == 2


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    root = cohort(tmp_path)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/octo.yml").write_text(of_term("octo"))
    (root / "mentees/spring").symlink_to(tmp_path / "outside")
    loaded = load(root, today=TODAY)
    assert ("mentees/spring", "not-a-file") in codes(loaded)
    assert loaded.records == ()


@pytest.mark.parametrize(
    ("former", "now", "code", "path"),
    [
        ("to: 2027-01-31", "to: 2027-01-10", "dates-out-of-order", "terms[0].applications.to"),
        ("start: 2027-02-15", "start: 2027-01-01", "dates-out-of-order", "terms[0].start"),
        ("week: 1,", "week: 13,", "out-of-range", "terms[0].events[0].week"),
        ("Europe/Berlin", "Europe/Berlim", "unknown-zone", "terms[0].events[0].timezone"),
        ("id: spring", "id: summer", "duplicate-term", "terms[1].id"),
        ("    weeks: 12\n", "", "missing-key", "terms[0]"),
        (
            "    weeks: 12\n",
            "    weeks: 12\n    checkpoints: [{name: Late, week: 13}]\n",
            "out-of-range",
            "terms[0].checkpoints[0].week",
        ),
    ],
)
def test_a_wrong_term_says_so(former: str, now: str, code: str, path: str) -> None:
    text = COHORTS.replace(former, now, 1)
    program, findings = check_program("program.yml", text.encode())
    assert program is None
    (one,) = findings
    assert (one.code, one.path) == (code, path)
