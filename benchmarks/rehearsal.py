"""What rehearsing a season costs for each pair and week, from small programs to large ones (P10).

Run it with ``python benchmarks/rehearsal.py [PAIRS]...``; without numbers it takes 100 and 1,000
pairs, and 10,000 as well with ``--all``, which needs several minutes and gigabytes. Only ratios
carry over from one machine to another.
"""

import argparse
import gc
import statistics
import time
from datetime import date, timedelta
from datetime import time as clock

from mentorship_action.domain.program import Limits, Mentor, Program, Weekday
from mentorship_action.domain.record import Chat, Meeting, Record
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


def measure(pairs: int) -> float:
    """Return the seconds of processor time that a season and its page take."""
    program, records = program_of(pairs)
    gc.collect()
    begun = time.process_time()
    season = play(own_season(program, Wording(overrides={}), records, weeks=WEEKS))
    page = write_page(season)
    seconds = time.process_time() - begun
    each = 1000 * seconds / pairs / WEEKS
    print(
        f"{pairs:6,} pairs: {seconds:7.1f} s, {each:.2f} ms a pair and week, "
        f"{len(season.repository.issues):,} issues, {season.runs:,} runs, "
        f"{len(page) / 1e6:.1f} MB page",
        flush=True,
    )
    return seconds


def main() -> int:
    """Measure, and compare with the goals; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="*", type=int)
    parser.add_argument("--all", action="store_true", help="10,000 pairs, too")
    told = parser.parse_args()
    sizes = told.pairs or [100, 1_000, *([10_000] if told.all else [])]
    gc.set_threshold(100_000, 50, 50)  # as the command line does
    measure(20)  # imports and first uses are paid here
    small = [measure(sizes[0]) for _ in range(3)]
    each = statistics.median(small) / sizes[0]
    good = True
    for pairs in sizes[1:]:
        seconds = measure(pairs)
        growth = seconds / pairs / each
        print(f"{'':6}        {growth:.2f} times the cost of {sizes[0]:,} (goal {MOST_GROWTH})")
        good &= growth <= MOST_GROWTH
        if pairs <= 1_000:
            good &= seconds <= MOST_SECONDS * pairs / 1_000
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
