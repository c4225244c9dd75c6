"""What every forge keeps to about pull requests: in memory, over HTTP on that, and emulated."""

from dataclasses import replace

import pytest

from mentorship_action.domain.pulls import Author, LineComment
from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.memory import Repository
from mentorship_action.forge.memory.git import File
from mentorship_action.forge.protocol import Forbidden, Forge, Missing, Rejected
from tests.applications import Scene
from tests.builders import moment
from tests.forge.harness import Gap, Harness, OverEmulator, WithRepository
from tests.rig import description
from tests.rig.failures import Proxy
from tests.rig.people import ACTIONS, OWNER, STRANGER, token_of
from tests.rig.rest import RestServer

pytestmark = pytest.mark.rig

RECORD = {"mentees/stranger.yml": b"github: stranger\n\xff\x00"}


def on_lines(path: str, first: int, last: int, body: str = "Hello") -> LineComment:
    return LineComment(path=path, first=first, last=last, body=body)


def lines(count: int) -> list[str]:
    return [f"line {number}\n" for number in range(1, count + 1)]


def bytes_of(text: list[str]) -> bytes:
    return "".join(text).encode()


# -- What is proposed, and by whom


def test_an_open_pull_request_is_listed_with_its_author_and_head(harness: Harness) -> None:
    number = harness.propose(RECORD)

    (pull,) = harness.forge(OWNER).list_pulls().open

    assert (pull.number, pull.author.login, pull.author.is_person) == (number, STRANGER, True)
    assert pull.head == harness.head(number)
    assert (pull.base, pull.labels) == ("main", ())
    assert harness.forge(OWNER).account_id(STRANGER) == pull.author.id


def test_an_account_is_found_whatever_the_case_of_its_login(harness: Harness) -> None:
    harness.propose(RECORD)
    forge = harness.forge(OWNER)

    by_case = Gap.LOGINS_BY_CASE in harness.gaps
    expected = None if by_case else forge.account_id(STRANGER)
    assert forge.account_id(STRANGER.upper()) == expected


def test_a_login_that_nobody_has_has_no_account(harness: Harness) -> None:
    harness.propose(RECORD)

    assert harness.forge(OWNER).account_id("nobody") is None


def test_a_push_moves_the_head(harness: Harness) -> None:
    number = harness.propose(RECORD)
    former = harness.head(number)

    harness.push(number, {"another.txt": b"x"})

    (pull,) = harness.forge(OWNER).list_pulls().open
    assert former != harness.head(number)
    assert pull.head == (former if Gap.HEADS_STAY in harness.gaps else harness.head(number))


def test_a_list_tells_the_paths_that_each_pull_request_changes(stand_in: WithRepository) -> None:
    stand_in.put({"README.md": b"Hello\n", "kept.txt": b"x"})
    one = stand_in.propose({"mentees/stranger.yml": b"x", "README.md": b"Bye\n"})
    none = stand_in.propose({"kept.txt": b"x"})
    most = stand_in.propose({f"{place:03}.txt": b"x" for place in range(100)})
    more = stand_in.propose({f"{place:03}.txt": b"x" for place in range(101)})
    forge = stand_in.forge(OWNER)

    found = {pull.number: pull.paths for pull in forge.list_pulls().open}

    if not stand_in.repository.has_graphql:
        assert found == dict.fromkeys([one, none, most, more])
        return
    assert found[one] == ("README.md", "mentees/stranger.yml")
    assert found[none] == ()
    assert len(found[most] or ()) == 100
    assert found[more] is None


def test_bots_and_deleted_accounts_are_known_as_authors(stand_in: WithRepository) -> None:
    repository = stand_in.repository
    by_bot = repository.view("dependabot[bot]").open_pull("Update", {"a.txt": b"x"})
    by_nobody = stand_in.propose({"b.txt": b"x"})
    ghost = Author(login="ghost", id=0, is_person=False)
    repository.put(replace(repository.branches.pulls[by_nobody], author=ghost))

    authors = {pull.number: pull.author for pull in stand_in.forge(OWNER).list_pulls().open}

    assert authors[by_bot] == repository.account("dependabot[bot]")
    assert not authors[by_bot].is_person
    assert authors[by_nobody] == ghost


# -- Files


def test_trees_and_blobs_of_a_head_have_its_bytes_and_modes(harness: Harness) -> None:
    harness.put({"README.md": b"Hello\n"})
    number = harness.propose(RECORD)
    harness.push(number, {"mentees/link.yml": File(b"x", "120000")})
    forge = harness.forge(OWNER)
    head = harness.head(number)

    folder = {entry.name: entry for entry in forge.tree(head)}["mentees"]
    inside = {entry.name: entry for entry in forge.tree(folder.sha)}

    assert folder.mode == "040000"
    assert {name: (entry.mode, entry.size) for name, entry in inside.items()} == {
        "link.yml": ("120000", 1),
        "stranger.yml": ("100644", 19),
    }
    assert forge.blob(inside["stranger.yml"].sha) == b"github: stranger\n\xff\x00"
    before = forge.tree(forge.merge_base("main", head))
    assert [entry.name for entry in before] == ["README.md"]


def test_objects_have_the_names_that_git_gives_them(harness: Harness) -> None:
    number = harness.propose({"mentees/a.yml": b"a\n", "mentees-old": b"b\n"})
    forge = harness.forge(OWNER)

    found = {entry.name: entry.sha for entry in forge.tree(harness.head(number))}

    # As `git hash-object` and `git write-tree` say.
    assert found["mentees-old"] == "61780798228d17af2d34fce4cfbdf35556832472"
    assert found["mentees"] == "f03958cd01f743045d5013b213cc54dbefbf0463"


def test_where_a_head_branched_off_stays_when_the_default_branch_goes_on(
    harness: Harness,
) -> None:
    harness.put({"README.md": b"Hello\n"})
    number = harness.propose(RECORD)
    forge = harness.forge(OWNER)
    before = forge.merge_base("main", harness.head(number))

    harness.put({"another.txt": b"x"})

    assert forge.merge_base("main", harness.head(number)) == before
    assert [entry.name for entry in forge.tree(before)] == ["README.md"]


def test_a_forks_commits_are_read_through_the_repository_it_stems_from(harness: Harness) -> None:
    number = harness.propose(RECORD, from_fork=True)
    forge = harness.forge(OWNER)
    (pull,) = forge.list_pulls().open

    assert (pull.head, pull.author.login) == (harness.head(number), STRANGER)
    if Gap.FORKS_APART in harness.gaps:
        with pytest.raises(Missing):
            forge.tree(pull.head)
        with pytest.raises(Missing):
            forge.merge_base(pull.base, pull.head)
    else:
        assert "mentees" in [entry.name for entry in forge.tree(pull.head)]
        assert "mentees" not in [
            entry.name for entry in forge.tree(forge.merge_base(pull.base, pull.head))
        ]


def test_an_object_that_is_not_there_is_missing(harness: Harness) -> None:
    forge = harness.forge(OWNER)

    for read in (forge.tree, forge.blob):
        with pytest.raises(Missing):
            read("0" * 40)
    with pytest.raises(Missing):
        forge.merge_base("main", "0" * 40)


# -- Requests and reviews


def test_every_call_about_a_pull_request_counts_as_one_request(harness: Harness) -> None:
    number = harness.propose(RECORD)
    forge = harness.forge(OWNER)

    said = forge.create_comment(number, "Hello")
    forge.edit_comment(said.id, "Edited")
    forge.list_comments(number)
    forge.delete_comment(said.id)
    forge.create_review(number, commit=harness.head(number), body="Hello", comments=())
    forge.list_reviews(number)
    forge.list_line_comments(number)
    forge.add_labels(number, ("mentorship",))
    forge.remove_label(number, "mentorship")
    forge.list_pulls()
    forge.account_id(STRANGER)
    forge.account_id("nobody")
    forge.tree(forge.merge_base("main", harness.head(number)))

    assert forge.requests == 14 + (Gap.GRAPHQL_UNKNOWN in harness.gaps)


def test_reviews_tell_the_commit_and_whether_it_is_approved(harness: Harness) -> None:
    number = harness.propose(RECORD)
    former = harness.head(number)
    harness.review(number, approves=True)
    harness.push(number, {"another.txt": b"x"})
    harness.review(number, approves=False)

    reviews = harness.forge(OWNER).list_reviews(number)

    head = harness.head(number)
    assert [(one.approves, one.commit) for one in reviews] == [(True, former), (False, head)]
    assert [one.author.login for one in reviews] == [OWNER, OWNER]


# -- What became of it


def test_pull_requests_closed_lately_tell_their_labels_and_whether_they_were_merged(
    harness: Harness,
) -> None:
    merged, closed = harness.propose(RECORD), harness.propose(RECORD)
    forge = harness.forge(OWNER)
    forge.add_labels(merged, ("mentorship:application",))
    harness.merge(merged)
    harness.close(closed)

    pulls = forge.list_pulls()

    found = [(one.number, one.merged, one.labels) for one in pulls.closed]
    assert found == [(merged, True, ("mentorship:application",)), (closed, False, ())]
    assert pulls.open == ()


def test_what_was_merged_with_a_label_is_told_however_long_ago(stand_in: WithRepository) -> None:
    merged, closed, other = (stand_in.propose(RECORD) for _ in range(3))
    forge = stand_in.forge(OWNER)
    for number in (merged, closed):
        forge.add_labels(number, ("Mentorship:Application",))
    stand_in.merge(merged)
    stand_in.close(closed)
    stand_in.merge(other)
    for _ in range(101):
        stand_in.close(stand_in.propose(RECORD))

    pulls = forge.list_pulls("mentorship:application")

    older = [one for one in pulls.closed if one.number <= other]
    assert [(one.number, one.merged) for one in older] == [(merged, True)]


def test_a_pull_request_tells_that_it_is_locked(stand_in: WithRepository) -> None:
    locked, closed, other = (stand_in.propose(RECORD) for _ in range(3))
    for number in (locked, closed):
        stand_in.repository.view(OWNER).lock(number)
    stand_in.close(closed)

    pulls = stand_in.forge(OWNER).list_pulls()

    assert {one.number: one.is_locked for one in pulls.open} == {locked: True, other: False}
    assert [one.is_locked for one in pulls.closed] == [True]


def test_a_merge_keeps_what_the_default_branch_got_meanwhile(harness: Harness) -> None:
    number = harness.propose(RECORD)
    harness.put({"meanwhile.txt": b"x"})

    harness.merge(number)

    forge = harness.forge(OWNER)
    merged = forge.merge_base("main", harness.head(harness.propose({"later.txt": b"x"})))
    names = {entry.name for entry in forge.tree(merged)}
    assert "mentees" in names
    assert ("meanwhile.txt" in names) is (Gap.MERGES_OVERWRITE not in harness.gaps)


def test_among_hundreds_of_pull_requests_no_open_one_is_missed(harness: Harness) -> None:
    numbers = [harness.propose(RECORD) for _ in range(105)]
    harness.close(numbers[50])
    forge = harness.forge(OWNER)
    before = forge.requests

    pulls = forge.list_pulls()

    assert [pull.number for pull in pulls.open] == [n for n in numbers if n != numbers[50]]
    assert [pull.number for pull in pulls.closed] == [numbers[50]]
    assert forge.requests - before == 2 + 2 * (Gap.GRAPHQL_UNKNOWN in harness.gaps)


def test_a_status_is_said_of_a_commit_by_who_may_write(harness: Harness) -> None:
    head = harness.head(harness.propose(RECORD))
    said = {"state": "pending", "description": "Waiting", "url": "https://example.org/"}

    if Gap.STATUSES_UNKNOWN in harness.gaps:
        with pytest.raises(Missing):
            harness.forge(ACTIONS).set_status(head, **said)
        return
    harness.forge(ACTIONS).set_status(head, **said)
    with pytest.raises(Forbidden):
        harness.forge(STRANGER).set_status(head, **said)
    with pytest.raises(Rejected):
        harness.forge(ACTIONS).set_status(head, **{**said, "description": "x" * 141})

    assert harness.statuses(head) == [("pending", "Waiting", "mentorship")]


# -- Comments on lines


def test_lines_of_a_proposed_file_can_be_commented_on_all_at_once(harness: Harness) -> None:
    path = "mentees/a.yml"
    number = harness.propose({path: bytes_of(lines(8))})
    forge = harness.forge(OWNER)
    head = harness.head(number)
    comments = (on_lines(path, 2, 2, "One"), on_lines(path, 4, 6, "Range"))

    if Gap.LINES_REFUSED in harness.gaps:
        with pytest.raises(Rejected):
            forge.create_review(number, commit=head, body="Two places", comments=comments)
        assert forge.list_line_comments(number) == []
        assert [one.body for one in forge.list_reviews(number)] == ["Two places"]
        return
    forge.create_review(number, commit=head, body="Two places", comments=comments)

    said = forge.list_line_comments(number)
    assert [(one.path, one.first, one.last, one.body) for one in said] == [
        (path, 2, 2, "One"),
        (path, 4, 6, "Range"),
    ]
    assert [one.author.login for one in said if one.author] == [OWNER, OWNER]
    assert [one.outdated for one in said] == [False, False]
    assert [(one.approves, one.commit) for one in forge.list_reviews(number)] == [(False, head)]


def test_a_review_without_comments_on_lines_is_one_that_comments(harness: Harness) -> None:
    number = harness.propose(RECORD)
    forge = harness.forge(OWNER)

    forge.create_review(number, commit=harness.head(number), body="Hello", comments=())

    (review,) = forge.list_reviews(number)
    assert forge.list_line_comments(number) == []
    assert (review.approves, review.commit) == (False, harness.head(number))
    assert (review.body, review.author.login) == ("Hello", OWNER)


def test_a_review_that_says_nothing_is_rejected(harness: Harness) -> None:
    number = harness.propose(RECORD)
    forge = harness.forge(OWNER)

    if Gap.REVIEWS_SAY_NOTHING in harness.gaps:
        forge.create_review(number, commit=harness.head(number), body="", comments=())
        assert [one.body for one in forge.list_reviews(number)] == [""]
        return
    with pytest.raises(Rejected):
        forge.create_review(number, commit=harness.head(number), body="", comments=())
    assert forge.list_reviews(number) == []


def test_a_comment_of_somebody_else_on_lines_is_listed_with_its_place(harness: Harness) -> None:
    path = "mentees/a.yml"
    number = harness.propose({path: bytes_of(lines(8))})

    harness.comment_on_lines(number, on_lines(path, 2, 2, "One"))
    harness.comment_on_lines(number, on_lines(path, 4, 6, "Range"))

    said = harness.forge(ACTIONS).list_line_comments(number)
    assert [(one.path, one.first, one.last, one.body) for one in said] == [
        (path, 2, 2, "One"),
        (path, 6 if Gap.RANGES_CUT in harness.gaps else 4, 6, "Range"),
    ]
    assert [one.author.login for one in said if one.author] == [OWNER, OWNER]
    assert [one.outdated for one in said] == [False, False]


def test_a_comment_moves_with_its_lines_and_is_outdated_when_they_change(
    harness: Harness,
) -> None:
    path = "mentees/a.yml"
    number = harness.propose({path: b"a\nb\nc\nd\n"})
    harness.comment_on_lines(number, on_lines(path, 2, 2))
    harness.comment_on_lines(number, on_lines(path, 3, 4))

    harness.push(number, {path: b"new\na\nb\nc\nother\n"})

    moved, changed = harness.forge(OWNER).list_line_comments(number)
    if Gap.HEADS_STAY in harness.gaps:
        assert (moved.last, moved.outdated) == (2, False)
        assert (changed.last, changed.outdated) == (4, False)
    else:
        assert (moved.first, moved.last, moved.outdated) == (3, 3, False)
        assert (changed.first, changed.last, changed.outdated) == (3, 4, True)


def test_one_line_beyond_the_diff_and_nothing_of_a_review_is_said(harness: Harness) -> None:
    path, text = "mentees/a.yml", lines(29)
    harness.put({path: bytes_of(text)})
    number = harness.propose({path: bytes_of([*text[:10], "another\n", *text[11:]])})
    forge = harness.forge(OWNER)
    head = harness.head(number)
    beyond = (on_lines(path, 11, 11), on_lines(path, 25, 25))

    with pytest.raises(Rejected):
        forge.create_review(number, commit=head, body="Two places", comments=beyond)
    assert forge.list_line_comments(number) == []
    if Gap.LINES_REFUSED in harness.gaps:
        assert len(forge.list_reviews(number)) == 1
        return
    assert forge.list_reviews(number) == []

    forge.create_review(number, commit=head, body="Context", comments=(on_lines(path, 8, 14),))
    assert len(forge.list_line_comments(number)) == 1


# -- What HTTP alone can show


def test_joining_through_the_gateway_ends_as_it_does_in_memory(
    rest_server: RestServer, repository_name: str
) -> None:
    def play(scene: Scene) -> list[object]:
        first = scene.joins("newcomer")
        told: list[object] = [len(scene.run().plan.changes), scene.bot_comment(first)]
        second = scene.joins("another", hours_per_week=0)
        told += [len(scene.run().plan.changes), scene.status(second)]
        scene.says("ganeshrn", first, "/accept")
        told += [len(scene.run().plan.changes), scene.status(first), scene.pull(first).labels]
        scene.merges(first)
        told += [len(scene.run().plan.changes), scene.trackers()]
        told += [len(scene.run().plan.changes)]
        return told

    over_http = Scene()
    site = rest_server.serve(repository_name, over_http.repository)
    gateway: Forge = GitHubForge(
        repository=repository_name, token=token_of(ACTIONS), api=rest_server.url, backoff_seconds=0
    )
    over_http.bot = gateway

    told = play(over_http)

    assert told == play(Scene())
    assert told[-1] == 0
    assert site.mismatches == []


def test_reviews_of_what_is_not_there_are_missing(harness: Harness) -> None:
    forge = harness.forge(OWNER)

    for read in (forge.list_line_comments, forge.list_reviews):
        with pytest.raises(Missing):
            read(99)


def test_over_a_hundred_reviews_take_two_requests(harness: Harness) -> None:
    number = harness.propose(RECORD)
    for _ in range(101):
        harness.review(number, approves=False)
    forge = harness.forge(OWNER)
    before = forge.requests

    assert len(forge.list_reviews(number)) == 101
    assert forge.requests - before == 2


def test_taking_off_an_absent_label_leaves_the_date_alone() -> None:
    now = iter(moment(f"2026-12-01 0{hour}:00") for hour in range(10))
    forge = Repository(clock=lambda: next(now), writers={OWNER}).view(OWNER)
    number = forge.open_pull("Join", dict(RECORD))
    (before,) = forge.list_pulls().open

    forge.remove_label(number, "absent")

    assert forge.list_pulls().open == (before,)


def test_the_emulators_answers_about_pull_requests_are_as_github_describes_them(
    over_emulated: OverEmulator, emulated_proxy: Proxy
) -> None:
    path = "mentees/a.yml"
    number = over_emulated.propose({path: bytes_of(lines(8))})
    head = over_emulated.head(number)
    over_emulated.comment_on_lines(number, on_lines(path, 2, 2))
    forge = over_emulated.forge(OWNER)
    forge.list_pulls()
    forge.account_id(STRANGER)
    forge.tree(forge.merge_base("main", head))
    folder = {entry.name: entry for entry in forge.tree(head)}["mentees"]
    (file,) = forge.tree(folder.sha)
    forge.blob(file.sha)
    said = forge.create_comment(number, "Hello")
    forge.edit_comment(said.id, "Edited")
    forge.list_comments(number)
    forge.delete_comment(said.id)
    forge.add_labels(number, ("mentorship",))
    forge.remove_label(number, "mentorship")
    forge.create_review(number, commit=head, body="Hello", comments=())
    forge.list_reviews(number)
    forge.list_line_comments(number)

    exchanges = emulated_proxy.exchanges
    mismatches = [
        text for one in exchanges for text in description.mismatches(one.asked, one.answer)
    ]

    assert len(exchanges) == 17
    pull = f"/repos/{over_emulated.name}/pulls/{number}"
    first = f"GET {pull}/comments?per_page=100: answer 200 /0"
    assert mismatches == [
        # Gap.REVIEWS_CREATED
        f"POST {pull}/reviews: never answers 201",
        # Gap.LINE_COMMENTS_BARE
        f'{first}: "_links" is a required property',
        f'{first}/position: null is not of type "integer"',
        f'{first}/original_position: null is not of type "integer"',
        f'{first}/in_reply_to_id: null is not of type "integer"',
    ]
