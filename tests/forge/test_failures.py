"""What goes wrong between us and GitHub is noticed, never repeated blindly, and put right."""

from collections.abc import Iterator
from itertools import count

import pytest

from mentorship_action.errors import Exit
from mentorship_action.forge.protocol import ForgeError, Limited, Unreadable
from mentorship_action.planning.changes import Outcome
from tests.forge.due_day import FIRST_DAY, NEXT_WEEK, DueDay, NewDueDay
from tests.forge.pairs import duplicates
from tests.rig.failures import (
    BadGateway,
    Cut,
    Dropped,
    Failure,
    Instead,
    Silent,
    SlowDown,
    always,
    at,
    at_write,
)
from tests.rig.people import STRANGER
from tests.rig.web import Asked

LOST = [
    pytest.param(BadGateway(went_through=True), id="502 after it went through"),
    pytest.param(Dropped(went_through=False), id="dropped before"),
    pytest.param(Cut(honest_length=False), id="cut short with the connection"),
]
LIMITS = [
    pytest.param(SlowDown(403, exhausted=True), id="403 with nothing remaining"),
    pytest.param(SlowDown(429, retry_after=60), id="429 with Retry-After"),
]
NO_LISTS = [
    pytest.param(Instead(b""), id="nothing"),
    pytest.param(Instead(b"null"), id="null"),
    pytest.param(Instead(b"{}"), id="an empty object"),
    pytest.param(Instead(b"<html>Please sign in</html>"), id="a page of a proxy"),
    pytest.param(Instead(b'[{"number": 1}]'), id="half an issue"),
    pytest.param(Cut(honest_length=True), id="half a page"),
]


def each_request(new_due_day: NewDueDay, kind: str, failure: Failure) -> Iterator[DueDay]:
    """Yield a day for each request of its first run, with a failure at that request."""
    for number in count(1):
        day = new_due_day(kind)
        day.proxy.fail(at(number, failure))
        yield day
        if day.proxy.count < number:
            break


# -- Answers that are lost


@pytest.mark.parametrize("failure", LOST)
@pytest.mark.parametrize("kind", [FIRST_DAY, NEXT_WEEK])
def test_an_answer_lost_at_any_request_is_put_right_without_a_duplicate(
    new_due_day: NewDueDay, kind: str, failure: Failure
) -> None:
    for day in each_request(new_due_day, kind, failure):
        day.try_run()
        count_of_first_run = day.proxy.count
        day.must_settle()
        assert duplicates(day.play.repository) == 0
        day.proxy.count = count_of_first_run


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_create_whose_answer_was_lost_is_looked_up_and_not_repeated(
    new_due_day: NewDueDay, number: int
) -> None:
    day = new_due_day(FIRST_DAY)
    failure = BadGateway(went_through=True)
    day.proxy.fail(at_write(number, failure, path="/issues"))

    run = day.run()

    assert run.report.exit_code is Exit.DONE
    assert [one.outcome for one in run.report.results].count(Outcome.FOUND) == 1
    assert sum(name.startswith("POST") and name.endswith("/issues") for name in day.writes()) == 4
    day.must_settle()


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_create_that_never_arrived_is_left_to_the_next_run(
    new_due_day: NewDueDay, number: int
) -> None:
    day = new_due_day(FIRST_DAY)
    day.proxy.fail(at_write(number, BadGateway(went_through=False), path="/issues"))

    report = day.run().report

    assert report.exit_code is Exit.UNFINISHED
    # What stands on a tracker that isn't known to be there waits for it.
    assert report.remaining == (2 if number <= 2 else 1)
    assert day.proxy.asked("POST").count(f"POST /repos/{day.name}/issues") == (
        3 if number <= 2 else 4
    )
    day.must_settle()


@pytest.mark.parametrize("went_through", [True, False])
def test_a_create_that_gets_no_answer_in_time_is_not_repeated(
    new_due_day: NewDueDay, *, went_through: bool
) -> None:
    day = new_due_day(NEXT_WEEK)
    day.timeout_seconds = 1
    day.proxy.fail(at_write(1, Silent(went_through=went_through)))

    report = day.run().report

    assert report.exit_code is (Exit.DONE if went_through else Exit.UNFINISHED)
    assert len(day.proxy.asked("POST")) == 2
    day.must_settle()
    assert duplicates(day.play.repository) == 0


def test_reads_are_repeated(new_due_day: NewDueDay) -> None:
    day = new_due_day(NEXT_WEEK)
    day.proxy.fail(
        lambda number, _asked: BadGateway(went_through=False) if number in (1, 2, 3) else None
    )

    assert day.run().report.exit_code is Exit.DONE


def test_a_forge_that_is_down_stops_the_run_after_three_failures(new_due_day: NewDueDay) -> None:
    day = new_due_day(FIRST_DAY)
    down, is_down = BadGateway(went_through=False), False

    def schedule(_number: int, asked: Asked) -> Failure | None:
        nonlocal is_down
        is_down = is_down or (asked.verb == "POST" and asked.path.endswith("/labels"))
        return down if is_down else None

    day.proxy.fail(schedule)

    report = day.run().report

    outcomes = [one.outcome for one in report.results]
    assert outcomes == [Outcome.UNKNOWN] * 3 + [Outcome.LEFT] * 4
    day.must_settle()


def test_items_that_always_fail_do_not_stop_the_rest(new_due_day: NewDueDay) -> None:
    day = new_due_day(FIRST_DAY)
    day.proxy.fail(always(BadGateway(went_through=False), method="POST", path="/labels"))

    report = day.run().report

    kinds = [(one.change.kind, one.outcome) for one in report.results]
    assert kinds[:3] == [("create-label", Outcome.UNKNOWN)] * 3
    assert kinds[3:] == [("open-issue", Outcome.DONE)] * 4


# -- Observations that fail


@pytest.mark.parametrize("failure", NO_LISTS)
def test_a_list_that_is_no_list_is_never_taken_for_none(
    new_due_day: NewDueDay, failure: Failure
) -> None:
    day = new_due_day(NEXT_WEEK)
    day.proxy.fail(always(failure, method="GET", path="/issues"))

    with pytest.raises(Unreadable) as caught:
        day.run()

    assert caught.value.exit_code is Exit.UNFINISHED
    assert day.writes() == []
    day.must_settle()


# -- Limits and permissions


@pytest.mark.parametrize("failure", LIMITS)
@pytest.mark.parametrize("kind", [FIRST_DAY, NEXT_WEEK])
def test_a_rate_limit_at_any_request_stops_the_run_and_the_next_one_goes_on(
    new_due_day: NewDueDay, kind: str, failure: SlowDown
) -> None:
    for day in each_request(new_due_day, kind, failure):
        outcome = day.try_run()
        count_of_first_run = day.proxy.count
        if isinstance(outcome, ForgeError):
            assert isinstance(outcome, Limited)
            assert outcome.exit_code is Exit.UNFINISHED
            assert day.writes() == []
        elif outcome.report.error is not None:
            error, report = outcome.report.error, outcome.report
            assert isinstance(error, Limited)
            assert report.exit_code is Exit.UNFINISHED
            assert report.remaining == len(report.results) - len(day.writes())
            assert [one.outcome for one in report.results if one.outcome is Outcome.FAILED] == [
                Outcome.FAILED
            ]
            # Nothing is asked after the limit.
            assert day.proxy.exchanges[-1].answer is not None
            assert day.proxy.exchanges[-1].answer.status == failure.status
        day.must_settle()
        assert duplicates(day.play.repository) == 0
        day.proxy.count = count_of_first_run


def test_a_missing_permission_stops_what_needs_it_and_nothing_else(new_due_day: NewDueDay) -> None:
    day = new_due_day(FIRST_DAY)

    report = day.run(STRANGER).report

    assert report.exit_code is Exit.SETTINGS
    assert "issues: write" in str(report.error)
    labels = [one.outcome for one in report.results if one.change.kind == "create-label"]
    others = [one.outcome for one in report.results if one.change.kind != "create-label"]
    assert labels == [Outcome.FAILED, Outcome.LEFT, Outcome.LEFT]
    assert others == [Outcome.DONE] * 4


def test_issues_that_are_turned_off_stop_the_run_as_wrong_settings(new_due_day: NewDueDay) -> None:
    day = new_due_day(NEXT_WEEK)
    day.play.repository.has_issues = False

    report = day.run().report

    assert report.exit_code is Exit.SETTINGS
    opened = [result for result in report.results if result.change.kind == "open-issue"]
    assert [result.outcome for result in opened] == [Outcome.FAILED, Outcome.LEFT]


def test_what_a_token_opens_that_may_not_label_is_found_again(new_due_day: NewDueDay) -> None:
    day = new_due_day(FIRST_DAY)
    day.run(STRANGER)

    again = day.run(STRANGER)

    assert again.plan.changes == ()
    assert duplicates(day.play.repository) == 0


# -- Lists that lag


@pytest.mark.parametrize("lag", [1, 2, 4, 8])
@pytest.mark.parametrize("kind", [FIRST_DAY, NEXT_WEEK])
def test_what_a_lagging_list_makes_a_run_open_twice_is_put_right_by_the_next(
    new_due_day: NewDueDay, kind: str, lag: int
) -> None:
    day = new_due_day(kind)
    day.run()
    day.site.lag = lag
    day.run()

    # The list that lagged by so much hid a create or a closing, and there was work again.
    day.must_settle()


def test_a_lost_answer_and_a_lagging_list_together_are_put_right(new_due_day: NewDueDay) -> None:
    day = new_due_day(FIRST_DAY)
    day.proxy.fail(at_write(1, BadGateway(went_through=True), path="/issues"))
    day.site.lag = 3

    assert day.run().report.exit_code is Exit.UNFINISHED
    day.proxy.fail(lambda _number, _asked: None)
    day.site.lag = 50
    day.run()

    assert duplicates(day.play.repository) > 0
    day.must_settle()
