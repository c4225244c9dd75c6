"""The demonstration's season, played once for all tests here."""

from datetime import date

import pytest

from mentorship_action.domain.program import Program
from mentorship_action.records.load import load
from mentorship_action.rehearsal.demonstration import DEMO, demonstration
from mentorship_action.rehearsal.page import write_page
from mentorship_action.rehearsal.season import Season, play
from tests.builders import WORDING


@pytest.fixture(scope="session")
def demo_program() -> Program:
    program = load(DEMO, today=date(2026, 11, 9)).program
    assert program is not None
    return program


@pytest.fixture(scope="session")
def demo(demo_program: Program) -> Season:
    return play(demonstration(demo_program, WORDING))


@pytest.fixture(scope="session")
def page(demo: Season) -> str:
    return write_page(demo)
