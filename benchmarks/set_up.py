"""Setting the Action up on a runner that has Python alone, of pip installing the same set (P6).

Both fetch everything again: no cache of another run, and no uv on the path.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.measure import Row

_ROOT = Path(__file__).parents[1]
_ROUNDS = 3
_OF_A_RUNNER = ("GITHUB_", "RUNNER_", "MENTORSHIP_")


def _bare(folder: Path) -> dict[str, str]:
    """Return an environment with empty caches, and without uv."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_A_RUNNER)}
    path = [entry for entry in kept["PATH"].split(os.pathsep) if not (Path(entry) / "uv").exists()]
    return kept | {
        "PATH": os.pathsep.join(path),
        "PIP_CACHE_DIR": str(folder / "pip"),
        "UV_CACHE_DIR": str(folder / "uv"),
        "RUNNER_TEMP": str(folder / "temp"),
        # There is no such command, so nothing but the set-up is done.
        "MENTORSHIP_COMMAND": "nonsense",
    }


def _seconds(command: Sequence[str], environment: Mapping[str, str], says: str) -> float:
    """Return how long a command takes; what it prints shows that it did its work."""
    begun = time.perf_counter()
    done = subprocess.run(
        command, env=dict(environment), capture_output=True, text=True, check=False
    )
    if says not in done.stdout:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")
    return time.perf_counter() - begun


def _by_pip(folder: Path) -> float:
    lock = _ROOT / "requirements" / "runtime.txt"
    script = (
        f"'{sys.base_prefix}/bin/python3' -I -m venv '{folder}/venv' && "
        f"'{folder}/venv/bin/python' -I -m pip install --disable-pip-version-check "
        f"--require-hashes --requirement '{lock}' && echo installed"
    )
    return _seconds(["bash", "-c", script], _bare(folder), "installed")


def _by_us(folder: Path) -> tuple[float, float]:
    """Return the seconds of the first step of a job, and of a later one."""
    command = ["bash", str(_ROOT / ".github" / "action" / "run.sh")]
    (folder / "temp").mkdir()
    first = _seconds(command, _bare(folder), "There is no command")
    return first, _seconds(command, _bare(folder), "There is no command")


def run() -> Iterator[Row]:
    """Yield the ratios of the first step of a job and of a later one."""
    pip, cold, warm = [], [], []
    for _ in range(_ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            pip.append(_by_pip(Path(folder)))
        with tempfile.TemporaryDirectory() as folder:
            first, later = _by_us(Path(folder))
            cold.append(first)
            warm.append(later)
    for name, ours, goal in (("", cold, 0.35), (" once more in a job", warm, 0.05)):
        yield Row(
            name=f"P6 set the Action up{name}, of pip",
            ratio=median(ours) / median(pip),
            goal=goal,
            detail=f"{median(ours):.2f} s of {median(pip):.2f} s",
        )
