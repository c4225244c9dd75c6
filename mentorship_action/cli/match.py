"""`mentorship match`: rank the mentors with a free seat for one record, and say why."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from mentorship_action.cli.options import shared_options
from mentorship_action.cli.settings import Settings, settings
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.capacity import Seats, allot
from mentorship_action.domain.findings import Finding, errors
from mentorship_action.domain.fit import fit, rank
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.errors import Exit, SettingsError, UsageError
from mentorship_action.records.check import check_record
from mentorship_action.records.files import read_content
from mentorship_action.records.history import arrivals
from mentorship_action.records.load import Loaded, load
from mentorship_action.records.read import RECORD_LIMITS
from mentorship_action.reporting import findings as reports
from mentorship_action.reporting import match as matches


@click.command(name="match")
@click.argument("record", type=click.Path(path_type=Path), metavar="RECORD")
@shared_options
@click.pass_obj
def command(environ: Mapping[str, str], /, *, record: Path, **options: Any) -> int:  # noqa: ANN401
    """Rank the mentors with a free seat for RECORD by shared hours and focus, and say why.

    RECORD may name any mentor, a full one, or none that exists. Exit codes: 0 ranked, 1 the record
    has another fault, 2 wrong usage, 3 the program's own file has one.
    """
    return match(record, settings(**options), environ)


def match(path: Path, told: Settings, environ: Mapping[str, str]) -> int:
    """Rank, print, and return the exit code."""
    now = told.moment()
    loaded = load(told.root, config=told.config, today=now)
    program = _program(loaded)
    given = path if path.exists() else told.root / path
    if not given.exists():
        raise UsageError(
            "There is no such file.",
            where="RECORD",
            fix="Paths are taken from the current folder, or else from --root.",
        )
    chosen = told.chosen_format(environ)
    record, findings = _read(given, program)
    if record is None:
        text = (
            reports.as_json(findings, files=1, seats=())
            if chosen == "json"
            else reports.as_text(findings, files=1, seats=(), color=told.wants_color(environ))
        )
        sys.stdout.write(text + "\n")
        return int(Exit.FINDINGS)
    others = [one for one in loaded.records if one.login != record.login]
    today = local_day(now, program.zone)
    seats = allot(program, others, on=today, arrivals=arrivals(told.root))
    result = _ranked(record, program, seats)
    text = matches.as_json(result) if chosen == "json" else matches.as_text(result)
    sys.stdout.write(text + "\n")
    return int(Exit.DONE)


def _ranked(record: Record, program: Program, seats: Mapping[str, Seats]) -> matches.Match:
    ranked = rank(record, program, seats)
    able = tuple(one for one in ranked if not one.away)
    taken = {one.mentor.login for one in able} | {record.login}
    rest = [fit(one, record, program, seats) for one in program.mentors if one.login not in taken]
    return matches.Match(record=record, able=able, unable=tuple(rest), seats=seats)


def _program(loaded: Loaded) -> Program:
    if loaded.program is not None:
        return loaded.program
    fault = errors(loaded.findings)[0]
    raise SettingsError(
        fault.message, where=f"{fault.file}:{fault.line}:{fault.column}", fix=fault.hint
    )


def _read(path: Path, program: Program) -> tuple[Record | None, list[Finding]]:
    """Return the record in a file, or what is wrong with it beside its mentor."""
    content = read_content(str(path), str(path), RECORD_LIMITS.size)
    if content.finding is not None and not content.data:
        return None, [content.finding]
    checked = check_record(path.name, content.data, program)
    others = [one for one in errors(checked.findings) if not _is_about_the_mentor(one)]
    if checked.record is not None or others:
        return checked.record, others
    # Only the mentor is at fault: any name does that is not the mentee's own.
    stand_in = next((one.handle for one in program.mentors if one.login != checked.login), None)
    if stand_in is None:
        return None, list(errors(checked.findings))
    again = check_record(path.name, _with_mentor(content.data, stand_in), program)
    return again.record, list(errors(again.findings))


def _is_about_the_mentor(one: Finding) -> bool:
    # Whom the record names as a mentor is the very question here; perhaps nobody yet.
    return one.path == "mentor" or (one.code == "missing-key" and "`mentor`" in one.message)


def _with_mentor(data: bytes, mentor: str) -> bytes:
    """Return a record's text with another mentor, whatever line named one before."""
    lines = data.split(b"\n")
    kept = [line for line in lines if not line.startswith((b"mentor:", b'"mentor"', b"'mentor'"))]
    while kept and kept[-1].strip() in (b"", b"..."):
        kept.pop()
    return b"\n".join([*kept, f"mentor: {mentor}".encode(), b""])
