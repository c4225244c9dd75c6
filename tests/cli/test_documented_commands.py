"""Every command of the pages is run, in the order in which a page tells of it."""

import io
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from mentorship_action.cli import main
from tests.applications import yaml
from tests.pages import ROOT, Block, Page, pages

CLONE: Final = "mentorship-action"
OURS: Final = "our-repository"
PROGRAM: Final = """\
version: 1
program: {name: Example}
mentors: [{github: ada, capacity: 2}, {github: grace, capacity: 2}, {github: ganeshrn, capacity: 2}]
coordinators: [grace]
teams: [{id: mercury, name: Mercury, size: 3, mentors: [{github: ada, role: lead}]}]
"""
# These answer by their exit code how things are; nobody has set the repository up to the end.
MAY_FIND: Final = {"doctor": {0, 1, 3}}
# A whole season is played where its own tests are.
SHORT: Final = {"rehearse": ["--weeks", "1"], "report": ["--now", "2026-12-07T09:00:00+00:00"]}
# What installs or runs us from the repository: the wheel's test installs it, and this runs it.
SOURCE: Final = "git+https://github.com/distronode/mentorship-action"
RUNNERS: Final = (["uvx", "--from", SOURCE], ["pipx", "run", "--spec", SOURCE])


def check(words: list[str], folder: Path) -> None:
    subprocess.run(words, cwd=folder, check=True, capture_output=True)


@dataclass
class Terminal:
    """Somebody who types a page's commands beside clones of our repository and of theirs."""

    folder: Path
    stands_for: Mapping[str, str]
    now: Path = field(init=False)

    def __post_init__(self) -> None:
        (self.folder / CLONE).mkdir()
        ours = self.folder / OURS
        for path, content in {
            ".github/mentorship.yml": PROGRAM.encode(),
            "mentees/octocat.yml": yaml("octocat"),
            "mentees/gerty.yml": yaml("gerty"),
        }.items():
            (ours / path).parent.mkdir(parents=True, exist_ok=True)
            (ours / path).write_bytes(content)
        self.now = ours
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "Ada")
        self.git("config", "user.email", "ada@example.org")
        self.git("remote", "add", "origin", "https://github.com/owner/program.git")
        self.git("init", "-q", "--bare", "../origin.git")
        self.git("remote", "set-url", "--push", "origin", "../origin.git")
        self.git("config", "push.autoSetupRemote", "true")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "Begin")

    def git(self, *words: str) -> None:
        check(["git", *words], self.now)

    def type(self, line: str, monkeypatch: pytest.MonkeyPatch) -> int:
        """Run one command; return its exit code."""
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n" * 20))  # Enter takes the usual answer
        for placeholder, value in self.stands_for.items():
            line = line.replace(placeholder, value)
        words = self._ours(shlex.split(re.sub(r"^\w+=\$\([^)]*\) ", "", line), comments=True))
        match words:
            case ["cd", name]:
                self.now = (self.now / name).resolve()
                assert self.now.is_dir(), "nobody has made that folder"
                monkeypatch.chdir(self.now)
            case ["git", *rest]:
                self.git(*rest)
            case ["make", *rest]:
                subprocess.run(
                    ["make", "--dry-run", *rest], cwd=ROOT, check=True, capture_output=True
                )
            case ["pip" | "pipx", "install", place] if place in (".", SOURCE):
                pass
            case ["mentorship", command, *rest]:
                code = main([command, *SHORT.get(command, []), *rest])
                return 0 if code in MAY_FIND.get(command, ()) else code
            case _:
                raise AssertionError(f"This test can't run {line!r}")
        return 0

    @staticmethod
    def _ours(words: list[str]) -> list[str]:
        for runner in RUNNERS:
            if words[: len(runner)] == runner:
                return words[len(runner) :]
        return words


@pytest.fixture
def terminal(
    tmp_path: Path, environ: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    for name, value in {**environ, "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    terminal = Terminal(tmp_path, {"OWNER/NAME": environ["GITHUB_REPOSITORY"], "DIR": "."})
    monkeypatch.chdir(terminal.now)
    return terminal


def to_run(page: Page) -> list[Block]:
    return [one for one in page.blocks() if not one.note.startswith("unchecked:")]


def commands(block: Block) -> Iterator[str]:
    """Yield a block's commands; below lines that begin with `$ ` stands what they print."""
    lines = block.text.replace("\\\n", " ").splitlines()
    prompted = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
    yield from prompted or (line for line in lines if line.strip() and line[0] != "#")


WITH_COMMANDS: Final = [
    page for page in pages() if any(one.language == "console" for one in to_run(page))
]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=str)
def test_every_command_of_a_page_works(
    page: Page,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    blocks = to_run(page)
    for block in blocks:
        if "." in block.note:
            (terminal.now / block.note).write_text(block.text, encoding="utf-8")
    for block in blocks:
        if block.language == "console":
            expected = int(block.note.removeprefix("exits ") or 0)
            codes = {line: terminal.type(line, monkeypatch) for line in commands(block)}
            assert codes == dict.fromkeys(codes, expected), str(block)
        elif block.language == "text":
            said = capfd.readouterr().out
            assert [line for line in block.text.splitlines() if line not in said] == []


def test_commands_within_sentences_are_there_with_their_options(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [one for page in pages() for one in re.findall(r"`mentorship (\w[^`]*)`", page.text)]
    assert found
    for command, *words in map(str.split, found):
        assert main([command, "--help"]) == 0
        said = capsys.readouterr().out
        options = [word.strip("[]") for word in words if word.strip("[").startswith("-")]
        assert [option for option in options if option not in said] == []


def test_the_readme_lists_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    _, _, said = capsys.readouterr().out.partition("Commands:")
    there = re.findall(r"^  (\w+)  +[A-Z]", said, re.MULTILINE)
    listed = re.findall(r"^\| `mentorship (\w+)", Page("README.md").text, re.MULTILINE)
    assert sorted(listed) == sorted(there)


def test_a_command_that_nobody_has_is_noticed(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert terminal.type("mentorship dance", monkeypatch) == 2
    with pytest.raises(AssertionError, match="can't run"):
        terminal.type("sudo rm -rf /", monkeypatch)
    with pytest.raises(subprocess.CalledProcessError):
        terminal.type("make dance", monkeypatch)
