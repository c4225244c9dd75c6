"""The nearest of the words and time zones that would have been right."""

import difflib
from collections.abc import Iterable

from mentorship_action.records.zones import zone_names


def nearest(word: object, known: Iterable[str]) -> str:
    """Return the nearest of ``known``, with no regard to case; empty when none is near."""
    if not isinstance(word, str) or len(word) > 100:
        return ""
    by_lower = {one.lower(): one for one in known}
    found = difflib.get_close_matches(word.strip().lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else ""


def nearest_zone(name: str) -> str:
    """Return the zone that somebody probably meant: another case, a city alone, a typing error."""
    wanted = name.strip().replace(" ", "_").lower()
    names = sorted(zone_names())
    for zone in names:
        if wanted in (zone.lower(), zone.lower().rpartition("/")[2]):
            return zone
    by_city = {zone.rpartition("/")[2]: zone for zone in names}
    city = nearest(wanted.rpartition("/")[2], by_city)
    return nearest(wanted, names) or by_city.get(city, "")
