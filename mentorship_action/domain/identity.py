"""Who and what is who: logins, and the keys that our issues and comments are known by."""

import re
from dataclasses import dataclass
from enum import StrEnum

# GitHub: letters, digits and single hyphens, at most 39, no hyphen at either end.
# https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
_LOGIN = re.compile(r"[a-z0-9](?:-?[a-z0-9]){0,38}", re.ASCII)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_LONGEST_SLUG = 50


class Kind(StrEnum):
    """What an issue or comment of ours is; a policy may bring another kind, as plain text."""

    APPLICATION = "application"
    TRACKER = "tracker"
    CHECK_IN = "check-in"
    CHECKPOINT = "checkpoint"
    DASHBOARD = "dashboard"


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """What one issue or comment is about; one key, one issue.

    ``mentee`` is a lower-case login; a team's key has ``team`` instead. ``term`` is the term's id;
    ``period`` an ISO week such as ``2026-W50``. Each is empty where the kind has none.
    """

    kind: str
    mentee: str = ""
    team: str = ""
    term: str = ""
    period: str = ""

    @property
    def mentorship(self) -> str:
        """The id of the mentorship that it is about."""
        return mentorship_id(self.mentee, self.term, self.team)

    def __str__(self) -> str:
        return "/".join(part for part in (str(self.kind), self.mentorship, self.period) if part)


def is_login(text: str) -> bool:
    """Whether ``text`` is a GitHub login in lower case."""
    return len(text) <= 39 and _LOGIN.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Whether ``text`` is a short word in lower case, as terms and teams are named."""
    return len(text) <= _LONGEST_SLUG and _SLUG.fullmatch(text) is not None


def mentorship_id(login: str, term: str = "", team: str = "") -> str:
    """Return what tells a mentorship, or a mentee file, from all others.

    That is ``octocat`` or ``team:blue``, in a term ``2027-spring/octocat``.
    """
    who = f"team:{team}" if team else login
    return f"{term}/{who}" if term else who


def term_of(mentorship: str) -> str:
    """Return the term in the id of a mentorship; nothing outside of terms."""
    return mentorship.rpartition("/")[0]
