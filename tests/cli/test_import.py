"""`mentorship import` takes what it can, says why it takes no more, and overwrites nothing."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mentorship_action.cli import main
from mentorship_action.cli.group import run_command
from mentorship_action.records.table import COLUMNS

SCHEMA = Path(__file__).parents[2] / "schemas" / "import.schema.json"
PROGRAM = """\
version: 1
program: {name: Example, minimum: {hours_per_week: 4, weeks: 12}}
mentors: [{github: grace, capacity: 2}, {github: Radia, capacity: 1}, {github: linus, capacity: 0}]
"""
DEFAULTS = """\
start: 2026-12-07
weeks: 12
hours_per_week: 5
timezone: Europe/London
focus: [parsers]
goals: [Learn how maintainers review]
chat_network: matrix
agreements: {code_of_conduct: true, asked_mentor: true}
"""
HEADER = "mentee,mentor,chat_handle"
ADA = "ada,grace,@ada:example.org"
BOB = "bob,radia,bob"


class Workplace:
    """A repository, and a spreadsheet beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "repository"
        self.root.mkdir()
        self.write("defaults.yml", DEFAULTS)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def import_(self, table: str | bytes, *options: str, name: str = "people.csv") -> int:
        path = self.write(name, table)
        defaults = [] if "--defaults" in options else ["--defaults", f"{self.folder}/defaults.yml"]
        return main(["import", str(path), "--root", str(self.root), *defaults, *options])

    def files(self) -> dict[str, str]:
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_text() for path in found}


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path)


@pytest.fixture
def ready(place: Workplace) -> Workplace:
    """A repository that has a program."""
    place.write("repository/.github/mentorship.yml", PROGRAM)
    return place


def report(capsys: pytest.CaptureFixture[str]) -> Any:
    shown = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(shown)
    return shown


def refused(
    place: Workplace, capsys: pytest.CaptureFixture[str], table: str | bytes, **options: str
) -> list[tuple[int, str, str]]:
    """Import a table of which rows are refused; return row, column and reason of each refusal."""
    assert place.import_(table, "--format", "json", **options) == 1
    return [(one["row"], one["column"], one["reason"]) for one in report(capsys)["refused"]]


def test_a_row_becomes_a_mentee_file(ready: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    header = (
        "mentee,name,mentor,co,backup,start,weeks,hours_per_week,timezone,focus,goals,"
        "chat_network,chat_handle"
    )
    row = (
        "Ada,Ada Lovelace,grace,Radia,linus,2027-01-11,16,6,Asia/Kolkata,Rust; CLI tools,"
        '"Learn: how; ""Land"" a change",Zulip,ada'
    )
    assert ready.import_(f"{header}\n{row}\n") == 0
    assert ready.files()["mentees/ada.yml"] == (
        "github: Ada\n"
        "name: Ada Lovelace\n"
        "mentors:\n"
        "  - {github: grace, role: lead}\n"
        "  - {github: Radia, role: co}\n"
        "  - {github: linus, role: backup}\n"
        "start: 2027-01-11\n"
        "weeks: 16\n"
        "hours_per_week: 6\n"
        "timezone: Asia/Kolkata\n"
        "goals:\n"
        '  - "Learn: how"\n'
        '  - "\\"Land\\" a change"\n'
        "focus: [rust, cli-tools]\n"
        "chat: {network: zulip, handle: ada}\n"
        "agreements:\n"
        "  code_of_conduct: true\n"
        "  asked_mentor: true\n"
    )
    assert "1 row: 1 mentee file written, 0 unchanged, 0 refused.\n" in capsys.readouterr().out


def test_without_a_program_a_draft_has_the_mentors_of_the_rows_that_were_taken(
    place: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    table = f"{HEADER},co,backup\n{ADA},,linus\nbob,grace,bob,linus,\ncarol,nobody,,,\n"
    assert place.import_(table) == 1
    assert "There was no program: .github/mentorship.yml is a draft." in capsys.readouterr().out
    draft = place.files()[".github/mentorship.yml"]
    assert draft.splitlines()[1:] == [
        "version: 1",
        "program: {name: Our Mentorship}",
        "mentors:",
        "  - {github: grace, capacity: 2}",
        "  - {github: linus, capacity: 1}",
    ]
    assert main(["validate", "--root", str(place.root)]) == 0


def test_without_a_row_that_can_be_taken_no_program_is_drafted(place: Workplace) -> None:
    assert place.import_(f"{HEADER}\nada,ada,ada\n") == 1
    assert place.files() == {}


@pytest.mark.parametrize("has_program", [True, False])
def test_running_it_again_changes_nothing(
    place: Workplace, capsys: pytest.CaptureFixture[str], *, has_program: bool
) -> None:
    if has_program:
        place.write("repository/.github/mentorship.yml", PROGRAM)
    assert place.import_(f"{HEADER}\n{ADA}\n{BOB}\n") == 0
    before = place.files()
    capsys.readouterr()
    assert place.import_(f"{HEADER}\n{ADA}\n{BOB}\n", "--format", "json") == 0
    shown = report(capsys)
    assert (shown["written"], shown["program_draft"]) == ([], None)
    assert shown["unchanged"] == [
        {"row": 2, "file": "mentees/ada.yml"},
        {"row": 3, "file": "mentees/bob.yml"},
    ]
    assert place.files() == before


def test_a_file_that_says_the_same_in_other_words_is_unchanged(ready: Workplace) -> None:
    ready.import_(f"{HEADER}\n{ADA}\n")
    file = ready.root / "mentees" / "ada.yml"
    file.write_text(f"# Hello\n{file.read_text()}")
    assert ready.import_(f"{HEADER}\n{ADA}\n") == 0
    assert file.read_text().startswith("# Hello\n")


@pytest.mark.parametrize("text", ["github: ada\n", "", "status: completed\n"])
def test_a_file_that_says_something_else_is_kept_and_told(
    ready: Workplace, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    ready.write("repository/mentees/ada.yml", text)
    reason = "`mentees/ada.yml` is there already and says something else; it stays as it is."
    assert refused(ready, capsys, f"{HEADER}\n{ADA}\n{BOB}\n") == [(2, "mentee", reason)]
    assert ready.files()["mentees/ada.yml"] == text
    assert "mentees/bob.yml" in ready.files()


def test_a_person_whose_file_has_another_name_gets_no_second_one(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    ready.write("repository/mentees/countess.yml", "github: Ada\n")
    told = "`ada` has a mentee file already: `mentees/countess.yml`."
    assert refused(ready, capsys, f"{HEADER}\n{ADA}\n") == [(2, "mentee", told)]
    assert "mentees/ada.yml" not in ready.files()


def test_of_two_rows_about_one_person_the_first_is_taken(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    table = f"{HEADER}\n{ADA}\n{BOB}\n@ADA,radia,somebody\n"
    assert refused(ready, capsys, table) == [(4, "mentee", "Row 2 is about `ada` already.")]
    assert "grace" in ready.files()["mentees/ada.yml"]


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("ada@example.org,grace,a", "mentee", "The cell seems to hold an e-mail address."),
        ("+34 600 123 456,grace,a", "mentee", "The cell seems to hold a phone number."),
        ("5551234567,grace,a", "mentee", "The cell seems to hold a phone number."),
        ("ada,grace@example.org,a", "mentor", "The cell seems to hold an e-mail address."),
        ("ada,grace,a@example.org", "chat_handle", "The cell seems to hold an e-mail address."),
        ("ada,nobody,a", "mentor", "`nobody` is not a mentor of this program."),
        ("ada,ada,a", "mentor", "`mentor` and `github` name the same person."),
        (",grace,a", "mentee", "`mentee` is empty."),
        ("ada,,a", "mentor", "`mentor` is empty."),
        ("ada,grace;radia,a", "mentor", "Only one mentor leads."),
        ("ada,grace,", "chat_handle", "`chat_handle` is empty."),
        ("ada,grace,=1+1", "chat_handle", "The cell holds a formula or a spreadsheet's error."),
        ("ada,#N/A,a", "mentor", "The cell holds a formula or a spreadsheet's error."),
        ("ada,grace,a,b", "", "The row has more cells than the header."),
        ('ada,"gra"ce,a', "", "The row can't be read: a quote is not closed, or text follows one."),
    ],
)
def test_each_refusal_has_row_column_and_reason(
    ready: Workplace, capsys: pytest.CaptureFixture[str], row: str, column: str, reason: str
) -> None:
    assert refused(ready, capsys, f"{HEADER}\n{BOB}\n\n{row}\n") == [(4, column, reason)]
    assert [name for name in ready.files() if "mentees" in name] == ["mentees/bob.yml"]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("start", "07/12/2026", "`start` is `07/12/2026`, which isn't a date"),
        ("weeks", "many", "`weeks` should be a whole number, but it is the text `many`."),
        ("weeks", "2", "`weeks` is `2`; the program asks for at least 12."),
        ("hours_per_week", "99", "`hours_per_week` is `99`"),
        ("timezone", "Europe/Nowhere", "`Europe/Nowhere` is not an IANA time zone."),
        ("focus", "C++", "`focus, first item` is `c++`"),
        ("chat_network", "a b/c", "`chat.network` is `a-b/c`"),
        ("co", "nobody", "`nobody` is not a mentor of this program."),
        ("backup", "grace", "`grace` is listed under `mentors` twice."),
        ("team", "blue", "`blue` is not a team of this program."),
        ("term", "Spring 2027", "The folder `spring-2027` is not a term of this program."),
        ("term", "C++", "`c++` is not the id of a term."),
        ("name", "x" * 101, "`name` has 101 characters"),
        ("name", "x" * 5000, "The cell has 5,000 characters."),
    ],
)
def test_what_the_validator_refuses_is_told_by_column(
    ready: Workplace, capsys: pytest.CaptureFixture[str], column: str, cell: str, reason: str
) -> None:
    [told] = refused(ready, capsys, f"{HEADER},{column}\n{ADA},{cell}\n")
    assert told[:2] == (2, column)
    assert told[2].startswith(reason)


def test_an_address_that_is_refused_is_not_repeated(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "ada@example.org,grace@example.org,x@example.org\n"
    for format_ in ("text", "json"):
        ready.import_(f"{HEADER}\n{rows}", "--format", format_)
        assert "example.org" not in capsys.readouterr().out


def test_agreements_come_from_the_defaults_alone(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    ready.write("defaults.yml", DEFAULTS.partition("agreements")[0])
    table = f"{HEADER},agreements\n{ADA},true\n"
    [(row, column, _)] = refused(ready, capsys, table)
    assert (row, column) == (2, "agreements")
    assert "mentees/ada.yml" not in ready.files()


@pytest.mark.parametrize("answer", ["false", "'yes'", "null"])
def test_no_agreement_is_not_made_one(
    ready: Workplace, capsys: pytest.CaptureFixture[str], answer: str
) -> None:
    ready.write("defaults.yml", DEFAULTS.replace("asked_mentor: true", f"asked_mentor: {answer}"))
    [(_, column, _)] = refused(ready, capsys, f"{HEADER}\n{ADA}\n")
    assert column == "agreements"


def test_a_row_says_more_than_the_defaults(ready: Workplace) -> None:
    ready.write("defaults.yml", f"{DEFAULTS}mentor: grace\nname: Somebody\nstatus: paused\n")
    assert ready.import_("mentee,chat_handle,mentor,name\nada,ada,radia,\n") == 0
    written = ready.files()["mentees/ada.yml"]
    assert "mentor: radia\n" in written
    assert "name: Somebody\n" in written
    assert "status: paused\n" in written


def test_defaults_may_be_written_as_in_a_mentee_file(ready: Workplace) -> None:
    more = (
        "chat: {network: irc, handle: a}\n"
        "mentors: [{github: grace, role: lead}, {github: radia, role: co}]\n"
    )
    ready.write("defaults.yml", DEFAULTS.replace("chat_network: matrix\n", more))
    assert ready.import_("mentee,chat_handle,mentor\nada,ada,\nbob,bob,radia\n") == 0
    written = ready.files()["mentees/ada.yml"]
    assert "mentor: radia\n" in ready.files()["mentees/bob.yml"]
    assert "chat: {network: irc, handle: ada}\n" in written
    assert "  - {github: radia, role: co}\n" in written


@pytest.mark.parametrize(
    "renames",
    ["GitHub handle: mentee\nGuide: mentor\n", "mentee: GitHub handle\nmentor: guide\n"],
)
def test_a_map_renames_columns_in_either_direction(ready: Workplace, renames: str) -> None:
    map_ = ready.write("map.yml", renames)
    table = "Github-Handle,guide,Chat Handle\n@ada,https://github.com/grace,ada\n"
    assert ready.import_(table, "--map", str(map_)) == 0
    assert "github: ada\nmentor: grace\n" in ready.files()["mentees/ada.yml"]


def test_a_map_that_names_a_column_that_is_not_there_writes_nothing(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    map_ = ready.write("map.yml", "mentee: Login\nco: Second  mentor\n")
    before = ready.files()
    assert ready.import_("Login,mentor,Second\nzoe,ada,grace\n", "--map", str(map_)) == 2
    said = capsys.readouterr().err
    assert "The file has no column `second_mentor`, which is to be `co`." in said
    assert "Its columns are Login, mentor, Second." in said
    assert ready.files() == before


def test_a_renamed_column_is_taken_in_place_of_one_of_the_same_name(ready: Workplace) -> None:
    map_ = ready.write("map.yml", "Login: mentee\n")
    table = f"Mentee,login,mentor,chat_handle\nAda Lovelace,{ADA}\n"
    assert ready.import_(table, "--map", str(map_)) == 0
    assert "mentees/ada.yml" in ready.files()


def test_columns_that_are_not_used_are_named(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ready.import_(f"{HEADER},Notes,a@example.org\n{ADA},x,y\n", "--format", "json") == 0
    assert report(capsys)["unused_columns"] == ["Notes", "one that looks private"]


@pytest.mark.parametrize(
    "table",
    [
        f"{HEADER}\r\n{ADA}\r\n{BOB}\r\n",
        f"{HEADER}\r{ADA}\r{BOB}\r",
        f"{HEADER}\n{ADA}\n{BOB}".replace(",", ";"),
        f"sep=;\n{HEADER}\n{ADA}\n{BOB}".replace(",", ";"),
        f"{HEADER}\n{ADA}\n{BOB}".replace(",", "\t"),
        f"\n\n{HEADER}\n,,\n{ADA}\n\n{BOB}\n",
        f'"mentee", "mentor", "chat_handle"\n{ADA}\n"bob", "radia", " bob "\n',
        f"\ufeff{HEADER}\n{ADA}\n{BOB}\n",
        f"{HEADER}\n{ADA}\n{BOB}\n".encode("utf-16"),
    ],
    ids=["crlf", "cr", "semicolons", "sep", "tabs", "blank-rows", "quoted", "bom", "utf-16"],
)
def test_every_dialect_of_spreadsheets_is_read(ready: Workplace, table: str | bytes) -> None:
    assert ready.import_(table) == 0
    assert {"mentees/ada.yml", "mentees/bob.yml"} <= set(ready.files())


def test_a_cell_with_line_breaks_is_one_row_and_holds_several_goals(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    table = f'{HEADER},goals\n{ADA},"Learn\r\nLand a change"\neve,nobody,eve,x\n'
    assert [row for row, _, _ in refused(ready, capsys, table)] == [3]
    assert "goals:\n  - Learn\n  - Land a change\n" in ready.files()["mentees/ada.yml"]


def test_a_yaml_list_is_a_table_too(ready: Workplace, capsys: pytest.CaptureFixture[str]) -> None:
    table = (
        "# People\n"
        "- mentee: ada\n"
        "  mentor: grace\n"
        "  chat_handle: ada\n"
        "  goals: [Learn; then teach, Land a change]\n"
        "- mentee: bob\n"
        "\tmentor: radia\n"
        "- {mentee: carol, mentor: radia, chat_handle: 42, weeks: 12}\n"
        "- {mentee: dora, mentor: {github: radia}, chat_handle: dora}\n"
        "- dora\n"
    )
    assert refused(ready, capsys, table, name="people.yml") == [
        (6, "", "A tab indents one of its lines."),
        (9, "mentor", "Text, a number or a list of these belongs here."),
        (10, "", "The entry is not a mapping."),
    ]
    files = ready.files()
    assert 'goals:\n  - "Learn; then teach"\n  - Land a change\n' in files["mentees/ada.yml"]
    assert 'handle: "42"' in files["mentees/carol.yml"]


def test_a_json_list_is_yaml(ready: Workplace) -> None:
    rows = [{"mentee": "ada", "mentor": "grace", "chat_handle": "ada"}]
    assert ready.import_(json.dumps(rows, indent=2), name="people.yaml") == 0
    assert "mentees/ada.yml" in ready.files()


def test_text_output_names_row_column_and_fix(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ready.import_(f"{HEADER}\nada,nobody,a\n", "-q") == 1
    out = capsys.readouterr().out
    first, hint = out.splitlines()
    assert first.endswith("people.csv:2: mentor: `nobody` is not a mentor of this program.")
    assert hint == "    The mentors are `grace`, `Radia` and `linus`."


def test_the_group_finds_the_command_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["import", "--help"], {}) == 0
    assert "--map MAP.yml" in capsys.readouterr().out


def test_a_program_with_errors_stops_it(ready: Workplace) -> None:
    ready.write("repository/.github/mentorship.yml", "version: 2\n")
    assert ready.import_(f"{HEADER}\n{ADA}\n") == 3
    assert list(ready.files()) == [".github/mentorship.yml"]


def test_the_page_about_importing_shows_what_happens(
    place: Workplace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
    blocks = {
        kind: page.partition(f"```{kind}")[2].partition("\n")[2].partition("```")[0]
        for kind in ("csv", "yaml", "text", "console")
    }
    place.write("defaults.yml", blocks["yaml"])
    place.write("people.csv", blocks["csv"])
    monkeypatch.chdir(place.folder)
    command = blocks["console"].split()[1:]
    assert main([*command, "--root", str(place.root)]) == 1
    assert capsys.readouterr().out.startswith(blocks["text"])
    assert {"mentees/ada.yml", "mentees/tony.yml"} <= set(place.files())
    assert [column for column in COLUMNS if f"`{column}`" not in page] == []


COHORTS = (
    PROGRAM
    + """\
terms:
  - {id: spring, name: Spring, applications: {from: 2027-01-01, to: 2027-01-31},
     start: 2027-02-15, weeks: 13}
  - {id: summer, name: Summer, applications: {from: 2027-01-01, to: 2027-01-31},
     start: 2027-03-15, weeks: 13}
  - {id: autumn, name: Autumn, applications: {from: 2027-07-01, to: 2027-07-31},
     start: 2027-09-06, weeks: 13}
teams:
  - {id: blue, name: Blue, term: spring, size: 3,
     mentors: [{github: grace, role: lead}, {github: Radia, role: co}]}
"""
)


@pytest.fixture
def cohort(place: Workplace) -> Workplace:
    """A repository whose program has terms and a team."""
    place.write("repository/.github/mentorship.yml", COHORTS)
    return place


def test_rows_of_terms_and_teams_become_files_in_the_terms_folder(cohort: Workplace) -> None:
    table = (
        "mentee,mentor,co,team,term,start,chat_handle\n"
        "ada,,,Blue,Spring,,ada\n"
        "bob,grace,radia,blue,spring,2027-02-15,bob\n"
        "carol,grace,,,spring,,carol\n"
        "dave,grace,,,,,dave\n"
        "ada,grace,,,autumn,,ada\n"
    )
    assert cohort.import_(table) == 0
    files = cohort.files()
    assert {name for name in files if name.startswith("mentees")} == {
        *("mentees/spring/ada.yml", "mentees/spring/bob.yml", "mentees/spring/carol.yml"),
        *("mentees/dave.yml", "mentees/autumn/ada.yml"),
    }
    assert files["mentees/spring/bob.yml"].startswith(
        "github: bob\nteam: blue\nhours_per_week: 5\n"
    )
    assert "start: 2026-12-07\n" in files["mentees/dave.yml"]
    assert main(["validate", "--root", str(cohort.root)]) == 0
    assert cohort.import_(table) == 0
    assert cohort.files() == files


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("ada,,blue,spring,2027-03-01", "start", "`start` is the same for everybody in `spring`"),
        ("ada,linus,blue,spring,", "team", "There are `mentor` and `team`, and only one of them"),
        ("ada,,blue,autumn,", "team", "The team `blue` is not one of this folder."),
        ("ada,,blue,,2027-02-15", "team", "The team `blue` is not one of this folder."),
        ("grace,,blue,spring,", "team", "`github` is a mentor of the team `blue`"),
        ("ada,,,spring,", "mentor", "`mentor` is empty."),
        ("bob,grace,,spring,", "mentee", "Row 2 is about `bob` already."),
        ("bob,grace,,summer,", "mentee", "`bob` has another mentorship in these weeks: row 2."),
    ],
)
def test_a_row_that_its_term_or_team_speaks_against_is_refused(
    cohort: Workplace, capsys: pytest.CaptureFixture[str], row: str, column: str, reason: str
) -> None:
    cohort.write("defaults.yml", f"{DEFAULTS}chat_handle: somebody\n")
    table = f"mentee,mentor,team,term,start\nbob,grace,,spring,\n{row}\n"
    [told] = refused(cohort, capsys, table)
    assert told[:2] == (3, column)
    assert told[2].startswith(reason)


def test_a_file_of_another_term_in_the_same_weeks_is_a_reason_against_a_row(
    cohort: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cohort.import_("mentee,mentor,term,chat_handle\nada,grace,spring,ada\n") == 0
    capsys.readouterr()
    [(_, column, reason)] = refused(
        cohort, capsys, "mentee,mentor,term,chat_handle\nada,grace,summer,ada\n"
    )
    assert (column, reason) == (
        "mentee",
        "`ada` has another mentorship in these weeks: `mentees/spring/ada.yml`.",
    )


def test_a_draft_has_the_terms_and_teams_of_its_rows(place: Workplace) -> None:
    table = (
        "mentee,mentor,co,team,term,start,weeks,chat_handle\n"
        "ada,grace,radia,Blue team,Spring 2027,2027-02-15,13,ada\n"
        "bob,,,Blue team,Spring 2027,,,bob\n"
        "carol,grace,,,Spring 2027,,,carol\n"
        "dave,,,Green,Spring 2027,,,dave\n"
    )
    assert place.import_(table) == 1
    files = place.files()
    assert files[".github/mentorship.yml"].partition("mentors:\n")[2] == (
        "  - {github: grace, capacity: 2}\n"
        "  - {github: radia, capacity: 1}\n"
        "terms:\n"
        "  - {id: spring-2027, name: Spring 2027, applications: {from: 2027-01-18, "
        "to: 2027-02-14}, start: 2027-02-15, weeks: 13}\n"
        "teams:\n"
        "  - {id: blue-team, name: Blue team, term: spring-2027, size: 2, mentors: "
        "[{github: grace, role: lead}, {github: radia, role: co}]}\n"
    )
    assert {name for name in files if name.startswith("mentees")} == {
        f"mentees/spring-2027/{login}.yml" for login in ("ada", "bob", "carol")
    }
    assert main(["validate", "--root", str(place.root)]) == 0
    assert place.import_(table) == 1
    assert place.files() == files
