"""The Actions adapter, with real files in the runner's place."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from mentorship_action import runner
from mentorship_action.domain.findings import Finding, Severity
from mentorship_action.environment import environment
from mentorship_action.errors import SettingsError, UsageError
from mentorship_action.runner import Outcome, Request


class Job:
    """A step of a job: its variables, its files, and what its commands were asked."""

    def __init__(self, folder: Path, answer: Outcome | Exception) -> None:
        self.requests: list[Request] = []
        self._answer = answer
        self._outputs = folder / "outputs"
        self.summary_file = folder / "summary"
        self.environ = {
            "GITHUB_OUTPUT": str(self._outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary_file),
            "GITHUB_WORKSPACE": str(folder),
            "RUNNER_TEMP": str(folder),
        }

    def run(self, **variables: str) -> int:
        self.environ |= variables
        return runner.main(self.environ, commands={"validate": self._run, "sync": self._run})

    def _run(self, request: Request) -> Outcome:
        self.requests.append(request)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    @property
    def outputs(self) -> dict[str, str]:
        return read_outputs(self._outputs)

    @property
    def summary(self) -> str:
        return self.summary_file.read_text(encoding="utf-8")


def read_outputs(path: Path) -> dict[str, str]:
    """Read a file of outputs as the runner does."""
    found: dict[str, str] = {}
    lines = iter(path.read_text(encoding="utf-8").split("\n"))
    for line in lines:
        if "<<" not in line:
            continue
        name, fence = line.split("<<", 1)
        value: list[str] = []
        for inner in lines:
            if inner == fence:
                break
            value.append(inner)
        found[name] = "\n".join(value)
    return found


DONE = Outcome(exit_code=0)
NAMES = {"ok", "error-count", "findings-path", "changes", "remaining", "report-path"}


@pytest.mark.parametrize(
    ("event", "command"),
    [
        ("pull_request", "validate"),
        ("merge_group", "validate"),
        ("push", "sync"),
        ("schedule", "sync"),
        ("issues", "sync"),
        ("issue_comment", "sync"),
        ("workflow_dispatch", "sync"),
        ("pull_request_target", "sync"),
        ("", "sync"),
    ],
)
@pytest.mark.parametrize("given", ["auto", ""])
def test_the_event_decides_the_command(
    tmp_path: Path, event: str, command: str, given: str
) -> None:
    job = Job(tmp_path, DONE)
    assert job.run(GITHUB_EVENT_NAME=event, MENTORSHIP_COMMAND=given) == 0
    assert [request.command for request in job.requests] == [command]


def test_the_input_overrules_the_event(tmp_path: Path) -> None:
    job = Job(tmp_path, DONE)
    job.run(GITHUB_EVENT_NAME="push", MENTORSHIP_COMMAND="validate")
    assert job.requests[0].command == "validate"


@pytest.mark.parametrize(
    "given", ["delete", "Sync", "sync --apply", "__init__", "::stop\n::error::x"]
)
def test_an_unknown_command_is_a_usage_error_that_names_the_known_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    job = Job(tmp_path, DONE)
    assert job.run(MENTORSHIP_COMMAND=given) == 2
    log = capsys.readouterr().out
    assert log.startswith("::error title=mentorship::input `command`: ")
    assert "`auto`, `validate`, `sync`" in log
    assert len(log.splitlines()) == 1
    assert not job.requests


@pytest.mark.parametrize(
    ("given", "apply"), [("", True), ("false", True), ("False", True), ("true", False)]
)
def test_a_dry_run_applies_nothing(tmp_path: Path, given: str, apply: bool) -> None:  # noqa: FBT001
    job = Job(tmp_path, DONE)
    job.run(MENTORSHIP_DRY_RUN=given)
    assert job.requests[0].apply is apply


def test_a_dry_run_that_is_neither_true_nor_false_does_nothing(tmp_path: Path) -> None:
    job = Job(tmp_path, DONE)
    assert job.run(MENTORSHIP_DRY_RUN="yes") == 2
    assert not job.requests


def test_inputs_reach_the_command(tmp_path: Path) -> None:
    job = Job(tmp_path, DONE)
    job.run(
        MENTORSHIP_CONFIG="program.yml",
        MENTORSHIP_NOW="2026-12-07T09:00:00+00:00",
        GITHUB_TOKEN="a-token",
    )
    (request,) = job.requests
    assert request.config == "program.yml"
    assert request.now == "2026-12-07T09:00:00+00:00"
    assert request.root == tmp_path
    assert request.environ["GITHUB_TOKEN"] == "a-token"


def test_empty_inputs_count_as_not_given() -> None:
    request = runner.read_request({"MENTORSHIP_CONFIG": " ", "MENTORSHIP_NOW": ""})
    assert request.config is None
    assert request.now is None
    assert request.root == Path()


def test_what_came_of_it_becomes_outputs_files_and_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = [
        Finding(code="M001", file="mentees/a.yml", message="wrong"),
        Finding(code="M002", file="mentees/a.yml", message="odd", severity=Severity.HINT),
    ]
    job = Job(
        tmp_path,
        Outcome(
            exit_code=1,
            findings=findings,
            changes=3,
            remaining=4,
            json_text='{"version": 1}',
            summary_markdown="# Sumário",
            log_text="::error file=mentees/a.yml::wrong\n",
        ),
    )
    assert job.run() == 1
    assert job.outputs.keys() == NAMES
    assert job.outputs["ok"] == "false"
    assert job.outputs["error-count"] == "1"
    assert job.outputs["changes"] == "3"
    assert job.outputs["remaining"] == "4"
    assert Path(job.outputs["findings-path"]).read_text(encoding="utf-8") == '{"version": 1}'
    assert Path(job.outputs["report-path"]).read_text(encoding="utf-8") == "# Sumário"
    assert job.summary == "# Sumário\n"
    assert capsys.readouterr().out == "::error file=mentees/a.yml::wrong\n"


def test_a_run_without_faults_is_ok(tmp_path: Path) -> None:
    job = Job(tmp_path, DONE)
    job.run()
    assert job.outputs == {
        "ok": "true",
        "error-count": "0",
        "findings-path": "",
        "changes": "0",
        "remaining": "0",
        "report-path": "",
    }
    assert not job.summary_file.exists()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("Wrong.", where="input `now`", fix="Write it so."), 2),
        (SettingsError("Wrong.", where="input `now`", fix="Write it so."), 3),
    ],
)
def test_an_expected_error_is_one_message_and_outputs_are_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], error: Exception, code: int
) -> None:
    job = Job(tmp_path, error)
    assert job.run() == code
    assert capsys.readouterr().out == (
        "::error title=mentorship::input `now`: Wrong. Write it so.\n"
    )
    assert job.outputs.keys() == NAMES
    assert job.outputs["ok"] == "false"
    assert "input `now`: Wrong. Write it so." in job.summary


def test_a_fault_of_ours_shows_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = Job(tmp_path, ValueError("::error::of a hostile file"))
    assert job.run() == 4
    log = capsys.readouterr()
    assert "Traceback" not in log.out + log.err + job.summary
    assert "hostile" not in log.out + job.summary
    assert "fault of mentorship-action itself (ValueError)" in log.out
    assert job.outputs.keys() == NAMES


def test_a_fault_of_ours_shows_its_traceback_to_who_debugs_and_obeys_nothing_in_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = Job(tmp_path, ValueError("one\n::error::two ##[error]three"))
    job.run(RUNNER_DEBUG="1")
    lines = capsys.readouterr().out.splitlines()
    assert "::debug::Traceback (most recent call last):" in lines
    assert all(line.startswith(("::debug::", "::error title=mentorship::")) for line in lines)
    assert not any("##[" in line for line in lines)


def test_no_value_of_an_output_sets_another(tmp_path: Path) -> None:
    file = tmp_path / "outputs"
    runner.write_outputs(str(file), {"one": "x\nend\ntwo=y\ntwo<<e\nz\ne", "three": "3"})
    assert read_outputs(file) == {"one": "x\nend\ntwo=y\ntwo<<e\nz\ne", "three": "3"}


def test_outputs_end_in_lines_that_differ_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        runner.write_outputs(str(tmp_path / name), {"one": "1"})
    assert (tmp_path / "a").read_text() != (tmp_path / "b").read_text()


def test_outside_of_actions_no_file_is_written(tmp_path: Path) -> None:
    environ: Mapping[str, str] = {"RUNNER_TEMP": str(tmp_path)}
    assert runner.main(environ, commands={"sync": lambda _: DONE}) == 0
    assert [entry.name for entry in tmp_path.iterdir() if not entry.is_dir()] == []


def test_a_summary_stays_within_what_github_takes(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    file.write_bytes(b"earlier\n")
    runner.write_summary(str(file), "a línë of text\n" * 100_000)
    written = file.read_bytes()
    assert len(written) <= runner.SUMMARY_LIMIT
    assert len(written) > runner.SUMMARY_LIMIT - 1000
    text = written.decode()
    assert text.startswith("earlier\na línë of text\n")
    assert text.rstrip().endswith("The whole report is in the step's `report-path`.*")


def test_a_summary_that_fits_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    runner.write_summary(str(file), "all of it\n")
    assert file.read_text() == "all of it\n"


def test_a_summary_without_room_is_left_out() -> None:
    assert runner.cut_to("text", 3) == b""


def test_the_environment_is_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTORSHIP_NOW", "then")
    seen = environment()
    monkeypatch.setenv("MENTORSHIP_NOW", "later")
    assert seen["MENTORSHIP_NOW"] == "then"
