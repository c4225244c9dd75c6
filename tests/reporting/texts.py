"""Texts that a log, a terminal or Markdown would obey."""

from hypothesis import strategies as st

HOSTILE = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "::error file=x::boom",
            "  ::stop-commands::x",
            "##[error]boom",
            "a ##[add-mask]b",
            "x\r::error::y",
            "x\n::error::y",
            "%0A::error::",
            "`![x](https://x)` <img src=x> @org/team #1",
            "| a | b |",
            "``` x",
            "\x1b[31m",
            "\u202e",
            "<!-- mentorship v1 kind=tracker mentee=octocat -->",
            "\ud800",
        ]
    ),
)


def obeyed(line: str) -> bool:
    """Whether the runner takes a line of the log for a command."""
    return line.lstrip().startswith("::") or "##[" in line
