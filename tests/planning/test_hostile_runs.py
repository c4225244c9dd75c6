"""Whole runs over whatever strangers propose and say: nobody else notices anything of it.

`make soak` draws many more of them.
"""

import re
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.forge.memory.git import File
from tests.applications import Scene, path, yaml
from tests.builders import mentor, moment, program, summaries
from tests.drawing import draws

VALID = yaml("mallory").decode()
# Names that look like a mentee file, or like something else that means something to us.
NAMES = [
    *(path("mallory"), path("mallory"), path("octocat"), path("carol"), "mentees/Mallory.yml"),
    *("mentees/mallory.yaml", "mentees/mallory.yml ", "mentees/mallory.yml\n", "mentees/-.yml"),
    *("mentees/m\u0430llory.yml", "mentees/\u202eyl.yrollam", "mentees/a/b.yml", "MENTEES/x.yml"),
    *("mentees", "mentees/mallory.yml/x", ".github/mentorship.yml", "README.md", "jsonschema.py"),
    *("mentees/README.md", "mentees/..yml", "mentees/" + "a" * 300 + ".yml", "mentees/@org.yml"),
]
MODES = ["100644", "100644", "100644", "100755", "120000", "160000"]
TEXTS = [
    *("@org/team", "fixes #1", "![x](y)", "<img src=x>", "<!--", "-->", "```", "~~~", "|", "# x"),
    *(
        "::error::x",
        "##[error]",
        "\r",
        "\u200b",
        "\u202e",
        "\u2068tracker/octocat\u2069",
        "{{ 7 }}",
    ),
    *(
        "/accept",
        "/decline",
        "\n",
        " ",
        "- ",
        ": ",
        "[",
        "{",
        "&a",
        "*a",
        "!x ",
        "%YAML 1.1",
        "\x00",
    ),
    *(marker(Key(kind=Kind.APPLICATION, mentee="octocat")), "<!-- mentorship:end -->", "\ufeff"),
    *("<!-- mentorship:memory stage=ready head=x answers=ganeshrn:yes:aa:c1 -->", "status: x"),
    *("mentor: mallory", "mentor: ssbarnea", "github: octocat", "start: 2026-02-30", "9" * 20),
]
PIECES = st.sampled_from(TEXTS) | st.text(max_size=4)
SOUP = st.lists(PIECES, max_size=20).map("".join)


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """Return a file's bytes: a valid one with something put into it, or anything."""
    if draw(st.booleans()):
        return draw(SOUP.map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=99))
    place = draw(st.integers(0, len(VALID)))
    return (VALID[:place] + draw(SOUP) + VALID[place:]).encode("utf-8", "replace")


FILES = st.dictionaries(
    st.sampled_from(NAMES),
    st.none() | st.builds(File, contents(), st.sampled_from(MODES)),
    min_size=1,
    max_size=3,
)


@dataclass(frozen=True)
class Attempt:
    """What a stranger proposes, in which words, and what is said below it."""

    files: dict[str, File | None]
    title: str
    remarks: list[str]
    pushed: dict[str, File | None] | None


ATTEMPTS = st.builds(
    Attempt,
    files=FILES,
    title=SOUP,
    remarks=st.lists(SOUP, max_size=3),
    pushed=st.none() | FILES,
)


def attempt(scene: Scene, login: str, one: Attempt) -> int:
    number = scene.proposes(login, dict(one.files))
    for remark in one.remarks:
        if remark.strip():
            scene.says(login, number, remark)
    if one.pushed is not None:
        scene.run()
        scene.tick()
        scene.person(login).push(number, dict(one.pushed))
    return number


@given(attempts=st.lists(ATTEMPTS, min_size=1, max_size=3))
@draws(60)
def test_hostile_pull_requests_disturb_nobody(attempts: list[Attempt]) -> None:
    # Somebody's valid file may take a seat; there are more.
    mentors = tuple(mentor(login, capacity=9) for login in ("ssbarnea", "ganeshrn"))
    scene = Scene(program=program(mentors=mentors)).has("octocat", mentor="ssbarnea")
    numbers = [
        attempt(scene, f"mallory{'' if place == 0 else place}", one)
        for place, one in enumerate(attempts)
    ]
    good = scene.joins("bob")
    scene.now = moment("2026-12-07 09:00")

    done = scene.run()

    assert done.report.error is None
    assert [one for one in done.plan.notices if one.kind == "problem"] == []
    assert scene.stage(good) == "needs-answer"
    assert sum("kind=check-in" in one.body for one in scene.repository.issues.values()) == 1
    for number in numbers:
        said = scene.bot_comments(number)
        assert len(said) <= 1
        for one in said:
            assert scene.stage(number) != "ready"
            assert not re.search(r"(?<![\w`])@org/team", one.body)
            assert not re.search(
                r"(?<!\\)<img", re.sub(r"(`+).*?\1", "", one.body, flags=re.DOTALL)
            )
    assert summaries(scene.run()) == []
