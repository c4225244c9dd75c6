"""The commands by name, each imported when it is called: `validate` needs no client for GitHub."""

import difflib
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Final

import click
from click.shell_completion import shell_complete

from mentorship_action import __version__
from mentorship_action.errors import Exit

_COMPLETES: Final = "_MENTORSHIP_COMPLETE"
"""The variable by which a shell asks for its script, and then for words to complete."""

_COMMANDS: Final = {
    "init": "Set a repository up; never overwrites a file.",
    "validate": "Check the program and the mentee files.",
    "sync": "Make GitHub match the files; writes only with --apply.",
    "rehearse": "Play a whole season offline and write it as a web page.",
    "status": "Say what needs a person, the worst first; in the terminal alone.",
    "report": "Write the program's own site: roster, mentorships, alumni, how to join.",
    "import": "Turn a spreadsheet of people into mentee files.",
    "new": "Ask a mentee the questions and write a valid mentee file.",
    "match": "Rank the mentors with a free seat for a mentee file.",
    "doctor": "Say what would keep the program from working.",
    "explain": "Say more about a finding's code.",
}


class _Commands(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the contract."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of the module that bears its name."""
        if cmd_name not in _COMMANDS:
            return None
        # No module can be called `import`.
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        module = import_module(f"mentorship_action.cli.{name}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; for a misspelled one, suggest the closest."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], _COMMANDS, n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            ctx.fail(f"There is no command {args[0][:40]!r}.{meant}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="mentorship COMMAND --help says more about each.",
)
@click.version_option(__version__, prog_name="mentorship")
def _group() -> None:
    """Run a mentorship program from files in a repository."""


def run_command(arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run the command that the arguments name; return the exit code.

    The command finds the environment as ``click.Context.obj``. ``click.Group.main`` is not used,
    as it ends the process for some errors. A shell that asks for completions gets these.

    Raises:
        click.ClickException: the arguments are wrong.
        MentorshipError: anything else that we expect.
    """
    if instruction := environ.get(_COMPLETES):
        return shell_complete(_group, {}, "mentorship", _COMPLETES, instruction)
    try:
        with _group.make_context("mentorship", list(arguments), obj=environ) as context:
            return int(_group.invoke(context) or Exit.DONE)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt from error
