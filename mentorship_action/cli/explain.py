"""`mentorship explain`: the long text of a finding's code."""

import difflib

import click

from mentorship_action.cli.options import print_text
from mentorship_action.errors import Exit, UsageError
from mentorship_action.reporting.explanations import explanation_text, explanations


def _codes(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    """Return the codes that begin with what is typed, for a shell."""
    return [code for code in explanations() if code.startswith(typed)]


@click.command(name="explain")
@click.argument("code", required=False, shell_complete=_codes)
def explain_command(code: str | None) -> int:
    """Say what the finding CODE means and how to fix it; without one, list all codes."""
    if code is None:
        width = max(len(name) for name in explanations())
        lines = (f"{name:{width}}  {one.title}" for name, one in explanations().items())
        print_text("\n".join(lines))
        return Exit.DONE
    wanted = code.strip().lower()
    if wanted not in explanations():
        near = difflib.get_close_matches(wanted[:60], explanations(), n=1, cutoff=0.5)
        meant = f"Did you mean {near[0]}? " if near else ""
        raise UsageError(
            "No finding has this code.",
            where="explain",
            fix=f"{meant}`mentorship explain` lists them all.",
        )
    print_text(explanation_text(wanted))
    return Exit.DONE
