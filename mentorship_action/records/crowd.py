"""Thousands of records, read by as many processes as there are processors."""

import marshal
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from mentorship_action.records.check import CheckedRecord

_MOST_PROCESSES: Final = 4

Check = Callable[[str], CheckedRecord]
# A sound file's data and bytes; None for any other, which is then read again over here.
Report = tuple[Any, bytes] | None


class _Helper(NamedTuple):
    """Another process, and the end of the pipe from which its reports come."""

    pid: int
    pipe: int
    names: Sequence[str]


def check_all(
    names: Sequence[str], check: Check, revive: Callable[[str, Any, bytes], CheckedRecord]
) -> list[CheckedRecord]:
    """Return what ``check`` says of each name, in order.

    ``revive`` makes the same of a sound file's data and bytes. What a helper doesn't answer,
    because it failed or the file has faults, is checked here.
    """
    helpers = [_start(part, check) for part in _parts(names)[1:]]
    answers = [check(name) for name in names[: len(names) - sum(len(one.names) for one in helpers)]]
    for helper in helpers:
        for name, report in zip(helper.names, _reports(helper), strict=True):
            answers.append(check(name) if report is None else revive(name, *report))
    return answers


def _parts(names: Sequence[str]) -> list[Sequence[str]]:
    """Cut the names into one run for each process."""
    count = 1
    if hasattr(os, "fork") and threading.active_count() == 1:
        count = min(_processors(), _MOST_PROCESSES)
    size = -(-len(names) // count) or 1
    return [names[start : start + size] for start in range(0, len(names), size)] or [names]


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _start(names: Sequence[str], check: Check) -> _Helper:
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        # Whatever happens, this copy of us ends here: its buffers and handlers aren't its own.
        code = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(marshal.dumps([_report(check(name)) for name in names]))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    return _Helper(pid=pid, pipe=reading, names=names)


def _report(checked: CheckedRecord) -> Report:
    if checked.findings or not checked.is_valid:
        return None
    return checked.places.data, checked.places.source


def _reports(helper: _Helper) -> list[Report]:
    with os.fdopen(helper.pipe, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(helper.pid, 0)
    if status != 0:
        return [None] * len(helper.names)
    # Written by ourselves a moment ago; nobody else can write to that pipe.
    reports: list[Report] = marshal.loads(answer)  # noqa: S302
    return reports
