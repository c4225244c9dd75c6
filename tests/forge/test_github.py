"""How the gateway reads what a server answers, one answer at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mentorship_action.errors import Exit
from mentorship_action.forge.github import GitHubForge
from mentorship_action.forge.protocol import (
    Ambiguous,
    Draft,
    Forbidden,
    Forge,
    ForgeError,
    Limited,
    Locked,
    Missing,
    Rejected,
    RepositoryGone,
    RunStopper,
    Unauthorized,
    Unreachable,
    Unreadable,
)
from tests.rig.tls import over_tls
from tests.rig.web import Answer, Asked, Handler, serving

NAME = "owner/program"


@dataclass(kw_only=True)
class Server:
    """A server that answers by path, the rest with 404, and keeps what was asked."""

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def forge(self) -> GitHubForge:
        return GitHubForge(repository=NAME, token="secret", api=self.url, backoff_seconds=0)

    def says(self, status: int, message: str = "", **headers: str) -> None:
        """Let everything be answered with a message from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers = {"": Answer(status, {"message": message}, named)}

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        path = asked.path.removeprefix(f"/repos/{NAME}")
        return self.answers.get(path) or self.answers.get("") or Answer(404, {"message": "-"})


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()

    class Scripted(Handler):
        def serve(self) -> None:
            self.write_json(made.answer(self.read()))

    with serving(Scripted) as url:
        made.url = url
        yield made


def read_list(forge: Forge) -> object:
    return forge.list_issues(state="open")


def read_item(forge: Forge) -> object:
    return forge.get_issue(7)


def write_item(forge: Forge) -> object:
    return forge.create_comment(7, "Hello")


def open_issue(forge: Forge) -> object:
    return forge.create_issue(Draft(title="A title", body=""))


Act = Callable[[Forge], object]


# -- Every refusal has its name


@pytest.mark.parametrize(
    ("status", "message", "headers", "act", "kind"),
    [
        (401, "Bad credentials", {}, read_list, Unauthorized),
        (401, "Bad credentials", {}, write_item, Unauthorized),
        (429, "", {}, read_item, Limited),
        (403, "You have exceeded a secondary rate limit.", {}, write_item, Limited),
        (403, "You have triggered an abuse detection mechanism.", {}, write_item, Limited),
        (403, "Slow down", {"retry_after": "60"}, write_item, Limited),
        (403, "Slow down", {"x_ratelimit_remaining": "0"}, read_list, Limited),
        (403, "Repository was archived so is read-only.", {}, write_item, RepositoryGone),
        (403, "Repository access blocked", {}, read_item, RepositoryGone),
        (451, "Repository access blocked", {}, read_item, RepositoryGone),
        (404, "Not Found", {}, read_list, RepositoryGone),
        (410, "Gone", {}, read_list, RepositoryGone),
        (404, "Not Found", {}, read_item, Missing),
        (404, "Not Found", {}, write_item, Missing),
        (410, "This issue was deleted", {}, read_item, Missing),
        (410, "This issue was deleted", {}, write_item, Missing),
        (410, "Issues has been disabled in this repository.", {}, open_issue, Forbidden),
        (403, "Unable to create comment because issue is locked.", {}, write_item, Locked),
        (422, "Pull request is locked", {}, write_item, Locked),
        (403, "Resource not accessible by integration", {}, write_item, Forbidden),
        (422, "Validation Failed", {}, write_item, Rejected),
        (409, "Git Repository is empty.", {}, read_item, Rejected),
        (500, "Server Error", {}, read_item, Unreachable),
        (503, "Service Unavailable", {}, read_list, Unreachable),
        (502, "Server Error", {}, write_item, Ambiguous),
    ],
)
def test_a_refusal_is_named_after_what_it_stops(
    server: Server,
    status: int,
    message: str,
    headers: Mapping[str, str],
    act: Act,
    kind: type[ForgeError],
) -> None:
    server.says(status, message, **headers)

    with pytest.raises(ForgeError) as caught:
        act(server.forge)

    assert type(caught.value) is kind
    stops = {Limited, Unauthorized, RepositoryGone}
    assert isinstance(caught.value, RunStopper) is (kind in stops)


@pytest.mark.parametrize(
    ("data", "act", "kind"),
    [
        (None, read_list, Unreadable),
        ({}, read_list, Unreadable),
        ([{"number": 1}], read_list, Unreadable),
        ("text", read_item, Unreadable),
        (None, write_item, Ambiguous),
        ({"id": 1}, write_item, Ambiguous),
    ],
)
def test_an_answer_that_makes_no_sense_is_never_taken_for_nothing(
    server: Server, data: Any, act: Act, kind: type[ForgeError]
) -> None:
    server.answers = {"": Answer(200, data)}

    with pytest.raises(kind):
        act(server.forge)


def test_a_page_that_names_itself_as_the_next_one_is_no_list_without_end(server: Server) -> None:
    path = f"/repos/{NAME}/issues"
    query = "state=open&sort=created&direction=asc&per_page=100"
    server.answers = {"/issues": Answer(200, [], {"Link": f'<{path}?{query}>; rel="next"'})}

    with pytest.raises(Unreadable):
        server.forge.list_issues(state="open")
    assert len(server.asked) == 1


def test_the_next_page_is_asked_of_the_server_we_know_with_what_its_link_says(
    server: Server,
) -> None:
    link = f'<https://internal.example/repos/{NAME}/issues?after=Y3Vyc29y>; rel="next"'
    server.answers = {"/issues": Answer(200, [], {"Link": link})}

    with pytest.raises(Unreadable):
        # The second page says the same again.
        server.forge.list_issues(creator="us", state="all")

    first, second = (asked.query for asked in server.asked)
    assert second == {**first, "after": "Y3Vyc29y"}
    assert second["creator"] == "us"


# -- Other addresses


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("act", [read_list, read_item, write_item])
def test_a_redirect_is_never_followed(server: Server, act: Act, status: int) -> None:
    moved = Answer(status, {"message": "Moved"}, {"Location": f"{server.url}/elsewhere"})
    server.answers = {"": moved}

    with pytest.raises(RepositoryGone if act is read_list else Missing) as caught:
        act(server.forge)

    assert len(server.asked) == 1
    assert f"{server.url}/elsewhere" in str(caught.value)


@pytest.mark.parametrize("host", ["https://github.example.org", "https://localhost"])
@pytest.mark.parametrize("act", [read_list, read_item, write_item])
def test_another_host_has_a_message_of_its_own(server: Server, act: Act, host: str) -> None:
    elsewhere = f"{host}/api/v3/repositories/1"
    server.answers = {"": Answer(301, {"message": "Moved"}, {"Location": elsewhere})}

    with pytest.raises(Unreachable, match="another host") as caught:
        act(server.forge)

    assert elsewhere in str(caught.value)
    assert "GITHUB_API_URL" in caught.value.fix
    assert not isinstance(caught.value, RunStopper)


def test_a_certificate_of_a_private_authority_has_a_message_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)

    class Refusing(Handler):
        def serve(self) -> None:
            self.read()
            self.write_json(Answer(404, {"message": "Not Found"}))

    with over_tls(Refusing, tmp_path) as (url, certificate):
        forge = GitHubForge(repository=NAME, token="secret", api=url, backoff_seconds=0)
        with pytest.raises(Unreachable, match="certificate") as caught:
            forge.get_issue(7)
        assert "REQUESTS_CA_BUNDLE" in caught.value.fix

        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
        with pytest.raises(Missing):
            forge.get_issue(7)


def test_a_server_that_is_not_there_is_unreachable() -> None:
    forge = GitHubForge(
        repository=NAME, token="secret", api="http://localhost:1", backoff_seconds=0
    )

    with pytest.raises(Unreachable) as caught:
        forge.me()
    assert caught.value.exit_code is Exit.UNFINISHED


# -- What is sent


def test_every_request_names_the_version_of_the_api_and_the_token(server: Server) -> None:
    for act in (read_item, write_item):
        with pytest.raises(Missing):
            act(server.forge)

    for asked in server.asked:
        assert asked.headers["x-github-api-version"] == "2022-11-28"
        assert asked.headers["authorization"] == "token secret"
        assert asked.headers["user-agent"] == "mentorship-action"


def test_repeated_reads_are_counted_and_writes_are_never_repeated(server: Server) -> None:
    server.says(503)
    forge = server.forge

    with pytest.raises(Unreachable):
        forge.get_issue(7)
    assert forge.requests == len(server.asked) == 4
    with pytest.raises(Ambiguous):
        forge.create_comment(7, "Hello")
    assert forge.requests == len(server.asked) == 5


# -- GraphQL, and where it does not answer


@pytest.mark.parametrize(
    "answer",
    [
        Answer(404, {"message": "Not Found"}),
        Answer(403, {"message": "Resource not accessible by integration"}),
        Answer(502, {"message": "Server Error"}),
        Answer(200, {"data": None, "errors": [{"message": "Something went wrong"}]}),
        Answer(200, {"data": {"viewer": None}}),
        Answer(200, []),
        Answer(200, None),
    ],
)
def test_where_graphql_does_not_answer_rest_says_who_we_are(server: Server, answer: Answer) -> None:
    user = {"login": "somebody", "id": 7, "type": "User"}
    server.answers = {"/graphql": answer, "/user": Answer(200, user)}

    me = server.forge.me()

    assert (me.login, me.id, me.is_person) == ("somebody", 7, True)


@pytest.mark.parametrize("status", [403, 404])
def test_a_token_that_nobody_names_is_the_actions_bots(server: Server, status: int) -> None:
    server.answers = {"/user": Answer(status, {"message": "Resource not accessible"})}

    me = server.forge.me()

    assert (me.login, me.id, me.is_person) == ("github-actions[bot]", 0, False)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(401, {"message": "Bad credentials"}), Unauthorized),
        (Answer(429, {"message": ""}), Limited),
        (Answer(200, {"errors": [{"type": "RATE_LIMITED", "message": "Too many"}]}), Limited),
    ],
)
def test_what_stops_graphql_for_everybody_is_not_asked_again_in_rest(
    server: Server, answer: Answer, kind: type[ForgeError]
) -> None:
    server.answers = {"/graphql": answer}

    with pytest.raises(kind):
        server.forge.me()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("answer", "times"),
    [
        (Answer(404, {"message": "Not Found"}), 1),
        (Answer(200, {"errors": [{"message": "Field 'pullRequests' doesn't exist"}]}), 1),
        # It may be there again for the next question.
        (Answer(502, {"message": "Server Error"}), 2),
    ],
)
def test_a_server_without_graphql_is_asked_in_it_once_a_run(
    server: Server, answer: Answer, times: int
) -> None:
    user = {"login": "somebody", "id": 7, "type": "User"}
    server.answers = {"/user": Answer(200, user), "/pulls": Answer(200, []), "/graphql": answer}
    forge = server.forge

    forge.me()
    forge.list_pulls()

    assert [asked.path for asked in server.asked].count("/graphql") == times


def test_who_we_are_is_asked_in_graphql_whatever_became_of_other_questions(server: Server) -> None:
    # Without it an App would pass for GitHub Actions.
    viewer = {"data": {"viewer": {"login": "our-program[bot]", "databaseId": 7}}}
    server.answers = {"/pulls": Answer(200, []), "/graphql": Answer(404, {"message": "-"})}
    forge = server.forge
    forge.list_pulls()
    server.answers["/graphql"] = Answer(200, viewer)

    assert forge.me().login == "our-program[bot]"


@pytest.fixture
def enterprise(server: Server) -> GitHubForge:
    """A forge whose API is below a path, as GitHub Enterprise Server has it."""
    return GitHubForge(repository=NAME, token="secret", api=f"{server.url}/api/v3/")


def test_an_enterprise_server_has_its_api_below_a_path(
    server: Server, enterprise: GitHubForge
) -> None:
    with pytest.raises(Missing):
        enterprise.get_issue(7)
    server.answers = {"": Answer(404, {"message": "-"})}
    with pytest.raises(RepositoryGone):
        enterprise.list_pulls()

    assert [asked.path for asked in server.asked] == [
        f"/api/v3/repos/{NAME}/issues/7",
        "/api/graphql",
        f"/api/v3/repos/{NAME}/pulls",
    ]
