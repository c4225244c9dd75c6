"""Whole runs over whatever strangers propose and say: nobody else notices anything of it.

`make soak` draws many more of them.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.forge.memory import FileEdit
from mentorship_action.forge.memory.git import File
from tests.applications import Scene, path, yaml
from tests.builders import mentor, moment, program, summaries
from tests.drawing import draws

# Names that look like a mentee file, or like something else that means something to us.
NAMES = [
    *(path("octocat"), path("carol"), "mentees/Mallory.yml", "MENTEES/x.yml", "mentees/-.yml"),
    *("mentees/mallory.yaml", "mentees/mallory.yml ", "mentees/mallory.yml\n", "mentees/@org.yml"),
    *("mentees/m\u0430llory.yml", "mentees/\u202eyl.yrollam", "mentees/a/b.yml", "mentees/..yml"),
    *("mentees", "mentees/mallory.yml/x", ".github/mentorship.yml", "README.md", "jsonschema.py"),
    *("mentees/README.md", "mentees/" + "a" * 300 + ".yml"),
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
def contents(draw: st.DrawFn, login: str) -> bytes:
    """Return a file's bytes: a valid one that says odd things, a broken one, or anything."""
    text = draw(SOUP)
    match draw(st.sampled_from(["says", "says", "inserted", "inserted", "text", "bytes"])):
        case "says":
            return yaml(login, goals=f"[{json.dumps(text)}]", name=json.dumps(text[:60]))
        case "inserted":
            valid = yaml(login).decode()
            place = draw(st.integers(0, len(valid)))
            return (valid[:place] + text + valid[place:]).encode("utf-8", "replace")
        case "text":
            return text.encode("utf-8", "replace")
        case _:
            return draw(st.binary(max_size=99))


@st.composite
def changes(draw: st.DrawFn, login: str) -> Mapping[str, FileEdit]:
    """Return what somebody proposes: mostly their own file, and sometimes something else."""
    made = st.builds(File, contents(login), st.sampled_from(MODES))
    own = {path(login): draw(made)}
    if draw(st.integers(0, 2)):
        return own
    others = st.dictionaries(st.sampled_from(NAMES), st.none() | made, min_size=1, max_size=2)
    return draw(others) | draw(st.sampled_from([own, {}]))


@dataclass(frozen=True)
class Attempt:
    """What somebody proposes, what is said below it by whom, and what is pushed later."""

    login: str
    files: Mapping[str, FileEdit]
    title: str
    remarks: list[tuple[str, str]]
    pushed: Mapping[str, FileEdit] | None

    def play(self, scene: Scene) -> int:
        """Open the pull request and return its number."""
        number = scene.person(self.login).open_pull(self.title or "-", self.files)
        if self.pushed is not None:
            scene.run()
            scene.tick()
            scene.person(self.login).push(number, self.pushed)
        for who, remark in self.remarks:
            scene.says(who, number, remark)
        return number


@st.composite
def attempts(draw: st.DrawFn) -> list[Attempt]:
    """Return what a few strangers do; nobody's mentor says yes."""
    speakers = st.sampled_from(["mallory", "trudy", "eve", "ganeshrn"])
    remarks = SOUP.filter(str.strip).map(lambda text: text.replace("/accept", "/acceptable"))
    return [
        Attempt(
            login=login,
            files=draw(changes(login)),
            title=draw(SOUP),
            remarks=draw(st.lists(st.tuples(speakers, remarks), max_size=3)),
            pushed=draw(st.none() | changes(login)),
        )
        for login in draw(st.sampled_from([["mallory"], ["mallory", "trudy"]]))
    ]


def outside_code(body: str) -> str:
    """Return a comment without its blocks and pieces of code, in which nothing has an effect."""
    blocks = re.sub(r"^( *)(`{3,}).*?^\1\2$", "", body, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", blocks, flags=re.DOTALL)


@given(some=attempts())
@draws(30)
def test_hostile_pull_requests_disturb_nobody(some: list[Attempt]) -> None:
    # Somebody's valid file may take a seat; there are more.
    mentors = tuple(mentor(login, capacity=9) for login in ("ssbarnea", "ganeshrn"))
    scene = Scene(program=program(mentors=mentors)).has("octocat", mentor="ssbarnea")
    numbers = [one.play(scene) for one in some]
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
        for comment in said:
            assert scene.stage(number) not in ("ready", "unreadable")
            assert "@org/team" not in outside_code(comment.body)
            assert not re.search(r"(?<!\\)<img", outside_code(comment.body))
    assert summaries(scene.run()) == []
