"""The rehearsal's clock: it stands still until somebody moves it, and never goes back."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(kw_only=True)
class Clock:
    """A moment (UTC) that everything in a rehearsal is dated by."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the moment that it is."""
        return self.now

    def move_to(self, moment: datetime) -> None:
        """Let time pass until a moment; one that has passed already changes nothing."""
        self.now = max(self.now, moment)

    def sleep(self, seconds: float) -> None:
        """Let some seconds pass at once."""
        self.now += timedelta(seconds=seconds)

    def monotonic(self) -> float:
        """Return the seconds that a pacer counts by."""
        return self.now.timestamp()
