"""The pace of writes: a pause between two, on a clock that can be simulated."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Pacer:
    """Waits so that two writes are at least ``seconds`` apart.

    ``monotonic`` and ``sleep`` are in seconds; ``now`` is the clock by which the forge dates
    things, UTC. ``on_write`` gets the number of each write before it is sent, from 1.
    """

    seconds: float
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _utc_now
    on_write: Callable[[int], None] = lambda _: None
    _writes: int = field(default=0, init=False)
    _last: float | None = field(default=None, init=False)

    def wait(self) -> None:
        """Return when the next write may be sent."""
        if self._last is not None:
            pause = self._last + self.seconds - self.monotonic()
            if pause > 0:
                self.sleep(pause)
        self._last = self.monotonic()
        self._writes += 1
        self.on_write(self._writes)
