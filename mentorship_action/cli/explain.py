"""`mentorship explain`: the long text of a finding's code."""

import click

from mentorship_action.errors import Exit, UsageError
from mentorship_action.reporting.explanations import EXPLANATIONS, as_text


@click.command(name="explain")
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Say what the finding CODE means and how to mend it; without one, list all codes."""
    if code is None:
        width = max(len(name) for name in EXPLANATIONS)
        for name, explanation in EXPLANATIONS.items():
            click.echo(f"{name:{width}}  {explanation.title}")
        return int(Exit.DONE)
    wanted = code.strip().lower()
    if wanted not in EXPLANATIONS:
        import difflib  # noqa: PLC0415 - for a typing error

        near = difflib.get_close_matches(wanted[:60], EXPLANATIONS, n=1, cutoff=0.5)
        meant = f"Did you mean {near[0]}? " if near else ""
        raise UsageError(
            "There is no finding of that code.",
            where="explain",
            fix=f"{meant}`mentorship explain` lists them all.",
        )
    click.echo(as_text(wanted))
    return int(Exit.DONE)
