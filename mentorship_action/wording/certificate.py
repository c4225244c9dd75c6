"""A certificate for who has completed a mentorship, as a picture that depends on nothing else."""

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from mentorship_action.domain.text import one_line
from mentorship_action.wording.dates import day

CERTIFICATES: Final = "certificates"
"""Where certificates are kept, below the repository's root."""

_WIDTH: Final = 1000
_LONGEST_LINE: Final = 140


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """Who completed what: ``name`` is shown as the mentee wrote it, or the login.

    ``id`` is the mentee file's, such as ``2027-spring/octocat``; ``first`` and ``last`` are the
    days from when to when, both included.
    """

    id: str
    program: str
    name: str
    mentors: tuple[str, ...]
    focus: tuple[str, ...]
    first: date
    last: date

    @property
    def file(self) -> str:
        """Its path below the repository's root."""
        return f"{CERTIFICATES}/{self.id}.svg"

    def svg(self) -> str:
        """Return the picture; people's text in it is shown and does nothing."""
        weeks = max(1, round(((self.last - self.first).days + 1) / 7))
        lines = [
            _line(150, 30, "Certificate of mentorship"),
            _line(250, 56, self.name),
            _line(330, 26, f"has completed {weeks} weeks of mentorship in"),
            _line(390, 36, self.program),
            _line(460, 26, f"with {', '.join(self.mentors)}"),
            _line(530, 22, f"{day(self.first)} to {day(self.last)}"),
            _line(580, 22, ", ".join(self.focus)),
        ]
        title = escape(one_line(f"Certificate of mentorship for {self.name}"))
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} 700" role="img">',
                f"<title>{title}</title>",
                '<rect width="1000" height="700" fill="#fff"/>',
                '<rect x="30" y="30" width="940" height="640" fill="none" stroke="#0e8a16"/>',
                '<g fill="#24292f" font-family="system-ui,sans-serif" text-anchor="middle">',
                *lines,
                "</g>",
                "</svg>",
                "",
            ]
        )


def _line(y: int, size: int, text: str) -> str:
    """Return a line of text in the middle, smaller where it would be too wide."""
    shown = one_line(text, _LONGEST_LINE)
    fits = min(size, int((_WIDTH - 120) / (0.62 * max(1, len(shown)))))
    return f'<text x="500" y="{y}" font-size="{fits}">{escape(shown)}</text>'
