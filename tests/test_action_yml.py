"""action.yml and the workflows: what adopters rely on, and what keeps them safe."""

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
EXPRESSION = re.compile(r"\$\{\{")
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return loaded


ACTION = read(ROOT / "action.yml")


def test_inputs_keep_their_names_and_defaults() -> None:
    assert {name: given["default"] for name, given in ACTION["inputs"].items()} == {
        "command": "auto",
        "token": "${{ github.token }}",
        "config": "",
        "dry-run": "false",
        "now": "",
    }


def test_outputs_keep_their_names() -> None:
    assert list(ACTION["outputs"]) == [
        "ok",
        "error-count",
        "findings-path",
        "changes",
        "remaining",
        "report-path",
    ]


def test_every_output_comes_from_the_step_of_the_same_name() -> None:
    for name, output in ACTION["outputs"].items():
        assert output["value"] == f"${{{{ steps.mentorship.outputs.{name} }}}}"


@pytest.mark.parametrize("part", ["inputs", "outputs"])
def test_everything_is_described(part: str) -> None:
    assert all(len(entry["description"]) > 20 for entry in ACTION[part].values())
    assert ACTION["name"]
    # The marketplace takes no more.
    assert len(ACTION["description"]) < 125
    assert ACTION["author"]
    assert ACTION["branding"] == {"icon": "users", "color": "purple"}


def test_every_input_reaches_the_program_through_env_alone() -> None:
    (step,) = ACTION["runs"]["steps"]
    assert not EXPRESSION.search(step["run"])
    passed = set(re.findall(r"inputs\.([\w-]+)", " ".join(step["env"].values())))
    assert passed == set(ACTION["inputs"])


def test_no_other_action_is_used() -> None:
    assert not any("uses" in step for step in ACTION["runs"]["steps"])


def test_the_script_sets_every_output_before_anything_can_fail() -> None:
    script = (ROOT / ".github" / "action" / "run.sh").read_text(encoding="utf-8")
    defaults = re.search(r"printf '%s\\n' (.*?) \\\n", script)
    assert defaults is not None
    assert [pair.split("=")[0] for pair in defaults[1].split()] == list(ACTION["outputs"])
    assert script.index("printf '%s\\n'") < script.index("find_python()")


def test_the_script_runs_every_python_isolated() -> None:
    script = (ROOT / ".github" / "action" / "run.sh").read_text(encoding="utf-8")
    calls = re.findall(r'(?<!--python )("\S+/bin/python"|"\$1"|"\$candidate") (-\S+)', script)
    assert len(calls) >= 5
    assert {option for _, option in calls} == {"-I"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
class TestWorkflow:
    def test_grants_nothing_at_the_top(self, path: Path) -> None:
        assert read(path)["permissions"] == {}

    def test_pins_every_action_by_commit(self, path: Path) -> None:
        steps = [step for job in read(path)["jobs"].values() for step in job["steps"]]
        assert all(PINNED.fullmatch(step["uses"]) for step in steps if "uses" in step)

    def test_leaves_no_token_in_the_checkout(self, path: Path) -> None:
        for job in read(path)["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("actions/checkout@"):
                    assert step["with"]["persist-credentials"] is False
                    assert step["with"]["fetch-depth"] == 0

    def test_puts_no_expression_into_a_script(self, path: Path) -> None:
        steps = [step for job in read(path)["jobs"].values() for step in job["steps"]]
        assert not any(EXPRESSION.search(step.get("run", "")) for step in steps)

    def test_ends_by_itself(self, path: Path) -> None:
        assert all("timeout-minutes" in job for job in read(path)["jobs"].values())


def test_validation_runs_for_proposals_and_can_only_read() -> None:
    workflow = read(ROOT / ".github" / "workflows" / "validate.yml")
    assert set(workflow["on"]) == {"pull_request", "merge_group"}
    assert [job["permissions"] for job in workflow["jobs"].values()] == [{"contents": "read"}]


def test_the_sync_runs_on_every_hint_and_writes_no_code() -> None:
    workflow = read(ROOT / ".github" / "workflows" / "mentorship.yml")
    assert set(workflow["on"]) == {
        "push",
        "schedule",
        "issue_comment",
        "issues",
        "workflow_dispatch",
    }
    (job,) = workflow["jobs"].values()
    assert job["permissions"] == {
        "contents": "read",
        "issues": "write",
        "pull-requests": "write",
        "statuses": "write",
    }
    assert workflow["concurrency"] == {"group": "mentorship", "cancel-in-progress": False}


def test_the_sync_never_checks_out_a_proposal() -> None:
    workflow = read(ROOT / ".github" / "workflows" / "mentorship.yml")
    (job,) = workflow["jobs"].values()
    # No ref and no repository: then it is the default branch for every event that starts this,
    # but for a click, which may name any branch.
    assert job["steps"][0]["with"].keys() == {"fetch-depth", "persist-credentials"}
    assert not {"pull_request", "pull_request_target", "workflow_run"} & workflow["on"].keys()
    assert "github.ref_name == github.event.repository.default_branch" in job["if"]


def test_the_schedule_keeps_off_the_full_hour() -> None:
    workflow = read(ROOT / ".github" / "workflows" / "mentorship.yml")
    minutes = [entry["cron"].split()[0] for entry in workflow["on"]["schedule"]]
    assert all(minute.isdigit() and int(minute) % 5 for minute in minutes)
