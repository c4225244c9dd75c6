"""A certificate for who has completed a mentorship, as a picture that depends on nothing else."""

import re
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from mentorship_action.domain.calendar import last_day
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record
from mentorship_action.domain.text import counted, one_line
from mentorship_action.wording.dates import day

CERTIFICATES: Final = "certificates"
"""Where certificates are kept, below the repository's root."""

_SVG: Final = "http://www.w3.org/2000/svg"
_WIDTH: Final = 1000
_LONGEST_LINE: Final = 140
_LAST: Final = re.compile(r'<svg [^>]*data-last="([0-9-]{10})"')


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
        return certificate_file(self.id)

    @property
    def page(self) -> str:
        """Its page on the program's site, below the site's root."""
        return f"{CERTIFICATES}/{self.id}.html"

    @property
    def weeks(self) -> int:
        """How many weeks it is about."""
        return max(1, round(((self.last - self.first).days + 1) / 7))

    def svg(self) -> str:
        """Return the picture; people's text in it is shown and does nothing."""
        lines = [
            _line(150, 30, "Certificate of mentorship"),
            _line(250, 56, self.name),
            _line(330, 26, f"has completed {counted(self.weeks, 'week')} of mentorship in"),
            _line(390, 36, self.program),
            _line(460, 26, f"with {', '.join(self.mentors)}"),
            _line(530, 22, f"{day(self.first)} to {day(self.last)}"),
            _line(580, 22, ", ".join(self.focus)),
        ]
        title = escape(one_line(f"Certificate of mentorship for {self.name}"))
        return "\n".join(
            [
                f'<svg xmlns="{_SVG}" role="img" viewBox="0 0 1000 700" data-last="{self.last}">',
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


def certificate_file(record: str) -> str:
    """Return the path of a certificate below the repository's root; ``record`` is a file's id."""
    return f"{CERTIFICATES}/{record}.svg"


def certificate_of(record: Record, program: Program, last: date) -> Certificate:
    """Return the certificate of who has completed, as far as they came by a day."""
    return Certificate(
        id=record.id,
        program=program.name,
        name=record.name or record.handle,
        mentors=tuple(_shown_name(one, program) for one in record.seat_mentors),
        focus=record.focus,
        first=record.start,
        last=max(record.start, min(last, last_day(record, program))),
    )


def last_in(picture: str) -> date | None:
    """Return the last day that a picture of ours keeps, or None; people may have edited it."""
    match = _LAST.search(picture)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _shown_name(login: str, program: Program) -> str:
    mentor = program.mentor(login)
    return (mentor.name or mentor.handle) if mentor else login


def _line(y: int, size: int, text: str) -> str:
    """Return a line of text in the middle, smaller where it would be too wide."""
    shown = one_line(text, _LONGEST_LINE)
    fits = min(size, int((_WIDTH - 120) / (0.62 * max(1, len(shown)))))
    return f'<text x="500" y="{y}" font-size="{fits}">{escape(shown)}</text>'
