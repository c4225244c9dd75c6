"""Values as one would write them in a file: on one line, sound in block and in flow style.

Imported for a faulty file alone.
"""

import json
import re
from typing import Any, Final

# What YAML takes for text as it is, wherever it stands.
_PLAIN_TEXT: Final = re.compile(
    r"[A-Za-z](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9._/-])?"
    r"|https://[^\s#,\[\]{}]*[^\s#,\[\]{}:]"
    r"|20[0-9]{2}-[0-9]{2}-[0-9]{2}"
)
# Words that some readers of YAML take for something else.
_NO_TEXT: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def as_yaml(value: Any) -> str:
    """Return a value as one would write it in a file, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {as_yaml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(as_yaml(part) for part in value) + "]"
    if isinstance(value, str) and _PLAIN_TEXT.fullmatch(value) and value.lower() not in _NO_TEXT:
        return value
    return json.dumps(value, ensure_ascii=False)
