"""Look for what would keep a program from working: in its files, and on GitHub with a token."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.obstacles import Obstacle, error, warning
from mentorship_action.errors import Exit
from mentorship_action.forge.protocol import ForgeError
from mentorship_action.records.load import load
from mentorship_action.records.remote import Remote, find_remote, known_default_branch
from mentorship_action.records.workflows import read_workflows
from mentorship_action.reporting.doctor import Examination
from mentorship_action.usecases.connect import connect, connect_settings
from mentorship_action.usecases.doctor.files import file_obstacles, program_missing
from mentorship_action.usecases.doctor.settings import Online
from mentorship_action.usecases.doctor.workflows import branch_obstacles, workflow_obstacles

_GITHUB = "https://github.com"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """The repository on GitHub, and what we ask it with; ``token`` may be empty."""

    environ: Mapping[str, str]
    url: str
    token: str


def examine(
    root: Path,
    *,
    config: Path | None = None,
    now: datetime,
    environ: Mapping[str, str],
    on_ask: Callable[[str], None],
) -> Examination:
    """Return everything that stands in the program's way.

    With a token and a repository GitHub is asked, too; it is only ever read. ``on_ask`` gets what
    it is asked about next.

    Raises:
        UsageError: there is no such folder.
    """
    loaded = load(root, config=config, today=now)
    workflows = read_workflows(root)
    place = _place(environ, find_remote(root))
    if loaded.program is None:
        return Examination(obstacles=tuple(program_missing(loaded)), asked_github=False)
    program = loaded.program
    found = list(file_obstacles(root, loaded, program, local_day(now, program.zone)))
    found += workflow_obstacles(workflows, program)
    if not (place.token and place.url):
        if branch := known_default_branch(root):
            found += branch_obstacles(workflows, branch)
        return Examination(obstacles=tuple(found), asked_github=False)
    online = Online(
        settings=connect_settings(place.environ),
        forge=connect(place.environ),
        program=program,
        workflows=workflows,
        url=place.url,
        token=place.token,
        now=now,
        on_ask=on_ask,
    )
    found += _seen(online)
    return Examination(obstacles=tuple(found), asked_github=True, unchecked=tuple(online.unchecked))


def exit_code(examination: Examination) -> Exit:
    """Return 3 where an error is found, 1 where a warning is, else 0."""
    if examination.errors:
        return Exit.SETTINGS
    return Exit.FINDINGS if examination.obstacles else Exit.DONE


def _seen(online: Online) -> Iterator[Obstacle]:
    """Yield what is seen on GitHub; where it can't be asked, that is what stands in the way."""
    try:
        yield from online.obstacles()
    except ForgeError as problem:
        tell = error if problem.exit_code == Exit.SETTINGS else warning
        yield tell(
            "no-answer",
            problem.what,
            "What is wrong on GitHub can't be seen.",
            problem.fix or "Try again later.",
        )


def _place(environ: Mapping[str, str], remote: Remote | None) -> _Place:
    """Return the repository that the environment names, else that of the git remote."""
    server = environ.get("GITHUB_SERVER_URL") or (remote.server if remote else _GITHUB)
    name = environ.get("GITHUB_REPOSITORY") or (f"{remote.owner}/{remote.name}" if remote else "")
    token = environ.get("GITHUB_TOKEN") or environ.get("GH_TOKEN") or ""
    api = environ.get("GITHUB_API_URL") or ("" if server == _GITHUB else f"{server}/api/v3")
    described = {"GITHUB_REPOSITORY": name, "GITHUB_TOKEN": token, "GITHUB_API_URL": api}
    return _Place(environ=described, url=f"{server}/{name}" if name else "", token=token)
