"""Makes the README's pictures from the demonstration: a season's overview, and three messages.

Run it with ``make pictures`` after a message or the rehearsal's page has changed. It needs
Chromium or Chrome (``apt-get install chromium``), as the tests of the site do.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # for what the tests know about browsers

from playwright.sync_api import Browser  # noqa: E402

from mentorship_action.cli import main as mentorship  # noqa: E402
from tests.rig.browser import running_browser, visiting  # noqa: E402

ASSETS: Final = ROOT / "docs/assets"
# After so many weeks the tracker's mentorship is still going on.
WEEKS: Final = 4
PHONES: Final = ("application", "tracker", "check-in")
MOST_BYTES: Final = 150_000

# Nothing of the page shows around a phone's round corners.
_BARE: Final = """screen => {
    for (let one = screen; one; one = one.parentElement) one.style.background = "transparent";
    screen.style.background = "white";
    screen.style.boxShadow = "none";
}"""


def main() -> int:
    """Play the seasons, take the pictures; return 1 when one of them is too large."""
    ASSETS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_browser() as browser:
        season = _rehearsed(Path(folder) / "season.html")
        weeks = _rehearsed(Path(folder) / "weeks.html", "--weeks", str(WEEKS))
        _take_season(browser, season)
        _take_phones(browser, weeks, "application", "tracker")
        _take_phones(browser, season, "check-in")
    sizes = {path: path.stat().st_size for path in sorted(ASSETS.glob("*.png"))}
    for path, size in sizes.items():
        print(f"{path.relative_to(ROOT)}: {size:,} bytes")
    return 1 if max(sizes.values()) > MOST_BYTES else 0


def _rehearsed(page: Path, *options: str) -> Path:
    if mentorship(["rehearse", "--quiet", "--out", str(page), *options]) != 0:
        raise SystemExit("The season can't be played.")
    return page


def _take_season(browser: Browser, file: Path) -> None:
    window = {"width": 1200, "height": 900}
    with visiting(browser, file, viewport=window, color_scheme="light") as visit:
        visit.page.screenshot(path=ASSETS / "season.png")


def _take_phones(browser: Browser, file: Path, *names: str) -> None:
    window = {"width": 1200, "height": 900}
    with visiting(browser, file, viewport=window, device_scale_factor=1.5) as visit:
        screens = visit.page.locator(".phone .screen").all()
        for screen, name in zip(screens, PHONES, strict=True):
            if name in names:
                screen.evaluate(_BARE)
                screen.screenshot(path=ASSETS / f"{name}.png", omit_background=True)


if __name__ == "__main__":
    raise SystemExit(main())
