"""Makes the README's picture: the demonstration's page, as a browser shows its top.

Run it with ``python scripts/picture.py`` after the page has changed. It needs Chromium
(``apt-get install chromium``), which nothing else does; say where it is with ``CHROMIUM=path``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs/assets/season.png"
WIDTH, HEIGHT = 1200, 900
MOST_BYTES = 300_000


def main() -> int:
    """Play the season, take the picture; return the exit code."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if browser is None:
        print("There is no Chromium here: apt-get install chromium, or set CHROMIUM.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "index.html"
        rehearse = ["-m", "mentorship_action", "rehearse", "--quiet", "--out", str(page)]
        subprocess.run([sys.executable, *rehearse], check=True, cwd=ROOT)
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [
                browser,
                "--headless",
                "--no-sandbox",
                "--hide-scrollbars",
                "--force-device-scale-factor=1.5",
                f"--window-size={WIDTH},{HEIGHT}",
                f"--user-data-dir={folder}/profile",
                f"--screenshot={PICTURE}",
                page.as_uri(),
            ],
            check=True,
            stderr=subprocess.DEVNULL,
        )
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(ROOT)}: {size:,} bytes")
    return 0 if size < MOST_BYTES else 1


if __name__ == "__main__":
    raise SystemExit(main())
