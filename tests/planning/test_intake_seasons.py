"""Random seasons of pushes, comments, merges and runs keep the promises of joining."""

from collections import Counter
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from mentorship_action.domain.intake import TRANSITIONS, Stage
from tests.builders import summaries
from tests.intakes import Scene, path

PEOPLE = st.sampled_from(["ada", "bob", "cleo", "dan"])
MENTORS = st.sampled_from(["ssbarnea", "ganeshrn"])
VARIANTS = st.sampled_from([{}, {"hours_per_week": 2}, {"weeks": 20}, {"goals": "[Another]"}])
WORDS = st.sampled_from(["/accept", "/decline", "> /accept", "Hello!", "/accept\n/decline"])
CAPACITY = {"ssbarnea": 2, "ganeshrn": 1}


class Season(RuleBasedStateMachine):
    """People do as they like; after every run the promises hold."""

    def __init__(self) -> None:
        super().__init__()
        self.scene = Scene()
        self.mine: dict[str, int] = {}
        self.stages: dict[int, Stage] = {}

    def open_intakes(self) -> list[int]:
        return [n for n, pull in self.scene.repository.branches.pulls.items() if pull.is_open]

    @rule(login=PEOPLE, mentor=MENTORS, variant=VARIANTS)
    def joins_or_pushes(self, login: str, mentor: str, variant: dict[str, object]) -> None:
        number = self.mine.get(login)
        if number is not None and self.scene.pull(number).is_open:
            self.scene.pushes(number, mentor=mentor, **variant)
        elif path(login) not in self.scene.repository.branches.files:
            self.mine[login] = self.scene.joins(login, mentor=mentor, **variant)

    @precondition(lambda self: self.open_intakes())
    @rule(data=st.data(), who=st.one_of(MENTORS, PEOPLE), body=WORDS)
    def speaks(self, data: st.DataObject, who: str, body: str) -> None:
        self.scene.says(who, data.draw(st.sampled_from(self.open_intakes())), body)

    @precondition(lambda self: self.open_intakes())
    @rule(data=st.data(), who=MENTORS)
    def approves(self, data: st.DataObject, who: str) -> None:
        self.scene.tick()
        self.scene.person(who).review(data.draw(st.sampled_from(self.open_intakes())))

    @precondition(lambda self: self.open_intakes())
    @rule(data=st.data())
    def merges(self, data: st.DataObject) -> None:
        self.scene.merges(data.draw(st.sampled_from(self.open_intakes())))

    @precondition(lambda self: self.open_intakes())
    @rule(data=st.data())
    def closes(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(self.open_intakes()))
        self.scene.tick()
        self.scene.person(self.scene.pull(number).author.login).close_pull(number)

    @rule(login=PEOPLE)
    def ends(self, login: str) -> None:
        files = self.scene.repository.branches.files
        if path(login) in files and b"hours_per_week: 5" in files[path(login)].content:
            content = files[path(login)].content + b"status: completed\n"
            if b"status" not in files[path(login)].content:
                self.scene.repository.branches.put({path(login): content})

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.scene.now += timedelta(days=days)

    @rule()
    def runs(self) -> None:
        self.scene.run()
        again = self.scene.run()
        assert summaries(again) == [], "it settles"
        self._never_more_than_the_seats()
        self._one_word_each()
        self._nobody_waits_for_a_free_seat()
        self._only_drawn_transitions()

    def teardown(self) -> None:
        self.runs()

    def _never_more_than_the_seats(self) -> None:
        pairs = Counter(title.rsplit(" ", 1)[1] for title in self.scene.trackers())
        for mentor, count in pairs.items():
            assert count <= CAPACITY[mentor]

    def _one_word_each(self) -> None:
        for number in self.scene.repository.branches.pulls:
            assert len(self.scene.words(number)) <= 1
        for number in self.open_intakes():
            assert len(self.scene.words(number)) == 1

    def _nobody_waits_for_a_free_seat(self) -> None:
        memories = [self.scene.memory(number) for number in self.open_intakes()]
        for mentor, capacity in CAPACITY.items():
            line = [memory for memory in memories if memory.mentor == mentor and memory.seat]
            waiting = sorted(one.place for one in line if one.stage is Stage.WAITING)
            asked = [one for one in line if one.stage in (Stage.CONSENT, Stage.READY)]
            held = [t for t in self.scene.trackers() if t.endswith(f" with {mentor}")]
            assert waiting == list(range(1, len(waiting) + 1))
            assert len(asked) + len(held) <= capacity
            if waiting:
                merged = self._merged_waiting(mentor)
                assert len(asked) + len(held) + merged >= capacity

    def _merged_waiting(self, mentor: str) -> int:
        """Return how many on the default branch wait for a seat of this mentor."""
        files = self.scene.repository.branches.files
        claims = sum(
            name.endswith(".yml")
            and f"mentor: {mentor}\n".encode() in file.content
            and b"status" not in file.content
            and b"hours_per_week: 5" in file.content
            for name, file in files.items()
        )
        held = [t for t in self.scene.trackers() if t.endswith(f" with {mentor}")]
        return max(0, claims - len(held))

    def _only_drawn_transitions(self) -> None:
        for number in self.open_intakes():
            stage = self.scene.memory(number).stage
            before = self.stages.get(number)
            if before is not None and before is not stage:
                assert stage in TRANSITIONS[before], f"{before} to {stage}"
            self.stages[number] = stage


TestSeason = Season.TestCase
TestSeason.settings = settings(max_examples=40, stateful_step_count=25)
