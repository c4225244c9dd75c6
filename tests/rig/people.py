"""Who takes part in the tests of the rig."""

from mentorship_action.forge.memory import BOT

OWNER = "owner"
"""May do everything."""
STRANGER = "stranger"
"""May open issues and comment, as anybody may."""
MEMBER = "ssbarnea"
"""A member, who can be assigned."""
ACTIONS = BOT
"""An Actions job: may write, but isn't told who it is."""
APP = "our-program[bot]"
"""Another GitHub App: may write, and is not told who it is either."""
EVERYBODY = (OWNER, STRANGER, MEMBER, ACTIONS, APP, "mentee-1", "mentee-2")

TOKENS = {f"token-of-{login}": login for login in EVERYBODY}
"""Whose each token is."""


def token_of(login: str) -> str:
    """Return somebody's token."""
    return f"token-of-{login}"
