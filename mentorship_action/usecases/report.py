"""What a program shows of itself, and the site that is written of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.mentorship import mentorships
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Snapshot, Wants
from mentorship_action.errors import UsageError
from mentorship_action.forge.observe import Checkout, Observer
from mentorship_action.forge.protocol import Forge
from mentorship_action.planning.requests import DASHBOARD_KEY
from mentorship_action.planning.seats import kept_answers, unconfirmed_of
from mentorship_action.planning.skips import kept_skips
from mentorship_action.publish.report import (
    GITHUB,
    Observations,
    Place,
    ProgramReport,
    build_report,
)
from mentorship_action.publish.site import site_files
from mentorship_action.records.history import mentors_changed, revisions
from mentorship_action.records.load import load
from mentorship_action.records.program import program_path, shown_file
from mentorship_action.records.remote import find_default_branch, find_remote
from mentorship_action.records.schema import load_schema
from mentorship_action.records.source import read_source
from mentorship_action.usecases.connect import connect
from mentorship_action.usecases.program import valid_program
from mentorship_action.wording.certificate import CERTIFICATES, certificate_file, last_in

_MOST_BYTES: Final = 64 * 1024


def report(
    root: Path,
    *,
    config: Path | None = None,
    now: datetime,
    environ: Mapping[str, str],
    offline: bool,
) -> ProgramReport:
    """Return what the program shows of itself; unless ``offline``, with links to GitHub's issues.

    Raises:
        UsageError: the environment names no repository or no token, and GitHub is asked.
        SettingsError: the program has an error.
        ForgeError: GitHub could not be observed.
    """
    loaded = load(root, config=config, today=now)
    program = valid_program(loaded)
    place = _place(root, environ)
    snapshot = None if offline else _observed(connect(environ), program, loaded.records)
    file = shown_file(root, program_path(root, config))
    known = Observations(
        program_file=file,
        arrivals=loaded.arrivals,
        revisions=revisions(root, file),
        trackers={name: one.number for name, one in snapshot.trackers.items()} if snapshot else {},
        check_ins=_open_check_ins(snapshot) if snapshot else {},
        skipped=_skipped(snapshot) if snapshot else {},
        certificates=dict(_certificates(root, loaded.records)),
        unconfirmed=_unconfirmed(snapshot, program, now, partial(mentors_changed, root, file))
        if snapshot
        else frozenset(),
    )
    return build_report(program, loaded.records, known, place=place, now=now)


def report_site(found: ProgramReport) -> dict[str, str]:
    """Return the files of the program's site by their paths below its root."""
    return site_files(found, load_schema("mentee"))


def write_site(files: Mapping[str, str], out: Path) -> None:
    """Write a site's files below ``out``; what is of people who aren't shown any more is deleted.

    Raises:
        UsageError: they can't be written there.
    """
    try:
        for name, text in files.items():
            path = out / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        for old in (*(out / "calendar").rglob("*.ics"), *(out / CERTIFICATES).rglob("*.html")):
            if old.relative_to(out).as_posix() not in files:
                old.unlink()
    except OSError as error:
        raise UsageError(
            f"The site can't be written here: {error.strerror}.",
            where=str(out),
            fix="Name another folder with --out.",
        ) from error


def _certificates(root: Path, records: Iterable[Record]) -> Iterator[tuple[str, date]]:
    """Yield the last day of each graduate's certificate in the checkout, by the file's id.

    The picture itself is drawn again: people could have written anything into that file.
    """
    for record in records:
        file = certificate_file(record.id)
        if record.status is Status.COMPLETED and (root / file).exists():
            source = read_source(root / file, _MOST_BYTES, file)
            last = last_in(source.data.decode("utf-8", "replace"))
            if last is not None:
                yield record.id, last


def _place(root: Path, environ: Mapping[str, str]) -> Place:
    """Return where the program lives: as the environment tells it, else as the checkout does."""
    remote = find_remote(root)
    server, repository = (
        (remote.server, f"{remote.owner}/{remote.name}") if remote else (GITHUB, "")
    )
    given = environ.get("GITHUB_REPOSITORY", "")
    return Place(
        server=environ.get("GITHUB_SERVER_URL") or (GITHUB if given else server),
        repository=given or repository,
        branch=find_default_branch(root),
    )


def _observed(forge: Forge, program: Program, records: Iterable[Record]) -> Snapshot:
    """Return our issues: all open ones, and the trackers of those who are under way or done."""
    observer = Observer(
        forge=forge,
        checkout=Checkout(
            labels=program.labels,
            stages=frozenset(),
            former=frozenset(program.identities),
            trusted=frozenset((*program.coordinators, *program.mentors_by_login)),
        ),
    )
    wanted = (one for one in records if one.status in (Status.ACTIVE, Status.COMPLETED))
    trackers = frozenset(one.key(Kind.TRACKER) for one in mentorships(wanted, program))
    return observer.answer(observer.begin(), Wants(labelled=trackers))


def _open_check_ins(snapshot: Snapshot) -> dict[str, int]:
    """Return the number of each mentorship's newest open check-in, by the mentorship's id."""
    check_ins = (
        (key.mentorship, issue.number)
        for key, issue in snapshot.survivors.items()
        if key.kind == Kind.CHECK_IN and issue.is_open
    )
    return dict(sorted(check_ins, key=lambda item: item[1]))


def _unconfirmed(
    snapshot: Snapshot,
    program: Program,
    now: datetime,
    mentors_changed: Callable[[], Mapping[str, date]],
) -> frozenset[str]:
    """Return the mentors whose seats the dashboard doesn't offer."""
    answers = kept_answers(snapshot.survivor(DASHBOARD_KEY))
    return unconfirmed_of(answers, program, local_day(now, program.zone), mentors_changed)


def _skipped(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    """Return the weeks whose meetings people skip, by the mentorship's id."""
    return {name: frozenset(kept_skips(issue)) for name, issue in snapshot.trackers.items()}
