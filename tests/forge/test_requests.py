"""What a run may ask for and whose marker counts: a repository has 1,000 requests an hour."""

from collections.abc import Callable
from dataclasses import replace
from math import ceil

import pytest

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.identity import Key, Kind
from mentorship_action.errors import Exit
from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.protocol import Draft, Edit, Forge
from mentorship_action.planning.changes import CloseIssue, OpenIssue
from tests.applications import Scene
from tests.builders import World, notices
from tests.forge.pairs import pairs
from tests.rig.failures import Proxy
from tests.rig.people import ACTIONS, MEMBER, OWNER, token_of
from tests.rig.rest import RestServer

SIZES = [1, 100, 250]

NewForge = Callable[[World], Forge]


@pytest.fixture(params=["memory", "http"])
def new_forge(request: pytest.FixtureRequest) -> NewForge:
    """Return what gives the forge of a program, in memory or through the gateway."""
    if request.param == "memory":
        return lambda play: play.repository.view(OWNER)
    rest_server: RestServer = request.getfixturevalue("rest_server")
    proxy: Proxy = request.getfixturevalue("rest_proxy")
    name: str = request.getfixturevalue("repository_name")

    def over_http(play: World) -> Forge:
        rest_server.serve(name, play.repository)
        return GitHubForge(repository=name, token=token_of(OWNER), api=proxy.url)

    return over_http


def begun(number: int) -> World:
    """Return a program whose first week's check-ins are filed."""
    play = pairs(number)
    assert play.run(play.repository.view(OWNER)).report.exit_code is Exit.DONE
    return play


def open_issues(play: World) -> int:
    return sum(issue.is_open for issue in play.repository.issues.values())


@pytest.mark.parametrize("pairs", SIZES)
def test_nothing_due_takes_three_requests_and_the_open_pages_at_most(
    new_forge: NewForge, pairs: int
) -> None:
    play = begun(pairs)

    run = play.run(new_forge(play))

    assert run.plan.changes == ()
    assert run.requests <= 3 + ceil(open_issues(play) / 100)


@pytest.mark.parametrize("pairs", SIZES)
def test_check_ins_filed_and_closed_take_two_requests_each_and_the_pages_and_eight_at_most(
    new_forge: NewForge, pairs: int
) -> None:
    play = begun(pairs)
    pages = ceil(open_issues(play) / 100)

    run = play.run(new_forge(play), weeks=1)

    changes = run.plan.changes
    assert sum(isinstance(change, OpenIssue) for change in changes) == pairs
    assert sum(isinstance(change, CloseIssue) for change in changes) == pairs
    assert run.report.exit_code is Exit.DONE
    assert run.requests <= 2 * pairs + pages + 8


def test_check_ins_that_people_closed_early_cost_one_more_list(new_forge: NewForge) -> None:
    play = begun(3)
    for number, issue in list(play.repository.issues.items()):
        if "kind=check-in" in issue.body:
            play.repository.view(OWNER).edit_issue(number, Edit(state="closed", reason="completed"))

    run = play.run(new_forge(play))

    assert run.plan.changes == ()
    assert run.requests <= 3 + ceil(open_issues(play) / 100)


def test_somebody_who_waits_costs_no_look_through_all_that_was_ever_closed(
    new_forge: NewForge,
) -> None:
    play = begun(1)
    bot = play.repository.view(OWNER)
    for number in range(350):
        body = marker(Key(kind=Kind.CHECK_IN, mentee="long-ago", period="2020-W01"))
        issue = bot.create_issue(Draft(title=f"Long ago {number}", body=body))
        bot.edit_issue(issue.number, Edit(state="closed", reason="completed"))
    first, *_ = play.records
    late = replace(first, login="late", handle="late", file="mentees/late.yml")
    play.with_records(first, late)

    run = play.run(new_forge(play))

    assert run.plan.changes == ()
    assert [notice.kind for notice in run.plan.notices] == ["waiting"]
    assert run.requests <= 5 + ceil(open_issues(play) / 100)


def test_the_count_is_that_of_the_requests_sent(rest_server: RestServer, rest_proxy: Proxy) -> None:
    play = pairs()
    rest_server.serve("owner/counted", play.repository)
    forge = GitHubForge(repository="owner/counted", token=token_of(OWNER), api=rest_proxy.url)

    run = play.run(forge)

    assert run.requests == forge.requests == len(rest_proxy.exchanges)


def test_an_actions_token_takes_no_more_requests_than_another(
    rest_server: RestServer, rest_proxy: Proxy
) -> None:
    counts = []
    for login in (OWNER, ACTIONS):
        play = pairs()
        rest_server.serve("owner/by-actions", play.repository)
        forge = GitHubForge(
            repository="owner/by-actions", token=token_of(login), api=rest_proxy.url
        )
        counts.append(play.run(forge).requests)

    assert counts[0] == counts[1]


def test_a_strangers_marker_is_no_issue_of_ours(rest_server: RestServer) -> None:
    play = begun(1)
    site = rest_server.serve("owner/forged", play.repository)
    tracker = play.repository.issues[1]
    assert "kind=tracker" in tracker.body
    play.repository.writers.add(MEMBER)
    theirs = GitHubForge(repository="owner/forged", token=token_of(MEMBER), api=rest_server.url)
    ours = GitHubForge(repository="owner/forged", token=token_of(OWNER), api=rest_server.url)

    theirs.create_issue(Draft(title=tracker.title, body=tracker.body, labels=tracker.labels))

    assert play.run(ours).plan.changes == ()
    assert site.mismatches == []


# -- Whatever else is in the repository


def among_strangers(pulls: int) -> Scene:
    """Return a program with an application that we have replied to, and unrelated pull requests."""
    scene = Scene().has("octocat", mentor="ssbarnea")
    for number in range(pulls):
        scene.person("stranger").open_pull("Fix a bug", {f"src/{number}.py": b"pass\n"})
    scene.joins("newcomer")
    scene.run()
    scene.run()
    return scene


@pytest.mark.parametrize("pulls", [0, 120, 500])
@pytest.mark.parametrize("over", ["memory", "http"])
def test_unrelated_pull_requests_cost_their_pages_alone(
    request: pytest.FixtureRequest, over: str, pulls: int
) -> None:
    scene = among_strangers(pulls)
    assert scene.stage(pulls + 2) == "needs-answer"
    if over == "http":
        rest_server: RestServer = request.getfixturevalue("rest_server")
        scene.over_http(rest_server, request.getfixturevalue("repository_name"))

    run = scene.run()

    assert run.plan.changes == ()
    pages = 1 + ceil((pulls + 1) / 100)
    # The one application costs a look at its comments.
    assert run.requests <= 5 + pages
    assert scene.mismatches == []


def test_a_merge_makes_nothing_dearer() -> None:
    scene = among_strangers(120)
    before = scene.run().requests
    scene.proposes("maintainer", {"src/more.py": b"pass\n"})
    scene.merges(scene.repository.next_number - 1)

    run = scene.run()

    assert run.plan.changes == ()
    assert run.requests <= before


def test_without_graphql_a_run_keeps_to_its_budget_and_answers_who_came_last() -> None:
    scene = among_strangers(0)
    scene.repository.has_graphql = False
    for number in range(400):
        scene.tick()
        scene.person("stranger").open_pull("Fix a bug", {f"src/{number}.py": b"pass\n"})
    number = scene.joins("another", mentor="ssbarnea")

    run = scene.run()

    assert scene.stage(number) == "needs-answer"
    (left,) = [text for text in notices(run) if "used up its requests" in text]
    assert "open pull requests, such as #3, were not looked at" in left
    assert run.requests <= 310
