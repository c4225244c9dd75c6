"""Whatever people say and files become, however runs meet: asked once, ended once, and still."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.program import Checkpoint
from mentorship_action.forge.executor import Report
from mentorship_action.forge.memory import BOT
from tests.applications import Scene, path, yaml
from tests.builders import moment, program, span, summaries
from tests.drawing import draws

TRACKER = 1
EVERY = (
    Checkpoint(name="First", week=1),
    Checkpoint(name="Mid-term", week="middle"),
    Checkpoint(name="Final", week="last"),
)
WORDS = ["/continue", "/extend 2", "/finish", "/advice", "/certificate", "Hello", "> /finish"]
SAYS = st.tuples(
    st.sampled_from(["octocat", "ganeshrn", "ssbarnea", "mallory"]), st.sampled_from(WORDS)
)
FILES = st.fixed_dictionaries(
    {
        "weeks": st.sampled_from([12, 13, 16]),
        "status": st.sampled_from([None, None, "paused", "completed", "withdrawn"]),
    }
)
WAITS = st.sampled_from([1, 5, 24, 3 * 24, 7 * 24, 30 * 24]).map(lambda n: timedelta(hours=n))
RUNS = st.sampled_from(["begins", "ends"])


class Drawn:
    """A mentorship that goes on as drawn; nobody is asked or told goodbye in a break."""

    def __init__(self) -> None:
        breaks = (span("2026-12-24", "2027-01-03", "Winter"),)
        made = program(checkpoints=EVERY, coordinators=("ssbarnea",), breaks=breaks)
        self.scene = Scene(program=made, now=moment("2026-12-07 09:00"))
        self.scene.has("octocat", weeks=12)
        self.begun: list[Callable[[], Report]] = []

    def does(self, step: object) -> None:
        scene = self.scene
        if isinstance(step, timedelta):
            scene.now += step
            scene.run()
        elif isinstance(step, tuple):
            scene.says(step[0], TRACKER, step[1])
        elif isinstance(step, dict):
            scene.repository.branches.put({path("octocat"): yaml("octocat", **step)})
        elif step == "begins":
            self.begun.append(scene.begins())
        elif self.begun:
            self.begun.pop(0)()

    def settle(self) -> None:
        for finish in self.begun:
            finish()
        for _ in range(4):
            if not summaries(self.scene.run()):
                return
        raise AssertionError(summaries(self.scene.run()))


@draws(60)
@given(st.lists(SAYS | FILES | WAITS | RUNS, max_size=14))
def test_each_checkpoint_is_asked_once_on_a_workday_and_each_end_is_said_once(
    steps: list[object],
) -> None:
    drawn = Drawn()
    for step in steps:
        drawn.does(step)
    drawn.settle()

    ours = [
        one for one in drawn.scene.repository.comments.get(TRACKER, ()) if one.author.login == BOT
    ]
    keys = [(parse_marker(one.body), one) for one in ours]
    counted = Counter(key for key, _ in keys)
    assert all(n == 1 for key, n in counted.items() if key and key.kind in ("checkpoint", "end"))
    for key, one in keys:
        if key and key.kind == "checkpoint":
            assert one.created.weekday() < 5
            assert not moment("2026-12-24 00:00") <= one.created < moment("2027-01-04 00:00")


def test_a_stranger_who_comes_back_after_weeks_is_not_answered_again() -> None:
    drawn = Drawn()
    for step in (("mallory", "/continue"), timedelta(hours=1), timedelta(days=20)):
        drawn.does(step)
    drawn.does(("mallory", "/continue"))
    drawn.settle()
    said = [one for one in drawn.scene.repository.comments[TRACKER] if "/continue" not in one.body]
    assert sum("@mallory" in one.body for one in said) == 1
