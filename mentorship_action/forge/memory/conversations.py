"""Issues, and the comments and labels of issues and pull requests, as one login has them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from mentorship_action.domain.pulls import Comment
from mentorship_action.domain.snapshot import Issue, Milestone
from mentorship_action.forge.memory.store import Conversation, Label
from mentorship_action.forge.memory.view import (
    View,
    fitting_comment,
    must_fit,
    pages,
    permission_for,
)
from mentorship_action.forge.protocol import (
    Draft,
    Edit,
    Forbidden,
    IssueComment,
    Missing,
    Reaction,
    Rejected,
    State,
)


@dataclass(kw_only=True)
class Conversations(View):
    """What one person or bot sees and does in conversations; a part of ``MemoryForge``."""

    # What people do.

    def lock(self, number: int) -> None:
        """Lock a conversation: from now on only people who may write can comment."""
        self.must_write_in(self.conversation(number))
        self.repository.locked.add(number)

    def unlock(self, number: int) -> None:
        """Unlock a conversation."""
        self.must_write_in(self.conversation(number))
        self.repository.locked.discard(number)

    # What the protocol asks for.

    def list_issues(
        self, *, creator: str = "", label: str = "", state: State, since: datetime | None = None
    ) -> list[Issue]:
        """Return issues, oldest first; a request for each page of 100."""
        author, wanted = creator.lower(), label.lower()

        def matches(one: Conversation) -> bool:
            return (
                (since is None or one.updated >= since)
                and (not author or one.author.login.lower() == author)
                and (not wanted or any(name.lower() == wanted for name in one.labels))
            )

        found = [issue for issue in self.repository.in_state(state) if matches(issue)]
        # GitHub's list has pull requests, too: they fill pages, and are left out afterwards.
        others = [
            pull
            for pull in self.repository.branches.pulls.values()
            if state in ("all", "open" if pull.is_open else "closed") and matches(pull)
        ]
        self.ask("issues", pages=pages([*found, *others]))
        return sorted(map(self._shown_issue, found), key=lambda issue: issue.number)

    def get_issue(self, number: int) -> Issue:
        """Return one issue as it is now."""
        self.ask("issue", number)
        return self._as_issue(self.conversation(number))

    def create_issue(self, draft: Draft) -> Issue:
        """Open an issue; labels and assignees of somebody without rights are dropped."""
        self.begin()
        if not self.repository.has_issues:
            raise Forbidden("Issues are turned off in this repository.", needs="issues: write")
        self.must_have("issues")
        must_fit(title=draft.title, body=draft.body)
        may = self.may_write
        if may:
            self.must_be_assignable(draft.assignees, None)
            self._know_labels(draft.labels)
        now = self.repository.clock()
        issue = Issue(
            number=self.repository.next_number,
            title=draft.title,
            body=draft.body,
            author=self.account,
            is_open=True,
            labels=draft.labels if may else (),
            assignees=draft.assignees if may else (),
            milestone=self._milestone(draft.milestone) if may else None,
            created=now,
            updated=now,
        )
        self.repository.put(issue)
        return issue

    def _milestone(self, number: int) -> Milestone | None:
        if not number:
            return None
        known = self.repository.milestones.get(number)
        if known is None:
            raise Rejected(f"There is no milestone {number}.")
        return known

    def edit_issue(self, number: int, edit: Edit) -> Issue:
        """Change an issue or a pull request and return it."""
        self.begin()
        former = self.conversation(number)
        self.must_have(permission_for(former))
        if former.author.login != self.login:
            self.must_write_in(former)
        must_fit(title=former.title if edit.title is None else edit.title, body=edit.body or "")
        if edit.assignees is not None:
            fresh = set(edit.assignees) - set(former.assignees)
            self.must_be_assignable(fresh, number)
        if edit.state == "closed":
            self.repository.reasons[number] = edit.reason or "completed"
        edited = replace(
            former,
            title=former.title if edit.title is None else edit.title,
            body=former.body if edit.body is None else edit.body,
            assignees=former.assignees if edit.assignees is None else edit.assignees,
            is_open=former.is_open if edit.state is None else edit.state == "open",
            updated=self.repository.clock(),
        )
        self.repository.put(edited)
        return self._as_issue(edited)

    def list_comments(self, number: int) -> list[Comment]:
        """Return the comments of a conversation, oldest first."""
        comments = self.repository.comments.get(number, [])
        self.ask("comments", number, pages=pages(comments))
        self.conversation(number)
        return list(comments)

    def list_recent_comments(self, since: datetime) -> list[IssueComment]:
        """Return the comments that changed at a moment or later, oldest change first."""
        found = [
            IssueComment(number=number, comment=one)
            for number, comments in self.repository.comments.items()
            if comments and self.conversation(number).updated >= since
            for one in comments
            if one.updated >= since
        ]
        self.ask("recent comments", pages=pages(found))
        return sorted(found, key=lambda one: (one.comment.updated, one.comment.id))

    def create_comment(self, number: int, body: str) -> Comment:
        """Comment on an issue or a pull request."""
        self.begin()
        former, now = self.conversation(number), self.repository.clock()
        self.must_speak(former)
        comment = Comment(
            id=self.repository.fresh_id(),
            author=self.account,
            body=fitting_comment(body),
            created=now,
            updated=now,
        )
        self.repository.comments.setdefault(number, []).append(comment)
        self._touch(former, now)
        return comment

    def edit_comment(self, comment: int, body: str) -> Comment:
        """Rewrite a comment in place."""
        self.begin()
        number, place = self._find_comment(comment)
        former = self.repository.comments[number][place]
        self._must_own(former, number)
        edited = replace(former, body=fitting_comment(body), updated=self.repository.clock())
        self.repository.comments[number][place] = edited
        self._touch(self.conversation(number), edited.updated)
        return edited

    def delete_comment(self, comment: int) -> None:
        """Delete a comment; one that is gone already is no error."""
        self.begin()
        try:
            number, place = self._find_comment(comment)
        except Missing:
            return
        self._must_own(self.repository.comments[number][place], number)
        del self.repository.comments[number][place]
        if isinstance(former := self.conversation(number), Issue):
            self.repository.put(replace(former, comments=former.comments - 1))

    def get_comment(self, comment: int) -> Comment:
        """Return one comment as it is now."""
        self.ask("comment", comment)
        number, place = self._find_comment(comment)
        return self.repository.comments[number][place]

    def add_reaction(self, comment: int, content: Reaction) -> None:
        """React to a comment; once is as good as twice."""
        self.begin()
        number, _ = self._find_comment(comment)
        self.must_speak(self.conversation(number))
        self.repository.reactions.setdefault(comment, set()).add((self.login, content))

    def add_labels(self, number: int, labels: tuple[str, ...]) -> None:
        """Add labels to an issue or a pull request."""
        self.begin()
        former = self.conversation(number)
        self.must_write_in(former)
        self._know_labels(labels)
        # Labels are one whatever their case, and spelled as the first one was.
        spelled = {name.lower(): name for name in (*reversed(labels), *reversed(former.labels))}
        names = dict.fromkeys(name.lower() for name in (*former.labels, *labels))
        self._relabel(former, tuple(spelled[name] for name in names))

    def remove_label(self, number: int, label: str) -> None:
        """Remove a label; one that isn't there is no error."""
        self.begin()
        former = self.conversation(number)
        self.must_write_in(former)
        left = tuple(name for name in former.labels if name.lower() != label.lower())
        if left != former.labels:
            self._relabel(former, left)

    def _relabel(self, former: Conversation, labels: tuple[str, ...]) -> None:
        self.repository.put(replace(former, labels=labels, updated=self.repository.clock()))

    def _touch(self, former: Conversation, now: datetime) -> None:
        """Move the date of a conversation, and count an issue's comments."""
        if isinstance(former, Issue):
            count = len(self.repository.comments[former.number])
            self.repository.put(replace(former, comments=count, updated=now))
        else:
            self.repository.put(replace(former, updated=now))

    def _must_own(self, comment: Comment, number: int) -> None:
        conversation = self.conversation(number)
        self.must_have(permission_for(conversation))
        if comment.author.login != self.login:
            self.must_write_in(conversation)

    def _find_comment(self, comment: int) -> tuple[int, int]:
        """Return where a comment is: the number of its conversation and its place there."""
        for number, comments in reversed(self.repository.comments.items()):
            for place, one in enumerate(comments):
                if one.id == comment:
                    return number, place
        raise Missing(f"There is no comment {comment}.")

    def _as_issue(self, one: Conversation) -> Issue:
        """Return a conversation as the forge's issues show it."""
        if isinstance(one, Issue):
            return self._shown_issue(one)
        return Issue(
            number=one.number,
            title=one.title,
            body=one.body,
            author=one.author,
            is_open=one.is_open,
            labels=one.labels,
            assignees=one.assignees,
            comments=len(self.repository.comments.get(one.number, ())),
            is_locked=one.number in self.repository.locked,
            created=one.created,
            updated=one.updated,
        )

    def _shown_issue(self, issue: Issue) -> Issue:
        is_locked = issue.number in self.repository.locked
        # The very same value where it can be: what it says is read once, however often it's shown.
        return issue if issue.is_locked == is_locked else replace(issue, is_locked=is_locked)

    def _know_labels(self, names: Iterable[str]) -> None:
        """Create the labels that an issue brings along, grey, as GitHub does."""
        for name in names:
            self.repository.labels.setdefault(name.lower(), Label(name=name, color="ededed"))
