"""Mentorships: what mentee files make, and how each is known."""

from mentorship_action.domain.bot_state import marker, parse_marker
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.mentorship import mentorships, pair
from mentorship_action.domain.program import MentorRole, NamedMentor
from tests.builders import program, record
from tests.terms import SPRING, member


def test_a_pair_is_known_by_its_mentee_and_term() -> None:
    rolling, cohort = mentorships((record(), member(SPRING)), program())
    assert (rolling.id, rolling.key(Kind.TRACKER)) == (
        "octocat",
        Key(kind=Kind.TRACKER, mentee="octocat"),
    )
    assert (cohort.id, cohort.key(Kind.CHECK_IN, "2027-W08")) == (
        "spring/octocat",
        Key(kind=Kind.CHECK_IN, mentee="octocat", term="spring", period="2027-W08"),
    )


def test_the_key_of_a_mentorship_names_it() -> None:
    for one in mentorships((record(), member(SPRING)), program()):
        assert one.key(Kind.TRACKER).mentorship == one.id


def test_lead_and_co_give_a_seat_and_a_backup_none() -> None:
    others = (
        NamedMentor(login="grace", handle="Grace", role=MentorRole.CO),
        NamedMentor(login="linus", handle="linus", role=MentorRole.BACKUP),
    )
    one = pair(record(mentor="ada", others=others))
    assert (one.lead, one.seat_mentors, one.backups) == ("ada", ("ada", "grace"), ("linus",))


def test_a_marker_names_a_mentee_or_a_team_and_never_both() -> None:
    team = Key(kind=Kind.TRACKER, team="blue", term="spring")
    assert parse_marker(marker(team)) == team
    assert team.mentorship == "spring/team:blue"
    assert parse_marker(marker(Key(kind=Kind.TRACKER, mentee="ada", team="blue"))) is None
