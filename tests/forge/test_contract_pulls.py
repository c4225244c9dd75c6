"""What every forge keeps to about pull requests: in memory and through the gateway.

The emulator isn't asked: it knows nothing of a fork's objects through the base repository, of
comparisons across a fork, or of commit statuses.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from mentorship_action.domain.pulls import LineComment
from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.gitobjects import File
from mentorship_action.forge.memory import Repository
from mentorship_action.forge.protocol import Forge, Missing, Refused, Rejected
from tests.forge.harness import fresh_repository
from tests.intakes import Scene
from tests.rig.people import ACTIONS, OWNER, STRANGER, token_of
from tests.rig.rest import Face, Site


@dataclass(kw_only=True)
class Way:
    """A repository and one way to it."""

    repository: Repository
    name: str = ""
    face: Face | None = None
    site: Site | None = None

    def forge(self, login: str) -> Forge:
        if self.face is None:
            return self.repository.view(login)
        return GitHubForge(
            repository=self.name, token=token_of(login), api=self.face.url, backoff_seconds=0
        )

    def open_pull(self) -> int:
        self.repository.branches.put({"README.md": b"Hello\n"})
        record = {"mentees/stranger.yml": b"github: stranger\n\xff\x00"}
        return self.repository.view(STRANGER).open_pull("Join", record)


@pytest.fixture(params=["memory", "face"])
def way(request: pytest.FixtureRequest, repository_name: str) -> Iterator[Way]:
    """One of the two ways."""
    made = Way(repository=fresh_repository(), name=repository_name)
    if request.param == "face":
        made.face = request.getfixturevalue("face")
        made.site = made.face.serve(repository_name, made.repository)
    yield made
    assert made.site is None or made.site.faults == []


def test_an_open_pull_request_is_listed_with_its_author_and_head(way: Way) -> None:
    number = way.open_pull()

    (pull,) = way.forge(OWNER).list_pulls().open

    assert (pull.number, pull.author.login, pull.author.is_person) == (number, STRANGER, True)
    assert pull.head == way.repository.branches.pulls[number].head
    assert (pull.base, pull.labels) == ("main", ())
    assert way.forge(OWNER).account_id(STRANGER) == pull.author.id


def test_a_login_that_nobody_has_has_no_account(way: Way) -> None:
    assert way.forge(OWNER).account_id("nobody") is None


def test_a_bots_account_is_no_person(way: Way) -> None:
    number = way.open_pull()

    assert not way.forge(ACTIONS).create_comment(number, "Hello").author.is_person


def test_trees_and_blobs_of_a_head_have_its_bytes_and_modes(way: Way) -> None:
    number = way.open_pull()
    way.repository.view(STRANGER).push(number, {"mentees/link.yml": File(b"x", "120000")})
    forge = way.forge(OWNER)
    (pull,) = forge.list_pulls().open

    folder = {entry.name: entry for entry in forge.tree(pull.head)}["mentees"]
    inside = {entry.name: entry for entry in forge.tree(folder.sha)}

    assert folder.mode == "040000"
    assert {name: entry.mode for name, entry in inside.items()} == {
        "link.yml": "120000",
        "stranger.yml": "100644",
    }
    assert forge.blob(inside["stranger.yml"].sha) == b"github: stranger\n\xff\x00"
    before = forge.tree(forge.merge_base(pull.base, pull.head))
    assert [entry.name for entry in before] == ["README.md"]


def test_an_object_that_is_not_there_is_missing(way: Way) -> None:
    forge = way.forge(OWNER)

    for read in (forge.tree, forge.blob):
        with pytest.raises(Missing):
            read("0" * 40)
    with pytest.raises(Missing):
        forge.merge_base("main", "0" * 40)


def test_comments_are_listed_in_order_edited_in_place_and_taken_away(way: Way) -> None:
    number = way.open_pull()
    forge = way.forge(OWNER)

    first, second = (forge.create_comment(number, text) for text in ("One", "Two"))
    edited = forge.edit_comment(first.id, "One, edited")
    forge.delete_comment(second.id)

    assert [(said.id, said.body) for said in forge.list_comments(number)] == [
        (first.id, "One, edited")
    ]
    assert edited.id == first.id
    assert edited.author.login == OWNER


def test_over_a_hundred_comments_are_all_listed(way: Way) -> None:
    number = way.open_pull()
    for place in range(101):
        way.repository.view(STRANGER).create_comment(number, f"No. {place}")
    forge = way.forge(OWNER)
    before = forge.requests

    said = forge.list_comments(number)

    assert [one.body for one in said] == [f"No. {place}" for place in range(101)]
    assert forge.requests - before == 2


def test_reviews_tell_the_commit_and_whether_it_is_approved(way: Way) -> None:
    number = way.open_pull()
    way.repository.view(OWNER).review(number, approves=True)
    way.repository.view(OWNER).review(number, approves=False)

    reviews = way.forge(OWNER).list_reviews(number)

    head = way.repository.branches.pulls[number].head
    assert [(one.approves, one.commit) for one in reviews] == [(True, head), (False, head)]


def test_labels_come_and_go_and_one_that_is_gone_is_no_fault(way: Way) -> None:
    number = way.open_pull()
    forge = way.forge(OWNER)

    forge.add_labels(number, ("mentorship:intake", "a/b c"))
    forge.remove_label(number, "a/b c")
    forge.remove_label(number, "a/b c")

    assert forge.list_pulls().open[0].labels == ("mentorship:intake",)


def test_pull_requests_closed_lately_tell_their_labels_and_whether_they_were_merged(
    way: Way,
) -> None:
    merged, closed = way.open_pull(), way.open_pull()
    forge = way.forge(OWNER)
    forge.add_labels(merged, ("mentorship:intake",))
    way.repository.view(OWNER).merge(merged)
    way.repository.view(OWNER).close_pull(closed)

    pulls = forge.list_pulls()

    found = [(one.number, one.merged, one.labels) for one in pulls.closed]
    assert found == [(merged, True, ("mentorship:intake",)), (closed, False, ())]
    assert pulls.open == ()


def test_among_hundreds_of_pull_requests_no_open_one_is_missed(way: Way) -> None:
    numbers = [way.open_pull() for _ in range(105)]
    way.repository.view(OWNER).close_pull(numbers[50])
    forge = way.forge(OWNER)
    before = forge.requests

    pulls = forge.list_pulls()

    assert [pull.number for pull in pulls.open] == [n for n in numbers if n != numbers[50]]
    assert [pull.number for pull in pulls.closed] == [numbers[50]]
    assert forge.requests - before == 1 + 2


def test_a_status_is_said_of_a_commit_by_who_may_write(way: Way) -> None:
    number = way.open_pull()
    head = way.repository.branches.pulls[number].head
    said = {"state": "pending", "description": "Waiting", "url": "https://example.org/"}

    way.forge(ACTIONS).set_status(head, **said)
    with pytest.raises(Refused):
        way.forge(STRANGER).set_status(head, **said)
    with pytest.raises(Rejected):
        way.forge(ACTIONS).set_status(head, **{**said, "description": "x" * 141})

    (status,) = way.repository.branches.statuses[head]
    assert (status.state, status.description, status.context) == (
        "pending",
        "Waiting",
        "mentorship",
    )


def test_joining_through_the_gateway_ends_as_it_does_in_memory(
    face: Face, repository_name: str
) -> None:
    def play(scene: Scene) -> list[object]:
        first = scene.joins("newcomer")
        told: list[object] = [len(scene.run().plan.changes), scene.word(first)]
        second = scene.joins("another", hours_per_week=0)
        told += [len(scene.run().plan.changes), scene.status(second)]
        scene.says("ganeshrn", first, "/accept")
        told += [len(scene.run().plan.changes), scene.status(first), scene.pull(first).labels]
        scene.merges(first)
        told += [len(scene.run().plan.changes), scene.trackers()]
        told += [len(scene.run().plan.changes)]
        return told

    over_http = Scene()
    site = face.serve(repository_name, over_http.repository)
    gateway: Forge = GitHubForge(
        repository=repository_name, token=token_of(ACTIONS), api=face.url, backoff_seconds=0
    )
    over_http.bot = gateway  # type: ignore[assignment]

    told = play(over_http)

    assert told == play(Scene())
    assert told[-1] == 0
    assert site.faults == []


def on_lines(path: str, first: int, last: int, body: str = "Hello") -> LineComment:
    return LineComment(path=path, first=first, last=last, body=body)


def test_lines_of_a_proposed_file_can_be_commented_on_all_at_once(way: Way) -> None:
    text = "".join(f"line {number}\n" for number in range(1, 9))
    number = way.repository.view(STRANGER).open_pull("Join", {"mentees/a.yml": text.encode()})
    forge = way.forge(OWNER)
    head = way.repository.branches.pulls[number].head
    comments = (on_lines("mentees/a.yml", 2, 2, "One"), on_lines("mentees/a.yml", 4, 6, "Range"))

    forge.create_review(number, commit=head, body="Two places", comments=comments)

    said = forge.list_line_comments(number)
    assert [(one.path, one.first, one.last, one.body) for one in said] == [
        ("mentees/a.yml", 2, 2, "One"),
        ("mentees/a.yml", 4, 6, "Range"),
    ]
    assert [one.author.login for one in said if one.author] == [OWNER, OWNER]
    assert [one.outdated for one in said] == [False, False]
    assert [(one.approves, one.commit) for one in forge.list_reviews(number)] == [(False, head)]


def test_a_comment_moves_with_its_lines_and_is_outdated_when_they_change(way: Way) -> None:
    path, text = "mentees/a.yml", b"a\nb\nc\nd\n"
    author = way.repository.view(STRANGER)
    number = author.open_pull("Join", {path: text})
    forge = way.forge(OWNER)
    head = way.repository.branches.pulls[number].head
    comments = (on_lines(path, 2, 2), on_lines(path, 3, 4))
    forge.create_review(number, commit=head, body="Two places", comments=comments)

    author.push(number, {path: b"new\na\nb\nc\nother\n"})

    moved, changed = forge.list_line_comments(number)
    assert (moved.first, moved.last, moved.outdated) == (3, 3, False)
    assert (changed.first, changed.last, changed.outdated) == (3, 4, True)


def test_one_line_beyond_the_diff_and_nothing_of_a_review_is_said(way: Way) -> None:
    path = "mentees/a.yml"
    lines = [f"line {number}\n" for number in range(1, 30)]
    way.repository.branches.put({path: "".join(lines).encode()})
    changed = "".join([*lines[:10], "another\n", *lines[11:]]).encode()
    number = way.repository.view(STRANGER).open_pull("Change", {path: changed})
    forge = way.forge(OWNER)
    head = way.repository.branches.pulls[number].head

    with pytest.raises(Rejected):
        forge.create_review(
            number,
            commit=head,
            body="Two places",
            comments=(on_lines(path, 11, 11), on_lines(path, 25, 25)),
        )
    assert forge.list_line_comments(number) == []
    assert forge.list_reviews(number) == []

    forge.create_review(number, commit=head, body="Context", comments=(on_lines(path, 8, 14),))
    assert len(forge.list_line_comments(number)) == 1
