"""Colons and question marks that YAML 1.2 allows and the parser, which is older, does not.

In `links: [https://octocat.example/?a]` and `{from: 17:00}` it takes the colon for the end of a
key, and gives up. Another character in the place of each lets it go on; where it means a value
by itself, such as text in quotes, the character is put back as well, so nothing changes there.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

# A colon directly before text, though not right after a quoted key; a question mark within text.
_INSIDE: Final = re.compile(r"""(?<!["'\\]):(?=[^\s,\[\]{}])|(?<=[^\s,\[\]{}"'\\])\?""")
# Characters without a meaning, of which any file leaves nearly all unused.
_SPARE: Final = range(0xE000, 0xF8FF)


class OlderYaml(NamedTuple):
    """Text that the parser can read, and what to translate back in the values it yields."""

    data: bytes
    restore: Mapping[int, str]


def as_older_yaml(data: bytes) -> OlderYaml | None:
    """Return the same text with stand-ins, on the same lines and columns; None if it needs none."""
    text = data.decode("utf-8")
    spare = (code for code in _SPARE if chr(code) not in text)
    standing = {":": next(spare), "?": next(spare)}
    changed, count = _INSIDE.subn(lambda match: chr(standing[match[0]]), text)
    if not count:
        return None
    return OlderYaml(
        data=changed.encode("utf-8"), restore={code: sign for sign, code in standing.items()}
    )
