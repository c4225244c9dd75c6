"""Run the benchmarks named on the command line, or all; exit with 1 when a goal is missed.

With ``--all`` those run, too, that take many minutes: the sizes of 10,000.
"""

import importlib
import sys

from benchmarks.measure import Row

BENCHMARKS = ("set_up", "pace", "validate", "rehearsal")
EVERYTHING = "--all"


def main(arguments: list[str]) -> int:
    """Print a table for each benchmark.

    That is a module here whose ``run`` yields rows; where more can be measured that takes long,
    ``run_all`` yields that, too.
    """
    rows: list[Row] = []
    names = [name for name in arguments if name != EVERYTHING]
    for name in names or BENCHMARKS:
        print(f"\n{name}\n{'-' * len(name)}", flush=True)
        module = importlib.import_module(f"benchmarks.{name}")
        run = getattr(module, "run_all", module.run) if EVERYTHING in arguments else module.run
        for row in run():
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
