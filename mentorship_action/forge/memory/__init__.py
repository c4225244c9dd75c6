"""A forge in memory that behaves like GitHub where it matters: for rehearsal and for tests."""

from mentorship_action.forge.memory.branches import Branches, CommitStatus, FileEdit, PullRequest
from mentorship_action.forge.memory.forge import MemoryForge, Repository
from mentorship_action.forge.memory.store import BOT, Label

__all__ = [
    "BOT",
    "Branches",
    "CommitStatus",
    "FileEdit",
    "Label",
    "MemoryForge",
    "PullRequest",
    "Repository",
]
