"""Run the benchmarks named on the command line, or all; exit with 1 when a goal is missed."""

import importlib
import pkgutil
import sys
from pathlib import Path

import benchmarks
from benchmarks.measure import Row


def main(names: list[str]) -> int:
    """Print a table for each benchmark, a module here with a ``run`` that yields rows."""
    known = sorted(
        module.name
        for module in pkgutil.iter_modules(benchmarks.__path__)
        if "def run(" in (Path(benchmarks.__path__[0]) / f"{module.name}.py").read_text()
    )
    missed = 0
    for name in names or known:
        print(f"\n{name}\n{'-' * len(name)}")
        for row in importlib.import_module(f"benchmarks.{name}").run():
            print(row, flush=True)
            missed += missed_goal(row)
    return 1 if missed else 0


def missed_goal(row: Row) -> int:
    """Return 1 for a row that misses its goal."""
    return 0 if row.is_met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
