"""Corrected lines are suggested where the author can commit them with one press, and once."""

import pytest

from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.findings import Correction, Finding
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.pulls import LineComment
from mentorship_action.domain.validation import Validation
from mentorship_action.forge.memory import BOT
from mentorship_action.forge.memory.branches import CommitComment
from tests.applications import Scene, path, yaml

MISSPELT = {"mentor": "ganeshrm"}
SUGGESTED = "mentor: ganeshrn"


def on_lines(scene: Scene, number: int) -> list[LineComment]:
    return scene.bot.list_line_comments(number)


def test_a_corrected_line_is_suggested_on_its_line_beside_our_one_word() -> None:
    scene = Scene()
    number = scene.joins("ada", **MISSPELT)

    scene.run()

    (offered,) = on_lines(scene, number)
    assert (offered.path, offered.first, offered.last) == (path("ada"), 2, 2)
    assert f"```suggestion\n{SUGGESTED}\n```" in offered.body
    key = parse_marker(offered.body)
    assert key is not None
    assert (key.kind, key.mentee) == (Kind.APPLICATION, "ada")
    assert "ganeshrm" in offered.body.splitlines()[1]
    assert len(scene.bot_comments(number)) == 1
    assert SUGGESTED in scene.bot_comment(number)
    assert "One fix is ready there: click **Commit suggestion**" in scene.bot_comment(number)


def test_committing_all_suggestions_makes_the_record_sound() -> None:
    scene = Scene()
    number = scene.joins(
        "ada", mentor="ganeshrm", timezone="Europe/Madrit", focus=None, focuss="[linting]"
    )
    scene.run()
    assert len(on_lines(scene, number)) == 3

    scene.tick()
    scene.person("ada").take_suggestions(number)
    scene.run()

    assert scene.stage(number) == "needs-answer"


def test_two_faults_of_one_line_have_one_suggestion_that_names_both() -> None:
    scene = Scene()
    number = scene.joins("ada", chat="{netwrk: matrixx, handle: octocat}")

    scene.run()

    (offered,) = on_lines(scene, number)
    assert "`netwrk`" in offered.body
    assert "`chat.netwrk`" in offered.body or "matrixx" in offered.body
    assert "chat: {network: " in offered.body


def test_what_stands_already_is_not_suggested_again_and_what_is_new_is() -> None:
    scene = Scene()
    number = scene.joins("ada", **MISSPELT)
    scene.run()
    assert scene.run().plan.changes == ()

    scene.pushes(number, **MISSPELT, timezone="Europe/Madrit")
    scene.run()

    bodies = [one.body.split("```")[1].split("\n")[1] for one in on_lines(scene, number)]
    assert bodies == [SUGGESTED, "timezone: Europe/Madrid"]


def test_a_line_broken_again_has_its_suggestion_again() -> None:
    scene = Scene()
    number = scene.joins("ada", **MISSPELT)
    scene.run()
    scene.pushes(number, hours_per_week=1)
    scene.run()
    assert [one.outdated for one in on_lines(scene, number)] == [True]
    scene.pushes(number, **MISSPELT)
    scene.run()

    assert [one.outdated for one in on_lines(scene, number)].count(False) == 1


def test_a_strangers_comment_of_the_same_text_stands_for_none_of_ours() -> None:
    scene = Scene()
    number = scene.joins("ada", **MISSPELT)
    scene.run()
    (ours,) = scene.repository.branches.on_lines.pop(number)
    forged = CommitComment(
        commit=ours.commit,
        comment=LineComment(
            path=ours.comment.path,
            first=ours.comment.first,
            last=ours.comment.last,
            body=ours.comment.body,
            author=scene.repository.account("eve"),
        ),
    )
    scene.repository.branches.on_lines[number] = [forged]
    scene.pushes(number, **MISSPELT, hours_per_week=6)

    scene.run()

    authors = [one.author.login for one in on_lines(scene, number) if one.author]
    assert authors == ["eve", BOT]


def test_an_example_to_fill_in_is_never_suggested() -> None:
    scene = Scene()
    number = scene.joins("ada", timezone=None)

    scene.run()

    assert on_lines(scene, number) == []
    assert "timezone: " in scene.bot_comment(number)
    assert "suggestion" not in scene.bot_comment(number)


def test_in_a_changed_record_a_line_outside_the_change_is_left_alone() -> None:
    scene = Scene().has("ada")
    scene.repository.branches.put({path("ada"): yaml("ada", hours_per_week=1, status="activ")})
    number = scene.proposes(
        "ada",
        {path("ada"): yaml("ada", hours_per_week=1, timezone="Europe/Madrit", status="activ")},
    )

    scene.run()

    (offered,) = on_lines(scene, number)
    assert "timezone: Europe/Madrid" in offered.body
    assert "status: active" in scene.bot_comment(number)


@pytest.mark.parametrize("brk", ["\r", "\u2028", "\x85", "\x0c"])
def test_where_git_and_yaml_count_lines_differently_nothing_is_suggested(brk: str) -> None:
    scene = Scene()
    content = f"# note{brk}# more\n".encode() + yaml("ada", **MISSPELT)
    number = scene.proposes("ada", {path("ada"): content})

    scene.run()

    assert scene.stage(number) == "needs-fixes"
    assert on_lines(scene, number) == []


def test_with_windows_line_ends_the_suggestion_is_the_bare_line() -> None:
    scene = Scene()
    content = yaml("ada", **MISSPELT).replace(b"\n", b"\r\n")
    number = scene.proposes("ada", {path("ada"): content})

    scene.run()

    (offered,) = on_lines(scene, number)
    assert f"```suggestion\n{SUGGESTED}\n```" in offered.body


def test_two_corrections_of_one_line_are_not_offered_to_undo_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = Correction(first=2, last=2, text="mentor: ganeshrn")
    other = Correction(first=2, last=3, text="mentor: somebody\nstart: 2026-12-07")

    def validator(file: str, _content: bytes, **_: object) -> Validation:
        found = [
            Finding(code="unknown-mentor", file=file, line=2, message="One.", correction=text),
            Finding(code="unknown-value", file=file, line=2, message="Two.", correction=other),
        ]
        return Validation(record=None, findings=tuple(found))

    monkeypatch.setattr("tests.applications.validate_record", validator)
    scene = Scene()
    number = scene.joins("ada")

    scene.run()

    assert [(one.first, one.last) for one in on_lines(scene, number)] == [(2, 2)]


def test_a_forge_that_takes_no_suggestion_costs_nobody_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scene = Scene()
    number = scene.joins("ada", **MISSPELT)
    monkeypatch.setattr(
        "mentorship_action.forge.memory.lines.lines_in_diff", lambda *_texts: frozenset()
    )

    run = scene.run()

    assert run.report.exit_code == 0
    assert on_lines(scene, number) == []
    assert SUGGESTED in scene.bot_comment(number)
    assert scene.run().plan.changes == ()
