"""The workflows that we ship, run by a real workflow runner against the emulated GitHub API."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from pathlib import Path

import pytest

from mentorship_action.domain.snapshot import Issue
from mentorship_action.domain.text import MONTHS
from mentorship_action.forge.github import GitHubForge
from tests.emulated.workflows import Ran, Workplace
from tests.rig import description
from tests.rig.emulator import Emulator
from tests.rig.failures import BadGateway, Instead, Proxy, Schedule, at_write, never
from tests.rig.people import ACTIONS, OWNER, token_of

pytestmark = pytest.mark.rig

_TODAY = datetime.now(UTC).date()
# On the runner's clock nothing is due yet; what is due later is asked for by name.
START = _TODAY + timedelta(days=35 - _TODAY.weekday())
PUSH = {"ref": "refs/heads/main"}
CRON = {"schedule": "17 * * * *"}


def record(login: str, start: date = START) -> str:
    return f"""\
github: {login}
mentor: ssbarnea
start: {start}
weeks: 16
hours_per_week: 4
timezone: Europe/Madrid
goals: [Land a first change]
focus: [linting]
chat: {{network: matrix, handle: "@{login}:example.org"}}
agreements:
  code_of_conduct: true
  asked_mentor: true
"""


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty home that the workflows of one session share, as a runner's does."""
    return tmp_path_factory.mktemp("home")


class Program:
    """A repository on this machine and its twin on the emulated GitHub."""

    def __init__(self, work: Workplace, emulator: Emulator, proxy: Proxy) -> None:
        self.work = work
        self.proxy = proxy
        self.schedule: Schedule = never
        self.tip = ""
        self._forge = GitHubForge(
            repository=work.name, token=token_of(OWNER), api=emulator.url, backoff_seconds=0
        )

    def sync(self, event: str, payload: Mapping[str, object]) -> Ran:
        """Run mentorship.yml and forget what was asked before.

        The emulator's branch has other commits than the one here, so the proxy says what is its
        newest.
        """
        tip = Instead(json.dumps({"commit": {"sha": self.tip or self.work.head()}}).encode())
        self.proxy.fail(
            lambda number, asked: (
                tip if asked.path.endswith("/branches/main") else self.schedule(number, asked)
            )
        )
        self.proxy.exchanges.clear()
        return self.work.run(
            "mentorship.yml", event, payload, api=self.proxy.url, token=token_of(ACTIONS)
        )

    def sync_as_of(self, day: date) -> Ran:
        """Run mentorship.yml as if it were noon of a day."""
        now = datetime.combine(day, time(12), tzinfo=UTC).isoformat()
        return self.sync("workflow_dispatch", {"inputs": {"now": now, "dry-run": "false"}})

    def issues(self, label: str) -> list[Issue]:
        """Return the issues of a label, open and closed."""
        return self._forge.list_issues(label=label, state="all")

    def requests(self) -> int:
        """Return how many requests the last run took.

        Left out are those that a server without GraphQL costs: two refusals, and the repository
        and its branch asked for one by one instead of at once.
        """
        return sum(
            not exchange.asked.path.endswith(("/graphql", f"/{self.work.name}", "/branches/main"))
            for exchange in self.proxy.exchanges
        )

    def writes(self) -> list[str]:
        """Return what the last run asked to be changed."""
        asked = (exchange.asked for exchange in self.proxy.exchanges)
        return [f"{one.method} {one.path.rpartition('/')[2]}" for one in asked if one.is_write]


@pytest.fixture
def work(tmp_path: Path, home: Path) -> Workplace:
    return Workplace(folder=tmp_path, name=f"{OWNER}/program", home=home)


@pytest.fixture
def program(tmp_path: Path, home: Path, emulated: Emulator, emulated_proxy: Proxy) -> Program:
    name = emulated.new_repository(OWNER)
    return Program(Workplace(folder=tmp_path, name=name, home=home), emulated, emulated_proxy)


def test_a_program_lives_through_push_and_cron_ticks(program: Program) -> None:
    # A push with two pairs opens two trackers.
    program.work.write("mentees/mentee-1.yml", record("mentee-1"))
    program.work.write("mentees/mentee-2.yml", record("mentee-2"))
    pushed = program.sync("push", PUSH)

    assert pushed.succeeded, pushed.text
    trackers = program.issues("mentorship:tracker")
    assert [issue.title for issue in trackers] == [
        "Mentorship: mentee-1 with ssbarnea",
        "Mentorship: mentee-2 with ssbarnea",
    ]
    for login, tracker in zip(("mentee-1", "mentee-2"), trackers, strict=True):
        marker, _, rest = tracker.body.partition("\n")
        assert marker == f"<!-- mentorship v1 kind=tracker mentee={login} -->"
        assert rest.count("- [ ] ") == 7 + 4
        assert f"`mentees/{login}.yml`" in rest
        assert f"@{login}" in rest
        assert tracker.author.login == ACTIONS
        assert tracker.labels == ("mentorship", "mentorship:tracker")
        assert tracker.assignees == ("ssbarnea",)
    # Two trackers and the dashboard, each kind with its label, and that of everything.
    assert program.writes() == ["POST labels"] * 3 + ["POST issues"] * 3
    assert pushed.outputs["ok"] == "true"
    assert (pushed.outputs["changes"], pushed.outputs["remaining"]) == ("6", "0")
    assert "mentee-1" in pushed.summary

    # A tick on which nothing is due writes nothing.
    quiet = program.sync("schedule", CRON)

    assert quiet.succeeded, quiet.text
    assert program.writes() == []
    assert program.requests() <= 3 + ceil(2 / 100)
    assert quiet.outputs["changes"] == "0"

    # On a due day each pair gets one check-in.
    due = program.sync_as_of(START)

    assert due.succeeded, due.text
    first = program.issues("mentorship:check-in")
    monday = f"{START.day} {MONTHS[START.month - 1][:3]}"
    assert [issue.title for issue in first] == [
        f"Week 1 of 16: mentee-1 & ssbarnea ({monday})",
        f"Week 1 of 16: mentee-2 & ssbarnea ({monday})",
    ]
    for issue, tracker in zip(first, trackers, strict=True):
        assert issue.is_open
        assert f"Tracker: #{tracker.number}" in issue.body
    (dashboard,) = program.issues("mentorship:dashboard")
    shown = f"PATCH {dashboard.number}"
    assert program.writes() == ["POST labels"] + ["POST issues"] * 2 + [shown]

    # The same tick again does nothing.
    again = program.sync_as_of(START)

    assert again.succeeded, again.text
    assert program.writes() == []
    assert program.requests() <= 3 + ceil(4 / 100)

    # The week after reads the repository's comments, which the emulator doesn't list.


def test_a_job_that_is_run_again_later_does_nothing(program: Program) -> None:
    program.work.write("mentees/mentee-1.yml", record("mentee-1"))
    program.tip = "0" * 40

    ran = program.sync("push", PUSH)

    assert ran.succeeded, ran.text
    assert program.writes() == []
    assert "and main is at 0000000000 by now" in ran.text
    assert ran.outputs["changes"] == "0"


def test_a_run_for_another_branch_is_refused(program: Program) -> None:
    program.work.write("mentees/mentee-1.yml", record("mentee-1"))

    ran = program.sync("workflow_dispatch", {"ref": "refs/heads/other", "inputs": {}})

    assert not ran.succeeded
    assert "This job runs for refs/heads/other" in ran.text
    assert program.writes() == []


MARKED = "<!-- mentorship v1 kind=tracker mentee=mona -->\n"
PERSON = {"login": "mona", "type": "User"}
BOT = {"login": "helper[bot]", "type": "Bot"}


@pytest.mark.parametrize(
    ("event", "labels", "body", "sender", "starts"),
    [
        ("issues", ["mentorship", "mentorship:tracker"], "", PERSON, True),
        ("issues", ["bug"], "It crashes.", PERSON, False),
        ("issue_comment", ["mentorship:application"], "Adds my file", PERSON, True),
        ("issue_comment", [], MARKED, PERSON, True),
        ("issue_comment", [], None, PERSON, False),
        ("issue_comment", ["mentorship"], MARKED, BOT, False),
    ],
    ids=["ours", "a bug", "an application", "label lost", "empty", "a bot"],
)
def test_a_comment_or_issue_starts_a_job_only_where_it_is_about_ours(
    work: Workplace,
    event: str,
    labels: list[str],
    body: str | None,
    sender: Mapping[str, str],
    starts: bool,  # noqa: FBT001
) -> None:
    payload = {
        "action": "created" if event == "issue_comment" else "edited",
        "issue": {"number": 1, "labels": [{"name": name} for name in labels], "body": body},
        "comment": {"body": "/accept"},
        "sender": sender,
    }

    # Without a token the job ends at once; that it started is all there is to see.
    ran = work.run("mentorship.yml", event, payload)

    assert ("GITHUB_TOKEN: There is no token." in ran.text) is starts


def test_a_create_whose_answer_is_lost_in_a_workflow_leaves_no_duplicate(program: Program) -> None:
    program.work.write("mentees/mentee-1.yml", record("mentee-1"))
    program.schedule = at_write(1, BadGateway(went_through=True), path="/issues")

    ran = program.sync("push", PUSH)

    assert ran.succeeded, ran.text
    assert len(program.issues("mentorship:tracker")) == 1


def test_what_a_workflow_sends_is_as_github_describes_it(program: Program) -> None:
    program.work.write("mentees/mentee-1.yml", record("mentee-1"))

    assert program.sync_as_of(START).succeeded

    # Of the answers the contract's tests tell: the emulator does not quote a bot's addresses.
    found = (description.mismatches(one.asked, None) for one in program.proxy.exchanges)
    assert [one for mismatches in found for one in mismatches] == []


def test_a_file_with_errors_fails_the_check_at_its_line_with_a_summary(work: Workplace) -> None:
    wrong = record("mentee-1").replace("hours_per_week: 4", "hours_per_weak: 4")
    work.write("mentees/mentee-1.yml", wrong)
    work.write("mentees/mentee-2.yml", record("mentee-2"))

    ran = work.run("validate.yml", "pull_request", {"pull_request": {"number": 1}})

    assert not ran.succeeded
    errors = [line["kvPairs"] | {"message": line["arg"]} for line in ran.commands("error")]
    (unknown,) = [one for one in errors if "hours_per_weak" in one["message"]]
    assert (unknown["file"], unknown["line"]) == ("mentees/mentee-1.yml", "5")
    assert {one["file"] for one in errors} == {"mentees/mentee-1.yml"}
    assert "mentees/mentee-1.yml" in ran.summary
    assert "hours" in ran.summary
    assert ran.outputs["ok"] == "false"
    assert ran.outputs["error-count"] == str(len(errors))
    assert "Traceback" not in ran.text


def test_a_merge_queue_gets_the_check_that_it_waits_for(work: Workplace) -> None:
    work.write("mentees/mentee-1.yml", record("mentee-1"))

    queued = work.run("validate.yml", "merge_group", {"merge_group": {"head_ref": "main"}})

    assert queued.succeeded, queued.text
    assert queued.jobs == {"Validate/mentorship"}


def test_a_merge_queue_stops_at_an_error(work: Workplace) -> None:
    work.write("mentees/mentee-1.yml", "github: [\n")

    queued = work.run("validate.yml", "merge_group", {"merge_group": {"head_ref": "main"}})

    assert not queued.succeeded
    assert queued.jobs == {"Validate/mentorship"}


def test_on_a_pull_request_the_check_has_another_name_than_the_status(work: Workplace) -> None:
    work.write("mentees/mentee-1.yml", record("mentee-1"))

    ran = work.run("validate.yml", "pull_request", {"pull_request": {"number": 1}})

    assert ran.jobs == {"Validate/Mentee files"}


@pytest.mark.parametrize(
    ("workflow", "event"), [("validate.yml", "pull_request"), ("mentorship.yml", "push")]
)
def test_the_workflow_that_adopters_copy_runs(work: Workplace, workflow: str, event: str) -> None:
    work.adopt(workflow)
    work.write("mentees/mentee-1.yml", record("mentee-1"))

    ran = work.run(workflow, event, {"pull_request": {"number": 1}})

    assert ran.outputs["error-count"] == "0"
    assert ran.succeeded is (workflow == "validate.yml")
    if workflow == "mentorship.yml":
        assert "GITHUB_TOKEN: There is no token." in ran.text


def test_valid_files_pass_the_check(work: Workplace) -> None:
    work.write("mentees/mentee-1.yml", record("mentee-1"))

    ran = work.run("validate.yml", "pull_request", {"pull_request": {"number": 1}})

    assert ran.succeeded, ran.text
    assert ran.commands("error") == []
    assert (ran.outputs["ok"], ran.outputs["error-count"]) == ("true", "0")
