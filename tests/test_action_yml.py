"""action.yml and the workflows: what adopters rely on, and what keeps them safe."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent
OURS = ROOT / ".github" / "workflows"
EXAMPLES = ROOT / "docs" / "examples" / "workflows"
WORKFLOWS = sorted([*OURS.glob("*.yml"), *EXAMPLES.glob("*.yml")])
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
        "site-path",
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


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.relative_to(ROOT)))
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


@pytest.mark.parametrize("name", ["mentorship.yml", "validate.yml"])
def test_the_workflow_to_copy_is_ours_but_for_how_it_gets_the_action(name: str) -> None:
    ours, example = read(OURS / name), read(EXAMPLES / name)
    (job,), (copied,) = ours["jobs"].values(), example["jobs"].values()
    run, uses = job["steps"].pop(), copied["steps"].pop()
    assert run["run"] == "bash .github/action/run.sh"
    assert uses["uses"].startswith("distronode/mentorship-action@")
    given = {
        f"MENTORSHIP_{key.upper().replace('-', '_')}": value
        for key, value in uses.get("with", {}).items()
    }
    # The token is the input that has a default.
    assert run.get("env", {}).keys() - {"GITHUB_TOKEN"} == given.keys()
    assert {key: run["env"][key] for key in given} == given
    assert ours == example


def test_zizmor_is_told_to_ignore_one_thing_with_its_reason() -> None:
    ignored = [
        line.strip()
        for path in [*WORKFLOWS, ROOT / "action.yml"]
        for line in path.read_text(encoding="utf-8").splitlines()
        if "zizmor:" in line
    ]
    assert len(set(ignored)) == 1
    assert re.fullmatch(r"issue_comment: # zizmor: ignore\[dangerous-triggers\] \w.*", ignored[0])


def test_validation_runs_for_proposals_and_can_only_read() -> None:
    workflow = read(OURS / "validate.yml")
    assert set(workflow["on"]) == {"pull_request", "merge_group"}
    assert [job["permissions"] for job in workflow["jobs"].values()] == [{"contents": "read"}]


def test_the_sync_runs_on_every_hint_and_writes_no_code() -> None:
    workflow = read(OURS / "mentorship.yml")
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


def test_syncs_wait_for_each_other_and_events_that_start_no_job_claim_nothing() -> None:
    workflow = read(OURS / "mentorship.yml")
    (job,) = workflow["jobs"].values()
    assert "concurrency" not in workflow
    assert job["concurrency"] == {"group": "mentorship", "cancel-in-progress": False}


def test_the_sync_checks_out_the_default_branch_alone() -> None:
    workflow = read(OURS / "mentorship.yml")
    (job,) = workflow["jobs"].values()
    assert job["steps"][0]["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert not {"pull_request", "pull_request_target", "workflow_run"} & workflow["on"].keys()


def test_the_schedule_runs_every_quarter_of_an_hour_off_the_full_hour() -> None:
    workflow = read(OURS / "mentorship.yml")
    (entry,) = workflow["on"]["schedule"]
    minutes = [int(minute) for minute in entry["cron"].split()[0].split(",")]
    assert [later - earlier for earlier, later in pairwise(minutes)] == [15, 15, 15]
    assert all(minute % 5 for minute in minutes)
