"""Whatever mentors say on the dashboard, however runs meet: asked once a quarter, and still."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.bot_state import find_memory, parse_marker
from mentorship_action.domain.calendar import local_day
from mentorship_action.forge.executor import Report
from mentorship_action.planning.registry import POLICIES
from mentorship_action.planning.seats import QUARTER
from tests.applications import Scene
from tests.builders import mentor, moment, program, span, summaries
from tests.drawing import draws
from tests.planning.test_dashboard import dashboard

ZONES = {"ada": "Asia/Kolkata", "grace": "America/Los_Angeles", "linus": "Europe/London"}
BREAK = span("2027-03-08", "2027-03-12", "Spring")
WORDS = ["/yes", "/seats 1", "/seats 9", "Hello", "/yes @ada", "/help", "/away", "> /yes"]
SAYS = st.tuples(st.sampled_from([*ZONES, "rosa", "mallory"]), st.sampled_from(WORDS))
AN_HOUR = timedelta(hours=1)
WAITS = st.sampled_from([1, 10, 24, 4 * 24, 30 * 24]).map(lambda n: timedelta(hours=n))
RUNS = st.sampled_from(["begins", "ends"])


class Year:
    """A program from the day on which a quarter has passed; its pair goes on for a year."""

    def __init__(self) -> None:
        people = tuple(mentor(login, zone=zone) for login, zone in ZONES.items())
        made = program(coordinators=("rosa",), mentors=people, breaks=(BREAK,))
        self.scene = Scene(program=made, policies=POLICIES, now=moment("2026-12-01 09:00"))
        self.scene.has("octocat", mentor="ada", start="2026-12-07", weeks=100)
        self.scene.now = moment("2027-03-02 09:00")
        self.begun: list[Callable[[], Report]] = []

    def does(self, step: object) -> None:
        scene = self.scene
        if isinstance(step, timedelta):
            if step > AN_HOUR:
                self.finish()
            scene.now += step
            scene.run()
        elif isinstance(step, tuple):
            scene.says(step[0], dashboard(scene).number, step[1])
        elif step == "begins":
            self.begun.append(scene.begins())
        elif self.begun:
            self.begun.pop(0)()

    def finish(self) -> None:
        """Let the runs that have begun come to their end, as jobs do within an hour."""
        while self.begun:
            self.begun.pop(0)()

    def asked(self) -> dict[str, list[datetime]]:
        found: dict[str, list[datetime]] = {login: [] for login in ZONES}
        for said in self.scene.repository.comments.get(dashboard(self.scene).number, ()):
            key = parse_marker(said.body)
            if key and key.kind == "seats":
                for login in (find_memory(said.body) or {})["mentors"].split(","):
                    found[login].append(said.created)
        return found


@draws(25)
@given(st.lists(SAYS | WAITS | RUNS, max_size=14))
def test_each_mentor_is_asked_once_a_quarter_on_a_workday_of_theirs(steps: list[object]) -> None:
    year = Year()
    for step in steps:
        year.does(step)
    year.finish()
    for _ in range(3):
        year.scene.run()

    assert summaries(year.scene.run()) == []
    for login, moments in year.asked().items():
        days = [local_day(at, "Etc/UTC") for at in moments]
        assert all(later - first >= QUARTER for first, later in pairwise(days)), (login, days)
        theirs = [local_day(at, ZONES[login]) for at in moments]
        assert all(day.weekday() < 5 for day in theirs), (login, theirs)
        assert not any(day in BREAK for day in days)
