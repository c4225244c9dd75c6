"""The dashboard shows the whole program in one issue, and its boxes are requests."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentorship_action.domain.program import Checkpoint, Limits
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.protocol import Edit, Unreachable
from mentorship_action.planning.registry import POLICIES
from tests.applications import Scene
from tests.builders import (
    World,
    meeting,
    mentor,
    moment,
    notices,
    program,
    record,
    summaries,
    world,
)
from tests.teams import team, teammate, with_teams


def dashboard(play: World | Scene) -> Issue:
    (found,) = (one for one in play.repository.issues.values() if "kind=dashboard" in one.body)
    return found


def section(play: World | Scene) -> str:
    summary = dashboard(play).summary
    assert summary is not None
    return summary.text


def tick(play: World | Scene, text: str) -> None:
    """Tick the box whose line holds a text, as a maintainer does."""
    issue = dashboard(play)
    lines = issue.body.split("\n")
    (place,) = (n for n, line in enumerate(lines) if line.startswith("- [ ] ") and text in line)
    lines[place] = lines[place].replace("- [ ]", "- [x]")
    play.repository.view("ssbarnea").edit_issue(issue.number, Edit(body="\n".join(lines)))


@pytest.fixture
def pair() -> World:
    """A pair in its first week: tracker #1, check-in #2, dashboard #3."""
    play = world(
        record(meeting=meeting("wed")),
        program=program(coordinators=("rosa",)),
        policies=POLICIES,
    )
    play.at("2026-12-08 09:00").run()
    return play


def test_it_is_opened_once_with_links_to_what_was_opened_with_it(pair: World) -> None:
    issue = dashboard(pair)
    assert issue.number == 3
    assert issue.body.startswith("<!-- mentorship v1 kind=dashboard -->\n")
    assert issue.labels == ("mentorship", "mentorship:dashboard")
    assert "| `octocat` (#1) | `ssbarnea` | 1 of 16 | #2 | 28 Mar |" in section(pair)
    assert summaries(pair.run()) == []


def test_the_day_of_the_next_check_in_is_told_as_long_as_there_is_one(pair: World) -> None:
    assert "The next check-in is due on Tuesday 15 December 2026." in section(pair)
    pair.at("2027-03-24 12:00").run()
    assert "is due on" not in section(pair)


def test_a_program_without_anybody_has_none() -> None:
    play = world(policies=POLICIES)
    play.run()
    assert play.repository.issues == {}


def test_it_is_edited_when_it_says_something_else_and_notifies_nobody(pair: World) -> None:
    before = section(pair)
    assert summaries(pair.at("2026-12-11 09:00").run()) == []
    assert section(pair) == before
    pair.at("2026-12-15 09:00").run()
    assert "2 of 16 | #4 |" in section(pair)
    assert "As of Tuesday 15 December 2026" in section(pair)
    assert len(pair.repository.comments.get(3, ())) == 0


def test_one_that_a_person_closed_is_left_alone(pair: World) -> None:
    pair.repository.view("ssbarnea").edit_issue(3, Edit(state="closed"))
    before = dashboard(pair).body
    pair.at("2026-12-15 09:00").run()
    assert dashboard(pair).body == before


def test_what_people_write_around_it_stays(pair: World) -> None:
    body = dashboard(pair).body + "\n\nOur own notes"
    pair.repository.view("ssbarnea").edit_issue(3, Edit(body=body))
    pair.at("2026-12-15 09:00").run()
    assert dashboard(pair).body.endswith("Our own notes")


def test_a_reminder_is_written_once_and_the_box_unticked(pair: World) -> None:
    tick(pair, "Remind `octocat` and `ssbarnea`")
    pair.run()
    (comment,) = pair.repository.comments[2]
    assert "@octocat and @ssbarnea, how is it going?" in comment.body
    assert "- [x]" not in section(pair)
    assert summaries(pair.run()) == []
    tick(pair, "Remind `octocat`")
    pair.run()
    assert len(pair.repository.comments[2]) == 1
    assert "- [x]" not in section(pair)


def test_a_box_stays_ticked_until_it_is_done(pair: World) -> None:
    tick(pair, "Remind `octocat`")
    forge = pair.repository.view(pair.bot.me().login)

    def fails(*_: Any) -> None:
        raise Unreachable("no answer")

    forge.create_comment = fails  # type: ignore[assignment, method-assign]
    pair.run(forge)
    assert "- [x] Remind" in section(pair)
    pair.run()
    assert len(pair.repository.comments[2]) == 1
    assert "- [x]" not in section(pair)


def test_a_reminder_that_may_exist_is_not_repeated(pair: World) -> None:
    tick(pair, "Remind `octocat`")
    forge = pair.repository.view(pair.bot.me().login)

    def fails(*_: Any) -> None:
        raise Unreachable("no answer")

    forge.list_comments = fails  # type: ignore[assignment, method-assign]
    run = pair.run(forge)
    assert run.plan.changes == ()
    assert "- [x] Remind" in section(pair)


def test_skipping_by_a_box_is_skipping_by_a_command(pair: World) -> None:
    said = world(record(meeting=meeting("wed")), program=pair.program, policies=POLICIES)
    said.at("2026-12-08 09:00").run()
    tick(pair, "Skip this week")
    said.repository.view("octocat").create_comment(2, "/skip")
    for play in (pair, said):
        play.run()
        assert not play.repository.issues[2].is_open
        assert "skipped=2026-W50" in play.repository.issues[1].body
        assert "Skip this week" not in section(play)
        assert summaries(play.run()) == []
        play.at("2026-12-15 09:00").run()
    assert pair.repository.issues[2].body == said.repository.issues[2].body
    assert pair.repository.issues[4].title == "Week 2 of 16: octocat & ssbarnea (16 Dec)"
    assert "skipped" in pair.repository.issues[4].body
    assert pair.repository.issues[4].body == said.repository.issues[4].body


def test_a_box_to_skip_stays_ticked_until_the_check_in_is_closed(pair: World) -> None:
    tick(pair, "Skip this week")
    forge = pair.repository.view(pair.bot.me().login)
    plain = forge.edit_issue

    def fails(number: int, edit: Edit) -> Issue:
        if edit.state == "closed":
            raise Unreachable("no answer")
        return plain(number, edit)

    forge.edit_issue = fails  # type: ignore[method-assign]
    pair.run(forge)
    assert "- [x] Skip this week" in section(pair)
    pair.run()
    assert not pair.repository.issues[2].is_open
    assert "- [x]" not in section(pair)


def test_a_tick_that_is_made_while_we_write_is_done_by_the_next_run(pair: World) -> None:
    pair.at("2026-12-15 09:00")
    forge = pair.repository.view(pair.bot.me().login)
    plain = forge.create_issue

    def meanwhile(draft: Any) -> Issue:
        tick(pair, "Remind `octocat`")
        return plain(draft)

    forge.create_issue = meanwhile  # type: ignore[method-assign]
    pair.run(forge)
    assert "- [x] Remind" in section(pair)
    pair.run()
    assert [len(pair.repository.comments.get(n, ())) for n in (2, 4)] == [0, 1]
    assert "2 of 16 | #4 |" in section(pair)
    assert summaries(pair.run()) == []


def test_boxes_with_made_up_requests_do_nothing(pair: World) -> None:
    made_up = (
        "- [x] a <!-- mentorship:box do=skip of=nobody -->\n"
        "- [x] b <!-- mentorship:box do=answer of=1 -->\n"
        "- [x] c <!-- mentorship:box do=delete of=octocat -->"
    )
    body = dashboard(pair).body.replace("## Seats", f"{made_up}\n## Seats")
    pair.repository.view("ssbarnea").edit_issue(3, Edit(body=body))
    pair.run()
    assert pair.repository.issues[2].is_open
    assert "made" not in section(pair)
    assert "- [x]" not in section(pair)


def test_paused_and_silent_mentorships_are_told_from_no_other(pair: World) -> None:
    pair.at("2026-12-29 09:00").run()
    assert "quiet" not in section(pair).lower()
    assert "| `octocat` (#1) | `ssbarnea` | 4 of 16 |" in section(pair)


def test_a_mentorship_that_is_left_alone_comes_first(pair: World) -> None:
    pair.program = program(coordinators=("rosa",), mentors=(mentor("ganeshrn"),))
    pair.run()
    needs = section(pair).partition("## Mentorships")[0]
    assert (
        "**Left alone:** `octocat` (#1) has no mentor in the program any more. Up to `rosa`."
        in needs
    )


def test_an_end_is_shown_two_weeks_before(pair: World) -> None:
    pair.at("2027-03-10 09:00").run()
    assert "Ends soon" not in section(pair)
    pair.at("2027-03-17 09:00").run()
    assert "**Ends soon:** `octocat` (#1), on 28 Mar." in section(pair)


def test_an_open_checkpoint_is_shown_until_everybody_has_answered(pair: World) -> None:
    pair.program = replace(pair.program, checkpoints=(Checkpoint(name="First", week=1),))
    pair.at("2026-12-11 08:30").run()
    assert "**Checkpoint open:** `octocat` (#1), since 11 Dec." in section(pair)
    for login in ("octocat", "ssbarnea"):
        pair.repository.view(login).create_comment(1, "/continue")
    pair.run()
    assert "Checkpoint open" not in section(pair)


def test_thousands_of_mentorships_with_long_names_still_fit(pair: World) -> None:
    many = [f"{'m' * 33}{n}" for n in range(1000)]
    people = tuple(mentor(f"x{login}") for login in many)
    helpers = tuple(f"{'c' * 38}{n}" for n in range(9))
    pair.program = program(mentors=people, coordinators=helpers, limits=Limits(writes_per_run=2000))
    pair.with_records(*(record(login, mentor=f"x{login}") for login in many))
    pair.policies = tuple(one for one in POLICIES if one.name in ("dashboard", "trackers", "seats"))
    pair.run()
    assert pair.run().report.error is None
    assert "950 more are not shown here." in section(pair)
    assert "950 more mentors are not shown here." in section(pair)
    pair.program = replace(pair.program, mentors=people[:10])
    pair.at("2027-03-22 12:00").run()
    pair.at("2027-03-23 12:00").run()
    assert len(dashboard(pair).body) < 60_000
    assert "more are not shown here.\n\n## Mentorships" in section(pair)
    assert "\u2068" not in section(pair)


def test_what_all_mentors_said_of_their_seats_fits_as_well(pair: World) -> None:
    many = tuple(mentor(f"{'m' * 33}{n}") for n in range(1000))
    pair.program = program(mentors=(mentor(), *many))
    pair.at("2027-03-08 12:00").run()
    for day in range(9, 60):
        at = date(2027, 3, 1) + timedelta(days=day)
        pair.at(f"{at} 12:00").run()
    assert section(pair).partition("\n")[0].count("m" * 33) == 1000
    assert len(dashboard(pair).body) < 60_000


def test_what_people_change_about_the_issue_itself_makes_no_second_one(pair: World) -> None:
    boss = pair.repository.view("ssbarnea")
    boss.edit_issue(3, Edit(title="Our mentorships"))
    for label in dashboard(pair).labels:
        boss.remove_label(3, label)
    pair.at("2026-12-15 09:00").run()
    assert dashboard(pair).title == "Our mentorships"
    assert "2 of 16" in section(pair)
    boss.edit_issue(3, Edit(state="closed"))
    pair.at("2026-12-22 09:00").run()
    assert dashboard(pair).number == 3


def test_one_that_was_deleted_is_opened_again(pair: World) -> None:
    pair.repository.put(replace(dashboard(pair), is_open=False))
    del pair.repository.issues[3]
    opened = summaries(pair.run())[-1]
    assert opened == "open “Dashboard of Example Mentorship”: it shows the whole program"


def test_one_without_our_hidden_lines_is_left_alone_and_said_so(pair: World) -> None:
    body = dashboard(pair).body.replace("<!-- mentorship:end -->", "")
    pair.repository.view("ssbarnea").edit_issue(3, Edit(body=body))
    run = pair.at("2026-12-15 09:00").run()
    assert dashboard(pair).body == body
    assert any("the dashboard #3 is left alone" in text for text in notices(run))


def test_long_waitlists_are_cut_and_teams_have_their_own() -> None:
    small = with_teams(team(size=1), coordinators=("rosa",))
    people = [teammate(f"mate-{n:02}", team(size=1)) for n in range(12)]
    play = World(records=tuple(people), program=small, policies=POLICIES)
    play.at("2027-03-01 12:00").run()
    shown = ", ".join(f"`mate-{n:02}`" for n in range(1, 11))
    assert f"- Team `Blue`: {shown} and 1 more\n" in section(play)


def test_who_waits_is_listed_in_order_with_links() -> None:
    play = Scene(policies=POLICIES)
    play.has("hubot", mentor="ganeshrn")
    first, second = (play.joins(login, mentor="ganeshrn") for login in ("octocat", "mona"))
    play.run()
    play.run()
    assert f"- `ganeshrn`: `octocat` (#{first}), `mona` (#{second})" in section(play)
    assert "| `ganeshrn` | 1 | 1 | 0 | 2 |" in section(play)


def test_applications_that_wait_are_shown_and_asked_about_again() -> None:
    play = Scene(policies=POLICIES, program=program(coordinators=("rosa",)))
    play.has("hubot", mentor="ssbarnea")
    number = play.joins("octocat", mentor="ganeshrn")
    play.run()
    waits = f"**Waiting for an answer:** #{number} of `octocat`, from `ganeshrn`, since 1 Dec."
    assert waits in section(play)
    tick(play, "Tick to ask again")
    before = [one.body for one in play.bot_comments(number)]
    play.run()
    asked = play.bot_comment(number)
    reminder = "A kind reminder, @ganeshrn: `octocat` still waits for your answer."
    assert reminder in asked
    assert reminder not in before[0]
    assert summaries(play.run()) == []
    assert "- [x]" not in section(play)
    tick(play, "Tick to ask again")
    play.run()
    assert play.bot_comment(number) == asked
    play.says("ganeshrn", number, "/accept")
    play.run()
    play.run()
    assert f"**Ready to merge:** #{number} of `octocat`, since 1 Dec." in section(play)
    (ready,) = play.bot_comments(number)
    tick(play, "Tick to remind")
    play.run()
    (again,) = play.bot_comments(number)
    assert again.id > ready.id
    assert "@rosa" in again.body
    assert play.run().plan.changes == ()


def test_asking_again_tells_the_mentor_also_when_the_time_is_up() -> None:
    play = Scene(policies=POLICIES, program=program(coordinators=("rosa",)))
    play.has("hubot", mentor="ssbarnea")
    number = play.joins("octocat", mentor="ganeshrn")
    play.run()
    for day in ("2026-12-04 12:00", "2026-12-09 12:00"):
        play.now = moment(day)
        play.run()
    assert "`ganeshrn` has not answered yet" in play.bot_comment(number)
    play.now = moment("2026-12-10 12:00")
    tick(play, "Tick to ask again")
    play.run()
    assert "A kind reminder, @ganeshrn" in play.bot_comment(number)
    assert summaries(play.run()) == []


def test_a_date_that_somebody_damaged_is_written_again(pair: World) -> None:
    body = dashboard(pair).body.replace("asof=2026-12-08", "asof=soon")
    pair.repository.view("ssbarnea").edit_issue(3, Edit(body=body))
    assert pair.run().report.error is None
    assert "asof=2026-12-08" in section(pair)
    assert summaries(pair.run()) == []
