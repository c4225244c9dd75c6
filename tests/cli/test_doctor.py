"""`mentorship doctor` finds what would keep a program from working, and nothing else."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mentorship_action.cli import main
from mentorship_action.records.examples import example_workflow
from tests.rig import description, shapes
from tests.rig.blank import filled
from tests.rig.web import Answer, Handler, serving

NOW = "2027-01-04T09:00:00+00:00"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas" / "doctor.schema.json"
SYNC = ".github/workflows/mentorship.yml"
CHECK = ".github/workflows/validate.yml"
PROGRAM = ".github/mentorship.yml"
MENTEE = """\
github: octocat
mentor: ada
start: 2027-01-04
hours_per_week: 5
timezone: Etc/UTC
goals: [Learn]
focus: [docs]
chat: {network: github, handle: octocat}
agreements: {code_of_conduct: true, asked_mentor: true}
"""
TARGET = """\
on:
  pull_request_target:
jobs:
  sync:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
        with: {ref: "${{ github.event.repository.default_branch }}"}
      - uses: distronode/mentorship-action@v0.1.0
"""


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_TOKEN", "GH_TOKEN", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("GITHUB_API_URL", "GITHUB_SERVER_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository in which all is well."""
    place = tmp_path_factory.mktemp("ready")
    for command in (
        "init -q -b trunk",
        "remote add origin https://github.com/octo-org/garden.git",
        "symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/trunk",
    ):
        subprocess.run(["git", *command.split()], cwd=place, check=True, capture_output=True)
    (place / "CODE_OF_CONDUCT.md").write_text("Be nice.\n")
    assert main(["init", "--yes", "--root", str(place), "--now", NOW]) == 0
    program = place / PROGRAM
    text = program.read_text().replace("[octo-org]", "[rosa]")
    program.write_text(text.replace("github: octo-org", "github: ada"))
    assert main(["init", "--yes", "--update", "--root", str(place), "--now", NOW]) == 0
    (place / "mentees" / "octocat.yml").write_text(MENTEE)
    return place


@pytest.fixture
def root(ready: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    return shutil.copytree(ready, tmp_path / "garden")


Plant = Callable[[Path], object]


def replaced(name: str, old: str, new: str) -> Plant:
    def plant(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return plant


def written(name: str, text: str) -> Plant:
    return lambda root: (root / name).write_text(text, encoding="utf-8")


def removed(name: str) -> Plant:
    return lambda root: (root / name).unlink()


def template(root: Path) -> None:
    (root / ".github/mentorship/trakcer.md.j2").write_text("Hello\n")


TERM = """\
terms:
  - id: old
    name: Old
    applications: {from: 2026-01-01, to: 2026-01-10}
    start: 2026-01-11
    weeks: 4
"""

TEAM = """\
teams:
  - {id: blue, name: Blue, size: 2, mentors: [{github: gone, role: lead}]}
"""

OFFLINE: dict[str, tuple[Plant, int]] = {
    "no-program": (removed(PROGRAM), 3),
    "mentee-files": (replaced("mentees/octocat.yml", "mentor: ada", "mentor: nobody"), 1),
    "team-mentor": (
        lambda root: (root / PROGRAM).write_text((root / PROGRAM).read_text() + TEAM),
        1,
    ),
    "placeholder": (replaced(PROGRAM, "github: ada", "github: your-login"), 3),
    "no-seats": (replaced(PROGRAM, "    capacity: 1", "    capacity: 0"), 1),
    "too-few-seats": (
        written("mentees/mona.yml", MENTEE.replace("octocat", "mona")),
        1,
    ),
    "no-coordinator": (replaced(PROGRAM, "coordinators: [rosa]", "coordinators: []"), 1),
    "no-code-of-conduct": (replaced(PROGRAM, "  code_of_conduct: https", "  # https"), 1),
    "message-template": (template, 3),
    "terms-over": (
        lambda root: (root / PROGRAM).write_text((root / PROGRAM).read_text() + TERM),
        1,
    ),
    "no-page": (removed("mentees/README.md"), 1),
    "old-page": (replaced(PROGRAM, "name: Garden", "name: Greenhouse"), 1),
    "no-workflow": (removed(SYNC), 3),
    "workflow-unreadable": (replaced(SYNC, "jobs:", "jobs: ["), 3),
    "two-workflows": (
        lambda root: (root / ".github/workflows/other.yml").write_text((root / SYNC).read_text()),
        1,
    ),
    "no-check": (removed(CHECK), 1),
    "push-unheard": (replaced(SYNC, "branches: [trunk]", "branches: [main]"), 1),
    "no-schedule": (replaced(SYNC, "schedule:\n    - cron:", "x:\n    - cron:"), 3),
    "minute-zero": (replaced(SYNC, "7,22,37,52 *", "*/15 *"), 1),
    "rare-schedule": (replaced(SYNC, "7,22,37,52 * *", "7 3 *"), 1),
    "comments-unheard": (replaced(SYNC, "  issue_comment:", "  release:"), 1),
    "permissions": (replaced(SYNC, "statuses: write", "statuses: read"), 3),
    "permissions-unsaid": (
        lambda root: (root / SYNC).write_text(
            re.sub(
                r"\n *(permissions:.*|\w[\w-]*: (read|write) # .*)", "", (root / SYNC).read_text()
            )
        ),
        1,
    ),
    "permissions-all": (
        lambda root: (root / SYNC).write_text(
            re.sub(
                r"    permissions:\n( +\w[\w-]*: (read|write) # .*\n)+",
                "    permissions: write-all\n",
                (root / SYNC).read_text(),
            )
        ),
        1,
    ),
    "no-checkout": (replaced(SYNC, "actions/checkout@", "actions/cache@"), 3),
    "shallow": (replaced(SYNC, "          fetch-depth: 0\n", ""), 3),
    "old-commit": (replaced(SYNC, "github.event.repository.default_branch", "github.sha"), 1),
    "two-at-once": (
        replaced(
            SYNC,
            "    concurrency:\n      group: mentorship\n      cancel-in-progress: false\n",
            "",
        ),
        1,
    ),
    "queue-of-nothing": (replaced(SYNC, "\njobs:", "\nconcurrency: mentorship\njobs:"), 1),
    "other-label": (replaced(PROGRAM, "version: 1", "version: 1\nlabels: {base: garden}"), 3),
    "windows": (replaced(SYNC, "runs-on: ubuntu-latest", "runs-on: windows-2025"), 3),
    "token-in-file": (
        replaced(
            SYNC, "with:\n          dry-run", "with:\n          token: ghs_x\n          dry-run"
        ),
        3,
    ),
    "old-version": (replaced(SYNC, "# v0.1.0", "# v0.0.9"), 1),
    "moving-version": (
        lambda root: (root / SYNC).write_text(
            re.sub(r"(mentorship-action@)\S+ # v0.1.0", r"\1main", (root / SYNC).read_text())
        ),
        1,
    ),
    "trusts-pull-requests": (
        written(
            ".github/workflows/right-away.yml",
            TARGET.replace("github.event.repository.default_branch", "github.head_ref"),
        ),
        3,
    ),
}


def doctor(root: Path, *options: str) -> int:
    return main(["doctor", "--root", str(root), "--now", NOW, *options])


def told(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
    capsys.readouterr()
    code = doctor(root, "--format", "json", *options)
    out, err = capsys.readouterr()
    assert err == ""
    said: dict[str, Any] = json.loads(out)
    jsonschema.validate(said, json.loads(SCHEMA.read_text(encoding="utf-8")))
    weights = {one["weight"] for one in said["obstacles"]}
    assert code == (3 if "error" in weights else 1 if weights else 0)
    return said


def codes(said: Mapping[str, Any]) -> list[str]:
    return [one["code"] for one in said["obstacles"]]


def test_where_all_is_well_nothing_is_found(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert codes(told(root, capsys)) == []
    assert doctor(root) == 0
    assert capsys.readouterr().out.endswith("\nGood to go.\n")


@pytest.mark.parametrize("code", list(OFFLINE))
def test_what_is_wrong_in_a_file_is_found(
    code: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant, exit_code = OFFLINE[code]
    plant(root)
    said = told(root, capsys)
    assert code in codes(said)
    (found,) = [one for one in said["obstacles"] if one["code"] == code][:1]
    assert found["weight"] == ("error" if exit_code == 3 else "warning")
    assert all(found[part] for part in ("what", "why", "fix"))


def test_the_last_line_answers_whether_one_is_good_to_go(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    removed("mentees/README.md")(root)
    capsys.readouterr()
    assert doctor(root) == 1
    said = capsys.readouterr().out
    assert said.endswith("Good to go, with 1 warning.\n")
    assert "    Why it matters: Mentees have no page to join from.\n" in said
    removed(SYNC)(root)
    assert doctor(root, "-q") == 3
    said = capsys.readouterr().out
    assert said.startswith("error: No workflow runs the program. [no-workflow]\n")
    assert said.endswith("Not yet good to go: 1 error, 1 warning.\n")
    assert "Why it matters" not in said


def check_of_their_own(root: Path) -> None:
    steps = "steps: [{uses: distronode/mentorship-action@v0.1.0, with: {command: validate}}]"
    text = f"on: [push, pull_request]\njobs: {{check: {{runs-on: ubuntu-latest, {steps}}}}}\n"
    (root / ".github/workflows/ci.yml").write_text(text)


def own_page(root: Path) -> None:
    (root / "mentees/README.md").write_text("Write to ada, she knows the way.\n")


def site(root: Path) -> None:
    (root / ".github/workflows/pages.yml").write_text(example_workflow("pages.yml"))


@pytest.mark.parametrize(
    "plant", [check_of_their_own, own_page, site], ids=lambda plant: plant.__name__
)
def test_what_people_do_in_their_own_way_is_left_alone(
    plant: Plant, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(root)
    assert codes(told(root, capsys)) == []


def test_commands_that_write_files_need_to_be_allowed_to(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(PROGRAM, "version: 1", "version: 1\ncommands: commit")(root)
    said = told(root, capsys)
    (found,) = [one for one in said["obstacles"] if one["code"] == "permissions"]
    assert found["what"] == f"{SYNC} lacks `contents: write`."


# On GitHub.


@dataclass
class World:
    """A repository on GitHub in which all is well, as its API tells."""

    about: dict[str, Any] = field(default_factory=dict)
    enabled: bool = True
    opens_pull_requests: bool = True
    states: dict[str, str] = field(default_factory=dict)
    last_success: str | None = "2027-01-04T08:37:00Z"
    checks: tuple[str, ...] = ("mentorship",)
    protection: dict[str, Any] = field(default_factory=dict)
    queue: bool = False
    seen: tuple[str, ...] = ()
    assignable: tuple[str, ...] = ("ada", "rosa")
    accounts: tuple[str, ...] = ("ada", "rosa")
    authors: tuple[str, ...] = ("github-actions[bot]",)
    refused: tuple[str, ...] = ()
    unauthorized: bool = False
    paths: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        """Return what GitHub answers to a GET."""
        if self.unauthorized:
            return Answer(401, {"message": "Bad credentials"})
        place = path.removeprefix("/repos/octo-org/garden")
        if any(re.match(one, place) for one in self.refused):
            return Answer(403, {"message": "Resource not accessible by integration"})
        for pattern, reply in self.routes().items():
            if match := re.fullmatch(pattern, place):
                return reply(*match.groups(), **({"query": query} if "(\\d+)" in pattern else {}))
        return Answer(404, {"message": "Not Found"})

    def routes(self) -> dict[str, Callable[..., Answer]]:
        """Return what answers which address."""
        return {
            "": self._repository,
            "/actions/permissions": self._actions,
            "/actions/permissions/workflow": self._workflow_permissions,
            "/actions/workflows": self._workflows,
            r"/actions/workflows/(\d+)/runs": self._runs,
            "/rules/branches/trunk": self._rules,
            "/branches/trunk": self._branch,
            "/commits/trunk/check-runs": self._check_runs,
            "/commits/trunk/status": self._status,
            r"/assignees/(\w+)": lambda login: (
                Answer(204) if login in self.assignable else _not_found()
            ),
            r"/users/(\w+)": lambda login: (
                Answer(200, shapes.myself("https://api.github.com", login, SINCE))
                if login in self.accounts
                else _not_found()
            ),
            "/issues": self._issues,
        }

    def _repository(self) -> Answer:
        usual = {
            "default_branch": "trunk",
            "archived": False,
            "private": False,
            "has_issues": True,
            "has_pages": False,
            "allow_forking": True,
            "pushed_at": "2027-01-03T09:00:00Z",
        }
        return Answer(200, filled("full-repository", **{**usual, **self.about}))

    def _actions(self) -> Answer:
        return Answer(200, {"enabled": self.enabled, "sha_pinning_required": False})

    def _workflow_permissions(self) -> Answer:
        may = {"can_approve_pull_request_reviews": self.opens_pull_requests}
        return Answer(200, {"default_workflow_permissions": "read", **may})

    def _workflows(self) -> Answer:
        found = [
            filled("workflow", id=number, path=path, state=self.states.get(path, "active"))
            for number, path in enumerate(self.paths, start=1)
        ]
        return Answer(200, {"total_count": len(found), "workflows": found})

    def _runs(self, number: str, query: Mapping[str, str]) -> Answer:
        del number
        event = query.get("event", "schedule")
        last = self.last_success if event == "schedule" else None
        runs = [filled("workflow-run", updated_at=last)] if last else []
        return Answer(200, {"total_count": len(runs), "workflow_runs": runs})

    def _rules(self) -> Answer:
        required = [{"context": name} for name in self.checks]
        strict = {"strict_required_status_checks_policy": False}
        rules: list[dict[str, Any]] = [
            {
                "type": "required_status_checks",
                "parameters": {"required_status_checks": required, **strict},
            },
            {"type": "deletion"},
        ]
        return Answer(200, [*rules, *([{"type": "merge_queue"}] if self.queue else [])])

    def _branch(self) -> Answer:
        branch = filled("branch-with-protection", name="trunk", protection=self.protection)
        return Answer(200, branch)

    def _check_runs(self) -> Answer:
        runs = [filled("check-run", name=name) for name in self.seen]
        return Answer(200, {"total_count": len(runs), "check_runs": runs})

    def _status(self) -> Answer:
        return Answer(200, filled("combined-commit-status", statuses=[]))

    def _issues(self) -> Answer:
        issues = [
            {
                **filled("issue", number=number, title="A tracker", state="open"),
                "body": f"<!-- mentorship v1 kind=tracker mentee=m{number} -->\n",
                "user": shapes.person("https://api.github.com", author),
                "labels": [filled("label", name="mentorship", color="5319e7")],
                "created_at": f"2026-12-{number:02}T09:00:00Z",
                "updated_at": f"2026-12-{number:02}T09:00:00Z",
            }
            for number, author in enumerate(self.authors, start=1)
        ]
        return Answer(200, issues)


def _not_found() -> Answer:
    return Answer(404, {"message": "Not Found"})


@contextmanager
def github(world: World, root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve the world, and let the environment name it."""
    world.paths = world.paths or tuple(
        path.relative_to(root).as_posix() for path in (root / ".github/workflows").glob("*.yml")
    )

    class Api(Handler):
        def serve(self) -> None:
            asked = self.read()
            answer = world.answer(asked.path, asked.query)
            world.asked.append(str(asked))
            assert asked.verb == "GET"
            world.mismatches += description.mismatches(asked, answer)
            self.write_json(answer)

    with serving(Api) as url:
        monkeypatch.setenv("GITHUB_API_URL", url)
        monkeypatch.setenv("GITHUB_TOKEN", world.about.pop("token", "ghs_token"))
        yield


def pages(root: Path) -> None:
    text = "on: push\njobs: {site: {steps: [{uses: actions/deploy-pages@v5}]}}\n"
    (root / ".github/workflows/pages.yml").write_text(text)


def right_away(root: Path) -> None:
    (root / ".github/workflows/right-away.yml").write_text(TARGET)


def nothing(root: Path) -> None:
    del root


ONLINE: dict[str, tuple[World, Plant, str]] = {
    "archived": (World(about={"archived": True}), nothing, "error"),
    "issues-off": (World(about={"has_issues": False}), nothing, "error"),
    "pages-off": (World(), pages, "error"),
    "no-forks": (World(about={"private": True, "allow_forking": False}), nothing, "warning"),
    "falls-asleep": (World(about={"pushed_at": "2026-11-10T09:00:00Z"}), nothing, "warning"),
    "push-unheard": (World(), replaced(SYNC, "branches: [trunk]", "branches: [main]"), "warning"),
    "actions-off": (World(enabled=False), nothing, "error"),
    "no-pull-requests": (
        World(opens_pull_requests=False),
        replaced(PROGRAM, "version: 1", "version: 1\ncommands: pull-request"),
        "error",
    ),
    "not-pushed": (World(paths=(CHECK,)), nothing, "error"),
    "workflow-disabled": (World(states={SYNC: "disabled_inactivity"}), nothing, "error"),
    "never-ran": (World(last_success=None), nothing, "error"),
    "stopped": (World(last_success="2027-01-03T08:00:00Z"), nothing, "error"),
    "blocked-event": (World(), right_away, "warning"),
    "not-required": (World(checks=()), nothing, "warning"),
    "silent-check": (World(checks=("mentorship", "Mentee files")), nothing, "error"),
    "queue-stalls": (World(queue=True), replaced(CHECK, "  merge_group:\n", ""), "error"),
    "no-account": (World(assignable=("rosa",), accounts=("rosa",)), nothing, "error"),
    "not-assignable": (World(assignable=("rosa",)), nothing, "warning"),
    "former-identity": (
        World(authors=("github-actions[bot]", "our-app[bot]", "stranger")),
        nothing,
        "error",
    ),
    "classic-token": (World(about={"token": "ghp_token"}), nothing, "warning"),
    "no-answer": (World(unauthorized=True), nothing, "error"),
}


def test_in_a_repository_where_all_is_well_nothing_is_found_on_github(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World()
    with github(world, root, monkeypatch):
        said = told(root, capsys)
    assert codes(said) == []
    assert said["asked_github"]
    assert said["unchecked"] == []
    assert world.mismatches == []
    assert len(world.asked) <= 12


@pytest.mark.parametrize("code", list(ONLINE))
def test_what_is_wrong_on_github_is_found(
    code: str, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world, plant, weight = ONLINE[code]
    plant(root)
    with github(world, root, monkeypatch):
        said = told(root, capsys)
    assert world.mismatches == []
    found = [one for one in said["obstacles"] if one["code"] == code]
    assert [one["weight"] for one in found] == [weight]
    assert all(found[0][part] for part in ("what", "why", "fix"))


@pytest.mark.parametrize(
    ("world", "plant", "absent"),
    [
        (
            World(about={"private": True, "pushed_at": "2026-01-01T09:00:00Z"}),
            nothing,
            "falls-asleep",
        ),
        (World(about={"has_pages": True}), pages, "pages-off"),
        (World(about={"private": True}), right_away, "blocked-event"),
        (World(checks=("mentorship", "Site build"), seen=("Site build",)), nothing, "silent-check"),
        (World(checks=("mentorship", "site")), pages, "silent-check"),
        (
            World(
                checks=(),
                protection={
                    "enabled": True,
                    "required_status_checks": {
                        "enforcement_level": "everyone",
                        "contexts": ["mentorship"],
                        "checks": [],
                    },
                },
            ),
            nothing,
            "not-required",
        ),
        (World(queue=True), nothing, "queue-stalls"),
        (World(authors=("our-app[bot]", "stranger")), nothing, "former-identity"),
        (
            World(authors=("github-actions[bot]", "our-app[bot]")),
            replaced(PROGRAM, "version: 1", 'version: 1\nidentities: ["github-actions[bot]"]'),
            "former-identity",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_allowed_is_not_found(
    world: World,
    plant: Plant,
    absent: str,
    root: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plant(root)
    with github(world, root, monkeypatch):
        assert absent not in codes(told(root, capsys))
    assert world.mismatches == []


def test_what_a_token_may_not_see_is_said_and_is_no_obstacle(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(refused=("/actions", "/rules", "/assignees", "/issues"))
    with github(world, root, monkeypatch):
        said = told(root, capsys)
    assert codes(said) == []
    assert {"whether Actions are on", "the workflows", "who wrote the trackers"} <= set(
        said["unchecked"]
    )


def test_requests_are_bounded_by_people_not_by_the_repository(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "".join(f"  - {{github: m{number}, capacity: 1}}\n" for number in range(200))
    replaced(PROGRAM, "mentors:\n", f"mentors:\n{many}")(root)
    world = World(accounts=("rosa", "ada", *(f"m{number}" for number in range(200))))
    with github(world, root, monkeypatch):
        told(root, capsys)
    assert len(world.asked) <= 75


def test_every_code_is_tried_here_and_listed_in_the_docs() -> None:
    folder = ROOT / "mentorship_action" / "usecases" / "doctor"
    sources = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    found = set(re.findall(r"(?:error|warning|tell)\(\s*\"([a-z-]+)\"", sources))
    listed = (ROOT / "docs" / "adopting.md").read_text(encoding="utf-8").partition("| in the")[2]
    rows = re.findall(r"^\| (`.*?) \|", listed, re.MULTILINE)
    assert {*OFFLINE, *ONLINE} == found
    assert {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)} == found
