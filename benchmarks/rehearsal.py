"""What rehearsing a season costs for each pair and week, from small programs to large ones (P10).

Run it with ``python -m benchmarks rehearsal``, with ``--all`` for 10,000 pairs, too, which takes
many minutes and gigabytes, or ``python -m benchmarks.rehearsal [PAIRS]...`` for other sizes. Only
ratios carry over from one machine to another.
"""

import gc
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from datetime import time as clock

from benchmarks.measure import Row
from mentorship_action.domain.program import Limits, Meeting, Mentor, Program, Weekday
from mentorship_action.domain.record import Chat, Record
from mentorship_action.rehearsal.page import write_page
from mentorship_action.rehearsal.scenarios import own_season
from mentorship_action.rehearsal.season import play
from mentorship_action.wording.render import Wording

WEEKS = 16
MOST_GROWTH = 1.2
MOST_SECONDS = 60.0
_ZONES = (
    "Europe/London America/New_York Asia/Kolkata Australia/Sydney "
    "America/Sao_Paulo Africa/Accra Europe/Berlin Asia/Tokyo"
).split()


def program_of(pairs: int) -> tuple[Program, tuple[Record, ...]]:
    """Return a program with so many pairs, whose meetings fall all over the week and the world.

    Writes are unlimited, as on a server of one's own: with GitHub's budget the number of runs
    would grow with the pairs, and so would the cost of each.
    """
    mentors = max(1, -(-pairs // 3))
    program = Program(
        name="A program to measure",
        mentors=tuple(
            Mentor(login=f"mentor-{n}", handle=f"mentor-{n}", capacity=3, zone=_ZONES[n % 8])
            for n in range(mentors)
        ),
        coordinators=("coordinator",),
        limits=Limits(seconds_between_writes=0, writes_per_run=1_000_000),
    )
    return program, tuple(_record(n, mentors) for n in range(pairs))


def _record(number: int, mentors: int) -> Record:
    login, mentor = f"mentee-{number}", f"mentor-{number % mentors}"
    return Record(
        login=login,
        handle=login,
        mentor=mentor,
        mentor_handle=mentor,
        start=date(2026, 9, 7) + timedelta(weeks=number % 4),
        weeks=12,
        hours_per_week=5,
        zone=_ZONES[number // 3 % 8],
        goals=("Learn how maintainers review",),
        focus=("ci",),
        chat=Chat(network="matrix", handle=login),
        meeting=Meeting(day=tuple(Weekday)[number % 5], time=clock(12), minutes=30),
        file=f"mentees/{login}.yml",
    )


def measure(pairs: int) -> tuple[float, str]:
    """Return the seconds of processor time that a season and its page take, and what it held."""
    program, records = program_of(pairs)
    gc.collect()
    begun = time.process_time()
    season = play(own_season(program, Wording(overrides={}), records, weeks=WEEKS))
    page = write_page(season)
    seconds = time.process_time() - begun
    each = 1000 * seconds / pairs / WEEKS
    return seconds, (
        f"{seconds:.1f} s, {each:.2f} ms each, {len(season.repository.issues):,} issues, "
        f"{len(season.pulls):,} pull requests, {season.runs:,} runs, "
        f"{len(page) / 1e6:.1f} MB page"
    )


def run(sizes: Sequence[int] = (100, 1_000)) -> Iterator[Row]:
    """Yield the cost of a pair and week of each size, in that of the first."""
    gc.set_threshold(100_000, 50, 50)  # as the command line does
    measure(20)  # imports and first uses are paid here
    first, *larger = sizes
    small = [measure(first) for _ in range(3)]
    base = statistics.median(seconds for seconds, _ in small)
    yield Row(name=f"P10 rehearse {first:,} pairs", ratio=1.0, goal=None, detail=small[-1][1])
    for pairs in larger:
        seconds, held = measure(pairs)
        yield Row(
            name=f"P10 rehearse {pairs:,} pairs, cost of a pair and week",
            ratio=seconds / pairs / (base / first),
            goal=MOST_GROWTH,
            detail=held,
        )
        if pairs <= 1_000:
            allowed = MOST_SECONDS * pairs / 1_000
            yield Row(
                name=f"P10 rehearse {pairs:,} pairs, of {allowed:.0f} s",
                ratio=seconds / allowed,
                goal=1.0,
                detail="depends on the machine",
            )


def run_all() -> Iterator[Row]:
    """Yield the same, with that of 10,000 pairs."""
    return run((100, 1_000, 10_000))


if __name__ == "__main__":
    for row in run([int(size) for size in sys.argv[1:]] or (100, 1_000)):
        print(row, flush=True)
