"""The library that gives the verdict and the one that explains it agree on every value."""

import copy
import io
import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mentorship_action.domain.program import CheckIns, Labels, Limits, Minimum, Program
from mentorship_action.records.explain import validator
from mentorship_action.records.schema import Schema, published_schema
from mentorship_action.records.source import PROGRAM_LIMITS, RECORD_LIMITS
from mentorship_action.records.yaml import parse
from mentorship_action.records.zones import zone_names
from tests.drawing import draws

RECORD: dict[str, Any] = {
    "github": "octocat",
    "name": "Mona",
    "mentor": "ssbarnea",
    "status": "paused",
    "start": "2026-12-07",
    "weeks": 16,
    "hours_per_week": 5,
    "timezone": "Europe/Madrid",
    "meeting": {"day": "tue", "time": "17:00", "minutes": 30},
    "check_ins": {"every_weeks": 2},
    "availability": [{"days": ["mon", "tue"], "from": "17:00", "to": "24:00"}],
    "away": [{"from": "2026-12-24", "to": "2027-01-01"}],
    "goals": ["Learn", "Review"],
    "focus": ["linting", "language-server"],
    "chat": {"network": "matrix", "handle": "@octocat:matrix.org"},
    "links": ["https://octocat.example/?a=1"],
    "agreements": {"code_of_conduct": True, "asked_mentor": True},
}
PROGRAM: dict[str, Any] = {
    "version": 1,
    "program": {
        "name": "Octo",
        "timezone": "Etc/UTC",
        "chat": "https://example.org/chat",
        "links": [{"name": "Forum", "url": "https://example.org"}],
        "minimum": {"hours_per_week": 4, "weeks": 12},
        "weeks": 16,
    },
    "coordinators": ["octocat"],
    "mentors": [{"github": "octocat", "capacity": 2, "focus": ["ci"], "timezone": "Asia/Kolkata"}],
    "check_ins": {"every_weeks": 2, "file_at": "09:00"},
    "checkpoints": [{"name": "Mid-term", "week": "middle"}, {"name": "Final", "week": 12}],
    "quiet_after": 2,
    "private_contact": "https://example.org/talk",
    "commands": "pull-request",
    "teams": [
        {
            "id": "blue",
            "name": "Blue",
            "size": 5,
            "mentors": [{"github": "octocat", "role": "lead"}],
            "meeting": {"day": "tue", "time": "18:00", "timezone": "Europe/Berlin", "minutes": 60},
        }
    ],
    "breaks": [{"name": "Year end", "from": "2026-12-24", "to": "2027-01-01"}],
    "limits": {"seconds_between_writes": 0.5, "writes_per_run": 60},
    "labels": {"base": "mentorship", "check-in": "mentorship:check-in"},
}
VALID = {"mentee": RECORD, "program": PROGRAM}

DEFINITIONS = sorted(published_schema("mentee").root["$defs"])

# Pieces that lie near the edges of what the schemas allow.
WORDS = st.sampled_from(
    [
        *("", " ", "x", "octocat", "Octo-Cat", "-octo", "octo-", "octo--cat", "a" * 39, "a" * 40),
        *("2026-12-07", "2026-02-29", "2028-02-29", "2026-13-01", "2026-1-01", "1999-01-01"),
        *("2026-12-07\n", "09:00", "24:00", "24:01", "9:00", "09:60", "23:59\n", "mon", "Mon"),
        *("Europe/Madrid", "UTC", "Etc/GMT+1", "Europe/", "a/b/c/d", "active", "done"),
        *("linting", "two words", "ci-cd", "ci_cd", "é", "a" * 50, "a" * 51, "x" * 200, "x" * 201),
        *("https://example.org", "https://example.org/a b", "http://example.org", "https://x"),
        *("https://user@example.org/", "https://example.org:80/?q=[1]", "mona@octocat.example"),
        *("@mona:matrix.org", "@mona@mastodon.social", "+34 600 123 456", "0151 23456789"),
        *("555-123-4567", "600 123 456", "2026 2027", "line\nline", "line\n", "\n", "tab\there"),
        *(
            "zero\u200bwidth",
            "bidi\u202e",
            "nul\0",
            "esc\x1b",
            "nel\u0085",
            "bom\ufeff",
            "❤️",
            "Þór",
        ),
        *("١٢:٠٠", "２０２６-12-07", "K", "ſlug"),  # noqa: RUF001 - digits that only look alike
    ]
)
NUMBERS = st.sampled_from([-1, 0, 1, 4, 5, 12, 60, 61, 104, 105, 200, 201, 480, 481, 10**17])
LEAVES = st.one_of(
    WORDS,
    NUMBERS,
    st.sampled_from([0.0, 0.5, 1.0, 5.0, 5.5, -0.5, 3600.0, 1e17]),
    st.booleans(),
    st.none(),
    st.text(max_size=12),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=12) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=14,
)


def paths_of(value: Any) -> list[tuple[Any, ...]]:
    """Return the path of every part of a value."""
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    else:
        return [()]
    return [(), *((key, *rest) for key, part in parts for rest in paths_of(part))]


@st.composite
def mutated(draw: st.DrawFn, name: str) -> Any:
    """Return valid data with a few of its parts replaced, removed or added."""
    data = copy.deepcopy(VALID[name])
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(paths_of(data)))
        if not path:
            continue
        parent: Any = data
        for step in path[:-1]:
            parent = parent[step]
        change = draw(st.sampled_from(["replace", "remove", "add"]))
        if change == "replace":
            parent[path[-1]] = draw(VALUES)
        elif change == "remove":
            del parent[path[-1]]
        elif isinstance(parent, dict):
            parent[draw(WORDS)] = draw(VALUES)
        else:
            parent.append(draw(VALUES))
    return data


def verdicts(name: str, value: Any) -> tuple[bool, bool]:
    """Return what either library says."""
    return published_schema(name).is_valid(value), validator(name).is_valid(value)


@pytest.mark.parametrize("name", VALID)
def test_what_is_valid_is_valid_for_both(name: str) -> None:
    assert verdicts(name, VALID[name]) == (True, True)


@pytest.mark.parametrize("weeks", [5.0, 5, True, 5.5, 0.0, 104.0, 105, 10**17, "5", None])
def test_a_whole_number_is_one_however_it_is_written(weeks: object) -> None:
    first, second = verdicts("mentee", {**RECORD, "weeks": weeks})

    assert first == second == (weeks in (5, 104) and weeks is not True)


@draws(400)
@given(data=st.data(), name=st.sampled_from(sorted(VALID)))
def test_the_verdict_is_jsonschemas_on_nearly_valid_data(data: st.DataObject, name: str) -> None:
    first, second = verdicts(name, data.draw(mutated(name)))

    assert first == second


@draws(300)
@given(name=st.sampled_from(sorted(VALID)), value=VALUES)
def test_the_verdict_is_jsonschemas_on_any_data(name: str, value: Any) -> None:
    first, second = verdicts(name, value)

    assert first == second


@given(text=st.text(max_size=30) | WORDS, name=st.sampled_from(DEFINITIONS))
def test_each_definition_means_the_same_to_both(text: str, name: str) -> None:
    schema = published_schema("mentee")
    whole = {"$ref": f"#/$defs/{name}", "$defs": schema.root["$defs"]}

    assert schema.is_a(name, text) == validator("mentee").evolve(schema=whole).is_valid(text)


@draws(60)
@given(data=st.data(), name=st.sampled_from(sorted(VALID)), flow=st.booleans())
def test_a_file_means_the_same_to_the_pure_reader(
    data: st.DataObject, name: str, *, flow: bool
) -> None:
    value = data.draw(mutated(name))
    source = written(value, flow=flow)
    limits = RECORD_LIMITS if name == "mentee" else PROGRAM_LIMITS
    document = parse(source, limits)
    if document.problems:  # duplicate keys, odd numbers and the like are refused on purpose
        return

    assert json.dumps(document.data, sort_keys=True) == json.dumps(pure(source), sort_keys=True)


def written(value: Any, *, flow: bool) -> bytes:
    """Return a value as YAML."""
    stream = io.StringIO()
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = flow
    writer.allow_unicode = True
    writer.dump(value, stream)
    return stream.getvalue().encode("utf-8", "surrogatepass")


def pure(source: bytes) -> Any:
    """Return what ruamel.yaml's own reader makes of a file, dates left as text."""
    reader = YAML(typ="safe", pure=True)
    as_text = reader.constructor.yaml_constructors["tag:yaml.org,2002:str"]
    reader.constructor.yaml_constructors = {
        **reader.constructor.yaml_constructors,
        "tag:yaml.org,2002:timestamp": as_text,
    }
    return reader.load(source)


def test_every_part_of_a_schema_has_an_example_that_fits() -> None:
    for name in VALID:
        root = published_schema(name).root
        for example, part in examples(root):
            assert Schema({**part, "$defs": root["$defs"]}).is_valid(example), (name, example)


def examples(schema: Any) -> list[tuple[Any, Any]]:
    """Return every example in a schema with the part that it stands in."""
    if isinstance(schema, list):
        return [pair for part in schema for pair in examples(part)]
    if not isinstance(schema, dict):
        return []
    own = [(example, schema) for example in schema.get("examples", [])]
    inner = {key: part for key, part in schema.items() if key != "examples"}
    return own + [pair for part in inner.values() for pair in examples(part)]


def test_defaults_are_the_same_in_schema_and_domain() -> None:
    top = published_schema("program").root["properties"]
    about, labels = top["program"]["properties"], top["labels"]["properties"]
    program = Program(name="x")

    assert about["weeks"]["default"] == program.weeks
    assert about["meeting_minutes"]["default"] == program.meeting_minutes
    assert top["answer_days"]["default"] == program.answer_days
    assert top["handover_after_days"]["default"] == program.handover_after_days
    assert top["quiet_after"]["default"] == program.quiet_after
    assert top["commands"]["default"] == program.commands
    assert [one.name for one in program.checkpoints] == ["Final"]
    assert top["checkpoints"]["default"] == [{"name": "Final", "week": "last"}]
    assert about["minimum"]["properties"]["weeks"]["default"] == Minimum().weeks
    assert about["minimum"]["properties"]["hours_per_week"]["default"] == Minimum().hours_per_week
    assert top["check_ins"]["properties"]["every_weeks"]["default"] == CheckIns().every_weeks
    assert top["limits"]["properties"]["writes_per_run"]["default"] == Limits().writes_per_run
    assert top["limits"]["properties"]["requests_per_run"]["default"] == Limits().requests_per_run
    assert labels["base"]["default"] == Labels().base
    assert {name.replace("-", "_") for name in labels} == set(Labels.__slots__)


def test_every_zone_name_that_passes_can_be_loaded() -> None:
    for name in zone_names():
        assert published_schema("mentee").is_a("zone", name)
        assert ZoneInfo(name).key == name
