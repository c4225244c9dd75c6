"""A repository as a whole: seats, duplicates, the paths asked about, and the program's errors."""

import os
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mentorship_action.errors import SettingsError, UsageError
from mentorship_action.records import git as git_runner
from mentorship_action.records.history import (
    arrivals,
    head_commit,
    last_changes,
    records_tree,
    revisions,
)
from mentorship_action.records.load import Loaded, load
from tests.records.places import CONFIG, TODAY, record, repository


def told(loaded: Loaded) -> list[tuple[str, str, int]]:
    """Return file, code and line of what was found."""
    return [(one.file, one.code, one.line) for one in loaded.findings]


def test_a_valid_repository_gives_its_program_and_records(tmp_path: Path) -> None:
    loaded = load(
        repository(tmp_path, mona=record("Mona"), octo=record("octo", "Ganeshrn")), today=TODAY
    )

    assert loaded.findings == ()
    assert loaded.files == 3
    assert loaded.program is not None
    assert [one.login for one in loaded.records] == ["mona", "octo"]
    assert [(one.mentor, one.capacity, one.taken, one.waiting) for one in loaded.seats] == [
        ("ssbarnea", 2, 1, 0),
        ("ganeshrn", 1, 1, 0),
        ("resting", 0, 0, 0),
    ]


def test_a_repository_without_records_is_in_order(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / "mentees/README.md").unlink()
    (root / "mentees").rmdir()

    assert load(root, today=TODAY).findings == ()


def test_readme_and_names_with_an_underscore_are_no_records(tmp_path: Path) -> None:
    root = repository(tmp_path, _draft="not: a record", __=":::")

    loaded = load(root, today=TODAY)

    assert loaded.findings == ()
    assert loaded.files == 1


def test_who_came_last_waits_and_hears_who_has_a_free_seat(tmp_path: Path) -> None:
    later = record("amy", "ganeshrn").replace("2026-12-07", "2026-12-08")
    root = repository(tmp_path, amy=later, mona=record("mona", "ganeshrn"))

    loaded = load(root, today=TODAY)

    assert told(loaded) == [("mentees/amy.yml", "mentor-full", 2)]
    (finding,) = loaded.findings
    assert "taken by `mona`" in finding.message
    assert "`SSbarnea`" in finding.hint
    assert "`resting`" not in finding.hint
    # the file itself is valid
    assert [one.login for one in loaded.records] == ["amy", "mona"]


def test_nobody_waits_for_a_seat_that_is_free_again(tmp_path: Path) -> None:
    over = record("amy", "ganeshrn", "status: completed\n")
    passed = record("bea", "ganeshrn").replace("2026-12-07", "2026-01-05")
    root = repository(tmp_path, amy=over, bea=passed, mona=record("mona", "ganeshrn"))

    loaded = load(root, today=TODAY)

    assert told(loaded) == []
    assert {one.mentor: one.taken for one in loaded.seats}["ganeshrn"] == 1


def test_a_mentorship_that_is_over_takes_no_seat(tmp_path: Path) -> None:
    root = repository(tmp_path, bea=record("bea").replace("2026-12-07", "2026-01-05"))

    assert [one.taken for one in load(root, today=TODAY).seats] == [0, 0, 0]
    assert [one.taken for one in load(root, today=date(2026, 1, 6)).seats] == [1, 0, 0]


@pytest.mark.parametrize(
    ("zone", "moment", "taken"),
    [
        ("Etc/UTC", "2026-03-29T23:30:00+00:00", 1),
        ("Etc/UTC", "2026-03-30T00:30:00+00:00", 0),
        ("Pacific/Auckland", "2026-03-29T10:30:00+00:00", 1),
        ("Pacific/Auckland", "2026-03-29T11:30:00+00:00", 0),
        ("America/Los_Angeles", "2026-03-30T06:30:00+00:00", 1),
        ("America/Los_Angeles", "2026-03-30T07:30:00+00:00", 0),
    ],
)
def test_a_moment_counts_as_the_day_that_it_is_where_the_program_is(
    tmp_path: Path, zone: str, moment: str, taken: int
) -> None:
    config = CONFIG.replace("  minimum", f"  timezone: {zone}\n  minimum")
    # Twelve weeks from a Monday end with Sunday, 2026-03-29.
    root = repository(tmp_path, config, bea=record("bea").replace("2026-12-07", "2026-01-05"))

    assert load(root, today=datetime.fromisoformat(moment)).seats[0].taken == taken


def test_time_away_keeps_a_seat_for_longer(tmp_path: Path) -> None:
    away = record("amy", "ganeshrn", "away: [{from: 2026-02-01, to: 2026-12-31}]\n")
    away = away.replace("2026-12-07", "2026-01-05")
    root = repository(tmp_path, amy=away, mona=record("mona", "ganeshrn"))

    assert told(load(root, today=TODAY)) == [("mentees/mona.yml", "mentor-full", 2)]
    assert told(load(root, today=date(2027, 6, 1))) == []


def test_a_mentor_without_capacity_takes_nobody(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=record("mona", "resting"))

    loaded = load(root, today=TODAY)

    assert told(loaded) == [("mentees/mona.yml", "mentor-takes-none", 2)]
    assert "`SSbarnea` and `ganeshrn`" in loaded.findings[0].hint


def test_a_wrong_record_takes_no_seat(tmp_path: Path) -> None:
    wrong = record("amy", "ganeshrn").replace("Madrid", "Madird")
    root = repository(tmp_path, amy=wrong, mona=record("mona", "ganeshrn"))

    assert told(load(root, today=TODAY)) == [("mentees/amy.yml", "unknown-zone", 4)]


def test_a_record_goes_on_when_a_mentor_who_left_is_its_only_error(tmp_path: Path) -> None:
    two_errors = record("amy", "gone").replace("Madrid", "Madird")
    root = repository(tmp_path, amy=two_errors, mona=record("mona", "gone"))

    loaded = load(root, today=TODAY)

    assert [one.login for one in loaded.without_mentor] == ["mona"]
    assert loaded.records == ()
    assert ("mentees/mona.yml", "unknown-mentor", 2) in told(loaded)


def test_a_second_record_of_one_person_is_told_at_the_wrong_file(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=record("mona"), other=record("Mona"))

    assert told(load(root, today=TODAY)) == [
        ("mentees/other.yml", "duplicate-person", 1),
        ("mentees/other.yml", "name-mismatch", 1),
    ]


def test_upper_and_lower_case_files_of_one_person_are_told(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=record("mona"), Mona=record("mona"))

    assert told(load(root, today=TODAY)) == [
        ("mentees/Mona.yml", "bad-file-name", 1),
        ("mentees/Mona.yml", "duplicate-person", 1),
    ]


def test_without_a_program_records_are_checked_by_themselves(tmp_path: Path) -> None:
    root = repository(tmp_path, config=None, mona=record("mona").replace("Madrid", "Madird"))

    loaded = load(root, today=TODAY)

    assert told(loaded) == [
        (".github/mentorship.yml", "program-missing", 1),
        ("mentees/mona.yml", "unknown-zone", 4),
    ]
    assert loaded.program is None
    assert loaded.program is None


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("capacity: 2", "capacity: 201", "out-of-range", 6),
        ("capacity: 2", "capcity: 2", "unknown-key", 6),
        ("github: ganeshrn", "github: ssBARNEA", "duplicate-mentor", 7),
        ("version: 1", "version: 2", "bad-version", 1),
        ("version: 1", "version: 1\nmentor: []", "unknown-key", 2),
        ("weeks: 12", "weeks: 13", "program-weeks-too-few", 4),
        ("mentors:", "coordinators: [a, A]\nmentors:", "duplicate-coordinator", 5),
        ("mentors:", "breaks: [{from: 2027-01-01, to: 2026-12-24}]\nmentors:", None, 5),
        ("capacity: 2", "capacity: 2, timezone: Mars/Base", "unknown-zone", 6),
        (
            "capacity: 2",
            "capacity: 2, hours: [{days: [mon], from: 17:00, to: 09:00}]",
            "window-out-of-order",
            6,
        ),
        ("mentors:", "labels: {base: 'a,b'}\nmentors:", "bad-label", 5),
        ("name: Octo", "code_of_conduct: ftp://x\n  name: Octo", "bad-link", 3),
    ],
)
def test_errors_of_the_program_are_told_with_their_line(
    tmp_path: Path, old: str, new: str, code: str | None, line: int
) -> None:
    loaded = load(repository(tmp_path, CONFIG.replace(old, new, 1)), today=TODAY)

    assert told(loaded) == [(".github/mentorship.yml", code or "dates-out-of-order", line)]
    assert loaded.program is None


def test_with_paths_only_these_are_told_of(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=record("mona"), amy="nothing", bea="nothing")

    loaded = load(root, paths=[root / "mentees/mona.yml", root / "mentees/bea.yml"], today=TODAY)

    assert told(loaded) == [("mentees/bea.yml", "not-a-mapping", 1)]
    assert loaded.files == 2
    assert [(one.mentor, one.taken) for one in loaded.seats] == [("ssbarnea", 1)]


@pytest.mark.parametrize("mentor", ["ganeshrn", "GaneshRN", '"gan\\u0065shrn"'])
def test_with_paths_seats_are_counted_among_all(tmp_path: Path, mentor: str) -> None:
    root = repository(tmp_path, mona=record("mona", mentor), zoe=record("zoe", "GANESHRN"))

    loaded = load(root, paths=[root / "mentees/zoe.yml"], today=TODAY)

    assert told(loaded) == [("mentees/zoe.yml", "mentor-full", 2)]


def test_with_paths_duplicates_are_counted_among_all(tmp_path: Path) -> None:
    root = repository(tmp_path, mona=record("mona"), zoe=record("MONA"))

    loaded = load(root, paths=[root / "mentees/zoe.yml"], today=TODAY)

    assert ("mentees/zoe.yml", "duplicate-person", 1) in told(loaded)
    assert told(load(root, paths=[root / "mentees/mona.yml"], today=TODAY)) == []


def test_many_paths_are_checked_as_few_are(tmp_path: Path) -> None:
    people = {f"m{n}": record(f"m{n}") for n in range(60)}
    root = repository(tmp_path, **people)
    paths = [root / f"mentees/{name}.yml" for name in people if name not in ("m0", "m1")]

    # m0 and m1 have the seats, and neither is among the paths
    assert len(load(root, paths=paths, today=TODAY).findings) == len(paths)


def test_the_folder_and_the_root_stand_for_all(tmp_path: Path) -> None:
    root = repository(tmp_path, mona="nothing", amy="nothing")

    assert load(root, paths=[root], today=TODAY).files == 3
    assert load(root, paths=[root / "mentees"], today=TODAY).files == 2


def test_a_path_may_be_the_program(tmp_path: Path) -> None:
    root = repository(tmp_path, CONFIG.replace("version: 1", "version: 3"), mona="nothing")

    loaded = load(root, paths=[root / ".github/mentorship.yml"], today=TODAY)

    assert told(loaded) == [(".github/mentorship.yml", "bad-version", 1)]
    assert loaded.files == 1


def test_a_path_from_elsewhere_is_checked_as_a_record(tmp_path: Path) -> None:
    root = repository(tmp_path)
    draft = tmp_path / "mona.yml"
    draft.write_text(record("mona", "sbarnea"), encoding="utf-8")

    ((file, code, line),) = told(load(root, paths=[draft], today=TODAY))

    assert (file, code, line) == (str(draft), "unknown-mentor", 2)


def test_a_path_below_the_root_needs_no_prefix(tmp_path: Path) -> None:
    root = repository(tmp_path, mona="nothing")

    assert told(load(root, paths=[Path("mentees/mona.yml")], today=TODAY)) == [
        ("mentees/mona.yml", "not-a-mapping", 1)
    ]


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        load(repository(tmp_path), paths=[Path("mentees/nobody.yml")], today=TODAY)
    with pytest.raises(UsageError, match="no such folder"):
        load(tmp_path / "nowhere", today=TODAY)


def git(root: Path, *arguments: str, **environment: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
        cwd=root,
        check=True,
        capture_output=True,
        env={
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_GLOBAL": os.devnull,
            "HOME": str(root),
            **environment,
        },
    )


def commit(root: Path, message: str) -> None:
    git(root, "add", ".")
    git(root, "commit", "--quiet", "--message", message)


def test_seats_go_in_the_order_in_which_records_reached_the_default_branch(tmp_path: Path) -> None:
    root = repository(tmp_path, zoe=record("zoe", "ganeshrn"))
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "zoe")
    git(root, "switch", "--quiet", "--create", "topic")
    (root / "mentees/amy.yml").write_text(record("amy", "ganeshrn"), encoding="utf-8")
    commit(root, "amy")
    git(root, "switch", "--quiet", "main")
    (root / "mentees/kim.yml").write_text(record("kim", "ganeshrn"), encoding="utf-8")
    commit(root, "kim")
    git(root, "merge", "--quiet", "--no-ff", "--message", "amy", "topic")

    assert sorted(arrivals(root), key=arrivals(root).__getitem__) == ["zoe", "kim", "amy"]
    assert [file for file, _, _ in told(load(root, today=TODAY))] == [
        "mentees/amy.yml",
        "mentees/kim.yml",
    ]


def test_of_two_files_that_one_commit_brought_the_earlier_start_comes_first(
    tmp_path: Path,
) -> None:
    late = record("amy", "ganeshrn").replace("start: 2026-12-07", "start: 2026-12-14")
    root = repository(tmp_path, amy=late, zoe=record("zoe", "ganeshrn"))
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "both")
    (root / "mentees/kim.yml").write_text(record("kim", "ganeshrn"), encoding="utf-8")
    commit(root, "kim")
    assert arrivals(root) == {"amy": 1, "zoe": 1, "kim": 2}
    assert [file for file, _, _ in told(load(root, today=TODAY))] == [
        "mentees/amy.yml",
        "mentees/kim.yml",
    ]


def test_places_in_a_team_go_in_the_same_order(tmp_path: Path) -> None:
    root = repository(tmp_path)
    file = root / ".github/mentorship.yml"
    team = "{id: blue, name: Blue, size: 1, mentors: [{github: ganeshrn, role: lead}]}"
    file.write_text(f"{file.read_text(encoding='utf-8')}teams: [{team}]\n", encoding="utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    for login in ("zoe", "amy"):
        text = record(login, "ganeshrn").replace("mentor: ganeshrn", "team: blue")
        (root / f"mentees/{login}.yml").write_text(text, encoding="utf-8")
        commit(root, login)
    loaded = load(root, today=TODAY)
    assert [(file, code) for file, code, _ in told(loaded)] == [("mentees/amy.yml", "team-full")]
    assert loaded.teams == (("blue", 1, 1, 1),)


def test_changes_of_a_file_are_counted_as_the_default_branch_got_them(tmp_path: Path) -> None:
    root = repository(tmp_path, zoe=record("zoe"))
    assert revisions(root, ".github/mentorship.yml") == {}
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "zoe")
    git(root, "switch", "--quiet", "--create", "topic")
    for message in ("first", "second"):
        with (root / "mentees/zoe.yml").open("a", encoding="utf-8") as file:
            file.write(f"# {message}\n")
        commit(root, message)
    git(root, "switch", "--quiet", "main")
    git(root, "merge", "--quiet", "--no-ff", "--message", "zoe", "topic")

    found = revisions(root, ".github/mentorship.yml")
    assert (found[".github/mentorship.yml"], found["mentees/zoe.yml"]) == (1, 2)


def test_a_repositorys_own_settings_start_nothing(tmp_path: Path) -> None:
    root = repository(tmp_path, zoe=record("zoe"))
    git(root, "init", "--quiet")
    commit(root, "zoe")
    trap = f"touch {root}/sprung;"
    for key in ("core.pager", "core.fsmonitor", "diff.external", "pager.log", "core.sshCommand"):
        git(root, "config", key, trap)
    git(root, "config", "log.showSignature", "true")
    git(root, "config", "gpg.program", trap)

    assert list(arrivals(root)) == ["zoe"]
    assert not (root / "sprung").exists()


def test_who_changes_a_mentee_file_gives_a_sign_of_life_and_commands_and_bots_do_not(
    tmp_path: Path,
) -> None:
    root = repository(tmp_path, zoe=record("zoe"), amy=record("amy"), tim=record("tim"))
    git(root, "init", "--quiet")
    commit(root, "all")
    now = datetime.now(UTC)
    begun = last_changes(root, now)
    assert begun.keys() >= {"mentees/zoe.yml", "mentees/amy.yml", "mentees/tim.yml"}

    later = now + timedelta(days=9)
    for login, author, message in (
        ("zoe", "Zoe", "A new goal"),
        ("amy", "Robin", "mentees/amy.yml: /extend 2\n\nMentorship-command: comment-7."),
        ("tim", "dependabot[bot]", "Format"),
    ):
        with (root / f"mentees/{login}.yml").open("a", encoding="utf-8") as file:
            file.write("# more\n")
        git(root, "add", ".")
        git(
            root,
            *("-c", f"user.name={author}", "commit", "--quiet", "--message", message),
            GIT_COMMITTER_DATE=later.isoformat(),
        )
    found = last_changes(root, later)
    assert found["mentees/zoe.yml"] == later.replace(microsecond=0)
    assert {found[f"mentees/{login}.yml"] for login in ("amy", "tim")} == set(begun.values())
    # What was long ago is no sign any more, and a shallow checkout can't tell.
    assert last_changes(root, later + timedelta(days=400)) == {}
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", str(tmp_path / "clone"))
    assert last_changes(tmp_path / "clone", later) == {}
    assert last_changes(tmp_path, later) == {}


def crowded(tmp_path: Path) -> Path:
    """Return a checkout with two people for one seat; the one who begins later came first."""
    zoe = record("zoe", "ganeshrn").replace("2026-12-07", "2026-12-14")
    root = repository(tmp_path, zoe=zoe)
    git(root, "init", "--quiet")
    commit(root, "zoe")
    (root / "mentees/amy.yml").write_text(record("amy", "ganeshrn"), encoding="utf-8")
    commit(root, "amy")
    return root


def test_a_shallow_checkout_is_told_and_never_taken_for_no_history(tmp_path: Path) -> None:
    root, clone = crowded(tmp_path), tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", str(clone))

    with pytest.raises(SettingsError, match=r"shallow.*fetch-depth: 0"):
        arrivals(clone)
    assert told(load(root, today=TODAY)) == [("mentees/amy.yml", "mentor-full", 2)]
    assert told(load(clone, today=TODAY)) == [
        ("mentees", "history-unknown", 1),
        ("mentees/zoe.yml", "mentor-full", 2),
    ]


def test_a_shallow_checkout_is_told_only_where_the_order_decides(tmp_path: Path) -> None:
    root, clone = crowded(tmp_path), tmp_path / "clone"
    (root / "mentees/amy.yml").unlink()
    commit(root, "amy left")
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", str(clone))

    assert told(load(clone, today=TODAY)) == []


def test_a_checkout_of_another_account_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = crowded(tmp_path)
    # What git takes for a checkout of another account, as in a container's job.
    monkeypatch.setitem(git_runner._ENVIRONMENT, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # noqa: SLF001
    below = root / "below"
    (root / "mentees").rename(tmp_path / "mentees")
    below.mkdir()
    (tmp_path / "mentees").rename(below / "mentees")
    commit(root, "moved")

    assert set(arrivals(below)) == {"zoe", "amy"}
    assert head_commit(below)
    assert records_tree(below)


def test_a_checkout_that_git_refuses_to_read_is_told(tmp_path: Path) -> None:
    root = crowded(tmp_path)
    (root / ".git/HEAD").write_text("nonsense", encoding="utf-8")

    assert ("mentees", "history-unknown", 1) in told(load(root, today=TODAY))


def test_without_a_commit_or_a_checkout_there_is_no_history(tmp_path: Path) -> None:
    assert arrivals(tmp_path) == {}
    git(tmp_path, "init", "--quiet")
    assert arrivals(tmp_path) == {}
