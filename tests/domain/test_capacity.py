"""Who holds a seat on a date, and in which order the others wait."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.capacity import allot, waiting, with_free_seat
from mentorship_action.domain.record import Record, Status
from tests.builders import mentor, program, record

TODAY = date(2026, 12, 1)


def seated(*records: Record, **options: object) -> tuple[str, ...]:
    return allot(program(), records, on=TODAY, **options)["ganeshrn"].seated  # type: ignore[arg-type]


def wish(login: str, **changes: object) -> Record:
    return record(login, mentor="ganeshrn", **changes)


def test_a_seat_is_taken_while_active_or_paused() -> None:
    for status, taken in [
        (Status.ACTIVE, ("a",)),
        (Status.PAUSED, ("a",)),
        (Status.COMPLETED, ()),
        (Status.WITHDRAWN, ()),
    ]:
        assert seated(wish("a", status=status)) == taken


def test_a_seat_is_free_on_the_day_after_the_last() -> None:
    one = [wish("a", start="2026-12-07", weeks=1)]
    assert allot(program(), one, on=date(2026, 12, 13))["ganeshrn"].free(program()) == 0
    assert allot(program(), one, on=date(2026, 12, 14))["ganeshrn"].free(program()) == 1


def test_who_has_a_tracker_keeps_the_seat_by_its_number() -> None:
    some = [wish("early", start="2026-11-01"), wish("b"), wish("c")]
    assert seated(*some, trackers={"b": 9, "c": 7}, arrivals={"early": 0}) == ("c",)


def test_then_comes_who_reached_the_default_branch_first() -> None:
    some = [wish("early", start="2026-11-01"), wish("late", start="2026-12-20")]
    assert seated(*some, arrivals={"late": 1, "early": 2}) == ("late",)


def test_who_is_not_on_the_default_branch_yet_comes_behind_who_is() -> None:
    some = [wish("a", start="2026-11-01"), wish("b", start="2026-12-20")]
    assert seated(*some, arrivals={"b": 5}) == ("b",)
    assert seated(*some, arrivals={"b": 5}, trackers={"a": 1}) == ("a",)


def test_without_history_start_and_login_decide() -> None:
    assert seated(wish("b"), wish("a")) == ("a",)
    assert seated(wish("b", start="2026-11-30"), wish("a")) == ("b",)


def test_who_has_no_seat_waits_in_order() -> None:
    seats = allot(program(), [wish("c"), wish("a"), wish("b")], on=TODAY)
    assert seats["ganeshrn"].waiting == ("b", "c")
    assert waiting(seats) == {"b", "c"}


def test_mentors_with_a_free_seat_are_named_in_the_programs_order_and_spelling() -> None:
    the_program = program(
        mentors=(mentor("Zoe", capacity=1), mentor("full", capacity=0), mentor("Ann", capacity=3))
    )
    assert with_free_seat(the_program, allot(the_program, [], on=TODAY)) == ["Zoe", "Ann"]


records = st.lists(
    st.builds(
        lambda login, who, status, weeks: record(login, mentor=who, status=status, weeks=weeks),
        st.from_regex(r"[a-z]{1,3}", fullmatch=True),
        st.sampled_from(["ssbarnea", "ganeshrn", "stranger"]),
        st.sampled_from(list(Status)),
        st.integers(1, 20),
    ),
    max_size=12,
    unique_by=lambda one: one.login,
)


@given(records, st.data())
def test_seats_never_exceed_capacity_nor_forget_anybody_nor_depend_on_file_order(
    some: list[Record], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(some))
    trackers = {one.login: n for n, one in enumerate(data.draw(st.permutations(some))[:3])}
    seats = allot(program(), some, on=TODAY, trackers=trackers)
    assert seats == allot(program(), order, on=TODAY, trackers=trackers)
    for mentor_login, seat in seats.items():
        claims = {
            one.login
            for one in some
            if one.mentor == mentor_login and one.status in (Status.ACTIVE, Status.PAUSED)
        }
        assert len(seat.seated) <= seat.capacity
        assert sorted((*seat.seated, *seat.waiting)) == sorted(claims)
        assert not (seat.waiting and seat.free(program()))
