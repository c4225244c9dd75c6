"""`mentorship validate` beside check-jsonschema with the same schema (goals P1 to P5).

check-jsonschema asks for ruamel.yaml alone, so by itself it reads with the parser in Python; in
this environment it finds our C parser and uses that. The goals were set against the first, which
is what its users have; the second is shown as well.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Row, compare, times
from mentorship_action.records.schema import find_schema

PROGRAM = """\
version: 1
program: {name: Octo Mentorship, minimum: {hours_per_week: 2, weeks: 4}}
mentors:
"""
RECORD = """\
# yaml-language-server: $schema=../../schemas/mentee.schema.json
github: mentee-%(n)d
name: Mentee Número %(n)d
mentor: mentor-%(m)d
start: 2026-11-%(day)02d
weeks: 16
hours_per_week: 5
timezone: Europe/Madrid
meeting: {day: tue, time: "17:00", minutes: 30}
availability:
  - {days: [mon, tue, wed], from: "17:00", to: "20:00"}
away:
  - {from: 2026-12-24, to: 2027-01-01}
goals:
  - Land a first change in a project I use every day
  - Learn how maintainers review
  - Become a reviewer of the language server
focus: [linting, language-server]
chat:
  network: matrix
  handle: "@mentee%(n)d:matrix.org"
links:
  - https://mentee%(n)d.example/blog
  - https://github.com/mentee-%(n)d
agreements:
  # both are needed
  code_of_conduct: true
  asked_mentor: true
"""
_ALONE = (
    "import sys; sys.modules['_ruamel_yaml'] = None; import check_jsonschema as c; "
    "sys.argv[0] = 'check-jsonschema'; c.main()"
)
_NOW = "2026-11-22T00:00:00Z"


def program(folder: Path, records: int, mentors: int) -> Path:
    """Write a repository of valid records below a folder; everybody has a seat."""
    root = folder / f"of-{records}"
    (root / ".github").mkdir(parents=True)
    (root / "mentees").mkdir()
    seats = -(-records // mentors)
    lines = [f"  - {{github: mentor-{m}, capacity: {seats}}}\n" for m in range(mentors)]
    (root / ".github/mentorship.yml").write_text(PROGRAM + "".join(lines), encoding="utf-8")
    for n in range(records):
        text = RECORD % {"n": n, "m": n % mentors, "day": 1 + n % 28}
        (root / f"mentees/mentee-{n}.yml").write_text(text, encoding="utf-8")
    return root


def ours(root: Path, *more: str) -> list[str]:
    """Return our command for a repository."""
    start = "import sys; from mentorship_action.cli import main; sys.exit(main())"
    return [sys.executable, "-c", start, "validate", "--root", str(root), "--now", _NOW, *more]


def theirs(root: Path, *, alone: bool) -> list[str]:
    """Return check-jsonschema's command for the same files."""
    start = ["-c", _ALONE] if alone else ["-m", "check_jsonschema"]
    files = sorted(map(str, (root / "mentees").glob("*.yml")))
    return [sys.executable, *start, "--schemafile", str(find_schema("mentee")), *files]


def run() -> Iterator[Row]:
    """Yield the ratios, small sets first."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        yield from _one(place)
        yield from _hundred(place)
        yield from _start_up()
        yield from _ten_thousand(place)


def _one(place: Path) -> Iterator[Row]:
    valid = program(place / "valid", 1, 1)
    wrong = program(place / "wrong", 1, 1)
    file = wrong / "mentees/mentee-0.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("name:", "nam:"), encoding="utf-8")
    taken = times(
        {
            "valid": ours(valid),
            "wrong": ours(wrong),
            "alone, valid": theirs(valid, alone=True),
            "alone, wrong": theirs(wrong, alone=True),
            "beside": theirs(valid, alone=False),
        },
        rounds=21,
    )
    yield compare("P1 one valid record", taken, "valid", "alone, valid", 0.5)
    yield compare("P1 one record with an error", taken, "wrong", "alone, wrong", 0.8)
    yield compare("   one valid record, C parser for both", taken, "valid", "beside", None)


def _hundred(place: Path) -> Iterator[Row]:
    root = program(place, 100, 40)
    taken = times(
        {
            "ours": ours(root),
            "alone": theirs(root, alone=True),
            "beside": theirs(root, alone=False),
        },
        rounds=9,
    )
    yield compare("P2 100 records", taken, "ours", "alone", 0.2)
    yield compare("   100 records, C parser for both", taken, "ours", "beside", None)


def _start_up() -> Iterator[Row]:
    start = "import sys; from mentorship_action.cli import main; sys.exit(main())"
    taken = times(
        {
            "help": [sys.executable, "-c", start, "--help"],
            "validate": [sys.executable, "-c", start, "validate", "--help"],
            "four": [sys.executable, "-c", "import click, github, jsonschema, ruamel.yaml"],
        },
        rounds=15,
    )
    yield compare("P5 --help, of importing the four libraries", taken, "help", "four", 0.5)
    yield compare("P5 validate --help", taken, "validate", "four", 0.5)


def _ten_thousand(place: Path) -> Iterator[Row]:
    root = program(place, 10_000, 200)
    one = ours(root, str(root / "mentees/mentee-4321.yml"))
    quick = times({"ours": ours(root), "one": one}, rounds=5)
    slow = times({"alone": theirs(root, alone=True), "beside": theirs(root, alone=False)}, rounds=1)
    taken = quick | slow
    yield compare("P3 10,000 records", taken, "ours", "alone", 1 / 15)
    yield compare("   10,000 records, C parser for both", taken, "ours", "beside", None)
    yield compare("P4 one changed record among 10,000", taken, "one", "alone", 1 / 100)
