"""The played season: people and the program take their turns on one clock, week by week."""

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter

from mentorship_action.domain.calendar import ONE_WEEK, Week, slots
from mentorship_action.domain.checkpoints import checkpoints_of
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.forge.memory import BOT, Repository
from mentorship_action.publish.pages import day_span
from mentorship_action.rehearsal.clock import Clock
from mentorship_action.rehearsal.journal import Event, PlayedPull
from mentorship_action.rehearsal.people import Persona, react
from mentorship_action.rehearsal.simulation import Cue, Simulation
from mentorship_action.wording.render import Wording

_MINUTE = 17
"""Schedules are delayed or dropped at the full hour, so the shipped workflow runs at this one."""

_DAILY = 0
"""The hour (UTC) of the run that is played every day, whether or not anything is due."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """What is to be played: a program, its people, and what they are going to do.

    ``cues`` are what happens anyway; ``persona_of`` says how somebody reacts to the program's
    issues and comments. ``members`` may be assigned; logins in lower case.
    ``program_file`` is the program as it is written, empty where nobody changes it.
    ``hours_between_ticks`` is the pace of the schedule, a divisor of 24. ``is_invented`` says that
    the mentees are, as nobody has joined the program yet.
    """

    program: Program
    wording: Wording
    start: date
    weeks: int
    cues: tuple[Cue, ...]
    persona_of: Callable[[str], Persona]
    members: frozenset[str] = frozenset()
    program_file: bytes = b""
    hours_between_ticks: int = 1
    left_out: tuple[str, ...] = ()
    is_invented: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PlayedWeek:
    """One calendar week and what happened in it, in order."""

    week: Week
    events: tuple[Event, ...]

    @property
    def days(self) -> str:
        """The days of the week, such as 28 December 2026 to 3 January 2027."""
        return day_span(self.week.monday, self.week.sunday)


@dataclass(frozen=True, kw_only=True)
class Season:
    """All that a rehearsal has to show.

    ``history`` has every version of a mentee file, by its id; ``joined`` the moment at which each
    mentee of a team was first in its tracker.
    """

    program: Program
    weeks: tuple[PlayedWeek, ...]
    repository: Repository
    pulls: tuple[PlayedPull, ...]
    history: dict[str, list[tuple[datetime, Record]]] = field(repr=False)
    joined: Mapping[str, datetime]
    left_out: tuple[str, ...]
    ticks: int
    idle: int
    runs: int
    requests: int

    @property
    def start(self) -> date:
        """The Monday that the season begins with."""
        return self.weeks[0].week.monday

    @property
    def end(self) -> date:
        """The Sunday that it ends with."""
        return self.weeks[-1].week.sunday


def play(scenario: Scenario, on_week: Callable[[PlayedWeek, int], None] | None = None) -> Season:
    """Play a scenario to its end; ``on_week`` gets each week when it is over, and its number.

    Raises Unsettled when running the program again would change anything.
    """
    return _Play(scenario=scenario, on_week=on_week).to_the_end()


@dataclass(kw_only=True)
class _Play:
    """A season while it is played."""

    scenario: Scenario
    on_week: Callable[[PlayedWeek, int], None] | None
    agenda: list[tuple[datetime, int, Callable[[Simulation], None]]] = field(default_factory=list)
    due: set[datetime] = field(default_factory=set)
    known: dict[str, int] = field(default_factory=dict)
    idle: int = 0

    def __post_init__(self) -> None:
        scenario = self.scenario
        self.begin = datetime.combine(Week.of(scenario.start).monday, time(), tzinfo=UTC)
        clock = Clock(now=self.begin)
        mentors = (mentor.login for mentor in scenario.program.mentors)
        repository = Repository(
            clock=clock,
            writers={BOT, *mentors, *scenario.program.coordinators},
            members=set(scenario.members),
        )
        self.simulation = Simulation(
            program=scenario.program,
            program_file=scenario.program_file,
            wording=scenario.wording,
            clock=clock,
            repository=repository,
        )
        # Mentors may leave it later.
        self.program = self.simulation.program
        self._order = 0
        self._add(scenario.cues)

    def to_the_end(self) -> Season:
        """Play week after week."""
        weeks = []
        moment = self.begin
        for number in range(1, self.scenario.weeks + 1):
            before = len(self.simulation.events)
            self._until(moment, moment + ONE_WEEK)
            events = sorted(self.simulation.events[before:], key=attrgetter("at"))
            weeks.append(PlayedWeek(week=Week.of(moment.date()), events=tuple(events)))
            if self.on_week:
                self.on_week(weeks[-1], number)
            moment += ONE_WEEK
        simulation = self.simulation
        return Season(
            program=self.program,
            weeks=tuple(weeks),
            repository=simulation.repository,
            pulls=tuple(simulation.pulls.values()),
            history=simulation.history,
            joined=simulation.joined,
            left_out=self.scenario.left_out,
            ticks=simulation.bot.ticks,
            idle=self.idle,
            runs=simulation.bot.runs,
            requests=simulation.bot.requests,
        )

    def _until(self, begin: datetime, end: datetime) -> None:
        """Play what happens from one moment to just before another."""
        step = timedelta(hours=self.scenario.hours_between_ticks)
        tick = begin + timedelta(minutes=_MINUTE)
        while tick < end:
            self._people_until(tick)
            if self.simulation.changed or self.simulation.called or _is_needed(tick, self.due):
                self._run_at(tick)
            else:
                self.idle += 1
            tick += step
        self._people_until(end)

    def _people_until(self, end: datetime) -> None:
        while self.agenda and self.agenda[0][0] < end:
            moment = self.agenda[0][0]
            self.simulation.clock.move_to(moment)
            while self.agenda and self.agenda[0][0] == moment:
                heapq.heappop(self.agenda)[2](self.simulation)
            if self.simulation.pushed or (
                self.simulation.called and self.scenario.hours_between_ticks == 1
            ):
                self._run_at(moment)

    def _run_at(self, moment: datetime) -> None:
        self.simulation.clock.move_to(moment)
        self._learn_due()
        self.due.discard(moment)
        for seen in self.simulation.run():
            self._add(react(self.scenario.persona_of, self.simulation, seen))

    def _add(self, cues: Iterable[Cue]) -> None:
        for moment, action in cues:
            heapq.heappush(self.agenda, (moment, self._order, action))
            self._order += 1

    def _learn_due(self) -> None:
        """Work out at which ticks something of a new or changed record will be due."""
        for login, states in self.simulation.history.items():
            if self.known.get(login) == len(states):
                continue
            self.known[login] = len(states)
            one = self.simulation.mentorship(states[-1][1].mentorship)
            if one is None:
                continue
            program = self.simulation.program
            moments = [slot.due for slot in slots(one, program)]
            moments += [checkpoint.due for checkpoint in checkpoints_of(one, program)]
            self.due.update(map(self._tick_from, moments))

    def _tick_from(self, moment: datetime) -> datetime:
        """Return the first tick at or after a moment."""
        midnight = moment.replace(hour=0, minute=_MINUTE, second=0, microsecond=0)
        step = timedelta(hours=self.scenario.hours_between_ticks)
        return midnight + max(0, -((midnight - moment) // step)) * step


def _is_needed(tick: datetime, due: Collection[datetime]) -> bool:
    """Whether a tick can find anything to do.

    Check-ins and checkpoints become due at moments that are known. All else that time alone brings
    about comes with a new day; what people do is seen by the run that follows it, or the next tick.
    """
    return tick.hour == _DAILY or tick in due
