"""What stands in a program's way: for a terminal and for machines."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from mentorship_action.domain.obstacles import Obstacle, Weight
from mentorship_action.domain.text import counted
from mentorship_action.reporting.escaping import log_json, log_line

_RED, _GREEN, _YELLOW, _DIM, _PLAIN = "\033[31m", "\033[32m", "\033[33m", "\033[2m", "\033[0m"
_TONES = {Weight.ERROR: _RED, Weight.WARNING: _YELLOW}


@dataclass(frozen=True, kw_only=True, slots=True)
class Examination:
    """All that was found; ``unchecked`` is what the token was not allowed to see."""

    obstacles: tuple[Obstacle, ...]
    asked_github: bool
    unchecked: tuple[str, ...] = ()

    @property
    def errors(self) -> list[Obstacle]:
        """Those that keep the program from doing its work."""
        return [one for one in self.obstacles if one.weight is Weight.ERROR]


def examination_json(examination: Examination) -> str:
    """Return the one object that `--format json` prints; see schemas/doctor.schema.json."""
    shown = {
        "version": 1,
        "ok": not examination.errors,
        "asked_github": examination.asked_github,
        "unchecked": list(examination.unchecked),
        "obstacles": [asdict(one) for one in examination.obstacles],
    }
    return log_json(json.dumps(shown, indent=2))


def examination_text(examination: Examination, *, color: bool = False, quiet: bool = False) -> str:
    """Return what was found, errors first; the last line says whether one is good to go.

    ``quiet`` leaves out why each matters.
    """

    def paint(tone: str, text: str) -> str:
        return f"{tone}{text}{_PLAIN}" if color else text

    lines: list[str] = []
    for one in sorted(examination.obstacles, key=lambda one: one.weight is not Weight.ERROR):
        head = paint(_TONES[one.weight], one.weight.value)
        lines.append(f"{head}: {log_line(one.what)} {paint(_DIM, f'[{one.code}]')}")
        if not quiet:
            lines.append(f"    Why it matters: {log_line(one.why)}")
        lines.append(f"    {log_line(one.fix)}")
    if lines:
        lines.append("")
    lines += [paint(_DIM, line) for line in _unseen(examination)]
    tone = _RED if examination.errors else _YELLOW if examination.obstacles else _GREEN
    lines.append(paint(tone, _verdict(examination)))
    return "\n".join(lines)


def _unseen(examination: Examination) -> Iterator[str]:
    if not examination.asked_github:
        yield (
            "Only files were looked at. With a token and a git remote (or --repo), settings, "
            "runs and accounts are looked at, too: GITHUB_TOKEN=$(gh auth token) mentorship doctor"
        )
    elif examination.unchecked:
        yield f"This token may not see: {log_line(', '.join(examination.unchecked))}."


def _verdict(examination: Examination) -> str:
    errors, warnings = len(examination.errors), len(examination.obstacles)
    warnings -= errors
    if errors:
        return f"Not yet good to go: {counted(errors, 'error')}, {counted(warnings, 'warning')}."
    if warnings:
        return f"Good to go, with {counted(warnings, 'warning')}."
    return "Good to go."
