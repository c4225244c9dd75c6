"""Shells complete commands, options, and the codes of findings."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

START = f"{Path(sys.executable).parent}{os.sep}mentorship"


def asked(shell: str, words: str, word: str) -> list[str]:
    """Return what the program gives to a shell for a word that somebody has begun."""
    place = str(len(words.split()))
    typed = {"COMP_WORDS": f"{words} {word}", "COMP_CWORD": word if shell == "fish" else place}
    done = subprocess.run(
        [START],
        env={**os.environ, "_MENTORSHIP_COMPLETE": f"{shell}_complete", **typed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("shell", "answer"),
    [("bash", "plain,doctor"), ("zsh", "plain\ndoctor\nSay"), ("fish", "plain,doctor\tSay")],
)
def test_a_command_is_completed_with_what_it_does_where_the_shell_shows_that(
    shell: str, answer: str
) -> None:
    assert "\n".join(asked(shell, "mentorship", "doc")).startswith(answer)


@pytest.mark.parametrize(
    ("words", "word", "answer"),
    [
        ("mentorship doctor", "--re", "plain,--repo"),
        ("mentorship explain", "yaml-al", "plain,yaml-alias"),
    ],
)
def test_options_and_codes_are_completed(words: str, word: str, answer: str) -> None:
    assert asked("bash", words, word) == [answer]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_asks_the_program(shell: str) -> None:
    done = subprocess.run(
        [START],
        env={**os.environ, "_MENTORSHIP_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"_MENTORSHIP_COMPLETE={shell}_complete" in done.stdout


def test_bash_completes_with_it() -> None:
    bash = shutil.which("bash")
    assert bash is not None
    script = (
        'eval "$(_MENTORSHIP_COMPLETE=bash_source mentorship)"; '
        "COMP_WORDS=(mentorship reh); COMP_CWORD=1; "
        '_mentorship_completion mentorship; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    path = f"{Path(START).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [bash, "--norc", "-c", script],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "rehearse\n"
