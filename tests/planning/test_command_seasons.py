"""Whatever people say, edit and delete, however runs meet: one answer each, and a valid file."""

from collections import Counter
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.pulls import Comment
from mentorship_action.forge.executor import Report
from mentorship_action.forge.memory import BOT
from mentorship_action.records.validate import check_record
from tests.applications import Scene, path
from tests.builders import summaries
from tests.drawing import draws
from tests.planning.test_commands import CHECK_IN, TRACKER, begun

PEOPLE = st.sampled_from(["alice", "ada", "grace", "linus", "carol", "mallory"])
LINES = st.sampled_from(
    [
        *("/away 2027-02-01 2027-02-05", "/away 1 Mar 3 Mar", "/away soon", "/pause", "/resume"),
        *("/extend 2", "/extend 99", "/every 2", "/reschedule wed 18:00", "/reschedule sun"),
        *("/met", "/skip", "/done 1 3 99", "/done", "/stuck", "/checklist", "/help", "/dance"),
        *("/handover @linus", "/handover @eve", "/accept", "/decline", "/continue", "/advice"),
        *("/certificate", "Hello", "> /pause", "- [ ] Ask", "```", "<!--", "@ada /pause"),
    ]
)
TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n".join)
SAYS = st.tuples(st.just("says"), PEOPLE, st.sampled_from([TRACKER, CHECK_IN]), TEXTS)
EDITS = st.tuples(st.just("edits"), PEOPLE, st.integers(0, 5), TEXTS)
DELETES = st.tuples(st.just("deletes"), PEOPLE, st.integers(0, 5), st.just(""))
RUNS = st.tuples(st.sampled_from(["runs", "begins", "ends"]), PEOPLE, st.just(0), st.just(""))
WAYS = st.sampled_from(["link", "pull-request", "commit"])


class Drawn:
    """A mentorship in which drawn things happen; what people wrote is remembered."""

    def __init__(self, way: str) -> None:
        self.scene = begun(Scene(), way)
        self.said: list[Comment] = []
        self.text: dict[int, str] = {}
        self.begun: list[Callable[[], Report]] = []

    def does(self, act: str, who: str, place: int, text: str) -> None:
        if act == "says":
            if self.scene.repository.issues[place].is_open:
                said = self.scene.says(who, place, text)
                self.said.append(said)
                self.text[said.id] = text
        elif act == "edits" and place < len(self.said):
            said = self.said[place]
            self.scene.edits(said.author.login, said, text)
            self.text[said.id] = text
        elif act == "deletes" and place < len(self.said):
            self.scene.tick()
            said = self.said.pop(place)
            self.scene.person(said.author.login).delete_comment(said.id)
            del self.text[said.id]
        elif act == "runs":
            self.scene.run()
        elif act == "begins":
            self.begun.append(self.scene.begins())
        elif act == "ends" and self.begun:
            self.begun.pop(0)()

    def settle(self) -> None:
        for finish in self.begun:
            finish()
        for _ in range(8):
            if not summaries(self.scene.run()):
                return
        raise AssertionError(summaries(self.scene.run()))


@draws(60)
@given(WAYS, st.lists(SAYS | EDITS | DELETES | RUNS, max_size=12))
def test_each_comment_is_answered_once_and_nobodys_text_is_touched(
    way: str, steps: list[tuple[str, str, int, str]]
) -> None:
    drawn = Drawn(way)
    for step in steps:
        drawn.does(*step)
    drawn.settle()

    repository = drawn.scene.repository
    every = [one for some in repository.comments.values() for one in some]
    for said in repository.comments.values():
        keys = Counter(parse_marker(one.body) for one in said if one.author.login == BOT)
        assert all(count == 1 for key, count in keys.items() if key and key.kind == "answer")
    left = {one.id: one for one in every}
    for one in drawn.said:
        now, wrote = left[one.id].body, drawn.text[one.id]
        is_list = wrote.strip() == "/checklist" and now.startswith("**My checklist**")
        assert now == wrote or is_list
    content = repository.branches.files[path("alice")].content
    assert check_record(path("alice"), content, drawn.scene.program).record is not None
    branches = [pull.branch for pull in repository.branches.pulls.values()]
    assert len(branches) == len(set(branches))
