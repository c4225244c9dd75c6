"""A real browser on one page of a site, and axe as a second opinion on its accessibility."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, Final, Literal

from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).resolve().parents[2]
_AXE: Final = ROOT / "node_modules/axe-core/axe.min.js"
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# WCAG 2.2 at level AA, and what axe itself recommends.
_RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

WIDTHS: Final = (360, 768, 1280)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


@dataclass
class Visit:
    """A page in the browser, with every request that it made and everything that went wrong."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """Return what axe finds wrong, as its rule and the elements."""
        # The page's own policy lets no other script in; the debugger's scripts are exempt.
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate(
            "rules => axe.run({runOnly: {type: 'tag', values: rules}})", _RULES
        )
        return [
            f"{one['id']}: {node['target']} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def looks(self) -> Iterator[str]:
        """Show the page at every width in both schemes, and yield the name of each look."""
        for width, scheme in product(WIDTHS, SCHEMES):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            yield f"{width} {scheme}"

    def keys(self, *names: str) -> None:
        """Type keys by their names, such as Tab, Enter and Space."""
        for name in names:
            self.page.keyboard.press(name)

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        wider: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wider


def find_browser() -> str:
    """Return the path of Chromium or Chrome on this machine."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    assert found, "No Chromium and no Chrome here. On Debian: apt-get install chromium"
    return found


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Run the browser until the block ends."""
    # Its sandbox refuses to start for the superuser, as whom containers run.
    plain = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_browser(), args=["--no-sandbox"] if plain else []
        )
        yield browser
        browser.close()


@contextmanager
def visiting(browser: Browser, file: Path, **options: Any) -> Iterator[Visit]:
    """Open a file in a fresh window until the block ends."""
    context = browser.new_context(reduced_motion="reduce", **options)
    visit = Visit(page=context.new_page())
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on(
        "console",
        lambda said: visit.errors.append(said.text) if said.type in ("error", "warning") else None,
    )
    visit.page.goto(file.as_uri())
    yield visit
    context.close()
