"""The web page of a season: one file, no network, readable without JavaScript."""

import base64
import difflib
import hashlib
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from pathlib import Path
from string import Template

from mentorship_action.domain.calendar import Week
from mentorship_action.domain.identity import Kind, parse_marker
from mentorship_action.domain.pulls import Comment, Review
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import BOT, Status
from mentorship_action.forge.memory.lines import suggested, without_suggestion
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
from mentorship_action.rehearsal.stage import Did, Event, Proposal
from mentorship_action.rehearsal.story import MOST_EVENTS

_ASSETS = Path(__file__).parent / "assets"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_LONG_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()

_FEW = 100
"""Up to so many pull requests are shown with the former versions of our comment."""

_LINE_LINK = re.compile(
    r"https://github\.com/[^\s()<>]+?/blob/([0-9a-f]{40})/[^\s()<>]+?#L([0-9]+)"
)

_UNFOLDED = 2
"""The week that is open to begin with, for a first impression."""

_GLYPHS: Mapping[Square, tuple[str, str]] = {
    Square.TALKED: ("✓", "check-in with an answer"),
    Square.QUIET: ("○", "check-in nobody answered"),
    Square.JOINING: ("+", "pull request open"),
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
        (sums.pulls, "pull requests"),
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
    others = "".join(_option(f"mentee:{login}", login) for login in _others(rows, season))
    others_group = f'<optgroup label="Others">{others}</optgroup>'
    weeks = "".join(
        _option(str(number), f"{played.week} · {_span(played.week)}")
        for number, played in enumerate(season.weeks, start=1)
    )
    return (
        '<label>Person <select id="who"><option value="">everybody</option>'
        f'<optgroup label="Mentees">{mentees}</optgroup>'
        f'<optgroup label="Mentors">{mentors}</optgroup>'
        f"{others and others_group}</select></label>"
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
    kind = "by-bot" if event.actor == BOT else "by-human"
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
        proposals.setdefault(proposal.person, []).append(proposal)
    for row in rows:
        for pair in row.pairs:
            yield _person(pair.login, pair.name, row.mentor, proposals, issues, book)
    for login in _others(rows, book.season):
        yield _person(login, "", "", proposals, issues, book)


def _others(rows: Sequence[MentorRow], season: Season) -> list[str]:
    """Return who has opened a pull request and is nobody's mentee."""
    mentees = {pair.login for row in rows for pair in row.pairs}
    return sorted({proposal.person for proposal in season.proposals} - mentees)


def _person(
    login: str,
    name: str,
    mentor: str,
    proposals: Mapping[str, Sequence[Proposal]],
    issues: Mapping[str, Sequence[Issue]],
    book: _Book,
) -> str:
    parts: list[tuple[datetime, str]] = [
        (proposal.opened, _proposal(proposal, book)) for proposal in proposals.get(login, ())
    ]
    parts += [(issue.created, _issue(issue, book)) for issue in issues.get(login, ())]
    cards = "".join(card for _, card in sorted(parts, key=lambda part: part[0]))
    about = " · ".join(part for part in (name, f"with {mentor}" if mentor else "") if part)
    shown = escape(login)
    return (
        f'<section class="person" id="person-{shown}" data-p="{shown}" '
        f'data-m="{escape(mentor.lower())}"><h3>{_avatar(login)}{shown} '
        f"<small>{escape(about)}</small></h3>{cards}</section>"
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
        f"{_box(issue.author.login, 'opened', issue.created, to_html(issue.body))}"
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
        (said.created, _box(said.author.login, "commented", said.created, to_html(said.body)))
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
    return _frame(author, verb, at, f'<div class="md">{content}</div>')


def _frame(author: str, verb: str, at: datetime, content: str, note: str = "") -> str:
    bot = '<em class="bot">bot</em>' if author == BOT else ""
    return (
        f'<article class="box">{_avatar(author)}<div><header><b>{escape(author)}</b>{bot} '
        f"{verb} {_time(at)}{note}</header>{content}</div></article>"
    )


def _happened(event: Event, what: str, kind: str) -> str:
    return _line(event.actor, what, event.at, kind)


def _line(login: str, what: str, at: datetime, kind: str) -> str:
    return (
        f'<p class="event {kind}">{_avatar(login)}<b>{escape(login)}</b> '
        f"{escape(what)} {_time(at)}</p>"
    )


def _label(name: str, book: _Book) -> str:
    label = book.season.repository.labels.get(name.lower())
    color = label.color if label else "ededed"
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    ink = "dark" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 135 else "light"
    return f'<span class="label {ink}" style="--c:#{color}">{escape(name)}</span>'


# ---------------------------------------------------------------------------
# Pull requests


def _proposal(proposal: Proposal, book: _Book) -> str:
    branches = book.season.repository.branches
    pull, people = branches.pulls[proposal.number], _people_said(proposal, book)
    state = "merged" if proposal.merged else "open" if proposal.ended is None else "rejected"
    moments = [word.at for word in proposal.words] + [push.at for push in proposal.pushes]
    moments += [event.at for event in book.events.get(proposal.number, ())]
    items = [*_pushes(proposal, book), *people, *_living_comment(proposal, book)]
    items += _happenings(proposal, book)
    below = "".join(item for _, item in sorted(items, key=lambda item: item[0]))
    labels = "".join(_label(name, book) for name in pull.labels)
    count = f'<span class="count" title="comments">{len(people)}</span>' if people else ""
    status = branches.statuses.get(pull.head, [])
    return (
        f'<details class="card" id="issue-{proposal.number}" '
        f'data-w="{book.weeks_with(moments)}">'
        f'<summary><i class="state pull {state}" role="img" aria-label="{state} pull request"></i>'
        f'<span class="title">{escape(proposal.title)} <small>#{proposal.number} by '
        f"{escape(proposal.author)}</small>{_dot(status[-1]) if status else ''}</span>"
        f'<span class="labels">{labels}</span>{count}</summary>'
        f'<div class="thread">{below}</div></details>'
    )


_Item = tuple[datetime, str]


def _people_said(proposal: Proposal, book: _Book) -> list[_Item]:
    said = book.season.repository.comments.get(proposal.number, [])
    return [
        (one.created, _box(one.author.login, "commented", one.created, to_html(one.body)))
        for one in said
        if one.author.login != BOT
    ]


def _happenings(proposal: Proposal, book: _Book) -> Iterator[_Item]:
    """Yield reviews, and how it ended."""
    for review in book.season.repository.branches.reviews.get(proposal.number, []):
        who, at = review.author.login, review.submitted
        if review.approves:
            yield at, _line(who, "approved these changes", at, "approved")
        else:
            content = to_html(review.body) + _on_lines(proposal, review, book)
            yield at, _box(who, "reviewed", at, content)
    if proposal.ended is not None:
        what, kind = ("merged this", "merged") if proposal.merged else ("closed this", "rejected")
        yield proposal.ended, _line(proposal.ended_by, what, proposal.ended, kind)


def _on_lines(proposal: Proposal, review: Review, book: _Book) -> str:
    """Return a review's comments on lines, a suggestion as what it takes and what it puts."""
    branches = book.season.repository.branches
    shown = []
    for said in branches.on_lines.get(proposal.number, ()):
        if said.commit != review.commit:
            continue
        comment, new = said.comment, suggested(said.comment.body)
        lines = branches.lines(said.commit, comment.path)[comment.first - 1 : comment.last]
        diff = [f"<del>- {escape(line)}</del>" for line in lines]
        diff += [f"<ins>+ {escape(line)}</ins>" for line in (new or "").splitlines()]
        shown.append(
            f"{to_html(without_suggestion(comment.body))}"
            f'<div class="diff"><p>Suggested change, line {comment.first}</p>'
            f"<pre>{chr(10).join(diff)}</pre></div>"
        )
    return "".join(shown)


def _pushes(proposal: Proposal, book: _Book) -> Iterator[_Item]:
    """Yield each state of the file, with what our status said of it over time."""
    before = proposal.before
    for number, push in enumerate(proposal.pushes):
        verb = "pushed" if number else "opened this"
        told = book.season.repository.branches.statuses.get(push.commit, [])
        history = "".join(f"<li>{_dot(one)} {_time(one.created)}</li>" for one in told)
        statuses = f'<ul class="statuses">{history}</ul>' if told else ""
        lines = _linked_lines(proposal, push.commit)
        place = f"line-{proposal.number}-{number}"
        content = f"{_file(before, push.text, proposal.file, place, lines)}{statuses}"
        yield push.at, _box(proposal.author, verb, push.at, content)
        before = push.text


def _dot(status: Status) -> str:
    """Return a commit status as GitHub shows it: a dot, the context, a few words."""
    return (
        f'<span class="status {status.state}"><i role="img" aria-label="{status.state}"></i>'
        f"<b>mentorship</b> {escape(status.description)}</span>"
    )


def _living_comment(proposal: Proposal, book: _Book) -> Iterator[_Item]:
    """Yield our one comment as it reads now, at the place where it was last written anew."""
    if not proposal.words:
        return
    newest = max(n for n, word in enumerate(proposal.words) if word.is_new)
    begun, now = proposal.words[newest], proposal.words[-1]
    edits = len(proposal.words) - 1 - newest
    edited = f" · edited {'once' if edits == 1 else f'{edits} times'}" if edits else ""
    former = ""
    if len(proposal.words) > 1 and len(book.season.proposals) <= _FEW:
        versions = "".join(
            f'<div class="version"><p>{"commented" if word.is_new else "edited"} '
            f'{_time(word.at)}</p><div class="md">{_linked(word.body, proposal)}</div></div>'
            for word in proposal.words[:-1]
        )
        count = len(proposal.words) - 1
        former = (
            f'<details class="versions"><summary>{count} earlier '
            f"version{'' if count == 1 else 's'}</summary>{versions}</details>"
        )
    body = f'<div class="md">{_linked(now.body, proposal)}</div>{former}'
    yield begun.at, _frame(BOT, "commented", begun.at, body, note=edited)


def _linked(body: str, proposal: Proposal) -> str:
    """Return a comment as HTML; its links to lines of the file lead to these on this page."""
    commits = {push.commit: number for number, push in enumerate(proposal.pushes)}

    def here(match: re.Match[str]) -> str:
        place = commits.get(match[1])
        if place is None:
            return f"#issue-{proposal.number}"
        return f"#line-{proposal.number}-{place}-{match[2]}"

    return to_html(_LINE_LINK.sub(here, body))


def _linked_lines(proposal: Proposal, commit: str) -> frozenset[int]:
    """Return the lines of a push that our words link to."""
    found = (match for word in proposal.words for match in _LINE_LINK.finditer(word.body))
    return frozenset(int(match[2]) for match in found if match[1] == commit)


def _file(before: str, after: str, file: str, place: str, linked: frozenset[int]) -> str:
    """Return a proposed file, as a code block, or with what is changed in it marked."""
    lines = list(_diff(before, after)) if before else [(" ", one) for one in after.splitlines()]
    shown, number = [], 0
    for sign, line in lines:
        number += sign != "-"
        tag = {"+": "ins", "-": "del"}.get(sign, "span")
        name = f' id="{place}-{number}"' if sign != "-" and number in linked else ""
        text = f"{sign} {line}" if before else line
        shown.append(f"<{tag}{name}>{escape(text)}</{tag}>")
    return f'<div class="diff"><p>{escape(file)}</p><pre>{chr(10).join(shown)}</pre></div>'


def _diff(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Yield all lines of both texts, each with its sign."""
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        if not line.startswith("?"):
            yield line[0], line[2:]


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
