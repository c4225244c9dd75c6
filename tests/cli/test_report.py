"""`mentorship report`, as somebody types it: offline, and with a look at GitHub's stand-in."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import jsonschema
import pytest

from mentorship_action.action.step import run_step
from mentorship_action.cli import main
from mentorship_action.cli.group import run_command
from mentorship_action.records.schema import load_schema
from tests.action.test_step import read_outputs
from tests.applications import yaml
from tests.builders import moment
from tests.rig.people import ACTIONS, token_of
from tests.rig.rest import RestServer, Site

PROGRAM = """\
version: 1
program: {name: Example}
mentors:
  - {github: ganeshrn, capacity: 3}
limits: {seconds_between_writes: 0, writes_per_run: 60}
"""
NOW = "2026-12-08T09:00:00Z"
Command = Callable[..., int]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".github").mkdir()
    (tmp_path / "mentees").mkdir()
    (tmp_path / ".github/mentorship.yml").write_text(PROGRAM)
    (tmp_path / "mentees/octocat.yml").write_bytes(yaml("octocat"))
    return tmp_path


@pytest.fixture
def command(root: Path, environ: Mapping[str, str]) -> Command:
    def call(*arguments: str) -> int:
        return run_command([*arguments, "--root", str(root), "--now", NOW], environ)

    return call


def offline(root: Path, *options: str) -> int:
    return main(["report", "--offline", "--root", str(root), "--now", NOW, *options])


def test_it_writes_a_site_offline_and_says_where(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "deep" / "site"
    assert offline(root, "--out", str(out), "--format", "text") == 0
    assert capsys.readouterr().out == f"{out / 'index.html'}\n"
    written = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert {"index.html", "report.md", "report.json", "badges/alumni.json"} <= written


def test_a_merged_certificate_has_a_page_that_is_drawn_again_and_goes_with_the_file(
    root: Path, tmp_path: Path
) -> None:
    (root / "mentees/octocat.yml").write_bytes(yaml("octocat", status="completed"))
    picture = root / "certificates/octocat.svg"
    picture.parent.mkdir()
    picture.write_text('<svg data-last="2027-02-01"><script>alert(1)</script></svg>')
    page = tmp_path / "site/certificates/octocat.html"
    assert offline(root, "--out", str(tmp_path / "site")) == 0
    assert "to 1 February 2027" in page.read_text(encoding="utf-8")
    assert "alert" not in page.read_text(encoding="utf-8")
    for edited in ("<svg>", '<svg data-last="2027-02-31">'):
        picture.write_text(edited)
        assert offline(root, "--out", str(tmp_path / "site")) == 0
        assert not page.exists()


def test_json_is_what_the_site_has_and_the_schema_describes(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert offline(root, "--out", str(tmp_path / "site"), "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown == json.loads((tmp_path / "site/report.json").read_text())
    jsonschema.Draft202012Validator(load_schema("report")).validate(shown)
    assert [one["id"] for one in shown["mentorships"]] == ["octocat"]


def test_a_program_with_errors_makes_no_site(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / ".github/mentorship.yml").write_text(PROGRAM.replace("capacity: 3", "capacity: many"))
    assert offline(root, "--out", str(tmp_path / "site")) == 3
    assert "mentorship.yml:4" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_place_that_can_not_be_written_is_named(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site").write_text("a file")
    assert offline(root, "--out", str(tmp_path / "site")) == 2
    assert "Name another folder with --out." in capsys.readouterr().err


def test_with_github_it_links_to_issues_in_few_requests_and_writes_nothing(
    command: Command, root: Path, tmp_path: Path, site: Site, repository_name: str
) -> None:
    assert command("sync", "--apply") == 0
    done = yaml("octocat").replace(b"github: octocat", b"github: octocat\nstatus: completed")
    (root / "mentees/octocat.yml").write_bytes(done)
    (root / "mentees/hubot.yml").write_bytes(yaml("hubot"))
    assert command("sync", "--apply") == 0
    before = len(site.asked())

    assert command("report", "--out", str(tmp_path / "site")) == 0

    asked = site.asked()[before:]
    assert len(asked) <= 4
    assert {one.split()[0] for one in asked} <= {"GET", "QUERY"}, asked
    page = (tmp_path / "site/index.html").read_text()
    home = f"https://github.com/{repository_name}/issues"
    linked = {
        issue.title
        for number, issue in site.repository.issues.items()
        if f'"{home}/{number}"' in page
    }
    assert linked == {
        "Mentorship: octocat with ganeshrn",
        "Mentorship: hubot with ganeshrn",
        "Week 1 of 12: hubot & ganeshrn (7 Dec)",
    }


def test_a_meeting_that_somebody_skips_is_cancelled_in_the_calendar(
    command: Command, root: Path, tmp_path: Path, site: Site
) -> None:
    site.repository.clock = lambda: moment("2026-12-08 08:59")
    meeting = '{day: thu, time: "17:00"}'
    (root / "mentees/octocat.yml").write_bytes(yaml("octocat", meeting=meeting))
    assert command("sync", "--apply") == 0
    feed = tmp_path / "site/calendar/mentorships/octocat.ics"
    assert command("report", "--out", str(tmp_path / "site")) == 0
    assert "CANCELLED" not in feed.read_text()

    site.repository.view("octocat").create_comment(1, "/skip")
    assert command("sync", "--apply") == 0
    assert command("report", "--out", str(tmp_path / "site")) == 0

    (skipped,) = [one for one in feed.read_text().split("BEGIN:VEVENT") if "CANCELLED" in one]
    assert "UID:meeting-octocat-2026-W50@" in skipped
    assert "SEQUENCE:1\n" in skipped


def test_as_an_action_it_hands_over_the_folder_of_the_site(
    root: Path, tmp_path: Path, site: Site, rest_server: RestServer, repository_name: str
) -> None:
    assert site.repository.issues == {}
    environ = {
        "MENTORSHIP_COMMAND": "report",
        "MENTORSHIP_NOW": NOW,
        "GITHUB_API_URL": rest_server.url,
        "GITHUB_REPOSITORY": repository_name,
        "GITHUB_TOKEN": token_of(ACTIONS),
        "GITHUB_WORKSPACE": str(root),
        "GITHUB_OUTPUT": str(tmp_path / "outputs"),
        "RUNNER_TEMP": str(tmp_path),
    }
    assert run_step(environ) == 0
    outputs = read_outputs(tmp_path / "outputs")
    assert (outputs["ok"], outputs["changes"]) == ("true", "0")
    assert "octocat" in (Path(outputs["site-path"]) / "index.html").read_text()
    assert Path(outputs["report-path"]).read_text().startswith("# Example")


def test_without_a_token_it_says_what_to_do(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--root", str(root), "--now", NOW, "--repo", "o/r"]) == 2
    assert "GITHUB_TOKEN" in capsys.readouterr().err
