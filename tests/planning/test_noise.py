"""The noise budget, over seasons in which people do what they like and runs come as they come."""

from datetime import date
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.memory import Repository
from tests.drawing import draws
from tests.rig.people import ACTIONS, token_of
from tests.rig.rest import RestServer
from tests.seasons import MENTEES, PAIR, TEAM, Plan, Season

_NUMBERS = count(1)

ZONES = ["Europe/Madrid", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]
STARTS = [date(2027, 3, 1), date(2027, 9, 20), date(2027, 10, 18)]
"""Each some weeks before clocks change, on one side of the world or the other."""
PLANS = st.builds(
    Plan,
    zone=st.sampled_from(ZONES),
    start=st.sampled_from(STARTS),
    meets=st.sampled_from(["", "mon", "wed", "fri"]),
    file_at=st.sampled_from(["09:00", "09:00", "02:30", "23:30"]),
    every=st.sampled_from([1, 1, 1, 2]),
    weeks=st.sampled_from([6, 12]),
    quiet_after=st.sampled_from([1, 2]),
    breaks=st.sampled_from([(), (), ((14, 7),), ((7, 3), (24, 14))]),
)
MENTORSHIPS = st.sampled_from([PAIR, TEAM])
PLACES = st.sampled_from(["newest", "newest", "newest", "tracker", "former"])
TEXTS = st.sampled_from(
    [
        *(
            "Hello",
            "How do I start?",
            "**Stuck:** the linker",
            "> - [ ] Quoted",
            "```\n- [ ] No\n```",
        ),
        *(f"- [ ] Item {number}" for number in range(5)),
        *("- [x] Done 1", "- [ ] Item 5\n- [ ] Item 6\n- [x] Done 2", "- [ ] Item 1\n/met"),
        *(
            "/help",
            "/pause",
            "/met",
            "/stuck",
            "/checklist",
            "/done 1 2",
            "/extend 2",
            "/continue",
            "/accept",
        ),
    ]
)
SEVERAL = st.integers(0, 7)
ACTS = st.one_of(
    st.tuples(st.just("says"), MENTORSHIPS, SEVERAL, PLACES, TEXTS),
    st.tuples(st.just("says"), MENTORSHIPS, st.just(0), PLACES, TEXTS),
    st.tuples(st.just("edits"), SEVERAL, TEXTS),
    st.tuples(st.just("deletes"), SEVERAL),
    st.tuples(st.just("ticks_box"), MENTORSHIPS, PLACES, SEVERAL),
    st.tuples(st.sampled_from(["closes", "reopens"]), MENTORSHIPS),
    st.tuples(
        st.just("file_says"),
        st.sampled_from([PAIR, MENTEES[TEAM][1]]),
        st.sampled_from(["active", "active", "paused"]),
    ),
    st.tuples(st.just("is_away"), st.integers(-3, 5), st.sampled_from([1, 7, 14])),
    st.tuples(st.just("lead_is"), st.sampled_from(["there", "away", "gone"])),
    st.tuples(st.just("begins")),
    st.tuples(st.just("runs")),
)
TIMES = st.sampled_from([(1, 1), (24, 1), (168, 1), (168, 2), (168, 3), (168, 7), (336, 1)])
"""So many hours pass, with so many runs in them: often, or none in days of an outage."""
WEEKS = st.lists(st.tuples(st.lists(ACTS, max_size=3), TIMES), min_size=3, max_size=12)


@draws(15)
@given(PLANS, WEEKS)
def test_nobody_is_told_more_than_the_budget_allows_and_nothing_is_lost(
    drawn: Plan, weeks: list[tuple[list[tuple[Any, ...]], tuple[int, int]]]
) -> None:
    play(Season(drawn), weeks)


@draws(2)
@given(PLANS, WEEKS)
def test_the_budget_holds_over_http_as_well(
    rest_server: RestServer, drawn: Plan, weeks: list[tuple[list[tuple[Any, ...]], tuple[int, int]]]
) -> None:
    sites = []

    def through(repository: Repository) -> GitHubForge:
        name = f"noise/season-{next(_NUMBERS)}"
        sites.append(rest_server.serve(name, repository))
        return GitHubForge(
            repository=name, token=token_of(ACTIONS), api=rest_server.url, backoff_seconds=0
        )

    play(Season(drawn, through=through), weeks)
    assert sites[0].mismatches == []


def play(season: Season, weeks: list[tuple[list[tuple[Any, ...]], tuple[int, int]]]) -> None:
    for acts, (hours, runs) in weeks:
        for act in acts:
            season.does(*act)
        season.passes(hours, runs)
