# ruff: noqa: ANN401 - what comes over the wire has no type until it is read
"""A repository's settings on GitHub, read with as few requests as possible.

https://docs.github.com/en/rest has each of the addresses below.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import quote

from mentorship_action.forge.github import decoding
from mentorship_action.forge.github.client import DEFAULT_API, Client
from mentorship_action.forge.github.errors import About, reading
from mentorship_action.forge.settings import BranchRules, RepositoryAbout, WorkflowState


class GitHubSettings:
    """The settings of one repository; the arguments are those of ``GitHubForge``."""

    def __init__(
        self,
        *,
        repository: str,
        token: str,
        api: str = DEFAULT_API,
        backoff_seconds: float = 1.0,
        timeout_seconds: int = 30,
    ) -> None:
        self._client = Client(
            token=token, api=api, backoff_seconds=backoff_seconds, timeout_seconds=timeout_seconds
        )
        self._repository = f"/repos/{repository}"

    def about(self) -> RepositoryAbout:
        """Return the repository as a whole."""
        with reading("reading the repository", needs="metadata: read", about=About.REPOSITORY):
            raw = self._get("")
            return RepositoryAbout(
                default_branch=decoding.text(raw["default_branch"]),
                is_archived=bool(raw["archived"]),
                is_private=bool(raw["private"]),
                has_issues=bool(raw["has_issues"]),
                has_pages=bool(raw["has_pages"]),
                allows_forks=bool(raw.get("allow_forking", True)),
                pushed=decoding.moment(raw["pushed_at"]),
            )

    def runs_actions(self) -> bool:
        """Whether Actions are on at all."""
        with reading("asking whether Actions are on", needs="administration: read"):
            return bool(self._get("/actions/permissions")["enabled"])

    def opens_pull_requests(self) -> bool:
        """Whether workflows may open pull requests."""
        with reading("asking what workflows may do", needs="administration: read"):
            raw = self._get("/actions/permissions/workflow")
            return bool(raw["can_approve_pull_request_reviews"])

    def workflows(self) -> list[WorkflowState]:
        """Return the workflows that GitHub knows, at most a hundred."""
        with reading("listing the workflows", needs="actions: read"):
            raw = self._get("/actions/workflows", per_page="100")
            return [
                WorkflowState(
                    id=decoding.number(one["id"]),
                    path=decoding.text(one["path"]),
                    state=decoding.text(one["state"]),
                )
                for one in raw["workflows"]
            ]

    def last_success(self, workflow: int, *, event: str = "") -> datetime | None:
        """Return when a workflow last succeeded, perhaps for one kind of event; None for never."""
        with reading("looking for the last run", needs="actions: read"):
            only = {"event": event} if event else {}
            path = f"/actions/workflows/{workflow}/runs"
            raw = self._get(path, status="success", per_page="1", **only)
            runs = [decoding.moment(run["updated_at"]) for run in raw["workflow_runs"]]
            return runs[0] if runs else None

    def rules(self, branch: str) -> BranchRules:
        """Return what a merge into a branch needs, by rulesets and by branch protection."""
        name = quote(branch, safe="")
        with reading("reading the rules of the branch", needs="contents: read"):
            rules = self._get(f"/rules/branches/{name}", per_page="100")
            protection = self._get(f"/branches/{name}").get("protection") or {}
            checks = {*_rule_checks(rules), *_protection_checks(protection)}
            has_queue = any(rule["type"] == "merge_queue" for rule in rules)
            return BranchRules(checks=frozenset(checks), has_queue=has_queue)

    def seen_checks(self, branch: str) -> frozenset[str]:
        """Return the names of checks and statuses on the newest commit of a branch."""
        commit = f"/commits/{quote(branch, safe='')}"
        with reading("reading the checks of the branch", needs="checks: read"):
            checks = self._get(f"{commit}/check-runs", per_page="100")["check_runs"]
            statuses = self._get(f"{commit}/status", per_page="100")["statuses"]
            return frozenset(
                [*(one["name"] for one in checks), *(one["context"] for one in statuses)]
            )

    def _get(self, path: str, **query: str) -> Any:
        return self._client.send("GET", f"{self._repository}{path}", query=query or None)


def _rule_checks(rules: Any) -> Iterator[str]:
    for rule in rules:
        if rule["type"] == "required_status_checks":
            required = rule["parameters"]["required_status_checks"]
            yield from (decoding.text(one["context"]) for one in required)


def _protection_checks(protection: Any) -> Iterator[str]:
    required = protection.get("required_status_checks") or {}
    if required.get("enforcement_level") != "off":
        yield from map(decoding.text, required.get("contexts", ()))
