"""Everything hidden that we keep in our own text: markers, sections and memories, in one codec.

A hidden line is an HTML comment of names and values, such as
``<!-- mentorship v1 kind=tracker mentee=octocat -->``. People's text can't bring one along:
wording escapes it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from mentorship_action.domain.identity import Key, is_login, is_slug

_HIDDEN = re.compile(
    r"<!-- mentorship(?P<name> v1|:[a-z-]+)(?P<pairs>(?: [a-z]+=[A-Za-z0-9:+.,_/-]+)*) -->",
    re.ASCII,
)
_PERIOD = re.compile(r"[0-9]{4}-W(?:0[1-9]|[1-4][0-9]|5[0-3])|[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_MARKER = " v1"
_KEY_NAMES = frozenset({"kind", "mentee", "team", "term", "period"})
_MARKER_LINES = 40
"""A maintainer may write above our marker; nobody writes more than this."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """What stands between our fences in a body. ``text`` has the fences, too."""

    text: str
    values: Mapping[str, str]


def hidden_line(name: str, values: Mapping[str, object]) -> str:
    """Return the line that keeps values under a name; what is empty or zero is left out."""
    kept = "".join(f" {key}={value}" for key, value in values.items() if value not in ("", 0))
    return f"<!-- mentorship:{name}{kept} -->"


def marker(key: Key) -> str:
    """Return the line that marks an object of ours."""
    values = {
        "kind": str(key.kind),
        "mentee": key.mentee,
        "team": key.team,
        "term": key.term,
        "period": key.period,
    }
    kept = "".join(f" {name}={value}" for name, value in values.items() if value)
    return f"<!-- mentorship{_MARKER}{kept} -->"


def parse_marker(body: str) -> Key | None:
    """Return the key in the first line of ``body`` that is a whole marker, or None.

    We write it into the first line, and maintainers may write something above it. Whether to
    believe it is the caller's question: a marker counts under our own authorship only.
    """
    if "<!-- mentorship v1 " not in body:
        return None
    for line in body.split("\n", _MARKER_LINES)[:_MARKER_LINES]:
        if (key := _parse_key(line.rstrip())) is not None:
            return key
    return None


def own_key(body: str, author: str, me: str) -> Key | None:
    """Return the key of what ``author`` wrote, or None when it isn't ours.

    A stranger may write a marker, too.
    """
    return parse_marker(body) if author.lower() == me.lower() else None


def memory_line(values: Mapping[str, object]) -> str:
    """Return the line that keeps what a later run has to know."""
    return hidden_line("memory", values)


def find_memory(body: str) -> dict[str, str] | None:
    """Return the values of the memory line in a body of ours, or None without a whole one."""
    for line in body.split("\n", _MARKER_LINES)[:_MARKER_LINES]:
        name, values = _parse_line(line.rstrip())
        if name == ":memory":
            return dict(values)
    return None


def hidden_in(line: str, name: str) -> dict[str, str]:
    """Return the values of a hidden line under a name that stands within a line of text."""
    for match in _HIDDEN.finditer(line):
        found, values = _parse_line(match[0])
        if found == f":{name}":
            return dict(values)
    return {}


def section(name: str, text: str, values: Mapping[str, object]) -> str:
    """Return text between our fences, which keep some values."""
    return f"{hidden_line(name, values)}\n{text}\n<!-- mentorship:end -->"


def find_section(body: str, name: str) -> Section | None:
    """Return what is fenced under a name in a body, or None without whole fences."""
    span = _find_span(body, name)
    if span is None:
        return None
    text = body[span[0] : span[1]].replace("\r\n", "\n")
    return Section(text=text, values=dict(_parse_line(text.partition("\n")[0])[1]))


def replace_section(body: str, name: str, text: str) -> str:
    """Return a body with another fenced text under a name; without whole fences as it is."""
    span = _find_span(body, name)
    return body if span is None else body[: span[0]] + text + body[span[1] :]


def part(mentee: str, text: str) -> str:
    """Return the part of one mentee of a team, between fences; people tick its boxes."""
    return section(_PART, text, {"mentee": mentee})


def parts_in(body: str) -> tuple[str, ...]:
    """Return the logins of a team's mentees who have a part in a body, in order."""
    lines = (line.rstrip() for line in body.split("\n") if line.startswith(_PART_FENCE))
    found = (dict(_parse_line(line)[1]).get("mentee", "") for line in lines)
    return tuple(filter(None, found))


def with_parts(body: str, parts: Iterable[tuple[str, str]], leavers: Iterable[str] = ()) -> str:
    """Return a body with the parts of some mentees added, and without those of leavers.

    ``parts`` are logins with fenced texts. A part that is there stays as people left it; a new one
    comes behind the others, or behind the summary.
    """
    for login in leavers:
        if (span := _find_part(body, login)) is not None:
            body = body[: span[0]].rstrip("\n") + "\n\n" + body[span[1] :].lstrip("\n")
    for login, text in parts:
        if _find_part(body, login) is None:
            fence = body.rfind(_END)
            end = len(body) if fence < 0 else fence + len(_END)
            body = f"{body[:end]}\n\n{text}{body[end:]}"
    return body


def with_new_names(body: str, names: Mapping[str, str]) -> str:
    """Return a body in which parts and what it keeps belong to new logins; ticks stay."""
    for former, login in names.items():
        body = _MEMORY_LINE.sub(partial(_renamed_in, former, login), body, count=1)
        if (span := _find_part(body, former)) is not None:
            fence, mention = hidden_line(_PART, {"mentee": login}), rf"@{former}(?![\w-])"
            inner = body[span[0] : span[1]].partition("\n")[2]
            text = re.sub(mention, f"@{login}", inner, flags=re.IGNORECASE)
            body = f"{body[: span[0]]}{fence}\n{text}{body[span[1] :]}"
    return body


def _renamed_in(former: str, login: str, line: re.Match[str]) -> str:
    return re.sub(rf"(?<=[=,:]){former}(?=[,: ])", login, line[0])


def _find_part(body: str, login: str) -> tuple[int, int] | None:
    start = body.find(hidden_line(_PART, {"mentee": login}))
    end = body.find(_END, start) if start >= 0 else -1
    return (start, end + len(_END)) if end >= 0 else None


_MEMORY_LINE = re.compile(r"^<!-- mentorship:memory .*-->\r?$", re.MULTILINE)
_PART = "part"
_PART_FENCE = f"<!-- mentorship:{_PART} "
_END = "<!-- mentorship:end -->"


def _find_span(body: str, name: str) -> tuple[int, int] | None:
    start = body.find(f"<!-- mentorship:{name}")
    while start >= 0:
        line = body[start:].partition("\n")[0]
        end = body.find(_END, start)
        if end < 0:
            return None
        if _parse_line(line.rstrip())[0] == f":{name}":
            return start, end + len(_END)
        start = body.find(f"<!-- mentorship:{name}", start + 1)
    return None


@lru_cache(maxsize=65536)
def _parse_line(line: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return name and values of a hidden line; nothing where it is none or has a value twice."""
    match = _HIDDEN.fullmatch(line)
    if match is None:
        return "", ()
    pairs: list[tuple[str, str]] = []
    for item in match["pairs"].split():
        key, _, value = item.partition("=")
        pairs.append((key, value))
    if len(dict(pairs)) < len(pairs):
        return "", ()
    return match["name"], tuple(pairs)


@lru_cache(maxsize=65536)
def _parse_key(line: str) -> Key | None:
    name, pairs = _parse_line(line)
    values = dict(pairs)
    if name != _MARKER or "kind" not in values or not _KEY_NAMES.issuperset(values):
        return None
    if "mentee" in values and ("team" in values or not is_login(values["mentee"])):
        return None
    slugs = (values[name] for name in ("kind", "team", "term") if name in values)
    if not all(map(is_slug, slugs)):
        return None
    if "period" in values and not _PERIOD.fullmatch(values["period"]):
        return None
    return Key(**values)


def insert_below_marker(body: str, text: str) -> str:
    """Return a body of ours with a paragraph right below its marker; at the top without one."""
    lines = body.split("\n")
    place = next((n for n, line in enumerate(lines) if _parse_key(line.rstrip())), -1)
    return "\n".join([*lines[: place + 1], text, "", *lines[place + 1 :]])
