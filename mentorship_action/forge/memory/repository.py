"""A repository in memory, and who looks at it."""

from dataclasses import dataclass

from mentorship_action.forge.memory.forge import MemoryForge
from mentorship_action.forge.memory.store import Store


@dataclass(kw_only=True)
class Repository(Store):
    """A repository, of which everybody has a view of their own."""

    def view(self, login: str) -> MemoryForge:
        """Return the forge as somebody with this login has it."""
        return MemoryForge(repository=self, login=login)
