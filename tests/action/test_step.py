"""One step of the Action, with real files in the runner's place."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from mentorship_action.action.inputs import read_inputs
from mentorship_action.action.outputs import StepResult, hand_over, write_outputs
from mentorship_action.action.step import run_step
from mentorship_action.environment import environment
from mentorship_action.errors import Exit, UsageError
from tests.records.places import record, repository

NOW = "2026-12-10T09:00:00+01:00"
NAMES = {"ok", "error-count", "findings-path", "changes", "remaining", "report-path", "site-path"}


class Job:
    """A step of a job: its variables and the files that the runner gives it."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._outputs = folder / "outputs"
        self.summary_file = folder / "summary"
        self.environ = {
            "GITHUB_OUTPUT": str(self._outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary_file),
            "GITHUB_WORKSPACE": str(root),
            "MENTORSHIP_NOW": NOW,
            "RUNNER_TEMP": str(folder),
        }

    def run(self, **variables: str) -> int:
        return run_step({**self.environ, **variables})

    @property
    def outputs(self) -> dict[str, str]:
        return read_outputs(self._outputs)

    @property
    def summary(self) -> str:
        return self.summary_file.read_text(encoding="utf-8")


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A job in a repository with one valid mentee file."""
    (tmp_path / "program").mkdir()
    return Job(tmp_path, repository(tmp_path / "program", mona=record("mona")))


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
def test_the_event_decides_the_command(event: str, command: str, given: str) -> None:
    inputs = read_inputs({"GITHUB_EVENT_NAME": event, "MENTORSHIP_COMMAND": given})
    assert inputs.command == command


def test_the_input_overrules_the_event() -> None:
    inputs = read_inputs({"GITHUB_EVENT_NAME": "push", "MENTORSHIP_COMMAND": "validate"})
    assert inputs.command == "validate"


@pytest.mark.parametrize(
    "given", ["delete", "Sync", "sync --apply", "__init__", "::stop\n::error::x"]
)
def test_an_unknown_command_is_wrong_usage_that_names_the_known_ones(
    job: Job, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    assert job.run(MENTORSHIP_COMMAND=given) == Exit.USAGE
    log = capsys.readouterr().out
    assert log.startswith("::error title=mentorship::input `command`: ")
    assert "`auto`, `validate`, `sync` or `report`" in log
    assert len(log.splitlines()) == 1


@pytest.mark.parametrize(
    ("given", "write"), [("", True), ("false", True), ("False", True), ("true", False)]
)
def test_a_dry_run_writes_nothing(given: str, write: bool) -> None:  # noqa: FBT001
    assert read_inputs({"MENTORSHIP_DRY_RUN": given}).write is write


def test_a_dry_run_that_is_neither_true_nor_false_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="neither `true` nor `false`"):
        read_inputs({"MENTORSHIP_DRY_RUN": "yes"})


def test_inputs_are_read_as_given() -> None:
    inputs = read_inputs(
        {"MENTORSHIP_CONFIG": "program.yml", "MENTORSHIP_NOW": NOW, "GITHUB_WORKSPACE": "/there"}
    )
    assert inputs.config == Path("program.yml")
    assert inputs.now.isoformat() == "2026-12-10T08:00:00+00:00"
    assert inputs.root == Path("/there")


def test_empty_inputs_count_as_not_given() -> None:
    inputs = read_inputs({"MENTORSHIP_CONFIG": " ", "MENTORSHIP_NOW": ""})
    assert inputs.config is None
    assert inputs.root == Path()


def test_a_timestamp_that_is_none_names_the_input() -> None:
    with pytest.raises(UsageError) as caught:
        read_inputs({"MENTORSHIP_NOW": "tomorrow"})
    assert caught.value.where == "input `now`"


def test_valid_files_are_ok(job: Job, capsys: pytest.CaptureFixture[str]) -> None:
    assert job.run(GITHUB_EVENT_NAME="pull_request") == Exit.DONE
    assert job.outputs.keys() == NAMES
    assert job.outputs["ok"] == "true"
    assert job.outputs["error-count"] == "0"
    assert Path(job.outputs["findings-path"]).read_text("utf-8").startswith('{\n  "version": 1')
    assert job.summary == Path(job.outputs["report-path"]).read_text("utf-8").rstrip("\n") + "\n"
    assert capsys.readouterr().out.startswith("2 files checked: no errors.\n")


def test_errors_fail_the_step_and_are_counted_and_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = repository(tmp_path, mona=record("mona").replace("Madrid", "Madird"))
    job = Job(tmp_path, root)
    assert job.run(GITHUB_EVENT_NAME="pull_request") == Exit.FINDINGS
    assert (job.outputs["ok"], job.outputs["error-count"]) == ("false", "1")
    assert capsys.readouterr().out.startswith("::error file=mentees/mona.yml,line=4,col=11,")


def test_what_came_of_a_run_becomes_outputs_files_and_summary(job: Job) -> None:
    result = StepResult(
        exit_code=Exit.UNFINISHED,
        log="",
        markdown="# Sumário",
        json='{"version": 1}',
        errors=2,
        changes=3,
        remaining=4,
    )
    hand_over(result, job.environ)
    assert {name: job.outputs[name] for name in ("ok", "error-count", "changes", "remaining")} == {
        "ok": "false",
        "error-count": "2",
        "changes": "3",
        "remaining": "4",
    }
    assert Path(job.outputs["findings-path"]).read_text(encoding="utf-8") == '{"version": 1}'
    assert Path(job.outputs["report-path"]).read_text(encoding="utf-8") == "# Sumário"
    assert job.summary == "# Sumário\n"


def test_an_expected_error_is_one_message_and_outputs_are_set(
    job: Job, capsys: pytest.CaptureFixture[str]
) -> None:
    assert job.run(GITHUB_EVENT_NAME="push", MENTORSHIP_NOW="") == Exit.USAGE
    assert capsys.readouterr().out == (
        "::error title=mentorship::GITHUB_REPOSITORY: No repository is named. "
        "Set it to owner/name, or use --repo owner/name.\n"
    )
    assert job.outputs.keys() == NAMES
    assert job.outputs["ok"] == "false"
    assert "GITHUB_REPOSITORY: No repository is named." in job.summary


class Broken(Mapping[str, str]):
    """An environment that a bug of ours meets: one variable can't be read."""

    def __init__(self, environ: Mapping[str, str], text: str) -> None:
        self._environ = environ
        self._text = text

    def __getitem__(self, name: str) -> str:
        if name == "MENTORSHIP_COMMAND":
            raise ValueError(self._text)
        return self._environ[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._environ)

    def __len__(self) -> int:
        return len(self._environ)


def test_an_error_of_ours_shows_no_traceback(job: Job, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_step(Broken(job.environ, "::error::of a hostile file")) == Exit.UNFINISHED
    log = capsys.readouterr()
    assert "Traceback" not in log.out + log.err + job.summary
    assert "hostile" not in log.out + job.summary
    assert "an error in mentorship-action itself (ValueError)" in log.out
    assert job.outputs.keys() == NAMES


def test_an_error_of_ours_shows_its_traceback_to_who_debugs_and_obeys_nothing_in_it(
    job: Job, capsys: pytest.CaptureFixture[str]
) -> None:
    job.environ["RUNNER_DEBUG"] = "1"
    run_step(Broken(job.environ, "one\n::error::two ##[error]three"))
    lines = capsys.readouterr().out.splitlines()
    assert "::debug::Traceback (most recent call last):" in lines
    assert all(line.startswith(("::debug::", "::error title=mentorship::")) for line in lines)
    assert not any("##[" in line for line in lines)


def test_files_that_cannot_be_written_are_one_message(
    job: Job, capsys: pytest.CaptureFixture[str]
) -> None:
    assert job.run(GITHUB_EVENT_NAME="pull_request", GITHUB_OUTPUT="/dev/full") == Exit.UNFINISHED
    assert "The system says: No space left on device." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("redirection", "code"), [(">&-", 0), (">/dev/full", 4), ("2>&-", 0), (">&- 2>&-", 0)]
)
def test_a_log_that_cannot_be_written_ends_in_an_exit_code_and_outputs(
    job: Job, redirection: str, code: int
) -> None:
    start = "import sys; from mentorship_action.action.step import run_step; sys.exit(run_step())"
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", sys.executable, "-c", start],
        env={**job.environ, "GITHUB_EVENT_NAME": "pull_request", "PYTHONIOENCODING": "ascii"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, "")
    assert job.outputs.keys() == NAMES


def test_no_value_of_an_output_sets_another(tmp_path: Path) -> None:
    file = tmp_path / "outputs"
    write_outputs(str(file), {"one": "x\nend\ntwo=y\ntwo<<e\nz\ne", "three": "3"})
    assert read_outputs(file) == {"one": "x\nend\ntwo=y\ntwo<<e\nz\ne", "three": "3"}


def test_outputs_end_in_lines_that_differ_each_time(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_outputs(str(tmp_path / name), {"one": "1"})
    assert (tmp_path / "a").read_text() != (tmp_path / "b").read_text()


def test_outside_of_actions_no_file_of_the_runner_is_written(job: Job, tmp_path: Path) -> None:
    before = {entry for entry in tmp_path.iterdir() if not entry.is_dir()}
    variables = {"MENTORSHIP_COMMAND": "validate", "MENTORSHIP_NOW": NOW}
    root = {name: job.environ[name] for name in ("GITHUB_WORKSPACE", "RUNNER_TEMP")}
    assert run_step({**root, **variables}) == Exit.DONE
    assert {entry for entry in tmp_path.iterdir() if not entry.is_dir()} == before


def test_the_environment_is_a_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTORSHIP_NOW", "then")
    seen = environment()
    monkeypatch.setenv("MENTORSHIP_NOW", "later")
    assert seen["MENTORSHIP_NOW"] == "then"
