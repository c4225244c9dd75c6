"""Random applications to teams and pairs: nobody is over a limit, nobody waits beside a place."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.application import Stage
from mentorship_action.domain.program import Team
from tests.applications import Scene, yaml
from tests.builders import mentor, moment, summaries
from tests.drawing import draws
from tests.teams import LED, team, with_teams

CAPACITY = {"radia": 2, "grace": 1, "linus": 0, "ada": 1}
TEAMS = {
    "blue": team(size=2),
    "red": team("Red", size=2, mentors=LED[:1]),
    "green": team("Green", size=1, mentors=(LED[0], LED[2])),
}
PROGRAM = with_teams(
    *TEAMS.values(), mentors=tuple(mentor(login, capacity=n) for login, n in CAPACITY.items())
)
PEOPLE = tuple("abcdefgh")
HELD = (Stage.NEEDS_ANSWER, Stage.READY)

choices = st.sampled_from([*TEAMS, *TEAMS, "radia", "ada"])
steps = st.one_of(
    st.tuples(st.just("joins"), st.sampled_from(PEOPLE), choices),
    st.tuples(st.just("joins"), st.sampled_from(PEOPLE), choices),
    st.tuples(st.sampled_from(["all say yes", "one says no", "merges"]), st.sampled_from(PEOPLE)),
    st.tuples(st.just("ends"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("days pass"), st.integers(1, 9)),
)


class Joining:
    """People who join in a scene, and what each has chosen."""

    def __init__(self) -> None:
        self.scene = Scene(program=PROGRAM, now=moment("2027-01-12 08:00"))
        self.numbers: dict[str, int] = {}
        self.chosen: dict[str, str] = {}
        self.merged: list[str] = []
        self.said_yes: set[tuple[int, str]] = set()

    def joins(self, login: str, choice: str) -> None:
        if login in self.numbers:
            return
        where = {"team": choice} if choice in TEAMS else {"mentor": choice}
        values = {"mentor": None, "start": None, **where}
        self.chosen[login] = choice
        self.numbers[login] = self.scene.proposes(
            login, {f"mentees/spring/{login}.yml": yaml(login, **values)}
        )

    def stage(self, login: str) -> Stage:
        return Stage(self.scene.memory(self.numbers[login]).stage)

    def does(self, what: str, login: str) -> None:
        if login not in self.numbers or login in self.merged:
            if what == "ends" and login in self.merged:
                name = f"mentees/spring/{login}.yml"
                content = self.scene.repository.branches.files[name].content
                if b"status" not in content:
                    self.scene.repository.branches.put({name: content + b"status: completed\n"})
                self.merged.remove(login)
            return
        number = self.numbers[login]
        asked = self.scene.memory(number).asks
        if what == "all say yes":
            for one in asked:
                self.scene.says(one.mentor, number, "/accept")
                self.said_yes.add((number, one.mentor))
        elif what == "one says no" and asked:
            self.scene.says(asked[-1].mentor, number, "/decline")
        elif what == "merges" and self.stage(login) is Stage.READY:
            self.scene.merges(number)
            self.merged.append(login)

    def settles(self) -> None:
        self.scene.run()
        assert summaries(self.scene.run()) == []

    def check(self) -> None:
        open_ones = [one for one in self.numbers if self.scene.pull(self.numbers[one]).is_open]
        stages = {login: self.stage(login) for login in open_ones}
        held = [*self.merged, *(one for one in open_ones if stages[one] in HELD)]
        taken = {
            login: len({self._claim(one) for one in held if login in _seats(self.chosen[one])})
            for login in CAPACITY
        }
        places = {name: sum(self.chosen[one] == name for one in held) for name in TEAMS}
        assert all(taken[login] <= CAPACITY[login] for login in CAPACITY)
        assert all(places[name] <= TEAMS[name].size for name in TEAMS)
        for login in open_ones:
            if stages[login] is Stage.READY:
                number = self.numbers[login]
                named = {one.mentor for one in self.scene.memory(number).asks}
                assert {(number, mentor) for mentor in named} <= self.said_yes
            if stages[login] is not Stage.WAITLISTED:
                continue
            choice = self.chosen[login]
            is_full = choice in TEAMS and places[choice] == TEAMS[choice].size
            needed = () if places.get(choice) else _seats(choice)
            assert is_full or any(taken[one] == CAPACITY[one] for one in needed)

    def _claim(self, login: str) -> str:
        choice = self.chosen[login]
        return choice if choice in TEAMS else f"pair/{login}"


def _seats(choice: str) -> tuple[str, ...]:
    its: Team | None = TEAMS.get(choice)
    return its.seat_mentors if its else (choice,)


@draws(25)
@given(st.lists(steps, min_size=3, max_size=14))
def test_no_team_is_over_its_size_and_nobody_waits_beside_a_free_place(
    season: list[tuple[str, ...]],
) -> None:
    joining = Joining()
    for step in season:
        if step[0] == "joins":
            joining.joins(step[1], step[2])
        elif step[0] == "days pass":
            joining.scene.now += timedelta(days=int(step[1]))
        else:
            joining.does(step[0], step[1])
        joining.settles()
        joining.check()
