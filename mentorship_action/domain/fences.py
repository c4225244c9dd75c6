"""The fences around the part of a body that is ours to rewrite."""

import re
from dataclasses import dataclass

_FENCED = re.compile(
    r"<!-- mentorship:summary mentor=(?P<mentor>[a-z0-9-]+) assign=(?P<assign>both|mentor)"
    r"(?: account=(?P<account>[1-9][0-9]{0,17}))? -->\r?\n"
    r".*?<!-- mentorship:end -->",
    re.ASCII | re.DOTALL,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fenced:
    """What stands between our fences, with the fences, and what these keep.

    ``mentor`` is the one that the text tells of; ``assign_both`` says whether the forge would
    assign the mentee, too, on any issue; ``account`` is the number of the mentee's account, which
    stays when logins change hands, or 0 where it isn't known.
    """

    text: str
    mentor: str
    assign_both: bool
    account: int = 0


def fence(text: str, *, mentor: str, assign_both: bool, account: int = 0) -> str:
    """Return text between our fences."""
    who = "both" if assign_both else "mentor"
    kept = f"mentor={mentor} assign={who}" + (f" account={account}" if account else "")
    return f"<!-- mentorship:summary {kept} -->\n{text}\n<!-- mentorship:end -->"


def find_summary(body: str) -> Fenced | None:
    """Return what is fenced in a body, or None without whole fences."""
    match = _FENCED.search(body)
    if match is None:
        return None
    return Fenced(
        text=match[0].replace("\r\n", "\n"),
        mentor=match["mentor"],
        assign_both=match["assign"] == "both",
        account=int(match["account"] or 0),
    )


def replace_summary(body: str, facts: str) -> str:
    """Return a body with new facts between its fences; a body without fences stays as it is."""
    return _FENCED.sub(lambda _: facts, body, count=1)
