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
    rows: list[Row] = []
    for name in names or known:
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
