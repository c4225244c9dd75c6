"""Seats and teams: a team costs its mentors one seat each, and has places of its own."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mentorship_action.domain.calendar import last_day
from mentorship_action.domain.capacity import allot, allot_teams
from mentorship_action.domain.mentorship import mentorships
from mentorship_action.domain.program import CheckIns, MentorRole, NamedMentor, Program, Team
from mentorship_action.domain.record import Record, Status
from tests.builders import mentor, record, span
from tests.teams import team, teammate, with_teams
from tests.terms import AUTUMN, SPRING, SUMMER, member

TODAY = date(2027, 1, 1)


def seated(mentor_login: str, *records: Record, program: Program | None = None) -> tuple[str, ...]:
    return allot(program or with_teams(), records, on=TODAY)[mentor_login].seated


def test_a_team_costs_lead_and_co_one_seat_each_and_a_backup_none() -> None:
    three = tuple(map(teammate, ("edsger", "tony", "barbara")))
    assert seated("radia", *three) == ("spring/team:blue",)
    assert seated("grace", *three) == ("spring/team:blue",)
    assert seated("linus", *three) == ()


def test_an_empty_team_costs_nothing() -> None:
    ended = teammate("edsger", status=Status.COMPLETED)
    assert seated("radia") == seated("radia", ended) == ()


def test_the_places_of_a_team_are_its_size() -> None:
    four = tuple(map(teammate, "dbca"))
    places = allot_teams(with_teams(), four, on=TODAY)["blue"]
    assert places.seated == ("spring/a", "spring/b", "spring/c")
    assert (places.waiting, places.free) == (("spring/d",), 0)


def test_places_go_by_tracker_then_by_arrival_then_by_login() -> None:
    four = tuple(map(teammate, "abcd"))
    places = allot_teams(
        with_teams(), four, on=TODAY, members={"spring/d": 0}, arrivals={"spring/c": 3}
    )["blue"]
    assert places.seated == ("spring/d", "spring/c", "spring/a")


def test_a_full_mentors_other_mentees_do_not_wait_because_of_the_number_of_team_members() -> None:
    pair = member(SPRING, "zoe", mentor="grace")
    assert seated("grace", *map(teammate, "abc"), pair) == ("spring/team:blue", "spring/zoe")


def test_a_team_comes_when_the_first_of_its_mentees_came() -> None:
    pair = member(SPRING, "b", mentor="radia")
    for first, expected in (("a", "spring/team:blue"), ("c", "spring/b")):
        assert seated("radia", teammate(first), teammate("z"), pair) == (expected,)


def test_teams_of_terms_that_do_not_overlap_share_a_seat() -> None:
    green = team("Green", term=AUTUMN.id)
    late = member(AUTUMN, "zoe", team="green", mentor="radia")
    program = with_teams(team(), green)
    assert seated("radia", teammate("edsger"), late, program=program) == (
        "spring/team:blue",
        "autumn/team:green",
    )


def test_a_teams_mentorship_has_the_teams_mentors_meeting_and_zone() -> None:
    (one,) = mentorships(map(teammate, ("edsger", "tony")), with_teams())
    assert (one.id, one.name, one.mentees) == ("spring/team:blue", "Blue", ("edsger", "tony"))
    assert (one.lead, one.seat_mentors, one.backups) == ("radia", ("radia", "grace"), ("linus",))
    assert (one.start, one.weeks, one.zone) == (SPRING.start, 12, "Europe/Berlin")


def test_a_team_has_the_programs_rhythm_and_nobodys_time_away_moves_its_end() -> None:
    off = span("2027-03-01", "2027-03-07")
    some = (teammate("edsger", every_weeks=1, away=(off,)), teammate("tony", every_weeks=3))
    (one,) = mentorships(some, with_teams(check_ins=CheckIns(every_weeks=2)))
    assert one.every_weeks == 2
    assert last_day(one, with_teams()) == last_day(member(SPRING), with_teams())


def test_a_team_outside_of_terms_lasts_from_the_first_start_to_the_last_end() -> None:
    rolling = team(term="")
    some = (
        record("a", team="blue", start="2027-01-04", weeks=4),
        record("b", team="blue", start="2027-01-13", weeks=4),
    )
    (one,) = mentorships(some, with_teams(rolling))
    assert (one.id, one.start.isoformat(), one.weeks) == ("team:blue", "2027-01-04", 6)


def test_who_waits_for_several_mentors_waits_with_all_who_are_full_in_the_end() -> None:
    program = with_teams(mentors=(mentor("ada", capacity=1), mentor("grace", capacity=1)))
    grace = NamedMentor(login="grace", handle="grace", role=MentorRole.CO)
    first = member(SPRING, "a", mentor="ada")
    both = member(SPRING, "b", mentor="ada", others=(grace,))
    last = member(SPRING, "c", mentor="grace")
    seats = allot(program, (first, both, last), on=TODAY)
    assert [seats[one].seated for one in ("ada", "grace")] == [("spring/a",), ("spring/c",)]
    assert [seats[one].waiting for one in ("ada", "grace")] == [("spring/b",)] * 2


# Random programs.

LOGINS = st.sampled_from([f"m{number}" for number in range(12)])
MENTORS = ("ada", "grace", "linus")


def _named(order: list[str], roles: list[MentorRole]) -> tuple[NamedMentor, ...]:
    named = [NamedMentor(login=order[0], handle=order[0])]
    for login, role in zip(order[1:], roles, strict=False):
        named.append(NamedMentor(login=login, handle=login, role=role))
    return tuple(named)


named_mentors = st.builds(
    _named,
    st.permutations(MENTORS),
    st.lists(st.sampled_from([MentorRole.CO, MentorRole.BACKUP]), max_size=2),
)


@st.composite
def programs(draw: st.DrawFn) -> tuple[Program, list[Record]]:
    """Draw a program with teams in and outside of terms, and mentee files of all kinds."""
    terms = [SPRING.id, SUMMER.id, AUTUMN.id, ""]
    teams = [
        team(name, term=draw(st.sampled_from(terms)), size=draw(st.integers(1, 3)), mentors=named)
        for name, named in zip(
            ("Blue", "Red"), draw(st.lists(named_mentors, min_size=2, max_size=2)), strict=True
        )
    ]
    mentors = tuple(mentor(login, capacity=draw(st.integers(0, 3))) for login in MENTORS)
    program = with_teams(*teams, mentors=mentors)
    files = st.builds(_file, st.just(program), LOGINS, st.sampled_from([*teams, *terms]), st.data())
    some = draw(st.lists(files, max_size=12, unique_by=lambda one: one.id))
    return program, some


def _file(program: Program, login: str, where: Team | str, data: Any) -> Record:
    named = where.mentors if isinstance(where, Team) else data.draw(named_mentors)
    changes: dict[str, Any] = {
        "team": where.id if isinstance(where, Team) else "",
        "mentor": named[0].login,
        "others": named[1:],
        "status": data.draw(st.sampled_from([Status.ACTIVE, Status.ACTIVE, *Status])),
    }
    term = program.term(where.term if isinstance(where, Team) else where)
    if term is None:
        return record(login, start="2027-01-04", weeks=data.draw(st.integers(1, 60)), **changes)
    return member(term, login, **changes)


@given(programs(), st.data())
def test_no_seat_over_capacity_no_team_over_size_and_nobody_waits_beside_a_free_one(
    drawn: tuple[Program, list[Record]], data: st.DataObject
) -> None:
    program, some = drawn
    seats, teams = allot(program, some, on=TODAY), allot_teams(program, some, on=TODAY)
    order = data.draw(st.permutations(some))
    assert (seats, teams) == (
        allot(program, order, on=TODAY),
        allot_teams(program, order, on=TODAY),
    )
    wanting = [one for one in some if one.status.holds_seat and last_day(one, program) >= TODAY]
    by_id = {one.id: one for one in mentorships(wanting, program)}
    seated_somewhere = {one for seat in seats.values() for one in seat.seated}
    for seat in seats.values():
        for day in (one.start for one in by_id.values()):
            there = [
                one
                for one in seat.seated
                if by_id[one].start <= day <= last_day(by_id[one], program)
            ]
            assert len(there) <= seat.capacity
        assert seated_somewhere.isdisjoint(seat.waiting)
    for one in by_id.values():
        full = [login for login in one.seat_mentors if one.id in seats[login].waiting]
        assert all(seats[login].free(program, one.term) == 0 for login in full)
        if not full:
            assert all(one.id in seats[login].seated for login in one.seat_mentors)
    everyone = {one for seat in seats.values() for one in seat.seated}
    numbers = {one: number for number, one in enumerate(sorted(everyone), start=1)}
    later = allot(program, some, on=TODAY, trackers=numbers)
    assert [set(one.seated) for one in later.values()] == [
        set(one.seated) for one in seats.values()
    ]
    assert [one.waiting for one in later.values()] == [one.waiting for one in seats.values()]
    for places in teams.values():
        assert len(places.seated) <= places.size
        assert not (places.waiting and places.free)
        everybody = {one.id for one in wanting if one.team == places.team}
        assert {*places.seated, *places.waiting} == everybody
