"""What a program asks of its mentees' records, in the few values that judging them takes.

Most runs find nothing wrong and need no more; the whole program, and all of `domain` with it, is
made when somebody asks for it.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mentorship_action.domain.program import Program

# What the keys that may be left out stand for; `domain.program` has the same, as a test holds.
DEFAULT_WEEKS = 12
DEFAULT_MINUTES = 30
LEAST = 1


class Place(NamedTuple):
    """A mentor as records see one: the login as spelled, and how many mentees at a time."""

    handle: str
    capacity: int


class Terms(NamedTuple):
    """What records are judged by; ``mentors`` by lower-case login, in the program's order."""

    mentors: Mapping[str, Place]
    least_hours: int
    least_weeks: int
    weeks: int
    meeting_minutes: int


class KnownProgram:
    """A sound program: its terms at once, the domain's value when it is asked for."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    @cached_property
    def terms(self) -> Terms:
        """What records are judged by."""
        about = self._data["program"]
        minimum = about.get("minimum", {})
        return Terms(
            mentors={
                mentor["github"].lower(): Place(mentor["github"], int(mentor["capacity"]))
                for mentor in self._data["mentors"]
            },
            least_hours=int(minimum.get("hours_per_week", LEAST)),
            least_weeks=int(minimum.get("weeks", LEAST)),
            weeks=int(about.get("weeks", DEFAULT_WEEKS)),
            meeting_minutes=int(about.get("meeting_minutes", DEFAULT_MINUTES)),
        )

    @cached_property
    def program(self) -> "Program":
        """The program as the domain knows it."""
        from mentorship_action.records.values import to_program  # noqa: PLC0415 - see above

        return to_program(self._data)


class GivenProgram:
    """The same, made from a program that somebody has already."""

    def __init__(self, program: "Program") -> None:
        self.program = program

    @cached_property
    def terms(self) -> Terms:
        """What records are judged by."""
        program = self.program
        return Terms(
            mentors={
                mentor.login: Place(mentor.handle, mentor.capacity) for mentor in program.mentors
            },
            least_hours=program.minimum.hours_per_week,
            least_weeks=program.minimum.weeks,
            weeks=program.weeks,
            meeting_minutes=program.meeting_minutes,
        )
