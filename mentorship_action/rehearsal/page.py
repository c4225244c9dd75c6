"""A season as one web page: what its template shows, taken from the repository."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from mentorship_action.domain.application import Stage
from mentorship_action.domain.bot_state import parse_marker
from mentorship_action.domain.identity import Kind
from mentorship_action.domain.mentee_files import login_of, mentorship_of
from mentorship_action.domain.pulls import Review
from mentorship_action.domain.snapshot import Issue
from mentorship_action.forge.memory import BOT, CommitStatus
from mentorship_action.forge.memory.lines import suggested, without_suggestion
from mentorship_action.publish.markup import to_html
from mentorship_action.publish.pages import render_page
from mentorship_action.rehearsal.journal import CommentVersion, Event, EventKind, PlayedPull
from mentorship_action.rehearsal.overview import MentorRow, concerns, figures, roster
from mentorship_action.rehearsal.season import PlayedWeek, Season
from mentorship_action.rehearsal.story import MOST_EVENTS

_FEW = 100
"""Up to so many pull requests are shown with the former versions of our comment."""
_OPEN_ITEM = "\n- [ ] "
"""What a check-in has when something was carried over."""

_POSTS = {
    *(EventKind.PROPOSED, EventKind.PUSHED, EventKind.OPENED, EventKind.COMMENTED),
    *(EventKind.ANSWERED, EventKind.SUGGESTED, EventKind.NEEDS_FIXES, EventKind.READY),
}
"""Events that a conversation shows as what was written, not as a line."""

_LINE_LINK = re.compile(
    r"https://github\.com/[^\s()<>]+?/blob/([0-9a-f]{40})/[^\s()<>]+?#L([0-9]+)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Diff:
    """Lines below a caption, and what somebody says about them.

    A line is its tag (``ins``, ``del`` or ``span``), its text, and an id to link to, or "".
    ``note`` is HTML.
    """

    caption: str
    lines: tuple[tuple[str, str, str], ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry of a conversation: what somebody wrote, or a line without ``body`` and ``diffs``.

    ``body`` is HTML, ``kind`` the name of the event; ``former`` are earlier versions.
    """

    at: datetime
    who: str
    what: str
    kind: str = ""
    note: str = ""
    body: str = ""
    diffs: tuple[Diff, ...] = ()
    statuses: tuple[CommitStatus, ...] = ()
    former: tuple["Entry", ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """An issue or a pull request with its conversation.

    ``state`` is its class: ``open``, ``closed``, ``skipped``, ``pull merged`` and so on. ``weeks``
    are the numbers of those in which something happened, for the filter.
    """

    number: int
    title: str
    state: str
    author: str
    weeks: str
    comments: int
    labels: tuple[str, ...]
    entries: tuple[Entry, ...]
    assignees: tuple[str, ...] = ()
    status: CommitStatus | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Preview:
    """A message that matters, as a phone shows it."""

    caption: str
    number: int
    title: str
    entry: Entry


def write_page(season: Season) -> str:
    """Return the page. Equal seasons give equal pages."""
    rows = roster(season)
    return render_page(
        "rehearsal",
        season=season,
        concerns=concerns(season, rows),
        figures=figures(season),
        months=list(_months(season.weeks)),
        rows=rows,
        previews=list(_previews(season)),
        people=list(_Conversations(season).by_person(rows)),
        labels=season.repository.labels,
        most_events=MOST_EVENTS,
        bot=BOT,
    )


def _months(weeks: Sequence[PlayedWeek]) -> Iterator[tuple[str, int]]:
    """Yield the name of each month, and how many weeks begin in it."""
    months = groupby((played.week.monday for played in weeks), key=lambda day: day.replace(day=1))
    for first, days in months:
        width = len(list(days))
        yield f"{first:%b %Y}" if width > 2 else f"{first:%b}", width


def _previews(season: Season) -> Iterator[Preview]:
    """Yield an answer to an application, a tracker and a check-in.

    They are the first ones; of answers that with errors, and of check-ins that with an open item.
    """
    answered = [pull for pull in season.pulls if pull.versions]
    answered.sort(key=lambda pull: pull.versions[0].memory.stage is not Stage.NEEDS_FIXES)
    for pull in answered[:1]:
        first = pull.versions[0]
        yield Preview(
            caption="What a mentee reads first",
            number=pull.number,
            title=pull.title,
            entry=_version(first, pull),
        )
    for kind, caption, wanted in (
        (Kind.TRACKER, "Where a mentorship lives", ""),
        (Kind.CHECK_IN, "What both get each week", _OPEN_ITEM),
    ):
        issues = [one for one in season.repository.issues.values() if _is_a(kind, one)]
        issues.sort(key=lambda issue: wanted not in issue.body)
        for issue in issues[:1]:
            yield Preview(
                caption=caption,
                number=issue.number,
                title=issue.title,
                entry=_opening(issue),
            )


def _is_a(kind: Kind, issue: Issue) -> bool:
    key = parse_marker(issue.body)
    return key is not None and key.kind == kind


# ---------------------------------------------------------------------------
# Conversations


class _Conversations:
    """A season's issues and pull requests with all that was said and done there."""

    def __init__(self, season: Season) -> None:
        self.season = season
        self.repository = season.repository
        self.weeks: dict[int, list[int]] = {}
        self.events: dict[int, list[Event]] = {}
        for week, played in enumerate(season.weeks, start=1):
            for event in played.events:
                self.events.setdefault(event.issue, []).append(event)
                self.weeks.setdefault(event.issue, []).append(week)

    def by_person(self, rows: Sequence[MentorRow]) -> Iterator[tuple[str, str, str, list[Card]]]:
        """Yield id, name, mentor and conversations of each mentee, then of everybody else."""
        cards: dict[str, list[Card]] = {}
        for pull in self.season.pulls:
            is_own = login_of(pull.file) == pull.person
            whose = mentorship_of(pull.file) if is_own else pull.person
            cards.setdefault(whose, []).append(self._pull_card(pull))
        for issue in self.repository.issues.values():
            key = parse_marker(issue.body)
            cards.setdefault(key.mentorship if key else "", []).append(self._issue_card(issue))
        for row in rows:
            for pair in row.pairs:
                mine = cards.pop(pair.mentorship, [])
                yield pair.mentorship, pair.name, row.mentor, sorted(mine, key=attrgetter("number"))
        teams = {f"team:{one.id}": one.name for one in self.season.program.teams}
        for login in sorted(cards):
            name = teams.get(login.rpartition("/")[2], "")
            yield login, name, "", sorted(cards[login], key=attrgetter("number"))

    def _issue_card(self, issue: Issue) -> Card:
        reason = self.repository.reasons.get(issue.number, "")
        closed = "skipped" if reason == "not_planned" else "closed"
        comments = self._comments(issue.number)
        return Card(
            number=issue.number,
            title=issue.title,
            state="open" if issue.is_open else closed,
            author="",
            weeks=self._weeks_of(issue.number),
            comments=len(comments),
            labels=issue.labels,
            entries=self._in_order([_opening(issue), *comments], issue.number, issue.title),
            assignees=issue.assignees,
        )

    def _pull_card(self, pull: PlayedPull) -> Card:
        branches = self.repository.branches
        request = branches.pulls[pull.number]
        statuses = branches.statuses.get(request.head, ())
        comments = [one for one in self._comments(pull.number) if one.who != BOT]
        posts = [*self._pushes(pull), *comments, *self._reviews(pull), *self._our_comment(pull)]
        state = "merged" if pull.merged else "open" if pull.is_open else "rejected"
        return Card(
            number=pull.number,
            title=pull.title,
            state=f"pull {state}",
            author=pull.author,
            weeks=self._weeks_of(pull.number),
            comments=len(comments),
            labels=request.labels,
            entries=self._in_order(posts, pull.number, pull.title),
            status=statuses[-1] if statuses else None,
        )

    def _comments(self, number: int) -> list[Entry]:
        return [
            Entry(at=one.created, who=one.author.login, what="commented", body=to_html(one.body))
            for one in self.repository.comments.get(number, ())
        ]

    def _in_order(self, posts: Iterable[Entry], number: int, title: str) -> tuple[Entry, ...]:
        """Return what was written and what happened besides, in order."""
        lines = (
            Entry(at=event.at, who=event.actor, what=_here(event, title), kind=event.did)
            for event in self.events.get(number, ())
            if event.did not in _POSTS
        )
        return tuple(sorted((*posts, *lines), key=attrgetter("at")))

    def _weeks_of(self, number: int) -> str:
        return " ".join(map(str, dict.fromkeys(self.weeks.get(number, ()))))

    def _pushes(self, pull: PlayedPull) -> Iterator[Entry]:
        """Yield each version of the file, with what our status said of it over time."""
        before = pull.before
        for number, push in enumerate(pull.pushes):
            yield Entry(
                at=push.at,
                who=pull.author,
                what="pushed" if number else "opened this",
                diffs=(_file_diff(before, pull, number),),
                statuses=tuple(self.repository.branches.statuses.get(push.commit, ())),
            )
            before = push.text

    def _reviews(self, pull: PlayedPull) -> Iterator[Entry]:
        for review in self.repository.branches.reviews.get(pull.number, ()):
            if not review.approves:
                yield Entry(
                    at=review.submitted,
                    who=review.author.login,
                    what="reviewed",
                    body=to_html(review.body),
                    diffs=tuple(self._suggestions(pull, review)),
                )

    def _suggestions(self, pull: PlayedPull, review: Review) -> Iterator[Diff]:
        """Yield a review's comments on lines, a suggestion as what it removes and adds."""
        branches = self.repository.branches
        for placed in branches.on_lines.get(pull.number, ()):
            if placed.commit != review.commit:
                continue
            comment, new = placed.comment, suggested(placed.comment.body) or ""
            old = branches.lines(placed.commit, comment.path)[comment.first - 1 : comment.last]
            yield Diff(
                caption=f"Suggested change, line {comment.first}",
                lines=(
                    *(("del", f"- {line}", "") for line in old),
                    *(("ins", f"+ {line}", "") for line in new.splitlines()),
                ),
                note=to_html(without_suggestion(comment.body)),
            )

    def _our_comment(self, pull: PlayedPull) -> Iterator[Entry]:
        """Yield our one comment as it reads now, where it was last posted as a new one."""
        if not pull.versions:
            return
        *former, now = pull.versions
        newest = max(n for n, version in enumerate(pull.versions) if version.is_new)
        edits = len(former) - newest
        shown = former if len(self.season.pulls) <= _FEW else ()
        yield Entry(
            at=pull.versions[newest].at,
            who=BOT,
            what="commented",
            note=f" · edited {'once' if edits == 1 else f'{edits} times'}" if edits else "",
            body=_linked(now.body, pull),
            former=tuple(_version(one, pull) for one in shown),
        )


def _opening(issue: Issue) -> Entry:
    return Entry(at=issue.created, who=issue.author.login, what="opened", body=to_html(issue.body))


def _version(version: CommentVersion, pull: PlayedPull) -> Entry:
    what = "commented" if version.is_new else "edited"
    return Entry(at=version.at, who=BOT, what=what, body=_linked(version.body, pull))


def _here(event: Event, title: str) -> str:
    """Return what happened in the words of the conversation that it happened in."""
    number = re.escape(f"#{event.issue}")
    text = re.sub(rf" (?:in|to) {number}(?!\d)", "", event.text.removesuffix(f": {title}"), count=1)
    return re.sub(rf"{number}(?!\d)", "this", text, count=1)


def _linked(body: str, pull: PlayedPull) -> str:
    """Return a comment as HTML; its links to lines of the file lead to these on this page."""
    commits = {push.commit: number for number, push in enumerate(pull.pushes)}

    def here(match: re.Match[str]) -> str:
        place = commits.get(match[1])
        if place is None:
            return f"#issue-{pull.number}"
        return f"#line-{pull.number}-{place}-{match[2]}"

    return to_html(_LINE_LINK.sub(here, body))


_TAGS_OF_SIGNS = {"+": "ins", "-": "del"}


def _file_diff(before: str, pull: PlayedPull, number: int) -> Diff:
    """Return a pushed file whole, or with what is changed in it marked."""
    push = pull.pushes[number]
    found = (match for one in pull.versions for match in _LINE_LINK.finditer(one.body))
    linked = {int(match[2]) for match in found if match[1] == push.commit}
    if before:
        signed = difflib.ndiff(before.splitlines(), push.text.splitlines())
        lines = [line for line in signed if not line.startswith("?")]
    else:
        lines = push.text.splitlines()
    shown, place = [], 0
    for line in lines:
        sign = line[0] if before else " "
        place += sign != "-"
        is_linked = sign != "-" and place in linked
        name = f"line-{pull.number}-{number}-{place}" if is_linked else ""
        shown.append((_TAGS_OF_SIGNS.get(sign, "span"), line, name))
    return Diff(caption=pull.file, lines=tuple(shown))
