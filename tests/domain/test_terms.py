"""Seats over terms: mentorships compete where their terms overlap."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.calendar import last_day
from mentorship_action.domain.capacity import allot
from mentorship_action.domain.mentee_files import mentee_file, mentorship_of, term_folder
from mentorship_action.domain.record import Record
from tests.builders import mentor, record
from tests.terms import AUTUMN, SPRING, SUMMER, cohorts, member

TODAY = date(2027, 1, 1)


def test_terms_that_don_t_overlap_share_a_seat() -> None:
    seats = allot(cohorts(), [member(SPRING, "a"), member(AUTUMN, "b")], on=TODAY)["ssbarnea"]
    assert seats.seated == ("spring/a", "autumn/b")
    assert [seats.free(cohorts(), one) for one in ("spring", "summer", "autumn", "")] == [0] * 4


def test_terms_that_overlap_compete() -> None:
    seats = allot(cohorts(), [member(SPRING, "a"), member(SUMMER, "b")], on=TODAY)["ssbarnea"]
    assert seats.seated == ("spring/a",)
    assert seats.waiting == ("summer/b",)
    assert seats.waiting_for(cohorts(), "autumn") == []


def test_the_same_person_in_two_terms_has_two_places() -> None:
    seats = allot(cohorts(), [member(SPRING), member(AUTUMN)], on=TODAY)["ssbarnea"]
    assert seats.seated == ("spring/octocat", "autumn/octocat")


def test_who_joins_at_any_time_competes_with_every_term() -> None:
    rolling = record("a", start="2027-01-04", weeks=4)
    seats = allot(cohorts(), [rolling, member(AUTUMN, "b")], on=TODAY)["ssbarnea"]
    assert seats.waiting == ("autumn/b",)


members = st.lists(
    st.builds(
        member,
        st.sampled_from([SPRING, SUMMER, AUTUMN]),
        st.sampled_from("abcdefgh"),
    ),
    max_size=12,
    unique_by=lambda one: one.id,
)


@given(members, st.integers(0, 3))
def test_no_day_has_more_mentees_than_seats_and_nobody_waits_beside_a_free_one(
    some: list[Record], capacity: int
) -> None:
    the_program = cohorts(mentors=(mentor(capacity=capacity),))
    seats = allot(the_program, some, on=TODAY)["ssbarnea"]
    by_id = {one.id: one for one in some}
    for term in (SPRING, SUMMER, AUTUMN):
        there = [
            by_id[one]
            for one in seats.seated
            if by_id[one].start <= term.start <= last_day(by_id[one], the_program)
        ]
        assert len(there) <= capacity
    for one in seats.waiting:
        assert seats.free(the_program, by_id[one].term) == 0


def test_a_path_names_its_mentorship() -> None:
    assert mentorship_of("mentees/a.yml") == "a"
    assert mentorship_of("mentees/2027-spring/a.yml") == "2027-spring/a"
    assert mentee_file("a", "2027-spring") == "mentees/2027-spring/a.yml"
    for path in ("mentees/A.yml", "mentees/Spring/a.yml", "mentees/a/b/c.yml", "mentees//a.yml"):
        assert mentorship_of(path) == ""
    assert term_folder("mentees/2027-spring/a.yml") == "2027-spring"
    assert term_folder("mentees/a.yml") == ""
