"""The job summary stays within what GitHub takes."""

from pathlib import Path

from mentorship_action.reporting.summary import SUMMARY_LIMIT, append_summary, cut_to


def test_a_summary_stays_within_what_github_takes(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    file.write_bytes(b"earlier\n")
    append_summary(str(file), "a línë of text\n" * 100_000)
    written = file.read_bytes()
    assert SUMMARY_LIMIT - 1000 < len(written) <= SUMMARY_LIMIT
    text = written.decode()
    assert text.startswith("earlier\na línë of text\n")
    assert text.rstrip().endswith("The whole report is in the step's `report-path`.*")


def test_a_summary_that_fits_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    append_summary(str(file), "all of it\n")
    assert file.read_text() == "all of it\n"


def test_without_a_text_or_a_path_nothing_is_written(tmp_path: Path) -> None:
    append_summary("", "text")
    append_summary(str(tmp_path / "summary"), "")
    assert list(tmp_path.iterdir()) == []


def test_a_summary_without_space_is_left_out() -> None:
    assert cut_to("text", 3) == b""
