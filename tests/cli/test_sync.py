"""`mentorship sync`, as somebody types it, against GitHub's stand-in over HTTP."""

import json
import subprocess
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from mentorship_action.action.step import run_step
from mentorship_action.cli.group import run_command
from mentorship_action.errors import MentorshipError, SettingsError, UsageError
from mentorship_action.records.load import load
from mentorship_action.usecases.sync import files_of_checkout
from tests.applications import yaml
from tests.rig.people import ACTIONS, token_of
from tests.rig.rest import RestServer, Site

PROGRAM = """\
version: 1
program: {name: Example}
mentors:
  - {github: ganeshrn, capacity: 1}
limits: {seconds_between_writes: 0, writes_per_run: 60}
"""
Sync = Callable[..., int]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / ".github").mkdir()
    (tmp_path / "mentees").mkdir()
    (tmp_path / ".github/mentorship.yml").write_text(PROGRAM)
    (tmp_path / "mentees/octocat.yml").write_bytes(yaml("octocat"))
    return tmp_path


@pytest.fixture
def sync(root: Path, environ: Mapping[str, str]) -> Sync:
    def call(*arguments: str, now: str = "2026-12-07T09:00:00Z", **changes: str) -> int:
        words = ["sync", "--root", str(root), "--now", now, *arguments]
        return run_command(words, {**environ, **changes})

    return call


def test_without_apply_the_plan_is_printed_and_nothing_written(
    sync: Sync, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sync() == 0
    out = capsys.readouterr().out
    assert "→ open “Mentorship: octocat with ganeshrn”" in out
    assert "7 changes planned, none made." in out
    assert site.asked("POST") == []


def test_with_apply_it_is_done_and_a_second_run_finds_all_in_order(
    sync: Sync, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sync("--apply") == 0
    assert "7 changes made." in capsys.readouterr().out
    assert sync("--apply") == 0
    assert capsys.readouterr().out.startswith("Nothing to do.")
    assert [issue.title for issue in site.repository.issues.values()] == [
        "Mentorship: octocat with ganeshrn",
        "Week 1 of 12: octocat & ganeshrn (7 Dec)",
        "Dashboard of Example",
    ]


def test_json_is_one_object_that_the_published_schema_describes(
    sync: Sync, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sync("--apply", "--format", "json") == 0
    shown = json.loads(capsys.readouterr().out)
    schema = json.loads(Path("schemas/sync.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(shown)
    assert [change["outcome"] for change in shown["changes"]] == ["done"] * 7
    assert (shown["remaining"], shown["applied"]) == (0, True)


def test_a_file_with_errors_is_left_alone_and_named_and_the_others_go_on(
    sync: Sync, root: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "mentees/bob.yml").write_bytes(yaml("bob", hours_per_week="many"))
    assert sync("--apply") == 1
    assert "mentees/bob.yml:4:17" in capsys.readouterr().out
    assert len(site.repository.issues) == 3


def test_a_mentor_who_is_full_is_waited_for_and_is_no_error(
    sync: Sync, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "mentees/bob.yml").write_bytes(yaml("bob", start="2026-12-08"))
    assert sync("--apply") == 0
    assert "bob waits for a free seat with ganeshrn" in capsys.readouterr().out


def test_what_is_left_over_the_budget_is_reported_and_done_by_later_runs(
    sync: Sync, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / ".github/mentorship.yml").write_text(PROGRAM.replace("60", "3"))
    assert sync("--apply") == 4
    assert "3 changes made, 4 left for the next run." in capsys.readouterr().out
    assert sync("--apply") == 4
    assert sync("--apply") == 0
    assert sync("--apply") == 0
    assert capsys.readouterr().out.endswith("Nothing to do. 3 of 300 requests.\n")


def test_an_application_is_answered_from_the_default_branch(sync: Sync, site: Site) -> None:
    mentee = site.repository.view("newcomer")
    number = mentee.open_pull("Join", {"mentees/newcomer.yml": yaml("newcomer")})
    assert sync("--apply") == 0
    said = site.repository.comments[number]
    assert "**number 1 on the waitlist**" in said[0].body


def test_a_broken_program_is_exit_3_with_its_place(sync: Sync, root: Path) -> None:
    (root / ".github/mentorship.yml").write_text(PROGRAM.replace("capacity: 1", "capacity: -1"))
    with pytest.raises(SettingsError) as caught:
        sync()
    assert caught.value.where == ".github/mentorship.yml:4:34"


def test_a_broken_template_of_the_program_is_exit_3_with_its_place(sync: Sync, root: Path) -> None:
    (root / ".github/mentorship").mkdir()
    (root / ".github/mentorship/tracker.md.j2").write_text("title: x\n{% if %}\n")
    with pytest.raises(SettingsError) as caught:
        sync()
    assert caught.value.where == ".github/mentorship/tracker.md.j2:2:1"


def test_a_template_of_another_name_is_asked_about(sync: Sync, root: Path) -> None:
    (root / ".github/mentorship").mkdir()
    (root / ".github/mentorship/traker.md.j2").write_text("title: x\n")
    with pytest.raises(SettingsError, match=r"Did you mean tracker\.md\.j2\?"):
        sync()


@pytest.mark.parametrize(
    ("missing", "where"),
    [("GITHUB_TOKEN", "GITHUB_TOKEN"), ("GITHUB_REPOSITORY", "GITHUB_REPOSITORY")],
)
def test_a_missing_setting_is_wrong_usage(sync: Sync, missing: str, where: str) -> None:
    with pytest.raises(UsageError) as caught:
        sync(**{missing: ""})
    assert caught.value.where == where


def test_a_token_that_is_not_known_is_told_apart_from_an_actions_token(sync: Sync) -> None:
    with pytest.raises(MentorshipError, match="GitHub refused"):
        sync("--apply", GITHUB_TOKEN="nobody")


def test_a_log_on_actions_has_annotations_and_a_summary(
    sync: Sync, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "mentees/bob.yml").write_bytes(yaml("bob", name="'::add-mask::x ##[error]'", weeks=0))
    summary = tmp_path / "summary.md"
    assert sync("--apply", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("::error file=mentees/bob.yml,line=11,") for line in lines)
    assert not any(line.startswith("::add-mask") or "##[" in line for line in lines)
    assert "### Mentorship program" in summary.read_text()


def committed(root: Path) -> str:
    """Commit all files under ``root`` and return the commit."""
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org")
    for command in (("init", "-q"), ("add", "--all"), (*who, "commit", "-q", "-m", "Files")):
        subprocess.run(["git", *command], cwd=root, check=True)
    found = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True
    )
    return found.stdout.strip()


@pytest.mark.parametrize("ref", ["refs/heads/other", "refs/pull/1/merge", "refs/tags/main"])
def test_a_job_for_another_ref_is_refused(sync: Sync, site: Site, ref: str) -> None:
    with pytest.raises(UsageError, match="sync works on the default branch alone"):
        sync("--apply", GITHUB_ACTIONS="true", GITHUB_REF=ref)
    assert len(site.repository.issues) == 0


def test_a_job_in_an_old_checkout_does_nothing_and_says_so(
    sync: Sync, root: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    old = committed(root)
    tip = site.repository.branches.tip
    code = sync("--apply", GITHUB_ACTIONS="true", GITHUB_REF="refs/heads/main", GITHUB_SHA=tip)
    assert code == 0
    assert f"commit {old[:10]}, and main is at {tip[:10]} by now" in capsys.readouterr().out
    assert len(site.repository.issues) == 0


def test_a_job_on_the_newest_commit_does_its_work(sync: Sync, root: Path, site: Site) -> None:
    branches = site.repository.branches
    tip = committed(root)
    branches.commits[tip] = branches.files
    branches.tip = tip
    # An event that names an older commit doesn't matter: the files are the newest.
    code = sync("--apply", GITHUB_ACTIONS="true", GITHUB_REF="refs/heads/main", GITHUB_SHA="0" * 40)
    assert code == 0
    assert len(site.repository.issues) == 3


def test_where_git_cannot_tell_the_events_commit_counts(sync: Sync, site: Site) -> None:
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_REF": "refs/heads/main"}
    assert sync("--apply", **variables, GITHUB_SHA="0" * 40) == 0
    assert len(site.repository.issues) == 0
    assert sync("--apply", **variables, GITHUB_SHA=site.repository.branches.tip) == 0
    assert len(site.repository.issues) == 3


def test_outside_of_actions_the_checkout_is_trusted(sync: Sync, root: Path, site: Site) -> None:
    committed(root)
    assert sync("--apply", GITHUB_REF="refs/heads/other", GITHUB_SHA="0" * 40) == 0
    assert len(site.repository.issues) == 3


def test_a_step_hands_over_what_a_sync_came_to(
    root: Path, site: Site, rest_server: RestServer, repository_name: str, tmp_path: Path
) -> None:
    outputs = tmp_path / "outputs"
    code = run_step(
        {
            "GITHUB_API_URL": rest_server.url,
            "GITHUB_EVENT_NAME": "schedule",
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_REPOSITORY": repository_name,
            "GITHUB_TOKEN": token_of(ACTIONS),
            "GITHUB_WORKSPACE": str(root),
            "MENTORSHIP_NOW": "2026-12-07T09:00:00+00:00",
            "RUNNER_TEMP": str(tmp_path),
        }
    )
    assert code == 0
    assert "changes<<" in outputs.read_text()
    assert len(site.repository.issues) == 3


def test_a_run_knows_from_the_checkout_who_changed_their_file(root: Path) -> None:
    committed(root)
    now = datetime.now(UTC)
    loaded = load(root, today=now)
    found = files_of_checkout(root, None, loaded, now, {}).last_changes()
    assert found.keys() == {"mentees/octocat.yml"}


def test_who_came_first_is_never_guessed(sync: Sync, root: Path, tmp_path: Path) -> None:
    (root / "mentees/hubot.yml").write_bytes(yaml("hubot"))
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    (tmp_path / ".git/HEAD").write_text("nonsense", encoding="utf-8")

    with pytest.raises(SettingsError, match="git can't read the history"):
        sync("--apply")
