"""Brings a file to another content: in a commit, or by a pull request from a branch of ours."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from mentorship_action.domain.edits import COMMAND_TRAILER
from mentorship_action.domain.program import CommandWay
from mentorship_action.domain.pulls import OWN_BRANCHES, blob_id
from mentorship_action.forge.protocol import (
    Ambiguous,
    Branch,
    Forbidden,
    Forge,
    Missing,
    Outdated,
    Rejected,
)
from mentorship_action.planning.changes import ChangeFile


@dataclass(kw_only=True)
class FileChanger:
    """Carries out one change of a file; each step that was taken before is found and not repeated.

    What makes no difference twice (a branch, a commit on it) is tried again; a commit to the
    default branch and a pull request are looked for first. ``pace`` is called before each write.
    """

    forge: Forge
    change: ChangeFile
    pace: Callable[[], None]

    def go(self, way: CommandWay) -> str:
        """Take one way and return what was made: a commit, or "#" and a number; "" for neither.

        Raises:
            ForgeError: the way can't be taken; Outdated where the file has changed meanwhile.
        """
        if way is CommandWay.COMMIT:
            return self._commit()
        return f"#{self._propose()}" if way is CommandWay.PULL_REQUEST else ""

    @cached_property
    def _default(self) -> Branch:
        return self.forge.default_branch()

    @property
    def _message(self) -> str:
        return f"{self.change.title}\n\n{self._trailer}"

    @property
    def _trailer(self) -> str:
        return f"{COMMAND_TRAILER}: {self.change.name}."

    def _commit(self) -> str:
        if found := self._find_commit():
            return found
        try:
            return self._write(self._default.name, blob_id(self.change.before))
        except Ambiguous:
            if found := self._find_commit():
                return found
            raise

    def _find_commit(self) -> str:
        return self.forge.find_commit(self.change.file, self._trailer, self.change.since)

    def _write(self, branch: str, former: str) -> str:
        change = self.change
        self.pace()
        return self.forge.commit_file(
            change.file, change.content, former=former, message=self._message, branch=branch
        )

    def _propose(self) -> int:
        branch = f"{OWN_BRANCHES}{self.change.name}"
        if found := self.forge.find_pull(branch):
            return found
        self._fill(branch)
        self.pace()
        try:
            return self.forge.create_pull(
                title=self.change.title,
                body=self._trailer,
                branch=branch,
                base=self._default.name,
            )
        except (Ambiguous, Rejected):
            if found := self.forge.find_pull(branch):
                return found
            raise

    def _fill(self, branch: str) -> None:
        """Make the branch, if it isn't there, and put the file on it."""
        change, default = self.change, self._default
        if self.forge.file_id(change.file, default.name) != blob_id(change.before):
            raise Outdated(f"{change.file} has changed meanwhile.")
        self.pace()
        self.forge.create_branch(branch, default.tip)
        former = self.forge.file_id(change.file, branch)
        if former != blob_id(change.content):
            commit = self._write(branch, former)
            self.pace()
            with suppress(Forbidden, Missing):
                # Its content was checked; a program may ask for this status before a merge.
                self.forge.set_status(
                    commit, state="success", description="Valid: said by a command", url=""
                )
