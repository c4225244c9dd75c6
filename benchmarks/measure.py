"""Whole processes timed side by side, so that only ratios count and a busy machine harms both."""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

# What triples import times for everybody, and what settings of a developer's shell might add.
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "GITHUB_ACTIONS", "PYTHONPROFILEIMPORTTIME")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measurement: its goal is met when ``ratio`` is at most ``goal``; None has no goal."""

    name: str
    ratio: float
    goal: float | None
    detail: str

    @property
    def is_met(self) -> bool:
        """Whether the goal is met, or there is none."""
        return self.goal is None or self.ratio <= self.goal

    def __str__(self) -> str:
        goal = "" if self.goal is None else f"goal {self.goal:.4g}"
        mark = " " if self.goal is None else "✓" if self.is_met else "✗"
        return f"{mark} {self.name:58} {self.ratio:8.4f}  {goal:12} {self.detail}"


def times(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each command; every round runs each of them once."""
    environment = {key: value for key, value in os.environ.items() if key not in _LEFT_OUT}
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(rounds + 1):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(
                command,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                env=environment,
            )
            if turn:  # the first round fills caches
                taken[name].append(time.perf_counter() - start)
    return {name: median(some) for name, some in taken.items()}


def compare(
    name: str, times_of: Mapping[str, float], ours: str, theirs: str, goal: float | None
) -> Row:
    """Return the ratio of two of the measured times."""
    return Row(
        name=name,
        ratio=times_of[ours] / times_of[theirs],
        goal=goal,
        detail=f"{times_of[ours] * 1000:.0f} ms of {times_of[theirs] * 1000:.0f} ms",
    )
