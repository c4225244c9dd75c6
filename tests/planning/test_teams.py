"""Teams: one tracker and one check-in a period, with a part for each mentee."""

import re
from dataclasses import replace

import pytest

from mentorship_action.domain.record import Chat, Status
from mentorship_action.forge.protocol import Draft, Edit
from tests.builders import World, notices, record, span, summaries, world
from tests.teams import LED, team, teammate, with_teams

WEEK_1 = "2027-02-15 18:00"
WEEK_2 = "2027-02-22 18:00"


def a_team(*logins: str, **changes: object) -> World:
    """Return a world in which some people are in the team Blue, and all may be assigned."""
    played = world(*map(teammate, logins), program=with_teams(**changes))
    played.repository.members |= {"radia", "grace", "linus", *logins}
    return played.at(WEEK_1)


def test_a_team_has_one_tracker_and_one_check_in_for_everybody() -> None:
    played = a_team("edsger", "tony")
    played.run()
    assert played.titles() == [
        "Mentorship: Blue with radia",
        "Week 1 of 12: Blue (16 Feb)",
    ]
    tracker, check_in = played.repository.issues.values()
    assert tracker.body.startswith("<!-- mentorship v1 kind=tracker team=blue term=spring -->\n")
    assert check_in.assignees == tracker.assignees == ("radia", "grace", "edsger", "tony")
    assert "@linus" not in tracker.body + check_in.body
    assert played.run().plan.changes == ()


def test_each_mentee_has_a_part_in_tracker_and_check_in() -> None:
    played = a_team("edsger", "tony")
    played.run()
    tracker, check_in = (issue.body for issue in played.repository.issues.values())
    for login in ("edsger", "tony"):
        assert tracker.count(f"## For @{login}") == 1
        assert check_in.count(f"### @{login}") == 1


def test_the_part_of_each_mentee_says_how_far_their_own_list_is() -> None:
    played = a_team("edsger", "tony")
    played.run()
    head, edsger, tony = played.repository.issues[1].body.rpartition("## For @tony")
    assert "## For @edsger" in head
    body = head + edsger + tony.replace("- [ ]", "- [x]", 2)
    played.repository.view("ssbarnea").edit_issue(1, Edit(body=body))
    played.with_records(*map(teammate, ("edsger", "tony", "barbara")))
    played.at(WEEK_2).run()
    said = played.repository.issues[3].body
    lists = re.findall(r"### @(\w+)|^Checklist: (\d+)", said, re.MULTILINE)
    assert lists == [("edsger", ""), ("", "0"), ("tony", ""), ("", "2"), ("barbara", "")]


def test_an_open_item_comes_back_in_the_part_of_whose_it_is() -> None:
    played = a_team("edsger", "tony")
    played.run()
    played.repository.view("edsger").create_comment(2, "- [ ] Ask about routing")
    played.repository.view("radia").create_comment(2, "- [ ] Choose a demo")
    played.at(WEEK_2).run()
    played.at("2027-03-01 18:00").run()
    for number in (3, 4):
        body = played.repository.issues[number].body
        places = [
            body.index(text)
            for text in ("Choose a demo", "### @edsger", "Ask about routing", "### @tony")
        ]
        assert places == sorted(places)
    assert played.run().plan.changes == ()


def test_the_open_items_of_who_has_left_go_with_them() -> None:
    played = a_team("edsger", "tony")
    played.run()
    played.repository.view("edsger").create_comment(2, "- [ ] Ask about routing")
    played.at(WEEK_2).run()
    assert "Ask about routing" in played.repository.issues[3].body
    played.with_records(teammate("edsger", status=Status.WITHDRAWN), teammate("tony"))
    played.at("2027-03-01 18:00").run()
    follower = played.repository.issues[4].body
    assert "Ask about routing" not in follower
    assert "ages=" not in follower


def test_a_meeting_is_shown_on_every_clock_once() -> None:
    played = a_team("edsger", "tony")
    played.run()
    tracker, check_in = (issue.body for issue in played.repository.issues.values())
    assert "| Meeting | Tuesday 18:00 Europe/Berlin, 60 minutes |" in tracker
    assert "Tuesday 12:00 America/New\\_York for `grace`" in tracker
    assert "- `radia`: Tuesday 09:00 America/Los\\_Angeles" in check_in
    assert "Europe/Amsterdam for" not in tracker


def test_a_check_in_is_filed_by_the_clock_of_the_meeting() -> None:
    played = a_team("edsger").at("2027-02-15 07:59")
    played.run()
    assert len(played.titles()) == 1
    played.at("2027-02-15 08:00").run()
    assert len(played.titles()) == 2


def test_a_newcomer_gets_a_part_and_ticks_stay() -> None:
    played = a_team("edsger")
    played.run()
    body = played.repository.issues[1].body.replace("- [ ] Expect", "- [x] Expect")
    played.repository.view("ssbarnea").edit_issue(1, Edit(body=body))
    played.repository.members.add("tony")
    played.with_records(teammate("edsger"), teammate("tony")).run()
    tracker = played.repository.issues[1]
    assert tracker.body.index("## For @edsger") < tracker.body.index("## For @tony")
    assert tracker.body.count("- [x] Expect") == 1
    assert tracker.body.count("## For @tony") == 1
    assert tracker.assignees == ("radia", "grace", "edsger", "tony")
    assert played.run().plan.changes == ()


def test_who_joins_within_a_period_gets_a_part_in_the_open_check_in() -> None:
    played = a_team("edsger")
    played.run()
    played.repository.view("edsger").create_comment(2, "- [ ] Ask about routing")
    played.with_records(teammate("edsger"), teammate("tony")).run()
    check_in = played.repository.issues[2]
    assert check_in.body.index("### @edsger") < check_in.body.index("### @tony")
    written = check_in.body.replace("### @tony\n", "### @tony\n\n- [x] Say hello\n")
    played.repository.view("ssbarnea").edit_issue(2, Edit(body=written))
    assert played.run().plan.changes == ()
    assert len(played.repository.comments[2]) == 1


def test_who_goes_on_within_a_period_gets_a_part_and_a_closed_check_in_stays_as_it_is() -> None:
    played = a_team("edsger", "tony")
    paused = teammate("tony", status=Status.PAUSED)
    played.with_records(teammate("edsger"), paused).run()
    played.with_records(teammate("edsger"), teammate("tony")).run()
    assert "### @tony" in played.repository.issues[2].body
    played.repository.view("ssbarnea").edit_issue(2, Edit(state="closed"))
    played.with_records(teammate("edsger"), teammate("tony"), teammate("ada")).run()
    assert "### @ada" not in played.repository.issues[2].body
    assert played.run().plan.changes == ()


def test_who_leaves_a_team_takes_their_part_along_and_the_others_keep_theirs() -> None:
    played = a_team("edsger", "tony")
    played.run()
    body = played.repository.issues[1].body.replace("- [ ] Expect", "- [x] Expect")
    played.repository.view("ssbarnea").edit_issue(1, Edit(body=body))
    played.with_records(teammate("edsger", status=Status.WITHDRAWN), teammate("tony")).run()
    tracker = played.repository.issues[1]
    assert tracker.is_open
    assert "edsger" not in tracker.body
    assert tracker.body.count("- [x] Expect") == 1
    assert tracker.assignees == ("radia", "grace", "tony")
    played.at(WEEK_2).run()
    assert "edsger" not in played.repository.issues[3].body
    assert played.run().plan.changes == ()


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (Status.COMPLETED, "**Congratulations**, @edsger! You are done, and Blue goes on. Your"),
        (Status.WITHDRAWN, "@edsger, thank you for the time you were here."),
    ],
)
def test_who_leaves_a_team_that_goes_on_gets_one_goodbye(status: Status, says: str) -> None:
    played = a_team("edsger", "tony")
    played.run()
    played.repository.view("edsger").create_comment(1, "Thank you all!")
    body = played.repository.issues[1].body.replace("- [ ] Expect", "- [x] Expect", 1)
    played.repository.view("ssbarnea").edit_issue(1, Edit(body=body))
    played.with_records(teammate("edsger", status=status), teammate("tony")).run()
    _, goodbye = played.repository.comments[1]
    assert says in goodbye.body
    if status is Status.COMPLETED:
        assert "Your checklist: 1 of " in goodbye.body
        assert "Comment `/certificate`" in goodbye.body
    assert played.run().plan.changes == ()
    played.at(WEEK_2).run()
    assert len(played.repository.comments[1]) == 2


def test_a_team_ends_when_nobody_is_left() -> None:
    played = a_team("edsger", "tony")
    played.run()
    gone = teammate("tony", status=Status.WITHDRAWN)
    played.with_records(teammate("edsger"), gone).run()
    played.with_records(teammate("edsger", status=Status.COMPLETED), gone).run()
    assert played.titles(is_open=True) == []
    assert "Completed" in played.repository.issues[1].body
    assert "tony" not in played.repository.issues[1].body
    assert played.run().plan.changes == ()


def test_a_team_without_files_is_closed() -> None:
    played = a_team("edsger")
    played.run()
    run = played.with_records(record()).run()
    assert "close #1: nobody is in the team blue any more" in summaries(run)
    assert "Mentorship: Blue with radia" not in played.titles(is_open=True)


def test_a_team_ends_with_its_term() -> None:
    played = a_team("edsger")
    played.run()
    played.at("2027-05-10 18:00").run()
    assert played.titles(is_open=True) == []
    assert "The agreed weeks are over" in played.repository.issues[1].body
    assert played.run().plan.changes == ()


def test_a_paused_mentee_has_no_part_in_check_ins() -> None:
    played = a_team("edsger", "tony")
    played.with_records(teammate("edsger", status=Status.PAUSED), teammate("tony")).run()
    tracker, check_in = (issue.body for issue in played.repository.issues.values())
    assert "edsger" in tracker
    assert "edsger" not in check_in


def test_who_is_over_the_size_waits_and_is_in_no_part() -> None:
    played = a_team("a", "b", "c", "d")
    run = played.run()
    assert notices(run) == ["d waits for a free place in Blue"]
    assert all("@d" not in issue.body for issue in played.repository.issues.values())
    played.with_records(
        teammate("a", status=Status.COMPLETED), teammate("b"), teammate("c"), teammate("d")
    ).run()
    assert "## For @d" in played.repository.issues[1].body


def test_who_is_in_the_tracker_stays_when_the_team_gets_smaller() -> None:
    played = a_team("a", "b")
    played.run()
    played.program = with_teams(team(size=1))
    run = played.run()
    assert notices(run) == ["Blue has more mentees than places; b goes on anyway"]
    assert "## For @b" in played.repository.issues[1].body


def test_who_comes_first_in_the_files_does_not_push_somebody_out() -> None:
    played = a_team("b", "c", "d")
    played.run()
    played.with_records(*map(teammate, "abcd"))
    assert notices(played.run()) == ["a waits for a free place in Blue"]


def test_a_team_waits_as_a_whole_for_its_mentors() -> None:
    busy = team("Red")
    blue = team()
    played = world(
        teammate("zoe", busy),
        teammate("edsger", blue),
        program=with_teams(blue, busy),
        arrivals={"spring/zoe": 0, "spring/edsger": 1},
    ).at(WEEK_1)
    run = played.run()
    assert [title for title in played.titles() if "Blue" in title] == []
    assert notices(run) == ["Blue waits for a free seat with radia"]


def test_somebody_in_a_team_and_in_a_pair_has_two_mentorships() -> None:
    played = a_team("edsger")
    alone = record("edsger", mentor="ada", mentor_handle="ada", start="2026-11-02", weeks=10)
    played.with_records(alone, teammate("edsger"))
    played.at("2026-12-01 18:00").run()
    played.at(WEEK_1).run()
    assert {"Mentorship: edsger with ada", "Mentorship: Blue with radia"} <= set(played.titles())
    assert played.run().plan.changes == ()


def test_who_moves_from_a_pair_into_a_team_leaves_the_tracker_of_the_pair() -> None:
    pair = replace(teammate("edsger"), team="", mentor="ada", mentor_handle="ada", others=())
    played = world(pair, program=with_teams()).at(WEEK_1)
    played.run()
    run = played.with_records(teammate("edsger")).run()
    assert "close #1: edsger is in the team blue now" in summaries(run)
    assert "Mentorship: Blue with radia" in played.titles(is_open=True)
    assert played.run().plan.changes == ()


def test_who_was_renamed_keeps_the_place_in_the_team() -> None:
    played = a_team("a", "b", "c")
    played.run()
    account = played.repository.account("z").id
    body = played.repository.issues[1].body.replace("a:0", f"a:{account}")
    played.repository.view("ssbarnea").edit_issue(1, Edit(body=body))
    for number, box in ((1, "- [ ] Expect"), (2, "Working on")):
        body = played.repository.issues[number].body.replace(box, f"- [x] Done\n{box}", 1)
        played.repository.view("ssbarnea").edit_issue(number, Edit(body=body))
    played.with_records(*map(teammate, "bcdz"))
    run = played.run()
    assert notices(run) == ["d waits for a free place in Blue"]
    assert "update #1: a is z now" in summaries(run)
    for number, heading in ((1, "## For"), (2, "###")):
        body = played.repository.issues[number].body
        mine = body[body.index(f"{heading} @z") : body.index(f"{heading} @b")]
        assert "- [x] Done" in mine
        assert f"{heading} @a" not in body
    assert played.run().plan.changes == ()


def test_the_open_items_of_who_was_renamed_stay_theirs() -> None:
    played = a_team("a", "b")
    played.run()
    account = played.repository.account("z").id
    body = played.repository.issues[1].body.replace("a:0", f"a:{account}")
    played.repository.view("ssbarnea").edit_issue(1, Edit(body=body))
    played.repository.view("a").create_comment(2, "- [ ] Ask about routing")
    played.at(WEEK_2).run()
    played.with_records(teammate("b"), teammate("z")).run()
    played.at("2027-03-01 18:00").run()
    follower = played.repository.issues[4].body
    assert follower.index("### @z") < follower.index("Ask about routing")
    assert played.run().plan.changes == ()


def test_the_backup_of_a_team_steps_in_on_the_teams_tracker() -> None:
    played = a_team("edsger", "tony")
    played.run()
    played.repository.view("radia").create_comment(1, "/handover @linus")
    played.at("2027-02-15 19:00").run()
    said = [one.body for one in played.repository.comments[1] if "linus, will you" in one.body]
    assert len(said) == 1
    assert "as the lead of the team `Blue`" in said[0]
    assert "- `tony`: Learn how maintainers review" in said[0]

    played.repository.view("linus").create_comment(1, "/accept")
    played.at("2027-02-15 20:00").run()
    assert played.repository.issues[1].title == "Mentorship: Blue with linus"
    assert "in place of `radia`" in played.repository.issues[1].body
    played.at(WEEK_2).run()
    assert "Hi Blue, @linus and @grace" in played.repository.issues[3].body
    assert played.run().plan.changes == ()


def test_the_backup_of_a_team_is_asked_when_the_lead_leaves_the_program() -> None:
    played = a_team("edsger")
    played.run()
    mentors = tuple(one for one in played.program.mentors if one.login != "radia")
    played.program = with_teams(mentors=mentors)
    played.run()
    said = [one.body for one in played.repository.comments[1] if "linus, will you" in one.body]
    assert len(said) == 1
    assert "`radia` is no longer a mentor of the program" in said[0]
    assert played.run().plan.changes == ()


def test_of_two_trackers_of_a_team_one_stays() -> None:
    played = a_team("edsger")
    played.run()
    first = played.repository.issues[1]
    played.bot.create_issue(Draft(title=first.title, body=first.body, labels=first.labels))
    played.run()
    assert played.titles(is_open=True).count("Mentorship: Blue with radia") == 1
    assert played.run().plan.changes == ()


def test_the_largest_team_with_the_longest_files_fits_into_its_issues() -> None:
    big = team(size=30, mentors=LED)
    wordy = {
        "name": "&" * 100,
        "goals": tuple(f"{number}{'&' * 199}" for number in range(10)),
        "focus": tuple(f"{'f' * 48}-{number}" for number in range(10)),
        "links": tuple(f"https://example.org/{'l' * 900}{number}" for number in range(10)),
        "away": tuple(span(f"2027-03-{day:02d}", f"2027-03-{day:02d}") for day in range(1, 21)),
        "chat": Chat(network="matrix", handle="&" * 100),
        "zone": "America/Argentina/ComodRivadavia",
    }
    logins = [f"{'m' * 36}{number:02d}" for number in range(30)]
    played = world(
        *(teammate(login, big, **wordy) for login in logins), program=with_teams(big)
    ).at(WEEK_1)
    played.repository.members |= {"radia", "grace", "linus", *logins}
    run = played.run()
    assert not [one.text for one in run.plan.notices if one.kind == "problem"]
    tracker, check_in = played.repository.issues.values()
    assert all(f"## For @{login}" in tracker.body for login in logins)
    assert all(f"### @{login}" in check_in.body for login in logins)
    assert tracker.assignees == check_in.assignees == ("radia", "grace", *logins[:8])
    for login in logins:
        played.repository.view(login).create_comment(2, f"- [ ] {login} {'&' * 250}")
    played.repository.view("radia").create_comment(1, "/handover @linus")
    played.at("2027-02-15 19:00").run()
    assert any("linus, will you" in one.body for one in played.repository.comments[1])
    played.at(WEEK_2).run()
    assert max(len(issue.body) for issue in played.repository.issues.values()) < 65_000
    assert played.run().plan.changes == ()
