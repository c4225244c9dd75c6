"""Every comment on an application renders to the intended HTML, whatever people wrote."""

import re
from typing import Any

import pytest

from mentorship_action.domain.application import Stage
from mentorship_action.domain.findings import Correction, Finding
from mentorship_action.wording.markdown import sentence
from mentorship_action.wording.views import JoinedTeam, SuggestedChange, SuggestedChanges
from tests.builders import WORDING, meeting
from tests.wording.states import application, merged
from tests.wording.test_markdown import WORST, html

STAGES = [stage for stage in Stage if stage is not Stage.JOINED]
ALLOWED = {"p", "strong", "code", "ul", "ol", "li", "a", "sub", "pre"}


def said(stage: Stage = Stage.NEEDS_ANSWER, **changes: Any) -> str:
    return WORDING.render(application(stage, **changes))


def tags(text: str) -> list[str]:
    return re.findall(r"<([a-z0-9]+)", html(text))


def finding(text: str, **changes: object) -> Finding:
    values: dict[str, object] = {"code": "x", "file": "mentees/alice.yml", "message": text}
    return Finding(**{**values, "hint": text, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", WORST)
def test_findings_are_one_list_with_one_link_each(text: str) -> None:
    shown = said(Stage.NEEDS_FIXES, findings=(finding(text), finding("Plain.")))
    found = tags(shown)
    assert set(found) <= ALLOWED
    assert (found.count("ol"), found.count("li"), found.count("a")) == (1, 2, 2)
    assert "<!--" not in html(shown)


@pytest.mark.parametrize("text", WORST)
def test_a_fix_is_one_block_of_code(text: str) -> None:
    fix = finding("Plain.", correction=Correction(first=1, last=1, text=f"goals: {text}\n```\n# x"))
    found = tags(said(Stage.NEEDS_FIXES, findings=(fix, fix)))
    assert found.count("pre") == 2
    assert set(found) <= ALLOWED


@pytest.mark.parametrize("text", WORST)
def test_a_suggestion_is_one_line_and_one_block(text: str) -> None:
    findings = (finding(text), finding("Plain."))
    shown = WORDING.render(SuggestedChange(findings=findings, text=f"goals: {text}"))
    (block,) = re.findall(r'<pre lang="([^"]+)">', html(shown)) or re.findall(
        r'<code class="language-([^"]+)">', html(shown)
    )
    assert block == "suggestion"
    found = tags(shown)
    assert found.count("pre") == 1
    assert set(found) <= {"p", "code", "pre"}


@pytest.mark.parametrize("count", [1, 2, 20])
def test_the_review_with_suggestions_says_how_to_commit_them(count: int) -> None:
    text = WORDING.render(SuggestedChanges(count=count))
    assert set(tags(text)) == {"p", "strong"}
    assert "**Commit suggestion" in text
    assert (str(count) in text) is (count > 1)


@pytest.mark.parametrize(("count", "says"), [(1, "One fix is ready"), (2, "2 fixes are ready")])
def test_the_comment_on_a_file_with_errors_points_to_suggestions(count: int, says: str) -> None:
    text = said(Stage.NEEDS_FIXES, findings=(finding("Plain."),), suggested=count)
    assert says in text
    assert "ready there" not in said(Stage.NEEDS_FIXES, findings=(finding("Plain."),))


def test_what_a_finding_quotes_is_code_and_the_rest_is_escaped() -> None:
    assert sentence("`mentor` is @org.") == "`mentor` is @\u200borg."
    assert sentence("one ` alone") == "one \\` alone"


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("author", ["alice", ""])
@pytest.mark.parametrize("is_change", [False, True])
def test_every_comment_says_what_happens_next_and_how_to_unsubscribe(
    stage: Stage, author: str, *, is_change: bool
) -> None:
    text = said(stage, author=author, is_change=is_change, findings=(finding("Plain."),))
    assert set(tags(text)) <= ALLOWED
    assert "**What happens next:**" in text
    assert html(text).count("<p><strong>What happens next:</strong>") == 1
    assert not re.search(r"\n{4,}|, !|None| ,|you, you", text)
    assert text.strip().endswith("<sub>Too many notifications? Unsubscribe in the sidebar.</sub>")


@pytest.mark.parametrize("stage", [Stage.NEEDS_ANSWER, Stage.READY])
def test_who_joins_a_team_is_added_to_its_tracker(stage: Stage) -> None:
    blue = JoinedTeam(name="Blue", size=3, taken=1, is_full=False)
    assert "add you to the team's tracker" in said(stage, team=blue)
    assert "open your tracker" in said(stage)


@pytest.mark.parametrize("seated", [True, False])
@pytest.mark.parametrize("joins", [True, False])
@pytest.mark.parametrize("meets", [True, False])
def test_the_comment_after_the_merge_has_one_list_at_most(
    *, seated: bool, joins: bool, meets: bool
) -> None:
    place = merged(joins=joins, seated=seated, meeting=meeting() if meets else None)
    text = WORDING.render(place)
    found = tags(text)
    assert found.count("ul") == (1 if seated and joins else 0)
    assert found.count("li") == (3 if seated and joins else 0)
