"""Filing a week's check-ins under GitHub's limits, of the shortest time they allow (P8).

All of it is simulated. GitHub takes 80 requests a minute that make content, and 500 an hour; the
forge in memory counts creates and edits on a clock of its own, on which every request takes a
while, and a run starts every hour. Then runs are killed at their writes, and it is counted
whether the runs that follow file anything twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from benchmarks.measure import Row
from benchmarks.rehearsal import program_of
from mentorship_action import loop
from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.program import Limits
from mentorship_action.domain.pulls import Author
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import BOT, MemoryForge, Repository
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import Draft, Edit, State
from mentorship_action.rehearsal.clock import Clock
from mentorship_action.wording.render import Wording

A_MINUTE, AN_HOUR = 80, 500
MOST = 1.05
LATENCY = 0.4
"""The seconds that a request takes."""

_TUNED = Limits(seconds_between_writes=60 / A_MINUTE, writes_per_run=AN_HOUR)
_SET_UP = datetime(2026, 9, 7, tzinfo=UTC)
_DUE = _SET_UP + timedelta(hours=10)
_HOUR = timedelta(hours=1)
_WORDING = Wording(overrides={})


def shortest(count: int) -> float:
    """Return the seconds from the first to the last of so many creates, at the least."""
    hours, rest = divmod(count - 1, AN_HOUR)
    return 3600 * hours + 60 / A_MINUTE * rest


def broken(moments: Sequence[datetime]) -> int:
    """Return how many requests, in order of time, were more than a minute or an hour takes."""
    limits = ((A_MINUTE, timedelta(minutes=1)), (AN_HOUR, _HOUR))
    return sum(
        any(n >= most and moment - moments[n - most] < span for most, span in limits)
        for n, moment in enumerate(moments)
    )


class Killed(BaseException):
    """Stands for the end of the process, so no ``except Exception`` may stop it."""


@dataclass(kw_only=True)
class Site(MemoryForge):
    """The repository at the end of a slow line; ``made`` has the moments of creates and edits.

    The run is killed at the create or edit number ``kill_at``, counted from 1, 0 for never: before
    it is sent, or with ``answered`` when it has been carried out.
    """

    clock: Clock
    made: list[datetime] = field(default_factory=list)
    kill_at: int = 0
    answered: bool = False

    def me(self) -> Author:
        """Return our account, a while later."""
        self._take(1)
        return super().me()

    def list_issues(
        self, *, creator: str = "", label: str = "", state: State, since: datetime | None = None
    ) -> list[Issue]:
        """Return issues, a while later for each page."""
        before = self.requests
        found = super().list_issues(creator=creator, label=label, state=state, since=since)
        self._take(self.requests - before)
        return found

    def create_issue(self, draft: Draft) -> Issue:
        """Open an issue, unless the run ends here."""
        self._begin()
        return self._answer(super().create_issue(draft))

    def edit_issue(self, number: int, edit: Edit) -> Issue:
        """Change an issue, unless the run ends here."""
        self._begin()
        return self._answer(super().edit_issue(number, edit))

    def _begin(self) -> None:
        self.made.append(self.clock())
        if len(self.made) == self.kill_at and not self.answered:
            raise Killed

    def _answer(self, issue: Issue) -> Issue:
        if len(self.made) == self.kill_at:
            raise Killed
        self._take(1)
        return issue

    def _take(self, requests: int) -> None:
        self.clock.sleep(LATENCY * requests)


@dataclass(kw_only=True)
class Played:
    """A repository in which ``pairs`` check-ins are due, and the runs that file them."""

    pairs: int
    limits: Limits
    before: Repository
    kill_at: int = 0
    answered: bool = False
    runs: int = 0
    killed: bool = False

    def __post_init__(self) -> None:
        self.clock = Clock(now=_DUE)
        self.repository = replace(
            self.before,
            clock=self.clock,
            issues=dict(self.before.issues),
            labels=dict(self.before.labels),
        )
        self.site = Site(
            repository=self.repository,
            login=BOT,
            clock=self.clock,
            kill_at=self.kill_at,
            answered=self.answered,
        )
        self.files = _files(self.pairs, self.limits)

    def to_the_end(self) -> "Played":
        """Run once an hour until nothing is left to do."""
        left = True
        while left:
            self.clock.move_to(_DUE + self.runs * _HOUR)
            self.runs += 1
            try:
                left = _run(self.files, self.site, self.clock) > 0
            except Killed:
                self.killed = True
        return self

    @property
    def seconds(self) -> float:
        """How long it took, until the last answer."""
        return (self.clock() - _DUE).total_seconds()

    @property
    def duplicates(self) -> int:
        """How many issues share their key with another, open or closed."""
        keys = [parse_marker(issue.body) for issue in self.repository.issues.values()]
        return len(keys) - len(set(keys))

    @property
    def missing(self) -> int:
        """How many trackers and check-ins are not there."""
        return max(0, 2 * (self.pairs + 1) - len(self.repository.issues))


def _run(files: loop.DefaultBranch, forge: MemoryForge, clock: Clock) -> int:
    """Do one run and return how many changes it left."""
    begun = clock()

    def monotonic() -> float:
        # Counted from the start, since a float keeps no microseconds of a date of today.
        return (clock() - begun).total_seconds()

    pacer = Pacer(
        seconds=files.program.limits.seconds_between_writes,
        monotonic=monotonic,
        sleep=clock.sleep,
        now=clock,
    )
    return loop.run(files, forge, begun, write=True, pacer=pacer).report.remaining


def _files(pairs: int, limits: Limits) -> loop.DefaultBranch:
    """Return a program in which so many check-ins are due at once, and one was due before."""
    program, records = program_of(pairs + 1)
    first, *others = (
        replace(record, start=date(2026, 9, 7), meeting=None, zone="Etc/UTC") for record in records
    )
    return loop.DefaultBranch(
        program=replace(program, limits=limits),
        records=(replace(first, zone="Pacific/Auckland"), *others),
        arrivals={},
        wording=_WORDING,
    )


def set_up(pairs: int) -> Repository:
    """Return a repository with all trackers, and with one check-in, so that the label is in use."""
    files = _files(pairs, Limits(seconds_between_writes=0, writes_per_run=1_000_000))
    clock = Clock(now=_SET_UP)
    mentors = {mentor.login for mentor in files.program.mentors}
    repository = Repository(clock=clock, writers={BOT, *mentors})
    _run(files, repository.view(BOT), clock)
    return repository


def measure(pairs: int, before: Repository) -> Iterator[Row]:
    """Yield how long filing takes at the pace that GitHub allows, and what was broken by it."""
    tuned = Played(pairs=pairs, limits=_TUNED, before=before).to_the_end()
    allowed = shortest(pairs)
    yield Row(
        name=f"P8 file {pairs:,} check-ins, of the floor",
        ratio=tuned.seconds / allowed,
        goal=MOST,
        detail=f"{tuned.seconds:,.0f} s of {allowed:,.0f} s, {tuned.runs} runs",
    )
    yield Row(
        name=f"P8 file {pairs:,} check-ins, requests beyond a limit",
        ratio=broken(tuned.site.made),
        goal=0,
        detail=f"{len(tuned.site.made):,} creates and edits, {tuned.site.requests:,} requests",
    )


def measure_kills(pairs: int, before: Repository, at: Iterable[int]) -> Row:
    """Return how many issues were filed twice, or never, after kills at the given writes."""
    played = [
        Played(pairs=pairs, limits=_TUNED, before=before, kill_at=n, answered=late).to_the_end()
        for n in at
        for late in (False, True)
    ]
    return Row(
        name=f"P8 file {pairs:,} check-ins, twice or never after a kill",
        ratio=sum(one.duplicates + one.missing for one in played),
        goal=0,
        detail=f"{sum(one.killed for one in played)} kills, each before or after the answer",
    )


def _as_shipped(pairs: int, before: Repository) -> Row:
    usual = Played(pairs=pairs, limits=Limits(), before=before).to_the_end()
    return Row(
        name=f"   file {pairs:,} check-ins with the settings one starts with",
        ratio=usual.seconds / shortest(pairs),
        goal=None,
        detail=f"{usual.seconds:,.0f} s, {usual.runs} runs of {Limits().writes_per_run} writes",
    )


def run() -> Iterator[Row]:
    """Yield what 100 and 1,000 check-ins take, and what kills leave behind."""
    before = set_up(100)
    yield from measure(100, before)
    yield _as_shipped(100, before)
    yield measure_kills(100, before, range(1, 101))
    before = set_up(1_000)
    yield from measure(1_000, before)
    yield measure_kills(1_000, before, range(1, 1_001, 111))


def run_all() -> Iterator[Row]:
    """Yield the same, and what 10,000 check-ins take."""
    yield from run()
    yield from measure(10_000, set_up(10_000))
