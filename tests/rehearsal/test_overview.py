"""What needs attention in a season, and what does not."""

from dataclasses import replace
from typing import Any

from mentorship_action.domain.record import Record
from mentorship_action.rehearsal.overview import Concern, concerns, roster
from mentorship_action.rehearsal.page import write_page
from mentorship_action.rehearsal.people import Persona
from mentorship_action.rehearsal.scenarios import own_season
from mentorship_action.rehearsal.season import Season, play
from tests.builders import WORDING, mentor, program, record

BOSS = program(mentors=(mentor("boss", capacity=1),))


def season(*records: Record, persona: Persona, weeks: int = 8, **options: Any) -> Season:
    scenario = own_season(BOSS, WORDING, records, weeks=weeks, **options)
    return play(replace(scenario, persona_of=lambda _: persona))


def pair(login: str, start: str = "2026-09-07") -> Record:
    return record(login, mentor="boss", mentor_handle="boss", start=start)


def of(played: Season) -> list[str]:
    return [f"{one.about}: {one.text}" for one in concerns(played, roster(played))]


def test_a_season_in_which_people_answer_needs_no_attention() -> None:
    played = season(pair("ada"), persona=Persona(reports=100))
    assert of(played) == []
    assert "Nothing: every application was answered" in write_page(played)


def test_a_single_check_in_without_an_answer_needs_none_and_several_in_a_row_do() -> None:
    once = Persona(reports=100, silent_from=3, silent_to=3)
    assert of(season(pair("ada"), persona=once)) == []
    often = Persona(reports=100, silent_from=3, silent_to=5)
    assert of(season(pair("ada"), persona=often)) == [
        "ada: 3 check-ins in a row had no answer, 21 September to 11 October 2026"
    ]


def test_whoever_waits_for_long_needs_attention() -> None:
    played = season(pair("ada"), pair("bob", "2026-09-14"), persona=Persona(reports=100))
    assert of(played) == [
        "bob: waited 7 weeks for a seat with boss, 7 September to 25 October 2026"
    ]


def test_a_pull_request_that_waits_at_the_end_needs_attention() -> None:
    wrong = replace(pair("ada"), mentor="nobody", mentor_handle="nobody")
    assert of(season(wrong, persona=Persona())) == [
        "ada: the pull request still has errors at the end of the season"
    ]


def test_files_with_errors_come_first() -> None:
    played = season(
        pair("ada"), pair("bob"), persona=Persona(reports=100), left_out=("mentees/eve.yml",)
    )
    first, *_ = concerns(played, roster(played))
    assert first == Concern(
        about="mentees/eve.yml", text="has errors, so nobody played it", is_error=True
    )
