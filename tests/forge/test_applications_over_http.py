"""Joining, through the gateway and over HTTP: what it costs, and what a kill leaves behind."""

import re
from itertools import count

import pytest

from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.identity import Kind
from tests.applications import Scene
from tests.forge.pairs import open_once
from tests.rig.failures import BadGateway, Proxy, at_write
from tests.rig.kill import Killed, killing
from tests.rig.rest import RestServer


def standing(scene: Scene, number: int) -> tuple[object, ...]:
    """Return how things stand: our comment, suggestions, labels, status, what is open by key."""
    (comment,) = (said.body.split("\n", 1)[1] for said in scene.bot_comments(number))
    comment = re.sub(r" told=\S+", "", comment)  # by the clock, which a killed run moves on
    by_key = open_once(scene.repository)
    return (
        comment,
        [said.comment.body for said in scene.repository.branches.on_lines.get(number, ())],
        scene.pull(number).labels,
        scene.status(number),
        sorted((key, len(issues)) for key, issues in by_key.items()),
        scene.trackers(),
    )


def proposed(scene: Scene) -> int:
    """Somebody proposes a record, and nobody has looked at it yet."""
    return scene.joins("newcomer", hours_per_week=1)


def misspelt(scene: Scene) -> int:
    """Somebody proposes a record in which we know the corrected lines."""
    return scene.joins("newcomer", mentor="ganeshrm", timezone="Europe/Madrit")


def accepted(scene: Scene) -> int:
    """The mentor has just said yes to a record that we have looked at."""
    number = scene.joins("newcomer")
    scene.run()
    scene.says("ganeshrn", number, "/accept")
    return number


def merged(scene: Scene) -> int:
    """A consented record has just been merged."""
    number = accepted(scene)
    scene.run()
    scene.merges(number)
    return number


def test_an_unchanged_application_costs_one_request_a_run(
    rest_server: RestServer, repository_name: str
) -> None:
    costs = []
    for applications in (1, 2, 4):
        scene = Scene()
        site = scene.over_http(rest_server, repository_name).site
        assert site is not None
        for place in range(applications):
            scene.joins(f"newcomer-{place}")
        scene.run()
        scene.run()
        before = len(site.exchanges)

        assert scene.run().plan.changes == ()
        costs.append(len(site.exchanges) - before)

    assert costs[1] - costs[0] <= 1
    assert costs[2] - costs[0] <= 3


@pytest.mark.parametrize(
    "begin",
    [
        proposed,
        misspelt,
        accepted,
        merged,
    ],
)
def test_a_run_killed_at_any_request_about_an_application_is_put_right_by_two_more(
    rest_server: RestServer, repository_name: str, begin: object
) -> None:
    assert callable(begin)
    undisturbed = Scene()
    expected_number = begin(undisturbed)
    undisturbed.run()
    undisturbed.run()
    expected = standing(undisturbed, expected_number)

    for at in count(1):
        scene = Scene()
        number = begin(scene)
        try:
            with killing(at):
                scene.over_http(rest_server, repository_name)
                scene.run()
        except Killed:
            scene.in_memory()
            scene.run()
            scene.run()
            assert standing(scene, number) == expected
            assert scene.run().plan.changes == ()
            assert scene.mismatches == []
        else:
            assert at > 1
            break


def test_a_comment_whose_answer_was_lost_is_not_said_again(
    rest_server: RestServer, rest_proxy: Proxy, repository_name: str
) -> None:
    scene = Scene()
    number = scene.joins("newcomer")
    scene.over_http(rest_server, repository_name, api=rest_proxy.url)
    rest_proxy.fail(at_write(1, BadGateway(went_through=True), path="/comments"))

    scene.run()
    scene.run()

    assert len(scene.bot_comments(number)) == 1
    assert scene.run().plan.changes == ()
    keys = [parse_marker(said.body) for said in scene.bot_comments(number)]
    assert [key.kind for key in keys if key] == [Kind.APPLICATION]


def test_suggestions_whose_answer_was_lost_are_not_made_again(
    rest_server: RestServer, rest_proxy: Proxy, repository_name: str
) -> None:
    scene = Scene()
    number = misspelt(scene)
    scene.over_http(rest_server, repository_name, api=rest_proxy.url)
    rest_proxy.fail(at_write(1, BadGateway(went_through=True), path="/reviews"))

    first = scene.run()
    assert scene.bot_comments(number) == [], "our comment comes last, so that a later run goes on"
    scene.run()

    assert first.report.remaining > 0
    assert len(scene.bot_comments(number)) == 1
    assert len(scene.bot.list_line_comments(number)) == 2
    assert scene.run().plan.changes == ()
