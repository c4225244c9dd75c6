"""What long work is at, in one line on a terminal that is replaced by the next one."""

import sys

from mentorship_action.cli.options import Options
from mentorship_action.reporting.escaping import log_line
from mentorship_action.streams import write_if_possible


class Progress:
    """A line on the error stream; nothing where that is no terminal, or nobody wants to know."""

    def __init__(self, options: Options) -> None:
        self._is_shown = sys.stderr.isatty() and not options.quiet

    def show(self, text: str) -> None:
        """Show a line in place of the one before."""
        if self._is_shown:
            write_if_possible(sys.stderr, f"\r\x1b[K{log_line(text)}")

    def clear(self) -> None:
        """Take the line away."""
        self.show("")
