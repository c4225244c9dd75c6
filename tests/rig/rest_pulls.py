"""The part of the REST server that serves pull requests: branches, reviews, statuses, files."""

import base64
from typing import Any
from urllib.parse import quote

from mentorship_action.domain.pulls import LineComment, Review
from mentorship_action.forge.memory import PullRequest
from mentorship_action.forge.protocol import Rejected, Unreadable
from tests.rig import shapes
from tests.rig.blank import filled
from tests.rig.call import Call, failed
from tests.rig.web import Answer

_FOLDER_MODE = "040000"


def list_pulls(call: Call) -> Answer:
    call.forge.list_pulls()
    query, branches = call.asked.query, call.forge.branches
    state, head = query.get("state", "open"), query.get("head", "").partition(":")[2]
    found = [
        _pull(call, pull)
        for pull in branches.pulls.values()
        if state in ("all", "open" if pull.is_open else "closed") and head in ("", pull.branch)
    ]
    found.sort(key=lambda pull: str(pull[f"{query.get('sort', 'created')}_at"]))
    if query.get("direction", "desc") == "desc":
        found.reverse()
    return call.page(found)


def create_pull(call: Call) -> Answer:
    body = call.asked.body
    number = call.forge.create_pull(
        title=body["title"], body=body["body"], branch=body["head"], base=body["base"]
    )
    return Answer(201, filled("pull-request", number=number))


def list_reviews(call: Call, number: str) -> Answer:
    return call.page([_review(call, one) for one in call.forge.list_reviews(int(number))])


def create_review(call: Call, number: str) -> Answer:
    body = call.asked.body
    if body["event"] != "COMMENT":
        raise ValueError("This server knows reviews that comment alone.")
    try:
        comments = tuple(_on_lines(given) for given in body.get("comments", ()))
        call.forge.create_review(
            int(number), commit=body["commit_id"], body=body["body"], comments=comments
        )
    except Rejected as error:
        # Here GitHub says why in plain texts, not in objects as elsewhere.
        return failed(422, "Unprocessable Entity", errors=[error.what])
    return Answer(200, _review(call, call.forge.branches.reviews[int(number)][-1]))


def _on_lines(given: dict[str, Any]) -> LineComment:
    if given["side"] != "RIGHT" or given.get("start_side", "RIGHT") != "RIGHT":
        raise Rejected("This server knows comments on the new lines alone.")
    first = given.get("start_line")
    if first is not None and first >= given["line"]:
        raise Rejected("Pull request review thread start line must precede the end line.")
    return LineComment(
        path=given["path"], first=first or given["line"], last=given["line"], body=given["body"]
    )


def list_line_comments(call: Call, number: str) -> Answer:
    said = call.forge.list_line_comments(int(number))
    return call.page([_line_comment(call, one) for one in said])


def compare(call: Call, base: str, head: str) -> Answer:
    branched = call.forge.merge_base(base, head)
    commit = filled("commit", sha=branched)
    return Answer(200, filled("commit-comparison", merge_base_commit=commit))


def tree(call: Call, sha: str) -> Answer:
    try:
        found, truncated = call.forge.tree(sha), False
    except Unreadable:
        found, truncated = (), True
    entries = [
        {
            "path": entry.name,
            "mode": entry.mode,
            "type": "tree" if entry.mode == _FOLDER_MODE else "blob",
            "sha": entry.sha,
            **({} if entry.mode == _FOLDER_MODE else {"size": entry.size}),
        }
        for entry in found
    ]
    return Answer(200, filled("git-tree", sha=sha, tree=entries, truncated=truncated))


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


def _labels(pull: PullRequest) -> list[dict[str, Any]]:
    return [filled("label", name=name, color="ededed", description="") for name in pull.labels]


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
        "user": shapes.account(call.api, pull.author),
        "labels": _labels(pull),
        "html_url": f"https://github.com/example/program/pull/{pull.number}",
        "head": _head(whole, pull, repository),
        "base": base,
        "draft": False,
        "locked": pull.number in call.site.repository.locked,
        "created_at": shapes.moment(pull.created),
        "updated_at": shapes.moment(pull.updated),
        "merged_at": shapes.moment(pull.updated) if pull.is_merged else None,
    }


def _head(whole: dict[str, Any], pull: PullRequest, repository: dict[str, Any]) -> dict[str, Any]:
    # A fork may be gone by now.
    home = repository if pull.branch else {**repository, "id": repository["id"] + 1}
    return {**whole["head"], "sha": pull.head, "ref": pull.branch or "topic", "repo": home}


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
        user=shapes.account(call.api, said.author),
        original_line=said.last,
        original_start_line=start,
        **now,
    )


def _review(call: Call, review: Review) -> dict[str, Any]:
    return filled(
        "pull-request-review",
        id=review.id,
        user=shapes.account(call.api, review.author),
        state="APPROVED" if review.approves else "COMMENTED",
        commit_id=review.commit,
        body=review.body,
        html_url=f"https://github.com/reviews/{quote(str(review.id))}",
        submitted_at=shapes.moment(review.submitted),
    )
