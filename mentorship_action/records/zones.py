"""The names of the IANA time zones."""

from functools import cache
from pathlib import Path

import tzdata  # type: ignore[import-untyped]  # data, nothing to type


@cache
def zone_names() -> frozenset[str]:
    """Return every name, old ones included, from the database that comes with us.

    A machine's own files are no guide: some lack the old names, others have more than IANA's.
    """
    return frozenset((Path(tzdata.__path__[0]) / "zones").read_text(encoding="ascii").split())
