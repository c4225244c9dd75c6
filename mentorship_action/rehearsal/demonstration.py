"""The demonstration: this repository's own program, played by invented people."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

from mentorship_action.domain.mentee_files import mentee_file
from mentorship_action.domain.program import Program
from mentorship_action.records.edit import edit
from mentorship_action.rehearsal.people import Persona
from mentorship_action.rehearsal.season import Scenario
from mentorship_action.rehearsal.simulation import Cue, Simulation
from mentorship_action.wording.render import Wording

DEMO = Path(__file__).parent / "demo"
"""The root of the demonstration's program: files like anybody's, and ``season.toml``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Somebody does something about a mentee file by themselves.

    With ``text`` they comment: on its open pull request, or ``on`` the tracker or newest check-in.
    Else they make ``changes`` to the file,
    values by key: by a pull request with ``title``, or by a push where one is open already.
    """

    login: str
    author: str
    at: datetime
    text: str = ""
    on: Literal["", "tracker", "check-in"] = ""
    title: str = ""
    changes: Mapping[str, Any] = field(default_factory=dict)


def demonstration(
    program: Program,
    wording: Wording,
    *,
    start: date | None = None,
    weeks: int | None = None,
) -> Scenario:
    """Return the season of our own program, with its two mentors and invented mentees."""
    script = tomllib.loads((DEMO / "season.toml").read_text(encoding="utf-8"))
    cast: dict[str, Persona] = {}
    cues: list[Cue] = []
    for login, about in script["people"].items():
        cues += _cues(login, about)
        habits: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in about.items()
        }
        cast[login] = Persona(**habits)
    return Scenario(
        program=program,
        wording=wording,
        start=start or script["start"],
        weeks=weeks or script["weeks"],
        cues=tuple(cues),
        persona_of=lambda login: cast.get(login, Persona()),
        members=frozenset(script["members"]),
    )


def _cues(login: str, about: dict[str, Any]) -> Iterator[Cue]:
    """Yield what somebody does; what remains in ``about`` are the fields of their persona."""
    about["drafts"] = [
        None if name == "suggested" else (DEMO / name).read_text(encoding="utf-8")
        for name in about["drafts"]
    ]
    whose = about.pop("whose", login)
    yield about.pop("joins"), partial(_join, login=login, whose=whose, text=about["drafts"][0])
    for one in about.pop("scenes", ()):
        scene = Scene(**{"login": login, "author": login, **one})
        yield scene.at, partial(_play_scene, scene=scene)


def _join(play: Simulation, *, login: str, whose: str, text: str) -> None:
    file = mentee_file(whose)
    play.propose(f"Join: {whose}", author=login, person=login, file=file, text=text)


def _play_scene(play: Simulation, *, scene: Scene) -> None:
    file, waiting = mentee_file(scene.login), play.open_pull(scene.login)
    if scene.on:
        play.comment(scene.author, play.newest_of(scene.login, scene.on), scene.text)
    elif scene.text and waiting:
        play.comment(scene.author, waiting.number, scene.text)
    elif merged := play.text_of(file):
        play.propose(
            scene.title,
            author=scene.author,
            person=scene.login,
            file=file,
            text=_changed(merged, scene),
        )
    elif waiting:
        play.push(waiting.number, _changed(waiting.pushes[-1].text, scene))


def _changed(text: str, scene: Scene) -> str:
    return edit(text.encode(), {(key,): one for key, one in scene.changes.items()}).decode()
