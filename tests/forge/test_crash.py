"""A run that ends anywhere costs time and nothing else."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.identity import Kind
from mentorship_action.errors import Exit
from mentorship_action.forge.protocol import ForgeError
from tests.builders import World
from tests.forge.due_day import FIRST_DAY, NEXT_WEEK, NewDueDay, begin, undisturbed
from tests.forge.pairs import duplicates, open_once, pairs, settled
from tests.rig.kill import Killed, killing
from tests.rig.people import OWNER
from tests.rig.unsteady import Mishap, UnsteadyForge


@pytest.mark.parametrize("kind", [FIRST_DAY, NEXT_WEEK])
def test_a_run_killed_at_any_request_is_put_right_by_two_more(
    new_due_day: NewDueDay, kind: str
) -> None:
    undisturbed_requests = new_due_day(kind).run().requests

    for number in count(1):
        day = new_due_day(kind)
        try:
            with killing(number):
                day.run()
        except Killed:
            day.must_settle()
            assert duplicates(day.play.repository) == 0
        else:
            assert number == undisturbed_requests + 1
            break


@pytest.mark.parametrize("kind", [FIRST_DAY, NEXT_WEEK])
def test_two_runs_in_a_row_killed_anywhere_are_put_right_by_two_more(
    new_due_day: NewDueDay, kind: str
) -> None:
    total = new_due_day(kind).run().requests
    for first in range(3, total + 1, 2):
        for second in (first - 1, first + 2):
            day = new_due_day(kind)
            for number in (first, second):
                try:
                    with killing(number):
                        day.run()
                except Killed:
                    pass

            day.must_settle()
            assert duplicates(day.play.repository) == 0


mishaps = st.lists(st.lists(st.sampled_from(list(Mishap)), max_size=25), min_size=1, max_size=3)


def run_unsteadily(play: World, schedules: list[list[Mishap]], weeks: list[int]) -> None:
    """Do a run for each schedule, whatever comes of it."""
    forge = UnsteadyForge(repository=play.repository, login=OWNER)
    for schedule, week in zip(schedules, weeks, strict=True):
        forge.mishaps = iter(schedule)
        try:
            play.run(forge, weeks=week)
        except (Killed, ForgeError):
            continue


@given(schedules=mishaps, kind=st.sampled_from([FIRST_DAY, NEXT_WEEK]))
def test_whatever_goes_wrong_on_a_due_day_is_put_right_by_two_runs(
    schedules: list[list[Mishap]], kind: str
) -> None:
    play, week = begin(kind)

    run_unsteadily(play, schedules, [week] * len(schedules))

    steady = play.repository.view(OWNER)
    play.run(steady, weeks=week)
    assert play.run(steady, weeks=week).report.exit_code is Exit.DONE
    assert play.run(steady, weeks=week).plan.changes == ()
    assert settled(play.repository) == undisturbed(kind)


@given(schedules=mishaps, data=st.data())
def test_a_season_of_mishaps_leaves_one_open_check_in_a_pair(
    schedules: list[list[Mishap]], data: st.DataObject
) -> None:
    play = pairs(3)
    steps = data.draw(st.lists(st.integers(0, 2), min_size=len(schedules), max_size=len(schedules)))
    weeks = [sum(steps[: place + 1]) for place in range(len(steps))]

    run_unsteadily(play, schedules, weeks)

    steady = play.repository.view(OWNER)
    for _ in range(2):
        play.run(steady, weeks=weeks[-1])
    assert play.run(steady, weeks=weeks[-1]).plan.changes == ()
    # Of an earlier week both twins may be closed by now, as its end closes whatever it sees.
    open_once(play.repository)
    opened = [
        key
        for issue in play.repository.issues.values()
        if issue.is_open and (key := parse_marker(issue.body))
    ]
    assert sum(key.kind == Kind.TRACKER for key in opened) == 3
    assert sorted(key.mentee for key in opened if key.kind == Kind.CHECK_IN) == [
        "mentee-1",
        "mentee-2",
        "mentee-3",
    ]
