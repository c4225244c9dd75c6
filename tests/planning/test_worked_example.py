"""A new policy takes one file, one template, one line in the registry and one test."""

from pathlib import Path

from mentorship_action.planning.registry import POLICIES
from tests.builders import World, record, world
from tests.planning.birthdays import BIRTHDAY

TEMPLATE = Path(__file__).with_name("birthday.md.j2").read_text()


def play(now: str) -> World:
    played = world(
        record(zone="Asia/Tokyo"),
        overrides={"birthday.md.j2": TEMPLATE},
        policies=(*POLICIES, BIRTHDAY),
    )
    played.at("2026-12-07 12:00").run()
    played.at(now).run()
    return played


def greetings(played: World) -> list[str]:
    comments = played.repository.comments.get(1, ())
    return [comment.body.partition("\n")[2].strip() for comment in comments]


def test_a_birthday_is_greeted_on_its_day_in_the_mentees_zone() -> None:
    assert greetings(play("2026-12-09 16:00")) == ["Happy birthday, @octocat!"]


def test_it_is_greeted_once() -> None:
    played = play("2026-12-09 16:00")
    assert played.run().plan.changes == ()
    assert len(greetings(played)) == 1


def test_no_other_day_is_greeted() -> None:
    assert greetings(play("2026-12-10 16:00")) == []
