"""A repository in memory, and what one person or bot sees and changes in it."""

from dataclasses import dataclass, replace
from datetime import date

from mentorship_action.domain.pulls import Author
from mentorship_action.domain.snapshot import Milestone
from mentorship_action.forge.memory.conversations import Conversations
from mentorship_action.forge.memory.pulls import PullsView
from mentorship_action.forge.memory.store import Label, Store
from mentorship_action.forge.memory.view import pages
from mentorship_action.forge.protocol import Branch, Missing


@dataclass(kw_only=True)
class MemoryForge(Conversations, PullsView):
    """All of the protocol, and what people do on a forge."""

    def me(self) -> Author:
        """Return the account that our writes are shown under."""
        self.requests += 1
        return self.account

    def default_branch(self) -> Branch:
        """Return the default branch as it is now."""
        self.ask("branch")
        branches = self.repository.branches
        return Branch(name=branches.default, tip=branches.tip)

    def account_id(self, login: str) -> int | None:
        """Return the number of an account, or None when there is none of this login."""
        self.requests += 1
        return self.repository.accounts.get(login.lower())

    def is_assignable(self, login: str) -> bool:
        """Whether an issue can be assigned to this person before anything is said there."""
        self.ask("assignable", login)
        return self.repository.may_be_assigned(login)

    def create_label(self, name: str, *, color: str, description: str) -> bool:
        """Create a label; False if it was there already."""
        self.begin()
        self.must_write("issues")
        if name.lower() in self.repository.labels:
            return False
        self.repository.labels[name.lower()] = Label(
            name=name, color=color, description=description
        )
        return True

    def find_milestone(self, title: str) -> int | None:
        """Return the number of the milestone of a title, open or closed; None for none."""
        known = self.repository.milestones
        self.ask("milestones", pages=pages(known))
        return next((one.number for one in known.values() if one.title == title), None)

    def create_milestone(self, title: str, *, due: date) -> int | None:
        """Create a milestone and return its number; None if one of the title was there already."""
        self.begin()
        self.must_write("issues")
        known = self.repository.milestones
        if any(one.title == title for one in known.values()):
            return None
        number = len(known) + 1
        known[number] = Milestone(number=number, title=title, due=due)
        return number

    def edit_milestone(self, number: int, *, due: date | None = None, closed: bool = False) -> None:
        """Give a milestone another due date, or close it."""
        self.begin()
        self.must_write("issues")
        known = self.repository.milestones
        if number not in known:
            raise Missing(f"There is no milestone {number}.")
        former = known[number]
        now = replace(former, due=due or former.due, is_open=former.is_open and not closed)
        known[number] = now
        for issue in list(self.repository.issues.values()):
            if issue.milestone and issue.milestone.number == number:
                self.repository.put(replace(issue, milestone=now))


@dataclass(kw_only=True)
class Repository(Store):
    """A repository, of which everybody has a view of their own."""

    def view(self, login: str) -> MemoryForge:
        """Return the forge as somebody with this login has it."""
        return MemoryForge(repository=self, login=login)
