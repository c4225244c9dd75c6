"""`mentorship init` sets a repository up, and never overwrites what is there."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jsonschema
import pytest
from ruamel.yaml import YAML

from mentorship_action.cli import main
from mentorship_action.records.examples import example_programs, example_workflow
from mentorship_action.records.load import load
from mentorship_action.records.remote import find_remote
from mentorship_action.records.validate import check_record
from mentorship_action.usecases.moment import parse_now

NOW = "2026-12-01T09:00:00+00:00"
ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas" / "init.schema.json"
ALL = {
    ".github/CODEOWNERS",
    ".github/mentorship.yml",
    ".github/mentorship/coordinating.md",
    ".github/pull_request_template.md",
    ".github/rulesets/mentorship.json",
    ".github/workflows/mentorship.yml",
    ".github/workflows/validate.yml",
    ".pre-commit-config.yaml",
    "mentees/README.md",
}
TERMS = """\
version: 1
program: {name: "Garden [x](y) @all", code_of_conduct: "https://example.org/coc"}
mentors: [{github: ada, capacity: 2, focus: [soil]}]
terms:
  - id: 2026-fall
    name: Fall 2026
    applications: {from: 2026-08-01, to: 2026-08-31}
    start: 2026-09-07
    weeks: 10
  - id: 2027-spring
    name: Spring 2027
    applications: {from: 2027-01-11, to: 2027-01-31}
    start: 2027-02-15
    weeks: 12
    events:
      - {name: Showcase, week: 12, day: wed, time: "17:00", timezone: Europe/Berlin, minutes: 90}
teams:
  - {id: old, name: Old, term: 2026-fall, size: 2, mentors: [{github: ada, role: lead}]}
  - {id: blue, name: Blue, term: 2027-spring, size: 2, mentors: [{github: ada, role: lead}]}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "trunk")
    return tmp_path


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True)


def init(root: Path, *options: str) -> int:
    return main(["init", "--root", str(root), "--now", NOW, *options])


def answer(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def contents(root: Path) -> dict[str, str]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {
        name: path.read_text(encoding="utf-8")
        for path in files
        if not (name := path.relative_to(root).as_posix()).startswith(".git/")
    }


def starters(root: Path) -> list[tuple[str, str]]:
    """Return the path and the text of each new-file page that the page for mentees opens."""
    page = (root / "mentees" / "README.md").read_text(encoding="utf-8")
    found = []
    for address in re.findall(r"<(\S+/new/\S+)>", page):
        parts = urlsplit(address)
        query = parse_qs(parts.query)
        folder = parts.path.partition("/new/trunk/")[2]
        found.append((f"{folder}/{query['filename'][0]}", query["value"][0]))
    return found


def filled(text: str) -> bytes:
    """Return a starter as somebody fills it in."""
    new = {"YYYY-MM-DD": "2027-01-11", "Region/City": "Europe/Madrid", "false": "true"}
    for old, value in {**new, "your-login": "octocat", "an-area": "docs"}.items():
        text = text.replace(old, value)
    return text.encode()


def test_an_empty_repository_gets_all_files_and_is_valid(root: Path) -> None:
    assert init(root, "--yes") == 0
    assert set(contents(root)) == ALL
    assert main(["validate", "--root", str(root)]) == 0


def test_a_first_rehearsal_shows_a_season(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert init(root, "--yes") == 0
    monkeypatch.chdir(root)
    assert main(["rehearse", "--root", ".", "--weeks", "4", "--now", NOW]) == 0
    said = capsys.readouterr().out
    assert "Nobody has joined yet" in said
    assert "opened “Mentorship: amara-demo with your-login”" in said
    assert "1 on the waitlist" in said


def test_a_second_run_changes_nothing_and_asks_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    init(root, "--yes")
    before = contents(root)
    answer(monkeypatch)
    assert init(root) == 0
    assert contents(root) == before
    assert capsys.readouterr().out.endswith("Everything is there; nothing was changed.\n")
    assert init(root, "--yes", "--update") == 0
    assert contents(root) == before


def test_files_that_are_there_stay_as_they_are(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = {
        ".github/CODEOWNERS": "* @somebody\n",
        ".github/workflows/validate.yml": "name: Our own check\n",
        ".pre-commit-config.yaml": "repos: []\n",
        "docs/PULL_REQUEST_TEMPLATE.md": "What changes?\n",
        "mentees/README.md": "Ours\n",
    }
    for name, text in theirs.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    assert init(root, "--yes", "--update") == 0
    after = contents(root)
    assert {name: after[name] for name in theirs} == theirs
    assert ".github/pull_request_template.md" not in after
    assert "mentorship-action@" in after[".github/workflows/mentorship-validate.yml"]
    said = capsys.readouterr().out
    assert ".github/CODEOWNERS is there already. Add this to it:" in said
    assert "    /.github/mentorship.yml @your-login" in said
    assert "      - id: mentorship" in said


def test_nothing_is_written_before_a_yes(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "Garden", "ada:2", "", "n")
    assert init(root) == 0
    assert contents(root) == {}
    assert "  write  .github/mentorship.yml" in capsys.readouterr().out


def test_stopping_midway_writes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "Garden", "ada:2")
    assert init(root) == 4
    assert contents(root) == {}


def test_a_dry_run_asks_and_writes_nothing(root: Path) -> None:
    assert init(root, "--dry-run") == 0
    assert contents(root) == {}


def test_three_answers_and_a_yes_make_the_program(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "Garden: a #program", "@Ada:2, grace", "rosa linus", "y")
    assert init(root) == 0
    program = load(root, today=parse_now(NOW, where="")).program
    assert program is not None
    assert program.name == "Garden: a #program"
    assert [(one.handle, one.capacity) for one in program.mentors] == [("Ada", 2), ("grace", 1)]
    assert program.coordinators == ("rosa", "linus")
    assert "/.github/mentorship.yml @rosa @linus\n" in contents(root)[".github/CODEOWNERS"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["x" * 101, "Garden", "ada", "", "y"], "1 to 100 characters"),
        (["Garden", "ada:many", "ada", "", "y"], "`ada:many` is no login"),
        (["Garden", "ada:201", "ada", "", "y"], "`ada:201` is no login"),
        (["Garden", ",", "ada", "", "y"], "at least one GitHub login"),
        (["Garden", "ada", "-x-", "ada", "y"], "`-x-` is no GitHub login"),
    ],
)
def test_a_wrong_answer_is_asked_again(
    root: Path,
    wrong: list[str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer(monkeypatch, *wrong)
    assert init(root) == 0
    assert said in capsys.readouterr().err
    assert main(["validate", "--root", str(root)]) == 0


def test_the_link_opens_a_file_that_is_valid_once_filled_in(root: Path) -> None:
    git(root, "remote", "add", "origin", "git@github.com:octo-org/garden.git")
    assert init(root, "--yes") == 0
    ((path, text),) = starters(root)
    assert path == "mentees/your-login.yml"
    program = load(root, today=parse_now(NOW, where="")).program
    checked = check_record("mentees/octocat.yml", filled(text), program)
    assert [one.message for one in checked.findings] == []
    codes = {one.code for one in check_record(path, text.encode(), program).findings}
    assert {"not-agreed", "bad-date", "unknown-zone"} <= codes


def test_terms_that_are_open_or_to_come_have_a_link_each(root: Path) -> None:
    (root / ".github").mkdir()
    (root / ".github" / "mentorship.yml").write_text(TERMS, encoding="utf-8")
    assert init(root, "--yes") == 0
    ((path, text),) = starters(root)
    assert path == "mentees/2027-spring/your-login.yml"
    program = load(root, today=parse_now(NOW, where="")).program
    checked = check_record("mentees/2027-spring/octocat.yml", filled(text), program)
    assert [one.message for one in checked.findings] == []
    page = contents(root)["mentees/README.md"]
    assert "# Join Garden \\[x\\](y) @\u200ball as a mentee" in page
    todo = contents(root)[".github/mentorship/coordinating.md"]
    assert "- [ ] Monday 11 January 2027: applications open." in todo
    assert (
        "- [ ] Wednesday 5 May 2027: Showcase.\n- [ ] Friday 7 May 2027: checkpoint “Final”."
        in todo
    )
    assert "Fall 2026" not in todo
    assert "- `team: blue`: Blue, with ada\n" in page
    assert "team: old" not in page
    assert "**1 hour a week**" in page


@pytest.mark.parametrize("word", ["Matrix", "IRC", "channel", "chat}", "bouncer"])
def test_pages_name_no_chat_that_the_program_does_not_have(root: Path, word: str) -> None:
    assert init(root, "--yes") == 0
    assert [name for name, text in contents(root).items() if word in text] == []


def test_a_configured_chat_and_discussion_are_named(root: Path) -> None:
    (root / ".github").mkdir()
    (root / ".github" / "mentorship.yml").write_text(
        'version: 1\nprogram: {name: A, channel: "#garden", chat: "https://example.org/chat", '
        'discussion: "https://example.org/hello"}\nmentors: [{github: ada, capacity: 1}]\n'
    )
    assert init(root, "--yes") == 0
    page = contents(root)["mentees/README.md"]
    assert "Join `#garden` on [our chat](<https://example.org/chat>)" in page
    assert "[the program's discussion](<https://example.org/hello>)" in page


def test_update_renews_what_nobody_changed_and_leaves_the_rest(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(root, "--yes") == 0
    config = root / ".github" / "mentorship.yml"
    config.write_text(config.read_text().replace("your-login", "ada"), encoding="utf-8")
    workflow = root / ".github" / "workflows" / "mentorship.yml"
    workflow.write_text(workflow.read_text().replace("7,22,37,52", "11"), encoding="utf-8")
    edited = workflow.read_text()
    page = root / "mentees" / "README.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))

    assert init(root, "--yes") == 0
    assert "ada" not in page.read_text(encoding="utf-8")
    assert init(root, "--yes", "--update") == 0
    assert "mentor: ada #" in page.read_text(encoding="utf-8")
    assert workflow.read_text() == edited
    assert "  keep, as you changed it .github/workflows/mentorship.yml\n" in capsys.readouterr().out


def test_workflows_are_those_that_we_ship_for_this_branch_and_label(root: Path) -> None:
    (root / ".github").mkdir()
    (root / ".github" / "mentorship.yml").write_text(
        "version: 1\nprogram: {name: A}\nlabels: {base: our mentors}\n"
        "mentors: [{github: ada, capacity: 1}]\n"
    )
    assert init(root, "--yes") == 0
    made = contents(root)
    sync = made[".github/workflows/mentorship.yml"]
    assert "    branches: [trunk]\n" in sync
    assert "(contains(join(github.event.issue.labels.*.name), 'our mentors') ||" in sync
    shipped = example_workflow("mentorship.yml").splitlines()
    assert len(set(sync.splitlines()) - set(shipped)) == 3
    check = made[".github/workflows/validate.yml"].splitlines()
    assert set(check[1:]) <= set(example_workflow("validate.yml").splitlines())


def test_each_example_program_can_be_the_beginning(root: Path) -> None:
    assert len(example_programs()) >= 6
    for name, text in example_programs().items():
        begun = root / name
        begun.mkdir()
        assert init(begun, "--yes", "--from", name) == 0
        assert contents(begun)[".github/mentorship.yml"].endswith(text)
        assert main(["validate", "--root", str(begun), "--now", NOW]) == 0


def test_wrong_usage_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(root, "--yes", "--from", "nothing") == 2
    assert "There is no example `nothing`" in capsys.readouterr().err
    assert init(root, "--yes", "--config", "x.yml") == 2
    assert init(root / "nowhere", "--yes") == 2
    assert contents(root) == {}
    (root / ".github").mkdir()
    (root / ".github" / "mentorship.yml").write_text("version: 2\n")
    assert init(root, "--yes") == 3
    assert set(contents(root)) == {".github/mentorship.yml"}


def test_json_is_one_object_of_the_schema(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for options, written in ((["--dry-run"], False), (["--yes"], True), (["--yes"], False)):
        assert init(root, "--format", "json", *options) == 0
        said = json.loads(capsys.readouterr().out)
        jsonschema.validate(said, schema)
        assert said["written"] is written
        assert said["placeholder"] == "your-login"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("git@github.com:octo-org/garden.git", "https://github.com/octo-org/garden"),
        ("https://github.com/octo-org/garden", "https://github.com/octo-org/garden"),
        ("https://user:secret@ghe.example.org/o/n.git", "https://ghe.example.org/o/n"),
        ("ssh://git@ghe.example.org:2222/o/n.git", "https://ghe.example.org/o/n"),
        ("../elsewhere", None),
        ("https://example.org/one", None),
    ],
)
def test_the_repository_is_found_from_the_remote(root: Path, address: str, url: str | None) -> None:
    git(root, "remote", "add", "origin", address)
    found = find_remote(root)
    assert (found and found.url) == url


def test_settings_are_links_into_the_repository(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(root, "remote", "add", "origin", "https://github.com/octo-org/garden")
    assert init(root, "--yes") == 0
    said = capsys.readouterr().out
    for page in ("settings", "settings/actions", "settings/rules"):
        assert f"https://github.com/octo-org/garden/{page}\n" in said
    rules = json.loads(contents(root)[".github/rulesets/mentorship.json"])
    (rule,) = rules["rules"]
    assert rule["parameters"]["required_status_checks"] == [{"context": "mentorship"}]


def test_the_plan_is_colored_where_a_person_looks(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(root, "--dry-run", "--color", "always") == 0
    assert "\033[32m  write  mentees/README.md\033[0m\n" in capsys.readouterr().out
    assert init(root, "--dry-run") == 0
    assert "\033" not in capsys.readouterr().out


def test_the_hook_for_pre_commit_is_the_one_that_we_have(root: Path) -> None:
    assert init(root, "--yes") == 0
    (repository,) = YAML(typ="safe").load(contents(root)[".pre-commit-config.yaml"])["repos"]
    (ours,) = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in repository["hooks"]] == [ours["id"]]
    assert re.search(ours["files"], "mentees/2027-spring/octocat.yml")
    assert re.search(ours["files"], ".github/mentorship.yml")
    assert not re.search(ours["files"], "src/mentees.py")


def test_the_docs_name_every_example_program() -> None:
    page = (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8")
    assert [name for name in example_programs() if f"`{name}`" not in page] == []
