"""Cuts GitHub's description of its REST API to what the gateway and its stand-ins speak.

The source is `generated/api.github.com.json` of the npm package `@octokit/openapi` 23.0.2 (MIT,
Copyright (c) 2020 Octokit contributors), which republishes github/rest-api-description (MIT,
Copyright (c) 2020 GitHub). To renew the cut, in an empty folder:

    npm pack @octokit/openapi@23.0.2
    tar xzf octokit-openapi-23.0.2.tgz package/generated/api.github.com.json
    python -m tests.rig.openapi.cut package/generated/api.github.com.json

OpenAPI 3.0 writes `nullable`; JSON Schema has a type for it, so the cut is in that.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

CUT: Final = Path(__file__).with_name("github.json")

_REPO: Final = "/repos/{owner}/{repo}"
OPERATIONS: Final = {
    "/user": "get",
    "/users/{username}": "get",
    _REPO: "get",
    f"{_REPO}/branches/{{branch}}": "get",
    f"{_REPO}/milestones": "get post",
    f"{_REPO}/milestones/{{milestone_number}}": "patch",
    f"{_REPO}/assignees/{{assignee}}": "get",
    f"{_REPO}/labels": "get post",
    f"{_REPO}/issues": "get post",
    f"{_REPO}/issues/{{issue_number}}": "get patch",
    f"{_REPO}/issues/{{issue_number}}/comments": "get post",
    f"{_REPO}/issues/{{issue_number}}/labels": "get post put",
    f"{_REPO}/issues/{{issue_number}}/labels/{{name}}": "delete",
    f"{_REPO}/issues/comments": "get",
    f"{_REPO}/issues/comments/{{comment_id}}": "get patch delete",
    f"{_REPO}/issues/comments/{{comment_id}}/reactions": "post",
    # For pull requests that add a record.
    f"{_REPO}/pulls": "get post",
    f"{_REPO}/pulls/{{pull_number}}": "get",
    f"{_REPO}/pulls/{{pull_number}}/reviews": "get post",
    f"{_REPO}/pulls/{{pull_number}}/comments": "get",
    f"{_REPO}/git/commits/{{commit_sha}}": "get",
    f"{_REPO}/compare/{{basehead}}": "get",
    f"{_REPO}/git/trees/{{tree_sha}}": "get",
    f"{_REPO}/git/blobs/{{file_sha}}": "get",
    f"{_REPO}/contents/{{path}}": "get put",
    f"{_REPO}/git/refs": "post",
    f"{_REPO}/commits": "get",
    f"{_REPO}/statuses/{{sha}}": "post",
    f"{_REPO}/commits/{{ref}}/status": "get",
    # For the settings that `mentorship doctor` reads.
    f"{_REPO}/actions/permissions": "get",
    f"{_REPO}/actions/permissions/workflow": "get",
    f"{_REPO}/actions/workflows": "get",
    f"{_REPO}/actions/workflows/{{workflow_id}}/runs": "get",
    f"{_REPO}/rules/branches/{{branch}}": "get",
    f"{_REPO}/commits/{{ref}}/check-runs": "get",
}

# What explains without holding anything.
_SAYING: Final = frozenset(
    "description summary title example examples externalDocs deprecated default tags".split()
)
# Parts of answers that no stand-in gives and nobody here reads; each is large.
_LEFT_OUT: Final = frozenset({"integration", "nullable-integration", "organization-full"})


def main(source: Path) -> None:
    """Write the cut of ``source`` beside this file."""
    whole = json.loads(source.read_text(encoding="utf-8"))
    operations = {
        f"{method.upper()} {path}": _operation(whole, path, method)
        for path, methods in OPERATIONS.items()
        for method in methods.split()
    }
    schemas = whole["components"]["schemas"]
    needed: dict[str, Any] = {}
    waiting = _references(operations)
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = True if name in _LEFT_OUT else _schema(schemas[name])
            waiting |= _references(needed[name])
    cut = {
        "$comment": "Written by cut.py from @octokit/openapi 23.0.2 (MIT). Not to be edited.",
        "operations": operations,
        "$defs": dict(sorted(needed.items())),
    }
    lines = json.dumps(cut, indent=1, ensure_ascii=False, sort_keys=True)
    CUT.write_text(lines + "\n", encoding="utf-8")


def _operation(whole: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    """Return an operation's queries, body and answers as plain JSON Schemas."""
    item = whole["paths"][path]
    described = item[method]
    given = (*item.get("parameters", ()), *described.get("parameters", ()))
    parameters = [_resolve(whole, parameter) for parameter in given]
    body = _resolve(whole, described.get("requestBody", {}))
    return {
        "query": {p["name"]: _schema(p["schema"]) for p in parameters if p["in"] == "query"},
        "body": _schema(_content(body)) if body else None,
        "answers": {
            status: _schema(_content(_resolve(whole, answer)))
            for status, answer in described["responses"].items()
        },
    }


def _resolve(whole: dict[str, Any], node: dict[str, Any]) -> Any:
    while "$ref" in node:
        _, *steps = node["$ref"].split("/")
        node = whole
        for step in steps:
            node = node[step]
    return node


def _content(node: dict[str, Any]) -> dict[str, Any] | None:
    """Return the schema of the JSON that a body holds; None where it holds none."""
    json_content: dict[str, Any] = node.get("content", {}).get("application/json", {})
    return json_content.get("schema")


def _schema(node: Any) -> Any:
    """Return an OpenAPI 3.0 schema as one of JSON Schema."""
    if isinstance(node, list):
        return [_schema(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return {"$ref": f"#/$defs/{node['$ref'].rsplit('/', 1)[1]}"}
    kept: dict[str, Any] = {}
    for name, value in node.items():
        if name == "properties":
            kept[name] = {key: _schema(inner) for key, inner in value.items()}
        elif name not in _SAYING and name != "nullable" and not name.startswith("x-"):
            # Some of GitHub's alternatives are so much alike that an answer is several of them.
            kept["anyOf" if name == "oneOf" else name] = _schema(value)
    if not node.get("nullable"):
        return kept
    if "enum" in kept and None not in kept["enum"]:
        kept["enum"] = [*kept["enum"], None]
    if isinstance(kept.get("type"), str):
        kept["type"] = [kept["type"], "null"]
        return kept
    return {"anyOf": [kept, {"type": "null"}]}


def _references(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_references, node))
    if not isinstance(node, dict):
        return set()
    if isinstance(node.get("$ref"), str):
        return {node["$ref"].rsplit("/", 1)[1]}
    return set().union(*map(_references, node.values()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
