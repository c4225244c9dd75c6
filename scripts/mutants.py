"""Put small defects into the code, one at a time, and list those that no test notices.

Runs the tests once to learn which of them reach which line. Then each defect is tried against the
tests that reach its line, the quickest first, until one of them fails. While it learns, pytest has
this file as a plugin that keeps caches from hiding who reaches what, and that notes how much of the
processor each test takes: so a busy machine asks the same tests as a quiet one.
"""

import argparse
import ast
import contextlib
import functools
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

import coverage
import pytest

ROOT: Final = Path(__file__).parent.parent
PACKAGE: Final = ROOT / "mentorship_action"
PLACES: Final = ("domain", "planning", "records", "forge/executor.py")
"""Where defects are put: what decides, and what carries it out."""

APART: Final = ("emulated", "test_benchmarks.py", "test_house.py", "test_wheel.py")
"""Tests that are not asked: they say nothing about the places, or take far too long."""
WHICH: Final = ("-m", "not rig", "-k", "not http and not failures and not crash")
"""What goes over HTTP does the same as in memory, and takes ten times as long."""
SECONDS_OF_TESTS: Final = 20.0
"""So much of the processor each kind of tests gets on one defect, as measured without it."""
GOAL: Final = 92
"""So many of a hundred defects must be noticed."""

# Loaded before a process forks, so that it need not be loaded for each defect.
SLOW_TO_LOAD: Final = (
    "github",
    "graphql",
    "hypothesis.strategies",
    "jinja2",
    "jsonschema",
    "jsonschema_rs",
    "ruamel.yaml",
)

COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
ASSERTED: Final = {"strict", "repr"}
"""Keywords that change nothing for anybody: `zip(strict=True)` says what is true anyway."""
CALLS: Final = {"all": "any", "any": "all", "max": "min", "min": "max", "sorted": "list"}


class Defects(ast.NodeTransformer):
    """Counts the defects that a tree can have, and makes the one that is wanted."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.found: list[tuple[int, str, bool]] = []
        self._line = 0
        self._in_function = False

    def _change(self, what: str, change: Callable[[], ast.AST | None], node: ast.AST) -> ast.AST:
        """Note a possible defect, and make it if it is the wanted one."""
        self.found.append((self._line, what, self._in_function))
        if len(self.found) - 1 != self.wanted:
            return node
        changed = change()
        return ast.Pass() if changed is None else changed

    def visit(self, node: ast.AST) -> ast.AST:
        """Return a node with the wanted defect, if that is in it."""
        if isinstance(node, ast.keyword) and node.arg in ASSERTED:
            return node
        if isinstance(node, ast.stmt):
            self._line = node.lineno
        line, in_function = self._line, self._in_function
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns", "decorator_list", "op", "ops", "type_params"}:
                continue
            self._in_function = in_function or (_is_function(node) and name == "body")
            if isinstance(value, list):
                value[:] = [
                    self.visit(one) if isinstance(one, ast.AST) else one
                    for one in value
                    if not _is_text(one)
                ]
            elif isinstance(value, ast.AST):
                setattr(node, name, self.visit(value))
            self._line = line
        self._in_function = in_function
        return self._own(node)

    def _own(self, node: ast.AST) -> ast.AST:  # noqa: C901, PLR0911, PLR0912
        """Return a node with the wanted defect, if it is one of the node itself."""
        match node:
            case ast.Compare(ops=[op]) if type(op) in COMPARISONS:
                new = COMPARISONS[type(op)]
                return self._change(
                    f"{type(op).__name__} is {new.__name__}", lambda: _with(node, ops=[new()]), node
                )
            case ast.BoolOp(op=ast.And()):
                return self._change("and is or", lambda: _with(node, op=ast.Or()), node)
            case ast.BoolOp(op=ast.Or()):
                return self._change("or is and", lambda: _with(node, op=ast.And()), node)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._change("not is gone", lambda: operand, node)
            case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in OPERATORS:
                other = OPERATORS[type(op)]
                return self._change(
                    f"{type(op).__name__} is {other.__name__}",
                    lambda: _with(node, op=other()),
                    node,
                )
            case ast.Constant(value=bool(value)):
                return self._change(
                    f"{value} is {not value}", lambda: ast.Constant(value=not value), node
                )
            case ast.Constant(value=int(value)):
                return self._change(
                    f"{value} is {value + 1}", lambda: ast.Constant(value=value + 1), node
                )
            case ast.If(test=test) | ast.IfExp(test=test) if not isinstance(test, ast.Compare):
                negated = ast.UnaryOp(op=ast.Not(), operand=test)
                return self._change(
                    "the condition is turned round", lambda: _with(node, test=negated), node
                )
            case ast.comprehension(ifs=[*_, _]):
                return self._change("the condition is gone", lambda: _with(node, ifs=[]), node)
            case ast.Return(value=ast.expr() as value) if not _is_none(value):
                return self._change(
                    "None is returned", lambda: ast.Return(value=ast.Constant(value=None)), node
                )
            case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
                # The function must stay a generator.
                gone = ast.Expr(value=ast.YieldFrom(value=ast.Tuple(elts=[], ctx=ast.Load())))
                is_call = isinstance(node.value, ast.Call)
                return self._change("the line is gone", lambda: None if is_call else gone, node)
            case ast.Continue():
                return self._change("continue is break", ast.Break, node)
            case ast.Break():
                return self._change("break is continue", ast.Continue, node)
            case ast.Raise():
                return self._change("nothing is raised", lambda: None, node)
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                called = ast.Name(id=CALLS[name], ctx=ast.Load())
                keywords = [] if name == "sorted" else node.keywords
                return self._change(
                    f"{name} is {CALLS[name]}",
                    lambda: _with(node, func=called, keywords=keywords),
                    node,
                )
        return node


def _is_text(node: object) -> bool:
    """Whether a statement is a docstring or the like."""
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.Lambda)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _with(node: ast.AST, **fields: object) -> ast.AST:
    for name, value in fields.items():
        setattr(node, name, value)
    return node


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One defect: the ``number``-th that its module can have; on import or ``in_function``."""

    path: Path
    number: int
    line: int
    what: str
    in_function: bool

    def __str__(self) -> str:
        source = self.path.read_text(encoding="utf-8").splitlines()[self.line - 1].strip()
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.what} | {source}"

    @property
    def module(self) -> str:
        """The name under which its module is imported."""
        return ".".join(self.path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")

    def code(self) -> CodeType:
        """Return its module with the defect."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        changed = ast.fix_missing_locations(Defects(self.number).visit(tree))
        return compile(changed, str(self.path), "exec")  # type: ignore[arg-type]


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every defect that a module can have."""
    defects = Defects()
    defects.visit(ast.parse(path.read_text(encoding="utf-8")))
    for number, (line, what, in_function) in enumerate(defects.found):
        yield Mutant(path=path, number=number, line=line, what=what, in_function=in_function)


class Importer(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module with its defect."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return this importer for its own module, and nothing for others."""
        del path, target
        if fullname != self.mutant.module:
            return None
        return importlib.util.spec_from_file_location(fullname, self.mutant.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module's code with its defect."""
        exec(self.mutant.code(), module.__dict__)  # noqa: S102


class Reach:
    """Which tests reach which line, and how many seconds of the processor each takes."""

    def __init__(self, folder: Path) -> None:
        self._data = coverage.CoverageData(str(folder / "coverage"))
        self._data.read()
        self._seconds: dict[str, float] = {}
        self._by_file: dict[str, set[str]] = {}
        lines = "".join(one.read_text(encoding="utf-8") for one in folder.glob(f"*{TIMES}"))
        for name, seconds in map(json.loads, lines.splitlines()):
            test = _without_parameters(name)
            self._seconds[test] = self._seconds.get(test, 0) + seconds
            self._by_file.setdefault(test.split("::", maxsplit=1)[0], set()).add(test)

    def tests(self, mutant: Mutant) -> list[list[str]]:
        """Return the tests to try a defect on, the likeliest first: its module's, its package's."""
        by_line = self._data.contexts_by_lineno(str(mutant.path))
        reached = {one for one in by_line.get(mutant.line, ()) if one and mutant.in_function}
        if not reached:
            # A line that runs on import is reached by whoever uses the module.
            reached = {one for some in by_line.values() for one in some}
        found = {test for one in reached if one for test in self._named(one)}
        package = mutant.path.relative_to(PACKAGE).parts[0]
        own = {one for one in found if mutant.path.stem in one.split("::")[0]}
        near = {one for one in found - own if one.startswith(f"tests/{package}/")}
        chosen = [self._quickest(some) for some in (own, near, found - own - near)]
        return [some for some in chosen if some]

    def _named(self, context: str) -> set[str]:
        """Return the tests that a line was reached by or for: a fixture may be a file's own."""
        test = _without_parameters(context)
        if context.endswith("|setup"):
            return {test} | self._by_file.get(test.split("::", maxsplit=1)[0], set())
        return {test}

    def _quickest(self, tests: set[str]) -> list[str]:
        chosen: list[str] = []
        seconds = 0.0
        for test in sorted(tests, key=lambda one: (self._seconds.get(one, 0), one)):
            seconds += self._seconds.get(test, 0)
            if chosen and seconds > SECONDS_OF_TESTS:
                break
            chosen.append(test)
        return chosen


def _without_parameters(test: str) -> str:
    return re.sub(r"\[.*", "", test.split("|", maxsplit=1)[0], flags=re.DOTALL)


def learn(folder: Path) -> Reach:
    """Run the tests once without any defect, and return what was learnt.

    Raises CalledProcessError when a test fails already.
    """
    learnt = folder / "learnt"
    if not learnt.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-n", "auto", "-p", Path(__file__).stem),
                *(*WHICH, *(f"--ignore=tests/{name}" for name in APART)),
                *("--cov", "--cov-context=test", "--cov-report=", "--cov-fail-under=0"),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "CI": "1",
                "COVERAGE_FILE": str(folder / "coverage"),
                "PYTHONPATH": str(Path(__file__).parent),
                NOTES: str(folder),
            },
            check=True,
        )
        learnt.touch()
    return Reach(folder)


NOTES: Final = "MUTANTS_NOTES"
"""Where the plugin notes what each test takes."""
TIMES: Final = "-times.jsonl"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Note how many seconds of the processor a test takes, with what it starts and waits for."""
    before = os.times()[:4]
    result = yield
    seconds = sum(os.times()[:4]) - sum(before)
    with (Path(os.environ[NOTES]) / f"{os.getpid()}{TIMES}").open("a", encoding="utf-8") as file:
        file.write(json.dumps([item.nodeid, round(seconds, 4)]) + "\n")
    return result


def pytest_runtest_setup() -> None:
    """Forget what earlier tests worked out, so that each test is seen to reach what it needs."""
    for name, module in list(sys.modules.items()):
        if name.startswith(PACKAGE.name):
            for value in vars(module).values():
                if isinstance(value, functools._lru_cache_wrapper):  # noqa: SLF001
                    value.cache_clear()


BROKEN: Final = 99
"""How a process ends in which the tests could not even begin."""


def is_noticed(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether a test fails, or never ends, with a defect; None for the code as it is.

    Raises RuntimeError when the tests could not be started.
    """
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        # Of its own time, not of the clock's: a busy machine notices nothing.
        signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_TESTS * 6)
        try:
            os._exit(_try(mutant, tests))
        finally:
            traceback.print_exc()
            os._exit(BROKEN)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    if os.waitstatus_to_exitcode(status) == BROKEN:
        raise RuntimeError(f"The tests could not be started with {mutant}.")
    return status != 0


def _try(mutant: Mutant | None, tests: Sequence[str]) -> int:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        if mutant is not None:
            sys.meta_path.insert(0, Importer(mutant))
        options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist", *WHICH]
        return int(pytest.main([*options, *tests]))


def main() -> int:
    """Try a sample of all defects; return 1 when too few of them are noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("places", nargs="*", default=PLACES, help="folders or files of the package")
    parser.add_argument("--sample", type=int, default=300, help="how many defects, 0 for all")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another sample")
    parser.add_argument("--again", action="store_true", help="learn again which tests reach what")
    options = parser.parse_args()

    os.environ["CI"] = "1"  # hypothesis draws the same examples every time
    folder = ROOT / "build" / "mutants"
    if options.again:
        (folder / "learnt").unlink(missing_ok=True)
    reach = learn(folder)
    for name in SLOW_TO_LOAD:
        importlib.import_module(name)

    some = [path for place in options.places for path in _modules(PACKAGE / place)]
    every = [mutant for path in some for mutant in mutants_of(path)]
    chosen = every
    if 0 < options.sample < len(every):
        chosen = random.Random(options.seed).sample(every, options.sample)  # noqa: S311
    survivors = []
    begun = time.monotonic()
    for number, mutant in enumerate(chosen, start=1):
        tests = reach.tests(mutant)
        if number == 1 and any(is_noticed(None, some) for some in tests):
            raise RuntimeError("The tests fail without any defect.")
        if not any(is_noticed(mutant, some) for some in tests):
            survivors.append(mutant)
            print(f"{mutant}{'' if tests else ' (no test gets there)'}", flush=True)
        if number % 25 == 0:
            minutes = (time.monotonic() - begun) / 60
            print(f"... {number} of {len(chosen)} after {minutes:.1f} minutes", flush=True)
    noticed = 100 * (len(chosen) - len(survivors)) / len(chosen)
    print(
        f"{len(chosen)} of {len(every)} defects tried with seed {options.seed}: "
        f"{noticed:.1f} % noticed, {len(survivors)} not; the goal is {GOAL} %."
    )
    return int(noticed < GOAL)


def _modules(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("*.py"))


if __name__ == "__main__":
    sys.exit(main())
