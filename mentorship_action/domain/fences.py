"""The fences around the part of a body that is ours to rewrite."""

import re

_FENCED = re.compile(
    r"<!-- mentorship:facts(?: mentor=(?P<mentor>[a-z0-9-]+))? -->\r?\n.*?<!-- mentorship:end -->",
    re.ASCII | re.DOTALL,
)


def fence(text: str, *, mentor: str) -> str:
    """Return text between our fences, which also keep the mentor that it tells of."""
    return f"<!-- mentorship:facts mentor={mentor} -->\n{text}\n<!-- mentorship:end -->"


def find_facts(body: str) -> tuple[str, str] | None:
    """Return the fenced text in a body and the mentor that it names, or None without fences."""
    match = _FENCED.search(body)
    return (match[0].replace("\r\n", "\n"), match["mentor"] or "") if match else None


def replace_facts(body: str, facts: str) -> str:
    """Return a body with new facts between its fences; a body without fences stays as it is."""
    return _FENCED.sub(lambda _: facts, body, count=1)
