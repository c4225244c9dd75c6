"""Teams, checkpoints and the other keys of a program, and the mentee files that name them."""

from datetime import date, time
from pathlib import Path

import pytest

from mentorship_action.domain.findings import Severity
from mentorship_action.domain.program import (
    Checkpoint,
    CommandWay,
    Meeting,
    MentorRole,
    Program,
    Weekday,
)
from mentorship_action.records.load import load
from mentorship_action.records.validate import check_program, check_record
from mentorship_action.records.write import record_text
from tests.records.places import TODAY

COHORT = """\
version: 1
program: {name: Open Orchard Fellowship, timezone: Europe/Madrid, meeting_minutes: 45}
mentors:
  - {github: Vera, capacity: 2}
  - {github: nettie, capacity: 3}
  - {github: cecilia, capacity: 1}
terms:
  - id: autumn
    name: Autumn 2027
    applications: {from: 2027-08-02, to: 2027-08-22}
    start: 2027-09-06
    weeks: 10
    checkpoints: [{name: Halfway, week: middle}, {name: Week nine, week: 9.0}]
  - id: winter
    name: Winter 2028
    applications: {from: 2027-11-01, to: 2027-11-30}
    start: 2028-01-10
    weeks: 10
teams:
  - id: plum
    name: Plum
    term: autumn
    size: 5
    mentors:
      - {github: nettie, role: co}
      - {github: vera, role: lead}
      - {github: cecilia, role: backup}
    meeting: {day: tue, time: "18:00", timezone: Asia/Kolkata}
  - id: pear
    name: Pear
    size: 30
    mentors: [{github: vera, role: lead}]
check_ins: {every_weeks: 2}
checkpoints: [{name: Mid-term, week: 6}, {name: Final, week: last}]
quiet_after: 3
private_contact: https://example.org/talk
commands: pull-request
answer_days: 5
labels: {checkpoint: pulse, dashboard: overview}
"""
MEMBER = """\
github: {login}
{more}timezone: Europe/Lisbon
hours_per_week: 6
goals: [Learn how trees are pruned]
focus: [trees]
chat: {{network: matrix, handle: "@{login}:example.org"}}
agreements: {{code_of_conduct: true, asked_mentor: true}}
"""


def cohort(text: str = COHORT) -> Program:
    program, findings = check_program("program.yml", text.encode())
    assert program is not None, findings
    return program


def test_a_team_has_its_mentors_with_the_lead_first_and_its_meeting() -> None:
    program = cohort()
    plum, pear = program.teams
    assert program.team("plum") is plum
    assert [(one.login, one.handle, one.role) for one in plum.mentors] == [
        ("vera", "vera", MentorRole.LEAD),
        ("nettie", "nettie", MentorRole.CO),
        ("cecilia", "cecilia", MentorRole.BACKUP),
    ]
    assert plum.seat_mentors == ("vera", "nettie")
    assert (plum.term, plum.size, plum.zone) == ("autumn", 5, "Asia/Kolkata")
    assert plum.meeting == Meeting(day=Weekday.TUE, time=time(18), minutes=45)
    assert (pear.term, pear.size, pear.zone, pear.meeting) == ("", 30, "Europe/Madrid", None)


def test_a_term_without_checkpoints_has_the_programs() -> None:
    program = cohort()
    autumn, winter = program.terms
    assert autumn.checkpoints == (
        Checkpoint(name="Halfway", week="middle"),
        Checkpoint(name="Week nine", week=9),
    )
    assert winter.checkpoints == program.checkpoints
    assert program.checkpoints == (
        Checkpoint(name="Mid-term", week=6),
        Checkpoint(name="Final", week="last"),
    )


def test_a_program_can_do_without_checkpoints() -> None:
    text = COHORT.replace("checkpoints: [{name: Mid-term, week: 6}", "checkpoints: [] # ")
    assert cohort(text).checkpoints == cohort(text).terms[1].checkpoints == ()


def test_the_further_keys_of_a_program_have_their_values() -> None:
    program = cohort()
    assert program.check_ins.every_weeks == 2
    assert (program.quiet_after, program.answer_days) == (3, 5)
    assert program.private_contact == "https://example.org/talk"
    assert program.commands is CommandWay.PULL_REQUEST
    assert (program.labels.of("checkpoint"), program.labels.of("dashboard")) == (
        "pulse",
        "overview",
    )


def test_a_member_has_the_mentors_of_the_team() -> None:
    text = MEMBER.format(login="octocat", more="team: plum\n")
    checked = check_record("mentees/autumn/octocat.yml", text.encode(), cohort())
    record = checked.record
    assert record is not None, checked.findings
    assert (record.team, record.term, record.mentor) == ("plum", "autumn", "vera")
    assert (record.seat_mentors, record.backups) == (("vera", "nettie"), ("cecilia",))
    assert (record.meeting, record.every_weeks) == (None, 2)
    assert checked.mentors == ("vera", "nettie")
    again = check_record("mentees/autumn/octocat.yml", record_text(record).encode(), cohort())
    assert again.record == record


def test_what_the_team_decides_does_nothing_in_the_file_and_is_said() -> None:
    more = 'team: plum\nmeeting: {day: fri, time: "17:00"}\ncheck_ins: {every_weeks: 4}\n'
    text = MEMBER.format(login="octocat", more=more)
    checked = check_record("mentees/autumn/octocat.yml", text.encode(), cohort())
    assert [(one.code, one.path, one.severity.value) for one in checked.findings] == [
        ("set-by-team", "meeting", "hint"),
        ("set-by-team", "check_ins", "hint"),
    ]
    assert checked.record is not None
    assert (checked.record.meeting, checked.record.every_weeks) == (None, 2)


@pytest.mark.parametrize(("more", "weeks"), [("", 2), ("check_ins: {every_weeks: 3}\n", 3)])
def test_a_pair_may_choose_how_often_it_has_a_check_in(more: str, weeks: int) -> None:
    text = MEMBER.format(login="octocat", more=f"mentor: vera\nstart: 2027-09-06\n{more}")
    checked = check_record("mentees/octocat.yml", text.encode(), cohort())
    assert checked.record is not None, checked.findings
    assert checked.record.every_weeks == weeks


@pytest.mark.parametrize(
    ("former", "now", "code", "path"),
    [
        ("id: pear", "id: plum", "duplicate-team", "teams[1].id"),
        ("id: pear", "id: Pear", "bad-slug", "teams[1].id"),
        ("term: autumn", "term: autum", "unknown-term", "teams[0].term"),
        (
            "github: nettie, role",
            "github: netty, role",
            "unknown-mentor",
            "teams[0].mentors[0].github",
        ),
        (
            "github: nettie, role",
            "github: Vera, role",
            "duplicate-mentor",
            "teams[0].mentors[1].github",
        ),
        ("vera, role: lead}\n ", "vera, role: co}\n ", "one-lead", "teams[0].mentors"),
        ("cecilia, role: backup", "cecilia, role: lead", "one-lead", "teams[0].mentors[2].role"),
        ("size: 5", "size: 31", "out-of-range", "teams[0].size"),
        ("    size: 5\n", "", "missing-key", "teams[0]"),
        ("Asia/Kolkata", "Asia/Kolkatta", "unknown-zone", "teams[0].meeting.timezone"),
        (", timezone: Asia/Kolkata", "", "missing-key", "teams[0].meeting"),
        ("[{github: vera, role: lead}]", "[]", "too-few-entries", "teams[1].mentors"),
        ("every_weeks: 2", "every_weeks: 9", "out-of-range", "check_ins.every_weeks"),
        ("every_weeks: 2", "every: week", "unknown-key", "check_ins.every"),
        ("{name: Final", "{name: mid-term", "duplicate-checkpoint", "checkpoints[1].name"),
        ("week: 6", "week: first", "bad-text", "checkpoints[0].week"),
        ("week: 6", "week: 0", "out-of-range", "checkpoints[0].week"),
        ("week: 6", "week: [6]", "wrong-type", "checkpoints[0].week"),
        ("quiet_after: 3", "quiet_after: 0", "out-of-range", "quiet_after"),
        ("https://example.org/talk", "http://example.org/talk", "bad-link", "private_contact"),
        ("commands: pull-request", "commands: push", "unknown-value", "commands"),
    ],
)
def test_a_wrong_key_of_a_program_says_so(former: str, now: str, code: str, path: str) -> None:
    assert former in COHORT
    program, findings = check_program("program.yml", COHORT.replace(former, now, 1).encode())
    assert (program is None) is (code != "unknown-mentor")
    assert [(one.code, one.path) for one in findings] == [(code, path)]


def test_a_team_with_an_error_hides_none_of_the_other_teams() -> None:
    text = COHORT.replace("size: 5", "size: 0").replace("size: 30", "size: 99")
    assert [one.path for one in check_program("p.yml", text.encode())[1]] == [
        "teams[0].size",
        "teams[1].size",
    ]


def test_an_error_in_a_mentor_is_no_error_of_the_teams() -> None:
    text = COHORT.replace("github: nettie, capacity: 3", "github: nettie, capacity: many")
    assert [one.path for one in check_program("p.yml", text.encode())[1]] == ["mentors[1].capacity"]


def test_with_one_file_asked_for_the_rest_of_its_team_is_counted(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/mentorship.yml").write_text(COHORT)
    folder = tmp_path / "mentees" / "autumn"
    folder.mkdir(parents=True)
    for login in ("octocat", "hubot"):
        (folder / f"{login}.yml").write_text(MEMBER.format(login=login, more="team: plum\n"))
    loaded = load(tmp_path, paths=[folder / "octocat.yml"], today=TODAY)
    assert loaded.findings == ()
    assert [one.login for one in loaded.records] == ["hubot", "octocat"]
    assert {one.mentor for one in loaded.seats} == {"vera", "nettie"}


def test_a_team_is_counted_once_with_its_mentors_and_its_places_by_mentee(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/mentorship.yml").write_text(COHORT.replace("size: 5", "size: 2"))
    folder = tmp_path / "mentees" / "autumn"
    folder.mkdir(parents=True)
    for login in ("amy", "bob", "cyd"):
        (folder / f"{login}.yml").write_text(MEMBER.format(login=login, more="team: plum\n"))
    loaded = load(tmp_path, today=TODAY)
    taken = {one.mentor: (one.taken, one.waiting) for one in loaded.seats if one.taken}
    assert taken == {"vera": (1, 0), "nettie": (1, 0)}
    assert ("plum", 2, 2, 1) in loaded.teams
    found = [(one.file, one.code, one.severity) for one in loaded.findings]
    assert ("mentees/autumn/cyd.yml", "team-full", Severity.NOTICE) in found
    assert not any(severity is Severity.ERROR for _, _, severity in found)


def test_with_one_pair_asked_for_the_team_of_its_mentor_is_counted(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/mentorship.yml").write_text(COHORT)
    folder = tmp_path / "mentees" / "autumn"
    folder.mkdir(parents=True)
    (folder / "hubot.yml").write_text(MEMBER.format(login="hubot", more="team: plum\n"))
    (folder / "octocat.yml").write_text(MEMBER.format(login="octocat", more="mentor: nettie\n"))
    loaded = load(tmp_path, paths=[folder / "octocat.yml"], today=TODAY)
    assert [(one.mentor, one.taken) for one in loaded.seats] == [("nettie", 2)]
    assert loaded.teams == ()


def test_a_lead_who_takes_nobody_is_no_error_of_the_teams_mentees(tmp_path: Path) -> None:
    (tmp_path / ".github").mkdir()
    text = COHORT.replace("github: Vera, capacity: 2", "github: Vera, capacity: 0")
    (tmp_path / ".github/mentorship.yml").write_text(text)
    folder = tmp_path / "mentees" / "autumn"
    folder.mkdir(parents=True)
    (folder / "hubot.yml").write_text(MEMBER.format(login="hubot", more="team: plum\n"))
    (found,) = load(tmp_path, today=TODAY).findings
    assert (found.code, found.severity) == ("mentor-takes-none", Severity.NOTICE)


def left_by_nettie(tmp_path: Path) -> Path:
    """Return a repository whose program nettie has left, though a team names her."""
    file = tmp_path / ".github" / "mentorship.yml"
    file.parent.mkdir()
    file.write_text(COHORT.replace("  - {github: nettie, capacity: 3}\n", ""))
    return tmp_path


@pytest.mark.parametrize(
    ("day", "severity"), [("2027-11-14", Severity.ERROR), ("2027-11-15", Severity.HINT)]
)
def test_a_mentor_who_has_left_leaves_a_program_and_an_error_until_the_term_is_over(
    tmp_path: Path, day: str, severity: Severity
) -> None:
    loaded = load(left_by_nettie(tmp_path), today=date.fromisoformat(day))
    assert loaded.program is not None
    assert loaded.program.mentor("nettie") is None
    assert [(one.code, one.severity) for one in loaded.findings] == [("unknown-mentor", severity)]


def test_whatever_else_is_wrong_with_a_program_leaves_none() -> None:
    text = COHORT.replace("  - {github: nettie, capacity: 3}\n", "")
    wrong = text.replace("timezone: Europe/Madrid,", "timezone: Europe/Madird,")
    assert check_program("mentorship.yml", wrong.encode())[0] is None
