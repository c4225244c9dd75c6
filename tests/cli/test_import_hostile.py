"""Whatever spreadsheet comes in: what `mentorship import` writes is valid, and stays."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorship_action.cli import main
from mentorship_action.domain.findings import errors
from mentorship_action.domain.program import Program
from mentorship_action.errors import UsageError
from mentorship_action.records.draft import program_draft
from mentorship_action.records.load import load
from mentorship_action.records.private import private_kind
from mentorship_action.records.rows import MenteeFile
from mentorship_action.records.table import COLUMNS
from tests.builders import record
from tests.cli.test_import import ADA, BOB, COHORTS, DEFAULTS, HEADER, PROGRAM, Workplace
from tests.drawing import draws

TODAY = date(2026, 12, 1)


@pytest.fixture
def ready(tmp_path: Path) -> Workplace:
    place = Workplace(tmp_path)
    place.write("repository/.github/mentorship.yml", PROGRAM)
    return place


@pytest.mark.parametrize(
    "table",
    [
        b"",
        b"\n\n\n",
        b"ada,grace,a\nbob,grace,b\n",
        b"mentee,Mentee\nada,bob\n",
        HEADER.encode() + b"\nz\xf6e,grace,a\n",
        HEADER.encode("utf-16-le"),
        b"\xff\xfe\x00",
        b"PK\x03\x04" + bytes(range(256)),
        b"mentee\n" + b"a" * (4 * 1024 * 1024),
        b"mentee\n" + b"a\n" * 10_001,
    ],
    ids=[
        *("empty", "blank", "no-header", "twice", "latin-1", "utf-16-without-mark", "half-utf-16"),
        *("zip", "large", "long"),
    ],
)
def test_what_is_no_table_is_wrong_usage_and_writes_nothing(
    ready: Workplace, capsys: pytest.CaptureFixture[str], table: bytes
) -> None:
    before = ready.files()
    assert ready.import_(table) == 2
    assert capsys.readouterr().err.startswith("mentorship: ")
    assert ready.files() == before


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--map", "a: b\n"),
        ("--map", "mentee: [a]\n"),
        ("--map", "- mentee\n"),
        ("--map", "mentee: &a x\n"),
        ("--map", "mentee:\n\tx\n"),
        ("--defaults", "mentee: ada\n"),
        ("--defaults", "github: ada\n"),
        ("--defaults", "hour: 5\n"),
        ("--defaults", "start: {a: b}\n"),
        ("--defaults", "a\0b\n"),
        ("--defaults", "x" * 20_000),
    ],
)
def test_a_map_or_defaults_that_can_not_be_used_are_wrong_usage(
    ready: Workplace, option: str, text: str
) -> None:
    path = ready.write("given.yml", text)
    assert ready.import_(f"{HEADER}\n{ADA}\n", option, str(path)) == 2
    assert "mentees/ada.yml" not in ready.files()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        *(("name:", 0), ("goals: []", 0), ("focus: [[a]]", 2), ("name: [a, b]", 1)),
        *(("mentors: 5", 1), ("mentors: [grace, {role: co}]", 1), ("mentors: [{github: 5}]", 1)),
        *(("chat: 5", 1), ("chat: {5: a}", 2), ("meeting: {}", 1), ("status: [active]", 1)),
        *(("links: [a@example.org]", 1), ("agreements: {'a: b\\n  c': true}", 1)),
    ],
)
def test_odd_defaults_refuse_every_row_or_say_nothing(
    ready: Workplace, line: str, code: int
) -> None:
    key = line.partition(":")[0]
    rest = "".join(one for one in DEFAULTS.splitlines(keepends=True) if not one.startswith(key))
    ready.write("given.yml", f"{rest}{line}\n")
    columns, cells = ("mentee,chat_handle,goals", "ada,ada,Learn")
    if key != "mentors":
        columns, cells = (f"{columns},mentor", f"{cells},grace")
    if key == "chat":
        columns, cells = ("mentee,mentor,goals", "ada,grace,Learn")
    options = ("--defaults", str(ready.folder / "given.yml"))
    assert ready.import_(f"{columns}\n{cells}\n", *options) == code
    assert ("mentees/ada.yml" in ready.files()) == (code == 0)


def test_files_that_do_not_exist_are_wrong_usage(ready: Workplace) -> None:
    assert main(["import", str(ready.folder / "no.csv"), "--root", str(ready.root)]) == 2
    assert ready.import_(f"{HEADER}\n{ADA}\n", "--map", str(ready.folder / "no.yml")) == 2


@pytest.mark.parametrize(
    "name",
    [
        *("=cmd|' /C calc'!A0", "=HYPERLINK(1)", "a\0b", "a\u202eb", "\u200b", "a\ufeff", "a\x85b"),
        *("a\u2028b", "a\tb", "a\x1b[2Jb", "a\U000e0041"),
    ],
)
def test_a_cell_that_nobody_should_read_is_refused(ready: Workplace, name: str) -> None:
    assert ready.import_(f"{HEADER},name\n{ADA},{name}\n{BOB},Bob\n") == 1
    assert [file for file in ready.files() if "mentees" in file] == ["mentees/bob.yml"]


@pytest.mark.parametrize(
    "name",
    ["null", "~", "yes", "1e3", "0x10", "- a", "*a", "&a", "!t a", "{a: b}", "[a]", "a: b", "a #b",
     "'a", "%a", "@a", "`a", "> a", "| a", "? a", "::error::a", "${{ a }}", "\\u0041", "…é漢😀"],
)  # fmt: skip
def test_text_that_means_something_to_yaml_stays_text(ready: Workplace, name: str) -> None:
    assert ready.import_(f"{HEADER},name\n{ADA},{name}\n") == 0
    [record] = load(ready.root, today=TODAY).records
    assert record.name == name


def test_rows_hidden_in_a_huge_cell_are_no_rows(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    cell = "x" * 200_000 + "\neve,grace,eve,\n"
    assert ready.import_(f'{HEADER},name\n{ADA},"{cell}"\n{BOB},Bob\n') == 1
    assert "people.csv:2: name: The cell has 200,015 characters." in capsys.readouterr().out
    assert [file for file in ready.files() if "mentees" in file] == ["mentees/bob.yml"]


def test_nothing_in_a_cell_is_a_command_to_the_log(
    ready: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    table = f'{HEADER},"::error::x"\nada,##[error]x,a\n"\n::stop-commands::x",grace,b\n'
    for format_ in ("text", "json", "github"):
        ready.import_(table, "--format", format_)
        out = capsys.readouterr().out
        assert "##[" not in out
        assert not any(line.lstrip().startswith("::") for line in out.splitlines())


@pytest.mark.parametrize("target", ["mentees", "mentees/ada.yml"])
def test_nothing_is_written_through_a_link(ready: Workplace, target: str) -> None:
    outside = ready.folder / "outside"
    outside.mkdir()
    link = ready.root / target
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(outside if target == "mentees" else outside / "ada.yml")
    assert ready.import_(f"{HEADER}\n{ADA}\n") in (1, 2)
    assert list(outside.iterdir()) == []


def test_a_draft_with_more_mentors_than_a_program_takes_is_refused() -> None:
    files = [
        MenteeFile(number, "", record(mentor=f"m{number}", mentor_handle=f"m{number}"))
        for number in range(10_001)
    ]
    with pytest.raises(UsageError, match="mentors"):
        program_draft(files, Program(name="x"))


PIECES = [
    *("ada", "Ada", "@bob", "grace", "radia", "nobody", "a@example.org", "+34 600 123 456", "null"),
    *("2026-12-07", "07/12/2026", "12", "5", "5.0", "Europe/London", "=1+1", "#N/A", "a; b", "a,b"),
    *(" ", '"', '""', "\n", "\r\n", "\r", "\t", ";", ",", "\0", "\u200b", "\ufeff", "é", "😀", "y"),
    *("spring", "Spring", "summer", "blue", "Blue", "2027-02-15", "13"),
    *("- a", "a: b", "{", "}", "#", "x" * 300, "https://github.com/eve", "irc", "Rust CLI"),
]
CELLS = (
    st.sampled_from(PIECES) | st.text(max_size=8) | st.lists(st.sampled_from(PIECES)).map("".join)
)


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Return a table that has good rows, odd rows, and places where it is no table at all."""
    columns = draw(st.lists(st.sampled_from(COLUMNS), unique=True, max_size=6))
    delimiter = draw(st.sampled_from(",;\t"))
    header = delimiter.join(["mentee", "mentor", "chat_handle", *columns])
    rows = [ADA.replace(",", delimiter), BOB.replace(",", delimiter)]
    for _ in range(draw(st.integers(0, 4))):
        cells = draw(st.lists(CELLS, max_size=9))
        if draw(st.booleans()):
            cells = ['"' + cell.replace('"', '""') + '"' for cell in cells]
        rows.insert(draw(st.integers(0, len(rows))), delimiter.join(cells))
    ends = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    data = ends.join([header, *rows]).encode("utf-8", "replace")
    if draw(st.booleans()):
        place = draw(st.integers(0, len(data)))
        data = data[:place] + draw(st.binary(max_size=3)) + data[place:]
    return data


@draws(60)
@given(table=tables(), has_program=st.booleans(), is_yaml=st.just(value=False))
@example(table=b"- mentee: ada\n  mentor: 12\n-\n- [a]\n", has_program=False, is_yaml=True)
@example(table=b"mentee,mentor\nada,grace\n", has_program=False, is_yaml=False)
def test_what_is_written_is_valid_and_a_second_run_writes_nothing(
    *, table: bytes, has_program: bool, is_yaml: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace(Path(folder))
        place.write("defaults.yml", f"{DEFAULTS}chat_handle: somebody\n")
        if has_program:
            place.write("repository/.github/mentorship.yml", COHORTS)
        name = "people.yml" if is_yaml else "people.csv"
        code = place.import_(table, name=name)
        files = place.files()

        assert code in (0, 1, 2)
        if any(name.startswith("mentees/") for name in files):
            assert errors(load(place.root, today=TODAY).findings) == []
        assert not any(private_kind(line) for text in files.values() for line in text.splitlines())
        assert place.import_(table, name=name) == code
        assert place.files() == files


@draws(40)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_end_in_a_message(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace(Path(folder))
        for name in ("people.csv", "people.yml"):
            assert place.import_(data, name=name) in (0, 1, 2)
        assert place.files() == {}
