"""The part of the REST face that serves pull requests: branches, words, reviews, statuses."""

import base64
from typing import Any, Protocol
from urllib.parse import quote, unquote

from mentorship_action.domain.pulls import Author, Comment, LineComment, Review
from mentorship_action.forge.memory import MemoryForge
from mentorship_action.forge.memory_pulls import Branches, PullRequest
from mentorship_action.forge.protocol import Missing, Rejected
from tests.rig import shapes
from tests.rig.blank import filled
from tests.rig.web import Answer, Asked

_FOLDER_MODE = "040000"


class Call(Protocol):
    """One request to one repository, as the face sees it."""

    @property
    def asked(self) -> Asked: ...
    @property
    def forge(self) -> MemoryForge: ...
    @property
    def api(self) -> str: ...
    @property
    def repository_url(self) -> str: ...
    def page(self, items: list[dict[str, Any]]) -> Answer: ...


def person(api: str, author: Author) -> dict[str, Any]:
    """Return an account with the number that it has in this repository's world."""
    return {**shapes.person(api, author.login), "id": author.id}


def list_pulls(call: Call) -> Answer:
    query, branches = call.asked.query, call.forge.branches
    state = query.get("state", "open")
    found = [
        _pull(call, pull)
        for pull in branches.pulls.values()
        if state in ("all", "open" if pull.is_open else "closed")
    ]
    found.sort(key=lambda pull: str(pull[f"{query.get('sort', 'created')}_at"]))
    if query.get("direction", "desc") == "desc":
        found.reverse()
    return call.page(found)


def list_reviews(call: Call, number: str) -> Answer:
    _own(call, number)
    return call.page([_review(call, one) for one in call.forge.list_reviews(int(number))])


def create_review(call: Call, number: str) -> Answer:
    body = call.asked.body
    if body["event"] != "COMMENT":
        raise ValueError("The face knows reviews that comment alone.")
    try:
        comments = tuple(_on_lines(given) for given in body.get("comments", ()))
        call.forge.create_review(
            int(number), commit=body["commit_id"], body=body["body"], comments=comments
        )
    except Rejected as error:
        # Here GitHub says why in plain texts, not in objects as elsewhere.
        says = {"message": "Unprocessable Entity", "errors": [error.what]}
        return Answer(422, {**says, "documentation_url": "https://docs.github.com/rest"})
    return Answer(200, _review(call, call.forge.branches.reviews[int(number)][-1]))


def _on_lines(given: dict[str, Any]) -> LineComment:
    if given["side"] != "RIGHT" or given.get("start_side", "RIGHT") != "RIGHT":
        raise Rejected("The face knows comments on the new lines alone.")
    first = given.get("start_line")
    if first is not None and first >= given["line"]:
        raise Rejected("Pull request review thread start line must precede the end line.")
    return LineComment(
        path=given["path"], first=first or given["line"], last=given["line"], body=given["body"]
    )


def list_line_comments(call: Call, number: str) -> Answer:
    said = call.forge.list_line_comments(int(number))
    return call.page([_line_comment(call, one) for one in said])


def list_comments(call: Call, number: str) -> Answer:
    said = call.forge.list_comments(int(number))
    return call.page([_comment(call, int(number), one) for one in said])


def create_comment(call: Call, number: str) -> Answer:
    said = call.forge.create_comment(int(number), call.asked.body["body"])
    return Answer(201, _comment(call, int(number), said))


def edit_comment(call: Call, comment: str) -> Answer:
    said = call.forge.edit_comment(int(comment), call.asked.body["body"])
    return Answer(200, _comment(call, 0, said))


def delete_comment(call: Call, comment: str) -> Answer:
    said = call.forge.branches.said.values()
    if all(one.id != int(comment) for some in said for one in some):
        raise Missing(f"There is no comment {comment}.")
    call.forge.delete_comment(int(comment))
    return Answer(204)


def compare(call: Call, base: str, head: str) -> Answer:
    branched = call.forge.merge_base(unquote(base), unquote(head))
    commit = filled("commit", sha=branched)
    return Answer(200, filled("commit-comparison", merge_base_commit=commit))


def tree(call: Call, sha: str) -> Answer:
    entries = [
        {
            "path": entry.name,
            "mode": entry.mode,
            "type": "tree" if entry.mode == _FOLDER_MODE else "blob",
            "sha": entry.sha,
            **({} if entry.mode == _FOLDER_MODE else {"size": entry.size}),
        }
        for entry in call.forge.tree(sha)
    ]
    return Answer(200, filled("git-tree", sha=sha, tree=entries, truncated=False))


def blob(call: Call, sha: str) -> Answer:
    content = call.forge.blob(sha)
    # GitHub breaks the lines of base64.
    text = base64.encodebytes(content).decode()
    shown = filled("blob", sha=sha, size=len(content), content=text, encoding="base64")
    return Answer(200, shown)


def set_status(call: Call, sha: str) -> Answer:
    body = call.asked.body
    call.forge.set_status(
        sha,
        state=body["state"],
        description=body.get("description") or "",
        url=body.get("target_url") or "",
    )
    return Answer(201, filled("status", state=body["state"], context=body["context"]))


def add_labels(call: Call, number: str) -> Answer:
    call.forge.add_labels(int(number), tuple(call.asked.body["labels"]))
    return Answer(200, _labels(call, number))


def remove_label(call: Call, number: str, name: str) -> Answer:
    label = unquote(name)
    # Who may not write isn't told which labels there are.
    there = {name.lower() for name in _own(call, number).labels}
    if call.forge.may_write and label.lower() not in there:
        raise Missing(f"#{number} has no label {label}.")
    call.forge.remove_label(int(number), label)
    return Answer(200, _labels(call, number))


def closed_with(call: Call, names: set[str]) -> list[dict[str, Any]]:
    """Return the closed pull requests with labels, as the list of issues shows them."""
    return [
        _as_issue(call, pull)
        for pull in call.forge.branches.pulls.values()
        if not pull.is_open and names <= {name.lower() for name in pull.labels}
    ]


def account(api: str, branches: Branches, login: str) -> Answer | None:
    """Return what `GET /users/{login}` answers, or None when nobody has that login."""
    number = branches.accounts.get(login.lower())
    if number is None:
        return None
    shown = {**shapes.person(api, login), "id": number}
    return Answer(200, filled("public-user", **shown))


def _own(call: Call, number: str) -> PullRequest:
    pull = call.forge.branches.pulls.get(int(number))
    if pull is None:
        raise Missing(f"There is no pull request #{number}.")
    return pull


def _labels(call: Call, number: str) -> list[dict[str, Any]]:
    names = _own(call, number).labels
    return [filled("label", name=name, color="ededed", description="") for name in names]


def _pull(call: Call, pull: PullRequest) -> dict[str, Any]:
    whole = filled("pull-request-simple")
    branches = call.forge.branches
    repository = {**whole["base"]["repo"], "default_branch": branches.default}
    base = {**whole["base"], "ref": branches.default, "sha": branches.tip, "repo": repository}
    return {
        **whole,
        "number": pull.number,
        "state": "open" if pull.is_open else "closed",
        "title": pull.title,
        "user": person(call.api, pull.author),
        "labels": _labels(call, str(pull.number)),
        "html_url": f"https://github.com/example/program/pull/{pull.number}",
        "head": {**whole["head"], "sha": pull.head, "ref": "topic"},
        "base": base,
        "draft": False,
        "created_at": shapes.moment(pull.created),
        "updated_at": shapes.moment(pull.updated),
        "merged_at": shapes.moment(pull.updated) if pull.is_merged else None,
    }


def _as_issue(call: Call, pull: PullRequest) -> dict[str, Any]:
    merged = shapes.moment(pull.updated) if pull.is_merged else None
    url = f"{call.repository_url}/pulls/{pull.number}"
    links = {"url": url, "html_url": url, "diff_url": f"{url}.diff", "patch_url": f"{url}.patch"}
    return filled(
        "issue",
        number=pull.number,
        title=pull.title,
        state="open" if pull.is_open else "closed",
        user=person(call.api, pull.author),
        labels=_labels(call, str(pull.number)),
        created_at=shapes.moment(pull.created),
        updated_at=shapes.moment(pull.updated),
        pull_request={**links, "merged_at": merged},
    )


def _comment(call: Call, number: int, said: Comment) -> dict[str, Any]:
    return filled(
        "issue-comment",
        id=said.id,
        body=said.body,
        user=person(call.api, said.author),
        issue_url=f"{call.repository_url}/issues/{number}",
        created_at=shapes.moment(said.created),
        updated_at=shapes.moment(said.updated),
    )


def _line_comment(call: Call, said: LineComment) -> dict[str, Any]:
    if said.author is None:
        raise ValueError("What is said has an author.")
    start = said.first if said.first < said.last else None
    # GitHub answers null for lines that have changed since, though its description says integer.
    now = {} if said.outdated else {"line": said.last, "start_line": start}
    return filled(
        "pull-request-review-comment",
        path=said.path,
        body=said.body,
        user=person(call.api, said.author),
        original_line=said.last,
        original_start_line=start,
        **now,
    )


def _review(call: Call, review: Review) -> dict[str, Any]:
    return filled(
        "pull-request-review",
        id=review.id,
        user=person(call.api, review.author),
        state="APPROVED" if review.approves else "COMMENTED",
        commit_id=review.commit,
        body=review.body,
        html_url=f"https://github.com/reviews/{quote(str(review.id))}",
        submitted_at=shapes.moment(review.submitted),
    )
