"""The line that we offer to paste really fixes what we found."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorship_action.domain.findings import Correction, Finding
from mentorship_action.domain.text import UNSEEN
from mentorship_action.records.fixes.lines import LONGEST
from mentorship_action.records.source import RECORD_LIMITS
from mentorship_action.records.validate import validate_record
from mentorship_action.records.write import as_yaml
from mentorship_action.records.yaml import parse
from tests.drawing import draws
from tests.records.test_examples import INVALID, PROGRAM

VALID = b"""\
github: octocat
mentor: ssbarnea
start: 2026-12-07
timezone: Europe/Madrid
hours_per_week: 5
goals: [Learn]
focus: [linting]
chat: {network: matrix, handle: octocat}
agreements: {code_of_conduct: true, asked_mentor: true}
"""


@cache
def findings(content: bytes, file: str = "mentees/octocat.yml") -> tuple[Finding, ...]:
    return validate_record(file, content, PROGRAM).findings


def pasted(content: bytes, finding: Finding) -> bytes:
    """Return the content as it is once somebody has pasted the correction."""
    correction = finding.correction
    assert correction is not None
    break_ = re.search(r"\r\n|\r|\n", content.decode())
    lines = re.split(r"\r\n|\r|\n", content.decode())
    lines[correction.first - 1 : correction.last] = correction.text.split("\n")
    return (break_[0] if break_ else "\n").join(lines).encode()


@pytest.mark.parametrize(
    ("wrong", "fix"),
    [
        (b"mentor: ssbarnia", "mentor: ssbarnea"),
        (b"mentor: 'ssbarnia'  # asked", "mentor: ssbarnea  # asked"),
        (b'"mentor": "ssbarnia"', '"mentor": ssbarnea'),
        (b"mentr: ssbarnea", "mentor: ssbarnea"),
        (b"mentor: ssbarnea\nstatus: activ", "status: active"),
    ],
)
def test_the_corrected_line_keeps_the_rest_of_the_line(wrong: bytes, fix: str) -> None:
    content = VALID.replace(b"mentor: ssbarnea", wrong, 1)
    assert [one.fix for one in findings(content)] == [fix]
    assert findings(pasted(content, findings(content)[0])) == ()


def test_in_a_flow_mapping_only_the_word_is_replaced() -> None:
    content = VALID.replace(b"{network: matrix,", b"{netwrk: matrix,")
    (finding,) = findings(content)
    assert finding.fix == "chat: {network: matrix, handle: octocat}"


def test_a_missing_key_comes_with_an_example_of_its_line() -> None:
    (finding,) = findings(VALID.replace(b"timezone: Europe/Madrid\n", b""))
    assert finding.fix.startswith("timezone: ")
    assert findings(pasted(VALID.replace(b"timezone: Europe/Madrid\n", b""), finding)) == ()


def test_where_we_do_not_know_nothing_is_offered() -> None:
    (finding,) = findings(VALID.replace(b"hours_per_week: 5", b"hours_per_week: 1"))
    assert finding.fix == ""


def certain(content: bytes, file: str = "mentees/octocat.yml") -> list[Finding]:
    """Return the findings that come with more than an example."""
    return [
        one
        for one in findings(content, file)
        if one.correction is not None and not one.correction.is_example
    ]


def named(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.path, finding.message


def unreadable(found: Iterable[Finding], line: int) -> set[int]:
    """Return the lines above one from which on a file can't be read."""
    return {one.line for one in found if one.code == "yaml-syntax" and one.line < line}


def assert_fixed(content: bytes, finding: Finding, file: str = "mentees/octocat.yml") -> None:
    """Hold that pasting a correction fixes its finding and brings no other one to its line."""
    told = findings(content, file)
    before, after = {named(one) for one in told}, findings(pasted(content, finding), file)
    here = {named(one) for one in after if one.line == finding.line and one.code != "missing-key"}

    assert named(finding) not in here
    assert here <= before
    assert unreadable(after, finding.line) <= unreadable(told, finding.line)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: str(path.stem))
def test_whatever_we_offer_to_paste_fixes_what_it_is_about(path: Path) -> None:
    content, file = path.read_bytes(), f"mentees/{path.name}"
    for finding in certain(content, file):
        assert_fixed(content, finding, file)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: str(path.stem))
def test_an_example_adds_what_is_missing_and_nothing_else(path: Path) -> None:
    content, file = path.read_bytes(), f"mentees/{path.name}"
    for finding in findings(content, file):
        if finding.correction is not None and finding.correction.is_example:
            assert finding.code == "missing-key"
            left = {named(one) for one in findings(pasted(content, finding), file)}
            told = {named(one) for one in findings(content, file)} - {named(finding)}
            assert named(finding) not in left
            assert {one for one in left if one[0] != "name-mismatch"} <= told


def test_many_of_the_errors_on_disk_come_with_their_line() -> None:
    assert sum(len(certain(path.read_bytes(), f"mentees/{path.name}")) for path in INVALID) >= 56


def fixed(old: str, new: str) -> str | None:
    """Return the corrected line of the one error that ``new`` in the place of ``old`` makes."""
    content = VALID.replace(old.encode(), new.encode(), 1)
    assert content != VALID
    told = [one for one in findings(content) if one.correction is None or certain(content)]
    for one in certain(content):
        assert_fixed(content, one)
    return told[0].fix or None


def value(old: str, new: str) -> str | None:
    """Return what the value ``new`` is corrected to, where the record has ``old``."""
    key = old.split(":", maxsplit=1)[0]
    line = fixed(old, f"{key}: {new}")
    return None if line is None else line.removeprefix(f"{key}: ")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"5"', "5"),
        ("5 hours", "5"),
        ("5h", "5"),
        ("5 hrs/week", "5"),
        ("Five", "5"),
        ("30 minutes", None),
        ("5-6", None),
        ("~5", None),
        ("5.5", None),
        ('"2"', None),  # a number, and too small a one
        ('"61"', None),
        ("-5", None),
    ],
)
def test_a_whole_number_may_stand_in_quotes_or_words(written: str, meant: str | None) -> None:
    assert value("hours_per_week: 5", written) == meant


@pytest.mark.parametrize("written", ["yes", "Yes", "y", "on", "ON", '"true"', "'True'", "true "])
def test_an_agreement_may_be_said_in_other_words(written: str) -> None:
    content = VALID.replace(b"code_of_conduct: true", b"code_of_conduct: " + written.encode())
    for one in certain(content):
        assert one.fix == "agreements: {code_of_conduct: true, asked_mentor: true}"
        assert_fixed(content, one)
    assert len(certain(content)) == (0 if written == "true " else 1)


@pytest.mark.parametrize("written", ["no", "No", "false", '"false"', "off", "n", "~", "1", "maybe"])
def test_nobody_is_made_to_agree(written: str) -> None:
    assert value("agreements: {code_of_conduct: true, asked_mentor: true}", written) is None
    content = VALID.replace(b"code_of_conduct: true", b"code_of_conduct: " + written.encode())
    assert certain(content) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9:00", '"09:00"'),
        ("9.30", '"09:30"'),
        ("9.05", '"09:05"'),
        ("17h30", '"17:30"'),
        ("17h", '"17:00"'),
        ("17:30:00", '"17:30"'),
        ("5pm", '"17:00"'),
        ("5:30 p.m.", '"17:30"'),
        ("12 PM", '"12:00"'),
        ("12am", '"00:00"'),
        ("9.3", None),
        ("1730", None),
        ("17", None),
        ("25:00", None),
        ("13pm", None),
        ("17:00 CET", None),
        ("17:00-18:00", None),
        ("evening", None),
    ],
)
def test_a_time_may_be_written_otherwise(written: str, meant: str | None) -> None:
    old = "agreements:"
    line = fixed(old, f"meeting:\n  day: tue\n  time: {written}  # or later\n{old}")

    assert line == (meant and f"  time: {meant}  # or later")


def test_midnight_at_the_end_of_hours_may_be_that_of_either_day() -> None:
    hours = "availability: [{{days: [mon], from: {}, to: {}}}]\nagreements:"

    assert fixed("agreements:", hours.format("12am", '"09:00"'))
    assert fixed("agreements:", hours.format('"09:00"', "12am")) is None
    late = VALID + b'availability: [{days: [mon], from: "09:00", to: 12am}]\n'
    assert [one.hint for one in findings(late)] == ['For example: `to: "20:00"`.']


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026/12/07", "2026-12-07"),
        ("2026.12.7", "2026-12-07"),
        ("2026-12-7", "2026-12-07"),
        ("2026–12–07", "2026-12-07"),  # noqa: RUF001 - phones like dashes
        ("20261207", "2026-12-07"),
        ("2026-12-07T10:00", "2026-12-07"),
        ("2026-12-07 10:00:00", "2026-12-07"),
        ("2026-12-07T00:00:00Z", "2026-12-07"),
        ("7 December 2026", "2026-12-07"),
        ("7th of December, 2026", "2026-12-07"),
        ("7-Dec-2026", "2026-12-07"),
        ("December 7, 2026", "2026-12-07"),
        ("Sept. 7th 2026", "2026-09-07"),
        ("07/12/2026", None),
        ("7.12.2026", None),
        ("2026-12-07T23:00Z", None),
        ("2026/02/30", None),
        ("30 February 2026", None),
        ("2026/12-07", None),
        ("1999/12/07", None),
        ("7 Decembre 2026", None),
        ("next Monday", None),
    ],
)
def test_a_date_may_be_written_otherwise(written: str, meant: str | None) -> None:
    assert value("start: 2026-12-07", written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'@ssbarnea'", "ssbarnea"),
        ("@ssbarnea", None),
        ("https://github.com/ssbarnea", "ssbarnea"),
        ("HTTPS://www.GitHub.com/ssbarnea/", "ssbarnea"),
        ("github.com/ssbarnea", "ssbarnea"),
        ('" ssbarnea"', "ssbarnea"),
        ("'@nobody-known'", None),
        ("@nobody-known", None),
        ("https://gitlab.com/ssbarnea", None),
        ("https://github.com/ssbarnea/repository", None),
        ("`ssbarnea`", None),
    ],
)
def test_a_login_may_be_a_mention_or_an_address(written: str, meant: str | None) -> None:
    assert value("mentor: ssbarnea", written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[Open Source, ci_cd]", "[open-source, ci-cd]"),
        ("Linting", "[linting]"),
        ("linting, Open Source", "[linting, open-source]"),
        ("[2]", '["2"]'),
        ("[C++]", None),
        ("linting and testing", "[linting-and-testing]"),
        ("mona@octocat.example", None),
    ],
)
def test_a_slug_may_have_capitals_and_blanks(written: str, meant: str | None) -> None:
    assert value("focus: [linting]", written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Learn CI", "[Learn CI]"),
        ("'Learn [CI]: all'", '["Learn [CI]: all"]'),
        ("Learn CI: all", None),
        ("[Learn CI: all]", '["Learn CI: all"]'),
        ("[@mona, b]", None),
        ("`ruff`", None),
        ('["a\\tb"]', "[a b]"),
        ('["a\\u200bb"]', "[ab]"),
        ("Learn, and teach", None),
        ('"Learn\\nTeach"', None),
        ('["Learn\\nTeach"]', None),
        ('["\\u200b"]', None),
        ('["a\\u2028b"]', None),
        ("[{learn: CI}]", None),
        ("[true]", None),
        ("[@mona, @lisa]", None),
        ("[a: b: c]", None),
        ("5", None),
        ("", None),
        ("Mail: mona@octocat.example", None),
        ("Call: +34 600 123 456", None),
    ],
)
def test_text_may_want_quotes_or_a_list_around_it(written: str, meant: str | None) -> None:
    assert value("goals: [Learn]", written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Monday", "mon"),
        ("Tuesdays", "tue"),
        ("WED.", "wed"),
        ("thurs", "thu"),
        ("don", None),
        ("weekend", None),
    ],
)
def test_a_day_may_be_written_out(written: str, meant: str | None) -> None:
    old = "agreements:"
    line = fixed(old, f"meeting:\n  day: {written}\n  time: '17:00'\n{old}")

    assert line == (meant and f"  day: {meant}")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[http://octocat.example]", "[https://octocat.example]"),
        ("http://octocat.example/?a=[1]", '["https://octocat.example/?a=[1]"]'),
        ("[www.octocat.example]", None),
        ("[ftp://octocat.example]", None),
    ],
)
def test_a_link_may_lack_its_s(written: str, meant: str | None) -> None:
    line = fixed("agreements:", f"links: {written}\nagreements:")

    assert line == (meant and f"links: {meant}")


@pytest.mark.parametrize(
    ("written", "meant"),
    [("america/new york", "America/New_York"), ("Europe / Madrid", "Europe/Madrid"), ("+1", None)],
)
def test_a_zone_may_have_blanks(written: str, meant: str | None) -> None:
    assert value("timezone: Europe/Madrid", written) == meant


@pytest.mark.parametrize(
    "line",
    [
        "name: Mona start: 2026-12-07",  # two lines in one
        "name: 'Mona': x",
        "name: [a, b: c: d",
        "name: &a b: c: d",
        "name: >\n  Mona: x",
        "name: |\n  Mo\n  na",
        "name: a\u2028b",
        "name: Mona: x\n  and more",
        "goals2:\n  - @mona says\n   and more",
        "name: \x1b[31m",
    ],
)
def test_where_yaml_fails_otherwise_nothing_is_offered(line: str) -> None:
    assert certain(VALID + f"{line}\n".encode()) == []


def test_all_that_is_known_of_a_line_is_corrected_at_once() -> None:
    content = VALID.replace(b"true", b"yes").replace(b"[linting]", b"[CI CD, Linting, C++]")

    fixes = [one.fix for one in findings(content)]

    assert fixes == [
        *["focus: [ci-cd, linting, C++]"] * 2,
        "",
        *["agreements: {code_of_conduct: true, asked_mentor: true}"] * 2,
    ]


def test_a_line_is_left_alone_when_its_correction_brings_another_error() -> None:
    hours = b"availability:\n  - {days: [mon], from: 5pm, to: 9h}\n"

    assert [one.fix for one in findings(VALID + hours)] == ["", ""]


def test_what_is_private_is_never_said_again() -> None:
    content = VALID.replace(
        b"{network: matrix, handle: octocat}", b"{network: IRC, handle: mona@octocat.example}"
    ).replace(b"hours_per_week: 5", b"hours_per_week: 5h  # or call +34 600 123 456")

    told = findings(content)

    assert [one.code for one in told].count("private-data") == 2
    assert not any("mona@" in str(one) or "600" in str(one) for one in told)
    assert certain(content) == []


def test_a_line_that_nobody_would_read_is_not_offered() -> None:
    space = LONGEST - len("hours_per_week: 5 #")
    for length, offered in ((space, 1), (space + 1, 0)):
        comment = f"hours_per_week: 5h #{'x' * length}".encode()
        assert len(certain(VALID.replace(b"hours_per_week: 5", comment))) == offered


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_stay_as_they_are(end: str, last: bool) -> None:  # noqa: FBT001
    text = VALID.decode().replace("hours_per_week: 5", "hours_per_week: 5h")
    text = text.replace("timezone: Europe/Madrid\n", "").replace("\n", end)
    content = (text if last else text.removesuffix(end)).encode()

    missing, wordy = findings(content)

    assert wordy.correction == Correction(first=4, last=4, text="hours_per_week: 5")
    assert missing.correction == Correction(
        first=9, last=8, text="timezone: Europe/Madrid", is_example=True
    )
    for one in (missing, wordy):
        assert one.correction is not None
        assert named(one) not in {named(left) for left in findings(pasted(content, one))}


@pytest.mark.parametrize(
    ("old", "new", "correction"),
    [
        (
            "chat: {network: matrix, handle: octocat}",
            "chat:\n  network: matrix\n\n# Mine\n",
            Correction(first=10, last=9, text='  handle: "@octocat:matrix.org"', is_example=True),
        ),
        (
            "chat: {network: matrix, handle: octocat}",
            "chat: { network: matrix }  # where",
            Correction(
                first=8,
                last=8,
                text='chat: { network: matrix, handle: "@octocat:matrix.org" }  # where',
                is_example=True,
            ),
        ),
        (
            "agreements: {code_of_conduct: true, asked_mentor: true}",
            "agreements: {code_of_conduct: true}\nmeeting: {}\n",
            Correction(
                first=9,
                last=9,
                text="agreements: {code_of_conduct: true, asked_mentor: true}",
                is_example=True,
            ),
        ),
        (
            "chat: {network: matrix, handle: octocat}",
            "chat:\n  network: |-\n    matrix",
            Correction(first=11, last=10, text='  handle: "@octocat:matrix.org"', is_example=True),
        ),
        (
            "chat: {network: matrix, handle: octocat}",
            "chat: {\n  network: matrix}",
            None,
        ),
    ],
)
def test_a_missing_key_is_added_where_its_siblings_are(
    old: str, new: str, correction: Correction | None
) -> None:
    content = VALID.replace(old.encode(), new.encode())

    assert correction in [one.correction for one in findings(content)]


def test_an_empty_mapping_takes_its_first_key() -> None:
    told = findings(VALID + b"meeting: {}\n")

    assert [one.fix for one in told] == ["meeting: {day: tue}", 'meeting: {time: "17:00"}']


@pytest.mark.parametrize("whole", ["{{{}}}\n", "{}...\n"])
def test_a_key_is_not_added_where_the_end_of_the_file_is_no_place_for_it(whole: str) -> None:
    body = VALID.decode().replace("timezone: Europe/Madrid\n", "")
    if "{{" in whole:
        body = ",\n".join(body.splitlines())
    (finding,) = findings(whole.format(body).encode())

    assert finding.code == "missing-key"
    assert finding.correction is None


def test_characters_that_hide_do_not_hide_other_errors() -> None:
    # The first line is wrong without the character as well.
    content = VALID.replace(b"2026-12-07", "2026-12-7\u200b".encode())
    content += "name: Mo\u200bna\nlinks: \u200b5\nweeks: \u200b\n".encode()

    assert [one.fix for one in findings(content)] == ["", "name: Mona", "", ""]


def test_a_value_on_several_lines_is_left_alone() -> None:
    zone = b"timezone:\n  america/new\n  york"

    assert certain(VALID.replace(b"timezone: Europe/Madrid", zone)) == []


def test_a_long_text_is_not_repeated_in_a_hint() -> None:
    goal = b"Learn: how maintainers review a first change"
    (finding,) = findings(VALID.replace(b"[Learn]", b"\n  - " + goal))

    assert finding.hint.startswith("For example")
    assert finding.fix == '  - "Learn: how maintainers review a first change"'


PIECES = st.sampled_from(
    [
        *(" ", "  ", "'", '"', "`", "@", "#", " #", ":", ": ", ",", "[", "]", "{", "}", "-", "- "),
        *(
            "\t",
            "\u200b",
            "\u202e",
            "\u2028",
            "h",
            "pm",
            " hours",
            "/",
            ".",
            "_",
            "5",
            "true",
            "yes",
        ),
        *("http://", "https://github.com/", "mona@octocat.example", "0151 23456789", "\r\n", "\n"),
    ]
)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"])) | PIECES)
@example("true")
@example("No")
@example("https://octocat.example/:")
def test_a_value_is_written_so_that_it_is_read_as_it_was(text: str) -> None:
    for whole in ("k: {}\n", "k: [{}]\n", "k: {{k: {}}}\n"):
        value = next(iter(read_value(whole.format(as_yaml(text))).values()))
        while isinstance(value, list | dict):
            (value,) = value if isinstance(value, list) else value.values()
        assert value == text
    assert text.lower() not in {"true", "no"} or as_yaml(text).startswith('"')


def read_value(text: str) -> dict[str, object]:
    """Return what a text means as YAML."""
    data: dict[str, object] = parse(text.encode(), RECORD_LIMITS).data
    return data


def test_the_hint_says_what_is_known() -> None:
    (finding,) = findings(VALID.replace(b"2026-12-07", b"2026/12/07"))
    assert finding.hint == "Write `2026-12-07`."


# What people do to a word: quotes, blanks, capitals, other separators, signs around it.
HABITS: dict[str, Callable[[str], str]] = {
    "quoted": lambda word: f'"{word}"',
    "padded": lambda word: f"' {word} '",
    "shouted": str.upper,
    "lower": str.lower,
    "titled": str.title,
    "slashes": lambda word: word.replace("-", "/"),
    "dots": lambda word: word.strip("\"'").replace("-", ".").replace(":", "."),
    "blanks": lambda word: word.replace("-", " ").replace("/", " / "),
    "mention": lambda word: f"@{word}",
    "code": lambda word: f"`{word}`",
    "address": lambda word: f"https://github.com/{word}",
    "plain address": lambda word: word.replace("https", "http"),
    "hours": lambda word: f"{word} h",
    "colon": lambda word: f"{word}: {word}",
    "listed": lambda word: f"[{word}]",
    "hidden": lambda word: f"{word[:1]}\u200b{word[1:]}",
    "escaped": lambda word: f'"{word}\\u200b"',
    "agreed": lambda word: word.replace("true", "Yes"),
}
WORD = re.compile(r"""(?<=[ \[{(])[^\s,\[\]{}#]+(?=[\s,\]}]|$)""", re.MULTILINE)
CHANGES = st.one_of(
    st.tuples(st.sampled_from(sorted(HABITS)), st.integers(0, 1_000)),
    st.tuples(PIECES, st.integers(0, 1_000)),
)
WHOLE = (Path(__file__).parent / "valid/everything.yml").read_text(encoding="utf-8")


def changed(text: str, change: tuple[str, int]) -> str:
    """Return a text with one word written otherwise, or a piece put in somewhere."""
    sort, place = change
    words = list(WORD.finditer(text))
    if sort in HABITS and words:
        word = words[place * len(words) // 1_001]
        return text[: word.start()] + HABITS[sort](word[0]) + text[word.end() :]
    at = place * len(text) // 1_001
    return text[:at] + sort + text[at:]


@draws(300)
@given(st.sampled_from([VALID.decode(), WHOLE]), st.lists(CHANGES, min_size=1, max_size=4))
def test_whatever_happened_to_a_valid_record_a_correction_fixes(
    text: str, changes: list[tuple[str, int]]
) -> None:
    for change in changes:
        text = changed(text, change)
    content = text.encode()
    for finding in certain(content):
        assert not re.search(f"[{UNSEEN}]", finding.fix)
        assert len(finding.fix) <= LONGEST
        assert_fixed(content, finding)
