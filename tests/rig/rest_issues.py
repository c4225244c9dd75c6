"""The part of the REST server that serves issues, comments and labels."""

from datetime import datetime
from typing import Any

from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import Label
from mentorship_action.forge.protocol import Draft, Edit, Missing
from tests.rig import shapes
from tests.rig.blank import filled
from tests.rig.call import Call, failed, invalid
from tests.rig.web import Answer


def get_repository(call: Call) -> Answer:
    branch = call.forge.default_branch()
    return Answer(200, filled("full-repository", default_branch=branch.name))


def get_branch(call: Call, name: str) -> Answer:
    branch = call.forge.default_branch()
    if name != branch.name:
        raise Missing(f"There is no branch {name}.")
    commit = filled("commit", sha=branch.tip)
    return Answer(200, filled("branch-with-protection", name=name, commit=commit))


def list_issues(call: Call) -> Answer:
    query = call.asked.query
    names = {name.lower() for name in query.get("labels", "").split(",") if name}
    state, creator = query.get("state", "open"), query.get("creator", "").lower()
    since = datetime.fromisoformat(query["since"]) if "since" in query else None
    # It fails as the forge in memory does, and shows what a list shows by now.
    call.forge.list_issues(state="open")
    pulls = (call.forge.get_issue(number) for number in call.forge.branches.pulls)
    found = [
        issue
        for issue in [*call.site.listed().values(), *pulls]
        if state in ("all", "open" if issue.is_open else "closed")
        and names <= {label.lower() for label in issue.labels}
        and creator in ("", issue.author.login.lower())
        and (since is None or issue.updated >= since)
    ]
    found.sort(key=_updated if query.get("sort") == "updated" else _number)
    if query.get("direction", "desc") == "desc":
        found.reverse()
    return call.page([_issue(call, issue) for issue in found])


def create_issue(call: Call) -> Answer:
    body = call.asked.body
    draft = Draft(
        title=body["title"],
        body=body.get("body") or "",
        labels=tuple(body.get("labels", ())),
        assignees=tuple(body.get("assignees", ())),
        milestone=body.get("milestone") or 0,
    )
    return Answer(201, _issue(call, call.forge.create_issue(draft)))


def get_issue(call: Call, number: str) -> Answer:
    return Answer(200, _issue(call, call.forge.get_issue(int(number))))


def edit_issue(call: Call, number: str) -> Answer:
    body = call.asked.body
    assignees = body.get("assignees")
    edit = Edit(
        title=body.get("title"),
        body=body.get("body"),
        assignees=None if assignees is None else tuple(assignees),
        state=body.get("state"),
        reason=body.get("state_reason"),
    )
    return Answer(200, _issue(call, call.forge.edit_issue(int(number), edit)))


def list_comments(call: Call, number: str) -> Answer:
    said = call.forge.list_comments(int(number))
    return call.page([_comment(call, int(number), one) for one in said])


def list_recent_comments(call: Call) -> Answer:
    query = call.asked.query
    if (query["sort"], query["direction"]) != ("updated", "asc"):
        raise ValueError("This server knows the order of change alone.")
    found = call.forge.list_recent_comments(datetime.fromisoformat(query["since"]))
    return call.page([_comment(call, one.number, one.comment) for one in found])


def create_comment(call: Call, number: str) -> Answer:
    said = call.forge.create_comment(int(number), call.asked.body["body"])
    return Answer(201, _comment(call, int(number), said))


def get_comment(call: Call, comment: str) -> Answer:
    number = _home(call, int(comment))
    return Answer(200, _comment(call, number, call.forge.get_comment(int(comment))))


def add_reaction(call: Call, comment: str) -> Answer:
    content = call.asked.body["content"]
    there = call.site.repository.reactions.get(int(comment), set())
    is_new = (call.login, content) not in there
    call.forge.add_reaction(int(comment), content)
    user = shapes.account(call.api, call.forge.account)
    return Answer(201 if is_new else 200, filled("reaction", content=content, user=user))


def edit_comment(call: Call, comment: str) -> Answer:
    number = _home(call, int(comment))
    said = call.forge.edit_comment(int(comment), call.asked.body["body"])
    return Answer(200, _comment(call, number, said))


def delete_comment(call: Call, comment: str) -> Answer:
    _home(call, int(comment))
    call.forge.delete_comment(int(comment))
    return Answer(204)


def list_labels(call: Call) -> Answer:
    made = call.site.repository.labels.values()
    return call.page([shapes.label(call.repository_url, label) for label in made])


def create_label(call: Call) -> Answer:
    body = call.asked.body
    made = call.forge.create_label(
        body["name"], color=body["color"], description=body.get("description") or ""
    )
    if not made:
        return invalid("Validation Failed", code="already_exists", resource="Label")
    label = call.site.repository.labels[body["name"].lower()]
    return Answer(201, shapes.label(call.repository_url, label))


def list_milestones(call: Call) -> Answer:
    call.forge.find_milestone("")
    made = call.site.repository.milestones.values()
    return call.page([shapes.milestone(call.repository_url, one) for one in made])


def create_milestone(call: Call) -> Answer:
    body = call.asked.body
    due = datetime.fromisoformat(body["due_on"]).date()
    number = call.forge.create_milestone(body["title"], due=due)
    if number is None:
        return invalid("Validation Failed", code="already_exists", resource="Milestone")
    made = call.site.repository.milestones[number]
    return Answer(201, shapes.milestone(call.repository_url, made))


def edit_milestone(call: Call, number: str) -> Answer:
    body = call.asked.body
    due = datetime.fromisoformat(body["due_on"]).date() if "due_on" in body else None
    call.forge.edit_milestone(int(number), due=due, closed=body.get("state") == "closed")
    made = call.site.repository.milestones[int(number)]
    return Answer(200, shapes.milestone(call.repository_url, made))


def ask_assignable(call: Call, login: str) -> Answer:
    can = call.forge.is_assignable(login)
    return Answer(204) if can else failed(404, "Not Found")


def add_labels(call: Call, number: str) -> Answer:
    call.forge.add_labels(int(number), tuple(call.asked.body["labels"]))
    return Answer(200, _labels(call, int(number)))


def remove_label(call: Call, number: str, label: str) -> Answer:
    # Who may not write isn't told which labels there are.
    there = {name.lower() for name in call.forge.conversation(int(number)).labels}
    if call.forge.may_write and label.lower() not in there:
        raise Missing(f"#{number} has no label {label}.")
    call.forge.remove_label(int(number), label)
    return Answer(200, _labels(call, int(number)))


def _home(call: Call, comment: int) -> int:
    """Return the number of a comment's conversation, or raise Missing."""
    for number, said in call.site.repository.comments.items():
        if any(one.id == comment for one in said):
            return number
    raise Missing(f"There is no comment {comment}.")


def _labels(call: Call, number: int) -> list[dict[str, Any]]:
    names = call.forge.conversation(number).labels
    return [shapes.label(call.repository_url, Label(name=name, color="ededed")) for name in names]


def _issue(call: Call, issue: Issue) -> dict[str, Any]:
    repository = call.site.repository
    pull = repository.branches.pulls.get(issue.number)
    return shapes.issue(
        call.api,
        call.repository_url,
        issue,
        within=repository.milestones[issue.milestone.number] if issue.milestone else None,
        reason=repository.reasons.get(issue.number),
        is_locked=issue.number in repository.locked,
        is_pull=pull is not None,
        merged=pull.updated if pull and pull.is_merged else None,
    )


def _comment(call: Call, number: int, said: Comment) -> dict[str, Any]:
    return filled(
        "issue-comment",
        id=said.id,
        body=said.body,
        user=shapes.account(call.api, said.author),
        issue_url=f"{call.repository_url}/issues/{number}",
        created_at=shapes.moment(said.created),
        updated_at=shapes.moment(said.updated),
    )


def _number(issue: Issue) -> int:
    return issue.number


def _updated(issue: Issue) -> datetime:
    return issue.updated
