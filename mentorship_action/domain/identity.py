"""Who and what is who: logins, keys, and the marker in the first line of all that we write."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

# GitHub: letters, digits and single hyphens, at most 39, no hyphen at either end.
# https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
_LOGIN = re.compile(r"[a-z0-9](?:-?[a-z0-9]){0,38}", re.ASCII)
_PERIOD = re.compile(r"[0-9]{4}-W(?:0[1-9]|[1-4][0-9]|5[0-3])", re.ASCII)
_MARKER = re.compile(
    r"<!-- mentorship v1 kind=(?P<kind>[a-z-]+)"
    r"(?: mentee=(?P<mentee>[a-z0-9-]+))?(?: period=(?P<period>[0-9A-Z-]+))? -->",
    re.ASCII,
)


class Kind(StrEnum):
    """What an issue or comment of ours is."""

    APPLICATION = "application"
    TRACKER = "tracker"
    CHECK_IN = "check-in"
    EVALUATION = "evaluation"
    DASHBOARD = "dashboard"


_KINDS = frozenset(kind.value for kind in Kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """What one issue or comment is about; one key, one issue.

    ``mentee`` is a lower-case login; ``period`` an ISO week such as ``2026-W50``.
    Both are empty where the kind has none.
    """

    kind: Kind
    mentee: str = ""
    period: str = ""

    def __str__(self) -> str:
        parts = (self.kind.value, self.mentee, self.period)
        return "/".join(part for part in parts if part)


def is_login(text: str) -> bool:
    """Whether ``text`` is a GitHub login in lower case."""
    return len(text) <= 39 and _LOGIN.fullmatch(text) is not None


def marker(key: Key) -> str:
    """Return the line that marks an object of ours."""
    mentee = f" mentee={key.mentee}" if key.mentee else ""
    period = f" period={key.period}" if key.period else ""
    return f"<!-- mentorship v1 kind={key.kind.value}{mentee}{period} -->"


def parse_marker(body: str) -> Key | None:
    """Return the key in the first line of ``body``, or None unless the line parses whole.

    Whether to believe it is the caller's question: a marker counts under our own
    authorship only.
    """
    # GitHub stores what browsers send, so a body edited by hand has CRLF line ends.
    return _parse_line(body.partition("\n")[0].removesuffix("\r"))


@lru_cache(maxsize=65536)
def _parse_line(line: str) -> Key | None:
    match = _MARKER.fullmatch(line)
    if match is None or match["kind"] not in _KINDS:
        return None
    mentee, period = match["mentee"] or "", match["period"] or ""
    if mentee and not is_login(mentee):
        return None
    if period and not _PERIOD.fullmatch(period):
        return None
    return Key(kind=Kind(match["kind"]), mentee=mentee, period=period)
