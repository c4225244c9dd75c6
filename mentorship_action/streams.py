"""Standard output and the error stream: they may be closed, full, or know ASCII alone."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO


def prepare_streams() -> None:
    """Let output be any text, and let a process run that was started with closed streams."""
    for name in ("stdout", "stderr"):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def write_if_possible(stream: TextIO, text: str) -> bool:
    """Write text and all that waits before it; return whether that worked."""
    try:
        stream.write(text)
        stream.flush()
    except OSError:
        discard(stream)
        return False
    return True


def discard(stream: TextIO) -> None:
    """Send what is left in a stream nowhere, else Python complains when it closes it."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
