"""Files that mean harm end in a finding: bounded work, the right line, nothing followed."""

import os
import re
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.identity import is_login
from mentorship_action.domain.mentee_files import name_finding
from mentorship_action.domain.text import UNSEEN
from mentorship_action.records import source
from mentorship_action.records.load import load
from mentorship_action.records.source import read_source
from mentorship_action.records.validate import MOST_TOLD, check_program, check_record
from tests.records.places import PROGRAM, RECORD, TODAY, repository

LAUGHS = "a: &a [x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        pytest.param(b"x" * 50_000_000, "too-large", 1, id="fifty megabytes"),
        pytest.param(b"[" * 16_000, "too-deep", 1, id="brackets"),
        pytest.param(b"{" * 16_000, "too-deep", 1, id="braces"),
        pytest.param(b"- " * 8_000, "too-deep", 1, id="dashes"),
        pytest.param(b"? " * 8_000, "too-deep", 1, id="question marks"),
        pytest.param(b"a: " * 5_000, "yaml-syntax", 1, id="keys in keys"),
        pytest.param(b"{a: " * 4_000, "too-deep", 1, id="mappings in mappings"),
        pytest.param(b'"' + b"\\" * 16_000, "yaml-syntax", 1, id="backslashes"),
        pytest.param(b"*" * 16_000, "yaml-syntax", 1, id="asterisks"),
        pytest.param(b"&" * 16_000, "yaml-syntax", 1, id="ampersands"),
        pytest.param(b"!" * 16_000, "yaml-tag", 1, id="exclamation marks"),
        pytest.param(b"a: !" + b"x" * 16_000, "yaml-tag", 1, id="long tag"),
        pytest.param(b"\n" * 16_000 + b"a: [", "yaml-syntax", 16_001, id="late bracket"),
        pytest.param(b"a: &x [*x]", "yaml-alias", 1, id="self-reference"),
        pytest.param(LAUGHS.encode(), "yaml-alias", 2, id="billion laughs"),
        pytest.param(b"a: " + b"9" * 5_000, "odd-number", 1, id="five thousand digits"),
        pytest.param(b"a: 1e999", "odd-number", 1, id="endless exponent"),
        pytest.param(b"a: !!binary aGk=\n", "yaml-tag", 1, id="binary"),
        pytest.param(b"a: !!set {b, c}\n", "yaml-tag", 1, id="set"),
        pytest.param("a: 1\ud800".encode("utf-8", "surrogatepass"), "not-utf8", 1, id="half"),
        pytest.param("a: \U000e0041".encode(), "forbidden-character", 1, id="tag character"),
        pytest.param(b"\xfe\xff\0a", "not-utf8", 1, id="utf-16, big end first"),
        pytest.param(b"a: 1\r\nb: \x07", "forbidden-character", 2, id="bell"),
        pytest.param("\ue000: [a:b".encode(), "yaml-syntax", 1, id="a stand-in"),
    ],
)
def test_hostile_bytes_end_in_a_finding_at_their_line(data: bytes, code: str, line: int) -> None:
    checked = check_record("mentees/octocat.yml", data, PROGRAM)

    assert (code, line) in {(one.code, one.line) for one in checked.findings}
    assert checked.record is None


@given(st.binary(max_size=200))
def test_any_bytes_end_in_findings_and_never_in_an_error(data: bytes) -> None:
    checked = check_record("mentees/octocat.yml", data, PROGRAM)

    assert checked.findings
    assert checked.record is None
    check_program(".github/mentorship.yml", data)


@given(
    st.lists(
        st.sampled_from(
            [*"[]{}:,-?*&!|>'\"%@`#\n ~<=", "a", "1", "\t", "- ", ": ", "? ", "<<: ", "---\n", "é"]
        ),
        max_size=60,
    ).map("".join)
)
def test_any_text_of_yaml_signs_ends_in_findings_with_a_place_in_the_file(text: str) -> None:
    checked = check_record("mentees/octocat.yml", text.encode(), PROGRAM)

    assert checked.findings
    lines = text.count("\n") + 1
    assert all(1 <= one.line <= lines + 1 and one.column >= 1 for one in checked.findings)


@given(st.text(max_size=300))
def test_whatever_a_value_is_its_message_is_short_one_line_and_harmless(value: str) -> None:
    source = RECORD.replace("Europe/Madrid", repr_yaml(value)).encode("utf-8", "surrogatepass")
    for one in check_record("mentees/octocat.yml", source, PROGRAM).findings:
        told = one.message + one.hint + one.path
        assert len(told) < 700
        assert not re.search(f"[{UNSEEN}\\t\\r\\n]", told)


def repr_yaml(text: str) -> str:
    """Return text in double quotes with everything unusual as an escape."""
    return '"' + "".join(f"\\U{ord(character):08X}" for character in text) + '"'


@pytest.mark.parametrize("count", [MOST_TOLD + 1, 1_500])
def test_a_file_of_errors_is_not_told_error_by_error(count: int) -> None:
    data = "".join(f"k{n}: 1\n" for n in range(count)).encode()

    findings = check_record("mentees/octocat.yml", data, PROGRAM).findings

    assert len(findings) == MOST_TOLD + 1
    assert findings[-1].code == "more-findings"
    assert findings[-1].place == findings[-2].place


def test_a_large_hostile_program_is_refused_with_bounded_work() -> None:
    data = b"mentors: [" + b"{a: 1}," * 140_000 + b"]"

    program, findings = check_program("program.yml", data)

    assert program is None
    assert [one.code for one in findings] == ["too-many-values"]


@pytest.mark.parametrize(
    "name",
    [
        "Octocat.yml",
        "octocat.yaml",
        "octocat.YML",
        "octocat.yml ",
        " octocat.yml",
        "octocat.yml.",
        "octocat",
        ".yml",
        ".octocat.yml",
        "octo_cat.yml",
        "-octocat.yml",
        "octocat-.yml",
        "octo--cat.yml",
        "octocat.yml\n",
        "octo\ncat.yml",
        "осtocat.yml",  # noqa: RUF001 - two letters are Cyrillic
        "octo\u200bcat.yml",
        "octo\u202ecat.yml",
        "octocat\uff0eyml",
        "a" * 40 + ".yml",
        "octocat.yml.yml",
        "octocat.json",
        "readme.md",
        "::error::.yml",
    ],
)
def test_only_one_shape_of_name_is_a_records(name: str) -> None:
    finding = name_finding(f"mentees/{name}")

    assert finding is not None
    assert finding.code == "bad-file-name"
    assert finding.message.isprintable()


@given(st.text("aZ9-é.", max_size=6) | st.text("a-9", min_size=36, max_size=41))
def test_a_name_is_a_records_when_its_stem_is_a_login(stem: str) -> None:
    assert (name_finding(f"mentees/{stem}.yml") is None) == is_login(stem)


def codes(root: Path) -> dict[str, set[str]]:
    """Return the codes found, by file."""
    found: dict[str, set[str]] = {}
    for one in load(root, today=TODAY).findings:
        found.setdefault(one.file, set()).add(one.code)
    return found


def test_links_pipes_sockets_and_folders_are_never_opened(tmp_path: Path) -> None:
    root = repository(tmp_path)
    secret = tmp_path / "secret.yml"
    secret.write_text(RECORD.replace("octocat", "mona"), encoding="utf-8")
    folder = root / "mentees"
    (folder / "mona.yml").symlink_to(secret)
    (folder / "proc.yml").symlink_to("/proc/self/environ")
    (folder / "gone.yml").symlink_to("nowhere")
    (folder / "folder.yml").mkdir()
    os.mkfifo(folder / "pipe.yml")
    with socket.socket(socket.AF_UNIX) as unix:
        here = Path.cwd()
        os.chdir(folder)  # a socket's whole path may not be long
        try:
            unix.bind("socket.yml")
        finally:
            os.chdir(here)
        found = codes(root)

    names = ("mona", "proc", "gone", "folder", "pipe", "socket")
    assert found == {f"mentees/{name}.yml": {"not-a-file"} for name in names}


def test_a_link_is_refused_where_the_system_has_no_flag_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_OPEN", os.O_RDONLY)  # as on Windows
    root = repository(tmp_path, mona=RECORD.replace("octocat", "mona"))
    (root / "mentees/kim.yml").symlink_to(root / "mentees/mona.yml")
    os.mkfifo(root / "mentees/pipe.yml")

    assert codes(root) == {
        "mentees/kim.yml": {"not-a-file"},
        "mentees/pipe.yml": {"not-a-file"},
    }


def test_a_file_that_is_swapped_for_a_link_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_OPEN", os.O_RDONLY)
    secret, file = tmp_path / "secret.yml", tmp_path / "mona.yml"
    for one in (secret, file):
        one.write_text(one.name, encoding="utf-8")
    before = file.lstat()
    file.unlink()
    file.symlink_to(secret)
    monkeypatch.setattr(Path, "lstat", lambda _: before)

    read = read_source(file, 1_000, "mona.yml")

    assert read.data == b""
    assert read.problem is not None


def test_a_linked_folder_of_records_is_not_followed(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / "mentees").rename(tmp_path / "elsewhere")
    (root / "mentees").symlink_to(tmp_path / "elsewhere")

    assert codes(root) == {"mentees": {"not-a-file"}}


def test_a_linked_program_is_not_followed(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / ".github").rename(tmp_path / "elsewhere")
    (root / ".github").symlink_to(tmp_path / "elsewhere")

    loaded = load(root, today=TODAY)

    assert loaded.program is None
    assert [(one.file, one.code) for one in loaded.findings] == [(".github", "not-a-file")]


def test_a_record_marked_as_a_program_is_told_apart_from_its_other_errors(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=RECORD.replace("octocat", "mona").replace("Madrid", "Mdrid"))
    (root / "mentees/mona.yml").chmod(0o755)

    assert codes(root) == {"mentees/mona.yml": {"executable-file", "unknown-zone"}}


def test_names_that_are_no_text_are_told_as_numbers(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / os.fsdecode(b"mentees/\xff.yml")).write_text("x", encoding="utf-8")

    (found,) = codes(root)

    assert found == "mentees/\\xff.yml"


def test_no_more_of_a_file_is_read_than_one_byte_beyond_the_limit(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 100_000)

    assert len(read_source(tmp_path / "large", 1_000, "large").data) == 1_001


def test_a_program_marked_as_executable_is_told_with_its_other_errors(tmp_path: Path) -> None:
    root = repository(tmp_path)
    path = root / ".github/mentorship.yml"
    path.write_text(path.read_text().replace("version: 1", "version: 9"))
    path.chmod(0o755)

    loaded = load(root, today=TODAY)

    assert loaded.program is None
    found = [one.code for one in loaded.findings if one.file == ".github/mentorship.yml"]
    assert found[0] == "executable-file"
    assert len(found) == 2
