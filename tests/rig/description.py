"""Holds requests and answers against GitHub's own description of its API."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs

from tests.rig.openapi.cut import CUT
from tests.rig.web import GRAPHQL, Answer, Asked


def mismatches(asked: Asked, answer: Answer | None) -> list[str]:
    """Return what GitHub's description says is wrong with a request and its answer."""
    found = list(_request_mismatches(asked))
    if answer is not None and not found:
        found += _answer_mismatches(asked, answer)
    return [f"{asked}: {one}" for one in found]


def _request_mismatches(asked: Asked) -> Iterator[str]:
    name = _operation_name(asked)
    if asked.path == GRAPHQL:
        return
    if name is None:
        yield "no such operation"
        return
    operation = _cut()["operations"][name]
    for parameter, value in asked.query.items():
        schema = operation["query"].get(parameter)
        if schema is None:
            yield f"no such query: {parameter}"
        else:
            yield from _mismatches(schema, _typed(schema, value), f"query {parameter}")
    schema = operation["body"]
    if schema is None:
        if asked.body is not None:
            yield "takes no body"
        return
    yield from _mismatches(schema, asked.body, "body")
    for key in set(asked.body or ()) - set(schema.get("properties", asked.body or ())):
        # The description allows anything more; GitHub ignores it in silence.
        yield f"no such property in the body: {key}"


def _answer_mismatches(asked: Asked, answer: Answer) -> Iterator[str]:
    name = _operation_name(asked)
    if asked.path == GRAPHQL:
        return
    answers = _cut()["operations"][name]["answers"]
    status = str(answer.status)
    if status not in answers:
        # Redirects, refused tokens, rate limits and outages are told once for the whole API.
        if answer.status not in {301, 401, 403, 404, 422, 429} and answer.status < 500:
            yield f"never answers {status}"
    elif answers[status] is None:
        if answer.data is not None:
            yield f"{status} has no body"
    else:
        yield from _mismatches(answers[status], answer.data, f"answer {status}")


def _mismatches(schema: Any, value: Any, what: str) -> Iterator[str]:
    for error in _validator(json.dumps(schema, sort_keys=True)).iter_errors(value):
        place = "/".join(str(step) for step in error.instance_path)
        yield f"{what} /{place}: {error.message[:300]}"


def _typed(schema: Any, value: str) -> Any:
    """Return a query's value as its schema counts it: a number where it wants one."""
    wants_number = schema.get("type") == "integer"
    return int(value) if wants_number and value.isdigit() else value


def definitions() -> Any:
    """Return GitHub's description of each kind of thing, by name."""
    return _cut()["$defs"]


@cache
def _cut() -> Any:
    return json.loads(CUT.read_text(encoding="utf-8"))


@cache
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    whole = {**json.loads(schema), "$defs": _cut()["$defs"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], str]]:
    """Return method, path and name of every operation, fixed paths before templates."""
    found = []
    for name in sorted(_cut()["operations"], key=lambda name: name.count("{")):
        method, path = name.split(" ", 1)
        pattern = re.escape(path).replace(r"\{path\}", ".+")
        pattern = re.sub(r"\\{\w+\\}", "[^/]+", pattern)
        found.append((method, re.compile(pattern), name))
    return found


def _operation_name(asked: Asked) -> str | None:
    for method, pattern, name in _patterns():
        if method == asked.method and pattern.fullmatch(asked.path):
            return name
    return None
