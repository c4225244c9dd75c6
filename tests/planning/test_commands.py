"""Commands: each comment is answered once, who may say it is followed, and files go their way."""

from dataclasses import replace

import pytest

from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.commands import COMMANDS
from mentorship_action.domain.identity import Key
from mentorship_action.domain.program import CommandWay, Program
from mentorship_action.forge.memory import BOT
from mentorship_action.planning.policy import Policy
from mentorship_action.planning.registry import POLICIES
from tests.applications import Scene, path, yaml
from tests.builders import WITHOUT_DASHBOARD, mentor, moment, program, summaries
from tests.terms import SPRING

MENTORS = "[{github: ada, role: lead}, {github: grace, role: co}, {github: linus, role: backup}]"
MEETING = '{day: tue, time: "17:00"}'
PROGRAM_FILE = b"""\
version: 1
program: {name: Example Mentorship}
mentors:
  - {github: ada, capacity: 2}
  - github: grace
    capacity: 2
  - {github: linus, capacity: 2}
"""
PLACE = ".github/mentorship.yml"
TRACKER, CHECK_IN = 1, 2


def of_three(**changes: object) -> Program:
    people = tuple(mentor(login, capacity=2) for login in ("ada", "grace", "linus"))
    return program(coordinators=("carol",), mentors=people, **changes)


def begun(scene: Scene, way: str = "link") -> Scene:
    """Alice's mentorship runs in its first week: ada leads, grace helps, linus is the backup."""
    scene.program = of_three(commands=CommandWay(way))
    scene.repository.writers |= {"ada", "grace", "linus", "carol"}
    scene.repository.branches.put({PLACE: PROGRAM_FILE})
    scene.has("alice", mentor=None, mentors=MENTORS, meeting=MEETING)
    at(scene, "2026-12-07 12:00")
    return scene


@pytest.fixture
def pair(scene: Scene) -> Scene:
    return begun(scene)


@pytest.fixture
def quick() -> Scene:
    """The same in memory alone, for what has nothing to do with how it is sent."""
    return begun(Scene())


def at(scene: Scene, text: str) -> None:
    scene.now = moment(text)
    scene.run()


def answers(scene: Scene, number: int = TRACKER) -> list[str]:
    """Return our answers on an issue, without their markers."""
    start = "<!-- mentorship v1 kind=answer "
    said = scene.repository.comments.get(number, ())
    return [one.body.partition("\n")[2] for one in said if one.body.startswith(start)]


def say(scene: Scene, who: str, text: str, number: int = TRACKER) -> str:
    """Let somebody say something, and return the one new answer; nothing is left to do then."""
    before = len(answers(scene, number))
    scene.says(who, number, text)
    scene.run()
    # A committed change shows in the run after.
    scene.run()
    new = answers(scene, number)[before:]
    settles(scene)
    assert len(new) == 1, new
    return new[0]


def settles(scene: Scene) -> None:
    assert summaries(scene.run()) == []


def lines_in(answer: str) -> str:
    return answer.partition("```yaml\n")[2].partition("\n```")[0]


def file_of(scene: Scene, name: str = path("alice")) -> str:
    return scene.repository.branches.files[name].content.decode()


# -- Who may say what

ROLES = {"alice": "mentee", "ada": "lead", "grace": "co", "linus": "backup", "carol": "coordinator"}
ARGUMENTS = {
    "away": " 2027-02-01 2027-02-05",
    "extend": " 2",
    "every": " 2",
    "reschedule": " wed 18:00",
    "done": " 1",
    "handover": " @linus",
}
ENTITLED = {
    "away": "alice ada grace carol",
    "pause": "alice ada grace carol",
    "resume": "alice ada grace carol",
    "extend": "ada carol",
    "reschedule": "alice ada grace carol",
    "every": "alice ada grace carol",
    "handover": "ada carol",
    "finish": "alice ada grace carol",
    "withdraw": "alice carol",
    "met": "alice ada grace carol",
    "skip": "alice ada grace carol",
    "done": "alice ada grace linus carol",
    "checklist": "alice",
    "continue": "alice ada grace carol",
    "advice": "alice ada grace carol",
    "stuck": "alice carol",
    "certificate": "alice carol",
    "help": "alice ada grace linus carol mallory",
}


def test_the_table_of_commands_is_tried_whole() -> None:
    assert ENTITLED.keys() == COMMANDS.keys() - {"accept", "decline", "yes", "seats"}


@pytest.mark.parametrize("word", sorted(ENTITLED))
def test_each_command_is_followed_for_each_role_that_may_say_it_and_no_other(word: str) -> None:
    for login in (*ROLES, "mallory"):
        scene = begun(Scene())
        scene.says(login, TRACKER, f"/{word}{ARGUMENTS.get(word, '')}")
        scene.run()
        settles(scene)
        is_refused = any("that is for" in one for one in answers(scene))
        assert is_refused == (login not in ENTITLED[word].split()), (word, login)


def test_a_refusal_says_who_may_and_whom_to_ask(quick: Scene) -> None:
    answer = say(quick, "alice", "/extend 2")
    assert answer == "@alice, that is for the lead or a coordinator. If you need it, ask `carol`."


def test_strangers_get_one_answer_for_each_issue(quick: Scene) -> None:
    assert "`/help`" in say(quick, "mallory", "/help")
    for text in ("/pause", "/nonsense", "/help"):
        quick.says("mallory", TRACKER, text)
        assert summaries(quick.run()) == []
    quick.says("eve", TRACKER, "/nonsense and /tmp")
    assert summaries(quick.run()) == []
    assert "that is for" in say(quick, "mallory", "/withdraw", CHECK_IN)


def test_help_lists_what_the_speaker_can_say_there(quick: Scene) -> None:
    mentee = say(quick, "alice", "/help", CHECK_IN)
    assert "| `/withdraw` |" in mentee
    assert "| `/extend N` |" not in mentee
    assert "| `/accept` |" not in mentee
    lead = say(quick, "ada", "/help")
    assert "| `/extend N` |" in lead
    assert "| `/withdraw` |" not in lead


# -- What changes the file, by link


@pytest.mark.parametrize(
    ("who", "text", "lines"),
    [
        ("alice", "/pause", "status: paused"),
        ("grace", "/finish", "status: completed"),
        ("alice", "/withdraw\n\nI have a new job.", "status: withdrawn"),
        ("ada", "/extend 2", "weeks: 18"),
        ("alice", "/every 2", "check_ins: {every_weeks: 2}"),
        ("alice", "/away 24 Dec to 3 Jan", "away: [{from: 2026-12-24, to: 2027-01-03}]"),
        ("carol", "/away 24 Dec 3 Jan", "away: [{from: 2026-12-24, to: 2027-01-03}]"),
        ("ada", "/reschedule wed 18:30", 'meeting: {day: wed, time: "18:30"}'),
        ("alice", "/reschedule thu 18:00 Asia/Kolkata", 'meeting: {day: thu, time: "13:30"}'),
    ],
)
def test_a_link_answers_with_the_whole_new_lines(
    quick: Scene, who: str, text: str, lines: str
) -> None:
    before = file_of(quick)
    answer = say(quick, who, text)
    assert lines_in(answer) == lines
    assert "(<https://github.com/example/program/edit/main/mentees/alice.yml>)" in answer
    assert file_of(quick) == before


def test_pasted_lines_are_valid_and_do_what_was_said(quick: Scene) -> None:
    lines = lines_in(say(quick, "alice", "/pause\n/every 2"))
    assert lines == "status: paused\ncheck_ins: {every_weeks: 2}"
    quick.repository.branches.put({path("alice"): f"{file_of(quick)}{lines}\n".encode()})
    quick.run()
    assert "aused" in quick.repository.issues[TRACKER].body
    settles(quick)
    assert lines_in(say(quick, "alice", "/resume")) == "status: active"


def test_days_said_at_once_are_all_in_the_lines(quick: Scene) -> None:
    answer = say(quick, "alice", "/away 1 Feb 2 Feb\n/away 10 Feb 12 Feb")
    assert lines_in(answer) == (
        "away: [{from: 2027-02-01, to: 2027-02-02}, {from: 2027-02-10, to: 2027-02-12}]"
    )


@pytest.mark.parametrize("who", ["ada", "grace"])
def test_a_mentors_time_away_goes_into_the_program(quick: Scene, who: str) -> None:
    answer = say(quick, who, "/away 2027-02-01 2027-02-05")
    assert f"edit/main/{PLACE}" in answer
    assert who in lines_in(answer)
    assert "away: [{from: 2027-02-01, to: 2027-02-05}]" in lines_in(answer)


@pytest.mark.parametrize(
    ("who", "text", "part"),
    [
        ("ada", "/extend 0", "write how many weeks to add"),
        ("ada", "/extend 52\n/extend 52", "write how many weeks to add"),
        ("alice", "/every 9", "from 1 to 8"),
        ("alice", "/away soon", "I can't read these days"),
        ("alice", "/away 2027-02-05 2027-02-01", "before the first one"),
        ("alice", "/away 2027-02-05 2029-02-01", "longer than a year"),
        ("alice", "/reschedule thursday", "I can't read this time"),
        ("alice", "/reschedule thu 18:00 Moon/Base", "I don't know this time zone"),
        ("alice", "/resume", "that is so already"),
        ("alice", "/done x", "write the numbers of the boxes"),
        ("ada", "/away 1 Feb 2 Feb @alice", "only your own time away"),
        ("ada", "/pause @bob", "whom do you mean?"),
        ("alice", "/dance", "I don't know `/dance`"),
        ("alice", "/checklist please", "says nothing else"),
        ("alice", "/continue", "no open checkpoint"),
        ("alice", "/certificate", "Finish first"),
    ],
)
def test_what_can_not_be_followed_gets_one_kind_answer(
    quick: Scene, who: str, text: str, part: str
) -> None:
    before = file_of(quick)
    assert part in say(quick, who, text)
    assert file_of(quick) == before


def test_a_file_is_never_made_invalid(quick: Scene) -> None:
    hours = '[{days: [tue, wed], from: "16:00", to: "20:00"}]'
    file = yaml("alice", mentor=None, mentors=MENTORS, meeting=MEETING, availability=hours)
    quick.repository.branches.put({path("alice"): file})
    quick.run()
    answer = say(quick, "alice", "/reschedule sun 03:00")
    assert "that would make the file invalid" in answer
    assert "```" not in answer


def test_the_weeks_of_a_term_are_the_terms(quick: Scene) -> None:
    quick.program = replace(of_three(), terms=(SPRING,))
    quick.now = moment("2027-02-15 12:00")
    file = yaml("bob", mentor=None, mentors=MENTORS, start=None)
    quick.repository.branches.put({"mentees/spring/bob.yml": file})
    quick.run()
    (number,) = [one.number for one in quick.repository.issues.values() if "bob with" in one.title]
    assert "the weeks of a term are the same" in say(quick, "ada", "/extend 2", number)
    assert "edit/main/mentees/spring/bob.yml" in say(quick, "bob", "/pause", number)


# -- By pull request and by commit


def test_a_commit_changes_the_file_and_the_tracker_follows(scene: Scene) -> None:
    pair = begun(scene, "commit")
    answer = say(pair, "ada", "/extend 2")
    assert answer.startswith("@ada, `/extend` is done: ")
    assert file_of(pair).endswith("weeks: 18\n")
    (commit,) = pair.repository.branches.file_commits
    assert commit.sha in answer
    assert commit.message.startswith("mentees/alice.yml: /extend by ada in #1\n")
    assert "18 weeks" in pair.repository.issues[TRACKER].body


def test_each_command_works_from_end_to_end_by_commit(quick: Scene) -> None:
    quick.program = replace(quick.program, commands=CommandWay.COMMIT)
    tracker = quick.repository.issues
    say(quick, "alice", "/every 2\n/reschedule wed 18:00")
    assert "Wednesday 18:00" in tracker[TRACKER].body
    say(quick, "ada", "/away 2027-02-01 2027-02-05")
    assert "away: [{from: 2027-02-01, to: 2027-02-05}]" in file_of(quick, PLACE)
    say(quick, "alice", "/pause")
    assert not tracker[CHECK_IN].is_open
    say(quick, "grace", "/resume")
    assert tracker[TRACKER].is_open
    say(quick, "alice", "/withdraw")
    assert not tracker[TRACKER].is_open
    assert file_of(quick).endswith("check_ins: {every_weeks: 2}\nstatus: withdrawn\n")


def test_a_pull_request_is_opened_once_and_is_no_application(scene: Scene) -> None:
    pair = begun(scene, "pull-request")
    before = file_of(pair)
    answer = say(pair, "alice", "/pause", CHECK_IN)
    (pull,) = pair.repository.branches.pulls.values()
    assert f"I opened #{pull.number} for `/pause`" in answer
    assert pull.branch.startswith("mentorship/comment-")
    assert file_of(pair) == before
    assert pair.repository.comments.get(pull.number, []) == []
    assert [one.state for one in pair.repository.branches.statuses[pull.head]] == ["success"]
    pair.merges(pull.number)
    pair.run()
    assert file_of(pair) == f"{before}status: paused\n"
    settles(pair)


@pytest.mark.parametrize(
    ("way", "revoked", "said"),
    [
        ("commit", {"commits"}, "I may not do it for you here"),
        ("pull-request", {"commits"}, "I may not do it for you here"),
        ("pull-request", {"pulls"}, "I may not do it for you here"),
    ],
)
def test_a_refused_way_falls_back_to_a_weaker_one_and_says_so(
    scene: Scene, way: str, revoked: set[str], said: str
) -> None:
    pair = begun(scene, way)
    pair.repository.revoked[BOT] = revoked
    before = file_of(pair)
    answer = say(pair, "alice", "/pause")
    assert said in answer
    assert lines_in(answer) == "status: paused"
    assert file_of(pair) == before


def test_a_protected_branch_gets_a_pull_request_instead(scene: Scene) -> None:
    pair = begun(scene, "commit")
    pair.repository.branches.is_protected = True
    answer = say(pair, "alice", "/pause")
    assert "I may not commit to the default branch, so I opened #3" in answer


def test_two_commands_at_once_change_the_file_one_after_the_other(quick: Scene) -> None:
    quick.program = replace(quick.program, commands=CommandWay.COMMIT)
    quick.says("ada", TRACKER, "/extend 2")
    quick.says("alice", TRACKER, "/every 2")
    first = quick.run()
    assert first.report.remaining == 1
    quick.run()
    settles(quick)
    assert "weeks: 18\n" in file_of(quick)
    assert "check_ins: {every_weeks: 2}\n" in file_of(quick)
    assert len(answers(quick)) == 2


# -- What doesn't


def test_done_ticks_the_speakers_list_and_tells_of_numbers_that_are_not_there(pair: Scene) -> None:
    answer = say(pair, "alice", "/done 3, 1 and 99")
    assert "I ticked 3 and 1. There is no box 99: your list has 8" in answer
    body = pair.repository.issues[TRACKER].body
    mentees, mentors = body.split("## For ")[1:3]
    ticks = [line[:5] for line in mentees.splitlines() if line.startswith("- [")]
    assert ticks == ["- [x]", "- [ ]", "- [x]", *["- [ ]"] * 5]
    assert "[x]" not in mentors
    say(pair, "grace", "/done 1")
    mentors = pair.repository.issues[TRACKER].body.split("## For ")[2]
    assert mentors.index("- [x]") < mentors.index("- [ ]")


def test_a_checklist_comment_becomes_its_authors_own(pair: Scene) -> None:
    say(pair, "alice", "/done 1")
    said = pair.says("alice", CHECK_IN, "/checklist\n")
    pair.run()
    settles(pair)
    now = pair.person("alice").get_comment(said.id)
    assert now.author.login == "alice"
    assert now.body.startswith("**My checklist**\n\n- [x] Read the ")
    assert now.body.count("- [ ]") == 7
    assert answers(pair, CHECK_IN) == []
    pair.edits("alice", said, now.body.replace("- [ ]", "- [x]", 1))
    settles(pair)


def test_where_a_comment_may_not_be_filled_boxes_are_told_by_number(quick: Scene) -> None:
    said = quick.says("alice", TRACKER, "/checklist")
    quick.repository.writers.discard(BOT)
    quick.run()
    quick.run()
    (answer,) = answers(quick)
    assert "write `/done 1 3`, say," in answer
    assert "1. Read the [code of conduct]" in answer
    assert quick.person("alice").get_comment(said.id).body == "/checklist"


def test_being_stuck_reaches_the_mentors(quick: Scene) -> None:
    answer = say(quick, "alice", "/stuck with types", CHECK_IN)
    assert "@ada and @grace, can you help `alice` this week?" in answer


STUCK = "**Did:** tests\n**Next:** docs\n**Stuck:** the linker, since Monday"


def test_a_filled_part_stuck_reaches_the_mentors_at_once_and_only_once(quick: Scene) -> None:
    answer = say(quick, "alice", STUCK, CHECK_IN)
    assert "@ada and @grace, can you help `alice` this week?" in answer
    # Who fills it in later, in the same comment, is heard as well.
    said = quick.says("alice", TRACKER, STUCK.replace("the linker, since Monday", ""))
    settles(quick)
    quick.edits("alice", said, STUCK)
    assert "can you help `alice`" in say_nothing(quick)


def test_a_filled_part_stuck_counts_beside_a_command_and_the_command_alone_once(
    quick: Scene,
) -> None:
    both = say(quick, "alice", f"{STUCK}\n/met", CHECK_IN)
    assert "can you help" in both
    assert "noted: you have met" in both
    assert say(quick, "alice", f"{STUCK}\n/stuck", CHECK_IN).count("can you help") == 1


@pytest.mark.parametrize("who", ["ada", "carol", "mallory"])
def test_a_part_stuck_that_is_not_the_mentees_is_no_command(quick: Scene, who: str) -> None:
    quick.says(who, CHECK_IN, STUCK)
    settles(quick)
    assert answers(quick, CHECK_IN) == []


def test_a_part_stuck_that_a_mentor_has_answered_mentions_nobody(quick: Scene) -> None:
    quick.says("alice", CHECK_IN, STUCK)
    quick.says("grace", CHECK_IN, "Let us look at it at six.")
    settles(quick)
    assert answers(quick, CHECK_IN) == []


def test_a_meeting_that_was_held_is_noted_in_the_check_in_once(pair: Scene) -> None:
    say(pair, "grace", "/met", CHECK_IN)
    say(pair, "alice", "/met")
    body = pair.repository.issues[CHECK_IN].body
    assert body.count("> You have met, says `grace`.") == 1
    assert "says `alice`" not in body


def test_a_skipped_meeting_closes_its_check_in_and_is_told_in_the_next(pair: Scene) -> None:
    answer = say(pair, "alice", "/skip", CHECK_IN)
    assert "the week of Monday 7 December 2026 is skipped" in answer
    check_in = pair.repository.issues[CHECK_IN]
    assert not check_in.is_open
    assert "> This meeting is skipped" in check_in.body
    at(pair, "2026-12-14 12:00")
    newest = pair.repository.issues[max(pair.repository.issues)]
    assert "The last meeting was skipped." in newest.body
    settles(pair)


def test_on_the_tracker_the_next_meeting_is_skipped(pair: Scene) -> None:
    at(pair, "2026-12-09 12:00")
    for who in ("ada", "alice"):
        answer = say(pair, who, "/skip")
        assert "the week of Monday 14 December 2026 is skipped" in answer
    at(pair, "2026-12-14 12:00")
    at(pair, "2026-12-16 12:00")
    assert max(pair.repository.issues) == CHECK_IN
    settles(pair)
    at(pair, "2026-12-21 12:00")
    newest = pair.repository.issues[max(pair.repository.issues)]
    assert newest.number > CHECK_IN
    assert "The last meeting was skipped." in newest.body


# -- Once, whatever happens


def test_a_command_is_heard_with_a_reaction(pair: Scene) -> None:
    done = pair.says("grace", CHECK_IN, "/met")
    asked = pair.says("alice", CHECK_IN, "/nonsense")
    pair.run()
    reactions = pair.repository.reactions
    assert (reactions[done.id], reactions[asked.id]) == ({(BOT, "+1")}, {(BOT, "eyes")})


def test_a_comment_that_goes_before_it_is_answered_is_no_matter(pair: Scene) -> None:
    said = pair.says("alice", TRACKER, "/help")
    finish = pair.begins()
    pair.person("alice").delete_comment(said.id)
    report = finish()
    assert report.error is None
    settles(pair)
    lists = pair.says("alice", TRACKER, "/checklist")
    finish = pair.begins()
    pair.person("alice").delete_comment(lists.id)
    assert finish().error is None
    settles(pair)


def test_edited_comments_are_asked_for_anew(quick: Scene) -> None:
    said = quick.says("ada", TRACKER, "/extend 2")
    quick.edits("carol", said, "/extend 4")
    quick.run()
    (answer,) = answers(quick)
    assert answer == "@ada, I don't follow comments that were edited. Say it again in a new one."
    settles(quick)


def test_an_answered_comment_that_is_edited_later_stays_answered(quick: Scene) -> None:
    said = quick.says("ada", TRACKER, "/extend 2")
    quick.run()
    quick.edits("ada", said, "/extend 20")
    settles(quick)


@pytest.mark.parametrize("way", ["link", "pull-request", "commit"])
def test_two_runs_at_once_answer_once(scene: Scene, way: str) -> None:
    pair = begun(scene, way)
    pair.says("ada", TRACKER, "/extend 2")
    first, second = pair.begins(), pair.begins()
    first()
    second()
    assert len(answers(pair)) == 1
    pair.run()
    settles(pair)
    assert len(answers(pair)) == 1
    assert len(pair.repository.branches.pulls) == (way == "pull-request")
    assert ("weeks: 18\n" in file_of(pair)) == (way == "commit")


@pytest.mark.parametrize("way", ["pull-request", "commit"])
def test_a_file_that_changed_meanwhile_is_not_overwritten(scene: Scene, way: str) -> None:
    pair = begun(scene, way)
    pair.says("ada", TRACKER, "/extend 2")
    finish = pair.begins()
    pair.repository.branches.put({path("alice"): f"{file_of(pair)}name: Alice\n".encode()})
    assert finish().remaining == 1
    assert "weeks" not in file_of(pair)
    assert answers(pair) == []
    pair.run()
    assert len(answers(pair)) == 1
    for number in list(pair.repository.branches.pulls):
        pair.merges(number)
    pair.run()
    assert file_of(pair).endswith("name: Alice\nweeks: 18\n")
    settles(pair)


def test_a_pull_request_that_was_merged_before_the_answer_is_not_opened_again(
    quick: Scene,
) -> None:
    quick.program = replace(quick.program, commands=CommandWay.PULL_REQUEST)
    quick.says("ada", TRACKER, "/extend 2")
    quick.run()
    (pull,) = quick.repository.branches.pulls.values()
    (answer,) = [one for one in quick.repository.comments[TRACKER] if one.author.login == BOT]
    quick.person(BOT).delete_comment(answer.id)
    quick.merges(pull.number)
    assert f"I opened #{pull.number}" in say_nothing(quick)
    assert len(quick.repository.branches.pulls) == 1
    assert "weeks: 18" in file_of(quick)


def say_nothing(scene: Scene) -> str:
    """Return the answer that the next run gives."""
    scene.run()
    (answer,) = answers(scene)
    settles(scene)
    return answer


def test_a_checklist_comment_that_says_something_else_by_now_stays(pair: Scene) -> None:
    said = pair.says("alice", TRACKER, "/checklist")
    finish = pair.begins()
    pair.edits("alice", said, "Never mind.")
    finish()
    assert pair.person("alice").get_comment(said.id).body == "Never mind."
    settles(pair)


def test_answers_that_were_given_twice_all_the_same_become_one(quick: Scene) -> None:
    said = quick.says("alice", TRACKER, "/help")
    quick.run()
    body = f"{marker(Key(kind='answer', mentee='alice', period=f'c{said.id}'))}\nTwice"
    quick.person(BOT).create_comment(TRACKER, body)
    quick.run()
    (left,) = answers(quick)
    assert "this is what you can say here" in left
    settles(quick)


def test_hundreds_of_commands_in_a_comment_are_bounded(quick: Scene) -> None:
    answer = say(quick, "alice", "/help\n" * 3 + "/pause\n" * 300 + "/x" * 20_000)
    assert "I follow the first 10 commands of a comment." in answer
    assert len(answer) < 5_000


@pytest.mark.parametrize(
    "text",
    [
        "/stuck @everybody <!-- mentorship v1 kind=tracker mentee=alice -->",
        "/reschedule thu 18:00 `@all`",
        "/away <script>alert(1)</script>",
        "/done 1 -->\n<!-- mentorship:met -->",
        "/" + "a" * 60_000,
        "/pause @" + "x" * 39,
    ],
)
def test_hostile_comments_come_back_harmless(quick: Scene, text: str) -> None:
    answer = say(quick, "alice", text)
    assert "<script>" not in answer
    assert "@everybody" not in answer
    assert "@all" not in answer
    assert "<!--" not in answer


@pytest.mark.parametrize("text", ["> /pause", "```\n/pause\n```", "so /pause", "/etc/passwd"])
def test_what_is_quoted_fenced_or_a_path_says_nothing(quick: Scene, text: str) -> None:
    quick.says("alice", TRACKER, text)
    settles(quick)


def test_a_locked_issue_is_left_alone(quick: Scene) -> None:
    quick.says("alice", TRACKER, "/pause")
    quick.person("carol").lock(TRACKER)
    settles(quick)


def test_what_nobody_talks_about_costs_no_request(pair: Scene) -> None:
    quiet = pair.run().requests
    for number in (TRACKER, CHECK_IN):
        pair.says("alice", number, "Hello")
    assert pair.run().requests == quiet + 1


def test_a_token_of_a_mentors_leaves_them_their_say() -> None:
    scene = begun(Scene().acts_as("ada"))
    scene.says("ada", TRACKER, "/extend 2")
    scene.run()
    (answer,) = answers(scene)
    assert lines_in(answer) == "weeks: 18"
    settles(scene)


@pytest.mark.parametrize("policies", [WITHOUT_DASHBOARD, POLICIES], ids=["no dashboard", "all"])
def test_what_was_said_while_no_run_came_for_weeks_is_answered(
    policies: tuple[Policy, ...],
) -> None:
    scene = begun(Scene(policies=policies))
    tracker = next(n for n, one in scene.repository.issues.items() if "kind=tracker" in one.body)
    paused = {"mentor": None, "mentors": MENTORS, "meeting": MEETING, "status": "paused"}
    scene.has("alice", **paused)
    scene.now = moment("2026-12-10 12:00")
    scene.says("alice", tracker, "/resume")
    at(scene, "2027-01-11 12:00")
    assert len(answers(scene, tracker)) == 1
    settles(scene)


# -- Two changes of one list that wait at the same time


def test_lines_to_paste_have_the_time_away_that_waits_as_well(quick: Scene) -> None:
    say(quick, "alice", "/away 2027-02-01 2027-02-05")
    say(quick, "grace", "/away 2027-02-02 2027-02-03")
    second = say(quick, "alice", "/away 2027-03-01 2027-03-05", CHECK_IN)
    assert "They also have the time away that was noted before" in second
    for day in ("2027-02-01", "2027-03-01"):
        assert f"from: {day}" in lines_in(second)
    assert "2027-02-02" not in lines_in(second)


def test_what_a_coordinator_noted_for_somebody_waits_as_well(quick: Scene) -> None:
    say(quick, "carol", "/away 2027-02-01 2027-02-05 @alice")
    say(quick, "carol", "/away 2027-02-10 2027-02-12 @ada")
    lines = lines_in(say(quick, "alice", "/away 2027-03-01 2027-03-05"))
    assert "2027-02-01" in lines
    assert "2027-02-10" not in lines


def test_time_away_that_is_in_the_file_or_over_waits_no_more(quick: Scene) -> None:
    say(quick, "alice", "/away 2027-02-01 2027-02-05")
    say(quick, "alice", "/away 2026-12-07 2026-12-08")
    away = "[{from: 2027-02-01, to: 2027-02-05}]"
    quick.has("alice", mentor=None, mentors=MENTORS, meeting=MEETING, away=away)
    at(quick, "2026-12-10 12:00")
    third = say(quick, "alice", "/away 2027-03-01 2027-03-05")
    assert "noted before" not in third
    assert "2026-12-07" not in lines_in(third)


def test_a_mentor_notes_two_absences_in_one_comment(quick: Scene) -> None:
    both = say(quick, "ada", "/away 2027-02-01 2027-02-05\n/away 2027-03-01 2027-03-05")
    assert "noted before" not in both
    for day in ("2027-02-01", "2027-03-01"):
        assert f"from: {day}" in lines_in(both)
