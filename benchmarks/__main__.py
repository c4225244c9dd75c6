"""Run the benchmarks named on the command line, or all; exit with 1 when a goal is missed."""

import importlib
import sys

from benchmarks.measure import Row

BENCHMARKS = ("validate", "rehearsal")


def main(names: list[str]) -> int:
    """Print a table for each benchmark, a module here with a ``run`` that yields rows."""
    rows: list[Row] = []
    for name in names or BENCHMARKS:
        print(f"\n{name}\n{'-' * len(name)}")
        for row in importlib.import_module(f"benchmarks.{name}").run():
            print(row, flush=True)
            rows.append(row)
    with_goal = [row for row in rows if row.goal is not None]
    missed = [row for row in with_goal if not row.is_met]
    print(f"\n{len(with_goal) - len(missed)} of {len(with_goal)} goals met")
    for row in missed:
        print(row)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
