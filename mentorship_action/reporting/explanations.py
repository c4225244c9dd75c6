"""What each finding's code means: its title, the reason, and an example before and after."""

import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple


class Explanation(NamedTuple):
    """The long text of one code."""

    title: str
    why: str
    before: str
    after: str


@cache
def explanations() -> Mapping[str, Explanation]:
    """Return the long texts by code."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return {
        code: Explanation(**{**one, "why": one["why"].replace("\n", " ")})
        for code, one in tomllib.loads(text).items()
    }


def title_of(code: str) -> str:
    """Return the short title of a code."""
    known = explanations().get(code)
    return known.title if known else code


def explanation_text(code: str) -> str:
    """Return the long text of a code for a terminal."""
    one = explanations()[code]
    before = "\n".join(f"    {line}" for line in one.before.splitlines())
    after = "\n".join(f"    {line}" for line in one.after.splitlines())
    return f"{code}: {one.title}\n\n{one.why}\n\nInstead of\n\n{before}\n\nwrite\n\n{after}"


def explanations_document() -> str:
    """Return docs/findings.md: every code with its long text."""
    parts = [_HEAD]
    for code, one in explanations().items():
        parts.append(
            f"## {code}\n\n**{one.title}.** {one.why}\n\n"
            f"Instead of\n\n```yaml\n{one.before}\n```\n\nwrite\n\n```yaml\n{one.after}\n```\n"
        )
    return "\n".join(parts)


_HEAD: Final = """\
# What `mentorship validate` finds

Every finding has a code that never changes its meaning. `mentorship explain CODE` prints the same
text. A test checks that this page is up to date.
"""

if __name__ == "__main__":
    sys.stdout.write(explanations_document())
