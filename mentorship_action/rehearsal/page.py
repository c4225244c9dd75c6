"""The web page of a season: one file, no network, readable without JavaScript."""

import base64
import difflib
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from pathlib import Path
from string import Template

from mentorship_action.domain.calendar import Week
from mentorship_action.domain.identity import Kind, parse_marker
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import BOT, Comment
from mentorship_action.rehearsal.markup import to_html
from mentorship_action.rehearsal.overview import (
    Cell,
    Figures,
    MentorRow,
    PairRow,
    Square,
    figures,
    roster,
)
from mentorship_action.rehearsal.season import PlayedWeek, Season
from mentorship_action.rehearsal.stage import Did, Event, Proposal, Push
from mentorship_action.rehearsal.story import MOST_EVENTS

_ASSETS = Path(__file__).parent / "assets"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LONG_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()

_UNFOLDED = 2
"""The week that is open to begin with, for a first impression."""

_GLYPHS: Mapping[Square, tuple[str, str]] = {
    Square.TALKED: ("✓", "check-in with an answer"),
    Square.QUIET: ("○", "check-in nobody answered"),
    Square.WAITING: ("…", "waiting for a seat"),
    Square.READY: ("·", "seated, not begun"),
    Square.BREAK: ("\u2013", "program break"),
    Square.AWAY: ("↗", "somebody is away"),
    Square.PAUSED: ("‖", "paused"),
    Square.DONE: ("★", "completed"),
}


@dataclass(frozen=True, kw_only=True)
class _Book:
    """A season, looked up by week and by issue while the page is written."""

    season: Season
    weeks: Mapping[Week, int]
    events: Mapping[int, Sequence[Event]] = field(repr=False)

    @classmethod
    def of(cls, season: Season) -> "_Book":
        events: dict[int, list[Event]] = {}
        for played in season.weeks:
            for event in played.events:
                if event.issue:
                    events.setdefault(event.issue, []).append(event)
        weeks = {played.week: number for number, played in enumerate(season.weeks, start=1)}
        return cls(season=season, weeks=weeks, events=events)

    def weeks_with(self, moments: Iterable[datetime]) -> str:
        """Return the numbers of the weeks that moments lie in, for the filter."""
        numbers = {self.weeks.get(Week.of(moment.date()), len(self.weeks)) for moment in moments}
        return " ".join(str(number) for number in sorted(numbers))


def write_page(season: Season) -> str:
    """Return the page. Equal seasons give equal pages."""
    book = _Book.of(season)
    rows = roster(season)
    style = (_ASSETS / "page.css").read_text(encoding="utf-8")
    script = (_ASSETS / "page.js").read_text(encoding="utf-8")
    return Template((_ASSETS / "page.html").read_text(encoding="utf-8")).substitute(
        name=escape(season.program.name),
        script_hash=_sha256(script),
        style=style,
        script=script,
        dates=f"{_long_date(season.start)} to {_long_date(season.end)}",
        figures=_figures(figures(season), season),
        left_out=_left_out(season.left_out),
        glance=_glance(rows, book),
        filters=_filters(rows, season),
        story="".join(_week(played, number) for number, played in enumerate(season.weeks, 1)),
        people="".join(_people(rows, book)),
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


# ---------------------------------------------------------------------------
# Head


def _figures(sums: Figures, season: Season) -> str:
    tiles = (
        (sums.pairs, "pairs"),
        (sums.check_ins, "check-ins"),
        (sums.comments, "comments"),
        (len(season.proposals), "pull requests"),
        (season.ticks, "runs, each played twice"),
        (0, "changes the second time"),
    )
    return "".join(
        f"<div><dt>{label}</dt><dd>{value:,}</dd></div>" for value, label in tiles if label
    )


def _left_out(files: Sequence[str]) -> str:
    if not files:
        return ""
    names = ", ".join(f"<code>{escape(name)}</code>" for name in files[:20])
    more = f" and {len(files) - 20} more" if len(files) > 20 else ""
    return (
        f'<p class="left-out">Not played, because they have something to mend: {names}{more}. '
        "<code>mentorship validate</code> says what.</p>"
    )


def _filters(rows: Sequence[MentorRow], season: Season) -> str:
    mentors = "".join(_option(f"mentor:{row.mentor.lower()}", row.mentor) for row in rows)
    logins = sorted(pair.login for row in rows for pair in row.pairs)
    mentees = "".join(_option(f"mentee:{login}", login) for login in logins)
    weeks = "".join(
        _option(str(number), f"{played.week} · {_span(played.week)}")
        for number, played in enumerate(season.weeks, start=1)
    )
    return (
        '<label>Person <select id="who"><option value="">everybody</option>'
        f'<optgroup label="Mentees">{mentees}</optgroup>'
        f'<optgroup label="Mentors">{mentors}</optgroup></select></label>'
        '<label>Week <select id="when"><option value="">all weeks</option>'
        f"{weeks}</select></label>"
    )


def _option(value: str, text: str) -> str:
    return f'<option value="{escape(value)}">{escape(text)}</option>'


# ---------------------------------------------------------------------------
# At a glance


def _glance(rows: Sequence[MentorRow], book: _Book) -> str:
    if not rows:
        return "<p>No record takes part in this season.</p>"
    months = "".join(_months(book.season.weeks))
    days = "".join(
        f'<th scope="col"><abbr title="{played.week}: {_span(played.week)}">'
        f"{played.week.monday.day}</abbr></th>"
        for played in book.season.weeks
    )
    legend = "".join(
        f'<li><i class="c {square}">{glyph}</i> {words}</li>'
        for square, (glyph, words) in _GLYPHS.items()
    )
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="Timeline">'
        '<table class="glance">'
        f'<thead><tr><th scope="col" rowspan="2">Mentor and mentees</th>{months}</tr>'
        f"<tr>{days}</tr></thead>{''.join(_mentor(row) for row in rows)}</table></div>"
        f'<ul class="legend">{legend}</ul>'
    )


def _months(weeks: Sequence[PlayedWeek]) -> Iterator[str]:
    """Yield a heading for each month, as wide as the weeks that begin in it."""
    spans: list[list[int]] = []
    for played in weeks:
        monday = played.week.monday
        if spans and spans[-1][:2] == [monday.year, monday.month]:
            spans[-1][2] += 1
        else:
            spans.append([monday.year, monday.month, 1])
    for year, month, width in spans:
        name = _MONTHS[month - 1] + (f" {year}" if width > 2 else "")
        yield f'<th scope="colgroup" colspan="{width}" class="month">{name}</th>'


def _mentor(row: MentorRow) -> str:
    seats = f"{row.capacity} seat{'' if row.capacity == 1 else 's'}"
    cells = "".join(
        f'<td class="seats{" full" if taken and taken >= row.capacity else ""}">{taken or ""}'
        f"{f'<sup>+{waiting}</sup>' if waiting else ''}</td>"
        for taken, waiting in zip(row.taken, row.waiting, strict=True)
    )
    return (
        f'<tbody data-m="{escape(row.mentor.lower())}">'
        f'<tr class="mentor"><th scope="rowgroup">{_avatar(row.mentor)}'
        f"<b>{escape(row.mentor)}</b> <small>{seats}</small></th>{cells}</tr>"
        f"{''.join(_pair(pair) for pair in row.pairs)}</tbody>"
    )


def _pair(pair: PairRow) -> str:
    cells = "".join(_cell(cell) for cell in pair.cells)
    login = escape(pair.login)
    return (
        f'<tr data-p="{login}"><th scope="row"><a href="#person-{login}">{_avatar(pair.login)}'
        f"{login}</a></th>{cells}</tr>"
    )


def _cell(cell: Cell) -> str:
    if cell.square is Square.EMPTY:
        return "<td></td>"
    says, glyph = escape(cell.says), _GLYPHS[cell.square][0]
    if cell.issue:
        return (
            f'<td><a class="c {cell.square}" href="#issue-{cell.issue}" title="{says}" '
            f'aria-label="{says}">{glyph}</a></td>'
        )
    return (
        f'<td><i class="c {cell.square}" title="{says}" role="img" aria-label="{says}">{glyph}</i>'
        "</td>"
    )


# ---------------------------------------------------------------------------
# Week by week


def _week(played: PlayedWeek, number: int) -> str:
    shown = played.events[:MOST_EVENTS]
    lines = "".join(_event(event) for event in shown)
    more = len(played.events) - len(shown)
    rest = f'<li class="more">… and {more} more, all in the issues below</li>' if more else ""
    opened = sum(event.did is Did.OPENED for event in played.events)
    said = sum(event.did is Did.COMMENTED for event in played.events)
    sums = " · ".join(
        text
        for text in (
            f"{opened} issue{'' if opened == 1 else 's'} opened" if opened else "",
            f"{said} comment{'' if said == 1 else 's'}" if said else "",
        )
        if text
    )
    return (
        f'<details class="week" data-w="{number}" id="week-{played.week}"'
        f"{' open' if number == _UNFOLDED else ''}>"
        f"<summary><b>{played.week}</b> <span>{_span(played.week)}</span> "
        f"<small>{sums or 'quiet'}</small></summary><ol>{lines}{rest}</ol></details>"
    )


def _event(event: Event) -> str:
    who = "the program" if event.actor == BOT else event.actor
    text = escape(event.text)
    if event.issue:
        mark = f"#{event.issue}"
        text = text.replace(mark, f'<a href="#issue-{event.issue}">{mark}</a>', 1)
    first_line = event.quote.split("\n", 1)[0]
    quote = f" <q>{escape(first_line)}</q>" if event.quote else ""
    kind = "bot" if event.actor == BOT else "human"
    return (
        f'<li class="{kind}" data-p="{escape(event.mentee)}"><time>{_DAYS[event.at.weekday()]} '
        f"{event.at.day} {_MONTHS[event.at.month - 1]}, {event.at:%H:%M}</time> "
        f"<span><b>{escape(who)}</b> {text}{quote}</span></li>"
    )


# ---------------------------------------------------------------------------
# On GitHub


def _people(rows: Sequence[MentorRow], book: _Book) -> Iterator[str]:
    issues: dict[str, list[Issue]] = {}
    for issue in book.season.repository.issues.values():
        key = parse_marker(issue.body)
        issues.setdefault(key.mentee if key else "", []).append(issue)
    proposals: dict[str, list[Proposal]] = {}
    for proposal in book.season.proposals:
        proposals.setdefault(proposal.mentee, []).append(proposal)
    for row in rows:
        for pair in row.pairs:
            yield _person(pair, row.mentor, proposals, issues, book)


def _person(
    pair: PairRow,
    mentor: str,
    proposals: Mapping[str, Sequence[Proposal]],
    issues: Mapping[str, Sequence[Issue]],
    book: _Book,
) -> str:
    parts: list[tuple[datetime, str]] = [
        (proposal.pushes[0].at, _proposal(proposal, book))
        for proposal in proposals.get(pair.login, ())
        if proposal.pushes
    ]
    parts += [(issue.created, _issue(issue, book)) for issue in issues.get(pair.login, ())]
    cards = "".join(card for _, card in sorted(parts, key=lambda part: part[0]))
    login = escape(pair.login)
    name = f"{escape(pair.name)} · " if pair.name else ""
    return (
        f'<section class="person" id="person-{login}" data-p="{login}" '
        f'data-m="{escape(mentor.lower())}"><h3>{_avatar(pair.login)}{login} '
        f"<small>{name}with {escape(mentor)}</small></h3>{cards}</section>"
    )


def _issue(issue: Issue, book: _Book) -> str:
    comments = book.season.repository.comments.get(issue.number, ())
    events = book.events.get(issue.number, ())
    reason = book.season.repository.reasons.get(issue.number, "")
    moments = [issue.created, *(comment.created for comment in comments)]
    moments += [event.at for event in events]
    state = "open" if issue.is_open else ("skipped" if reason == "not_planned" else "closed")
    key = parse_marker(issue.body)
    kind = key.kind if key else ""
    spoken = f'<span class="count" title="comments">{len(comments)}</span>' if comments else ""
    labels = "".join(_label(name, book) for name in issue.labels)
    return (
        f'<details class="card" id="issue-{issue.number}" data-w="{book.weeks_with(moments)}"'
        f"{' open' if kind is Kind.TRACKER and issue.number == 1 else ''}>"
        f'<summary><i class="state {state}" role="img" aria-label="{state}"></i>'
        f'<span class="title">{escape(issue.title)} <small>#{issue.number}</small></span>'
        f'<span class="labels">{labels}</span>{spoken}</summary>'
        f'<div class="thread">{_assignees(issue)}'
        f"{_box(issue.author, 'opened', issue.created, to_html(issue.body))}"
        f"{''.join(_below(comments, events, reason))}</div></details>"
    )


def _assignees(issue: Issue) -> str:
    if not issue.assignees:
        return ""
    people = "".join(f"<span>{_avatar(who)}{escape(who)}</span>" for who in issue.assignees)
    return f'<p class="assignees">Assigned to {people}</p>'


def _below(comments: Sequence[Comment], events: Sequence[Event], reason: str) -> Iterator[str]:
    """Yield comments and events in the order in which they came."""
    items = [
        (said.created, _box(said.author, "commented", said.created, to_html(said.body)))
        for said in comments
    ]
    for event in events:
        if event.did is Did.CLOSED:
            how = "not planned" if reason == "not_planned" else "completed"
            items.append((event.at, _happened(event, f"closed this as {how}", "closed")))
        elif event.did is Did.ASSIGNED:
            whom = event.text.split()[1]
            items.append((event.at, _happened(event, f"assigned {whom}", "assigned")))
        elif event.did in (Did.TICKED, Did.REWROTE):
            what = "ticked boxes" if event.did is Did.TICKED else "brought the facts up to date"
            items.append((event.at, _happened(event, what, "edited")))
    for _, item in sorted(items, key=lambda item: item[0]):
        yield item


def _box(author: str, verb: str, at: datetime, content: str) -> str:
    bot = '<em class="bot">bot</em>' if author == BOT else ""
    return (
        f'<article class="box">{_avatar(author)}<div><header><b>{escape(author)}</b>{bot} '
        f'{verb} {_time(at)}</header><div class="md">{content}</div></div></article>'
    )


def _happened(event: Event, what: str, kind: str) -> str:
    return (
        f'<p class="event {kind}">{_avatar(event.actor)}<b>{escape(event.actor)}</b> '
        f"{escape(what)} {_time(event.at)}</p>"
    )


def _label(name: str, book: _Book) -> str:
    label = book.season.repository.labels.get(name.lower())
    color = label.color if label else "ededed"
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    ink = "dark" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 135 else "light"
    return f'<span class="label {ink}" style="--c:#{color}">{escape(name)}</span>'


def _proposal(proposal: Proposal, book: _Book) -> str:
    moments = [push.at for push in proposal.pushes]
    moments += [proposal.merged] if proposal.merged else []
    state = "merged" if proposal.merged else "open"
    merged = ""
    if proposal.merged:
        merged = (
            f'<p class="event merged">{_avatar(proposal.merged_by)}'
            f"<b>{escape(proposal.merged_by)}</b> merged this {_time(proposal.merged)}</p>"
        )
    pushes, before = [], proposal.before
    for number, push in enumerate(proposal.pushes):
        pushes.append(_push(push, before, proposal, first=number == 0))
        before = push.text
    return (
        f'<details class="card" data-w="{book.weeks_with(moments)}">'
        f'<summary><i class="state {state}" role="img" aria-label="{state} pull request"></i>'
        f'<span class="title">{escape(proposal.title)} <small>pull request</small></span>'
        f'<span class="labels"></span></summary><div class="thread">{"".join(pushes)}{merged}</div>'
        "</details>"
    )


def _push(push: Push, before: str, proposal: Proposal, *, first: bool) -> str:
    verb = "opened" if first else "pushed"
    if push.findings:
        count = len(push.findings)
        things = "".join(
            f"<li><b>Line {finding.line}</b> {_prose(finding.message)}"
            f"{f' <em>{_prose(finding.hint)}</em>' if finding.hint else ''}</li>"
            for finding in push.findings
        )
        answer = (
            f'<div class="check bad"><p>✗ <b>validate</b> found {count} '
            f"thing{'' if count == 1 else 's'} to mend</p><ul>{things}</ul></div>"
        )
    else:
        answer = '<div class="check good"><p>✓ <b>validate</b> all is well</p></div>'
    body = f"{_diff(before, push.text, proposal.file)}{answer}"
    return _box(proposal.author, verb, push.at, body)


def _prose(text: str) -> str:
    """Return one of our sentences with what it quotes between backticks as code."""
    return "".join(
        f"<code>{escape(piece)}</code>" if place % 2 else escape(piece)
        for place, piece in enumerate(text.split("`"))
    )


def _diff(before: str, after: str, file: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=2)
    shown = []
    for line in list(lines)[2:]:
        if not line.startswith("@@"):
            kind = {"+": "ins", "-": "del"}.get(line[:1], "span")
            shown.append(f"<{kind}>{escape(line)}</{kind}>")
    text = "\n".join(shown)
    return f'<div class="diff"><p>{escape(file)}</p><pre>{text}</pre></div>'


# ---------------------------------------------------------------------------
# Small things


def _avatar(login: str) -> str:
    if login == BOT:
        return '<i class="avatar robot" aria-hidden="true">⚙</i>'
    hue = zlib.crc32(login.lower().encode()) % 360
    return f'<i class="avatar" style="--h:{hue}" aria-hidden="true">{escape(login[:1].upper())}</i>'


def _time(at: datetime) -> str:
    return (
        f'<time datetime="{at:%Y-%m-%dT%H:%M:%SZ}">on {at.day} {_MONTHS[at.month - 1]} {at.year}, '
        f"{at:%H:%M} UTC</time>"
    )


def _span(week: Week) -> str:
    first, last = week.monday, week.sunday
    if first.month == last.month:
        return f"{first.day}\u2013{last.day} {_MONTHS[last.month - 1]} {last.year}"
    year = f" {first.year}" if first.year != last.year else ""
    return (
        f"{first.day} {_MONTHS[first.month - 1]}{year} \u2013 "
        f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
    )


def _long_date(day: date) -> str:
    return f"{day.day} {_LONG_MONTHS[day.month - 1]} {day.year}"
