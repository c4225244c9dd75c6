"""How a mentorship ends: check-ins and tracker close with thanks, and the next one has the seat."""

from datetime import timedelta
from typing import Any

import pytest

from mentorship_action.domain.record import Status
from mentorship_action.forge.protocol import Edit, Rejected
from tests.builders import World, meeting, mentor, program, record, summaries, world

LAST = "2027-01-03 20:00"
"""The last day of four weeks since 7 December, a Sunday, at 21:00 in Madrid."""
AFTER = "2027-01-03 23:30"
"""Half past midnight of the day that follows, in Madrid."""


def mentee(**changes: Any) -> Any:
    return record(**{"weeks": 4, "meeting": meeting("wed"), **changes})


@pytest.fixture
def pair() -> World:
    """A pair in the fourth and last week; its tracker is #1, its check-ins are #2 to #5."""
    play = world(mentee(), program=program(coordinators=("rosa",)))
    play.run()
    for week in range(4):
        play.at("2026-12-08 09:00")
        play.now += timedelta(weeks=week)
        play.run()
    return play


def goodbyes(play: World) -> list[str]:
    bodies = [one.body for one in play.repository.view("anybody").list_comments(1)]
    return [body for body in bodies if "kind=end " in body]


def settled(play: World) -> None:
    """Run once, and see that the next run has nothing to do."""
    run = play.run()
    assert run.report.error is None
    assert run.report.remaining == 0
    play.now += timedelta(minutes=15)
    assert summaries(play.run()) == []


def is_open(play: World, number: int = 1) -> bool:
    return play.repository.issues[number].is_open


def test_on_the_last_day_nothing_ends_and_after_it_everything_does(pair: World) -> None:
    settled(pair.at(LAST))
    assert is_open(pair)
    assert is_open(pair, 5)
    settled(pair.at(AFTER))
    assert not is_open(pair)
    assert "This was the last check-in. Thank you!" in pair.repository.issues[5].body
    assert "**Your weeks are over**, @octocat and @ssbarnea." in goodbyes(pair)[0]
    assert "The agreed weeks are over" in pair.repository.issues[1].body


def test_the_goodbye_sums_up_and_asks_who_mentors_next(pair: World) -> None:
    body = pair.repository.issues[1].body.replace("- [ ]", "- [x]", 3)
    pair.repository.view("ssbarnea").edit_issue(1, Edit(body=body))
    pair.repository.view("octocat").create_comment(5, "/met")
    pair.repository.view("octocat").create_comment(1, "/checklist")
    settled(pair)
    own = next(
        one
        for one in pair.repository.view("octocat").list_comments(1)
        if one.author.login == "octocat"
    )
    pair.repository.view("octocat").edit_comment(own.id, own.body.replace("- [ ]", "- [x]", 1))
    settled(pair.at(AFTER))
    (said,) = goodbyes(pair)
    assert "| Weeks | 4 |" in said
    assert "| Meetings | 1 noted, in 4 check-ins |" in said
    assert "| Checklist | 4 of 8 |" in said
    assert "- Learn how maintainers review" in said
    assert "  - github: octocat\n    capacity: 1\n" in said
    assert "tell `rosa`" in said


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (Status.COMPLETED, "**Congratulations**, @octocat, and thank you, @ssbarnea!"),
        (Status.WITHDRAWN, "You don't owe anybody a reason"),
    ],
)
def test_whoever_finishes_or_withdraws_gets_one_goodbye(
    pair: World, status: Status, says: str
) -> None:
    pair.with_records(mentee(status=status))
    settled(pair)
    assert not is_open(pair)
    assert not is_open(pair, 5)
    assert [says in one for one in goodbyes(pair)] == [True]
    settled(pair.at("2027-02-01 10:00"))
    assert len(goodbyes(pair)) == 1


def test_a_withdrawal_counts_what_was_and_asks_nothing(pair: World) -> None:
    pair.with_records(mentee(status=Status.WITHDRAWN))
    settled(pair)
    assert "?" not in goodbyes(pair)[0]
    assert "| Weeks | 4 |" in goodbyes(pair)[0]


def test_a_removed_file_gets_a_goodbye_without_names(pair: World) -> None:
    pair.with_records(record("another", mentor="ganeshrn", mentor_handle="ganeshrn"))
    pair.run()
    assert "The mentee file is gone" in goodbyes(pair)[0]
    assert "@" not in goodbyes(pair)[0]
    assert not is_open(pair)


def test_more_weeks_open_it_again_and_it_ends_a_second_time(pair: World) -> None:
    settled(pair.at(AFTER))
    pair.with_records(mentee(weeks=6))
    settled(pair.at("2027-01-05 09:00"))
    assert is_open(pair)
    assert "Week 5 of 6" in pair.repository.issues[6].title
    settled(pair.at("2027-01-18 00:00"))
    assert not is_open(pair)
    assert len(goodbyes(pair)) == 2


def test_the_weeks_of_who_is_paused_are_over_as_well(pair: World) -> None:
    pair.with_records(mentee(status=Status.PAUSED))
    settled(pair)
    assert is_open(pair)
    settled(pair.at(AFTER))
    assert not is_open(pair)


def test_a_tracker_that_somebody_closed_gets_no_goodbye(pair: World) -> None:
    pair.repository.view("ssbarnea").edit_issue(1, Edit(state="closed"))
    settled(pair.at(AFTER))
    assert goodbyes(pair) == []


def test_the_seat_is_free_for_the_next_in_the_same_run() -> None:
    one = program(mentors=(mentor(capacity=1, zone="Asia/Tokyo"),), zone="Asia/Tokyo")
    waits = record("hubot", start="2026-12-08", weeks=12)
    play = world(mentee(), waits, program=one)
    play.run()
    # The day has passed in Tokyo, and not where the mentee is.
    play.at("2027-01-03 16:00").run()
    assert play.titles(is_open=True)[0] == "Mentorship: octocat with ssbarnea"
    assert "Mentorship: hubot with ssbarnea" not in play.titles()
    settled(play.at(AFTER))
    assert "Mentorship: octocat with ssbarnea" in play.titles(is_open=False)
    assert "Mentorship: hubot with ssbarnea" in play.titles(is_open=True)


def test_a_tracker_stays_open_until_its_goodbye_is_said(pair: World) -> None:
    forge = pair.at(AFTER).repository.view(pair.bot.me().login)

    def fails(*_: object) -> None:
        raise Rejected("no")

    forge.create_comment = fails  # type: ignore[assignment, method-assign]
    assert pair.run(forge).report.remaining == 2
    assert is_open(pair)
    settled(pair)
    assert not is_open(pair)
    assert len(goodbyes(pair)) == 1


def test_a_run_that_stops_after_the_goodbye_says_it_once(pair: World) -> None:
    forge = pair.at(AFTER).repository.view(pair.bot.me().login)
    plain = forge.edit_issue

    def fails(number: int, edit: Edit) -> None:
        if number == 1 and edit.state == "closed":
            raise RuntimeError
        plain(number, edit)

    forge.edit_issue = fails  # type: ignore[assignment, method-assign]
    with pytest.raises(RuntimeError):
        pair.run(forge)
    settled(pair)
    assert not is_open(pair)
    assert len(goodbyes(pair)) == 1


def test_a_locked_tracker_is_closed_without_a_word(pair: World) -> None:
    pair.repository.locked.add(1)
    settled(pair.at(AFTER))
    assert not is_open(pair)
    assert goodbyes(pair) == []


def answers(play: World) -> list[str]:
    bodies = [one.body for one in play.repository.view("anybody").list_comments(1)]
    return [body.split("\n", 1)[1] for body in bodies if "kind=answer" in body]


def test_graduates_get_a_certificate_on_the_closed_tracker_and_once(pair: World) -> None:
    pair.with_records(mentee(status=Status.COMPLETED, name="Mona <Lisa>"))
    settled(pair)
    pair.repository.view("octocat").create_comment(1, "/certificate")
    settled(pair)
    (said,) = answers(pair)
    assert "congratulations!" in said
    assert "Save it as `certificates/octocat.svg`" in said
    assert "Mona &lt;Lisa&gt;" in said


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.WITHDRAWN])
def test_nobody_else_gets_one(pair: World, status: Status) -> None:
    pair.with_records(mentee(status=status))
    settled(pair)
    pair.repository.view("octocat").create_comment(1, "/certificate")
    settled(pair)
    assert "a certificate is for who has completed a mentorship" in answers(pair)[0]


def test_a_closed_tracker_is_looked_for_only_where_somebody_speaks(pair: World) -> None:
    settled(pair.at(AFTER))
    pair.repository.view("octocat").create_comment(1, "Thank you all!")
    pair.now += timedelta(minutes=15)
    before = pair.run().requests
    pair.repository.view("mallory").create_comment(1, "/extend 4")
    assert pair.run().requests == before
    pair.repository.view("ssbarnea").create_comment(1, "/help")
    settled(pair)
    assert "this is what you can say here" in answers(pair)[-1]
