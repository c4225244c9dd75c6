"""Pull requests, reviews, statuses and files of a repository in memory, as one login has them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mentorship_action.domain.pulls import LineComment, Pull, Review, TreeEntry, blob_id
from mentorship_action.forge.memory import lines
from mentorship_action.forge.memory.branches import (
    Branches,
    CommitComment,
    CommitStatus,
    FileCommit,
    FileEdit,
    PullRequest,
    Topic,
)
from mentorship_action.forge.memory.git import FileSet
from mentorship_action.forge.memory.view import PAGE, View, fitting_comment, pages
from mentorship_action.forge.protocol import (
    ClosedPull,
    Forbidden,
    Missing,
    Outdated,
    Pulls,
    Rejected,
)


@dataclass(kw_only=True)
class PullsView(View):
    """What one person or bot sees and does about pull requests; a part of ``MemoryForge``."""

    @property
    def branches(self) -> Branches:
        """The repository's code and pull requests."""
        return self.repository.branches

    # What people do.

    def open_pull(self, title: str, changes: Mapping[str, FileEdit], *, body: str = "") -> int:
        """Propose changes to the default branch; return the pull request's number."""
        head = self.branches.commit(self.branches.files, changes)
        return self._open(title, body, head)

    def open_twin(self, number: int, title: str) -> int:
        """Open another pull request from the very commit of one; return its number."""
        return self._open(title, "", self.pull(number).head)

    def _open(self, title: str, body: str, head: str, topic: str = "") -> int:
        now, branches = self.repository.clock(), self.branches
        pull = PullRequest(
            number=self.repository.next_number,
            title=title,
            body=body,
            author=self.account,
            head=head,
            branched=branches.topics[topic].branched if topic else branches.tip,
            branch=topic,
            created=now,
            updated=now,
        )
        self.repository.put(pull)
        return pull.number

    def push(self, number: int, changes: Mapping[str, FileEdit]) -> None:
        """Add a commit to a pull request of one's own."""
        pull = self._open_pull(number)
        head = self.branches.commit(self.branches.commits[pull.head], changes)
        self.repository.put(replace(pull, head=head, updated=self.repository.clock()))

    def merge(self, number: int) -> None:
        """Merge a pull request; its author can't, unless a writer."""
        pull = self._open_pull(number)
        self.must_write("contents")
        after = self.branches.commits[pull.head]
        self.branches.put({path: after.get(path) for path in self.branches.changed_paths(pull)})
        now = self.repository.clock()
        self.repository.put(replace(pull, is_open=False, is_merged=True, updated=now))

    def close_pull(self, number: int) -> None:
        """Close a pull request without merging it."""
        pull = self._open_pull(number)
        self.repository.put(replace(pull, is_open=False, updated=self.repository.clock()))

    def reopen_pull(self, number: int) -> None:
        """Reopen a pull request that was closed unmerged."""
        pull = self.pull(number)
        if pull.is_open or pull.is_merged:
            raise Rejected(f"#{number} can't be reopened.")
        self.repository.put(replace(pull, is_open=True, updated=self.repository.clock()))

    def review(self, number: int, *, approves: bool = True, body: str = "") -> None:
        """Review the newest commit of a pull request."""
        pull = self._open_pull(number)
        self._add_review(pull, pull.head, approves=approves, body=body)

    def take_suggestions(self, number: int) -> None:
        """Commit all suggestions on a pull request of one's own, as a batch in the browser."""
        head = self._open_pull(number).head
        changes: dict[str, FileEdit] = {}
        standing = [one for one in self.list_line_comments(number) if not one.outdated]
        for path in {one.path for one in standing}:
            content = self.branches.commits[head][path].content
            mine = [one for one in standing if one.path == path]
            changes[path] = lines.with_suggestions(content.decode(), mine).encode()
        self.push(number, changes)

    def _add_review(self, pull: PullRequest, commit: str, *, approves: bool, body: str) -> None:
        now = self.repository.clock()
        review = Review(
            id=self.repository.fresh_id(),
            author=self.account,
            approves=approves,
            commit=commit,
            submitted=now,
            body=body,
        )
        self.branches.reviews.setdefault(pull.number, []).append(review)
        self.repository.put(replace(pull, updated=now))

    # What the protocol asks for.

    def list_pulls(self, label: str = "") -> Pulls:
        """Return all open pull requests, those that were closed lately, and merged ones.

        Those that were merged with ``label`` are told however long ago that was.
        """
        every = list(self.branches.pulls.values())
        found = [pull for pull in every if pull.is_open]
        lately = sorted(every, key=lambda pull: pull.updated, reverse=True)
        if self.repository.has_graphql:
            self.ask("pulls", pages=pages(found))
            lately = [pull for pull in lately if not pull.is_open][:PAGE]
        else:
            self.ask("pulls", pages=1 if len(every) <= PAGE else 1 + pages(found))
            lately = [pull for pull in lately[:PAGE] if not pull.is_open]
            if len(every) > PAGE and label:
                self.ask("issues")
        numbers = {pull.number for pull in lately}
        lately += [
            pull
            for pull in every
            if pull.is_merged
            and pull.number not in numbers
            and label.lower() in {name.lower() for name in pull.labels}
        ]
        return Pulls(
            open=tuple(self._shown(pull) for pull in found),
            closed=tuple(
                ClosedPull(
                    number=pull.number,
                    author=pull.author,
                    merged=pull.is_merged,
                    labels=pull.labels,
                    is_locked=pull.number in self.repository.locked,
                )
                for pull in sorted(lately, key=lambda pull: pull.number)
            ),
        )

    def _shown(self, pull: PullRequest) -> Pull:
        return Pull(
            number=pull.number,
            author=pull.author,
            head=pull.head,
            base=self.branches.default,
            branch=pull.branch,
            labels=pull.labels,
            is_locked=pull.number in self.repository.locked,
            url=f"https://github.com/example/program/pull/{pull.number}",
            created=pull.created,
            updated=pull.updated,
            paths=self._paths(pull) if self.repository.has_graphql else None,
        )

    def _paths(self, pull: PullRequest) -> tuple[str, ...] | None:
        paths = self.branches.changed_paths(pull)
        return tuple(paths) if len(paths) <= PAGE else None

    def list_reviews(self, number: int) -> list[Review]:
        """Return the reviews of a pull request, oldest first."""
        reviews = self.branches.reviews.get(number, [])
        self.ask("reviews", number, pages=pages(reviews))
        self.pull(number)
        return list(reviews)

    def list_line_comments(self, number: int) -> list[LineComment]:
        """Return the comments on lines of a pull request's files, oldest first."""
        comments = self.branches.on_lines.get(number, [])
        self.ask("line comments", number, pages=pages(comments))
        head = self.pull(number).head
        return [self._as_of_now(one, head) for one in comments]

    def _as_of_now(self, placed: CommitComment, head: str) -> LineComment:
        comment, branches = placed.comment, self.branches
        before, now = (branches.lines(commit, comment.path) for commit in (placed.commit, head))
        moved = lines.moved(before, now, comment.first, comment.last)
        if moved is None:
            return replace(comment, outdated=True)
        return replace(comment, first=comment.first + moved, last=comment.last + moved)

    def create_review(
        self, number: int, *, commit: str, body: str, comments: tuple[LineComment, ...]
    ) -> None:
        """Review a commit with comments on its lines: all of them, or none."""
        self.begin()
        pull, branches = self.pull(number), self.branches
        self.must_speak(pull)
        if commit not in branches.commits:
            raise Missing(f"There is no commit {commit}.")
        for comment in comments:
            before, after = (branches.lines(one, comment.path) for one in (pull.branched, commit))
            shown = lines.lines_in_diff(before, after)
            if not set(range(comment.first, comment.last + 1)) <= shown:
                raise Rejected("Pull request review thread line must be part of the diff.")
            fitting_comment(comment.body)
        fitting_comment(body)
        self._add_review(pull, commit, approves=False, body=body)
        branches.on_lines.setdefault(number, []).extend(
            CommitComment(commit=commit, comment=replace(comment, author=self.account))
            for comment in comments
        )

    def find_pull(self, branch: str) -> int:
        """Return the newest pull request from a branch of the repository; 0 for none."""
        self.ask("pulls of", branch)
        mine = (one.number for one in self.branches.pulls.values() if one.branch == branch)
        return max(mine, default=0)

    def create_pull(self, *, title: str, body: str, branch: str, base: str) -> int:
        """Propose a branch of the repository; return the pull request's number."""
        self.begin()
        self.must_have("pulls")
        topic = self.branches.topics.get(branch)
        if topic is None or base != self.branches.default:
            raise Rejected(f"There is no branch {branch}, or none named {base}.")
        if any(one.branch == branch and one.is_open for one in self.branches.pulls.values()):
            raise Rejected(f"A pull request already exists for {branch}.")
        return self._open(title, body, topic.head, branch)

    def set_status(self, commit: str, *, state: str, description: str, url: str) -> None:
        """Set our status of a commit."""
        self.begin()
        self.must_write("statuses")
        if len(description) > 140:
            raise Rejected("A status has at most 140 characters.")
        if commit not in self.branches.commits:
            raise Missing(f"There is no commit {commit}.")
        status = CommitStatus(
            state=state,
            description=description,
            context="mentorship",
            url=url,
            author=self.login,
            created=self.repository.clock(),
        )
        self.branches.statuses.setdefault(commit, []).append(status)

    def merge_base(self, base: str, head: str) -> str:
        """Return the commit that a pull request's head branched off from."""
        self.ask("compare", head)
        for pull in reversed(self.branches.pulls.values()):
            if pull.head == head and base == self.branches.default:
                return pull.branched
        raise Missing(f"There is no way from {base} to {head}.")

    def tree(self, sha: str) -> tuple[TreeEntry, ...]:
        """Return the entries of a tree, or of a commit's root."""
        self.ask("tree", sha)
        entries = self.branches.tree(sha)
        if entries is None:
            raise Missing(f"There is no tree {sha}.")
        return entries

    def blob(self, sha: str) -> bytes:
        """Return a file's content by its name in git."""
        self.ask("blob", sha)
        content = self.branches.blob(sha)
        if content is None:
            raise Missing(f"There is no blob {sha}.")
        return content

    def file_id(self, path: str, branch: str) -> str:
        """Return the name in git of a file's content on a branch; "" where there is none."""
        self.ask("file", path)
        file = self._files_on(branch).get(path)
        return blob_id(file.content) if file else ""

    def create_branch(self, name: str, commit: str) -> bool:
        """Create a branch at a commit; False if there was one of this name already."""
        self.begin()
        self.must_write("commits")
        if commit not in self.branches.commits:
            raise Rejected("Object does not exist")
        if name in self.branches.topics:
            return False
        self.branches.topics[name] = Topic(branched=commit, head=commit)
        return True

    def commit_file(
        self, path: str, content: bytes, *, former: str, message: str, branch: str
    ) -> str:
        """Change a file on a branch in one commit, and return the commit."""
        self.begin()
        self.must_write("commits")
        if self.branches.is_protected and branch == self.branches.default:
            raise Forbidden(f"{branch} is protected.", needs="contents: write")
        before = self._files_on(branch).get(path)
        if before is None or blob_id(before.content) != former:
            raise Outdated(f"{path} does not match {former}.")
        if branch != self.branches.default:
            return self._commit_to(branch, path, content)
        self.branches.put({path: content})
        made = FileCommit(
            sha=self.branches.tip,
            path=path,
            message=message,
            author=self.login,
            made=self.repository.clock(),
        )
        self.branches.file_commits.append(made)
        return made.sha

    def _commit_to(self, branch: str, path: str, content: bytes) -> str:
        topic = self.branches.topics[branch]
        head = self.branches.commit(self.branches.commits[topic.head], {path: content})
        self.branches.topics[branch] = replace(topic, head=head)
        for pull in list(self.branches.pulls.values()):
            if pull.branch == branch and pull.is_open:
                self.repository.put(replace(pull, head=head, updated=self.repository.clock()))
        return head

    def find_commit(self, path: str, text: str, since: datetime) -> str:
        """Return the newest commit of a file on the default branch whose message has a text."""
        self.ask("commits", path)
        found = (
            one.sha
            for one in reversed(self.branches.file_commits)
            if one.path == path and text in one.message and one.made >= since
        )
        return next(found, "")

    def _files_on(self, branch: str) -> FileSet:
        if branch == self.branches.default:
            return self.branches.files
        topic = self.branches.topics.get(branch)
        return self.branches.commits[topic.head] if topic else {}

    def pull(self, number: int) -> PullRequest:
        """Return a pull request, or raise Missing."""
        found = self.branches.pulls.get(number)
        if found is None:
            raise Missing(f"There is no pull request #{number}.")
        return found

    def _open_pull(self, number: int) -> PullRequest:
        pull = self.pull(number)
        if not pull.is_open:
            raise Rejected(f"#{number} is closed.")
        return pull
