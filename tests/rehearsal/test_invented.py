"""A program that nobody has joined is rehearsed with invented mentees."""

from dataclasses import replace
from datetime import date

from mentorship_action.domain.program import NamedMentor, Program, Span, Team, Term
from mentorship_action.records.validate import validate_record
from mentorship_action.records.write import record_text
from mentorship_action.rehearsal.invented import invented_mentees
from tests.builders import mentor, program

TODAY = date(2026, 12, 2)
PROGRAM = program(mentors=(mentor("ada", capacity=1), mentor("off", capacity=0)))
TERM = Term(
    id="2027-spring",
    name="Spring 2027",
    applications=Span(first=date(2027, 1, 11), last=date(2027, 1, 31)),
    start=date(2027, 2, 15),
    weeks=12,
)


def in_term(whole: Program) -> Program:
    past = Span(first=date(2026, 1, 5), last=date(2026, 1, 9))
    former = replace(TERM, id="2026-spring", applications=past, start=date(2026, 2, 2))
    return replace(whole, terms=(former, TERM))


def test_one_more_than_there_are_seats_asks_a_mentor_who_takes_mentees() -> None:
    people = invented_mentees(PROGRAM, TODAY)
    assert [one.mentor for one in people] == ["ada", "ada"]
    assert {one.start for one in people} == {date(2026, 12, 14)}


def test_a_large_program_gets_a_few_people_with_different_mentors() -> None:
    many = program(mentors=tuple(mentor(f"m{n}", capacity=9) for n in range(40)))
    people = invented_mentees(many, TODAY)
    assert len(people) == len({one.mentor for one in people}) == 6


def test_in_a_program_of_terms_they_join_the_next_one() -> None:
    for today in (TODAY, TERM.applications.last, date(2030, 1, 1)):
        people = invented_mentees(in_term(PROGRAM), today)
        assert {(one.term, one.start) for one in people} == {("2027-spring", date(2027, 2, 15))}


def test_teams_of_the_term_get_members() -> None:
    lead = NamedMentor(login="ada", handle="ada")
    blue = Team(id="blue", name="Blue", term=TERM.id, size=5, mentors=(lead,), zone="Etc/UTC")
    teams = (blue, replace(blue, id="old", term="2026-spring"), replace(blue, id="any", term=""))
    people = invented_mentees(replace(in_term(PROGRAM), teams=teams), TODAY)
    assert [one.team for one in people] == ["blue", "blue", "", ""]


def test_nobody_is_mentor_and_mentee() -> None:
    own = program(mentors=(mentor("amara-demo", capacity=2),))
    assert [one.login for one in invented_mentees(own, TODAY)] != []
    assert all(one.login != one.mentor for one in invented_mentees(own, TODAY))


def test_without_a_mentor_nobody_joins() -> None:
    assert invented_mentees(program(mentors=(mentor("off", capacity=0),)), TODAY) == ()


def test_their_files_are_valid() -> None:
    for whole in (PROGRAM, in_term(PROGRAM)):
        for one in invented_mentees(whole, TODAY):
            text = record_text(one).encode()
            assert validate_record(one.file, text, whole).findings == ()
