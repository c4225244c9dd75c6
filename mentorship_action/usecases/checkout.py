"""Whether a job of GitHub Actions works on what it may: the newest commit of the default branch."""

from collections.abc import Mapping
from pathlib import Path

from mentorship_action.errors import UsageError
from mentorship_action.forge.protocol import Forge
from mentorship_action.records.history import head_commit
from mentorship_action.reporting.escaping import log_line


def why_outdated(root: Path, environ: Mapping[str, str], forge: Forge) -> str:
    """Return why a run must do nothing in this checkout; "" where it may go on.

    A job that somebody runs again, or that waited for long, may have the files of an old commit.
    Outside Actions the checkout is trusted, and nothing is asked.

    Raises:
        UsageError: the job runs for something other than the default branch.
        ForgeError: GitHub did not answer.
    """
    if environ.get("GITHUB_ACTIONS") != "true":
        return ""
    branch = forge.default_branch()
    ref = environ.get("GITHUB_REF", "")
    if ref and ref != f"refs/heads/{branch.name}":
        raise UsageError(
            f"This job runs for {log_line(ref[:100])}, and sync works on the default branch alone.",
            where="GITHUB_REF",
            fix=f"Run it for the branch {branch.name}, or use `validate` here.",
        )
    commit = head_commit(root) or environ.get("GITHUB_SHA", "")
    if commit in ("", branch.tip):
        return ""
    return (
        f"The files here are those of commit {commit[:10]}, and {branch.name} is at "
        f"{branch.tip[:10]} by now. A run of that commit does what is due."
    )
