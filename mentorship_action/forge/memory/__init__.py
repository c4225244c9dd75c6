"""A forge in memory that behaves like GitHub where it matters: for rehearsal and for tests."""

from mentorship_action.forge.memory.branches import Branches, Change, PullRequest, Status
from mentorship_action.forge.memory.forge import MemoryForge
from mentorship_action.forge.memory.repository import Repository
from mentorship_action.forge.memory.store import BOT, Label

__all__ = [
    "BOT",
    "Branches",
    "Change",
    "Label",
    "MemoryForge",
    "PullRequest",
    "Repository",
    "Status",
]
