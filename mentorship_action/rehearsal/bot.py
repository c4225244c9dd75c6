"""The program's part of a rehearsal: ``sync`` until nothing is left, then once more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mentorship_action import loop
from mentorship_action.domain.program import Program
from mentorship_action.errors import MentorshipError
from mentorship_action.forge.memory import BOT, Repository
from mentorship_action.forge.pacing import Pacer
from mentorship_action.planning.changes import Notice, Outcome, Result
from mentorship_action.rehearsal.clock import Clock

_MADE = (Outcome.DONE, Outcome.FOUND)


class Unsettled(MentorshipError):
    """The program does not settle: the very thing that a rehearsal is there to find."""


@dataclass(kw_only=True)
class Bot:
    """The program as it runs on the repository.

    ``ticks`` counts the moments at which it was started, ``runs`` the runs of ``sync``,
    ``requests`` what they would have sent to GitHub.
    """

    program: Program
    clock: Clock
    repository: Repository
    ticks: int = 0
    runs: int = 0
    requests: int = 0

    def __post_init__(self) -> None:
        self._forge = self.repository.view(BOT)
        self._pacer = Pacer(
            seconds=self.program.limits.seconds_between_writes,
            monotonic=self.clock.monotonic,
            sleep=self.clock.sleep,
            now=self.clock,
        )

    def settle(
        self, files: loop.DefaultBranch, note: Callable[[Result], None]
    ) -> tuple[Notice, ...]:
        """Run until nothing is left, then once more, which must plan nothing.

        ``note`` is told of each change that was made, right after its run. Returns the notices.
        Raises Unsettled when work is left undone or planned again.
        """
        self.ticks += 1
        now = self.clock()
        run = self._run(files, now, note)
        most = self._most_runs(len(run.plan.changes))
        for _ in range(most):
            if not run.report.remaining:
                break
            now = self.clock()
            run = self._run(files, now, note)
        if run.report.remaining:
            done = (*_MADE, Outcome.UNNEEDED)
            left = [one.change.summary for one in run.report.results if one.outcome not in done]
            raise _unsettled(now, f"{most} further runs left work undone", left)
        again = self._run(files, now, note)
        if again.plan.changes:
            wanted = [change.summary for change in again.plan.changes]
            raise _unsettled(now, "the same run once more still planned something", wanted)
        return run.plan.notices

    def _run(
        self, files: loop.DefaultBranch, now: datetime, note: Callable[[Result], None]
    ) -> loop.Run:
        self.runs += 1
        run = loop.run(files, self._forge, now, write=True, pacer=self._pacer)
        self.requests += run.requests
        if run.report.error is not None:
            raise run.report.error
        for result in run.report.results:
            if result.outcome in _MADE:
                note(result)
        return run

    def _most_runs(self, changes: int) -> int:
        """Return how many further runs the budget can need for so many changes, and two more.

        A change takes two writes where the first one names somebody who can't be assigned.
        """
        return 2 + 2 * changes // max(1, self.program.limits.writes_per_run)


def _unsettled(now: datetime, what: str, changes: list[str]) -> Unsettled:
    shown = "; ".join(changes[:5])
    more = f"; and {len(changes) - 5} more" if len(changes) > 5 else ""
    return Unsettled(
        f"At {now:%Y-%m-%d %H:%M} UTC {what}: {shown}{more}.",
        fix="This is an error in mentorship-action, not in your files. "
        "Please report it with this message.",
    )
