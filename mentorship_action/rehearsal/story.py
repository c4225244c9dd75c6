"""The season as a story: what happened, week by week, in lines and in JSON."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mentorship_action.domain.text import counted
from mentorship_action.forge.memory import BOT
from mentorship_action.rehearsal.journal import Event, EventKind
from mentorship_action.rehearsal.overview import concerns, figures, roster
from mentorship_action.rehearsal.season import PlayedWeek, Season

Piece = tuple[str, str]
"""A style (``week``, ``time``, ``bot``, ``person``, ``quote``, ``bad``, ``good``), and a text."""

Line = tuple[Piece, ...]

MOST_EVENTS = 60
"""A week with more events than this is summed up."""

_QUOTE = 64


def week_lines(played: PlayedWeek, *, whole: bool = False) -> Iterator[Line]:
    """Yield the lines of one week; ``whole`` tells every event, however many there are."""
    yield (("week", f"{played.week}"), ("time", f"  {played.days}"))
    if not played.events:
        yield (("time", "  Nothing to do."),)
    elif whole or len(played.events) <= MOST_EVENTS:
        yield from _events(played.events)
    else:
        yield from _sums(played.events)
    yield ()


def closing_lines(season: Season) -> Iterator[Line]:
    """Yield what needs attention, then what the season came to."""
    sums, attention = figures(season), concerns(season, roster(season))
    if attention:
        yield (("week", "Needs attention"),)
        yield from ((("bad", f"  {one.about}"), ("", f": {one.text}.")) for one in attention)
        yield ()
    yield (
        ("week", "The season"),
        ("time", f"  {counted(len(season.weeks), 'week')}, {counted(sums.trackers, 'mentorship')}"),
    )
    issues = counted(sums.trackers + sums.check_ins, "issue")
    yield from _plain(
        f"{issues} opened: {counted(sums.trackers, 'tracker')} and "
        f"{counted(sums.check_ins, 'check-in')}; {sums.open} still open at the end.",
        f"{counted(sums.pulls, 'pull request')} opened, {sums.merged:,} of them merged.",
        f"{counted(sums.comments, 'comment')} by people, who closed "
        f"{counted(sums.closed_by_people, 'check-in')} before the program did.",
        f"{counted(season.ticks, 'tick')} with {counted(season.runs, 'run')} and "
        f"{counted(season.requests, 'request')}; nothing was due at {season.idle:,} more.",
    )
    yield (("good", "  Every tick was played twice; the second one planned 0 changes."),)
    if not season.history:
        yield (("bad", "  Nobody took part: no valid mentee file is active or paused."),)


def _plain(*texts: str) -> Iterator[Line]:
    for text in texts:
        yield (("", f"  {text}"),)


def season_json(season: Season, page: str) -> dict[str, Any]:
    """Return the season as the object that ``--format json`` prints; see docs/rehearsal.md."""
    sums, rows = figures(season), roster(season)
    return {
        "version": 1,
        "program": season.program.name,
        "start": season.start.isoformat(),
        "end": season.end.isoformat(),
        "ticks": {
            "played": season.ticks,
            "idle": season.idle,
            "runs": season.runs,
            "planned_again": 0,
        },
        "requests": season.requests,
        "issues": {
            "opened": sums.trackers + sums.check_ins,
            "trackers": sums.trackers,
            "check_ins": sums.check_ins,
            "open": sums.open,
            "closed_by_people": sums.closed_by_people,
        },
        "pull_requests": {
            "opened": sums.pulls,
            "merged": sums.merged,
            "closed": sum(not p.is_open and not p.merged for p in season.pulls),
            "open": sum(p.is_open for p in season.pulls),
        },
        "comments": sums.comments,
        "seats": [
            {
                "mentor": row.mentor,
                "capacity": row.capacity,
                "taken": list(row.taken),
                "waiting": list(row.waiting),
            }
            for row in rows
        ],
        "attention": [
            {"about": one.about, "text": one.text, "issue": one.issue}
            for one in concerns(season, rows)
        ],
        "left_out": list(season.left_out),
        "weeks": [
            {
                "week": str(played.week),
                "events": [
                    {**asdict(one), "at": f"{one.at:%Y-%m-%dT%H:%M:%SZ}"} for one in played.events
                ],
            }
            for played in season.weeks
        ],
        "page": page,
    }


def _events(events: tuple[Event, ...]) -> Iterator[Line]:
    before: datetime | None = None
    width = max(len(_name(event)) for event in events)
    for event in events:
        new_day = before is None or before.date() != event.at.date()
        day = f"{event.at:%a} {event.at.day:2}" if new_day else ""
        before = event.at
        yield (
            ("time", f"  {day:6} {event.at:%H:%M}  "),
            ("bot" if event.actor == BOT else "person", f"{_name(event):{width}}  "),
            (_style(event), event.text),
            ("quote", _quoted(event.quote)),
        )


def _name(event: Event) -> str:
    return "the program" if event.actor == BOT else event.actor


def _style(event: Event) -> str:
    if event.did is EventKind.NEEDS_FIXES:
        return "bad"
    return "good" if event.did is EventKind.READY else ""


def _quoted(quote: str) -> str:
    if not quote:
        return ""
    line = " ".join(quote.split())
    short = line if len(line) <= _QUOTE else line[: _QUOTE - 1].rstrip() + "…"
    return f"  “{short}”"


_IN_WORDS = {
    EventKind.PROPOSED: ("pull request opened", "pull requests opened"),
    EventKind.NEEDS_FIXES: ("answer with something to fix", "answers with something to fix"),
    EventKind.SUGGESTED: ("review with corrected lines", "reviews with corrected lines"),
    EventKind.READY: ("pull request ready to merge", "pull requests ready to merge"),
    EventKind.ANSWERED: ("answer to a pull request", "answers to pull requests"),
    EventKind.APPROVED: ("approving review", "approving reviews"),
    EventKind.MERGED: ("pull request merged", "pull requests merged"),
    EventKind.OPENED: ("issue opened", "issues opened"),
    EventKind.UPDATED: ("issue updated", "issues updated"),
    EventKind.CLOSED: ("issue closed", "issues closed"),
    EventKind.COMMENTED: ("comment", "comments"),
    EventKind.TICKED: ("time that boxes were ticked", "times that boxes were ticked"),
    EventKind.LEFT: ("mentor left", "mentors left"),
    EventKind.NOTED: ("decision without a change", "decisions without a change"),
}
_EXAMPLES = (EventKind.MERGED, EventKind.NOTED)


def _sums(events: tuple[Event, ...]) -> Iterator[Line]:
    """Yield how often each thing happened, in a large program."""
    counts = Counter(event.did for event in events)
    for did, (one, many) in _IN_WORDS.items():
        if not counts[did]:
            continue
        example = next((event.text for event in events if event.did is did), "")
        shown = f", such as: {example}" if did in _EXAMPLES else ""
        yield (
            ("bot", f"  {counts[did]:6,}  "),
            ("", one if counts[did] == 1 else many),
            ("time", shown),
        )
