"""Templates to pages: what people wrote is escaped unless it was rendered from Markdown here."""

import base64
import hashlib
import zlib
from datetime import date, datetime
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from mentorship_action.domain.program import Weekday
from mentorship_action.domain.text import counted
from mentorship_action.wording import dates, markdown

_ASSETS = Path(__file__).parent / "assets"
_NO_LIBRARY = Markup("")


def render_page(name: str, *, library: Markup = _NO_LIBRARY, **values: object) -> str:
    """Return the page of a template ``name``; equal values give equal pages.

    The styles ``base.css`` and ``NAME.css`` and the script ``NAME.js``, if any, become part of it;
    ``library`` is a script to go before that one.
    """
    return (
        _environment()
        .get_template(f"{name}.html.j2")
        .render(
            **values,
            style=Markup("\n").join((_asset("base.css"), _asset(f"{name}.css"))),
            script=library + _asset(f"{name}.js"),
        )
    )


def render_markdown(name: str, **values: object) -> str:
    """Return the Markdown of a template ``name``; every value that it prints is escaped."""
    return _markdown().get_template(f"{name}.md.j2").render(**values)


def day_span(first: date, last: date) -> str:
    """Return days such as 8 to 28 February 2027 and 28 December 2026 to 3 January 2027."""
    year = f" {first.year}" if first.year != last.year else ""
    month = f" {first:%B}{year}" if (first.year, first.month) != (last.year, last.month) else ""
    return f"{first.day}{month} to {_day(last)}"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("mentorship_action.publish"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=_day,
        hue=_hue,
        ink=_ink,
        iso=_iso,
        moment=_moment,
        counted=counted,
        sha256=_sha256,
        weekday=lambda day: dates.weekday(Weekday(day)),
    )
    return environment


@cache
def _markdown() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("mentorship_action.publish"),
        # Every value that an expression gives is escaped here, as in messages.
        finalize=markdown.escape,
        autoescape=False,  # noqa: S701 - this is no HTML
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(day=_day, short_day=dates.short_day, listed=markdown.listed)
    return environment


@cache
def _asset(name: str) -> Markup:
    """Return a file of the project's own as a part of the page; not every page has a script."""
    path = _ASSETS / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return Markup(text)  # noqa: S704 - nobody else's text


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"


def _iso(value: datetime) -> str:
    return f"{value:%Y-%m-%dT%H:%M:%SZ}"


def _moment(value: datetime) -> str:
    return f"{value.day} {value:%b %Y, %H:%M} UTC"


def _hue(login: str) -> int:
    """Return the color of an avatar, in degrees."""
    return zlib.crc32(login.lower().encode()) % 360


def _ink(color: str) -> str:
    """Return which text can be read on a color such as ``5319e7``: ``dark`` or ``light``."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return "dark" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 135 else "light"
