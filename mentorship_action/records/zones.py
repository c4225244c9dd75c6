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


def suggest_zone(name: str) -> str:
    """Return the zone that somebody probably meant: another case, a city alone, a typing error."""
    from mentorship_action.records.suggest import nearest  # noqa: PLC0415 - few files have a fault

    wanted = name.strip().replace(" ", "_").lower()
    names = sorted(zone_names())
    for zone in names:
        if wanted in (zone.lower(), zone.lower().rpartition("/")[2]):
            return zone
    by_city = {zone.rpartition("/")[2]: zone for zone in names}
    city = nearest(wanted.rpartition("/")[2], by_city)
    return nearest(wanted, names) or by_city.get(city, "")
