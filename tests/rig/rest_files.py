"""The part of the REST server that serves files, branches and commits."""

import base64
from datetime import datetime

from mentorship_action.forge.protocol import Missing
from tests.rig.blank import filled
from tests.rig.call import Call, failed
from tests.rig.web import Answer


def get_file(call: Call, path: str) -> Answer:
    found = call.forge.file_id(path, call.asked.query["ref"])
    if not found:
        raise Missing(f"There is no {path}.")
    return Answer(200, filled("content-file", type="file", path=path, sha=found))


def put_file(call: Call, path: str) -> Answer:
    body, branches = call.asked.body, call.forge.branches
    if branches.is_protected and body["branch"] == branches.default:
        return failed(409, "Could not update file: Changes must be made through a pull request.")
    made = call.forge.commit_file(
        path,
        base64.b64decode(body["content"]),
        former=body["sha"],
        message=body["message"],
        branch=body["branch"],
    )
    return Answer(200, {"content": None, "commit": {"sha": made, "message": body["message"]}})


def create_ref(call: Call) -> Answer:
    body = call.asked.body
    if not call.forge.create_branch(body["ref"].removeprefix("refs/heads/"), body["sha"]):
        return failed(422, "Reference already exists")
    target = {**filled("git-ref")["object"], "type": "commit", "sha": body["sha"]}
    return Answer(201, filled("git-ref", ref=body["ref"], object=target))


def list_commits(call: Call) -> Answer:
    query = call.asked.query
    since = datetime.fromisoformat(query["since"])
    call.forge.find_commit(query["path"], "", since)
    return call.page(
        [
            filled(
                "commit",
                sha=one.sha,
                commit={**filled("commit")["commit"], "message": one.message},
            )
            for one in reversed(call.forge.branches.file_commits)
            if one.path == query["path"] and one.made >= since
        ]
    )
