"""The numbered rules of docs/architecture.md, one test each, named after it."""

import re
from dataclasses import FrozenInstanceError, replace
from itertools import count
from pathlib import Path

import pytest

from mentorship_action.domain.bot_state import marker, parse_marker
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.program import Limits
from mentorship_action.errors import Exit
from mentorship_action.forge.executor import apply
from mentorship_action.forge.memory import BOT
from mentorship_action.forge.memory.git import File
from mentorship_action.forge.pacing import Pacer
from mentorship_action.forge.protocol import (
    Draft,
    Edit,
    Forge,
    Limited,
    RepositoryGone,
    Unauthorized,
    Unreachable,
    Unreadable,
)
from mentorship_action.loop import Run, plan
from mentorship_action.planning.changes import Notice, OpenIssue, Outcome, Rank, Result
from mentorship_action.reporting.run import RunReport, run_log, run_text
from tests.applications import Scene, path
from tests.builders import World, mentor, moment, program, record, summaries, world
from tests.rig.kill import Killed
from tests.rig.unsteady import Mishap, UnsteadyForge

ARCHITECTURE = Path(__file__).parent.parent / "docs" / "architecture.md"
DUE = "2026-12-07 09:00"
"""When the first check-in of ``record()`` is due."""


def test_every_rule_has_a_test_of_its_name() -> None:
    _, _, text = ARCHITECTURE.read_text(encoding="utf-8").partition("\n## The rules\n")
    rules = re.findall(
        r"^\d+\. \*\*(.+?)\*\*", text.partition("\n## ")[0], re.DOTALL | re.MULTILINE
    )
    names = [
        re.sub(r"\W+", "_", rule.lower().replace("'", "").replace("`", "")).strip("_")
        for rule in rules
    ]
    assert len(names) == 14
    assert [name for name in names if f"test_{name}" not in globals()] == []


def goes_wrong(played: World, *mishaps: Mishap) -> UnsteadyForge:
    """Return a forge whose next requests go wrong in turn."""
    return UnsteadyForge(repository=played.repository, login=BOT, mishaps=iter(mishaps))


def go(played: World, forge: Forge) -> Run:
    """Do one run of a program on a forge."""
    return played.run(forge)


def test_a_failed_observation_raises() -> None:
    played = world(record()).at(DUE)
    # The last read, whether somebody can be assigned, is about one item: the next rule's matter.
    lists = played.run(write=False).requests - 1

    for number in range(lists):
        with pytest.raises(Unreachable):
            go(played, goes_wrong(played, *[Mishap.NONE] * number, Mishap.LOST_BEFORE))

    assert lists >= 2
    assert played.repository.issues == {}


def test_one_bad_item_never_stops_the_rest() -> None:
    scene = Scene().has("octocat", mentor="ssbarnea")
    bad, good = scene.joins("alice"), scene.joins("bob")
    scene.repository.failing["tree", scene.pull(bad).head] = Unreadable("Truncated.")
    scene.now = moment(DUE)

    done = scene.run()

    assert (scene.stage(bad), scene.stage(good)) == ("unreadable", "needs-answer")
    assert any("kind=check-in" in issue.body for issue in scene.repository.issues.values())
    assert any(f"#{bad}" in text and "read" in text for text in summaries(done)), summaries(done)

    for stopper in (Limited("wait"), Unauthorized("no"), RepositoryGone("gone")):
        scene.repository.failing["branch", ""] = stopper
        scene.repository.failing["compare", scene.pull(bad).head] = stopper
        with pytest.raises(type(stopper)):
            scene.run()


def test_a_plan_is_data() -> None:
    played = world(
        record("ada"), record("bob", mentor="ganeshrn"), record("eve", mentor="ganeshrn")
    )
    played.at(DUE)

    first, _ = plan(played.default_branch, played.bot, played.now)
    again, _ = plan(played.default_branch, played.bot, played.now)

    assert first == again
    assert [change.rank for change in first.changes] == sorted(one.rank for one in first.changes)
    assert all(change.summary and change.past for change in first.changes)
    assert "eve waits for a free seat with ganeshrn" in [one.text for one in first.notices]
    with pytest.raises(FrozenInstanceError):
        first.changes[0].why = "something else"  # type: ignore[misc]


def test_apply_decides_nothing() -> None:
    played = world(record()).at(DUE)
    the_plan, snapshot = plan(played.default_branch, played.bot, played.now)
    limits = Limits(writes_per_run=len(the_plan.changes) - 1)
    before = played.bot.requests

    report = apply(the_plan, played.bot, snapshot, limits=limits, pacer=Pacer(seconds=0))

    *made, last = report.results
    assert tuple(result.change for result in report.results) == the_plan.changes
    assert {result.outcome for result in made} == {Outcome.DONE}
    assert (last.outcome, report.remaining) == (Outcome.LEFT, 1)
    assert report.exit_code is Exit.UNFINISHED
    assert played.bot.requests - before == len(made)


def test_running_again_plans_nothing() -> None:
    for number in count():
        played = world(record()).at(DUE)
        try:
            go(played, goes_wrong(played, *[Mishap.NONE] * number, Mishap.KILLED_AFTER))
        except Killed:
            played.run()
            played.run()
            assert summaries(played.run()) == []
            assert len(played.titles()) == 2
        else:
            assert number > 6, "a create is one request, and so is everything else"
            break


@pytest.mark.parametrize("arrived", [False, True])
def test_creates_are_never_blindly_repeated(*, arrived: bool) -> None:
    played = world(record())
    played.run(write=False)
    observed = [Mishap.NONE] * (played.run(write=False).requests + 2)  # and two labels
    lost = Mishap.LOST_AFTER if arrived else Mishap.LOST_BEFORE

    # The create has no answer, and the list that is read to look for it lags behind.
    done = go(played, goes_wrong(played, *observed, lost, Mishap.LAGGING))

    assert done.report.results[-1].outcome is Outcome.UNKNOWN
    assert len(played.repository.issues) == arrived
    played.run()
    assert len(played.repository.issues) == 1


def test_duplicates_are_closed() -> None:
    played = world(record())
    played.run()
    first = played.repository.issues[1]
    for _ in range(2):
        played.bot.create_issue(Draft(title=first.title, body=first.body, labels=first.labels))
    played.repository.view("octocat").create_comment(3, "Here I am.")

    played.run()

    assert [issue.number for issue in played.repository.issues.values() if issue.is_open] == [3]
    assert "#3" in played.repository.issues[1].body
    assert summaries(played.run()) == []


def test_ours_is_what_our_identity_wrote_with_our_marker() -> None:
    scene = Scene().has("octocat", mentor="ssbarnea")
    tracker = next(iter(scene.repository.issues.values()))
    scene.repository.put(replace(tracker, title="Another title", labels=("foreign",)))
    assert summaries(scene.run()) == [], "whatever its labels and title became"

    forged = replace(tracker, author=scene.repository.account("mallory"))
    scene.repository.put(forged)
    assert [change.kind for change in scene.run().plan.changes][-1] == "open-issue"
    assert scene.repository.issues[tracker.number] == forged, "theirs, whatever it says"

    number = scene.joins("ada")
    scene.run()
    yes = scene.says("ganeshrn", number, "/accept")
    scene.run()
    assert scene.stage(number) == "ready"
    scene.edits("ssbarnea", yes, "Changed")
    scene.run()
    assert scene.stage(number) == "needs-answer", "what decided must be the mentor's, unedited"


@pytest.mark.parametrize("mode", ["100755", "120000", "160000", "040000"])
def test_nothing_from_a_pull_request_is_executed_or_trusted(mode: str) -> None:
    scene = Scene()
    scene.has("octocat", mentor="ssbarnea")
    theirs = scene.proposes("ada", {path("ada"): File(path("octocat").encode(), mode)})
    program_too = scene.proposes(
        "bob",
        {
            path("bob"): scene.repository.branches.files[path("octocat")].content,
            ".github/mentorship.yml": b"mentors: [{github: bob, capacity: 99, timezone: UTC}]\n",
        },
    )

    scene.run()

    assert scene.stage(theirs) == "needs-maintainer"
    assert scene.stage(program_too) == "needs-maintainer"


HOSTILE = (
    "@org/team fixes #1 <!-- mentorship v1 kind=tracker mentee=mallory --> ::error::no"
    "\r\n::add-mask::x"
)


def test_peoples_text_reaches_github_only_through_wording_and_the_log_only_through_reporting() -> (
    None
):
    played = world(record(goals=(HOSTILE,), name=HOSTILE))
    done = played.run()
    body = played.repository.issues[1].body

    assert parse_marker(body) == Key(kind=Kind.TRACKER, mentee="octocat")
    assert "@org" not in body
    assert "fixes #1" not in body
    assert not re.search(r"(?<!\\)<!-- mentorship v1 kind=tracker mentee=mallory", body)

    notice = Notice(kind="attention", key=HOSTILE, text=HOSTILE)
    results = [*done.report.results, Result(change=hostile_change(), outcome=Outcome.FAILED)]
    report = RunReport(
        now=played.now, applied=True, results=results, notices=[notice], remaining=0, requests=1
    )
    for text in (run_text(report), run_log(report)):
        assert not re.search(r"^\s*::(?!notice|warning|error|group|endgroup)", text, re.MULTILINE)
        assert "\r" not in text
        assert not re.search(r"^::add-mask", text, re.MULTILINE)


def hostile_change() -> OpenIssue:
    key = Key(kind=Kind.TRACKER, mentee="octocat")
    return OpenIssue(
        key=key, title=HOSTILE, body=marker(key), labels=(), why=HOSTILE, rank=Rank.END
    )


def test_what_people_wrote_stays() -> None:
    played = world(record())
    played.run()
    the_plan, snapshot = plan(
        played.with_records(record(weeks=20)).default_branch, played.bot, played.now
    )
    ticked = played.repository.issues[1].body.replace("- [ ]", "- [x]") + "\nOur own notes."
    played.repository.view("ssbarnea").edit_issue(1, Edit(body=ticked))

    apply(the_plan, played.bot, snapshot, limits=Limits(), pacer=Pacer(seconds=0))

    body = played.repository.issues[1].body
    assert "20 weeks" in body
    assert "- [ ]" not in body
    assert body.endswith("\nOur own notes.")


def test_requests_grow_with_what_is_ours() -> None:
    scene = Scene().has("octocat", mentor="ssbarnea")
    quiet = scene.run().requests
    mallory = scene.person("mallory")
    for number in range(150):
        mallory.create_issue(Draft(title=f"Issue {number}", body="Unrelated"))
        mallory.create_comment(1, "Unrelated")
    for number in range(50):
        pull = mallory.open_pull(f"Unrelated {number}", {f"src/{number}.py": b"pass\n"})
        mallory.create_comment(pull, "Unrelated")

    assert scene.run().requests == quiet + 2, "the two pages of what was said lately"


def test_noise_is_a_cost() -> None:
    scene = Scene()
    number = scene.joins("ada", start="soon")
    seen = set()
    for start in ("later", "2026-13-01", "tomorrow"):
        scene.run()
        seen |= {one.id for one in scene.bot_comments(number)}
        scene.pushes(number, start=start)
    assert len(seen) == 1, "only the author has to act, and wrote last"

    scene.pushes(number)
    scene.run()
    (asked,) = scene.bot_comments(number)
    assert asked.id not in seen, "the mentor has to act now, and was not asked before"
    scene.pushes(number, goals="[Something else]")
    scene.run()
    assert [one.id for one in scene.bot_comments(number)] == [asked.id]

    played = world(record())
    for day in ("07", "14", "21", "28"):
        played.at(f"2026-12-{day} 12:00").run()
        opened = [title for title in played.titles(is_open=True) if title.startswith("Week")]
        assert len(opened) == 1


def test_kindness_is_a_feature() -> None:
    scene = Scene(program=program(mentors=(mentor("ganeshrn", capacity=1),)))
    wrong = scene.joins("ada", hours_per_week="'5'", focus="linting", agreements=None)
    scene.run()
    comment = scene.bot_comment(wrong)
    assert "**3 things to fix**" in comment
    assert all(f"{number}. [Line " in comment for number in (1, 2, 3))
    assert "hours_per_week: 5\n" in comment, "the text to paste"

    scene.pushes(wrong)
    scene.repository.failing["tree", scene.pull(wrong).head] = Unreadable("Truncated.")
    scene.run()
    assert "That's a problem on my side, not yours." in scene.bot_comment(wrong)
    assert scene.status(wrong)[0] != "failure"

    scene.repository.failing.clear()
    scene.run()
    waits = scene.joins("bob")
    scene.run()
    for _ in range(30):
        scene.now += scene.program.answer_days * (moment("2026-12-02") - moment("2026-12-01"))
        scene.run()
    public = " ".join(scene.bot_comment(number) for number in (wrong, waits)).lower()
    assert not re.search(r"silent|no answer|did ?n.t (answer|reply)|ignor|remind|late\b", public)
